"""The report on mutations, from results as mutmut prints them."""

import pytest

from mutation import Change, changes, report

RESULTS = """
    govrubric.numbers.x_written__mutmut_1: killed
    govrubric.formula.build.x_add__mutmut_12: survived
    govrubric.formula.nodes.xǁScopeǁname__mutmut_3: timeout
    govrubric.plan.lines.x_item_line__mutmut_1: not checked
"""


def test_each_change_has_its_whole_module() -> None:
    assert changes(RESULTS) == [
        Change("govrubric.numbers.x_written__mutmut_1", "numbers", "killed"),
        Change("govrubric.formula.build.x_add__mutmut_12", "formula.build", "survived"),
        Change("govrubric.formula.nodes.xǁScopeǁname__mutmut_3", "formula.nodes", "timeout"),
    ]


def test_the_report_names_what_no_test_noticed() -> None:
    text, enough = report(changes(RESULTS))
    assert not enough
    assert text.splitlines() == [
        "govrubric.formula.build.x_add__mutmut_12: survived",
        "",
        "formula.build                0 of     1  0 %",
        "formula.nodes                1 of     1  100 %",
        "numbers                      1 of     1  100 %",
        "2 of 3 changes are noticed, and 95 % are wanted: NOT ENOUGH",
    ]


@pytest.mark.parametrize(("survived", "enough"), [(5, True), (6, False)])
def test_95_of_100_are_enough(survived: int, enough: bool) -> None:
    outcomes = ["survived"] * survived + ["killed"] * (100 - survived)
    assert report([Change("name", "numbers", outcome) for outcome in outcomes])[1] is enough
