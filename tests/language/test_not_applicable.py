"""What an item says of the case that it does not apply: a policy, alone or with a condition."""

from typing import Any

import pytest
from pydantic import ValidationError

from govrubric.language.not_applicable import NotApplicable
from govrubric.language.rubric_text import Item
from making import item

RULES = [{"id": "r", "judge": 5}]


def made(said: Any) -> Item:
    return Item.model_validate(item(rules=RULES, not_applicable=said))


@pytest.mark.parametrize("policy", ["rescale", "full", "zero", "spread"])
def test_a_policy_stands_alone_or_beside_a_condition(policy: str) -> None:
    alone, told = made(policy), made({"when": "exempt", "then": policy, "note": "免检"})
    assert (alone.policy, alone.exempt_when) == (policy, None)
    assert (told.policy, told.exempt_when) == (policy, "exempt")
    assert told == made(NotApplicable.model_validate({"when": "exempt", "then": policy, "note": "免检"}))


def test_an_item_always_applies_unless_told() -> None:
    one = Item.model_validate(item(rules=RULES))
    assert (one.policy, one.exempt_when) == (None, None)


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("never", ["GR210"]),
        ({"when": "exempt"}, ["missing"]),
        ({"then": "zero"}, ["missing"]),
        ({"when": "exempt", "then": "never"}, ["GR210"]),
        ({"when": "exempt", "then": "zero", "else": "full"}, ["extra_forbidden"]),
    ],
)
def test_what_is_neither_is_refused(said: Any, codes: list[str]) -> None:
    with pytest.raises(ValidationError) as refused:
        made(said)
    assert [error["type"] for error in refused.value.errors()] == codes
