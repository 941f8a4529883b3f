"""What other lines may use of an item is read from its lines."""

from govrubric.formula.build import const
from govrubric.formula.nodes import Formula, names
from govrubric.plan.built import Built, line_of
from govrubric.plan.lines import item_line
from govrubric.plan.planner import make_plan
from making import leaf, number


def built(**fields: object) -> Built:
    plan = make_plan(leaf({"id": "late", "deduct": 1, "per": "case"}, **fields))
    return Built.of(plan.lines, "a", number(10))


def read(formula: Formula | None) -> set[str]:
    assert formula is not None
    return set(names(formula))


def test_a_line_is_referred_to_by_its_name_and_a_constant_stands_for_itself() -> None:
    lines = {"a:score": make_plan(leaf({"id": "late", "deduct": 1})).lines["a:score"], "a:void": const(0)}
    assert read(line_of(lines, item_line("a", "score"))) == {"a:score"}
    assert line_of(lines, item_line("a", "void")) is lines["a:void"]


def test_each_of_the_lines_stands_in_its_place() -> None:
    one = built(not_applicable="full", gates=[{"id": "veto", "when": "late > 3", "score": "none"}])
    assert read(one.score) == {"a:score"}
    assert read(one.lost) == {"a:lost"}
    assert read(one.reached) == {"a:score"}
    assert read(one.applies) == {"a:applies"}
    assert read(one.void) == {"a:void"}
    assert read(one.contribution) == {"a:contribution"}


def test_what_is_reached_is_a_part_of_the_full_marks() -> None:
    one = built()
    assert one.reached is not None
    assert (one.score.hi, one.reached.hi) == (number(10), number(1))
    assert one.applies == const(1)
    lines = make_plan(leaf({"id": "late", "deduct": 1})).lines
    assert Built.of(lines, "a", number(0)).reached is None


def test_an_item_that_does_not_count_makes_nothing_void_above_it() -> None:
    veto = [{"id": "veto", "when": "late > 3", "score": "none"}]
    assert read(built(gates=veto, counts_when="late > 1").void) == {"a:void", "a:counts"}
