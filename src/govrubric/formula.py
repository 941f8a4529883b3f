"""The algebra: exact formulas over inputs and earlier lines, with denominators and bounds known when built.

A formula's value is a whole number over ``den``, a denominator fixed when the formula is built (0.1 per case -> tenths),
so that evaluating it is integer arithmetic. ``lo`` and ``hi`` bound the value by interval arithmetic. A formula prints
itself as a Python expression over whole numbers, in which only names that we made can occur.

Source: language sections 4 and 8; the shape is that of a small expression compiler, one class for each operation.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import reduce
from itertools import count
from math import gcd, lcm
from typing import Literal

from govrubric.numbers import COUNT_LIMIT, ROUNDINGS, Mode

Kind = Literal["count", "flag", "number"]


@dataclass(frozen=True, slots=True)
class Formula(ABC):
    """One operation. `den`: the value is a whole number over it; `lo`, `hi`: the least and the greatest value."""

    den: int
    lo: Fraction
    hi: Fraction

    def parts(self) -> tuple["Formula", ...]:
        """The formulas that this one is made of."""
        return ()

    @abstractmethod
    def code(self, den: int, scope: "Scope") -> str:
        """A Python expression for the value as a whole number over `den`, a multiple of ``self.den``."""

    def __add__(self, other: "Formula") -> "Formula":
        return add(self, other)

    def __sub__(self, other: "Formula") -> "Formula":
        return add(self, scale(other, -1))

    def __neg__(self) -> "Formula":
        return scale(self, -1)

    def __bool__(self) -> bool:
        raise TypeError("a formula has no truth value before it is evaluated")


class Scope:
    """What the printed names stand for: `names` of inputs and lines, fresh names for what is used twice."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names
        self._fresh = count()

    def fresh(self) -> str:
        return f"t{next(self._fresh)}"


def _sum(codes: list[str]) -> str:
    """Terms in halves of halves: a chain of thousands would be nested deeper than Python reads."""
    if len(codes) < 8:
        return f"({' + '.join(codes)})"
    middle = len(codes) // 2
    return f"({_sum(codes[:middle])} + {_sum(codes[middle:])})"


def _times(code: str, factor: int) -> str:
    return code if factor == 1 else f"-{code}" if factor == -1 else f"{code} * {factor}"


@dataclass(frozen=True, slots=True)
class Const(Formula):
    """A number that the rubric writes."""

    def code(self, den: int, scope: Scope) -> str:
        value = self.lo * den
        assert value.denominator == 1
        return str(value.numerator) if value >= 0 else f"({value.numerator})"


@dataclass(frozen=True, slots=True)
class Name(Formula):
    """The value of an earlier line."""

    name: str

    def code(self, den: int, scope: Scope) -> str:
        factor = den // self.den
        return scope.names[self.name] if factor == 1 else f"({_times(scope.names[self.name], factor)})"


@dataclass(frozen=True, slots=True)
class Input(Name):
    """What a tally gives: a count, a flag (0 or 1), or a number with at most so many `places`, a multiple of `step`."""

    kind: Kind
    unit: str | None = None
    places: int = 0
    step: Fraction | None = None

    @property
    def required(self) -> bool:
        """A count or flag that is left out is 0 or false; a number must be given."""
        return self.kind == "number"


@dataclass(frozen=True, slots=True)
class Add(Formula):
    """A sum."""

    terms: tuple[Formula, ...]

    def parts(self) -> tuple[Formula, ...]:
        return self.terms

    def code(self, den: int, scope: Scope) -> str:
        return _sum([term.code(den, scope) for term in self.terms])


@dataclass(frozen=True, slots=True)
class Scale(Formula):
    """A formula times a constant."""

    of: Formula
    by: Fraction

    def parts(self) -> tuple[Formula, ...]:
        return (self.of,)

    def code(self, den: int, scope: Scope) -> str:
        factor = self.by * Fraction(den, self.of.den)
        assert factor.denominator == 1
        return f"({_times(self.of.code(self.of.den, scope), factor.numerator)})"


@dataclass(frozen=True, slots=True)
class Extreme(Formula):
    """The least (`sign` "<") or the greatest (">") of two formulas."""

    sign: Literal["<", ">"]
    a: Formula
    b: Formula

    def parts(self) -> tuple[Formula, ...]:
        return (self.a, self.b)

    def code(self, den: int, scope: Scope) -> str:
        names, tests = [], []
        for part in (self.a, self.b):
            code = part.code(den, scope)
            if code.isalnum():
                names.append(code)
                tests.append(code)
            else:
                names.append(scope.fresh())
                tests.append(f"({names[-1]} := {code})")
        return f"({names[0]} if {tests[0]} {self.sign} {tests[1]} else {names[1]})"


