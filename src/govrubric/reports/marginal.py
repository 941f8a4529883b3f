"""What one case more or fewer changes -> a table for people, in the order of the inputs."""

from collections.abc import Sequence

from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import plain
from govrubric.numbers import Exact
from govrubric.reports.text_table import text_table
from govrubric.scoring.explain import signed
from govrubric.scoring.marginal import Marginal

WORDS = {
    "en": {
        "title": "One case more or fewer, a mark set or not, another choice:", "total": "total", "item": "item", "grade": "grade", "change": "change",
        "input": "input", "none": "no score", "ungraded": "no grade", "yes": "yes", "no": "no",
    },
    "zh": {
        "title": "多一例或少一例、有无互换、另选一项：", "total": "总分", "item": "该项", "grade": "等次", "change": "变动",
        "input": "填报项", "none": "不予计分", "ungraded": "无等次", "yes": "是", "no": "否",
    },
}  # fmt: skip


def render_marginal(rows: Sequence[Marginal], lang: Lang) -> str:
    """A row for each other value: what the total and the item gain or lose, and the grade where it is another one."""
    say = WORDS[lang]
    graded = any(one.regraded for one in rows)
    heads = [say[word] for word in ("total", "item", *(["grade"] if graded else []), "change", "input")]
    shown = [heads]
    for one in rows:
        grade = [plain(one.grade or say["ungraded"]) if one.regraded else ""] if graded else []
        change = f"{_told(one.before, say)} → {_told(one.after, say)}" + (
            f" {plain(one.unit)}" if one.unit else ""
        )
        shown.append([_points(one.total, say), _points(one.score, say), *grade, change, one.input])
    lines = text_table(shown, left=range(2, len(heads)))
    return "\n".join([say["title"], *(f"  {line}" for line in lines)]) + "\n"


def _points(change: Exact | None, say: dict[str, str]) -> str:
    return say["none"] if change is None else signed(change)


def _told(value: int | bool | str, say: dict[str, str]) -> str:
    if isinstance(value, bool):
        return say["yes" if value else "no"]
    return plain(str(value))
