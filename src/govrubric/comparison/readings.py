"""Rubric x tallies -> what each unit comes to under each reading of each ambiguity: what `readings` gives."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from govrubric import tally_files
from govrubric.comparison import readings_text
from govrubric.comparison.reading_results import AmbiguityReadings, Change, Reading, UnitReading
from govrubric.diagnostics.diagnostic import RubricError, TallyError, lang
from govrubric.diagnostics.display import seen
from govrubric.lint.variants import ConflictError
from govrubric.registers import Option
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard
from govrubric.scoring.places import places
from govrubric.scoring.unit import Tally, Unit
from govrubric.tally_sheets.units import FileUnit


@dataclass(frozen=True, slots=True, repr=False)
class Readings:
    """Units under each reading of each ambiguity of a rubric, one at a time. Made by `readings`.

    `units` are as the rubric decides. `ranked` is false where they are the rubric's own cases.
    """

    rubric: Rubric
    units: tuple[UnitReading, ...]
    ambiguities: tuple[AmbiguityReadings, ...]
    ranked: bool = field(default=True)

    def to_dict(self) -> dict[str, Any]:
        """Plain data, as ``govrubric readings --format json`` prints it: totals as digits."""
        rubric = self.rubric
        return {
            "rubric": {"id": rubric.id, "title": rubric.title, "digest": rubric.digest},
            "units": [_plain(unit) for unit in self.units],
            "ambiguities": [
                {
                    "id": one.ambiguity.id,
                    "at": one.ambiguity.at,
                    "question": one.ambiguity.question,
                    "decision": one.ambiguity.decision,
                    "open": one.open,
                    "changes": sorted(one.changes),
                    "readings": [
                        {
                            "option": reading.option.id,
                            "title": reading.option.title,
                            "why": reading.why,
                            "changes": sorted(reading.changes),
                            "units": [_plain(unit) for unit in reading.units],
                        }
                        for reading in one.readings
                    ],
                }
                for one in self.ambiguities
            ],
        }

    def to_text(self, language: str | None = None) -> str:
        """The text that ``govrubric readings`` prints, in `language` or the rubric's own."""
        return readings_text.to_text(self, lang(language or self.rubric.language))

    def __str__(self) -> str:
        return self.to_text()

    def __repr__(self) -> str:
        return f"<Readings {self.rubric.id} {len(self.ambiguities)} ambiguities, {len(self.units)} units>"


def readings(rubric: Rubric, tallies: Iterable[Tally | Unit] | None = None) -> Readings:
    """What tallies come to under each reading of each ambiguity of a rubric, one at a time.

    A reading is tried if its option says what would be other, under ``set`` or ``without``. What a tally
    gives for an input that there is not with a reading is left out with it.

    Args:
        rubric: the rubric.
        tallies: a tally for each unit, as `Rubric.score_all` takes them. Without them, the tallies of the
            rubric's own cases, which are not ranked.

    Raises:
        TallyError: with every finding, if a tally is refused by the rubric as it is decided, or a unit stands
            twice.
    """
    if tallies is None:
        return of_cards(rubric, tally_files.scored(rubric, _cases(rubric)), ranked=False)
    return of_cards(rubric, tally_files.scored(rubric, tallies))


def _cases(rubric: Rubric) -> list[Unit]:
    """The cases of a rubric as units, without those that name a reading."""
    cases = [case for case in rubric._text.cases if case.reading is None]
    return [Unit(case.name, None, case.tally.plain(), case.variant) for case in cases]


def of_cards(
    rubric: Rubric, scored: Sequence[tuple[FileUnit, ScoreCard]], *, ranked: bool = True
) -> Readings:
    """Units and their cards as the rubric decides -> the same under each reading."""
    cards = [card for _, card in scored]
    units = _placed([_of_card(card, card) for card in cards], ranked=ranked)
    chosen = dict(rubric.chosen.readings)
    found = []
    for ambiguity in rubric._choices.base.ambiguities.values():
        now = chosen.get(ambiguity.id)
        others = [option for option in ambiguity.options if not _is_now(option, now)]
        tried = tuple(_tried(rubric, ambiguity.id, option, cards, units, ranked) for option in others)
        found.append(AmbiguityReadings(ambiguity, tried))
    return Readings(rubric, units, tuple(found), ranked)


def _is_now(option: Option, now: str | None) -> bool:
    """Whether the rubric is read so: as it was chosen, or else as it decides."""
    return option.decided if now is None else option.id == now


def _tried(
    rubric: Rubric,
    ambiguity: str,
    option: Option,
    cards: Sequence[ScoreCard],
    decided: Sequence[UnitReading],
    ranked: bool,
) -> Reading:
    """An option, and every unit with it."""
    if option.id is None or not (option.runs or option.decided):
        return Reading(option, "words", (), frozenset())
    named = {**dict(rubric.chosen.readings), ambiguity: option.id}
    try:
        rubrics = {card.variant: rubric._choices.of(card.variant, named) for card in cards}
    except ConflictError:
        return Reading(option, "excluded", (), frozenset())
    except RubricError:
        return Reading(option, "unsound", (), frozenset())
    units = _placed([_under(rubrics[card.variant], card) for card in cards], ranked=ranked)
    changes: set[Change] = set()
    for before, after in zip(decided, units, strict=True):
        pairs: tuple[tuple[Change, object, object], ...] = (
            ("total", before.total, after.total),
            ("ranking", before.place, after.place),
            ("grade", before.grade, after.grade),
        )
        changes |= {change for change, old, new in pairs if old != new and not after.diagnostics}
    return Reading(option, None, units, frozenset(changes))


def _under(rubric: Rubric, card: ScoreCard) -> UnitReading:
    """A unit under another rubric, by what its card says of the inputs that this one has."""
    tally = {name: value for name, value in card._tally.items() if name in rubric._inputs}
    try:
        again = rubric._scored(tally, None, None, strict=False)
    except TallyError as error:
        return UnitReading(card.unit, card.name, card.variant, None, None, None, error.diagnostics)
    return _of_card(card, again)


def _of_card(unit: ScoreCard, card: ScoreCard) -> UnitReading:
    return UnitReading(unit.unit, unit.name, unit.variant, card.total, None, card.grade)


def _placed(units: Sequence[UnitReading], *, ranked: bool) -> tuple[UnitReading, ...]:
    """The units with their places, each among those of its variant."""
    if not ranked:
        return tuple(units)
    found = places((unit.variant, unit.total) for unit in units)
    return tuple(replace(unit, place=place) for unit, place in zip(units, found, strict=True))


def _plain(unit: UnitReading) -> Mapping[str, Any]:
    return {
        "unit": None if unit.unit is None else seen(unit.unit),
        "name": None if unit.name is None else seen(unit.name),
        "variant": unit.variant,
        "total": None if unit.total is None else str(unit.total),
        "place": unit.place,
        "grade": unit.grade,
        "findings": [finding.to_dict() for finding in unit.diagnostics],
    }
