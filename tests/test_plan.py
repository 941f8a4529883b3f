"""The order of effects, caps, weights and roundings: every line of a plan against values worked out by hand."""

from decimal import Decimal
from typing import Any

import pytest

from govrubric.algebra import const, scale, tally_count
from govrubric.model import Item
from govrubric.plan import bounds, emptied_at, full_marks, make, start_of
from making import computed, item, leaf, number, text

OFF = {"id": "off", "deduct": 1, "per": "例"}
ADD = {"id": "add", "award": 1, "per": "件"}
LOST = {"id": "lost", "forfeit": "all"}
JUDGED = {"id": "judged", "judge": 10}


def ledger(of: dict[str, Any], path: str = "a") -> tuple[str, ...]:
    """Base, balance, rounding, score, lost and contribution of an item, in digits."""
    return tuple(str(of[f"{path}:{what}"]) for what in ("base", "balance", "rounding", "score", "lost", "contribution"))


def effects(of: dict[str, Any], path: str) -> tuple[str, ...]:
    """Raw, applied and absorbed effect of a rule, and the balance behind it, in digits."""
    return tuple(str(of[f"{path}:{what}"]) for what in ("raw", "applied", "absorbed", "after"))


@pytest.mark.parametrize(
    ("rules", "start", "base"),
    [
        ([OFF], None, "10"),
        ([LOST], None, "10"),
        ([OFF, LOST], None, "10"),
        ([ADD], None, "0"),
        ([JUDGED, ADD], None, "0"),
        ([ADD], "full", "10"),
        ([OFF], "zero", "0"),
        ([OFF, ADD], "full", "10"),
        ([OFF, ADD], "zero", "0"),
        ([OFF, ADD], Decimal("2.5"), "5/2"),
        ([OFF], 3, "3"),
    ],
)
def test_a_leaf_starts_where_it_says_or_where_its_rules_leave_room(rules: list[dict[str, Any]], start: Any, base: str) -> None:
    fields = {} if start is None else {"start": start}
    given = {"a__judged": 0} if JUDGED in rules else {}
    assert str(computed(leaf(*rules, **fields), **given)["a:base"]) == base


def test_full_marks_are_the_items_own_scale() -> None:
    assert full_marks(leaf(OFF, out_of=100).indicators[0]) == number(100)
    assert full_marks(leaf(OFF).indicators[0]) == number(10)
    assert full_marks(leaf(OFF)) == number(10)


def test_an_item_that_gives_and_takes_has_no_start_of_its_own() -> None:
    given = tally_count("n", None)
    assert start_of(leaf(OFF, ADD).indicators[0], (given, scale(given, -1))) is None


def test_an_item_without_effects_starts_from_zero() -> None:
    assert start_of(leaf(OFF).indicators[0], ()) == number(0)


def test_a_leaf_whose_start_a_lint_asks_for_has_none_and_is_planned_from_zero() -> None:
    plan = make(leaf(OFF, ADD))
    assert plan.items[1].start is None
    assert plan.lines["a:base"] == const(0)


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({}, ("0", "10")),
        ({"out_of": 100}, ("0", "100")),
        ({"floor": "none", "ceiling": "none"}, ("None", "None")),
        ({"floor": -5, "ceiling": 12}, ("-5", "12")),
        ({"floor": Decimal("0.5"), "ceiling": "none"}, ("1/2", "None")),
    ],
)
def test_floor_and_ceiling_are_zero_and_full_marks_unless_told(fields: dict[str, Any], wanted: tuple[str, str]) -> None:
    floor, ceiling = bounds(Item.model_validate(item(rules=[OFF], **fields)))
    assert (str(floor), str(ceiling)) == wanted


def test_deductions_stop_at_the_floor_and_the_rest_is_absorbed() -> None:
    made = computed(leaf({**OFF, "deduct": 4}), a__off=3)
    # 10 - 12 is held at 0: 10 applied, 2 absorbed.
    assert effects(made, "a.off") == ("-12", "-10", "-2", "0")
    assert ledger(made) == ("10", "0", "0", "0", "10", "0")


