"""A large CSV file -> its header, and what makes it no sound CSV, found as `units` finds it in a small one.

The reader that scores such a file takes a row that is too short for one with empty cells. So the commas of the file are counted, and
where they are not as many as the rows and columns need, every row is looked at here.
"""

import csv
import re
from collections.abc import Iterator
from io import StringIO
from typing import NamedTuple

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.source import Place
from govrubric.document import files

HEAD = files.RUBRIC_LIMIT  # a header is within so many bytes
CHUNK = 1 << 20
# A row as the writers of such files make them; others read a quote within a cell in more ways than one.
SOUND = re.compile(r'(?:"(?:[^"]|"")*"|[^",]*)(?:,(?:"(?:[^"]|"")*"|[^",]*))*\r?\n?')


class Header(NamedTuple):
    """The names of the columns, the number of lines before them, and how many commas the file has up to the first row."""

    names: list[str]
    before: int
    commas: int


def header(path: str) -> Header | list[Diagnostic]:
    """The first row of a file that is not blank, or what is wrong with it."""
    with open(path, "rb") as file:
        data = file.read(HEAD)
        cut = bool(file.read(1))
    # A character may have been cut in two where the head ends.
    text = files.decode(path, data[: data.rfind(b"\n") + 1] if cut else data)
    if isinstance(text, Diagnostic):
        return [text]
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    lines = text.split("\n")
    while True:
        first = reader.line_num
        try:
            row = next(reader)
        except StopIteration:
            return [Diagnostic.of("GR634", Place(path, 1, 1, 2, ""))]
        except csv.Error:
            return [Diagnostic.of("GR635", _place(path, first, lines[first]))]
        if any(cell.strip() for cell in row):
            names = [cell.strip() for cell in row]
            found = list(_misread(names, _place(path, first, lines[first])))
            return found or Header(names, first, "\n".join(lines[: reader.line_num]).count(","))


def _place(path: str, line: int, text: str) -> Place:
    text = text.rstrip("\r\n")
    return Place(path, line + 1, 1, max(len(text), 1) + 1, text)


def _misread(names: list[str], place: Place) -> Iterator[Diagnostic]:
    if len(names) == 1 and any(mark in names[0] for mark in ";\t；，"):
        yield Diagnostic.of("GR635", place)
        return
    if "" in names:
        yield Diagnostic.of("GR637", place)
    for name in dict.fromkeys(name for name in names if name and names.count(name) > 1):
        yield Diagnostic.of("GR631", place, (name,), name=name)


class Marks(NamedTuple):
    """How many commas a file has, and whether any quote."""

    commas: int
    quoted: bool


def marks(path: str) -> Marks:
    """The marks of a whole file, counted as bytes."""
    commas, quoted = 0, False
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK):
            commas += chunk.count(b",")
            quoted = quoted or b'"' in chunk
    return Marks(commas, quoted)


def unsound(path: str) -> Diagnostic | None:
    """The first thing that is wrong with a file, row after row; none, if nothing is."""
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            return _first(path, file)
    except UnicodeDecodeError:
        return _foreign(path)


def _first(path: str, file: Iterator[str]) -> Diagnostic | None:
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in file:
            taken.append(line)
            yield line

    reader, columns, first = csv.reader(lines(), strict=True), 0, 0
    while True:
        taken.clear()
        try:
            row = next(reader)
        except StopIteration:
            return None
        except csv.Error:
            return Diagnostic.of("GR635", _place(path, first, taken[0]))
        if any(cell.strip() for cell in row):
            columns = columns or len(row)
            if len(row) != columns:
                return Diagnostic.of("GR632", _place(path, first, taken[0]), cells=len(row), columns=columns)
            if not SOUND.fullmatch("".join(taken)):
                return Diagnostic.of("GR635", _place(path, first, taken[0]))
        first = reader.line_num


def _foreign(path: str) -> Diagnostic:
    """Where the first line stands that is no UTF-8, and what it may be."""
    with open(path, "rb") as file:
        decoded = ((number, files.decode(path, line)) for number, line in enumerate(file, 1))
        number, found = next((number, found) for number, found in decoded if isinstance(found, Diagnostic))
    assert found.place is not None
    return Diagnostic.of(
        "GR104", Place(path, number, found.place.column, found.place.end, ""), guess=dict(found.args)["guess"]
    )
