"""Every engine that `score_frame` knows as a backend of `govrubric.testing.check_backend`, and what each of them cannot do.

The same values come in all the kinds of columns that an engine has: whole numbers of every width, decimals with more places than they
need, text, categories; in one piece or several, in any order, and beside columns that are carried along.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, Literal

import pyarrow as pa

from govrubric import Rubric, TallyError
from govrubric.numbers import places_of
from govrubric.testing.strategies.tables import ROW, Columns, Row

Detail = Literal["total", "items", "rules"]
Cells = Sequence[Any]
WIDTHS = (
    (pa.int8(), -(2**7), 2**7), (pa.uint8(), 0, 2**8), (pa.int16(), -(2**15), 2**15), (pa.uint16(), 0, 2**16),
    (pa.int32(), -(2**31), 2**31), (pa.uint32(), 0, 2**32), (pa.int64(), -(2**63), 2**63), (pa.uint64(), 0, 2**64),
)  # fmt: skip
CARRIED = ("score of last year", "Größe", 'a\'b "c"')


@dataclass(frozen=True)
class Engine:
    """A kind of table: how it is made of Arrow data and read again, and whether it has numbers as `text` and without a sign."""

    name: str
    make: Callable[[Any, Rubric, random.Random], Any]
    rows: Callable[[Any], list[Row]]
    text: bool = True
    unsigned: bool = True


@dataclass(frozen=True)
class Scored:
    """An engine as a backend: a table with wrong rows is refused or reported, by turns, and reported once it was refused."""

    engine: Engine
    detail: Detail = "rules"
    scaled: bool = False

    def __call__(self, rubric: Rubric, columns: Columns) -> list[Row]:
        luck = random.Random(f"{self}{rubric.id}{len(columns[ROW])}{list(columns)}")
        table = arrow(rubric, columns, self.engine, luck)
        frame = self.engine.make(table, rubric, luck)
        ways: list[Literal["raise", "report"]] = [luck.choice(("raise", "report")), "report"]
        for way in ways:
            try:
                rows = self.engine.rows(
                    rubric.score_frame(frame, detail=self.detail, on_error=way, scaled=self.scaled)
                )
                break
            except TallyError as error:
                if error.diagnostics[0].code == "GR653":
                    raise NotImplementedError(error.diagnostics[0].message()) from None
                if error.diagnostics[0].code != "GR650" or way == "report":
                    raise
        if rows:
            names = list(rows[0])
            assert names[: len(table.column_names)] == table.column_names, "what was there stays in front"
            assert any("/" in name for name in names) or not self.scaled
        return sorted(rows, key=lambda row: int(row[ROW]))


def arrow(rubric: Rubric, columns: Columns, engine: Engine, luck: random.Random) -> Any:
    """The columns as a table of pyarrow: in a random order, some carried along, in one piece or two."""
    rows = len(columns[ROW])
    made = {ROW: pa.array(columns[ROW], pa.int64())}
    made |= {
        name: column(rubric.inputs[name].kind, values, engine, luck)
        for name, values in columns.items()
        if name != ROW
    }
    made |= {name: pa.array([0.1] * rows, pa.float64()) for name in luck.sample(CARRIED, luck.randint(0, 2))}
    names = list(made)
    luck.shuffle(names)
    table = pa.table({name: made[name] for name in names})
    if rows < 2 or luck.randrange(2):
        return table
    cut = luck.randrange(1, rows)
    return pa.concat_tables([table.slice(0, cut), table.slice(cut)])


def column(kind: str, values: Cells, engine: Engine, luck: random.Random) -> Any:
    """The cells of an input as a column of one of the kinds that it may have."""
    if kind in ("flag", "choice"):
        return pa.array(values, pa.bool_() if kind == "flag" else pa.string())
    integral = all(value is None or value == int(value) for value in values)
    if integral and luck.randrange(4):
        return whole(
            [None if value is None else int(value) for value in values], luck, unsigned=engine.unsigned
        )
    if kind == "number" and engine.text and not luck.randrange(3):
        return pa.array([None if value is None else f"{value:f}" for value in values], pa.string())
    return decimals(values, luck, more=kind == "number")


def whole(values: Cells, luck: random.Random, *, unsigned: bool) -> Any:
    """Whole numbers, of any width that holds them."""
    some = [value for value in values if value is not None]
    fit = [
        kind
        for kind, low, high in WIDTHS
        if all(low <= value < high for value in some) and (unsigned or low < 0)
    ]
    return pa.array(values, luck.choice(fit))


def decimals(values: Cells, luck: random.Random, *, more: bool) -> Any:
    """Decimals with as many places as the values need, or with more."""
    some = [Fraction(value) for value in values if value is not None]
    places = max((places_of(value) or 0 for value in some), default=0)
    digits = max((len(str(int(abs(value)))) for value in some), default=1)
    scale = luck.choice((places, places, places + 1, places + 3, max(places, 9))) if more else 0
    return pa.array(
        [None if value is None else Decimal(value) for value in values],
        pa.decimal128(luck.choice((digits + scale, 38)), scale),
    )


def of_polars(table: Any, rubric: Rubric, luck: random.Random) -> Any:
    """A frame of polars, with the kinds that only polars has."""
    import polars as pl

    frame = pl.DataFrame(table)
    for name, one in rubric.inputs.items():
        if name in frame.columns and one.kind == "choice" and not luck.randrange(2):
            words = sorted({*frame[name].drop_nulls(), *one.options})
            frame = frame.with_columns(pl.col(name).cast(luck.choice((pl.Categorical(), pl.Enum(words)))))
        elif name in frame.columns and frame[name].dtype.is_integer() and not luck.randrange(4):
            frame = frame.with_columns(pl.col(name).cast(pl.Int128))
    return frame


def of_lazy(table: Any, rubric: Rubric, luck: random.Random) -> Any:
    return of_polars(table, rubric, luck).lazy()


def of_pandas(table: Any, rubric: Rubric, luck: random.Random) -> Any:
    """A frame of pandas in its own kinds, those with a null among them, or in those of Arrow; its index is no count of its rows."""
    import pandas as pd

    own = {pa.int8(): pd.Int8Dtype(), pa.uint8(): pd.UInt8Dtype(), pa.int16(): pd.Int16Dtype(), pa.uint16(): pd.UInt16Dtype(),
           pa.int32(): pd.Int32Dtype(), pa.uint32(): pd.UInt32Dtype(), pa.int64(): pd.Int64Dtype(), pa.uint64(): pd.UInt64Dtype(),
           pa.bool_(): pd.BooleanDtype(), pa.string(): pd.StringDtype()}  # fmt: skip
    frame = table.to_pandas(types_mapper=luck.choice((own.get, pd.ArrowDtype)))
    for name, one in rubric.inputs.items():
        if name not in frame.columns or luck.randrange(3):
            continue
        if one.kind == "choice":
            frame[name] = frame[name].astype("category")
        elif one.kind != "number" and not frame[name].isna().any():
            frame[name] = frame[name].astype(
                "bool" if one.kind == "flag" else luck.choice(("int64", "object"))
            )
    return frame.set_axis([f"i{number}" for number in range(len(frame))][::-1], axis=0)


def rows_of_pandas(frame: Any) -> list[Row]:
    import pandas as pd

    return [
        {name: None if value is pd.NA else value for name, value in row.items()}
        for row in frame.to_dict("records")
    ]


def of_pyarrow(table: Any, _rubric: Rubric, luck: random.Random) -> Any:
    return table if luck.randrange(4) else table.combine_chunks().to_batches()[0] if len(table) else table


class Capsule:
    """Something that exports Arrow data and is nothing else."""

    def __init__(self, table: Any) -> None:
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)


def of_capsule(table: Any, _rubric: Rubric, _luck: random.Random) -> Any:
    return Capsule(table)


def of_duckdb(table: Any, rubric: Rubric, luck: random.Random) -> Any:
    """A relation of DuckDB over Arrow data, or over a table of its own with its enumerations and widest numbers."""
    import duckdb

    relation = duckdb.from_arrow(table)
    if luck.randrange(2):
        return relation
    cast = {
        name: "HUGEINT"
        for name, one in rubric.inputs.items()
        if name in relation.columns and one.kind == "count"
    }
    quoted = {name: '"' + name.replace('"', '""') + '"' for name in relation.columns}
    return relation.project(
        ", ".join(
            f"{quoted[name]}::{cast[name]} AS {quoted[name]}" if name in cast else quoted[name]
            for name in quoted
        )
    )


def rows_of_duckdb(relation: Any) -> list[Row]:
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


@cache
def spark() -> Any:
    """A session of PySpark on this machine, which takes seconds to start."""
    from pyspark.sql import SparkSession

    made = (
        SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
    )
    return made.config("spark.sql.shuffle.partitions", "1").config("spark.log.level", "ERROR").getOrCreate()


def of_pyspark(table: Any, _rubric: Rubric, _luck: random.Random) -> Any:
    return spark().createDataFrame(table)


ENGINES: Mapping[str, Engine] = {
    engine.name: engine
    for engine in (
        Engine("polars", of_polars, lambda frame: list(frame.to_dicts())),
        Engine("lazy", of_lazy, lambda frame: list(frame.collect().to_dicts())),
        Engine("pandas", of_pandas, rows_of_pandas),
        Engine("pyarrow", of_pyarrow, lambda table: list(table.to_pylist())),
        Engine("capsule", of_capsule, lambda frame: list(frame.to_dicts())),
        Engine("duckdb", of_duckdb, rows_of_duckdb, text=False),
        Engine(
            "pyspark",
            of_pyspark,
            lambda frame: [row.asDict() for row in frame.collect()],
            text=False,
            unsigned=False,
        ),
    )
}
