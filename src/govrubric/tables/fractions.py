"""Lines whose denominator depends on the tally -> two lines of whole numbers each.

A column has whole numbers. So a quotient whose divisor may come to very many numbers is kept as two columns:
sums get a common denominator, comparisons are multiplied out, and only a rounding divides.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from typing import NamedTuple

from govrubric.formula.build import const, if_, known, line, quotient, ratio_of, scale, times
from govrubric.formula.nodes import Const, Formula, If, Logic, Name, Quotient, Ranked, Ratio, Round, Times
from govrubric.formula.rebuild import rebuilt
from govrubric.plan.lines import LineName

Put = Callable[[Formula], Name]
ONE = const(1)


class Pair(NamedTuple):
    """A numerator, and the factors of a denominator: lines of whole numbers above zero."""

    over: Formula
    under: tuple[Name, ...] = ()

    def times(self, factors: Sequence[Formula]) -> Formula:
        """The numerator times some factors."""
        return reduce(times, factors, self.over)


def over_line(name: str) -> LineName:
    """The line of the numerator of a line that `taken_apart` took apart."""
    return LineName(f"{name}:over")


def under_line(name: str) -> LineName:
    """The line of its denominator."""
    return LineName(f"{name}:under")


def taken_apart(lines: Mapping[str, Formula]) -> Mapping[str, Formula]:
    """The same lines, with a numerator and a denominator in place of each that is not whole."""
    if not any(map(_varies, lines.values())):
        return lines
    apart: dict[str, Formula] = {}
    pairs: dict[str, Pair] = {}

    factors: dict[Formula, Name] = {}

    def put(formula: Formula) -> Name:
        if formula not in factors:
            apart[name := f"#under{len(apart)}"] = formula
            factors[formula] = line(name, formula)
        return factors[formula]

    for name, formula in lines.items():
        over, under = _apart(formula, pairs, put)
        if not under:
            apart[name] = over
            continue
        whole = scale(over, over.den)
        apart[over_line(name)] = whole
        apart[under_line(name)] = scale(_product(under), over.den)
        pairs[name] = Pair(scale(line(over_line(name), whole), Fraction(1, over.den)), under)
    return apart


def _varies(formula: Formula) -> bool:
    """Whether a denominator within a formula depends on the tally."""
    if isinstance(formula, Ratio) and formula.multiple is None:
        return True
    return not formula.is_whole or any(map(_varies, formula.parts()))


def _apart(formula: Formula, lines: Mapping[str, Pair], put: Put) -> Pair:
    """A formula as a pair; `lines` has those of the earlier lines that were taken apart."""
    if isinstance(formula, Name):
        return lines.get(formula.name, Pair(formula))
    if not _varies(formula):
        return Pair(formula)
    parts = [_apart(part, lines, put) for part in formula.parts()]
    match formula:
        case Times():
            return Pair(times(parts[0].over, parts[1].over), parts[0].under + parts[1].under)
        case Ratio():
            return _ratio(formula, parts[0], parts[1], put)
        case Round():
            return Pair(
                _within(
                    quotient(parts[0].over, _product(parts[0].under), formula.places, formula.mode), formula
                )
            )
        case Quotient():
            over, under = parts[0].times(parts[1].under), parts[1].times(parts[0].under)
            return Pair(_within(quotient(over, under, formula.places, formula.mode), formula))
        case Logic():
            return Pair(rebuilt(formula, [part.over for part in parts]))
        case If():
            common, (then, other) = _common(parts[1:])
            return _held(if_(parts[0].over, then, other), common, formula)
        case Ranked():
            half = len(formula.terms)
            common, terms = _common(parts[:half])
            return _held(rebuilt(formula, [*terms, *(flag.over for flag in parts[half:])]), common, formula)
        case _:  # a sum, a multiple, an absolute value, an extreme or a comparison
            common, overs = _common(parts)
            made = rebuilt(formula, overs)
            return Pair(made) if formula.is_whole else _held(made, common, formula)


def _ratio(formula: Ratio, over: Pair, under: Pair, put: Put) -> Pair:
    """A quotient: its divisor becomes a factor of the denominator, unless its denominator is fixed."""
    if formula.multiple is not None:
        return Pair(ratio_of(over.over, under.over, formula.multiple), over.under)
    unit = under.over.den
    factor = put(scale(under.over, unit))
    return _held(scale(over.times(under.under), unit), (*over.under, factor), formula)


def _common(pairs: Sequence[Pair]) -> tuple[tuple[Name, ...], list[Formula]]:
    """The common denominator of some pairs, and the numerator of each over it."""
    common: Counter[Name] = Counter()
    for pair in pairs:
        common |= Counter(pair.under)
    return (*common.elements(),), [pair.times([*(common - Counter(pair.under)).elements()]) for pair in pairs]


def _product(factors: Sequence[Formula]) -> Formula:
    return reduce(times, factors, ONE)


def _held(over: Formula, under: tuple[Name, ...], formula: Formula) -> Pair:
    """A pair whose numerator is known to be no larger than the bounds of the formula make it."""
    product = _product(under)
    lo = min(formula.lo * product.lo, formula.lo * product.hi)
    return Pair(known(over, lo, max(formula.hi * product.lo, formula.hi * product.hi)), under)


def _within(made: Formula, formula: Formula) -> Formula:
    return made if isinstance(made, Const) else known(made, formula.lo, formula.hi)
