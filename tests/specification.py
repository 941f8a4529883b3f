"""The specification -> its sentences and table rows, and which docstrings of the tests quote each.

A test quotes a sentence as ``Language 3: “…”``, word for word: the number is the section's, ``0`` stands for what comes
before the first and ``Later`` for the last. A table row is quoted with its bars. Others may quote a piece of a sentence, with
… for what they leave out; a piece covers nothing, but it must still be there.
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
    """A sentence or a table row, and the section that it stands in."""

    section: str
    words: str


def pieces(page: str) -> list[Piece]:
    """A page -> its sentences and table rows, in order; headings and blocks of code are none."""
    return [piece for section, block in _blocks(_FENCED.sub("", page)) for piece in _cut(section, block)]


def _blocks(page: str) -> Iterator[tuple[str, str]]:
    """Paragraphs, list items and table rows, each on one line, with the section that they stand in."""
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
    """Every docstring of the test files, on one line, with where it stands."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and (
                words := ast.get_docstring(node)
            ):
                yield f"{path.relative_to(folder)}::{getattr(node, 'name', '')}", " ".join(words.split())


def quotes(docstring: str) -> Iterator[Piece]:
    """What a docstring quotes of the specification."""
    for match in _QUOTE.finditer(docstring):
        yield from (Piece(match[1].capitalize(), words) for words in re.findall("“([^”]*)”", match[2]))


def unquoted(page: str, found: Mapping[str, list[Piece]]) -> list[Piece]:
    """The pieces of a page that no docstring quotes whole."""
    quoted = {piece for all_ in found.values() for piece in all_}
    return [piece for piece in pieces(page) if piece not in quoted]


def gone(page: str, found: Mapping[str, list[Piece]]) -> list[tuple[str, Piece]]:
    """What is quoted, and by whom, and does not stand on the page."""
    there = pieces(page)
    texts = {
        section: _plain(" ".join(words for one, words in there if one == section)) for section, _ in there
    }
    return [
        (where, piece)
        for where, all_ in found.items()
        for piece in all_
        if piece not in there and not _stands(piece, texts)
    ]


def _stands(piece: Piece, texts: Mapping[str, str]) -> bool:
    return all(_plain(part).strip(" .;:,") in texts.get(piece.section, "") for part in piece.words.split("…"))


def _plain(words: str) -> str:
    """Words without the signs of code and weight, and with a colon for a bar, as a piece of them may be quoted."""
    return words.replace(" | ", ": ").replace("`", "").replace("*", "")
