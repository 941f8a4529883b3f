"""YAML text -> the same in one layout: order of keys, indentation and spaces; what is said, and every comment, stays."""

import re
from collections import Counter
from typing import Any, NamedTuple

from govrubric.diagnostics.diagnostic import Diagnostic, Path
from govrubric.document.comments import comments, is_block, last_line, margin
from govrubric.document.nodes import Nodes, Plain, Span
from govrubric.document.yaml import parse
from govrubric.editing.blocks import Block, Entry, children, document
from govrubric.language import annotations as kinds
from govrubric.language.annotations import Kinds
from govrubric.language.fields import kind_of
from govrubric.lint.suppressions import is_suppression
from govrubric.lint.unconfirmed import is_mark

LONG_KEY = 1000  # YAML takes no key beyond some more before a colon on its line
STEP = 2

_HEADER = re.compile(r"([|>])(?:([1-9])|[-+])*")


class Formatted(NamedTuple):
    """What was read, and its text laid out, or why there is none: errors, or limits that its lines would pass when laid out."""

    nodes: Nodes
    text: str | None
    found: list[Diagnostic]


def formatted(name: str, data: str | bytes) -> Formatted:
    """A text, or its bytes, in its layout; formatting it again changes nothing."""
    nodes = parse(name, data)
    if not isinstance(nodes.value, (dict, tuple)) and not _errors(nodes):
        nodes.found.append(Diagnostic.of("GR204", nodes.place(()), kind=kind_of(nodes.value)))
    if errors := _errors(nodes):
        return Formatted(nodes, None, errors)
    text = "\n".join(_Writer(nodes).document()) + "\n"
    again = parse(name, text)
    if longer := [one for one in _errors(again) if one.code in ("GR103", "GR108")]:
        return Formatted(nodes, None, longer)
    assert _meaning(again) == _meaning(nodes), "a layout changes nothing that is said"
    return Formatted(nodes, text, [])


def _errors(nodes: Nodes) -> list[Diagnostic]:
    return [one for one in nodes.found if one.severity == "error"]


def _meaning(nodes: Nodes) -> object:
    """What must be the same in every layout: values with how they are written, and comments."""
    return _typed(nodes.value), Counter(_comment(one.text) for one in comments(nodes))


def _typed(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _typed(inner) for key, inner in value.items()}
    return tuple(map(_typed, value)) if isinstance(value, tuple) else (isinstance(value, Plain), value)


def _comment(text: str) -> str:
    """A comment with a space behind its `#`."""
    return text if text[1:2] in " \t#!" else f"# {text[1:]}"


