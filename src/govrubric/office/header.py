"""A row of a grid -> the header of a scoring table that begins with it, if one does: each column's role."""

from typing import NamedTuple

from govrubric.office.grids import Cell, Grid, Role
from govrubric.office.headings import bare, role_of, role_under, unbracketed

# What is scored, and how much or how: a scoring table has a column of both kinds.
SCORED: frozenset[Role] = frozenset(("indicator", "part", "requirement"))
HOW: frozenset[Role] = frozenset(("standard", "weight"))
BESIDE = (2, 3)  # tables that may stand beside each other
ROWS = 3  # of headings at most


class Header(NamedTuple):
    """The headings of a scoring table: the rows in which they stand, and each column's texts and role."""

    first: int
    last: int
    headings: tuple[tuple[str, ...], ...]
    roles: tuple[Role | None, ...]

    def of(self, role: Role) -> list[int]:
        """The columns of a role."""
        return [column for column, one in enumerate(self.roles) if one == role]

    def blocks(self) -> list[range]:
        """The columns of each of several tables that stand beside each other, with the same headings."""
        said = [column for column, one in enumerate(self.headings) if one]
        for times in BESIDE:
            size, rest = divmod(len(said), times)
            starts = [said[at * size] for at in range(times)]
            ends = [said[at * size + size - 1] + 1 for at in range(times)]
            parts = [[self.headings[column] for column in said[at * size :][:size]] for at in range(times)]
            if not rest and parts[1:] == parts[:-1] and "standard" in self.roles[starts[0] : ends[0]]:
                return [range(start, end) for start, end in zip(starts, ends, strict=True)]
        return []

    def repeats(self, other: "Header") -> bool:
        """Whether it has the same headings as another, but for what brackets hold (指标（续）)."""
        return self._bare() == other._bare()

    def _bare(self) -> list[list[str]]:
        return [list(map(unbracketed, one)) for one in self.headings]


def standing(grid: Grid, row: int) -> list[Cell]:
    """The cells of a row that have text, each once, those that reach into it from above too."""
    return list(dict.fromkeys(cell for cell in grid.cells[row] if cell.lines))


def header_at(grid: Grid, row: int) -> Header | None:
    """The header that begins with a row; None where none does."""
    cells = standing(grid, row)
    named = [cell for cell in cells if role_of(cell.text)]
    if any(cell.row < row for cell in cells) or 2 * len(named) < len(cells) or len(named) < 2:
        return None
    last = row
    while last + 1 < min(row + ROWS, len(grid.cells)) and _goes_on(grid, row, last + 1):
        last += 1
    headings = tuple(map(_texts_of, zip(*grid.cells[row : last + 1], strict=True)))
    roles = _promoted([role_under(one) for one in headings])
    there = set(roles)
    return Header(row, last, headings, tuple(roles)) if there & SCORED and there & HOW else None


def _texts_of(column: tuple[Cell, ...]) -> tuple[str, ...]:
    """The headings over a column, each once."""
    return tuple(dict.fromkeys(bare(cell.text) for cell in column if cell.lines))


def _goes_on(grid: Grid, first: int, row: int) -> bool:
    """Whether the headings that begin in a row go on in a later one.

    Headings from above reach into it, or all that it has are headings under a wider one.
    """
    cells = standing(grid, row)
    if any(first <= cell.row < row for cell in cells):
        return True
    are_headings = len(cells) > 1 and all(role_of(cell.text) for cell in cells)
    return are_headings and _texts(cells) != _texts(standing(grid, first))


def _texts(cells: list[Cell]) -> list[str]:
    return [bare(cell.text) for cell in cells]


def _promoted(roles: list[Role | None]) -> list[Role | None]:
    """The roles of columns, with the first of what is scored as the indicator where no column is one."""
    for role in ("indicator", "part", "requirement"):
        if role in roles:
            first = roles.index(role)
            return [*roles[:first], "indicator", *roles[first + 1 :]]
    return roles
