"""Nodes -> the comments of their text: what follows a `#` that is no part of a key or value."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from govrubric.diagnostics.diagnostic import Path
from govrubric.document.nodes import Nodes, Span


class Comment(NamedTuple):
    """A comment: its place, counted from 0; its text from the `#` on; whether it is alone on its line."""

    line: int
    column: int
    text: str
    alone: bool


def comments(nodes: Nodes) -> list[Comment]:
    """Every comment of a text that was read without an error, in file order."""
    found = []
    for number, line in enumerate(skeleton(nodes)):
        before, mark, _ = line.partition("#")
        if mark:
            text = nodes.source.lines[number][len(before) :].rstrip(" \t")
            found.append(Comment(number, len(before), text, alone=not before.strip(" \t")))
    return found


def skeleton(nodes: Nodes) -> list[str]:
    """The lines with an ``x`` for each character of a key or value; punctuation and comments remain."""
    lines = list(nodes.source.lines)
    for span, last in scalars(nodes):
        block = is_block(nodes, span)
        for number in range(span.line + block, last + 1):
            start = span.column if number == span.line else 0
            end = span.end_column if number == span.end_line and not block else len(lines[number])
            # At least one x, so that no line within a text is blank.
            lines[number] = lines[number][:start] + "x" * max(1, end - start) + lines[number][end:]
    return lines


def scalars(nodes: Nodes) -> Iterator[tuple[Span, int]]:
    """All keys, and all values that are no list or mapping: the span of each, and its last line."""
    yield from ((span, last_line(nodes, span, str(path[-1]))) for path, span in nodes.keys.items())
    pending: list[tuple[Path, Any]] = [((), nodes.value)]
    while pending:
        path, value = pending.pop()
        if isinstance(value, dict):
            pending += [((*path, key), inner) for key, inner in value.items()]
        elif isinstance(value, tuple):
            pending += [((*path, index), inner) for index, inner in enumerate(value)]
        else:
            yield nodes.values[path], last_line(nodes, nodes.values[path], value)


def is_block(nodes: Nodes, span: Span) -> bool:
    """Whether a span begins a block: a text below a `|` or `>`."""
    return nodes.source.lines[span.line][span.column : span.column + 1] in ("|", ">")


def last_line(nodes: Nodes, span: Span, text: str) -> int:
    """The last line of a scalar; blank lines below a block belong to it only where it keeps them."""
    if not is_block(nodes, span):
        return span.end_line
    lines = nodes.source.lines
    keeps = "+" in lines[span.line][span.column : span.column + 3]
    last, left = _last_touched(span), margin(nodes, span, text)
    # A line of spaces that reaches beyond the margin is text.
    while not keeps and last > span.line and not lines[last].strip(" ") and len(lines[last]) <= left:
        last -= 1
    return last


def margin(nodes: Nodes, span: Span, text: str) -> int:
    """How far a block is indented: its first line has so many more spaces than the text that it means."""
    return _indent(nodes.source.lines[span.line + 1 : _last_touched(span) + 1]) - _indent(text.split("\n"))


def _last_touched(span: Span) -> int:
    return span.end_line if span.end_column else span.end_line - 1


def _indent(lines: Sequence[str]) -> int:
    """The spaces before the first text in some lines; where all are blank, the spaces of the longest."""
    line = next((line for line in lines if line.strip(" ")), max(lines, key=len, default=""))
    return len(line) - len(line.lstrip(" "))
