"""A row of CSV, or of a sheet of a workbook -> the same kind of row, for the reading of plain sheets."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.source import CellPlace, Place
from govrubric.document import csv
from govrubric.document.files import blanked
from govrubric.document.workbook import Cell, Sheet

EMPTY = Cell("")


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the texts of its cells, the place of each by its index, and what keeps a cell from being read.

    `as_text` says whether a cell of a workbook is text and no number. `shown` gives a text without characters
    that were reported already.
    """

    cells: tuple[str, ...]
    place: Callable[[int], Place]
    whole: Place
    fault: Callable[[int], Diagnostic | None]
    as_text: Callable[[int], bool]
    shown: Callable[[str], str] = str

    @classmethod
    def of_csv(cls, row: csv.Row) -> "Row":
        """A row of CSV, whose cells are all text and can all be read."""
        return cls(row.cells, row.cell, row.whole(), lambda _: None, lambda _: False, blanked)


def rows_of(sheet: Sheet) -> Iterator[Row]:
    """The rows of a sheet that have something in them, be it a formula that came to nothing."""
    width = max((column for _, column in sheet.cells), default=0)
    by_row: dict[int, dict[int, Cell]] = {}
    for (row, column), cell in sheet.cells.items():
        by_row.setdefault(row, {})[column] = cell
    for row, cells in sorted(by_row.items()):
        texts = tuple(cells.get(column, EMPTY).text for column in range(1, width + 1))
        if any(text.strip() for text in texts) or any(cell.formula for cell in cells.values()):
            yield _row(sheet, row, texts)


def _row(sheet: Sheet, row: int, texts: tuple[str, ...]) -> Row:
    return Row(
        texts,
        lambda index: sheet.place(row, index + 1),
        sheet.place(row, 1),
        lambda index: unreadable(sheet, row, index + 1),
        lambda index: sheet.cells.get((row, index + 1), EMPTY).kind == "text",
    )


def unreadable(sheet: Sheet, row: int, column: int) -> Diagnostic | None:
    """What keeps a cell from being read: that it is a formula, a date or an error, or hidden with a value."""
    cell = sheet.cells.get((row, column))
    if cell is None:
        return None
    place: CellPlace = sheet.place(row, column)
    if cell.formula:
        return Diagnostic.of("GR872", place)
    if cell.kind in ("date", "error"):
        return Diagnostic.of("GR873", place, what="a date" if cell.kind == "date" else "an error")
    if sheet.is_hidden(row, column):
        return Diagnostic.of("GR874", place, what="is hidden")
    return None
