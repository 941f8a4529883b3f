"""What does not add up on a card is found from its digits alone."""

import json
from typing import Any

import pytest

from govrubric import loads
from govrubric.testing.paper import unbalanced

FORM = """\
govrubric: 1
id: t
title: T
total: 20
round: {places: 2, mode: half_up}
indicators:
  - id: g
    title: G
    weight: 10
    combine: max
    items:
      - {id: a, title: A, weight: 10, rules: [{id: late, deduct: 1, per: case}]}
      - {id: b, title: B, weight: 10, rules: [{id: late, deduct: 1, per: case}]}
  - id: h
    title: H
    weight: 10
    not_applicable: full
    rules: [{id: late, deduct: 1, per: case}]
    gates: [{id: veto, when: late > 3, score: 0}]
"""


def card(**tally: Any) -> dict[str, Any]:
    given = {name.replace("__", "."): value for name, value in tally.items()}
    data: dict[str, Any] = json.loads(loads(FORM).score(given).to_json())
    return data


def slips(data: dict[str, Any]) -> list[tuple[str, str]]:
    return [(slip.path, slip.figure) for slip in unbalanced(data)]


@pytest.mark.parametrize(
    "tally", [{}, {"g__a__late": 3, "g__b__late": 1}, {"h__not_applicable": True}, {"h__late": 4}]
)
def test_a_card_adds_up(tally: dict[str, Any]) -> None:
    assert slips(card(**tally)) == []


def test_the_greatest_part_is_the_base_of_its_group() -> None:
    data = card(g__a__late=3, g__b__late=1)
    group = next(item for item in data["items"] if item["path"] == "g")
    assert group["base"] == "9"
    group["combining"]["how"] = "min"
    assert slips(data)[0] == ("g", "base")


def test_a_part_that_no_item_lists_is_told_alone() -> None:
    data = card()
    data["items"] = [item for item in data["items"] if item["path"] != "g.b"]
    assert slips(data) == [("", "parts")]


def test_what_does_not_apply_is_idle_and_keeps_its_full_marks() -> None:
    data = card(h__not_applicable=True)
    item = next(item for item in data["items"] if item["path"] == "h")
    assert (item["applies"], item["contribution"]) == (False, "10")
    item["gates"][0]["held"] = True
    item["contribution"] = "9"
    assert slips(data) == [("h.veto", "held"), ("h", "contribution"), ("", "base")]
