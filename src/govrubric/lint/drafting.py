"""Rubric text -> what an author forgot or wrote twice: clauses, titles, cases, decisions, and points that no full marks can hold."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from govrubric.diagnostics.diagnostic import Path
from govrubric.expressions.dependencies import mentioned, requests
from govrubric.formula.nodes import Input
from govrubric.language.rubric_text import Item, RubricText, Valid, join, parts
from govrubric.lint.clauses import chinese as wording
from govrubric.lint.clauses.quotes import Placed, placed, quoted
from govrubric.lint.finding import Finding
from govrubric.numbers import written
from govrubric.plan.names import Names, NameScope, every_text
from govrubric.plan.planner import Plan

_UNDECIDED = re.compile(
    r"[\s?\uff1f.\u3002\u2026\u2014-]*|(?:待|尚未?|暂未?|未)(?:定|确定|确认|明确|决定|议|核|补充)?.{0,2}|tbd\W*|todo\W*|n/?a\W*|to be (?:decided|confirmed|determined)\W*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


def unquoted(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR430: in a rubric that names its document and quotes it, a rule whose wording stands nowhere, or only without its points, and of which no note says why."""
    quotes = [
        item for item, _, _ in parts(text) if not isinstance(item, RubricText) and item.clause is not None
    ]
    rules = placed(text, plan)
    if (
        text.source is None
        or text.source.document is None
        or not (quotes or any(one.rule.clause for one in rules))
    ):
        return
    items = [(item, path) for item, path, _ in parts(text) if isinstance(item, Item)]
    explained = {path for item, path in items if item.note is not None}
    told = {path for item, path in items if item.clause is not None}
    worth = {path for item, path in items if item.clause is not None and _names_points(item.clause)}
    for one in rules:
        above = one.item.path.split(".")
        answering = explained | (told if one.rule.counting is None else worth)
        if (
            one.rule.clause is None
            and one.rule.note is None
            and not any(".".join(above[:end]) in answering for end in range(1, len(above) + 1))
        ):
            yield Finding(
                "GR430", (*one.at, "id"), one.at, {"path": one.path, "document": text.source.document}
            )


def _names_points(clause: str) -> bool:
    """Whether a clause says what is given or taken; one that is not in Chinese may say anything."""
    statements = wording.read(clause)
    return bool(statements.of("effect")) or statements.vague or not wording.is_chinese(clause)


