"""The sheet to fill in, for a unit or for its assessor: what is asked, the cell for it, and what it costs."""

from collections.abc import Iterator
from typing import Any

from govrubric.forms import entries, figures
from govrubric.forms.book import BORDER, PROMPT_LIMIT, Sheet, span
from govrubric.forms.entries import Entry
from govrubric.forms.figures import Shown
from govrubric.forms.heights import HIGHEST, height
from govrubric.forms.places import (
    ASKED,
    CLAUSE,
    EVIDENCE,
    FILLED_ROW,
    FIRST_QUESTION,
    INPUT,
    MESSAGE,
    NOTE,
    POINTS,
    TITLE,
    UNIT,
    UNIT_CODE,
    UNIT_NAME,
    VALUE,
    WRONG_ROW,
    Places,
    Side,
    digits,
)
from govrubric.forms.questions import Heading, Question
from govrubric.formula.nodes import Input
from govrubric.plan.lines import rule_line
from govrubric.plan.plan import PlannedItem
from govrubric.rubric import Rubric

PHRASES = {
    "en": {
        "own": "Self-assessment: {}", "official": "Assessment: {}",
        "unit": "Unit code", "name": "Name of unit",
        "total": "Total", "so far": "Total so far", "grade": "Grade",
        "right": "Everything that is filled in is right.", "nothing": "Nothing is filled in yet.",
        "wrong": " cells are empty or wrong: see the column “Check”.",
        "how": "Fill in the yellow cells. An empty count is 0, an empty flag No. The rest is locked.",
        "refused": "This cannot be filled in here",
    },
    "zh": {
        "own": "{}（自评填报）", "official": "{}（考评填报）", "unit": "单位代码", "name": "单位名称",
        "total": "总分", "so far": "总分（暂计）", "grade": "等次",
        "right": "已填各项均符合要求。", "nothing": "尚未填报。", "wrong": "处未填或有误，见“提示”一列。",
        "how": "请填写黄色单元格。数量不填按0计，是否项不填按“否”计。其余单元格自动计算，已锁定。",
        "refused": "此处不能这样填写",
    },
}  # fmt: skip
HEADS = {
    "en": ("What", "Clause", "May be", "Fill in", "Unit", "Points", "Check", "Evidence", "Remark"),
    "zh": ("填报内容", "条款", "填写要求", "填写", "单位", "得失分", "提示", "依据", "备注"),
}  # fmt: skip
WIDTHS = {
    INPUT: 8, TITLE: 26, CLAUSE: 40, ASKED: 18, VALUE: 12,
    UNIT: 6, POINTS: 10, MESSAGE: 16, EVIDENCE: 26, NOTE: 16,
}  # fmt: skip
BOX = {"border": 1, "border_color": BORDER, "text_wrap": True}
CENTRED = {**BOX, "align": "center"}
HEAD = {**CENTRED, "bold": True, "bg_color": "#DCE6F1"}
TITLED = {"bold": True, "font_size": 15, "align": "center", "text_wrap": True}
OPEN = {**BOX, "locked": False, "bg_color": "#FFF9DB"}
BAND = {
    "bold": True,
    "bg_color": "#EEF3F8",
    "top": 1,
    "bottom": 1,
    "top_color": BORDER,
    "bottom_color": BORDER,
}
POINTED = {**CENTRED, "num_format": "+General;-General;General"}
WARNED = {**BOX, "font_color": "#B3261E"}
PLAIN = {"text_wrap": False}
VALUE_FORMATS: dict[str, dict[str, Any]] = {
    "count": {**OPEN, "align": "center", "num_format": "0"},
    "number": {**OPEN, "align": "center"},
    "flag": {**OPEN, "align": "center", "num_format": "@"},
    "choice": {**OPEN, "align": "center", "num_format": "@"},
}


