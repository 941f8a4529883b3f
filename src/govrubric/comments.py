"""Nodes -> the comments of their text: what stands behind a `#` that is no part of a key or value."""

from collections.abc import Iterator
from typing import NamedTuple

from govrubric.nodes import Nodes, Span


class Comment(NamedTuple):
    """Where a comment begins, counted from 0, its text from the `#` on, and whether it has its line to itself."""

    line: int
    column: int
    text: str
    alone: bool


def comments(nodes: Nodes) -> list[Comment]:
    """Every comment of a text that was read without an error, in file order."""
    return [
        Comment(number, len(before), nodes.source.lines[number][len(before) :].rstrip(" \t"), not before.strip(" \t"))
        for number, line in enumerate(skeleton(nodes))
        for before, mark, _ in (line.partition("#"),)
        if mark
    ]


def skeleton(nodes: Nodes) -> list[str]:
    """The lines with an ``x`` for each character of a key or value: what is left is punctuation, space and comments."""
    lines = list(nodes.source.lines)
    for span in scalars(nodes):
        block = lines[span.line][span.column : span.column + 1] in ("|", ">")
        for number in range(span.line + block, last_line(nodes, span) + 1):
            start = span.column if number == span.line else 0
            end = span.end_column if number == span.end_line and not block else len(lines[number])
            # No line within a text is blank.
            lines[number] = lines[number][:start] + "x" * max(1, end - start) + lines[number][end:]
    return lines


def scalars(nodes: Nodes) -> Iterator[Span]:
    """The spans of all keys and of all values that are no list or mapping."""
    yield from nodes.keys.values()
    opening = {path[:-1] for path in nodes.values if path}
    for path, span in nodes.values.items():
        if path not in opening and nodes.source.lines[span.line][span.column : span.column + 1] not in ("[", "{"):
            yield span


def last_line(nodes: Nodes, span: Span) -> int:
    """The last line that belongs to a scalar; blank lines below a block belong to it only where it keeps them."""
    lines = nodes.source.lines
    if lines[span.line][span.column : span.column + 1] not in ("|", ">"):
        return span.end_line
    last = span.end_line if span.end_column else span.end_line - 1
    if "+" not in lines[span.line][span.column : span.column + 3]:
        while last > span.line and not lines[last].strip(" "):
            last -= 1
    return last
