"""Texts -> cells and tables of Markdown, in which no character of theirs has a meaning."""

import re
from collections.abc import Iterator, Sequence

from govrubric.diagnostics.display import plain

LONG = 2000  # characters that are shown of a text
# Characters that have a meaning in Markdown.
_MARKS = re.compile(r"[\\`*_\[\]<>|#~&$]")


def cell(text: str) -> str:
    """Text on one line, with the characters that have a meaning in Markdown escaped."""
    return _MARKS.sub(lambda match: f"\\{match[0]}", plain(text, LONG))


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """An empty line and a table of safe cells; nothing where it has no rows."""
    if rows:
        yield from ("", f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}")
        yield from (f"| {' | '.join(row)} |" for row in rows)
