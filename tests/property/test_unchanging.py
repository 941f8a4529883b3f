"""Rubrics and cards are immutable."""

from typing import Any

import pytest
from hypothesis import given

from govrubric import Rubric, ScoreCard, loads
from strategies import Sample, samples

FORM = """\
govrubric: 1
id: t
title: T
total: 10
round: {places: 0, mode: half_up}
indicators:
  - {id: a, title: A, weight: 10, rules: [{id: r, deduct: {x: 1, y: 2}, per: 例}, {id: s, judge: 5}], start: full}
cases: [{name: n, tally: {a: {s: 1}}, expect: {total: 10}}]
"""


def made() -> tuple[Rubric, ScoreCard]:
    rubric = loads(FORM)
    return rubric, rubric.score({"a.r.x": {"value": 3, "evidence": ["e1"]}, "a.s": 1})


@pytest.mark.parametrize("name", ["text", "plan", "digest", "inputs", "_run", "new"])
def test_a_rubric_takes_and_loses_no_attribute(name: str) -> None:
    """`Rubric`: “Immutable”."""
    rubric, _ = made()
    with pytest.raises(AttributeError):
        setattr(rubric, name, None)
    with pytest.raises(AttributeError):
        delattr(rubric, name)


@pytest.mark.parametrize("name", ["total", "items", "unit", "_scored", "_record", "new"])
def test_a_card_takes_and_loses_no_attribute(name: str) -> None:
    """`ScoreCard`: “Immutable”."""
    for card in (made()[1], ScoreCard.from_json(made()[1].to_json())):
        with pytest.raises(AttributeError):
            setattr(card, name, None)
        with pytest.raises(AttributeError):
            delattr(card, name)


def test_the_parts_of_a_rubric_and_the_rows_of_a_card_do_not_change() -> None:
    """Style 4.11: “frozen, strict, forbid-extra models; tuples, never lists”."""
    rubric, card = made()
    leaf = rubric._text.indicators[0]
    one: Any
    for one, name in (
        (rubric._text, "title"),
        (leaf, "weight"),
        (leaf.rules[0], "at_most"),
        (rubric._text.round, "places"),
        (rubric._plan, "lines"),
    ):
        with pytest.raises((AttributeError, ValueError)):
            setattr(one, name, None)
    for one, name in (
        (card.items["a"], "score"),
        (card.rules["a.r"], "applied"),
        (card.inputs["a.s"], "value"),
        (rubric.item("a"), "full"),
    ):
        with pytest.raises(AttributeError):
            setattr(one, name, None)
    assert type(leaf.rules) is tuple
    assert type(card.items["a"].rules) is tuple
    hash((rubric, rubric._text, leaf, card, card.inputs["a.s"]))


def test_the_mappings_that_are_handed_out_change_nothing() -> None:
    rubric, card = made()
    text, digest = card.to_json(), rubric.digest
    for mapping in (
        rubric._inputs,
        card.items,
        card.rules,
        card.inputs,
        card.to_dict(),
        rubric._text.cases[0].tally.plain(),
        card.to_dict()["items"][0],
    ):
        given: Any = mapping
        try:
            given.clear()
        except (AttributeError, TypeError):
            continue
    assert (card.to_json(), rubric.digest) == (text, digest)
    assert rubric.score({"a.r.x": {"value": 3, "evidence": ["e1"]}, "a.s": 1}) == card
    assert rubric._text.cases[0].tally.plain() == {"a": {"s": "1"}}


def test_the_lines_of_a_plan_do_not_change() -> None:
    """Style 4.11: “frozen is shallow: a list inside stays mutable”, and so does a dict."""
    rubric, _ = made()
    lines: Any = rubric._plan.lines
    with pytest.raises(TypeError):
        lines[":contribution"] = lines["a:base"]


def test_plain_data_belongs_to_the_caller_before_and_after() -> None:
    """A card made of plain data does not change with it."""
    _, card = made()
    data = card.to_dict()
    read = ScoreCard.from_dict(data)
    data["total"] = "1"
    data["items"][0]["rules"] = []
    data["inputs"].clear()
    assert read.verify() == ()
    assert read == card


@given(samples())
def test_scoring_leaves_the_tally_and_the_rubric_as_they_were(sample: Sample) -> None:
    """The caller's dict is never changed.

    Nor does what becomes of it later change the card.
    """
    rubric = sample.rubric
    digest, before = rubric.digest, (repr(sample.plain), repr(sample.dressed))
    card = rubric.score(sample.dressed)
    text = card.to_json()
    rubric.total(sample.plain)
    rubric.score(sample.plain)
    assert (repr(sample.plain), repr(sample.dressed)) == before
    for value in sample.dressed.values():
        if isinstance(value, dict):
            value.clear()
    sample.dressed.clear()
    assert (card.to_json(), rubric.digest) == (text, digest)
