"""Groups of units -> where their totals lie."""

from collections import Counter
from fractions import Fraction

import pytest

from govrubric.batch.summary import Group, Spread, Summary, spread, summary


def test_of_no_total_there_is_no_spread() -> None:
    assert spread(Counter()) is None


@pytest.mark.parametrize(
    ("totals", "want"),
    [
        ([7], (7, 7, 7, 7, 7, 7)),
        # Ranks of 4 units: 1, 2 and 3.
        ([1, 2, 3, 10], (1, 1, 2, 3, 10, 4)),
        # Ranks of 5 units: 5/4, 10/4 and 15/4, rounded up 2, 3 and 4.
        ([10, 20, 30, 40, 50], (10, 20, 30, 40, 50, 30)),
        ([-2, -2, -2, 6], (-2, -2, -2, -2, 6, 0)),
    ],
)
def test_a_quartile_is_the_total_at_its_rank(totals: list[int], want: tuple[int, ...]) -> None:
    assert spread(Counter(map(Fraction, totals))) == Spread(*map(Fraction, want))


def test_a_mean_is_exact() -> None:
    found = spread(Counter({Fraction(1): 2, Fraction(2): 1}))
    assert found is not None
    assert found.mean == Fraction(4, 3)


def test_every_unit_is_in_one_place() -> None:
    one = Fraction(1)
    groups = [
        Group(one, "B", False, 2),
        Group(None, "C", False, 3),
        Group(None, None, True, 4),
        Group(one, "B", False, 1),
    ]
    assert summary(groups, ("A", "B", "C"), {"GR604": 1, "GR602": 3}, ()) == Summary(
        units=10,
        spread=Spread(one, one, one, one, one, one),
        grades={"A": 0, "B": 3, "C": 3},
        void=3,
        bad=4,
        codes={"GR602": 3, "GR604": 1},
        first=(),
    )
