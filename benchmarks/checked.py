"""What a variant returned -> how many units have another total, or another item, than they must; wanted in thousandths."""

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
    numbers = {name for name, one in rubric.inputs.items() if one.kind == "number"}
    columns = {
        name: column * numpy.int32(100 // table.given) if name in numbers else column
        for name, column in table.columns.items()
    }
    scored = Scored(rubric, Table(columns, 100)).run(items=True)
    return {
        path: column.astype(numpy.int64) * 1000 // SCALES.get(path, 10) for path, column in scored.items()
    }


def framed(scored: Mapping[str, Column]) -> polars.DataFrame:
    """Columns written out by hand -> a frame that says in its names what a point is."""
    return polars.DataFrame({f"{path}/{SCALES.get(path, 10)}": column for path, column in scored.items()})


def thousandths(column: polars.Series) -> Column:
    """Whole numbers named after what a point is, or decimals -> thousandths."""
    _, mark, scale = column.name.partition("/")
    if mark:
        return column.to_numpy().astype(numpy.int64) * 1000 // int(scale)
    return column.cast(polars.Decimal(38, 3)).to_physical().cast(polars.Int64).to_numpy()


def exactly(want: Want, paths: int, read: Callable[[Any], polars.DataFrame]) -> Wrong:
    """Of a frame with totals, or with items too: every number counts, and `paths` of them must be there."""

    def wrong(result: Any) -> int:
        got = {
            path: column
            for column in read(result).iter_columns()
            if (path := column.name.partition("/")[0]) in want
        }
        assert len(got) == paths, sorted(got)
        differs = numpy.zeros(len(want["total"]), dtype=bool)
        for path, column in got.items():
            differs |= thousandths(column) != want[path]
        return int(differs.sum())

    return wrong


def floats(want: Want, read: Callable[[Any], Any]) -> Wrong:
    """Of totals as floats: each counts as the hundredths that are nearest to it."""
    return lambda result: int(
        (
            numpy.rint(numpy.asarray(read(result), dtype=numpy.float64) * 100).astype(numpy.int64) * 10
            != want["total"]
        ).sum()
    )
