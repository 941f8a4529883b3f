"""A form's workbook and a tally -> the form filled in, and what differs between it and the card of the tally."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from govrubric import Rubric, ScoreCard
from spreadsheet import Spreadsheet

SIDES = ("own", "official")
WORKING = {"zh": "计算", "en": "Working"}
WHOLE = {"own": "B", "official": "C"}
SHOWN = {"own": "E", "official": "F"}


class FilledForm:
    """A form: the hidden sheet's keys, the row of each input, and the row of each line of the working."""

    def __init__(self, rubric: Rubric, data: bytes) -> None:
        self.rubric, self.book = rubric, Spreadsheet(data)
        self.keys: dict[str, list[str]] = {}
        for row in range(1, 10_000):
            key = self.book["govrubric", f"A{row}"]
            if key is None:
                break
            self.keys.setdefault(key, []).append(self.book["govrubric", f"B{row}"])
        self.sheets = {side: self.keys[side][0] for side in SIDES}
        self.column = self.keys["value"][0]
        self.rows = {
            text: cell[1:]
            for (sheet, cell), text in self.book.values.items()
            if sheet == self.sheets["own"] and cell[0] == "A"
        }
        self.working = self.keys["computed"][0].partition("!")[0]
        self.lines = {
            text: cell[1:]
            for (sheet, cell), text in self.book.values.items()
            if sheet == self.working and cell[0] == "G"
        }

    def book_form(self) -> str:
        """The name of the sheet with the official form."""
        return self.keys["computed"][-1].partition("!")[0]

    def typed(self, side: str, tally: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
        """The sheet, the cell and the value that a person types for each value of a tally."""
        chinese = self.working == WORKING["zh"]
        for name, value in tally.items():
            known = self.rubric.inputs[name]
            typed: Any
            if known.kind == "flag":
                typed = {True: "是", False: "否"}[value] if chinese else {True: "Yes", False: "No"}[value]
            elif known.kind == "choice":
                unlike = len(set(known.labels)) == len(known.labels)
                typed = known.labels[known.options.index(value)] if unlike else value
            else:
                typed = float(value)
            yield self.sheets[side], f"{self.column}{self.rows[name]}", typed

    def fill(self, side: str, tally: Mapping[str, Any]) -> None:
        """Type a tally into the sheet of a side, in place of what stands there."""
        for row in self.rows.values():
            self.book.clear(self.sheets[side], f"{self.column}{row}")
        for sheet, cell, value in self.typed(side, tally):
            self.book.type(sheet, cell, value)


def whole(
    values: Mapping[tuple[str, str], Any] | Spreadsheet, form: FilledForm, side: str, line: str
) -> Fraction:
    """The number of a line as the working has it: a whole number over another, which are compared exactly."""
    over = f"{line}:over" in form.lines
    row = form.lines[f"{line}:over" if over else line]
    under = f"{WHOLE[side]}{form.lines[f'{line}:under']}" if over else f"D{row}"
    a, b = values[form.working, f"{WHOLE[side]}{row}"], values[form.working, under]
    assert float(a).is_integer(), f"{line}: {a}"
    assert float(b).is_integer(), f"{line}: {b}"
    return Fraction(int(a), int(b))


def differences(
    values: Mapping[tuple[str, str], Any] | Spreadsheet, form: FilledForm, side: str, card: ScoreCard
) -> Iterator[str]:
    """The figures of a card that differ from those of a form."""
    yield from figures_apart(lambda line: whole(values, form, side, line), form.rubric, card)


def figures_apart(number: Callable[[str], Fraction], rubric: Rubric, card: ScoreCard) -> Iterator[str]:
    """The figures of a card that differ from the `number` of their line."""

    def differs(line: str, due: Fraction | None, void: str = "") -> Iterator[str]:
        if due is None:
            if not number(void):
                yield f"{line}: there is a score"
        elif (found := number(line)) != due:
            yield f"{line}: {found} in place of {due}"

    yield from differs(":contribution", None if card.total is None else Fraction(card.total), ":void")
    for path, item in card.items.items():
        if path:
            for kind, due in (("score", item.score), ("contribution", item.contribution)):
                yield from differs(f"{path}:{kind}", None if due is None else Fraction(due), f"{path}:void")
        for rule in item.rules:
            yield from differs(f"{rule.path}:applied", Fraction(rule.applied))
        for gate in item.gates:
            yield from differs(f"{gate.path}:held", Fraction(gate.held))
    for value in card.values.values():
        yield from differs(f"{value.path}:value", Fraction(value.value))
    if names := rubric._plan.grades:
        index = int(number(":grade"))
        found = names[index] if index >= 0 else None
        if found != card.grade:
            yield f"grade: {found} in place of {card.grade}"