def repeated_wording(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR431: words that name points, quoted by more rules than they have amounts, or in several items, take or give twice."""
    registered = {one.at for one in text.ambiguities}
    for quote in quoted(text, plan):
        rules = [one for one in quote.rules if one.amounts and one.rule.clause is not None]
        items = {one.item.path for one in rules}
        known = any(path in registered for one in rules for path in (one.path, one.item.path))
        if (
            quote.effects
            and not known
            and (len(items) > 1 or len(rules) > len(quote.effects))
            and len(rules) > 1
        ):
            last, first = rules[-1], rules[0]
            shown = {"path": last.path, "other": first.path, "clause": quote.clause}
            yield Finding("GR431", (*last.at, "clause"), last.at, shown, (*first.at, "clause"))


def titles(text: RubricText, _: Plan) -> Iterator[Finding]:
    """GR432: parts of one group have titles that people can tell apart."""
    for item, path, at in parts(text):
        key = "indicators" if isinstance(item, RubricText) else "items"
        seen: dict[str, Path] = {}
        for index, part in enumerate(item.items):
            same = "".join(unicodedata.normalize("NFC", wording.folded(part.title)).split())
            place = (*at, key, index, "title")
            if same in seen:
                yield Finding(
                    "GR432", place, place[:-1], {"title": part.title, "parent": path or text.id}, seen[same]
                )
            seen.setdefault(same, place)


def cases(text: RubricText, _: Plan) -> Iterator[Finding]:
    """GR433: two cases try two tallies."""
    seen: dict[tuple[tuple[str, str], ...], int] = {}
    for index, case in enumerate(text.cases):
        tally = tuple(sorted(_flat(case.tally.plain())))
        if tally in seen:
            first = ("cases", seen[tally], "tally")
            shown = {"name": case.name, "other": text.cases[seen[tally]].name}
            yield Finding("GR433", ("cases", index, "tally"), ("cases", index), shown, first)
        seen.setdefault(tally, index)


def _flat(tally: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tally.items():
        if isinstance(value, Mapping):
            yield from _flat(value, join(above, key))
        else:
            yield join(above, key), str(value)


def decisions(text: RubricText, _: Plan) -> Iterator[Finding]:
    """GR434: an ambiguity says how the text is read."""
    for index, one in enumerate(text.ambiguities):
        if _UNDECIDED.fullmatch(one.decision.strip()):
            at = ("ambiguities", index)
            yield Finding("GR434", (*at, "decision"), at, {"name": one.id, "decision": one.decision})


def too_much(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR435: no rule gives or takes in one go more than its item has."""
    for one in placed(text, plan):
        if one.rule.at_most is not None:
            continue
        item = one.item
        room = {1: max(item.full, item.ceiling) if item.ceiling is not None else None}
        room[-1] = room[1] - item.floor if room[1] is not None and item.floor is not None else None
        for sign, amount in _at_once(one):
            most = room[sign]
            if most is not None and amount > most:
                shown = {"path": one.path, "amount": written(amount), "full": written(most)}
                yield Finding("GR435", one.verb, one.at, shown)
                break


def _at_once(one: Placed) -> Iterator[tuple[int, Fraction]]:
    """What a rule may give (1) or take (-1) for one case."""
    for amount in one.rule.amounts():
        yield (1 if amount.points > 0 else -1), abs(amount.points)
    if one.rule.marks is not None and not one.rule.rescales:
        yield 1, one.high


def excused(text: RubricText, _: Plan) -> Iterator[Finding]:
    """GR436: a condition that asks for the score of an item that may not apply asks whether it applies."""
    names = Names.of(text)
    owners = {at: path for _, path, at in parts(text)}
    for at, condition in every_text(text):
        if at[-1] not in ("when", "counts_when"):
            continue
        path = next(owners[at[:end]] for end in range(len(at), -1, -1) if at[:end] in owners)
        where = NameScope(names, {}, path)
        asked = [
            (request, item)
            for request in requests(condition.parsed)
            if (item := where.path_of_item(request.name)) is not None
        ]
        sure = [item for request, item in asked if request.function == "applies"]
        used = {
            one.name for name in mentioned(condition.parsed) if isinstance(one := where.value(name), Input)
        }
        for request, item in asked:
            flags = sorted(set(names.excuses(item)) - set(names.excuses(path)))
            known = any(f"{item}.".startswith(f"{one}.") or one.startswith(f"{item}.") for one in sure)
            if request.function in ("score", "reached") and flags and not known and used.isdisjoint(flags):
                shown = {"name": item, "flag": flags[0]}
                yield Finding("GR436", at, at[:-1], shown, within=(request.start, request.end))


CHECKS: tuple[Callable[[RubricText, Plan], Iterator[Finding]], ...] = (
    unquoted, repeated_wording, titles, cases, decisions, too_much, excused,
)  # fmt: skip


def findings(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """Everything that an author forgot or wrote twice."""
    for check in CHECKS:
        yield from check(text, plan)


class Beside(NamedTuple):
    """A finding of one rubric beside another: its code, and the path that is meant in both."""

    code: str
    path: Path
    args: Mapping[str, object]


def beside(text: RubricText, others: Sequence[RubricText]) -> Iterator[tuple[int, Beside]]:
    """GR438 and GR439: a rubric beside those before it: its id is its own, and of a series, whose ids differ in the year, one holds on each day."""
    for index, other in enumerate(others):
        if text.id == other.id:
            yield index, Beside("GR439", ("id",), {"name": text.id})
        elif (
            _series(text.id) == _series(other.id)
            and text.valid
            and other.valid
            and _overlap(text.valid, other.valid)
        ):
            yield index, Beside("GR438", ("valid",), {"name": text.id, "other": other.id})


def _series(name: str) -> str:
    return _YEAR.sub("", name)


def _overlap(one: Valid, other: Valid) -> bool:
    return _before(one, other) and _before(other, one)


def _before(one: Valid, other: Valid) -> bool:
    """Whether one begins before the other is over; what is left open never ends or began."""
    return one.start is None or other.to is None or one.start <= other.to
