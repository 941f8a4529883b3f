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
from govrubric.document.scalars import spots

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

    def spots(self, path: Path) -> list[tuple[int, int]] | None:
        """The line and column of each character of a text, and of its end; ``None`` where it has escapes."""
        text, span = reduce(getitem, path, self.value), self.values[path]
        return spots(self.source.lines, (span.line, span.column), (span.end_line, span.end_column), text)

    def is_literal(self, path: Path) -> bool:
        """Whether the file has a text character by character (no escapes), so that their places are known."""
        return self.spots(path) is not None

    def characters(self, path: Path, start: int, end: int) -> Place:
        """The place of some characters of a text; the place of the whole text where it is not literal."""
        spots = self.spots(path)
        if spots is None:
            return self.place(path)
        last = len(spots) - 1
        line, column = spots[min(start, last)]
        return self.source.place(line, column, *spots[min(max(end, start + 1), last)])

    def mark(self, span: Span) -> Place:
        """The place of a span."""
        return self.source.place(span.line, span.column, span.end_line, span.end_column)

    def repeated(self, code: str, span: Span, first: Span, path: Path, key: str) -> None:
        """Report a key that stands a second time, with the place of the first."""
        self.found.append(
            Diagnostic.of(code, self.mark(span), path, (Related("first", self.mark(first)),), key=key)
        )
