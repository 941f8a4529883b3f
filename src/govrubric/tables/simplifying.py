"""A formula -> one of the same value with fewer operations on columns, and with smaller numbers.

A sum is written as a constant and whole numbers times what they stand before, those with one factor together. A bound on a sum moves
inwards, ``max(5 - n ÷ 10, 0)`` -> ``5 - min(n, 50) ÷ 10``, and a count beyond the case that changes nothing more is clipped,
so that the numbers fit into narrow columns.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import NamedTuple

from govrubric.formula.build import add, all_of, compare, const, greatest, least, scale
from govrubric.formula.build import known as closer
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
                made = cls(ZERO, {})
                for term in formula.terms:
                    made = made.plus(cls.of(term))
                return made
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
        return Sum(self.constant, {one: factor for one, factor in self.terms.items() if one != term})

    @property
    def lo(self) -> Fraction:
        return self.constant + sum(
            (min(term.lo * factor, term.hi * factor) for term, factor in self.terms.items()), ZERO
        )

    @property
    def hi(self) -> Fraction:
        return self.constant + sum(
            (max(term.lo * factor, term.hi * factor) for term, factor in self.terms.items()), ZERO
        )

    def formula(self) -> Formula:
        """The sum, the whole numbers with one factor added before they are multiplied; what is only taken away, is taken away together."""
        groups: dict[Fraction, list[tuple[Formula, int]]] = {}
        for term, factor in self.terms.items():
            each = factor / term.den
            groups.setdefault(abs(each), []).append((term, 1 if each > 0 else -1))
        parts = []
        for each, members in groups.items():
            sign = max(sign for _, sign in members)
            parts.append(
                scale(add(*(scale(term, term.den * sign * own) for term, own in members)), each * sign)
            )
        return add(const(self.constant), *parts)


def simplified(formula: Formula, known: Mapping[str, Formula], fits: Fits) -> Formula:
    """A formula with fewer operations; where its numbers do not fit, counts are clipped that they may.

    `known` has what stands for names, in simple operations already, which are not looked at again.
    """
    if isinstance(formula, Name):
        return known.get(formula.name, formula)
    if not formula.parts():
        return formula
    made = rebuilt(formula, [simplified(part, known, fits) for part in formula.parts()])
    match made:
        case Add() | Scale():
            made = Sum.of(made).formula()
        case Extreme():
            made = _bounded(made, fits)
        case Chain():
            made = _linked(made)
    return made if isinstance(made, (Const, Name)) else closer(made, formula.lo, formula.hi)


def _linked(chain: Chain) -> Formula:
    """A comparison without its links between two that are the same, which polars takes for a constant and then gives no column."""
    links = list(zip(chain.signs, chain.terms, chain.terms[1:], strict=False))
    if all(a != b for _, a, b in links):
        return chain
    return all_of(
        *(const(sign in ("<=", ">=", "==")) if a == b else compare((sign,), (a, b)) for sign, a, b in links)
    )


class _Bound(NamedTuple):
    """A sum that is held at a bound, seen so that it is the greater of the two: what is held below is turned around."""

    total: Sum
    bound: Fraction


def _bounded(formula: Extreme, fits: Fits) -> Formula:
    """The greater or lesser of a sum and a constant; of other formulas it stays what it is."""
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
    """Without the bounds inside that the one outside makes idle: ``max(max(a, 0) - b, 0)`` is ``max(a - b, 0)`` where b is not below zero."""
    for term, factor in held.total.terms.items():
        # Seen from outside, a greater of two under a minus is a lesser, and the other way round.
        if isinstance(term, Extreme) and isinstance(term.b, Const) and (factor > 0) is (term.sign == ">"):
            rest = held.total.without(term)
            if term.b.lo * factor + rest.hi <= held.bound:
                return _opened(_Bound(rest.plus(Sum.of(term.a).times(factor)), held.bound))
    return held


def _clipped(held: _Bound) -> Sum:
    """The sum with each count no greater than what takes it down to the bound by itself."""
    total = held.total
    for term, factor in held.total.terms.items():
        if factor < 0 <= term.lo:
            rest = total.without(term)
            most = Fraction(-(-(rest.hi - held.bound) // (-factor * Fraction(1, term.den))), term.den)
            clipped = least(term, const(max(most, ZERO)))
            total = rest.plus(Sum.of(clipped).times(factor))
    return total


def _moved(held: _Bound) -> Formula:
    """The greater of a sum and a bound, with the constant and the common factor outside, where the bound is whole within."""
    total, bound = held
    each = {term: factor / term.den for term, factor in total.terms.items()}
    if not each:
        return const(max(total.constant, bound))
    common = Fraction(
        gcd(*(one.numerator for one in each.values())), lcm(*(one.denominator for one in each.values()))
    )
    if all(one < 0 for one in each.values()):
        common = -common
    inner = (bound - total.constant) / common
    if inner.denominator != 1:
        return greatest(total.formula(), const(bound))
    pick: Callable[[Formula, Formula], Formula] = greatest if common > 0 else least
    whole = Sum(ZERO, {term: factor / common for term, factor in total.terms.items()}).formula()
    return add(const(total.constant), scale(pick(whole, const(inner)), common))
