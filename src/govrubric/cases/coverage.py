"""Rubric -> the points that cases may touch; cards of cases -> the points that they touch.

A point is a flag: a formula over the lines of the plan. A case touches the point where the flag holds. A flag
that the bounds already decide, one way or the other, is no point, and neither is a flag that is proved never
to hold.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from govrubric.cases.proofs import Proofs
from govrubric.formula.build import add, all_of, any_of, compare, const, greatest, known, least, line, not_
from govrubric.formula.codegen import build, function
from govrubric.formula.nodes import Const, Formula, Input, Sign
from govrubric.language.rubric_text import join, parts
from govrubric.lint.reachability import idle_grades
from govrubric.numbers import written
from govrubric.plan.lines import GRADE, LineName, gate_line, item_line
from govrubric.plan.names import excusing
from govrubric.plan.plan import Plan, PlannedItem
from govrubric.plan.rules import PlannedRule
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard
from govrubric.scoring.ledger import Given

Kind = Literal[
    "acts", "zero", "given", "outcome", "capped", "true", "false", "floor", "below", "ceiling", "above",
    "absent", "counts", "uncounted", "held", "open", "grade", "eligible", "ineligible",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class CoveragePoint:
    """Something that a case may bring about: a rule acts, a floor is just reached, a gate does not hold.

    `path` is its item, rule or gate, `kind` what comes about there, and `name` the level, the number or the
    grade that it is about, or an empty text.
    """

    path: str
    kind: Kind
    name: str
    _flag: Formula = field(repr=False, compare=False)  # holds where the point came about


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many points a rubric has that cases may touch, and which of them no case touches."""

    rubric: Rubric
    points: int
    untouched: tuple[CoveragePoint, ...]

    @property
    def touched(self) -> int:
        """How many points a case touches."""
        return self.points - len(self.untouched)

    @property
    def percent(self) -> int:
        """The part that is touched, rounded down, so that 100 means all."""
        return 100 * self.touched // self.points if self.points else 100


def coverage(rubric: Rubric, cards: Iterable[ScoreCard]) -> Coverage:
    """What the cases that these cards come from touch together."""
    candidates = tuple(points(rubric))
    if not candidates:
        return Coverage(rubric, 0, ())
    plan = rubric._plan
    parameters = {input_.name: f"i{index}" for index, input_ in enumerate(plan.inputs)}
    flags = {f"?{index}": point._flag for index, point in enumerate(candidates)}
    holds: Callable[..., tuple[int, ...]] = build(
        function("made", parameters, {**plan.lines, **flags}, flags)
    )
    touched = [False] * len(candidates)
    for card in cards:
        given = card.inputs  # a new mapping each time that it is asked for
        results = holds(*(_whole(input_, given[input_.name]) for input_ in plan.inputs))
        touched = [before or now > 0 for before, now in zip(touched, results, strict=True)]
    proofs = Proofs(plan)
    untouched = tuple(
        point
        for point, is_touched in zip(candidates, touched, strict=True)
        if not is_touched and not proofs.never(point._flag)
    )
    return Coverage(rubric, sum(touched) + len(untouched), untouched)


def _whole(input_: Input, given: Given) -> int:
    """The value of an input, as the whole number that stands for it in a formula."""
    if isinstance(given.value, str):
        return input_.options.index(given.value)
    return int(Fraction(given.value) * input_.den)


def points(rubric: Rubric) -> Iterator[CoveragePoint]:
    """Every point of a rubric that a tally decides, in file order; the grades come last."""
    yield from (point for point in _every(rubric) if point._flag.lo < point._flag.hi)


def _every(rubric: Rubric) -> Iterator[CoveragePoint]:
    plan = rubric._plan
    places = {path: at for _, path, at in parts(rubric._text)}
    for item in plan.items:
        if item.item.exempt_when is not None:
            yield CoveragePoint(item.path, "absent", "", _line(plan, item.line("excused")))
        elif item.item.policy is not None:
            yield CoveragePoint(item.path, "absent", "", rubric._inputs[excusing(item.path)])
        counts = _line(plan, item.line("counts"))
        yield CoveragePoint(item.path, "counts", "", counts)
        yield CoveragePoint(item.path, "uncounted", "", not_(counts))
        yield from _edges(plan, item)
        for index, rule in enumerate(item.rules):
            yield from _of_rule(plan, rule)
            if rule.rule.when is not None:
                yield from _either(rule.path, plan.conditions[*places[item.path], "rules", index, "when"])
        for gate in item.item.gates:
            held = _line(plan, gate_line(join(item.path, gate.id), "held"))
            yield CoveragePoint(join(item.path, gate.id), "held", "", held)
            yield CoveragePoint(join(item.path, gate.id), "open", "", not_(held))
    yield from _grades(rubric)


