"""YAML text -> nodes, or every refusal of section 2 of the language.

Limits are held while the library's events arrive, so that no text takes much time or memory.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml.error import MarkedYAMLError

from govrubric.diagnostics.diagnostic import Diagnostic, Path
from govrubric.diagnostics.display import UNSAFE
from govrubric.diagnostics.source import Place, Source
from govrubric.document import files, yaml_errors, yaml_events
from govrubric.document.nodes import DEPTH, Nodes, Plain, Span
from govrubric.document.yaml_events import Event, Kind, LibraryError

NODES = 20_000
SCALAR = 20_000  # characters

_HASH = re.compile(r"[ \t]+#")
_NAME_LIKE = re.compile(r"[A-Za-z0-9_./:+-]*")
_LOSSLESS = re.compile(r"[0-9./:_-]*|true|false")
# Scalars that other readers of YAML, or people, take for something else than text or a number.
_SURPRISES = (
    ("GR131", re.compile(r"y|n|yes|no|on|off", re.IGNORECASE)),
    ("GR132", re.compile(r"-?0[0-9]+(\.[0-9]+)?")),
    (
        "GR133",
        re.compile(
            r"[-+]?(?:[0-9][0-9_]*_[0-9_]*(?:\.[0-9_]*)?|[0-9]+(?::[0-5]?[0-9])+"
            r"|[0-9.]*[\uff10-\uff19][\uff10-\uff19\uff0e.0-9]*)"
        ),
    ),
)


def parse(name: str, data: str | bytes) -> Nodes:
    """A YAML text or its bytes -> its nodes; ``found`` holds every refusal, and nothing is ever raised."""
    if isinstance(data, str):
        text: str | Diagnostic = data.removeprefix("\ufeff").replace("\r\n", "\n")
        if len(data) > files.RUBRIC_LIMIT or len(data.encode("utf-8", "replace")) > files.RUBRIC_LIMIT:
            text = Diagnostic.of("GR103", Place(name, 1, 1, 2, ""), limit=files.RUBRIC_LIMIT)
    else:
        text = files.decode(name, data)
    if isinstance(text, Diagnostic):
        return Nodes(Source(name, ("",)), found=[text])
    nodes = Nodes(Source.of(name, text))
    nodes.found += files.unseen(nodes.source, text)
    if bad_lines := files.bad_lines(nodes.source, text):
        nodes.found += bad_lines
    else:
        _build(nodes, files.blanked(text))
    return nodes


class _Stop(Exception):
    """The text is read no further."""


@dataclass(slots=True)
class _Frame:
    """A mapping or sequence that is still open.

    `kept` is false within something that was refused: its values are read and dropped. `key` is the key whose
    value comes next; `repeated` says that this key was refused, so that its value is dropped. `mapping` is
    ``None`` in a sequence.
    """

    path: Path
    kept: bool
    event: Event
    mapping: dict[str, Any] | None
    items: list[Any] = field(default_factory=list)
    seen: dict[str, Span] = field(default_factory=dict)
    key: str | None = None
    key_span: Span | None = None
    repeated: bool = False


def _build(nodes: Nodes, text: str) -> None:
    """Read the text fast; where it is refused, forget what came of that and read it with care."""
    events = yaml_events.quick(text)
    if events is None:
        _build_carefully(nodes, text)
        return
    quick = Nodes(nodes.source)
    builder = _Builder(quick)
    refused = False
    try:
        for event in events:
            builder.take(event)
    except (_Stop, LibraryError):
        refused = True
    # A text alone, which is no mapping or list, may be a block at the margin, and the libraries differ there.
    refused = refused or not isinstance(quick.value, (dict, tuple))
    if refused or any(finding.severity == "error" for finding in quick.found):
        _build_carefully(nodes, text)
        return
    nodes.value, nodes.values, nodes.keys = quick.value, quick.values, quick.keys
    nodes.found += quick.found


def _build_carefully(nodes: Nodes, text: str) -> None:
    builder = _Builder(nodes)
    try:
        for event in yaml_events.careful(text):
            builder.take(event)
    except _Stop:
        return
    except MarkedYAMLError as error:
        marks = (
            (mark.line, mark.column) if mark else None for mark in (error.problem_mark, error.context_mark)
        )
        reported = {finding.place for finding in nodes.found}
        nodes.found += yaml_errors.findings(
            nodes.source, reported, error.problem or "", error.context or "", *marks
        )
    except LibraryError:
        nodes.found.append(Diagnostic.of("GR110", nodes.source.place(*builder.last)))
    else:
        if not builder.started:
            nodes.found.append(Diagnostic.of("GR124", nodes.source.place(0, 0)))


def _span(event: Event) -> Span:
    start, end = event.start_mark, event.end_mark
    return Span(start.line, start.column, end.line, end.column)


class _Builder:
    """Events, one at a time -> values and findings in `nodes`."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes
        self.stack: list[_Frame] = []
        self.count = 0
        self.started = False
        self.documents = 0
        self.last = (0, 0)

    def refuse(self, code: str, span: Span, **args: object) -> None:
        path = (self.next_path()[0] or self.stack[-1].path) if self.stack else ()
        self.nodes.found.append(Diagnostic.of(code, self.nodes.mark(span), path, **args))

    def take(self, event: Event) -> None:
        self.last = (event.start_mark.line, event.start_mark.column)
        kind = yaml_events.KINDS.get(type(event))
        if kind == "document":
            self.documents += 1
            if event.version or event.tags:
                lines = self.nodes.source.lines
                directive = next(number for number, line in enumerate(lines) if line.startswith("%"))
                self.refuse("GR117", Span(directive, 0, directive + 1, 0))
            if self.documents > 1:
                self.refuse("GR118", _span(event))
                raise _Stop
        elif kind == "alias":
            self.started = True
            self.refuse("GR114", _span(event), name=event.anchor)
            self.put(None, _span(event))
        elif kind in ("scalar", "mapping", "sequence"):
            self.node(event, kind)
        elif kind == "end":
            frame = self.stack.pop()
            value = tuple(frame.items) if frame.mapping is None else frame.mapping
            start = frame.event.start_mark
            self.put(value, Span(start.line, start.column, event.end_mark.line, event.end_mark.column))

    def node(self, event: Event, kind: Kind) -> None:
        span = _span(event)
        self.started = True
        self.count += 1
        if self.count > NODES:
            self.refuse("GR122", span, limit=NODES, what="values")
            raise _Stop
        if event.anchor is not None:
            self.refuse("GR113", span, name=event.anchor)
        if (tag := getattr(event, "tag", None)) is not None:
            self.refuse("GR116", span, tag=tag)
        if kind == "scalar":
            if event.value == "" and not event.style and (tag or event.anchor):
                self.put(None, span)  # nothing but the tag or anchor, which was refused
            else:
                self.scalar(event, span)
            return
        if len(self.stack) >= DEPTH:
            self.refuse("GR121", span, limit=DEPTH)
            raise _Stop
        path, kept = self.next_path()
        if path is None:
            self.refuse("GR119", span)
            path, kept = (), False
        self.stack.append(_Frame(path, kept, event, {} if kind == "mapping" else None))

    def next_path(self) -> tuple[Path | None, bool]:
        """The path of the next value, and whether it is kept; no path where a key comes next."""
        if not self.stack:
            return (), True
        frame = self.stack[-1]
        if frame.mapping is None:
            return (*frame.path, len(frame.items)), frame.kept
        if frame.key is None:
            return None, False
        return (*frame.path, frame.key), frame.kept and not frame.repeated

    def scalar(self, event: Event, span: Span) -> None:
        text, plain = event.value, not event.style
        if len(text) > SCALAR:
            self.refuse("GR123", span, limit=SCALAR)
            raise _Stop
        if not plain and (match := UNSAFE.search(text)):
            self.refuse("GR105", span, character=f"U+{ord(match[0]):04X}")
            text = UNSAFE.sub(" ", text)
        frame = self.stack[-1] if self.stack else None
        if frame is not None and frame.mapping is not None and frame.key is None:
            self.key(frame, Plain(text) if plain else text, span, plain)
            return
        if plain:
            if text in ("", "~", "null", "Null", "NULL"):
                self.nothing(frame, text, span)
                self.put(None, span)
                return
            self.surprises(text, span)
        self.put(Plain(text) if plain else text, span)

    def nothing(self, frame: _Frame | None, text: str, span: Span) -> None:
        """Refuse a null or a missing value.

        The library places a missing value at the next thing in the text, so the finding is placed at the key.
        """
        if frame is not None and frame.repeated:
            return  # the key was refused, and that is enough
        key = frame.key_span if frame is not None and text == "" else None
        if frame is not None and key and getattr(frame.event, "flow_style", False):
            name = frame.key or ""
            tight = yaml_errors.TIGHT_ENTRY.match(name)
            if tight or not _NAME_LIKE.fullmatch(name):
                code = "GR128" if tight else "GR129"
                self.nodes.found.append(Diagnostic.of(code, self.nodes.mark(key), frame.path, text=name))
                return
        self.refuse("GR125", key or span)

    def key(self, frame: _Frame, text: str, span: Span, plain: bool) -> None:
        frame.key, frame.key_span, frame.repeated = text, span, True
        name = unicodedata.normalize("NFC", text)
        if plain and text == "<<":
            self.refuse("GR115", span)
        elif plain and text == "":
            self.refuse("GR119", span)
        elif "\uff1a" in text and plain:
            # Every key with such a colon is lost, so the finding is about the whole object.
            colon = self.colon(span)
            self.nodes.found.append(Diagnostic.of("GR112", self.nodes.mark(colon), frame.path, text=text))
        elif name in frame.seen:
            self.nodes.repeated("GR120", span, frame.seen[name], (*frame.path, text), text)
        else:
            frame.repeated = False
            frame.seen[name] = span
            if frame.kept:
                self.nodes.keys[*frame.path, text] = span

    def put(self, value: Any, span: Span) -> None:
        """Add a finished value to the innermost open frame; ``None`` stands for a refused value, left out."""
        path, kept = self.next_path()
        if not self.stack:
            self.nodes.value = value
            self.nodes.values[()] = span
            return
        frame = self.stack[-1]
        if path is not None and kept:
            self.nodes.values[path] = span
        if frame.mapping is None:
            frame.items.append(value)
        elif frame.key is None:
            # A key that is no text was refused; its value comes next and is dropped.
            frame.key, frame.repeated = "", True
        else:
            if value is not None and not frame.repeated:
                frame.mapping[frame.key] = value
            frame.key, frame.repeated = None, False

    def surprises(self, text: str, span: Span) -> None:
        """Report a plain scalar that may be meant otherwise: `yes`, `010`, a key or a comment within it."""
        lines = self.nodes.source.lines
        if self.swallowed(span):
            self.refuse("GR112", self.colon(span), text=lines[self.colon(span).line].strip())
        elif not _LOSSLESS.fullmatch(text) and _HASH.match(lines[span.end_line], span.end_column):
            column = lines[span.end_line].index("#", span.end_column)
            self.refuse("GR130", Span(span.end_line, column, span.end_line, len(lines[span.end_line])))
        for code, pattern in _SURPRISES:
            if pattern.fullmatch(text):
                self.refuse(code, span, text=text)

    def swallowed(self, span: Span) -> bool:
        """Whether a line of the text begins with a key and a full-width colon, so that the key became text.

        The first line does not count where it stands after a key of its own: there any text may begin so.
        """
        lines = self.nodes.source.lines
        beside_key = (
            self.stack and self.stack[-1].key_span is not None and self.stack[-1].key_span.line == span.line
        )
        first = [] if beside_key else [lines[span.line][span.column :]]
        return any(
            yaml_errors.FULL_WIDTH_KEY.search(line)
            for line in (*first, *lines[span.line + 1 : span.end_line + 1])
        )

    def colon(self, span: Span) -> Span:
        """The full-width colon within the span, which may cover several lines."""
        number, start = span.line, span.column
        while (column := self.nodes.source.lines[number].find("\uff1a", start)) < 0:
            number, start = number + 1, 0
        return Span(number, column, number, column + 1)
