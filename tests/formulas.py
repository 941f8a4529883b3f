"""Random formulas over a few inputs, by construction, and values of these inputs, mostly at their edges."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal

from hypothesis import strategies as st

from govrubric.formula.build import (
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
    ratio,
    rounded,
    scale,
    tally_count,
    times,
)
from govrubric.formula.nodes import Formula, Input, Sign
from govrubric.numbers import ROUNDINGS

INPUTS: Mapping[str, Input] = {
    input_.name: input_
    for input_ in (
        tally_count("cases", "case"),
        number("marks", Fraction(100), places=1),
        number("change", Fraction(50), low=-70, places=2),
        flag("late"),
        flag("here"),
    )
}
FLAGS = ("late", "here")
SIGNS: tuple[Sign, ...] = ("<", "<=", ">", ">=", "==", "!=")
OPERATIONS = (
    "add",
    "scale",
    "times",
    "absolute",
    "least",
    "greatest",
    "if",
    "rounded",
    "quotient",
    "ratio",
    "ranked",
    "flag",
)
FACTORS = tuple(
    Fraction(text) for text in ("-3", "-1", "-1/2", "-1/10", "0", "1/10", "1/3", "1/2", "1", "2", "7")
)
WRITTEN = tuple(map(Fraction, ("-20", "-5/2", "-1/10", "0", "1/10", "1/2", "1", "5", "60", "100")))


@st.composite
def values(draw: st.DrawFn) -> dict[str, Fraction]:
    """A value for each input: at either end, around zero, or anywhere."""
    drawn = {}
    for name, input_ in INPUTS.items():
        low, high = int(input_.lo * input_.den), int(input_.hi * input_.den)
        near = [whole for whole in (low, low + 1, -1, 0, 1, 2, 5, 15, high - 1, high) if low <= whole <= high]
        drawn[name] = Fraction(draw(st.one_of(st.sampled_from(near), st.integers(low, high))), input_.den)
    return drawn


LEAVES = st.one_of(st.sampled_from(list(INPUTS.values())), st.builds(const, st.sampled_from(WRITTEN)))


@st.composite
def flags(draw: st.DrawFn, depth: int) -> Formula:
    """A flag: an input, a comparison, or several of them."""
    match draw(st.sampled_from(("given", "compared", "compared", "and", "or"))) if depth else "given":
        case "compared":
            # A term is not compared with itself: polars folds that into a constant, of a single row.
            terms = draw(st.lists(formulas(depth - 1), min_size=2, max_size=3, unique=True))
            return compare([draw(st.sampled_from(SIGNS)) for _ in terms[1:]], terms)
        case "and":
            return all_of(draw(flags(depth - 1)), draw(flags(depth - 1)))
        case "or":
            return any_of(draw(flags(depth - 1)), draw(flags(depth - 1)))
        case _:
            return INPUTS[draw(st.sampled_from(FLAGS))]


@st.composite
def formulas(draw: st.DrawFn, depth: int = 3) -> Formula:
    """A formula of any operation, over formulas of less depth."""
    if not depth or not draw(st.integers(0, 5)):
        return draw(LEAVES)
    inner, places, mode = formulas(depth - 1), draw(st.integers(0, 2)), draw(st.sampled_from(list(ROUNDINGS)))
    match draw(st.sampled_from(OPERATIONS)):
        case "add":
            return add(draw(inner), draw(inner), draw(inner))
        case "scale":
            return scale(draw(inner), draw(st.sampled_from(FACTORS)))
        case "times":
            return times(draw(inner), draw(inner))
        case "absolute":
            return absolute(draw(inner))
        case "least":
            return least(draw(inner), draw(inner))
        case "greatest":
            return greatest(draw(inner), draw(inner))
        case "if":
            return if_(draw(flags(depth - 1)), draw(inner), draw(inner))
        case "rounded":
            return rounded(draw(inner), places, mode)
        case "quotient":
            dividend, divisor = draw(inner), greatest(draw(inner), const(1))
            return quotient(dividend, scale(divisor, draw(st.sampled_from((1, -1)))), places, mode)
        case "ratio":
            divisor = greatest(draw(inner), const(1))
            if draw(st.booleans()):  # few numbers, so that the quotient has a fixed denominator
                divisor = least(rounded(divisor, 0, "floor"), const(draw(st.sampled_from((3, 20)))))
            return ratio(draw(inner), scale(divisor, draw(st.sampled_from((1, -1)))))
        case "ranked":
            return _ranked(draw, draw(st.lists(inner, min_size=1, max_size=4)), depth)
        case _:
            return draw(flags(depth))


def _ranked(draw: st.DrawFn, terms: list[Formula], depth: int) -> Formula:
    """The sum, least or greatest of terms without the lowest and highest; flags may leave terms out."""
    certain = draw(st.booleans())
    here = [const(1) if certain or not draw(st.integers(0, 3)) else draw(flags(depth - 1)) for _ in terms]
    lowest = draw(st.integers(0, len(terms) - 1))
    how: Literal["sum", "min", "max"] = draw(st.sampled_from(("sum", "min", "max")))
    return ranked(how, terms, here, lowest, draw(st.integers(0, len(terms) - 1 - lowest)))
