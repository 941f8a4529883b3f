"""Nodes -> the entries of a text laid out in lines, each with the comments and the blank lines that go with it."""

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
    """A key with its value, or a value of a list: `block` is what stands in it if that is laid out in lines."""

    path: Path
    column: int
    block: "Block | None" = None
    above: list[str] = field(default_factory=list)
    """Comments, and an empty text for each blank line."""
    beside: str = ""
    """The comment at the end of its line, or of the line that opens it."""


@dataclass(slots=True)
class Block:
    """A list or mapping of one entry to a line, and the comments behind its last entry."""

    entries: list[Entry]
    below: list[str]
    fixed: bool = False
    """Whether a comment speaks of its first line, so that the first entry stays the first."""


def document(nodes: Nodes) -> Entry:
    """The whole of a text that was read without an error; what stands above its first entry is its head."""
    return _Reader(nodes).entry((), nodes.value, 0, -1)


def in_lines(nodes: Nodes, path: Path, value: object) -> bool:
    """Whether what stands at a path is a list or mapping that is laid out in lines, without brackets."""
    span = nodes.values[path]
    return isinstance(value, (dict, tuple)) and nodes.source.lines[span.line][span.column] not in "[{"


def children(path: Path, value: Any) -> Iterator[tuple[Path, Any]]:
    """Each part of a list or mapping, with its path."""
    yield from (
        ((*path, key), inner)
        for key, inner in (value.items() if isinstance(value, dict) else enumerate(value))
    )


class _Loose(NamedTuple):
    """A comment or, without text, a blank line at its place."""

    line: int
    column: int
    text: str


class _Reader:
    """Entries in file order; each takes the comments that stand before it."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes
        self.skeleton = [line.partition("#")[0].rstrip(" \t") for line in skeleton(nodes)]
        self.loose = list(self.comments_and_blanks())
        self.taken = 0
        self.end = (len(self.skeleton), 0)
        self.starts = sorted(self.all_starts((), nodes.value))

    def comments_and_blanks(self) -> Iterator[_Loose]:
        """What is in no value, in file order; of several blank lines in a row, one."""
        flows = [
            span
            for path, span in self.nodes.values.items()
            if self.nodes.source.lines[span.line][span.column : span.column + 1] in ("[", "{")
        ]
        within = {line for span in flows for line in range(span.line, span.end_line)}
        beside = {one.line: one for one in comments(self.nodes)}
        blank = False
        for number, line in enumerate(self.skeleton):
            if number in within:
                continue  # a list or mapping in brackets keeps its lines as they are
            if comment := beside.get(number):
                # Behind the mark at the end of the document a comment belongs to the whole.
                yield _Loose(number, 0 if line == "..." else comment.column, comment.text)
            elif not line and not blank:
                yield _Loose(number, 0, "")
            blank = not comment and line in ("", *(("---", "...") if blank else ()))

    def all_starts(self, path: Path, value: Any) -> Iterator[tuple[int, int]]:
        if in_lines(self.nodes, path, value):
            for below, inner in children(path, value):
                yield self.start(below)
                yield from self.all_starts(below, inner)

    def start(self, path: Path) -> tuple[int, int]:
        """Where an entry begins: at its key, or at the mark before the key or value."""
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
        """An entry without what stands above it; `outer` is the column of the block that it stands in."""
        made = Entry(path, column)
        span = self.nodes.values[path]
        if in_lines(self.nodes, path, value):
            first = self.start(next(children(path, value))[0])
            key = self.nodes.keys.get(path)
            if path == ():
                made.above = self.before(first)
            elif self.at(self.taken) < first:
                opening = key.end_line if key is not None else self.start(path)[0]
                made.beside = self.on(opening)
            made.block = self.block(path, value, first[1], outer)
            return made
        made.above = self.before((span.line, span.column))
        # The comment of a text in lines stands on the line that opens it.
        made.beside = self.on(span.line if is_block(self.nodes, span) else span.end_line)
        if path == ():
            made.above += filter(None, self.before(self.end))
        return made

    def block(self, path: Path, value: Any, column: int, outer: int) -> Block:
        entries: list[Entry] = []
        for below, inner in children(path, value):
            start = self.start(below)
            above = self.before(start)
            # A blank line below the key that opens a block stands above no entry.
            above = above[1:] if not entries and above[:1] == [""] else above
            made = self.entry(below, inner, start[1], column)
            made.above = [*above, *filter(None, made.above)]
            entries.append(made)
        # A list may stand as far left as its key: what stands there too is not its own. All that is left is the whole's.
        return Block(entries, self.below(max(column, outer + 1) if path else 0, self.last(path, value)))

    def last(self, path: Path, value: Any) -> tuple[int, int]:
        """Where the last entry of all within a block begins."""
        while in_lines(self.nodes, path, value):
            *_, (path, value) = children(path, value)
        return self.start(path)

    def at(self, index: int) -> tuple[int, int]:
        return self.loose[index][:2] if index < len(self.loose) else self.end

    def on(self, line: int) -> str:
        """Take the comment on a line, if the next one is."""
        if self.at(self.taken)[0] != line:
            return ""
        self.taken += 1
        return self.loose[self.taken - 1].text

    def before(self, place: tuple[int, int]) -> list[str]:
        """Take all that stands before a place."""
        start = self.taken
        while self.at(self.taken) < place:
            self.taken += 1
        return [one.text for one in self.loose[start : self.taken]]

    def below(self, column: int, last: tuple[int, int]) -> list[str]:
        """Take the comments behind a block that are indented as it is."""
        following = bisect_right(self.starts, last)
        place = self.starts[following] if following < len(self.starts) else self.end
        start = index = self.taken
        while self.at(index) < place and (not (one := self.loose[index]).text or one.column >= column):
            index += 1
            self.taken = index if one.text else self.taken
        return [one.text for one in self.loose[start : self.taken]]
