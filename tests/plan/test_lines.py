"""The names of lines: texts that know their path and kind."""

from govrubric import shipped
from govrubric.plan.lines import (
    EXACT,
    GRADE,
    TOTAL,
    VOID,
    LineName,
    gate_line,
    item_line,
    rule_line,
    rung_line,
)


def test_a_name_is_text_with_a_path_and_a_kind() -> None:
    name = rule_line("basics.attribution.unlabelled", "raw")
    assert name == "basics.attribution.unlabelled:raw"
    assert (name.path, name.kind) == ("basics.attribution.unlabelled", "raw")


def test_the_rubric_has_the_empty_path() -> None:
    assert (TOTAL, VOID, EXACT, GRADE) == (":contribution", ":void", ":exact", ":grade")
    assert [name.path for name in (TOTAL, VOID, EXACT, GRADE)] == [""] * 4
    assert item_line("", "score") == ":score"


def test_gates_and_the_ladder_have_lines_too() -> None:
    assert (gate_line("work.veto", "held"), rung_line(2)) == ("work.veto:held", ":grade2")


def test_every_line_of_a_plan_has_such_a_name() -> None:
    lines = shipped("2023-department")._plan.lines
    assert {type(name) for name in lines} == {LineName}
