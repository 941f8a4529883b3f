"""Score cards -> a table for a terminal, or CSV for a spreadsheet."""

from collections.abc import Sequence
from fractions import Fraction

from govrubric.diagnostics.diagnostic import Lang
from govrubric.diagnostics.display import plain
from govrubric.document import csv
from govrubric.numbers import Exact, places_of, written
from govrubric.reports.text_table import text_table
from govrubric.reports.worth import on_top
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard
from govrubric.scoring.explain import number, value_in_words
from govrubric.scoring.ledger import ItemScore
from govrubric.scoring.places import card_places

LABELS = {
    "en": {
        "unit": "unit",
        "name": "name",
        "variant": "variant",
        "place": "place",
        "total": "total",
        "of": "of",
        "grade": "grade",
        "none": "none",
    },
    "zh": {
        "unit": "单位",
        "name": "名称",
        "variant": "版本",
        "place": "名次",
        "total": "总分",
        "of": "满分",
        "grade": "等次",
        "none": "无",
    },
}


def table(rubric: Rubric, cards: Sequence[ScoreCard], lang: Lang, *, ranked: bool = False) -> str:
    """A row for each card in the order given: unit, name, grade, total, values, and each indicator's part.

    The values are those that the rubric shows. If it is `ranked`, the place of the unit stands before its
    total.

    A legend below the table gives the title of each indicator.
    """
    labels = LABELS[lang]
    indicators = rubric._items[""].parts
    text_columns = ["unit"]
    if any(card.name for card in cards):
        text_columns.append("name")
    if any(card.variant for card in cards):
        text_columns.append("variant")
    if rubric._plan.grades:
        text_columns.append("grade")
    numbers = [str(index + 1) for index in range(len(indicators))]
    shown = [plain(value.value.shown, 60) for value in rubric._plan.shown]
    place = [labels["place"]] if ranked else []
    rows = [[*(labels[column] for column in text_columns), *place, labels["total"], *shown, *numbers]]
    for card, place in zip(cards, _places(cards, labels["none"], ranked=ranked), strict=True):
        items = card.items
        by_column = {"unit": card.unit, "name": card.name, "variant": card.variant, "grade": card.grade}
        texts = [plain(by_column[column] or "–") for column in text_columns]
        contributions = [_contribution(rubric, items.get(path), labels["none"]) for path in indicators]
        values = [value_in_words(value, rubric._text.round.places, lang) for value in card.values.values()]
        rows.append([*texts, *place, _total(rubric, card, labels["none"]), *values, *contributions])
    lines = text_table(rows, left=range(len(text_columns)), ruled=True)
    legend = []
    for head, path in zip(numbers, indicators, strict=True):
        item = rubric._items[path].item
        if item.weight is None:
            worth = on_top(rubric._items[path], lang)
        else:
            worth = f"{labels['of']} {written(item.weight)}"
        legend.append(f"{head:>2}  {plain(item.title, 60)} ({path}, {worth})")
    return "\n".join([plain(rubric.title, 200), "", *lines, "", *legend]) + "\n"


def _places(cards: Sequence[ScoreCard], none: str, *, ranked: bool) -> list[list[str]]:
    """The cells for the place of each unit: one, or none where units are not ranked."""
    if not ranked:
        return [[]] * len(cards)
    return [[none if place is None else str(place)] for place in card_places(cards)]


def _contribution(rubric: Rubric, item: ItemScore | None, none: str) -> str:
    """The contribution of an indicator; a dash where it does not apply and contributes nothing.

    So there is where the variant of the unit has it not.
    """
    if item is None:
        return "–"
    if item.contribution is None:
        return none
    applies = item.applies or item.contribution
    return number(item.contribution, rubric._text.round.places) if applies else "–"


def _total(rubric: Rubric, card: ScoreCard, none: str = "") -> str:
    """A published total shows all the places that the rubric rounds to."""
    return none if card.total is None else written(Fraction(card.total), rubric._text.round.places)


def as_csv(rubric: Rubric, cards: Sequence[ScoreCard], *, ranked: bool = False) -> str:
    """A row for each card: unit, name, total, the values that are shown, and each item's contribution.

    A contribution is score × weight ÷ out_of. If it is `ranked`, the place stands before the total.
    """
    paths = [item.path for item in rubric._plan.items if item.path]
    graded, varied = bool(rubric._plan.grades), any(card.variant for card in cards)
    place = ["place"] if ranked else []
    head = ["unit", "name", *(["variant"] if varied else []), *place, "total", *(["grade"] if graded else [])]
    head += [*(value.path for value in rubric._plan.shown), *paths]
    rows = [
        _row(rubric, card, place, paths, graded=graded, varied=varied)
        for card, place in zip(cards, _places(cards, "", ranked=ranked), strict=True)
    ]
    return csv.written([head, *rows])


def _row(
    rubric: Rubric, card: ScoreCard, place: list[str], paths: Sequence[str], *, graded: bool, varied: bool
) -> list[str]:
    items = card.items
    grade = [card.grade or ""] if graded else []
    contributions = (_cell(items[path].contribution if path in items else None) for path in paths)
    values = (
        str(one.value).lower() if isinstance(one.value, bool) else _cell(one.value)
        for one in card.values.values()
    )
    variant = [card.variant or ""] if varied else []
    return [
        card.unit or "",
        card.name or "",
        *variant,
        *place,
        _total(rubric, card),
        *grade,
        *values,
        *contributions,
    ]


def _cell(value: Exact | None) -> str:
    """A number in digits; a fraction such as 26/3 becomes a text, since a spreadsheet takes it for a date."""
    if value is None:
        return ""
    return written(value) if places_of(value) is not None else f"'{written(value)}"
