"""Text x the width of its column -> the height of its row.

Not every program fits a row to its text by itself, so that each row gets a height. It is reckoned from above:
a line has fewer characters here than most fonts have room for.
"""

import unicodedata
from collections.abc import Iterable

LINE = 14  # points of a line of text of 10 points
AROUND = 5  # points above and below the text
HIGHEST = 400  # points; a program has at most 409
WIDE = frozenset("WFA")  # the widths of characters that take twice the room of a digit
ROOM = 104  # characters of 10 points in the width of a column of a hundred digits


def lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of so many digits."""
    room = max(width * ROOM // 100 - 1, 2)
    total = 0
    for paragraph in text.split("\n"):
        taken, count = 0, 1
        for word in _words(paragraph):
            size = sum(map(_width, word))
            if taken and taken + size > room:
                taken, count = 0, count + 1
            while size > room:  # a word longer than a line is cut
                size, count = size - room, count + 1
            taken += size
        total += count
    return total


def height(cells: Iterable[tuple[str, int]]) -> int:
    """The height of a row in points, of its texts and the widths of their columns."""
    return AROUND + LINE * max((lines(text, width) for text, width in cells), default=1)


def _width(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in WIDE else 1


def _words(text: str) -> Iterable[str]:
    """What is not broken over two lines: a Chinese character, or a word with the space after it."""
    word = ""
    for character in text:
        if _width(character) > 1:
            if word:
                yield word
            word = ""
            yield character
        else:
            word += character
            if character == " ":
                yield word
                word = ""
    if word:
        yield word
