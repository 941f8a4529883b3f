"""Every line of a plan (effects, caps, weights, roundings) against values worked out by hand."""

from decimal import Decimal
from typing import Any

import pytest

from govrubric.diagnostics import near
from govrubric.diagnostics.diagnostic import Path
from govrubric.expressions.parser import Slip
from govrubric.formula import build as algebra
from govrubric.formula.build import const
from govrubric.formula.nodes import names
from govrubric.language.rubric_text import RubricText
from govrubric.plan import planner as plan
from govrubric.plan.planner import make_plan
from making import computed, item, leaf, number, text

OFF = {"id": "off", "deduct": 1, "per": "例"}
ADD = {"id": "add", "award": 1, "per": "件"}
LOST = {"id": "lost", "forfeit": "all"}
JUDGED = {"id": "judged", "judge": 10}
LATE = {"id": "late", "deduct": 1}


def ledger(of: dict[str, Any], path: str = "a") -> tuple[str, ...]:
    """Base, balance, rounding, score, lost and contribution of an item, in digits."""
    return tuple(
        str(of[f"{path}:{what}"]) for what in ("base", "balance", "rounding", "score", "lost", "contribution")
    )


def effects(of: dict[str, Any], path: str) -> tuple[str, ...]:
    """Raw, applied and absorbed effect of a rule, and the balance after it, in digits."""
    return tuple(str(of[f"{path}:{what}"]) for what in ("raw", "applied", "absorbed", "after"))


def test_a_leaf_whose_start_a_lint_asks_for_has_none_and_is_planned_from_zero() -> None:
    plan = make_plan(leaf(OFF, ADD))
    assert plan.items[1].start is None
    assert plan.lines["a:base"] == const(0)


def test_deductions_stop_at_the_floor_and_the_rest_is_absorbed() -> None:
    values = computed(leaf({**OFF, "deduct": 4}), a__off=3)
    # 10 - 12 is held at 0: 10 applied, 2 absorbed.
    assert effects(values, "a.off") == ("-12", "-10", "-2", "0")
    assert ledger(values) == ("10", "0", "0", "0", "10", "0")


def test_awards_stop_at_the_ceiling_and_the_rest_is_absorbed() -> None:
    values = computed(leaf({**ADD, "award": 4}), a__add=3)
    assert effects(values, "a.add") == ("12", "10", "2", "10")
    assert ledger(values) == ("0", "10", "0", "10", "0", "10")


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
def test_awards_come_before_deductions_and_deductions_before_forfeits(
    order: list[dict[str, Any]], first: str
) -> None:
    of = leaf(*order, start=8)
    values = computed(of, a__add=5, a__off=3, a__lost=1)
    # 8 + 5 is held at 10; 10 - 3 = 7; the 7 that are left are lost.
    assert effects(values, "a.add") == ("5", "2", "3", "10")
    assert effects(values, "a.off") == ("-3", "-3", "0", "7")
    assert effects(values, "a.lost") == ("-7", "-7", "0", "0")
    assert [step.rule.path for step in make_plan(of).items[1].steps] == ["a.add", "a.off", "a.lost"]
    assert [rule.path for rule in make_plan(of).items[1].rules] == [f"a.{name}" for name in first.split()]
    assert [given.name for given in make_plan(of).inputs] == [f"a.{name}" for name in first.split()]


def test_effects_of_one_kind_come_in_file_order() -> None:
    second = {**OFF, "id": "second", "deduct": 6}
    values = computed(leaf({**OFF, "deduct": 7}, second), a__off=1, a__second=1)
    assert effects(values, "a.off") == ("-7", "-7", "0", "3")
    assert effects(values, "a.second") == ("-6", "-3", "-3", "0")
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
def test_a_floor_holds_what_deductions_leave(
    fields: dict[str, Any], given: dict[str, int], score: str
) -> None:
    assert str(computed(leaf(OFF, **fields), **given)["a:score"]) == score


