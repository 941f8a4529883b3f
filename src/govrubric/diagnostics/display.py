"""A text or value -> what a terminal may show of it; a place -> its line with a caret under it."""

import datetime
import re
import unicodedata

from govrubric.diagnostics.source import CellPlace, Place

ECHO = 80  # characters that a message shows of an author's text
WIDTH = 100  # terminal columns that the line of a finding may take
HUGE = 10**30  # of numbers from here on no digits are shown

# Characters that a terminal could act on, or that a reader cannot see: those of the categories Cc (without
# tab and line feed), Cf (without the number signs that are drawn around digits), Cs, Zl and Zp, the
# noncharacters, and all that Unicode lets a program ignore (Default_Ignorable_Code_Point). It is one class of
# characters, since polars must read it too. So the selectors of variants are in it, also those of Chinese
# characters: two names that differ in them alone look the same on most screens, and a text can be hidden in
# them. Such a name is written with the character itself. Characters for private use are seen, if only as
# boxes, and some registers have rare names in them, so they are left out.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\ufffe\uffff\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    + "".join(chr(plane << 16 | 0xFFFE) + chr(plane << 16 | 0xFFFF) for plane in range(1, 17))
    + "]"
)

# Characters that look like an ordinary space and are none.
ODD_SPACE = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u2800]")


def is_seen(text: str) -> bool:
    """Whether each character of a text can be seen and none is an odd space; quick for a long text."""
    characters = "".join(set(text))
    return not (UNSAFE.search(characters) or ODD_SPACE.search(characters))


def unfit(text: str) -> tuple[str, str] | None:
    """The code of the finding that refuses a text, and the number of its first character that is unfit."""
    if text.isascii() and text.isprintable():
        return None  # the quick way, for the many names and numbers
    for code, pattern in (("GR105", UNSAFE), ("GR106", ODD_SPACE)):
        if match := pattern.search(text):
            return code, f"U+{ord(match[0]):04X}"
    return None


def escaped(text: str) -> str:
    """The text with the number of each unsafe character in its place, as Python writes it."""
    return UNSAFE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def plain(text: str, limit: int = ECHO) -> str:
    """Text that is safe to show: control and invisible characters as escapes, cut to `limit` characters."""
    text = text[: limit * 2]  # so that a text of any length costs little
    safe = escaped(text).replace("\n", "⏎").replace("\t", " ")
    return safe if len(safe) <= limit else safe[: limit - 1] + "…"


def seen(text: str) -> str:
    """Text of any length as `plain` shows it, without a cut, so that it still names what it names."""
    return text if text.isprintable() and is_seen(text) else plain(text, 10 * len(text))


def shown(value: object) -> str:
    """A value of any type as short text.

    Of a type that is not Python's own only the name is shown: its ``str``, its ``repr`` and its arithmetic
    may do anything.
    """
    kind = type(value)
    if value is None or isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and kind is int:
        if -HUGE < value < HUGE:
            return str(value)
        return "-10^30…" if value < 0 else "10^30…"
    if isinstance(value, float):
        return f"{float.__repr__(value)} (float)"
    if isinstance(value, datetime.date) and kind in (datetime.date, datetime.datetime):
        return value.isoformat()
    return kind.__name__


def cells(text: str) -> int:
    """How many columns of a terminal the text takes: 指 takes two."""
    return sum(map(_cells_of, text))


def _cells_of(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def with_caret(place: Place) -> list[str]:
    """The line of a place, and below it a line with carets under the marked characters.

    A long line is cut around the place; no more of it is looked at than is shown. Carets are placed by
    terminal columns: a Chinese character takes two. Of a cell, its whole text is the line, and marked.
    """
    number, first, end = str(place.line), place.column - 1, place.end - 1
    if isinstance(place, CellPlace):
        number, first, end = place.cell, 0, len(place.excerpt)
    line, start = place.excerpt, min(first, len(place.excerpt))
    before, left = _fitting(line[max(0, start - WIDTH) : start][::-1], WIDTH // 2)
    shown, right = _fitting(line[start : start + WIDTH], WIDTH - sum(map(cells, before)))
    marked = max(1, sum(map(cells, shown[: max(0, end - start)])))
    dots = "…" if left < start else ""
    text = dots + "".join(before[::-1]) + "".join(shown) + ("…" if start + right < len(line) else "")
    return [
        f"  {number} | {text}".rstrip(),
        f"  {' ' * len(number)} | {' ' * (len(dots) + sum(map(cells, before)))}{'^' * marked}",
    ]


def _fitting(text: str, columns: int) -> tuple[list[str], int]:
    """The first characters of a text as they are shown, as many as fit, and their number."""
    shown: list[str] = []
    for character in text:
        safe = plain(character)
        columns -= cells(safe)
        if columns < 0:
            break
        shown.append(safe)
    return shown, len(shown)
