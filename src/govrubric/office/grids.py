"""Tables as every reader gives them: cells of lines in a grid, and the rows of a scoring table."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from govrubric.diagnostics.diagnostic import Diagnostic

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
    paragraphs directly above it, `below` those after it up to the next table. `cells` are rows of columns; a
    merged cell stands at each place that it covers. `notes` say what was read tolerantly.
    """

    name: str
    number: int
    title: tuple[str, ...]
    below: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    notes: tuple[Diagnostic, ...]


class Row(NamedTuple):
    """A row of a scoring table below its header.

    `cells` has the cell of each role that the table has a column for, `levels` the columns of indicators from
    the highest level to the lowest. `at` is its number in the document's table, from 1, as people count.
    """

    cells: Mapping[Role, Cell]
    levels: tuple[Cell, ...]
    at: int


class ScoringTable(NamedTuple):
    """A table that says how something is scored.

    `header` is the number of the row of its headings in the grid, from 0, the last of them where there are
    several. `titles` are the title rows within the table, above the headings, after the paragraphs above it.
    `total` is the cell that says what the whole comes to (总分（100分）), where there is one.
    """

    grid: Grid
    header: int
    rows: tuple[Row, ...]
    titles: tuple[str, ...]
    total: Cell | None
