"""Report -> a workbook: the ranking, the indicators and the rules, each with a chart of Excel's own.

Figures are numbers, so that they can be sorted and reckoned with. One whose digits never end is cut where
people read it cut. Text is written as text, whatever it begins with.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from govrubric.diagnostics.diagnostic import Lang, lang
from govrubric.diagnostics.display import escaped
from govrubric.forms.book import BORDER, TEXT_LIMIT, Book, Sheet, done
from govrubric.forms.heights import HIGHEST, height
from govrubric.numbers import written
from govrubric.reporting import costs, views
from govrubric.reporting.phrases import PHRASES
from govrubric.reporting.report import Report, ReportClass, ReportUnit

EDGE = {"border": 1, "border_color": BORDER}
HEAD: dict[str, Any] = {**EDGE, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#E8EDF3"}
TITLE: dict[str, Any] = {"bold": True, "font_size": 14}
TEXT: dict[str, Any] = {**EDGE, "align": "left", "text_wrap": True}
NUMBER: dict[str, Any] = {**EDGE, "align": "right"}
# From no points to full marks, as the shades of the page.
SHADES = (
    "#E39B7C",
    "#E39B7C",
    "#E39B7C",
    "#E8AD93",
    "#ECBBA5",
    "#F0C8B6",
    "#F3D4C6",
    "#F6DFD5",
    "#F9E9E3",
    "#FCF3EF",
    "#FFFFFF",
)
COLOURS = (
    "#C2571A",
    "#8A4FB0",
    "#B08A00",
    "#2B8A6E",
    "#B0365F",
    "#5C7A29",
    "#7A5C3E",
    "#4A5FB5",
    "#D08A7A",
    "#6B7280",
)
TOTAL = "#2F6FB0"
FIRST = 4  # the row of the heads, below the title
WIDE, ROW_POINTS = 960, 20  # of charts, in pixels
MOST_BARS = 60  # units or rules that a chart shows

Cell = str | int | Fraction | None


def workbook(report: Report, language: str | None = None) -> bytes:
    """A report as .xlsx, in ``en``, ``zh-CN`` or the rubric's language. The same bytes every time."""
    spoken = lang(language or report.rubric.language)
    book = Book(spoken)
    for index, one in enumerate(report.classes):
        number = str(index + 1) if len(report.classes) > 1 else ""
        _Sheets(book, report, one, number, spoken).write()
    return book.bytes()


