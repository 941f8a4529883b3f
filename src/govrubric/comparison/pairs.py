"""The cards of many units, from two hands -> each unit's two cards beside each other, for `compare`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from govrubric.diagnostics.bounded import few
from govrubric.diagnostics.diagnostic import Diagnostic, TallyError
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard
from govrubric.scoring.comparing import CardComparison
from govrubric.scoring.places import card_places
from govrubric.tally_sheets.units import FileUnit

Scored = Sequence[tuple[FileUnit, ScoreCard]]


class Pair(NamedTuple):
    """A unit's two cards beside each other, with its places among the units that both sides have."""

    cards: CardComparison
    own_place: int | None
    official_place: int | None


@dataclass(frozen=True, slots=True, repr=False)
class Pairs:
    """Units as they assessed themselves, beside the official assessment.

    `units` are those that both sides have, in the order of their own assessments. `only_own` and
    `only_official` are the cards of the others.
    """

    rubric: Rubric
    units: tuple[Pair, ...]
    only_own: tuple[ScoreCard, ...]
    only_official: tuple[ScoreCard, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as ``govrubric compare --format json`` prints it: numbers as digits."""
        rubric = self.rubric
        return {
            "rubric": {"id": rubric.id, "title": rubric.title, "digest": rubric.digest},
            "units": [_plain(pair) for pair in self.units],
            "only_self": [{"unit": card.unit, "name": card.name} for card in self.only_own],
            "only_official": [{"unit": card.unit, "name": card.name} for card in self.only_official],
        }


def _plain(pair: Pair) -> dict[str, Any]:
    data = pair.cards.to_dict()
    data["self"] |= {"place": pair.own_place}
    data["official"] |= {"place": pair.official_place}
    return data


def paired(rubric: Rubric, own: Scored, official: Scored) -> Pairs:
    """Units from two hands, by their codes -> each unit's two cards beside each other.

    Raises `TallyError` for a unit without a code, and for one that has another variant on either side.
    """
    theirs = {card.unit: (unit, card) for unit, card in official}
    found = [
        unit.place(Diagnostic.of("GR891", None, ("unit",)))
        for unit, card in (*own, *official)
        if card.unit is None
    ]
    both = []
    for _, card in own:
        if card.unit is None or card.unit not in theirs:
            continue
        unit, other = theirs[card.unit]
        both.append((card, other))
        if card.variant != other.variant:
            sides = {"own": card.variant or "none", "official": other.variant or "none"}
            found.append(unit.place(Diagnostic.of("GR890", None, ("variant",), unit=card.unit, **sides)))
    if found:
        raise TallyError(few(found), rubric._text.language)
    places = zip(*(card_places(side) for side in zip(*both, strict=True)), strict=True) if both else ()
    units = tuple(
        Pair(card.compare(other), *place) for (card, other), place in zip(both, places, strict=True)
    )
    known = {card.unit for card, _ in both}
    alone = [tuple(card for _, card in side if card.unit not in known) for side in (own, official)]
    return Pairs(rubric, units, *alone)


def named_alike(rubric: Rubric, own: Scored, official: Scored) -> tuple[Scored, Scored]:
    """A single unit in each of two files, at least one of which is named by its file -> one unit.

    A unit that has a code of its own keeps it, so that two units are never taken for one.
    """
    if len(own) != 1 or len(official) != 1 or own[0][1].unit == official[0][1].unit:
        return own, official
    (unit, card), (other_unit, other) = own[0], official[0]
    if other_unit.label is None:
        return own, [(other_unit, _called(rubric, other, card.unit))]
    if unit.label is None:
        return [(unit, _called(rubric, card, other.unit))], official
    return own, official


def _called(rubric: Rubric, card: ScoreCard, unit: str | None) -> ScoreCard:
    """A card of the same tally under another code of the unit."""
    return rubric._of_variant(card.variant).score(card._tally, unit=unit, name=card.name)
