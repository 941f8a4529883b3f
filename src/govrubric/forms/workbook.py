"""Rubric -> a workbook that computes while people fill it in: form, sheets to fill in, working.

A very hidden sheet names the rubric and says where everything stands, so that a filled form can be read back.
"""

from collections.abc import Iterator

from govrubric.diagnostics.diagnostic import Diagnostic, Lang, RubricError, lang
from govrubric.forms import figures
from govrubric.forms.book import TEXT_LIMIT, Book, Sheet, TooLongError
from govrubric.forms.cell_formulas import LIMIT, TooLargeError, Working
from govrubric.forms.entry_sheet import EntrySheet
from govrubric.forms.official import official_form
from govrubric.forms.official_sheet import SCORES, OfficialSheet
from govrubric.forms.places import (
    EVIDENCE,
    FILLED_ROW,
    HIDDEN,
    MESSAGE,
    NOTE,
    SHOWN,
    SIDES,
    UNIT_CODE,
    UNIT_NAME,
    VALUE,
    WHOLE,
    Places,
    rows_asking,
)
from govrubric.forms.questions import questions
from govrubric.forms.working_sheet import WorkingSheet
from govrubric.plan.lines import GRADE
from govrubric.rubric import Rubric

VERSION = "1"  # of the hidden sheet
FIRST_LIST = 4  # the column of the hidden sheet with the first list of a choice, after that of the grades
PLAIN: dict[str, object] = {}


class ExcelForm:
    """The form of a rubric, from which that of any unit is written."""

    def __init__(self, rubric: Rubric, language: str | None = None) -> None:
        """Raises `RubricError` with what a workbook cannot hold or compute exactly.

        Args:
            rubric: the rubric, or a variant of one.
            language: ``en`` or ``zh-CN``; default: the rubric's own.
        """
        self.rubric = rubric
        self.language: Lang = lang(language or rubric.language)
        plan = rubric._plan
        try:
            self.working = Working.of(plan.inputs, plan.lines, figures.wanted_lines(plan))
        except TooLargeError as error:
            raise RubricError([self._too_large(error)], rubric.language) from None
        limited = {known.name: known for known in self.working.inputs}
        rows = questions(rubric, limited, self.language)
        values = self.working.values([known.unsaid for known in self.working.inputs])
        lists = {name: cells for name, _, cells in self._lists()}
        self.form = official_form(rubric, self.language)
        self.places = Places(self.language, rows, self.working, lists, values, rows_asking(rows))

    def file(self, unit: str = "", name: str = "") -> bytes:
        """The bytes of the form, with the code and the name of a unit filled in; always the same.

        Raises `RubricError` where a text is longer than a cell may hold.
        """
        book, places = Book(self.language), self.places
        try:
            form = OfficialSheet(self.rubric, self.form, places, book.sheet(places.sheet("form")))
            form.write(name)
            for side in SIDES:
                sheet = book.sheet(places.sheet(side))
                EntrySheet(self.rubric, places, sheet, side).write(unit, name)
                if side == "own":
                    sheet.sheet.activate()
            WorkingSheet(self.rubric, places, book.sheet(places.sheet("working"))).write()
            self._hidden(book.sheet(HIDDEN), form.scores())
        except TooLongError as error:
            found = Diagnostic.of(
                "GR851", None, (), text=error.text[:40], length=len(error.text), limit=TEXT_LIMIT
            )
            raise RubricError([found], self.rubric.language) from None
        return book.bytes()

    def _too_large(self, error: TooLargeError) -> Diagnostic:
        """The finding at the item that the line belongs to."""
        digits = len(str(error.most))
        return Diagnostic.of("GR850", None, (), line=error.name, digits=digits, kept=len(str(LIMIT)) - 1)

    def _lists(self) -> Iterator[tuple[str, tuple[str, ...], str]]:
        """Each choice, what stands in its list, and the cells of that in the hidden sheet."""
        chosen = [known for known in self.working.inputs if known.kind == "choice"]
        for index, known in enumerate(chosen, FIRST_LIST):
            labels = known.labels or known.options
            told = labels if len(set(labels)) == len(labels) else known.options
            column = _column(index)
            yield known.name, told, f"{HIDDEN}!${column}$2:${column}${len(told) + 1}"

    def _hidden(self, sheet: Sheet, scores: list[int]) -> None:
        """What the form is, and where everything stands in it."""
        for number, (key, value) in enumerate(self._keys(scores), 1):
            sheet.text(f"A{number}", key, PLAIN)
            sheet.text(f"B{number}", value, PLAIN)
        listed = [(figures.GRADES, str(GRADE), self.rubric._plan.grades)]
        listed += [(cells.split("$")[1], name, told) for name, told, cells in self._lists()]
        for column, name, texts in listed:
            for number, text in enumerate((name, *texts), 1):
                sheet.text(f"{column}{number}", text, PLAIN)
        sheet.sheet.very_hidden()
        sheet.locked()

    def _keys(self, scores: list[int]) -> Iterator[tuple[str, str]]:
        places, rubric = self.places, self.rubric
        own = places.sheet("own")
        yield from (("form", VERSION), ("rubric", rubric.id), ("digest", rubric.digest))
        yield from (("scoring_digest", rubric.scoring_digest), ("variant", rubric._chosen.variant or ""))
        yield from (("unit", f"{own}!{UNIT_CODE}"), ("name", f"{own}!{UNIT_NAME}"))
        yield from ((side, places.sheet(side)) for side in SIDES)
        yield from (("value", VALUE), ("evidence", EVIDENCE), ("note", NOTE))
        yield from (("computed", cells) for cells in self._computed(scores))

    def _computed(self, scores: list[int]) -> Iterator[str]:
        """The ranges in which every cell is a formula."""
        places = self.places
        last = places.row(len(self.working.inputs) + len(self.working.cells) - 1)
        working = places.sheet("working")
        first, other = WHOLE.values()
        yield f"{working}!{first}{FILLED_ROW}:{other}{last}"
        first, other = SHOWN.values()
        yield f"{working}!{first}{places.row(0)}:{other}{last}"
        for side in SIDES:
            for start, end in _runs(sorted(places.asked.values())):
                yield f"{places.sheet(side)}!{MESSAGE}{start}:{MESSAGE}{end}"
        for start, end in _runs(scores):
            for column in SCORES.values():
                yield f"{places.sheet('form')}!{column}{start}:{column}{end}"


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Rows in order -> the first and the last of those that follow one another."""
    start = None
    for at, number in enumerate(numbers):
        start = number if start is None else start
        if at + 1 == len(numbers) or numbers[at + 1] != number + 1:
            yield start, number
            start = None


def _column(index: int) -> str:
    """The letters of a column, counted from 0."""
    letters = ""
    while index >= 0:
        index, letter = divmod(index, 26)
        letters, index = chr(ord("A") + letter) + letters, index - 1
    return letters
