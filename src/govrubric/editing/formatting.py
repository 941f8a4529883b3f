"""YAML text -> the same in one layout: order of keys, indentation and spaces; values and comments stay."""

import re
from collections import Counter
from typing import Any, NamedTuple

from govrubric.diagnostics.diagnostic import Diagnostic, Path
from govrubric.document.comments import comments, is_block, last_line, margin
from govrubric.document.nodes import Nodes, Span
from govrubric.document.yaml import parse
from govrubric.editing.blocks import Block, Entry, children, document
from govrubric.language import annotations
from govrubric.language.annotations import Kinds
from govrubric.language.fields import kind_of
from govrubric.lint.suppressions import is_suppression
from govrubric.lint.unconfirmed import is_mark

LONG_KEY = 1000  # characters; YAML takes no key that is much longer before a colon on its line
STEP = 2  # columns of an indentation

_HEADER = re.compile(r"([|>])(?:([1-9])|[-+])*")


class Formatted(NamedTuple):
    """The nodes of a text, and the text laid out, or why there is none.

    There is none where the text has errors, would pass a limit of lines or of size when laid out, or would
    not say the same (GR139).
    """

    nodes: Nodes
    text: str | None
    found: list[Diagnostic]


def formatted(name: str, data: str | bytes) -> Formatted:
    """A text, or its bytes -> the text laid out; formatting that again changes nothing."""
    nodes = parse(name, data)
    if not isinstance(nodes.value, (dict, tuple)) and not _errors(nodes):
        nodes.found.append(Diagnostic.of("GR204", nodes.place(()), kind=kind_of(nodes.value)))
    if errors := _errors(nodes):
        return Formatted(nodes, None, errors)
    text = "\n".join(_Writer(nodes).document()) + "\n"
    again = parse(name, text)
    if passed := [error for error in _errors(again) if error.code in ("GR103", "GR108")]:
        return Formatted(nodes, None, passed)
    if (path := changed(nodes, again)) is not None:
        return Formatted(nodes, None, [Diagnostic.of("GR139", nodes.place(path), path)])
    return Formatted(nodes, text, [])


def _errors(nodes: Nodes) -> list[Diagnostic]:
    return [finding for finding in nodes.found if finding.severity == "error"]


def changed(nodes: Nodes, again: Nodes) -> Path | None:
    """The path at which the text of `again` says something else than that of `nodes`, or ``None``.

    A text says the same if it has the same values, quoted where they were, and the same comments.
    """
    if (path := _differing((), nodes.value, again.value)) is not None:
        return path
    notes = [Counter(_comment(comment.text) for comment in comments(each)) for each in (nodes, again)]
    return None if notes[0] == notes[1] else ()


def _differing(path: Path, value: Any, other: Any) -> Path | None:
    """The path of the first part of two values that is not the same in both."""
    if type(value) is not type(other):
        return path
    if not isinstance(value, (dict, tuple)):
        return None if value == other else path
    ours, theirs = dict(children(path, value)), dict(children(path, other))
    if ours.keys() != theirs.keys():
        return path
    differing = (_differing(below, inner, theirs[below]) for below, inner in ours.items())
    return next((found for found in differing if found is not None), None)


def _comment(text: str) -> str:
    """A comment with a space after its `#`."""
    return text if text[1:2] in " \t#!" else f"# {text[1:]}"


