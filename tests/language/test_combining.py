"""How a group says that its parts make its base."""

from typing import Any

import pytest
from pydantic import ValidationError

from govrubric.language.combining import Drop
from govrubric.language.rubric_text import Item
from making import item, text

RULE = {"id": "r", "deduct": 1, "per": "例"}


def test_a_drop_leaves_nothing_out_unless_told() -> None:
    made = text(item("a", 10, combine="mean", drop={}, items=[item("b", 10, rules=[RULE])])).indicators[0]
    assert made.drop is not None
    assert (made.drop.lowest, made.drop.highest, made.drop.note) == (0, 0, None)


@pytest.mark.parametrize("word", ["sum", "mean", "min", "max"])
def test_parts_are_combined_in_one_of_four_ways(word: str) -> None:
    assert Item.model_validate(item(rules=[RULE], combine=word)).combine == word


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"lowest": -1}, [("lowest", "GR221")]),
        ({"highest": 1001}, [("highest", "GR221")]),
        ({"worst": 1}, [("worst", "extra_forbidden")]),
    ],
)
def test_a_wrong_field_of_a_drop_is_refused(fields: dict[str, Any], found: list[tuple[str, str]]) -> None:
    with pytest.raises(ValidationError) as refused:
        Drop.model_validate(fields)
    assert [(".".join(map(str, one["loc"])), one["type"]) for one in refused.value.errors()] == found
