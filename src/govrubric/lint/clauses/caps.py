"""Clauses x rules and items -> where a cap, a bound or the full marks of the text are not those of the rubric.

Source: language section 10, “A rubric whose text does not fit its numbers is accepted only with an entry here”.
"""

from collections.abc import Iterator
from fractions import Fraction

from govrubric.language.rubric_text import AnyItem, Item, RubricText, join, parts
from govrubric.lint.clauses import chinese as wording
from govrubric.lint.clauses.chinese import Said
from govrubric.lint.clauses.quotes import (
    Found,
    Placed,
    Quoted,
    named,
    placed,
    quoted,
    registered,
    unregistered,
)
from govrubric.lint.finding import Finding
from govrubric.numbers import written
from govrubric.plan.planner import Plan, PlannedItem, full_marks

BRACKETS = "(\uff08[\u3010\u3014\uff3b"
UNBOUND = {
    "floor": ("负分", "负", "无下限", "no floor"),
    "ceiling": ("不封顶", "无上限", "不设上限", "no ceiling"),
}


def caps(quote: Quoted, items: dict[str, PlannedItem]) -> Iterator[Found]:
    """GR426: a cap that the clause states is there."""
    held = {number for one in quote.bearers for number in _held(one, items)}
    computed = any(one.rule.authored is not None for one in quote.bearers)
    other = [
        one
        for one in quote.rules
        if one.rule.at_most is not None and one.rule.at_most not in quote.statements.figures
    ]
    for said in quote.statements.of("cap"):
        if other or (said.amount not in held and not computed and quote.bearers):
            one = (*other, *quote.rules, *quote.bearers)[0]
            at = (*one.at, "at_most") if one.rule.at_most is not None else one.verb
            yield (
                Finding(
                    "GR426", at, one.at, {"path": one.path, "said": quote.words(said)}, see=quote.see(said)
                ),
                said.amount,
            )


def _held(one: Placed, items: dict[str, PlannedItem]) -> Iterator[Fraction]:
    """Whatever holds what a rule gives or takes: its cap or its own range, and the bounds of its item and of those above."""
    if one.rule.at_most is not None:
        yield one.rule.at_most
    else:
        yield from (abs(one.low), abs(one.high))
    above = one.item.path.split(".")
    for item in (items[".".join(above[:end])] for end in range(len(above), -1, -1)):
        yield from (gate.at_most for gate in item.item.gates if gate.at_most is not None)
        if (one.high > 0 and item.ceiling is None) or (one.low < 0 and item.floor is None):
            continue
        yield from (item.full, item.item.weight)
        if item.ceiling is not None:
            yield from (item.ceiling, item.ceiling - (item.start or 0), item.ceiling - (item.floor or 0))


def gate_caps(text: RubricText) -> Iterator[Finding]:
    """GR426 of a gate: the cap in its clause is the one that it holds the score to."""
    for item, path, at in parts(text):
        for index, gate in enumerate(item.gates):
            statements = wording.read(gate.clause) if gate.clause is not None else wording.NOTHING
            where, name = (*at, "gates", index), join(path, gate.id)
            for said in statements.of("cap"):
                if (
                    gate.at_most is not None
                    and gate.at_most not in statements.figures
                    and not registered(text, [name, path], gate.at_most)
                ):
                    shown = {"path": name, "said": (gate.clause or "")[said.start : said.end]}
                    see = ((*where, "clause"), said.start, said.end)
                    yield named(Finding("GR426", (*where, "at_most"), where, shown, see=see), gate.at_most)


def unstated_caps(quote: Quoted, titles: dict[str, wording.Statements]) -> Iterator[Found]:
    """GR427: a rule's cap stands in a clause of its own or of the items above it, or in a title of theirs."""
    for one in quote.rules:
        cap = one.rule.at_most
        above = one.item.path.split(".")
        said = quote.statements.figures.union(
            *(titles[".".join(above[:end])].figures for end in range(len(above) + 1))
        )
        if (
            cap is not None
            and quote.effects
            and cap not in said | _times(quote)
            and not quote.statements.of("cap")
        ):
            shown = {"path": one.path}
            yield (
                Finding("GR427", (*one.at, "at_most"), one.at, shown, see=(quote.at, 0, len(quote.clause))),
                cap,
            )


def _times(quote: Quoted) -> frozenset[Fraction]:
    """What so many times an amount comes to: 每次扣0.5分，最多扣5次 stops at 2.5."""
    return frozenset(many * one.amount for many in wording.numbers_in(quote.clause) for one in quote.effects)


