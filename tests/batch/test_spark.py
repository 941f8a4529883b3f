"""What a batch by PySpark does around Spark, with a stand-in that behaves like Spark.

`pytest tests/spark_batch.py` tries Spark itself.
"""

import errno
import os
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import polars as pl
import pytest

from batched import BAD, UNITS, batch, rubric
from govrubric import TallyError
from govrubric.batch import spark
from govrubric.batch.duckdb import literal
from govrubric.batch.job import Job
from govrubric.batch.summary import Summary
from govrubric.tables import databases

FEW = UNITS.with_columns(pl.col("bonus.judged").cast(pl.Decimal(5, 2)))
WRONG = BAD[:2].with_columns(pl.col("bonus.judged").cast(pl.Decimal(5, 2)))
scored, repeated = databases.scored, databases.repeated


class Java(Exception):
    """What PySpark raises of its Java part."""


class Frame:
    """A relation of DuckDB that is asked as a frame of PySpark is."""

    def __init__(self, relation: Any) -> None:
        self.relation, self.columns = relation, relation.columns

    def selectExpr(self, *asked: str) -> "Frame":  # noqa: N802 - PySpark calls it so
        return Frame(self.relation.select(", ".join(asked).replace("`", '"')))

    def groupBy(self, *by: str) -> "Frame":  # noqa: N802 - PySpark calls it so
        return Frame(self.relation.aggregate(", ".join((*by, "count(*)"))))

    def count(self) -> "Frame":
        return self

    def collect(self) -> list[Any]:
        return list(self.relation.fetchall())

    @property
    def write(self) -> "Frame":
        return self

    def mode(self, what: str) -> "Frame":
        assert what == "overwrite"
        return self

    def parquet(self, folder: str) -> None:
        self.relation.write_parquet(f"{folder}/part.parquet")


def read(path: str) -> Frame:
    path = re.sub(r"\\(.)", r"\1", path)  # Hadoop reads a pattern
    try:
        return Frame(
            duckdb.read_parquet(f"{literal(path)}/*.parquet" if Path(path).is_dir() else literal(path))
        )
    except duckdb.Error as error:
        raise Java(str(error)) from None


@pytest.fixture(autouse=True)
def _like_spark(monkeypatch: pytest.MonkeyPatch) -> None:
    session = SimpleNamespace(read=SimpleNamespace(parquet=read))
    builder = SimpleNamespace(appName=lambda _: SimpleNamespace(getOrCreate=lambda: session))
    library = SimpleNamespace(
        SparkSession=SimpleNamespace(builder=builder), PySparkException=Java, Py4JError=Java
    )
    monkeypatch.setattr(spark, "installed", lambda *_: library)
    monkeypatch.setattr(
        databases, "repeated", lambda frame, _, language: repeated(frame.relation, "duckdb", language)
    )
    monkeypatch.setattr(
        databases,
        "scored",
        lambda form, frame, _, *how, scaled: Frame(
            scored(form, frame.relation, "duckdb", *how, scaled=scaled)
        ),
    )


@pytest.mark.parametrize("name", ["tally[1]", "t{1,2}", "t*", "t?"])
def test_a_name_is_no_pattern(tmp_path: Path, name: str) -> None:
    write(WRONG, tmp_path / "tally1.parquet")
    assert "\\" in spark.literal(name)
    assert computed(write(FEW, tmp_path / f"{name}.parquet"), tmp_path / f"out {name}.parquet").units == 3


def test_a_unit_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TallyError) as error:
        computed(write(pl.concat([FEW, FEW[:1]]), tmp_path / "in.parquet"), tmp_path / "out.parquet")
    assert [one.code for one in error.value.diagnostics] == ["GR633"]
    assert os.listdir(tmp_path) == ["in.parquet"]


def computed(read: Path, written: Path, on_error: Any = "raise") -> Summary:
    return spark.run(Job(rubric(), str(read), str(written), "items", on_error, False, "en"))


def write(frame: pl.DataFrame, path: Path) -> Path:
    frame.write_parquet(path)
    return path


def test_it_is_what_polars_gives_and_replaces_what_was_there(tmp_path: Path) -> None:
    path = write(FEW, tmp_path / "in.parquet")
    (tmp_path / "out.parquet").mkdir()
    (tmp_path / "out.parquet" / "old").touch()
    assert computed(path, tmp_path / "out.parquet") == batch(path, tmp_path / "polars.parquet", "items")
    assert os.listdir(tmp_path / "out.parquet") == ["part.parquet"]
    assert sorted(os.listdir(tmp_path)) == ["in.parquet", "out.parquet", "polars.parquet"]


