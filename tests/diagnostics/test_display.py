"""display: what a terminal may show of a text or a value, and the line of a place with its caret."""

import datetime
import re
import sys
import unicodedata
from decimal import Decimal

import polars
import pytest

from govrubric.diagnostics.display import (
    ODD_SPACE,
    UNSAFE,
    cells,
    escaped,
    is_seen,
    plain,
    shown,
    unfit,
    with_caret,
)
from govrubric.diagnostics.source import Place
from govrubric.document import csv


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
        ("❤\ufe0f", "❤\\ufe0f"),
        ("葛\U000e0100", "葛\\U000e0100"),
        ("\U0010ffff", "\\U0010ffff"),
        ("\ue000\U00020bb7", "\ue000\U00020bb7"),
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


# Default_Ignorable_Code_Point of Unicode 16, DerivedCoreProperties.txt; Python does not know the property.
IGNORABLE = (
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip
# Prepended_Concatenation_Mark: signs of category Cf that are drawn around the digits after them.
DRAWN = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}


def is_unsafe(code: int) -> bool:
    category = unicodedata.category(chr(code))
    return (
        (category == "Cc" and chr(code) not in "\t\n")
        or (category == "Cf" and code not in DRAWN)
        or category in ("Cs", "Zl", "Zp")
        or code & 0xFFFE == 0xFFFE
        or 0xFDD0 <= code <= 0xFDEF
        or 0x13439 <= code <= 0x1343F  # Egyptian format controls, of which Python 3.11 does not know yet
        or any(first <= code <= last for first, last in IGNORABLE)
    )


def test_what_is_unsafe_follows_from_the_categories_and_properties_of_unicode() -> None:
    """A control, format or line character, a surrogate, a noncharacter, or what a program may ignore."""
    unsafe = {code for code in range(sys.maxunicode + 1) if is_unsafe(code)}
    assert {
        ord(character) for character in UNSAFE.findall("".join(map(chr, range(sys.maxunicode + 1))))
    } == unsafe


def test_a_space_that_is_not_the_ordinary_one_is_odd() -> None:
    """All of category Zs but the two that are typed, and the braille pattern that is blank."""
    spaces = {chr(code) for code in range(0x10000) if unicodedata.category(chr(code)) == "Zs"}
    assert set(ODD_SPACE.findall("".join(map(chr, range(0x10000))))) == (spaces - {" ", "\u3000"}) | {
        "\u2800"
    }


def test_polars_reads_the_set_as_python_does() -> None:
    characters = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000]
    changed = polars.Series(characters).str.contains(csv.CHANGED)
    pattern = re.compile(csv.CHANGED)
    assert [bool(pattern.search(character)) for character in characters] == changed.to_list()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("指标\u3000一\n二\t", None),
        ("a\xa0\u200b", ("GR105", "U+200B")),
        ("a\xa0", ("GR106", "U+00A0")),
        ("\U000e0041", ("GR105", "U+E0041")),
    ],
)
def test_a_text_is_unfit_for_its_first_unseen_character(text: str, found: tuple[str, str] | None) -> None:
    assert unfit(text) == found


def test_what_is_escaped_keeps_its_lines() -> None:
    assert escaped("a\n\x1b\tb\U000e0001") == "a\n\\u001b\tb\\U000e0001"


class Number(int):
    def __str__(self) -> str:
        raise RuntimeError

    __repr__ = __abs__ = __lt__ = __str__  # type: ignore[assignment] # they raise, whatever is asked


class Real(float):
    def __repr__(self) -> str:
        raise RuntimeError


class Day(datetime.date):
    def isoformat(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Number(5), "Number"),
        (Real(0.5), "0.5 (float)"),
        (Day(2023, 1, 2), "Day"),
        (datetime.datetime(2023, 1, 2, 3, 4, tzinfo=datetime.UTC), "2023-01-02T03:04:00+00:00"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_no_method_of_a_foreign_class_is_called(value: object, words: str) -> None:
    assert shown(value) == words


def test_a_long_text_is_seen_if_each_of_its_characters_is() -> None:
    """The quick way finds what the patterns find, wherever it stands."""
    assert is_seen("")
    assert is_seen("评分表 a\tb\n" * 1000)
    for odd in ("\x00", "\u200b", "\u3164", "\U000e0041", "\ud800", "\xa0", "\u2800"):
        assert not is_seen("评分表" * 1000 + odd)
        assert not is_seen(odd + "a" * 1000)
