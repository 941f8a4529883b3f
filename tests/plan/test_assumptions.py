"""A plan with assumptions against its rubric: another effect of a rule, or an item in full for every unit."""

from fractions import Fraction
from typing import Any

import pytest

from govrubric.formula.build import const
from govrubric.formula.codegen import build, function
from govrubric.language.rubric_text import RubricText
from govrubric.plan.planner import Assumptions, make_plan
from making import item, leaf, number, text

OFF = {"id": "off", "deduct": 1, "per": "例"}
ADD = {"id": "add", "award": 2, "per": "件"}


def digits_of(of: RubricText, assumptions: Assumptions, *wanted: str, **given: int) -> list[str]:
    """Lines of the plan, in digits.

    `given` has whole numbers by the name of the input, with `__` for the dot; all other inputs are zero.
    """
    plan = make_plan(of, assumptions=assumptions)
    parameters = {source.name: f"i{index}" for index, source in enumerate(plan.inputs)}
    compute = build(function("made", parameters, plan.lines, wanted))
    values = compute(*(given.get(source.name.replace(".", "__"), 0) * source.den for source in plan.inputs))
    return [str(Fraction(whole, plan.lines[name].den)) for name, whole in zip(wanted, values, strict=True)]


def shared(**shares: str) -> Assumptions:
    return Assumptions(share={path.replace("__", "."): number(digits) for path, digits in shares.items()})


@pytest.mark.parametrize(
    ("rule", "given", "raw"),
    [
        (OFF, 3, "-33/10"),
        (ADD, 3, "33/5"),
        ({"id": "off", "deduct": 2}, 1, "-11/5"),
        ({"id": "off", "deduct": [1, 2], "per": "例"}, 3, "-11/2"),
        ({"id": "off", "judge": 10}, 4, "22/5"),
        ({"id": "off", "convert": 100}, 40, "22/5"),
        ({"id": "off", "choose": {"A": 5, "B": -1}}, 1, "-11/10"),
        ({"id": "off", "bands": [{"from": 90, "points": 5}], "else": -2}, 50, "-11/5"),
        ({"id": "off", "distance": {"below": 95, "each": 1, "points": number("-0.5")}}, 91, "-11/5"),
        ({"id": "off", "curve": [[60, 0], [90, 6]]}, 80, "22/5"),
        ({"id": "off", "formula": "n * 2 - 1", "inputs": {"n": "count"}}, 3, "11/2"),
    ],
)
def test_the_effect_of_any_verb_is_so_many_times_what_it_is(
    rule: dict[str, Any], given: int, raw: str
) -> None:
    name = "a__off__n" if "formula" in rule else f"a__{rule['id']}"
    of, path = leaf(rule, start="full", ceiling="none"), f"a.{rule['id']}"
    assert digits_of(of, Assumptions(share={path: number("1.1")}), f"{path}:raw", **{name: given}) == [raw]


def test_a_rules_own_cap_stands_behind_its_share() -> None:
    of = leaf({**OFF, "at_most": 3})
    assert digits_of(of, shared(a__off="1.1"), "a.off:raw", a__off=3) == ["-3"]
    assert digits_of(of, shared(a__off="1/2"), "a.off:raw", a__off=3) == ["-3/2"]
    assert digits_of(of, shared(a__off="1/2"), "a.off:raw", a__off=8) == ["-3"]


def test_other_rules_and_the_bounds_of_the_item_stay() -> None:
    of = leaf({**OFF, "deduct": 2}, ADD, start=5)
    # 5 and twice 2 are 9, less twice 2 x 1.5.
    assert digits_of(
        of, shared(a__off="1.5"), "a.add:applied", "a.off:applied", "a:score", a__off=2, a__add=2
    ) == ["4", "-6", "3"]
    assert digits_of(of, shared(a__off="1.5"), "a.off:applied", "a:score", a__off=9) == ["-5", "0"]


def test_an_item_starts_where_it_did() -> None:
    assert digits_of(leaf(OFF), shared(a__off="1/100"), "a:base", ":contribution", a__off=5) == [
        "10",
        "199/20",
    ]


def test_an_item_in_full_contributes_its_weight_whatever_was_counted() -> None:
    of = text(item("a", 4, out_of=8, rules=[OFF]), item("b", 6, rules=[OFF]))
    assert digits_of(
        of,
        Assumptions(full=frozenset(["a"])),
        "a:score",
        "a:contribution",
        ":contribution",
        a__off=5,
        b__off=1,
    ) == ["3", "4", "9"]
    assert digits_of(
        of, Assumptions(full=frozenset(["b"])), "b:contribution", ":contribution", a__off=5, b__off=1
    ) == [
        "6",
        "15/2",
    ]


def test_whoever_an_item_does_not_apply_to_is_not_given_it() -> None:
    of = text(item("a", 4, rules=[OFF], not_applicable="rescale"), item("b", 6, rules=[OFF]))
    full = Assumptions(full=frozenset(["a"]))
    # b alone: 3 of 6, scaled up to 10.
    assert digits_of(of, full, "a:contribution", ":contribution", a__not_applicable=1, b__off=3) == ["0", "5"]
    assert digits_of(of, full, "a:contribution", ":contribution", a__off=2, b__off=3) == ["4", "7"]


@pytest.mark.parametrize(("policy", "contribution"), [("full", "4"), ("zero", "0")])
def test_what_does_not_apply_contributes_what_its_policy_says(policy: str, contribution: str) -> None:
    of = text(item("a", 4, rules=[OFF], not_applicable=policy), item("b", 6, rules=[OFF]))
    assert digits_of(of, Assumptions(full=frozenset(["a"])), "a:contribution", a__not_applicable=1) == [
        contribution
    ]


def test_an_item_in_full_counts_only_where_it_counts_and_is_void_where_it_was() -> None:
    gate = {"id": "veto", "when": "off > 3", "score": "none"}
    of = text(item("a", 4, rules=[OFF], counts_when="b.off == 0", gates=[gate]), item("b", 6, rules=[OFF]))
    full = Assumptions(full=frozenset(["a"]))
    assert digits_of(of, full, "a:contribution", ":void", a__off=2, b__off=1) == ["0", "0"]
    assert digits_of(of, full, "a:contribution", ":void", a__off=4) == ["4", "1"]


def test_bounds_know_what_is_otherwise() -> None:
    plan = make_plan(leaf(OFF), assumptions=Assumptions(full=frozenset(["a"])))
    assert plan.lines[":contribution"] == const(10)
    assert (
        make_plan(leaf({"id": "j", "judge": 5}, ceiling="none"), assumptions=shared(a__j="2"))
        .lines["a:score"]
        .hi
        == 10
    )
