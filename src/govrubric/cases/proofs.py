"""Formulas x closer bounds of what they use -> closer bounds of them, and proofs that a flag never holds.

The bounds of each line of a plan ignore how the lines depend on each other: a rule that takes a point only
from units that have one seems to take it from every unit. So the values of the inputs are cut into smaller
and smaller ranges, in which the bounds are closer. In a range of few values, each value is tried. What is
still open then is judged by `sums`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import ceil, floor, isqrt, prod
from operator import mul

from govrubric.cases.sums import Sums
from govrubric.formula.build import all_of, compare, const, known, line, minus, possible
from govrubric.formula.codegen import build, function
from govrubric.formula.nodes import Chain, Const, Formula, Input, Name, names
from govrubric.formula.rebuild import rebuilt
from govrubric.plan.plan import Plan

INPUTS = 12  # the most inputs of a flag whose ranges are cut
RANGES = 64  # the most ranges that are looked at for a flag
FEW = 4096  # the most values of all inputs together that are tried one by one
FEW_OF_MANY = 64  # the same for each range after the first


def narrowed(formula: Formula, of: Mapping[str, Formula], sums: Sums | None = None) -> Formula:
    """A formula over the closer bounds that `of` has for its names; those lie within its present bounds."""
    result = _replaced(formula, of, sums)
    if isinstance(result, Const):
        return result
    lo, hi = (result.lo, result.hi) if sums is None else sums.bounds(result)
    lo, hi = max(lo, formula.lo), min(hi, formula.hi)
    return replace(result, lo=lo, hi=hi) if lo <= hi else result


def _replaced(formula: Formula, of: Mapping[str, Formula], sums: Sums | None) -> Formula:
    """A formula with its names replaced by those of `of`."""
    if isinstance(formula, Name):
        return of.get(formula.name, formula)
    result = rebuilt(formula, [narrowed(part, of, sums) for part in formula.parts()])
    return result if sums is None or not isinstance(result, Chain) else _compared(result, sums)


def _compared(chain: Chain, sums: Sums) -> Formula:
    """A comparison, decided by how far its sides are apart where their own bounds leave it open."""
    links = []
    for sign, left, right in zip(chain.signs, chain.terms[:-1], chain.terms[1:], strict=True):
        distance = known(minus(left, right), *sums.difference(left, right))
        links.append(compare((sign,), (distance, const(0))))
    decided = all_of(*links)
    return decided if isinstance(decided, Const) else chain


class Proofs:
    """What can be proved of flags over the lines of a plan."""

    lines: Mapping[str, Formula]
    inputs: dict[str, Input]
    order: dict[str, int]

    def __init__(self, plan: Plan) -> None:
        self.lines = plan.lines
        self.inputs = {input_.name: input_ for input_ in plan.inputs}
        self.order = {name: place for place, name in enumerate([*self.inputs, *plan.lines])}

    def never(self, flag: Formula) -> bool:
        """Whether it is proved that a flag never holds; also false where a proof would take too long."""
        of_flag = [self.inputs[name] for name in self._used(flag) if name in self.inputs]
        flag = all_of(flag, *(possible(input_, self.inputs) for input_ in of_flag))
        used = self._used(flag)
        inputs = [self.inputs[name] for name in used if name in self.inputs]
        if len(inputs) <= INPUTS:
            lines = {name: self.lines[name] for name in used if name in self.lines}
            never = _Proof(flag, lines, inputs).never()
            if never is not None:
                return never
        bounds, sums = self._in_sums
        return narrowed(flag, bounds, sums).hi == 0

    @cached_property
    def _in_sums(self) -> tuple[dict[str, Formula], Sums]:
        """Every line within the bounds that its sums have, over all values of the inputs."""
        bounds: dict[str, Formula] = {}
        opened: dict[str, Formula] = {}
        sums = Sums(opened)
        for name, formula in self.lines.items():
            opened[name] = narrowed(formula, bounds, sums)
            bounds[name] = opened[name] if isinstance(opened[name], Const) else line(name, opened[name])
        return bounds, sums

    def _used(self, flag: Formula) -> list[str]:
        """The inputs and lines that a flag depends on, in order; the search stops after too many inputs."""
        used: set[str] = set()
        open_, inputs = [*names(flag)], 0
        while open_ and inputs <= INPUTS:
            name = open_.pop()
            if name not in used:
                used.add(name)
                inputs += name in self.inputs
                open_ += names(self.lines[name]) if name in self.lines else ()
        return sorted(used, key=self.order.__getitem__)


# The least and the greatest value, in steps of the input, and how often the range was cut.
Range = tuple[int, int, int]


class _Proof:
    """A flag, and the lines and inputs that it depends on."""

    def __init__(self, flag: Formula, lines: Mapping[str, Formula], inputs: list[Input]) -> None:
        self.flag, self.lines, self.inputs = flag, lines, inputs
        parameters = {input_.name: f"i{index}" for index, input_ in enumerate(inputs)}
        self._computed = build(function("made", parameters, {**lines, "?": flag}, "?"))
        self._steps = [input_.step or Fraction(1, input_.den) for input_ in inputs]
        self._whole = [int(step * input_.den) for step, input_ in zip(self._steps, inputs, strict=True)]
        # In steps, the least value above zero.
        self._first = [
            1 if input_.gap is None else ceil(input_.gap / step)
            for step, input_ in zip(self._steps, inputs, strict=True)
        ]

    def never(self) -> bool | None:
        """Whether the flag never holds; ``None`` where `RANGES` ranges do not decide it."""
        inputs = zip(self.inputs, self._steps, strict=True)
        ranges: list[tuple[Range, ...]] = [
            tuple((ceil(input_.lo / step), floor(input_.hi / step), 0) for input_, step in inputs)
        ]
        few = FEW
        for _ in range(RANGES):
            if not ranges:
                return True
            within = ranges.pop()
            if prod(high - low + 1 for low, high, _ in within) <= few:
                values: Iterable[tuple[int, ...]] = product(
                    *(range(low, high + 1) for low, high, _ in within)
                )
                if any(map(self._holds, values)):
                    return False
                continue
            if any(self._holds(tuple(range_[end] for range_ in within)) for end in (0, 1)):
                return False
            if self._may_hold(within):
                ranges += map(self._without_gap, _halves(within))
            few = FEW_OF_MANY
        return None if ranges else True

    def _without_gap(self, within: tuple[Range, ...]) -> tuple[Range, ...]:
        """Ranges without the values above zero that are too low to be given."""
        return tuple(
            (max(low, first), high, cuts) if 0 < low < first <= high else (low, high, cuts)
            for (low, high, cuts), first in zip(within, self._first, strict=True)
        )

    def _holds(self, values: Sequence[int]) -> bool:
        """Whether the flag holds for these values, each in steps of its input."""
        return bool(self._computed(*map(mul, values, self._whole))[0])

    def _may_hold(self, within: tuple[Range, ...]) -> bool:
        """Whether the bounds leave open that the flag holds somewhere in these ranges."""
        of: dict[str, Formula] = {}
        for input_, step, (low, high, _) in zip(self.inputs, self._steps, within, strict=True):
            lo, hi = low * step, high * step
            of[input_.name] = const(lo) if low == high else replace(input_, lo=lo, hi=hi)
        for name, formula in self.lines.items():
            result = narrowed(formula, of)
            of[name] = result if isinstance(result, Const) else line(name, result)
        return narrowed(self.flag, of).hi > 0


def _halves(within: tuple[Range, ...]) -> Iterator[tuple[Range, ...]]:
    """Ranges -> two halves: the range that was cut least often is cut; small numbers are separated first."""
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
