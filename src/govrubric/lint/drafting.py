"""Rubric text -> what its author forgot or wrote twice: clauses, titles, cases, decisions, points."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from govrubric.diagnostics.diagnostic import Path
from govrubric.expressions.dependencies import mentioned, named, requests
from govrubric.expressions.parser import Parsed
from govrubric.language.rubric_text import Item, RubricText, Valid, join, parts
from govrubric.language.rules._judged import LEAST, MOST, meant
from govrubric.lint.clauses import chinese
from govrubric.lint.clauses.quotes import PlacedRule, placed_rules, quotes
from govrubric.lint.finding import Finding
from govrubric.numbers import written
from govrubric.plan.names import Names, NameScope, every_text
from govrubric.plan.plan import Plan

_UNDECIDED = re.compile(
    r"[\s?\uff1f.\u3002\u2026\u2014-]*|(?:待|尚未?|暂未?|未)(?:定|确定|确认|明确|决定|议|核|补充)?.{0,2}"
    r"|tbd\W*|todo\W*|n/?a\W*|to be (?:decided|confirmed|determined)\W*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")


def unquoted(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR430: a rule without a clause, in a rubric that names its document and quotes it.

    The clause of an item above the rule serves too, though for a rule that counts only if it names points; so
    does a note of the rule or of an item above it.
    """
    items = [(item, path) for item, path, _ in parts(text) if isinstance(item, Item)]
    rules = placed_rules(text, plan)
    clauses = {path: item.clause for item, path in items if item.clause is not None}
    document = text.source.document if text.source is not None else None
    if document is None or not (clauses or any(placed.rule.clause for placed in rules)):
        return
    noted = {path for item, path in items if item.note is not None}
    for_judged = noted | set(clauses)
    for_counted = noted | {path for path, clause in clauses.items() if _names_points(clause)}
    for placed in rules:
        if placed.rule.clause is not None or placed.rule.note is not None:
            continue
        sufficient = for_judged if placed.rule.counting is None else for_counted
        ids = placed.item.path.split(".")
        if not any(".".join(ids[:end]) in sufficient for end in range(1, len(ids) + 1)):
            shown = {"path": placed.path, "document": document}
            yield Finding("GR430", (*placed.at, "id"), placed.at, shown)


def _names_points(clause: str) -> bool:
    """Whether a clause says what is given or taken; a clause that is not in Chinese may say it."""
    reading = chinese.read(clause)
    return bool(reading.of("effect")) or reading.vague or not chinese.is_chinese(clause)


