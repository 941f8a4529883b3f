"""A CSV file of any size -> a file that polars reads as `document.csv` does.

`document.csv` decides what a row and a cell are. Polars differs: it fills up a row that is too short, does
not end a line at CR alone, and reads a quote within a cell in its own way. So the bytes of a file are scanned
for such things. If there are any, or if polars cannot read the file, `document.csv` reads it. Either it finds
what is wrong, or the file is written anew in a plain form, which polars reads.
"""

import re
from collections.abc import Callable
from csv import writer as csv_writer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, TypeVar

from govrubric.batch.files import UnreadError, unreadable
from govrubric.diagnostics.diagnostic import Diagnostic, TallyError
from govrubric.diagnostics.display import ODD_SPACE, UNSAFE, is_seen
from govrubric.document import csv
from govrubric.document.files import RUBRIC_LIMIT
from govrubric.rubric import Rubric
from govrubric.tables.scorer import refuse
from govrubric.tally_files import Header, csv_findings, csv_units

HEAD = RUBRIC_LIMIT  # characters; a file with a wrong header is read no further
CHUNK = 1 << 20
Result = TypeVar("Result")
# Rows whose quotes stand at the ends of cells; what stands between them is not checked.
QUOTED = re.compile(rb'[^"]*+(?:(?<![^,\r\n])"[^"]*+(?:""[^"]*+)*+"(?![^,\r\n])[^"]*+)*+')

# The first bytes of invisible characters and unusual spaces; most ASCII and Chinese texts have none of them.
# Those of characters of four bytes are all among them: these are rare, and too many to try each.
_CHARACTERS = "".join(chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000)
UNSEEN = bytes(
    {text.encode()[0] for pattern in (UNSAFE, ODD_SPACE) for text in pattern.findall(_CHARACTERS)}
    - {ord("\r")}
    | set(range(0xF0, 0xF5))  # those of all rarer characters
)


class Columns(NamedTuple):
    """The names of the columns, the number of lines `before` the header, and of commas up to its end."""

    names: tuple[str, ...]
    before: int
    commas: int


class Marks(NamedTuple):
    """The number of commas in a file, whether it has quotes, and whether polars might misread it (`odd`)."""

    commas: int
    quoted: bool
    odd: bool


class Table(NamedTuple):
    """A CSV file for polars, which reads it as `document.csv` does if both count as many commas."""

    path: str
    columns: Columns
    marks: Marks


def read(rubric: Rubric, path: str, work: Callable[[Table], Result], *, carried: bool) -> Result:
    """The result of `work`, which reads the file by polars and raises `UnreadError` where polars cannot.

    Unless other columns are `carried` along, a column that is no input is wrong.

    Raises:
        TallyError: with what is wrong with the file.
    """
    language = rubric._text.language
    columns = _columns(rubric, path, carried=carried)
    if columns is None:
        refuse(csv_findings(rubric, path, carried=carried, limit=HEAD), language)
    else:
        marks = scan(path)
        if not marks.odd:
            try:
                return work(Table(path, columns, marks))
            except UnreadError:
                pass
    refuse(csv_findings(rubric, path, carried=carried), language)
    with TemporaryDirectory() as folder:
        plain = str(Path(folder, "plain.csv"))
        _rewrite(path, plain)
        columns = _columns(rubric, plain, carried=carried)
        assert columns is not None, "the file was found to be sound"
        try:
            return work(Table(plain, columns, scan(plain)))
        except UnreadError:
            raise TallyError([unreadable(path, "csv")], language) from None


def checked(rubric: Rubric, path: str, table: Table, rows: int, commas: int, *, carried: bool) -> None:
    """Refuse a file if anything is wrong with it.

    It is sound if polars read at least a row, and as many `commas` as the file has.
    """
    if not rows or table.marks.commas - table.columns.commas != commas:
        refuse(csv_findings(rubric, path, carried=carried), rubric._text.language)


def _columns(rubric: Rubric, path: str, *, carried: bool) -> Columns | None:
    """The header of a file, if nothing is wrong with it."""
    if csv.other_encoding(path) is not None:
        return None
    columns: Columns | None = None
    try:
        for part in csv_units(rubric, path, csv.lines_of(path), carried=carried):
            if isinstance(part, Header):
                row = part.row
                columns = Columns(part.names, row.line, row.text.count(",") + _commas_before(path, row.line))
            elif isinstance(part, Diagnostic):
                return None
            else:
                break
    except UnicodeDecodeError:
        return None
    return columns


def _commas_before(path: str, lines: int) -> int:
    """The commas of blank rows before the header."""
    return sum(line.count(",") for _, line in zip(range(lines), csv.lines_of(path), strict=False))


def scan(path: str) -> Marks:
    """The marks of a whole file, counted as bytes."""
    commas, quoted, odd, rest = 0, False, False, b""
    with open(path, "rb") as file:
        file.seek(len(csv.MARK) if file.read(len(csv.MARK)) == csv.MARK else 0)
        while chunk := file.read(CHUNK):
            commas += chunk.count(b",")
            quoted = quoted or b'"' in chunk
            if odd:
                continue
            rest += chunk
            end = _end_of_rows(rest)
            odd = len(rest) - end > csv.ROW_LIMIT or is_odd(rest[:end])
            rest = rest[end:]
    return Marks(commas, quoted, odd or is_odd(rest))


def _end_of_rows(data: bytes) -> int:
    """The end of the last whole row, if all quotes are sound."""
    end = data.rfind(b"\n") + 1
    if b'"' not in data:
        return end
    while end and data.count(b'"', 0, end) % 2:
        end = data.rfind(b"\n", 0, end - 1) + 1
    return end


def is_odd(rows: bytes) -> bool:
    """Whether rows have a line end that is CR alone, a quote within a cell, or an invisible character."""
    if b"\r" in rows and rows.count(b"\r") != rows.count(b"\r\n"):
        return True
    if b'"' in rows and not QUOTED.fullmatch(rows):
        return True
    if len(rows.translate(None, UNSEEN)) == len(rows):
        return False
    return not is_seen(rows.decode("utf-8", "replace").replace("\r\n", "\n"))


def _rewrite(path: str, plain: str) -> None:
    """Write a sound file anew, with LF as its line end and without blank rows."""
    with open(plain, "w", encoding="utf-8", newline="") as file:
        writer = csv_writer(file, lineterminator="\n")
        for row in csv.table(path, csv.lines_of(path)):
            assert not isinstance(row, Diagnostic), "the file was found to be sound"
            writer.writerow(row.cells)
