"""Nodes -> the marks of what waits to be confirmed, which a rubric made from another carries at each number."""

import re
from collections.abc import Iterator

from govrubric.diagnostics.diagnostic import Diagnostic, Lang
from govrubric.document.comments import comments
from govrubric.document.nodes import Nodes, Span

MARKS: dict[Lang, str] = {"en": "to be confirmed", "zh": "待确认"}

_MARK = re.compile(rf"#+[ \t]*(?:{'|'.join(MARKS.values())})", re.IGNORECASE)


def is_mark(text: str) -> bool:
    """Whether a comment begins with a mark."""
    return _MARK.match(text) is not None


def waiting(nodes: Nodes) -> list[Span]:
    """Where comments stand that begin with a mark."""
    return [
        Span(one.line, one.column, one.line, one.column + len(one.text))
        for one in comments(nodes)
        if is_mark(one.text)
    ]


def unconfirmed(nodes: Nodes) -> Iterator[Diagnostic]:
    """GR437: all marks of a file in one finding, which does not bury what else is wrong."""
    if found := waiting(nodes):
        lines = ", ".join(str(span.line + 1) for span in found)
        yield Diagnostic.of("GR437", nodes.mark(found[0]), count=len(found), lines=lines)
