"""Segments of a clause that measure a number -> a distance: 每低1个百分点扣0.5分, 不少于4次，每少一次扣1分."""

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from govrubric.lint.clauses.chinese import Statement, folded
from govrubric.numbers import spelled
from govrubric.office.clauses import is_sensible
from govrubric.office.questions import Question
from govrubric.office.segments import Segment

_SHARES = ("%", "百分点", "个百分点", "percent", "percentage point", "percentage points")
SCALES = (*_SHARES, "分")  # what is measured, and not counted
_LOW, _HIGH = "低降减少差落", "高超多增升提"  # how the unit of a distance begins, on either side
_WAY = re.compile(r"(?:^|[,;:。 \n])(?P<way>[少低降多超])[^,;:。\n]{0,8}$")
_FROM_NOTHING = re.compile("提高|提升|增|上升|升")  # points more than the year before, not more than all
LOOSE = " ,，;；。:：、\n在达到至为的"  # what makes no other number of 满意率 and 满意率达到
_COUNTS = "次例件处个条人篇起户家类名宗台期场张页项款步级种批块单点套幅部本册堂份天日"
# 每人不少于4次 is about each of them, and not about one number.
_EACH = re.compile("[每各均](?!年)[^,;。]*$")
# Of a distance these relations name where it begins; 高于95%的，每低1个百分点 does not.
_SIDES = {"below": ("<", "<~", "<=", ">=", ">~"), "above": (">", ">~", ">=", "<=", "<~")}


class Distance(NamedTuple):
    """A distance as the value of its verb, the unit, the words for the number, and what is left open."""

    value: str
    unit: str
    subject: str
    questions: tuple[Question, ...] = ()


def unit_of(unit: str) -> str:
    """A unit as it is written; points of a percentage are a percentage."""
    return "%" if unit in _SHARES else unit


def is_counted(unit: str) -> bool:
    """Whether a number in a unit is one of cases, without places."""
    return bool(unit) and unit in _COUNTS


def subject_of(segment: Segment) -> str:
    """What a segment says before its first bound or effect: the number that it is about."""
    start = min([each.start for each in segment.bounds] or [len(segment.condition)])
    return segment.text[: min(start, len(segment.condition))].strip(LOOSE)


def points_of(segment: Segment) -> Fraction | None:
    """What a segment gives once, below zero what it takes; ``None`` where it does something else."""
    if segment.forfeit and not segment.effects:
        return Fraction(0)
    if len(segment.effects) != 1 or segment.forfeit:
        return None
    (effect,) = segment.effects
    if effect.kind != "effect" or effect.repeats is not False or effect.sign > 0:
        return None
    return effect.amount * (effect.sign or 1)


def is_short(segment: Segment, effect: Statement) -> bool:
    """Whether an effect is for each that is missing: 每少一次, 少组织一次."""
    return _side(segment, effect) == "below" and effect.unit[:1] not in ("降", "减", "落")


def _side(segment: Segment, effect: Statement) -> str:
    """On which side of a bound each step of an effect goes; empty where no word says it."""
    way = effect.unit[:1]
    if way not in _LOW + _HIGH or not way:
        before = _WAY.search(folded(segment.text[: effect.start]))
        way = before["way"] if before else ""
    if not way and effect.unit.startswith("percent") and len(segment.bounds) == 1:
        return "below" if segment.bounds[0].relation[0] == "<" else "above"
    if not way:
        return ""
    return "below" if way in _LOW else "above"


def distance(
    segment: Segment, effect: Statement, sign: int, before: Segment | None = None
) -> Distance | None:
    """The distance of a number from the bound that a segment names, or the segment `before` it.

    Of a percentage and of points the bound may be missing; then one is guessed, and asked about.
    """
    side = _side(segment, effect)
    fitting = [
        bound
        for bound in segment.bounds
        if side and bound.relation in _SIDES[side] and unit_of(bound.unit) == unit_of(effect.per)
    ]
    if fitting:
        bound, text = fitting[-1], segment.text
        if bound.unit not in SCALES and _EACH.search(folded(text[: bound.start])):
            return None
        others = [Question("bound", text[one.start : one.end]) for one in segment.bounds if one is not bound]
        found = _distance(bound, effect, sign, segment, side, text[: min(bound.start, effect.start)])
        return found and found._replace(questions=(*found.questions, *others))
    if effect.per not in SCALES or not effect.repeats or segment.bounds:
        return None
    if before is not None and len(before.bounds) == 1 and subject_of(segment) in ("", subject_of(before)):
        (bound,) = before.bounds
        if side and bound.relation in _SIDES[side] and unit_of(bound.unit) == unit_of(effect.per):
            return _distance(bound, effect, sign, segment, side, subject_of(before))
    side = side or ("below" if sign < 0 else "above")
    nothing = side == "above" and (_FROM_NOTHING.search(effect.unit) or effect.unit[:1] not in _HIGH)
    amount = Fraction(0 if nothing else 100)
    bound = Statement("bound", 0, 0, amount, unit=effect.per)
    found = _distance(bound, effect, sign, segment, side, segment.condition)
    question = Question("below" if side == "below" else "above", segment.text)
    return found and found._replace(questions=(question, *found.questions))


def distance_from_full(segments: Sequence[Segment], full: Fraction | None) -> Distance | None:
    """95%以上得满分，每低1个百分点扣0.5分 as a distance, of an item that starts full."""
    if len(segments) < 2 or any(len(segment.effects) != 1 or segment.forfeit for segment in segments[:2]):
        return None
    first, second = segments[:2]
    (effect,) = second.effects
    is_full = points_of(first) == full and len(first.bounds) <= 1 and not second.bounds
    if not is_full or effect.sign >= 0 or subject_of(second) not in ("", subject_of(first)):
        return None
    if not first.bounds:  # 达到目标得满分，每低1个百分点扣1分
        found = distance(second, effect, -1)
        return found and found._replace(subject=subject_of(first))
    (bound,), side = first.bounds, _side(second, effect)
    is_away = {">": "below", "<": "above"}[bound.relation[0]] == side
    if not is_away or unit_of(bound.unit) != unit_of(effect.per):
        return None
    return _distance(bound, effect, -1, second, side, first.text[: bound.start])


def _distance(
    bound: Statement, effect: Statement, sign: int, segment: Segment, side: str, subject: str
) -> Distance | None:
    """The distance of a number from a bound, of which each step has an effect."""
    if not effect.repeats or not (bound.amount == 0 or is_sensible(bound.amount)):
        return None
    begun = next((each.sign for each in segment.others if each.kind == "begun"), None)
    whole = {None: "no", 0: "no", 1: "up", -1: "down"}[begun]
    value = (
        f"{{{side}: {spelled(bound.amount)}, each: {spelled(effect.each)},"
        f" points: {spelled(sign * effect.amount)}, whole: {whole}}}"
    )
    found = Distance(value, unit_of(bound.unit), subject)
    if begun is not None or (is_counted(found.unit) and effect.each == 1):
        return found
    return found._replace(questions=(Question("whole", segment.text),))
