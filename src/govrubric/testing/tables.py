"""Rubric x luck -> the columns of a random table: values at edges, nulls where a flag excuses them, and rows that are refused."""

import random
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

from govrubric.formula import Input
from govrubric.numbers import written
from govrubric.rubric import Rubric
from govrubric.testing.edges import edges
from govrubric.testing.tally import as_given

Columns = dict[str, list[Any]]
ROW = "row id"  # a column of every table, so that one without inputs has rows; it is no path
# How often an input that may be left out has a column, of 4 times; and a value that is not zero, of 4 times.
SHARES = (4, 4, 3, 1)


def table(rubric: Rubric, rows: int, luck: random.Random) -> Columns:
    """A table with the columns that a rubric reads, and behind a column with the number of each row.

    Counts are `int`, flags `bool`, numbers `int` or `Decimal`, choices `str`; what is left out is ``None``. In two tables of three every row
    can be scored.
    """
    told, present, lively = edges(rubric), luck.choice(SHARES), luck.choice(SHARES)
    inputs = {name: one for name, one in rubric.inputs.items() if luck.randrange(4) < (31 if one.required else present)}
    made = [_sound(rubric, inputs, told, lively, luck) for _ in range(rows)]
    if luck.randrange(3) == 0:
        for row in made:
            for name in luck.sample(list(inputs), min(len(inputs), luck.choice((0, 0, 1, 1, 2)))):
                row[name] = luck.choice(_wrong(inputs[name]))
    return {ROW: list(range(1, rows + 1)), **{name: [row[name] for row in made] for name in inputs}}


def _sound(rubric: Rubric, inputs: Mapping[str, Input], told: Mapping[str, Sequence[Fraction]], lively: int, luck: random.Random) -> dict[str, Any]:
    """A row that can be scored; of what its flags excuse half is left out."""
    row = {name: _value(one, told.get(name, ()), lively, luck) for name, one in inputs.items()}
    for name, flags in rubric.plan.excused.items():
        if name in row and any(row.get(flag) for flag in flags) and luck.randrange(2):
            row[name] = None
    return row


def _value(one: Input, told: Sequence[Fraction], lively: int, luck: random.Random) -> Any:
    """A value that an input may have: at an edge, anywhere, or the one nearest to zero."""
    if one.kind == "choice":
        return luck.choice(one.options)
    if luck.randrange(4) >= lively:
        return False if one.kind == "flag" else as_given(one, told[0])
    if one.kind == "flag":
        return luck.choice((True, False))
    if luck.randrange(4):
        return as_given(one, luck.choice(told))
    step = one.step or Fraction(1, one.den)
    return as_given(one, luck.randint(ceil(one.lo / step), floor(one.hi / step)) * step)


def _wrong(one: Input) -> list[Any]:
    """What no row may give for an input, or not without a flag that excuses it: of the kind that its column has."""
    if one.kind == "flag":
        return [None]
    if one.kind == "choice":
        return [None, f"{one.options[0]} ", "nonesuch", ""]
    low, high = (Fraction(whole(end * one.den), one.den) for whole, end in ((ceil, one.lo), (floor, one.hi)))
    beside = [low - 1, high + 1]
    if one.kind == "count":
        return [None, *map(int, beside), -(2**63), 2**63 - 1]
    beside += [low - Fraction(1, one.den), high + Fraction(1, one.den)]
    beside += [low + Fraction(1, 10 ** (one.places + more)) for more in (1, 4)]
    if one.step is not None:
        beside.append(low + one.step / 2)
    return [None, *(Decimal(written(value)) for value in beside)]
