"""Plain values and the places where they stand: what every reader of text makes.

Scalars stay text: a `Plain` was written without quotes, so a field may read its digits; the field, not the reader, says
what it is.
"""

from dataclasses import dataclass, field
from functools import reduce
from operator import getitem
from typing import Any

from govrubric.diagnostics.diagnostic import Diagnostic, Path, Related
from govrubric.diagnostics.source import Place, Source

DEPTH = 32


class Plain(str):
    """A scalar written without quotes."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"Plain({str(self)!r})"


@dataclass(frozen=True, slots=True)
class Span:
    """Marks that count from 0: first and last line and column."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(slots=True)
class Nodes:
    """What a text holds: its value (tuples, dicts, text), where each path stands, and what was found on the way."""

    source: Source
    value: Any = None
    values: dict[Path, Span] = field(default_factory=dict)
    keys: dict[Path, Span] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)

    def place(self, path: Path, *, key: bool = False) -> Place:
        """Where the value (or the key) at `path` stands, or the nearest thing around it."""
        while True:
            span = (self.keys.get(path) if key else None) or self.values.get(path)
            if span is not None:
                return self.source.place(span.line, span.column, span.end_line, span.end_column)
            if not path:
                return self.source.place(0, 0)
            path = path[:-1]

    def written(self, path: Path) -> tuple[str, int]:
        """A text as it stands between its quotes, and the column where that begins; empty where it takes several lines."""
        span = self.values[path]
        if span.end_line != span.line:
            return "", 0
        line = self.source.lines[span.line]
        quotes = int(line[span.column : span.column + 1] in ("'", '"'))
        return line[span.column + quotes : span.end_column - quotes], span.column + quotes

    def is_literal(self, path: Path, text: str) -> bool:
        """Whether the characters of a text are those of the file, so that its columns are known."""
        raw, _ = self.written(path)
        return text in (raw, raw.replace("''", "'"))

    def characters(self, path: Path, start: int, end: int) -> Place:
        """Where some characters of a text stand; the whole text where its characters are not those of the file."""
        text = reduce(getitem, path, self.value)
        if not self.is_literal(path, text):
            return self.place(path)
        raw, column = self.written(path)
        line = self.values[path].line
        doubled = self.source.lines[line][column - 1 : column] == "'"
        # Of two quotes that stand for one, the first is where the character stands.
        columns = [
            at for at in range(len(raw)) if not (doubled and raw[at] == "'" and raw[:at].count("'") % 2)
        ]
        columns.append(len(raw))
        first = columns[min(start, len(columns) - 1)]
        last = columns[min(max(end, start + 1), len(columns) - 1)]
        return self.source.place(line, column + first, line, column + last)

    def mark(self, span: Span) -> Place:
        """The place of a span."""
        return self.source.place(span.line, span.column, span.end_line, span.end_column)

    def repeated(self, code: str, span: Span, first: Span, path: Path, key: str) -> None:
        """Report a key that stands a second time, and where it stood first."""
        self.found.append(
            Diagnostic.of(code, self.mark(span), path, (Related("first", self.mark(first)),), key=key)
        )
