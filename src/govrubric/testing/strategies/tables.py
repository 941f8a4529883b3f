"""Rubrics x luck -> tables of columns: values at edges, nulls where a flag excuses them, and rows that are refused."""

import random
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings

from govrubric.formula.nodes import Input
from govrubric.loading import shipped, shipped_names
from govrubric.numbers import written
from govrubric.rubric import Rubric
from govrubric.testing.strategies.edges import edges
from govrubric.testing.strategies.rubric import rubrics as drawn
from govrubric.testing.strategies.tally import as_given

Columns = dict[str, list[Any]]
Row = dict[str, Any]
ROW = "row id"  # a column of every table, so that one without inputs has rows; it is no path
# Of so many chances in four an input that may be left out has a column, and a value is not just the one nearest to zero.
CHANCES = (4, 4, 3, 1)


def rows_of(columns: Columns) -> list[Row]:
    """The rows of a table."""
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def columns_of(rubric: Rubric, tallies: Sequence[Mapping[str, Any]]) -> Columns:
    """Tallies, dotted or nested -> a table with a column for every input: what a tally leaves out is what stands for it."""
    cards = [rubric.score(tally) for tally in tallies]
    made: Columns = {ROW: list(range(1, len(cards) + 1))}
    for name, one in rubric.inputs.items():
        made[name] = [_fit(one, card.inputs[name].value) for card in cards]
    return made


def cases() -> Iterator[tuple[Rubric, Columns]]:
    """The shipped rubrics, each with the tallies of its own cases, which people have worked out."""
    for name in shipped_names():
        rubric = shipped(name)
        yield rubric, columns_of(rubric, [case.tally.plain() for case in rubric.text.cases])


def random_tables(rubrics: int, rows: int, seed: int) -> list[tuple[Rubric, Columns]]:
    """So many random rubrics, each with a random table, the same for the same `seed`; of six tables one has no row, or a single one."""
    if not rubrics:
        return []
    luck, found = random.Random(seed), list[Rubric]()

    @hypothesis.seed(seed)
    @settings(
        max_examples=rubrics,
        database=None,
        deadline=None,
        phases=(Phase.generate,),
        suppress_health_check=tuple(HealthCheck),
    )
    @given(drawn())
    def collect(rubric: Rubric) -> None:
        found.append(rubric)

    collect()
    return [(rubric, table(rubric, luck.choice((0, 1, *[rows] * 10)), luck)) for rubric in found]


def table(rubric: Rubric, rows: int, luck: random.Random) -> Columns:
    """A table with columns that a rubric reads, behind a column with the number of each row; in two tables of three every row can be scored.

    Counts are `int`, flags `bool`, numbers `Decimal`, choices `str`; what is left out is ``None``.
    """
    told, present, lively = edges(rubric), luck.choice(CHANCES), luck.choice(CHANCES)
    inputs = {
        name: one
        for name, one in rubric.inputs.items()
        if luck.randrange(4) < (31 if one.required else present)
    }
    made = [_sound(rubric, inputs, told, lively, luck) for _ in range(rows)]
    if luck.randrange(3) == 0:
        for row in made:
            for name in luck.sample(list(inputs), min(len(inputs), luck.choice((0, 0, 1, 1, 2)))):
                row[name] = luck.choice(_wrong(inputs[name]))
    return {ROW: list(range(1, rows + 1)), **{name: [row[name] for row in made] for name in inputs}}


def _sound(
    rubric: Rubric,
    inputs: Mapping[str, Input],
    told: Mapping[str, Sequence[Fraction]],
    lively: int,
    luck: random.Random,
) -> Row:
    """A row that can be scored; of what its flags excuse half is left out."""
    row = {name: _value(one, told.get(name, ()), lively, luck) for name, one in inputs.items()}
    for name, flags in rubric.plan.excused.items():
        if name in row and any(row.get(flag) for flag in flags) and luck.randrange(2):
            row[name] = None
    return row


def _value(one: Input, told: Sequence[Fraction], lively: int, luck: random.Random) -> Any:
    """A value that an input may have: the one nearest to zero, one at an edge, or any."""
    if one.kind == "choice":
        return luck.choice(one.options)
    alive = luck.randrange(4) < lively
    if one.kind == "flag":
        return alive and luck.choice((True, False))
    step = one.step or Fraction(1, one.den)
    anywhere = luck.randint(ceil(one.lo / step), floor(one.hi / step)) * step
    return _fit(
        one, as_given(one, (anywhere if luck.randrange(4) == 0 else luck.choice(told)) if alive else told[0])
    )


def _fit(one: Input, value: Any) -> Any:
    """A value as a column has it, in which all numbers are of one kind."""
    return Decimal(value) if one.kind == "number" and value is not None else value


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
    beside += [low - Fraction(1, one.den), high + Fraction(1, one.den), Fraction(10**13)]
    beside += [low + Fraction(1, 10 ** (one.places + more)) for more in (1, 4)]
    if one.step is not None and one.step > Fraction(1, one.den):
        beside.append(low + Fraction(1, one.den))
    return [None, *(Decimal(written(value)) for value in beside)]
