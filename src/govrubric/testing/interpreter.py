"""Plan x inputs -> the value of every operation of every line, by a plain walk over fractions.

It is independent of the engine: it uses neither the generated code nor the engine's rounding.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Any

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
    Ratio,
    Round,
    Scale,
    Times,
)
from govrubric.plan.plan import Plan

ZERO = Fraction(0)
SIGNS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def number(input_: Input, value: Any) -> Fraction:
    """The value of an input as a number: a flag is 0 or 1, a choice is the index of its name."""
    return Fraction(input_.options.index(value) if input_.kind == "choice" else value)


def unsaid(input_: Input) -> Fraction:
    """The value of an input that is left out: its default, 0, false, the first name, or nearest to zero."""
    if input_.default is not None:
        return input_.default
    return min(max(ZERO, input_.lo), input_.hi)


def operations(plan: Plan, inputs: Mapping[str, Fraction]) -> Iterator[tuple[str, Formula, Fraction]]:
    """Every operation of every line with its value; the line's own operation comes last."""
    known = dict(inputs)
    for name, formula in plan.lines.items():
        for operation, result in walked(formula, known):
            known[name] = result
            yield name, operation, result


def lines(plan: Plan, inputs: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """The value of every line."""
    known = dict(inputs)
    for name, formula in plan.lines.items():
        known[name] = value(formula, known)
    return {name: known[name] for name in plan.lines}


def value(formula: Formula, known: Mapping[str, Fraction]) -> Fraction:
    """The value of a formula, from the known values of inputs and earlier lines."""
    return _value(formula, [value(part, known) for part in formula.parts()], known)


def walked(formula: Formula, known: Mapping[str, Fraction]) -> Iterator[tuple[Formula, Fraction]]:
    """Every operation of a formula with its value, the formula's own last."""
    parts: list[Fraction] = []
    for part in formula.parts():
        result = ZERO
        for operation, result in walked(part, known):
            yield operation, result
        parts.append(result)
    yield formula, _value(formula, parts, known)


def _value(formula: Formula, parts: list[Fraction], known: Mapping[str, Fraction]) -> Fraction:
    match formula:
        case Const():
            return formula.lo
        case Name():
            return known[formula.name]
        case Add():
            return sum(parts, ZERO)
        case Scale():
            return parts[0] * formula.by
        case Times():
            return parts[0] * parts[1]
        case Absolute():
            return abs(parts[0])
        case Extreme():
            return (min if formula.sign == "<" else max)(parts)
        case Chain():
            pairs = zip(formula.signs, pairwise(parts), strict=True)
            return Fraction(all(SIGNS[sign](left, right) for sign, (left, right) in pairs))
        case Logic():
            return Fraction((all if formula.word == "and" else any)(part > 0 for part in parts))
        case If():
            return parts[1] if parts[0] > 0 else parts[2]
        case Round():
            return rounded(parts[0], formula.places, formula.mode)
        case Ratio():
            return parts[0] / parts[1]
        case Quotient():
            return rounded(parts[0] / parts[1], formula.places, formula.mode)
        case Ranked():
            terms, flags = parts[: len(formula.terms)], parts[len(formula.terms) :]
            return _ranked(formula, [term for term, flag in zip(terms, flags, strict=True) if flag > 0])
        case _:
            raise TypeError(f"the interpreter does not know {type(formula).__name__}")


def _ranked(formula: Ranked, terms: list[Fraction]) -> Fraction:
    """The sum, least or greatest of the terms, without the lowest and highest; one term always stays."""
    values = sorted(terms)
    for count, end in ((formula.lowest, 0), (formula.highest, -1)):
        for _ in range(min(count, len(values) - 1)):
            del values[end]
    if formula.how == "sum":
        return sum(values, ZERO)
    return (min if formula.how == "min" else max)(values, default=ZERO)


def rounded(value: Fraction, places: int, mode: str) -> Fraction:
    """`value` rounded to `places`; the modes are those of language section 3."""
    units = value * 10**places
    below, sign = floor(units), 1 if units >= 0 else -1
    even = below if below % 2 == 0 else below + 1
    tie = units - below == Fraction(1, 2)
    whole = {
        "half_up": sign * floor(abs(units) + Fraction(1, 2)),
        "half_even": even if tie else floor(units + Fraction(1, 2)),
        "down": sign * floor(abs(units)),
        "up": sign * ceil(abs(units)),
        "floor": below,
        "ceiling": ceil(units),
    }[mode]
    return Fraction(whole, 10**places)
