"""Segments of a clause that name thresholds -> bands, 95%以上得5分, or a distance, 每低1个百分点扣0.5分."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from govrubric.lint.clauses.chinese import Statement
from govrubric.numbers import spelled
from govrubric.office.clauses import is_sensible
from govrubric.office.segments import Segment

_LOW, _HIGH = "低降减少差落", "高超多增升"  # how the unit of a distance begins, on either side
_LOOSE = " ,，;；。:：\n在达到至为的"  # what makes no other number of 满意率 and 满意率达到
_SHARES = ("%", "百分点", "个百分点")


class Measured(NamedTuple):
    """A verb that measures: its value as text, the unit, and whether a question is open at its edges.

    `otherwise` is what is given where no band is reached.
    """

    verb: str
    value: str
    unit: str
    is_open: bool
    otherwise: Fraction = Fraction(0)


def bands(segments: Sequence[Segment]) -> Measured | None:
    """Segments all of which say what a number within bounds gets, as bands from the best down."""
    units, is_open, otherwise = set(), False, Fraction(0)
    found: dict[Fraction, tuple[str, Fraction]] = {}
    ends: list[Fraction] = []
    for segment in segments:
        points = _points(segment)
        low = [each for each in segment.bounds if each.relation[:1] == ">"]
        high = [each for each in segment.bounds if each.relation[:1] == "<"]
        if points is None or len(low) > 1 or len(high) > 1 or not segment.bounds:
            return None
        if _subject(segment) not in ("", _subject(segments[0])):
            return None  # it is about another number
        units |= {each.unit for each in segment.bounds}
        is_open = is_open or any(each.relation.endswith("~") for each in low)
        ends += [each.amount for each in high]
        if not low:
            if otherwise:
                return None
            otherwise = points
        elif low[0].amount in found or not (low[0].amount == 0 or is_sensible(low[0].amount)):
            return None
        else:
            found[low[0].amount] = ("above" if low[0].relation == ">" else "from", points)
    if len(units) != 1 or not any(points for _, points in found.values()):
        return None
    # Where one band ends, the one above it begins; else something between them is not said.
    is_open = is_open or any(end not in found for end in ends if end < max(found))
    parts = [
        f"{{{key}: {spelled(at)}, points: {spelled(points)}}}" for at, (key, points) in _downwards(found)
    ]
    return Measured("bands", f"[{', '.join(parts)}]", _unit(units.pop()), is_open, otherwise)


def _downwards(found: dict[Fraction, tuple[str, Fraction]]) -> list[tuple[Fraction, tuple[str, Fraction]]]:
    return sorted(found.items(), reverse=True)


def _subject(segment: Segment) -> str:
    """What a segment says before its first bound or effect: the number that it is about."""
    start = min(each.start for each in (*segment.bounds, *segment.effects[:1]))
    return segment.text[:start].strip(_LOOSE)


def _points(segment: Segment) -> Fraction | None:
    """What a segment gives once; ``None`` where it does something else."""
    if segment.forfeit and not segment.effects:
        return Fraction(0)
    if len(segment.effects) != 1 or segment.forfeit:
        return None
    (effect,) = segment.effects
    is_once = effect.kind == "effect" and effect.repeats is False and effect.sign == 0
    return effect.amount if is_once else None


def distance(segment: Segment, effect: Statement, sign: int) -> Measured | None:
    """低于95%的，每低1个百分点扣0.5分 as a distance."""
    if len(segment.bounds) != 1:
        return None
    return _distance(segment.bounds[0], effect, sign, segment.others, {"<": "below", ">": "above"})


def distance_from_full(segments: Sequence[Segment], full: Fraction | None) -> Measured | None:
    """95%以上得满分，每低1个百分点扣0.5分 as a distance, of an item that starts full."""
    if len(segments) != 2 or any(len(segment.effects) != 1 or segment.forfeit for segment in segments):
        return None
    first, second = segments
    is_full = _points(first) == full and len(first.bounds) == 1 and not second.bounds
    if not is_full or second.effects[0].sign >= 0 or _subject(second) not in ("", _subject(first)):
        return None
    return _distance(first.bounds[0], second.effects[0], -1, second.others, {">": "below", "<": "above"})


def _distance(
    bound: Statement, effect: Statement, sign: int, others: Sequence[Statement], sides: dict[str, str]
) -> Measured | None:
    """The distance of a number from a bound, of which each step has an effect."""
    side = sides.get(bound.relation[:1])
    if side is None or not effect.repeats or effect.unit[:1] not in (_LOW if side == "below" else _HIGH):
        return None
    if not effect.unit or _unit(effect.per) != _unit(bound.unit) or not is_sensible(bound.amount):
        return None
    begun = next((each.sign for each in others if each.kind == "begun"), None)
    whole = {None: "no", 0: "no", 1: "up", -1: "down"}[begun]
    value = (
        f"{{{side}: {spelled(bound.amount)}, each: {spelled(effect.each)},"
        f" points: {spelled(sign * effect.amount)}, whole: {whole}}}"
    )
    return Measured("distance", value, _unit(bound.unit), begun is None)


def _unit(unit: str) -> str:
    """A unit as it is written; points of a percentage are a percentage."""
    return "%" if unit in _SHARES else unit
