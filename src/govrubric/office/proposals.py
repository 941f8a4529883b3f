"""Clause -> the rules that it seems to be, each with its words and with what the clause leaves open.

Only what the reader of clauses reads is proposed. Where the clause says more, or nothing that it reads, the
rule asks.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise

from govrubric.lint.clauses.chinese import Reading, Statement, folded, read
from govrubric.numbers import spelled, written
from govrubric.office.clauses import is_sensible
from govrubric.office.levels import Segment, graded, leveled
from govrubric.office.questions import Question

_NUMBER = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百]+)"
_TIME = r"(?! ?(?:个?工作日|个?自然日|日|天|年|个?月|个?季度|个?小时|分钟|周|学期|\d|\.))"
_BOUND = re.compile(
    rf"(?:超过|高于|低于|不足|不到|未达到?|少于|大于|小于|多于|达到?|满|不少于|不低于|至少) ?{_NUMBER}{_TIME}(?!个?工作日)"
    rf"|{_NUMBER}{_TIME}[^,;。\d]{{0,4}}(?:以上|以下|以内)"
    r"|\d%|百分之"
)
_MORE = re.compile(
    r"加倍|翻倍|双倍|加重|第 ?(?:[一二三四五六七八九]|\d)+ ?(?:次|例|件|个|项|篇|名)|首次|再次|取最?高|不重复|不累计|累计(?!扣|加|不)|"
    r"以此类推|依此类推|除外|不扣分|满分|依次|递增|递减|名次|排名|倒数|比例|乘以|系数|平均"
)
_FORFEIT = re.compile(
    r"(?:扣除?|减去?)(?:相应|全部|该项|本项|所有|对应)的?(?:分值?|得分|分数|全部分值?)(?!\d)|"
    r"(?:该项|本项|此项)?(?:不得分|不计分|不予计分|得 ?(?:0|零) ?分|计 ?(?:0|零) ?分|记 ?(?:0|零) ?分)"
)
_PART = re.compile(r"相应|对应")
_CONVERT = re.compile(r"折合|折算|换算")
_HUNDRED = re.compile(r"百分制|满分(?:为|是)? ?100 ?分?|100 ?分制")
_ASSESSED = re.compile(
    r"(?:根据|按照?|依据|视|结合).{0,40}(?:评分|打分|评定|赋分|给分|计分|评价)|酌情(?:评分|打分|给分|赋分|计分)|综合(?:评分|评定|打分|评价)"
)
_FREELY = re.compile(r"酌情|视情|适当")
_EARNS = re.compile("[得计记赋给]")
_STOPS = ",;。\n"
_MEASURES = "次项例件处个条人篇起天日份户家类名宗台期场张页款步级周月年种块批单点套幅部本册堂"
_MEASURE = re.compile(
    rf"(?P<n>\d+|[一二两三四五六七八九十])?(?P<per>小时|分钟|人次|课时|学时|[{_MEASURES}])$"
)
_COUNTED = re.compile(rf"(?:\d+|[一二两三四五六七八九十])个?(?P<per>小时|人次|[{_MEASURES}])[^,;。]{{0,8}}$")
_STEP = re.compile(
    r"(?:低于|不足|未达到?|不到|少于) ?(?P<below>\d+(?:\.\d+)?) ?(?P<unit>%|个百分点|分)?[^。;]{0,30}每"
    r"(?:低|下降|减少|少|差|降低|降) ?(?P<each>\d+(?:\.\d+)?|一)? ?个?(?P<of>百分点|%|分)"
)
_ONE = ("1", "一", None)


@dataclass(slots=True)
class Proposal:
    """A rule: the words of the clause that it is of, its verb with a value, its other fields, its questions.

    Of a rule with `levels`, by the words for them, these are the value.

    `questions` are pairs of the key on whose line a question stands, and the question. A rule that `earns`
    gives points to an item that starts without any.
    """

    text: str
    verb: str
    value: Fraction | str
    fields: dict[str, Fraction | str] = field(default_factory=dict)
    levels: dict[str, Fraction] = field(default_factory=dict)
    questions: list[tuple[str, Question]] = field(default_factory=list)
    earns: bool = False
    condition: str = ""

    @property
    def takes(self) -> bool:
        """Whether it takes points."""
        return self.verb in ("deduct", "forfeit", "distance")

    def ask(self, key: str, question: Question) -> None:
        """Ask at the line of a key, once."""
        if (key, question) not in self.questions:
            self.questions.append((key, question))


def proposals(clause: str, full: Fraction | None) -> list[Proposal]:
    """The rules of a clause; `full` are the full marks of its item, ``None`` where it has none."""
    reading = _sensible(read(clause))
    segments = _segments(clause, reading)
    if not any(segment.effects or segment.forfeit for segment in segments):
        return [_without_effects(clause, reading, full)]
    found = list(_of_segments(clause, segments, full))
    if unread := next(
        (each for each in reading.of("full") if each.amount != full and full is not None), None
    ):
        said = Question("full_marks", number=written(unread.amount), other=written(full or Fraction(0)))
        found[0].ask("clause", said)
    return found


def _sensible(reading: Reading) -> Reading:
    """A reading without amounts that no rule may have: zero, and numbers of too many digits."""
    statements = [
        each
        for each in reading.statements
        if each.kind not in ("effect", "cap", "range") or is_sensible(each.amount)
    ]
    return Reading(tuple(statements), reading.vague)


def _segments(clause: str, reading: Reading) -> list[Segment]:
    """A clause, cut after the effects in it where there is a stop to cut at."""
    plain = folded(clause)
    effects = list(reading.of("effect"))
    lost = [match.span() for match in _FORFEIT.finditer(plain)]
    taken = [(effect.start, effect.end) for effect in effects]
    lost = [
        (start, end) for start, end in lost if all(end <= first or start >= last for first, last in taken)
    ]
    events = sorted(taken + lost)
    cuts = [0]
    for (_, end), (start, _) in pairwise(events):
        bounds = [
            each.end for each in reading.statements if each.kind != "effect" and end <= each.start < start
        ]
        stop = min(
            (at for mark in _STOPS if (at := plain.find(mark, max([end, *bounds]), start)) >= 0), default=-1
        )
        if stop >= 0:
            cuts.append(stop)
    return [
        _segment(clause, reading, lost, start, end)
        for start, end in zip(cuts, [*cuts[1:], len(clause)], strict=True)
    ]


def _segment(clause: str, reading: Reading, lost: Sequence[tuple[int, int]], start: int, end: int) -> Segment:
    """The segment between two places, without the stops and blanks at which it was cut."""
    while start < end and clause[start] in " ,，;；。\u3000\n":
        start += 1
    while start < end and clause[end - 1] in " \u3000\n":
        end -= 1
    inside = [
        replace(each, start=each.start - start, end=each.end - start)
        for each in reading.statements
        if start <= each.start < end
    ]
    effects = tuple(each for each in inside if each.kind == "effect")
    others = tuple(each for each in inside if each.kind != "effect")
    return Segment(clause[start:end], start, end, effects, others, any(start <= at < end for at, _ in lost))


def _of_segments(clause: str, segments: Sequence[Segment], full: Fraction | None) -> Iterator[Proposal]:
    """The rules of segments with effects; segments that differ in a level alone are one rule."""
    if names := graded(segments):
        yield _grades(clause, segments, names)
        return
    signs = {effect.sign for segment in segments for effect in segment.effects} - {0}
    known = signs.pop() if len(signs) == 1 else 0
    several = sum(len(segment.effects) for segment in segments) > 1
    at = 0
    while at < len(segments):
        if names := leveled(segments[at:]):
            yield _levels(
                clause, segments[at : at + len(names)], names, several=len(names) < len(segments), full=full
            )
            at += len(names)
            continue
        segment, at = segments[at], at + 1
        if segment.forfeit:
            yield _forfeit(segment)
        elif len(segment.effects) == 1:
            yield _single(segment, segment.effects[0], known, several, full)
        elif segment.effects:
            for effect in segment.effects:
                yield _single(segment, effect, known, several, full, shared=True)
        else:
            yield _without_effects(segment.text, _sensible(read(segment.text)), full)


def _single(
    segment: Segment,
    effect: Statement,
    known: int,
    several: bool,
    full: Fraction | None,
    *,
    shared: bool = False,
) -> Proposal:
    """The rule of one effect; `known` is the sign of the other effects of its clause."""
    words = folded(segment.text)
    said = words[effect.start : effect.end]
    sign, earns = effect.sign, False
    if not sign:
        earns = _EARNS.search(said) is not None
        sign = 1 if earns else known or -1
    verb = "award" if sign > 0 else "deduct"
    proposal = Proposal(segment.text, verb, effect.amount, earns=earns, condition=segment.condition)
    if effect.sign == 0 and not earns:
        proposal.ask(verb, Question("sign", segment.text))
    if step := _STEP.search(words[: effect.end]):
        _distance(proposal, step, sign, effect)
        return proposal
    _count(proposal, effect, segment)
    _cap(proposal, segment, several, full)
    _ask_more(proposal, segment, effect, shared=shared)
    return proposal


def _count(proposal: Proposal, effect: Statement, segment: Segment) -> None:
    """Put in what is counted: 每例 is for each, 缺一项 leaves open whether it is."""
    if effect.repeats:
        unit, question = _unit(effect.unit)
        proposal.fields["per"] = unit
        if question:
            proposal.ask("per", Question("unit", segment.text))
    elif effect.repeats is None:
        counted = _COUNTED.search(folded(segment.text[: effect.start]))
        if counted:
            proposal.fields["per"] = counted["per"]
        proposal.ask("per" if counted else proposal.verb, Question("unit", segment.text))


def _unit(unit: str) -> tuple[str, bool]:
    """What stands after 每 -> the unit, and whether it is asked: 纠错1例 is 例, 次项 is likely 次."""
    unit = unit.strip()
    if len(unit) == 2 and unit[0] in _MEASURES and unit[1] in _MEASURES and unit != "人次":
        return unit[0], True
    if match := _MEASURE.search(unit):
        if match["n"] in _ONE:
            return match["per"], False
        return match[0], True
    return unit, len(unit) > 6 or re.search(r"\d|低|高|超|降|少|多|增", unit) is not None


def _cap(proposal: Proposal, segment: Segment, several: bool, full: Fraction | None) -> None:
    """Put in a cap that the segment says, unless it is what the item has anyway."""
    for cap in (each for each in segment.others if each.kind == "cap"):
        if full is not None and cap.amount >= full:
            if cap.amount > full:
                proposal.ask(proposal.verb, Question("unread", segment.text[cap.start : cap.end]))
            continue
        if "at_most" in proposal.fields or not proposal.fields.get("per"):
            proposal.ask(proposal.verb, Question("unread", segment.text[cap.start : cap.end]))
            continue
        proposal.fields["at_most"] = cap.amount
        if several:
            proposal.ask("at_most", Question("cap", segment.text[cap.start : cap.end]))


def _ask_more(proposal: Proposal, segment: Segment, effect: Statement, *, shared: bool) -> None:
    """Ask about what the segment says beyond what was read."""
    words = folded(segment.text)
    if shared:
        proposal.ask(proposal.verb, Question("not_said", segment.text))
    if bound := _BOUND.search(words):
        proposal.ask(proposal.verb, Question("bound", segment.text[bound.start() : bound.end()]))
    for other in segment.others:
        if other.kind in ("figure", "range", "unlimited"):
            proposal.ask(proposal.verb, Question("unread", segment.text[other.start : other.end]))
    if more := _MORE.search(words):
        proposal.ask(proposal.verb, Question("unread", segment.text[more.start() : more.end()]))
    if _FREELY.search(words[: effect.start]):
        proposal.ask(proposal.verb, Question("not_said", segment.text))


def _distance(proposal: Proposal, step: re.Match[str], sign: int, effect: Statement) -> None:
    """低于95%的，每低1个百分点扣0.5分 as a distance."""
    each = Fraction(step["each"]) if step["each"] not in _ONE else Fraction(1)
    proposal.verb, proposal.earns = "distance", False
    below, points = Fraction(step["below"]), spelled(sign * effect.amount)
    proposal.value = f"{{below: {spelled(below)}, each: {spelled(each)}, points: {points}, whole: no}}"
    unit = step["unit"] or step["of"]
    proposal.fields["unit"] = "%" if unit in ("%", "个百分点", "百分点") else unit
    proposal.questions = [(key, asked) for key, asked in proposal.questions if key != "deduct"]
    proposal.ask("distance", Question("whole", step[0]))


def _levels(
    clause: str, segments: Sequence[Segment], names: Sequence[str], *, several: bool, full: Fraction | None
) -> Proposal:
    """The rule of segments that differ in a level alone: 市级每件加1分，省级每件加3分."""
    values = {name: segment.effects[0].amount for name, segment in zip(names, segments, strict=True)}
    first = segments[0]
    verb = "award" if first.effects[0].sign > 0 else "deduct"
    condition = first.condition.replace(names[0], "", 1)
    proposal = Proposal(clause[first.start : segments[-1].end], verb, "", levels=values, condition=condition)
    for segment in segments:
        _count(proposal, segment.effects[0], segment)
        _cap(proposal, segment, several, full)
        _ask_more(proposal, segment, segment.effects[0], shared=False)
    return proposal


def _grades(clause: str, segments: Sequence[Segment], names: Sequence[str]) -> Proposal:
    """The rule of segments that differ in a grade alone: 评定为优得5分，良得3分，差扣1分."""
    effects = [segment.effects[0] for segment in segments]
    points = {
        name: effect.amount * (-1 if effect.sign < 0 else 1)
        for name, effect in zip(names, effects, strict=True)
    }
    return Proposal(clause, "choose", "", levels=points, earns=True, condition=segments[0].condition)


def _forfeit(segment: Segment) -> Proposal:
    """The rule that takes all: 不得分, or as much as is fitting: 扣除相应分."""
    proposal = Proposal(segment.text, "forfeit", "all", condition=_before(_FORFEIT, segment.text))
    words = folded(segment.text)
    if _PART.search(words):
        proposal.ask("forfeit", Question("forfeit", segment.text))
    if bound := _BOUND.search(words):
        proposal.ask("forfeit", Question("bound", segment.text[bound.start() : bound.end()]))
    if segment.effects:
        proposal.ask("forfeit", Question("not_said", segment.text))
    return proposal


def _before(pattern: re.Pattern[str], text: str) -> str:
    """The words of a text before what a pattern finds in it."""
    match = pattern.search(folded(text))
    return text[: match.start()] if match else text


def _without_effects(clause: str, reading: Reading, full: Fraction | None) -> Proposal:
    """The rule of a clause that names no effect: points as an assessor sees fit, or converted from others."""
    words = folded(clause)
    ends = sorted(each.amount for each in reading.of("range"))
    freely = _FREELY.search(words)
    sign = -1 if re.search("扣|减", words) else 1
    if len(ends) == 2 and freely:
        fields: dict[str, Fraction | str] = {"from": ends[0], "to": ends[1]}
        verb = "deduct" if sign < 0 else "award"
        proposal = Proposal(clause, verb, "judged", fields, condition=_before(_FREELY, clause))
        if re.search("每", words):
            proposal.ask(verb, Question("not_said", clause))
        return proposal
    if _CONVERT.search(words) and full is not None:
        proposal = Proposal(clause, "convert", Fraction(100), earns=True, condition=clause)
        if not _HUNDRED.search(words):
            proposal.ask("convert", Question("convert", clause))
        return proposal
    if full is None:
        return _unread(clause, reading, sign)
    proposal = Proposal(clause, "judge", full, earns=True, condition=clause)
    if reading.statements or not _ASSESSED.search(words):
        proposal.ask("judge", Question("not_said", clause))
    return proposal


def _unread(clause: str, reading: Reading, sign: int) -> Proposal:
    """The rule of a clause that names no effect, of an item without full marks."""
    verb = "deduct" if sign < 0 else "award"
    most = max(reading.figures, default=Fraction(0)) or Fraction(1)
    proposal = Proposal(clause, verb, "judged", {"to": most}, condition=clause)
    proposal.ask("to", Question("not_said", clause))
    return proposal


def taking(proposal: Proposal) -> Proposal:
    """A rule that gives points as somebody judges -> one that takes as many, for an item that starts full."""
    questions = [("deduct" if key == "judge" else key, asked) for key, asked in proposal.questions]
    return replace(
        proposal,
        verb="deduct",
        value="judged",
        fields={"to": proposal.value},
        questions=questions,
        earns=False,
    )
