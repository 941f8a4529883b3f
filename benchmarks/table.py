"""A number of units -> columns of invented counts, flags and judged numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy
import numpy.typing
import polars

import govrubric

Column = numpy.typing.NDArray[Any]

# Mostly few cases, and some that empty an item.
CASES = numpy.array((0, 0, 0, 1, 2, 3, 5, 8, 60), dtype=numpy.int32)


@dataclass(frozen=True)
class Table:
    """Counts as int32, flags as bool, judged numbers as int32, in which `given` (1 or 100) is a point."""

    columns: Mapping[str, Column]
    given: int

    @property
    def units(self) -> int:
        return len(next(iter(self.columns.values())))

    def head(self, units: int) -> "Table":
        """The first units."""
        return Table({name: column[:units] for name, column in self.columns.items()}, self.given)


def made(rubric: govrubric.Rubric, units: int, given: int, seed: int = 2023) -> Table:
    """Invented units, the same each time."""
    random = numpy.random.default_rng(seed)
    columns: dict[str, Column] = {}
    for name, input_ in rubric._inputs.items():
        if input_.kind == "count":
            columns[name] = random.choice(CASES, units)
        elif input_.kind == "flag":
            columns[name] = random.random(units) < 0.2
        else:
            most = int(input_.hi) * given
            columns[name] = random.integers(0, most, units, dtype=numpy.int32, endpoint=True)
    return Table(columns, given)


def frame(table: Table) -> polars.DataFrame:
    """The table as a frame of polars, with the same whole numbers."""
    return polars.DataFrame({name: polars.Series(name, column) for name, column in table.columns.items()})


def judged(rubric: govrubric.Rubric) -> list[str]:
    """The inputs that are judged numbers."""
    return [name for name, one in rubric._inputs.items() if one.kind == "number"]


def decimals(rubric: govrubric.Rubric, whole: polars.DataFrame) -> polars.DataFrame:
    """Hundredths -> the same numbers as decimals with two places."""
    hundredth = polars.lit("0.01").cast(polars.Decimal(38, 2))
    return whole.with_columns(
        (polars.col(name).cast(polars.Decimal(38, 2)) * hundredth).cast(polars.Decimal(5, 2))
        for name in judged(rubric)
    )


def tallies(table: Table) -> Iterator[dict[str, Any]]:
    """The rows as tallies of whole numbers."""
    for values in zip(*(column.tolist() for column in table.columns.values()), strict=True):
        yield dict(zip(table.columns, values, strict=True))
