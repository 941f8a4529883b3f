"""`formula`: points that the author's own formula gives, and the inputs that it declares."""

from fractions import Fraction
from typing import Any

import pytest
from pydantic import ValidationError

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula.build import number as an_input
from govrubric.language.inputs import ChoiceOf, Declared, NumberOf
from govrubric.language.rules.deduct import Deduct
from govrubric.language.rules.formula import FormulaRule
from making import computed, leaf, number, rule, value

PLAIN = rule(FormulaRule, formula="min(visits * 0.2, 3)", inputs={"visits": "count"})
NONE = rule(FormulaRule, formula="score(a) / 10")
CAPPED = rule(
    FormulaRule, formula="x - 5", inputs={"x": {"number": {"places": 1, "min": -10, "max": 10}}}, at_most=4
)
TAKEN = rule(FormulaRule, formula="0 - taken", inputs={"taken": {"number": {}}})
EITHER = rule(FormulaRule, formula="3 if done else 0", inputs={"done": "flag"})
MANY = rule(
    FormulaRule,
    formula="1",
    inputs={"cases": "count", "done": "flag", "rate": {"number": {}}, "class": {"choice": ["优", "良"]}},
)


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({"formula": ""}, ["GR213"]),
        ({"formula": ["1"]}, ["GR206"]),
        ({"formula": "1" * 1001}, ["GR508"]),
        ({"formula": "1", "inputs": {}}, ["GR222"]),
        ({"formula": "1", "inputs": ["x"]}, ["dict_type"]),
        ({"formula": "1", "inputs": {"X": "count"}}, ["GR211"]),
        ({"formula": "1", "inputs": {"x": "text"}}, ["GR210"]),
        ({"formula": "1", "inputs_": {"x": "count"}}, ["extra_forbidden"]),
        ({"formula": "1", "per": "件"}, ["extra_forbidden"]),
        ({}, ["missing"]),
    ],
)
def test_a_wrong_field_is_refused(fields: dict[str, Any], codes: list[str]) -> None:
    with pytest.raises(ValidationError) as refused:
        rule(FormulaRule, **fields)
    assert [error["type"] for error in refused.value.errors()] == codes


@pytest.mark.parametrize(
    ("inputs", "found"),
    [
        (
            {"x": {"number": {"min": 2, "max": 1}}},
            [("GR334", "inputs", {"name": "x", "least": "min", "most": "max", "low": "2", "high": "1"})],
        ),
        (
            {"x": {"choice": ["A", "A"]}, "y": "count", "z": {"number": {"places": 0, "max": number("0.5")}}},
            [
                ("GR328", "inputs", {"name": "A", "parent": "x"}),
                ("GR335", "inputs", {"name": "z", "least": "min", "most": "max", "places": "0"}),
            ],
        ),
    ],
)
def test_inputs_that_are_wrong_in_themselves_are_findings(
    inputs: dict[str, Any], found: list[tuple[str, str, dict[str, str]]]
) -> None:
    assert list(rule(FormulaRule, formula="1", inputs=inputs).problems()) == found


@pytest.mark.parametrize("right", [PLAIN, NONE, CAPPED, MANY], ids=lambda one: one.says("en"))
def test_inputs_that_are_right_are_no_problem(right: FormulaRule) -> None:
    assert right.problems() == ()


def test_inputs_stand_under_the_path_of_the_rule() -> None:
    assert [(one.name, one.kind, one.required) for one in MANY.inputs("a.r")] == [
        ("a.r.cases", "count", False),
        ("a.r.done", "flag", False),
        ("a.r.rate", "number", True),
        ("a.r.class", "choice", True),
    ]
    assert NONE.inputs("a.r") == ()


def test_declared_inputs_keep_their_types() -> None:
    cases, _, rate, chosen = MANY.inputs_
    assert cases == Declared("cases", "count")
    assert isinstance(rate.type, NumberOf)
    assert isinstance(chosen.type, ChoiceOf)


@pytest.mark.parametrize(("visits", "points"), [(0, "0"), (14, "2.8"), (15, "3"), (16, "3"), (10**9, "3")])
def test_the_value_of_the_formula_is_added(visits: int, points: str) -> None:
    lines = computed(
        leaf({"id": "r", "formula": "min(visits * 0.2, 3)", "inputs": {"visits": "count"}}),
        a__r__visits=visits,
    )
    assert lines["a.r:raw"] == number(points)


def test_what_an_author_wrote_is_what_the_formula_is_made_of() -> None:
    assert PLAIN.authored == "min(visits * 0.2, 3)"
    assert rule(Deduct, deduct=1).authored is None


@pytest.mark.parametrize(("x", "points"), [(90, "4"), (100, "4"), (50, "0"), (31, "-1.9"), (-100, "-4")])
def test_no_more_is_given_or_taken_than_the_rule_may(x: int, points: str) -> None:
    read = an_input("x", Fraction(10), low=-10, places=1)
    given = {"x": x}
    formula = CAPPED.raw((_less_five(read),), number(10))
    assert value(formula, **given) == number(points)


def _less_five(read: Any) -> Any:
    from govrubric.formula.build import const, minus

    return minus(read, const(5))


@pytest.mark.parametrize(
    ("of", "lang", "words"),
    [
        (PLAIN, "en", "by formula: min(visits * 0.2, 3)"),
        (PLAIN, "zh", "按公式：min(visits * 0.2, 3)"),
        (CAPPED, "en", "by formula: x - 5, at most 4"),
        (rule(FormulaRule, formula="1", when="x > 0"), "en", "by formula: 1, when x > 0"),
        (
            rule(FormulaRule, formula="1", when="x > 0", at_most=2),
            "zh",
            "按公式：1，加分、扣分均不超过2分（条件：x > 0）",
        ),
    ],
)
def test_a_rule_says_itself_in_words(of: FormulaRule, lang: Lang, words: str) -> None:
    assert of.says(lang) == words


@pytest.mark.parametrize(
    ("of", "given", "result", "lang", "words"),
    [
        (PLAIN, (number(14),), "2.8", "en", "visits = 14; min(visits * 0.2, 3) = 2.8"),
        (NONE, (), "1", "en", "score(a) / 10 = 1"),
        (TAKEN, (number("2.5"),), "-2.5", "en", "taken = 2.5; 0 - taken = -2.5"),
        (TAKEN, (number("2.5"),), "-2.5", "zh", "taken = 2.5；0 - taken = -2.5分"),
        (EITHER, (number(1),), "3", "en", "done = yes; (3 if done else 0) = 3"),
        (CAPPED, (number("9.5"),), "4", "en", "x = 9.5; x - 5, at most 4"),
        (CAPPED, (number("7/3"),), "-8/3", "zh", "x = 7/3；x - 5 = -2.6666…分"),
        (CAPPED, (number("9.5"),), "-4", "zh", "x = 9.5；x - 5，最多扣4分"),
        (
            MANY,
            (number(1), number(0), number("0.5"), "良"),
            "1",
            "zh",
            "cases = 1，done = 否，rate = 0.5，class = 良；1 = 1分",
        ),
    ],
)
def test_the_working_shows_what_was_given(
    of: FormulaRule, given: tuple[Any, ...], result: str, lang: Lang, words: str
) -> None:
    assert of.working(given, number(10), number(result), lang, 4) == words


def test_there_is_a_value_for_each_input() -> None:
    with pytest.raises(ValueError, match="zip"):
        PLAIN.working((), number(10), number(0), "en", 4)
