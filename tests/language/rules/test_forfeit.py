"""`forfeit`: the item is lost. What is left, and how far it falls, is the plan's to say (tests/test_plan.py)."""

from typing import Any

import pytest
from pydantic import ValidationError

from govrubric.diagnostics.diagnostic import Lang
from govrubric.language.rules.forfeit import Forfeit
from making import effect, number, numbers, rule

ALL = rule(Forfeit, forfeit="all")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"forfeit": "half"}, "GR210"),
        ({"forfeit": True}, "GR210"),
        ({"forfeit": 5}, "GR210"),
        ({"forfeit": "all", "per": "次"}, "extra_forbidden"),
        ({}, "missing"),
    ],
)
def test_a_wrong_field_is_refused(fields: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        rule(Forfeit, **fields)
    assert [error["type"] for error in refused.value.errors()] == [code]


@pytest.mark.parametrize(("flag", "share"), [(0, "0"), (1, "-1")])
def test_all_or_nothing_is_lost(flag: int, share: str) -> None:
    assert effect(ALL, flag) == number(share)


def test_a_forfeit_is_the_one_verb_whose_effect_is_what_is_left() -> None:
    assert Forfeit.forfeits


def test_a_tally_gives_a_flag() -> None:
    (one,) = ALL.inputs("a.r")
    assert (one.name, one.kind, one.unit, str(one.hi), one.required) == ("a.r", "flag", None, "1", False)


def test_a_rule_that_is_right_has_no_problems() -> None:
    assert ALL.problems() == ()


@pytest.mark.parametrize(
    ("of", "lang", "words"),
    [
        (ALL, "en", "forfeits what is left"),
        (ALL, "zh", "扣除剩余全部得分"),
        (rule(Forfeit, forfeit="all", at_most=4), "en", "forfeits what is left, at most 4"),
        (rule(Forfeit, forfeit="all", at_most=4), "zh", "扣除剩余全部得分，最多扣4分"),
    ],
)
def test_a_rule_says_itself_in_words(of: Forfeit, lang: Lang, words: str) -> None:
    assert of.says(lang) == words


@pytest.mark.parametrize(
    ("flag", "raw", "lang", "words"),
    [
        ("0", "0", "en", "no"),
        ("1", "-7", "en", "yes, all 7 off"),
        ("1", "-20/3", "en", "yes, all 6.6666… off"),
        ("1", "0", "en", "yes, nothing was left"),
        ("0", "0", "zh", "否"),
        ("1", "-7", "zh", "是，扣除剩余的7分"),
        ("1", "0", "zh", "是，已无分可扣"),
    ],
)
def test_the_working_shows_whether_it_is_lost(flag: str, raw: str, lang: Lang, words: str) -> None:
    assert ALL.working(numbers(flag), number(10), number(raw), lang, 4) == words


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "yes, what is left, at most 4"), ("zh", "是，扣除剩余得分，最多扣4分")]
)
def test_the_working_shows_the_cap(lang: Lang, words: str) -> None:
    assert (
        rule(Forfeit, forfeit="all", at_most=4).working(numbers(1), number(10), number(-4), lang, 4) == words
    )
