"""Cards beside their tallies: what differs, what is alone."""

from typing import Any

from govrubric import ScoreCard
from govrubric.scoring.tallied import Tallied
from samples import TALLY, args, small


def card(unit: str | None, name: str | None = None, tally: dict[str, Any] = TALLY) -> ScoreCard:
    return small().score(tally, unit=unit, name=name)


def test_a_card_that_says_what_its_tally_says_is_right() -> None:
    tallied = Tallied([card("u1", "First"), card("u2")])
    assert tallied.differences(ScoreCard.from_json(card("u1", "First").to_json())) == []
    assert tallied.differences(card("u2")) == []
    assert tallied.missing() == []


def test_a_name_a_value_and_an_evidence_that_differ_are_found() -> None:
    changed = {**TALLY, "work.index.gap": {"value": 1, "evidence": ["p. 9"]}}
    found = Tallied([card("u1", "First")]).differences(card("u1", "Last", changed))
    assert [(one.code, one.path) for one in found] == [
        ("GR708", ("name",)),
        ("GR708", ("work.index.gap", "value")),
        ("GR708", ("work.index.gap", "evidence")),
    ]
    assert args(found[1]) == {"at": "work.index.gap.value", "stated": '"1"', "computed": '"2"'}


def test_a_unit_that_stands_on_one_side_alone_is_found() -> None:
    tallied = Tallied([card("u1"), card("u2")])
    found = [*tallied.differences(card("u3")), *tallied.differences(card(None)), *tallied.missing()]
    assert [(one.code, args(one)["unit"], args(one)["what"]) for one in found] == [
        ("GR709", "u3", "has a card and no tally"),
        ("GR709", "", "has a card and no tally"),
        ("GR709", "u1", "has a tally and no card"),
        ("GR709", "u2", "has a tally and no card"),
    ]


def test_a_tally_is_compared_once() -> None:
    tallied = Tallied([card("u1")])
    assert tallied.differences(card("u1")) == []
    assert [one.code for one in tallied.differences(card("u1"))] == ["GR709"]