@pytest.mark.parametrize(
    ("fields", "given", "score"),
    [
        ({"ceiling": 7}, 50, "7"),
        ({"ceiling": 12}, 50, "12"),
        ({"ceiling": "none"}, 50, "50"),
        ({"floor": -9, "start": -4}, 3, "-1"),
    ],
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
    values = computed(leaf(LOST, {**LOST, "id": "again"}), a__lost=1, a__again=1)
    assert effects(values, "a.lost") == ("-10", "-10", "0", "0")
    assert effects(values, "a.again") == ("0", "0", "0", "0")


def test_a_forfeit_takes_less_when_awards_have_given_less() -> None:
    values = computed(leaf(ADD, LOST, start="zero"), a__add=3, a__lost=1)
    assert effects(values, "a.lost") == ("-3", "-3", "0", "0")


def test_a_cap_of_a_rule_is_part_of_its_raw_effect() -> None:
    values = computed(leaf({**OFF, "at_most": 2}), a__off=5)
    assert effects(values, "a.off") == ("-2", "-2", "0", "8")


def test_an_item_is_scored_on_its_own_scale_and_counts_by_its_weight() -> None:
    values = computed(leaf(OFF, out_of=100), a__off=7)
    # 100 - 7 = 93 of 100, which is 9.3 of 10.
    assert ledger(values) == ("100", "93", "0", "93", "7", "93/10")


def test_a_scale_in_thirds_stays_exact() -> None:
    values = computed(leaf(OFF, out_of=3), a__off=1)
    assert ledger(values) == ("3", "2", "0", "2", "1", "20/3")
    # The total is rounded to two places: 6.666… to 6.67, which adds a third of a hundredth.
    assert ledger(values, "") == ("20/3", "20/3", "1/300", "667/100", "333/100", "667/100")


def test_a_converted_score_is_brought_to_full_marks_and_not_to_the_weight() -> None:
    values = computed(leaf({"id": "c", "convert": 50, "places": 0}, out_of=200), a__c=25)
    assert ledger(values) == ("0", "100", "0", "100", "100", "5")


@pytest.mark.parametrize(
    ("mode", "score"),
    [
        ("half_up", "43/10"),
        ("half_even", "21/5"),
        ("down", "21/5"),
        ("up", "43/10"),
        ("floor", "21/5"),
        ("ceiling", "43/10"),
    ],
)
def test_an_item_is_rounded_before_it_counts(mode: str, score: str) -> None:
    values = computed(leaf(JUDGED, round={"places": 1, "mode": mode}), a__judged=Decimal("4.25"))
    assert str(values["a:balance"]) == "17/4"
    assert str(values["a:score"]) == score
    assert values["a:rounding"] == number(score) - number("17/4")
    assert values["a:contribution"] == number(score)


@pytest.mark.parametrize(
    ("mode", "score"),
    [
        ("half_up", "-5/2"),
        ("half_even", "-12/5"),
        ("up", "-5/2"),
        ("down", "-12/5"),
        ("floor", "-5/2"),
        ("ceiling", "-12/5"),
    ],
)
def test_an_item_below_zero_is_rounded_by_the_same_name(mode: str, score: str) -> None:
    values = computed(
        leaf({**OFF, "deduct": Decimal("12.45")}, floor="none", round={"places": 1, "mode": mode}), a__off=1
    )
    assert str(values["a:balance"]) == "-49/20"  # 10 - 12.45
    assert str(values["a:score"]) == score


@pytest.mark.parametrize(
    ("mode", "total"),
    [
        ("half_up", "9/2"),
        ("half_even", "22/5"),
        ("down", "22/5"),
        ("up", "9/2"),
        ("floor", "22/5"),
        ("ceiling", "9/2"),
    ],
)
def test_the_total_is_rounded_by_the_rubrics_own_rule(mode: str, total: str) -> None:
    of = text(item("a", 10, rules=[JUDGED]), round={"places": 1, "mode": mode})
    assert str(computed(of, a__judged=Decimal("4.45"))[":contribution"]) == total


def test_a_rubric_on_another_scale_rounds_what_it_publishes() -> None:
    of = text(item("a", 1000, rules=[OFF]), out_of=1000, total=100, round={"places": 0, "mode": "half_up"})
    values = computed(of, a__off=115)
    # 885 of 1000 is 88.5 of 100, published as 89: on the own scale 890, rounded up by 5.
    assert ledger(values, "") == ("885", "885", "5", "890", "110", "89")


def test_a_group_is_the_sum_of_what_its_parts_contribute() -> None:
    of = text(item("g", 10, items=[item("a", 6, rules=[OFF]), item("b", 4, out_of=8, rules=[OFF])]))
    values = computed(of, g__a__off=1, g__b__off=2)
    # a: 6 - 1 = 5; b: (8 - 2) of 8 is 3 of 4.
    assert (str(values["g:parts"]), str(values["g.a:contribution"]), str(values["g.b:contribution"])) == (
        "8",
        "5",
        "3",
    )
    assert ledger(values, "g") == ("8", "8", "0", "8", "2", "8")
    assert ledger(values, "") == ("8", "8", "0", "8", "2", "8")


def test_a_group_has_rules_of_its_own() -> None:
    of = text(item("g", 10, items=[item("a", 10, rules=[OFF])], rules=[{**OFF, "deduct": 2}, ADD, LOST]))
    values = computed(of, g__a__off=4, g__add=1, g__off=2)
    # The part leaves 6; 6 + 1 = 7; 7 - 4 = 3.
    assert ledger(values, "g") == ("6", "3", "0", "3", "7", "3")
    assert effects(values, "g.add") == ("1", "1", "0", "7")
    assert effects(values, "g.off") == ("-4", "-4", "0", "3")
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
def test_the_sum_of_the_parts_is_held_within_the_groups_bounds(
    fields: dict[str, Any], given: dict[str, int], base: str
) -> None:
    of = text(item("g", 10, items=[item("a", 10, rules=[OFF], floor="none")], **fields), floor="none")
    assert str(computed(of, **given)["g:base"]) == base


def test_the_root_has_bounds_of_its_own() -> None:
    of = text(item("a", 10, rules=[OFF]), floor=4, ceiling=8)
    assert str(computed(of)[":contribution"]) == "8"
    assert str(computed(of, a__off=9)[":contribution"]) == "4"


def test_lines_stand_in_the_order_in_which_they_can_be_computed() -> None:
    of = text(item("g", 10, items=[item("a", 10, rules=[OFF])]))
    own = [
        "applies",
        "base",
        "balance",
        "gated",
        "void",
        "score",
        "rounding",
        "lost",
        "counts",
        "contribution",
    ]
    assert list(make_plan(of).lines) == [
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


def test_inputs_stand_in_file_order_whatever_order_they_take_effect_in() -> None:
    plan = make_plan(
        text(
            item(
                "b", 5, rules=[LOST, {"id": "l", "deduct": {"z": 1, "y": 2}, "per": "次"}, ADD], start="full"
            ),
            item("a", 5, rules=[OFF]),
        )
    )
    assert [given.name for given in plan.inputs] == ["b.lost", "b.l.z", "b.l.y", "b.add", "a.off"]


@pytest.mark.parametrize(
    "given",
    [{}, {"g__a__off": 3}, {"g__a__off": 400, "g__b__add": 3}, {"g__lost": 1, "g__b__add": 9, "g__off": 2}],
)
def test_the_ledger_adds_up_at_every_item_and_rule(given: dict[str, int]) -> None:
    of = text(
        item(
            "g", 10, out_of=30, floor=-2, rules=[{**OFF, "deduct": Decimal("0.7")}, LOST],
            round={"places": 0, "mode": "half_even"},
            items=[
                item("a", 10, out_of=3, rules=[{**OFF, "deduct": Decimal("0.1")}]),
                item("b", 20, rules=[{**ADD, "award": [5, 3, 1]}]),
            ],
        )
    )  # fmt: skip
    values, plan = computed(of, **given), make_plan(of)
    for planned in plan.items:
        applied = sum((values[f"{rule.path}:applied"] for rule in planned.rules), number(0))
        assert values[f"{planned.path}:base"] + applied == values[f"{planned.path}:balance"]
        assert (
            values[f"{planned.path}:balance"] + values[f"{planned.path}:rounding"]
            == values[f"{planned.path}:score"]
        )
        assert values[f"{planned.path}:score"] + values[f"{planned.path}:lost"] == planned.full
        for rule in planned.rules:
            assert (
                values[f"{rule.path}:raw"] == values[f"{rule.path}:applied"] + values[f"{rule.path}:absorbed"]
            )
    for name, formula in plan.lines.items():
        assert formula.lo <= values[name] <= formula.hi, name


def test_levels_and_numbers_make_one_line_each() -> None:
    values = computed(
        leaf({"id": "l", "deduct": {"x": 1, "y": Decimal("0.5")}, "per": "次"}), a__l__x=1, a__l__y=3
    )
    assert effects(values, "a.l") == ("-5/2", "-5/2", "0", "15/2")


# What language 3 adds: what does not apply, what does not count, what comes on top


def applying(of: dict[str, Any], path: str) -> tuple[str, ...]:
    """Applies, base, balance, score, lost and contribution of an item, in digits."""
    return tuple(
        str(of[f"{path}:{what}"]) for what in ("applies", "base", "balance", "score", "lost", "contribution")
    )


@pytest.mark.parametrize(
    ("policy", "contribution"), [("rescale", "0"), ("spread", "0"), ("zero", "0"), ("full", "4")]
)
def test_of_an_item_that_does_not_apply_everything_is_zero_but_what_its_policy_gives(
    policy: str, contribution: str
) -> None:
    of = text(item("a", 6, rules=[OFF]), item("b", 4, rules=[OFF], not_applicable=policy))
    values = computed(of, b__not_applicable=1, b__off=1)
    assert applying(values, "b") == ("0", "0", "0", "0", "0", contribution)
    assert effects(values, "b.off") == ("0", "0", "0", "0")
    assert applying(computed(of, b__off=1), "b") == ("1", "4", "3", "3", "1", "3")


@pytest.mark.parametrize(
    ("policy", "parts"), [("rescale", "25/3"), ("spread", "25/3"), ("zero", "5"), ("full", "9")]
)
def test_a_group_comes_to_what_the_policies_of_its_parts_leave(policy: str, parts: str) -> None:
    of = text(
        item("a", 6, rules=[OFF]),
        item("b", 4, rules=[OFF], not_applicable=policy),
        round={"places": 0, "mode": "down"},
    )
    # 5 of 6: 5 x 10/6, or 5 + 4 x 5/6.
    assert computed(of, a__off=1, b__not_applicable=1)[":parts"] == number(parts)


def test_a_group_rounds_its_score_and_not_what_its_parts_come_to() -> None:
    parts = [item("a", 6, rules=[OFF]), item("b", 4, rules=[OFF], not_applicable="rescale")]
    of = text(item("g", 10, items=parts, round={"places": 1, "mode": "up"}))
    lines = computed(of, g__a__off=1, g__b__not_applicable=1)
    assert [str(lines[f"g:{kind}"]) for kind in ("parts", "rounding", "score")] == ["25/3", "1/15", "42/5"]


def test_a_group_none_of_whose_parts_applies_does_what_its_own_policy_says() -> None:
    inner = item(
        "g",
        4,
        items=[
            item("a", 3, rules=[OFF], not_applicable="full"),
            item("b", 1, rules=[OFF], not_applicable="full"),
        ],
        not_applicable="full",
    )
    of = text(inner, item("c", 6, rules=[OFF]))
    values = computed(of, g__a__not_applicable=1, g__b__not_applicable=1)
    assert applying(values, "g") == ("0", "0", "0", "0", "0", "4")
    assert (str(values["g.a:contribution"]), str(values["g.b:contribution"]), str(values[":score"])) == (
        "3",
        "1",
        "10",
    )
    assert applying(computed(of, g__a__not_applicable=1), "g") == ("1", "4", "4", "4", "0", "4")


def test_what_is_excused_from_above_contributes_nothing_itself() -> None:
    inner = item("g", 4, items=[item("a", 4, rules=[OFF], not_applicable="full")], not_applicable="full")
    of = text(inner, item("c", 6, rules=[OFF]))
    values = computed(of, g__not_applicable=1)
    assert (str(values["g.a:contribution"]), str(values["g:contribution"])) == ("0", "4")
    both = computed(of, g__not_applicable=1, g__a__not_applicable=1)
    assert (str(both["g.a:contribution"]), str(both["g:contribution"])) == ("0", "4")


def test_extra_parts_do_not_make_their_group_apply() -> None:
    parts = [item("a", 4, rules=[OFF], not_applicable="zero"), item("b", 2, rules=[ADD], extra=True)]
    of = text(item("g", 4, items=parts, not_applicable="full"), item("c", 6, rules=[OFF]))
    values = computed(of, g__a__not_applicable=1, g__b__add=1)
    assert applying(values, "g.b") == ("1", "0", "1", "1", "0", "1")
    assert applying(values, "g") == ("0", "0", "0", "0", "0", "4")


def test_a_void_extra_part_voids_no_group_that_does_not_apply() -> None:
    veto = {"id": "veto", "when": "True", "score": "none"}
    parts = [
        item("a", 4, rules=[OFF], not_applicable="zero"),
        item("b", 2, rules=[ADD], extra=True, gates=[veto]),
    ]
    of = text(item("g", 4, items=parts, not_applicable="full"), item("c", 6, rules=[OFF]))
    values = computed(of, g__a__not_applicable=1)
    assert [str(values[f"{path}:void"]) for path in ("g.b", "g", "")] == ["1", "0", "0"]
    assert [str(computed(of)[f"{path}:void"]) for path in ("g.b", "g", "")] == ["1", "1", "1"]


def test_a_rubric_of_which_nothing_applies_scores_zero() -> None:
    values = computed(text(item("a", 10, rules=[OFF], not_applicable="full")), a__not_applicable=1)
    assert applying(values, "") == ("0", "0", "0", "0", "0", "0")


@pytest.mark.parametrize(("off", "counts", "contribution"), [(0, "1", "10"), (3, "1", "7"), (4, "0", "0")])
def test_an_item_that_does_not_count_keeps_its_score_and_contributes_nothing(
    off: int, counts: str, contribution: str
) -> None:
    values = computed(leaf(OFF, counts_when="off < 4"), a__off=off)
    assert (str(values["a:counts"]), str(values["a:score"]), str(values["a:lost"])) == (
        counts,
        str(10 - off),
        str(off),
    )
    assert (str(values["a:contribution"]), str(values[":score"])) == (contribution, contribution)


def test_an_item_that_does_not_count_gives_nothing_though_its_policy_would() -> None:
    of = text(
        item("a", 6, rules=[OFF]), item("b", 4, rules=[OFF], not_applicable="full", counts_when="a.off < 1")
    )
    assert str(computed(of, b__not_applicable=1)["b:contribution"]) == "4"
    assert str(computed(of, b__not_applicable=1, a__off=1)["b:contribution"]) == "0"


def test_a_part_that_does_not_count_stays_among_those_that_are_averaged() -> None:
    parts = [item("a", 10, rules=[OFF]), item("b", 10, rules=[OFF], counts_when="off < 4")]
    values = computed(text(*parts, combine="mean"), b__off=4)
    assert str(values[":score"]) == "5"


VOIDED = item("b", 4, rules=[OFF], gates=[{"id": "veto", "when": "off > 2", "score": "none"}])


def test_a_void_part_that_does_not_count_voids_nothing_above() -> None:
    of = text(item("a", 6, rules=[OFF]), {**VOIDED, "counts_when": "a.off < 1"})
    assert [str(computed(of, b__off=3)[name]) for name in ("b:void", ":void", ":contribution")] == [
        "1",
        "1",
        "0",
    ]
    assert [str(computed(of, b__off=3, a__off=1)[name]) for name in ("b:void", ":void", ":contribution")] == [
        "1",
        "0",
        "5",
    ]


def test_a_void_part_that_does_not_apply_is_not_void() -> None:
    of = text(item("a", 6, rules=[OFF]), {**VOIDED, "not_applicable": "zero"})
    assert [
        str(computed(of, b__off=3, b__not_applicable=1)[name]) for name in ("b:void", ":void", ":score")
    ] == ["0", "0", "6"]


def test_of_a_void_item_base_rules_and_gates_stay() -> None:
    values = computed(
        text(item("a", 6, rules=[OFF]), {**VOIDED, "round": {"places": 0, "mode": "up"}}), b__off=3
    )
    assert [
        str(values[f"b:{what}"]) for what in ("base", "balance", "gated", "rounding", "score", "lost")
    ] == [
        "4",
        "1",
        "0",
        "0",
        "0",
        "4",
    ]
    assert effects(values, "b.off") == ("-3", "-3", "0", "1")


ASKING = {"id": "f", "formula": "0", "inputs": {"x": "count"}}


@pytest.mark.parametrize(
    ("formula", "given", "raw"),
    [
        ("score(b)", {"b__off": 1}, "3"),
        ("lost(b)", {"b__off": 1}, "1"),
        ("1 if reached(b) >= 0.75 else 0", {"b__off": 1}, "1"),
        ("1 if reached(b) > 0.75 else 0", {"b__off": 1}, "0"),
        ("score(b)", {"b__off": 3}, "0"),
        ("1 if applies(b) else 2", {}, "1"),
        ("1 if applies(b) else 2", {"b__not_applicable": 1}, "2"),
        ("score(b) + lost(b)", {"b__not_applicable": 1}, "0"),
        ("x * 2", {"f__x": 3}, "6"),
        ("b.off + x", {"f__x": 3, "b__off": 1}, "4"),
    ],
)
def test_a_formula_may_ask_for_other_items_and_inputs(formula: str, given: dict[str, int], raw: str) -> None:
    of = text(
        item("a", 6, rules=[{**ASKING, "formula": formula}], start="zero"),
        {**VOIDED, "not_applicable": "zero"},
    )
    inputs = {("a__" + name if name.startswith("f") else name): amount for name, amount in given.items()}
    assert str(computed(of, **inputs)["a.f:raw"]) == raw


def test_an_item_that_asks_for_a_later_one_is_listed_where_it_stands_and_planned_behind_it() -> None:
    plan = make_plan(
        text(item("a", 6, rules=[{"id": "f", "formula": "score(b)"}]), item("b", 4, rules=[OFF]))
    )
    assert [planned.path for planned in plan.items] == ["", "a", "b"]
    assert list(plan.lines).index("b:score") < list(plan.lines).index("a.f:raw")


def test_a_rule_that_shares_an_input_reads_it() -> None:
    of = text(
        item("a", 6, rules=[{**OFF, "input": "deaths"}]),
        item("b", 4, rules=[{**OFF, "input": "deaths"}]),
        facts={"deaths": "count"},
    )
    values = computed(of, deaths=2)
    assert [str(values[f"{path}:score"]) for path in "ab"] == ["4", "2"]
    assert [given.name for given in make_plan(of).inputs] == ["deaths"]


def test_what_a_converted_score_is_part_of_is_the_items_own_scale() -> None:
    values = computed(leaf({"id": "c", "convert": 10, "at_most": 12}, out_of=20), a__c=8)
    assert effects(values, "a.c") == ("12", "12", "0", "12")


# What goes wrong


def slips_of(of: RubricText) -> list[tuple[Path, str, str]]:
    """Path, code and nearest name of every slip that is reported."""
    reported: list[tuple[Path, str, str]] = []
    make_plan(of, lambda at, slip: reported.append((at, slip.code, str(slip.args.get("near", "")))))
    return reported


def test_a_rule_whose_fields_are_wrong_has_no_effect() -> None:
    plan = make_plan(leaf(OFF, {"id": "r", "award": {"x": 1}}))
    assert plan.lines["a.r:raw"] == const(0)
    assert [rule.path for rule in plan.items[1].rules] == ["a.off", "a.r"]


def test_a_condition_that_is_wrong_is_reported_where_it_stands() -> None:
    of = text(
        item(
            "a",
            10,
            rules=[{**OFF, "when": "of > 0"}],
            counts_when="off",
            gates=[{"id": "g", "when": "score(zz) > 0", "score": 0}],
        ),
        grades=[{"grade": "A", "when": "totl > 1"}, {"grade": "B"}],
    )
    at = ("indicators", 0)
    assert slips_of(of) == [
        ((*at, "rules", 0, "when"), "GR504", "off"),
        ((*at, "gates", 0, "when"), "GR515", ""),
        ((*at, "counts_when"), "GR506", ""),
        (("grades", 0, "when"), "GR504", "total"),
    ]


def test_a_condition_that_is_wrong_is_passed_over_where_nothing_is_reported() -> None:
    assert make_plan(leaf({**OFF, "when": "of > 0"})).lines["a.off:raw"].hi == 0


def test_after_many_slips_no_nearest_name_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near, "WORK", 500)
    wrong = [{**OFF, "id": name, "when": "lat > 0"} for name in ("late", "off", "no")]
    assert [hint for _, _, hint in slips_of(leaf(*wrong))] == ["late", "late", ""]


def test_after_very_many_slips_no_condition_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "READ", 1)
    wrong = [{**OFF, "id": f"r{index}", "when": "r > 0"} for index in range(4)]
    assert [at[3] for at, _, _ in slips_of(leaf(*wrong))] == [0, 1]


