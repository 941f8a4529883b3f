"""What a plan holds beside its lines: items, named values, conditions, and what excuses an input."""

from govrubric.plan.planner import make_plan
from making import item, leaf, number, text

OFF = {"id": "off", "deduct": 1, "per": "例"}
ADD = {"id": "add", "award": 1, "per": "件"}
JUDGED = {"id": "judged", "judge": 10}


def test_items_stand_from_the_root_down_with_what_their_defaults_come_to() -> None:
    plan = make_plan(
        text(
            item(
                "g",
                10,
                out_of=20,
                floor=-1,
                items=[item("a", 20, rules=[OFF, {**ADD, "id": "b"}], start=7, ceiling="none")],
            )
        )
    )
    assert [
        (each.path, each.full, each.start, each.floor, each.ceiling, each.parts) for each in plan.items
    ] == [
        ("", number(10), number(0), number(0), number(10), ("g",)),
        ("g", number(20), number(0), number(-1), number(20), ("g.a",)),
        ("g.a", number(20), number(7), number(0), None, ()),
    ]


def test_a_planned_item_holds_what_its_author_wrote() -> None:
    of = text(item("g", 10, items=[item("a", 10, rules=[OFF])]))
    assert [planned.item for planned in make_plan(of).items] == [
        of,
        of.indicators[0],
        of.indicators[0].items[0],
    ]


def test_a_plan_keeps_the_flag_of_each_condition_by_its_place() -> None:
    rules = [{**OFF, "when": "off > 1"}, {"id": "f", "formula": "2"}]
    of = text(
        item("a", 10, rules=rules, start="zero", counts_when="off < 9"),
        grades=[{"grade": "A", "when": "total > 1"}, {"grade": "B"}],
    )
    kept = make_plan(of).conditions
    assert set(kept) == {
        ("indicators", 0, "rules", 0, "when"),
        ("indicators", 0, "counts_when"),
        ("grades", 0, "when"),
    }
    assert {(str(flag.lo), str(flag.hi)) for flag in kept.values()} == {("0", "1")}


def test_a_plan_says_by_which_flags_an_input_may_be_left_out() -> None:
    of = text(item("a", 6, rules=[JUDGED], not_applicable="zero"), item("b", 4, rules=[JUDGED]))
    assert dict(make_plan(of).excused) == {"a.judged": ("a.not_applicable",)}
    asked = text(
        item("a", 6, rules=[JUDGED], not_applicable="zero"),
        item("b", 4, rules=[OFF], counts_when="a.judged > 0"),
    )
    assert dict(make_plan(asked).excused) == {}


def test_a_planned_item_names_its_lines_and_says_what_a_point_is_worth() -> None:
    (planned,) = make_plan(leaf(OFF, out_of=100)).items[1:]
    assert planned.line("score") == "a:score"
    assert planned.share == number("1/10")


def test_a_named_value_is_a_line_and_stands_on_the_card_where_it_says_so() -> None:
    values = {"kept": {"formula": "score(a)", "show": True}, "few": {"formula": "a.off < 3"}}
    plan = make_plan(text(item("a", 10, rules=[OFF], counts_when="few"), values=values))
    assert [(value.line, value.kind, value.used) for value in plan.values] == [
        ("values.kept:value", "number", False),
        ("values.few:value", "flag", True),
    ]
    assert [value.path for value in plan.shown] == ["values.kept"]
