"""An Excel file (.xlsx) -> its sheets, cell by cell: what stands in each, its kind, and what is hidden.

Cells are read from the XML itself: a tally needs the digits of a number, of which libraries make a float, and
which cells are formulas, dates or errors. No formula is ever computed.
"""

import datetime
import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import cached_property
from typing import Literal, NamedTuple
from xml.etree.ElementTree import Element

from govrubric.diagnostics.source import CellPlace
from govrubric.document.package import Package

Kind = Literal["text", "number", "flag", "date", "error"]
At = tuple[int, int]  # the row and the column of a cell, each from 1
Area = tuple[int, int, int, int]  # the first row and column, the last row and column

LAST_ROW, LAST_COLUMN = 1 << 20, 1 << 14  # of a sheet
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_NUMBER = re.compile(
    r"[-+]?(?:[0-9]{1,40}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:[eE][-+]?[0-9]{1,3})?", re.ASCII
)
_WHOLE = re.compile("[0-9]{1,7}", re.ASCII)
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")  # how XML has what it cannot hold in the text of a cell
_PERCENT_FORMATS = frozenset(("9", "10"))  # 0% and 0.00%, which no file declares
_DATE_FORMATS = frozenset(map(str, (*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59))))
_ASIDE = re.compile(r'"[^"]*"|\\.|[_*].|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_OF_DATES = re.compile("[ymdhs]", re.IGNORECASE)
_FIRST_DAY = datetime.datetime(1899, 12, 30, tzinfo=datetime.UTC)
_DAYS = 2_958_466  # up to the end of the year 9999
# Excel holds a number as a double and shows 15 digits of it, which are all that somebody typed.
_AS_SHOWN = Context(prec=15)


class Formats(NamedTuple):
    """The styles of cells that show a number as a percentage, and those that show it as a date."""

    percent: frozenset[int] = frozenset()
    dates: frozenset[int] = frozenset()


class Cell(NamedTuple):
    """What stands in a cell.

    `text` is what people see of it: a number with its digits, as a percentage where it is shown so. Of a
    formula it is what was computed when the file was saved.
    """

    text: str
    kind: Kind = "text"
    formula: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook; `cells` has those with something in them. `number` counts sheets from 1."""

    file: str
    name: str
    number: int
    cells: Mapping[At, Cell]
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    merged: tuple[Area, ...]

    def place(self, row: int, column: int) -> CellPlace:
        """The place of a cell."""
        text = self.cells[row, column].text if (row, column) in self.cells else ""
        return CellPlace(
            self.file,
            row,
            column,
            column + 1,
            text,
            self.name,
            self.number,
            f"{column_name(column - 1)}{row}",
        )

    def is_hidden(self, row: int, column: int) -> bool:
        """Whether the row or the column of a cell is hidden."""
        return row in self.hidden_rows or column in self.hidden_columns

    def merged_over(self, rows: Sequence[int], columns: Collection[int]) -> Iterator[At]:
        """Of the cells of some rows, in order, in some columns: the first that each merged cell covers."""
        places = sorted(columns)
        for first_row, first_column, last_row, last_column in self.merged:
            at, place = bisect_left(rows, first_row), bisect_left(places, first_column)
            is_within = at < len(rows) and rows[at] <= last_row
            if is_within and place < len(places) and places[place] <= last_column:
                yield rows[at], places[place]


class Workbook:
    """The sheets of a workbook, each read when it is asked for. Raises as its package does."""

    hidden: tuple[str, ...]

    def __init__(self, package: Package) -> None:
        self._package = package
        main_part = package.office_part()
        if not main_part.startswith("xl/"):
            raise package.refused("GR800", kind="a file of another kind")
        related = package.related(main_part)
        one_of = {kind: part for kind, part in related.values() if part in package.parts}
        self._texts_part, self._styles_part = one_of.get("sharedStrings"), one_of.get("styles")
        self._parts: dict[str, str] = {}
        self._read: dict[str, Sheet] = {}
        hidden: list[str] = []
        for sheet in package.tree(main_part).iter("sheet"):
            kind, part = related.get(sheet.get("id", ""), ("", ""))
            name = sheet.get("name", "")
            if kind != "worksheet" or part not in package.parts:
                continue
            if name in self._parts:
                raise package.damaged("it is no proper workbook")
            self._parts[name] = part
            if sheet.get("state", "visible") != "visible":
                hidden.append(name)
        self.hidden = tuple(hidden)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the sheets, hidden ones too, in the order of the workbook."""
        return tuple(self._parts)

    def sheet(self, name: str) -> Sheet:
        """The sheet with a name."""
        if name not in self._read:
            tree = self._package.tree(self._parts[name])
            self._read[name] = self._sheet(name, list(self._parts).index(name) + 1, tree)
        return self._read[name]

    @cached_property
    def _texts(self) -> list[str]:
        if self._texts_part is None:
            return []
        # What is said for the pronunciation is no part of the text.
        return [_text_of(one) for one in self._package.tree(self._texts_part, {"rPh"}).iter("si")]

    @cached_property
    def _formats(self) -> Formats:
        return formats(self._package.tree(self._styles_part)) if self._styles_part else Formats()

    def _sheet(self, name: str, number: int, tree: Element) -> Sheet:
        cells: dict[At, Cell] = {}
        hidden_rows: set[int] = set()
        row = 0
        for line in tree.iter("row"):
            row = whole(line.get("r")) or row + 1
            if line.get("hidden") in ("1", "true"):
                hidden_rows.add(row)
            column = 0
            for one in line.iter("c"):
                at_row, column = position(self._package, one.get("r"), row, column)
                cell = self._cell(one)
                if cell.text or cell.formula:
                    cells[at_row, column] = cell
        for formula in tree.iter("f"):
            if formula.get("t") in ("array", "dataTable"):
                self._mark(cells, self._area(formula.get("ref", "")))
        hidden_columns: set[int] = set()
        reached = 0  # ranges may overlap as they like, and each column is looked at once
        for first, last in sorted(
            (whole(one.get("min")), min(whole(one.get("max")), LAST_COLUMN))
            for one in tree.iter("col")
            if one.get("hidden") in ("1", "true")
        ):
            hidden_columns.update(range(max(first, reached + 1), last + 1))
            reached = max(reached, last)
        areas = (self._area(one.get("ref", "")) for one in tree.iter("mergeCell"))
        return Sheet(
            self._package.place.file,
            name,
            number,
            cells,
            frozenset(hidden_rows),
            frozenset(hidden_columns),
            tuple(areas),
        )

    def _mark(self, cells: dict[At, Cell], within: Area) -> None:
        """Mark the cells that one formula fills, of which only the first has it written."""
        first_row, first_column, last_row, last_column = within
        size = (last_row - first_row + 1) * (last_column - first_column + 1)
        self._package.count(0, min(size, len(cells)))
        if size <= len(cells):
            inside = [
                (row, column)
                for row in range(first_row, last_row + 1)
                for column in range(first_column, last_column + 1)
                if (row, column) in cells
            ]
        else:
            inside = [
                (row, column)
                for row, column in cells
                if first_row <= row <= last_row and first_column <= column <= last_column
            ]
        for at in inside:
            cells[at] = cells[at]._replace(formula=True)

    def _area(self, reference: str) -> Area:
        found = area(reference)
        if found is None:
            raise self._package.damaged("it is no proper workbook")
        return found

    def _cell(self, one: Element) -> Cell:
        formula = one.find("f") is not None
        kind, raw = one.get("t", "n"), one.findtext("v") or ""
        if kind == "s":
            index = int(raw) if _WHOLE.fullmatch(raw) else -1
            if not 0 <= index < len(self._texts):
                raise self._package.damaged("it is no proper workbook")
            text = self._texts[index]
            self._package.count(0, len(text))
            return Cell(text, formula=formula)
        if kind == "inlineStr":
            inline = one.find("is")
            return Cell("" if inline is None else _text_of(inline), formula=formula)
        if kind == "b":
            return Cell({"0": "FALSE", "1": "TRUE"}.get(raw, ""), "flag", formula)
        if kind == "e":
            return Cell(raw, "error", formula)
        if kind == "d":
            return Cell(raw, "date", formula)
        if kind == "str" or not _NUMBER.fullmatch(raw):
            return Cell(_unescaped(raw), formula=formula)
        style = whole(one.get("s"))
        if style in self._formats.dates:
            return Cell(_day(raw), "date", formula)
        return Cell(_digits(raw, percent=style in self._formats.percent), "number", formula)


def whole(text: str | None) -> int:
    """A whole number that XML gives, of at most seven digits; 0 for what is none."""
    return int(text) if text is not None and _WHOLE.fullmatch(text) else 0


def formats(styles: Element) -> Formats:
    """What the part of styles says of the numbers of cells."""
    written = {
        one.get("numFmtId", ""): _ASIDE.sub("", one.get("formatCode", "")) for one in styles.iter("numFmt")
    }
    percent = _PERCENT_FORMATS | {name for name, code in written.items() if "%" in code}
    dates = _DATE_FORMATS | {name for name, code in written.items() if _OF_DATES.search(code)}
    used = [one.get("numFmtId") for cells in styles.iter("cellXfs") for one in cells.iter("xf")]
    return Formats(
        frozenset(at for at, one in enumerate(used) if one in percent),
        frozenset(at for at, one in enumerate(used) if one in dates),
    )


def position(package: Package, reference: str | None, row: int, column: int) -> At:
    """The row and the column of a cell; one that does not say stands after the one before it."""
    if reference is None:
        return row, column + 1
    at = cell_at(reference)
    if at is None:
        raise package.damaged("it is no proper workbook")
    return at


def cell_at(reference: str) -> At | None:
    """The row and the column of a cell by its name.

    >>> cell_at("E17"), cell_at("$C$2"), cell_at("E0")
    ((17, 5), (2, 3), None)
    """
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        return None
    row, column = int(match[2]), column_at(match[1])
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None


def area(reference: str) -> Area | None:
    """The first and the last row and column of some cells by their names.

    >>> area("B2:D9"), area("B2"), area("B2:")
    ((2, 2, 9, 4), (2, 2, 2, 2), None)
    """
    first, _, last = reference.partition(":")
    start, end = cell_at(first), cell_at(last if ":" in reference else first)
    return None if start is None or end is None else (*start, *end)


def column_at(letters: str) -> int:
    """The number of a column, from 1, by its letters.

    >>> column_at("A"), column_at("XFD")
    (1, 16384)
    """
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - ord("A") + 1
    return at


def column_name(at: int) -> str:
    """The letters of a column, counted from 0.

    >>> column_name(0), column_name(25), column_name(26), column_name(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    name = ""
    at += 1
    while at:
        at, letter = divmod(at - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def _text_of(parent: Element) -> str:
    """The text of a cell, which may stand in several runs."""
    return _unescaped("".join(one.text or "" for one in parent.iter("t")))


def _unescaped(text: str) -> str:
    """A text with the characters that XML cannot hold, and with LF for every line end."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _digits(raw: str, *, percent: bool) -> str:
    """A number as Excel shows it, with at most 15 digits and no zeros at its end."""
    sign, digits, exponent = _AS_SHOWN.create_decimal(raw).normalize(_AS_SHOWN).as_tuple()
    assert isinstance(exponent, int), "it has digits"
    if not any(digits):
        sign, exponent = 0, -2
    shown = f"{Decimal((sign, digits, exponent + 2 * percent)):f}"
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return f"{shown}%" if percent else shown


def _day(raw: str) -> str:
    """A date as ISO has it, or the number that stands for it where there is no such day."""
    days = _AS_SHOWN.create_decimal(raw)
    if not 0 <= days < _DAYS:
        return raw
    day = _FIRST_DAY + datetime.timedelta(seconds=int(days * 86_400))
    return day.strftime("%Y-%m-%d %H:%M").removesuffix(" 00:00")
