"""The sheet of the working: a row for each input and each line of the plan, readable and locked."""

from fractions import Fraction

from govrubric.forms import entries
from govrubric.forms.book import BORDER, Sheet
from govrubric.forms.entry_sheet import entry, missing_now
from govrubric.forms.places import (
    DENOMINATOR,
    FILLED_ROW,
    FIRST_CELL,
    FIRST_QUESTION,
    MESSAGE,
    SHOWN,
    SIDES,
    VALUE,
    WHOLE,
    WRONG_ROW,
    Places,
    digits,
)
from govrubric.plan.lines import LineName
from govrubric.rubric import Rubric

PHRASES = {
    "en": {
        "title": "Working. Every number is a whole number over the denominator beside it.",
        "filled": "cells filled in", "wrong": "cells empty or wrong", "beside": "on the way",
        "input": "input",
        "void": "no score", "excused": "does not apply by condition", "applies": "applies", "parts": "parts",
        "base": "base", "balance": "balance after rules", "gated": "balance after gates", "score": "score",
        "rounding": "rounding", "lost": "lost", "counts": "counts", "contribution": "contribution",
        "target": "number that is read", "counted": "counts", "raw": "effect", "most": "greatest so far",
        "least": "greatest so far", "given": "added alone", "taken": "taken alone",
        "up": "balance after what it gives",
        "applied": "points", "absorbed": "not taken or added", "after": "balance after it",
        "held": "gate holds",
        "gate": "balance after the gate", "lowered": "grade after the gate", "graded": "grade after the gate",
        "value": "value", "exact": "total before rounding", "grade": "grade", "over": "numerator",
        "under": "denominator",
    },
    "zh": {
        "title": "计算过程。每行的数均为整数，除以右侧分母即得其值。",
        "filled": "已填项数", "wrong": "未填或有误项数", "beside": "中间值", "input": "填报数",
        "void": "不予计分", "excused": "按条件不适用", "applies": "适用", "parts": "各部分合成",
        "base": "基数", "balance": "规则之后", "gated": "门槛之后", "score": "得分",
        "rounding": "舍入", "lost": "失分", "counts": "计入与否", "contribution": "计入分",
        "target": "所取的数", "counted": "生效与否", "raw": "应加减分", "most": "此前最高加分",
        "least": "此前最高扣分", "given": "计入的加分", "taken": "计入的扣分", "up": "加分之后",
        "applied": "实加减分", "absorbed": "未加减的部分", "after": "本条之后", "held": "门槛成立与否",
        "gate": "本门槛之后", "lowered": "本门槛之后的等次", "graded": "本门槛之后的等次",
        "value": "值", "exact": "舍入前总分", "grade": "等次", "over": "分子", "under": "分母",
    },
}  # fmt: skip
HEADS = {
    "en": ("What", "Self: whole", "Assessor: whole", "Over", "Self", "Assessor", "Line"),
    "zh": ("项目", "自评（整数）", "考评（整数）", "分母", "自评", "考评", "行名"),
}  # fmt: skip
WIDTHS = {"A": 58, "B": 16, "C": 16, "D": 14, "E": 12, "F": 12, "G": 40}
BOX = {"border": 1, "border_color": BORDER}
HEAD = {**BOX, "bold": True, "bg_color": "#DCE6F1", "align": "center"}


class WorkingSheet:
    """The sheet, written row by row."""

    rubric: Rubric
    places: Places
    sheet: Sheet
    phrases: dict[str, str]
    titles: dict[str, str]

    def __init__(self, rubric: Rubric, places: Places, sheet: Sheet) -> None:
        self.rubric, self.places, self.sheet = rubric, places, sheet
        self.phrases = PHRASES[places.language]
        titles = {path: item.title for path, item in rubric.items.items()}
        rules = {path: rule.title or rule.path for path, rule in rubric.rules.items()}
        gates = {path: gate.title or gate.path for path, gate in rubric.gates.items()}
        values = {path: value.title or value.path for path, value in rubric.values.items()}
        self.titles = {**titles, **rules, **gates, **values}

    def write(self) -> None:
        sheet, working = self.sheet, self.places.working
        sheet.text("A1", self.phrases["title"], {"bold": True})
        for column, text in zip(WIDTHS, HEADS[self.places.language], strict=True):
            sheet.text(f"{column}2", text, HEAD)
        self.counts()
        for place, known in enumerate(working.inputs):
            number = self.places.row(place)
            title = f"{self.rubric.inputs[known.name].title} · {self.phrases['input']}"
            self.label(number, title, known.name)
            for side in SIDES:
                formula = entries.whole_number(known, entry(self.places, known.name, side))
                self.sheet.formula(f"{WHOLE[side]}{number}", formula, known.unsaid, BOX)
            self.value(number, known.den, None)
        for place, cell in enumerate(working.cells, len(working.inputs)):
            number = self.places.row(place)
            self.label(number, self.words(cell.name), cell.name)
            now = self.places.values[place]
            for column in WHOLE.values():
                self.sheet.formula(f"{column}{number}", self.places.text(cell.text, column), now, BOX)
            under = working.places.get(f"{cell.name.removesuffix(':over')}:under")
            self.value(number, cell.formula.den, under if cell.name.endswith(":over") else None)
        last = self.places.row(len(working.inputs) + len(working.cells) - 1)
        sheet.printed(WIDTHS, 2, "G", last)
        sheet.sheet.freeze_panes(2, 1)
        sheet.locked()

    def counts(self) -> None:
        """How many cells are filled in, and how many are empty that must not be, or wrong."""
        rows = FIRST_QUESTION, self.places.last_question
        missing = len(missing_now(self.rubric, self.places))
        for number, word, now in ((FILLED_ROW, "filled", 0), (WRONG_ROW, "wrong", missing)):
            self.label(number, self.phrases[word], "")
            column = VALUE if word == "filled" else MESSAGE
            for side in SIDES:
                cells = f"'{self.places.sheet(side)}'!${column}${rows[0]}:${column}${rows[1]}"
                self.sheet.formula(f"{WHOLE[side]}{number}", f'SUMPRODUCT(({cells}<>"")*1)', now, BOX)

    def label(self, number: int, text: str, name: str) -> None:
        self.sheet.text(f"A{number}", text, BOX)
        self.sheet.text(f"G{number}", name, BOX)

    def value(self, number: int, den: int, under: int | None) -> None:
        """The denominator of a row, and what its whole numbers come to over it."""
        place = number - FIRST_CELL
        whole = self.places.values[place]
        if under is None:
            self.sheet.formula(f"{DENOMINATOR}{number}", str(den), den, BOX)
            divided, now = f"{DENOMINATOR}{number}", digits(Fraction(whole, den))
        for side in SIDES:
            if under is not None:
                divided = f"{WHOLE[side]}{self.places.row(under)}"
                now = digits(Fraction(whole, self.places.values[under]))
            self.sheet.formula(f"{SHOWN[side]}{number}", f"{WHOLE[side]}{number}/{divided}", now, BOX)

    def words(self, name: str) -> str:
        """What a line is, in words."""
        if name.startswith("#"):
            return self.phrases["beside"]
        line, _, part = name.rpartition(":")
        if part in ("over", "under"):
            return f"{self.words(line)} · {self.phrases[part]}"
        path, kind = LineName(name).path, LineName(name).kind
        kind = "grade" if kind.startswith("grade") and kind != "graded" else kind
        return f"{self.titles.get(path, path)} · {self.phrases[kind]}"