class _Writer:
    """Entries -> lines. With each entry come its `value`, and as `at` the kinds that the value may be of."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes
        self.lines = nodes.source.lines
        self.keeping = False  # whether the last text written would take a blank line below it as its own

    def document(self) -> list[str]:
        root, value = document(self.nodes), self.nodes.value
        at = annotations.of_document(value)
        head = self.loose(root.above, 0, first=True)
        if root.block is not None:
            return [*head, *self.block(root.block, value, at, 0)]
        lines = self.value(root, value, at, 0, 0)
        return [*head, *self.beside(root, lines)]

    def block(self, block: Block, value: Any, at: Kinds, indent: int) -> list[str]:
        """The lines of a list or mapping whose entries begin at a column."""
        lines: list[str] = []
        self.arrange(block, value, at)
        for entry in block.entries:
            key = entry.path[-1]
            lines += self.loose(entry.above, indent, first=not lines)
            lines += self.entry(entry, value[key], annotations.inside(at, value, key), indent)
        return lines + self.loose(block.below, indent, first=False)

    def arrange(self, block: Block, value: Any, at: Kinds) -> None:
        """Put a mapping's keys in order; comments above an element's first key move above the element."""
        places = annotations.order(at, value) if isinstance(value, dict) else {}
        if not block.fixed:
            block.entries.sort(key=lambda entry: places.get(entry.path[-1], len(places)) if places else 0)
        for entry in block.entries:
            key = entry.path[-1]
            if isinstance(key, int) and entry.block is not None:
                entry.block.fixed = any(is_suppression(text) or is_mark(text) for text in entry.above)
                self.arrange(entry.block, value[key], annotations.inside(at, value, key))
                first = entry.block.entries[0]
                entry.above += [text for text in (entry.beside, *first.above) if text]
                entry.beside, first.above = "", []

    def loose(self, texts: list[str], indent: int, *, first: bool) -> list[str]:
        """The lines of comments and blank lines at a column; the first line of a block is never blank."""
        texts = texts[1:] if texts[:1] == [""] and (first or self.keeping) else texts
        self.keeping = self.keeping and not texts
        return [" " * indent + _comment(text) if text else "" for text in texts]

    def entry(self, entry: Entry, value: Any, at: Kinds, indent: int) -> list[str]:
        """The lines of an entry, without the comments above it."""
        *before, head = self.head(entry, indent)
        if entry.block is None:
            first, *rest = self.value(entry, value, at, indent, len(head) + 1)
            return self.beside(entry, [*before, f"{head} {first}", *rest], len(before))
        below = self.block(entry.block, value, at, indent + STEP)
        if isinstance(entry.path[-1], int):
            return [f"{head} {below[0][indent + STEP :]}", *below[1:]]
        return [*before, head + (f"  {_comment(entry.beside)}" if entry.beside else ""), *below]

    def head(self, entry: Entry, indent: int) -> list[str]:
        """The lines before a value: the `-` of a list, or the key with its colon."""
        span = self.nodes.keys.get(entry.path)
        if span is None:
            return [" " * indent + "-"]
        if is_block(self.nodes, span):
            first, *rest = self.literal(span, str(entry.path[-1]), indent)
        else:
            first, *rest = self.text(span, indent)
        if rest or len(first) > LONG_KEY:
            return [" " * indent + "? " + first, *rest, " " * indent + ":"]
        return [" " * indent + first + ":"]

    def beside(self, entry: Entry, lines: list[str], head: int = 0) -> list[str]:
        """The lines of a value with its comment: on the first line of a block of text, else on the last."""
        if entry.beside:
            span = self.nodes.values[entry.path]
            index = head if is_block(self.nodes, span) else len(lines) - 1
            lines[index] += f"  {_comment(entry.beside)}"
        return lines

    def value(self, entry: Entry, value: Any, at: Kinds, indent: int, column: int) -> list[str]:
        """A scalar, or a list or mapping in brackets, that begins at a column."""
        span = self.nodes.values[entry.path]
        self.keeping = is_block(self.nodes, span)
        if self.keeping:
            lines = self.literal(span, value, indent)
            self.keeping = "+" in lines[0]
            return lines
        if isinstance(value, (dict, tuple)):
            if span.line == span.end_line:
                return [self.flow(entry.path, value, at)]
            return self.moved(span, entry.column, indent, column)
        return self.text(span, indent)

    def text(self, span: Span, indent: int) -> list[str]:
        """A plain or quoted text; further lines are indented once."""
        first, *rest = self.written(span)
        return [first, *(" " * (indent + STEP) + text if (text := line.lstrip(" ")) else "" for line in rest)]

    def written(self, span: Span) -> list[str]:
        """The lines of a span, without the spaces at the end of a line that mean nothing."""
        lines = [*self.lines[span.line : span.end_line], self.lines[span.end_line][: span.end_column]]
        # After a backslash in quotes, a space means something.
        return [
            line if (bare := line.rstrip(" \t")).endswith("\\") else bare
            for line in (lines[0][span.column :], *lines[1:])
        ]

    def literal(self, span: Span, text: str, indent: int) -> list[str]:
        """A block of text, whose lines change only in their indentation."""
        header = _HEADER.match(self.lines[span.line], span.column)
        assert header is not None
        style, step = header.groups()
        last, left = last_line(self.nodes, span, text), margin(self.nodes, span, text)
        pad = " " * (indent + int(step or STEP))
        # A text that ends with the file may lack its end of line, which it now gets; `-` keeps its value.
        opening = header[0] if last < len(self.lines) - 1 else f"{style}{step or ''}-"
        return [
            opening,
            *(pad + line[left:] if line[left:] else "" for line in self.lines[span.line + 1 : last + 1]),
        ]

    def moved(self, span: Span, old: int, indent: int, column: int) -> list[str]:
        """Brackets over several lines, which stay as their author laid them out and only move.

        They move with the opening bracket where all their lines stand right of it, or else with the entry.
        """
        first, *rest = self.written(span)
        margins = [len(line) - len(line.lstrip(" ")) for line in rest if line]
        by = column - span.column if min(margins) > span.column else indent - old
        moved = []
        for line in rest:
            text = line.lstrip(" ")
            moved.append(" " * max(indent, len(line) - len(text) + by) + text if line else "")
        return [first, *moved]

    def flow(self, path: Path, value: Any, at: Kinds) -> str:
        """The text of a value within brackets on one line."""
        if not isinstance(value, (dict, tuple)):
            return self.written(self.nodes.values[path])[0]
        parts = {
            below[-1]: self.flow(below, inner, annotations.inside(at, value, below[-1]))
            for below, inner in children(path, value)
        }
        if isinstance(value, tuple):
            return f"[{', '.join(parts.values())}]"
        places = annotations.order(at, value)
        names = sorted(parts, key=lambda key: places.get(key, len(places)) if places else 0)
        keys = {key: self.written(self.nodes.keys[*path, key])[0] for key in names}
        inner = ", ".join(
            f"{'? ' if len(keys[key]) > LONG_KEY else ''}{keys[key]}: {parts[key]}" for key in names
        )
        # In a list, a single key and its value may stand without braces.
        span = self.nodes.values[path]
        has_braces = self.lines[span.line][span.column] == "{"
        return f"{{{inner}}}" if has_braces else inner
