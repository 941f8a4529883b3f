"""Clauses x rules and items -> where a cap, a bound or full marks of the text are not those of the rubric.

Source: language section 10, “A rubric whose text does not fit its numbers is accepted only with an entry
here”.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from govrubric.language.rubric_text import AnyItem, Item, RubricText, join, parts
from govrubric.lint.clauses import chinese
from govrubric.lint.clauses.chinese import Statement
from govrubric.lint.clauses.quotes import (
    Mismatch,
    PlacedRule,
    Quote,
    Register,
    placed_rules,
    quotes,
    unregistered,
    with_actual,
)
from govrubric.lint.finding import Finding
from govrubric.numbers import written
from govrubric.plan.plan import Plan, PlannedItem
from govrubric.plan.scale import full_marks

BRACKETS = "(\uff08[\u3010\u3014\uff3b"
UNBOUND = {
    "floor": ("负分", "负", "无下限", "no floor"),
    "ceiling": ("不封顶", "无上限", "不设上限", "no ceiling"),
}


def caps(quote: Quote, items: dict[str, PlannedItem]) -> Iterator[Mismatch]:
    """GR426: a cap that the clause states is in the rubric."""
    limits = {number for placed in quote.bearers for number in _limits(placed, items)}
    computed = any(placed.rule.authored is not None for placed in quote.bearers)
    otherwise_capped = [
        placed
        for placed in quote.rules
        if placed.rule.at_most is not None and placed.rule.at_most not in quote.figures
    ]
    for statement in quote.reading.of("cap"):
        if otherwise_capped or (statement.amount not in limits and not computed and quote.bearers):
            placed = (*otherwise_capped, *quote.rules, *quote.bearers)[0]
            at = (*placed.at, "at_most") if placed.rule.at_most is not None else placed.verb
            shown = {"path": placed.path, "said": quote.words(statement)}
            yield Finding("GR426", at, placed.at, shown, see=quote.see(statement)), statement.amount


def _limits(placed: PlacedRule, items: dict[str, PlannedItem]) -> Iterator[Fraction]:
    """Every limit of a rule: its cap or else its range, the ends of what is judged, and the bounds above."""
    if placed.rule.at_most is not None:
        yield placed.rule.at_most
    else:
        yield from (abs(placed.low), abs(placed.high))
    yield from placed.ends.values()
    ids = placed.item.path.split(".")
    for item in (items[".".join(ids[:end])] for end in range(len(ids), -1, -1)):
        yield from (gate.at_most for gate in item.item.gates if gate.at_most is not None)
        if (placed.high > 0 and item.ceiling is None) or (placed.low < 0 and item.floor is None):
            continue
        yield from (item.full, item.item.weight or item.full)
        if item.ceiling is not None:
            yield from (item.ceiling, item.ceiling - (item.start or 0), item.ceiling - (item.floor or 0))


def gate_caps(text: RubricText, register: Register) -> Iterator[Finding]:
    """GR426 of a gate: the cap of its clause is the cap of the gate."""
    for item, path, at in parts(text):
        for index, gate in enumerate(item.gates):
            if gate.clause is None or gate.at_most is None:
                continue
            reading = chinese.read(gate.clause)
            where, name = (*at, "gates", index), join(path, gate.id)
            if gate.at_most in reading.figures or register.at(name, path).accept(gate.at_most):
                continue
            for statement in reading.of("cap"):
                shown = {"path": name, "said": gate.clause[statement.start : statement.end]}
                see = ((*where, "clause"), statement.start, statement.end)
                yield with_actual(Finding("GR426", (*where, "at_most"), where, shown, see=see), gate.at_most)


def unstated_caps(quote: Quote, headings: Mapping[str, frozenset[Fraction]]) -> Iterator[Mismatch]:
    """GR427: a rule's cap is named in its clause, or in a title or clause of the items above it."""
    if not quote.effects or quote.reading.of("cap"):
        return
    for placed in quote.rules:
        cap = placed.rule.at_most
        if cap is None or cap in quote.figures or _is_multiple(quote, cap):
            continue
        ids = placed.item.path.split(".")
        if not any(cap in headings[".".join(ids[:end])] for end in range(len(ids) + 1)):
            see = (quote.at, 0, len(quote.clause))
            yield Finding("GR427", (*placed.at, "at_most"), placed.at, {"path": placed.path}, see=see), cap


def _is_multiple(quote: Quote, cap: Fraction) -> bool:
    """Whether a cap is an amount times a number of the clause: 每次扣0.5分，最多扣5次 stops at 2.5."""
    numbers = chinese.numbers_in(quote.clause)
    return any(cap / statement.amount in numbers for statement in quote.effects)