@dataclass(frozen=True, slots=True)
class If(Formula):
    """One formula where `test` is above zero (a flag that is set, a count of at least one), else another."""

    test: Formula
    then: Formula
    other: Formula

    def parts(self) -> tuple[Formula, ...]:
        return (self.test, self.then, self.other)

    def code(self, den: int, scope: Scope) -> str:
        test = self.test.code(self.test.den, scope)
        return f"({self.then.code(den, scope)} if {test} > 0 else {self.other.code(den, scope)})"


@dataclass(frozen=True, slots=True)
class Round(Formula):
    """A formula rounded to `places` by a named rounding: the one operation that loses something."""

    of: Formula
    places: int
    mode: Mode

    def parts(self) -> tuple[Formula, ...]:
        return (self.of,)

    def code(self, den: int, scope: Scope) -> str:
        over = self.of.code(self.of.den, scope)
        return f"({_times(f'{self.mode}({_times(over, self.den)}, {self.of.den})', den // self.den)})"


def const(value: Fraction | int) -> Formula:
    """A number as a formula."""
    value = Fraction(value)
    return Const(value.denominator, value, value)


def number(name: str, high: Fraction, *, places: int = 0, step: Fraction | None = None) -> Input:
    """An input of the kind number, from 0 to `high`."""
    return Input(10**places, Fraction(0), high, name, "number", None, places, step)


def tally_count(name: str, unit: str | None) -> Input:
    """An input of the kind count, of `unit`."""
    return Input(1, Fraction(0), Fraction(COUNT_LIMIT), name, "count", unit)


def flag(name: str) -> Input:
    """An input of the kind flag."""
    return Input(1, Fraction(0), Fraction(1), name, "flag")


def line(name: str, formula: Formula) -> Name:
    """The name under which later lines use `formula`."""
    return Name(formula.den, formula.lo, formula.hi, name)


def is_zero(formula: Formula) -> bool:
    """Whether the bounds leave nothing but zero."""
    return formula.lo == formula.hi == 0


def add(*terms: Formula) -> Formula:
    """The sum of formulas."""
    kept = tuple(term for term in terms if not is_zero(term))
    if len(kept) < 2:
        return kept[0] if kept else const(0)
    if all(isinstance(term, Const) for term in kept):
        return const(sum(term.lo for term in kept))
    den = reduce(lcm, (term.den for term in kept))
    return Add(den, sum((t.lo for t in kept), Fraction(0)), sum((t.hi for t in kept), Fraction(0)), kept)


def scale(formula: Formula, by: Fraction | int) -> Formula:
    """A formula times a constant."""
    by = Fraction(by)
    if by == 1:
        return formula
    if isinstance(formula, Const):
        return const(formula.lo * by)
    if isinstance(formula, Scale):
        return scale(formula.of, formula.by * by)
    ends = sorted((formula.lo * by, formula.hi * by))
    den = formula.den * by.denominator // gcd(formula.den, by.numerator)
    return const(0) if by == 0 else Scale(den, ends[0], ends[1], formula, by)


def least(a: Formula, b: Formula) -> Formula:
    """The smaller of two; where the bounds decide, the one that it always is."""
    if a.hi <= b.lo:
        return a
    if b.hi <= a.lo:
        return b
    return Extreme(lcm(a.den, b.den), min(a.lo, b.lo), min(a.hi, b.hi), "<", a, b)


def greatest(a: Formula, b: Formula) -> Formula:
    """The greater of two; where the bounds decide, the one that it always is."""
    if a.lo >= b.hi:
        return a
    if b.lo >= a.hi:
        return b
    return Extreme(lcm(a.den, b.den), max(a.lo, b.lo), max(a.hi, b.hi), ">", a, b)


def greatest_of(formulas: Sequence[Formula]) -> Formula:
    """The greatest of any number, compared in halves of halves, for the sake of depth."""
    if len(formulas) < 3:
        return greatest(formulas[0], formulas[-1])
    middle = len(formulas) // 2
    return greatest(greatest_of(formulas[:middle]), greatest_of(formulas[middle:]))


def if_(test: Formula, then: Formula, other: Formula) -> Formula:
    """`then` where `test` is above zero, else `other`."""
    return If(lcm(then.den, other.den), min(then.lo, other.lo), max(then.hi, other.hi), test, then, other)


def rounded(formula: Formula, places: int, mode: Mode) -> Formula:
    """A formula rounded to decimal places; itself, where it cannot have more."""
    den = 10**places
    if den % formula.den == 0:
        return formula
    lo, hi = (Fraction(ROUNDINGS[mode]((end * den).numerator, (end * den).denominator), den) for end in (formula.lo, formula.hi))
    return Round(den, lo, hi, formula, places, mode)


def names(formula: Formula) -> Iterator[str]:
    """The inputs and lines that a formula uses."""
    if isinstance(formula, Name):
        yield formula.name
    for part in formula.parts():
        yield from names(part)
