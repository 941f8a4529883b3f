"""Lines of a cell -> its clauses, each with the number before it and the points that it says in brackets."""

import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from govrubric.diagnostics.display import ODD_SPACE, UNSAFE
from govrubric.lint.clauses.chinese import amount_of, folded, read
from govrubric.numbers import PLACES, places_of

_NUMERALS = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
# The ways in which clauses are numbered, as they stand in folded text: 1. 1、 1) (1) ① 一、 (一) (a)
_STYLES = (
    r"(?P<n>\d{1,2}) ?(?:[.、]|\)) ?(?!\d)",
    r"\( ?(?P<n>\d{1,2}) ?\) ?[.、]? ?",
    rf"(?P<n>[{_CIRCLED}]) ?[.、]? ?",
    rf"(?P<n>[{_NUMERALS}]{{1,3}}) ?[、.] ?",
    rf"\( ?(?P<n>[{_NUMERALS}]{{1,3}}) ?\) ?[.、]? ?",
    r"\(?(?P<n>[a-z])\) ?",
)
_ENDED = ".。;,:)\n"  # what may stand before a number, as it stands in folded text
_WEIGHT = (
    r"\( ?(?:满分|分值|权重|标准分|共计|合计|共|计)? ?:? ?(?P<n>\d{1,4}(?:\.\d{1,6})?)"
    r" ?(?P<unit>分|%|points?|pts?|marks?)? ?\)"
)
_AT_END = re.compile(rf"{_WEIGHT} ?[。.;,:]? ?$", re.IGNORECASE)
_WITHIN = re.compile(_WEIGHT, re.IGNORECASE)
_ALONE = re.compile(
    r"^\D{0,12}(?P<n>\d{1,6}(?:\.\d{1,6})?) ?(?P<unit>分|%|points?|pts?|marks?)?\D{0,4}$", re.IGNORECASE
)
_BOUNDS = frozenset(("cap", "floor", "ceiling", "unlimited", "begun"))
MOST = 999  # points that a number without a unit may say; a larger one is a year


def is_sensible(points: Fraction) -> bool:
    """Whether a rubric may have these points, and a table says them."""
    places = places_of(points)
    return 0 < points < 10**6 and places is not None and places <= PLACES


class Position(NamedTuple):
    """A place in a document: table, row and clause of a cell, each from 1; clause 0 is the row's title."""

    table: int
    row: int
    clause: int = 0


class Clause(NamedTuple):
    """A clause of a cell, word for word without the number before it."""

    text: str
    number: int | None
    at: Position


class Points(NamedTuple):
    """Points said of an item; `percent` where they are a share."""

    points: Fraction
    percent: bool = False


def cleaned(text: str) -> str:
    """A line without characters that no rubric may have, and without blanks at its ends."""
    return UNSAFE.sub("", ODD_SPACE.sub(" ", text.replace("\t", " "))).strip(" \u3000")


def clauses_of(lines: Sequence[str], table: int, row: int) -> list[Clause]:
    """The clauses of a cell.

    Where the first line has a number, each further number of its kind, in order, begins a clause, also within
    a line after a stop; what stands between belongs to the clause before it. Else a line is a clause.
    """
    kept = [text for line in lines for part in line.split("\n") if (text := cleaned(part))]
    if not kept:
        return []
    style = next((style for style in _STYLES if _number(style, folded(kept[0])) == 1), None)
    if style is None:
        found = [Clause(line, None, Position(table, row, at)) for at, line in enumerate(kept, 1)]
    else:
        found = list(_numbered("\n".join(kept), re.compile(style), Position(table, row)))
    return _joined(found)


def _joined(clauses: Iterable[Clause]) -> list[Clause]:
    """The clauses, of which one that only bounds what is before it (最多扣5分) belongs to that."""
    joined: list[Clause] = []
    for clause in clauses:
        statements = read(clause.text).statements
        bounds = bool(statements) and statements[0].start == 0
        if joined and bounds and all(each.kind in _BOUNDS for each in statements):
            joined[-1] = joined[-1]._replace(text=f"{joined[-1].text}\n{clause.text}")
        else:
            joined.append(clause)
    return joined


def _number(style: str, text: str) -> int | None:
    """The number with which a folded text begins."""
    match = re.match(style, text)
    return _value(match["n"]) if match else None


def _value(numeral: str) -> int:
    """A numeral of any style -> the number."""
    if numeral in _CIRCLED:
        return _CIRCLED.index(numeral) + 1
    if numeral.isascii() and numeral.isalpha():
        return ord(numeral) - ord("a") + 1
    amount = amount_of(numeral)
    return int(amount) if amount is not None else 0


def _numbered(text: str, style: re.Pattern[str], at: Position) -> Iterator[Clause]:
    """The clauses of a text that begins with the number 1."""
    plain = folded(text)
    starts: list[tuple[int, int]] = []
    for match in style.finditer(plain):
        before = match.start()
        while text[before - 1 : before] in (" ", "\u3000"):
            before -= 1
        is_first_word = not before or plain[before - 1] in _ENDED
        if is_first_word and _value(match["n"]) == len(starts) + 1:
            starts.append(match.span())
    for index, (_, end) in enumerate(starts):
        stop = starts[index + 1][0] if index + 1 < len(starts) else len(text)
        if words := text[end:stop].strip(" \u3000\n"):
            yield Clause(words, index + 1, at._replace(clause=index + 1))


def unnumbered(title: str) -> str:
    """A title without the number before it."""
    plain = folded(title)
    for style in _STYLES:
        match = re.match(style, plain)
        if match and title[match.end() :].strip():
            return title[match.end() :].strip(" \u3000")
    return title


def points_at_end(text: str) -> tuple[str, Points | None]:
    """基础工作（10分） -> 基础工作 and the points in brackets at the end, if there are any."""
    match = _AT_END.search(folded(text))
    points = _points(match)
    if match is None or points is None:
        return text, None
    return text[: match.start()].rstrip(" \u3000"), points


def points_in(text: str) -> Points | None:
    """The points in brackets of a clause: at its end, or else the only ones within it."""
    if (at_end := points_at_end(text)[1]) is not None:
        return at_end
    found = [match for match in _WITHIN.finditer(folded(text)) if match["unit"]]
    return _points(found[0]) if len(found) == 1 else None


def points_alone(text: str) -> Points | None:
    """The only number of a cell for points: 10, 10分, 总分100分, 10%, １０."""
    in_brackets = points_in(text)
    return in_brackets if in_brackets is not None else _points(_ALONE.match(folded(" ".join(text.split()))))


def _points(match: re.Match[str] | None) -> Points | None:
    if match is None:
        return None
    points = Fraction(match["n"])
    if not is_sensible(points) or (not match["unit"] and points > MOST):
        return None
    return Points(points, match["unit"] == "%")
