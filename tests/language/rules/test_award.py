"""`award`: points added, per case, once, by level, escalating; its sentences, inputs and lints."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from govrubric.diagnostics.diagnostic import Lang
from govrubric.language.rules.award import Award
from making import effect, number, rule, said

PER = rule(Award, award=1, per="件")
ONCE = rule(Award, award=Decimal("1.5"))
LEVELS = rule(Award, award={"city": 1, "province": 3, "state_council": 5}, per="件")
STEPS = rule(Award, award=[3, 2, 1], per="次")
HIGHEST = rule(Award, award={"city": 1, "province": 3}, per="件", take="highest")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"award": -1}, "GR214"),
        ({"award": ()}, "GR222"),
        ({"award": True}, "GR207"),
        ({"award": 1, "deduct": 1}, "extra_forbidden"),
        ({}, "missing"),
    ],
)
def test_a_wrong_field_is_refused(fields: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        rule(Award, **fields)
    assert [error["type"] for error in refused.value.errors()] == [code]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"award": {"city": 1}}, "GR307"),
        ({"award": [1]}, "GR307"),
        ({"award": 1, "take": "highest"}, "GR308"),
    ],
)
def test_fields_that_do_not_fit_each_other_are_a_finding(fields: dict[str, Any], code: str) -> None:
    assert [(found, args) for found, _, args in rule(Award, **fields).problems()] == [
        (code, {"verb": "award", **({"form": ""} if code == "GR307" else {})})
    ]


@pytest.mark.parametrize("right", [PER, ONCE, LEVELS, STEPS, HIGHEST], ids=lambda one: one.says("en"))
def test_a_rule_that_is_right_has_no_problems(right: Award) -> None:
    assert right.problems() == ()


@pytest.mark.parametrize(
    ("of", "given", "points"),
    [
        (PER, "0", "0"),
        (PER, "4", "4"),
        (ONCE, "0", "0"),
        (ONCE, "1", "1.5"),
        (LEVELS, "0 0 0", "0"),
        (LEVELS, "2 1 1", "10"),
        (STEPS, "0", "0"),
        (STEPS, "1", "3"),
        (STEPS, "2", "5"),
        (STEPS, "3", "6"),
        (STEPS, "6", "9"),
        (HIGHEST, "0 0", "0"),
        (HIGHEST, "8 0", "1"),
        (HIGHEST, "8 2", "3"),
        (HIGHEST, "0 1", "3"),
    ],
)
def test_points_are_added_for_what_was_achieved(of: Award, given: str, points: str) -> None:
    assert effect(of, *given.split()) == number(points)


@pytest.mark.parametrize(("count", "points"), [(1, "1"), (2, "2"), (3, "2.5"), (1_000_000_000, "2.5")])
def test_no_more_is_added_than_the_rule_may_add(count: int, points: str) -> None:
    assert effect(rule(Award, award=1, per="件", at_most=Decimal("2.5")), count) == number(points)


def test_a_rule_declares_what_a_tally_gives() -> None:
    assert [(one.name, one.kind, one.unit) for one in LEVELS.inputs("a.r")] == [
        ("a.r.city", "count", "件"),
        ("a.r.province", "count", "件"),
        ("a.r.state_council", "count", "件"),
    ]
    assert [(one.name, one.kind, one.unit) for one in ONCE.inputs("a.r")] == [("a.r", "flag", None)]


@pytest.mark.parametrize(
    ("of", "lang", "words"),
    [
        (PER, "en", "1 added per 件"),
        (PER, "zh", "每件加1分"),
        (rule(Award, award=1, per="visit"), "zh", "每 visit 加1分"),
        (ONCE, "en", "1.5 added once"),
        (ONCE, "zh", "加1.5分"),
        (HIGHEST, "en", "per 件: city 1 added, province 3 added; only the highest level counts, once"),
        (STEPS, "zh", "第1次加3分，第2次加2分，以后每次加1分"),
    ],
)
def test_a_rule_says_itself_in_words(of: Award, lang: Lang, words: str) -> None:
    assert of.says(lang) == words


@pytest.mark.parametrize(
    ("of", "given", "lang", "words"),
    [
        (PER, "3", "en", "3 件 × 1 = 3"),
        (rule(Award, award=1, per="visit"), "3", "zh", "3 visit×1分=3分"),
        (rule(Award, award=1, per="visit"), "0", "zh", "0 visit"),
        (rule(Award, award=1, per="1"), "3", "zh", "3 1×1分=3分"),
        (LEVELS, "1 0 2", "zh", "city 1件×1分+state_council 2件×5分=11分"),
        (ONCE, "1", "zh", "是，加1.5分"),
        (HIGHEST, "8 2", "zh", "province为最高一级，只计一次，加3分"),
    ],
)
def test_the_working_shows_how_points_come_from_counts(of: Award, given: str, lang: Lang, words: str) -> None:
    assert said(of, *given.split(), lang=lang) == words


def test_levels_that_pay_the_same_are_shown_without_a_word_of_the_other() -> None:
    same = rule(Award, award={"a": 2, "b": 2}, per="件", take="highest")
    assert effect(same, 1, 1) == number(2)
    assert said(same, 0, 1, lang="en") == "b, the highest level, once, 2 added"
