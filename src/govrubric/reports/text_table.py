"""Rows of text -> the lines of a table for a terminal, in which Chinese characters take two cells.

A column is as wide as its widest cell, measured as for the carets of diagnostics. The package `tabulate` does
not serve: it makes each column two cells wider than its head, and reads numbers out of text.
"""

from collections.abc import Collection, Iterator, Sequence

from govrubric.diagnostics.display import cells

BETWEEN = "  "


def text_table(rows: Sequence[Sequence[str]], left: Collection[int], *, ruled: bool = False) -> Iterator[str]:
    """Rows of equal length -> lines; the columns in `left` are aligned to the left, the others to the right.

    A `ruled` table has a line under its first row.
    """
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        padded = []
        for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
            space = " " * (width - cells(cell))
            padded.append(cell + space if column in left else space + cell)
        yield BETWEEN.join(padded).rstrip()
        if ruled and number == 0:
            yield BETWEEN.join("─" * width for width in widths)
