"""Plain values and the places where they stand: what every reader of text makes.

Scalars stay text: a `Plain` was written without quotes, so a field may read its digits; the field, not the reader, says
what it is.
"""

from dataclasses import dataclass, field
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

    def mark(self, span: Span) -> Place:
        """The place of a span."""
        return self.source.place(span.line, span.column, span.end_line, span.end_column)

    def repeated(self, code: str, span: Span, first: Span, path: Path, key: str) -> None:
        """Report a key that stands a second time, and where it stood first."""
        self.found.append(
            Diagnostic.of(code, self.mark(span), path, (Related("first", self.mark(first)),), key=key)
        )
