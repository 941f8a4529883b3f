"""Rubric -> the values of each input at which a score may change: ends, and both sides of thresholds.

Thresholds are read from the formulas and not from the verbs, so that those of a new verb are found too.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from govrubric.formula.nodes import Add, Chain, Extreme, Formula, If, Input, Scale
from govrubric.plan.emptying import emptied
from govrubric.plan.plan import Plan
from govrubric.rubric import Rubric
from govrubric.testing.interpreter import ZERO, operations, unsaid

ONE = Fraction(1)
FIRST = tuple(map(Fraction, range(4)))
SHARES = tuple(map(Fraction, ("1/3", "1/2", "9/10", "1/7")))


def edges(rubric: Rubric) -> dict[str, tuple[Fraction, ...]]:
    """The edges of each count and number, those nearest to zero first."""
    marks = {name: set[Fraction]() for name in rubric._inputs}
    for name, mark in thresholds(rubric._plan):
        marks[name].add(mark)
    return {
        name: _beside(input_, marks[name])
        for name, input_ in rubric._inputs.items()
        if input_.kind in ("count", "number")
    }


def _beside(input_: Input, marks: set[Fraction]) -> tuple[Fraction, ...]:
    """The values on and beside each mark that an input may have, and its ends."""
    step = input_.step or Fraction(1, input_.den)
    low, high = ceil(input_.lo / step), floor(input_.hi / step)
    shares = []
    if input_.kind == "number":
        shares = [input_.lo + (input_.hi - input_.lo) * share for share in SHARES]
    near = {floor(mark / step) + offset for mark in (*FIRST, *marks, *shares) for offset in (-1, 0, 1)}
    first = ceil(input_.gap / step) if input_.gap is not None else 1
    near |= {low, first, first + 1, high}
    values = [steps * step for steps in near if low <= steps <= high and (steps <= 0 or steps >= first)]
    return tuple(sorted(values, key=lambda value: (abs(value), value)))


def thresholds(plan: Plan) -> Iterator[tuple[str, Fraction]]:
    """Values at which two sides of a comparison, minimum or maximum meet, while all other inputs are 0.

    Also the values at which a rule alone takes its item to a bound, or reaches its own cap. They do not
    depend on the formulas, so that a bound or cap that is missing there by a fault is still tried.
    """
    worth: dict[int, Fraction] = {}
    for _, operation, value in operations(plan, {input_.name: unsaid(input_) for input_ in plan.inputs}):
        worth[id(operation)] = value
        if isinstance(operation, (Extreme, Chain)):
            for left, right in pairwise(_slopes(side, worth) for side in operation.parts()):
                yield from _meeting(left, right)
    for item in plan.items:
        base = worth[id(plan.lines[item.line("base")])]
        for rule, count in emptied(item):
            caps = [bound - base for bound in (item.floor, item.ceiling) if bound is not None]
            caps += [] if rule.rule.at_most is None else [rule.rule.at_most, -rule.rule.at_most]
            for cap in caps:
                yield from _meeting(_slopes(plan.lines[rule.line("raw")], worth), ({}, cap))
            if count is not None:
                yield rule.inputs[0].name, Fraction(count)


Slopes = tuple[dict[str, Fraction], Fraction]  # the slope along each input, and the value where all are 0


def _meeting(left: Slopes, right: Slopes) -> Iterator[tuple[str, Fraction]]:
    """For each input, the value at which two straight lines meet."""
    distance = right[1] - left[1]
    for name in left[0] | right[0]:
        if slope := left[0].get(name, ZERO) - right[0].get(name, ZERO):
            yield name, distance / slope


def _slopes(formula: Formula, worth: Mapping[int, Fraction]) -> Slopes:
    """A formula as a straight line: one part of a minimum, maximum or condition; the rest is constant."""
    match formula:
        case Input():
            return {formula.name: ONE}, ZERO
        case Scale():
            slopes, start = _slopes(formula.of, worth)
            return {name: slope * formula.by for name, slope in slopes.items()}, start * formula.by
        case Add():
            slopes, start = dict[str, Fraction](), ZERO
            for term in formula.terms:
                term_slopes, value = _slopes(term, worth)
                start += value
                for name, slope in term_slopes.items():
                    slopes[name] = slopes.get(name, ZERO) + slope
            return slopes, start
        case Extreme() | If():
            left, right = (_slopes(part, worth) for part in formula.parts()[-2:])
            return left if left[0] else right
        case _:
            return {}, worth[id(formula)]
