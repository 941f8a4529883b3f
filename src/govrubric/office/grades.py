"""Words -> the grades that they say: 95分以上为优秀，85分以上为良好, or 优秀（90分以上）."""

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from govrubric.diagnostics.diagnostic import Lang
from govrubric.lint.clauses.chinese import folded
from govrubric.numbers import written
from govrubric.office.layout import Entry
from govrubric.office.questions import Question

MOST = 12  # grades
LONGEST = 200  # characters of a piece between stops

_NUMBER = r"(?<![\d.])\d{1,4}(?:\.\d{1,2})?"
_OPEN = r"(?:\((?P<{0}>不?)含[^()]{{0,8}}\))?"  # whether the number itself is within
_RANGE = re.compile(
    rf"(?P<low>{_NUMBER}) ?分?{_OPEN.format('no_low')} ?[-—–~至到]{{1,2}} ?"
    rf"(?P<high>{_NUMBER}) ?分?{_OPEN.format('no_high')}(?:以下)?"
)
_FROM = re.compile(rf"(?P<low>{_NUMBER}) ?分?{_OPEN.format('no_low')}及?以上{_OPEN.format('no_low_2')}")
_UNTIL = re.compile(rf"(?P<high>{_NUMBER}) ?分?{_OPEN.format('no_high')}及?以下{_OPEN.format('no_high_2')}")
_BELOW = re.compile(rf"(?P<below>不[足满到]|低于|小于|未达到?) ?(?P<high>{_NUMBER}) ?分?")
_PIECE = re.compile(r"[^,;、。\n]+")
_KIND = "(?:等次|等级|档次|单位|级别)?"
_NAME = r"[“\"']?(?P<name>[\u4e00-\u9fff]{1,6}?|[A-Za-z][+-]?级?)[”\"']?"
_LAST = re.compile(rf"(?:为|是|:) ?{_NAME}{_KIND} ?$")
_FIRST = re.compile(rf"^ ?{_NAME}{_KIND} ?(?=[:(\d])")
# What else may stand beside the name of a grade and its bounds.
_BESIDE = re.compile(
    "(?:其中|年度|综合|最终|最后|考核|考评|评估|评价|测评|得分|总分|分数|成绩|结果|等次|等级|档次|达到|之间|评定|确定|"
    "认定|[总得在达的者且评定列划为是分及:() ])*"
)


class Grade(NamedTuple):
    """A grade with the least and the most total that are said for it; what is not said is None.

    `with_low` and `with_high` say whether the bound itself belongs to it, None where that is not told. It
    stands in its text from `start` to `end`.
    """

    name: str
    low: Fraction | None
    high: Fraction | None
    with_low: bool | None
    with_high: bool | None
    start: int
    end: int


def grades_of(text: str) -> list[Grade]:
    """The grades of a text in its order; none where it says fewer than two, or not how they follow.

    >>> [(grade.name, grade.low, grade.high) for grade in grades_of("80分以上为优秀，80分以下为合格")]
    [('优秀', Fraction(80, 1), None), ('合格', None, Fraction(80, 1))]
    """
    found = list(_grades(folded(text)))
    if found and (found[0].low is None or (found[-1].low or 0) > found[0].low):
        found.reverse()
    lows = [grade.low for grade in found]
    falls = all(above is not None and (low is None or low < above) for above, low in pairwise(lows))
    return found if 1 < len(found) <= MOST and falls else []


def _grades(plain: str) -> Iterator[Grade]:
    """The grades of the pieces between stops; bounds of one may have their name in the next."""
    before: re.Match[str] | None = None
    for match in _PIECE.finditer(plain):
        start = before.start() if before else match.start()
        piece = plain[start : match.end()].replace(",", " ")
        before = None
        if len(piece) > LONGEST:
            continue
        grade = _grade(piece, start)
        if grade is not None:
            yield grade
        elif _bounds(piece)[1] and _BESIDE.fullmatch(_bounds(piece)[0]):
            before = match


def _bounds(piece: str) -> tuple[str, dict[str, str | None]]:
    """A piece without the bounds of its grade, and what these say."""
    said: dict[str, str | None] = {}
    for pattern in (_RANGE, _FROM, _UNTIL, _BELOW):
        if (match := pattern.search(piece)) and not {"low", "high"} & said.keys() & match.groupdict().keys():
            said |= match.groupdict()
            piece = piece[: match.start()] + piece[match.end() :]
    return piece, said


def _grade(piece: str, at: int) -> Grade | None:
    """The grade of a piece, if it says nothing else."""
    named = _LAST.search(piece) or _FIRST.search(piece)
    if named is None:
        return None
    rest, said = _bounds(piece[: named.start()] + piece[named.end() :])
    if not said or not _BESIDE.fullmatch(rest):
        return None
    low, high = said.get("low"), said.get("high")
    return Grade(
        named["name"],
        Fraction(low) if low else None,
        Fraction(high) if high else None,
        _is_within(said.get("no_low"), said.get("no_low_2")),
        False if said.get("below") else _is_within(said.get("no_high"), said.get("no_high_2")),
        at,
        at + len(piece),
    )


def _is_within(*told: str | None) -> bool | None:
    """含 -> True, 不含 -> False; None where neither is told."""
    return next((not one for one in told if one is not None), None)


_OTHER: dict[Lang, str] = {"en": "none of these", "zh": "未列等次"}


def ladder(grades: Sequence[Grade], lang: Lang) -> list[tuple[Entry, ...]]:
    """The entries of `grades`, each with what is asked about its bounds."""
    found: list[tuple[Entry, ...]] = []
    above: Grade | None = None
    for grade in grades:
        asked = [] if above is None else list(_edge(above, grade))
        if grade.with_low is False and grade.low is not None:
            asked.append(Question("grade_edge", number=written(grade.low)))
        is_last = grade is grades[-1] and grade.low in (None, 0)
        from_ = () if is_last or grade.low is None else (Entry("from", grade.low),)
        found.append((Entry("grade", grade.name, tuple(asked)), *from_))
        above = grade
    if grades and grades[-1].low not in (None, 0):
        least = Question("grade_below", number=written(grades[-1].low or Fraction(0)))
        found.append((Entry("grade", _OTHER[lang], (least,)),))
    return found


def _edge(above: Grade, grade: Grade) -> Iterator[Question]:
    """What is asked where the totals of two grades meet: which has the bound, or what lies between."""
    if grade.high is None or above.low is None:
        return
    if grade.high < above.low:
        yield Question("grade_gap", number=written(grade.high), other=written(above.low))
        return
    is_clear = False in (grade.with_high, above.with_low) or (above.with_low and grade.with_high is None)
    if grade.high > above.low or not is_clear:
        yield Question("grade_edge", number=written(above.low))
