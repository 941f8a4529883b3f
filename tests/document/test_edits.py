"""Edits: a span that is edited changes, and nothing else does."""

import pytest

from govrubric.document.edits import Edit, edited
from govrubric.document.nodes import Span

TEXT = "指标: 甲\nweight: 5\nlast: x"


def at(line: int, column: int, end: int, end_line: int | None = None) -> Span:
    return Span(line, column, line if end_line is None else end_line, end)


def test_nothing_edited_is_nothing_changed() -> None:
    data = b"\xef\xbb\xbfa: 1\r\nb:  2 \n\n"
    assert edited(data, []) == data


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([Edit(at(1, 8, 9), "12.5")], "指标: 甲\nweight: 12.5\nlast: x"),
        ([Edit(at(0, 4, 5), "乙"), Edit(at(2, 6, 7), "")], "指标: 乙\nweight: 5\nlast: "),
        ([Edit(at(2, 6, 7), "y"), Edit(at(0, 4, 5), "长一些")], "指标: 长一些\nweight: 5\nlast: y"),
        ([Edit(at(1, 0, 0), "note: n\n")], "指标: 甲\nnote: n\nweight: 5\nlast: x"),
        ([Edit(at(0, 4, 7, end_line=2), "-")], "指标: -"),
    ],
)
def test_each_edit_is_made_at_its_place(edits: list[Edit], expected: str) -> None:
    assert edited(TEXT.encode(), edits).decode() == expected


def test_the_mark_and_the_ends_of_lines_are_kept() -> None:
    data = b"\xef\xbb\xbfa: 1\r\nb: 2\r\n"
    result = edited(data, [Edit(at(0, 3, 4), "7"), Edit(at(1, 0, 0), "# here\n")])
    assert result == b"\xef\xbb\xbfa: 7\r\n# here\r\nb: 2\r\n"


def test_edits_do_not_overlap() -> None:
    with pytest.raises(AssertionError, match="overlap"):
        edited(b"weight: 5", [Edit(at(0, 0, 9), "a"), Edit(at(0, 8, 9), "b")])
