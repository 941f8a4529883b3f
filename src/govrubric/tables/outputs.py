"""A plan x detail -> the columns of scores that a table gets.

Each has a name, the line of the plan that it shows, and the form of its numbers.
"""

from fractions import Fraction
from math import lcm
from typing import Literal, NamedTuple

from govrubric.numbers import places_of
from govrubric.plan.lines import TOTAL, VOID, LineName, item_line
from govrubric.plan.plan import Plan
from govrubric.scoring.row_builder import decided
from govrubric.tables.emitter import reach
from govrubric.tables.fractions import over_line, under_line

Detail = Literal["total", "items", "rules"]
OnError = Literal["raise", "report"]
DETAILS: tuple[Detail, ...] = ("total", "items", "rules")
ERROR = "error"
TAKEN = ("total", "grade", ERROR)


class Output(NamedTuple):
    """A column of numbers: the line that it shows, and the line of the flag that makes it void, if any.

    With `flag` it is a column of true and false.

    The numbers are decimals with `places` places and `digits` digits. Where `places` is None they are whole
    numbers over `den`, which stands in the name.
    """

    name: str
    line: LineName
    void: LineName | None
    den: int
    places: int | None
    digits: int
    flag: bool = False


def outputs(plan: Plan, detail: Detail, *, scaled: bool) -> list[Output]:
    """The columns: the total, the values that are shown, then each item with its rules, in file order."""
    published = plan.items[0].item.round
    columns = [_output(plan, "total", TOTAL, VOID, scaled, published.places if published else 0)]
    for value in plan.shown:
        if value.kind == "flag":
            columns.append(Output(value.path, value.line, None, 1, None, 0, flag=True))
        else:
            columns += _outputs(plan, value.path, value.line, None, scaled)
    for item in plan.items:
        if item.path and detail != "total":
            name, line = item_column(item.path), item.line("contribution")
            columns += _outputs(plan, name, line, item.line("void"), scaled)
        if detail == "rules":
            lines = [name for rule in item.rules for name in (rule.line("raw"), rule.line("applied"))]
            columns += [column for line in lines for column in _outputs(plan, line, line, None, scaled)]
    return columns


def item_column(path: str) -> str:
    """The name of an item's column: its path, or the name of its line where another column has that name."""
    return item_line(path, "contribution") if path in TAKEN else path


def _outputs(plan: Plan, name: str, line: LineName, void: LineName | None, scaled: bool) -> list[Output]:
    """The column of a line; or two, numerator and denominator, where the tally decides the denominator."""
    if plan.lines[line].is_whole:
        return [_output(plan, name, line, void, scaled)]
    void = _decided(plan, void)
    return [Output(part(name), part(line), void, 1, None, 0) for part in (over_line, under_line)]


def _output(
    plan: Plan, name: str, line: LineName, void: LineName | None, scaled: bool, least: int = 0
) -> Output:
    """A column of numbers with at least `least` places."""
    formula = plan.lines[line]
    places = places_of(Fraction(1, formula.den))
    void = _decided(plan, void)
    if scaled or places is None:
        den = lcm(formula.den, 10**least)
        return Output(f"{name}/{den}", line, void, den, None, 0)
    places = max(places, least)
    den = 10**places
    return Output(name, line, void, den, places, max(18, places + 1, len(str(reach(formula, den)))))


def _decided(plan: Plan, void: LineName | None) -> LineName | None:
    """The line of the flag, where it may be set."""
    return void if void and (decided(plan, void) or plan.lines[void].lo == 1) else None
