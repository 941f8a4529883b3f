"""Nodes -> edits that mark each line on which a number decides a score."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from govrubric.diagnostics.diagnostic import Path
from govrubric.document import files
from govrubric.document.comments import comments, scalars
from govrubric.document.edits import Edit
from govrubric.document.nodes import Nodes, Plain, Span
from govrubric.editing.blocks import children
from govrubric.language import annotations
from govrubric.language.annotations import Kinds
from govrubric.language.fields import DIGITS, Expression
from govrubric.language.validation import at
from govrubric.language.variants_text import Settings

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_EXPRESSIONS = frozenset(("when", "counts_when", "formula"))
_NAME = re.compile(r"[a-z][a-z0-9_.-]*")
_NUMBER = re.compile(r"(?<![A-Za-z0-9_.])[0-9]+")


def deciding(path: Path, value: Any, at_path: Kinds) -> Iterator[Path]:
    """The paths of numbers that decide a score: in fields for numbers, in conditions and in formulas."""
    if Settings in at_path:
        yield from _replaced(path, value)
    elif isinstance(value, (dict, tuple)):
        for below, inner in children(path, value):
            yield from deciding(below, inner, annotations.inside(at_path, value, below[-1]))
    elif Expression in at_path:
        if _NUMBER.search(_QUOTED.sub("", value)):
            yield path
    elif {int, Fraction} & set(at_path) and DIGITS.fullmatch(value):
        yield path


def _replaced(path: Path, value: Any) -> Iterator[Path]:
    """The paths of numbers among the values that a variant or a reading replaces."""
    if isinstance(value, (dict, tuple)):
        for below, inner in children(path, value):
            yield from _replaced(below, inner)
    elif DIGITS.fullmatch(value) or (
        str(path[-1]).rpartition(".")[2] in _EXPRESSIONS and _NUMBER.search(_QUOTED.sub("", value))
    ):
        yield path


def marks(nodes: Nodes, numbers: list[int], mark: str, questions: Mapping[int, str]) -> Iterator[Edit]:
    """A mark for each line: in its comment, at its end, or above it where a text would swallow the mark.

    `questions` are comments for lines; they are long, and stand above.
    """
    lines = nodes.source.lines
    by_line = {comment.line: comment for comment in comments(nodes)}
    in_text = {line for span, last in scalars(nodes) for line in range(span.line + 1, last + 1)}
    text_ends = _ends_of_plain_text(nodes)
    above: defaultdict[int, list[str]] = defaultdict(list)

    def put_above(number: int, comment: str) -> None:
        # Comments stay next to the line that they stand above: a suppression is about the line below it.
        first = number
        while first in in_text or (first - 1 in by_line and by_line[first - 1].alone):
            first -= 1
        known = [by_line[line].text for line in range(first, number) if line in by_line]
        if not any(text == comment or text.startswith(f"{comment}; ") for text in known + above[first]):
            above[first].append(comment)

    for number, question in questions.items():
        put_above(number, question)
    for number in numbers:
        line = lines[number]
        end = len(line.rstrip(" \t"))
        if number in by_line:
            comment, start = by_line[number].text, by_line[number].column
            words = comment.lstrip("#").lstrip(" \t")
            if not words.startswith(mark):
                signs = Span(number, start, number, start + len(comment) - len(words))
                yield Edit(signs, f"# {mark}; " if words else f"# {mark}")
        elif number + 1 in in_text or (number, end) in text_ends or end + len(mark) + 4 > files.LINE_LIMIT:
            put_above(number, f"# {mark}")
        else:
            space = " " * max(0, 2 - (len(line) - end))
            yield Edit(Span(number, len(line), number, len(line)), f"{space}# {mark}")
    for number, found in sorted(above.items()):
        indent = " " * (len(lines[number]) - len(lines[number].lstrip(" ")))
        yield Edit(Span(number, 0, number, 0), "".join(f"{indent}{comment}\n" for comment in found))


def texts(nodes: Nodes) -> Iterator[tuple[Path, Span, str]]:
    """Every text that people read, with its span: values and names of the author's, but no ids or paths."""
    kinds = annotations.of_document(nodes.value)
    pending: list[tuple[Path, Any, Kinds]] = [((), nodes.value, kinds)]
    while pending:
        path, value, at_path = pending.pop()
        if isinstance(value, (dict, tuple)):
            for below, inner in children(path, value):
                key = below[-1]
                if isinstance(key, str) and not _NAME.fullmatch(key):
                    yield below, nodes.keys[below], key
                pending.append((below, inner, annotations.inside(at_path, value, key)))
        elif Expression in at_path or str(path[-1]).rpartition(".")[2] in _EXPRESSIONS:
            yield path, nodes.values[path], " ".join(_QUOTED.findall(value))
        elif not _NAME.fullmatch(value) and path[0] != "valid":
            yield path, nodes.values[path], value


def _ends_of_plain_text(nodes: Nodes) -> set[tuple[int, int]]:
    """Where texts without quotes end: a comment after such a text looks like part of it (GR130)."""
    ends = set()
    for path, span in nodes.values.items():
        value = at(nodes.value, path)
        if isinstance(value, Plain) and not DIGITS.fullmatch(value):
            ends.add((span.end_line, span.end_column))
    return ends
