"""What one case more or fewer changes -> text for people: a table in the order of the inputs."""

from collections.abc import Sequence

from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import plain
from govrubric.numbers import Exact
from govrubric.reports.text_table import text_table
from govrubric.scoring.explain import signed
from govrubric.scoring.marginal import Marginal

PHRASES = {
    "en": {
        "title": "One case more or fewer, a mark set or not, another choice:", "total": "total",
        "item": "item", "grade": "grade", "change": "change",
        "input": "input", "none": "no score", "ungraded": "no grade", "yes": "yes", "no": "no",
    },
    "zh": {
        "title": "多一例或少一例、有无互换、另选一项：", "total": "总分", "item": "该项", "grade": "等次", "change": "变动",
        "input": "填报项", "none": "不予计分", "ungraded": "无等次", "yes": "是", "no": "否",
    },
}  # fmt: skip


def render_marginal(rows: Sequence[Marginal], places: int, lang: Lang) -> str:
    """A row for each change: what the total and the item gain or lose, and the new grade if it is another.

    The total has so many `places`.
    """
    phrases = PHRASES[lang]
    with_grades = any(row.regraded for row in rows)
    columns = ("total", "item", *(["grade"] if with_grades else []), "change", "input")
    table = [[phrases[column] for column in columns]]
    for row in rows:
        grade = []
        if with_grades:
            grade = [plain(row.grade or phrases["ungraded"]) if row.regraded else ""]
        unit = f" {plain(row.unit)}" if row.unit else ""
        name = row.input if row.title is None else f"{row.input} {plain(row.title, 60)}"
        change = f"{_value(row.before, phrases)} → {_value(row.after, phrases)}{unit}"
        points = [_points(moved, places, phrases) for moved in (row.total, row.score)]
        table.append([*points, *grade, change, name])
    lines = text_table(table, left=range(2, len(columns)))
    return "\n".join([phrases["title"], *(f"  {line}" for line in lines)]) + "\n"


def _points(change: Exact | None, places: int, phrases: dict[str, str]) -> str:
    return phrases["none"] if change is None else signed(change, places)


def _value(value: int | bool | str, phrases: dict[str, str]) -> str:
    if isinstance(value, bool):
        return phrases["yes" if value else "no"]
    return plain(str(value))
