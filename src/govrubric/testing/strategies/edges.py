"""Rubric -> for each input, the values at which something may change: its ends, and both sides of every threshold.

Nothing here knows a verb: thresholds are read from the formulas, so that a new verb has its own.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from govrubric.formula.nodes import Add, Chain, Extreme, Formula, If, Input, Scale
from govrubric.plan.planner import Plan, emptied_at
from govrubric.rubric import Rubric
from govrubric.testing.interpreter import ZERO, operations, unsaid

ONE = Fraction(1)
FIRST = tuple(map(Fraction, range(4)))
SHARES = tuple(map(Fraction, ("1/3", "1/2", "9/10", "1/7")))


def edges(rubric: Rubric) -> dict[str, tuple[Fraction, ...]]:
    """For each count and number its telling values, those nearest to zero first."""
    found = {name: set[Fraction]() for name in rubric.inputs}
    for name, mark in thresholds(rubric.plan):
        found[name].add(mark)
    return {
        name: _beside(one, found[name])
        for name, one in rubric.inputs.items()
        if one.kind in ("count", "number")
    }


def _beside(one: Input, marks: set[Fraction]) -> tuple[Fraction, ...]:
    """The values on and beside each mark that an input may have, and its ends."""
    step = one.step or Fraction(1, one.den)
    low, high = ceil(one.lo / step), floor(one.hi / step)
    shares = [one.lo + (one.hi - one.lo) * share for share in SHARES] if one.kind == "number" else []
    steps = {floor(mark / step) + more for mark in (*FIRST, *marks, *shares) for more in (-1, 0, 1)}
    return tuple(
        sorted(
            (whole * step for whole in steps | {low, high} if low <= whole <= high),
            key=lambda value: (abs(value), value),
        )
    )


def thresholds(plan: Plan) -> Iterator[tuple[str, Fraction]]:
    """Where two sides of a comparison, a least or a greatest meet, while everything else is zero.

    And where a rule alone takes its item to a bound, or comes to its own cap, whether the formulas say so or a fault left it out.
    """
    worth: dict[int, Fraction] = {}
    for _, operation, value in operations(plan, {one.name: unsaid(one) for one in plan.inputs}):
        worth[id(operation)] = value
        if isinstance(operation, (Extreme, Chain)):
            for one, other in pairwise(_slopes(side, worth) for side in operation.parts()):
                yield from _meeting(one, other)
    for item in plan.items:
        base = worth[id(plan.lines[item.line("base")])]
        for rule in item.rules:
            caps = [bound - base for bound in (item.floor, item.ceiling) if bound is not None]
            caps += [] if rule.rule.at_most is None else [rule.rule.at_most, -rule.rule.at_most]
            for cap in caps:
                yield from _meeting(_slopes(plan.lines[rule.line("raw")], worth), ({}, cap))
            if (many := emptied_at(rule, item)) is not None:
                yield rule.inputs[0].name, Fraction(many)


Slopes = tuple[dict[str, Fraction], Fraction]


def _meeting(one: Slopes, other: Slopes) -> Iterator[tuple[str, Fraction]]:
    apart = other[1] - one[1]
    for name in one[0] | other[0]:
        if slope := one[0].get(name, ZERO) - other[0].get(name, ZERO):
            yield name, apart / slope


def _slopes(formula: Formula, worth: Mapping[int, Fraction]) -> Slopes:
    """How much a formula grows with each input, and what it comes to where they are 0.

    A bound is looked through, and a condition taken to hold; whatever else is no sum stays what it is.
    """
    match formula:
        case Input():
            return {formula.name: ONE}, ZERO
        case Scale():
            slopes, start = _slopes(formula.of, worth)
            return {name: slope * formula.by for name, slope in slopes.items()}, start * formula.by
        case Add():
            slopes, start = dict[str, Fraction](), ZERO
            for term in formula.terms:
                more, value = _slopes(term, worth)
                start += value
                for name, slope in more.items():
                    slopes[name] = slopes.get(name, ZERO) + slope
            return slopes, start
        case Extreme() | If():
            one, other = (_slopes(part, worth) for part in formula.parts()[-2:])
            return one if one[0] else other
        case _:
            return {}, worth[id(formula)]