class EntrySheet:
    """The sheet of one side, written row by row."""

    rubric: Rubric
    places: Places
    sheet: Sheet
    side: Side
    phrases: dict[str, str]
    known: dict[str, Input]
    items: dict[str, PlannedItem]

    def __init__(self, rubric: Rubric, places: Places, sheet: Sheet, side: Side) -> None:
        self.rubric, self.places, self.sheet, self.side = rubric, places, sheet, side
        self.phrases = PHRASES[places.language]
        self.known = {known.name: known for known in places.working.inputs}
        self.items = rubric._items

    def write(self, unit: str, name: str) -> None:
        """Write the sheet; the assessor's has the unit of the other."""
        self.head(unit, name)
        for number, row in enumerate(self.places.rows, FIRST_QUESTION):
            if isinstance(row, Heading):
                self.heading(row, number)
            else:
                self.question(row, number)
        last = self.places.last_question
        self.points(last)
        self.sheet.printed(WIDTHS, FIRST_QUESTION - 1, NOTE, last)
        self.sheet.sheet.set_column(span(INPUT, INPUT), None, None, {"hidden": True})
        self.sheet.sheet.freeze_panes(FIRST_QUESTION - 1, 2)
        self.sheet.locked()

    def head(self, unit: str, name: str) -> None:
        """The rows above the questions."""
        sheet, phrases, places = self.sheet, self.phrases, self.places
        sheet.merged(f"{TITLE}1:{NOTE}1", TITLED)
        sheet.text(f"{TITLE}1", phrases[self.side].format(self.rubric.title), TITLED)
        sheet.sheet.set_row(0, 40)
        for cell, label, text in ((UNIT_CODE, "unit", unit), (UNIT_NAME, "name", name)):
            row = cell[1:]
            sheet.text(f"{TITLE}{row}", phrases[label], HEAD)
            if self.side == "official":
                own = f"'{places.sheet('own')}'!{cell}"
                sheet.formula(cell, f'IF({own}="","",{own})', text, BOX)
            elif text:
                sheet.text(cell, text, {**OPEN, "num_format": "@"})
            else:
                sheet.blank(cell, {**OPEN, "num_format": "@"})
        wrong, filled = places.of_working(WRONG_ROW, self.side), places.of_working(FILLED_ROW, self.side)
        missing = len(missing_now(self.rubric, places))
        so_far = f'IF({wrong}>0,"{phrases["so far"]}","{phrases["total"]}")'
        sheet.formula("D2", so_far, phrases["so far" if missing else "total"], HEAD)
        total = figures.total(self.rubric._plan, places, self.side)
        sheet.formula("E2", total.formula, total.now, {**HEAD, "num_format": total_format(self.rubric)})
        if self.rubric._plan.grades:
            sheet.text("D3", phrases["grade"], HEAD)
            grade = figures.grade(places, self.side, self.rubric._plan.grades)
            sheet.formula("E3", grade.formula, grade.now, HEAD)
        right = f'IF({filled}=0,"{phrases["nothing"]}","{phrases["right"]}")'
        now = f"{missing}{phrases['wrong']}" if missing else phrases["nothing"]
        sheet.formula(f"{TITLE}4", f'IF({wrong}>0,{wrong}&"{phrases["wrong"]}",{right})', now, {"bold": True})
        sheet.text(f"{TITLE}5", phrases["how"], PLAIN)
        for column, text in zip(
            (TITLE, CLAUSE, ASKED, VALUE, UNIT, POINTS, MESSAGE, EVIDENCE, NOTE),
            HEADS[places.language],
            strict=True,
        ):
            sheet.text(f"{column}{FIRST_QUESTION - 1}", text, HEAD)

    def heading(self, row: Heading, number: int) -> None:
        """The band of an item with what it comes to."""
        for column in (CLAUSE, ASKED, VALUE, UNIT, MESSAGE, EVIDENCE, NOTE):
            self.sheet.blank(f"{column}{number}", BAND)
        self.sheet.text(f"{TITLE}{number}", row.title, {**BAND, "indent": row.depth})
        if row.item is None:
            self.sheet.blank(f"{POINTS}{number}", BAND)
            return
        item = self.items[row.item]
        if row.item:
            shown = figures.contribution(self.rubric._plan, item, self.places, self.side)
        else:
            shown = figures.total(self.rubric._plan, self.places, self.side)
        self.sheet.formula(f"{POINTS}{number}", shown.formula, shown.now, {**BAND, "align": "center"})

    def question(self, row: Question, number: int) -> None:
        """The row of an input, a rule or a gate."""
        sheet = self.sheet
        texts = ((row.title, TITLE), (row.clause, CLAUSE), (row.asked, ASKED), (row.unit, UNIT))
        sheet.height(number, min(height((text, WIDTHS[column]) for text, column in texts), HIGHEST))
        sheet.text(f"{TITLE}{number}", row.title, BOX)
        sheet.text(f"{CLAUSE}{number}", row.clause, BOX)
        sheet.text(f"{ASKED}{number}", row.asked, BOX)
        sheet.text(f"{UNIT}{number}", row.unit, CENTRED)
        if row.input is None:
            for column in (VALUE, MESSAGE, EVIDENCE, NOTE):
                sheet.blank(f"{column}{number}", BOX)
            return
        known = self.known[row.input]
        sheet.text(f"{INPUT}{number}", row.input, PLAIN)
        sheet.blank(f"{VALUE}{number}", VALUE_FORMATS[known.kind])
        for column in (EVIDENCE, NOTE):
            sheet.blank(f"{column}{number}", {**OPEN, "num_format": "@"})
        told = message(self.rubric, self.places, known, self.side)
        sheet.formula(f"{MESSAGE}{number}", told.formula, told.now, WARNED)
        self.validate(known, row, f"{VALUE}{number}")

    def validate(self, known: Input, row: Question, cell: str) -> None:
        """Let only what is asked be typed, and say what that is when the cell is chosen."""
        said = {
            "input_message": row.asked[:PROMPT_LIMIT],
            "error_title": self.phrases["refused"],
            "error_message": row.asked[:PROMPT_LIMIT],
        }
        yes_no = entries.PHRASES[self.places.language]
        ends = entries.range_of(known)
        between = {"criteria": "between", "minimum": ends.low_digits, "maximum": ends.high_digits}
        rules: dict[str, dict[str, Any]] = {
            "count": {"validate": "integer", **between},
            "number": {"validate": "decimal", **between},
            "flag": {"validate": "list", "source": [yes_no["yes"], yes_no["no"]]},
            "choice": {"validate": "list", "source": f"={self.places.lists.get(known.name, '')}"},
        }
        self.sheet.validation(cell, {**rules[known.kind], **said})

    def points(self, last: int) -> None:
        """What each rule gives or takes and whether each gate holds; one cell beside all inputs of a rule."""
        for first, end, row in blocks(self.places):
            cell = f"{POINTS}{first}"
            if end > first:
                self.sheet.merged(f"{POINTS}{first}:{POINTS}{end}", POINTED)
            if row.of is None:
                self.sheet.blank(cell, BOX)
                continue
            if row.gate is not None:
                shown = figures.held(row.gate, self.places, self.side)
            else:
                line = rule_line(row.of, "applied")
                shown = Shown(self.places.value(line, self.side), digits(self.places.now(line)))
            self.sheet.formula(cell, shown.formula, shown.now, POINTED)
        assert last >= FIRST_QUESTION


