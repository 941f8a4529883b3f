"""An Excel file (.xlsx) -> its sheets as tables, without what is hidden in them.

calamine reads the cells. It makes a full table of each sheet and believes the archive, so that it gets a copy
of the parts that were looked at before: where cells stand, and how much text they have.
"""

import datetime
import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple
from xml.etree.ElementTree import Element

from python_calamine import CalamineError, CalamineWorkbook

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.document.package import Package
from govrubric.document.workbook import column_name, formats, position
from govrubric.office.grids import CELLS_LIMIT, Cell, Grid, filled, lines_of
from govrubric.office.numbering import number

_CARRIAGE_RETURN = "_x000D_"  # how XML has one in the text of a cell
_FOR_ALL = ("sharedStrings", "styles")  # parts that belong to all sheets

Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


class _Layout(NamedTuple):
    """What calamine does not say of a sheet: its size, what is hidden, and which numbers are percentages."""

    rows: int
    columns: int
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    percent: frozenset[tuple[int, int]]


def grids_of(package: Package, main_part: str) -> tuple[Grid, ...]:
    """Every sheet that is shown and has something in it, in the order of the workbook."""
    related = package.related(main_part)
    one_of = {kind: part for kind, part in related.values() if part in package.parts}
    texts = _lengths(package.tree(one_of["sharedStrings"])) if "sharedStrings" in one_of else []
    percent = formats(package.tree(one_of["styles"])).percent if "styles" in one_of else frozenset()
    looked_at = [one_of[kind] for kind in _FOR_ALL if kind in one_of]
    sheets: dict[str, _Layout] = {}
    hidden: list[str] = []
    for sheet in package.tree(main_part).iter("sheet"):
        kind, part = related.get(sheet.get("id", ""), ("", ""))
        if kind != "worksheet" or part not in package.parts:
            continue
        name = sheet.get("name", "")
        if sheet.get("state", "visible") != "visible":
            hidden.append(name)
        elif name in sheets:
            raise package.damaged("it is no proper workbook")
        else:
            sheets[name] = _layout(package, package.tree(part), texts, percent)
            looked_at.append(part)
    if sum(one.rows * one.columns for one in sheets.values()) > CELLS_LIMIT:
        largest = max(sheets.values(), key=lambda one: one.rows * one.columns)
        cell = f"{column_name(largest.columns - 1)}{largest.rows}"
        raise package.refused("GR807", limit=CELLS_LIMIT, what="cells", cell=cell)
    notes = tuple(_told(package, "", "sheets", hidden))
    found: list[Grid] = []
    try:
        with CalamineWorkbook.from_filelike(_copy(package, main_part, looked_at)) as workbook:
            for name, layout in sheets.items():
                sheet_of = workbook.get_sheet_by_name(name)
                values = sheet_of.to_python(skip_empty_area=False)
                grid = _grid(package, name, len(found) + 1, layout, values, sheet_of.merged_cell_ranges or [])
                if any(cell.lines for row in grid.cells for cell in row):
                    found.append(grid._replace(notes=notes + grid.notes))
                    notes = ()
    except CalamineError:
        raise package.damaged("it is no proper workbook") from None
    return tuple(found)


def _copy(package: Package, main_part: str, looked_at: list[str]) -> io.BytesIO:
    """An archive of the parts that were looked at, and of no others."""
    copy = io.BytesIO()
    always = ["[Content_Types].xml", "_rels/.rels", main_part, package.relations(main_part)]
    with zipfile.ZipFile(copy, "w") as archive:
        for part in dict.fromkeys([*always, *looked_at]):
            if part in package.parts:
                archive.writestr(part, package.content(part))
    copy.seek(0)
    return copy


def _lengths(strings: Element) -> list[int]:
    """The number of characters of each text that cells share."""
    return [sum(len(one.text or "") for one in text.iter("t")) for text in strings.iter("si")]


