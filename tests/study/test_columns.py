"""Cards and files of tables as frames, and files that are none."""

from pathlib import Path

import polars as pl
import pytest

from govrubric.diagnostics import Diagnostic
from govrubric.files import RUBRIC_LIMIT
from govrubric.study.columns import is_table, of_cards, of_file
from samples import RICH_TALLY, TALLY, args, rich, small

TABLE = pl.DataFrame({"unit": ["u1"], "work.index.gap": [2]})


def test_cards_become_a_row_each_with_every_input() -> None:
    frame = of_cards(small(), [small().score(TALLY, unit="u1"), small().score({"bonus.judged": 1})])
    assert frame.to_dict(as_series=False) == {
        "unit": ["u1", None],
        "work.late": [True, False],
        "work.papers.missing": [5, 0],
        "work.papers.absent": [False, False],
        "work.index.gap": [2, 0],
        "bonus.used.city": [2, 0],
        "bonus.used.province": [1, 0],
        "bonus.judged": ["0.5", "1"],
    }
    assert frame.schema["work.late"] == pl.Boolean
    assert frame.schema["work.index.gap"] == pl.Int64


def test_a_choice_is_its_name() -> None:
    frame = of_cards(rich(), [rich().score(RICH_TALLY)])
    assert frame["class"].to_list() == ["B"]


@pytest.mark.parametrize(
    ("name", "table"),
    [("a.parquet", True), ("A.PARQUET", True), ("a.arrow", True), ("a.ipc", True), ("a.feather", True), ("a.csv", False), ("parquet", False)],
)
def test_a_table_is_known_by_its_suffix(name: str, table: bool) -> None:
    assert is_table(name) is table


def test_tables_are_read(tmp_path: Path) -> None:
    TABLE.write_parquet(tmp_path / "a.parquet")
    TABLE.write_ipc(tmp_path / "a.arrow")
    for name in ("a.parquet", "a.arrow"):
        read = of_file(small(), str(tmp_path / name))
        assert isinstance(read, pl.DataFrame)
        assert read.equals(TABLE)


CSV = """\
\ufeffunit,work.late,work.papers.missing,bonus.judged,class
u1, TRUE ,5,0.5,A
u2,false, 12 , ,
,,,1,B
"""


def test_a_csv_is_read_as_score_reads_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(CSV, encoding="utf-8")
    read = of_file(small(), str(tmp_path / "a.csv"))
    assert isinstance(read, pl.DataFrame)
    assert read.to_dict(as_series=False) == {
        "unit": ["u1", "u2", None],
        "work.late": [True, False, False],
        "work.papers.missing": [5, 12, 0],
        "bonus.judged": ["0.5", None, "1"],
        "class": ["A", None, "B"],
    }


@pytest.mark.parametrize(
    ("name", "cell"), [("work.papers.missing", "4例"), ("work.papers.missing", "1.0"), ("work.papers.missing", "1,000"), ("work.late", "yes")]
)
def test_a_column_with_a_cell_that_is_no_value_stays_text(name: str, cell: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f'{name},bonus.judged\n"{cell}",1\n,1\n', encoding="utf-8")
    read = of_file(small(), str(tmp_path / "a.csv"))
    assert isinstance(read, pl.DataFrame)
    assert read[name].to_list() == [cell, None]


def test_only_a_csv_that_is_too_large_for_tallies_is_a_table(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"x" * RUBRIC_LIMIT)
    (tmp_path / "b.csv").write_bytes(b"x" * (RUBRIC_LIMIT + 1))
    assert [is_table(str(tmp_path / name)) for name in ("a.csv", "b.csv")] == [False, True]


def refused(path: Path) -> Diagnostic:
    found = of_file(small(), str(path))
    assert isinstance(found, Diagnostic)
    assert found.place is not None
    assert found.place.file == str(path)
    return found


@pytest.mark.parametrize("suffix", ["parquet", "arrow", "csv"])
def test_what_cannot_be_read_is_told(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{suffix}"
    assert (refused(path).code, args(refused(path))["reason"]) == ("GR101", "No such file or directory")
    path.write_bytes("单位,名称\n".encode("gbk") * 5)
    assert refused(path).code == "GR101"
    assert "\n" not in args(refused(path))["reason"]
    path.write_bytes(b"")
    assert refused(path).code == "GR101"
    path.unlink()
    path.mkdir()
    assert refused(path).code == "GR102"


def test_a_table_without_rows_has_no_unit(tmp_path: Path) -> None:
    TABLE.head(0).write_parquet(tmp_path / "a.parquet")
    assert refused(tmp_path / "a.parquet").code == "GR634"
