"""`distance`: points for each unit by which a measured number misses a threshold."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula.build import const
from govrubric.language.rules.distance import DistanceRule
from making import effect, number, rule, said

HALF = Decimal("-0.5")
UP = rule(DistanceRule, distance={"below": 95, "each": 1, "points": HALF, "whole": "up"}, unit="%")
DOWN = rule(DistanceRule, distance={"below": 95, "each": 1, "points": HALF, "whole": "down"}, unit="%")
SHARE = rule(DistanceRule, distance={"below": 95, "each": 1, "points": HALF}, unit="%")
ABOVE = rule(
    DistanceRule,
    distance={"above": 10, "each": Decimal("2.5"), "points": 1, "whole": "no"},
    unit="天",
    places=1,
)
LATE = rule(
    DistanceRule,
    distance={"above": 0, "each": 2, "points": -1, "whole": "up"},
    unit="days",
    places=0,
    at_most=3,
)
TIMES = rule(DistanceRule, distance={"below": 4, "each": 1, "points": -1}, unit="次", places=0)
THIRDS = rule(DistanceRule, distance={"below": 0, "each": 3, "points": 2}, places=0)


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"distance": 5}, ["model_type"]),
        ({"distance": {"below": 1, "points": 1}}, ["missing"]),
        ({"distance": {"below": 1, "each": 1}}, ["missing"]),
        ({"distance": {"below": 1, "each": 0, "points": 1}}, ["GR214"]),
        ({"distance": {"below": 1, "each": -1, "points": 1}}, ["GR214"]),
        ({"distance": {"below": "1", "each": 1, "points": 1}}, ["GR208"]),
        ({"distance": {"below": 1, "each": 1, "points": 1, "whole": "yes"}}, ["GR210"]),
        ({"distance": {"below": 1, "each": 1, "points": 1, "per": 1}}, ["extra_forbidden"]),
        ({}, ["missing"]),
    ],
)
def test_a_wrong_field_is_refused(fields: dict[str, Any], codes: list[str]) -> None:
    with pytest.raises(ValidationError) as refused:
        rule(DistanceRule, **fields)
    assert [error["type"] for error in refused.value.errors()] == codes


@pytest.mark.parametrize("ends", [{}, {"below": 1, "above": 2}, {"below": 0, "above": 0}])
def test_not_exactly_one_threshold_is_a_finding(ends: dict[str, int]) -> None:
    assert rule(DistanceRule, distance={**ends, "each": 1, "points": 1}).problems() == (
        ("GR337", "distance", {}),
    )


@pytest.mark.parametrize("ends", [{"below": 0}, {"above": 0}, {"below": 5}, {"above": -5}])
def test_exactly_one_threshold_is_right(ends: dict[str, int]) -> None:
    assert rule(DistanceRule, distance={**ends, "each": 1, "points": 1}).problems() == ()


@pytest.mark.parametrize(
    ("measured", "points"),
    [
        ("100", "0"),
        ("95", "0"),
        ("94.99", "-0.5"),
        ("94", "-0.5"),
        ("93.99", "-1"),
        ("90.5", "-2.5"),
        ("0", "-47.5"),
        ("-1", "-48"),
    ],
)
def test_upwards_a_part_of_a_unit_counts_as_a_whole_one(measured: str, points: str) -> None:
    assert effect(UP, measured) == number(points)


@pytest.mark.parametrize(
    ("measured", "points"),
    [("100", "0"), ("95", "0"), ("94.01", "0"), ("94", "-0.5"), ("93.01", "-0.5"), ("90.5", "-2")],
)
def test_downwards_a_part_of_a_unit_does_not_count(measured: str, points: str) -> None:
    assert effect(DOWN, measured) == number(points)


@pytest.mark.parametrize(
    ("measured", "points"),
    [("100", "0"), ("95", "0"), ("94.99", "-0.005"), ("94.5", "-0.25"), ("90.5", "-2.25")],
)
def test_without_whole_a_part_of_a_unit_counts_in_proportion(measured: str, points: str) -> None:
    assert effect(SHARE, measured) == number(points)


@pytest.mark.parametrize(
    ("measured", "points"), [("-5", "0"), ("10", "0"), ("10.1", "0.04"), ("12.5", "1"), ("20", "4")]
)
def test_above_a_threshold_it_is_the_other_way(measured: str, points: str) -> None:
    assert effect(ABOVE, measured) == number(points)


@pytest.mark.parametrize(
    ("measured", "points"),
    [
        ("0", "0"),
        ("-9", "0"),
        ("1", "-1"),
        ("2", "-1"),
        ("3", "-2"),
        ("5", "-3"),
        ("6", "-3"),
        ("7", "-3"),
        ("99", "-3"),
    ],
)
def test_no_more_is_taken_than_the_rule_may_take(measured: str, points: str) -> None:
    assert effect(LATE, measured) == number(points)


@pytest.mark.parametrize(("measured", "points"), [("0", "0"), ("1", "0"), ("-1", "2/3"), ("-4", "8/3")])
def test_a_share_of_a_unit_is_exact(measured: str, points: str) -> None:
    assert effect(THIRDS, measured) == number(points)


@pytest.mark.parametrize(
    ("of", "den", "places", "unit"),
    [(UP, 100, 2, "%"), (ABOVE, 10, 1, "天"), (LATE, 1, 0, "days"), (THIRDS, 1, 0, None)],
)
def test_a_measured_number_may_have_either_sign(
    of: DistanceRule, den: int, places: int, unit: str | None
) -> None:
    (one,) = of.inputs("a.r")
    assert (one.name, one.kind, str(one.lo), str(one.hi)) == ("a.r", "number", "-1000000000", "1000000000")
    assert (one.den, one.places, one.unit, one.step) == (den, places, unit, None)


@pytest.mark.parametrize(
    ("of", "lo", "hi"),
    [(UP, "-1000000095/2", "0"), (ABOVE, "0", "399999996"), (LATE, "-3", "0"), (THIRDS, "0", "2000000000/3")],
)
def test_the_effect_has_bounds(of: DistanceRule, lo: str, hi: str) -> None:
    made = of.raw(of.inputs("r"), number(10))
    assert (str(made.lo), str(made.hi)) == (lo, hi)


@pytest.mark.parametrize(
    ("of", "lang", "words"),
    [
        (UP, "en", "0.5 off for each 1 percentage point below 95%, begun ones count whole"),
        (UP, "zh", "低于95%的，每低1个百分点扣0.5分，不足1个百分点的按1个百分点计"),
        (DOWN, "en", "0.5 off for each 1 percentage point below 95%, whole ones only"),
        (DOWN, "zh", "低于95%的，每低1个百分点扣0.5分，不足1个百分点的不计"),
        (SHARE, "en", "0.5 off for each 1 percentage point below 95%, in proportion"),
        (SHARE, "zh", "低于95%的，每低1个百分点扣0.5分，不足1个百分点的按比例计"),
        (ABOVE, "en", "1 added for each 2.5天 above 10天, in proportion"),
        (ABOVE, "zh", "高于10天的，每高2.5天加1分，不足2.5天的按比例计"),
        (LATE, "en", "1 off for each 2 days above 0 days, begun ones count whole, at most 3"),
        (LATE, "zh", "高于0 days 的，每高2 days 扣1分，不足2 days 的按2 days 计，最多扣3分"),
        (THIRDS, "en", "2 added for each 3 below 0, in proportion"),
        (TIMES, "en", "1 off for each 1次 below 4次"),  # times are whole, so that no part of one is missed
        (TIMES, "zh", "低于4次的，每低1次扣1分"),
    ],
)
def test_a_rule_says_itself_in_words(of: DistanceRule, lang: Lang, words: str) -> None:
    assert of.says(lang) == words


@pytest.mark.parametrize(
    ("of", "measured", "lang", "words"),
    [
        (
            UP,
            "90.5",
            "en",
            "90.5%, 4.5 percentage points below 95%, counted as 5, 0.5 off for each 1 percentage point, 2.5 off",
        ),
        (UP, "90.5", "zh", "90.5%，比95%低4.5个百分点，按5个百分点计，每1个百分点扣0.5分，扣2.5分"),
        (UP, "95", "zh", "95%，不低于95%，不扣分"),
        (DOWN, "94.5", "zh", "94.5%，比95%低0.5个百分点，按0个百分点计，不扣分"),
        (DOWN, "94.5", "en", "94.5%, 0.5 percentage points below 95%, counted as 0, nothing off"),
        (DOWN, "94", "en", "94%, 1 percentage point below 95%, 0.5 off for each 1 percentage point, 0.5 off"),
        (ABOVE, "9", "en", "9天, not above 10天, nothing added"),
        (ABOVE, "9", "zh", "9天，不高于10天，不加分"),
        (UP, "96", "en", "96%, not below 95%, nothing off"),
        (ABOVE, "12.5", "en", "12.5天, 2.5天 above 10天, 1 added for each 2.5天, 1 added"),
        (
            LATE,
            "9",
            "en",
            "9 days, 9 days above 0 days, counted as 10, 1 off for each 2 days, 5 off, at most 3",
        ),
        (LATE, "9", "zh", "9 days，比0 days 高9 days，按10 days 计，每2 days 扣1分，扣5分，最多扣3分"),
    ],
)
def test_the_working_shows_the_way_to_the_threshold(
    of: DistanceRule, measured: str, lang: Lang, words: str
) -> None:
    assert said(of, measured, lang=lang) == words


def test_a_unit_counts_in_proportion_unless_told() -> None:
    assert SHARE.distance.whole == "no"
    assert (SHARE.distance.below, SHARE.distance.above, SHARE.distance.note) == (number(95), None, None)


GOAL = {"each": 1, "points": HALF, "whole": "up"}


@pytest.mark.parametrize(
    ("side", "values", "words"),
    [
        ("below", ("88.5", "90"), "88.5%，比90%低1.5个百分点，按2个百分点计，每1个百分点扣0.5分，扣1分"),
        ("above", ("92", "90.5"), "92%，比90.5%高1.5个百分点，按2个百分点计，每1个百分点扣0.5分，扣1分"),
        ("below", ("90", "90"), "90%，不低于90%，不扣分"),
    ],
)
def test_a_threshold_may_be_named(side: str, values: tuple[str, str], words: str) -> None:
    of = rule(DistanceRule, distance={side: "goal", **GOAL}, unit="%")
    assert of.working((number(values[0]), number(values[1])), number(10), number(0), "zh", 4) == words
    assert of.target == ("goal", ("distance", side))
    assert of.target_problem(const(0)) is None


def test_a_named_threshold_is_said_by_its_name() -> None:
    of = rule(DistanceRule, distance={"below": "goal", **GOAL})
    assert of.says("en") == "0.5 off for each 1 below goal, begun ones count whole"
