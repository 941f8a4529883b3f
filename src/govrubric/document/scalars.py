"""A scalar of YAML, in any style, on one line or several -> where each of its characters stands.

Nothing here decides what a scalar says: the library has read it. A way to put its characters together counts
only if it gives what the library read, so that no place is a guess.
"""

from collections.abc import Iterator, Sequence

Spot = tuple[int, int]
"""A line and a column, from 0."""
Spots = list[tuple[str, Spot]]
"""The characters of a text, each with its place; what a fold puts in stands at the end of the line before."""


def spots(lines: Sequence[str], start: Spot, end: Spot, text: str) -> list[Spot] | None:
    """Where each character of a scalar stands, and where it ends.

    ``None`` where that cannot be told, as of escapes.
    """
    said = text.rstrip("\n")  # a block may have more ends of lines than are shown
    for made, after in _ways(lines, start, end):
        if "".join(character for character, _ in made) == said:
            return [spot for _, spot in made] + [after] * (len(text) - len(said) + 1)
    return None


def _ways(lines: Sequence[str], start: Spot, end: Spot) -> Iterator[tuple[Spots, Spot]]:
    """The ways to read a scalar, each with the place after it."""
    sign = lines[start[0]][start[1] : start[1] + 1]
    if sign in ("|", ">"):
        yield from _blocks(lines, start[0] + 1, folded=sign == ">")
    elif sign in ("'", '"'):
        after = (end[0], end[1] - 1)
        made = _flow(lines, (start[0], start[1] + 1), after)
        yield ([*_undoubled(made)] if sign == "'" else made), after
    else:
        yield _flow(lines, start, end), end


def _row(text: str, line: int, column: int) -> Spots:
    return [(character, (line, column + index)) for index, character in enumerate(text)]


def _flow(lines: Sequence[str], start: Spot, end: Spot) -> Spots:
    """A scalar that is no block: a single end of line is a space, and of several all but the first stay."""
    if start[0] == end[0]:
        return _row(lines[start[0]][start[1] : end[1]], *start)
    made = _row(lines[start[0]].rstrip()[start[1] :], *start)
    blanks: Spots = []
    for number in range(start[0] + 1, end[0] + 1):
        line = lines[number][: end[1]] if number == end[0] else lines[number].rstrip()
        indent = len(line) - len(line.lstrip())
        fold = (number - 1, len(lines[number - 1].rstrip()))
        if not line.strip() and number < end[0]:
            blanks.append(("\n", fold))
            continue
        made += blanks or [(" ", fold)]
        made += _row(line[indent:], number, indent)
        blanks = []
    return made


def _undoubled(made: Spots) -> Iterator[tuple[str, Spot]]:
    """Characters within single quotes, where two such signs stand for one, at the place of the first."""
    is_second = False
    for character, spot in made:
        is_second = character == "'" and not is_second
        if character != "'" or is_second:
            yield character, spot


def _blocks(lines: Sequence[str], first: int, *, folded: bool) -> Iterator[tuple[Spots, Spot]]:
    """A block, for each indentation that it may have; most often it is that of its first line."""
    filled = next((line for line in lines[first:] if line.strip()), "")
    for indent in range(len(filled) - len(filled.lstrip(" ")), 0, -1):
        made, blanks, rows = Spots(), Spots(), 0
        last = ""
        for number, line in enumerate(lines[first:], first):
            if line.strip() and not line.startswith(" " * indent):
                break
            row = line[indent:]
            fold = (number - 1, len(lines[number - 1]))
            if not row:
                blanks.append(("\n", fold))
                continue
            stays = not folded or row[0] == " " or last[:1] == " "
            if rows:
                between = [("\n", fold), *blanks] if stays else blanks or [(" ", fold)]
            else:
                between = blanks
            made += [*between, *_row(row, number, indent)]
            blanks, rows, last = [], rows + 1, row
        end_line, end_column = made[-1][1]
        yield made, (end_line, end_column + 1)
