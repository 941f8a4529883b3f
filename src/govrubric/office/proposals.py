"""Clause -> the rules that it seems to be, each with its words and with what the clause leaves open.

Only what the reader of clauses reads is proposed. Where the clause says more, or nothing that it reads, the
rule asks.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise

from govrubric.lint.clauses.chinese import Reading, Statement, folded, is_chinese, read
from govrubric.numbers import spelled, written
from govrubric.office import measures, steps
from govrubric.office.clauses import is_sensible
from govrubric.office.levels import graded, leveled
from govrubric.office.measures import SCALES, Distance
from govrubric.office.questions import Kind, Question
from govrubric.office.segments import Segment, segments_of, sensible
from govrubric.office.steps import Bands

# What changes how points are counted, and is not read.
_MORE = re.compile(
    r"加重|第 ?(?:[一二三四五六七八九]|\d)+ ?(?:次|例|件|个|项|篇|名)|首次|再次|不累计|以此类推|依此类推|除外|不扣分|"
    r"依次|递增|递减|名次|排名|倒数|按比例|成比例|乘以|系数|平均"
)
_PART = re.compile("相应|对应")
_CONVERT = re.compile(r"折合|折算|换算|converted", re.IGNORECASE)
_HUNDRED = re.compile(r"百分制|满分(?:为|是)? ?100 ?分?|100 ?分制|out of 100", re.IGNORECASE)
_EARNS = re.compile("[得计赋给]|score|earn|receive|award|given|worth", re.IGNORECASE)
_VERB_AT_END = re.compile(r"(?:酌情)?[扣减加得计][\d.至到~—-]*$")
_EACH = re.compile(r"^\W*(?:for )?(?:each|every|per)? ?", re.IGNORECASE)
_WITHIN = re.compile("同一|单|每|各|个人")
_BESIDES = re.compile(r"^\W*(?:并|另|还)|[再另加]扣|再加")
_LEADING = re.compile(r"(?:再|另外?|各|并|则|均)+$")  # 死亡1人再扣5分
_JOINED = 500  # characters of bands that stand on several lines
_SHORT = re.compile("^[少缺欠漏低差]")
_LESS = re.compile("(?:该|此|本|这)(?!项$)[^,;。]{1,8}$")  # 该项业绩不得分 is not the item
_UNREAD = ("figure", "unlimited", "multiple", "highest", "base", "verdict", "begun", "nothing")
_MEASURES = "次项例件处个条人篇起天日份户家类名宗台期场张页款步级周月年种块批单点套幅部本册堂"


@dataclass(slots=True)
class Proposal:
    """A rule: the words of the clause that it is of, its verb with a value, its other fields, its questions.

    Of a rule with `levels`, by the words for them, these are the value. `questions` are pairs of the key on
    whose line a question stands, and the question. A rule that `earns` gives points to an item that starts
    without any. `condition` are the words by which it is told from others. A `step` is one of several that
    look like bands of one number, and cannot be read as such.
    """

    text: str
    verb: str
    value: Fraction | str
    fields: dict[str, Fraction | str] = field(default_factory=dict)
    levels: dict[str, Fraction] = field(default_factory=dict)
    questions: list[tuple[str, Question]] = field(default_factory=list)
    earns: bool = False
    condition: str = ""
    step: bool = False

    @property
    def takes(self) -> bool:
        """Whether it takes points."""
        if self.verb in ("bands", "distance"):
            return "points: -" in str(self.value) or str(self.fields.get("else", "")).startswith("-")
        return self.verb in ("deduct", "forfeit") or any(points < 0 for points in self.levels.values())

    @property
    def gives(self) -> bool:
        """Whether it gives points."""
        return not self.takes or (self.verb == "choose" and max(self.levels.values()) > 0)

    def ask(self, key: str, question: Question) -> None:
        """Ask at the line of a key."""
        self.questions.append((key, question))


def proposals(clause: str, full: Fraction | None, *, takes: bool = False) -> list[Proposal]:
    """The rules of a clause; `full` are the full marks of its item, ``None`` where it has none.

    An item that `takes` is called so: 扣分项.
    """
    reading = sensible(clause, full)
    segments = segments_of(clause, reading)
    if not any(segment.effects or segment.forfeit for segment in segments):
        return [_without_effects(clause, reading, full, takes=takes)]
    found = _of_segments(clause, segments, full)
    once = [each for each in found if each.earns and "per" not in each.fields]
    for last, proposal in pairwise(once):
        if proposal.verb == "award" or (proposal.verb == "bands" and last.verb == "award"):
            is_step = proposal.step or proposal.verb == "bands"
            proposal.ask(proposal.verb, Question("steps" if is_step else "instead", proposal.text))
    for proposal in found:
        _compare_full_marks(proposal, full)
    return found


def continues(clause: str, after: str) -> bool:
    """Whether the clause after another goes on with its bands: 95%以上得5分 / 90%以上得3分 / 其余不得分."""
    both = f"{clause}\n{after}"
    if len(both) > _JOINED:
        return False
    segments, parts = (segments_of(text, sensible(text, Fraction(1))) for text in (both, clause))
    return len(parts) < len(segments) == steps.run_of(segments)


def _compare_full_marks(proposal: Proposal, full: Fraction | None) -> None:
    """Ask about full marks that the words of a rule say, if its item has others."""
    said = {each.amount for each in read(proposal.text).of("full")} - {full}
    if full is not None and said:
        numbers = "、".join(map(written, sorted(said)))
        proposal.ask("clause", Question("full_marks", number=numbers, other=written(full)))


def _of_segments(clause: str, segments: Sequence[Segment], full: Fraction | None) -> list[Proposal]:
    """The rules of segments with effects; segments that differ in a level or a bound alone are one rule."""
    if names := graded(segments):
        return [_grades(clause, segments, names)]
    signs = {effect.sign for segment in segments for effect in segment.effects} - {0}
    known = signs.pop() if len(signs) == 1 else 0
    found: list[Proposal] = []
    at = tried = 0
    while at < len(segments):
        rest, start = segments[at:], at
        run = steps.run_of(rest) if at >= tried else 0
        is_run = run > 1 or (run == len(segments) and _sign(rest[0], known) >= 0)
        if names := leveled(rest):
            at += len(names)
            group = segments[start:at]
            new = [
                _levels(clause, group, names, several=_is_one_of_several(group, segments, known), full=full)
            ]
        elif is_run and (bands := steps.bands_of(rest[:run], clause[rest[0].start : rest[run - 1].end])):
            at += run
            new = [_bands(clause, segments[start:at], bands)]
        elif measured := measures.distance_from_full(rest, full):
            at += 2
            several = _is_one_of_several(rest[1:2], segments, known)
            text = clause[rest[0].start : rest[1].end]
            new = [_distance(rest[1]._replace(text=text), measured, several=several)]
        else:
            at, tried = at + 1, max(tried, at + run if run > 1 else 0)
            if found and found[-1].earns and steps.is_otherwise(rest[0]) and rest[0].forfeit:
                # 达标得5分，否则不得分: who does not get points has none.
                found[-1].text = clause[clause.rindex(found[-1].text, 0, rest[0].start) : rest[0].end]
                continue
            before = segments[start - 1] if start else None
            several = _is_one_of_several(rest[:1], segments, known)
            new = [*_of_segment(rest[0], before, known, several=several, full=full)]
            for proposal in new:
                proposal.step = start < tried and bool(rest[0].bounds)
        for proposal in new:
            if _BESIDES.search(proposal.text) and (not found or found[-1].verb == "forfeit"):
                proposal.ask(proposal.verb, Question("besides", proposal.text))
        found += new
    return found


def _is_one_of_several(group: Sequence[Segment], segments: Sequence[Segment], known: int) -> bool:
    """Whether beside a group of segments others of a clause take points too, or give points too."""
    sign = _sign(group[0], known)
    beside = sum(_number(segment) for segment in segments if _sign(segment, known) == sign)
    inside = sum(map(_number, group)) if len(group) > 1 else 1
    return beside > inside


def _sign(segment: Segment, known: int) -> int:
    """Whether a segment takes (-1) or gives (1) points; `known` is the sign of the others of its clause."""
    signs = [effect.sign or (1 if _earns(segment, effect) else known) for effect in segment.effects]
    return signs[0] if signs else 0


def _earns(segment: Segment, effect: Statement) -> bool:
    """Whether the verb of an effect gives points to an item that has none: 得5分."""
    return not effect.sign and _EARNS.search(segment.text, effect.start, effect.end) is not None


def _number(segment: Segment) -> int:
    """How many effects a segment has; the two ends of a range are one."""
    kinds = [effect.kind for effect in segment.effects]
    return max(kinds.count("effect"), kinds.count("range") > 0)


def _of_segment(
    segment: Segment, before: Segment | None, known: int, *, several: bool, full: Fraction | None
) -> Iterator[Proposal]:
    """The rules of one segment; `known` is the sign of the other effects of its clause."""
    if segment.forfeit:
        yield _forfeit(segment)
        return
    kinds = [effect.kind for effect in segment.effects]
    if kinds in (["range"], ["range", "range"]):
        yield _range(segment, several=several, full=full)
        return
    effects = [effect for effect in segment.effects if effect.kind == "effect"]
    for effect in effects:
        proposal = _single(segment, before, effect, known, several=several, full=full)
        if len(kinds) > 1:
            proposal.ask(proposal.verb, Question("not_said", segment.text))
        yield proposal
    if not effects:
        yield _without_effects(segment.text, sensible(segment.text, full), full)


def _single(
    segment: Segment,
    before: Segment | None,
    effect: Statement,
    known: int,
    *,
    several: bool,
    full: Fraction | None,
) -> Proposal:
    """The rule of one effect."""
    earns = _earns(segment, effect)
    sign = effect.sign or (1 if earns else known or -1)
    verb = "award" if sign > 0 else "deduct"
    measured = measures.distance(segment, effect, sign, before)
    if measured:
        proposal = _distance(segment, measured, several=several)
        proposal.earns = earns
    else:
        proposal = Proposal(segment.text, verb, effect.amount, earns=earns)
        proposal.condition = _condition(segment, effect)
        _count(proposal, effect, segment)
        _cap(proposal, segment, several, full)
        _ask_more(proposal, segment, effect)
    if not effect.sign and not earns:
        proposal.questions.insert(0, (proposal.verb, Question("sign", segment.text)))
    return proposal


def _condition(segment: Segment, effect: Statement) -> str:
    """The words of an effect that tell it from others, without those that only lead to its verb."""
    counted, said = _counted(segment.text, effect), segment.condition
    if not re.search(r"\w", said):
        said = counted
    elif effect.repeats and _SHORT.search(counted) and counted not in said:
        said += counted  # 巡林次数，每少一次 counts what is missing
    return _LEADING.sub("", said)


def _counted(text: str, effect: Statement) -> str:
    """每少一次扣1分 -> 少一次; 2 points off for each complaint -> complaint."""
    if is_chinese(text):
        return re.split("[扣减罚加奖得计记]", text[effect.start : effect.end])[0].removeprefix("每")
    return _EACH.sub("", text[effect.end :])


def _count(proposal: Proposal, effect: Statement, segment: Segment) -> None:
    """Put in what is counted, and ask where the clause leaves open whether something is."""
    if effect.repeats is False:
        return
    unit = (effect.per or effect.unit).strip().rstrip("扣减加得")
    if not unit:
        proposal.ask(proposal.verb, Question("unit", segment.text))
        return
    if len(unit) == 2 and unit[0] in _MEASURES and unit[1] in _MEASURES:
        unit = unit[0]  # 每次项 is a slip
        proposal.ask("per", Question("unit", segment.text))
    elif effect.repeats is None:
        proposal.ask("per", Question("unit", segment.text))
    if effect.each != 1:
        unit = f"{spelled(effect.each)}{unit}"
    if effect.each != 1 or unit in SCALES:
        proposal.ask("per", Question("whole", segment.text))
    proposal.fields["per"] = unit


def _cap(proposal: Proposal, segment: Segment, several: bool, full: Fraction | None) -> None:
    """Put in a cap that the segment says, unless it is what the item has anyway."""
    for cap in (each for each in segment.others if each.kind == "cap"):
        words = segment.text[cap.start : cap.end]
        if cap.amount == full:
            continue
        if (
            "at_most" in proposal.fields
            or "per" not in proposal.fields
            or (full is not None and cap.amount > full)
        ):
            proposal.ask(proposal.verb, Question("unread", words))
            continue
        proposal.fields["at_most"] = cap.amount
        part = re.split("[,;。\\n]", folded(segment.text[: cap.start]))[-1]
        if several or _WITHIN.search(part):
            proposal.ask("at_most", Question("cap", words))


def _ask_more(proposal: Proposal, segment: Segment, effect: Statement | None = None) -> None:
    """Ask about what the segment says beyond what was read."""
    is_short = effect is not None and "per" in proposal.fields and measures.is_short(segment, effect)
    for other in segment.others:
        words = segment.text[other.start : other.end]
        if other.kind == "bound":
            kind: Kind = "shortfall" if is_short and other.relation == ">=" else "bound"
            proposal.ask(proposal.verb, Question(kind, segment.text if kind == "shortfall" else words))
        elif other.kind in _UNREAD:
            proposal.ask(proposal.verb, Question("unread", words))
        elif other.kind == "judged":
            proposal.ask(proposal.verb, Question("not_said", segment.text))
    if more := _MORE.search(folded(segment.text)):
        proposal.ask(proposal.verb, Question("unread", segment.text[more.start() : more.end()]))


def _distance(segment: Segment, measured: Distance, *, several: bool) -> Proposal:
    """低于95%的，每低1个百分点扣0.5分 as a distance."""
    fields: dict[str, Fraction | str] = {"unit": measured.unit} if measured.unit else {}
    if measures.is_counted(measured.unit):
        fields["places"] = Fraction(0)
    proposal = Proposal(
        segment.text, "distance", measured.value, fields, condition=measured.subject.rstrip(measures.LOOSE)
    )
    proposal.questions += [("distance", question) for question in measured.questions]
    for cap in (each for each in segment.others if each.kind == "cap"):
        fields["at_most"] = cap.amount
        if several:
            proposal.ask("at_most", Question("cap", segment.text[cap.start : cap.end]))
    return proposal


def _bands(clause: str, segments: Sequence[Segment], bands: Bands) -> Proposal:
    """95%以上得5分，90%以上得3分 as bands."""
    fields: dict[str, Fraction | str] = {"unit": bands.unit} if bands.unit else {}
    if bands.otherwise:
        fields["else"] = bands.otherwise
    if measures.is_counted(bands.unit):
        fields["places"] = Fraction(0)
    first, text = segments[0], clause[segments[0].start : segments[-1].end]
    condition = measures.subject_of(first)
    effects = [(segment, effect) for segment in segments for effect in segment.effects]
    earns = not effects[0][1].sign
    proposal = Proposal(text, "bands", bands.value, fields, earns=earns, condition=condition)
    proposal.questions += [("bands", question) for question in bands.questions]
    if earns and not all(_earns(segment, effect) for segment, effect in effects):
        proposal.ask("bands", Question("sign", text))
    most = max(effect.amount for _, effect in effects)
    for segment in segments:
        for other in segment.others:
            is_less = other.kind == "cap" and other.amount != most
            is_none = other.kind == "nothing" or (other.kind == "figure" and not other.amount)
            if is_less or (other.kind in ("judged", *_UNREAD) and not is_none):
                proposal.ask("bands", Question("unread", segment.text[other.start : other.end]))
    if more := _MORE.search(folded(text)):
        proposal.ask("bands", Question("unread", text[more.start() : more.end()]))
    return proposal


def _levels(
    clause: str, segments: Sequence[Segment], names: Sequence[str], *, several: bool, full: Fraction | None
) -> Proposal:
    """The rule of segments that differ in a level alone: 市级每件加1分，省级每件加3分."""
    values = {name: segment.effects[0].amount for name, segment in zip(names, segments, strict=True)}
    first, text = segments[0], clause[segments[0].start : segments[-1].end]
    verb = "award" if first.effects[0].sign > 0 else "deduct"
    condition = first.condition.replace(names[0], "", 1)
    proposal = Proposal(text, verb, "", levels=values, condition=condition)
    for segment in segments:
        _count(proposal, segment.effects[0], segment)
        _cap(proposal, segment, several, full)
        _ask_more(proposal, segment)
    return proposal


def _grades(clause: str, segments: Sequence[Segment], names: Sequence[str]) -> Proposal:
    """The rule of segments that differ in a grade alone: 评定为优得5分，良得3分，差扣1分."""
    points = {
        name: segment.effects[0].amount * (segment.effects[0].sign or 1) if segment.effects else Fraction(0)
        for name, segment in zip(names, segments, strict=True)
    }
    proposal = Proposal(clause, "choose", "", levels=points, earns=True, condition=segments[0].condition)
    for segment in segments:
        _ask_more(proposal, segment._replace(others=_without("nothing", segment)))
    return proposal


def _without(kind: str, segment: Segment) -> tuple[Statement, ...]:
    """The statements beside its effects, but those of a kind that is read already."""
    return tuple(each for each in segment.others if each.kind != kind)


def _forfeit(segment: Segment) -> Proposal:
    """The rule that takes all: 不得分; or as much as is fitting: 扣除相应分."""
    assert segment.forfeit is not None
    start, end = segment.forfeit
    condition = re.sub("[该本此]项$", "", segment.text[:start])
    proposal = Proposal(segment.text, "forfeit", "all", condition=condition)
    if _PART.search(segment.text[start:end]) or _LESS.search(folded(segment.text[:start])):
        proposal.ask("forfeit", Question("forfeit", segment.text))
    if segment.effects:
        proposal.ask("forfeit", Question("not_said", segment.text))
    if steps.is_otherwise(segment) or "否则" in condition:
        proposal.ask("forfeit", Question("otherwise", segment.text))
    for other in segment.others:
        words = segment.text[other.start : other.end]
        if other.kind in ("bound", "verdict"):
            proposal.ask("forfeit", Question("bound" if other.kind == "bound" else "gate", words))
    return proposal


def _range(segment: Segment, *, several: bool, full: Fraction | None) -> Proposal:
    """扣1至3分: as an assessor sees fit between the two; an end of zero is none."""
    ends = segment.effects
    verb = "award" if ends[0].sign >= 0 else "deduct"
    least, most = min(end.amount for end in ends), max(end.amount for end in ends)
    fields: dict[str, Fraction | str] = {"from": least} if least < most else {}
    fields["to"] = most
    earns = ends[0].sign == 0
    condition = _VERB_AT_END.sub("", segment.condition)
    proposal = Proposal(segment.text, verb, "judged", fields, earns=earns, condition=condition)
    _count(proposal, ends[0], segment)
    _cap(proposal, segment, several, full)
    _ask_more(proposal, segment._replace(others=_without("judged", segment)))
    return proposal


def _without_effects(
    clause: str, reading: Reading, full: Fraction | None, *, takes: bool = False
) -> Proposal:
    """The rule of a clause that names no effect: points as an assessor sees fit, or converted from others."""
    judged = reading.of("judged")
    caps = [each for each in reading.of("cap") if full is None or each.amount < full]
    if judged and len(caps) == 1 and (sign := judged[0].sign or caps[0].sign):
        verb = "award" if sign > 0 else "deduct"
        return Proposal(clause, verb, "judged", {"to": caps[0].amount}, condition=clause)
    if _CONVERT.search(clause) and full is not None:
        proposal = Proposal(clause, "convert", Fraction(100), earns=True, condition=clause)
        if not _HUNDRED.search(folded(clause)):
            proposal.ask("convert", Question("convert", clause))
        return proposal
    if full is None:
        return _unread(clause, reading, takes=takes)
    proposal = Proposal(clause, "judge", full, earns=True, condition=clause)
    if not judged or judged[0].sign or len(reading.statements) > len(judged):
        proposal.ask("judge", Question("not_said", clause))
    return proposal


def _unread(clause: str, reading: Reading, *, takes: bool) -> Proposal:
    """The rule of a clause that names no effect, of an item without full marks."""
    verb = "deduct" if takes or re.search("扣|减", clause) else "award"
    most = max((figure for figure in reading.figures if is_sensible(figure)), default=Fraction(1))
    proposal = Proposal(clause, verb, "judged", {"to": most}, condition=clause)
    proposal.ask("to", Question("not_said", clause))
    return proposal


def taking(proposal: Proposal) -> Proposal:
    """A rule that gives points as somebody judges -> one that takes as many, for an item that starts full."""
    questions = [("deduct" if key == "judge" else key, asked) for key, asked in proposal.questions]
    fields: dict[str, Fraction | str] = {"to": proposal.value}
    return replace(proposal, verb="deduct", value="judged", fields=fields, questions=questions, earns=False)
