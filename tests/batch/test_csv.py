"""Large CSV files: the header, the commas, and the first thing that is wrong."""

from pathlib import Path

import pytest

from govrubric.batch import csv as commas
from govrubric.batch.csv import Header, Marks

MARK = b"\xef\xbb\xbf"


def file(folder: Path, data: bytes) -> str:
    path = folder / "units.csv"
    path.write_bytes(data)
    return str(path)


@pytest.mark.parametrize(
    ("data", "want"),
    [
        (b"a,b\n1,2\n", Header(["a", "b"], 0, 1)),
        (MARK + b"\r\n,\r\n a , b\r\n1,2\r\n", Header(["a", "b"], 2, 2)),
        (b'a,"b,\nc",d\n', Header(["a", "b,\nc", "d"], 0, 3)),
        ("单位\n".encode(), Header(["单位"], 0, 0)),
    ],
)
def test_a_header_is_the_first_row_that_is_not_blank(tmp_path: Path, data: bytes, want: Header) -> None:
    assert commas.header(file(tmp_path, data)) == want


@pytest.mark.parametrize(
    ("data", "codes"),
    [
        (b"", ["GR634"]),
        (b"\n \n", ["GR634"]),
        (b"a;b\n1;2\n", ["GR635"]),
        ("a，b\n".encode(), ["GR635"]),
        (b'"a,b\n1,2\n', ["GR635"]),
        (b"a,,b,\n", ["GR637"]),
        (b"a,b,a,b,a\n", ["GR631", "GR631"]),
        ("单位,a\n".encode("gbk"), ["GR104"]),
    ],
)
def test_a_header_that_is_none_is_refused(tmp_path: Path, data: bytes, codes: list[str]) -> None:
    found = commas.header(file(tmp_path, data))
    assert isinstance(found, list)
    assert [one.code for one in found] == codes
    assert found[0].place is not None


def test_of_a_long_file_only_the_head_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commas, "HEAD", 9)
    # The ninth byte is in the middle of a character.
    assert commas.header(file(tmp_path, "a,b\n1234市\n".encode())) == Header(["a", "b"], 0, 1)


def test_marks_are_counted_in_every_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commas, "CHUNK", 2)
    assert commas.marks(file(tmp_path, b"a,b,c\n")) == Marks(2, False)
    assert commas.marks(file(tmp_path, b'a,"b,c",\n,,')) == Marks(5, True)


@pytest.mark.parametrize(
    "data",
    [b"a,b\n1,2\n", MARK + b'a,b\r\n1,"x\r\n,""y"""\r\n\r\n', b"\n,,\na,b\n3,4"],
)
def test_a_sound_file_has_no_finding(tmp_path: Path, data: bytes) -> None:
    assert commas.unsound(file(tmp_path, data)) is None


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        (b"a,b\n1,2\n\n3\n", "GR632", 4),
        (b'a,b\n"1\n1",2\n1,2,3\n', "GR632", 4),
        (b'a,b\n1,2\n"3,4\n', "GR635", 3),
        (b'a,b\n1,x"y\n', "GR635", 2),
        (b'a,b\n1,"x"y\n', "GR635", 2),
        ("a,b\n1,2\n中,2\n".encode("gbk"), "GR104", 3),
    ],
)
def test_the_first_thing_wrong_is_told_where_it_stands(
    tmp_path: Path, data: bytes, code: str, line: int
) -> None:
    found = commas.unsound(file(tmp_path, data))
    assert found is not None
    assert found.place is not None
    assert (found.code, found.place.line) == (code, line)
