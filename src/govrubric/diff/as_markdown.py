"""Comparison, and a trial of it -> Markdown for a memo."""

import re
from collections.abc import Iterable, Iterator, Sequence

from govrubric.diagnostics.diagnostic import Lang
from govrubric.diff.compare import Comparison
from govrubric.diff.replay import Recounted, Trial
from govrubric.diff.unit_rows import effect_row, names_told, refused, unit_row
from govrubric.diff.wording import count, groups, pair, remark

WORDS = {
    "en": {
        "title": "What changed", "where": "Where", "what": "What", "before": "Before", "after": "After", "scoring": "Can change a score", "yes": "yes",
        "trial": "The tallies of the older rubric under both", "unit": "Unit", "name": "Name", "difference": "Difference", "grade": "Grade", "did": "What did it",
        "points": "Points",
    },
    "zh": {
        "title": "改动", "where": "位置", "what": "内容", "before": "原", "after": "新", "scoring": "可能改变结果", "yes": "是",
        "trial": "旧表填报数据在两表下的结果", "unit": "单位", "name": "名称", "difference": "差", "grade": "等次", "did": "原因",
        "points": "分",
    },
}  # fmt: skip
# Characters that mean something to Markdown.
_MARKS = re.compile(r"[\\`*_\[\]<>|#~&]")


def memo(comparison: Comparison, trial: Trial | None, lang: Lang) -> str:
    """Tables of what changed and, with a trial, of what each unit comes to under both rubrics."""
    say, found = WORDS[lang], groups(comparison, lang)
    titles = f"{_safe(comparison.older.title)} → {_safe(comparison.newer.title)}"
    lines = [f"# {pair(say['title'], titles, lang)}", "", _safe(count(found, lang))]
    rows = [
        (
            " ".join(filter(None, (_safe(group.path), _safe(group.title)))),
            *(_safe(text or "") for text in row[1:]),
            say["yes"] if row.scoring else "",
        )
        for group in found
        for row in group.rows
    ]
    lines += _table([say[key] for key in ("where", "what", "before", "after", "scoring")], rows)
    lines += _list(remark(one, lang) for one in comparison.matching.remarks)
    return "\n".join([*lines, *(_trial(comparison, trial, lang) if trial else ())]) + "\n"


def _trial(comparison: Comparison, trial: Trial, lang: Lang) -> Iterator[str]:
    say = WORDS[lang]
    yield from ("", f"## {say['trial']}")
    for told, names in names_told(trial, lang):
        yield from ("", pair(_safe(told), _safe(", ".join(names)), lang))
    units = [(one, unit_row(comparison, one, lang)) for one in trial.units if isinstance(one, Recounted)]
    yield from _table(
        [say[key] for key in ("unit", "name", "before", "after", "difference", "grade")],
        [tuple(map(_safe, row)) for _, row in units],
    )
    did = [
        (_safe(row.unit), *map(_safe, effect_row(comparison, effect, lang)[::-1]))
        for one, row in units
        for effect in one.effects
    ]
    yield from _table([say[key] for key in ("unit", "did", "points")], did)
    yield from _list(refused(one, lang) for one in trial.units if not isinstance(one, Recounted))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """An empty line and a table; nothing where it has no rows."""
    if rows:
        yield from ("", f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}")
        yield from (f"| {' | '.join(row)} |" for row in rows)


def _list(entries: Iterable[str]) -> Iterator[str]:
    for place, entry in enumerate(entries):
        yield from ((f"* {_safe(entry)}",) if place else ("", f"* {_safe(entry)}"))


def _safe(text: str) -> str:
    """Text whose characters mean nothing to Markdown."""
    return _MARKS.sub(lambda match: f"\\{match[0]}", text)