def repeated_wording(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR431: a clause that names points and is quoted by more rules than it has amounts, or in several items.

    Its points would be taken or given twice.
    """
    registered = {ambiguity.at for ambiguity in text.ambiguities}
    for quote in quotes(text, plan):
        rules = [placed for placed in quote.rules if placed.amounts and placed.rule.clause is not None]
        items = {placed.item.path for placed in rules}
        is_known = any(path in registered for placed in rules for path in (placed.path, placed.item.path))
        is_repeated = len(rules) > 1 and (len(items) > 1 or len(rules) > len(quote.effects))
        is_known = is_known or _are_rows(rules)
        if quote.effects and is_repeated and not is_known:
            last, first = rules[-1], rules[0]
            shown = {"path": last.path, "other": first.path, "clause": quote.clause}
            yield Finding("GR431", (*last.at, "clause"), last.at, shown, (*first.at, "clause"))


def _are_rows(rules: Sequence[PlacedRule]) -> bool:
    """Whether rules are one standard for rows with contents of their own.

    Each stands in another item, which says by a clause what it is about, and all have one id and title.
    """
    items = [placed.item.item for placed in rules]
    contents = {item.clause for item in items if isinstance(item, Item) and item.clause is not None}
    names = {(placed.rule.id, placed.rule.title) for placed in rules}
    return len(names) == 1 and len(contents) == len(rules)


def repeated_titles(text: RubricText, _: Plan) -> Iterator[Finding]:
    """GR432: two parts, rules or gates of an item, levels of a rule, or facts, whose titles look alike."""
    facts = [(fact.title, ("facts", fact.name, "title")) for fact in text.facts]
    yield from _alike(text.id, facts)
    for item, path, at in parts(text):
        key = "indicators" if isinstance(item, RubricText) else "items"
        for where, titles in (
            (key, [part.title for part in item.items]),
            ("rules", [rule.title for rule in item.rules]),
            ("gates", [gate.title for gate in item.gates]),
        ):
            places = [(title, (*at, where, index, "title")) for index, title in enumerate(titles)]
            yield from _alike(path or text.id, places)
        for index, rule in enumerate(item.rules):
            at_rule = (*at, "rules", index, "id")
            yield from _alike(join(path, rule.id), [(title, at_rule) for title in rule.titles().values()])


def _alike(parent: str, titles: Sequence[tuple[str | None, Path]]) -> Iterator[Finding]:
    """Titles of one kind that look like an earlier one."""
    seen: dict[str, Path] = {}
    for title, place in titles:
        if title is not None:
            folded = "".join(unicodedata.normalize("NFC", chinese.folded(title)).split())
            if folded in seen:
                shown = {"title": title, "parent": parent}
                yield Finding("GR432", place, place[:-1], shown, seen[folded])
            seen.setdefault(folded, place)


def repeated_cases(text: RubricText, _: Plan) -> Iterator[Finding]:
    """GR433: two cases with one tally."""
    seen: dict[tuple[object, ...], int] = {}
    for index, case in enumerate(text.cases):
        tally = (case.variant, case.reading, *sorted(_flat(case.tally.plain())))
        if tally in seen:
            first = ("cases", seen[tally], "tally")
            shown = {"name": case.name, "other": text.cases[seen[tally]].name}
            yield Finding("GR433", ("cases", index, "tally"), ("cases", index), shown, first)
        seen.setdefault(tally, index)


def _flat(tally: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, str]]:
    """Every dotted name of a tally with its value as text."""
    for key, value in tally.items():
        if isinstance(value, Mapping):
            yield from _flat(value, join(above, key))
        else:
            yield join(above, key), str(value)


def undecided(text: RubricText, _: Plan) -> Iterator[Finding]:
    """GR434: an ambiguity whose decision does not say how the text is read."""
    for index, ambiguity in enumerate(text.ambiguities):
        if _UNDECIDED.fullmatch(ambiguity.decided.strip()):
            at = ("ambiguities", index)
            shown = {"name": ambiguity.id, "decision": ambiguity.decided}
            yield Finding("GR434", (*at, "decision"), at, shown)


def too_much(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR435: a rule that gives or takes for one case more than its item has room for."""
    for placed in placed_rules(text, plan):
        if placed.rule.at_most is not None:
            continue
        item = placed.item
        most = max(item.full, item.ceiling) if item.ceiling is not None else None
        room = {1: most, -1: most - item.floor if most is not None and item.floor is not None else None}
        for sign, amount in _at_once(placed):
            limit = room[sign]
            if limit is not None and amount > limit:
                shown = {"path": placed.path, "amount": written(amount), "full": written(limit)}
                yield Finding("GR435", placed.verb, placed.at, shown)
                break


def _at_once(placed: PlacedRule) -> Iterator[tuple[int, Fraction]]:
    """What a rule may give (1) or take (-1) for one case."""
    for amount in placed.rule.amounts():
        yield (1 if amount.points > 0 else -1), abs(amount.points)
    if placed.rule.marks is not None and not placed.rule.rescales:
        yield 1, placed.high


def unguarded_scores(text: RubricText, _: Plan) -> Iterator[Finding]:
    """GR436: a condition asks for the score of an item that may not apply, and not whether it applies."""
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
        said = [*_said(condition.parsed, where)]
        guards = [
            f"{scope.path_of_item(request.name)}."
            for parsed, scope in said
            for request in requests(parsed)
            if request.function == "applies"
        ]
        inputs = {scope.path_of(name) for parsed, scope in said for name in mentioned(parsed)}
        for request, item in asked:
            flags = sorted(set(names.excuses(item)) - set(names.excuses(path)))
            guarded = any(f"{item}.".startswith(guard) or guard.startswith(f"{item}.") for guard in guards)
            needs_guard = request.function in ("score", "reached") and bool(flags)
            if needs_guard and not guarded and inputs.isdisjoint(flags):
                shown = {"name": item, "flag": flags[0]}
                yield Finding("GR436", at, at[:-1], shown, within=(request.start, request.end))


def _said(parsed: Parsed, scope: NameScope) -> Iterator[tuple[Parsed, NameScope]]:
    """A text and those of the values that it uses, and so on, each with what its names mean."""
    left, seen = [(parsed, scope)], set[str]()
    while left:
        yield left[-1]
        parsed, scope = left.pop()
        for name in named(parsed):
            path = scope.path_of(name)
            if path in scope.names.values and path is not None and path not in seen:
                value, item = scope.names.values[path]
                seen.add(path)
                left.append((value.text.formula.parsed, NameScope(scope.names, {}, item)))


def levels_like_a_range(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """GR409: a level whose name would be that of an end of a range, within which somebody judges."""
    for placed in placed_rules(text, plan):
        if placed.rule.counting is None:
            continue
        named = {str(amount.at[0]): abs(amount.points) for amount in placed.rule.amounts() if amount.at}
        if form := meant(placed.rule.verb, named):
            name = next(name for name in named if name in LEAST | MOST)
            shown = {"path": placed.path, "name": name, "form": form}
            yield Finding("GR409", (*placed.verb, name), placed.at, shown)


CHECKS: tuple[Callable[[RubricText, Plan], Iterator[Finding]], ...] = (
    unquoted, repeated_wording, repeated_titles, repeated_cases, undecided, too_much, unguarded_scores,
    levels_like_a_range,
)  # fmt: skip


def findings(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """Everything that the author of a rubric forgot or wrote twice."""
    for check in CHECKS:
        yield from check(text, plan)


class Beside(NamedTuple):
    """A finding about two rubrics of one folder: its code, and the path that is meant in both."""

    code: str
    path: Path
    args: Mapping[str, object]


def beside(text: RubricText, others: Sequence[RubricText]) -> Iterator[tuple[int, Beside]]:
    """GR438 and GR439: a rubric beside others, with the number of each other that it collides with.

    An id is used once (GR439). Of a series, whose ids differ only in the year, one rubric holds on each day
    (GR438).
    """
    series = _series(text.id)
    for index, other in enumerate(others):
        if text.id == other.id:
            yield index, Beside("GR439", ("id",), {"name": text.id})
        elif text.valid is None or other.valid is None or series != _series(other.id):
            continue
        elif _overlap(text.valid, other.valid):
            yield index, Beside("GR438", ("valid",), {"name": text.id, "other": other.id})


@lru_cache(maxsize=4096)
def _series(name: str) -> str:
    """The id of a rubric without its year."""
    return _YEAR.sub("", name)


def _overlap(left: Valid, right: Valid) -> bool:
    return _begins_before_end(left, right) and _begins_before_end(right, left)


def _begins_before_end(left: Valid, right: Valid) -> bool:
    """Whether the days of `left` begin before those of `right` are over; a missing end is open."""
    return left.start is None or right.to is None or left.start <= right.to
