"""A workbook in the making: text is written as text and formulas as formulas, each with what it comes to now.

Numbers stand in a file as digits, and no float is made of them.
"""

import io
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from govrubric.diagnostics.diagnostic import Lang

TEXT_LIMIT = 32_767  # characters of a cell
FORMULA_LIMIT = 8_192  # characters of a formula
PROMPT_LIMIT = 255  # characters of what is shown beside a cell to fill in
# Files of the same rubric have the same bytes, so they all say that they were made at the same time.
MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - XlsxWriter takes times without a zone
FONTS: dict[Lang, str] = {"en": "Calibri", "zh": "宋体"}
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# What everybody may do in a sheet whose other cells are locked: make room for long text.
ALLOWED = {"format_columns": True, "format_rows": True}
BORDER = "#9AA5B1"

Value = str | int | Decimal
Format = Any  # of the library, which says little of its types
Worksheet = Any


class TooLongError(Exception):
    """A text that is longer than a cell may hold."""

    text: str

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class Book:
    """A workbook and the formats of its cells, each of which is made once."""

    def __init__(self, language: Lang) -> None:
        self._file = io.BytesIO()
        self._book: Any = xlsxwriter.Workbook(self._file, OPTIONS)
        self._book.set_properties({"created": MADE})
        self._base: dict[str, Any] = {"font_name": FONTS[language], "font_size": 10, "valign": "vcenter"}
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def format(self, properties: Mapping[str, Any]) -> Format:
        """The format with these properties beside those that all cells have."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format({**self._base, **properties})
        return self._formats[key]

    def sheet(self, name: str) -> "Sheet":
        """A new sheet behind the others."""
        return Sheet(self, self._book.add_worksheet(name))

    def bytes(self) -> bytes:
        """The file. Nothing can be written afterwards."""
        self._book.close()
        return self._file.getvalue()


class Sheet:
    """A sheet; rows are counted from 1, and a cell is named by its column and its row."""

    book: Book
    sheet: Worksheet

    def __init__(self, book: Book, sheet: Worksheet) -> None:
        self.book, self.sheet = book, sheet

    def text(self, cell: str, text: str, properties: Mapping[str, Any]) -> None:
        """Write text, whatever it begins with."""
        if len(text) > TEXT_LIMIT:
            raise TooLongError(text)
        done(self.sheet.write_string(cell, text, self.book.format(properties)))

    def formula(self, cell: str, formula: str, value: Value, properties: Mapping[str, Any]) -> None:
        """Write a formula, without its ``=``, and what it comes to now."""
        assert len(formula) <= FORMULA_LIMIT, f"the formula of {cell} is too long"
        done(self.sheet.write_formula(cell, f"={formula}", self.book.format(properties), value))

    def blank(self, cell: str, properties: Mapping[str, Any]) -> None:
        """Write an empty cell that has a format."""
        done(self.sheet.write_blank(cell, None, self.book.format(properties)))

    def merged(self, cells: str, properties: Mapping[str, Any]) -> None:
        """Make one cell of several, whose first is written afterwards."""
        done(self.sheet.merge_range(cells, "", self.book.format(properties)))

    def height(self, row: int, points: int) -> None:
        """Give a row its height."""
        done(self.sheet.set_row(row - 1, points))

    def validation(self, cell: str, rule: Mapping[str, Any]) -> None:
        """Let only certain values be typed into a cell."""
        done(self.sheet.data_validation(cell, dict(rule)))

    def printed(self, widths: Mapping[str, int], header: int, last_column: str, last_row: int) -> None:
        """Set up columns and printing: A4 across, as wide as the page, the header on each page."""
        for column, width in widths.items():
            done(self.sheet.set_column(span(column, column), width))
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.center_horizontally()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(header - 1)
        self.sheet.set_footer("&C&P / &N")
        done(self.sheet.print_area(f"A1:{last_column}{last_row}"))

    def locked(self) -> None:
        """Protect the sheet without a password."""
        self.sheet.protect("", ALLOWED)


def span(first: str, last: str) -> str:
    """The range from one cell or column to another."""
    return ":".join((first, last))


def done(code: Any) -> None:
    """Look at what the library returns: below zero, it has left something out."""
    assert code is None or not isinstance(code, int) or code >= 0, f"a cell was not written ({code})"
