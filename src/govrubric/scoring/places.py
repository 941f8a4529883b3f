"""Totals of many units -> the place of each: the one meaning that a place has everywhere.

A place is one more than the number of units of the same class with a greater total, so that equal totals
share a place, as in 1, 1, 3. Units of another variant of the rubric are another class. A unit without a total
has no place.
"""

from collections.abc import Hashable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from govrubric.diagnostics.display import seen
from govrubric.scoring.card import ScoreCard

Ranked = tuple[str | None, str | None, Decimal | None]


def places(units: Iterable[tuple[Hashable, Decimal | None]]) -> list[int | None]:
    """The class and the total of each unit -> its place from 1, or ``None`` without a total."""
    given = list(units)
    first: dict[tuple[Hashable, Decimal], int] = {}
    passed: dict[Hashable, int] = {}
    ranked = [(total, kind) for kind, total in given if total is not None]
    for total, kind in sorted(ranked, key=lambda unit: unit[0], reverse=True):
        passed[kind] = passed.get(kind, 0) + 1
        first.setdefault((kind, total), passed[kind])
    return [None if total is None else first[kind, total] for kind, total in given]


def card_places(cards: Sequence[ScoreCard]) -> list[int | None]:
    """The place of each card among the cards of its variant."""
    return places((card.variant, card.total) for card in cards)


def ranking(units: Iterable[Ranked]) -> list[dict[str, Any]]:
    """The code, variant and total of each unit -> plain data: the place of each, in the same order."""
    given = list(units)
    found = places((variant, total) for _, variant, total in given)
    return [
        {"unit": None if unit is None else seen(unit), "variant": variant, "place": place}
        for (unit, variant, _), place in zip(given, found, strict=True)
    ]
