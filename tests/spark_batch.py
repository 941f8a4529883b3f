"""Parquet -> a folder of Parquet, by PySpark itself.

PySpark takes long to start, so only `pytest tests/spark_batch.py` runs this, with PySpark and Java.
"""

import os
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from batched import BAD, UNITS, batch, rubric
from govrubric import TallyError
from govrubric.batch import spark
from govrubric.batch.job import Job
from govrubric.batch.summary import Summary

FEW = UNITS.with_columns(pl.col("bonus.judged").cast(pl.Decimal(5, 2)))
WRONG = BAD[:2].with_columns(pl.col("bonus.judged").cast(pl.Decimal(5, 2)))

pytestmark = pytest.mark.filterwarnings(
    "ignore::FutureWarning", "ignore::DeprecationWarning", "ignore::ResourceWarning"
)


def computed(read: Path, written: Path, on_error: Any = "raise") -> Summary:
    return spark.run(Job(rubric(), str(read), str(written), "items", on_error, False, "en"))


def write(frame: pl.DataFrame, path: Path) -> Path:
    frame.write_parquet(path)
    return path


def test_it_is_what_polars_gives_and_replaces_what_was_there(tmp_path: Path) -> None:
    path = write(FEW, tmp_path / "in.parquet")
    (tmp_path / "out.parquet").mkdir()
    assert computed(path, tmp_path / "out.parquet") == batch(path, tmp_path / "polars.parquet", "items")
    ours, theirs = (
        pl.read_parquet(tmp_path / "out.parquet" / "*.parquet"),
        pl.read_parquet(tmp_path / "polars.parquet"),
    )
    assert ours.columns == theirs.columns
    assert sorted(ours.rows(), key=repr) == sorted(theirs.rows(), key=repr)
    assert sorted(os.listdir(tmp_path)) == ["in.parquet", "out.parquet", "polars.parquet"]


def test_rows_in_error_are_kept_and_say_why(tmp_path: Path) -> None:
    told = computed(
        write(pl.concat([FEW, WRONG]), tmp_path / "in.parquet"), tmp_path / "out.parquet", "report"
    )
    assert (told.units, told.bad, told.void, told.codes) == (5, 2, 1, {"GR602": 1, "GR604": 1, "GR609": 1})
    assert len(told.first) == 3


def test_rows_in_error_refuse_the_file(tmp_path: Path) -> None:
    with pytest.raises(TallyError):
        computed(write(pl.concat([FEW, WRONG]), tmp_path / "in.parquet"), tmp_path / "out.parquet")
    assert os.listdir(tmp_path) == ["in.parquet"]


@pytest.mark.parametrize(("name", "code"), [("in.parquet", "GR656"), ("none.parquet", "GR101")])
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "in.parquet").write_bytes(b"PAR1")
    with pytest.raises(TallyError) as error:
        computed(tmp_path / name, tmp_path / "out.parquet")
    assert [one.code for one in error.value.diagnostics] == [code]


def test_a_file_is_not_replaced_by_a_folder(tmp_path: Path) -> None:
    path = write(FEW, tmp_path / "in.parquet")
    (tmp_path / "out.parquet").write_text("old")
    with pytest.raises(OSError, match="Not a directory"):
        computed(path, tmp_path / "out.parquet")
    assert (tmp_path / "out.parquet").read_text() == "old"


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    # Of a column that is no input nothing is read before it is written.
    pl.concat([FEW] * 1000).with_columns(unit=pl.int_range(pl.len()), note=pl.lit("N" * 50)).write_parquet(
        tmp_path / "in.parquet", compression="uncompressed"
    )
    data = bytearray((tmp_path / "in.parquet").read_bytes())
    place = data.index(b"N" * 50)
    data[place - 30 : place] = b"\xff" * 30
    (tmp_path / "in.parquet").write_bytes(data)
    with pytest.raises(OSError, match=r"."):
        computed(tmp_path / "in.parquet", tmp_path / "out.parquet")
    assert os.listdir(tmp_path) == ["in.parquet"]


@pytest.mark.parametrize("name", ["tally[1]", "t{1,2}", "t*", "t?", "it's", "x=1"])
def test_a_name_is_no_pattern(tmp_path: Path, name: str) -> None:
    for other in ("tally1", "t1", "tx"):  # what a pattern would find
        write(WRONG, tmp_path / f"{other}.parquet")
    path = write(FEW, tmp_path / f"{name}.parquet")
    assert computed(path, tmp_path / f"out {name}.parquet").units == 3


@pytest.mark.parametrize("unit", [pl.Series(["a", "b", " a "]), pl.Series([1, 2, 1])])
def test_a_unit_that_stands_twice_is_refused(tmp_path: Path, unit: pl.Series) -> None:
    path = write(FEW.with_columns(unit.alias("unit")), tmp_path / "in.parquet")
    with pytest.raises(TallyError) as error:
        computed(path, tmp_path / "out.parquet")
    assert [one.code for one in error.value.diagnostics] == ["GR633"]


def test_rows_without_a_unit_are_not_the_same_unit(tmp_path: Path) -> None:
    frame = FEW.with_columns(pl.Series("unit", [None, "", " "], dtype=pl.String))
    assert computed(write(frame, tmp_path / "in.parquet"), tmp_path / "out.parquet").units == 3
