"""The result of a variant -> the number of units with a wrong total or item; all in thousandths."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy
import polars

import govrubric
from form import SCALES
from numpy_by_hand import Scored
from table import Column, Table

Want = Mapping[str, Column]
Wrong = Callable[[Any], int]


def wanted(rubric: govrubric.Rubric, table: Table) -> Want:
    """Every item and the total of every unit, in thousandths."""
    numbers = {name for name, input_ in rubric._inputs.items() if input_.kind == "number"}
    columns = {
        name: column * numpy.int32(100 // table.given) if name in numbers else column
        for name, column in table.columns.items()
    }
    scored = Scored(rubric, Table(columns, 100)).run(items=True)
    return {
        path: column.astype(numpy.int64) * 1000 // SCALES.get(path, 10) for path, column in scored.items()
    }


def framed(scored: Mapping[str, Column]) -> polars.DataFrame:
    """Columns computed by hand -> a frame whose names end in the number that stands for a point."""
    return polars.DataFrame({f"{path}/{SCALES.get(path, 10)}": column for path, column in scored.items()})


def thousandths(column: polars.Series) -> Column:
    """Whole numbers, with the scale in their name, or decimals -> thousandths."""
    _, mark, scale = column.name.partition("/")
    if mark:
        return column.to_numpy().astype(numpy.int64) * 1000 // int(scale)
    return column.cast(polars.Decimal(38, 3)).to_physical().cast(polars.Int64).to_numpy()


def exactly(want: Want, paths: int, read: Callable[[Any], polars.DataFrame]) -> Wrong:
    """A check of a frame with totals, or with items too: all numbers, in `paths` columns."""

    def wrong(result: Any) -> int:
        columns = {column.name.partition("/")[0]: column for column in read(result).iter_columns()}
        scored = {path: column for path, column in columns.items() if path in want}
        assert len(scored) == paths, sorted(scored)
        differs = numpy.zeros(len(want["total"]), dtype=bool)
        for path, column in scored.items():
            differs |= thousandths(column) != want[path]
        return int(differs.sum())

    return wrong


def floats(want: Want, read: Callable[[Any], Any]) -> Wrong:
    """A check of totals as floats: each is taken as the nearest hundredth."""

    def wrong(result: Any) -> int:
        hundredths = numpy.rint(numpy.asarray(read(result), dtype=numpy.float64) * 100)
        return int((hundredths.astype(numpy.int64) * 10 != want["total"]).sum())

    return wrong
