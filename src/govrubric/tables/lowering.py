"""A formula -> a formula of the same value, in operations that every table has.

These have no ranks, and no rounding but down to a whole number. A part that is used more than once becomes a
line of its own, which `put` keeps.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction

from govrubric.formula.build import (
    add,
    all_of,
    any_of,
    compare,
    const,
    extreme_of,
    greatest,
    if_,
    known,
    least,
    minus,
    quotient,
    scale,
    times,
)
from govrubric.formula.nodes import Const, Formula, Name, Quotient, Ranked, Round
from govrubric.formula.rebuild import rebuilt
from govrubric.numbers import Mode

Put = Callable[[Formula], Formula]
HALF = Fraction(1, 2)
ONE = const(1)


def lowered(formula: Formula, put: Put) -> Formula:
    """A formula in plain operations; its bounds are as close as they were."""
    if not formula.parts():
        return formula
    parts = [lowered(part, put) for part in formula.parts()]
    match formula:
        case Round():
            whole = _rounded(scale(parts[0], 10**formula.places), ONE, formula.mode, put)
            plain = scale(whole, Fraction(1, 10**formula.places))
        case Quotient():
            sign = 1 if formula.under.lo > 0 else -1  # makes the divisor positive
            over, under = scale(parts[0], sign * 10**formula.places), scale(parts[1], sign)
            plain = scale(_rounded(over, under, formula.mode, put), Fraction(1, 10**formula.places))
        case Ranked():
            half = len(formula.terms)
            plain = _ranked(formula, parts[:half], parts[half:], put)
        case _:
            plain = rebuilt(formula, parts)
    return plain if isinstance(plain, Const) else known(plain, formula.lo, formula.hi)


def _floor(over: Formula, under: Formula) -> Formula:
    return quotient(over, under, 0, "floor")


def _rounded(over: Formula, under: Formula, mode: Mode, put: Put) -> Formula:
    """`over` ÷ `under` as a whole number; `under` is above zero."""
    over, under = _shared(over, put), _shared(under, put)
    match mode:
        case "floor":
            return _floor(over, under)
        case "ceiling":
            return scale(_floor(scale(over, -1), under), -1)
        case "half_even":
            nearest = _shared(_nearest(over, under), put)
            tie = compare(("==",), (add(scale(over, 2), under), times(nearest, scale(under, 2))))
            odd = compare(("!=",), (scale(_floor(nearest, const(2)), 2), nearest))
            return minus(nearest, if_(all_of(tie, odd), ONE, const(0)))
        case "half_up":
            up, down = _nearest(over, under), scale(_nearest(scale(over, -1), under), -1)
        case "down":
            up, down = _rounded(over, under, "floor", put), _rounded(over, under, "ceiling", put)
        case _:  # up
            up, down = _rounded(over, under, "ceiling", put), _rounded(over, under, "floor", put)
    return if_(compare((">=",), (over, const(0))), up, down)


def _nearest(over: Formula, under: Formula) -> Formula:
    """The whole number nearest to a quotient; the higher of two that are equally near."""
    if isinstance(under, Const):
        return _floor(add(scale(over, 1 / under.lo), const(HALF)), ONE)
    return _floor(add(scale(over, 2), under), scale(under, 2))


def _shared(formula: Formula, put: Put) -> Formula:
    return formula if isinstance(formula, (Const, Name)) else put(formula)


def _ranked(formula: Ranked, terms: Sequence[Formula], present: Sequence[Formula], put: Put) -> Formula:
    """The sum, least or greatest of the terms that are present, after the lowest and highest are left out."""
    if not formula.lowest and not formula.highest:
        return _of_all(formula, terms, present)
    last = const(max(term.hi for term in terms))
    # A term that is not present stands after all others.
    values = [_shared(if_(flag, term, last), put) for term, flag in zip(terms, present, strict=True)]
    ordered = _sorted(values, put)
    if not all(flag.lo == 1 for flag in present):
        return _of_present(formula, ordered, _shared(add(*present), put), put)
    kept = ordered[formula.lowest : len(ordered) - formula.highest]
    if formula.how == "sum":
        return add(*kept)
    return kept[0] if formula.how == "min" else kept[-1]


def _of_all(formula: Ranked, terms: Sequence[Formula], present: Sequence[Formula]) -> Formula:
    """The sum, least or greatest of all terms that are present; no order is needed where none is left out."""
    if formula.how == "sum":
        return add(*(if_(flag, term, const(0)) for term, flag in zip(terms, present, strict=True)))
    if formula.how == "min":
        pick, idle = least, const(max(term.hi for term in terms))
    else:
        pick, idle = greatest, const(min(term.lo for term in terms))
    extreme = extreme_of(pick, [if_(flag, term, idle) for term, flag in zip(terms, present, strict=True)])
    return if_(any_of(*present), extreme, const(0))


def _of_present(formula: Ranked, ordered: Sequence[Formula], count: Formula, put: Put) -> Formula:
    """The sum, least or greatest of the values kept, where the first `count` of the `ordered` are present."""
    spare = greatest(minus(count, ONE), const(0))
    lowest = _shared(least(const(formula.lowest), spare), put)
    # The place after the last value kept. Where no value is present it is 0, so that no value is kept.
    end = _shared(minus(count, least(const(formula.highest), minus(spare, lowest))), put)
    chosen = []
    for place, value in enumerate(ordered):
        match formula.how:
            case "sum":
                flag = all_of(compare(("<=",), (lowest, const(place))), compare(("<",), (const(place), end)))
            case "min":
                flag = all_of(compare(("==",), (lowest, const(place))), compare((">",), (count, const(0))))
            case _:  # max
                flag = compare(("==",), (end, const(place + 1)))
        chosen.append(if_(flag, value, const(0)))
    return add(*chosen)


def _sorted(values: list[Formula], put: Put) -> list[Formula]:
    """The values in order, by Batcher's odd-even merge sort: which pairs it compares depends on no value."""
    placed, size = list(values), len(values)
    width = 1
    while width < size:
        step = width
        while step:
            for start in range(step % width, size - step, 2 * step):
                for low in range(start, min(start + step, size - step)):
                    if low // (2 * width) == (low + step) // (2 * width):
                        a, b = placed[low], placed[low + step]
                        placed[low] = _shared(least(a, b), put)
                        placed[low + step] = _shared(greatest(a, b), put)
            step //= 2
        width *= 2
    return placed
