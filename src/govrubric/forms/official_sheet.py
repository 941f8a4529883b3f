"""The official form as a sheet: a row an indicator, with scores and evidence of the sheets filled in."""

from collections.abc import Mapping

from govrubric.forms import figures
from govrubric.forms.book import BORDER, FORMULA_LIMIT, Sheet
from govrubric.forms.entry_sheet import total_format
from govrubric.forms.figures import Shown
from govrubric.forms.heights import HIGHEST, height
from govrubric.forms.official import FormRow, OfficialForm
from govrubric.forms.places import EVIDENCE, FILLED_ROW, UNIT_NAME, WRONG_ROW, Places, Side
from govrubric.rubric import Rubric

PHRASES = {"en": {"unit": "Unit: "}, "zh": {"unit": "单位："}}
WIDTHS = {"A": 6, "B": 18, "C": 36, "D": 40, "E": 10, "F": 26, "G": 14, "H": 10}
OWN, BASIS, OFFICIAL = "E", "F", "H"
SCORES: dict[Side, str] = {"own": OWN, "official": OFFICIAL}
HEADER = 3
TITLED = {"bold": True, "font_size": 18, "align": "center", "text_wrap": True}
BOX = {"border": 1, "border_color": BORDER, "text_wrap": True}
CENTRED = {**BOX, "align": "center"}
HEAD = {**CENTRED, "bold": True, "bg_color": "#DCE6F1"}
BOLD = {**CENTRED, "bold": True}
LEAST = 44  # points of a row, so that there is room for evidence and a signature


def texts(row: FormRow) -> dict[str, str]:
    """The texts of a row, by their columns."""
    return {
        "A": row.number, "B": row.title, "C": "\n".join(row.explanation),
        "D": "\n".join(row.standards), "G": row.assessed_by,
    }  # fmt: skip


class OfficialSheet:
    """The form, written row by row."""

    rubric: Rubric
    form: OfficialForm
    places: Places
    sheet: Sheet

    def __init__(self, rubric: Rubric, form: OfficialForm, places: Places, sheet: Sheet) -> None:
        self.rubric, self.form, self.places, self.sheet = rubric, form, places, sheet
        self.spans: list[tuple[int, int]] = []
        number = HEADER + 1
        for row in form.rows:
            needed = max(height((text, WIDTHS[column]) for column, text in texts(row).items()), LEAST)
            rows = -(-needed // HIGHEST)  # a row that is too high for a program is parted
            for part in range(rows):
                sheet.height(number + part, needed // rows + 1)
            self.spans.append((number, number + rows - 1))
            number += rows
        self.total_at = number

    def scores(self) -> list[int]:
        """The rows with a score, and that of the total."""
        return [*(first for first, _ in self.spans), self.total_at]

    def write(self, name: str) -> None:
        sheet, form = self.sheet, self.form
        sheet.merged("A1:H1", TITLED)
        sheet.text("A1", form.title, TITLED)
        sheet.sheet.set_row(0, 44)
        label = PHRASES[self.places.language]["unit"]
        own = f"'{self.places.sheet('own')}'!{UNIT_NAME}"
        sheet.formula("A2", f'"{label}"&{own}', label + name, {"bold": True})
        for column, text in zip(WIDTHS, form.headers, strict=True):
            sheet.text(f"{column}{HEADER}", text, HEAD)
        for row, (first, end) in zip(form.rows, self.spans, strict=True):
            for column, text in texts(row).items():
                self.tall(column, first, end, CENTRED if column in "ABG" else BOX)
                sheet.text(f"{column}{first}", text, CENTRED if column in "ABG" else BOX)
            for column in (OWN, BASIS, OFFICIAL):
                self.tall(column, first, end, BOX)
            self.score(first, row.path)
            sheet.formula(f"{BASIS}{first}", self.basis(row.path), "", BOX)
        last = self.total_row()
        width = sum(WIDTHS.values())
        for number, text in enumerate(form.remarks, last + 1):
            sheet.height(number, min(height([(text, width)]), HIGHEST))
            sheet.merged(f"A{number}:H{number}", BOX)
            sheet.text(f"A{number}", text, BOX)
        sheet.printed(WIDTHS, HEADER, "H", last + len(form.remarks))
        sheet.sheet.freeze_panes(HEADER, 2)
        sheet.locked()

    def tall(self, column: str, first: int, end: int, properties: Mapping[str, object]) -> None:
        """Make one cell of those of a row that is parted."""
        if end > first:
            self.sheet.merged(f"{column}{first}:{column}{end}", properties)

    def score(self, number: int, path: str) -> None:
        """What the item of a row comes to, from both sides."""
        for side, column in SCORES.items():
            shown = figures.contribution(self.rubric._plan, self.rubric._items[path], self.places, side)
            self.put(f"{column}{number}", shown, side, "General")

    def total_row(self) -> int:
        """The row of the total; returns its number."""
        number, sheet = self.total_at, self.sheet
        sheet.height(number, 24)
        sheet.merged(f"A{number}:D{number}", BOLD)
        sheet.text(f"A{number}", self.form.total, BOLD)
        for side, column in SCORES.items():
            shown = figures.total(self.rubric._plan, self.places, side)
            self.put(f"{column}{number}", shown, side, total_format(self.rubric))
        names = self.rubric._plan.grades
        for column, side in ((BASIS, "own"), ("G", "official")):
            cell = f"{column}{number}"
            if names:
                self.put(cell, figures.grade(self.places, side, names), side, "General")
            else:
                sheet.blank(cell, BOX)
        return number

    def put(self, cell: str, shown: Shown, side: Side, form: str) -> None:
        """A figure, once the sheet of its side is filled in and nothing there is wrong."""
        filled, wrong = (self.places.of_working(row, side) for row in (FILLED_ROW, WRONG_ROW))
        formula = f'IF(AND({filled}>0,{wrong}=0),{shown.formula},"")'
        self.sheet.formula(cell, formula, "", {**BOLD, "num_format": form})

    def basis(self, path: str) -> str:
        """The evidence of a row, each on a line of its own, as far as a formula may be long."""
        parts = ['""']
        for name, given in self.rubric.inputs.items():
            if given.item == path or given.item.startswith(f"{path}."):
                cell = self.places.entry(name, "own", EVIDENCE)
                parts.append(f'IF({cell}="","",{cell}&CHAR(10))')
        text = "&".join(parts)
        return text if len(text) <= FORMULA_LIMIT else '""'
