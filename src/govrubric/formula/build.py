"""Numbers and formulas -> formulas, each with its denominator and bounds.

Where the bounds decide (a cap that is never reached, a comparison that always holds), the operation is left
out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from math import gcd, lcm
from typing import Literal

from govrubric.formula.divisors import common_multiple
from govrubric.formula.nodes import (
    Absolute,
    Add,
    Chain,
    Const,
    Each,
    Extreme,
    Formula,
    If,
    Input,
    Logic,
    Name,
    Quotient,
    Ranked,
    Ratio,
    Round,
    Scale,
    Sign,
    Times,
)
from govrubric.numbers import COUNT_LIMIT, ROUNDINGS, Mode

BITS = 4096  # of a numerator or denominator; see `is_too_large`
ZERO = Fraction(0)
FLAG = (1, ZERO, Fraction(1))  # denominator and bounds of a flag


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
    gap: Fraction | None = None,
    each: Each | None = None,
) -> Input:
    """An input of the kind number, from `low` (0 by default) to `high`; its values may have a `gap`."""
    return Input(10**places, Fraction(low), high, name, "number", unit, places, step, (), gap, each)


def measured(name: str, places: int, unit: str | None) -> Input:
    """An input of the kind number that was measured: of either sign, and as large as a count may be."""
    return number(name, Fraction(COUNT_LIMIT), low=-COUNT_LIMIT, places=places, unit=unit)


def tally_count(name: str, unit: str | None, most: int = COUNT_LIMIT) -> Input:
    """An input of the kind count, of `unit`."""
    return Input(1, ZERO, Fraction(most), name, "count", unit)


def flag(name: str) -> Input:
    """An input of the kind flag."""
    return Input(*FLAG, name, "flag")


def choice(name: str, options: tuple[str, ...]) -> Input:
    """An input of the kind choice: its value is the index of the chosen name among the `options`."""
    return Input(1, ZERO, Fraction(len(options) - 1), name, "choice", options=options)


def goes_with(each: Each, cases: Formula, value: Formula) -> Formula:
    """A flag: so many `cases` may have the `value`."""
    return compare(("<=", "<="), (scale(cases, each.low), value, scale(cases, each.high)))


def possible(known: Input, inputs: Mapping[str, Input]) -> Formula:
    """A flag: a tally may give the values that an input, and its count among the `inputs`, have."""
    beyond_gap = const(1)
    if known.gap is not None:
        at_zero, from_gap = compare(("<=",), (known, const(0))), compare((">=",), (known, const(known.gap)))
        beyond_gap = any_of(at_zero, from_gap)
    if known.each is None:
        return beyond_gap
    return all_of(beyond_gap, goes_with(known.each, inputs[known.each.of], known))


def line(name: str, formula: Formula) -> Name:
    """The name under which later lines use `formula`."""
    return Name(formula.den, formula.lo, formula.hi, name, whole=formula.is_whole)


def known(formula: Formula, lo: Fraction, hi: Fraction) -> Formula:
    """A formula with narrower bounds than its operations give, since it never leaves `lo` and `hi`."""
    return replace(formula, lo=max(lo, formula.lo), hi=min(hi, formula.hi))


def is_too_large(formula: Formula) -> bool:
    """Whether the formula's numbers may have more digits than a rubric can need, or than Python writes."""
    numbers = (formula.den, formula.lo.numerator, formula.hi.numerator)
    return max(number.bit_length() for number in numbers) > BITS


def is_zero(formula: Formula) -> bool:
    """Whether the bounds allow zero only."""
    return formula.lo == formula.hi == 0


def add(*terms: Formula) -> Formula:
    """The sum of formulas."""
    flat: list[Formula] = []
    for term in terms:
        flat += term.terms if isinstance(term, Add) and _has_own_bounds(term) else (term,)
    kept = tuple(term for term in flat if not is_zero(term))
    if len(kept) < 2:
        return kept[0] if kept else const(0)
    lo, hi = sum((term.lo for term in kept), ZERO), sum((term.hi for term in kept), ZERO)
    if all(isinstance(term, Const) for term in kept):
        return const(lo)
    return Add(reduce(lcm, (term.den for term in kept)), lo, hi, kept)


