"""Rubric -> the points that cases may touch; and cards -> which of them they did.

A point is a flag, a formula over the lines of the plan, and a case touches it where the flag holds. What the bounds
decide, one way or the other, is no point, as no case could miss it. Nor is what is proved never to happen.
"""

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Literal, NamedTuple

from govrubric.cases.proofs import Proofs
from govrubric.formula.build import add, all_of, any_of, compare, const, greatest, known, least, line, not_
from govrubric.formula.codegen import build, function
from govrubric.formula.nodes import Const, Formula, Input, Sign
from govrubric.language.rubric_text import join, parts
from govrubric.lint.reachability import idle_grades
from govrubric.numbers import written
from govrubric.plan.lines import GRADE, LineName, gate_line, item_line
from govrubric.plan.names import excusing
from govrubric.plan.planner import Plan, PlannedItem
from govrubric.plan.rules import PlannedRule
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard
from govrubric.scoring.ledger import Given

Kind = Literal[
    "acts", "zero", "given", "outcome", "capped", "true", "false", "floor", "below", "ceiling", "above", "absent", "counts", "uncounted", "held", "open",
    "grade", "eligible", "ineligible",
]  # fmt: skip


class Point(NamedTuple):
    """What a case may bring about: where, which kind of thing, of what name or number, and the flag that it did."""

    path: str
    kind: Kind
    name: str
    flag: Formula


class Coverage(NamedTuple):
    """How much of a rubric some cases touch."""

    points: int
    untouched: tuple[Point, ...]

    @property
    def touched(self) -> int:
        return self.points - len(self.untouched)

    @property
    def percent(self) -> int:
        """Rounded down, so that 100 means all."""
        return 100 * self.touched // self.points if self.points else 100


def coverage(rubric: Rubric, cards: Iterable[ScoreCard]) -> Coverage:
    """What the cases that these cards come from touch between them."""
    every = tuple(points(rubric))
    if not every:
        return Coverage(0, ())
    plan = rubric.plan
    parameters = {one.name: f"i{index}" for index, one in enumerate(plan.inputs)}
    flags = {f"?{index}": one.flag for index, one in enumerate(every)}
    holds: Callable[..., tuple[int, ...]] = build(
        function("made", parameters, {**plan.lines, **flags}, flags)
    )
    seen = [False] * len(every)
    for card in cards:
        given = card.inputs
        seen = [
            before or now > 0
            for before, now in zip(
                seen, holds(*(_whole(one, given[one.name]) for one in plan.inputs)), strict=True
            )
        ]
    proofs = Proofs(plan)
    untouched = tuple(
        one for one, touched in zip(every, seen, strict=True) if not touched and not proofs.never(one.flag)
    )
    return Coverage(sum(seen) + len(untouched), untouched)


def _whole(one: Input, given: Given) -> int:
    """The value of an input, as the whole number that stands for it in a formula."""
    if isinstance(given.value, str):
        return one.options.index(given.value)
    return int(Fraction(given.value) * one.den)


def points(rubric: Rubric) -> Iterator[Point]:
    """Every point of a rubric that a tally decides, in file order, the grades last."""
    yield from (one for one in _every(rubric) if one.flag.lo < one.flag.hi)


def _every(rubric: Rubric) -> Iterator[Point]:
    plan = rubric.plan
    places = {path: at for _, path, at in parts(rubric.text)}
    for item in plan.items:
        if item.item.not_applicable is not None:
            yield Point(item.path, "absent", "", rubric.inputs[excusing(item.path)])
        counts = _line(plan, item.line("counts"))
        yield Point(item.path, "counts", "", counts)
        yield Point(item.path, "uncounted", "", not_(counts))
        yield from _edges(plan, item)
        for index, rule in enumerate(item.rules):
            yield from _of_rule(plan, rule)
            if rule.rule.when is not None:
                yield from _either(rule.path, plan.conditions[*places[item.path], "rules", index, "when"])
        for gate in item.item.gates:
            held = _line(plan, gate_line(join(item.path, gate.id), "held"))
            yield Point(join(item.path, gate.id), "held", "", held)
            yield Point(join(item.path, gate.id), "open", "", not_(held))
    yield from _grades(rubric)


def _line(plan: Plan, name: LineName) -> Formula:
    """A line of the plan under its name."""
    formula = plan.lines[name]
    return formula if isinstance(formula, Const) else line(name, formula)


def _either(path: str, flag: Formula) -> Iterator[Point]:
    yield Point(path, "true", "", flag)
    yield Point(path, "false", "", not_(flag))


def _of_rule(plan: Plan, rule: PlannedRule) -> Iterator[Point]:
    """Each way in which the rule may turn out, or that it acts and that it need not; and its cap."""
    counted, raw = _line(plan, rule.line("counted")), _line(plan, rule.line("raw"))
    outcomes = rule.rule.outcomes(rule.inputs)
    for name, flag in outcomes:
        yield Point(rule.path, "outcome", name, all_of(counted, flag))
    if not outcomes:
        yield Point(rule.path, "acts", "", compare(("!=",), (_line(plan, rule.line("applied")), const(0))))
        if raw.lo == 0 or raw.hi == 0:  # an effect of either sign may never be exactly zero
            yield Point(rule.path, "zero", "", all_of(counted, compare(("==",), (raw, const(0)))))
    for one in rule.inputs if len(rule.inputs) > 1 else ():
        yield from _given(one, rule.path, counted)
    if rule.rule.at_most is not None:
        most = rule.rule.at_most
        yield Point(
            rule.path,
            "capped",
            written(most),
            any_of(*(compare(("==",), (raw, const(end))) for end in (most, -most))),
        )


