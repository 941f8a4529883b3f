"""Comparison, and a trial of it -> text, item by item and unit by unit."""

from collections.abc import Iterator

from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import cells, plain
from govrubric.diff.compare import Comparison
from govrubric.diff.replay import Recounted, Trial
from govrubric.diff.unit_rows import effect_row, names_told, refused, unit_row
from govrubric.diff.wording import Row, count, groups, pair, remark

WIDE = 100


def as_text(comparison: Comparison, trial: Trial | None, lang: Lang) -> str:
    """Item by item, a line for each change; then unit by unit, what each effect is."""
    lines = [f"{plain(one.id)} {plain(one.title, 200)}" for one in (comparison.older, comparison.newer)]
    lines[1] = f"→ {lines[1]}"
    found = groups(comparison, lang)
    for group in found:
        lines += ["", " ".join(text for text in (group.path, group.title) if text)]
        for row in group.rows:
            lines += _lines(row, lang)
    lines += ["", count(found, lang, " (*)"), *(remark(one, lang) for one in comparison.matching.remarks)]
    if trial is not None:
        lines += _trial(comparison, trial, lang)
    return "\n".join(lines) + "\n"


def _lines(row: Row, lang: Lang) -> Iterator[str]:
    """A change on one line, or where that would be too wide on a line for each side."""
    head = f"{'*' if row.scoring else ' '} {row.what}"
    sides = " → ".join(side for side in (row.before, row.after) if side is not None)
    if None in (row.before, row.after) or cells(head) + cells(sides) <= WIDE:
        yield pair(head, sides, lang) if row.what else head + sides
    else:
        yield from (pair(head, "", lang).rstrip(), f"    - {row.before}", f"    + {row.after}")


def _trial(comparison: Comparison, trial: Trial, lang: Lang) -> Iterator[str]:
    for told, names in names_told(trial, lang):
        yield from ("", pair(told, "", lang).rstrip(), *(f"  {name}" for name in names))
    for one in trial.units:
        yield ""
        if not isinstance(one, Recounted):
            yield refused(one, lang)
            continue
        row = unit_row(comparison, one, lang)
        who = " ".join(text for text in (row.unit, row.name) if text)
        yield f"{who}  {row.before} → {row.after}  ({row.difference})" + (
            f"  {row.grades}" if row.grades else ""
        )
        effects = [effect_row(comparison, effect, lang) for effect in one.effects]
        width = max((len(points) for points, _ in effects), default=0)
        yield from (f"  {points.rjust(width)}  {told}" for points, told in effects)