def _line(plan: Plan, name: LineName) -> Formula:
    """A line of the plan under its name."""
    formula = plan.lines[name]
    return formula if isinstance(formula, Const) else line(name, formula)


def _either(path: str, flag: Formula) -> Iterator[CoveragePoint]:
    yield CoveragePoint(path, "true", "", flag)
    yield CoveragePoint(path, "false", "", not_(flag))


def _of_rule(plan: Plan, rule: PlannedRule) -> Iterator[CoveragePoint]:
    """Each outcome of a rule, or else that it acts and that it comes to zero; then its inputs and its cap."""
    counted, raw = _line(plan, rule.line("counted")), _line(plan, rule.line("raw"))
    outcomes = rule.rule.outcomes(rule.inputs)
    for name, flag in outcomes:
        yield CoveragePoint(rule.path, "outcome", name, all_of(counted, flag))
    if not outcomes:
        yield CoveragePoint(
            rule.path, "acts", "", compare(("!=",), (_line(plan, rule.line("applied")), const(0)))
        )
        if raw.lo == 0 or raw.hi == 0:  # an effect of either sign may never be exactly zero
            yield CoveragePoint(rule.path, "zero", "", all_of(counted, compare(("==",), (raw, const(0)))))
    if len(rule.inputs) > 1:
        for input_ in rule.inputs:
            yield from _given(input_, rule.path, counted)
    cap = rule.rule.at_most
    if cap is not None:
        at_cap = any_of(*(compare(("==",), (raw, const(end))) for end in (cap, -cap)))
        yield CoveragePoint(rule.path, "capped", written(cap), at_cap)


def _given(input_: Input, path: str, counted: Formula) -> Iterator[CoveragePoint]:
    """An input of a rule with several: each option of a choice; of any other input, that it is not zero."""
    name = input_.name.removeprefix(f"{path}.")
    for place, option in enumerate(input_.options):
        is_chosen = compare(("==",), (input_, const(place)))
        yield CoveragePoint(path, "given", f"{name} = {option}", all_of(counted, is_chosen))
    if not input_.options:
        yield CoveragePoint(path, "given", name, all_of(counted, compare(("!=",), (input_, const(0)))))


def _edges(plan: Plan, item: PlannedItem) -> Iterator[CoveragePoint]:
    """Floor and ceiling: each is just reached by the rules, or passed by the rules or by the parts."""
    before, floor, ceiling = _line(plan, item.line("base")), item.floor, item.ceiling
    taken, given, below, above = [], [], [], []
    if item.parts:
        parts_result = _parts_result(plan, item)
        below.append(_beyond("<", parts_result, floor))
        above.append(_beyond(">", parts_result, ceiling))
    origin, gave = before, True
    for step in item.steps:
        raw = _line(plan, step.rule.line("raw"))
        counts = raw if step.counts is None else _line(plan, step.counts)
        gives = step.balance.kind == "up" or (not step.both and (raw.hi > 0 or raw.lo == 0))
        # Of awards, or deductions, of which a single one counts, that one acts where the first would.
        origin = before if step.counts is None or gives is not gave else origin
        gave = gives
        if gives:
            given.append(compare((">",), (counts, const(0))))
            above.append(_beyond(">", add(origin, greatest(counts, const(0))), ceiling))
        else:
            taken.append(compare(("<",), (counts, const(0))))
            if not step.rule.rule.forfeits:
                below.append(_beyond("<", add(origin, least(counts, const(0))), floor))
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
) -> Iterator[CoveragePoint]:
    """The points of one bound: `moved` holds where a rule moves towards it, `too_far` where it is passed."""
    if bound is None:
        return
    if _is_reached(item, bound, -1 if kinds[0] == "floor" else 1, too_far):
        at_bound = compare(("==",), (_line(plan, item.line("balance")), const(bound)))
        yield CoveragePoint(item.path, kinds[0], written(bound), all_of(moved, at_bound, not_(too_far)))
    yield CoveragePoint(
        item.path, kinds[1], written(bound), all_of(_line(plan, item.line("applies")), too_far)
    )