def _has_own_bounds(total: Add) -> bool:
    """Whether a sum's bounds are those that its terms give, and were not narrowed by `known`."""
    lo, hi = sum(term.lo for term in total.terms), sum(term.hi for term in total.terms)
    return (total.lo, total.hi) == (lo, hi)


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
    if by == 0:
        return const(0)
    if isinstance(formula, Ratio):
        lo, hi = sorted((formula.lo * by, formula.hi * by))
        return known(ratio_of(scale(formula.over, by), formula.under, formula.multiple), lo, hi)
    lo, hi = sorted((formula.lo * by, formula.hi * by))
    den = formula.den * by.denominator // gcd(formula.den, by.numerator)
    return Scale(den, lo, hi, formula, by)


def times(a: Formula, b: Formula) -> Formula:
    """The product of two formulas."""
    if isinstance(a, Const):
        return scale(b, a.lo)
    if isinstance(b, Const):
        return scale(a, b.lo)
    ends = [x * y for x in (a.lo, a.hi) for y in (b.lo, b.hi)]
    return Times(a.den * b.den, min(ends), max(ends), a, b)


def absolute(formula: Formula) -> Formula:
    """A formula without its sign."""
    if formula.lo >= 0:
        return formula
    if formula.hi <= 0:
        return scale(formula, -1)
    return Absolute(formula.den, ZERO, max(-formula.lo, formula.hi), formula)


def least(a: Formula, b: Formula) -> Formula:
    """The lesser of two formulas; where the bounds decide, that formula itself."""
    if a.hi <= b.lo:
        return a
    if b.hi <= a.lo:
        return b
    return Extreme(lcm(a.den, b.den), min(a.lo, b.lo), min(a.hi, b.hi), "<", a, b)


def greatest(a: Formula, b: Formula) -> Formula:
    """The greater of two formulas; where the bounds decide, that formula itself."""
    if a.lo >= b.hi:
        return a
    if b.lo >= a.hi:
        return b
    return Extreme(lcm(a.den, b.den), max(a.lo, b.lo), max(a.hi, b.hi), ">", a, b)


def extreme_of(pick: Callable[[Formula, Formula], Formula], formulas: Sequence[Formula]) -> Formula:
    """The `least` or `greatest` (`pick`) of any number of formulas, by halves, so that nesting is shallow."""
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
    """Whether a comparison holds by the bounds alone; ``None`` where they do not decide it."""
    if sign in ("==", "!="):
        if a.hi < b.lo or b.hi < a.lo:
            return sign == "!="
        return sign == "==" if a.lo == a.hi == b.lo == b.hi else None
    if sign in (">", ">="):
        a, b, sign = b, a, "<" if sign == ">" else "<="
    always, never = (a.hi < b.lo, a.lo >= b.hi) if sign == "<" else (a.hi <= b.lo, a.lo > b.hi)
    return always if always or never else None


def compare(signs: Sequence[Sign], terms: Sequence[Formula]) -> Formula:
    """A flag: each formula compared with the next."""
    links = [_decided(sign, a, b) for sign, a, b in zip(signs, terms[:-1], terms[1:], strict=True)]
    if False in links:
        return const(0)
    return const(1) if all(links) else Chain(*FLAG, tuple(signs), tuple(terms))


def all_of(*flags: Formula) -> Formula:
    """A flag: all of some flags are set."""
    undecided = tuple(flag for flag in flags if flag.lo == 0)
    if any(flag.hi == 0 for flag in undecided):
        return const(0)
    if len(undecided) < 2:
        return undecided[0] if undecided else const(1)
    return Logic(*FLAG, "and", undecided)


def any_of(*flags: Formula) -> Formula:
    """A flag: at least one of some flags is set."""
    undecided = tuple(flag for flag in flags if flag.hi == 1)
    if any(flag.lo == 1 for flag in undecided):
        return const(1)
    if len(undecided) < 2:
        return undecided[0] if undecided else const(0)
    return Logic(*FLAG, "or", undecided)


def not_(flag: Formula) -> Formula:
    """A flag: another is not set."""
    return compare(("==",), (flag, const(0)))


