"""`curve`: points along straight lines between given ones."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from govrubric.diagnostics.diagnostic import Lang
from govrubric.language.rules.curve import Curve
from making import effect, number, rule, said

PLAIN = rule(Curve, curve=[[60, 0], [90, 8], [100, 10]], unit="%")
FALLING = rule(Curve, curve=[[Decimal("-1.5"), 3], [0, 0], [1, -6]], places=1, at_most=2)
THIRDS = rule(Curve, curve=[[0, 1], [3, 2]], places=0, unit="件")
HILL = rule(Curve, curve=[[0, 0], [2, 4], [4, 4], [8, 0]], places=0)


@pytest.mark.parametrize(
    ("curve", "code"),
    [
        ([], "GR222"),
        ({}, "GR205"),
        (5, "GR205"),
        ([5], "GR225"),
        ([[1]], "GR225"),
        ([[1, 2, 3]], "GR225"),
        ([{"x": 1}], "GR225"),
        ([["1", 2]], "GR208"),
        ([[1, 0.5]], "GR207"),
        ([[1, [2]]], "GR223"),
    ],
)
def test_a_wrong_curve_is_refused(curve: Any, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        rule(Curve, curve=curve)
    assert [error["type"] for error in refused.value.errors()] == [code]


@pytest.mark.parametrize(
    ("curve", "shown"),
    [
        ([[60, 0]], "60"),
        ([[60, 0], [60, 1]], "60"),
        ([[60, 0], [59, 1]], "59"),
        ([[1, 0], [2, 1], [Decimal("1.5"), 1], [0, 0]], "1.5"),
        ([[1, 0], [2, 1], [2, 2]], "2"),
    ],
)
def test_points_that_do_not_ascend_are_a_finding(curve: list[list[Any]], shown: str) -> None:
    assert rule(Curve, curve=curve).problems() == (("GR338", "curve", {"x": shown}),)


@pytest.mark.parametrize("right", [PLAIN, FALLING, THIRDS, HILL], ids=lambda one: one.says("en"))
def test_points_that_ascend_are_right(right: Curve) -> None:
    assert right.problems() == ()


@pytest.mark.parametrize(
    ("measured", "points"),
    [
        ("-1000000000", "0"),
        ("59.99", "0"),
        ("60", "0"),
        ("67.5", "2"),
        ("75", "4"),
        ("89.97", "7.992"),  # 8 - 0.03 × 8 ÷ 30
        ("90", "8"),
        ("95", "9"),
        ("99.99", "9.998"),
        ("100", "10"),
        ("100.01", "10"),
        ("1000000000", "10"),
    ],
)
def test_points_lie_on_straight_lines_and_are_flat_outside(measured: str, points: str) -> None:
    assert effect(PLAIN, measured) == number(points)


@pytest.mark.parametrize(
    ("measured", "points"),
    [("-9", "2"), ("-1.5", "2"), ("-0.9", "1.8"), ("0", "0"), ("0.3", "-1.8"), ("0.4", "-2"), ("5", "-2")],
)
def test_a_curve_may_fall_below_zero_and_is_held_by_the_cap(measured: str, points: str) -> None:
    assert effect(FALLING, measured) == number(points)


@pytest.mark.parametrize(("measured", "points"), [("0", "1"), ("1", "4/3"), ("2", "5/3"), ("3", "2")])
def test_points_between_are_exact(measured: str, points: str) -> None:
    assert effect(THIRDS, measured) == number(points)


@pytest.mark.parametrize(
    ("measured", "points"),
    [("1", "2"), ("2", "4"), ("3", "4"), ("4", "4"), ("6", "2"), ("8", "0"), ("9", "0")],
)
def test_a_curve_may_rise_and_fall(measured: str, points: str) -> None:
    assert effect(HILL, measured) == number(points)


@pytest.mark.parametrize(
    ("of", "lo", "hi"), [(PLAIN, "0", "10"), (FALLING, "-2", "2"), (THIRDS, "1", "2"), (HILL, "0", "4")]
)
def test_the_effect_has_the_bounds_of_the_points(of: Curve, lo: str, hi: str) -> None:
    made = of.raw(of.inputs("r"), number(10))
    assert (str(made.lo), str(made.hi)) == (lo, hi)


@pytest.mark.parametrize(
    ("of", "den", "places", "unit"), [(PLAIN, 100, 2, "%"), (FALLING, 10, 1, None), (THIRDS, 1, 0, "件")]
)
def test_a_measured_number_may_have_either_sign(of: Curve, den: int, places: int, unit: str | None) -> None:
    (one,) = of.inputs("a.r")
    assert (one.name, one.kind, str(one.lo), str(one.hi)) == ("a.r", "number", "-1000000000", "1000000000")
    assert (one.den, one.places, one.unit, one.step) == (den, places, unit, None)


@pytest.mark.parametrize(
    ("of", "lang", "words"),
    [
        (PLAIN, "en", "along the line through 60%: 0, 90%: 8, 100%: 10"),
        (PLAIN, "zh", "60%得0分，90%得8分，100%得10分，其间按直线内插"),
        (FALLING, "en", "along the line through -1.5: 3, 0: 0, 1: -6, at most 2"),
        (THIRDS, "zh", "0件得1分，3件得2分，其间按直线内插"),
    ],
)
def test_a_rule_says_itself_in_words(of: Curve, lang: Lang, words: str) -> None:
    assert of.says(lang) == words


@pytest.mark.parametrize(
    ("of", "measured", "lang", "words"),
    [
        (PLAIN, "75", "en", "75%, along the line, 4 added"),
        (THIRDS, "1", "zh", "1件，按直线内插得1.3333…分"),
        (FALLING, "0.3", "en", "0.3, along the line, 1.8 off"),
        (FALLING, "-9", "zh", "-9，按直线内插，最多得2分"),
    ],
)
def test_the_working_shows_the_number(of: Curve, measured: str, lang: Lang, words: str) -> None:
    assert said(of, measured, lang=lang) == words


def test_points_are_named() -> None:
    assert [(point.x, point.y) for point in PLAIN.curve] == [
        (number(60), number(0)),
        (number(90), number(8)),
        (number(100), number(10)),
    ]
