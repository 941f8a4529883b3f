"""Formulas x closer bounds of what they use -> formulas with closer bounds, and proofs that a flag never holds.

The bounds of a plan's lines know nothing of each other: a rule that takes a point only from those who have one seems to
take it from everybody. So the values of the inputs are cut into smaller and smaller ranges, in which the bounds are
closer. In a range of few values each of them is tried. What is still open then is judged by `sums`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import ceil, floor, isqrt, prod

from govrubric.cases.sums import Sums
from govrubric.formula.build import all_of, compare, const, known, line, minus
from govrubric.formula.codegen import build, function
from govrubric.formula.nodes import Chain, Const, Formula, Input, Name, names
from govrubric.formula.rebuild import rebuilt
from govrubric.plan.planner import Plan

INPUTS = 12
RANGES = 64
FEW = (
    4096  # values of all inputs together, each of which is tried; of one range among many no more than a few
)
FEW_OF_MANY = 64


def narrowed(formula: Formula, of: Mapping[str, Formula], sums: Sums | None = None) -> Formula:
    """A formula over other bounds of its names, which lie within those that it was built with."""
    made = _made(formula, of, sums)
    if isinstance(made, Const):
        return made
    lo, hi = (made.lo, made.hi) if sums is None else sums.bounds(made)
    lo, hi = max(lo, formula.lo), min(hi, formula.hi)
    return replace(made, lo=lo, hi=hi) if lo <= hi else made


def _made(formula: Formula, of: Mapping[str, Formula], sums: Sums | None) -> Formula:
    if isinstance(formula, Name):
        return of.get(formula.name, formula)
    made = rebuilt(formula, [narrowed(part, of, sums) for part in formula.parts()])
    return made if sums is None or not isinstance(made, Chain) else _compared(made, sums)


def _compared(chain: Chain, sums: Sums) -> Formula:
    """A comparison, decided by how far its sides are apart where their own bounds leave it open."""
    links = []
    for sign, one, other in zip(chain.signs, chain.terms[:-1], chain.terms[1:], strict=True):
        apart = known(minus(one, other), *sums.difference(one, other))
        links.append(compare((sign,), (apart, const(0))))
    decided = all_of(*links)
    return decided if isinstance(decided, Const) else chain


class Proofs:
    """What can be proved of flags over the lines of a plan."""

    def __init__(self, plan: Plan) -> None:
        self.lines = plan.lines
        self.inputs = {one.name: one for one in plan.inputs}
        self.order = {name: place for place, name in enumerate([*self.inputs, *plan.lines])}

    def never(self, flag: Formula) -> bool:
        """Whether it is proved that a flag never holds; where a proof would take too long there is none."""
        wanted = self._used(flag)
        inputs = [self.inputs[name] for name in wanted if name in self.inputs]
        if len(inputs) <= INPUTS:
            proof = _Proof(flag, {name: self.lines[name] for name in wanted if name in self.lines}, inputs)
            found = proof.never()
            if found is not None:
                return found
        bounds, sums = self._in_sums
        return narrowed(flag, bounds, sums).hi == 0

    @cached_property
    def _in_sums(self) -> tuple[dict[str, Formula], Sums]:
        """Every line in the bounds that its sums have, over all that the inputs may be."""
        bounds: dict[str, Formula] = {}
        opened: dict[str, Formula] = {}
        sums = Sums(opened)
        for name, formula in self.lines.items():
            opened[name] = narrowed(formula, bounds, sums)
            bounds[name] = opened[name] if isinstance(opened[name], Const) else line(name, opened[name])
        return bounds, sums

    def _used(self, flag: Formula) -> list[str]:
        """The inputs and lines that a flag depends on, in order; cut off where there are too many inputs."""
        found: set[str] = set()
        open_, inputs = [*names(flag)], 0
        while open_ and inputs <= INPUTS:
            name = open_.pop()
            if name not in found:
                found.add(name)
                inputs += name in self.inputs
                open_ += names(self.lines[name]) if name in self.lines else ()
        return sorted(found, key=self.order.__getitem__)


Range = tuple[
    int, int, int
]  # the least and the greatest value in steps of the input, and how often it was cut


class _Proof:
    """A flag, and the lines and inputs that it depends on."""

    def __init__(self, flag: Formula, lines: Mapping[str, Formula], inputs: list[Input]) -> None:
        self.flag, self.lines, self.inputs = flag, lines, inputs
        parameters = {one.name: f"i{index}" for index, one in enumerate(inputs)}
        self._computed = build(function("made", parameters, {**lines, "?": flag}, "?"))
        self._steps = [one.step or Fraction(1, one.den) for one in inputs]

    def never(self) -> bool | None:
        """Whether the flag never holds; ``None`` where so many ranges do not decide it."""
        whole = zip(self.inputs, self._steps, strict=True)
        ranges: list[tuple[Range, ...]] = [
            tuple((ceil(one.lo / step), floor(one.hi / step), 0) for one, step in whole)
        ]
        few = FEW
        for _ in range(RANGES):
            if not ranges:
                return True
            within = ranges.pop()
            if prod(high - low + 1 for low, high, _ in within) <= few:
                tried: Iterable[tuple[int, ...]] = product(*(range(low, high + 1) for low, high, _ in within))
                if any(map(self._holds, tried)):
                    return False
                continue
            if any(self._holds(tuple(one[end] for one in within)) for end in (0, 1)):
                return False
            if self._may_hold(within):
                ranges += _halves(within)
            few = FEW_OF_MANY
        return None if ranges else True

    def _holds(self, values: Sequence[int]) -> bool:
        """Whether the flag holds where each input is so many steps."""
        whole = zip(values, self._steps, self.inputs, strict=True)
        return bool(self._computed(*(int(value * step * one.den) for value, step, one in whole))[0])

    def _may_hold(self, within: tuple[Range, ...]) -> bool:
        """Whether the bounds leave open that the flag holds somewhere in these ranges."""
        of: dict[str, Formula] = {}
        for one, step, (low, high, _) in zip(self.inputs, self._steps, within, strict=True):
            of[one.name] = const(low * step) if low == high else replace(one, lo=low * step, hi=high * step)
        for name, formula in self.lines.items():
            made = narrowed(formula, of)
            of[name] = made if isinstance(made, Const) else line(name, made)
        return narrowed(self.flag, of).hi > 0


def _halves(within: tuple[Range, ...]) -> Iterator[tuple[Range, ...]]:
    """Ranges -> two halves, by the input that was cut least; small numbers are separated first."""
    place = min(
        (index for index, (low, high, _) in enumerate(within) if low < high),
        key=lambda index: within[index][2],
    )
    low, high, cuts = within[place]
    if low == 0:
        middle = low
    elif low < 0 <= high:
        middle = -1
    else:
        middle = min(high - 1, isqrt(low * high) if low > 0 else -isqrt(low * high))
    for half in ((low, middle, cuts + 1), (middle + 1, high, cuts + 1)):
        yield (*within[:place], half, *within[place + 1 :])
