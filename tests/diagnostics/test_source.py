"""Texts cut into lines, and places in them."""

import pytest

from govrubric.diagnostics.source import Place, Source

TEXT = Source.of("r.yaml", "weight: 5\n  title: 指标  \n\nlast")


def test_a_source_keeps_every_line_even_the_empty_ones() -> None:
    assert Source.of("x", "a\n\nb\n").lines == ("a", "", "b", "")


def test_an_empty_text_has_one_line() -> None:
    assert Source.of("x", "").lines == ("",)


def test_a_place_says_file_line_and_column() -> None:
    assert str(Place("r.yaml", 3, 7, 9, "")) == "r.yaml:3:7"


@pytest.mark.parametrize(
    ("marks", "line", "column", "end"),
    [
        ((0, 8, 0, 9), 1, 9, 10),
        ((0, 0, 0, 6), 1, 1, 7),
        ((0, 3), 1, 4, 5),  # without an end: one character
        ((0, 3, 0, 3), 1, 4, 5),  # an end at the start: the caret still shows
        ((0, 8, 2, 1), 1, 9, 10),  # over several lines: to the end of the first
        ((1, 2, 3, 4), 2, 3, 12),  # spaces at the end of that line do not count
        ((3, 99), 4, 5, 6),  # beyond the line: after its last character
        ((99, 0), 4, 1, 2),  # beyond the text: its last line
        ((2, 0), 3, 1, 2),
    ],
)
def test_a_place_counts_from_one(marks: tuple[int, ...], line: int, column: int, end: int) -> None:
    place = TEXT.place(*marks)
    assert (place.file, place.line, place.column, place.end) == ("r.yaml", line, column, end)


def test_a_place_carries_its_whole_line() -> None:
    assert TEXT.place(1, 2).excerpt == "  title: 指标  "
