"""A text of a rubric -> the years in it that are surely the rubric's own, and what else belongs to a time.

The successor of a rubric holds for another year. Only its own year moves with it. The number and the day of a
document, a school year, a span of years or a plan are facts of the text, and nobody but its author knows what
follows them. So a year is `own` only where nothing around it can make it a part of such a fact. All other
years are left, and what is left can be quoted.

What belongs to a time, in this order where several begin at the same place:

    number    国办发〔2017〕16号  (2017)16号  [2017] No. 16  〔2017〕
    standard  GB/T 19001-2016
    day       2016年6月发布  2016-06-01  June 2016
    span      2021—2025年  2022-23学年  2023、2024年度  2021 to 2025
    year      2023年度  2016年修订  2023级  since 2016
    spelt     二〇二三年
    plan      “十四五”规划  第十四个五年规划  the 14th Five-Year Plan
    bare      2023, in titles and sources only, since elsewhere it may be an amount
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import plain

_DIGIT = "[0-9０-９]"
_YEAR = rf"(?<!{_DIGIT})(?:[1１][9９]|[2２][0０]){_DIGIT}{{2}}(?!{_DIGIT})"
_OPEN, _CLOSE = r"[(（\[［〔【〈「]", r"[)）\]］〕】〉」]"
_NUMERAL = "[0-9０-９〇○零一二三四五六七八九十百]"
_LINK = r"(?:[-－‐‑–—―~～/／至到和与及或、，,]+|\b(?:to|and|until|through)\b)"
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_ACT = "(?:发布|印发|下发|颁发|转发|发文|公布|颁布|制定|修订|修正|修改|施行|实施|试行|出台)"
_NAMED = "(?:学年度?|年度?|版|级|届|春季?|秋季?)"
_AMOUNT = "[元人字米吨户件个次分名亩项处条只台套万亿千百%％]"

_TIME = re.compile(
    rf"""
      (?P<number>   [^\W\d_的据照按由以和与及]{{0,6}} \s? {_OPEN} \s{{0,4}} {_YEAR} \s{{0,4}} 年? \s{{0,4}} {_CLOSE}
                    (?: \s{{0,4}} (?:第|No\.?|[-－—#№])? \s{{0,4}} {_NUMERAL}{{1,6}} \s{{0,4}} 号? )? )
    | (?P<standard> \b[A-Z]{{2,}} (?:/[A-Z]+)? \s? [0-9.]+ \s? [-–—:：] \s? {_YEAR} )
    | (?P<day>      {_YEAR} \s{{0,4}} 年 \s{{0,4}} {_NUMERAL}{{1,3}} \s{{0,4}} 月
                    (?: \s{{0,4}} {_NUMERAL}{{1,3}} \s{{0,4}} 日 )? \s{{0,4}} {_ACT}?
                  | {_YEAR} (?P<dot>[-./]) [0-9]{{1,2}} (?P=dot) [0-9]{{1,2}}
                  | (?:[0-9]{{1,2}} \s )? {_MONTH} \s{{1,4}} (?:[0-9]{{1,2}},? \s{{1,4}})? {_YEAR} )
    | (?P<span>     {_YEAR} \s{{0,4}} {_NAMED}? (?: \s{{0,4}} {_LINK} \s{{0,4}} {_YEAR} \s{{0,4}} {_NAMED}? )+
                    (?! \s{{0,4}} {_AMOUNT} )
                  | {_YEAR} [-－–—~～/／] [0-9]{{2}} (?![0-9]) \s{{0,4}} {_NAMED}? (?! \s{{0,4}} {_AMOUNT} ) )
    | (?P<year>     {_YEAR} \s{{0,4}} {_NAMED}
                    (?: {_ACT} | [底末初起前后] | [以之][来前后] | 第 \s{{0,4}} {_NUMERAL}{{1,6}} \s{{0,4}} 号 )?
                  | \b(?i:in|since|during|until|till|before|after|from|year|fy) \s{{0,4}} {_YEAR}
                  | \b(?i:of) \s{{1,4}} {_YEAR} (?= \s{{0,4}}(?:[.,;:!?)]|$) ) )
    | (?P<spelt>    (?:二[〇○零]|一九) [〇○零一二三四五六七八九]{{2}} \s{{0,4}} {_NAMED} )
    | (?P<plan>     [“"'‘] 十[一二三四五六七八九]?五 [”"'’] (?:规划|时期|期间|计划)?
                  | 十[一二三四五六七八九]五 (?:规划|时期|期间|计划|末|以来|收官)
                  | 第[一二三四五六七八九十]+个五年 (?:规划|计划)?
                  | (?<![0-9])[0-9]{{1,2}}(?:st|nd|rd|th) \s Five-Year \s Plan )
    | (?P<bare>     {_YEAR} (?! \s{{0,4}} {_AMOUNT} ) )
    """,
    re.VERBOSE,
)
_DIGITS = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")

_AROUND = 24  # characters before and after a year that are looked at
_NOT_AFTER = re.compile(
    rf"""(?:[0-9０-９./\\_\-－‐‑–—―~～:：#№+*、，,]|至|到|和|与|及|或|自|从|(?<!关)于|截至|截止) \s* $
    | [A-Za-z]$
    | \b(?i:in|since|until|till|through|to|from|before|after|by|act|law|order|decree|notice|no\.?) \s+ $
    | \b(?i:issued|published|revised|amended|updated|adopted|act|law|order) (?i:\s+(?:in|of|on))? \s+ $
    | {_MONTH} (?:\s+[0-9]{{1,2}},?)? \s+ $
    | [0-9] \s+ of \s+ $""",
    re.VERBOSE,
)
_NOT_BEFORE = re.compile(
    rf"""(?:{_DIGIT}|[第版级届学春秋起前后底末初以之]|{_LINK}|{_ACT}|[一二三四五六七八九十]+月)
    | (?i:edition|revision|amendment|version|act|law)\b
    | [^(（\[［〔【，。；;]{{0,16}}? {_NUMERAL}+ \s* 号""",
    re.VERBOSE,
)
_ENDS = re.compile(r"(?:$|[)）\]】」』》〉”\"’'。.!！?？;；:：])(?![0-9])")
_DOCUMENTS = "发函字令文号"


class Times(NamedTuple):
    """Where a text has the rubric's own year, and the words in it that belong to another time."""

    own: list[int]
    left: list[str]


def years_of(text: str) -> set[str]:
    """The years in an id, or in another text that is nothing but a name."""
    return set(_DIGITS.findall(text))


def times(text: str, own: str | None, *, bare: bool) -> Times:
    """Where each of a rubric's `own` year begins, and the words that belong to a time and are left.

    `bare` says that four digits alone are a year.
    """
    found = Times([], [])
    for match in _TIME.finditer(text):
        starts = [year.start() for year in _DIGITS.finditer(text, match.start(), match.end())]
        if own is not None and starts and all(_is_own(text, start, own) for start in starts):
            found.own.extend(starts)
        elif bare or match.lastgroup != "bare":
            found.left.append(match[0].strip())
    return found


def _is_own(text: str, start: int, own: str) -> bool:
    """Whether the year that begins there is the rubric's own, and can be nothing else."""
    before, after = _end(text[:start]), text[start + 4 :].lstrip()
    if text[start : start + 4] != own or _NOT_AFTER.search(before):
        return False
    named = after.startswith("年")
    if named:
        after = after.removeprefix("年").removeprefix("度").lstrip()
    if re.match(_CLOSE, after):
        return _is_name_in_brackets(before, after[1:].lstrip())
    if _NOT_BEFORE.match(after[:_AROUND]):
        return False
    return named or text[start + 4 : start + 5].isspace() or _ENDS.match(after) is not None


def _end(text: str) -> str:
    """The last characters of a text, and a space in place of all spaces after them."""
    stripped = text.rstrip()
    return stripped[-_AROUND:] + (" " if len(stripped) < len(text) else "")


def _is_name_in_brackets(before: str, after: str) -> bool:
    """Whether brackets that close after a year are no part of the number of a document."""
    opening = before.rstrip()
    if opening[-2:-1] and opening[-2:-1] in _DOCUMENTS:
        return False
    return opening.endswith(("(", "（")) and _ENDS.match(after) is not None


def quoted(left: Iterable[str], language: Lang, most: int) -> str:
    """The words that are left, each once and in quotes, as many as fit into so many characters."""
    between = {"en": ", ", "zh": ""}[language]
    inner = str.maketrans("“”", "‘’")
    words = ""
    for word in dict.fromkeys(left):
        if len(words) + len(word) + 4 > most:
            return f"{words}…"
        words += f"{between if words else ''}“{plain(word).translate(inner)}”"
    return words