def test_awards_stop_at_the_ceiling_and_the_rest_is_absorbed() -> None:
    made = computed(leaf({**ADD, "award": 4}), a__add=3)
    assert effects(made, "a.add") == ("12", "10", "2", "10")
    assert ledger(made) == ("0", "10", "0", "10", "0", "10")


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ([LOST, OFF, ADD], "lost off add"),
        ([OFF, ADD, LOST], "off add lost"),
        ([ADD, LOST, OFF], "add lost off"),
        ([OFF, LOST, ADD], "off lost add"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_awards_come_before_deductions_and_deductions_before_forfeits(order: list[dict[str, Any]], first: str) -> None:
    of = leaf(*order, start=8)
    made = computed(of, a__add=5, a__off=3, a__lost=1)
    # 8 + 5 is held at 10; 10 - 3 = 7; the 7 that are left are lost.
    assert effects(made, "a.add") == ("5", "2", "3", "10")
    assert effects(made, "a.off") == ("-3", "-3", "0", "7")
    assert effects(made, "a.lost") == ("-7", "-7", "0", "0")
    assert [step.rule.path for step in make(of).items[1].steps] == ["a.add", "a.off", "a.lost"]
    assert [rule.path for rule in make(of).items[1].rules] == [f"a.{name}" for name in first.split()]
    assert [one.name for one in make(of).inputs] == [f"a.{name}" for name in first.split()]


def test_effects_of_one_kind_come_in_file_order() -> None:
    second = {**OFF, "id": "second", "deduct": 6}
    made = computed(leaf({**OFF, "deduct": 7}, second), a__off=1, a__second=1)
    assert effects(made, "a.off") == ("-7", "-7", "0", "3")
    assert effects(made, "a.second") == ("-6", "-3", "-3", "0")
    turned = computed(leaf(second, {**OFF, "deduct": 7}), a__off=1, a__second=1)
    assert effects(turned, "a.second") == ("-6", "-6", "0", "4")
    assert effects(turned, "a.off") == ("-7", "-4", "-3", "0")


@pytest.mark.parametrize(
    ("fields", "given", "score"),
    [
        ({"floor": 2}, {"a__off": 50}, "2"),
        ({"floor": -5}, {"a__off": 50}, "-5"),
        ({"floor": "none"}, {"a__off": 50}, "-40"),
        ({"floor": Decimal("0.25")}, {"a__off": 50}, "1/4"),
        ({"start": 3, "floor": 1}, {"a__off": 1}, "2"),
    ],
)
def test_a_floor_holds_what_deductions_leave(fields: dict[str, Any], given: dict[str, int], score: str) -> None:
    assert str(computed(leaf(OFF, **fields), **given)["a:score"]) == score


@pytest.mark.parametrize(
    ("fields", "given", "score"),
    [({"ceiling": 7}, 50, "7"), ({"ceiling": 12}, 50, "12"), ({"ceiling": "none"}, 50, "50"), ({"floor": -9, "start": -4}, 3, "-1")],
)
def test_a_ceiling_holds_what_awards_give(fields: dict[str, Any], given: int, score: str) -> None:
    assert str(computed(leaf(ADD, **fields), a__add=given)["a:score"]) == score


@pytest.mark.parametrize(
    ("fields", "cap", "given", "after"),
    [
        ({}, None, {"a__off": 3}, "0"),
        ({"floor": 2}, None, {"a__off": 3}, "2"),
        ({"floor": -5}, None, {"a__off": 3}, "0"),
        ({"floor": -5}, None, {"a__off": 12}, "-2"),  # below zero already: nothing is left to lose
        ({"floor": "none"}, None, {"a__off": 12}, "-2"),
        ({"floor": "none"}, None, {"a__off": 3}, "0"),
        ({}, 4, {"a__off": 3}, "3"),
        ({}, 4, {"a__off": 8}, "0"),
        ({"floor": 5}, 4, {"a__off": 3}, "5"),
        ({"floor": "none"}, 4, {"a__off": 12}, "-2"),
    ],
)
def test_a_forfeit_takes_what_is_left_down_to_zero_or_to_a_higher_floor(
    fields: dict[str, Any], cap: int | None, given: dict[str, int], after: str
) -> None:
    lost = {**LOST, **({} if cap is None else {"at_most": cap})}
    assert str(computed(leaf(OFF, lost, **fields), a__lost=1, **given)["a.lost:after"]) == after
    assert effects(computed(leaf(OFF, lost, **fields), **given), "a.lost")[:3] == ("0", "0", "0")


def test_a_second_forfeit_finds_nothing_left() -> None:
    made = computed(leaf(LOST, {**LOST, "id": "again"}), a__lost=1, a__again=1)
    assert effects(made, "a.lost") == ("-10", "-10", "0", "0")
    assert effects(made, "a.again") == ("0", "0", "0", "0")


def test_a_forfeit_takes_less_when_awards_have_given_less() -> None:
    made = computed(leaf(ADD, LOST, start="zero"), a__add=3, a__lost=1)
    assert effects(made, "a.lost") == ("-3", "-3", "0", "0")


def test_a_cap_of_a_rule_is_part_of_its_raw_effect() -> None:
    made = computed(leaf({**OFF, "at_most": 2}), a__off=5)
    assert effects(made, "a.off") == ("-2", "-2", "0", "8")


def test_an_item_is_scored_on_its_own_scale_and_counts_by_its_weight() -> None:
    made = computed(leaf(OFF, out_of=100), a__off=7)
    # 100 - 7 = 93 of 100, which is 9.3 of 10.
    assert ledger(made) == ("100", "93", "0", "93", "7", "93/10")


def test_a_scale_in_thirds_stays_exact() -> None:
    made = computed(leaf(OFF, out_of=3), a__off=1)
    assert ledger(made) == ("3", "2", "0", "2", "1", "20/3")
    # The total is rounded to two places: 6.666… to 6.67, which adds a third of a hundredth.
    assert ledger(made, "") == ("20/3", "20/3", "1/300", "667/100", "333/100", "667/100")


def test_a_converted_score_is_brought_to_full_marks_and_not_to_the_weight() -> None:
    made = computed(leaf({"id": "c", "convert": 50, "places": 0}, out_of=200), a__c=25)
    assert ledger(made) == ("0", "100", "0", "100", "100", "5")


@pytest.mark.parametrize(
    ("mode", "score"), [("half_up", "43/10"), ("half_even", "21/5"), ("down", "21/5"), ("up", "43/10"), ("floor", "21/5"), ("ceiling", "43/10")]
)
def test_an_item_is_rounded_before_it_counts(mode: str, score: str) -> None:
    made = computed(leaf(JUDGED, round={"places": 1, "mode": mode}), a__judged=Decimal("4.25"))
    assert str(made["a:balance"]) == "17/4"
    assert str(made["a:score"]) == score
    assert made["a:rounding"] == number(score) - number("17/4")
    assert made["a:contribution"] == number(score)


@pytest.mark.parametrize(
    ("mode", "score"), [("half_up", "-5/2"), ("half_even", "-12/5"), ("up", "-5/2"), ("down", "-12/5"), ("floor", "-5/2"), ("ceiling", "-12/5")]
)
def test_an_item_below_zero_is_rounded_by_the_same_name(mode: str, score: str) -> None:
    made = computed(leaf({**OFF, "deduct": Decimal("12.45")}, floor="none", round={"places": 1, "mode": mode}), a__off=1)
    assert str(made["a:balance"]) == "-49/20"  # 10 - 12.45
    assert str(made["a:score"]) == score


@pytest.mark.parametrize(
    ("mode", "total"), [("half_up", "9/2"), ("half_even", "22/5"), ("down", "22/5"), ("up", "9/2"), ("floor", "22/5"), ("ceiling", "9/2")]
)
def test_the_total_is_rounded_by_the_rubrics_own_rule(mode: str, total: str) -> None:
    of = text(item("a", 10, rules=[JUDGED]), round={"places": 1, "mode": mode})
    assert str(computed(of, a__judged=Decimal("4.45"))[":contribution"]) == total


def test_a_rubric_on_another_scale_rounds_what_it_publishes() -> None:
    of = text(item("a", 1000, rules=[OFF]), out_of=1000, total=100, round={"places": 0, "mode": "half_up"})
    made = computed(of, a__off=115)
    # 885 of 1000 is 88.5 of 100, published as 89: on the own scale 890, rounded up by 5.
    assert ledger(made, "") == ("885", "885", "5", "890", "110", "89")


def test_a_group_is_the_sum_of_what_its_parts_contribute() -> None:
    of = text(item("g", 10, items=[item("a", 6, rules=[OFF]), item("b", 4, out_of=8, rules=[OFF])]))
    made = computed(of, g__a__off=1, g__b__off=2)
    # a: 6 - 1 = 5; b: (8 - 2) of 8 is 3 of 4.
    assert (str(made["g:parts"]), str(made["g.a:contribution"]), str(made["g.b:contribution"])) == ("8", "5", "3")
    assert ledger(made, "g") == ("8", "8", "0", "8", "2", "8")
    assert ledger(made, "") == ("8", "8", "0", "8", "2", "8")


def test_a_group_has_rules_of_its_own() -> None:
    of = text(item("g", 10, items=[item("a", 10, rules=[OFF])], rules=[{**OFF, "deduct": 2}, ADD, LOST]))
    made = computed(of, g__a__off=4, g__add=1, g__off=2)
    # The part leaves 6; 6 + 1 = 7; 7 - 4 = 3.
    assert ledger(made, "g") == ("6", "3", "0", "3", "7", "3")
    assert effects(made, "g.add") == ("1", "1", "0", "7")
    assert effects(made, "g.off") == ("-4", "-4", "0", "3")
    assert str(computed(of, g__lost=1)["g:score"]) == "0"


@pytest.mark.parametrize(
    ("fields", "given", "base"),
    [
        ({"ceiling": 7}, {}, "7"),
        ({"floor": 3}, {"g__a__off": 9}, "3"),
        ({"floor": "none", "ceiling": "none"}, {"g__a__off": 12}, "-2"),
        ({}, {"g__a__off": 12}, "0"),
    ],
)
def test_the_sum_of_the_parts_is_held_within_the_groups_bounds(fields: dict[str, Any], given: dict[str, int], base: str) -> None:
    of = text(item("g", 10, items=[item("a", 10, rules=[OFF], floor="none")], **fields), floor="none")
    assert str(computed(of, **given)["g:base"]) == base


def test_the_root_has_bounds_of_its_own() -> None:
    of = text(item("a", 10, rules=[OFF]), floor=4, ceiling=8)
    assert str(computed(of)[":contribution"]) == "8"
    assert str(computed(of, a__off=9)[":contribution"]) == "4"


def test_lines_stand_in_the_order_in_which_they_can_be_computed() -> None:
    of = text(item("g", 10, items=[item("a", 10, rules=[OFF])]))
    own = ["applies", "base", "balance", "gated", "void", "score", "rounding", "lost", "counts", "contribution"]
    assert list(make(of).lines) == [
        *(f"g.a:{what}" for what in own[:2]),
        *(f"g.a.off:{what}" for what in ("raw", "after", "applied", "absorbed", "counted")),
        *(f"g.a:{what}" for what in own[2:]),
        "g:applies",
        "g:parts",
        *(f"g:{what}" for what in own[1:]),
        ":applies",
        ":parts",
        *(f":{what}" for what in own[1:]),
        ":exact",
    ]


def test_items_stand_from_the_root_down_with_what_their_defaults_come_to() -> None:
    plan = make(text(item("g", 10, out_of=20, floor=-1, items=[item("a", 20, rules=[OFF, {**ADD, "id": "b"}], start=7, ceiling="none")])))
    assert [(one.path, one.full, one.start, one.floor, one.ceiling, one.parts) for one in plan.items] == [
        ("", number(10), number(0), number(0), number(10), ("g",)),
        ("g", number(20), number(0), number(-1), number(20), ("g.a",)),
        ("g.a", number(20), number(7), number(0), None, ()),
    ]


def test_inputs_stand_in_file_order_whatever_order_they_take_effect_in() -> None:
    plan = make(text(item("b", 5, rules=[LOST, {"id": "l", "deduct": {"z": 1, "y": 2}, "per": "次"}, ADD], start="full"), item("a", 5, rules=[OFF])))
    assert [one.name for one in plan.inputs] == ["b.lost", "b.l.z", "b.l.y", "b.add", "a.off"]


@pytest.mark.parametrize("given", [{}, {"g__a__off": 3}, {"g__a__off": 400, "g__b__add": 3}, {"g__lost": 1, "g__b__add": 9, "g__off": 2}])
def test_the_ledger_adds_up_at_every_item_and_rule(given: dict[str, int]) -> None:
    of = text(
        item(
            "g", 10, out_of=30, floor=-2, rules=[{**OFF, "deduct": Decimal("0.7")}, LOST], round={"places": 0, "mode": "half_even"},
            items=[item("a", 10, out_of=3, rules=[{**OFF, "deduct": Decimal("0.1")}]), item("b", 20, rules=[{**ADD, "award": [5, 3, 1]}])],
        )
    )  # fmt: skip
    made, plan = computed(of, **given), make(of)
    for one in plan.items:
        applied = sum((made[f"{rule.path}:applied"] for rule in one.rules), number(0))
        assert made[f"{one.path}:base"] + applied == made[f"{one.path}:balance"]
        assert made[f"{one.path}:balance"] + made[f"{one.path}:rounding"] == made[f"{one.path}:score"]
        assert made[f"{one.path}:score"] + made[f"{one.path}:lost"] == one.full
        for rule in one.rules:
            assert made[f"{rule.path}:raw"] == made[f"{rule.path}:applied"] + made[f"{rule.path}:absorbed"]
    for name, formula in plan.lines.items():
        assert formula.lo <= made[name] <= formula.hi, name


@pytest.mark.parametrize(
    ("rule", "fields", "cases"),
    [
        (OFF, {}, 10),
        ({**OFF, "deduct": Decimal("0.1")}, {}, 100),
        ({**OFF, "deduct": Decimal("0.3")}, {}, 34),  # 33 leave 0.1
        ({**OFF, "deduct": 10}, {}, 1),
        ({**OFF, "deduct": 11}, {}, 1),
        ({**OFF, "deduct": [1, 2, 5]}, {}, 4),  # 1 + 2 + 5 = 8, and 5 more
        ({**OFF, "deduct": [10, 1]}, {}, 1),
        ({**OFF, "at_most": 10}, {}, 10),
        ({**OFF, "at_most": Decimal("9.99")}, {}, None),
        (OFF, {"floor": 4}, 6),
        (OFF, {"floor": -3}, 13),
        (OFF, {"floor": "none"}, None),
        (OFF, {"start": 4}, 4),
        (OFF, {"start": "zero"}, None),
        ({**OFF, "deduct": 3, "per": "件"}, {"out_of": 100}, 34),
        ({**OFF, "deduct": Decimal("0.000001")}, {"out_of": 100000}, None),  # even a thousand million cases do not
        ({**OFF, "deduct": Decimal("0.000001")}, {"out_of": 1000}, 1_000_000_000),
        (ADD, {}, None),
        ({**ADD, "award": 1}, {"start": "full"}, None),
        ({"id": "off", "deduct": 10}, {}, None),  # a flag is no count
        ({**OFF, "deduct": {"city": 5, "district": 5}}, {}, None),
        ({**OFF, "deduct": {"city": 5}}, {}, 2),
        ({**OFF, "deduct": {"city": 10}, "take": "highest"}, {}, 1),
        (JUDGED, {"start": "full"}, None),
        (LOST, {}, None),
    ],
)
def test_so_many_cases_take_the_whole_item(rule: dict[str, Any], fields: dict[str, Any], cases: int | None) -> None:
    (one,) = make(leaf(rule, **fields)).items[1:]
    assert emptied_at(one.rules[0], one) == cases


def test_a_group_is_never_said_to_be_emptied_by_its_own_rule() -> None:
    plan = make(text(item("g", 10, items=[item("a", 10, rules=[ADD])], rules=[OFF])))
    assert emptied_at(plan.items[1].rules[0], plan.items[1]) is None


def test_a_group_whose_rules_give_and_take_can_be_asked_too() -> None:
    plan = make(text(item("g", 10, items=[item("a", 10, rules=[ADD])], rules=[OFF, ADD])))
    assert emptied_at(plan.items[1].rules[1], plan.items[1]) is None


def test_levels_and_numbers_make_one_line_each() -> None:
    made = computed(leaf({"id": "l", "deduct": {"x": 1, "y": Decimal("0.5")}, "per": "次"}), a__l__x=1, a__l__y=3)
    assert effects(made, "a.l") == ("-5/2", "-5/2", "0", "15/2")