@pytest.mark.parametrize(
    ("of", "bits", "at", "name"),
    [
        (leaf({**OFF, "deduct": 1000}), 30, ("indicators", 0, "id"), "a.off"),
        (
            text(item("g", 10, items=[item("a", 10, rules=[OFF])], rules=[{**OFF, "deduct": 1000}])),
            30,
            ("indicators", 0, "id"),
            "g.off",
        ),
        (
            text(item("g", 10, items=[item("a", 10, rules=[{**OFF, "deduct": 1000}])])),
            30,
            ("indicators", 0, "items", 0, "id"),
            "g.a.off",
        ),
        (text(item("a", 3, out_of=7, rules=[LATE]), item("b", 7, out_of=11, rules=[LATE])), 6, ("id",), "t"),
    ],
)
def test_a_number_of_very_many_digits_is_reported_once_at_its_item(
    monkeypatch: pytest.MonkeyPatch, of: RubricText, bits: int, at: Path, name: str
) -> None:
    monkeypatch.setattr(algebra, "BITS", bits)
    found: list[tuple[Path, Slip]] = []
    planned = make_plan(of, lambda at, slip: found.append((at, slip)))
    assert (at, Slip("GR518", 0, 0, {"text": name})) in found
    assert name == "t" or planned.lines[f"{name}:raw"] == const(0)
    assert all(not algebra.is_too_large(formula) for formula in planned.lines.values())