def _given(one: Input, path: str, counted: Formula) -> Iterator[Point]:
    """For a rule with several inputs: each option of a choice, and each other input above or below zero."""
    name = one.name.removeprefix(f"{path}.")
    for place, option in enumerate(one.options):
        yield Point(
            path, "given", f"{name} = {option}", all_of(counted, compare(("==",), (one, const(place))))
        )
    if not one.options:
        yield Point(path, "given", name, all_of(counted, compare(("!=",), (one, const(0)))))


def _edges(plan: Plan, item: PlannedItem) -> Iterator[Point]:
    """Floor and ceiling, each just reached by the rules, and each passed, by the rules or by what the parts come to."""
    before, floor, ceiling = _line(plan, item.line("base")), item.floor, item.ceiling
    taken, given, below, above = [], [], [], []
    if item.parts:
        came = _came(plan, item)
        below.append(_beyond("<", came, floor))
        above.append(_beyond(">", came, ceiling))
    for step in item.steps:
        raw = _line(plan, step.rule.line("raw"))
        if step.balance.kind == "up" or (not step.both and (raw.hi > 0 or raw.lo == 0)):
            given.append(compare((">",), (raw, const(0))))
            above.append(_beyond(">", add(before, greatest(raw, const(0))), ceiling))
        else:
            taken.append(compare(("<",), (raw, const(0))))
            if not step.rule.rule.forfeits:
                below.append(_beyond("<", add(before, least(raw, const(0))), floor))
        before = _line(plan, step.balance)
    yield from _edge(plan, item, floor, ("floor", "below"), any_of(*taken), any_of(*below))
    yield from _edge(plan, item, ceiling, ("ceiling", "above"), any_of(*given), any_of(*above))


def _edge(
    plan: Plan,
    item: PlannedItem,
    bound: Fraction | None,
    kinds: tuple[Kind, Kind],
    moved: Formula,
    too_far: Formula,
) -> Iterator[Point]:
    if bound is None:
        return
    if _is_reached(item, bound, -1 if kinds[0] == "floor" else 1, too_far):
        there = compare(("==",), (_line(plan, item.line("balance")), const(bound)))
        yield Point(item.path, kinds[0], written(bound), all_of(moved, there, not_(too_far)))
    yield Point(item.path, kinds[1], written(bound), all_of(_line(plan, item.line("applies")), too_far))


def _beyond(sign: Sign, formula: Formula, bound: Fraction | None) -> Formula:
    return const(0) if bound is None else compare((sign,), (formula, const(bound)))


def _came(plan: Plan, item: PlannedItem) -> Formula:
    """What the parts of a group come to; a mean, least or greatest lies between its least and its greatest part."""
    came = _line(plan, item.line("parts"))
    if item.item.combine == "sum":
        return came
    each = {
        extra: [
            plan.lines[item_line(join(item.path, part.id), "contribution")]
            for part in item.item.items
            if part.extra is extra
        ]
        for extra in (False, True)
    }
    lo = min(one.lo for one in each[False]) + sum(one.lo for one in each[True])
    hi = max(one.hi for one in each[False]) + sum(one.hi for one in each[True])
    return known(came, lo, hi)


def _is_reached(item: PlannedItem, bound: Fraction, sign: int, too_far: Formula) -> bool:
    """Whether the rules are known to just reach a bound: as they never pass it, or as one rule alone comes to it."""
    if too_far.hi == 0:
        return True
    if item.start is None or item.parts:
        return False
    room = bound - item.start
    return room * sign > 0 and any(_comes_to(rule, item, room, sign) for rule in item.rules)


def _comes_to(rule: PlannedRule, item: PlannedItem, wanted: Fraction, sign: int) -> bool:
    """Whether one input of a rule, and nothing else, has exactly the effect that is wanted."""
    if rule.rule.forfeits:
        return rule.rule.at_most is None and item.floor is not None and item.floor >= 0
    if rule.rule.authored is not None or rule.rule.when is not None:
        return False
    raw = rule.rule.raw(rule.inputs, item.full)
    compute = build(
        function(
            "made", {one.name: f"i{index}" for index, one in enumerate(rule.inputs)}, {"raw": raw}, ["raw"]
        )
    )
    least_each = [int(max(one.lo, min(one.hi, Fraction(0))) * one.den) for one in rule.inputs]

    def effect(place: int, value: int) -> Fraction:
        return Fraction(compute(*least_each[:place], value, *least_each[place + 1 :])[0], raw.den)

    for place, one in enumerate(rule.inputs):
        low, high = int(one.lo * one.den), int(one.hi * one.den)
        if one.kind == "count":
            # More cases never have less effect, so the first number that has enough is found by halving.
            while low < high:
                middle = (low + high) // 2
                low, high = (
                    (low, middle) if effect(place, middle) * sign >= wanted * sign else (middle + 1, high)
                )
        if wanted in (effect(place, low), effect(place, high)):
            return True
    return False


def _grades(rubric: Rubric) -> Iterator[Point]:
    text, plan = rubric.text, rubric.plan
    if not plan.grades:
        return
    idle = {one.args["name"] for one in idle_grades(text, plan)}
    for place, name in enumerate(plan.grades):
        if name not in idle:
            yield Point("", "grade", name, compare(("==",), (_line(plan, GRADE), const(place))))
    for index, grade in enumerate(text.grades):
        if grade.when is not None:
            holds = plan.conditions["grades", index, "when"]
            yield Point("", "eligible", grade.grade, holds)
            yield Point("", "ineligible", grade.grade, not_(holds))
