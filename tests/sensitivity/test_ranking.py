"""Ranks, and what moves between two rankings, against figures worked out by hand."""

import polars as pl

from govrubric import Exact, Farthest, Moves
from govrubric.sensitivity.ranking import Ranking, moves

F = Exact
UNITS = pl.Series(["a", "b", "c", "d", "e"])


def ranking(*totals: int | None, grades: str | None = None) -> Ranking:
    """Totals in hundredths; grades as letters."""
    return Ranking.of(
        pl.Series(totals, dtype=pl.Int64), 100, None if grades is None else pl.Series(list(grades))
    )


def test_equal_totals_share_a_rank_and_no_total_has_none() -> None:
    made = ranking(900, 850, 850, None, 700)
    assert made.ranks.to_list() == [1, 2, 2, None, 4]
    assert made.void == 1


def test_nothing_moves_where_nothing_is_otherwise() -> None:
    same = ranking(900, 850, 850, None, 700)
    assert moves(same, same, UNITS) == Moves(F(0), F(0), 0, 0, None, False, 0, 1)


def test_what_moves() -> None:
    # a falls by half a point from 1 to 2, b rises by half a point from 2 to 1, and c stays.
    # d gains a total and a rank, and e loses both.
    found = moves(ranking(900, 850, 850, None, 700), ranking(850, 900, 850, 640, None), UNITS)
    assert found == Moves(F(0), F(-1, 2), 4, 2, Farthest("a", 1, 2), True, 0, 1)


def test_the_mean_is_exact_and_the_farthest_goes_by_places() -> None:
    # Changes of 3.00, 0 and 0.01: b moves up by two places, and c and a down by one.
    found = moves(ranking(900, 600, 700), ranking(900, 901, 700), UNITS)
    assert found == Moves(F(301, 300), F(301, 100), 3, 4, Farthest("b", 3, 1), True, 0, 0)


def test_who_ties_with_the_first_stands_first_too() -> None:
    found = moves(ranking(900, 850), ranking(900, 900), UNITS)
    assert found == Moves(F(1, 4), F(1, 2), 1, 1, Farthest("b", 2, 1), True, 0, 0)


def test_who_gains_a_total_and_stands_first_is_another_first() -> None:
    assert moves(ranking(None, 900), ranking(900, 900), UNITS) == Moves(F(0), F(0), 1, 0, None, True, 0, 0)
    assert moves(ranking(900, 900), ranking(None, 900), UNITS) == Moves(F(0), F(0), 1, 0, None, True, 0, 1)


def test_grades_are_compared_one_by_one() -> None:
    found = moves(ranking(900, 850, None, grades="AB-"), ranking(900, 800, None, grades="AC-"), UNITS)
    assert found == Moves(F(-1, 4), F(-1, 2), 0, 0, None, False, 1, 1)


def test_where_nobody_has_a_total_before_and_after_there_is_no_mean() -> None:
    assert moves(ranking(900, None), ranking(None, 850), UNITS) == Moves(None, None, 2, 0, None, True, 0, 1)