@pytest.mark.parametrize(("add", "lost"), [(9, "1"), (10, "0"), (13, "0")])
def test_nothing_is_lost_where_a_score_is_above_the_full_marks(add: int, lost: str) -> None:
    assert str(computed(leaf(ADD, ceiling="none"), a__add=add)["a:lost"]) == lost


def test_an_item_without_a_condition_counts() -> None:
    assert str(computed(leaf(OFF))["a:counts"]) == "1"


def test_later_lines_use_earlier_ones_by_name_and_numbers_as_they_are() -> None:
    lines = make_plan(leaf(OFF)).lines
    assert set(names(lines["a:balance"])) == {"a.off:after"}
    assert set(names(lines["a.off:after"])) == {"a.off:raw"}


def test_an_item_that_does_not_round_has_a_rounding_of_zero() -> None:
    assert make_plan(leaf(OFF)).lines["a:rounding"] == const(0)


@pytest.mark.parametrize(("x", "raw"), [(1, "0"), (2, "-2")])
def test_a_condition_may_speak_of_the_inputs_of_its_own_rule(x: int, raw: str) -> None:
    of = leaf({"id": "l", "deduct": {"x": 1, "y": 2}, "per": "次", "when": "x > 1"})
    assert str(computed(of, a__l__x=x)["a.l:raw"]) == raw


