"""`convert`: a score from elsewhere, brought to the item's scale."""

from typing import Any

import pytest
from pydantic import ValidationError

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula import build
from govrubric.language.rules.convert import Convert
from making import effect, number, rule, said

HUNDRED = rule(Convert, convert=100)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"convert": 0}, "GR214"),
        ({"convert": {"a": 1}}, "GR223"),
        ({"convert": 100, "places": 9}, "GR221"),
        ({"convert": 100, "step": 1}, "extra_forbidden"),
    ],
)
def test_a_wrong_field_is_refused(fields: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        rule(Convert, **fields)
    assert [error["type"] for error in refused.value.errors()] == [code]


@pytest.mark.parametrize(
    ("score", "full", "points"),
    [
        ("0", "10", "0"),
        ("100", "10", "10"),
        ("87.65", "10", "8.765"),
        ("0.01", "5", "0.0005"),
        ("50", "1/3", "1/6"),
    ],
)
def test_a_score_becomes_its_share_of_full_marks(score: str, full: str, points: str) -> None:
    assert effect(HUNDRED, score, full=full) == number(points)


@pytest.mark.parametrize(("score", "points"), [("7", "10/3"), ("21", "10")])
def test_a_scale_that_does_not_divide_evenly_stays_exact(score: str, points: str) -> None:
    assert effect(rule(Convert, convert=21, places=0), score) == number(points)


def test_no_more_is_added_than_the_rule_may_add() -> None:
    assert effect(rule(Convert, convert=100, at_most=6), "87.65") == number(6)


def test_a_score_must_be_given_within_its_bounds() -> None:
    (one,) = rule(Convert, convert=120, places=1).inputs("a.r")
    assert (one.name, one.kind, str(one.lo), str(one.hi), one.den, one.places, one.step, one.required) == (
        "a.r",
        "number",
        "0",
        "120",
        10,
        1,
        None,
        True,
    )


def test_a_score_has_two_places_unless_told() -> None:
    assert HUNDRED.inputs("a.r")[0].places == 2


def test_a_rule_that_is_right_has_no_problems() -> None:
    assert HUNDRED.problems() == ()


@pytest.mark.parametrize(
    ("of", "lang", "words"),
    [
        (HUNDRED, "en", "converted from a score out of 100"),
        (HUNDRED, "zh", "按满分100分的得分折合"),
        (rule(Convert, convert=100, at_most=6), "zh", "按满分100分的得分折合，最多得6分"),
    ],
)
def test_a_rule_says_itself_in_words(of: Convert, lang: Lang, words: str) -> None:
    assert of.says(lang) == words


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "87.65 × 10 ÷ 100 = 8.765"), ("zh", "87.65×10÷100=8.765分")]
)
def test_the_working_shows_the_sum(lang: Lang, words: str) -> None:
    assert said(HUNDRED, "87.65", lang=lang) == words


@pytest.mark.parametrize(("lang", "words"), [("en", "29 × 10 ÷ 33 = 8.7878…"), ("zh", "29×10÷33=8.7878…分")])
def test_digits_that_never_end_are_cut(lang: Lang, words: str) -> None:
    assert said(rule(Convert, convert=33), "29", lang=lang) == words


def test_the_working_shows_the_cap() -> None:
    assert said(rule(Convert, convert=100, at_most=6), "87.65") == "87.65 × 10 ÷ 100 = 8.765, at most 6"


TARGET = rule(Convert, convert="target", unit="人")


@pytest.mark.parametrize(
    ("of", "values", "lang", "words"),
    [
        (TARGET, ("45", "60"), "zh", "完成45人，目标60人，得分10×45÷60=7.5分"),
        (TARGET, ("45", "60"), "en", "done 45人, target 60人, 10 × 45 ÷ 60 = 7.5"),
        (TARGET, ("1", "7"), "zh", "完成1人，目标7人，得分10×1÷7=1.4285…分"),
        (rule(Convert, convert="target"), ("2", "-4"), "en", "done 2, target -4, 10 × 2 ÷ (-4) = -5"),
        (rule(Convert, convert="target"), ("2", "1/3"), "en", "done 2, target 1/3, 10 × 2 ÷ (1/3) = 60"),
        (
            rule(Convert, convert="target", at_most=6),
            ("9", "12"),
            "zh",
            "完成9，目标12，得分10×9÷12=7.5分，最多得6分",
        ),
    ],
)
def test_the_working_shows_how_far_a_target_was_reached(
    of: Convert, values: tuple[str, str], lang: Lang, words: str
) -> None:
    assert of.working((number(values[0]), number(values[1])), number(10), number(0), lang, 4) == words


def test_a_target_is_named() -> None:
    assert (TARGET.target, TARGET.marks) == (("target", ("convert",)), None)
    assert TARGET.says("en") == "in proportion: what is given × full marks ÷ target"
    assert TARGET.says("zh") == "按比例得分：填报数×满分÷target"
    assert rule(Convert, convert=60).target is None


@pytest.mark.parametrize(
    ("low", "high", "found"), [(1, 9, False), (-9, -1, False), (0, 9, True), (-1, 1, True), (-9, 0, True)]
)
def test_a_target_is_never_zero(low: int, high: int, found: bool) -> None:
    target = build.number("target", number(high), low=low)
    ends = {"low": str(low), "high": str(high)}
    assert TARGET.target_problem(target) == (("GR521", {"name": "target", **ends}) if found else None)
