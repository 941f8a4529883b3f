"""outputs: which columns a table gets, and how their numbers are written."""

import pytest

from govrubric.plan.lines import TOTAL
from govrubric.plan.plan import Plan
from govrubric.plan.planner import make_plan
from govrubric.tables.outputs import Detail, Output, outputs
from making import item, text
from samples import rich, small

DECIMAL = Output("total", TOTAL, None, 10, 1, 18)


def named(plan: Plan, detail: Detail, *, scaled: bool = False) -> list[str]:
    return [one.name for one in outputs(plan, detail, scaled=scaled)]


def test_the_total_is_a_decimal_with_the_places_of_the_rubric() -> None:
    assert outputs(small()._plan, "total", scaled=False) == [DECIMAL]


def test_items_come_in_file_order_and_what_has_no_end_is_whole_over_its_denominator() -> None:
    # 0.3 for a paper makes tenths, 3 of 7 makes sevenths, and both together 70ths.
    assert named(small()._plan, "items") == ["total", "work/70", "work.papers", "work.index/7", "bonus"]


def test_rules_come_behind_their_item_raw_and_applied() -> None:
    assert named(small()._plan, "rules")[:6] == [
        "total",
        "work/70",
        "work.late:raw",
        "work.late:applied/70",
        "work.papers",
        "work.papers.missing:raw",
    ]


def test_every_number_may_be_whole() -> None:
    assert named(small()._plan, "items", scaled=True) == [
        "total/10",
        "work/70",
        "work.papers/10",
        "work.index/7",
        "bonus/100",
    ]
    assert outputs(small()._plan, "total", scaled=True) == [Output("total/10", TOTAL, None, 10, None, 0)]


def test_what_a_gate_may_take_away_has_a_flag() -> None:
    total, desk = outputs(rich()._plan, "items", scaled=False)[:2]
    assert (total.void, desk.void) == (":void", None)


def test_a_decimal_has_as_many_digits_as_its_number_may_need() -> None:
    product = {"id": "s", "formula": "x * x", "inputs": {"x": "count"}}
    (total, _, raw, _) = outputs(make_plan(text(item("a", 10, rules=[product]))), "rules", scaled=False)
    assert (total.places, total.digits) == (2, 18)
    assert (raw.name, raw.places, raw.digits) == ("a.s:raw", 0, 19)  # a billion times a billion


@pytest.mark.parametrize("name", ["total", "grade", "error"])
def test_an_item_that_is_called_like_a_column_of_ours_has_the_name_of_its_line(name: str) -> None:
    plan = make_plan(text(item(name, 10, rules=[{"id": "r", "deduct": 1, "per": "case"}])))
    assert named(plan, "items") == ["total", f"{name}:contribution"]
