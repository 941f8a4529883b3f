"""The algebra: exact formulas over inputs and earlier lines, a class for each operation.

A formula's value is a whole number over ``den``, a denominator that is fixed when the formula is built (0.1
per case makes tenths), so that evaluating it is integer arithmetic. Only where a divisor may come to very
many numbers is there no such denominator: `Ratio` then gives a ``Fraction`` over ``den``, which every
operation takes as well. ``lo`` and ``hi`` bound the value by interval arithmetic. A flag is a number too, 0
or 1. A formula prints itself as a Python expression over whole numbers, in which only names of our own
making occur. `govrubric.formula.build` builds formulas and works out their denominators and bounds.

Source: language sections 4 and 8.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import count
from math import lcm
from typing import Literal, NamedTuple

from govrubric.numbers import Mode

Kind = Literal["count", "flag", "number", "choice"]
Sign = Literal["<", "<=", ">", ">=", "==", "!="]


@dataclass(frozen=True, slots=True)
class Formula(ABC):
    """An operation. `den`: the value's denominator; `lo` and `hi`: the least and the greatest value."""

    den: int
    lo: Fraction
    hi: Fraction

    def parts(self) -> tuple["Formula", ...]:
        """The formulas that the operation is over."""
        return ()

    @abstractmethod
    def code(self, den: int, scope: "Scope") -> str:
        """A Python expression for the value as a whole number over `den`, a multiple of ``self.den``."""

    def truth(self, scope: "Scope") -> str:
        """A Python expression that is true where the value is above zero."""
        return f"{self.code(self.den, scope)} > 0"

    @property
    def is_whole(self) -> bool:
        """Whether the value times ``den`` is always a whole number."""
        return all(part.is_whole for part in self.parts())

    def __bool__(self) -> bool:
        raise TypeError("a formula has no truth value before it is evaluated")


