"""Word's automatic numbers: the levels of a list and how far it has counted -> the next number as printed.

ECMA-376 part 1, 17.9. A list (`num`) is drawn after a pattern (`abstractNum`). Lists of one pattern count on
from each other, unless a list says where it starts anew.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

LEVELS = 9
TEXT = 60  # characters around and for the counts of a number
_LEVEL = re.compile(r"%([1-9])")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_DIGITS = "〇一二三四五六七八九"
_PLACES = "零一二三四五六七八九十百千"
_LEGAL = "零壹贰叁肆伍陆柒捌玖拾佰仟"
_CHINESE = frozenset((
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand",
))  # fmt: skip
_CIRCLED = frozenset(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"))
_ROWS = {"ideographTraditional": "甲乙丙丁戊己庚辛壬癸", "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥"}


class Level(NamedTuple):
    """A level of a list: the count that it begins with, how counts are written, and the text around them."""

    start: int
    written: str
    text: str
    legal: bool  # counts of all levels as ordinary digits


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted.

    `patterns` has the levels of each pattern, `lists` the pattern of each list with the levels that the list
    changes and those that it starts anew.
    """

    patterns: Mapping[str, Mapping[int, Level]] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, Mapping[int, Level], Mapping[int, int]]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def of(cls, root: Element) -> "Numbering":
        """The lists that a part `numbering` declares."""
        patterns = {one.get("abstractNumId", ""): _levels(one) for one in root.iter("abstractNum")}
        lists = {}
        for one in root.iter("num"):
            changed: dict[int, Level] = {}
            anew: dict[int, int] = {}
            for override in one.iter("lvlOverride"):
                changed |= _levels(override)
                if (start := override.find("startOverride")) is not None:
                    anew[number(override.get("ilvl"))] = number(start.get("val"))
            lists[one.get("numId", "")] = (value(one, "abstractNumId"), changed, anew)
        return cls(patterns, lists)

    def next(self, list_: str, at: int) -> str:
        """The number of the next paragraph of a list at a level from 0; empty where there is none."""
        if list_ not in self.lists:
            return ""
        pattern, changed, anew = self.lists[list_]
        levels = {**self.patterns.get(pattern, {}), **changed}
        if at not in levels:
            return ""
        counts = self._counts.setdefault(pattern, {})
        if at in anew and (list_, at) not in self._begun:
            self._begun.add((list_, at))
            counts[at] = anew[at]
        else:
            counts[at] = counts[at] + 1 if at in counts else levels[at].start
        for deeper in [one for one in counts if one > at]:
            del counts[deeper]
        return _text(levels, counts, at)


def number(text: str | None) -> int:
    """A whole number that XML gives, of at most six digits; 0 for what is none."""
    return int(text) if text is not None and re.fullmatch("[0-9]{1,6}", text) else 0


def value(parent: Element, name: str) -> str:
    """The value of a child of an element; empty where there is none."""
    child = parent.find(name)
    return "" if child is None else child.get("val", "")


def _levels(parent: Element) -> dict[int, Level]:
    return {
        number(one.get("ilvl")): Level(
            number(value(one, "start")),
            value(one, "numFmt") or "decimal",
            value(one, "lvlText")[:TEXT],
            one.find("isLgl") is not None,
        )
        for one in parent.findall("lvl")
        if number(one.get("ilvl")) < LEVELS
    }


def _text(levels: Mapping[int, Level], counts: Mapping[int, int], at: int) -> str:
    level = levels[at]
    if level.written == "bullet":
        # The bullets of symbol fonts are characters for private use.
        return "".join("•" if "\ue000" <= one <= "\uf8ff" else one for one in level.text)

    def count(match: re.Match[str]) -> str:
        of = int(match[1]) - 1
        shown = levels.get(of, level)
        return written(counts.get(of, shown.start), "decimal" if level.legal else shown.written)

    return _LEVEL.sub(count, level.text)


def written(count: int, form: str) -> str:
    """A count in a form of Word's (`ST_NumberFormat`), as far as it is known here; else in ordinary digits.

    >>> written(12, "chineseCounting"), written(3, "upperRoman"), written(28, "lowerLetter")
    ('十二', 'III', 'bb')
    """
    text = str(count)
    if form == "none":
        return ""
    if form in _CHINESE and count < 10_000:
        return re.sub("^一十", "十", _chinese(count, _PLACES))
    if form == "chineseLegalSimplified" and count < 10_000:
        return _chinese(count, _LEGAL)
    if form == "ideographDigital":
        return "".join(_DIGITS[int(one)] for one in text)
    if form in ("upperLetter", "lowerLetter") and count:
        letter = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 30)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("upperRoman", "lowerRoman") and count < 4000:
        roman = _roman(count)
        return roman.upper() if form == "upperRoman" else roman
    if form in _CIRCLED and 1 <= count <= 20:
        return chr(ord("①") + count - 1)
    if form in _ROWS and 1 <= count <= len(_ROWS[form]):
        return _ROWS[form][count - 1]
    if form == "decimalZero":
        return text.zfill(2)
    if form == "decimalFullWidth":
        return "".join(chr(ord("０") + int(one)) for one in text)
    return text


def _chinese(count: int, words: str) -> str:
    """A count below 10 000 in Chinese; `words` are its ten digits and the three words for places."""
    text = ""
    pause = False
    for place, word in ((1000, words[12]), (100, words[11]), (10, words[10]), (1, "")):
        digit = count // place % 10
        if digit:
            text += (words[0] if pause and text else "") + words[digit] + word
        pause = not digit
    return text or words[0]


def _roman(count: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        text += letters * (count // worth)
        count %= worth
    return text
