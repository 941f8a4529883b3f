"""Numbers and formulas -> formulas: what each operation's denominator and bounds come to, and what can be left out.

Where the bounds decide (a cap that never binds, a comparison that always holds), the operation is not built at all.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from math import gcd, lcm
from typing import Literal

from govrubric.formula.nodes import (
    Absolute,
    Add,
    Chain,
    Const,
    Extreme,
    Formula,
    If,
    Input,
    Logic,
    Name,
    Quotient,
    Ranked,
    Round,
    Scale,
    Sign,
    Times,
)
from govrubric.numbers import COUNT_LIMIT, ROUNDINGS, Mode

BITS = 4096
FLAG = (1, Fraction(0), Fraction(1))


def const(value: Fraction | int) -> Formula:
    """A number as a formula."""
    value = Fraction(value)
    return Const(value.denominator, value, value)


def number(
    name: str,
    high: Fraction,
    *,
    low: Fraction | int = 0,
    places: int = 0,
    step: Fraction | None = None,
    unit: str | None = None,
) -> Input:
    """An input of the kind number, from `low` (0 unless told) to `high`."""
    return Input(10**places, Fraction(low), high, name, "number", unit, places, step)


def measured(name: str, places: int, unit: str | None) -> Input:
    """An input of the kind number that somebody measured: of any size that a count may have, with either sign."""
    return number(name, Fraction(COUNT_LIMIT), low=-COUNT_LIMIT, places=places, unit=unit)


def tally_count(name: str, unit: str | None) -> Input:
    """An input of the kind count, of `unit`."""
    return Input(1, Fraction(0), Fraction(COUNT_LIMIT), name, "count", unit)


def flag(name: str) -> Input:
    """An input of the kind flag."""
    return Input(*FLAG, name, "flag")


def choice(name: str, options: tuple[str, ...]) -> Input:
    """An input of the kind choice: its value is the place of what was chosen among the `options`."""
    return Input(1, Fraction(0), Fraction(len(options) - 1), name, "choice", options=options)


def line(name: str, formula: Formula) -> Name:
    """The name under which later lines use `formula`."""
    return Name(formula.den, formula.lo, formula.hi, name)


def known(formula: Formula, lo: Fraction, hi: Fraction) -> Formula:
    """A formula of which more is known than its operations tell: it never leaves `lo` and `hi`."""
    return replace(formula, lo=max(lo, formula.lo), hi=min(hi, formula.hi))


def is_too_large(formula: Formula) -> bool:
    """Whether the formula's numbers may have more digits than anybody can mean, or than Python writes."""
    return (
        max(formula.den.bit_length(), formula.lo.numerator.bit_length(), formula.hi.numerator.bit_length())
        > BITS
    )


def is_zero(formula: Formula) -> bool:
    """Whether the bounds leave nothing but zero."""
    return formula.lo == formula.hi == 0


def add(*terms: Formula) -> Formula:
    """The sum of formulas."""
    flat = (
        inner
        for term in terms
        for inner in (term.terms if isinstance(term, Add) and _is_plain(term) else (term,))
    )
    kept = tuple(term for term in flat if not is_zero(term))
    if len(kept) < 2:
        return kept[0] if kept else const(0)
    if all(isinstance(term, Const) for term in kept):
        return const(sum(term.lo for term in kept))
    den = reduce(lcm, (term.den for term in kept))
    return Add(den, sum((t.lo for t in kept), Fraction(0)), sum((t.hi for t in kept), Fraction(0)), kept)


def _is_plain(total: Add) -> bool:
    """Whether nothing more is known of a sum than what its terms tell."""
    return total.lo == sum(term.lo for term in total.terms) and total.hi == sum(
        term.hi for term in total.terms
    )


def minus(a: Formula, b: Formula) -> Formula:
    """One formula less another."""
    return add(a, scale(b, -1))


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


def times(a: Formula, b: Formula) -> Formula:
    """The product of two formulas."""
    for one, other in ((a, b), (b, a)):
        if isinstance(one, Const):
            return scale(other, one.lo)
    ends = [x * y for x in (a.lo, a.hi) for y in (b.lo, b.hi)]
    return Times(a.den * b.den, min(ends), max(ends), a, b)


def absolute(formula: Formula) -> Formula:
    """A formula without its sign."""
    if formula.lo >= 0:
        return formula
    if formula.hi <= 0:
        return scale(formula, -1)
    return Absolute(formula.den, Fraction(0), max(-formula.lo, formula.hi), formula)


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


def extreme_of(pick: Callable[[Formula, Formula], Formula], formulas: Sequence[Formula]) -> Formula:
    """The `least` or `greatest` of any number, compared in halves of halves, for the sake of depth."""
    if len(formulas) < 3:
        return pick(formulas[0], formulas[-1])
    middle = len(formulas) // 2
    return pick(extreme_of(pick, formulas[:middle]), extreme_of(pick, formulas[middle:]))


def within(formula: Formula, floor: Fraction | None, ceiling: Fraction | None) -> Formula:
    """A formula held between two bounds; ``None`` is no bound."""
    if ceiling is not None:
        formula = least(formula, const(ceiling))
    return formula if floor is None else greatest(formula, const(floor))


