"""What polars says of a failure, in our words."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pytest

from govrubric.batch import files
from govrubric.batch.files import UnreadError, attempted
from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.tables import engines


def test_what_the_system_refused_is_an_error_of_the_system() -> None:
    def work() -> None:
        raise pl.exceptions.ComputeError(
            "parquet: underlying IO error: No space left on device (os error 28)"
        )

    with pytest.raises(OSError, match="No space left on device") as error:
        attempted(work)
    assert error.value.errno == 28


@pytest.mark.parametrize(
    "error",
    [
        pl.exceptions.ComputeError("out-of-spec"),
        pl.exceptions.PanicException("unwrap"),
        OSError("Invalid argument (os error 22)"),
    ],
)
def test_all_else_is_damage(error: BaseException) -> None:
    def work() -> None:
        raise error

    with pytest.raises(UnreadError):
        attempted(work)


def test_cells_of_text_are_made_harmless() -> None:
    """Polars calls this from its own threads, where coverage cannot see it."""
    cells = files.harmless_cells(pl.Series(["=1+1", "-5", "a", None, "=1+1"]))
    assert cells.to_list() == ["'=1+1", "-5", "a", None, "'=1+1"]
    plain = pl.Series(["a", "b"])
    assert files.harmless_cells(plain) is plain


def test_a_path_that_is_no_utf_8_is_refused_since_no_library_takes_it(tmp_path: Path) -> None:
    path = tmp_path / "\udcff.csv"
    path.write_text("a\n1\n")
    found = files.missing(str(path))
    assert found is not None
    assert (found.code, dict(found.args)) == ("GR101", {"reason": "the path is not UTF-8"})


@pytest.mark.parametrize(
    ("name", "start", "guess"),
    [
        ("a.parquet", b"PAR1", ""),
        ("a.parquet", b"PARE", "Parquet (encrypted)"),
        ("a.parquet", b"ARROW1", "Arrow"),
        ("a.arrow", b"PAR1", "Parquet"),
        ("a.arrow", b"\xff\xff\xff\xff", "Arrow (stream)"),
        ("a.arrow", b"FEA1", "Feather (version 1)"),
        ("a.arrow", b"PK\x03\x04", "Word/Excel"),
        ("a.arrow", b"unit,", ""),
    ],
)
def test_the_first_bytes_tell_what_a_file_is(tmp_path: Path, name: str, start: bytes, guess: str) -> None:
    path = tmp_path / name
    path.write_bytes(start)
    kind = files.kind_of(str(path))
    assert not isinstance(kind, Diagnostic)
    (found,) = files.faults(str(path), kind, lambda column: column.collect())
    assert (found.code, dict(found.args)["guess"]) == ("GR656", guess)


def faults(path: Path, table: Any) -> list[tuple[str, ...]]:
    with pa.ipc.new_file(path, table.schema) as writer:
        writer.write_table(table)
    found = files.faults(str(path), "arrow", lambda column: column.collect())
    return [(one.code, *[value for _, value in one.args]) for one in found]


def test_a_column_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    interval = pa.array([pa.MonthDayNano([1, 2, 3])])
    path = tmp_path / "a.arrow"
    assert faults(path, pa.table({"a": [1], "b": interval})) == [("GR658", "b", "month_day_nano_interval")]
    wide = pa.array([Decimal(1)], pa.decimal256(30, 1))
    assert faults(path, pa.table({"a": [1], "b": wide})) == [("GR658", "b", "decimal256(30, 1)")]
    wrong = pa.Array.from_buffers(
        pa.string(), 1, [None, pa.py_buffer(b"\0\0\0\0\1\0\0\0"), pa.py_buffer(b"\xff")]
    )
    ((code, name, reason),) = faults(path, pa.table({"a": [1], "b": wrong}))
    assert (code, name) == ("GR658", "b")
    assert "UTF-8" in reason or "utf-8" in reason
    assert [one[0] for one in faults(path, pa.table({"b": wrong}))] == ["GR656"]


def test_without_pyarrow_the_file_as_a_whole_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def installed(library: str, *extra: str) -> Any:
        if library.startswith("pyarrow"):
            raise ImportError
        return engines.installed(library, *extra)

    monkeypatch.setattr(files, "installed", installed)
    path = tmp_path / "a.arrow"
    assert [one[0] for one in faults(path, pa.table({"b": pa.array([pa.MonthDayNano([1, 2, 3])])}))] == [
        "GR656"
    ]
    pl.DataFrame({"note": ["x" * 60_000_000]}).write_parquet(tmp_path / "a.parquet")
    assert files.swollen(str(tmp_path / "a.parquet"), "parquet") == []


def test_a_file_without_columns_has_no_unit(tmp_path: Path) -> None:
    pl.DataFrame().write_parquet(tmp_path / "a.parquet")
    found = files.faults(str(tmp_path / "a.parquet"), "parquet", lambda column: column.collect())
    assert [one.code for one in found] == ["GR634"]


def test_a_file_may_not_be_far_larger_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"note": ["x" * 60_000_000]}).write_parquet(path)
    (found,) = files.swollen(str(path), "parquet")
    assert (found.code, dict(found.args)["mib"]) == ("GR660", "57")
    pl.DataFrame({"note": ["x" * 6_000_000] * 20}).write_parquet(path)  # stands in the file once
    assert files.swollen(str(path), "parquet") == []
    assert files.swollen(str(path), "arrow") == []


def test_only_flat_columns_go_into_a_csv_file() -> None:
    frame = pl.LazyFrame(
        {
            "a": [1],
            "b": [["x"]],
            "c": [b"x"],
            "d": [timedelta(1)],
            "e": [date(2026, 1, 1)],
            "f": ["x"],
            "g": [None],
        }
    )
    assert [dict(one.args)["name"] for one in files.flat(frame, "out.csv")] == ["b", "c", "d"]


def test_names_that_are_patterns_are_kept_in_a_csv_file() -> None:
    frame = pl.LazyFrame({"*": ["=1"], "^.*$": ["a"], "=x": ["b"], "'=x": [1]})
    assert files.harmless(frame).collect().to_dicts() == [{"*": "'=1", "^.*$": "a", "''=x": "b", "'=x": 1}]
