"""texts: digits and words in cells, read by the function that reads tallies."""

from fractions import Fraction
from typing import Any

import polars as pl
import pytest

from govrubric.formula.build import choice, flag, number, tally_count
from govrubric.formula.nodes import Input
from govrubric.tables import digits
from govrubric.tables.digits import parsed

JUDGED = number("j", Fraction(3), places=2, step=Fraction(1, 2))


def read(one: Input, bits: int, cells: list[str | None], *, plain: bool) -> pl.Series:
    return pl.DataFrame({"t": pl.Series(cells, dtype=pl.String)}).select(
        parsed(one, bits, plain=plain)(pl.col("t")).alias("v")
    )["v"]


@pytest.mark.parametrize(("bits", "kind"), [(32, pl.Int32), (64, pl.Int64), (128, pl.Int128)])
def test_digits_are_whole_numbers_over_the_denominator(bits: int, kind: Any) -> None:
    came = read(JUDGED, bits, ["2.5", "3", "0.50", "2.5", None], plain=False)
    assert came.dtype == kind
    assert came.to_list() == [250, 300, 50, 250, None]


def test_what_a_tally_would_not_take_is_null() -> None:
    assert read(JUDGED, 32, ["2.4", "3.5", "x", "", "２", "1e0", " 2", "1/2"], plain=False).to_list() == [
        None
    ] * 7 + [50]


def test_a_cell_of_a_file_may_be_a_count_a_flag_or_a_choice() -> None:
    assert read(
        tally_count("n", None), 32, ["3", "-1", "4例", "1.0", "1000000000"], plain=True
    ).to_list() == [3, None, None, None, 10**9]
    flags = read(flag("f"), 0, ["true", "False", "yes", "1"], plain=True)
    assert flags.dtype == pl.Boolean
    assert flags.to_list() == [True, False, None, None]
    assert read(choice("c", ("A", "B")), 32, ["B", "A", "C"], plain=True).to_list() == [1, 0, None]


def test_a_text_that_is_no_cell_is_neither_count_nor_flag() -> None:
    assert read(tally_count("n", None), 32, ["3"], plain=False).to_list() == [None]
    assert read(flag("f"), 0, ["true"], plain=False).to_list() == [None]


def test_each_text_is_read_once_and_not_too_many_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def whole(_: Input, value: Any) -> int:
        asked.append(value)
        return int(value)

    monkeypatch.setattr(digits, "whole", whole)
    monkeypatch.setattr(digits, "REMEMBERED", 2)
    expr = parsed(tally_count("n", None), 32, plain=True)(pl.col("t"))

    def again(*cells: str) -> list[int]:
        return pl.DataFrame({"t": cells}).select(expr.alias("v"))["v"].to_list()

    assert again("1", "1", "1") == [1, 1, 1]
    assert again("1", "2") == [1, 2]
    assert asked == ["1", "2"]
    assert again("3") == [3]
    assert again("4") == [4]  # too many by now, so that all are forgotten
    assert again("1", "4") == [1, 4]
    assert asked == ["1", "2", "3", "4", "1"]
