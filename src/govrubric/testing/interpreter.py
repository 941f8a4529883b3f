"""Plan x inputs -> the value of every operation of every line, by walking the formulas over fractions, slowly and plainly.

It knows each operation by what it means, and neither what is printed of it nor how the engine rounds.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
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
    Round,
    Scale,
    Times,
)
from govrubric.plan.planner import Plan

ZERO = Fraction(0)
SIGNS: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}


def number(one: Input, value: Any) -> Fraction:
    """What an input was given, as a number: a flag is 0 or 1, a choice the place of its name."""
    return Fraction(one.options.index(value) if one.kind == "choice" else value)


def unsaid(one: Input) -> Fraction:
    """What stands for an input that is left out: 0, false, the first name, or the number nearest to zero."""
    return min(max(ZERO, one.lo), one.hi)


def operations(plan: Plan, inputs: Mapping[str, Fraction]) -> Iterator[tuple[str, Formula, Fraction]]:
    """Every operation of every line with its value; that of a whole line comes last of its line."""
    known = dict(inputs)
    for name, formula in plan.lines.items():
        for operation, came in walked(formula, known):
            known[name] = came
            yield name, operation, came


def lines(plan: Plan, inputs: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """The value of every line."""
    known = dict(inputs)
    for name, formula in plan.lines.items():
        known[name] = value(formula, known)
    return {name: known[name] for name in plan.lines}


def value(formula: Formula, known: Mapping[str, Fraction]) -> Fraction:
    """The value of a formula, where those of inputs and earlier lines are known."""
    return _value(formula, [value(part, known) for part in formula.parts()], known)


def walked(formula: Formula, known: Mapping[str, Fraction]) -> Iterator[tuple[Formula, Fraction]]:
    """Every operation of a formula with its value, the formula's own last."""
    parts: list[Fraction] = []
    for part in formula.parts():
        came = ZERO
        for operation, came in walked(part, known):
            yield operation, came
        parts.append(came)
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
            return Fraction(
                all(
                    SIGNS[sign](one, other)
                    for sign, one, other in zip(formula.signs, parts, parts[1:], strict=False)
                )
            )
        case Logic():
            return Fraction((all if formula.word == "and" else any)(part > 0 for part in parts))
        case If():
            return parts[1] if parts[0] > 0 else parts[2]
        case Round():
            return rounded(parts[0], formula.places, formula.mode)
        case Quotient():
            return rounded(parts[0] / parts[1], formula.places, formula.mode)
        case Ranked():
            here = zip(parts[: len(formula.terms)], parts[len(formula.terms) :], strict=True)
            return _ranked(formula, [term for term, flag in here if flag > 0])
        case _:
            raise TypeError(f"the interpreter does not know {type(formula).__name__}")


def _ranked(formula: Ranked, here: list[Fraction]) -> Fraction:
    values = sorted(here)
    for many, end in ((formula.lowest, 0), (formula.highest, -1)):
        for _ in range(min(many, len(values) - 1)):
            del values[end]
    return {"sum": sum(values, ZERO), "min": min(values, default=ZERO), "max": max(values, default=ZERO)}[
        formula.how
    ]


def rounded(value: Fraction, places: int, mode: str) -> Fraction:
    """`value` with so many places; away from zero at a tie, to the even digit, towards zero, away, down, up."""
    units = value * 10**places
    below, sign = floor(units), 1 if units >= 0 else -1
    tie = units - below == Fraction(1, 2)
    nearest = floor(units + Fraction(1, 2))
    whole = {
        "half_up": sign * floor(abs(units) + Fraction(1, 2)),
        "half_even": (below if below % 2 == 0 else below + 1) if tie else nearest,
        "down": sign * floor(abs(units)),
        "up": sign * ceil(abs(units)),
        "floor": below,
        "ceiling": ceil(units),
    }[mode]
    return Fraction(whole, 10**places)
