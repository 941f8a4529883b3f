"""How many cases of a rule take the whole of an item, against numbers worked out by hand."""

from decimal import Decimal
from typing import Any

import pytest

from govrubric.plan.emptying import emptied, emptied_at
from govrubric.plan.planner import make_plan
from making import item, leaf, text

OFF = {"id": "off", "deduct": 1, "per": "例"}
ADD = {"id": "add", "award": 1, "per": "件"}
LOST = {"id": "lost", "forfeit": "all"}
JUDGED = {"id": "judged", "judge": 10}


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
        (OFF, {"start": 1}, 1),
        (OFF, {"start": "zero"}, None),
        ({**OFF, "deduct": 3, "per": "件"}, {"out_of": 100}, 34),
        (
            {**OFF, "deduct": Decimal("0.000001")},
            {"out_of": 100000},
            None,
        ),  # even a thousand million cases do not
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
def test_so_many_cases_take_the_whole_item(
    rule: dict[str, Any], fields: dict[str, Any], cases: int | None
) -> None:
    (planned,) = make_plan(leaf(rule, **fields)).items[1:]
    assert emptied_at(planned.rules[0], planned) == cases


def test_a_group_is_never_said_to_be_emptied_by_its_own_rule() -> None:
    plan = make_plan(text(item("g", 10, items=[item("a", 10, rules=[ADD])], rules=[OFF])))
    assert emptied_at(plan.items[1].rules[0], plan.items[1]) is None


def test_a_group_whose_rules_give_and_take_can_be_asked_too() -> None:
    plan = make_plan(text(item("g", 10, items=[item("a", 10, rules=[ADD])], rules=[OFF, ADD])))
    assert emptied_at(plan.items[1].rules[1], plan.items[1]) is None


@pytest.mark.parametrize(
    ("rules", "fields"),
    [
        ([{**OFF, "when": "off > 1"}], {}),
        ([OFF, {"id": "f", "formula": "0"}], {"start": "full"}),
        ([{"id": "d", "distance": {"below": 95, "each": 1, "points": -1}}], {"start": "full"}),
        ([OFF, ADD], {"start": "full"}),
        ([OFF, {"id": "add", "award": 1}], {"start": "full"}),
        ([OFF, {"id": "c", "convert": 100}], {"start": "full"}),
    ],
)
def test_no_number_of_cases_is_said_to_empty_an_item_where_it_depends_on_more(
    rules: list[dict[str, Any]], fields: dict[str, Any]
) -> None:
    (planned,) = make_plan(leaf(*rules, **fields)).items[1:]
    assert emptied_at(planned.rules[0], planned) is None


def test_each_rule_of_an_item_is_listed_with_its_cases() -> None:
    (planned,) = make_plan(leaf(OFF, {**OFF, "id": "twice", "deduct": 2}, LOST)).items[1:]
    assert [(rule.path, cases) for rule, cases in emptied(planned)] == [
        ("a.off", 10),
        ("a.twice", 5),
        ("a.lost", None),
    ]


def test_where_a_rule_may_fill_the_item_up_no_rule_empties_it() -> None:
    (planned,) = make_plan(leaf(OFF, ADD, start="full")).items[1:]
    assert [cases for _, cases in emptied(planned)] == [None, None]
