"""The place of a unit among those of its class."""

from decimal import Decimal
from typing import Any

import pytest

from classes import CHIEFS
from govrubric import loads
from govrubric.scoring.places import card_places, places, ranking


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ([], []),
        ([("", "7")], [1]),
        ([("", "7"), ("", "9"), ("", "7.00"), ("", "6")], [2, 1, 2, 4]),
        ([("", "9"), ("", "9"), ("", "9")], [1, 1, 1]),
        ([("", None), ("", "0"), ("", None)], [None, 1, None]),
        ([("a", "5"), ("b", "9"), ("a", "7"), (None, "1"), ("b", "9"), ("b", "8")], [2, 1, 1, 1, 1, 3]),
    ],
)
def test_a_place_is_one_more_than_the_units_of_the_class_with_a_greater_total(
    units: list[tuple[str | None, str | None]], expected: list[int | None]
) -> None:
    assert places((kind, None if total is None else Decimal(total)) for kind, total in units) == expected


def test_units_of_a_variant_are_ranked_by_themselves() -> None:
    rubric = loads(CHIEFS)
    tallies: list[dict[str, Any]] = [
        {"unit": "a", "chiefs.share": 94},
        {"unit": "b", "variant": "county", "chiefs.share": 90},
        {"unit": "c", "chiefs.share": 95},
    ]
    assert card_places(rubric.score_all(tallies)) == [2, 1, 1]


def test_a_ranking_as_plain_data_shows_no_character_that_cannot_be_seen() -> None:
    assert ranking([("a\u202e", None, Decimal(1)), (None, "city", None)]) == [
        {"unit": "a\\u202e", "variant": None, "place": 1},
        {"unit": None, "variant": "city", "place": None},
    ]
