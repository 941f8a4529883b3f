"""Rubrics x a seed -> tables: values at edges, nulls that a flag excuses, and rows that are refused."""

import random
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor
from typing import Any

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings

from govrubric.formula.nodes import Input
from govrubric.loading import shipped, shipped_names
from govrubric.numbers import decimal, exact
from govrubric.rubric import Rubric
from govrubric.testing.strategies.edges import edges
from govrubric.testing.strategies.rubric import rubrics as drawn
from govrubric.testing.strategies.tally import SHARES, as_given, beside_cases

Columns = dict[str, list[Any]]
Row = dict[str, Any]
ROW = "row id"  # a column of every table, so that a table without inputs has rows; it is not a path
# In a table these are the chances in four that an optional input has a column, and that a value is not the
# value nearest to zero.
CHANCES = (4, 4, 3, 1)


def rows_of(columns: Columns) -> list[Row]:
    """The rows of a table."""
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def columns_of(rubric: Rubric, tallies: Sequence[Mapping[str, Any]]) -> Columns:
    """Tallies, dotted or nested -> a table with a column for every input; defaults fill the gaps."""
    rows = [rubric.score(tally).inputs for tally in tallies]
    columns: Columns = {ROW: list(range(1, len(rows) + 1))}
    for name, input_ in rubric._inputs.items():
        columns[name] = [_cell(input_, row[name].value) for row in rows]
    return columns


def cases() -> Iterator[tuple[Rubric, Columns]]:
    """The shipped rubrics, each with the tallies of its own cases, whose results were computed by hand."""
    for name in shipped_names():
        rubric = shipped(name)
        yield rubric, columns_of(rubric, [case.tally.plain() for case in rubric._text.cases])


def random_tables(rubrics: int, rows: int, seed: int) -> list[tuple[Rubric, Columns]]:
    """Random rubrics, each with a random table, the same for the same `seed`.

    One table in six has no row, or a single row.
    """
    if not rubrics:
        return []
    luck, collected = random.Random(seed), list[Rubric]()

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
        collected.append(rubric)

    collect()
    return [(rubric, table(rubric, luck.choice((0, 1, *[rows] * 10)), luck)) for rubric in collected]


def table(rubric: Rubric, rows: int, luck: random.Random) -> Columns:
    """A table: a column with the number of each row, then columns of the rubric's inputs.

    In two tables of three every row can be scored. Counts are `int`, flags `bool`, numbers `Decimal`, choices
    `str`; an input that is left out is ``None``.
    """
    values, present, lively = edges(rubric), luck.choice(CHANCES), luck.choice(CHANCES)
    inputs = {
        name: input_
        for name, input_ in rubric._inputs.items()
        if luck.randrange(4) < (4 if input_.required else present)
    }
    cells = [_valid_row(rubric, inputs, values, lively, luck) for _ in range(rows)]
    if luck.randrange(3) == 0:
        for row in cells:
            for name in luck.sample(list(inputs), min(len(inputs), luck.choice((0, 0, 1, 1, 2)))):
                row[name] = luck.choice(_wrong(inputs[name]))
    return {ROW: list(range(1, rows + 1)), **{name: [row[name] for row in cells] for name in inputs}}


def _valid_row(
    rubric: Rubric,
    inputs: Mapping[str, Input],
    values: Mapping[str, Sequence[Fraction]],
    lively: int,
    luck: random.Random,
) -> Row:
    """A row that can be scored. Half of the inputs that its flags excuse are left out."""
    row = {name: _value(input_, values.get(name, ()), lively, luck) for name, input_ in inputs.items()}
    fitting = beside_cases(rubric, row, lambda: luck.choice(SHARES))
    row = {name: _cell(inputs[name], value) for name, value in fitting.items()}
    given = {name: value for name, value in row.items() if value is not None}
    raised = {name for name, value in given.items() if value is True} | rubric._derived.raised_by(given)
    for name, flags in rubric._plan.excused.items():
        if name in row and not raised.isdisjoint(flags) and luck.randrange(2):
            row[name] = None
    return row


def _value(input_: Input, values: Sequence[Fraction], lively: int, luck: random.Random) -> Any:
    """A value that an input may have: the value nearest to zero, an edge, or any value."""
    if input_.kind == "choice":
        return luck.choice(input_.options)
    alive = luck.randrange(4) < lively
    if input_.kind == "flag":
        return alive and luck.choice((True, False))
    step = input_.step or Fraction(1, input_.den)
    low = input_.lo if input_.gap is None else input_.gap
    anywhere = luck.randint(ceil(low / step), floor(input_.hi / step)) * step
    value = values[0]
    if alive:
        value = anywhere if luck.randrange(4) == 0 else luck.choice(values)
    return _cell(input_, as_given(input_, value))


def _cell(input_: Input, value: Any) -> Any:
    """A value as a cell of a column, in which all numbers have the same type."""
    return decimal(exact(value)) if input_.kind == "number" and value is not None else value


def _wrong(input_: Input) -> list[Any]:
    """Values of the column's type that an input must not have; None is wrong unless a flag excuses it."""
    if input_.kind == "flag":
        return [None]
    if input_.kind == "choice":
        return [None, f"{input_.options[0]} ", "nonesuch", ""]
    unit = Fraction(1, input_.den)
    low, high = ceil(input_.lo / unit) * unit, floor(input_.hi / unit) * unit
    wrong = [low - 1, high + 1]
    if input_.kind == "count":
        return [None, *map(int, wrong), -(2**63), 2**63 - 1]
    wrong += [low - unit, high + unit, Fraction(10**13)]
    wrong += [low + Fraction(1, 10 ** (input_.places + digits)) for digits in (1, 4)]
    if input_.step is not None and input_.step > unit:
        wrong.append(low + unit)
    if input_.gap is not None and input_.gap > unit:
        wrong += [unit, input_.gap - unit]
    if input_.each is not None:
        wrong.append(high)
    return [None, *(decimal(value) for value in wrong)]
