"""Columns of text -> values, read by the function that reads a tally; each distinct text is read once."""

from collections.abc import Callable
from typing import Any

from govrubric.document.nodes import Plain
from govrubric.formula.nodes import Input
from govrubric.scoring.values import whole
from govrubric.tables.engines import Expr, installed

REMEMBERED = 100_000


def texts(column: Any) -> list[str | None]:
    """The texts of a column of polars, which may have taken bytes that are not UTF-8 from elsewhere."""
    cells = column.cast(installed("polars").Binary)
    return [None if cell is None else cell.decode("utf-8", "replace") for cell in cells]


def parsed(input_: Input, bits: int, *, plain: bool) -> Callable[[Expr], Expr]:
    """A column of text -> whole numbers over the input's denominator, or flags.

    A text that is no value becomes null. A `plain` text is a cell of a CSV file, which may be a count or a
    flag too.
    """
    polars = installed("polars", "frames")
    dtype: Any = {0: polars.Boolean, 32: polars.Int32, 64: polars.Int64, 128: polars.Int128}[bits]
    known: dict[str | None, int | bool | None] = {}

    def value(text: str | None) -> int | bool | None:
        if text not in known:
            if len(known) > REMEMBERED:
                known.clear()
            number = whole(input_, Plain(text) if plain else text)
            known[text] = number if number is None or bits else bool(number)
        return known[text]

    def column(series: Any) -> Any:
        distinct = series.drop_nulls().unique()
        values = polars.Series([value(text) for text in texts(distinct)], dtype=dtype)
        return series.replace_strict(distinct, values, default=None, return_dtype=dtype)

    return lambda expr: expr.map_batches(column, return_dtype=dtype, is_elementwise=True)
