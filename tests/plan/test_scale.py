"""Full marks, start, floor and ceiling of an item: as written, or as its rules and parts leave room."""

from decimal import Decimal
from typing import Any

import pytest

from govrubric.formula.build import scale, tally_count
from govrubric.plan.planner import make_plan
from govrubric.plan.scale import bounds, full_marks, share_of, start_of
from making import computed, item, leaf, number, text

OFF = {"id": "off", "deduct": 1, "per": "例"}
ADD = {"id": "add", "award": 1, "per": "件"}
LOST = {"id": "lost", "forfeit": "all"}
JUDGED = {"id": "judged", "judge": 10}


def ends(of: dict[str, Any]) -> tuple[str, str]:
    """Floor and ceiling of an item, in digits."""
    planned = make_plan(text(of)).items[1]
    return str(planned.floor), str(planned.ceiling)


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
def test_a_leaf_starts_where_it_says_or_where_its_rules_leave_room(
    rules: list[dict[str, Any]], start: Any, base: str
) -> None:
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


@pytest.mark.parametrize(
    ("rule", "start"),
    [
        (ADD, "0"),
        (OFF, "10"),
        ({"id": "c", "choose": {"A": 1, "B": -1}}, "None"),
        ({"id": "c", "choose": {"A": 1, "B": 0}}, "0"),
    ],
)
def test_a_start_follows_from_whether_rules_give_or_take(rule: dict[str, Any], start: str) -> None:
    assert str(make_plan(leaf(rule)).items[1].start) == start


def test_a_leaf_that_gives_less_than_a_point_gives() -> None:
    half = leaf({"id": "r", "award": number("1/2")}, {"id": "off", "deduct": 1})
    assert [item.start for item in make_plan(half).items if item.path == "a"] == [None]


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
def test_floor_and_ceiling_are_zero_and_full_marks_unless_told(
    fields: dict[str, Any], wanted: tuple[str, str]
) -> None:
    assert ends(item(rules=[OFF], **fields)) == wanted


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({}, ("0", "15")),
        ({"ceiling": 12}, ("0", "12")),
        ({"ceiling": "none"}, ("0", "None")),
        ({"out_of": 100}, ("0", "105")),
    ],
)
def test_extra_parts_raise_a_ceiling_that_is_not_written(
    fields: dict[str, Any], wanted: tuple[str, str]
) -> None:
    parts = [
        item("a", 10, rules=[OFF]),
        item("b", 3, rules=[OFF], extra=True),
        item("c", 2, rules=[OFF], extra=True, not_applicable="zero"),
    ]
    assert ends(item("g", 10, items=parts, **fields)) == wanted


def test_extra_parts_raise_the_ceiling_of_the_rubric() -> None:
    of = text(item("a", 10, rules=[OFF]), item("b", 3, rules=[ADD], extra=True))
    whole = make_plan(of).items[0]
    assert (str(whole.floor), str(whole.ceiling)) == ("0", "13")
    assert str(computed(of, b__add=2, a__off=1)[":contribution"]) == "11"


def test_what_a_point_is_worth_follows_from_weight_and_scale() -> None:
    (whole,) = leaf(OFF, out_of=100).indicators
    assert share_of(whole) == number("1/10")
    assert share_of(leaf(OFF).indicators[0]) == number(1)


def test_without_full_marks_a_point_counts_as_it_is() -> None:
    parts = [item("a", 10, rules=[OFF]), {**item("b", rules=[OFF], extra=True), "weight": None}]
    (_, extra) = text(*parts).indicators
    assert (full_marks(extra), share_of(extra)) == (number(0), number(1))


def test_what_is_written_stands_above_what_follows() -> None:
    (written,) = leaf(OFF, floor="none", ceiling=12).indicators
    assert bounds(written, (number(0), number(10))) == (None, number(12))
    assert bounds(leaf(OFF).indicators[0], (None, number(0))) == (None, number(0))
