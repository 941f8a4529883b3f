"""Rubric -> the interval that each score never leaves, proved for every tally by interval arithmetic."""

from dataclasses import dataclass
from fractions import Fraction

from govrubric.numbers import Exact
from govrubric.rubric import Rubric

ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class ScoreBounds:
    """What the score of an item can come to: from `low` to `high`, on the scale of the item.

    The empty `path` is the rubric as a whole. An item without full marks has no `weight`.
    A `floor` or `ceiling` of ``None`` is none. `kept` tells
    whether `low` and `high` lie within floor and ceiling. `may_lack` tells whether the item may have no
    score, since it may not apply or be void; the interval then holds the 0 that stands for no score.
    """

    path: str
    title: str
    weight: Exact | None
    low: Exact
    high: Exact
    floor: Exact | None
    ceiling: Exact | None
    kept: bool
    may_lack: bool = False


def score_bounds(rubric: Rubric) -> tuple[ScoreBounds, ...]:
    """The least and the greatest score of each item, over every tally."""
    found = []
    for item in rubric._plan.items:
        score, lines = rubric._plan.lines[item.line("score")], rubric._plan.lines
        # An item that does not apply, or is void, has the score 0 in the formula, whatever its bounds.
        nothing = (ZERO,) if lines[item.line("applies")].lo < 1 or lines[item.line("void")].hi > 0 else ()
        above = item.floor is None or score.lo >= min((item.floor, *nothing))
        below = item.ceiling is None or score.hi <= max((item.ceiling, *nothing))
        found.append(
            ScoreBounds(
                item.path,
                item.item.title,
                None if item.item.weight is None else Exact(item.item.weight),
                Exact(score.lo),
                Exact(score.hi),
                None if item.floor is None else Exact(item.floor),
                None if item.ceiling is None else Exact(item.ceiling),
                above and below,
                bool(nothing),
            )
        )
    return tuple(found)
