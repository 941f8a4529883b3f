"""Rows of text -> the lines of a table for a terminal, in which Chinese characters take two cells.

A column is as wide as its widest cell, measured as the carets of diagnostics are. `tabulate` was tried and makes each column
two cells wider than its head, reads numbers out of text, and would be a package that `prove` in a test run needs too.
"""

from collections.abc import Collection, Iterator, Sequence

from govrubric.diagnostics.display import cells

BETWEEN = "  "


def text_table(rows: Sequence[Sequence[str]], left: Collection[int], *, ruled: bool = False) -> Iterator[str]:
    """Rows of equal length; columns in `left` are aligned to the left, others to the right; `ruled`: a line after the first row."""
    widths = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    for number, row in enumerate(rows):
        padded = []
        for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
            space = " " * (width - cells(cell))
            padded.append(cell + space if column in left else space + cell)
        yield BETWEEN.join(padded).rstrip()
        if ruled and number == 0:
            yield BETWEEN.join("─" * width for width in widths)
