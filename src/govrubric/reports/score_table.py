"""Score cards -> a table for a terminal, CSV for a spreadsheet."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import cells, plain
from govrubric.document import csv
from govrubric.numbers import Exact, written
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard
from govrubric.scoring.explain import number
from govrubric.scoring.ledger import ItemScore

WORDS = {
    "en": {"unit": "unit", "name": "name", "total": "total", "of": "of", "grade": "grade", "none": "none"},
    "zh": {"unit": "单位", "name": "名称", "total": "总分", "of": "满分", "grade": "等次", "none": "无"},
}


def table(rubric: Rubric, cards: Sequence[ScoreCard], lang: Lang) -> str:
    """A row for each card in the order given: unit, name, total and what every indicator adds to it.

    What the columns are stands below.
    """
    say = WORDS[lang]
    indicators = rubric.item("").parts
    named = any(card.name for card in cards)
    graded = [say["grade"]] if rubric.plan.grades else []
    head = [
        say["unit"],
        *([say["name"]] if named else []),
        *graded,
        say["total"],
        *(str(index + 1) for index in range(len(indicators))),
    ]
    rows = [head]
    for card in cards:
        items = card.items
        labels = [plain(card.unit or "–"), *([plain(card.name or "–")] if named else [])]
        grade = [plain(card.grade or "–")] if rubric.plan.grades else []
        rows.append(
            [
                *labels,
                *grade,
                _total(rubric, card, say["none"]),
                *(_added(items[path], say) for path in indicators),
            ]
        )
    numeric = (2 if named else 1) + bool(rubric.plan.grades)
    widths = [max(cells(row[column]) for row in rows) for column in range(len(head))]
    lines = [
        "  ".join(_pad(cell, widths[i], right=i >= numeric) for i, cell in enumerate(row)).rstrip()
        for row in rows
    ]
    lines.insert(1, "  ".join("─" * width for width in widths))
    legend = [
        f"{index + 1:>2}  {plain(rubric.item(path).item.title, 60)} ({path}, {say['of']} {written(rubric.item(path).item.weight)})"
        for index, path in enumerate(indicators)
    ]
    return "\n".join([plain(rubric.title, 200), "", *lines, "", *legend]) + "\n"


def _added(item: ItemScore, say: dict[str, str]) -> str:
    """What an indicator contributes; of one that does not apply, a dash where that is nothing."""
    if item.contribution is None:
        return say["none"]
    return number(item.contribution) if item.applies or item.contribution else "–"


def _total(rubric: Rubric, card: ScoreCard, none: str = "") -> str:
    """A published total shows all the places that the rubric rounds to."""
    return none if card.total is None else written(Fraction(card.total), rubric.text.round.places)


def _pad(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - cells(text))
    return space + text if right else text + space


def as_csv(rubric: Rubric, cards: Sequence[ScoreCard]) -> str:
    """A row for each card: unit, name, total, and the contribution of every item, score × weight ÷ out_of."""
    paths = [item.path for item in rubric.plan.items if item.path]
    graded = bool(rubric.plan.grades)
    head = ["unit", "name", "total", *(["grade"] if graded else []), *paths]
    return csv.written([head, *(_row(rubric, card, paths, graded=graded) for card in cards)])


def _row(rubric: Rubric, card: ScoreCard, paths: Sequence[str], *, graded: bool) -> list[str]:
    items = card.items
    grade = [card.grade or ""] if graded else []
    contributions = (_cell(items[path].contribution) for path in paths)
    return [card.unit or "", card.name or "", _total(rubric, card), *grade, *contributions]


def _cell(value: Exact | None) -> str:
    """A number in digits; a spreadsheet would take 26/3 for a day, so that such a number is text to it."""
    if value is None:
        return ""
    return number(value) if isinstance(value, Decimal) else f"'{number(value)}"