def test_a_folder_is_read_and_a_new_one_is_written(tmp_path: Path) -> None:
    (tmp_path / "in.parquet").mkdir()
    write(FEW, tmp_path / "in.parquet" / "part.parquet")
    assert computed(tmp_path / "in.parquet", tmp_path / "out.parquet").units == 3


@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o755), (0o077, 0o700)])
def test_a_folder_has_the_rights_that_the_mask_leaves(tmp_path: Path, mask: int, mode: int) -> None:
    old = os.umask(mask)
    try:
        computed(write(FEW, tmp_path / "in.parquet"), tmp_path / "out.parquet")
    finally:
        os.umask(old)
    assert (tmp_path / "out.parquet").stat().st_mode & 0o777 == mode


def test_rows_in_error_are_kept_and_say_why(tmp_path: Path) -> None:
    told = computed(
        write(pl.concat([FEW, WRONG]), tmp_path / "in.parquet"), tmp_path / "out.parquet", "report"
    )
    assert (told.units, told.bad, told.void, told.codes) == (5, 2, 1, {"GR602": 1, "GR604": 1, "GR609": 1})
    assert [one.code for one in told.first] == ["GR602", "GR604", "GR609"]


def test_rows_in_error_refuse_the_file_and_keep_the_old_folder(tmp_path: Path) -> None:
    (tmp_path / "out.parquet").mkdir()
    (tmp_path / "out.parquet" / "old").touch()
    with pytest.raises(TallyError):
        computed(write(pl.concat([FEW, WRONG]), tmp_path / "in.parquet"), tmp_path / "out.parquet")
    assert sorted(os.listdir(tmp_path)) == ["in.parquet", "out.parquet"]
    assert os.listdir(tmp_path / "out.parquet") == ["old"]


@pytest.mark.parametrize(("name", "code"), [("in.parquet", "GR656"), ("none.parquet", "GR101")])
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "in.parquet").write_bytes(b"PAR1")
    with pytest.raises(TallyError) as error:
        computed(tmp_path / name, tmp_path / "out.parquet")
    assert [one.code for one in error.value.diagnostics] == [code]


def test_a_file_is_not_replaced_by_a_folder(tmp_path: Path) -> None:
    path = write(FEW, tmp_path / "in.parquet")
    (tmp_path / "out.parquet").write_text("old")
    with pytest.raises(NotADirectoryError):
        computed(path, tmp_path / "out.parquet")
    assert (tmp_path / "out.parquet").read_text() == "old"


def test_what_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise Java("An error occurred: java.io.IOException: No space left on device\n\tat org.apache")

    monkeypatch.setattr(Frame, "parquet", fail)
    with pytest.raises(OSError, match="No space left on device") as error:
        computed(write(FEW, tmp_path / "in.parquet"), tmp_path / "out.parquet")
    assert error.value.errno == errno.ENOSPC
    assert os.listdir(tmp_path) == ["in.parquet"]


@pytest.mark.parametrize("before", [True, False])
def test_a_folder_that_was_changed_meanwhile_stays(tmp_path: Path, before: bool) -> None:
    out = tmp_path / "out.parquet"
    if before:
        out.mkdir()

    def write_with_another() -> None:
        with spark.placed(str(out)):
            out.mkdir(exist_ok=True)
            (out / "part").write_text("of another")

    with pytest.raises(OSError, match=f"{'changed' if before else 'appeared'} meanwhile"):
        write_with_another()
    assert (os.listdir(tmp_path), (out / "part").read_text()) == (["out.parquet"], "of another")


def test_a_read_only_folder_stays(tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    out.mkdir(mode=0o555)
    with pytest.raises(OSError, match="read-only"), spark.placed(str(out)):
        pass
    assert os.listdir(tmp_path) == ["out.parquet"]


@pytest.mark.parametrize("before", [True, False])
def test_an_old_folder_is_put_back_if_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: bool
) -> None:
    out = tmp_path / "out.parquet"
    if before:
        out.mkdir()
        (out / "part").write_text("old")
    rename = Path.rename

    def failing(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise OSError(errno.EIO, "Input/output error")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="Input/output error"), spark.placed(str(out)):
        pass
    assert [path.name for path in tmp_path.rglob("*")] == (["out.parquet", "part"] if before else [])
