"""A unit that stands twice in a file: refused by every command and engine, with the same code."""

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from batched import UNITS, rubric
from govrubric import TallyError
from govrubric.batch import duckdb, passing, repeats
from govrubric.batch import polars as polars_batch
from govrubric.batch.job import Job
from govrubric.sensitivity import units

TWICE = pl.concat([UNITS, UNITS[:1]]).with_columns(pl.col("bonus.judged").cast(pl.Decimal(5, 2)))


def refusal(run: Any) -> list[tuple[str, str, str]]:
    with pytest.raises(TallyError) as error:
        run()
    return [(one.code, ".".join(map(str, one.path)), one.message()) for one in error.value.diagnostics]


def batch(path: Path, engine: str = "polars", on_error: Any = "raise") -> None:
    job = Job(rubric(), str(path), str(path.with_name("out.parquet")), "total", on_error, False, "en")
    if engine == "duckdb":
        duckdb.run(job)
    else:
        polars_batch.run(job, lambda *_: None)


def write(frame: pl.DataFrame, path: Path) -> Path:
    if path.suffix == ".csv":
        frame.write_csv(path)
    elif path.suffix == ".arrow":
        frame.write_ipc(path)
    else:
        frame.write_parquet(path)
    return path


SAID = [("GR633", "row 4 (a)", "the unit `a` is given a second time; it stands first in row 1")]


@pytest.mark.parametrize("on_error", ["raise", "report"])
@pytest.mark.parametrize("name", ["in.parquet", "in.arrow", "in.csv"])
def test_a_batch_refuses_it_and_names_both_rows(tmp_path: Path, name: str, on_error: str) -> None:
    path = write(TWICE, tmp_path / name)
    assert refusal(lambda: batch(path, on_error=on_error)) == SAID
    assert not (tmp_path / "out.parquet").exists()


@pytest.mark.parametrize("name", ["in.parquet", "in.arrow"])
def test_whatif_refuses_it(tmp_path: Path, name: str) -> None:
    assert refusal(lambda: units.read(rubric(), str(write(TWICE, tmp_path / name)))) == SAID


def test_duckdb_refuses_it(tmp_path: Path) -> None:
    path = write(TWICE, tmp_path / "in.parquet")
    assert refusal(lambda: batch(path, "duckdb")) == [("GR633", "a", "the unit `a` is given a second time")]
    assert not (tmp_path / "out.parquet").exists()


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize(
    "unit",
    [
        pl.Series([1, 2, 1, 3]),
        pl.Series(["1", "2", "1", "3"], dtype=pl.Categorical),
        pl.Series([1.5, 2.5, 1.5, 3.5]),
    ],
)
def test_units_may_be_of_any_type(tmp_path: Path, engine: str, unit: pl.Series) -> None:
    path = write(TWICE.with_columns(unit.alias("unit")), tmp_path / "in.parquet")
    assert [code for code, _, _ in refusal(lambda: batch(path, engine))] == ["GR633"]


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize(
    "frame",
    [
        TWICE.with_columns(pl.Series("unit", [None, "b", None, None], dtype=pl.String)),
        TWICE.with_columns(pl.Series("unit", ["", "b", " ", ""])),
        TWICE.drop("unit"),
        TWICE.rename({"unit": "county"}),
    ],
)
def test_rows_without_a_unit_are_not_the_same_unit(tmp_path: Path, engine: str, frame: pl.DataFrame) -> None:
    batch(write(frame, tmp_path / "in.parquet"), engine)
    assert (tmp_path / "out.parquet").exists()


def test_it_is_said_beside_what_is_wrong_with_rows(tmp_path: Path) -> None:
    frame = TWICE.with_columns(pl.Series("work.missing", [1, 2, 3, -1]))
    codes = [code for code, _, _ in refusal(lambda: batch(write(frame, tmp_path / "in.parquet")))]
    assert codes == ["GR650", "GR604", "GR633"]


def test_a_unit_is_found_again_in_a_piece_far_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(polars_batch, "PIECE", 1000)
    monkeypatch.setattr(passing, "PIECES", 3)
    frame = pl.concat([UNITS[:1]] * 20_000).with_columns(unit=pl.int_range(pl.len()) % 19_999)
    path = write(frame, tmp_path / "in.parquet")
    assert refusal(lambda: batch(path)) == [
        ("GR633", "row 20000 (0)", "the unit `0` is given a second time; it stands first in row 1")
    ]


def test_of_many_the_first_are_named(tmp_path: Path) -> None:
    frame = pl.concat([UNITS[:1]] * 100).with_columns(unit=pl.int_range(pl.len()) // 2)
    found = refusal(lambda: batch(write(frame, tmp_path / "in.parquet")))
    assert [place for _, place, _ in found] == [f"row {2 * unit + 2} ({unit})" for unit in range(10)]


def test_hashes_alone_tell_that_none_stands_twice() -> None:
    hashes = repeats.hashes(pl.Series(["a", " b", None, "", "c"]))
    assert len(hashes) == 3
    assert repeats.twice(hashes) is None
    assert repeats.twice(pl.concat([hashes, hashes[:1]])).to_list() == hashes[:1].to_list()
