"""Comparison, and a replay of it -> Markdown for a memo."""

from collections.abc import Iterable, Iterator

from govrubric.comparison.compare import Comparison
from govrubric.comparison.markdown import cell, table
from govrubric.comparison.replay import Replay
from govrubric.comparison.unit_rows import effect_row, refused, unit_row, unmatched_inputs
from govrubric.comparison.wording import count, groups, pair, remark_in_words
from govrubric.diagnostics.diagnostic import Lang

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


def memo(comparison: Comparison, replay: Replay | None, lang: Lang) -> str:
    """Tables of the changes and, with a replay, of the totals of each unit under both rubrics."""
    phrases, changed = PHRASES[lang], groups(comparison, lang)
    titles = f"{cell(comparison.older.title)} → {cell(comparison.newer.title)}"
    lines = [f"# {pair(phrases['title'], titles, lang)}", "", cell(count(changed, lang))]
    rows = [
        (
            " ".join(filter(None, (cell(group.path), cell(group.title)))),
            *(cell(text or "") for text in row[1:]),
            phrases["yes"] if row.scoring else "",
        )
        for group in changed
        for row in group.rows
    ]
    lines += table([phrases[key] for key in ("where", "what", "before", "after", "scoring")], rows)
    lines += _list(remark_in_words(remark, lang) for remark in comparison.matching.remarks)
    if replay is not None:
        lines += _replay(comparison, replay, lang)
    return "\n".join(lines) + "\n"


def _replay(comparison: Comparison, replay: Replay, lang: Lang) -> Iterator[str]:
    phrases = PHRASES[lang]
    yield from ("", f"## {phrases['replay']}")
    for heading, names in unmatched_inputs(replay, lang):
        yield from ("", pair(cell(heading), cell(", ".join(names)), lang))
    units = [(unit, unit_row(comparison, unit, lang)) for unit in replay.units]
    yield from table(
        [phrases[key] for key in ("unit", "name", "before", "after", "difference", "grade", "place")],
        [tuple(map(cell, row)) for _, row in units],
    )
    effects = [
        (cell(row.unit), *map(cell, effect_row(comparison, effect, lang)[::-1]))
        for unit, row in units
        for effect in unit.effects
    ]
    yield from table([phrases[key] for key in ("unit", "did", "points")], effects)
    yield from _list(refused(unit, lang) for unit in replay.refused)


def _list(entries: Iterable[str]) -> Iterator[str]:
    for place, entry in enumerate(entries):
        yield from ((f"* {cell(entry)}",) if place else ("", f"* {cell(entry)}"))
