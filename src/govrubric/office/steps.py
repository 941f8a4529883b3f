"""Segments of a clause that say what each range of one number gets -> bands: 95%以上得5分，其余不得分."""

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import NamedTuple

from govrubric.lint.clauses.chinese import Statement, folded
from govrubric.numbers import spelled, written
from govrubric.office.clauses import is_sensible
from govrubric.office.measures import points_of, subject_of, unit_of
from govrubric.office.questions import Question
from govrubric.office.segments import Segment

_TAIL = "情况|情形|单位|档次|部分|要求|标准|目标值?|任务|比例|上述|以上|规定|最低|此|的|者|则|均|一律|本项|该项|[得,: ]"
_OTHERWISE = re.compile(
    "(?:其余|其[他它]|否则|除此(?:之|以)?外|未达到?|未达标|达不到|没有?达到|不达标?|未完成|低于|不足)"
    rf"(?:{_TAIL})*"
)
_NONE = re.compile("(?:未|没有|无)(?P<what>[^,;。]{2,6}?)[的者]?")
_FULLY = re.compile("足额|全额|全部|全覆盖|全面|完成")
_LESS = re.compile("[未不无没基部]")  # 基本完成 and 部分完成 are less than all
_HOLDS = re.compile(
    "[含及≥≧达>]|不(?:得|应)?[低少小]于|至少"
)  # 90%（含）以上 has 90%; 90%以上 leaves it open
_ON_TOP = re.compile("[再另]")
_ALL = Statement("bound", 0, 0, Fraction(100), unit="%", relation=">=")


class Bands(NamedTuple):
    """Bands from the best down as the value of the verb, and what is given where none is reached.

    `questions` are what the words leave open.
    """

    value: str
    unit: str
    otherwise: Fraction
    questions: tuple[Question, ...]


class _Step(NamedTuple):
    """What one segment gives, and between which bounds; 其余 has none.

    `holds` says whether its words say that the lower bound itself belongs to it.
    """

    points: Fraction
    low: Statement | None
    high: Statement | None
    holds: bool = False


def is_otherwise(segment: Segment) -> bool:
    """Whether a segment is about all other cases: 其余不得分, 否则得1分."""
    words = folded(segment.condition).strip(" ,:")
    return not segment.bounds and _OTHERWISE.fullmatch(words) is not None


def run_of(segments: Sequence[Segment]) -> int:
    """How many of the first segments say what a range of one and the same number gets."""
    first = segments[0]
    points = points_of(first)
    if points is None or not (first.bounds or _is_full(segments)):
        return 0
    unit = unit_of((first.bounds or segments[1].bounds)[0].unit)
    for number, segment in enumerate(segments[1:], 1):
        more = points_of(segment)
        # 低于80%再扣3分 comes on top, and of what takes points 不得分 is more than no points.
        if more is None or (points < 0) != (more < 0) or _ON_TOP.search(segment.text):
            return number
        if is_otherwise(segment) or _is_none(segment, first):
            return number + 1
        is_alike = {unit_of(bound.unit) for bound in segment.bounds} == {unit}
        if not is_alike or not _is_about(subject_of(segment), subject_of(first)):
            return number  # it is about another number
    return len(segments)


def _is_none(segment: Segment, first: Segment) -> bool:
    """Whether a segment is about none of what the first counts: 采用5篇以上得3分, 未采用的不得分."""
    none = _NONE.fullmatch(folded(segment.condition))
    return none is not None and not segment.bounds and none["what"] in subject_of(first)


def _is_about(subject: str, first: str) -> bool:
    """Whether a later subject is the first, or a part of it: 足额拨付, and then 拨付80%以上."""
    return subject in first or subject in _FULLY.sub("", first)


def _is_full(segments: Sequence[Segment]) -> bool:
    """Whether the first segment is about all, 足额拨付, and the next about a share of it, 拨付80%以上."""
    words = segments[0].condition
    if len(segments) == 1 or _FULLY.search(words) is None or _LESS.search(words) is not None:
        return False
    shares = [
        bound for bound in segments[1].bounds if unit_of(bound.unit) == "%" and bound.relation[0] == ">"
    ]
    return bool(shares) and shares[0].amount < _ALL.amount


