"""Every engine that `score_frame` knows as a backend of `govrubric.testing.check_backend`: columns of values -> its own table -> rows.

The same values come in all the kinds of columns that an engine has: whole numbers of every width, decimals with more places than they
need, text, categories; in one piece or several, and beside columns that are carried along.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import pyarrow as pa

from govrubric import Rubric, TallyError
from govrubric.numbers import places_of
from govrubric.testing.tables import ROW, Columns

Detail = Literal["total", "items", "rules"]
WIDTHS = (
    (pa.int8(), -(2**7), 2**7), (pa.uint8(), 0, 2**8), (pa.int16(), -(2**15), 2**15), (pa.uint16(), 0, 2**16),
    (pa.int32(), -(2**31), 2**31), (pa.uint32(), 0, 2**32), (pa.int64(), -(2**63), 2**63), (pa.uint64(), 0, 2**64),
)  # fmt: skip
CARRIED = ("score of last year", "Größe", "a'b \"c\"")
Cells = Sequence[Any]


def whole(values: Cells, luck: random.Random, *, unsigned: bool) -> Any:
    """Whole numbers, of any width that holds them."""
    some = [value for value in values if value is not None]
    fits = [kind for kind, low, high in WIDTHS if all(low <= value < high for value in some) and (unsigned or pa.types.is_signed_integer(kind))]
    return pa.array(values, luck.choice(fits))


def decimals(values: Cells, luck: random.Random, *, most: int = 38) -> Any:
    """Decimals with as many places as the values need, or more."""
    from fractions import Fraction

    some = [Fraction(value) for value in values if value is not None]
    places = max((places_of(value) or 0 for value in some), default=0)
    digits = max((len(str(int(abs(value)))) for value in some), default=1)
    scale = luck.choice([one for one in (places, places, places + 1, places + 3, 9) if places <= one and digits + one <= most])
    size = luck.choice([digits + scale, min(most, digits + scale + 5), most])
    return pa.array([None if value is None else Decimal(value) for value in values], pa.decimal128(size, scale))


def texts(values: Cells, luck: random.Random) -> Any:
    """Digits as text."""
    return pa.array([None if value is None else f"{Decimal(value):f}" + luck.choice(("", "")) for value in values], pa.string())


def column(kind: str, values: Cells, luck: random.Random, *, text: bool, unsigned: bool) -> Any:
    """The cells of an input as a column of one of the kinds that it may have."""
    if kind == "flag":
        return pa.array(values, pa.bool_())
    if kind == "choice":
        return pa.array(values, pa.string())
    if all(value is None or value == int(value) for value in values) and (kind == "count" or luck.randrange(2)):
        if luck.randrange(4):
            return whole([None if value is None else int(value) for value in values], luck, unsigned=unsigned)
        return decimals(values, luck) if kind == "number" else pa.array([None if v is None else Decimal(v) for v in values], pa.decimal128(20, 0))
    return texts(values, luck) if text and not luck.randrange(3) else decimals(values, luck)


def arrow(rubric: Rubric, columns: Columns, luck: random.Random, *, text: bool, unsigned: bool, pieces: bool = True) -> Any:
    """The columns as a table of pyarrow, in a random order, with columns that are carried along."""
    rows = len(columns[ROW])
    made = {ROW: pa.array(columns[ROW], pa.int64())}
    for name, values in columns.items():
        if name != ROW:
            made[name] = column(rubric.inputs[name].kind, values, luck, text=text, unsigned=unsigned)
    made |= {name: pa.array([0.1] * rows, pa.float64()) for name in luck.sample(CARRIED, luck.randint(0, 2))}
    names = list(made)
    luck.shuffle(names)
    table = pa.table({name: made[name] for name in names})
    if pieces and rows > 3 and luck.randrange(2):
        cut = luck.randrange(1, rows)
        return pa.concat_tables([table.slice(0, cut), table.slice(cut)])
    return table


class Capsule:
    """Something that exports Arrow data and is nothing else."""

    def __init__(self, table: Any) -> None:
        self._table = table

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self._table.__arrow_c_stream__(requested_schema)


def of_polars(table: Any, rubric: Rubric, luck: random.Random) -> Any:
    """A frame of polars, with the kinds that only polars has."""
    import polars as pl

    frame = pl.DataFrame(table)
    for name, one in rubric.inputs.items():
        if name not in frame.columns:
            continue
        if one.kind == "choice" and not luck.randrange(3):
            words = frame[name].drop_nulls().unique().to_list()
            frame = frame.with_columns(pl.col(name).cast(luck.choice((pl.Categorical(), pl.Enum(sorted({*words, *one.options}))))))
        elif frame[name].dtype.is_integer() and not luck.randrange(4):
            frame = frame.with_columns(pl.col(name).cast(pl.Int128))
    return frame


def of_pandas(table: Any, rubric: Rubric, luck: random.Random) -> Any:
    """A frame of pandas in its own kinds, in those that have a null, or in those of Arrow; its index is not the order of its rows."""
    import pandas as pd

    own = {pa.int8(): pd.Int8Dtype(), pa.uint8(): pd.UInt8Dtype(), pa.int16(): pd.Int16Dtype(), pa.uint16(): pd.UInt16Dtype(),
           pa.int32(): pd.Int32Dtype(), pa.uint32(): pd.UInt32Dtype(), pa.int64(): pd.Int64Dtype(), pa.uint64(): pd.UInt64Dtype(),
           pa.bool_(): pd.BooleanDtype(), pa.string(): pd.StringDtype()}  # fmt: skip
    frame = table.to_pandas(types_mapper=luck.choice((own.get, pd.ArrowDtype)))
    for name, one in rubric.inputs.items():
        if name in frame.columns and one.kind == "choice" and not luck.randrange(3):
            frame[name] = frame[name].astype("category")
        elif name in frame.columns and one.kind in ("count", "flag") and not frame[name].isna().any() and not luck.randrange(3):
            frame[name] = frame[name].astype(bool if one.kind == "flag" else luck.choice(("int64", "object")))
    return frame.set_axis([f"i{number}" for number in range(len(frame))][::-1], axis=0)


def rows_of_pandas(frame: Any) -> list[dict[str, Any]]:
    import pandas as pd

    return [{name: None if value is pd.NA or value is None else value for name, value in row.items()} for row in frame.to_dict("records")]


def spark() -> Any:
    """A session of PySpark on this machine, which takes seconds to start and is the same ever after."""
    from pyspark.sql import SparkSession

    made = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "1")
    made = made.config("spark.log.level", "ERROR").config("spark.sql.ansi.enabled", "true")
    return made.getOrCreate()


def of_pyspark(table: Any) -> Any:
    return spark().createDataFrame(table)


@dataclass(frozen=True)
class Engine:
    """A kind of table: from Arrow, and back to rows; which kinds of columns it has."""

    name: str
    make: Callable[[Any, Rubric, random.Random], Any]
    rows: Callable[[Any], list[dict[str, Any]]]
    text: bool = True
    unsigned: bool = True
    gaps: tuple[str, ...] = ()


def _duckdb(table: Any) -> Any:
    import duckdb

    return duckdb.from_arrow(table)


ENGINES = {
    engine.name: engine
    for engine in (
        Engine("polars", of_polars, lambda frame: frame.to_dicts()),
        Engine("lazy", lambda table, rubric, luck: of_polars(table, rubric, luck).lazy(), lambda frame: frame.collect().to_dicts()),
        Engine("pandas", of_pandas, rows_of_pandas),
        Engine("pyarrow", lambda table, rubric, luck: table, lambda table: table.to_pylist()),
        Engine("capsule", lambda table, rubric, luck: Capsule(table), lambda frame: frame.to_dicts()),
        Engine("duckdb", lambda table, rubric, luck: _duckdb(table), lambda made: [dict(zip(made.columns, row)) for row in made.fetchall()], text=False),
        Engine("pyspark", lambda table, rubric, luck: of_pyspark(table), lambda frame: [row.asDict() for row in frame.collect()],
               text=False, unsigned=False),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Scored:
    """An engine as a backend: tables are refused where a row is wrong, and then reported; or reported at once."""

    engine: Engine
    detail: Detail
    scaled: bool = False

    def __call__(self, rubric: Rubric, columns: Columns) -> list[Mapping[str, Any]]:
        luck = random.Random(f"{self.engine.name}{self.detail}{self.scaled}{rubric.id}{list(columns)}")
        table = arrow(rubric, columns, luck, text=self.engine.text, unsigned=self.engine.unsigned)
        frame = self.engine.make(table, rubric, luck)
        try:
            try:
                made = rubric.score_frame(frame, detail=self.detail, scaled=self.scaled, on_error=luck.choice(("raise", "report")))
                got = self.engine.rows(made)
            except TallyError as error:
                if error.diagnostics[0].code != "GR650":
                    raise
                made = rubric.score_frame(frame, detail=self.detail, scaled=self.scaled, on_error="report")
                got = self.engine.rows(made)
        except TallyError as error:
            if error.diagnostics[0].code in self.engine.gaps:
                raise NotImplementedError(error.diagnostics[0].message("en")) from None
            raise
        places = {unit: place for place, unit in enumerate(columns[ROW])}
        assert not got or list(got[0])[: len(table.column_names)] == table.column_names, "what was there stays in front"
        return sorted(got, key=lambda row: places[row[ROW]])
