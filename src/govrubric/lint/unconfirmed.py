"""Nodes -> the comments that mark a number as not yet confirmed, as a rubric made from another has them."""

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
        Span(comment.line, comment.column, comment.line, comment.column + len(comment.text))
        for comment in comments(nodes)
        if is_mark(comment.text)
    ]


def unconfirmed(nodes: Nodes) -> Iterator[Diagnostic]:
    """GR437: all marks of a file, in one finding, so that they do not bury the other findings."""
    if spans := waiting(nodes):
        lines = ", ".join(str(span.line + 1) for span in spans)
        yield Diagnostic.of("GR437", nodes.mark(spans[0]), count=len(spans), lines=lines)
