"""The specification -> its sentences and table rows, and the docstrings of tests that quote each.

A test quotes a sentence as ``Language 3: “…”``, word for word. The number is that of the section; ``0`` is
the text before the first section and ``Later`` is the last section. A table row is quoted with its bars. A
docstring may also quote a piece of a sentence, with … for what it leaves out. A piece covers no sentence, but
it must be on the page.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

TESTS = Path(__file__).parent
PAGE = TESTS.parent / "docs" / "specification.md"
_FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)
_MARK = re.compile(r"(?:\*|\d+\.) ")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z`*])")
_QUOTE = re.compile(r"Language,? (?:section )?(\w+)(?:, row)?: (“[^”]*”(?:, “[^”]*”)*)", re.IGNORECASE)


class Piece(NamedTuple):
    """A sentence or a table row, and its section."""

    section: str
    words: str


def pieces(page: str) -> list[Piece]:
    """A page -> its sentences and table rows, in order, without headings and blocks of code."""
    return [piece for section, block in _blocks(_FENCED.sub("", page)) for piece in _cut(section, block)]


def _blocks(page: str) -> Iterator[tuple[str, str]]:
    """Paragraphs, list items and table rows, each on one line, with their sections."""
    section, block = "0", ""
    for line in [*page.splitlines(), ""]:
        row, heading = line.startswith("|"), line.startswith("#")
        if block and (not line.strip() or row or heading or _MARK.match(line)):
            yield section, block
            block = ""
        if heading:
            number = re.match(r"## (\w+)", line)
            section = number[1] if number else section
        elif row:
            yield section, line
        elif line.strip():
            mark = _MARK.match(line)
            block = f"{block} {line[mark.end() :] if mark else line.strip()}".strip()


def _cut(section: str, block: str) -> Iterator[Piece]:
    if not block.startswith("|"):
        yield from (Piece(section, words) for words in _SENTENCE_END.split(block))
    elif not block.startswith("| ---"):
        yield Piece(section, block.strip("| "))


def docstrings(folder: Path = TESTS) -> Iterator[tuple[str, str]]:
    """Every docstring of the test files, on one line, with its place."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and (
                words := ast.get_docstring(node)
            ):
                yield f"{path.relative_to(folder)}::{getattr(node, 'name', '')}", " ".join(words.split())


def quotes(docstring: str) -> Iterator[Piece]:
    """The quotations of the specification in a docstring."""
    for match in _QUOTE.finditer(docstring):
        yield from (Piece(match[1].capitalize(), words) for words in re.findall("“([^”]*)”", match[2]))


def unquoted(page: str, found: Mapping[str, list[Piece]]) -> list[Piece]:
    """The pieces of a page that no docstring quotes whole."""
    quoted = {piece for all_ in found.values() for piece in all_}
    return [piece for piece in pieces(page) if piece not in quoted]


def gone(page: str, found: Mapping[str, list[Piece]]) -> list[tuple[str, Piece]]:
    """The quotations that are not on the page, each with the docstring that has it."""
    known = pieces(page)
    texts: dict[str, str] = {}
    for section, words in known:
        texts[section] = f"{texts.get(section, '')} {words}"
    texts = {section: _plain(text) for section, text in texts.items()}
    return [
        (docstring, piece)
        for docstring, quoted in found.items()
        for piece in quoted
        if piece not in known and not _stands(piece, texts)
    ]


def _stands(piece: Piece, texts: Mapping[str, str]) -> bool:
    return all(_plain(part).strip(" .;:,") in texts.get(piece.section, "") for part in piece.words.split("…"))


def _plain(words: str) -> str:
    """Words without the marks of code and bold, and with a colon for a bar, to compare a quoted piece."""
    return words.replace(" | ", ": ").replace("`", "").replace("*", "")
