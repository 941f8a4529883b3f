"""CSV text -> rows of cells with their places, and rows -> CSV text; this module alone decides what they are.

A line ends with LF, CRLF or CR. A cell that begins with a quote ends with a quote, and may hold commas, line
ends and doubled quotes. No other cell holds a quote. Spaces around the text of a cell do not count. A row
without any text is passed over. The first other row is the header, and each later row has as many cells.

The reader of the standard library is not used: it accepts quotes within a cell, limits the length of a cell,
and does not say where a cell stands.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.display import ODD_SPACE, UNSAFE, escaped
from govrubric.diagnostics.source import Place
from govrubric.document.files import FINDINGS, RUBRIC_LIMIT, decode

MARK = "\ufeff".encode()
ROW_LIMIT = RUBRIC_LIMIT  # characters of a row; a longer row has a quote that is not closed
OTHER_SEPARATORS = ";\t；，"
FORMULA = "^(\\s*[=+\\-@＝＋－＠]|[\t\r\n])"  # spreadsheets drop spaces before a sign
NEGATIVE = re.compile(r"-[0-9]+(\.[0-9]+)?")
# The texts that `harmless` changes, and some that it leaves; without surrogates, which polars does not have.
CHANGED = f"{FORMULA}|{UNSAFE.pattern.replace(chr(0xD800) + '-' + chr(0xDFFF), '')}"
_FORMULA = re.compile(FORMULA)
_CELL = re.compile(r'"(?:[^"]|"")*+"|[^",\n]*+')


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a file: the number of lines before it, its text, and its cells without their quotes."""

    file: str
    line: int
    text: str
    cells: tuple[str, ...]

    def place(self, start: int = 0, end: int = 1) -> Place:
        """The place of a part of the row's text; a part of several lines ends with its first line."""
        first = self.text.rfind("\n", 0, start) + 1
        excerpt = self.text[first:].partition("\n")[0]
        line = self.line + self.text.count("\n", 0, first) + 1
        last = max(min(end - first, len(excerpt)), start - first + 1)
        return Place(self.file, line, start - first + 1, last + 1, excerpt)

    def whole(self) -> Place:
        """The place of the row's first line."""
        return self.place(0, len(self.text))

    def cell(self, index: int) -> Place:
        """The place of a cell of the row."""
        if '"' not in self.text:
            start = sum(map(len, self.cells[:index])) + index
            return self.place(start, start + len(self.cells[index]))
        return self.place(*(_spans(self.text) or [])[index])


def lines(text: str) -> Iterator[str]:
    """The lines of a text, each with LF as its end."""
    return StringIO(text.replace("\r\n", "\n").replace("\r", "\n"))


def lines_of(path: str) -> Iterator[str]:
    """The lines of a UTF-8 file of any size; raises `UnicodeDecodeError`."""
    with open(path, encoding="utf-8-sig", newline=None) as file:
        # Pieces of a limited length: a line without an end must not fill the memory.
        yield from iter(lambda: file.readline(ROW_LIMIT + 1), "")


def other_encoding(path: str) -> Diagnostic | None:
    """The finding that a file is UTF-16, as its first bytes say."""
    with open(path, "rb") as file:
        head = file.read(200)
    text = decode(path, head) if head.count(0) * 3 > len(head) else None
    return text if isinstance(text, Diagnostic) else None


def not_utf8(path: str) -> Diagnostic:
    """The finding that a file is not UTF-8, with the place of the first fault and a guess at the encoding."""
    with open(path, "rb") as file:
        for number, line in enumerate(file):
            text = decode(path, line)
            if isinstance(text, Diagnostic) and text.place is not None:
                place = Place(path, number + 1, text.place.column, text.place.end, "")
                return Diagnostic.of("GR104", place, guess=dict(text.args)["guess"])
    return Diagnostic.of("GR104", Place(path, 1, 1, 2, ""), guess="")


