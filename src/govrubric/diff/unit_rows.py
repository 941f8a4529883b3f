"""Units under two rubrics -> rows in words: totals, grades, and what each thing did."""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import plain
from govrubric.diff.attribution import Effect
from govrubric.diff.compare import Comparison
from govrubric.diff.replay import Recounted, Refused, Trial
from govrubric.numbers import Exact, written
from govrubric.rubric import Rubric

UNKNOWN = "?"
WORDS = {
    "en": {
        "item": "{}", "start": "{}: start", "parts": "{}: what it makes of its parts", "rule": "{}", "gates": "{}: gates", "rounding": "{}: rounding",
        "standing": "{}: whether it applies, counts and has a score", "total": "total", "void": "no score", "none": "no grade",
        "refused": "not compared: the newer rubric does not take its values",
        "dropped": "only the older rubric asks for", "above": "{} (above zero in {} unit(s))",
        "fresh": "only the newer rubric asks for, so that ? stands wherever these have a part", "added": " (new)", "removed": " (gone)",
    },
    "zh": {
        "item": "{}", "start": "{}：起点", "parts": "{}：各部分的合成", "rule": "{}", "gates": "{}：门槛", "rounding": "{}：舍入",
        "standing": "{}：适用、计入与计分与否", "total": "总分", "void": "不予计分", "none": "无等次",
        "refused": "未作比较：其填报值不合新表",
        "dropped": "只有旧表要求填报", "above": "{}（{} 个单位大于零）",
        "fresh": "只有新表要求填报，凡由其决定者记作 ?", "added": "（新增）", "removed": "（删去）",
    },
}  # fmt: skip


class UnitRow(NamedTuple):
    """A unit: its totals, the difference, and its grades, in words."""

    unit: str
    name: str
    before: str
    after: str
    difference: str
    grades: str


def unit_row(comparison: Comparison, one: Recounted, lang: Lang) -> UnitRow:
    """A unit's totals in words."""
    say = WORDS[lang]

    def total(rubric: Rubric, value: Exact | None) -> str:
        return say["void"] if value is None else written(Fraction(value), rubric.text.round.places)

    after = UNKNOWN if "total" in one.unknown else total(comparison.newer, one.after)
    difference = "–" if one.difference is None else signed(one.difference)
    if "total" in one.unknown:
        difference = UNKNOWN
    grades = [
        plain(grade or say["none"]) if rubric.plan.grades else "–"
        for grade, rubric in ((one.old_grade, comparison.older), (one.new_grade, comparison.newer))
    ]
    grades[1] = UNKNOWN if "grade" in one.unknown else grades[1]
    graded = comparison.older.plan.grades or comparison.newer.plan.grades
    return UnitRow(
        plain(one.unit or "–"),
        plain(one.name or ""),
        total(comparison.older, one.before),
        after,
        difference,
        " → ".join(grades) if graded else "",
    )


def effect_row(comparison: Comparison, one: Effect, lang: Lang) -> tuple[str, str]:
    """An effect in words: its amount, and what had it."""
    say = WORDS[lang]
    path = one.new if one.new is not None else one.old or ""
    told = say[one.what].format(path or say["total"])
    if one.what == "item":
        rubric = comparison.older if one.new is None else comparison.newer
        told += f" {plain(rubric.item(path).item.title, 200)}"
    if one.what in ("item", "rule") and None in (one.old, one.new):
        told += say["removed" if one.new is None else "added"]
    return signed(one.amount), told


def signed(amount: Fraction | None) -> str:
    """A difference with its sign; of one that is unknown, a question mark."""
    if amount is None:
        return UNKNOWN
    return f"+{written(amount)}" if amount > 0 else written(amount)


def names_told(trial: Trial, lang: Lang) -> Iterator[tuple[str, list[str]]]:
    """The inputs that only one of the rubrics has, under a heading for each."""
    say = WORDS[lang]
    if trial.dropped:
        yield (
            say["dropped"],
            [say["above"].format(name, number) if number else name for name, number in trial.dropped.items()],
        )
    if trial.fresh:
        yield say["fresh"], list(trial.fresh)


def refused(one: Refused, lang: Lang) -> str:
    """A unit that could not be compared."""
    return " ".join([*(plain(text) for text in (one.unit, one.name) if text), "–", WORDS[lang]["refused"]])
