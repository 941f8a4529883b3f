"""Every engine of `score_frame`, as a backend for `govrubric.testing.check_backend`.

The same values come in columns of every type that an engine has: whole numbers of every width, decimals with
more places than they need, text, categories. The columns are in one piece or several, in any order, and
beside others.
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
    (pa.int32(), -(2**31), 2**31), (pa.uint32(), 0, 2**32),
    (pa.int64(), -(2**63), 2**63), (pa.uint64(), 0, 2**64),
)  # fmt: skip
CARRIED = ("score of last year", "Größe", 'a\'b "c"')


@dataclass(frozen=True)
class Engine:
    """A kind of table: how it is made from Arrow data (`make`) and read (`rows`).

    `text`: it may hold numbers as text. `unsigned`: it has unsigned whole numbers.
    """

    name: str
    make: Callable[[Any, Rubric, random.Random], Any]
    rows: Callable[[Any], list[Row]]
    text: bool = True
    unsigned: bool = True


@dataclass(frozen=True)
class Scored:
    """An engine as a backend; wrong rows are reported, by chance only after they were raised."""

    engine: Engine
    detail: Detail = "rules"
    scaled: bool = False

    def __call__(self, rubric: Rubric, columns: Columns) -> list[Row]:
        luck = random.Random(f"{self}{rubric.id}{len(columns[ROW])}{list(columns)}")
        table = arrow(rubric, columns, self.engine, luck)
        frame = self.engine.make(table, rubric, luck)
        attempts: list[Literal["raise", "report"]] = [luck.choice(("raise", "report")), "report"]
        for on_error in attempts:
            try:
                scored = rubric.score_frame(frame, detail=self.detail, on_error=on_error, scaled=self.scaled)
                rows = self.engine.rows(scored)
                break
            except TallyError as error:
                if error.diagnostics[0].code == "GR653":
                    raise NotImplementedError(error.diagnostics[0].message()) from None
                if error.diagnostics[0].code != "GR650" or on_error == "report":
                    raise
        if rows:
            names = list(rows[0])
            assert names[: len(table.column_names)] == table.column_names, (
                "the columns of the table come first"
            )
            assert any("/" in name for name in names) or not self.scaled
        return sorted(rows, key=lambda row: int(row[ROW]))


def arrow(rubric: Rubric, columns: Columns, engine: Engine, luck: random.Random) -> Any:
    """The columns as a table of pyarrow: in a random order, with others among them, in one piece or two."""
    rows = len(columns[ROW])
    arrays = {ROW: pa.array(columns[ROW], pa.int64())}
    arrays |= {
        name: column(rubric._inputs[name].kind, values, engine, luck)
        for name, values in columns.items()
        if name != ROW
    }
    others = luck.sample(CARRIED, luck.randint(0, 2))
    arrays |= {name: pa.array([0.1] * rows, pa.float64()) for name in others}
    names = list(arrays)
    luck.shuffle(names)
    table = pa.table({name: arrays[name] for name in names})
    if rows < 2 or luck.randrange(2):
        return table
    cut = luck.randrange(1, rows)
    return pa.concat_tables([table.slice(0, cut), table.slice(cut)])


def column(kind: str, values: Cells, engine: Engine, luck: random.Random) -> Any:
    """The cells of an input as a column of one of the types that it may have."""
    if kind in ("flag", "choice"):
        return pa.array(values, pa.bool_() if kind == "flag" else pa.string())
    integral = all(value is None or value == int(value) for value in values)
    if integral and luck.randrange(4):
        cells = [None if value is None else int(value) for value in values]
        return whole(cells, luck, unsigned=engine.unsigned)
    if kind == "number" and engine.text and not luck.randrange(3):
        return pa.array([None if value is None else f"{value:f}" for value in values], pa.string())
    return decimals(values, luck, more=kind == "number")


def whole(values: Cells, luck: random.Random, *, unsigned: bool) -> Any:
    """Whole numbers, of any width that holds them."""
    numbers = [value for value in values if value is not None]
    types = [
        type_
        for type_, low, high in WIDTHS
        if all(low <= value < high for value in numbers) and (unsigned or low < 0)
    ]
    return pa.array(values, luck.choice(types))


def decimals(values: Cells, luck: random.Random, *, more: bool) -> Any:
    """Decimals with as many places as the values need, or with more."""
    numbers = [Fraction(value) for value in values if value is not None]
    places = max((places_of(value) or 0 for value in numbers), default=0)
    digits = max((len(str(int(abs(value)))) for value in numbers), default=1)
    scale = luck.choice((places, places, places + 1, places + 3, max(places, 9))) if more else 0
    return pa.array(
        [None if value is None else Decimal(value) for value in values],
        pa.decimal128(luck.choice((digits + scale, 38)), scale),
    )


def of_polars(table: Any, rubric: Rubric, luck: random.Random) -> Any:
    """A frame of polars, with the types that only polars has."""
    import polars as pl

    frame = pl.DataFrame(table)
    for name, input_ in rubric._inputs.items():
        if name in frame.columns and input_.kind == "choice" and not luck.randrange(2):
            words = sorted({*frame[name].drop_nulls(), *input_.options})
            frame = frame.with_columns(pl.col(name).cast(luck.choice((pl.Categorical(), pl.Enum(words)))))
        elif name in frame.columns and frame[name].dtype.is_integer() and not luck.randrange(4):
            frame = frame.with_columns(pl.col(name).cast(pl.Int128))
    return frame


def of_lazy(table: Any, rubric: Rubric, luck: random.Random) -> Any:
    return of_polars(table, rubric, luck).lazy()


def of_pandas(table: Any, rubric: Rubric, luck: random.Random) -> Any:
    """A frame of pandas in its nullable types, or in those of Arrow; its index does not number the rows."""
    import pandas as pd

    own = {
        pa.int8(): pd.Int8Dtype(), pa.uint8(): pd.UInt8Dtype(), pa.int16(): pd.Int16Dtype(),
        pa.uint16(): pd.UInt16Dtype(), pa.int32(): pd.Int32Dtype(), pa.uint32(): pd.UInt32Dtype(),
        pa.int64(): pd.Int64Dtype(), pa.uint64(): pd.UInt64Dtype(),
        pa.bool_(): pd.BooleanDtype(), pa.string(): pd.StringDtype(),
    }  # fmt: skip
    frame = table.to_pandas(types_mapper=luck.choice((own.get, pd.ArrowDtype)))
    for name, input_ in rubric._inputs.items():
        if name not in frame.columns or luck.randrange(3):
            continue
        if input_.kind == "choice":
            frame[name] = frame[name].astype("category")
        elif input_.kind != "number" and not frame[name].isna().any():
            type_ = "bool" if input_.kind == "flag" else luck.choice(("int64", "object"))
            frame[name] = frame[name].astype(type_)
    return frame.set_axis([f"i{number}" for number in range(len(frame))][::-1], axis=0)


def rows_of_pandas(frame: Any) -> list[Row]:
    import pandas as pd

    return [
        {name: None if value is pd.NA else value for name, value in row.items()}
        for row in frame.to_dict("records")
    ]


def of_pyarrow(table: Any, _rubric: Rubric, luck: random.Random) -> Any:
    """A table of pyarrow, or at times a record batch."""
    if luck.randrange(4) or not len(table):
        return table
    return table.combine_chunks().to_batches()[0]


class Capsule:
    """An object that exports Arrow data, and has no other interface."""

    def __init__(self, table: Any) -> None:
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)


def of_capsule(table: Any, _rubric: Rubric, _luck: random.Random) -> Any:
    return Capsule(table)


def of_duckdb(table: Any, rubric: Rubric, luck: random.Random) -> Any:
    """A relation of DuckDB over Arrow data, at times with counts of the widest whole numbers."""
    import duckdb

    relation = duckdb.from_arrow(table)
    if luck.randrange(2):
        return relation
    counts = {name for name, input_ in rubric._inputs.items() if input_.kind == "count"}
    columns = []
    for name in relation.columns:
        quoted = '"' + name.replace('"', '""') + '"'
        columns.append(f"{quoted}::HUGEINT AS {quoted}" if name in counts else quoted)
    return relation.project(", ".join(columns))


def rows_of_duckdb(relation: Any) -> list[Row]:
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


@cache
def spark() -> Any:
    """A session of PySpark on this machine, which takes seconds to start."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]")
    for key, value in (
        ("spark.ui.enabled", "false"),
        ("spark.ui.showConsoleProgress", "false"),
        ("spark.sql.shuffle.partitions", "1"),
        ("spark.log.level", "ERROR"),
    ):
        builder = builder.config(key, value)
    return builder.getOrCreate()


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
