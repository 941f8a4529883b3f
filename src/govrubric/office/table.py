"""Grids -> the scoring tables among them.

A header begins a scoring table. It may stand there again further down, with its title or without.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from govrubric.diagnostics.diagnostic import Diagnostic, DraftError
from govrubric.diagnostics.source import Place
from govrubric.office.body import Body, is_total
from govrubric.office.grades import grades_of
from govrubric.office.grids import Cell, Grid, ScoringTable
from govrubric.office.header import Header, header_at, standing
from govrubric.office.paragraphs import parted

TEXT = ".csv"
SEEN = 10  # texts of a row that a message shows
SHORT = 20  # rows of a table of grades
SHOWN = 60  # characters of a row that a message shows


def scoring_tables(grids: Iterable[Grid], file: str = "") -> tuple[ScoringTable, ...]:
    """The scoring tables among the grids of a file, in their order.

    Raises `DraftError` where there is none, and says what was looked for.
    """
    given = tuple(grids)
    after = {grid.number - 1: grid for grid in given}
    found: list[ScoringTable] = []
    others: list[Grid] = []
    told: set[int] = set()  # tables of which it is told already that they were not read
    for grid in given:
        if tables := list(_tables(grid, file)):
            *before, last = tables
            last = _with_next(last, after.get(grid.number), file)
            found += [*before, last]
            told |= {grid.number + 1 for note in last.grid.notes if note.code == "GR818"}
        elif not grid.is_inner:
            others.append(grid)
    if not found:
        raise DraftError([_none(given, file)])
    words, notes = _words_of((grid for grid in others if grid.number not in told), file)
    return tuple(
        table._replace(
            grid=table.grid._replace(above=(*words, *table.grid.above), notes=(*table.grid.notes, *notes))
        )
        for table in found
    )


def _words_of(grids: Iterable[Grid], file: str) -> tuple[list[str], list[Diagnostic]]:
    """What stands in and around tables that score nothing: it may be about any scoring table of the file.

    A table of one column is text. Of another the first row is shown, or all as one text if it is short.
    """
    words: list[str] = []
    notes: list[Diagnostic] = []
    for grid in grids:
        words += (*grid.above, *grid.title)
        rows = [cells for at in range(len(grid.cells)) if (cells := _own(grid, at))]
        if all(len(cells) == 1 for cells in rows):
            words += [line for (cell,) in rows for line in cell.lines]
        else:
            lines = [" ".join(line for cell in cells for line in cell.lines) for cells in rows]
            text = "；".join(lines)
            is_read = len(rows) <= SHORT and len(grades_of(text)) > 1
            words.append(text if is_read else lines[0])
            if not is_read:
                place = Place(file, 1, 1, 2, "")
                notes.append(
                    Diagnostic.of("GR825", place, table=grid.number, number=len(rows), words=lines[0][:SHOWN])
                )
        words += grid.below
    return words, notes


def _own(grid: Grid, row: int) -> list[Cell]:
    """The cells whose text stands in a row."""
    return [cell for cell in standing(grid, row) if cell.row == row]


def _none(grids: Sequence[Grid], file: str) -> Diagnostic:
    """The finding that there is no scoring table, with the first row of the largest."""
    largest = max(grids, key=lambda grid: sum(map(len, grid.cells)))
    rows = [standing(largest, row) for row in range(len(largest.cells))]
    seen = next((row for row in rows if len(row) > 1), rows[0] if rows else [])
    # A text file may be anything, a list of passwords too, so that no line of one is shown.
    is_shown = not file.lower().endswith(TEXT)
    words = " | ".join(" ".join(cell.lines) for cell in seen[:SEEN]) if is_shown else ""
    return Diagnostic.of("GR806", Place(file, 1, 1, 2, ""), number=len(grids), words=words)


def _with_next(table: ScoringTable, after: Grid | None, file: str) -> ScoringTable:
    """The table, with a note if the next may be the rest of it: as wide, without a header and a title."""
    if (
        after is None
        or after.title
        or table.grid.below
        or _widths(after) != _widths(table.grid)
        or _spans(after)
    ):
        return table
    note = Diagnostic.of("GR818", Place(file, 1, 1, 2, ""), table=table.grid.number, next=after.number)
    return table._replace(grid=table.grid._replace(notes=(*table.grid.notes, note)))


def _widths(grid: Grid) -> set[int]:
    return set(map(len, grid.cells))


@dataclass(slots=True)
class _Span:
    """The rows of a scoring table in a grid: titles, header, body, and rows that repeat the former two."""

    titles: tuple[str, ...]
    header: Header
    end: int
    skipped: set[int] = field(default_factory=set)


def _spans(grid: Grid) -> list[_Span]:
    found: list[_Span] = []
    row = 0
    while row < len(grid.cells):
        header = header_at(grid, row)
        if header is None:
            row += 1
            continue
        start = _titles_above(grid, found, row)
        above = dict.fromkeys(cell for at in range(start, row) for cell in standing(grid, at))
        titles = tuple(line for cell in above for line in cell.lines)
        if (
            found
            and header.repeats(found[-1].header)
            and not _is_another(grid, found[-1], start, row, titles)
        ):
            found[-1].skipped.update(range(row, header.last + 1))
            if set(titles) <= set(found[-1].titles):
                found[-1].skipped.update(range(start, row))
        else:
            if found:
                found[-1].end = start
            found.append(_Span(titles, header, len(grid.cells)))
        row = header.last + 1
    return found


def _titles_above(grid: Grid, before: list[_Span], row: int) -> int:
    """The first row of a table's titles: all above the first table, of another those of at most a cell."""
    if not before:
        return 0
    first = before[-1].header.last + 1
    while row > first and len(cells := standing(grid, row - 1)) < 2 and not any(map(is_total, cells)):
        row -= 1
    return row


def _is_another(grid: Grid, before: _Span, start: int, row: int, titles: tuple[str, ...]) -> bool:
    """Whether a header that repeats begins another table: after a total, or with a title of its own."""
    if any(map(is_total, standing(grid, start - 1))):
        return True
    has_gap = any(not standing(grid, at) for at in range(start, row))
    return has_gap and not set(titles) <= set(before.titles)


def _alone(grid: Grid, first: int, columns: range) -> Grid:
    """A grid with nothing in the rows from its first header on but what some columns have."""
    cells = tuple(
        tuple(
            cell if at < first or column in columns else Cell((), at, column)
            for column, cell in enumerate(row)
        )
        for at, row in enumerate(grid.cells)
    )
    return grid._replace(cells=cells)


def _tables(grid: Grid, file: str) -> Iterator[ScoringTable]:
    spans = _spans(grid)
    if spans and (blocks := spans[0].header.blocks()):
        for columns in blocks:
            below = grid.below if columns is blocks[-1] else ()
            yield from _tables(_alone(grid, spans[0].header.first, columns)._replace(below=below), file)
        return
    has_merged = any(cell.rows * cell.columns > 1 for row in grid.cells for cell in row)
    around = [parted(span.titles) for span in spans]
    for number, span in enumerate(spans):
        body = Body(grid, span.header, span.end, has_merged, file)
        for at in range(span.header.last + 1, span.end):
            if at not in span.skipped:
                body.read(at)
        before, titles, above = around[number]
        if span is spans[0]:
            titles, above = (*grid.title, *titles), (*grid.above, *before, *above)
        below = (*body.below, *(grid.below if span is spans[-1] else around[number + 1][0]))
        own = grid._replace(above=above, below=below, notes=(*grid.notes, *body.notes()))
        yield ScoringTable(own, span.header.last, tuple(body.rows), titles, body.total)
