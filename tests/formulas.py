"""Random formulas over a few inputs, with values for these at their edges, by construction."""

from collections.abc import Mapping
from fractions import Fraction

from hypothesis import strategies as st

from govrubric.algebra import (
    absolute,
    add,
    all_of,
    any_of,
    compare,
    const,
    flag,
    greatest,
    if_,
    least,
    number,
    quotient,
    ranked,
    rounded,
    scale,
    tally_count,
    times,
)
from govrubric.formula import Formula, Input, Sign
from govrubric.numbers import ROUNDINGS

INPUTS: Mapping[str, Input] = {
    one.name: one
    for one in (
        tally_count("cases", "case"),
        number("marks", Fraction(100), places=1),
        number("change", Fraction(50), low=-70, places=2),
        flag("late"),
        flag("here"),
    )
}
FLAGS = ("late", "here")
SIGNS: tuple[Sign, ...] = ("<", "<=", ">", ">=", "==", "!=")
FACTORS = tuple(Fraction(text) for text in ("-3", "-1", "-1/2", "-1/10", "0", "1/10", "1/3", "1/2", "1", "2", "7"))
WRITTEN = tuple(map(Fraction, ("-20", "-5/2", "-1/10", "0", "1/10", "1/2", "1", "5", "60", "100")))


@st.composite
def values(draw: st.DrawFn) -> dict[str, Fraction]:
    """A value for each input: at either end, around zero, or anywhere."""
    found = {}
    for name, one in INPUTS.items():
        low, high = int(one.lo * one.den), int(one.hi * one.den)
        near = [whole for whole in (low, low + 1, -1, 0, 1, 2, 5, 15, high - 1, high) if low <= whole <= high]
        found[name] = Fraction(draw(st.one_of(st.sampled_from(near), st.integers(low, high))), one.den)
    return found


def _flags(numbers: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    named = st.sampled_from([INPUTS[name] for name in FLAGS])
    compared = st.builds(lambda sign, a, b: compare((sign,), (a, b)), st.sampled_from(SIGNS), numbers, numbers)
    chained = st.builds(lambda one, other, a, b, c: compare((one, other), (a, b, c)), *[st.sampled_from(SIGNS)] * 2, *[numbers] * 3)
    simple = st.one_of(named, compared, chained)
    return st.one_of(simple, st.builds(all_of, simple, simple), st.builds(any_of, simple, simple))


def _wider(inner: st.SearchStrategy[Formula]) -> st.SearchStrategy[Formula]:
    flags, modes, places = _flags(inner), st.sampled_from(list(ROUNDINGS)), st.integers(0, 2)
    divisors = st.builds(lambda of, sign: scale(greatest(of, const(1)), sign), inner, st.sampled_from((1, -1)))

    @st.composite
    def ranks(draw: st.DrawFn) -> Formula:
        terms = draw(st.lists(inner, min_size=1, max_size=4))
        here = draw(
            st.one_of(st.just([const(1)] * len(terms)), st.lists(st.one_of(flags, st.just(const(1))), min_size=len(terms), max_size=len(terms)))
        )
        lowest = draw(st.integers(0, len(terms) - 1))
        return ranked(draw(st.sampled_from(("sum", "min", "max"))), terms, here, lowest, draw(st.integers(0, len(terms) - 1 - lowest)))

    return st.one_of(
        st.builds(add, inner, inner, inner),
        st.builds(scale, inner, st.sampled_from(FACTORS)),
        st.builds(times, inner, inner),
        st.builds(absolute, inner),
        st.builds(least, inner, inner),
        st.builds(greatest, inner, inner),
        st.builds(if_, flags, inner, inner),
        st.builds(rounded, inner, places, modes),
        st.builds(quotient, inner, divisors, places, modes),
        flags,
        ranks(),
    )


def formulas() -> st.SearchStrategy[Formula]:
    """A formula of every operation."""
    leaves = st.one_of(st.sampled_from(list(INPUTS.values())), st.builds(const, st.sampled_from(WRITTEN)))
    return st.recursive(leaves, _wider, max_leaves=12)