def _layout(package: Package, sheet: Element, texts: list[int], percent: frozenset[int]) -> _Layout:
    rows = columns = row = 0
    hidden_rows: set[int] = set()
    shares: set[tuple[int, int]] = set()
    for line in sheet.iter("row"):
        row = number(line.get("r")) or row + 1
        if line.get("hidden") in ("1", "true"):
            hidden_rows.add(row - 1)
        column = 0
        for cell in line.iter("c"):
            at_row, column = position(package, cell.get("r"), row, column)
            if cell.find("v") is None and cell.find("is") is None:
                continue
            rows, columns = max(rows, at_row), max(columns, column)
            if cell.get("t") == "s":
                index = number(cell.findtext("v"))
                package.count(0, texts[index] if index < len(texts) else 0)
            elif number(cell.get("s")) in percent and cell.get("t", "n") == "n":
                shares.add((at_row - 1, column - 1))
    hidden_columns: set[int] = set()
    for one in sheet.iter("col"):
        if one.get("hidden") in ("1", "true"):
            hidden_columns.update(range(number(one.get("min")) - 1, min(number(one.get("max")), columns)))
    return _Layout(rows, columns, frozenset(hidden_rows), frozenset(hidden_columns), frozenset(shares))


def _grid(
    package: Package,
    name: str,
    number_: int,
    layout: _Layout,
    values: list[list[Value]],
    merged: list[tuple[tuple[int, int], tuple[int, int]]],
) -> Grid:
    rows, columns = layout.rows, layout.columns
    area = sum(
        max(0, min(last[0] + 1, rows) - first[0]) * max(0, min(last[1] + 1, columns) - first[1])
        for first, last in merged
    )
    if area > CELLS_LIMIT:
        raise package.refused("GR807", limit=CELLS_LIMIT, what="cells", cell="")
    reach = {first: (last[0] - first[0] + 1, last[1] - first[1] + 1) for first, last in merged}
    cells: list[Cell] = []
    unseen = 0
    for at, line in enumerate(values):
        for column, value in enumerate(line):
            lines, changed = lines_of(_shown(value, (at, column) in layout.percent))
            unseen += changed
            cells.append(Cell(lines, at, column, *reach.get((at, column), (1, 1))))
    # What is merged is laid over the empty places that it covers.
    cells.sort(key=lambda cell: cell.rows * cell.columns > 1)
    places = [list(row) for row in filled(cells, rows, columns)]
    # Something stands in a row or column itself, and does not just reach into it.
    hidden_rows = sorted({one.row for row in places for one in row if one.lines} & layout.hidden_rows)
    hidden_columns = sorted(
        {one.column for row in places for one in row if one.lines} & layout.hidden_columns
    )
    for at, row in enumerate(places):
        for column in range(columns):
            if at in layout.hidden_rows or column in layout.hidden_columns:
                row[column] = Cell((), at, column)
    notes = [
        *_told(package, number_, "rows of the sheet", [str(at + 1) for at in hidden_rows]),
        *_told(package, number_, "columns", [column_name(at) for at in hidden_columns]),
    ]
    if unseen:
        notes.append(Diagnostic.of("GR813", package.place, table=number_, number=unseen))
    return Grid(name, number_, (), (), tuple(map(tuple, places)), tuple(notes))


def _told(package: Package, table: int | str, what: str, names: list[str]) -> Iterator[Diagnostic]:
    """The note that something is hidden and was left out."""
    if names:
        listed = ", ".join(names)
        yield Diagnostic.of(
            "GR810", package.place, table=str(table), number=len(names), what=what, names=listed
        )


def _shown(value: Value, percent: bool) -> str:
    """A value as Excel shows it: numbers of at most 15 digits, TRUE and FALSE; a day as ISO has it."""
    if isinstance(value, str):
        return value.replace(_CARRIAGE_RETURN, "")
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        sign, digits, exponent = Decimal(f"{value:.15g}").as_tuple()
        if not isinstance(exponent, int):  # infinite, or no number
            return ""
        shown = f"{Decimal((sign, digits, exponent + 2 * percent)):f}"
        return f"{shown}%" if percent else shown
    return str(value)
