"""A card's text is filled into a template: it is the text that `card_json` writes of the card's rows."""

from typing import Any

import pytest

from govrubric import Rubric, ScoreCard
from govrubric.scoring import card_json, scored_unit
from samples import GIVEN, RICH_TALLY, TALLY, rich, small, wide

SAID: dict[str, Any] = {"value": 3, "evidence": ['a "quoted" page', "第三页\n第二行"], "note": "核实"}


def by_its_rows(card: ScoreCard) -> tuple[str, str]:
    """The text and the digest of a card, by way of its rows."""
    data = card_json.to_dict(card._record)
    return card_json.dumps(data), data["digest"]


@pytest.mark.parametrize(
    ("rubric", "tally"),
    [
        (small(), TALLY),
        (small(), {"bonus.judged": "0.5", "work.papers.missing": SAID}),
        (rich(), RICH_TALLY),
        (rich(), {**RICH_TALLY, "served": False}),
        (rich(), {**RICH_TALLY, "class": "B"}),
        (wide(), GIVEN),
        (wide(), {**GIVEN, "calm": False}),
    ],
)
@pytest.mark.parametrize("unit", [None, "u1"])
def test_a_card_is_written_as_its_rows_are(rubric: Rubric, tally: dict[str, Any], unit: str | None) -> None:
    card = rubric.score(tally, unit=unit, name="某区")
    assert (card.to_json(), card.digest) == by_its_rows(card)
    assert card.to_dict() == card_json.to_dict(card._record)
    assert ScoreCard.from_json(card.to_json()).verify(rubric) == ()


def test_evidence_is_written_with_its_own_lines() -> None:
    text = small().score({"bonus.judged": 0, "work.papers.missing": SAID}).to_json()
    assert (
        '   "evidence": [\n    "a \\"quoted\\" page",\n    "第三页\\n第二行"\n   ],\n   "note": "核实"\n'
        in text
    )
    assert ' "assumed": [\n  "work.late",\n  "work.papers.absent",\n  "work.index.gap",\n' in text


def test_numbers_are_remembered_as_text_and_forgotten_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scored_unit, "REMEMBERED", 2)
    numbers = scored_unit._Numbers(30)
    assert [numbers[value] for value in (1, 2, 3)] == ['"1/30"', '"1/15"', '"0.1"']
    assert (numbers[-6], dict(numbers)) == ('"-0.2"', {-6: '"-0.2"'})


def test_only_items_with_flags_gates_or_two_signs_are_written_by_their_rows() -> None:
    assert small()._layout.template.unusual == ()
    plan = rich()._plan
    unusual = [plan.items[index].path for index in rich()._layout.template.unusual]
    assert unusual == ["", "desk.mail", "desk.visits"]
