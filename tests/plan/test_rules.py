"""Awards, deductions and forfeits in the order in which they act, against balances worked out by hand.

Language 4: “Awards are added in file order; each counts as far as the ceiling allows.” “Deductions are taken
in file order; each counts as far as the floor allows.” “Forfeits take what is left down to zero (or to the
floor, if that is higher).”
"""

from decimal import Decimal
from typing import Any

import pytest

from govrubric.formula.build import const, flag
from govrubric.formula.build import number as number_input
from govrubric.language.rubric_text import RubricText
from govrubric.plan.planner import make_plan
from govrubric.plan.rules import Limits
from making import computed, leaf, number, text, value

OFF = {"id": "off", "deduct": 1, "per": "例"}
ADD = {"id": "add", "award": 1, "per": "件"}
LOST = {"id": "lost", "forfeit": "all"}
MIXED = {"id": "mixed", "choose": {"A": 5, "B": 0, "C": -4}}
A, B, C = 0, 1, 2


def effects(of: dict[str, Any], path: str) -> tuple[str, ...]:
    """Raw, applied and absorbed effect of a rule, in digits."""
    return tuple(str(of[f"a.{path}:{what}"]) for what in ("raw", "applied", "absorbed"))


def steps(of: RubricText) -> list[tuple[str, str, bool]]:
    """Rule, line and whether it has a second step, of every step of the leaf `a`."""
    return [
        (step.rule.rule.id, step.balance.rpartition(":")[2], step.both)
        for step in make_plan(of).items[1].steps
    ]


def bounds_of(of: RubricText, line: str) -> tuple[str, str]:
    formula = make_plan(of).lines[line]
    return str(formula.lo), str(formula.hi)


def test_a_rule_that_may_give_and_take_stands_in_both_orders() -> None:
    assert steps(leaf(LOST, OFF, MIXED, ADD, start=8)) == [
        ("mixed", "up", True),
        ("add", "after", False),
        ("off", "after", False),
        ("mixed", "after", True),
        ("lost", "after", False),
    ]


def test_what_such_a_rule_gives_comes_before_the_awards_behind_it() -> None:
    values = computed(leaf(OFF, MIXED, ADD, start=8), a__mixed=A, a__add=1, a__off=3)
    # 8 + 5 is held at 10, nothing of the 1 counts, and 3 go off.
    assert effects(values, "mixed") == ("5", "2", "3")
    assert effects(values, "add") == ("1", "0", "1")
    assert effects(values, "off") == ("-3", "-3", "0")
    assert (str(values["a.mixed:up"]), str(values["a.off:after"]), str(values["a.mixed:after"])) == (
        "10",
        "7",
        "7",
    )
    assert str(values["a:balance"]) == "7"


def test_what_such_a_rule_takes_comes_behind_the_deductions_before_it() -> None:
    values = computed(leaf(OFF, MIXED, ADD, start=8), a__mixed=C, a__add=1, a__off=7)
    # 8 + 1 = 9; 9 - 7 = 2; of the 4 only 2 are there.
    assert effects(values, "add") == ("1", "1", "0")
    assert effects(values, "off") == ("-7", "-7", "0")
    assert effects(values, "mixed") == ("-4", "-2", "-2")
    assert (str(values["a.mixed:up"]), str(values["a.mixed:after"]), str(values["a:balance"])) == (
        "8",
        "0",
        "0",
    )


def test_such_a_rule_may_do_nothing() -> None:
    values = computed(leaf(MIXED, start=8), a__mixed=B)
    assert effects(values, "mixed") == ("0", "0", "0")
    assert str(values["a:balance"]) == "8"


def test_two_such_rules_give_and_take_in_file_order() -> None:
    values = computed(leaf(MIXED, {**MIXED, "id": "again"}, start=6), a__mixed=C, a__again=A)
    # 6 + 5 is held at 10, and 4 go off.
    assert effects(values, "again") == ("5", "4", "1")
    assert effects(values, "mixed") == ("-4", "-4", "0")
    assert str(values["a:balance"]) == "6"


