"""`bands`: points by the band that a measured number reaches."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from govrubric.diagnostics.diagnostic import Lang
from govrubric.language.rules.bands import Bands
from making import effect, number, rule, said

PLAIN = rule(Bands, bands=[{"from": 95, "points": 5}, {"from": 90, "points": 3}], unit="%")
ELSE = rule(
    Bands,
    bands=[
        {"from": 10, "points": 1},
        {"from": 0, "points": Decimal("0.5")},
        {"from": Decimal("-2.5"), "points": -1},
    ],
    **{"else": -3},
    places=1,
)
CAPPED = rule(Bands, bands=[{"from": 5, "points": 9}], **{"else": -9}, at_most=4, unit="days")


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"bands": []}, ["GR222"]),
        ({"bands": {}}, ["GR205"]),
        ({"bands": [{"from": 1}]}, ["missing"]),
        ({"bands": [{"points": 1}]}, ["missing"]),
        ({"bands": [{"start": 1, "points": 1}]}, ["missing", "extra_forbidden"]),
        ({"bands": [{"from": "1", "points": 1}]}, ["GR208"]),
        ({"bands": [{"from": 1, "points": 0.5}]}, ["GR207"]),
        ({"bands": [{"from": 1, "points": 1}], "else": "0"}, ["GR208"]),
        ({"bands": [{"from": 1, "points": 1}], "places": 7}, ["GR221"]),
        ({"bands": [{"from": 1, "points": 1}], "unit": ""}, ["GR213"]),
        ({"bands": [{"from": 1, "points": 1}], "per": "件"}, ["extra_forbidden"]),
        ({}, ["missing"]),
    ],
)
def test_a_wrong_field_is_refused(fields: dict[str, Any], codes: list[str]) -> None:
    with pytest.raises(ValidationError) as refused:
        rule(Bands, **fields)
    assert [error["type"] for error in refused.value.errors()] == codes


@pytest.mark.parametrize(
    ("starts", "shown"),
    [
        ((90, 95), "95"),
        ((90, 90), "90"),
        ((9, 5, Decimal("5.5"), 7), "5.5"),
        ((9, 5, number("16/3")), "16/3"),
    ],
)
def test_bands_that_do_not_descend_are_a_finding(starts: tuple[Any, ...], shown: str) -> None:
    made = rule(Bands, bands=[{"from": start, "points": 1} for start in starts])
    assert made.problems() == (("GR336", "bands", {"from": shown}),)


@pytest.mark.parametrize("right", [PLAIN, ELSE, CAPPED], ids=lambda one: one.says("en"))
def test_bands_that_descend_are_right(right: Bands) -> None:
    assert right.problems() == ()


@pytest.mark.parametrize(
    ("measured", "points"),
    [
        ("1000000000", "5"),
        ("95", "5"),
        ("94.99", "3"),
        ("90", "3"),
        ("89.99", "0"),
        ("0", "0"),
        ("-1000000000", "0"),
    ],
)
def test_the_points_of_the_first_band_reached_are_added(measured: str, points: str) -> None:
    assert effect(PLAIN, measured) == number(points)


@pytest.mark.parametrize(
    ("measured", "points"),
    [("10", "1"), ("9.9", "0.5"), ("0", "0.5"), ("-0.1", "-1"), ("-2.5", "-1"), ("-2.6", "-3")],
)
def test_a_number_that_reaches_no_band_is_worth_what_stands_at_else(measured: str, points: str) -> None:
    assert effect(ELSE, measured) == number(points)


@pytest.mark.parametrize(("measured", "points"), [("5", "4"), ("4.99", "-4")])
def test_no_more_is_given_or_taken_than_the_rule_may(measured: str, points: str) -> None:
    assert effect(CAPPED, measured) == number(points)


@pytest.mark.parametrize(
    ("of", "den", "places", "unit"), [(PLAIN, 100, 2, "%"), (ELSE, 10, 1, None), (CAPPED, 100, 2, "days")]
)
def test_a_measured_number_may_have_either_sign(of: Bands, den: int, places: int, unit: str | None) -> None:
    (one,) = of.inputs("a.r")
    assert (one.name, one.kind, str(one.lo), str(one.hi)) == ("a.r", "number", "-1000000000", "1000000000")
    assert (one.den, one.places, one.unit, one.step) == (den, places, unit, None)


@pytest.mark.parametrize(
    ("of", "lang", "words"),
    [
        (PLAIN, "en", "from 95% 5 added, from 90% 3 added, below nothing added"),
        (PLAIN, "zh", "95%以上得5分，90%以上得3分，低于90%得0分"),
        (ELSE, "en", "from 10 1 added, from 0 0.5 added, from -2.5 1 off, below 3 off"),
        (CAPPED, "en", "from 5 days 9 added, below 9 off, at most 4"),
        (CAPPED, "zh", "5 days 以上得9分，低于5 days 扣9分，加分、扣分均不超过4分"),
        (rule(Bands, bands=[{"from": 5, "points": 9}], unit="天"), "zh", "5天以上得9分，低于5天得0分"),
    ],
)
def test_a_rule_says_itself_in_words(of: Bands, lang: Lang, words: str) -> None:
    assert of.says(lang) == words


@pytest.mark.parametrize(
    ("of", "measured", "lang", "words"),
    [
        (PLAIN, "96.5", "en", "96.5%, in the band from 95%, 5 added"),
        (PLAIN, "95", "en", "95%, in the band from 95%, 5 added"),
        (PLAIN, "94.5", "zh", "94.5%，落在“90%以上”一档，得3分"),
        (PLAIN, "12", "en", "12%, below every band, nothing added"),
        (PLAIN, "12", "zh", "12%，未达最低一档，得0分"),
        (ELSE, "-3", "en", "-3, below every band, 3 off"),
        (CAPPED, "6", "en", "6 days, in the band from 5 days, 9 added, at most 4"),
    ],
)
def test_the_working_shows_the_band_that_was_reached(
    of: Bands, measured: str, lang: Lang, words: str
) -> None:
    assert said(of, measured, lang=lang) == words


def test_a_band_may_have_a_note() -> None:
    made = rule(Bands, bands=[{"from": 1, "points": 2, "note": "why"}])
    assert (made.bands[0].note, made.bands[0].start, made.bands[0].points, made.else_) == (
        "why",
        number(1),
        number(2),
        number(0),
    )
