"""Item -> its scale: full marks, start, floor and ceiling, as they are written or else as they follow.

Source: language sections 3 and 4.
"""

from collections.abc import Iterable
from fractions import Fraction

from govrubric.formula.nodes import Formula
from govrubric.language.rubric_text import AnyItem
from govrubric.plan.groups import Part

ZERO = Fraction(0)
Ends = tuple[Fraction | None, Fraction | None]


def full_marks(item: AnyItem) -> Fraction:
    """The full marks of an item on its own scale: `out_of`, or else its weight; 0 where it has neither."""
    return ZERO if item.weight is None else item.out_of or item.weight


def share_of(item: AnyItem) -> Fraction:
    """What a point of an item's score is worth in its group; without full marks it counts as it is."""
    return Fraction(1) if item.weight is None else item.weight / full_marks(item)


def usual_bounds(item: AnyItem, raws: Iterable[Formula], parts_: Iterable[Part]) -> Ends:
    """Floor and ceiling of an item's score where neither is written.

    They are 0, and the full marks with the most that each extra part can contribute. An item without full
    marks can only fall below zero, or if something in it can add only rise; how far must then be written.
    """
    parts_ = tuple(parts_)
    if item.weight is not None:
        on_top = (max(part.contribution.hi, ZERO) for part in parts_ if part.item.extra)
        return ZERO, full_marks(item) + sum(on_top, ZERO)
    adds = any(formula.hi > 0 for formula in (*raws, *(part.contribution for part in parts_)))
    return (ZERO, None) if adds else (None, ZERO)


def bounds(item: AnyItem, usual: Ends) -> Ends:
    """Floor and ceiling of an item's score as they are written, or else the usual ones."""
    floor = usual[0] if item.floor is None else item.floor
    ceiling = usual[1] if item.ceiling is None else item.ceiling
    return None if floor == "none" else floor, None if ceiling == "none" else ceiling


def start_of(item: AnyItem, raws: tuple[Formula, ...]) -> Fraction | None:
    """The balance before any rule; ``None`` where it must be written, since rules both give and take."""
    match item.start:
        case "full":
            return full_marks(item)
        case "zero":
            return ZERO
        case None if item.weight is None:
            return ZERO
        case None:
            gives, takes = any(raw.hi > 0 for raw in raws), any(raw.lo < 0 for raw in raws)
            if gives and takes:
                return None
            return full_marks(item) if takes else ZERO
        case number:
            return number
