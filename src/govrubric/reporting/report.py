"""Rubric, the cards of units, and the official ones if there are any -> what a report is printed from.

A report prints lines of cards. Where there are official assessments, these are what is ranked, and a unit
without one has no place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from govrubric.comparison.pairs import Pairs
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard
from govrubric.scoring.comparing import CardComparison
from govrubric.scoring.places import card_places


class ReportUnit(NamedTuple):
    """A unit of a report.

    Attributes:
        number: its number in the report, from 1.
        own: the card of its own assessment; `None` where only the official one is there.
        official: the official card; `None` where there is none.
        place: its place among the units of its class; `None` without a total.
        differences: the two cards beside each other, where both are there.
    """

    number: int
    own: ScoreCard | None
    official: ScoreCard | None
    place: int | None
    differences: CardComparison | None

    @property
    def card(self) -> ScoreCard:
        """The card that counts: the official one where it is there."""
        card = self.official or self.own
        assert card is not None, "a unit has a card"
        return card

    @property
    def name(self) -> str | None:
        """What people call it, as either card says."""
        names = (card.name for card in (self.official, self.own) if card is not None)
        return next(filter(None, names), None)


class ReportClass(NamedTuple):
    """The units of one variant, by their places.

    Attributes:
        title: the title of the variant; `None` of the rubric as it stands.
        rubric: the variant.
        units: its units, by place and then in the order of the file; those without a place come last.
    """

    title: str | None
    rubric: Rubric
    units: tuple[ReportUnit, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Units of a rubric, class by class; `has_official` tells whether official assessments were given."""

    rubric: Rubric
    classes: tuple[ReportClass, ...]
    has_official: bool

    @property
    def units(self) -> tuple[ReportUnit, ...]:
        """The units of all classes."""
        return tuple(unit for one in self.classes for unit in one.units)


Sides = tuple[ScoreCard | None, ScoreCard | None, CardComparison | None]


def report(rubric: Rubric, own: Sequence[ScoreCard], pairs: Pairs | None) -> Report:
    """The units' own cards, and the same paired with the official ones -> a report."""
    if pairs is None:
        sides: list[Sides] = [(_held(card), None, None) for card in own]
    else:
        both = {pair.cards.own.unit: pair.cards for pair in pairs.units}
        sides = []
        for card in own:
            found = both.get(card.unit)
            sides.append((_held(card), None if found is None else _held(_card(found)), found))
        sides += [(None, _held(card), None) for card in pairs.only_official]
    kinds: dict[str | None, list[Sides]] = {}
    for side in sides:
        kinds.setdefault(_counting(side).variant, []).append(side)
    known = (None, *rubric.variants)
    classes, number = [], 0
    for variant in (name for name in known if name in kinds):
        units = _placed(kinds[variant], official=pairs is not None, number=number)
        number += len(units)
        of_class = rubric._of_variant(variant)
        title = None if variant is None else rubric.variants[variant].title or variant
        classes.append(ReportClass(title, of_class, units))
    return Report(rubric, tuple(classes), pairs is not None)


def _card(found: CardComparison) -> ScoreCard:
    """The official card of a comparison."""
    card = found.official
    assert isinstance(card, ScoreCard), "scored cards were compared"
    return card


def _held(card: ScoreCard) -> ScoreCard:
    """The same card with its rows at hand: a report looks at them many times."""
    return ScoreCard(None, card._record)


def _counting(sides: Sides) -> ScoreCard:
    card = sides[1] or sides[0]
    assert card is not None, "a unit has a card"
    return card


def _placed(sides: Sequence[Sides], *, official: bool, number: int) -> tuple[ReportUnit, ...]:
    """The units of a class with their places and numbers, in the order of a ranking."""
    ranked = [side for side in sides if side[1] is not None or not official]
    places = dict(zip(map(id, ranked), card_places([_counting(side) for side in ranked]), strict=True))
    placed = sorted(sides, key=lambda side: (places.get(id(side)) is None, places.get(id(side)) or 0))
    return tuple(
        ReportUnit(index, side[0], side[1], places.get(id(side)), side[2])
        for index, side in enumerate(placed, number + 1)
    )
