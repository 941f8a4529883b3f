"""A text or value -> what a terminal may show of it; a place -> its line with a caret under it."""

import datetime
import re
import unicodedata

from govrubric.diagnostics.source import Place

ECHO = 80  # characters that a message shows of an author's text
WIDTH = 100  # terminal columns that the line of a finding may take

# Characters that a terminal could act on, or that a reader cannot see.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufeff\ufff9-\ufffb\ufffe\uffff]"
)

# Spaces that look like an ordinary space and are none.
ODD_SPACE = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f]")


def plain(text: str, limit: int = ECHO) -> str:
    """Text that is safe to show: control and invisible characters as escapes, cut to `limit` characters."""
    text = text[: limit * 2]  # so that a text of any length costs little
    safe = UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text).replace("\n", "⏎").replace("\t", " ")
    return safe if len(safe) <= limit else safe[: limit - 1] + "…"


def shown(value: object) -> str:
    """A value of any type as short text; the ``str`` and ``repr`` of an unknown type are never called."""
    match value:
        case bool() | None:
            return str(value).lower()
        case int():
            if abs(value) < 10**30:
                return str(value)
            return "-10^30…" if value < 0 else "10^30…"
        case float():
            return f"{value!r} (float)"
        case datetime.date():
            return value.isoformat()
        case _:
            return type(value).__name__


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
    terminal columns: a Chinese character takes two.
    """
    line, start = place.excerpt, min(place.column - 1, len(place.excerpt))
    before, left = _fitting(line[max(0, start - WIDTH) : start][::-1], WIDTH // 2)
    shown, right = _fitting(line[start : start + WIDTH], WIDTH - sum(map(cells, before)))
    marked = max(1, sum(map(cells, shown[: max(0, place.end - 1 - start)])))
    dots = "…" if left < start else ""
    text = dots + "".join(before[::-1]) + "".join(shown) + ("…" if start + right < len(line) else "")
    number = str(place.line)
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
