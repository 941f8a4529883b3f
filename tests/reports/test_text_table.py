"""Rows as a table: cells stand under each other, whatever is in them."""

import pytest

from govrubric.reports.text_table import text_table


def test_names_stand_to_the_left_and_figures_to_the_right() -> None:
    rows = [["unit", "total"], ["u1", "9.5"], ["office 12", "10.25"]]
    assert list(text_table(rows, {0})) == ["unit       total", "u1           9.5", "office 12  10.25"]


def test_a_chinese_character_takes_two_cells_and_an_accent_none() -> None:
    rows = [["公文", "1"], ["e\u0301", "10"]]
    assert list(text_table(rows, {0})) == ["公文   1", "e\u0301     10"]


def test_a_line_follows_the_head_where_it_is_asked_for() -> None:
    rows = [["总分", "单位"], ["9.5", "甲"]]
    assert list(text_table(rows, {1}, ruled=True)) == ["总分  单位", "────  ────", " 9.5  甲"]


def test_rows_of_unequal_length_are_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="zip"):
        list(text_table([["a", "b"], ["c"]], {0}))