def test_a_formula_that_is_wrong_is_reported_where_it_stands() -> None:
    assert slips_of(leaf(OFF, {"id": "f", "formula": "of"}, start="full")) == [
        (("indicators", 0, "rules", 1, "formula"), "GR504", "off")
    ]


def test_an_item_rounds_on_its_own_scale() -> None:
    values = computed(
        leaf({**OFF, "deduct": number("0.6")}, out_of=100, round={"places": 0, "mode": "half_up"}), a__off=1
    )
    assert ledger(values) == ("100", "497/5", "-2/5", "99", "1", "99/10")


def test_what_the_item_right_above_excuses_contributes_nothing() -> None:
    inner = item("h", 10, items=[item("a", 10, rules=[OFF], not_applicable="full")], not_applicable="zero")
    values = computed(
        text(item("g", 10, items=[inner], not_applicable="zero")),
        g__h__not_applicable=1,
        g__h__a__not_applicable=1,
    )
    assert str(values["g.h.a:contribution"]) == "0"


def test_the_exact_total_is_what_stands_behind_the_gates() -> None:
    assert set(names(make_plan(text(item("a", 10, rules=[OFF]))).lines[":exact"])) == {":gated"}


# Named values


def valued(**values: str) -> dict[str, Any]:
    """An item with a rule and some values."""
    return {
        **item("a", 10, rules=[OFF]),
        "values": {name: {"formula": said} for name, said in values.items()},
    }


