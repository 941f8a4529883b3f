"""JSON text -> plain values and their places, in the form that YAML has too: numbers keep their digits."""

import re
from bisect import bisect_right
from json import JSONDecoder
from typing import Any, NoReturn

from govrubric.diagnostics.diagnostic import Diagnostic, Path
from govrubric.diagnostics.display import UNSAFE
from govrubric.diagnostics.source import Place, Source
from govrubric.document import files
from govrubric.document.nodes import DEPTH, Nodes, Plain, Span

VALUES = 200_000  # of a file of 1 MiB whose values have names there are never so many
FINDINGS = 1000  # after so many findings the text is read no further
_DECODER = JSONDecoder()
_SPACE = re.compile(r"[ \t\n\r]*")
_WORD = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null|-?Infinity|NaN")


def parse(name: str, data: bytes) -> Nodes:
    """The bytes of a JSON text -> its nodes; ``found`` holds every refusal, and nothing is ever raised."""
    text = files.decode(name, data)
    if isinstance(text, Diagnostic):
        return Nodes(Source(name, ("",)), found=[text])
    nodes = Nodes(Source.of(name, text))
    nodes.found += files.unseen(nodes.source, text)
    if not text.strip():
        nodes.found.append(Diagnostic.of("GR124", Place(name, 1, 1, 2, "")))
        return nodes
    reader = _Reader(nodes, text)
    try:
        nodes.value = reader.value(())
        if reader.skip() != len(text):
            reader.stop()
    except _Stop:
        nodes.value = None
    except RecursionError:  # the host left little room, or the text is nested too deep for it
        nodes.value = None
        place = reader.place(reader.at, reader.at + 1)
        nodes.found.append(Diagnostic.of("GR121", place, limit=reader.depth - 1))
    return nodes


class _Stop(Exception):
    """The text is read no further."""


class _Reader:
    """A recursive reader; `at` is the next character, and `starts` are the offsets at which lines begin."""

    def __init__(self, nodes: Nodes, text: str) -> None:
        self.nodes, self.text, self.at = nodes, text, 0
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self.count = self.depth = 0

    def skip(self) -> int:
        """Moves to the next character that is no space, and gives its offset."""
        match = _SPACE.match(self.text, self.at)
        assert match is not None
        self.at = match.end()
        return self.at

    def span(self, start: int, end: int) -> Span:
        def mark(offset: int) -> tuple[int, int]:
            line = bisect_right(self.starts, offset) - 1
            return line, offset - self.starts[line]

        return Span(*mark(start), *mark(end))

    def place(self, start: int, end: int) -> Place:
        return self.nodes.mark(self.span(start, end))

    def stop(self, code: str = "GR640", **args: object) -> NoReturn:
        """Reports what is wrong at the next character, and reads no further."""
        self.nodes.found.append(Diagnostic.of(code, self.place(self.at, self.at + 1), **args))
        raise _Stop

    def take(self, character: str) -> bool:
        """Whether `character` comes next; if so, the reader moves past it."""
        if self.text.startswith(character, self.skip()):
            self.at += 1
            return True
        return False

    def value(self, path: Path) -> Any:
        start = self.skip()
        self.count += 1
        self.depth = len(path)
        if len(path) > DEPTH:
            self.stop("GR121", limit=DEPTH)
        if len(self.nodes.found) > FINDINGS:
            raise _Stop
        if self.count > VALUES:
            self.stop("GR122", limit=VALUES, what="values")
        if self.take("{"):
            value: Any = self.mapping(path)
        elif self.take("["):
            value = self.sequence(path)
        elif self.text.startswith('"', start):
            value = self.string()
        else:
            match = _WORD.match(self.text, start)
            if match is None:
                self.stop()
            self.at = match.end()
            value = Plain(match[0])
            if value == "null":
                self.nodes.found.append(Diagnostic.of("GR125", self.place(start, self.at), path))
        self.nodes.values[path] = self.span(start, self.at)
        return value

    def string(self) -> str:
        try:
            text, end = _DECODER.raw_decode(self.text, self.at)
        except ValueError:
            self.stop()
        # A raw character was found by `files.unseen` before; here it is written as an escape.
        if (match := UNSAFE.search(text)) and not UNSAFE.search(self.text, self.at, end):
            self.nodes.found.append(
                Diagnostic.of("GR105", self.place(self.at, end), character=f"U+{ord(match[0]):04X}")
            )
        self.at = end
        return UNSAFE.sub(" ", text)

    def sequence(self, path: Path) -> tuple[Any, ...]:
        values: list[Any] = []
        while not self.take("]"):
            if values and not self.take(","):
                self.stop()
            values.append(self.value((*path, len(values))))
        return tuple(values)

    def mapping(self, path: Path) -> dict[str, Any]:
        values: dict[str, Any] = {}
        count = 0
        while not self.take("}"):
            if count and not self.take(","):
                self.stop()
            count += 1
            start = self.skip()
            if not self.text.startswith('"', start):
                self.stop()
            key = self.string()
            inner = (*path, key)
            span = self.span(start, self.at)
            repeated = key in values
            if repeated:
                self.nodes.repeated("GR641", span, self.nodes.keys[inner], inner, key)
            else:
                self.nodes.keys[inner] = span
            if not self.take(":"):
                self.stop()
            value = self.value(inner)
            if not repeated:
                values[key] = value
        return values
