"""`deduct`: points off, per case, once, by level, escalating; its sentences, inputs and lints."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from govrubric.diagnostics.diagnostic import Lang
from govrubric.language.rules.deduct import Deduct
from making import effect, number, numbers, rule, said

PER = rule(Deduct, deduct=Decimal("0.1"), per="例")
ONCE = rule(Deduct, deduct=2)
ONCE_CAPPED = rule(Deduct, deduct=2, at_most=1)
LEVELS = rule(Deduct, deduct={"city": Decimal("0.3"), "district": Decimal("0.2")}, per="次")
STEPS = rule(Deduct, deduct=[1, 2, 5], per="次")
HIGHEST = rule(Deduct, deduct={"minor": 1, "grave": 3, "major": 2}, per="起", take="highest")


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"deduct": 0}, "GR214"),
        ({"deduct": -1}, "GR214"),
        ({"deduct": 0.5}, "GR207"),
        ({"deduct": "0.1"}, "GR208"),
        ({"deduct": None}, "GR207"),
        ({"deduct": []}, "GR222"),
        ({"deduct": {}}, "GR222"),
        ({"deduct": [1, 0]}, "GR214"),
        ({"deduct": {"city": 0}}, "GR214"),
        ({"deduct": {"City": 1}}, "GR211"),
        ({"deduct": [[1]]}, "GR223"),
        ({"deduct": 1, "take": "lowest"}, "GR210"),
        ({"deduct": 1, "per": ""}, "GR213"),
        ({"deduct": 1, "at_most": 0}, "GR214"),
        ({"deduct": 1, "id": "A"}, "GR211"),
        ({"deduct": 1, "unit": "天"}, "extra_forbidden"),
        ({}, "missing"),
    ],
)
def test_a_wrong_field_is_refused(fields: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        rule(Deduct, **fields)
    assert [error["type"] for error in refused.value.errors()] == [code]


@pytest.mark.parametrize(
    ("fields", "code", "key"),
    [
        ({"deduct": {"city": 1}}, "GR307", "deduct"),
        ({"deduct": [1, 2]}, "GR307", "deduct"),
        ({"deduct": 1, "take": "highest"}, "GR308", "take"),
        ({"deduct": 1, "per": "次", "take": "highest"}, "GR308", "take"),
        ({"deduct": [1, 2], "per": "次", "take": "highest"}, "GR308", "take"),
    ],
)
def test_fields_that_do_not_fit_each_other_are_a_finding(fields: dict[str, Any], code: str, key: str) -> None:
    form = {"form": ""} if code == "GR307" else {}
    assert rule(Deduct, **fields).problems() == ((code, key, {"verb": "deduct", **form}),)


def test_steps_without_a_unit_that_take_the_highest_are_two_findings() -> None:
    assert [code for code, _, _ in rule(Deduct, deduct=[1, 2], take="highest").problems()] == [
        "GR307",
        "GR308",
    ]


@pytest.mark.parametrize("right", [PER, ONCE, LEVELS, STEPS, HIGHEST], ids=lambda one: one.says("en"))
def test_a_rule_that_is_right_has_no_problems(right: Deduct) -> None:
    assert right.problems() == ()


@pytest.mark.parametrize(
    ("count", "points"), [(0, "0"), (1, "-0.1"), (3, "-0.3"), (1_000_000_000, "-100000000")]
)
def test_each_case_costs_its_points(count: int, points: str) -> None:
    assert effect(PER, count) == number(points)


@pytest.mark.parametrize(("flag", "points"), [(0, "0"), (1, "-2")])
def test_without_a_unit_points_are_taken_once(flag: int, points: str) -> None:
    assert effect(ONCE, flag) == number(points)


@pytest.mark.parametrize(
    ("city", "district", "points"), [(0, 0, "0"), (1, 0, "-0.3"), (0, 1, "-0.2"), (2, 3, "-1.2")]
)
def test_each_level_costs_its_own_points(city: int, district: int, points: str) -> None:
    assert effect(LEVELS, city, district) == number(points)


@pytest.mark.parametrize(
    ("count", "points"), [(0, "0"), (1, "-1"), (2, "-3"), (3, "-8"), (4, "-13"), (10, "-43")]
)
def test_each_further_case_costs_the_last_step(count: int, points: str) -> None:
    assert effect(STEPS, count) == number(points)


@pytest.mark.parametrize(("count", "points"), [(0, "0"), (1, "-4"), (3, "-12")])
def test_a_single_step_is_the_same_for_every_case(count: int, points: str) -> None:
    assert effect(rule(Deduct, deduct=[4], per="次"), count) == number(points)


@pytest.mark.parametrize(
    ("minor", "grave", "major", "points"),
    [(0, 0, 0, "0"), (9, 0, 0, "-1"), (1, 0, 2, "-2"), (5, 1, 5, "-3"), (0, 7, 0, "-3")],
)
def test_only_the_dearest_level_counts_once(minor: int, grave: int, major: int, points: str) -> None:
    assert effect(HIGHEST, minor, grave, major) == number(points)


@pytest.mark.parametrize(("count", "points"), [(0, "0"), (2, "-0.2"), (3, "-0.25"), (9, "-0.25")])
def test_no_more_is_taken_than_the_rule_may_take(count: int, points: str) -> None:
    assert effect(rule(Deduct, deduct=Decimal("0.1"), per="例", at_most=Decimal("0.25")), count) == number(
        points
    )


def test_the_cap_holds_for_every_form() -> None:
    assert effect(rule(Deduct, deduct=2, at_most=1), 1) == number("-1")
    assert effect(rule(Deduct, deduct=[1, 2], per="次", at_most=4), 3) == number("-4")
    assert effect(rule(Deduct, deduct={"a": 1, "b": 2}, per="次", at_most=4), 1, 2) == number("-4")
    assert effect(
        rule(Deduct, deduct={"a": 1, "b": 2}, per="次", take="highest", at_most=Decimal("1.5")), 0, 2
    ) == number("-1.5")


def test_points_are_as_exact_as_written() -> None:
    assert effect(rule(Deduct, deduct=number("1/3"), per="次"), 2) == number("-2/3")


@pytest.mark.parametrize(
    ("of", "inputs"),
    [
        (PER, [("b.r", "count", "例", "1000000000")]),
        (ONCE, [("b.r", "flag", None, "1")]),
        (LEVELS, [("b.r.city", "count", "次", "1000000000"), ("b.r.district", "count", "次", "1000000000")]),
        (STEPS, [("b.r", "count", "次", "1000000000")]),
    ],
)
def test_a_rule_declares_what_a_tally_gives(
    of: Deduct, inputs: list[tuple[str, str, str | None, str]]
) -> None:
    assert [(one.name, one.kind, one.unit, str(one.hi)) for one in of.inputs("b.r")] == inputs
    assert not any(one.required for one in of.inputs("b.r"))


@pytest.mark.parametrize(
    ("of", "lang", "words"),
    [
        (PER, "en", "0.1 off per 例"),
        (PER, "zh", "每例扣0.1分"),
        (ONCE, "en", "2 off once"),
        (ONCE, "zh", "扣2分"),
        (LEVELS, "en", "per 次: city 0.3 off, district 0.2 off"),
        (LEVELS, "zh", "每次：city 扣0.3分、district 扣0.2分"),
        (STEPS, "en", "per 次: 1 off for no. 1, 2 off for no. 2, 5 off for each further one"),
        (STEPS, "zh", "第1次扣1分，第2次扣2分，以后每次扣5分"),
        (rule(Deduct, deduct=1, per="每例"), "zh", "每例扣1分"),
        (rule(Deduct, deduct=1, per="例每"), "zh", "每例每扣1分"),
        (rule(Deduct, deduct=[1, 2], per="每次"), "zh", "第1次扣1分，以后每次扣2分"),
        (HIGHEST, "en", "per 起: minor 1 off, grave 3 off, major 2 off; only the highest level counts, once"),
        (HIGHEST, "zh", "每起：minor 扣1分、grave 扣3分、major 扣2分；只按最高一级扣一次"),
    ],
)
def test_a_rule_says_itself_in_words(of: Deduct, lang: Lang, words: str) -> None:
    assert of.says(lang) == words


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "0.1 off per 例, at most 0.25"), ("zh", "每例扣0.1分，最多扣0.25分")]
)
def test_a_rule_says_its_cap(lang: Lang, words: str) -> None:
    assert rule(Deduct, deduct=Decimal("0.1"), per="例", at_most=Decimal("0.25")).says(lang) == words


@pytest.mark.parametrize(
    ("of", "given", "lang", "words"),
    [
        (PER, "3", "zh", "3例×0.1分=0.3分"),
        (PER, "0", "en", "0 例"),
        (ONCE, "1", "en", "yes, 2 off"),
        (ONCE, "0", "en", "no"),
        (ONCE, "1", "zh", "是，扣2分"),
        (ONCE, "0", "zh", "否"),
        (LEVELS, "2 3", "en", "city 2 次 × 0.3 + district 3 次 × 0.2 = 1.2"),
        (LEVELS, "0 3", "en", "district 3 次 × 0.2 = 0.6"),
        (LEVELS, "0 0", "en", "0 次"),
        (STEPS, "0", "en", "0 次"),
        (STEPS, "1", "en", "1 次 × 1 = 1"),
        (STEPS, "2", "en", "1 次 × 1 + 1 次 × 2 = 3"),
        (STEPS, "5", "zh", "1次×1分+1次×2分+3次×5分=18分"),
        (rule(Deduct, deduct=number("1/3"), per="次"), "2", "zh", "2次×1/3分=0.6666…分"),
        (HIGHEST, "0 0 0", "en", "0 起"),
        (HIGHEST, "2 1 0", "en", "grave, the highest level, once, 3 off"),
        (ONCE_CAPPED, "1", "en", "yes, 2 off, at most 1"),
        (ONCE_CAPPED, "1", "zh", "是，扣2分，最多扣1分"),
        (HIGHEST, "2 0 4", "zh", "major为最高一级，只计一次，扣2分"),
    ],
)
def test_the_working_shows_how_points_come_from_counts(
    of: Deduct, given: str, lang: Lang, words: str
) -> None:
    assert said(of, *given.split(), lang=lang) == words


def test_there_is_a_count_for_each_level() -> None:
    with pytest.raises(ValueError, match="zip"):
        LEVELS.working(numbers(1), number(10), number("-0.3"), "en", 4)


@pytest.mark.parametrize(
    ("lang", "words"), [("en", "9 例 × 0.1 = 0.9, at most 0.25"), ("zh", "9例×0.1分=0.9分，最多扣0.25分")]
)
def test_the_working_shows_the_cap(lang: Lang, words: str) -> None:
    assert said(rule(Deduct, deduct=Decimal("0.1"), per="例", at_most=Decimal("0.25")), 9, lang=lang) == words


def test_a_rule_is_frozen_and_equal_by_its_fields() -> None:
    again = rule(Deduct, deduct={"city": Decimal("0.30"), "district": Decimal("0.2")}, per="次")
    assert again == LEVELS
    assert hash(LEVELS) == hash(again)
    with pytest.raises(ValidationError, match="frozen"):
        setattr(LEVELS, "per", "件")  # noqa: B010 - the checker forbids the plain form


def test_the_form_of_the_points_is_known() -> None:
    assert (PER.levels, PER.steps, PER.once) == ((), (), number("0.1"))
    assert (LEVELS.levels, LEVELS.steps) == ((("city", number("0.3")), ("district", number("0.2"))), ())
    assert (STEPS.levels, STEPS.steps) == ((), numbers(1, 2, 5))