def test_a_value_is_a_line_and_nothing_while_its_item_does_not_apply() -> None:
    part = {**valued(twice="off * 2"), "not_applicable": "full"}
    of = text(part, item("b", 10, rules=[JUDGED]), values={"all": {"formula": "a.off + 1"}})
    here = computed(of, a__off=3, b__judged=5)
    assert [here["a.values.twice:value"], here["values.all:value"]] == [6, 4]
    absent = computed(of, a__off=3, b__judged=5, a__not_applicable=1)
    assert [absent["a.values.twice:value"], absent["values.all:value"]] == [0, 4]


def test_a_value_knows_its_item_its_kind_and_whether_anything_uses_it() -> None:
    part = {**valued(v="off > 2", w="off + 1"), "gates": [{"id": "g", "when": "v", "score": 0}]}
    plan_ = make_plan(text(part, values={"all": {"formula": "1"}}))
    assert [(one.path, one.item, one.kind, one.used) for one in plan_.values] == [
        ("values.all", "", "number", False),
        ("a.values.v", "a", "flag", True),
        ("a.values.w", "a", "number", False),
    ]


def test_what_is_wrong_in_a_value_is_told_once_at_its_formula() -> None:
    assert slips_of(text(valued(v="offf * 2", w="v + 1"))) == [
        (("indicators", 0, "values", "v", "formula"), "GR504", "off")
    ]


