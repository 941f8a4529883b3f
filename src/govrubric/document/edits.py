"""Text x edits at known places -> text: everything outside the edits stays byte for byte."""

from collections.abc import Iterable
from typing import NamedTuple

from govrubric.document.nodes import Span

_MARK = "\ufeff"


class Edit(NamedTuple):
    """A text that replaces a span; in place of a span without width it is inserted."""

    span: Span
    text: str


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes of a file with each edit made; its byte order mark and its ends of lines are kept.

    Spans are those of the text as `files.decode` gives it, and do not overlap.
    """
    text = data.decode("utf-8")
    mark = _MARK if text.startswith(_MARK) else ""
    lines = text.removeprefix(_MARK).split("\n")
    newline = "\r\n" if lines[0].endswith("\r") else "\n"
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    result = "\n".join(lines)
    # From the last edit to the first, so that the places before an edit stay true.
    limit = len(result)
    for span, new in sorted(edits, key=lambda edit: (edit.span.line, edit.span.column), reverse=True):
        start, end = starts[span.line] + span.column, starts[span.end_line] + span.end_column
        assert start <= end <= limit, "edits do not overlap"
        result, limit = result[:start] + new.replace("\n", newline) + result[end:], start
    return (mark + result).encode()