def _decided(sign: Sign, a: Formula, b: Formula) -> bool | None:
    """Whether a comparison holds by the bounds alone; ``None`` when it may and may not."""
    if sign in ("==", "!="):
        apart, same = a.hi < b.lo or b.hi < a.lo, a.lo == a.hi == b.lo == b.hi
        return None if not apart and not same else same is (sign == "==")
    if sign in (">", ">="):
        a, b, sign = b, a, "<" if sign == ">" else "<="
    surely, never = (a.hi < b.lo, a.lo >= b.hi) if sign == "<" else (a.hi <= b.lo, a.lo > b.hi)
    return True if surely else False if never else None


def compare(signs: Sequence[Sign], terms: Sequence[Formula]) -> Formula:
    """A flag: each formula compared with the next."""
    links = [_decided(sign, a, b) for sign, a, b in zip(signs, terms[:-1], terms[1:], strict=True)]
    if False in links:
        return const(0)
    return const(1) if all(links) else Chain(*FLAG, tuple(signs), tuple(terms))


def all_of(*flags: Formula) -> Formula:
    """A flag: every one of some flags is set."""
    open_ = tuple(one for one in flags if one.lo == 0)
    if any(one.hi == 0 for one in open_):
        return const(0)
    return Logic(*FLAG, "and", open_) if len(open_) > 1 else open_[0] if open_ else const(1)


def any_of(*flags: Formula) -> Formula:
    """A flag: one of some flags is set."""
    open_ = tuple(one for one in flags if one.hi == 1)
    if any(one.lo == 1 for one in open_):
        return const(1)
    return Logic(*FLAG, "or", open_) if len(open_) > 1 else open_[0] if open_ else const(0)


def not_(flag: Formula) -> Formula:
    """A flag: another is not set."""
    return compare(("==",), (flag, const(0)))


def if_(test: Formula, then: Formula, other: Formula) -> Formula:
    """`then` where `test` is above zero, else `other`."""
    if test.lo > 0 or then == other:
        return then
    return (
        other
        if test.hi <= 0
        else If(lcm(then.den, other.den), min(then.lo, other.lo), max(then.hi, other.hi), test, then, other)
    )


def ladder(value: Formula, rungs: Sequence[tuple[Fraction, Formula]], below: Formula) -> Formula:
    """The formula of the highest rung that `value` reaches, or `below`; rungs ascend. Chosen by halves, for the sake of depth."""
    if not rungs:
        return below
    middle = len(rungs) // 2
    start, formula = rungs[middle]
    return if_(
        compare((">=",), (value, const(start))),
        ladder(value, rungs[middle + 1 :], formula),
        ladder(value, rungs[:middle], below),
    )


def rounded(formula: Formula, places: int, mode: Mode) -> Formula:
    """A formula rounded to decimal places; itself, where it cannot have more."""
    den = 10**places
    if den % formula.den == 0:
        return formula
    lo, hi = (rounded_number(end, places, mode) for end in (formula.lo, formula.hi))
    return const(lo) if isinstance(formula, Const) else Round(den, lo, hi, formula, places, mode)


def rounded_number(value: Fraction, places: int, mode: Mode) -> Fraction:
    """A number rounded to decimal places."""
    units = value * 10**places
    return Fraction(ROUNDINGS[mode](units.numerator, units.denominator), 10**places)


def quotient(over: Formula, under: Formula, places: int, mode: Mode) -> Formula:
    """`over` ÷ `under`, rounded; the bounds of `under` must leave zero out."""
    assert under.lo > 0 or under.hi < 0, "whoever divides looks at the bounds first"
    if isinstance(under, Const):
        return rounded(scale(over, 1 / under.lo), places, mode)
    ends = [rounded_number(x / y, places, mode) for x in (over.lo, over.hi) for y in (under.lo, under.hi)]
    return Quotient(10**places, min(ends), max(ends), over, under, places, mode)


def ranked(
    how: Literal["sum", "min", "max"],
    terms: Sequence[Formula],
    here: Sequence[Formula],
    lowest: int,
    highest: int,
) -> Formula:
    """The sum, least or greatest of the `terms` that are `here`, without so many of the lowest and highest."""
    if all(one.lo == 1 for one in here):
        lows, highs = (
            sorted(ends)[lowest : len(terms) - highest]
            for ends in ([t.lo for t in terms], [t.hi for t in terms])
        )
        lo, hi = (
            sum(ends, Fraction(0)) if how == "sum" else min(ends) if how == "min" else max(ends)
            for ends in (lows, highs)
        )
    elif how == "sum":
        lo, hi = (
            sum((min(Fraction(0), t.lo) for t in terms), Fraction(0)),
            sum((max(Fraction(0), t.hi) for t in terms), Fraction(0)),
        )
    else:
        lo, hi = min(Fraction(0), *(t.lo for t in terms)), max(Fraction(0), *(t.hi for t in terms))
    return Ranked(
        reduce(lcm, (term.den for term in terms)), lo, hi, how, tuple(terms), tuple(here), lowest, highest
    )