def test_values_that_need_each_other_are_told_at_one_of_them() -> None:
    found = [(at[3:], code) for at, code, _ in slips_of(text(valued(v="w + 1", w="v + 1")))]
    assert found == [(("v", "formula"), "GR509")]


def test_the_circle_of_values_is_told_from_where_it_is_asked() -> None:
    told: list[dict[str, object]] = []
    make_plan(text(valued(v="w + 1", w="v + 1")), lambda _, slip: told.append(dict(slip.args)))
    assert told == [{"name": "w", "circle": "a.values.v → a.values.w → a.values.v"}]
    told.clear()
    make_plan(text(valued(v="v + 1")), lambda _, slip: told.append(dict(slip.args)))
    assert told == [{"name": "v", "circle": "a.values.v → a.values.v"}]


def test_after_very_many_slips_no_value_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "READ", 1)
    wrong = text(valued(v="v1", w="w1", x="x1"))
    assert [at[3] for at, _, _ in slips_of(wrong)] == ["v", "w"]


# Items that may not apply by a condition


def excused_when(when: str, then: str = "full", *others: dict[str, Any]) -> RubricText:
    part = item("p", 4, rules=[OFF], not_applicable={"when": when, "then": then})
    group = item("g", 10, items=[part, item("q", 6, rules=[OFF]), *others])
    return text(group, facts={"served": "flag", "size": "count"})


