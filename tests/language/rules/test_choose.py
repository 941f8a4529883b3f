"""`choose`: one of a list of outcomes, their points, and their names."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from govrubric.diagnostics.diagnostic import Lang
from govrubric.language.rules.choose import Choose
from making import effect, number, rule, said

PLAIN = rule(Choose, choose={"优": 5, "良": 3, "差": -1})
ONE = rule(Choose, choose={"done": Decimal("0.5")})
CAPPED = rule(Choose, choose={"A": 5, "B": 0, "C": -5}, at_most=2)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"choose": {}}, "GR222"),
        ({"choose": []}, "dict_type"),
        ({"choose": 5}, "dict_type"),
        ({"choose": {"A": "5"}}, "GR208"),
        ({"choose": {"A": 0.5}}, "GR207"),
        ({"choose": {"A": [5]}}, "GR223"),
        ({"choose": {"": 5}}, "GR213"),
        ({"choose": {" ": 5}}, "GR213"),
        ({"choose": {"A": 5}, "per": "件"}, "extra_forbidden"),
        ({}, "missing"),
    ],
)
def test_a_wrong_field_is_refused(fields: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        rule(Choose, **fields)
    assert [error["type"] for error in refused.value.errors()] == [code]


@pytest.mark.parametrize(
    ("of", "name", "points"),
    [(PLAIN, "优", "5"), (PLAIN, "良", "3"), (PLAIN, "差", "-1"), (ONE, "done", "0.5"), (CAPPED, "B", "0")],
)
def test_the_points_of_what_was_chosen_are_added(of: Choose, name: str, points: str) -> None:
    assert effect(of, name) == number(points)


@pytest.mark.parametrize(("names", "chosen"), [(2, 1), (5, 3), (40, 0), (40, 17), (40, 39)])
def test_each_of_many_names_has_its_own_points(names: int, chosen: int) -> None:
    assert (
        effect(rule(Choose, choose={f"no. {place}": 100 - place for place in range(names)}), f"no. {chosen}")
        == 100 - chosen
    )


@pytest.mark.parametrize(("name", "points"), [("A", "2"), ("B", "0"), ("C", "-2")])
def test_no_more_is_given_or_taken_than_the_rule_may(name: str, points: str) -> None:
    assert effect(CAPPED, name) == number(points)


def test_a_name_must_be_chosen_among_those_written() -> None:
    (one,) = PLAIN.inputs("a.r")
    assert (one.name, one.kind, one.options, str(one.lo), str(one.hi), one.den) == (
        "a.r",
        "choice",
        ("优", "良", "差"),
        "0",
        "2",
        1,
    )
    assert one.required


def test_the_effect_has_the_bounds_of_the_points() -> None:
    made = PLAIN.effect(PLAIN.inputs("r"), number(10))
    assert (made.den, str(made.lo), str(made.hi)) == (1, "-1", "5")


@pytest.mark.parametrize(
    ("of", "lang", "words"),
    [
        (PLAIN, "en", "by outcome: 优 5 added, 良 3 added, 差 1 off"),
        (PLAIN, "zh", "按评定结果：优得5分、良得3分、差扣1分"),
        (ONE, "en", "by outcome: done 0.5 added"),
        (CAPPED, "en", "by outcome: A 5 added, B nothing added, C 5 off, at most 2"),
        (CAPPED, "zh", "按评定结果：A 得5分、B 得0分、C 扣5分，加分、扣分均不超过2分"),
    ],
)
def test_a_rule_says_itself_in_words(of: Choose, lang: Lang, words: str) -> None:
    assert of.says(lang) == words


@pytest.mark.parametrize(
    ("of", "name", "lang", "words"),
    [
        (PLAIN, "良", "en", "良, 3 added"),
        (PLAIN, "差", "zh", "差，扣1分"),
        (CAPPED, "A", "en", "A, 5 added, at most 2"),
        (CAPPED, "C", "zh", "C，扣5分，最多扣2分"),
    ],
)
def test_the_working_shows_what_was_chosen(of: Choose, name: str, lang: Lang, words: str) -> None:
    assert said(of, name, lang=lang) == words


def test_a_rule_that_is_right_has_no_problems() -> None:
    assert PLAIN.problems() == ()


def test_outcomes_keep_their_order() -> None:
    assert PLAIN.choose == (("优", number(5)), ("良", number(3)), ("差", number(-1)))
    assert rule(Choose, choose={"良": 3, "优": 5, "差": -1}) != PLAIN
