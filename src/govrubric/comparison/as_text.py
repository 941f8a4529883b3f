"""Comparison, and a replay of it -> text, item by item and unit by unit."""

from collections.abc import Iterator

from govrubric.comparison.compare import Comparison
from govrubric.comparison.replay import Replay
from govrubric.comparison.unit_rows import effect_row, moved, refused, unit_row, unmatched_inputs
from govrubric.comparison.wording import Row, count, groups, pair, remark_in_words
from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import cells, plain

WIDE = 100  # cells of the screen that a change on one line may take


def as_text(comparison: Comparison, replay: Replay | None, lang: Lang) -> str:
    """Item by item, a line for each change; then unit by unit, a line for each effect."""
    lines = [
        f"{plain(rubric.id)} {plain(rubric.title, 200)}" for rubric in (comparison.older, comparison.newer)
    ]
    lines[1] = f"→ {lines[1]}"
    changed = groups(comparison, lang)
    for group in changed:
        lines += ["", " ".join(text for text in (group.path, group.title) if text)]
        for row in group.rows:
            lines += _lines(row, lang)
    lines += ["", count(changed, lang, " (*)")]
    lines += [remark_in_words(remark, lang) for remark in comparison.matching.remarks]
    if replay is not None:
        lines += _replay(comparison, replay, lang)
    return "\n".join(lines) + "\n"


def _lines(row: Row, lang: Lang) -> Iterator[str]:
    """A change on one line; where that would be too wide, each side on a line of its own."""
    head = f"{'*' if row.scoring else ' '} {row.what}"
    sides = " → ".join(side for side in (row.before, row.after) if side is not None)
    if None in (row.before, row.after) or cells(head) + cells(sides) <= WIDE:
        yield pair(head, sides, lang) if row.what else head + sides
    else:
        yield from (pair(head, "", lang).rstrip(), f"    - {row.before}", f"    + {row.after}")


def _replay(comparison: Comparison, replay: Replay, lang: Lang) -> Iterator[str]:
    """The inputs that only one rubric has; then each unit, followed by its effects; then the others."""
    for heading, names in unmatched_inputs(replay, lang):
        yield from ("", pair(heading, "", lang).rstrip(), *(f"  {name}" for name in names))
    for unit in replay.units:
        row = unit_row(comparison, unit, lang)
        label = " ".join(text for text in (row.unit, row.name) if text)
        sides = [label, f"{row.before} → {row.after}", f"({row.difference})", row.grades]
        yield from ("", "  ".join(text for text in (*sides, moved(unit, row, lang)) if text))
        effects = [effect_row(comparison, effect, lang) for effect in unit.effects]
        width = max((len(points) for points, _ in effects), default=0)
        yield from (f"  {points.rjust(width)}  {text}" for points, text in effects)
    for left_out in replay.refused:
        yield from ("", refused(left_out, lang))
