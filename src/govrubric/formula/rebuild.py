"""A formula x other parts -> the same operation over those, its denominator and bounds worked out anew."""

from collections.abc import Sequence

from govrubric.formula.build import (
    absolute,
    add,
    all_of,
    any_of,
    compare,
    greatest,
    if_,
    least,
    quotient,
    ranked,
    ratio_of,
    rounded,
    scale,
    times,
)
from govrubric.formula.nodes import (
    Absolute,
    Add,
    Chain,
    Extreme,
    Formula,
    If,
    Logic,
    Quotient,
    Ranked,
    Ratio,
    Round,
    Scale,
    Times,
)


def rebuilt(formula: Formula, parts: Sequence[Formula]) -> Formula:
    """The operation of `formula` over other `parts`, in the order of its own; without parts, itself."""
    match formula:
        case Add():
            return add(*parts)
        case Scale():
            return scale(parts[0], formula.by)
        case Times():
            return times(*parts)
        case Absolute():
            return absolute(parts[0])
        case Extreme():
            return (least if formula.sign == "<" else greatest)(*parts)
        case Chain():
            return compare(formula.signs, parts)
        case Logic():
            return (all_of if formula.word == "and" else any_of)(*parts)
        case If():
            return if_(*parts)
        case Round():
            return rounded(parts[0], formula.places, formula.mode)
        case Ratio():
            return ratio_of(parts[0], parts[1], formula.multiple)
        case Quotient():
            return quotient(parts[0], parts[1], formula.places, formula.mode)
        case Ranked():
            half = len(formula.terms)
            return ranked(formula.how, parts[:half], parts[half:], formula.lowest, formula.highest)
        case _:
            return formula