def blocks(places: Places) -> Iterator[tuple[int, int, Question]]:
    """The first and last row of the questions of each rule or gate, and of each other question."""
    rows = list(enumerate(places.rows, FIRST_QUESTION))
    at = 0
    while at < len(rows):
        number, row = rows[at]
        at += 1
        if isinstance(row, Heading):
            continue
        end = number
        while row.of is not None and at < len(rows) and isinstance(rows[at][1], Question):
            after = rows[at][1]
            if not isinstance(after, Question) or after.of != row.of:
                break
            end = rows[at][0]
            at += 1
        yield number, end, row


def entry(places: Places, name: str, side: Side) -> Entry:
    """Where an input is filled in."""
    value, message = (places.entry(name, side, column) for column in (VALUE, MESSAGE))
    return Entry(value, message, places.lists.get(name, ""))


def message(rubric: Rubric, places: Places, known: Input, side: Side) -> Shown:
    """What is wrong with what is filled in for an input."""
    excuses = [places.whole(flag, side) for flag in rubric._plan.excused.get(known.name, ())]
    cases = None if known.each is None else places.whole(known.each.of, side)
    formula = entries.message(known, entry(places, known.name, side), excuses, cases, places.language)
    is_missing = known.name in missing_now(rubric, places)
    return Shown(formula, entries.PHRASES[places.language]["missing"] if is_missing else "")


def missing_now(rubric: Rubric, places: Places) -> list[str]:
    """The inputs that must be filled in while nothing is."""
    excused = rubric._plan.excused
    return [
        known.name
        for known in places.working.inputs
        if known.required and not any(places.now(flag) for flag in excused.get(known.name, ()))
    ]


def total_format(rubric: Rubric) -> str:
    """The format of the published total, with all the places that the rubric rounds to."""
    places = rubric._text.round.places
    return f"0.{'0' * places}" if places else "0"
