"""A text and the places in it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file: `line` and `column` count from 1, `end` is the column after the last character.

    `excerpt` is the whole line, so that a message can be rendered without the file.
    """

    file: str
    line: int
    column: int
    end: int
    excerpt: str

    @property
    def within(self) -> str:
        """Where in the file it is: its line and column."""
        return ":".join(map(str, (self.line, self.column)))

    @property
    def order(self) -> tuple[int, int, int]:
        """What places of a file are sorted by."""
        return 0, self.line, self.column

    def __str__(self) -> str:
        # What a terminal could act on, or no encoding takes, is shown as an escape.
        text = ":".join((self.file, self.within))
        return "".join(one if one.isprintable() else ascii(one)[1:-1] for one in text)


@dataclass(frozen=True, slots=True)
class CellPlace(Place):
    """A cell of a workbook: `line` is its row, `column` its column, and `excerpt` the text that it shows.

    `sheet` is the name of its sheet, `number` counts the sheets from 1, and `cell` is its name, such as E17.
    """

    sheet: str
    number: int
    cell: str

    @property
    def within(self) -> str:
        """Where in the file it is, as people say it: 考评填报!E17."""
        return f"{self.sheet}!{self.cell}"

    @property
    def order(self) -> tuple[int, int, int]:
        """What places of a file are sorted by."""
        return self.number, self.line, self.column


@dataclass(frozen=True, slots=True)
class Source:
    """A named text, cut into lines."""

    name: str
    lines: tuple[str, ...]

    @classmethod
    def of(cls, name: str, text: str) -> "Source":
        return cls(name, tuple(text.split("\n")))

    def place(self, line: int, column: int, end_line: int | None = None, end: int | None = None) -> Place:
        """A place from marks that count from 0; of a span over several lines, its part on the first line."""
        line = min(line, len(self.lines) - 1)
        excerpt = self.lines[line]
        column = min(column, len(excerpt))
        if end is None or end_line is None or end_line > line:
            end = len(excerpt.rstrip()) if end is not None else column + 1
        return Place(self.name, line + 1, column + 1, max(end, column + 1) + 1, excerpt)