def bands_of(segments: Sequence[Segment], text: str) -> Bands | None:
    """The bands of a run of segments, which are of a text; ``None`` where they are none."""
    steps, questions = [], []
    for segment in segments:
        low = [each for each in segment.bounds if each.relation[0] == ">"]
        high = [each for each in segment.bounds if each.relation[0] == "<"]
        points = points_of(segment)
        if points is None or len(low) > 1 or len(high) > 1:
            return None
        words = [segment.text[each.start : each.end] for each in low]
        holds = any(not said.endswith("以上") or _HOLDS.search(said) is not None for said in words)
        steps.append(_Step(points, low[0] if low else None, high[0] if high else None, holds))
    if not segments[0].bounds:
        steps[0] = steps[0]._replace(low=_ALL, holds=True)
        questions.append(Question("fully", segments[0].text))
    is_by_low = any(step.low for step in steps)
    found = _by_low(steps) if is_by_low else _by_high(steps)
    if found is None:
        return None
    bands, otherwise = found
    unit = next(unit_of(bound.unit) for step in steps if (bound := step.low or step.high))
    if open_ := [f"{written(at)}{unit}" for at in (_open(steps) if is_by_low else ())]:
        questions.append(Question("edge", text, "、".join(open_)))
    ends = [step.high.amount for step in steps if step.high]
    # Where one band ends, the one above it begins; else something between them is not said.
    if is_by_low and any(end not in bands for end in ends if end < max(bands)):
        questions.append(Question("bound", text))
    listed = [
        f"{{{key}: {spelled(at)}, points: {spelled(points)}}}"
        for at, (key, points) in sorted(bands.items(), reverse=True)
    ]
    return Bands(f"[{', '.join(listed)}]", unit, otherwise, tuple(questions))


_Edges = tuple[dict[Fraction, tuple[str, Fraction]], Fraction]  # key and points by edge; of what is below all


def _by_low(steps: Iterable[_Step]) -> _Edges | None:
    """The bands of steps that say where they begin; one that only ends is what is given below all."""
    bands: dict[Fraction, tuple[str, Fraction]] = {}
    below: list[Fraction] = []
    for step in steps:
        if step.low is None:
            below.append(step.points)
        elif step.low.amount in bands or not _is_edge(step.low.amount):
            return None
        else:
            bands[step.low.amount] = ("above" if step.low.relation == ">" else "from", step.points)
    if len(below) > 1 or not any(points for _, points in bands.values()):
        return None
    return bands, below[0] if below else Fraction(0)


def _by_high(steps: Sequence[_Step]) -> _Edges | None:
    """The bands of steps that only say where they end, 5%以下得5分，10%以下得3分: beyond the last is the rest."""
    ended = sorted((step.high.amount, step) for step in steps if step.high)
    rest = [step.points for step in steps if step.high is None]
    amounts = [at for at, _ in ended]
    if len(steps) == 1 or len(set(amounts)) < len(amounts) or not all(map(_is_edge, amounts)):
        return None
    beyond = [*(step.points for _, step in ended[1:]), *(rest or [Fraction(0)])]
    bands = {
        at: ("from" if step.high is not None and step.high.relation == "<" else "above", points)
        for (at, step), points in zip(ended, beyond, strict=True)
    }
    return bands, ended[0][1].points


def _is_edge(amount: Fraction) -> bool:
    return amount == 0 or is_sensible(amount)


def _open(steps: Sequence[_Step]) -> list[Fraction]:
    """The edges of which two bands, or none, may be said to have the number itself: 60%以上 and 60%以下."""
    ends: dict[Fraction, set[str]] = {}
    for step in steps:
        if step.high is not None:
            ends.setdefault(step.high.amount, set()).add(step.high.relation)
    return [
        step.low.amount
        for step in steps
        if step.low is not None and _is_open(step, ends.get(step.low.amount, set()))
    ]


def _is_open(step: _Step, ends: set[str]) -> bool:
    """Whether a band with these relations of those that end where it begins leaves its edge open."""
    assert step.low is not None
    if step.low.relation == ">":
        return ends == {"<"}
    if step.low.relation == ">~":
        return "<" not in ends
    return "<=" in ends or (not step.holds and "<~" in ends and "<" not in ends)