class _Writer:
    """Entries -> lines. `value` and `at` go along with each entry: what stands there, and of what kind it is."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes
        self.lines = nodes.source.lines
        self.keeping = False  # whether what was written last would take a blank line below it for its own

    def document(self) -> list[str]:
        root, value = document(self.nodes), self.nodes.value
        at = kinds.of_document(value)
        head = self.loose(root.above, 0, first=True)
        if root.block is not None:
            return [*head, *self.block(root.block, value, at, 0)]
        lines = self.value(root, value, at, 0, 0)
        return [*head, *self.beside(root, lines)]

    def block(self, block: Block, value: Any, at: Kinds, indent: int) -> list[str]:
        """The lines of a list or mapping, from its own column on."""
        made: list[str] = []
        self.arrange(block, value, at)
        for entry in block.entries:
            made += self.loose(entry.above, indent, first=not made)
            made += self.entry(entry, value[entry.path[-1]], kinds.inside(at, value, entry.path[-1]), indent)
        return made + self.loose(block.below, indent, first=False)

    def arrange(self, block: Block, value: Any, at: Kinds) -> None:
        """Put the keys of a mapping in order; what stands above the first of them in a list stands above the whole."""
        places = kinds.order(at, value) if isinstance(value, dict) else {}
        if not block.fixed:
            block.entries.sort(key=lambda entry: places.get(entry.path[-1], len(places)) if places else 0)
        for entry in block.entries:
            if isinstance(entry.path[-1], int) and entry.block is not None:
                entry.block.fixed = any(is_suppression(text) or is_mark(text) for text in entry.above)
                self.arrange(entry.block, value[entry.path[-1]], kinds.inside(at, value, entry.path[-1]))
                first = entry.block.entries[0]
                entry.above += [text for text in (entry.beside, *first.above) if text]
                entry.beside, first.above = "", []

    def loose(self, texts: list[str], indent: int, *, first: bool) -> list[str]:
        """Comments and blank lines at a column; nothing begins with a blank line."""
        texts = texts[1:] if texts[:1] == [""] and (first or self.keeping) else texts
        self.keeping = self.keeping and not texts
        return [" " * indent + _comment(text) if text else "" for text in texts]

    def entry(self, entry: Entry, value: Any, at: Kinds, indent: int) -> list[str]:
        *before, head = self.head(entry, indent)
        if entry.block is None:
            first, *rest = self.value(entry, value, at, indent, len(head) + 1)
            return self.beside(entry, [*before, f"{head} {first}", *rest], len(before))
        below = self.block(entry.block, value, at, indent + STEP)
        if isinstance(entry.path[-1], int):
            return [f"{head} {below[0][indent + STEP :]}", *below[1:]]
        return [*before, head + (f"  {_comment(entry.beside)}" if entry.beside else ""), *below]

    def head(self, entry: Entry, indent: int) -> list[str]:
        """What stands before a value: the mark of a list, or the key."""
        span = self.nodes.keys.get(entry.path)
        if span is None:
            return [" " * indent + "-"]
        first, *rest = (
            self.literal(span, str(entry.path[-1]), indent)
            if is_block(self.nodes, span)
            else self.text(span, indent)
        )
        if rest or len(first) > LONG_KEY:
            return [" " * indent + "? " + first, *rest, " " * indent + ":"]
        return [" " * indent + first + ":"]

    def beside(self, entry: Entry, lines: list[str], head: int = 0) -> list[str]:
        """The lines of a value with the comment that stands on the first of a block of text, and else on the last."""
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
            return (
                [self.flow(entry.path, value, at)]
                if span.line == span.end_line
                else self.moved(span, entry.column, indent, column)
            )
        return self.text(span, indent)

    def text(self, span: Span, indent: int) -> list[str]:
        """A plain or quoted text; further lines are indented once."""
        first, *rest = self.written(span)
        return [first, *(" " * (indent + STEP) + text if (text := line.lstrip(" ")) else "" for line in rest)]

    def written(self, span: Span) -> list[str]:
        """The characters of a span, line by line, without spaces that mean nothing at the end of a line."""
        lines = [*self.lines[span.line : span.end_line], self.lines[span.end_line][: span.end_column]]
        # Behind a backslash in quotes a space means something.
        return [
            line if (bare := line.rstrip(" \t")).endswith("\\") else bare
            for line in (lines[0][span.column :], *lines[1:])
        ]

    def literal(self, span: Span, text: str, indent: int) -> list[str]:
        """A block of text, with its lines as they are but for their indentation."""
        header = _HEADER.match(self.lines[span.line], span.column)
        assert header is not None
        style, step = header.groups()
        last, left = last_line(self.nodes, span, text), margin(self.nodes, span, text)
        pad = " " * (indent + int(step or STEP))
        # A file that ends within the text gives it no end of line; now there is one.
        opening = header[0] if last < len(self.lines) - 1 else f"{style}{step or ''}-"
        return [
            opening,
            *(pad + line[left:] if line[left:] else "" for line in self.lines[span.line + 1 : last + 1]),
        ]

    def moved(self, span: Span, old: int, indent: int, column: int) -> list[str]:
        """Brackets over several lines: laid out by hand, they are only moved, with the bracket or with the entry."""
        first, *rest = self.written(span)
        margins = [len(line) - len(line.lstrip(" ")) for line in rest if line]
        by = column - span.column if min(margins) > span.column else indent - old
        return [
            first,
            *(
                " " * max(indent, len(line) - len(line.lstrip(" ")) + by) + line.lstrip(" ") if line else ""
                for line in rest
            ),
        ]

    def flow(self, path: Path, value: Any, at: Kinds) -> str:
        """A value within brackets on one line."""
        if not isinstance(value, (dict, tuple)):
            return self.written(self.nodes.values[path])[0]
        parts = {
            below[-1]: self.flow(below, inner, kinds.inside(at, value, below[-1]))
            for below, inner in children(path, value)
        }
        if isinstance(value, tuple):
            return f"[{', '.join(parts.values())}]"
        places = kinds.order(at, value)
        names = sorted(parts, key=lambda key: places.get(key, len(places)) if places else 0)
        keys = {key: self.written(self.nodes.keys[*path, key])[0] for key in names}
        inner = ", ".join(
            f"{'? ' if len(keys[key]) > LONG_KEY else ''}{keys[key]}: {parts[key]}" for key in names
        )
        # In a list a single key and its value may stand without braces.
        braces = self.lines[self.nodes.values[path].line][self.nodes.values[path].column] == "{"
        return f"{{{inner}}}" if braces else inner
