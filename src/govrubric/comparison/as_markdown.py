"""Comparison, and a replay of it -> Markdown for a memo."""

import re
from collections.abc import Iterable, Iterator, Sequence

from govrubric.comparison.compare import Comparison
from govrubric.comparison.replay import Replay
from govrubric.comparison.unit_rows import effect_row, refused, unit_row, unmatched_inputs
from govrubric.comparison.wording import count, groups, pair, remark_in_words
from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import plain

PHRASES = {
    "en": {
        "title": "What changed", "where": "Where", "what": "What", "before": "Before", "after": "After",
        "scoring": "Can change a score", "yes": "yes",
        "replay": "The tallies of the older rubric under both",
        "unit": "Unit", "name": "Name", "difference": "Difference", "grade": "Grade", "place": "Place",
        "did": "What did it", "points": "Points",
    },
    "zh": {
        "title": "改动", "where": "位置", "what": "内容", "before": "原", "after": "新",
        "scoring": "可能改变结果", "yes": "是",
        "replay": "旧表填报数据在两表下的结果", "unit": "单位", "name": "名称",
        "difference": "差", "grade": "等次", "place": "名次",
        "did": "原因", "points": "分",
    },
}  # fmt: skip
LONG = 2000  # characters that are shown of a text
# Characters that have a meaning in Markdown.
_MARKS = re.compile(r"[\\`*_\[\]<>|#~&$]")


def memo(comparison: Comparison, replay: Replay | None, lang: Lang) -> str:
    """Tables of the changes and, with a replay, of the totals of each unit under both rubrics."""
    phrases, changed = PHRASES[lang], groups(comparison, lang)
    titles = f"{_safe(comparison.older.title)} → {_safe(comparison.newer.title)}"
    lines = [f"# {pair(phrases['title'], titles, lang)}", "", _safe(count(changed, lang))]
    rows = [
        (
            " ".join(filter(None, (_safe(group.path), _safe(group.title)))),
            *(_safe(text or "") for text in row[1:]),
            phrases["yes"] if row.scoring else "",
        )
        for group in changed
        for row in group.rows
    ]
    lines += _table([phrases[key] for key in ("where", "what", "before", "after", "scoring")], rows)
    lines += _list(remark_in_words(remark, lang) for remark in comparison.matching.remarks)
    if replay is not None:
        lines += _replay(comparison, replay, lang)
    return "\n".join(lines) + "\n"


def _replay(comparison: Comparison, replay: Replay, lang: Lang) -> Iterator[str]:
    phrases = PHRASES[lang]
    yield from ("", f"## {phrases['replay']}")
    for heading, names in unmatched_inputs(replay, lang):
        yield from ("", pair(_safe(heading), _safe(", ".join(names)), lang))
    units = [(unit, unit_row(comparison, unit, lang)) for unit in replay.units]
    yield from _table(
        [phrases[key] for key in ("unit", "name", "before", "after", "difference", "grade", "place")],
        [tuple(map(_safe, row)) for _, row in units],
    )
    effects = [
        (_safe(row.unit), *map(_safe, effect_row(comparison, effect, lang)[::-1]))
        for unit, row in units
        for effect in unit.effects
    ]
    yield from _table([phrases[key] for key in ("unit", "did", "points")], effects)
    yield from _list(refused(unit, lang) for unit in replay.refused)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """An empty line and a table; nothing where it has no rows."""
    if rows:
        yield from ("", f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}")
        yield from (f"| {' | '.join(row)} |" for row in rows)


def _list(entries: Iterable[str]) -> Iterator[str]:
    for place, entry in enumerate(entries):
        yield from ((f"* {_safe(entry)}",) if place else ("", f"* {_safe(entry)}"))


def _safe(text: str) -> str:
    """Text on one line, with the characters that have a meaning in Markdown escaped."""
    return _MARKS.sub(lambda match: f"\\{match[0]}", plain(text, LONG))
