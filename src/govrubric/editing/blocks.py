"""Nodes -> the entries of a text in lines, each with the comments and blank lines that belong to it."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from govrubric.diagnostics.diagnostic import Path
from govrubric.document.comments import comments, is_block, skeleton
from govrubric.document.nodes import Nodes

_EXPLICIT = re.compile(r"(?:^|[ \t])\?[ \t]*$")


@dataclass(slots=True)
class Entry:
    """A key with its value, or a value of a list; `block` is its content where that is laid out in lines."""

    path: Path
    column: int
    block: "Block | None" = None
    above: list[str] = field(default_factory=list)
    """The comments above it, with an empty text for each blank line."""
    beside: str = ""
    """The comment at the end of its line; for a block, of the line that opens it."""


@dataclass(slots=True)
class Block:
    """A list or mapping in lines, and the comments after its last entry."""

    entries: list[Entry]
    below: list[str]
    fixed: bool = False
    """Whether a comment is about its first line, so that the first entry must stay the first."""


def document(nodes: Nodes) -> Entry:
    """The whole of a text without errors, as one entry; the comments above its first entry are its head."""
    return _Reader(nodes).entry((), nodes.value, 0, -1)


def in_lines(nodes: Nodes, path: Path, value: object) -> bool:
    """Whether the value at a path is a list or mapping in lines, and not in brackets."""
    span = nodes.values[path]
    return isinstance(value, (dict, tuple)) and nodes.source.lines[span.line][span.column] not in "[{"


def children(path: Path, value: Any) -> Iterator[tuple[Path, Any]]:
    """Each part of a list or mapping, with its path."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    yield from (((*path, key), inner) for key, inner in pairs)


class _Loose(NamedTuple):
    """A comment at its place; without text, a blank line."""

    line: int
    column: int
    text: str


class _Reader:
    """Nodes -> entries, in file order; each entry takes the comments before it that are not yet taken.

    `loose` are all comments and blank lines, of which `taken` is how many belong to an entry already.
    """

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes
        self.skeleton = [line.partition("#")[0].rstrip(" \t") for line in skeleton(nodes)]
        self.loose = list(self.comments_and_blanks())
        self.taken = 0
        self.end = (len(self.skeleton), 0)
        self.starts = sorted(self.all_starts((), nodes.value))

    def comments_and_blanks(self) -> Iterator[_Loose]:
        """The comments and blank lines outside values, in file order; blank lines in a row count as one."""
        flows = [
            span
            for path, span in self.nodes.values.items()
            if self.nodes.source.lines[span.line][span.column : span.column + 1] in ("[", "{")
        ]
        within = {line for span in flows for line in range(span.line, span.end_line)}
        by_line = {comment.line: comment for comment in comments(self.nodes)}
        blank = False
        for number, line in enumerate(self.skeleton):
            if number in within:
                continue  # a list or mapping in brackets keeps its lines as they are
            if comment := by_line.get(number):
                # After the mark at the end of the document, a comment belongs to the whole.
                yield _Loose(number, 0 if line == "..." else comment.column, comment.text)
            elif not line and not blank:
                yield _Loose(number, 0, "")
            # A mark of the document between blank lines does not part them.
            blank = not comment and (line == "" or (blank and line in ("---", "...")))

    def all_starts(self, path: Path, value: Any) -> Iterator[tuple[int, int]]:
        """Where each entry within a value begins."""
        if in_lines(self.nodes, path, value):
            for below, inner in children(path, value):
                yield self.start(below)
                yield from self.all_starts(below, inner)

    def start(self, path: Path) -> tuple[int, int]:
        """Where an entry begins: at its key, at the `?` before the key, or at the `-` before the value."""
        key = self.nodes.keys.get(path)
        if key is not None:
            mark = _EXPLICIT.search(self.skeleton[key.line][: key.column])
            return (key.line, mark.end() - len(mark[0].lstrip(" \t"))) if mark else (key.line, key.column)
        span = self.nodes.values[path]
        line, column = span.line, span.column
        while not (before := self.skeleton[line][:column].rstrip(" \t")):
            line, column = line - 1, len(self.nodes.source.lines[line - 1])
        return line, len(before) - 1

    def entry(self, path: Path, value: Any, column: int, outer: int) -> Entry:
        """An entry without the comments above its first line; `outer` is the column of the outer block."""
        entry = Entry(path, column)
        span = self.nodes.values[path]
        if in_lines(self.nodes, path, value):
            first = self.start(next(children(path, value))[0])
            key = self.nodes.keys.get(path)
            if path == ():
                entry.above = self.before(first)
            elif self.at(self.taken) < first:
                opening = key.end_line if key is not None else self.start(path)[0]
                entry.beside = self.on(opening)
            entry.block = self.block(path, value, first[1], outer)
            return entry
        entry.above = self.before((span.line, span.column))
        # The comment of a block of text stands on the line that opens it.
        entry.beside = self.on(span.line if is_block(self.nodes, span) else span.end_line)
        if path == ():
            entry.above += filter(None, self.before(self.end))
        return entry

    def block(self, path: Path, value: Any, column: int, outer: int) -> Block:
        """The entries of a list or mapping in lines, which begin at a column."""
        entries: list[Entry] = []
        for below, inner in children(path, value):
            start = self.start(below)
            above = self.before(start)
            # A blank line below the key that opens a block stands above no entry.
            above = above[1:] if not entries and above[:1] == [""] else above
            entry = self.entry(below, inner, start[1], column)
            entry.above = [*above, *filter(None, entry.above)]
            entries.append(entry)
        # A list may stand as far left as its key; a comment in that column is not its own. The whole takes
        # all
        # that is left.
        return Block(entries, self.below(max(column, outer + 1) if path else 0, self.last(path, value)))

    def last(self, path: Path, value: Any) -> tuple[int, int]:
        """Where the last entry within a value begins, at any depth."""
        while in_lines(self.nodes, path, value):
            *_, (path, value) = children(path, value)
        return self.start(path)

    def at(self, index: int) -> tuple[int, int]:
        """The place of a comment or blank line, or the end of the text."""
        return self.loose[index][:2] if index < len(self.loose) else self.end

    def on(self, line: int) -> str:
        """Take the next comment if it stands on this line."""
        if self.at(self.taken)[0] != line:
            return ""
        self.taken += 1
        return self.loose[self.taken - 1].text

    def before(self, place: tuple[int, int]) -> list[str]:
        """Take all comments and blank lines before a place."""
        start = self.taken
        while self.at(self.taken) < place:
            self.taken += 1
        return [loose.text for loose in self.loose[start : self.taken]]

    def below(self, column: int, last: tuple[int, int]) -> list[str]:
        """Take the comments after a block, from its column on to the right; `last` is its last entry."""
        following = bisect_right(self.starts, last)
        place = self.starts[following] if following < len(self.starts) else self.end
        start = index = self.taken
        while self.at(index) < place:
            loose = self.loose[index]
            if loose.text and loose.column < column:
                break
            index += 1
            self.taken = index if loose.text else self.taken
        return [loose.text for loose in self.loose[start : self.taken]]