def table(file: str, text_lines: Iterable[str]) -> Iterator[Row | Diagnostic]:
    """The header of a table, its rows, and what is wrong with them; the reading ends with GR635."""
    header: Row | None = None
    for row in rows(file, text_lines):
        if isinstance(row, Diagnostic):
            yield row
        elif header is None:
            header = row
            if (finding := other_separator(header)) is not None:
                yield finding
                return
            yield header
            yield from _misnamed(header)
        elif len(row.cells) != len(header.cells):
            yield Diagnostic.of("GR632", row.place(), cells=len(row.cells), columns=len(header.cells))
        else:
            yield row


def other_separator(header: Row) -> Diagnostic | None:
    """The finding that the cells of a header have something else than commas between them."""
    start = next((at for at, character in enumerate(header.text) if character in OTHER_SEPARATORS), None)
    if len(header.cells) > 1 or start is None:
        return None
    return Diagnostic.of("GR635", header.place(start, start + 1))


def _misnamed(header: Row) -> Iterator[Diagnostic]:
    """The findings for columns without a name, or with the name of another."""
    seen: set[str] = set()
    for index, name in enumerate(cell.strip() for cell in header.cells):
        if not name:
            yield Diagnostic.of("GR637", header.cell(index))
        elif name in seen:
            yield Diagnostic.of("GR631", header.cell(index), (name,), name=name)
        seen.add(name)


def rows(file: str, text_lines: Iterable[str]) -> Iterator[Row | Diagnostic]:
    """Every row that has text in it, and what is wrong with rows as such."""
    seen: Counter[str] = Counter()
    for line, text in _records(text_lines):
        row = Row(file, line, text, ())
        for code, pattern in (("GR105", UNSAFE), ("GR106", ODD_SPACE)):
            for match in pattern.finditer(text):
                seen[code] += 1
                if seen[code] <= FINDINGS:
                    place = row.place(match.start(), match.end())
                    yield Diagnostic.of(code, place, character=f"U+{ord(match[0]):04X}")
        cells = None if len(text) > ROW_LIMIT else _cells(text)
        if cells is None:
            yield Diagnostic.of("GR635", row.place())
            return
        if any(cell.strip() for cell in cells):
            yield Row(file, line, text, tuple(cells))


def _records(text_lines: Iterable[str]) -> Iterator[tuple[int, str]]:
    """The number of lines before each row, and its text; a line end within quotes does not end a row."""
    record: list[str] = []
    quotes = length = first = 0
    for number, line in enumerate(text_lines, 1):
        if line == "\n" and not record:
            first = number
            continue
        record.append(line)
        quotes += line.count('"')
        length += len(line)
        if quotes % 2 == 0 or length > ROW_LIMIT:
            yield first, "".join(record).removesuffix("\n")
            record.clear()
            quotes = length = 0
            first = number
    if record:
        yield first, "".join(record).removesuffix("\n")


def _cells(text: str) -> list[str] | None:
    """The cells of a row; None for a text that has a quote where none may be."""
    if '"' not in text:
        return text.split(",")
    spans = _spans(text)
    return None if spans is None else [_unquoted(text[start:end]) for start, end in spans]


def _unquoted(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell


def _spans(text: str) -> list[tuple[int, int]] | None:
    """Where each cell begins and ends; None for a text that has a quote where none may be."""
    spans: list[tuple[int, int]] = []
    start = 0
    while True:
        match = _CELL.match(text, start)
        assert match is not None  # the pattern also matches the empty text
        spans.append(match.span())
        if match.end() == len(text):
            return spans
        if text[match.end()] != ",":
            return None
        start = match.end() + 1


def harmless(text: str) -> str:
    """A text as a cell that no spreadsheet takes for a formula; negative numbers stay numbers.

    Invisible characters are written as their codes.
    """
    if _FORMULA.match(text) and not NEGATIVE.fullmatch(text.strip(" ")):
        text = f"'{text}"
    return escaped(text)


def written(rows: Iterable[Sequence[str]]) -> str:
    """Rows of harmless cells as CSV."""
    out = StringIO()
    csv.writer(out, lineterminator="\n").writerows(map(harmless, row) for row in rows)
    return out.getvalue()