class Scope:
    """The variables of printed code: `names` has that of each input and line; `fresh` makes a new one."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names
        self._fresh = count()

    def fresh(self) -> str:
        return f"t{next(self._fresh)}"


def _sum(codes: list[str]) -> str:
    """A sum by halves: thousands of terms in a chain would be nested deeper than Python can parse."""
    if len(codes) < 8:
        return f"({' + '.join(codes)})"
    middle = len(codes) // 2
    return f"({_sum(codes[:middle])} + {_sum(codes[middle:])})"


def _times(code: str, factor: int) -> str:
    if factor == 1:
        return code
    return f"-{code}" if factor == -1 else f"{code} * {factor}"


@dataclass(frozen=True, slots=True)
class Const(Formula):
    """A number that the rubric writes."""

    def code(self, den: int, scope: Scope) -> str:
        value = self.lo * den
        assert value.denominator == 1
        return str(value.numerator) if value >= 0 else f"({value.numerator})"


@dataclass(frozen=True, slots=True)
class Name(Formula):
    """The value of an earlier line; `whole` says of that line what `is_whole` does."""

    name: str
    whole: bool = field(default=True, kw_only=True)

    @property
    def is_whole(self) -> bool:
        return self.whole

    def code(self, den: int, scope: Scope) -> str:
        factor = den // self.den
        return scope.names[self.name] if factor == 1 else f"({_times(scope.names[self.name], factor)})"


class Each(NamedTuple):
    """The range of a number that belongs to cases: for each case of the count `of`, `low` to `high`."""

    of: str
    low: Fraction
    high: Fraction

    def holds(self, cases: Fraction, value: Fraction) -> bool:
        """Whether so many cases may have the value."""
        return cases * self.low <= value <= cases * self.high


@dataclass(frozen=True, slots=True)
class Input(Name):
    """A value that a tally gives.

    A count of `unit`; a flag (0 or 1); a number with at most `places` decimal places, a multiple of `step`;
    or a choice, the index of a name among `options`. A number with a `gap` is 0, or at least so much; one
    with `each` goes with a count. Where a tally leaves it out, `default` is taken, if it has one. People read
    its `title`, and `labels` for its options.
    """

    kind: Kind
    unit: str | None = None
    places: int = 0
    step: Fraction | None = None
    options: tuple[str, ...] = ()
    gap: Fraction | None = None
    each: Each | None = None
    default: Fraction | None = None
    title: str | None = field(default=None, compare=False)
    labels: tuple[str, ...] = field(default=(), compare=False)

    @property
    def required(self) -> bool:
        """Whether a tally must give it; a count or flag that is left out is 0 or false."""
        return self.kind in ("number", "choice") and self.default is None

    @property
    def unsaid(self) -> int:
        """The whole number for a value that is left out: the default, or what is nearest to 0."""
        value = min(max(Fraction(0), self.lo), self.hi) if self.default is None else self.default
        return int(value * self.den)

    def takes(self, value: Fraction | str) -> bool:
        """Whether a number or the name of a choice is one of its values."""
        if isinstance(value, str):
            return value in self.options
        if self.kind == "choice" or not self.lo <= value <= self.hi or (value * self.den).denominator != 1:
            return False
        on_step = self.step is None or (value / self.step).denominator == 1
        return on_step and not (self.gap is not None and 0 < value < self.gap)

    def by_default(self, value: Fraction | str | None) -> "Input":
        """The same input with a default, unless that is none of its values."""
        if value is None or not self.takes(value):
            return self
        index = Fraction(self.options.index(value)) if isinstance(value, str) else value
        return replace(self, default=index)


def deciding(inputs: Iterable[Input]) -> frozenset[str]:
    """The counts that decide which values other inputs may have."""
    return frozenset(known.each.of for known in inputs if known.each is not None)


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
class Times(Formula):
    """A formula times another."""

    a: Formula
    b: Formula

    def parts(self) -> tuple[Formula, ...]:
        return (self.a, self.b)

    def code(self, den: int, scope: Scope) -> str:
        a, b = self.a.code(self.a.den, scope), self.b.code(self.b.den, scope)
        return f"({a} * {_times(b, den // self.den)})"


@dataclass(frozen=True, slots=True)
class Absolute(Formula):
    """A formula without its sign."""

    of: Formula

    def parts(self) -> tuple[Formula, ...]:
        return (self.of,)

    def code(self, den: int, scope: Scope) -> str:
        return f"abs({self.of.code(den, scope)})"


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
class Chain(Formula):
    """A flag: each formula compared with the next, as in ``1 < x <= 5``."""

    signs: tuple[Sign, ...]
    terms: tuple[Formula, ...]

    def parts(self) -> tuple[Formula, ...]:
        return self.terms

    @property
    def is_whole(self) -> bool:
        return True

    def truth(self, scope: Scope) -> str:
        den = lcm(*(term.den for term in self.terms))
        first, *others = (term.code(den, scope) for term in self.terms)
        links = [f"{sign} {other}" for sign, other in zip(self.signs, others, strict=True)]
        return f"({first} {' '.join(links)})"

    def code(self, den: int, scope: Scope) -> str:
        return f"({den} if {self.truth(scope)} else 0)"


@dataclass(frozen=True, slots=True)
class Logic(Formula):
    """A flag: all of some flags (`word` "and"), or any of them ("or")."""

    word: Literal["and", "or"]
    flags: tuple[Formula, ...]

    def parts(self) -> tuple[Formula, ...]:
        return self.flags

    @property
    def is_whole(self) -> bool:
        return True

    def truth(self, scope: Scope) -> str:
        return f"({f' {self.word} '.join(flag.truth(scope) for flag in self.flags)})"

    def code(self, den: int, scope: Scope) -> str:
        return f"({den} if {self.truth(scope)} else 0)"


@dataclass(frozen=True, slots=True)
class If(Formula):
    """One formula where `test` is above zero (a flag that is set, a count of at least one), else another."""

    test: Formula
    then: Formula
    other: Formula

    def parts(self) -> tuple[Formula, ...]:
        return (self.test, self.then, self.other)

    @property
    def is_whole(self) -> bool:
        return self.then.is_whole and self.other.is_whole

    def code(self, den: int, scope: Scope) -> str:
        then, test, other = self.then.code(den, scope), self.test.truth(scope), self.other.code(den, scope)
        return f"({then} if {test} else {other})"


@dataclass(frozen=True, slots=True)
class Round(Formula):
    """A formula rounded to `places` by a named rounding. Only this operation and `Quotient` are inexact."""

    of: Formula
    places: int
    mode: Mode

    @property
    def is_whole(self) -> bool:
        return True

    def parts(self) -> tuple[Formula, ...]:
        return (self.of,)

    def code(self, den: int, scope: Scope) -> str:
        units = 10**self.places
        over = _times(self.of.code(self.of.den, scope), units)
        return f"({_times(f'{self.mode}({over}, {self.of.den})', den // units)})"


@dataclass(frozen=True, slots=True)
class Ratio(Formula):
    """A formula divided by another that is above zero, exactly.

    `multiple` is a whole number that stays whole when it is divided by what the divisor may come to, so that
    the value has a fixed denominator; ``None`` where the divisor may come to too many numbers.
    """

    over: Formula
    under: Formula
    multiple: int | None

    def parts(self) -> tuple[Formula, ...]:
        return (self.over, self.under)

    @property
    def is_whole(self) -> bool:
        return self.multiple is not None and self.over.is_whole

    def code(self, den: int, scope: Scope) -> str:
        over = f"({self.over.code(self.over.den, scope)})"
        under = f"({self.under.code(self.under.den, scope)})"
        if self.multiple is None:
            over = _times(over, self.under.den * (den // self.over.den))
            return f"(Fraction({over}) / {under})"
        over = _times(over, den // (self.over.den * self.multiple))
        return f"({over} * ({self.multiple * self.under.den} // {under}))"


@dataclass(frozen=True, slots=True)
class Quotient(Formula):
    """A formula divided by another that is never zero, rounded to `places` by a named rounding."""

    over: Formula
    under: Formula
    places: int
    mode: Mode

    @property
    def is_whole(self) -> bool:
        return True

    def parts(self) -> tuple[Formula, ...]:
        return (self.over, self.under)

    def code(self, den: int, scope: Scope) -> str:
        units = 10**self.places
        sign = 1 if self.under.lo > 0 else -1  # since roundings take a divisor above zero
        over = _times(f"({self.over.code(self.over.den, scope)})", sign * self.under.den * units)
        under = _times(f"({self.under.code(self.under.den, scope)})", sign * self.over.den)
        return f"({_times(f'{self.mode}({over}, {under})', den // units)})"


@dataclass(frozen=True, slots=True)
class Ranked(Formula):
    """The `sum`, `min` or `max` of the `terms` whose flag in `here` is set; 0 where no flag is set.

    `lowest` and `highest` say how many of the lowest and highest of them are dropped; at least one is kept.
    """

    how: Literal["sum", "min", "max"]
    terms: tuple[Formula, ...]
    here: tuple[Formula, ...]
    lowest: int
    highest: int

    def parts(self) -> tuple[Formula, ...]:
        return (*self.terms, *self.here)

    def code(self, den: int, scope: Scope) -> str:
        terms = ", ".join(term.code(den, scope) for term in self.terms)
        here = ", ".join(flag.code(flag.den, scope) for flag in self.here)
        return f"{self.how}(kept(({terms},), ({here},), {self.lowest}, {self.highest}))"


def kept(values: Sequence[int], here: Sequence[int], lowest: int, highest: int) -> list[int]:
    """The values whose flag is set, ascending, without the `lowest` and `highest`; at least one is kept."""
    ranked = sorted(value for value, flag in zip(values, here, strict=True) if flag)
    if not ranked:
        return [0]
    lowest = min(lowest, len(ranked) - 1)
    highest = min(highest, len(ranked) - 1 - lowest)
    return ranked[lowest : len(ranked) - highest]


def names(formula: Formula) -> Iterator[str]:
    """The names of the inputs and lines that a formula uses."""
    if isinstance(formula, Name):
        yield formula.name
    for part in formula.parts():
        yield from names(part)