def limits(quote: Quote) -> Iterator[Mismatch]:
    """GR428: 扣完为止 has a floor of zero, 加完为止 the ceiling of full marks, and 不封顶 no ceiling.

    Of a rule that only takes, 不封顶 means that there is no floor.
    """
    for placed in quote.rules or quote.bearers[:1]:
        item = placed.item
        # Of an item without full marks any ceiling that is written is one.
        usual = item.usual[1] if item.usual[1] is not None else item.ceiling or Fraction(0)
        side, open_end = ("floor", item.floor) if placed.high <= 0 else ("ceiling", item.ceiling)
        wrong = {
            "floor": (item.floor is None or item.floor < 0, "floor", item.floor),
            "ceiling": (item.ceiling is None or item.ceiling > usual, "ceiling", item.ceiling),
            "unlimited": (open_end is not None, side, open_end),
        }
        # The first statement of a kind serves: the others would say the same.
        for statement in {statement.kind: statement for statement in quote.reading.statements[::-1]}.values():
            differs, key, bound = wrong.get(statement.kind, (False, "", None))
            if differs:
                shown = {
                    "path": item.path,
                    "said": quote.words(statement),
                    "key": key,
                    "bound": "none" if bound is None else written(bound),
                }
                of_item = placed.at[:-2]
                at = (*of_item, key) if getattr(item.item, key) is not None else placed.verb
                finding = Finding("GR428", at, of_item, shown, see=quote.see(statement))
                yield finding, UNBOUND[key] if bound is None else abs(bound)


def full(text: RubricText, rules: tuple[PlacedRule, ...], register: Register) -> Iterator[Finding]:
    """GR429: full marks in a title or clause are those of the item, or of the rule that is judged."""
    by_item: dict[str, list[PlacedRule]] = {}
    for placed in rules:
        by_item.setdefault(placed.item.path, []).append(placed)
    for item, path, at in parts(text):
        own = by_item.get(path, [])
        measured = any(
            placed.rule.measures or placed.rule.authored is not None or placed.rule.target is not None
            for placed in own
        )
        decisions = register.within(path) if path else register.at("total")
        weight_at = (*at, "total" if isinstance(item, RubricText) else "weight")
        for key in ("title",) if isinstance(item, RubricText) else ("title", "clause"):
            words = getattr(item, key)
            if words is None or item.weight is None or decisions.accept(item.weight):
                continue
            statements = tuple(
                statement
                for statement in chinese.read(words).of("full")
                if _is_about_item(words[statement.start : statement.end], key, measured)
            )
            for statement in _unfitting(statements, item, own):
                start, end = statement.start, statement.end
                shown = {"path": path or text.id, "said": words[start:end]}
                finding = Finding("GR429", weight_at, at, shown, see=((*at, key), start, end))
                yield with_actual(finding, item.weight)
    for placed in rules:
        yield from _full_of_rule(placed, register)


def _full_of_rule(placed: PlacedRule, register: Register) -> Iterator[Finding]:
    """GR429 of a judged rule: the full marks of its clause are its own, its cap, or those of its item."""
    marks, clause = placed.rule.marks, placed.rule.clause
    if marks is None or clause is None or register.at(placed.path, placed.item.path).accept(marks):
        return
    statements = chinese.read(clause).of("full")
    fitting = {marks, placed.item.full, placed.item.item.weight, placed.rule.at_most}
    if statements and not any(statement.amount in fitting for statement in statements):
        start, end = statements[0].start, statements[0].end
        shown, see = {"path": placed.path, "said": clause[start:end]}, ((*placed.at, "clause"), start, end)
        yield with_actual(Finding("GR429", placed.verb, placed.at, shown, see=see), marks)


def _is_about_item(words: str, key: str, may_be_measured: bool) -> bool:
    """Whether full marks are those of the item.

    A bare number in a title may be anything, and 共计1000分 may be what a rule measures.
    """
    return (key != "title" or "分" in words) and (words[0] in BRACKETS or not may_be_measured)


def _unfitting(
    statements: tuple[Statement, ...], item: AnyItem, rules: list[PlacedRule]
) -> tuple[Statement, ...]:
    """The statements of full marks that are not those of the item.

    Where a text has several, those of a group may be of its parts, and those of a leaf of its rules.
    """
    wholes = {item.weight, full_marks(item)}
    if len(statements) == 1:
        scales = {placed.rule.marks for placed in rules if placed.rule.rescales}
        return tuple(statement for statement in statements if statement.amount not in wholes | scales)
    if item.items:
        inside = {number for part, _, _ in parts(item) for number in (part.weight, full_marks(part))}
        return tuple(statement for statement in statements if statement.amount not in wholes | inside)
    points = {number for placed in rules for number in (*placed.amounts, placed.high)}
    amounts = [statement.amount for statement in statements]
    fits = not wholes.isdisjoint((*amounts, sum(amounts, Fraction(0)))) or set(amounts) <= points
    return () if fits else statements[:1]


def findings(text: RubricText, plan: Plan) -> Iterator[Finding]:
    """Every cap, bound and full marks of the text that are not those of the rubric."""
    items = {item.path: item for item in plan.items}
    headings = {
        path: chinese.read(
            f"{item.title};{item.clause or ''}" if isinstance(item, Item) else item.title
        ).figures
        for item, path, _ in parts(text)
    }
    register = Register(text)
    for quote in quotes(text, plan):
        for mismatches in (caps(quote, items), unstated_caps(quote, headings), limits(quote)):
            yield from unregistered(register, quote, mismatches)
    yield from gate_caps(text, register)
    yield from full(text, placed_rules(text, plan), register)
