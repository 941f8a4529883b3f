"""Cards x the cards of tallies -> where the two differ, as far as a tally says it."""

from collections.abc import Iterable
from typing import Any

from govrubric.diagnostics.diagnostic import Diagnostic, dotted
from govrubric.scoring import card_json
from govrubric.scoring.card import ScoreCard


class Tallied:
    """The cards of tallies, by unit. Each is compared once, so that those that are left have no card."""

    left: dict[str | None, ScoreCard]

    def __init__(self, cards: Iterable[ScoreCard]) -> None:
        self.left = {card.unit: card for card in cards}

    def differences(self, card: ScoreCard) -> list[Diagnostic]:
        """GR708 and GR709: where a card says something else than its tally, or has none."""
        tallied = self.left.pop(card.unit, None)
        if tallied is None:
            return [_alone(card.unit, "has a card and no tally")]
        return [
            Diagnostic.of("GR708", None, path, at=dotted(path), stated=stated, computed=computed)
            for path, stated, computed in card_json.differences(_given(card), _given(tallied))
        ]

    def missing(self) -> list[Diagnostic]:
        """GR709: the units that have no card."""
        return [_alone(unit, "has a tally and no card") for unit in self.left]


def _alone(unit: str | None, what: str) -> Diagnostic:
    return Diagnostic.of("GR709", None, ("unit",), unit=unit or "", what=what)


def _given(card: ScoreCard) -> dict[str, Any]:
    """What a card says that its tally says too."""
    data = card.to_dict()
    return {key: data[key] for key in ("name", "inputs")}
