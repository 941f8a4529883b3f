"""Any text or value -> what a terminal may show of it; a place -> its line with a caret under it."""

import datetime
import re
import unicodedata

from govrubric.diagnostics.source import Place

ECHO = 80  # characters that are shown of what somebody wrote
WIDTH = 100  # cells of a terminal that an excerpt may take

# What a terminal could act on, and what a reader cannot see.
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]"
)

ODD_SPACE = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f]")


def plain(text: str, limit: int = ECHO) -> str:
    """Text that may be shown: control and invisible characters as escapes, cut to `limit` characters."""
    text = text[: limit * 2]
    shown = UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text).replace("\n", "⏎").replace("\t", " ")
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def shown(value: object) -> str:
    """A value as a message may show it, whatever it is: short, and never asked to print itself."""
    match value:
        case bool() | None:
            return str(value).lower()
        case int():
            return str(value) if abs(value) < 10**30 else f"{'-' if value < 0 else ''}10^30…"
        case float():
            return f"{value!r} (float)"
        case datetime.date():
            return value.isoformat()
        case _:
            return type(value).__name__


def cells(text: str) -> int:
    """How many columns of a terminal the text takes: 指 takes two."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def excerpt(place: Place) -> list[str]:
    """The line and a caret that stands under the right cells; a long line is cut around the place."""
    line, start, end = place.excerpt, place.column - 1, place.end - 1
    left = 0
    while cells(line[left:start]) > WIDTH // 2:
        left += max(1, (cells(line[left:start]) - WIDTH // 2) // 2)
    head = "…" if left else ""
    right = left
    room = WIDTH
    while right < len(line) and room > 0:
        room -= cells(line[right])
        right += 1
    before = head + plain(line[left:start], WIDTH * 8)
    marked = plain(line[start : min(end, right)], WIDTH * 8)
    after = plain(line[min(end, right) : right], WIDTH * 8) + ("…" if right < len(line) else "")
    number = str(place.line)
    return [
        f"  {number} | {before}{marked}{after}".rstrip(),
        f"  {' ' * len(number)} | {' ' * cells(before)}{'^' * max(1, cells(marked))}",
    ]
