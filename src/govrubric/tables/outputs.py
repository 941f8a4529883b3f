"""A rubric x detail -> the columns that a table gets: names, the lines of the plan that they show, and how their numbers are written."""

from fractions import Fraction
from math import lcm
from typing import Literal, NamedTuple

from govrubric.numbers import places_of
from govrubric.plan.lines import TOTAL, VOID, LineName
from govrubric.plan.planner import Plan
from govrubric.scoring.row_builder import decided
from govrubric.tables.emitter import reach

Detail = Literal["total", "items", "rules"]
OnError = Literal["raise", "report"]
DETAILS: tuple[Detail, ...] = ("total", "items", "rules")
ERROR = "error"
TAKEN = ("total", "grade", ERROR)  # an indicator of such a name has its column under the name of its line


class Output(NamedTuple):
    """A column of numbers: the line that it shows, and the flag of the line that takes it away, if any does.

    The numbers are decimals with so many `places`, or where that is None whole numbers over `den`, which the name says.
    """

    name: str
    line: LineName
    void: LineName | None
    den: int
    places: int | None
    digits: int


def outputs(plan: Plan, detail: Detail, *, scaled: bool) -> list[Output]:
    """The columns of numbers: the total, then each item with its rules, in file order."""
    published = plan.items[0].item.round
    made = [_output(plan, "total", TOTAL, VOID, scaled, published.places if published else 0)]
    for item in plan.items:
        if item.path and detail != "total":
            line = item.line("contribution")
            made.append(
                _output(plan, line if item.path in TAKEN else item.path, line, item.line("void"), scaled)
            )
        if detail == "rules":
            lines = [name for rule in item.rules for name in (rule.line("raw"), rule.line("applied"))]
            made += [_output(plan, line, line, None, scaled) for line in lines]
    return made


def _output(
    plan: Plan, name: str, line: LineName, void: LineName | None, scaled: bool, least: int = 0
) -> Output:
    """A column of numbers with at least so many places."""
    formula = plan.lines[line]
    places = places_of(Fraction(1, formula.den))
    void = void if void and (decided(plan, void) or plan.lines[void].lo == 1) else None
    if scaled or places is None:
        den = lcm(formula.den, 10**least)
        return Output(f"{name}/{den}", line, void, den, None, 0)
    places = max(places, least)
    den = 10**places
    return Output(name, line, void, den, places, max(18, places + 1, len(str(reach(formula, den)))))
