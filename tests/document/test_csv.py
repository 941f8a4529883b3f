"""Rows, cells and their places; and text that no spreadsheet takes for a formula."""

from pathlib import Path

import pytest

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.document import csv
from govrubric.document.csv import Row, harmless, lines, table, written


def rows(text: str) -> list[list[str] | tuple[str, str]]:
    """The cells of each row, and the code and place of each finding."""
    found = table("a.csv", lines(text))
    return [(one.code, str(one.place)) if isinstance(one, Diagnostic) else list(one.cells) for one in found]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("", []),
        ("a,b\n1,2\n", [["a", "b"], ["1", "2"]]),
        ("a,b\r1,2\r\n3,4", [["a", "b"], ["1", "2"], ["3", "4"]]),
        ("\n,\na, b \n , \n1,2", [["a", " b "], ["1", "2"]]),
        ('a,"b\n,""c"""\n"",\n" 1 ",2', [["a", 'b\n,"c"'], [" 1 ", "2"]]),
        ("a,b\n1\n1,2,3\n", [["a", "b"], ("GR632", "a.csv:2:1"), ("GR632", "a.csv:3:1")]),
        ('a,b\n1,x"\n1,2', [["a", "b"], ("GR635", "a.csv:2:1")]),
        ('a,b\n1,"x" \n1,2', [["a", "b"], ("GR635", "a.csv:2:1")]),
        ('a,b\n\n1,"2\n3', [["a", "b"], ("GR635", "a.csv:3:1")]),
        ("\na\tb\n1\t2", [("GR635", "a.csv:2:2")]),
        (
            "a,,a,a\n",
            [["a", "", "a", "a"], ("GR637", "a.csv:1:3"), ("GR631", "a.csv:1:4"), ("GR631", "a.csv:1:6")],
        ),
        ('a,b\n1,"\n\u200b"\n', [["a", "b"], ("GR105", "a.csv:3:1"), ["1", "\n\u200b"]]),
    ],
)  # fmt: skip
def test_what_a_row_is(text: str, want: list[list[str] | tuple[str, str]]) -> None:
    assert rows(text) == want


def test_a_cell_has_its_place_in_its_own_line() -> None:
    row = next(one for one in table("a.csv", ['"a\n', ' b",cd,"e"\n']) if isinstance(one, Row))
    places = [row.cell(index) for index in range(3)]
    assert [(one.line, one.column, one.end, one.excerpt) for one in places] == [
        (1, 1, 3, '"a'), (2, 5, 7, ' b",cd,"e"'), (2, 8, 11, ' b",cd,"e"')
    ]  # fmt: skip


def test_a_row_that_is_too_long_is_a_quote_that_nothing_closes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govrubric.document.csv.ROW_LIMIT", 20)
    assert rows('a\n"' + "x\n" * 15 + '"\n') == [["a"], ("GR635", "a.csv:2:1")]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        *((text, text) for text in ("", "a", "-5", "-0.25", "1-2", "a=b", "'=1", "城")),
        *((text, f"'{text}") for text in ("=1", "+5", "-", "-x", "-5%", "-1e5", "-.5", "-5.", "--5", "@a")),
        *((text, f"'{text}") for text in ("\t1", "＝1", "＋1", "－5", "＠a")),
        *((text, f"'{text}") for text in (" =1", "\u3000＝1", "\xa0@a", "\n=1", " -x", "- 5")),
        *((text, text) for text in (" -5", "-5 ", " a")),
        ("-5\n", "'-5\n"),
        ("\ra", "'\\u000da"),
        ("a\x00b", "a\\u0000b"),
    ],
)  # fmt: skip
def test_a_text_is_no_formula_and_a_negative_number_is_one(text: str, want: str) -> None:
    assert harmless(text) == want


def test_cells_are_quoted_where_they_must_be() -> None:
    assert written([["a,b", 'c"', "d\ne", "=f"], [""]]) == '"a,b","c""","d\ne",\'=f\n""\n'


def test_a_file_that_became_right_meanwhile_is_still_refused_at_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("unit\nu1\n")
    found = csv.not_utf8(str(path))
    assert (found.code, found.where) == ("GR104", f"{path}:1:1")