def limits(quote: Quoted) -> Iterator[Found]:
    """GR428: 扣完为止 has a floor of zero, 加完为止 the ceiling of full marks, 不封顶 none."""
    for one in quote.rules or quote.bearers[:1]:
        item = one.item
        usual = full_marks(item.item) + sum(
            (part.weight for part in item.item.items if part.extra), Fraction(0)
        )
        wrong = {
            "floor": (item.floor is None or item.floor < 0, "floor", item.floor),
            "ceiling": (item.ceiling is None or item.ceiling > usual, "ceiling", item.ceiling),
            "unlimited": (item.ceiling is not None, "ceiling", item.ceiling),
        }
        for said in quote.statements.said:
            differs, key, bound = wrong.get(said.kind, (False, "", None))
            if differs:
                shown = {
                    "path": item.path,
                    "said": quote.words(said),
                    "key": key,
                    "bound": "none" if bound is None else written(bound),
                }
                at = (*one.at[:-2], key) if getattr(item.item, key) is not None else one.verb
                yield (
                    Finding("GR428", at, one.at[:-2], shown, see=quote.see(said)),
                    UNBOUND[key] if bound is None else abs(bound),
                )


def full(text: RubricText, rules: tuple[Placed, ...]) -> Iterator[Finding]:
    """GR429: full marks in an item's title or clause, or in that of a rule that is judged, are those of the rubric."""
    for item, path, at in parts(text):
        own = [one for one in rules if one.item.path == path]
        for key in ("title",) if isinstance(item, RubricText) else ("title", "clause"):
            words = getattr(item, key)
            said = wording.read(words).of("full") if words is not None else ()
            said = tuple(one for one in said if _of_item(words[one.start : one.end], key, own))
            weight_at = (*at, "total" if isinstance(item, RubricText) else "weight")
            for one in _unfitting(said, item, own):
                shown = {"path": path or text.id, "said": words[one.start : one.end]}
                if not registered(text, [path or "total"], item.weight, within=bool(path)):
                    yield named(
                        Finding("GR429", weight_at, at, shown, see=((*at, key), one.start, one.end)),
                        item.weight,
                    )
    for rule in rules:
        most = rule.rule.marks
        said = wording.read(rule.rule.clause).of("full") if rule.rule.clause is not None else ()
        if (
            most is not None
            and said
            and not {one.amount for one in said}
            & {most, rule.item.full, rule.item.item.weight, rule.rule.at_most}
        ):
            shown = {"path": rule.path, "said": (rule.rule.clause or "")[said[0].start : said[0].end]}
            if not registered(text, [rule.path, rule.item.path], most):
                yield named(
                    Finding(
                        "GR429",
                        rule.verb,
                        rule.at,
                        shown,
                        see=((*rule.at, "clause"), said[0].start, said[0].end),
                    ),
                    most,
                )


def _of_item(words: str, key: str, rules: list[Placed]) -> bool:
    """Whether full marks are those of the item: a bare number in a title may be anything, and 共计1000分 what a rule measures."""
    elsewhere = any(one.rule.measures or one.rule.authored is not None for one in rules)
    return (key != "title" or "分" in words) and (words[0] in BRACKETS or not elsewhere)


def _unfitting(said: tuple[Said, ...], item: AnyItem, rules: list[Placed]) -> tuple[Said, ...]:
    """The statements of full marks that are not the item's: of several, a group's may be those of its parts, and a leaf's those of its rules."""
    whole = {item.weight, full_marks(item)}
    if len(said) == 1:
        scales = {one.rule.marks for one in rules if one.rule.rescales}
        return tuple(one for one in said if one.amount not in whole | scales)
    if item.items:
        inside = {number for part, _, _ in parts(item) for number in (part.weight, full_marks(part))}
        return tuple(one for one in said if one.amount not in whole | inside)
    points = {number for one in rules for number in (*one.amounts, one.high)}
    stated = [one.amount for one in said]
    fits = bool(whole & {*stated, sum(stated, Fraction(0))}) or set(stated) <= points
    return () if fits else said[:1]


def findings(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """Every cap, bound and full marks of the text that are not those of the rubric."""
    items = {item.path: item for item in plan.items}
    titles = {
        path: wording.read(f"{item.title};{item.clause or ''}" if isinstance(item, Item) else item.title)
        for item, path, _ in parts(text)
    }
    for quote in quoted(text, plan):
        for found in (caps(quote, items), unstated_caps(quote, titles), limits(quote)):
            yield from unregistered(text, quote, found)
    yield from gate_caps(text)
    yield from full(text, placed(text, plan))