@pytest.mark.parametrize(
    ("rule", "given", "raw"),
    [
        ({"id": "r", "bands": [{"from": 90, "points": 3}], "else": -2}, "90", "3"),
        ({"id": "r", "bands": [{"from": 90, "points": 3}], "else": -2}, "89.99", "-2"),
        ({"id": "r", "curve": [[0, -4], [100, 4]]}, "75", "2"),
        ({"id": "r", "curve": [[0, -4], [100, 4]]}, "25", "-2"),
        ({"id": "r", "formula": "x - 3", "inputs": {"x": "count"}}, 5, "2"),
        ({"id": "r", "formula": "x - 3", "inputs": {"x": "count"}}, 1, "-2"),
    ],
)
def test_every_verb_that_may_give_and_take_does_so_in_two_steps(
    rule: dict[str, Any], given: Any, raw: str
) -> None:
    of = leaf(rule, start=5)
    assert steps(of) == [("r", "up", True), ("r", "after", True)]
    name = "a__r__x" if "formula" in rule else "a__r"
    values = computed(of, **{name: Decimal(given)})
    assert effects(values, "r") == (raw, raw, "0")


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        (OFF, [("off", "after", False)]),
        (ADD, [("add", "after", False)]),
        ({"id": "none", "formula": "0"}, [("none", "after", False)]),
        ({"id": "d", "distance": {"below": 95, "each": 1, "points": -1}}, [("d", "after", False)]),
        ({"id": "c", "choose": {"A": 0, "B": -1}}, [("c", "after", False)]),
        ({"id": "c", "choose": {"A": 0, "B": 1}}, [("c", "after", False)]),
    ],
)
def test_a_rule_that_only_gives_or_only_takes_has_one_step(
    rule: dict[str, Any], line: list[tuple[str, str, bool]]
) -> None:
    assert steps(leaf(rule, start=5)) == line


def test_a_rule_without_any_effect_takes_its_turn_among_the_awards() -> None:
    assert [name for name, _, _ in steps(leaf(OFF, {"id": "none", "formula": "0"}, ADD, start=5))] == [
        "none",
        "add",
        "off",
    ]


def test_a_cap_limits_what_is_given_and_what_is_taken() -> None:
    of = leaf({**MIXED, "at_most": 2}, start=5)
    assert effects(computed(of, a__mixed=A), "mixed") == ("2", "2", "0")
    assert effects(computed(of, a__mixed=C), "mixed") == ("-2", "-2", "0")


@pytest.mark.parametrize(("off", "counted", "raw", "score"), [(2, "0", "0", "10"), (3, "1", "-5", "2")])
def test_a_rule_whose_condition_does_not_hold_has_no_effect(
    off: int, counted: str, raw: str, score: str
) -> None:
    of = leaf(OFF, {"id": "more", "deduct": 5, "per": "次", "when": "off > 2"})
    values = computed(of, a__off=off, a__more=1)
    assert (str(values["a.more:counted"]), str(values["a.more:raw"])) == (counted, raw)
    assert str(values["a:score"]) == (score if off == 3 else "8")


@pytest.mark.parametrize(("off", "applied", "score"), [(2, "0", "8"), (3, "-7", "0")])
def test_a_forfeit_whose_condition_does_not_hold_takes_nothing(off: int, applied: str, score: str) -> None:
    values = computed(leaf(OFF, {**LOST, "when": "off > 2"}), a__off=off, a__lost=1)
    assert effects(values, "lost") == (applied, applied, "0")
    assert str(values["a:score"]) == score


def test_a_condition_alone_makes_no_forfeit() -> None:
    assert str(computed(leaf(OFF, {**LOST, "when": "off > 2"}), a__off=3)["a:score"]) == "7"


@pytest.mark.parametrize(
    ("fields", "rule", "given", "score"),
    [
        ({"floor": 2, "start": 5}, OFF, {"a__off": 1}, "4"),
        ({"floor": 2, "start": 5}, OFF, {"a__off": 9}, "2"),
        ({"floor": -9, "ceiling": -1, "start": -4}, ADD, {"a__add": 9}, "-1"),
        ({"floor": 2, "start": 5}, LOST, {"a__lost": 1}, "2"),
        ({"floor": 2, "start": 5}, MIXED, {"a__mixed": A}, "10"),
    ],
)
def test_of_an_item_that_does_not_apply_nothing_is_left_though_zero_lies_outside_its_bounds(
    fields: dict[str, Any], rule: dict[str, Any], given: dict[str, int], score: str
) -> None:
    of = leaf(rule, not_applicable="zero", **fields)
    assert str(computed(of, **given)["a:score"]) == score
    values = computed(of, a__not_applicable=1, **given)
    names = (
        "a:base",
        f"a.{rule['id']}:raw",
        f"a.{rule['id']}:applied",
        f"a.{rule['id']}:absorbed",
        f"a.{rule['id']}:after",
        "a:balance",
        "a:score",
    )
    assert {str(values[name]) for name in names} == {"0"}
    assert str(values[f"a.{rule['id']}:counted"]) == "0"


