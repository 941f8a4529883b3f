"""Nodes -> the comments that mark what is not yet confirmed, as a rubric made from another has them.

A mark begins its comment: ``# to be confirmed``. What follows is a question: ``# to be confirmed: once?``.
After a `;` follows a comment that was there before the mark, and asks nothing.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from govrubric.diagnostics.diagnostic import Diagnostic, Lang
from govrubric.document.comments import comments
from govrubric.document.nodes import Nodes, Span

MARKS: dict[Lang, str] = {"en": "to be confirmed", "zh": "待确认"}

_MARK = re.compile(rf"#+[ \t]*(?:{'|'.join(MARKS.values())})", re.IGNORECASE)
_SAYS_SOMETHING = re.compile(r"\w")
_BETWEEN = " \t:：,，.。-—–"


class Mark(NamedTuple):
    """Where a mark stands, and what it asks: nothing if it is bare."""

    span: Span
    asked: str


def is_mark(text: str) -> bool:
    """Whether a comment begins with a mark."""
    return _MARK.match(text) is not None


def waiting(nodes: Nodes) -> list[Mark]:
    """The comments that begin with a mark, in file order."""
    return [
        Mark(
            Span(comment.line, comment.column, comment.line, comment.column + len(comment.text)),
            _asked(comment.text[match.end() :]),
        )
        for comment in comments(nodes)
        if (match := _MARK.match(comment.text))
    ]


def _asked(after: str) -> str:
    """What follows a mark, if it is a question."""
    words = after.lstrip(" \t")
    return "" if words.startswith(";") or not _SAYS_SOMETHING.search(words) else words.lstrip(_BETWEEN)


def unconfirmed(nodes: Nodes) -> Iterator[Diagnostic]:
    """GR437: all bare marks of a file in one finding, so that they bury no other. GR470: each question."""
    marks = waiting(nodes)
    if bare := [mark.span for mark in marks if not mark.asked]:
        lines = ", ".join(str(span.line + 1) for span in bare)
        yield Diagnostic.of("GR437", nodes.mark(bare[0]), count=len(bare), lines=lines)
    for mark in marks:
        if mark.asked:
            yield Diagnostic.of("GR470", nodes.mark(mark.span), asked=mark.asked)
