"""Text x edits at known places -> text: what is not edited stays as it was, byte for byte."""

from collections.abc import Iterable
from typing import NamedTuple

from govrubric.document.nodes import Span

_MARK = "\ufeff"


class Edit(NamedTuple):
    """What comes in the place of a span; a span without width is where it is put in."""

    span: Span
    text: str


def edited(data: bytes, edits: Iterable[Edit]) -> bytes:
    """The bytes of a file that was read, with each edit made; its mark and its ends of lines are kept.

    Spans are those of the text as `files.decode` gives it, and do not overlap.
    """
    text = data.decode("utf-8")
    mark = _MARK if text.startswith(_MARK) else ""
    lines = text.removeprefix(_MARK).split("\n")
    newline = "\r\n" if lines[0].endswith("\r") else "\n"
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    whole, behind = "\n".join(lines), len("\n".join(lines))
    for span, new in sorted(edits, key=lambda edit: (edit.span.line, edit.span.column), reverse=True):
        start, end = starts[span.line] + span.column, starts[span.end_line] + span.end_column
        assert start <= end <= behind, "edits do not overlap"
        whole, behind = whole[:start] + new.replace("\n", newline) + whole[end:], start
    return (mark + whole).encode()
