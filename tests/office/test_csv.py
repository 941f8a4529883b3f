"""CSV files: encodings, rows and their numbers, and what is refused."""

import pytest

from govrubric.diagnostics.diagnostic import DraftError
from govrubric.office.csv import SIZE_LIMIT, grids_of
from govrubric.office.grids import Grid


def grid_of(data: bytes) -> Grid:
    (grid,) = grids_of("x.csv", data)
    return grid


def refused(data: bytes) -> tuple[str, str]:
    with pytest.raises(DraftError) as error:
        grids_of("x.csv", data)
    (found,) = error.value.diagnostics
    assert found.place is not None
    assert found.place.excerpt == ""  # the file may be anything
    return found.code, found.where


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings(encoding: str) -> None:
    grid = grid_of("指标,分值\r\n值守，夜间,10\r\n".encode(encoding))
    assert [[cell.text for cell in row] for row in grid.cells] == [["指标", "分值"], ["值守，夜间", "10"]]
    assert [one.code for one in grid.notes] == (["GR812"] if encoding == "gb18030" else [])


def test_rows_have_the_numbers_that_a_spreadsheet_shows() -> None:
    grid = grid_of('\n题目\n\n,\n"甲\n乙",丙\n丁\n'.encode())
    assert [[cell.text for cell in row] for row in grid.cells] == [
        ["", ""], ["题目", ""], ["", ""], ["", ""], ["甲\n乙", "丙"], ["丁", ""],
    ]  # fmt: skip
    assert grid.cells[4][0].lines == ("甲", "乙")


def test_characters_that_no_reader_sees() -> None:
    grid = grid_of("指\u200b标,分\u00a0值".encode())
    assert [cell.text for cell in grid.cells[0]] == ["指标", "分 值"]
    assert [(one.code, dict(one.args)["number"]) for one in grid.notes] == [("GR813", "2")]


def test_an_empty_file_has_no_table() -> None:
    assert grids_of("x.csv", b"\n,\n") == ()


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("指标,分值".encode("utf-16"), ("GR104", "x.csv:1:1")),
        (b"a,b\n\x81\x20", ("GR104", "x.csv:2:1")),
        ('指标,"分值\n值守,10'.encode(), ("GR635", "x.csv:1:1")),
        ("考核表\n指标;分值".encode(), ("GR635", "x.csv:2:3")),
        ("指标\t分值".encode(), ("GR635", "x.csv:1:3")),
        (b"a" * (SIZE_LIMIT + 1), ("GR103", "x.csv:1:1")),
        (b"a," * 25_001 + b"\n\n", ("GR807", "x.csv:1:1")),
    ],
)
def test_what_is_refused(data: bytes, found: tuple[str, str]) -> None:
    if found[0] == "GR807":
        data += b"\nb"
    assert refused(data) == found


def test_one_column_is_a_table_of_one_column() -> None:
    assert [[cell.text for cell in row] for row in grid_of("指标\n值守".encode()).cells] == [
        ["指标"],
        ["值守"],
    ]
