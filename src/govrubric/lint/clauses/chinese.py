"""Clause in Chinese -> statements: the points, units, caps and full marks that it names, with places.

Nothing here knows a rubric. Only plain wording becomes a statement. Wording that may mean something else
becomes a mere figure, or makes the clause `vague`: a false alarm costs an author more than a slip that is
found later.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

from govrubric.numbers import NotANumber, parse

LONGEST = 4000  # characters of a text that is read
MOST = 100  # statements of such a text
PLACES = 12  # more than an author may write elsewhere, since an official text may quote computed numbers

Kind = Literal["effect", "cap", "full", "range", "floor", "ceiling", "unlimited", "figure"]


@dataclass(frozen=True, slots=True)
class Statement:
    """What a clause says between its characters `start` and `end`.

    An ``effect`` takes its `amount` (`sign` -1), gives it (1), or leaves open which of both (0). It `repeats`
    for each `unit`, or does not; ``None`` means that the wording leaves it open. A ``cap`` is 最多扣5分, ``full``
    is 满分10分, a ``floor`` is 扣完为止, a ``ceiling`` 加完为止, ``unlimited`` 不封顶; a ``range`` is either end of
    2至6分, and a ``figure`` any other amount.
    """

    kind: Kind
    start: int
    end: int
    amount: Fraction = Fraction(0)
    sign: int = 0
    unit: str = ""
    repeats: bool | None = False


class Reading(NamedTuple):
    """The statements of a clause in its order; a `vague` clause says more than can be read, such as 酌情扣分."""

    statements: tuple[Statement, ...]
    vague: bool = False

    def of(self, kind: Kind) -> tuple[Statement, ...]:
        """The statements of one kind."""
        return tuple(statement for statement in self.statements if statement.kind == kind)

    @property
    def figures(self) -> frozenset[Fraction]:
        """Every amount that the clause names, for whatever purpose."""
        without = ("floor", "ceiling", "unlimited")
        return frozenset(statement.amount for statement in self.statements if statement.kind not in without)


NOTHING = Reading(())
TOO_LONG = Reading((), vague=True)

# Each character becomes one character, so that places in the folded text are places in the clause.
_FOLDED = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ", 0x3010: "(", 0x3011: ")", 0x3014: "(", 0x3015: ")", 0xFF3B: "(", 0xFF3D: ")",
    0x2212: "-", 0x2013: "-", 0x2014: "-",
}  # fmt: skip
_DIGITS = {
    digit: value
    for row in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖")
    for value, digit in enumerate(row)
} | {"两": 2}

# Patterns are kept as text and compiled when the first clause is read, so that loading and scoring do
# without. They read squeezed text, in which no two blanks stand side by side. Each has a bound on how far it
# looks from where it begins, or never looks at a character twice, so that time grows with the text alone.
_AMOUNT = (
    r"(?:(?<![\d.])\d{1,12}+(?: ?\. ?\d{1,12}+)?+(?:/\d{1,12}+)?+"
    r"|[零〇一二两三四五六七八九十百壹贰叁肆伍陆柒捌玖拾佰]{1,7}+(?:点[零〇一二三四五六七八九壹贰叁肆伍陆柒捌玖]{1,6}+)?+|半)"
)


def _points(branch: str = "") -> str:
    """The pattern of an amount of points; `branch` tells the groups of several of them in a pattern apart."""
    return rf"(?P<amount{branch}>{_AMOUNT}) ?个?分(?P<half{branch}>半?)(?![钟之类别部段贝制项支])"


_POINTS = _points()
_TAKE, _GIVE = "扣减|扣除|扣罚|倒扣|扣|减去|减扣|减|罚", "加计|加记|增加|加|奖励|奖"
_MORE = r"(?! ?(?:以上|以下|以内|及|\(含|含))"
_EFFECT = (
    rf"(?:(?P<take>(?<![不未免])(?:{_TAKE}))|(?P<give>(?<![不参未])(?:{_GIVE}))"
    r"|(?P<open>(?<![不未少应多])得|(?<![共合总小累统预设估会])计|(?<![登标书笔])记|给予|给|赋))"
    rf"(?:总|考核|绩效|本项|该项)?分?值? ?[:为]? ?(?P<minus>负|-)? ?{_POINTS}{_MORE}"
)
_EACH = rf"每(?P<unit>[^,;。:()每分]{{1,14}}?) ?[(:]? ?(?P<minus>负|-)? ?{_POINTS}{_MORE}(?: ?\))?"
_FULL = (
    rf"(?:\( ?(?:满分|共计|共|合计|计|分值|权重|本项)? ?[:为]? ?{_POINTS} ?\)"
    rf"|(?:满分|(?<!公)共计|(?<!公)共|合计|总分值?|分值|权重) ?[:为]? ?{_points('2')}{_MORE})"
)
_BARE = r"\( ?(?P<amount>\d+(?:\.\d+)?) ?\)(?= ?[。;.]? ?$)"
_CAP = (
    r"(?:最多|最高|至多|不得?超过|不高于|上限|封顶)(?:不得?超过|不高于|只|可|能|累计|共|合计|为|是|:){0,4}"
    rf"(?P<verb>{_TAKE}|{_GIVE}|得|计|记)?分? ?为? ?{_POINTS}"
    rf"|以 ?{_points('2')} ?为(?:限|上限|封顶)"
    rf"|(?P<verb3>{_TAKE}|{_GIVE})?[满够足完]? ?{_points('3')} ?(?:为止|封顶|为上限|为限)"
)
_BEFORE_CAP = r"(?P<verb>扣|减|加|奖)分?[^,;。扣加]{0,6}$"
_FLOOR = r"扣(?:[完光]|至0分|至零分|到0分)[^,;。]{0,10}?止|直[至到]扣[完光]"
_CEILING = r"加[完满][^,;。]{0,10}?止"
_UNLIMITED = r"不封顶|不设上限"
_RANGE = rf"(?P<amount>{_AMOUNT}) ?分? ?(?:[-~]+|至|到) ?(?P<amount2>{_AMOUNT}) ?分"
_FIGURE = _POINTS
_VAGUE = "酌|视情|适当|相应|一定|比例|[加翻双成]倍|乘以|(?:部分|全部|所有|相关)分|(?:扣|加|得|计)[^,;。]{0,10}(?:%|百分之)"
_HAN = "[\u4e00-\u9fff]"

_TIME = r"(?:两|半|一|1|个)*(?:学年|年|季|月|周|日|天|旬|学期)度?"
_ADVERBS = r"(?:各|均|都|再|另|并|则|即|可|应|要|一律|予以|给予|分别|酌情|直接|相应|累计|一次性|从[^,;。从中]{1,6}中| )*+"
_COUNTED = (
    r"(?:\d|[一二两三四五六七八九十几半多])[个]?(?:次(?!性)|项|例|件|处|个|条|人|篇|起|天|日|份|户|家|类|名|宗|台|期|场"
    r"|张|页|款|步|级|倍|周|月|年|小时|分钟|%)"
)
_SPREAD = r"各|均|分别|逐|按|依次|以此类推|累计|翻|每"
_TWICE = "每(?P<unit>[^,;。:每]{1,4})每[^每]*$"
_AFTER = r" ?(?:/ ?每?|\( ?每)(?P<unit>[\u4e00-\u9fff]{1,4})"


def folded(text: str) -> str:
    """The text with full-width characters as plain ones and all brackets round; its length stays."""
    return text.translate(_FOLDED)


def _squeezed(text: str) -> tuple[str, Sequence[int]]:
    """The text with each run of blanks as one blank, and the place of each of its characters before that."""
    if "  " not in text:
        return text, range(len(text))
    kept = [at for at, pair in enumerate(zip(f"x{text}", text, strict=False)) if pair != (" ", " ")]
    return "".join(text[at] for at in kept), kept


def amount_of(text: str) -> Fraction | None:
    """Digits or Chinese numerals -> the number; ``None`` where the text is no number."""
    text = text.replace(" ", "")
    if text == "半":
        return Fraction(1, 2)
    try:
        return parse(text, PLACES)
    except NotANumber:
        pass
    whole, _, places = text.partition("点")
    total = digit = 0
    for character in whole:
        if (unit := {"十": 10, "拾": 10, "百": 100, "佰": 100}.get(character)) is not None:
            if digit == 0 and (unit == 100 or total % 100):
                return None
            total, digit = total + (digit or 1) * unit, 0
        elif character not in _DIGITS or digit:
            return None
        else:
            digit = _DIGITS[character]
    fraction = int("".join(str(_DIGITS[place]) for place in places) or "0")
    return total + digit + Fraction(fraction, 10 ** len(places))


@lru_cache(maxsize=4096)
def numbers_in(text: str) -> frozenset[Fraction]:
    """Every number of a text: each in digits, and in words before 分."""
    plain, _ = _squeezed(folded(text))
    numbers = {amount_of(match[0]) for match in re.finditer(r"\d+(?:\.\d+)?(?:/\d+)?", plain)}
    numbers |= {amount_of(match["amount"]) for match in re.finditer(_FIGURE, plain)}
    return frozenset(number for number in numbers if number is not None)


def is_chinese(clause: str) -> bool:
    """Whether a clause has Chinese characters, so that it can be read here."""
    return re.search(_HAN, clause) is not None


@lru_cache(maxsize=4096)
def read(clause: str) -> Reading:
    """A clause -> its statements; there are none where it is not in Chinese.

    The readers take turns, those that need the most words first, and no two statements share a character. A
    text that is too long for one clause, or has too many statements, counts as vague.
    """
    if not is_chinese(clause):
        return NOTHING
    text, places = _squeezed(folded(clause))
    if len(text) > LONGEST:
        return TOO_LONG
    statements: list[Statement] = []
    taken = bytearray(len(text))
    for reader in (_full, _caps, _limits, _ranges, _effects, _figures):
        for statement in reader(text):
            start, end = statement.start, statement.end
            if not any(taken[start:end]):
                statements.append(statement)
                taken[start:end] = b"x" * (end - start)
                if len(statements) > MOST:
                    return TOO_LONG
    statements.sort(key=lambda statement: statement.start)
    has_ranges = next(_ranges(text), None) is not None
    in_clause = tuple(
        replace(statement, start=places[statement.start], end=places[statement.end - 1] + 1)
        for statement in _with_units(text, statements)
    )
    return Reading(in_clause, has_ranges or re.search(_VAGUE, text) is not None)


def _amount(match: re.Match[str]) -> Fraction | None:
    """The amount that a pattern found, in whichever of its branches; 一分半 is one and a half."""
    groups = match.groupdict()
    branch = next(branch for branch in ("", "2", "3") if groups.get(f"amount{branch}"))
    amount = amount_of(groups[f"amount{branch}"])
    if amount is not None and groups.get(f"half{branch}"):
        return amount + Fraction(1, 2)
    return amount


def _sign(verb: str | None) -> int:
    """Whether a verb takes (-1), gives (1), or says neither (0)."""
    if verb and verb[0] in "扣倒减罚":
        return -1
    return 1 if verb and verb[0] in "加增奖" else 0


def _full(text: str) -> Iterator[Statement]:
    """Full marks: 满分10分, (10分), and a bare (10) at the end."""
    last, each = 0, False  # up to where the text was looked at, and whether its last sentence has a 每
    for match in re.finditer(_FULL, text):
        *ended, begun = re.split("[,;。]", text[last : match.start()])
        last, each = match.start(), "每" in begun or (each and not ended)
        amount = _amount(match)
        if amount is not None and not each:
            yield Statement("full", match.start(), match.end(), amount)
    if (bare := re.search(_BARE, text)) and (amount := amount_of(bare["amount"])) is not None:
        yield Statement("full", bare.start(), bare.end(), amount)


def _caps(text: str) -> Iterator[Statement]:
    """Caps: 最多扣5分, 以5分为限, 扣满5分为止."""
    for match in re.finditer(_CAP, text):
        amount, (start, end) = _amount(match), match.span()
        before = re.search(_BEFORE_CAP, text[max(0, start - 10) : start])
        verb = match["verb"] or match["verb3"] or (before["verb"] if before else None)
        if amount and text[end : end + 1] not in ("的", "者"):
            yield Statement("cap", start, end, amount, _sign(verb))


def _limits(text: str) -> Iterator[Statement]:
    """Bounds without a number: 扣完为止, 加完为止, 不封顶."""
    kinds: tuple[tuple[Kind, str], ...] = (
        ("floor", _FLOOR),
        ("ceiling", _CEILING),
        ("unlimited", _UNLIMITED),
    )
    for kind, pattern in kinds:
        yield from (Statement(kind, match.start(), match.end()) for match in re.finditer(pattern, text))


def _ranges(text: str) -> Iterator[Statement]:
    """The two ends of a range such as 1至3分."""
    for match in re.finditer(_RANGE, text):
        middle = match.start("amount2")
        for name, start, end in (("amount", match.start(), middle), ("amount2", middle, match.end())):
            amount = amount_of(match[name])
            if amount is not None:
                yield Statement("range", start, end, amount)


def _effects(text: str) -> Iterator[Statement]:
    """What is taken or given: 扣0.5分, 得2分, and without a verb 每例0.5分."""
    for pattern in (_EFFECT, _EACH):
        for match in re.finditer(pattern, text):
            amount, end = _amount(match), match.end()
            groups = match.groupdict()
            is_condition = groups.get("open") and text[end : end + 1] in (
                "的",
                "者",
            )  # 得5分的 says who is meant
            if amount is None or is_condition or _is_adverb(match, text):
                continue
            if match["minus"] or groups.get("take"):
                sign = -1
            else:
                sign = 1 if groups.get("give") else 0
            first = "minus" if match["minus"] else "amount"
            start = match.start() if pattern is _EFFECT else match.start(first)
            yield Statement("effect", start, end, amount, sign)


def _is_adverb(match: re.Match[str], text: str) -> bool:
    """Whether 十分 is an adverb: 给十分重要的工作."""
    following = text[match.end() : match.end() + 1]
    return match["amount"] == "十" and re.match(_HAN, following) is not None


def _figures(text: str) -> Iterator[Statement]:
    """Every other amount of points."""
    for match in re.finditer(_FIGURE, text):
        amount = _amount(match)
        if amount is not None:
            yield Statement("figure", match.start(), match.end(), amount)


def _with_units(text: str, statements: list[Statement]) -> Iterator[Statement]:
    """Each effect with the unit of its 每, which is looked for after the statement or sentence before it."""
    previous_end = 0
    for statement in statements:
        if statement.kind == "effect":
            before = re.split("[;。]", text[previous_end : statement.start])[-1]
            unit, repeats = _unit(before, re.match(_AFTER, text[statement.end : statement.end + 10]))
            start = statement.start
            if repeats and "每" in before:
                start += before.rindex("每") - len(before)
            yield replace(statement, start=start, unit=unit.rstrip(" ("), repeats=repeats)
        else:
            yield statement
        previous_end = statement.end


def _unit(before: str, after: re.Match[str] | None) -> tuple[str, bool | None]:
    """The text before an effect, and a unit after it -> the unit, and whether the effect repeats for it."""
    if after:
        return after["unit"], True
    if "每" not in before:
        part = before.rpartition(",")[2]
        return "", None if re.search(_COUNTED, before) or re.search(_SPREAD, part) else False
    unit, *rest = re.split("[,:]", before[before.rindex("每") + 1 :])
    if twice := re.search(_TWICE, before):
        unit = twice["unit"] + unit  # 每人每次
    time = re.match(_TIME, unit)
    if time and re.fullmatch(_ADVERBS, unit[time.end() :]) is None:
        return unit, None  # 每季度报送一次 says how often, and not what is counted
    if len(rest) > 1 or (rest and (time or re.fullmatch(_ADVERBS, rest[0]) is None)):
        return unit, None
    return unit, True if unit else None