class _Sheets:
    """The three sheets of a class of units."""

    def __init__(self, book: Book, report: Report, one: ReportClass, number: str, spoken: Lang) -> None:
        self.book, self.report, self.one, self.number, self.lang = book, report, one, number, spoken
        self.phrases = PHRASES[spoken]
        self.places = one.rubric._text.round.places
        self.indicators = one.rubric.items[""].parts
        self.cards = [unit.card for unit in one.units]

    def write(self) -> None:
        """Write the sheets, in the order in which a leader reads them."""
        self.ranking()
        self.scores()
        self.rules()

    def sheet(self, key: str, heads: Sequence[str], widths: Sequence[int]) -> Sheet:
        """A new sheet with its title and the heads of its table."""
        sheet = self.book.sheet(self.phrases[key] + self.number)
        title = (
            self.one.rubric.title if self.one.title is None else f"{self.one.rubric.title} · {self.one.title}"
        )
        self.put(sheet, 0, 0, title, TITLE)
        by = "official" if self.report.has_official else "self"
        about = (self.phrases["units"].format(len(self.one.units)), self.phrases[f"scored by {by}"])
        self.put(sheet, 1, 0, " · ".join((*about, self.report.rubric.digest)), {})
        for column, head in enumerate(heads):
            self.put(sheet, FIRST - 1, column, head, HEAD)
        for column, width in enumerate(widths):
            done(sheet.sheet.set_column(column, column, width))
        sheet.height(FIRST, min(height(zip(heads, widths, strict=True)), HIGHEST))
        sheet.sheet.freeze_panes(FIRST, 0)
        sheet.sheet.set_landscape()
        sheet.sheet.set_paper(9)
        sheet.sheet.fit_to_pages(1, 0)
        sheet.sheet.repeat_rows(FIRST - 1)
        sheet.sheet.set_footer("&C&P / &N")
        return sheet

    def put(self, sheet: Sheet, row: int, column: int, value: Cell, properties: dict[str, Any]) -> None:
        """Write a value into a cell; rows and columns are counted from 0."""
        shape = self.book.format(properties)
        if value is None:
            done(sheet.sheet.write_blank(row, column, None, shape))
        elif isinstance(value, str):
            done(sheet.sheet.write_string(row, column, _fitting(value), shape))
        else:
            done(sheet.sheet.write_number(row, column, self.number_of(value), shape))

    def number_of(self, value: int | Fraction) -> Decimal:
        """A number as digits; one whose digits never end is cut as people read it."""
        return Decimal(views.digits(Fraction(value), self.places).removesuffix("…"))

    def row(self, sheet: Sheet, row: int, values: Sequence[Cell]) -> None:
        """Write a row of the table: numbers to the right, texts to the left."""
        for column, value in enumerate(values):
            self.put(sheet, row, column, value, TEXT if isinstance(value, str) else NUMBER)

    def ranking(self) -> None:
        """The ranking, and a chart of totals with what each indicator cost."""
        say, one = self.phrases, self.one
        graded = [say["grade"]] if one.rubric.grades else []
        sides = (
            [say["official"], say["own"], say["difference"]] if self.report.has_official else [say["total"]]
        )
        titles = [one.rubric.items[path].title for path in self.indicators]
        lost = [f"{say['lost']} · {title}" for title in titles]
        heads = [say["place"], say["code"], say["name"], *graded, *sides, *lost]
        fixed = 3 + len(graded)
        sheet = self.sheet("ranking", heads, [7, 12, 22, *[10] * (len(heads) - 3)])
        for row, unit in enumerate(one.units, FIRST):
            amounts: Sequence[Cell] = [None] * len(titles)
            if unit.card.total is not None:
                amounts = costs.lost(unit.card, self.indicators)
            grade = [unit.card.grade or ""] if graded else []
            names = (unit.card.unit or "", unit.name or "")
            self.row(sheet, row, [unit.place, *names, *grade, *self.totals(unit), *amounts])
        chart = self.book._book.add_chart({"type": "bar", "subtype": "stacked"})
        shown = min(len(one.units), MOST_BARS)
        last = FIRST + shown - 1
        name = self.phrases["ranking"] + self.number
        columns = [fixed, *range(fixed + len(sides), len(heads))]
        for column, colour in zip(columns, [TOTAL, *COLOURS * len(columns)], strict=False):
            chart.add_series(
                {
                    "name": [name, FIRST - 1, column],
                    "categories": [name, FIRST, 2, last, 2],
                    "values": [name, FIRST, column, last, column],
                    "fill": {"color": colour},
                    "gap": 40,
                }
            )
        self.insert(sheet, chart, say["share"], len(one.units), shown)
        most = max([Fraction(one.rubric._text.total), *(Fraction(card.total or 0) for card in self.cards)])
        chart.set_x_axis({"num_font": {"size": 9}, "label_position": "low", "max": self.number_of(most)})

    def totals(self, unit: ReportUnit) -> Iterator[Cell]:
        """The official total, the unit's own, and the difference; or the total alone."""
        cards = (unit.official, unit.own) if self.report.has_official else (unit.card,)
        for card in cards:
            no_total = None if card is None else self.phrases["none"]
            yield no_total if card is None or card.total is None else Fraction(card.total)
        if self.report.has_official:
            yield None if unit.differences is None else unit.differences.difference

    def scores(self) -> None:
        """What each indicator came to, shaded by its share of full marks, and what all units lost by each."""
        say, one = self.phrases, self.one
        items = one.rubric.items
        heads = [say["name"], *(self.with_full(path) for path in self.indicators), say["total"]]
        sheet = self.sheet("indicators", heads, [22, *[12] * (len(heads) - 1)])
        for row, unit in enumerate(one.units, FIRST):
            rows = unit.card.items
            self.put(sheet, row, 0, unit.name or unit.card.unit or str(unit.number), TEXT)
            for column, path in enumerate(self.indicators, 1):
                found = rows[path]
                value: Cell = views.contribution(found, self.lang, self.places)
                if found.contribution is not None and (found.applies or found.contribution):
                    value = found.contribution
                shade = views.shade(found)
                filled = {} if shade is None else {"bg_color": SHADES[shade]}
                self.put(sheet, row, column, value, {**NUMBER, "align": "center", **filled})
            total = unit.card.total
            self.put(sheet, row, len(heads) - 1, say["none"] if total is None else Fraction(total), NUMBER)
        after = FIRST + len(one.units) + 1
        for column, head in enumerate((say["item"], say["all lost"], say["units lost"], say["most"])):
            self.put(sheet, after, column, head, HEAD)
        found_costs = costs.of_indicators(one.rubric, self.cards)
        for row, cost in enumerate(found_costs, after + 1):
            self.row(sheet, row, [items[cost.path].title, cost.points, cost.units, cost.most])
        name = say["indicators"] + self.number
        self.chart_of_costs(sheet, name, after + 1, len(found_costs), len(one.units) + len(found_costs) + 3)

    def with_full(self, path: str) -> str:
        """The title of an indicator with its full marks."""
        item = self.one.rubric.items[path]
        return (
            item.title
            if item.weight is None
            else f"{item.title}\n{self.phrases['of'].format(written(item.weight))}"
        )

    def rules(self) -> None:
        """Which rules cost all units most."""
        say = self.phrases
        heads = [say["title"], say["all lost"], say["units lost"], say["most"], say["clause"], say["path"]]
        widths = (34, 10, 9, 12, 60, 44)
        sheet = self.sheet("rules", heads, widths)
        found = costs.of_rules(self.one.rubric, self.cards)
        for row, cost in enumerate(found, FIRST):
            clause = cost.clause or ""
            self.row(sheet, row, [cost.title, cost.points, cost.units, cost.most, clause, cost.path])
            texts = [(cost.title, widths[0]), (clause, widths[4]), (cost.path, widths[5])]
            sheet.height(row + 1, min(height(texts), HIGHEST))
        if found:
            self.chart_of_costs(sheet, say["rules"] + self.number, FIRST, len(found), len(found))

    def chart_of_costs(self, sheet: Sheet, name: str, first: int, number: int, below: int) -> None:
        """A chart of what was lost; the texts stand in the first column and the points in the second."""
        shown = min(number, MOST_BARS)
        last = first + shown - 1
        chart = self.book._book.add_chart({"type": "bar"})
        chart.add_series(
            {
                "name": self.phrases["all lost"],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, 1, last, 1],
                "fill": {"color": COLOURS[0]},
                "gap": 40,
            }
        )
        chart.set_legend({"none": True})
        self.insert(sheet, chart, self.phrases["all lost"], below, shown)

    def insert(self, sheet: Sheet, chart: Any, title: str, below: int, bars: int) -> None:
        """Put a chart below the table; its bars stand in the order of the rows."""
        chart.set_title({"name": title, "name_font": {"size": 12}})
        chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
        chart.set_x_axis({"num_font": {"size": 9}, "label_position": "low"})
        chart.set_size({"width": WIDE, "height": 140 + ROW_POINTS * bars})
        row = FIRST + below + 1
        sheet.sheet.set_h_pagebreaks([row])  # so that no page cuts the chart
        done(sheet.sheet.insert_chart(row, 0, chart))


def _fitting(text: str) -> str:
    """A text as a cell may hold it; a longer one is cut, and says so."""
    safe = escaped(text)
    return safe if len(safe) <= TEXT_LIMIT else f"{safe[: TEXT_LIMIT - 1]}…"
