"""Plain values and their places, as every reader of text makes them.

Scalars stay text, and the field that a scalar is for decides what it is. A `Plain` was written without
quotes, so that a field may read it as a number.
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
    """What a text holds: its value (tuples, dicts, text), the spans of values and keys by path, and findings.

    `value` and `values` hold what could be read; `found` has a diagnostic for everything that was refused.
    """

    source: Source
    value: Any = None
    values: dict[Path, Span] = field(default_factory=dict)
    keys: dict[Path, Span] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)

    def place(self, path: Path, *, key: bool = False) -> Place:
        """The place of the value (or of the key) at `path`, or else of the nearest value around it."""
        while True:
            span = (self.keys.get(path) if key else None) or self.values.get(path)
            if span is not None:
                return self.source.place(span.line, span.column, span.end_line, span.end_column)
            if not path:
                return self.source.place(0, 0)
            path = path[:-1]

    def written(self, path: Path) -> tuple[str, int]:
        """The characters of a text within its quotes, and their first column; empty if on several lines."""
        span = self.values[path]
        if span.end_line != span.line:
            return "", 0
        line = self.source.lines[span.line]
        quotes = int(line[span.column : span.column + 1] in ("'", '"'))
        return line[span.column + quotes : span.end_column - quotes], span.column + quotes

    def is_literal(self, path: Path, text: str) -> bool:
        """Whether the file has a text character by character (no escapes), so that its columns are known."""
        raw, _ = self.written(path)
        return text in (raw, raw.replace("''", "'"))

    def characters(self, path: Path, start: int, end: int) -> Place:
        """The place of some characters of a text; the place of the whole text where it is not literal."""
        text = reduce(getitem, path, self.value)
        if not self.is_literal(path, text):
            return self.place(path)
        _, column = self.written(path)
        line = self.values[path].line
        doubled = self.source.lines[line][column - 1 : column] == "'"

        def at(index: int) -> int:
            # Within single quotes '' stands for one quote: the column of the first counts.
            index = min(index, len(text))
            return column + index + (text.count("'", 0, index) if doubled else 0)

        return self.source.place(line, at(start), line, at(max(end, start + 1)))

    def mark(self, span: Span) -> Place:
        """The place of a span."""
        return self.source.place(span.line, span.column, span.end_line, span.end_column)

    def repeated(self, code: str, span: Span, first: Span, path: Path, key: str) -> None:
        """Report a key that stands a second time, with the place of the first."""
        self.found.append(
            Diagnostic.of(code, self.mark(span), path, (Related("first", self.mark(first)),), key=key)
        )
