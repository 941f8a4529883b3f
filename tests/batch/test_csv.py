"""What a look over the bytes of a CSV file tells, and a file that is written anew before polars reads it."""

from pathlib import Path

import pytest

from govrubric import TallyError
from govrubric.batch import csv
from govrubric.batch.csv import Columns, Marks, Table, scan
from govrubric.batch.files import UnreadError
from samples import small

MARK = b"\xef\xbb\xbf"


def file(folder: Path, data: bytes) -> str:
    path = folder / "units.csv"
    path.write_bytes(data)
    return str(path)


@pytest.mark.parametrize("size", [1, 2, 3, 5, 1 << 20])
@pytest.mark.parametrize(
    ("data", "want"),
    [
        (b"a,b\n1,2\n", Marks(2, False, False)),
        (MARK + b"a,b\r\n1,2\r\n", Marks(2, False, False)),
        (MARK + b'"a",b\n1,"x,\r\n""y"""\n', Marks(3, True, False)),
        ("单位,“引号”\n城关镇（一）,1\n".encode(), Marks(2, False, False)),
        (b"a,b\r1,2\r", Marks(2, False, True)),
        (b"a,b\n1,2\r3,4\n", Marks(3, False, True)),
        (b'a,b\n1,x"y\n', Marks(2, True, True)),
        (b'a,b\n1,"x"y\n', Marks(2, True, True)),
        (b'a,b\n1, "x"\n', Marks(2, True, True)),
        (b'a,b\n1,"x\n', Marks(2, True, True)),
        (b"a,b\n1,\x00\n", Marks(2, False, True)),
        ("a,b\n1,\u200b\n".encode(), Marks(2, False, True)),
        ("a,b\n1,\xa0\n".encode(), Marks(2, False, True)),
        (MARK + MARK + b"a,b\n1,2\n", Marks(2, False, True)),
    ],
)
def test_what_polars_may_see_otherwise_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes, want: Marks, size: int
) -> None:
    monkeypatch.setattr(csv, "CHUNK", size)
    assert scan(file(tmp_path, data)) == want


def test_a_row_without_an_end_does_not_fill_the_memory(tmp_path: Path) -> None:
    assert scan(file(tmp_path, b"a" * (3 * csv.CHUNK) + b"\n")).odd


@pytest.mark.parametrize(
    ("data", "want"),
    [
        (b"unit,bonus.judged\nu1,1\n", Columns(("unit", "bonus.judged"), 0, 1)),
        (MARK + b"\r\n,\r\n unit , bonus.judged\r\n1,1\r\n", Columns(("unit", "bonus.judged"), 2, 2)),
        (b'"unit",bonus.judged,"a,\nb"\nu1,1,\n', Columns(("unit", "bonus.judged", "a,\nb"), 0, 3)),
    ],
)
def test_a_header_is_the_first_row_that_is_not_blank(tmp_path: Path, data: bytes, want: Columns) -> None:
    seen: list[Table] = []
    csv.read(small(), file(tmp_path, data), seen.append, carried=True)
    assert [table.columns for table in seen] == [want]


def test_a_sound_file_is_read_by_polars_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv, "csv_findings", lambda *_, **__: pytest.fail("read row by row"))
    path = file(tmp_path, b'unit,bonus.judged\n"u,1",1\n')
    assert csv.read(small(), path, lambda table: table.path, carried=True) == path


def test_where_the_header_is_wrong_a_long_file_is_read_no_further(tmp_path: Path) -> None:
    rows = b'u,"1\n"\n' * 200_000  # a line end within quotes stands wherever one looks
    path = file(tmp_path, b"unit,bonus.jugded\n" + rows + b"x\n")
    with pytest.raises(TallyError) as error:
        csv.read(small(), path, lambda _: None, carried=True)
    assert {one.code for one in error.value.diagnostics} == {"GR601", "GR602", "GR633"}


def test_an_odd_file_is_written_anew(tmp_path: Path) -> None:
    path = file(tmp_path, b'unit,bonus.judged\r,\r"u\r""1""",1\r\r')
    text = csv.read(small(), path, lambda table: Path(table.path).read_bytes(), carried=True)
    assert text == b'unit,bonus.judged\n"u\n""1""",1\n'


def test_what_polars_cannot_read_is_written_anew(tmp_path: Path) -> None:
    path = file(tmp_path, b"unit,bonus.judged\nu1,1\n")
    seen: list[str] = []

    def work(table: Table) -> str:
        seen.append(table.path)
        if table.path == path:
            raise UnreadError
        return "done"

    assert csv.read(small(), path, work, carried=True) == "done"
    assert [one == path for one in seen] == [True, False]
