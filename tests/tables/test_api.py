"""tables: whatever holds a table comes back as the same kind, with the same numbers."""

import random
from decimal import Decimal
from functools import partial
from types import SimpleNamespace
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from engines import ENGINES
from govrubric import TallyError, loads
from govrubric.tables import api
from samples import SMALL, args, refused, small
from tabled import SMALL_ROWS, SMALL_TOTALS

TOTALS = [Decimal(total) for total in SMALL_TOTALS]
FRAME = pl.DataFrame(SMALL_ROWS)
DECIMALS = FRAME.with_columns(pl.col("bonus.judged").cast(pl.Decimal(9, 2)))


class Capsule:
    """Something that exports Arrow data and is nothing that we know."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.frame.__arrow_c_stream__(requested_schema)


def pandas(frame: pl.DataFrame = FRAME) -> Any:
    return pd.DataFrame({name: frame[name].to_list() for name in frame.columns})


def totals(table: Any) -> list[Any]:
    """The column of totals of any table."""
    match table:
        case pl.LazyFrame():
            return table.collect()["total"].to_list()
        case pl.DataFrame():
            return table["total"].to_list()
        case pd.DataFrame():
            return list(table["total"])
        case pa.Table() | pa.RecordBatch():
            found: list[Any] = table.column("total").to_pylist()
            return found
        case _:
            return [row[0] for row in table.select("total").fetchall()]


@pytest.mark.parametrize(
    "table",
    [
        FRAME, FRAME.lazy(), pandas(), FRAME.to_arrow(), FRAME.to_arrow().combine_chunks().to_batches()[0],
        pa.concat_tables([FRAME.head(1).to_arrow(), FRAME.tail(2).to_arrow()]),
        duckdb.from_arrow(DECIMALS.to_arrow()),
    ],
    ids=["polars", "lazy", "pandas", "pyarrow", "batch", "chunks", "duckdb"],
)  # fmt: skip
def test_a_table_comes_back_as_what_it_was(table: Any) -> None:
    came: Any = small().score_frame(table)
    assert type(came) is type(table)
    assert totals(came) == TOTALS
    if isinstance(came, (pa.Table, pa.RecordBatch)):
        columns = came.schema.names
    elif isinstance(came, pl.LazyFrame):
        columns = came.collect_schema().names()
    else:
        columns = list(came.columns)
    assert columns == [*SMALL_ROWS, "total"]


def test_of_other_things_the_arrow_data_is_taken() -> None:
    came: Any = small().score_frame(Capsule(FRAME))  # type: ignore[type-var, unused-ignore]
    assert isinstance(came, pl.DataFrame)
    assert totals(came) == TOTALS


@pytest.mark.parametrize(("table", "name"), [([1], "list"), ({}, "dict"), (pd.Series([1]), "Series")])
def test_what_is_no_table_is_refused(table: Any, name: str) -> None:
    assert type(table).__name__ == name
    with pytest.raises(TypeError, match=f"^a table is one of polars, .*, not {name}$"):
        small().score_frame(table)


@pytest.mark.parametrize(
    ("word", "value", "said"),
    [
        ("detail", "all", "detail is one of total, items, rules, not 'all'"),
        ("on_error", "ignore", "on_error is one of raise, report, not 'ignore'"),
    ],
)
def test_a_word_that_is_not_known_is_refused(word: str, value: str, said: str) -> None:
    with pytest.raises(ValueError, match=f"^{said}$"):
        small().score_frame(FRAME, **{word: value})  # type: ignore[arg-type] # a wrong word is tried


def test_a_table_of_pandas_keeps_its_index_and_may_have_gaps() -> None:
    frame = pandas().set_index(pd.Index(["x", "x", "y"]))
    came: Any = small().score_frame(frame)
    assert list(came.index) == ["x", "x", "y"]
    assert list(came["total"]) == TOTALS
    assert str(came["total"].dtype) == "decimal128(18, 1)[pyarrow]"


def test_a_table_of_pandas_is_not_changed() -> None:
    frame = pandas()
    before = frame.copy()
    small().score_frame(frame)
    pd.testing.assert_frame_equal(frame, before)


def test_a_count_of_pandas_that_became_a_float_is_refused_and_as_a_whole_number_tells_the_row() -> None:
    frame = pandas()
    frame["work.papers.missing"] = [5, None, 0]
    found = refused(TallyError, lambda: small().score_frame(frame))
    assert [(one.code, one.where) for one in found] == [("GR651", "work.papers.missing")]
    frame["work.papers.missing"] = frame["work.papers.missing"].astype("Int64")
    assert [(one.code, one.where) for one in refused(TallyError, lambda: small().score_frame(frame))] == [
        ("GR650", ""),
        ("GR602", "row 2 (u2)"),
    ]
    frame["work.papers.missing"] = frame["work.papers.missing"].fillna(20)
    assert totals(small().score_frame(frame)) == TOTALS


@pytest.mark.parametrize(
    ("engine", "cure"),
    [
        ("polars", "cast(pl.Int64)"),
        ("lazy", "cast(pl.Int64)"),
        ("capsule", "cast(pl.Int64)"),
        ("pandas", 'astype("Int64")'),
        ("pyarrow", "cast(pa.int64())"),
        ("duckdb", "CAST(… AS BIGINT)"),
    ],
)
def test_what_to_do_about_a_column_of_text_fits_the_table(engine: str, cure: str) -> None:
    table = pa.table({"work.papers.missing": ["3"], "bonus.judged": [1]})
    frame = ENGINES[engine].make(table, small(), random.Random(0))
    (found,) = refused(TallyError, lambda: small().score_frame(frame))
    assert (found.code, found.help()) == ("GR651", f"change it: `{cure}`")


def test_a_column_of_pandas_that_holds_several_kinds_is_refused() -> None:
    frame = pandas()
    frame["work.papers.missing"] = pd.Series([5, "20", 0], dtype=object)
    frame["unit"] = pd.Series(["u1", 2, 3.5], dtype=object)  # is only carried along
    (found,) = refused(TallyError, lambda: small().score_frame(frame))
    assert (found.code, args(found)["dtype"]) == ("GR651", "object")
    assert found.help().startswith('change it: `astype("Int64")`')


@pytest.mark.parametrize("kind", ["pandas", "pyarrow"])
def test_decimals_of_256_bits_are_refused_where_128_do_not_suffice(kind: str) -> None:
    wide = pa.array([Decimal("0.5"), Decimal(10) ** 40, Decimal(0)], pa.decimal256(50, 2))
    table: Any = FRAME.to_arrow().set_column(6, "bonus.judged", wide).set_column(0, "unit", wide)
    if kind == "pandas":
        table = pandas().assign(**{"bonus.judged": [Decimal(f"0.{'0' * 40}5")] * 3})
    (found,) = refused(TallyError, lambda: small().score_frame(table))
    assert (found.code, args(found)["dtype"].partition("(")[0]) == ("GR651", "decimal256")


def test_columns_of_pandas_that_are_no_text_are_carried_along() -> None:
    frame = pandas().assign(**{"7": 1}).rename(columns={"7": 7})
    came: Any = small().score_frame(frame)
    assert list(came.columns) == [*SMALL_ROWS, 7, "total"]


@pytest.mark.parametrize("kind", ["pandas", "pyarrow"])
def test_a_column_that_stands_twice_is_refused_where_it_is_read(kind: str) -> None:
    frame = pandas()
    twice: Any = pd.concat([frame, frame[["work.late", "bonus.judged"]]], axis=1)
    if kind == "pyarrow":
        table = FRAME.to_arrow()
        twice = pa.table(
            [*table.columns, table["work.late"], table["bonus.judged"]],
            names=[*table.schema.names, "work.late", "bonus.judged"],
        )
    found = refused(TallyError, lambda: small().score_frame(twice))
    assert [(one.code, one.where) for one in found] == [("GR631", "bonus.judged"), ("GR631", "work.late")]


def test_a_table_of_arrow_keeps_its_schema_and_what_is_known_of_it() -> None:
    table = FRAME.to_arrow().replace_schema_metadata({"source": "the register"})
    came = small().score_frame(table)
    assert came.schema.metadata == {b"source": b"the register"}
    assert came.schema.field("total").type == pa.decimal128(18, 1)
    assert came.select(FRAME.columns).equals(table)


@pytest.mark.parametrize("rows", [0, 3])
def test_tables_without_rows_or_without_inputs_keep_their_length(rows: int) -> None:
    small_ = loads(SMALL.replace("      - {id: judged, judge: 1, step: 0.5}\n", ""), "small.yaml")
    for table in (
        pl.DataFrame({"x": [1] * rows}),
        pd.DataFrame({"x": [1] * rows}),
        pa.table({"x": pa.array([1] * rows)}),
    ):
        assert totals(small_.score_frame(table)) == [Decimal("7.0")] * rows
    batch = FRAME.head(rows).to_arrow().combine_chunks()
    (only,) = batch.to_batches() or [pa.RecordBatch.from_pylist([], batch.schema)]
    assert totals(small().score_frame(only)) == TOTALS[:rows]


def test_numbers_of_128_bits_are_decimals_in_arrow_and_pandas() -> None:
    text = SMALL.replace(
        "- {id: used,", "- {id: square, formula: n * m, inputs: {n: count, m: count}}\n      - {id: used,"
    )
    squared = loads(text, "small.yaml")
    rows = FRAME.with_columns(pl.lit(10**9).alias("bonus.square.n"), pl.lit(10**9).alias("bonus.square.m"))
    for table in (rows, rows.to_arrow(), pandas(rows)):
        came: Any = squared.score_frame(table, detail="rules", scaled=True)
        column = came["bonus.square:raw/1"]
        assert (column.to_pylist() if isinstance(column, pa.ChunkedArray) else list(column)) == [10**18] * 3


def test_bad_rows_are_kept_with_what_is_wrong() -> None:
    for table in (FRAME, FRAME.to_arrow(), pandas()):
        wrong: Any = table
        if isinstance(table, pl.DataFrame):
            wrong = table.with_columns(pl.Series("work.papers.missing", [5, -1, 0]))
        elif isinstance(table, pa.Table):
            wrong = table.set_column(2, "work.papers.missing", pa.array([5, -1, 0]))
        else:
            wrong["work.papers.missing"] = [5, -1, 0]
        came: Any = small().score_frame(wrong, on_error="report")
        assert [str(one) for one in came["error"]] in (
            ["None", "GR604 work.papers.missing", "None"],
            ["<NA>", "GR604 work.papers.missing", "<NA>"],
        )


def test_missing_polars_is_said_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(library: str, extra: str = "") -> Any:
        raise ImportError(f"scoring this table needs {library}: pip install govrubric[{extra}]")

    monkeypatch.setattr(api, "installed", gone)
    with pytest.raises(ImportError, match=r"needs polars: pip install govrubric\[frames\]"):
        small().score_frame(FRAME)


@pytest.mark.parametrize("on_error", ["raise", "report"])
def test_without_columns_there_are_no_rows(on_error: Any) -> None:
    counted = loads(SMALL[: SMALL.index("      - {id: judged")])
    for table in (pl.DataFrame(), pl.LazyFrame(), pa.table({}), pd.DataFrame()):
        assert totals(counted.score_frame(table, on_error=on_error)) == []


def test_a_table_that_its_library_cannot_compute_is_refused() -> None:
    lazy = FRAME.lazy().filter(pl.col("unit").cast(pl.Int8) > 0)
    relation = duckdb.from_arrow(DECIMALS.to_arrow()).project("*, unit::int as n").filter("n > 0")
    for table, library in ((lazy, "polars"), (relation, "duckdb")):
        (found,) = refused(TallyError, partial(small().score_frame, table))
        assert (found.code, args(found)["library"]) == ("GR659", library)


def test_a_table_that_pyspark_cannot_compute_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class PySparkError(Exception):
        pass

    modules = {
        "pyspark.errors": SimpleNamespace(PySparkException=PySparkError),
        "py4j.protocol": SimpleNamespace(Py4JError=PySparkError),
    }
    monkeypatch.setattr(api, "installed", lambda library, *_: modules[library])
    with pytest.raises(TallyError) as error, api.computed("pyspark", "en"):
        raise PySparkError
    assert [args(one)["reason"] for one in error.value.diagnostics] == ["PySparkError"]
    with pytest.raises(ZeroDivisionError), api.computed("pyspark", "en"):
        raise ZeroDivisionError
