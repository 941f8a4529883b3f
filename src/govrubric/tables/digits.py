"""Columns of text -> values: each distinct text is read as a tally's, by the same function, so that it means the same."""

from collections.abc import Callable
from typing import Any

from govrubric.document.nodes import Plain
from govrubric.formula.nodes import Input
from govrubric.scoring.tally import whole
from govrubric.tables.engines import Expr, installed

REMEMBERED = 100_000


def parsed(one: Input, bits: int, *, plain: bool) -> Callable[[Expr], Expr]:
    """A column of text -> a column of whole numbers over the input's denominator, or of flags; null for what is none.

    A `plain` text is that of a cell in a file, which may also be a count or a flag.
    """
    polars = installed("polars", "frames")
    kind: Any = {0: polars.Boolean, 32: polars.Int32, 64: polars.Int64, 128: polars.Int128}[bits]
    known: dict[str, int | bool | None] = {}

    def value(text: str) -> int | bool | None:
        if text not in known:
            if len(known) > REMEMBERED:
                known.clear()
            made = whole(one, Plain(text) if plain else text)
            known[text] = made if made is None or bits else bool(made)
        return known[text]

    def column(series: Any) -> Any:
        texts = series.drop_nulls().unique()
        return series.replace_strict(
            texts, polars.Series([value(text) for text in texts], dtype=kind), default=None, return_dtype=kind
        )

    return lambda expr: expr.map_batches(column, return_dtype=kind, is_elementwise=True)
