"""How much of a spread comes from each indicator, against figures worked out by hand."""

from fractions import Fraction

import polars as pl
import pytest

from govrubric.sensitivity.spread import spread

F = Fraction
Column = tuple[int | None, ...]


def parts(totals: Column, *indicators: tuple[Column, int]) -> list[Fraction] | None:
    columns = {
        str(index): (pl.Series(whole, dtype=pl.Int32), den) for index, (whole, den) in enumerate(indicators)
    }
    found = spread(pl.Series(totals, dtype=pl.Int64), columns)
    return None if found is None else list(found.values())


@pytest.mark.parametrize(
    ("totals", "indicators", "wanted"),
    [
        ((0, 200), [((0, 200), 100), ((5, 5), 100)], [F(1), F(0)]),  # what all have alike sets nobody apart
        ((0, 200), [((0, 150), 100), ((0, 50), 100)], [F(3, 4), F(1, 4)]),
        ((0, 200), [((0, 3), 2), ((0, 1), 2)], [F(3, 4), F(1, 4)]),  # over whatever they are
        ((0, 200), [((0, 30), 20), ((0, 5), 10)], [F(3, 4), F(1, 4)]),
        ((0, 200), [((0, 300), 100), ((100, 0), 100)], [F(3, 2), F(-1, 2)]),  # the last are ahead in it
        (
            (0, 200, None),
            [((0, 150, 999), 100), ((0, 50, None), 100)],
            [F(3, 4), F(1, 4)],
        ),  # of units with a total
        (
            (0, 200),
            [((0, 150), 100), ((None, 50), 100)],
            [F(3, 4), F(1, 4)],
        ),  # what has no score contributes nothing
        # Totals 0, 100 and 500: 3 x 500 x 400 less 600 x 400,
        # and 3 x 100 x 100 + 3 x 500 x 100 less 600 x 200: 360 of 420.
        ((0, 100, 500), [((0, 0, 400), 100), ((0, 100, 100), 100)], [F(6, 7), F(1, 7)]),
        ((7, 7), [((0, 200), 100), ((200, 0), 100)], None),
        ((None, 7), [((0, 200), 100)], None),
        ((0, 200), [((200, 0), 100)], None),  # against all indicators, as only gates may have it
    ],
)
def test_the_part_of_each_indicator(
    totals: Column, indicators: list[tuple[Column, int]], wanted: list[Fraction] | None
) -> None:
    assert parts(totals, *indicators) == wanted


def test_products_of_many_long_numbers_fit() -> None:
    totals = pl.Series([10**11 * (index % 2) for index in range(100_000)])
    assert spread(totals, {"a": (totals, 100), "b": (-totals // 2, 100)}) == {"a": F(2), "b": F(-1)}
