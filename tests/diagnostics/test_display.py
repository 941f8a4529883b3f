"""display: what a terminal may show of a text or a value, and the line of a place with its caret."""

import datetime
from decimal import Decimal

import pytest

from govrubric.diagnostics.display import cells, plain, shown, with_caret
from govrubric.diagnostics.source import Place


def at(line: int, column: int, end: int, excerpt: str) -> Place:
    return Place("r.yaml", line, column, end, excerpt)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("\x1b[31mred", "\\u001b[31mred"),
        ("a\x00b", "a\\u0000b"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u200bb", "a\\u200bb"),
        ("a\ud800b", "a\\ud800b"),
        ("a\x85b", "a\\u0085b"),
        ("a\nb", "a⏎b"),
        ("a\r\nb", "a\\u000d⏎b"),
        ("a\tb", "a b"),
        ("指标\u3000一", "指标\u3000一"),
    ],
)
def test_what_a_reader_cannot_see_is_shown_as_an_escape(text: str, safe: str) -> None:
    assert plain(text) == safe


@pytest.mark.parametrize(
    ("text", "limit", "safe"),
    [
        ("x" * 81, 80, "x" * 79 + "…"),
        ("x" * 80, 80, "x" * 80),
        ("x" * 10**7, 80, "x" * 79 + "…"),
        ("\x00" * 9, 8, "\\u0000\\…"),
        ("abcd", 3, "ab…"),
    ],
    ids=["one_more", "just", "huge", "escapes", "short"],
)
def test_shown_text_is_cut_to_its_limit(text: str, limit: int, safe: str) -> None:
    assert plain(text, limit) == safe


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (True, "true"),
        (None, "none"),
        (5, "5"),
        (10**30 - 1, "9" * 30),
        (10**5000, "10^30…"),
        (-(10**5000), "-10^30…"),
        (0.1, "0.1 (float)"),
        (float("nan"), "nan (float)"),
        (datetime.date(2023, 1, 2), "2023-01-02"),
        (Decimal("1e999999999"), "Decimal"),
        (object(), "object"),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 40 else type(value).__name__,
)
def test_a_value_is_shown_short_and_never_asked_to_print_itself(value: object, words: str) -> None:
    assert shown(value) == words


@pytest.mark.parametrize(
    ("character", "columns"),
    [("a", 1), ("指", 2), ("：", 2), ("\u3000", 2), ("é", 1), ("e\u0301", 1), ("", 0), ("ｱ", 1)],
)
def test_a_text_takes_so_many_columns(character: str, columns: int) -> None:
    assert cells(character) == columns


def test_the_caret_stands_under_the_cells_of_wide_characters() -> None:
    assert with_caret(at(12, 4, 6, "指标：名称")) == ["  12 | 指标：名称", "     |       ^^^^"]


def test_control_characters_of_the_line_are_shown_as_escapes() -> None:
    assert with_caret(at(1, 3, 4, "a\tb\x1b[0m")) == ["  1 | a b\\u001b[0m", "    |   ^"]


def test_a_marked_control_character_has_a_caret_under_its_whole_escape() -> None:
    assert with_caret(at(1, 2, 3, "a\x1bb")) == ["  1 | a\\u001bb", "    |  ^^^^^^"]


def test_a_place_after_the_end_of_the_line_still_has_one_caret() -> None:
    assert with_caret(at(1, 5, 9, "abcd")) == ["  1 | abcd", "    |     ^"]


def test_a_long_line_is_cut_after_the_place() -> None:
    assert with_caret(at(1, 1, 3, "a" * 300)) == ["  1 | " + "a" * 100 + "…", "    | ^^"]


def test_a_long_line_is_cut_before_the_place() -> None:
    row, carets = with_caret(at(1, 201, 203, "a" * 200 + "XY"))
    assert row.startswith("  1 | …a")
    assert len(row) <= 59
    assert [row[index] for index, mark in enumerate(carets) if mark == "^"] == ["X", "Y"]


def test_a_long_line_of_wide_characters_is_cut_by_its_cells() -> None:
    row, carets = with_caret(at(1, 101, 102, "指" * 100 + "X" + "标" * 100))
    before, after = row.removeprefix("  1 | ").split("X")
    assert before.startswith("…")
    assert before.count("指") <= 25
    assert after.endswith("…")
    assert carets.index("^") == len("    | ") + 1 + 2 * before.count("指")
