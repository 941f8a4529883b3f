"""The two official forms of 2023 as scoring tables, as a reader of documents gives them.

`2023-forms.txt` has them as text: a cell begins with a tab at the start of a line, and a table has eight
columns.
"""

from pathlib import Path

from govrubric.office.grids import Cell, Grid, Role, Row, ScoringTable

TEXT = Path(__file__).parent / "office" / "2023-forms.txt"
COLUMNS: tuple[Role, ...] = (
    *("number", "indicator", "requirement", "standard", "self", "evidence", "assessor", "official"),
)


def official(name: str) -> ScoringTable:
    """The table of `district` or `department`."""
    district, _, department = TEXT.read_text("utf-8").partition("[bookmark: _GoBack]")
    text = {"district": district, "department": department}[name]
    head, *cells = text.split("\n\t")
    texts = [cell.strip("\n \u3000") for cell in cells]
    rows = [texts[at : at + 8] for at in range(0, len(texts), 8)]
    grid = tuple(
        tuple(Cell(tuple(text.split("\n")) if text else (), row, column) for column, text in enumerate(texts))
        for row, texts in enumerate(rows)
    )
    titles = tuple(line for line in head.split("\n") if line.strip())
    return ScoringTable(
        Grid("", 1, titles, (), grid, ()),
        0,
        tuple(
            Row(dict(zip(COLUMNS, cells, strict=True)), (cells[1],), at)
            for at, cells in enumerate(grid[1:-1], 2)
        ),
        titles,
        grid[-1][1],
    )