def _beyond(sign: Sign, formula: Formula, bound: Fraction | None) -> Formula:
    return const(0) if bound is None else compare((sign,), (formula, const(bound)))


def _parts_result(plan: Plan, item: PlannedItem) -> Formula:
    """What the parts of a group come to.

    A mean, least or greatest lies between the least and the greatest part; parts that are `extra` are added.
    """
    result = _line(plan, item.line("parts"))
    if item.item.combine == "sum":
        return result
    contributions = {
        extra: [
            plan.lines[item_line(join(item.path, part.id), "contribution")]
            for part in item.item.items
            if part.extra is extra
        ]
        for extra in (False, True)
    }
    combined, added = contributions[False], contributions[True]
    lo = min(part.lo for part in combined) + sum(part.lo for part in added)
    hi = max(part.hi for part in combined) + sum(part.hi for part in added)
    return known(result, lo, hi)


def _is_reached(item: PlannedItem, bound: Fraction, sign: int, too_far: Formula) -> bool:
    """Whether the rules are known to just reach a bound.

    They are if they never pass it, or if a single rule comes to it exactly.
    """
    if too_far.hi == 0:
        return True
    if item.start is None or item.parts:
        return False
    room = bound - item.start
    return room * sign > 0 and any(_comes_to(rule, item, room, sign) for rule in item.rules)


def _comes_to(rule: PlannedRule, item: PlannedItem, wanted: Fraction, sign: int) -> bool:
    """Whether a single input of a rule can have exactly the effect `wanted` while the others are idle."""
    if rule.rule.forfeits:
        return rule.rule.at_most is None and item.floor is not None and item.floor >= 0
    if rule.rule.authored is not None or rule.target is not None or rule.rule.when is not None:
        return False
    raw = rule.rule.raw(rule.inputs, item.full)
    parameters = {input_.name: f"i{index}" for index, input_ in enumerate(rule.inputs)}
    compute = build(function("made", parameters, {"raw": raw}, ["raw"]))
    idle = [int(max(input_.lo, min(input_.hi, Fraction(0))) * input_.den) for input_ in rule.inputs]

    def effect(place: int, value: int) -> Fraction:
        return Fraction(compute(*idle[:place], value, *idle[place + 1 :])[0], raw.den)

    for place, input_ in enumerate(rule.inputs):
        low, high = int(input_.lo * input_.den), int(input_.hi * input_.den)
        if input_.kind == "count":
            # More cases never have less effect, so the first number that has enough is found by halving.
            while low < high:
                middle = (low + high) // 2
                if effect(place, middle) * sign >= wanted * sign:
                    high = middle
                else:
                    low = middle + 1
        if wanted in (effect(place, low), effect(place, high)):
            return True
    return False


def _grades(rubric: Rubric) -> Iterator[CoveragePoint]:
    text, plan = rubric._text, rubric._plan
    if not plan.grades:
        return
    places = {finding.path[1] for finding in idle_grades(text, plan)}
    given = {grade.grade for index, grade in enumerate(text.grades) if index not in places}
    idle = {grade.grade for grade in text.grades} - given
    names = [grade.grade for grade in text.grades]
    for place, name in enumerate(plan.grades):
        if name not in idle:
            yield CoveragePoint("", "grade", name, compare(("==",), (_line(plan, GRADE), const(place))))
    for index, grade in enumerate(text.grades):
        if grade.when is not None:
            holds = plan.conditions["grades", index, "when"]
            # Where a grade stands more than once, its condition says which of its entries is meant.
            name = grade.grade if names.count(grade.grade) == 1 else f"{grade.grade} ({grade.when})"
            yield CoveragePoint("", "eligible", name, holds)
            yield CoveragePoint("", "ineligible", name, not_(holds))
