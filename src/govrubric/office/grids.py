"""Tables as every reader gives them: cells of lines in a grid, and the rows of a scoring table."""

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.display import ODD_SPACE, UNSAFE

# What a column of a scoring table holds. A column of indicators is one of the levels of a row too.
Role = Literal[
    "number", "indicator", "part", "requirement", "weight", "standard",
    "assessor", "note", "self", "evidence", "official",
]  # fmt: skip


class Cell(NamedTuple):
    """A cell of a table.

    `lines` are its paragraphs and lines, each with its automatic number in front as it is printed ("1.").
    `row` and `column` count from 0 and say where its text stands, which of a merged cell is its first place;
    `rows` and `columns` say how far it reaches.
    """

    lines: tuple[str, ...]
    row: int
    column: int
    rows: int = 1
    columns: int = 1

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)


class Grid(NamedTuple):
    """A table of a document.

    `name` is that of its sheet, else empty; `number` counts the tables of the file from 1. `title` holds the
    titles above it, `below` the paragraphs after it up to the titles of the next table. `cells` are rows of
    columns; a merged cell stands at each place that it covers. `notes` say what was read tolerantly. `above`
    holds the other paragraphs before it. A table that `is_inner` stands within a cell of another.
    """

    name: str
    number: int
    title: tuple[str, ...]
    below: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    notes: tuple[Diagnostic, ...]
    above: tuple[str, ...] = ()
    is_inner: bool = False


class Row(NamedTuple):
    """A row of a scoring table below its header.

    `cells` has the cell of each role that the table has a column for; of several columns of a role it has the
    lines of all. `levels` are the indicators that the row belongs to, from the highest level to the lowest, a
    row across the table that stands above it (一、组织领导) being the highest. `at` is its number in the
    document's table, from 1, as people count. `weights` has of each level the cell of the column of weights
    that belongs to it; the weight among `cells` is that of the lowest level.
    """

    cells: Mapping[Role, Cell]
    levels: tuple[Cell, ...]
    at: int
    weights: tuple[Cell | None, ...] = ()


class ScoringTable(NamedTuple):
    """A table that says how something is scored.

    `header` is the number of the row of its headings in the grid, from 0, the last of them where there are
    several. `titles` are the titles above the table, and then those in its rows above the headings. The other
    words of such rows are `above` in its grid; rows of words among the others are `below`.
    `total` is the cell that says what the whole comes to (总分（100分）), where there is one.
    """

    grid: Grid
    header: int
    rows: tuple[Row, ...]
    titles: tuple[str, ...]
    total: Cell | None


CELLS_LIMIT = 50_000  # places in all tables of a document


def lines_of(text: str) -> tuple[tuple[str, ...], int]:
    """The lines of a text that have something in them, and how many of its characters were not kept.

    Characters that no reader sees go, and unusual spaces become ordinary ones, since a rubric takes neither.
    """
    lines = [line.replace("\t", " ") for line in text.splitlines()]
    kept = [ODD_SPACE.sub(" ", UNSAFE.sub("", line)).strip() for line in lines]
    changed = sum(len(UNSAFE.findall(line)) + len(ODD_SPACE.findall(line)) for line in lines)
    return tuple(line for line in kept if line), changed


def filled(cells: Iterable[Cell], rows: int, columns: int) -> tuple[tuple[Cell, ...], ...]:
    """Rows of columns, in which each cell stands at each place that it covers; the other places are empty."""
    places = [[Cell((), row, column) for column in range(columns)] for row in range(rows)]
    for cell in cells:
        for row in range(cell.row, min(cell.row + cell.rows, rows)):
            for column in range(cell.column, min(cell.column + cell.columns, columns)):
                places[row][column] = cell
    return tuple(map(tuple, places))
