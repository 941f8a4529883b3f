"""A table -> govrubric over each engine; a variant gives decimals unless it is `scaled`."""

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from typing import Any, Literal

import polars

import checked
import govrubric
from rounds import Variant
from table import Table, decimals, frame


def variants(
    rubric: govrubric.Rubric, table: Table, want: checked.Want, items: bool, spark: Any = None
) -> Iterator[Variant]:
    """Every engine for a table of whole points; polars alone for hundredths, as decimals with two places."""
    detail: Literal["total", "items"] = "items" if items else "total"
    size = len(want) if items else 1
    note = "whole points" if table.given == 1 else "decimals"
    units = frame(table) if table.given == 1 else decimals(rubric, frame(table))
    lazy = units.lazy()

    def ours(
        name: str, run: Callable[[], Any], read: Callable[[Any], polars.DataFrame] = lambda got: got
    ) -> Variant:
        return Variant(
            f"govrubric, {name}", "ours", note, table.units, run, checked.exactly(want, size, read)
        )

    yield ours("polars, scaled", lambda: rubric.score_frame(units, detail=detail, scaled=True))
    yield ours(
        "polars lazy, scaled",
        lambda: rubric.score_frame(lazy, detail=detail, scaled=True).collect(engine="streaming"),
    )
    yield ours("polars", lambda: rubric.score_frame(units, detail=detail))
    if table.given != 1:
        return
    new = list(want) if items else ["total"]
    arrow = units.to_arrow()
    if find_spec("pandas"):
        many = units.to_pandas()
        yield ours(
            "pandas",
            lambda: rubric.score_frame(many, detail=detail),
            lambda got: polars.from_pandas(got[new]),
        )
    yield ours("pyarrow", lambda: rubric.score_frame(arrow, detail=detail), polars.DataFrame)
    if find_spec("duckdb"):
        import duckdb

        base = duckdb.connect()
        base.register("given", arrow)
        base.execute("CREATE TABLE units AS SELECT * FROM given")
        wanted = ", ".join(f'"{path}"' for path in new)
        yield ours(
            "DuckDB",
            lambda: rubric.score_frame(base.table("units"), detail=detail).select(wanted).to_arrow_table(),
            polars.DataFrame,
        )
    if spark is not None:
        rows = spark.createDataFrame(arrow).cache()
        rows.count()
        quoted = [f"`{path}`" for path in new]
        yield ours(
            "PySpark",
            lambda: rubric.score_frame(rows, detail=detail).select(*quoted).toArrow(),
            polars.DataFrame,
        )
