"""Where everything stands in the workbook: the names of its sheets, and the cells of inputs and figures."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Literal, NamedTuple

from govrubric.diagnostics.diagnostic import Lang
from govrubric.forms.cell_formulas import Working
from govrubric.forms.questions import Question, Row
from govrubric.numbers import written

Side = Literal["own", "official"]
SIDES: tuple[Side, ...] = ("own", "official")
HIDDEN = "govrubric"
NAMES: dict[Lang, dict[str, str]] = {
    "en": {"form": "Form", "own": "Self", "official": "Assessor", "working": "Working"},
    "zh": {"form": "考核表", "own": "自评填报", "official": "考评填报", "working": "计算"},
}
# The columns of the sheets to fill in, which the hidden sheet names.
INPUT, TITLE, CLAUSE, ASKED, VALUE, UNIT, POINTS, MESSAGE, EVIDENCE, NOTE = "ABCDEFGHIJ"
FIRST_QUESTION = 8  # row of the sheets to fill in; the header is above it
UNIT_CODE, UNIT_NAME = "C2", "C3"
# The columns of the working: whole numbers for the unit's own entries and the assessor's, and their values.
WHOLE: dict[Side, str] = {"own": "B", "official": "C"}
DENOMINATOR = "D"
SHOWN: dict[Side, str] = {"own": "E", "official": "F"}
FILLED_ROW, WRONG_ROW = 3, 4  # of the working: how many cells are filled in, and how many are wrong
FIRST_CELL = 5  # row of the working: that of the cell with place 0
DIGITS = 12  # decimal places of a number that a cell shows before it is computed anew

_PLACE = re.compile(r"#(\d+)")


class Places(NamedTuple):
    """The rows of a form and its working; by the names of inputs, the lists of choices and the rows asking.

    `values` are the whole numbers of the working while nothing is filled in.
    """

    language: Lang
    rows: Sequence[Row]
    working: Working
    lists: Mapping[str, str]
    values: Sequence[int]
    asked: Mapping[str, int]

    def sheet(self, name: str) -> str:
        """The name of a sheet."""
        return NAMES[self.language][name]

    def row(self, place: int) -> int:
        """The row of the working that has the cell of a place."""
        return FIRST_CELL + place

    def whole(self, line: str, side: Side) -> str:
        """The cell of a line's whole number, from any sheet."""
        return self.cell(self.working.figure(line).place, WHOLE[side])

    def value(self, line: str, side: Side) -> str:
        """The cell of a line's value, from any sheet."""
        return self.cell(self.working.figure(line).place, SHOWN[side])

    def cell(self, place: int, column: str) -> str:
        return f"'{self.sheet('working')}'!${column}${self.row(place)}"

    def of_working(self, row: int, side: Side) -> str:
        """A cell of the working beside those of its lines."""
        return f"'{self.sheet('working')}'!${WHOLE[side]}${row}"

    def text(self, text: str, column: str) -> str:
        """The text of a cell's formula within the working, in one of its columns."""
        return _PLACE.sub(lambda match: f"{column}{self.row(int(match[1]))}", text)

    def now(self, line: str) -> Fraction:
        """What a line comes to while nothing is filled in."""
        figure = self.working.figure(line)
        under = figure.den if figure.under is None else self.values[figure.under]
        return Fraction(self.values[figure.place], under)

    @property
    def last_question(self) -> int:
        return FIRST_QUESTION + len(self.rows) - 1

    def entry(self, name: str, side: Side, column: str) -> str:
        """A cell beside an input in a sheet to fill in, from any sheet."""
        return f"'{self.sheet(side)}'!${column}${self.asked[name]}"


def rows_asking(rows: Sequence[Row]) -> dict[str, int]:
    """The row of each input in the sheets to fill in."""
    return {
        row.input: number
        for number, row in enumerate(rows, FIRST_QUESTION)
        if isinstance(row, Question) and row.input is not None
    }


def digits(number: Fraction) -> Decimal:
    """A number as the digits of a cell."""
    return Decimal(written(Fraction(number.numerator * 10**DIGITS // number.denominator, 10**DIGITS)))