def if_(test: Formula, then: Formula, other: Formula) -> Formula:
    """`then` where `test` is above zero, else `other`."""
    if test.lo > 0 or then == other:
        return then
    if test.hi <= 0:
        return other
    return If(lcm(then.den, other.den), min(then.lo, other.lo), max(then.hi, other.hi), test, then, other)


def ladder(value: Formula, rungs: Sequence[tuple[Fraction, Formula]], below: Formula) -> Formula:
    """The formula of the highest rung that `value` reaches, or `below`. Rungs (start, formula) ascend."""
    return highest_of([(compare((">=",), (value, const(start))), formula) for start, formula in rungs], below)


def highest_of(rungs: Sequence[tuple[Formula, Formula]], below: Formula) -> Formula:
    """The formula of the last rung (flag, formula) whose flag is set, or `below`.

    Where a flag is set, those of all earlier rungs are too. The rung is chosen by halves, so that nesting is
    shallow.
    """
    if not rungs:
        return below
    middle = len(rungs) // 2
    reached, formula = rungs[middle]
    return if_(reached, highest_of(rungs[middle + 1 :], formula), highest_of(rungs[:middle], below))


def rounded(formula: Formula, places: int, mode: Mode) -> Formula:
    """A formula rounded to decimal places; the formula itself where it cannot have more."""
    den = 10**places
    if den % formula.den == 0 and formula.is_whole:
        return formula
    if isinstance(formula, Ratio):
        lo, hi = (rounded_number(end, places, mode) for end in (formula.lo, formula.hi))
        return known(quotient(formula.over, formula.under, places, mode), lo, hi)
    lo, hi = (rounded_number(end, places, mode) for end in (formula.lo, formula.hi))
    return const(lo) if isinstance(formula, Const) else Round(den, lo, hi, formula, places, mode)


def rounded_number(value: Fraction, places: int, mode: Mode) -> Fraction:
    """A number rounded to decimal places."""
    units = value * 10**places
    return Fraction(ROUNDINGS[mode](units.numerator, units.denominator), 10**places)


def ratio(over: Formula, under: Formula) -> Formula:
    """`over` ÷ `under`, exact; the bounds of `under` must exclude zero."""
    if under.hi < 0:
        over, under = scale(over, -1), scale(under, -1)
    return ratio_of(over, under, common_multiple(under))


def ratio_of(over: Formula, under: Formula, multiple: int | None) -> Formula:
    """`over` ÷ `under`, where `under` is above zero and its `common_multiple` is known."""
    assert under.lo > 0, "the caller looks at the bounds first"
    if isinstance(under, Const):
        return scale(over, 1 / under.lo)
    if is_zero(over):
        return const(0)
    ends = [x / y for x in (over.lo, over.hi) for y in (under.lo, under.hi)]
    return Ratio(over.den * (multiple or 1), min(ends), max(ends), over, under, multiple)


def quotient(over: Formula, under: Formula, places: int, mode: Mode) -> Formula:
    """`over` ÷ `under`, rounded; the bounds of `under` must exclude zero."""
    assert under.lo > 0 or under.hi < 0, "the caller looks at the bounds first"
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
    """The sum, least or greatest of the `terms` whose flag in `here` is set.

    `lowest` and `highest` say how many of the lowest and highest terms are dropped.
    """
    if all(flag.lo == 1 for flag in here):
        lows = sorted(term.lo for term in terms)[lowest : len(terms) - highest]
        highs = sorted(term.hi for term in terms)[lowest : len(terms) - highest]
        if how == "sum":
            lo, hi = sum(lows, ZERO), sum(highs, ZERO)
        elif how == "min":
            lo, hi = min(lows), min(highs)
        else:
            lo, hi = max(lows), max(highs)
    elif how == "sum":
        lo = sum((min(ZERO, term.lo) for term in terms), ZERO)
        hi = sum((max(ZERO, term.hi) for term in terms), ZERO)
    else:
        lo, hi = min(ZERO, *(term.lo for term in terms)), max(ZERO, *(term.hi for term in terms))
    den = reduce(lcm, (term.den for term in terms))
    return Ranked(den, lo, hi, how, tuple(terms), tuple(here), lowest, highest)
