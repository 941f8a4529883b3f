"""`judge`: a score that an assessor gives, its places and steps."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from govrubric.diagnostics.diagnostic import Lang
from govrubric.language.rules.judge import Judge
from making import effect, number, rule, said

PLAIN = rule(Judge, judge=5)
STEPPED = rule(Judge, judge=3, step=Decimal("0.5"), places=1)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"judge": 0}, "GR214"),
        ({"judge": -5}, "GR214"),
        ({"judge": [5]}, "GR223"),
        ({"judge": 5, "places": 7}, "GR221"),
        ({"judge": 5, "places": -1}, "GR221"),
        ({"judge": 5, "places": Decimal("1.5")}, "GR221"),
        ({"judge": 5, "step": 0}, "GR214"),
        ({"judge": 5, "per": "件"}, "extra_forbidden"),
        ({}, "missing"),
    ],
)
def test_a_wrong_field_is_refused(fields: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        rule(Judge, **fields)
    assert [error["type"] for error in refused.value.errors()] == [code]


@pytest.mark.parametrize(
    ("step", "places", "shown"),
    [
        (Decimal("0.5"), 0, "0.5"),
        (Decimal("0.25"), 1, "0.25"),
        (number("1/3"), 6, "1/3"),
        (Decimal("0.001"), 2, "0.001"),
    ],
)
def test_a_step_that_the_places_cannot_hold_is_a_finding(step: Any, places: int, shown: str) -> None:
    assert rule(Judge, judge=5, step=step, places=places).problems() == (
        ("GR309", "step", {"step": shown, "places": str(places)}),
    )


@pytest.mark.parametrize(
    ("step", "places"), [(None, 0), (1, 0), (Decimal("0.5"), 1), (Decimal("0.25"), 2), (Decimal("0.05"), 2)]
)
def test_a_step_that_the_places_hold_is_right(step: Any, places: int) -> None:
    assert rule(Judge, judge=5, step=step, places=places).problems() == ()


@pytest.mark.parametrize("score", ["0", "3.25", "5"])
def test_the_score_given_is_added(score: str) -> None:
    assert effect(PLAIN, score) == number(score)


def test_no_more_is_added_than_the_rule_may_add() -> None:
    assert effect(rule(Judge, judge=5, at_most=4), "4.5") == number(4)


@pytest.mark.parametrize(
    ("of", "wanted"),
    [
        (PLAIN, ("a.r", "number", "0", "5", 100, 2, None)),
        (STEPPED, ("a.r", "number", "0", "3", 10, 1, number("0.5"))),
        (rule(Judge, judge=100, places=0), ("a.r", "number", "0", "100", 1, 0, None)),
    ],
)
def test_a_judgement_must_be_given_within_its_bounds(of: Judge, wanted: tuple[object, ...]) -> None:
    (one,) = of.inputs("a.r")
    assert (one.name, one.kind, str(one.lo), str(one.hi), one.den, one.places, one.step) == wanted
    assert one.required


@pytest.mark.parametrize(
    ("of", "lang", "words"),
    [
        (PLAIN, "en", "judged, 0 to 5"),
        (PLAIN, "zh", "由考评方在0至5分内评定"),
        (STEPPED, "en", "judged, 0 to 3, in steps of 0.5"),
        (STEPPED, "zh", "由考评方在0至3分内评定，每0.5分一档"),
        (rule(Judge, judge=5, at_most=4), "en", "judged, 0 to 5, at most 4"),
        (rule(Judge, judge=5, at_most=4), "zh", "由考评方在0至5分内评定，最多得4分"),
    ],
)
def test_a_rule_says_itself_in_words(of: Judge, lang: Lang, words: str) -> None:
    assert of.says(lang) == words


@pytest.mark.parametrize(("lang", "words"), [("en", "judged 4.25"), ("zh", "评定4.25分")])
def test_the_working_shows_the_judgement(lang: Lang, words: str) -> None:
    assert said(PLAIN, "4.25", lang=lang) == words


@pytest.mark.parametrize(("lang", "words"), [("en", "judged 4.5, at most 4"), ("zh", "评定4.5分，最多得4分")])
def test_the_working_shows_the_cap(lang: Lang, words: str) -> None:
    assert said(rule(Judge, judge=5, at_most=4), "4.5", lang=lang) == words
