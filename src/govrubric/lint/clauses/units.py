"""The words around an effect -> whether it repeats, and for what: 每3例, 少一次, /例; or per day."""

import re
from fractions import Fraction
from typing import NamedTuple

from govrubric.lint.clauses.numerals import NUMBER, amount_of

ONE = Fraction(1)


class Repeats(NamedTuple):
    """Whether an effect repeats (``None``: open), the words that say so, and how many of what make a case.

    `start` is where those words begin in the text before the effect; below zero, counted from its end.
    """

    repeats: bool | None
    unit: str = ""
    per: str = ""
    each: Fraction = ONE
    start: int = 0


# Words that a count has as its unit.
_LONG = "百分点|工作日|自然日|人次|批次|班次|台次|小时|分钟|课时|学时|学分|季度|平方米|公里|千米|千克标准煤|千克|公斤|万元|亿元|千元|元"
_SHORT = "次例件处个人项条篇份天日起户家类名宗台期场张页款步种块批单点辆间户所节具卷册亩具门座套根笔幅倍周月年级米吨岁遍堂轮艘栋盏部株口道段瓶袋箱支枚位颗层排组车趟元"
_MEASURE = rf"(?:{_LONG}|[%‰]|[{_SHORT}](?:次(?!性))?|分(?!钟))"
_NO_COUNT = "律并般定致旦经直概同些时面旁向切贯度票等流把手级步倍的扣加次"  # 一律, 一般, 一次性
_ANY = rf"(?:{_LONG}|[%‰]|次(?!性)|[{_SHORT.replace('次', '')}]|(?![{_NO_COUNT}])[\u4e00-\u9fff])"
# [律并般定致旦经直概同些时面旁向切贯度票等流把手级步倍的扣加次])[\u4e00-\u9fff])"
_ADVERBS = r"(?:各|均|都|再|另|并|则|即|可|应|要|一律|予以|给予|分别|酌情|直接|相应|累计|一次性|从[^,;。从中]{1,6}中| )*+"
_END = rf"(?:的|者)?[,:]? ?{_ADVERBS}$"
_ADJACENT = rf"(?<![第任何中同统唯每某另有之十百\d.])(?P<unit>[一1] ?个?(?P<per>{_ANY})){_END}"
_LACKING = (
    r"[少缺漏错迟晚超延差低多降欠][^,;。:每一1有]{0,6}"
    rf"(?P<unit>[一1] ?个?(?P<per>{_ANY}))[^,;。:每]{{0,12}}{_END}"
)
_TIME = r"(?:两|半|一|1|个)*(?:学年|年|季|月|周|日|天|旬|学期)度?"
_COUNTED = (
    r"第[一二三四五六七八九十\d]{1,3}次|(?<![第近续前])(?:\d|[一二两三四五六七八九十几半多])个?(?:次(?!性)|项|例|件|处|个|条|人|篇|起|天|日|份|户|家|类|名"
    r"|宗|台|期|场|张|页|款|步|倍|周|月|年|小时|分钟|种|块|批|单|点|节|门)"
)
_SPREAD = r"各|均(?=扣|加|得|计|$)|分别|逐|按(?![时期要规照])|依次|[以依]此类推|累计|翻|每|任[一何]"
_TWICE = "每(?P<unit>[^,;。:每]{1,4})每[^每]*$"
_AFTER = r" ?(?:/ ?每?|\( ?每)(?P<unit>[\u4e00-\u9fff]{1,4})"
_MEASURED = rf"(?P<each>{NUMBER}) ?个?(?P<per>{_MEASURE})"
_LED = "^(?:发现|出现|发生|存在|查出|缺少|缺|漏|少|错|迟报|迟|逾期|超过|超|延迟|拖延|低于|下降|降低|提高|提升|增加|新增|减少|高|低|多|有|个)+"
DEADLINE = (
    r"(?:19|20)\d\d年|\d{1,2}月(?:\d{1,2}日)?|\d{1,2}日(?=前|以前|之前)"
    rf"|{NUMBER} ?个?(?:工作日|自然日|小时|分钟|日|天|周|月|年)(?=内|以内|之内|前|后|未|不)"
)


def around(text: str, masked: str, begin: int, end: int, previous: int) -> Repeats:
    """What an effect of the characters `begin` to `end` repeats for; `previous` is where the one before ends.

    In the text that is `masked`, nothing is left of numbers that are compared, and of deadlines.
    """
    after = re.match(_AFTER, text[end : end + 10])
    if after:
        return Repeats(True, after["unit"], after["unit"])
    before = re.split("[;。]", text[previous:begin])[-1]
    seen = masked[begin - len(before) : begin]
    told = _by_each(before) if "每" in before else None
    if told is not None and told.repeats:
        return told
    often = "每" in before.rstrip(" ,:").rpartition(",")[2]  # 每季度开展一次 says how often
    for pattern in (_LACKING,) if often else (_ADJACENT, _LACKING):
        if counted := re.search(pattern, seen[-40:]):
            return Repeats(True, counted["unit"], counted["per"])
    if told is not None:
        return told
    part = seen.rpartition(",")[2]
    is_open = re.search(_COUNTED, seen) or re.search(_SPREAD, part)
    return Repeats(None if is_open else False)


def _by_each(before: str) -> Repeats:
    """The text before an effect, which has a 每, -> what it repeats for."""
    at = before.rindex("每")
    unit, *rest = re.split("[,:]", before[at + 1 :])
    if twice := re.search(_TWICE, before):
        unit = twice["unit"] + unit  # 每人每次
    time = re.match(_TIME, unit)
    if time and re.fullmatch(_ADVERBS, unit[time.end() :]) is None:
        return Repeats(None, unit)  # 每季度报送一次 says how often, and not what is counted
    if len(rest) > 1 or (rest and (time or re.fullmatch(_ADVERBS, rest[0]) is None)):
        return Repeats(None, unit)
    if not unit:
        return Repeats(None)
    unit = unit.rstrip(" (")
    per, each = counted_in(unit)
    return Repeats(True, unit, per, each, at - len(before))


def counted_in(unit: str) -> tuple[str, Fraction]:
    """The words after 每 -> what is counted, and how many of it make a case: 发现3处错误 -> 处, 3."""
    unit = unit.strip()
    first = re.match(_MEASURED, unit)
    for match in (first,) if first else reversed([*re.finditer(_MEASURED, unit)]):
        if each := amount_of(match["each"]):
            return match["per"], each
    bare_number = re.search(rf"(?P<each>{NUMBER})$", unit)
    if bare_number and (each := amount_of(bare_number["each"])):
        return "", each
    bare = re.sub(_LED, "", unit) or unit
    led = re.match(_MEASURE, bare)
    if led and len(bare) > len(led[0]) + 1:
        return led[0], ONE
    return bare, ONE
