"""Nodes -> edits that mark each line on which a number decides."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from govrubric.diagnostics.diagnostic import Path
from govrubric.document import files
from govrubric.document.comments import comments, scalars
from govrubric.document.edits import Edit
from govrubric.document.nodes import Nodes, Plain, Span
from govrubric.editing.blocks import children
from govrubric.language import annotations as kinds
from govrubric.language.annotations import Kinds
from govrubric.language.fields import DIGITS, Expression
from govrubric.language.validation import at

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_NUMBER = re.compile(r"(?<![A-Za-z0-9_.])[0-9]+")


def deciding(path: Path, value: Any, known: Kinds) -> Iterator[Path]:
    """Where numbers stand that decide: in fields for numbers, and in conditions and formulas."""
    if isinstance(value, (dict, tuple)):
        for below, inner in children(path, value):
            yield from deciding(below, inner, kinds.inside(known, value, below[-1]))
    elif Expression in known:
        if _NUMBER.search(_QUOTED.sub("", value)):
            yield path
    elif {int, Fraction} & set(known) and DIGITS.fullmatch(value):
        yield path


def marks(nodes: Nodes, numbers: list[int], mark: str) -> Iterator[Edit]:
    """A mark at the end of each line, or in its comment, or above it where text could take it for its own."""
    lines = nodes.source.lines
    noted = {one.line: one for one in comments(nodes)}
    within = {line for span, last in scalars(nodes) for line in range(span.line + 1, last + 1)}
    texts = _ends_of_plain_text(nodes)
    above: set[int] = set()
    for number in numbers:
        line = lines[number]
        end = len(line.rstrip(" \t"))
        if number in noted:
            words = noted[number].text.lstrip("#").lstrip(" \t")
            start = noted[number].column
            if not words.startswith(mark):
                yield Edit(
                    Span(number, start, number, start + len(noted[number].text) - len(words)),
                    f"# {mark}; " if words else f"# {mark}",
                )
        elif number + 1 in within or (number, end) in texts or end + len(mark) + 4 > files.LINE_LIMIT:
            # Comments stay next to the line that they stand above: one of them may speak of it by its place.
            first = number
            while first in within or (first - 1 in noted and noted[first - 1].alone):
                first -= 1
            above.add(first)
        else:
            yield Edit(
                Span(number, len(line), number, len(line)), f"{' ' * max(0, 2 - (len(line) - end))}# {mark}"
            )
    for number in sorted(above):
        if not (number in noted and noted[number].text.lstrip("# \t").startswith(mark)):
            indent = len(lines[number]) - len(lines[number].lstrip(" "))
            yield Edit(Span(number, 0, number, 0), f"{' ' * indent}# {mark}\n")


def _ends_of_plain_text(nodes: Nodes) -> set[tuple[int, int]]:
    """Where text without quotes ends: a comment behind it looks like part of it (GR130)."""
    found = set()
    for path, span in nodes.values.items():
        value = at(nodes.value, path)
        if isinstance(value, Plain) and not DIGITS.fullmatch(value):
            found.add((span.end_line, span.end_column))
    return found
