"""Nodes -> the marks of what waits to be confirmed, which a rubric made from another carries at each number."""

import re
from collections.abc import Iterator

from govrubric.diagnostics import Diagnostic, Lang
from govrubric.editing.comments import comments
from govrubric.nodes import Nodes, Span

MARKS: dict[Lang, str] = {"en": "to be confirmed", "zh": "待确认"}

_MARK = re.compile(rf"#+[ \t]*(?:{'|'.join(MARKS.values())})", re.IGNORECASE)


def unconfirmed(nodes: Nodes) -> Iterator[Diagnostic]:
    """GR437: each comment that begins with a mark."""
    for one in comments(nodes):
        if _MARK.match(one.text):
            span = Span(one.line, one.column, one.line, one.column + len(one.text))
            yield Diagnostic.of("GR437", nodes.mark(span), text=one.text)
