"""Parquet -> Parquet by DuckDB: the same file and summary as by polars."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from batched import BAD, TEXT, UNITS, batch, rubric
from govrubric import TallyError
from govrubric.batch import duckdb, findings
from govrubric.batch.job import Job
from govrubric.batch.summary import Summary

FEW = UNITS.with_columns(pl.col("bonus.judged").cast(pl.Decimal(5, 2)))
WRONG = BAD[:2].with_columns(pl.col("bonus.judged").cast(pl.Decimal(5, 2)))


def queried(
    read: Path,
    written: Path,
    detail: Any = "total",
    on_error: Any = "raise",
    *,
    scaled: bool = False,
    text: str = TEXT,
) -> Summary:
    return duckdb.run(Job(rubric(text), str(read), str(written), detail, on_error, scaled, "en"))


def write(frame: pl.DataFrame, path: Path) -> Path:
    frame.write_parquet(path)
    return path


@pytest.mark.parametrize("scaled", [False, True])
@pytest.mark.parametrize("detail", ["total", "rules"])
def test_it_is_what_polars_gives(tmp_path: Path, detail: str, scaled: bool) -> None:
    path = write(FEW, tmp_path / "in.parquet")
    assert queried(path, tmp_path / "out.parquet", detail, scaled=scaled) == batch(
        path, tmp_path / "polars.parquet", detail, scaled=scaled
    )
    ours, theirs = (pl.read_parquet(tmp_path / name) for name in ("out.parquet", "polars.parquet"))
    assert ours.columns == theirs.columns
    assert ours.rows() == theirs.rows()


def test_without_grades_there_are_none(tmp_path: Path) -> None:
    text = "\n".join(line for line in TEXT.splitlines() if not line.startswith("grades"))
    assert queried(write(FEW, tmp_path / "in.parquet"), tmp_path / "out.parquet", text=text).grades == {}


def test_rows_in_error_are_kept_and_say_why(tmp_path: Path) -> None:
    path = write(pl.concat([FEW, WRONG]), tmp_path / "in.parquet")
    told = queried(path, tmp_path / "out.parquet", on_error="report")
    assert (told.units, told.bad, told.void, told.codes) == (5, 2, 1, {"GR602": 1, "GR604": 1, "GR609": 1})
    assert [one.code for one in told.first] == ["GR602", "GR604", "GR609"]
    assert pl.read_parquet(tmp_path / "out.parquet")["error"].to_list()[3:] == [
        "GR602 work.late",
        "GR604 work.missing; GR609 bonus.judged",
    ]


def test_rows_in_error_refuse_the_file(tmp_path: Path) -> None:
    with pytest.raises(TallyError) as error:
        queried(write(pl.concat([FEW, WRONG]), tmp_path / "in.parquet"), tmp_path / "out.parquet")
    assert [one.code for one in error.value.diagnostics] == ["GR650", "GR602", "GR604", "GR609"]
    assert os.listdir(tmp_path) == ["in.parquet"]


@pytest.mark.parametrize(
    "name", ["tally[1]", "[a]*?", "t*", "t{1,2}", "it's", 'a"b', "~", "s3:", "x=1", "a%20b", "[[]1]", "城"]
)
def test_a_name_is_no_pattern(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "year=2023").mkdir()
    monkeypatch.chdir(tmp_path / "year=2023")
    for other in ("tally1", "a", "t1", "t", "[1]"):  # what a pattern would find
        write(pl.concat([FEW, FEW.with_columns(unit="unit" + pl.lit("2"))]), Path(f"{other}.parquet"))
    write(FEW, Path(f"{name}.parquet"))
    out = Path(f"out {name}.parquet")
    assert queried(Path(f"{name}.parquet"), out).units == 3
    assert pl.read_parquet(out.read_bytes()).columns == [*FEW.columns, "total", "grade"]


@pytest.mark.parametrize(
    ("name", "data", "code"), [("in.parquet", b"PAR1", "GR656"), ("none.parquet", b"", "GR101")]
)
def test_what_is_no_table_is_refused(tmp_path: Path, name: str, data: bytes, code: str) -> None:
    (tmp_path / "in.parquet").write_bytes(data)
    with pytest.raises(TallyError) as error:
        queried(tmp_path / name, tmp_path / "out.parquet")
    assert [one.code for one in error.value.diagnostics] == [code]
    assert os.listdir(tmp_path) == ["in.parquet"]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    write(
        pl.concat([FEW] * 4000).with_columns(
            unit=pl.int_range(pl.len()), bonus=pl.int_range(pl.len()).hash()
        ),
        tmp_path / "in.parquet",
    )
    (tmp_path / "out.parquet").write_text("old")
    code = f"""
import resource, sys
sys.path.insert(0, {str(Path(__file__).parents[1])!r})
from batched import rubric
from govrubric.batch import duckdb
from govrubric.batch.job import Job
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
try:
    read, written = {str(tmp_path / "in.parquet")!r}, {str(tmp_path / "out.parquet")!r}
    duckdb.run(Job(rubric(), read, written, "total", "raise", False, "en"))
except OSError as error:
    print(error.strerror)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "File too large\n"
    assert (tmp_path / "out.parquet").read_text() == "old"
    assert sorted(os.listdir(tmp_path)) == ["in.parquet", "out.parquet"]


def test_of_another_failure_the_first_line_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import duckdb as library

    def fail(*_: object) -> None:
        raise library.OutOfMemoryException("no more room\nthan this")

    monkeypatch.setattr(findings, "summed", fail)
    with pytest.raises(OSError, match=r"no more room$"):
        queried(write(FEW, tmp_path / "in.parquet"), tmp_path / "out.parquet")


def test_rows_that_are_in_error_no_more_are_not_named(tmp_path: Path) -> None:
    import duckdb as library

    path = write(FEW, tmp_path / "in.parquet")
    job = Job(rubric(), str(path), "", "total", "report", False, "en")
    told = findings.summed(
        job, library.connect().read_parquet(str(path)), "duckdb", [(None, None, "GR604 work.missing", 2)]
    )
    assert (told.bad, told.codes, told.first) == (2, {"GR604": 2}, ())


def codes(read: Path, written: Path) -> list[str]:
    with pytest.raises(TallyError) as error:
        queried(read, written)
    assert not written.exists()
    return [f"{'.'.join(map(str, one.path))} {one.code}".strip() for one in error.value.diagnostics]


def test_a_column_with_text_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "in.parquet"
    FEW.with_columns(note=pl.lit("Zhao")).write_parquet(path, compression="uncompressed")
    path.write_bytes(path.read_bytes().replace(b"Zhao", b"\xd5\xd4 1"))
    assert codes(path, tmp_path / "out.parquet") == ["note GR658"]


def test_a_column_whose_name_is_not_utf8_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "in.parquet"
    FEW.rename({"note": "Zhao"}).write_parquet(path)
    path.write_bytes(path.read_bytes().replace(b"Zhao", b"\xd5\xd4 1"))
    assert codes(path, tmp_path / "out.parquet") == ["GR656"]


def test_names_that_are_patterns_are_names(tmp_path: Path) -> None:
    path = write(FEW.rename({"note": "*"}), tmp_path / "in.parquet")
    queried(path, tmp_path / "out.parquet")
    made = pl.read_parquet(tmp_path / "out.parquet")
    assert made["*"].to_list() == FEW["note"].to_list()
