"""The long form of what may stand alone: levels and outcomes with their titles."""

from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from govrubric.language.rules.choose import Choose
from govrubric.language.rules.deduct import Deduct
from govrubric.language.worded import Level, PositiveWorth, Worth, form, levels
from making import effect, number, rule

LONG = Worth(points=Fraction(2), title="市级")


def test_a_level_has_its_points_and_title_in_either_form() -> None:
    alone, long = Level("city", Fraction(1)), Level("city", LONG)
    assert (alone.points, alone.title, alone.shown) == (Fraction(1), None, "city")
    assert (long.points, long.title, long.shown) == (Fraction(2), "市级", "市级")


def test_the_long_form_without_words_is_the_value_alone() -> None:
    assert levels({"a": Worth(points=Fraction(3)), "b": LONG, "c": Fraction(1)}) == (
        Level("a", Fraction(3)),
        Level("b", LONG),
        Level("c", Fraction(1)),
    )
    noted = Worth(points=Fraction(3), note="N")
    assert noted.shortest() is noted


@pytest.mark.parametrize(
    ("value", "tag"),
    [
        ({}, "form:long"),
        (LONG, "form:long"),
        (Fraction(1), "form:alone"),
        ("1", "form:alone"),
        ([], "form:alone"),
    ],
)
def test_a_mapping_is_the_long_form(value: object, tag: str) -> None:
    assert form(value) == tag


def test_a_model_is_taken_as_it_is() -> None:
    worth = PositiveWorth(points=Fraction(2), title="大")
    assert rule(Deduct, deduct={"big": worth}, per="例").levels == (Level("big", worth),)


@pytest.mark.parametrize(
    ("verb", "value", "code"),
    [
        (Deduct, {"points": 0}, "GR214"),
        (Deduct, {"points": -1}, "GR214"),
        (Deduct, {"points": "1"}, "GR208"),
        (Deduct, {"title": "大"}, "missing"),
        (Deduct, {"points": 1, "title": ""}, "GR213"),
        (Deduct, {"points": 1, "titel": "大"}, "extra_forbidden"),
        (Deduct, {}, "missing"),
        (Choose, {"points": "x"}, "GR208"),
        (Choose, {"title": "优"}, "missing"),
    ],
)
def test_a_wrong_long_form_is_refused(verb: Any, value: dict[str, Any], code: str) -> None:
    fields = {verb.verb: {"a": value}} | ({"per": "例"} if verb is Deduct else {})
    with pytest.raises(ValidationError) as refused:
        rule(verb, **fields)
    assert [error["type"] for error in refused.value.errors()] == [code]


@pytest.mark.parametrize(("chosen", "points"), [("a", "2.5"), ("b", "-1")])
def test_the_points_of_an_outcome_with_a_title_count(chosen: str, points: str) -> None:
    made = rule(Choose, choose={"a": {"points": Fraction("2.5"), "title": "优"}, "b": -1})
    assert effect(made, chosen) == number(points)


def test_titles_are_told_by_the_names_that_have_one() -> None:
    assert rule(Choose, choose={"a": {"points": 1, "title": "优"}, "b": 1}).titles() == {"a": "优"}
    assert rule(Deduct, deduct={"a": {"points": 1, "title": "大"}, "b": 1}, per="例").titles() == {"a": "大"}
    assert rule(Deduct, deduct=1).titles() == {}
