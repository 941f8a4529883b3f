"""A CSV file, in UTF-8 or GB18030 -> its rows as one table."""

from dataclasses import replace

from govrubric.diagnostics.diagnostic import Diagnostic, DraftError
from govrubric.diagnostics.source import Place
from govrubric.document.csv import OTHER_SEPARATORS, Row, lines, rows
from govrubric.document.files import decode_either
from govrubric.office.grids import CELLS_LIMIT, Cell, Grid, filled, lines_of

SIZE_LIMIT = 5_000_000  # bytes


def grids_of(file: str, data: bytes) -> tuple[Grid, ...]:
    """The table of a file; none if it is empty. Raises `DraftError`."""
    place = Place(file, 1, 1, 2, "")
    if len(data) > SIZE_LIMIT:
        raise DraftError([Diagnostic.of("GR103", place, limit=SIZE_LIMIT)])
    decoded = decode_either(file, data)
    if isinstance(decoded, Diagnostic):
        raise DraftError([decoded])
    notes = [decoded[1]] if decoded[1] else []
    read = _rows(file, decoded[0])
    if not read:
        return ()
    columns = max(len(row.cells) for _, row in read)
    height = read[-1][0] + 1
    if columns * height > CELLS_LIMIT:
        raise DraftError([Diagnostic.of("GR807", place, limit=CELLS_LIMIT, what="cells", cell="")])
    cells: list[Cell] = []
    unseen = 0
    for at, row in read:
        for column, content in enumerate(row.cells):
            said, changed = lines_of(content)
            unseen += changed
            cells.append(Cell(said, at, column))
    if unseen:
        notes.append(Diagnostic.of("GR813", place, table=1, number=unseen))
    return (Grid("", 1, (), (), filled(cells, height, columns), tuple(notes)),)


def _rows(file: str, text: str) -> list[tuple[int, Row]]:
    """The rows with something in them, each with its number from 0; the rows between count too."""
    found: list[tuple[int, Row]] = []
    at = line = 0
    for row in rows(file, lines(text)):
        if isinstance(row, Row):
            at += row.line - line
            found.append((at, row))
            at += 1
            line = row.line + row.text.count("\n") + 1
        elif row.code == "GR635":
            raise _broken(row.place)
    if all(len(row.cells) == 1 for _, row in found):
        for _, row in found:
            for start, character in enumerate(row.text):
                if character in OTHER_SEPARATORS:
                    raise _broken(row.place(start, start + 1))
    return found


def _broken(place: Place | None) -> DraftError:
    """The error that a place cannot be read as CSV; without its line, since the file may be anything."""
    return DraftError([Diagnostic.of("GR635", place and replace(place, excerpt=""))])
