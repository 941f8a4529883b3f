"""`bands`: points by the band that a measured number reaches."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula import build
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
        ({"bands": [{"start": 1, "points": 1}]}, ["extra_forbidden"]),
        ({"bands": [{"above": "1", "points": 1}]}, ["GR208"]),
        ({"bands": [{"from": 1, "to": "2", "points": 1}]}, ["GR208"]),
        ({"bands": [{"from": 1, "below": 0.5, "points": 1}]}, ["GR207"]),
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
    assert made.problems() == (("GR336", ("bands",), {"from": shown}),)


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


EDGES = rule(
    Bands,
    bands=[
        {"above": 90, "points": 5, "title": "优"},
        {"from": 80, "to": 90, "points": 3},
        {"above": 70, "below": 80, "points": 2},
        {"above": Decimal("59.5"), "to": 70, "points": 1},
    ],
    **{"else": -1},
    unit="分",
)


@pytest.mark.parametrize(
    ("measured", "points"),
    [("90.01", 5), ("90", 3), ("80", 3), ("79.99", 2), ("70.01", 2), ("70", 1), ("59.51", 1), ("59.5", -1)],
)
def test_a_band_above_a_number_begins_right_behind_it(measured: str, points: int) -> None:
    assert effect(EDGES, measured) == points


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            (
                "优: above 90分 5 added, from 80分 to 90分 3 added, above 70分 to below 80分 2 added, "
                "above 59.5分 to 70分 1 added, up to 59.5分 1 off"
            ),
        ),
        (
            "zh",
            (
                "优：大于90分得5分，80分以上（含80分）、不超过90分得3分，大于70分、不足80分得2分，"
                "大于59.5分、不超过70分得1分，不超过59.5分扣1分"
            ),
        ),
    ],
)
def test_the_words_tell_which_edges_belong_to_a_band(lang: Lang, words: str) -> None:
    assert EDGES.says(lang) == words


@pytest.mark.parametrize(
    ("measured", "lang", "words"),
    [
        ("90.01", "zh", "90.01分，落在“优”一档，得5分"),
        ("90", "zh", "90分，落在“80分以上（含80分）、不超过90分”一档，得3分"),
        ("80", "en", "80分, in the band from 80分 to 90分, 3 added"),
        ("75", "zh", "75分，落在“大于70分、不足80分”一档，得2分"),
        ("59.5", "zh", "59.5分，未达最低一档，扣1分"),
    ],
)
def test_the_working_names_the_edges(measured: str, lang: Lang, words: str) -> None:
    assert said(EDGES, measured, lang=lang) == words


@pytest.mark.parametrize(
    ("bands", "fields", "problem"),
    [
        ([{"points": 1}], {}, ("GR202", ("bands", 0), {"key": "from"})),
        (
            [{"from": 9, "points": 1}, {"from": 5, "above": 4, "points": 1}],
            {},
            ("GR356", ("bands", 1), {"one": "from", "other": "above"}),
        ),
        (
            [{"from": 5, "to": 9, "below": 10, "points": 1}],
            {},
            ("GR356", ("bands", 0), {"one": "to", "other": "below"}),
        ),
        ([{"from": 80, "points": 1}, {"above": 80, "points": 2}], {}, ("GR336", ("bands",), {"from": "80"})),
        (
            [{"from": 80, "points": 1}, {"from": 60, "to": 79, "points": 2}],
            {},
            (
                "GR357",
                ("bands", 1),
                {
                    "upper": "to: 79",
                    "lower": "from: 80",
                    "right": "below: 80",
                    "gap": "79.01",
                    "both": "",
                    "whole": "79.01",
                },
            ),
        ),
        (
            [{"above": 80, "points": 1}, {"from": 60, "below": 80, "points": 2}],
            {},
            (
                "GR357",
                ("bands", 1),
                {
                    "upper": "below: 80",
                    "lower": "above: 80",
                    "right": "to: 80",
                    "gap": "80",
                    "both": "",
                    "whole": "",
                },
            ),
        ),
        (
            [{"from": 80, "points": 1}, {"from": 60, "to": 80, "points": 2}],
            {},
            (
                "GR357",
                ("bands", 1),
                {
                    "upper": "to: 80",
                    "lower": "from: 80",
                    "right": "below: 80",
                    "gap": "",
                    "both": "80",
                    "whole": "",
                },
            ),
        ),
        (
            [{"from": 90, "to": 80, "points": 1}],
            {},
            ("GR358", ("bands", 0), {"lower": "from: 90", "upper": "to: 80"}),
        ),
        (
            [{"from": 90, "points": 1}, {"above": 80, "below": 80, "points": 1}],
            {},
            ("GR358", ("bands", 1), {"lower": "above: 80", "upper": "below: 80"}),
        ),
        (
            [{"above": 79, "below": 80, "points": 1}],
            {"places": 0},
            ("GR358", ("bands", 0), {"lower": "above: 79", "upper": "below: 80"}),
        ),
    ],
)
def test_edges_that_do_not_meet_are_a_finding(
    bands: list[dict[str, Any]], fields: dict[str, Any], problem: tuple[Any, ...]
) -> None:
    assert rule(Bands, bands=bands, **fields).problems() == (problem,)


@pytest.mark.parametrize(
    ("bands", "places"),
    [
        ([{"from": 80, "points": 1}, {"from": 60, "to": 79, "points": 2}], 0),
        ([{"from": 80, "points": 1}, {"from": 60, "to": Decimal("79.9"), "points": 2}], 1),
        ([{"from": 80, "to": 100, "points": 1}, {"from": 60, "below": 80, "points": 2}], 2),
        ([{"from": 80, "points": 1}, {"from": 80, "to": 80, "points": 2}][:1], 2),
        ([{"above": 80, "points": 1}, {"from": 80, "to": 80, "points": 2}], 2),
    ],
)
def test_edges_meet_between_the_numbers_that_may_be_measured(
    bands: list[dict[str, Any]], places: int
) -> None:
    assert rule(Bands, bands=bands, places=places).problems() == ()


@pytest.mark.parametrize(
    ("top", "most", "codes"),
    [
        ({"from": 80, "to": 100}, 120, ["GR359"]),
        ({"from": 80, "below": 100}, 100, ["GR359"]),
        ({"from": 80, "to": 100}, 100, []),
        ({"from": 80, "to": 100}, 90, []),
        ({"from": 80, "to": 100}, 1_000_000_000, []),
        ({"from": 80}, 120, []),
    ],
)
def test_the_top_band_ends_no_lower_than_a_shared_input(
    top: dict[str, Any], most: int, codes: list[str]
) -> None:
    shared = build.number("rate", number(most))
    found = rule(Bands, bands=[{**top, "points": 1}]).problems_of(shared)
    assert [code for code, _, _ in found] == codes
    assert all(args["name"] == "rate" and args["max"] == str(most) for _, _, args in found)
