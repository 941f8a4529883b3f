"""A line of a card -> the formula that shows it in a sheet, and what that comes to while nothing is there."""

from decimal import Decimal
from typing import NamedTuple

from govrubric.diagnostics.diagnostic import Lang
from govrubric.forms.places import HIDDEN, Places, Side, digits
from govrubric.formula.nodes import Const
from govrubric.plan.lines import GRADE, TOTAL, VOID, LineName, gate_line
from govrubric.plan.plan import Plan, PlannedItem

PHRASES: dict[Lang, dict[str, str]] = {
    "en": {"none": "no score", "away": "–", "ungraded": "no grade", "held": "holds"},
    "zh": {"none": "不予计分", "away": "–", "ungraded": "无等次", "held": "成立"},
}
GRADES = "D"  # the column of the hidden sheet with the names of the grades, from row 2 on


class Shown(NamedTuple):
    """A formula without its ``=``, and what it comes to now."""

    formula: str
    now: str | Decimal


def wanted_lines(plan: Plan) -> list[LineName]:
    """The lines whose figures a form shows or needs."""
    wanted = [TOTAL, VOID, *([GRADE] if GRADE in plan.lines else []), *plan.derived]
    for item in plan.items:
        wanted += [item.line(kind) for kind in ("score", "contribution", "applies", "void")]
        wanted += [rule.line("applied") for rule in item.rules]
        wanted += [gate_line(path, "held") for path in gate_paths(item)]
    return list(dict.fromkeys([*wanted, *(value.line for value in plan.shown)]))


def gate_paths(item: PlannedItem) -> list[str]:
    """The paths of an item's gates."""
    return [f"{item.path}.{gate.id}" if item.path else gate.id for gate in item.item.gates]


def contribution(plan: Plan, item: PlannedItem, places: Places, side: Side) -> Shown:
    """What an item adds to its group, as its card says it."""
    phrases = PHRASES[places.language]
    void, applies, line = item.line("void"), item.line("applies"), item.line("contribution")
    shown = Shown(places.value(line, side), digits(places.now(line)))
    if plan.lines[applies].lo == 0:
        absent = f"AND({places.whole(applies, side)}=0,{places.whole(line, side)}=0)"
        is_absent = places.now(applies) == 0 == places.now(line)
        shown = _unless(absent, phrases["away"], shown, now=is_absent)
    return _unless_void(plan, void, shown, places, side)


def total(plan: Plan, places: Places, side: Side) -> Shown:
    """The published total."""
    shown = Shown(places.value(TOTAL, side), digits(places.now(TOTAL)))
    return _unless_void(plan, VOID, shown, places, side)


def grade(places: Places, side: Side, names: tuple[str, ...]) -> Shown:
    """The grade, of a rubric that has some."""
    listed = f"{HIDDEN}!${GRADES}$2:${GRADES}${len(names) + 1}"
    index, now = places.whole(GRADE, side), int(places.now(GRADE))
    ungraded = PHRASES[places.language]["ungraded"]
    shown = Shown(f"INDEX({listed},{index}+1)", names[max(now, 0)])
    return _unless(f"{index}<0", ungraded, shown, now=now < 0)


def held(path: str, places: Places, side: Side) -> Shown:
    """That a gate holds, where it does."""
    line, word = gate_line(path, "held"), PHRASES[places.language]["held"]
    return Shown(f'IF({places.whole(line, side)}>0,"{word}","")', word if places.now(line) else "")


def _unless_void(plan: Plan, void: LineName, shown: Shown, places: Places, side: Side) -> Shown:
    if isinstance(plan.lines[void], Const) and not plan.lines[void].lo:
        return shown
    word = PHRASES[places.language]["none"]
    return _unless(f"{places.whole(void, side)}>0", word, shown, now=places.now(void) > 0)


def _unless(condition: str, words: str, shown: Shown, *, now: bool) -> Shown:
    """Words where a condition holds, as it does `now` or not, and else what was shown."""
    return Shown(f'IF({condition},"{words}",{shown.formula})', words if now else shown.now)