def test_an_item_does_not_apply_while_its_condition_holds() -> None:
    of = excused_when("served and size < 3")
    shown = [computed(of, served=flag, size=2, g__p__off=3) for flag in (0, 1)]
    assert [lines["g.p:excused"] for lines in shown] == [0, 1]
    assert [lines["g.p:contribution"] for lines in shown] == [1, 4]
    assert computed(of, served=1, size=3, g__p__off=3)["g.p:excused"] == 0


def test_what_decides_that_an_item_does_not_apply_is_used_by_the_item_above() -> None:
    part = item("p", 4, rules=[OFF], not_applicable={"when": "g.q.off > 1", "then": "full"})
    group = item("g", 10, items=[part, item("q", 6, rules=[OFF])], not_applicable="zero")
    of = text(group, item("h", 10, rules=[OFF]))
    assert computed(of, g__q__off=2)["g.p:excused"] == 1
    assert computed(of, g__q__off=2, g__not_applicable=1)["g.p:excused"] == 0  # the group says it already


@pytest.mark.parametrize(
    ("when", "code", "args"),
    [
        ("score(g.q) > 1", "GR522", {"text": "score(g.q)"}),
        ("served or lost(q) > 1", "GR522", {"text": "lost(q)"}),
        ("sized > 1", "GR504", {"name": "sized"}),
    ],
)
def test_what_is_wrong_in_such_a_condition_is_told_where_it_stands(
    when: str, code: str, args: dict[str, str]
) -> None:
    reported: list[tuple[Path, Slip]] = []
    of = excused_when(when)
    made = make_plan(of, lambda at, slip: reported.append((at, slip)))
    assert [(at, slip.code) for at, slip in reported] == [
        (("indicators", 0, "items", 0, "not_applicable", "when"), code)
    ]
    ((_, slip),) = reported
    assert {name: slip.args[name] for name in args} == args
    assert when[slip.start : slip.end] == next(iter(args.values()))
    assert made.lines["g.p:excused"] == const(0)
