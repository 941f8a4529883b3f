"""A text or value -> what a terminal may show of it; a place -> its line with a caret under it."""

import datetime
import re
import unicodedata

from govrubric.diagnostics.source import Place

ECHO = 80  # characters that a message shows of an author's text
WIDTH = 100  # terminal columns that the line of a finding may take
ESCAPED = WIDTH * 8  # characters that a part of that line may take, with its escapes

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

    A long line is cut around the place. Carets are placed by terminal columns: a Chinese character takes two.
    """
    line, start, end = place.excerpt, place.column - 1, place.end - 1
    left = 0
    while cells(line[left:start]) > WIDTH // 2:
        left += max(1, (cells(line[left:start]) - WIDTH // 2) // 2)
    right = left
    room = WIDTH
    while right < len(line) and room > 0:
        room -= cells(line[right])
        right += 1
    end = min(end, right)
    before = ("…" if left else "") + plain(line[left:start], ESCAPED)
    marked = plain(line[start:end], ESCAPED)
    after = plain(line[end:right], ESCAPED) + ("…" if right < len(line) else "")
    number = str(place.line)
    return [
        f"  {number} | {before}{marked}{after}".rstrip(),
        f"  {' ' * len(number)} | {' ' * cells(before)}{'^' * max(1, cells(marked))}",
    ]