@pytest.mark.parametrize(
    ("floor", "ceiling", "up", "values"),
    [
        (0, 10, True, ("10", "-20", "5")),
        (1, 10, True, ("10", "-20", "0")),
        (1, 10, False, ("20", "1", "0")),
        (None, None, True, ("20", "-20", "5")),
        (None, 0, False, ("20", "-20", "5")),
        (None, -1, True, ("-1", "-20", "0")),
        (-1, None, False, ("20", "-1", "5")),
    ],
)
def test_only_where_zero_lies_outside_the_bounds_does_a_balance_ask_whether_its_item_applies(
    floor: int | None, ceiling: int | None, up: bool, values: tuple[str, str, str]
) -> None:
    limits = Limits(
        None if floor is None else number(floor), None if ceiling is None else number(ceiling), flag("f")
    )
    formula = limits.held(number_input("x", number(20), low=-20), up=up)
    # The balances 20 and -20 of an item that applies, and 5 of one that does not.
    assert tuple(str(value(formula, x=x, f=f)) for x, f in ((20, 1), (-20, 1), (5, 0))) == values


def test_bounds_of_effects_are_known_beforehand() -> None:
    of = leaf({**OFF, "at_most": 3}, {**MIXED, "at_most": 4}, {**ADD, "at_most": 2}, LOST, start=6, floor=1)
    assert [bounds_of(of, f"a.off:{what}") for what in ("raw", "applied", "absorbed")] == [
        ("-3", "0"),
        ("-3", "0"),
        ("-3", "0"),
    ]
    assert [bounds_of(of, f"a.mixed:{what}") for what in ("raw", "applied", "absorbed")] == [
        ("-4", "4"),
        ("-4", "4"),
        ("-4", "4"),
    ]
    assert [bounds_of(of, f"a.add:{what}") for what in ("raw", "applied", "absorbed")] == [
        ("0", "2"),
        ("0", "2"),
        ("0", "2"),
    ]
    # Of 10 at the most all but the floor may be lost.
    assert bounds_of(of, "a.lost:raw") == bounds_of(of, "a.lost:applied") == ("-9", "0")
    assert bounds_of(of, "a.lost:absorbed") == ("-9", "0")


def test_the_bounds_of_a_forfeit_below_zero_take_nothing() -> None:
    of = leaf(LOST, floor=-9, start=-4)
    assert bounds_of(of, "a.lost:applied") == ("0", "0")


def test_the_rules_of_a_group_take_effect_on_what_its_parts_come_to() -> None:
    group = {
        "id": "g",
        "title": "G",
        "weight": 10,
        "items": [{"id": "p", "title": "P", "weight": 10, "rules": [OFF]}],
        "rules": [MIXED, LOST],
    }
    values = computed(text(group), g__p__off=3, g__mixed=C)
    # 7 - 4
    assert (str(values["g.mixed:applied"]), str(values["g:score"])) == ("-4", "3")
    assert str(computed(text(group), g__p__off=3, g__mixed=A)["g:score"]) == "10"


def test_a_frame_with_a_floor_at_zero_and_no_ceiling_is_not_guarded() -> None:
    formula = Limits(number(0), None, flag("f")).held(const(5), up=True)
    assert formula == const(5)


@pytest.mark.parametrize("points", [{"A": 1, "B": -1}, {"A": number("0.01"), "B": number("-0.01")}])
def test_a_rule_that_gives_and_takes_little_has_two_steps_too(points: dict[str, Any]) -> None:
    assert steps(leaf({"id": "c", "choose": points}, start=5)) == [("c", "up", True), ("c", "after", True)]
