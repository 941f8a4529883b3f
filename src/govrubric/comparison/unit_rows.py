"""Units under two rubrics -> rows in words: totals, grades, and the effect of each change."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from govrubric.comparison.attribution import Effect
from govrubric.comparison.compare import Comparison
from govrubric.comparison.replay import RefusedUnit, Replay, UnitDiff
from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import plain
from govrubric.numbers import shown, written
from govrubric.rubric import Rubric

UNKNOWN = "?"
PHRASES = {
    "en": {
        "item": "{}", "start": "{}: start", "parts": "{}: what it makes of its parts", "rule": "{}",
        "gates": "{}: gates", "rounding": "{}: rounding",
        "standing": "{}: whether it applies, counts and has a score",
        "total": "total", "void": "no score", "none": "no grade",
        "place": "place {}",
        "refused": "not compared: the newer rubric does not take its values",
        "dropped": "only the older rubric asks for", "above": "{} (above zero in {} unit(s))",
        "unasked": "only the newer rubric asks for, so that ? stands wherever these have a part",
        "added": " (new)", "removed": " (gone)",
    },
    "zh": {
        "item": "{}", "start": "{}：起点", "parts": "{}：各部分的合成", "rule": "{}",
        "gates": "{}：门槛", "rounding": "{}：舍入",
        "standing": "{}：是否适用、是否计入、是否计分", "total": "总分", "void": "不予计分", "none": "无等次",
        "place": "名次 {}",
        "refused": "未作比较：填报值不符合新表的要求",
        "dropped": "只有旧表要求填报", "above": "{}（{} 个单位大于零）",
        "unasked": "只有新表要求填报，取决于它的分数记作 ?", "added": "（新增）", "removed": "（删去）",
    },
}  # fmt: skip


class UnitRow(NamedTuple):
    """A unit: its totals, the difference, its grades and its places, in words."""

    unit: str
    name: str
    before: str
    after: str
    difference: str
    grades: str
    places: str


def unit_row(comparison: Comparison, unit: UnitDiff, lang: Lang) -> UnitRow:
    """A unit's totals in words."""
    phrases = PHRASES[lang]

    def total(rubric: Rubric, value: Decimal | None) -> str:
        return phrases["void"] if value is None else written(Fraction(value), rubric._text.round.places)

    after = total(comparison.newer, unit.after)
    difference = "–" if unit.difference is None else signed(unit.difference, comparison.newer)
    if "total" in unit.unknown:
        after = difference = UNKNOWN
    grades = [
        plain(grade or phrases["none"]) if rubric._plan.grades else "–"
        for grade, rubric in ((unit.old_grade, comparison.older), (unit.new_grade, comparison.newer))
    ]
    if "grade" in unit.unknown:
        grades[1] = UNKNOWN
    graded = comparison.older._plan.grades or comparison.newer._plan.grades
    return UnitRow(
        plain(unit.unit or "–"),
        plain(unit.name or ""),
        total(comparison.older, unit.before),
        after,
        difference,
        " → ".join(grades) if graded else "",
        _places(unit),
    )


def _places(unit: UnitDiff) -> str:
    """The places of a unit under both rubrics."""
    new = UNKNOWN if "place" in unit.unknown else str(unit.new_place or "–")
    return f"{unit.old_place or '–'} → {new}"


def effect_row(comparison: Comparison, effect: Effect, lang: Lang) -> tuple[str, str]:
    """An effect in words: its amount, and the thing that has it."""
    phrases = PHRASES[lang]
    path = effect.new if effect.new is not None else effect.old or ""
    text = phrases[effect.what].format(path or phrases["total"])
    if effect.what == "item":
        rubric = comparison.older if effect.new is None else comparison.newer
        text += f" {plain(rubric._items[path].item.title, 200)}"
    elif effect.what == "rule":
        title = (comparison.older if effect.new is None else comparison.newer).rules[path].title
        text += "" if title is None else f" {plain(title, 200)}"
    if effect.what in ("item", "rule") and None in (effect.old, effect.new):
        text += phrases["removed" if effect.new is None else "added"]
    return signed(effect.amount, comparison.newer), text


def signed(amount: Fraction | None, rubric: Rubric) -> str:
    """A difference with its sign; a question mark where it is unknown."""
    if amount is None:
        return UNKNOWN
    digits = shown(amount, rubric._text.round.places + 2)
    return f"+{digits}" if amount > 0 else digits


def moved(unit: UnitDiff, row: UnitRow, lang: Lang) -> str:
    """The places of a unit that is known to have another under the newer rubric; else nothing."""
    if "place" in unit.unknown or unit.old_place == unit.new_place:
        return ""
    return PHRASES[lang]["place"].format(row.places)


def unmatched_inputs(replay: Replay, lang: Lang) -> Iterator[tuple[str, list[str]]]:
    """The inputs that only one of the rubrics has, under a heading for each rubric."""
    phrases = PHRASES[lang]
    if replay.dropped:
        names = [
            phrases["above"].format(dropped.input, dropped.units) if dropped.units else dropped.input
            for dropped in replay.dropped
        ]
        yield phrases["dropped"], names
    if replay.added:
        yield phrases["unasked"], list(replay.added)


def refused(unit: RefusedUnit, lang: Lang) -> str:
    """A unit that could not be compared, in words."""
    label = [plain(text) for text in (unit.unit, unit.name) if text]
    return " ".join([*label, "–", PHRASES[lang]["refused"]])
