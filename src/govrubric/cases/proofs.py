"""Formulas x closer bounds of what they use -> the same formulas with closer bounds; and whether a flag can hold at all.

The bounds of a plan's lines know nothing of each other: a rule that acts only from one point on seems to take the last
point of nobody who has none. Cut into ranges of the inputs the bounds come as close to the truth as one likes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from math import isqrt

from govrubric.formula.build import const, line
from govrubric.formula.codegen import build, function
from govrubric.formula.nodes import Const, Formula, Input, Name, names
from govrubric.formula.rebuild import rebuilt
from govrubric.plan.planner import Plan

INPUTS = 12
RANGES = 64


def narrowed(formula: Formula, of: Mapping[str, Formula]) -> Formula:
    """A formula over other bounds of its names, which lie within those that it was built with."""
    made = _made(formula, of)
    if isinstance(made, Const):
        return made
    lo, hi = max(made.lo, formula.lo), min(made.hi, formula.hi)
    return replace(made, lo=lo, hi=hi) if lo <= hi else made


def _made(formula: Formula, of: Mapping[str, Formula]) -> Formula:
    if isinstance(formula, Name):
        return of.get(formula.name, formula)
    return rebuilt(formula, [narrowed(part, of) for part in formula.parts()])


class Proofs:
    """What can be proved of flags over the lines of a plan."""

    def __init__(self, plan: Plan) -> None:
        self.lines = plan.lines
        self.inputs = {one.name: one for one in plan.inputs}
        self.order = {name: place for place, name in enumerate([*self.inputs, *plan.lines])}

    def never(self, flag: Formula) -> bool:
        """Whether it is proved that a flag never holds, whatever a tally gives; where it would take too long nothing is proved."""
        wanted = self._used(flag)
        inputs = [self.inputs[name] for name in wanted if name in self.inputs]
        if len(inputs) > INPUTS:
            return False
        lines = {name: self.lines[name] for name in wanted if name in self.lines}
        holds = build(
            function(
                "made", {one.name: f"i{index}" for index, one in enumerate(inputs)}, {**lines, "?": flag}, "?"
            )
        )
        ranges = [tuple((int(one.lo * one.den), int(one.hi * one.den), 0) for one in inputs)]
        for _ in range(RANGES):
            if not ranges:
                return True
            within = ranges.pop()
            if any(holds(*(one[end] for one in within))[0] for end in (0, 1)):
                return False
            of: dict[str, Formula] = {
                one.name: _between(one, low, high) for one, (low, high, _) in zip(inputs, within, strict=True)
            }
            for name, formula in lines.items():
                made = narrowed(formula, of)
                of[name] = made if isinstance(made, Const) else line(name, made)
            if narrowed(flag, of).hi > 0 and any(low < high for low, high, _ in within):
                ranges += _halves(within)
        return False

    def _used(self, flag: Formula) -> list[str]:
        """The inputs and lines behind a flag, in order; of too many inputs no more than show that there are too many."""
        found: set[str] = set()
        open_, inputs = [*names(flag)], 0
        while open_ and inputs <= INPUTS:
            name = open_.pop()
            if name not in found:
                found.add(name)
                inputs += name in self.inputs
                open_ += names(self.lines[name]) if name in self.lines else ()
        return sorted(found, key=self.order.__getitem__)


def _between(one: Input, low: int, high: int) -> Formula:
    return (
        const(Fraction(low, one.den))
        if low == high
        else replace(one, lo=Fraction(low, one.den), hi=Fraction(high, one.den))
    )


Range = tuple[int, int, int]  # the least and the greatest whole number, and how often it was cut


def _halves(within: tuple[Range, ...]) -> Iterator[tuple[Range, ...]]:
    """Ranges -> the two that the one that was cut least falls into; small numbers are told apart first."""
    place = min(
        (index for index, (low, high, _) in enumerate(within) if low < high),
        key=lambda index: within[index][2],
    )
    low, high, cuts = within[place]
    middle = (
        low
        if low == 0
        else -1
        if low < 0 <= high
        else min(high - 1, isqrt(low * high) if low > 0 else -isqrt(low * high))
    )
    for half in ((low, middle, cuts + 1), (middle + 1, high, cuts + 1)):
        yield (*within[:place], half, *within[place + 1 :])
