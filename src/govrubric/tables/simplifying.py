"""A formula -> a formula of the same value with fewer operations on columns, and with smaller numbers.

A sum is written as a constant and formulas times whole numbers; terms with the same factor are added first.
A bound on a sum moves inwards: ``max(5 - n ÷ 10, 0)`` -> ``5 - min(n, 50) ÷ 10``. A count is clipped at the
case after which nothing changes any more, so that the numbers fit into narrow columns.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, gcd, lcm
from typing import NamedTuple

from govrubric.formula.build import add, all_of, compare, const, greatest, known, least, scale
from govrubric.formula.nodes import Add, Chain, Const, Extreme, Formula, Name, Scale
from govrubric.formula.rebuild import rebuilt

Fits = Callable[[Formula], bool]
ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class Sum:
    """A constant, and formulas each times a constant."""

    constant: Fraction
    terms: Mapping[Formula, Fraction]

    @classmethod
    def of(cls, formula: Formula) -> "Sum":
        match formula:
            case Const():
                return cls(formula.lo, {})
            case Scale():
                return cls.of(formula.of).times(formula.by)
            case Add():
                total = cls(ZERO, {})
                for term in formula.terms:
                    total = total.plus(cls.of(term))
                return total
            case _:
                return cls(ZERO, {formula: Fraction(1)})

    def times(self, by: Fraction) -> "Sum":
        return Sum(self.constant * by, {term: factor * by for term, factor in self.terms.items()})

    def plus(self, other: "Sum") -> "Sum":
        terms = dict(self.terms)
        for term, factor in other.terms.items():
            terms[term] = terms.get(term, ZERO) + factor
        return Sum(self.constant + other.constant, {term: factor for term, factor in terms.items() if factor})

    def without(self, term: Formula) -> "Sum":
        return Sum(self.constant, {other: factor for other, factor in self.terms.items() if other != term})

    @property
    def lo(self) -> Fraction:
        ends = (min(term.lo * factor, term.hi * factor) for term, factor in self.terms.items())
        return self.constant + sum(ends, ZERO)

    @property
    def hi(self) -> Fraction:
        ends = (max(term.lo * factor, term.hi * factor) for term, factor in self.terms.items())
        return self.constant + sum(ends, ZERO)

    def formula(self) -> Formula:
        """The sum as a formula; terms with the same factor are added before they are multiplied.

        The factor of a group is negative only where every term of it is subtracted.
        """
        groups: dict[Fraction, list[tuple[Formula, int]]] = {}
        for term, factor in self.terms.items():
            unit_factor = factor / term.den
            groups.setdefault(abs(unit_factor), []).append((term, 1 if unit_factor > 0 else -1))
        parts = []
        for size, members in groups.items():
            group_sign = max(sign for _, sign in members)
            whole = add(*(scale(term, term.den * group_sign * sign) for term, sign in members))
            parts.append(scale(whole, size * group_sign))
        return add(const(self.constant), *parts)


def simplified(formula: Formula, inside: Mapping[str, Formula], fits: Fits) -> Formula:
    """A formula with fewer operations; where its numbers do not fit, counts are clipped so that they may fit.

    `inside` has the formulas that replace names. They are simple already and are not simplified again.
    """
    if isinstance(formula, Name):
        return inside.get(formula.name, formula)
    if not formula.parts():
        return formula
    simple = rebuilt(formula, [simplified(part, inside, fits) for part in formula.parts()])
    match simple:
        case Add() | Scale():
            simple = Sum.of(simple).formula()
        case Extreme():
            simple = _bounded(simple, fits)
        case Chain():
            simple = _linked(simple)
    return simple if isinstance(simple, (Const, Name)) else known(simple, formula.lo, formula.hi)


def _linked(chain: Chain) -> Formula:
    """A comparison without its links between two equal terms.

    Polars takes the comparison of a column with itself for a constant, and then gives no column.
    """
    links = list(zip(chain.signs, chain.terms, chain.terms[1:], strict=False))
    if all(a != b for _, a, b in links):
        return chain
    return all_of(
        *(const(sign in ("<=", ">=", "==")) if a == b else compare((sign,), (a, b)) for sign, a, b in links)
    )


class _Bound(NamedTuple):
    """The greater of a sum and a bound; a sum with an upper bound is turned around, both times -1."""

    total: Sum
    bound: Fraction


def _bounded(formula: Extreme, fits: Fits) -> Formula:
    """The greater or lesser of a sum and a constant, simplified; other formulas stay as they are."""
    free, bound = (formula.b, formula.a) if isinstance(formula.a, Const) else (formula.a, formula.b)
    if not isinstance(bound, Const):
        return formula
    turn = Fraction(1) if formula.sign == ">" else Fraction(-1)
    held = _Bound(Sum.of(free).times(turn), bound.lo * turn)
    held = _opened(held)
    if not fits(held.total.formula()):
        held = _Bound(_clipped(held), held.bound)
    return scale(_moved(held), turn)


def _opened(held: _Bound) -> _Bound:
    """The same bound without the inner bounds that it makes idle.

    ``max(max(a, 0) - b, 0)`` is ``max(a - b, 0)`` where b is not below zero.
    """
    for term, factor in held.total.terms.items():
        # A negative factor turns the greater of two into the lesser, and the other way round.
        if isinstance(term, Extreme) and isinstance(term.b, Const) and (factor > 0) is (term.sign == ">"):
            rest = held.total.without(term)
            if term.b.lo * factor + rest.hi <= held.bound:
                return _opened(_Bound(rest.plus(Sum.of(term.a).times(factor)), held.bound))
    return held


def _clipped(held: _Bound) -> Sum:
    """The sum with each subtracted count clipped at the number that alone takes the sum down to the bound."""
    total = held.total
    for term, factor in held.total.terms.items():
        if factor < 0 <= term.lo:
            rest = total.without(term)
            most = ceil((rest.hi - held.bound) / (-factor * Fraction(1, term.den)))
            clipped = least(term, const(max(Fraction(most, term.den), ZERO)))
            total = rest.plus(Sum.of(clipped).times(factor))
    return total


def _moved(held: _Bound) -> Formula:
    """The greater of a sum and a bound.

    The constant and the common factor move outside, where the bound inside then is a whole number.
    """
    total, bound = held
    factors = [factor / term.den for term, factor in total.terms.items()]
    if not factors:
        return const(max(total.constant, bound))
    common = Fraction(
        gcd(*(factor.numerator for factor in factors)), lcm(*(factor.denominator for factor in factors))
    )
    if all(factor < 0 for factor in factors):
        common = -common
    inner = (bound - total.constant) / common
    if inner.denominator != 1:
        return greatest(total.formula(), const(bound))
    pick: Callable[[Formula, Formula], Formula] = greatest if common > 0 else least
    whole = Sum(ZERO, {term: factor / common for term, factor in total.terms.items()}).formula()
    return add(const(total.constant), scale(pick(whole, const(inner)), common))
