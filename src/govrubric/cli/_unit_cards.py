"""Tallies from both sides -> the filled official form of each unit, or of all of them in one file."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from govrubric.cli._reading import tallied

if TYPE_CHECKING:
    from govrubric.forms.word import UnitCards
    from govrubric.rubric import Rubric

NAMED = 5  # units that a message names


def filled_word(
    rubric: "Rubric", sides: tuple[Sequence[str], Sequence[str]], wanted: Sequence[str], language: str | None
) -> Callable[[str, str], bytes]:
    """The files of both sides -> what writes the form of a unit, by its code and its name.

    `wanted` are the codes of the units that have a file each; one that no tally has gets a blank form. An
    empty code is all units of the tallies.
    """
    from govrubric.forms.word import UnitCards, written

    units = unit_cards(rubric, *sides, language or rubric.language)
    if "" not in wanted:
        others = [unit.unit or "" for unit in units if unit.unit not in wanted]
        if others:
            named = ", ".join([*others[:NAMED], *(["…"] if len(others) > NAMED else [])])
            raise click.UsageError(f"the list of units has not all that the tallies have: {named}")
    by_code = {unit.unit: unit for unit in units}

    def file(code: str, name: str) -> bytes:
        if not code:
            return written(rubric, units, language)
        unit = by_code.get(code, UnitCards(code))
        return written(rubric, [unit._replace(name=name or unit.name)], language)

    return file


def unit_cards(
    rubric: "Rubric", own: Sequence[str], official: Sequence[str], language: str
) -> list["UnitCards"]:
    """The units of the files of both sides, matched by their codes: those with an own assessment first."""
    from govrubric.forms.word import UnitCards

    units = [
        UnitCards(card.unit, card.name, own=card)
        for _, card in tallied(rubric, own, False, language, of="own")
    ]
    places = {unit.unit: place for place, unit in enumerate(units) if unit.unit}
    both, alone = len(units), 0
    for _, card in tallied(rubric, official, False, language, of="official"):
        if card.unit in places:
            known = units[places[card.unit]]
            units[places[card.unit]] = known._replace(name=known.name or card.name, official=card)
        else:
            alone += 1
            units.append(UnitCards(card.unit, card.name, official=card))
    if both == alone == 1 and len(units) == 2:
        first, second = (unit.unit for unit in units)
        raise click.UsageError(
            f"the two sides have a unit each, {first} and {second}; give both tallies the same `unit`"
        )
    return units
