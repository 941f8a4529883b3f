"""Files of tables as frames, and files that are none."""

import errno
from pathlib import Path

import polars as pl
import pytest

from govrubric import TallyError
from govrubric.batch import files
from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.document.files import RUBRIC_LIMIT
from govrubric.sensitivity.units import is_table, read
from samples import args, small

TABLE = pl.DataFrame({"unit": ["u1"], "work.index.gap": [2]})


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("a.parquet", True),
        ("a.pq", True),
        ("A.PARQUET", True),
        ("a.arrow", True),
        ("a.ipc", True),
        ("a.feather", True),
        ("a.csv", False),
        ("parquet", False),
    ],
)
def test_a_table_is_known_by_its_suffix(name: str, table: bool) -> None:
    assert is_table(name) is table


def test_tables_are_read(tmp_path: Path) -> None:
    TABLE.write_parquet(tmp_path / "a.parquet")
    TABLE.write_ipc(tmp_path / "a.arrow")
    for name in ("a.parquet", "a.arrow"):
        assert read(small(), str(tmp_path / name)).equals(TABLE)


CSV = """\
\ufeffunit,work.late,work.papers.missing,bonus.judged
u1, TRUE ,5,0.5
u2,false, 12 , 1
,,,1
"""


def test_a_csv_is_read_as_score_reads_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(CSV, encoding="utf-8")
    assert read(small(), str(tmp_path / "a.csv")).to_dict(as_series=False) == {
        "unit": ["u1", "u2", None],
        "work.late": [True, False, False],
        "work.papers.missing": [5, 12, 0],
        "bonus.judged": ["0.5", "1", "1"],
    }


@pytest.mark.parametrize(
    ("name", "cell", "code"),
    [
        ("work.papers.missing", "4例", "GR603"),
        ("work.papers.missing", "1.0", "GR603"),
        ("work.papers.missing", "1,000", "GR603"),
        ("work.papers.missing", "+5", "GR603"),
        ("work.papers.missing", "9" * 30, "GR604"),
        ("work.late", "yes", "GR605"),
    ],
)
def test_a_cell_that_is_no_value_is_told_with_its_row(
    name: str, cell: str, code: str, tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f'unit,{name},bonus.judged\nu1,,1\nu2,"{cell}",1\nu3,"{cell}",1\n', encoding="utf-8")
    found = refused(path)
    assert (found.code, found.path, args(found)["name"]) == (code, ("row 2 (u2)",), name)


def test_only_a_csv_that_is_too_large_for_tallies_is_a_table(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"x" * RUBRIC_LIMIT)
    (tmp_path / "b.csv").write_bytes(b"x" * (RUBRIC_LIMIT + 1))
    assert [is_table(str(tmp_path / name)) for name in ("a.csv", "b.csv")] == [False, True]


def refused(path: Path) -> Diagnostic:
    with pytest.raises(TallyError) as caught:
        read(small(), str(path))
    found = next(one for one in caught.value.diagnostics if one.code != "GR650")
    assert found.place is None or found.place.file == str(path)
    return found


@pytest.mark.parametrize("suffix", ["parquet", "arrow", "csv"])
def test_what_cannot_be_read_is_told(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{suffix}"
    assert refused(path).code == "GR101"
    path.write_bytes("单位,名称\n".encode("gbk") * 5)
    assert refused(path).code == ("GR104" if suffix == "csv" else "GR656")
    path.write_bytes(b"")
    assert refused(path).code == {"parquet": "GR656", "arrow": "GR656", "csv": "GR634"}[suffix]
    path.unlink()
    path.mkdir()
    assert refused(path).code == "GR102"


def test_a_file_that_fails_while_it_is_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1")

    def gone(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(files, "attempted", gone)
    found = refused(path)
    assert (found.code, dict(found.args)["reason"]) == ("GR101", "Input/output error")


@pytest.mark.parametrize(("rows", "code"), [("u1,1\n", "GR632"), ('u1,1,"\n', "GR635")])
def test_a_row_that_does_not_fit_is_told(rows: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"unit,work.papers.missing,bonus.judged\nu0,1,1\n{rows}", encoding="utf-8")
    found = refused(path)
    assert found.place is not None
    assert (found.code, found.place.line) == (code, 3)


def test_a_table_without_rows_has_no_unit(tmp_path: Path) -> None:
    TABLE.head(0).write_parquet(tmp_path / "a.parquet")
    assert refused(tmp_path / "a.parquet").code == "GR634"
