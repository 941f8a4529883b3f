"""The shapes of a card's rows: those of every card that is written, and of its JSON Schema."""

from typing import Any

import pytest

from govrubric.scoring import card_schema, card_shapes
from govrubric.scoring.card_shapes import ITEM, MADE_OF_OTHERS, RULE, VARIANT, Row, is_usual
from samples import richly_written, written

ROWS = ("VARIANT", "READING", "INPUT", "VALUE", "RULE", "GATE", "COMBINING", "ITEM", "RUBRIC")


@pytest.mark.parametrize("name", ROWS)
def test_the_keys_of_a_row_are_those_of_its_schema(name: str) -> None:
    assert set(getattr(card_shapes, name).shape) == set(getattr(card_schema, name))


def test_a_row_gives_its_values_in_the_order_of_its_keys() -> None:
    assert VARIANT.take({"title": "Counties", "more": 1, "id": "county"}) == ("county", "Counties")
    assert VARIANT.kinds == {(str, str), (str, type(None))}


def test_a_row_has_every_pair_of_types_that_its_values_may_have() -> None:
    row = Row({"a": (int, str), "b": (bool, list)})
    assert row.kinds == {(int, bool), (int, list), (str, bool), (str, list)}


def rows(data: dict[str, Any]) -> list[tuple[Row, dict[str, Any]]]:
    items = [(ITEM, item) for item in data["items"]]
    return [*items, *((RULE, rule) for item in data["items"] for rule in item["rules"])]


def test_what_is_written_has_these_types() -> None:
    found = rows(richly_written())
    assert len(found) > 10
    assert [row for row, data in found if tuple(map(type, row.take(data))) not in row.kinds] == []


def test_a_card_as_it_is_written_is_usual() -> None:
    assert is_usual(written())
    assert is_usual(richly_written())


@pytest.mark.parametrize("key", MADE_OF_OTHERS)
def test_a_card_that_lacks_what_is_computed_is_not_usual(key: str) -> None:
    data = written()
    del data[key]
    assert not is_usual(data)


@pytest.mark.parametrize(
    "changes",
    [{"more": "x"}, {"assumed": "a"}, {"assumed": [1]}, {"total": 1}, {"digest": ["x"]}],
)
def test_a_card_with_another_key_or_type_is_not_usual(changes: dict[str, Any]) -> None:
    assert not is_usual({**written(), **changes})
