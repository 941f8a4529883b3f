"""A rubric as its author wrote it: its fields, what they refuse, and the order of its parts."""

import datetime
import pickle
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from govrubric.fields import Table
from govrubric.model import PLANNED, PLANNED_VERBS, Ambiguity, Item, RubricText, join, parts
from govrubric.nodes import Plain
from govrubric.rules import VERBS
from making import item, leaf, number, text

RULE = {"id": "r", "deduct": 1, "per": "例"}


def codes(of: type[RubricText] | type[Item], value: object) -> list[tuple[str, str]]:
    """Place and code of every refusal."""
    with pytest.raises(ValidationError) as refused:
        of.model_validate(value)
    return [(".".join(map(str, error["loc"])), error["type"]) for error in refused.value.errors()]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"title": ""}, [("title", "GR213")]),
        ({"id": "A"}, [("id", "GR211")]),
        ({"weight": 0}, [("weight", "GR214")]),
        ({"weight": None}, [("weight", "GR207")]),
        ({"out_of": -1}, [("out_of", "GR214")]),
        ({"start": Plain("half")}, [("start", "GR210")]),
        ({"floor": Plain("zero")}, [("floor", "GR210")]),
        ({"ceiling": "none "}, [("ceiling", "GR208")]),
        ({"round": {"places": 7, "mode": "half_up"}}, [("round.places", "GR221")]),
        ({"round": {"places": 2, "mode": "nearest"}}, [("round.mode", "GR210")]),
        ({"round": {"places": 2}}, [("round.mode", "missing")]),
        ({"round": 2}, [("round", "model_type")]),
        ({"rules": []}, [("rules", "GR222")]),
        ({"rules": RULE}, [("rules", "GR205")]),
        ({"items": ()}, [("items", "GR222")]),
        ({"colour": "red"}, [("colour", "extra_forbidden")]),
        ({"note": 5}, [("note", "GR206")]),
        ({"clause": ""}, [("clause", "GR213")]),
    ],
)
def test_a_wrong_field_of_an_item_is_refused(fields: dict[str, Any], found: list[tuple[str, str]]) -> None:
    assert codes(Item, item(**fields)) == found


@pytest.mark.parametrize("key", ["govrubric", "id", "title", "total", "round", "indicators"])
def test_what_a_rubric_must_say_cannot_be_left_out(key: str) -> None:
    whole = {"govrubric": 1, "id": "t", "title": "T", "total": 10, "round": {"places": 2, "mode": "half_up"}, "indicators": [item(rules=[RULE])]}
    assert codes(RubricText, {name: value for name, value in whole.items() if name != key}) == [(key, "missing")]


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"govrubric": 2}, [("govrubric", "GR218")]),
        ({"indicators": []}, [("indicators", "GR222")]),
        ({"valid": {"from": "2023-02-30"}}, [("valid.from", "GR212")]),
        ({"valid": {"start": "2023-01-01"}}, [("valid.start", "extra_forbidden")]),
        ({"source": {"page": 1}}, [("source.page", "extra_forbidden")]),
        ({"cases": []}, [("cases", "GR222")]),
        ({"cases": [{"name": "n", "tally": {}, "expect": {}}]}, [("cases.0.expect", "GR222")]),
        ({"cases": [{"name": "n", "tally": [], "expect": {"total": 1}}]}, [("cases.0.tally", "GR204")]),
        ({"ambiguities": [{"id": "a", "at": "a", "question": "?"}]}, [("ambiguities.0.decision", "missing")]),
        ({"ambiguities": [{"id": "a", "at": "a", "question": "?", "decision": "!", "options": []}]}, [("ambiguities.0.options", "GR222")]),
        ({"start": "full"}, [("start", "extra_forbidden")]),
        ({"weight": 10}, [("weight", "extra_forbidden")]),
        ({"rules": [RULE]}, [("rules", "extra_forbidden")]),
    ],
)
def test_a_wrong_field_of_a_rubric_is_refused(fields: dict[str, Any], found: list[tuple[str, str]]) -> None:
    whole = {"govrubric": 1, "id": "t", "title": "T", "total": 10, "round": {"places": 2, "mode": "half_up"}, "indicators": [item(rules=[RULE])]}
    assert codes(RubricText, {**whole, **fields}) == found


def test_every_wrong_field_is_found_at_once() -> None:
    assert codes(Item, {"id": "A", "title": "", "weight": 0}) == [("id", "GR211"), ("title", "GR213"), ("weight", "GR214")]


def test_an_item_has_its_defaults() -> None:
    made = leaf(RULE).indicators[0]
    assert (made.out_of, made.start, made.floor, made.ceiling, made.round, made.assessed_by, made.clause, made.note, made.items) == (None,) * 8 + (
        (),
    )


def test_a_rubric_has_its_defaults() -> None:
    made = leaf(RULE)
    assert (made.language, made.valid, made.source, made.out_of, made.floor, made.ceiling, made.note, made.cases, made.ambiguities) == (
        "en", None, None, None, None, None, None, (), (),
    )  # fmt: skip


def test_a_rubric_is_the_root_item() -> None:
    made = leaf(RULE)
    assert (made.weight, made.items, made.rules, made.start) == (number(10), made.indicators, (), None)


def test_lists_are_tuples_and_numbers_exact() -> None:
    made = text(item("a", number("10/3"), rules=[RULE]), total=number("10/3"))
    assert type(made.indicators) is tuple
    assert type(made.indicators[0].rules) is tuple
    assert made.indicators[0].weight == number("10/3")


def test_what_goes_with_a_rubric_is_kept() -> None:
    made = text(
        item(rules=[RULE]),
        valid={"from": "2023-01-01", "to": "2023-12-31"},
        source={"issuer": "市政府办公室", "document": "附件2"},
        cases=[{"name": "n", "tally": {"a.r": 3}, "expect": {"a": {"r": -3}}}],
        ambiguities=[{"id": "x", "at": "a", "question": "?", "decision": "!", "options": ["other"]}],
    )
    assert made.valid is not None
    assert made.source is not None
    assert (made.valid.start, made.valid.to) == (datetime.date(2023, 1, 1), datetime.date(2023, 12, 31))
    assert (made.source.issuer, made.source.document) == ("市政府办公室", "附件2")
    assert (made.cases[0].tally, made.cases[0].expect) == (Table({"a.r": 3}), Table({"a": {"r": -3}}))
    assert made.ambiguities == (Ambiguity(id="x", at="a", question="?", decision="!", options=("other",)),)


def test_a_rubric_does_not_change() -> None:
    made = leaf(RULE)
    with pytest.raises(ValidationError, match="frozen"):
        setattr(made, "title", "changed")  # noqa: B010 - the checker forbids the plain form


def test_texts_that_mean_the_same_are_equal_and_hash_alike() -> None:
    assert leaf(RULE) == leaf({**RULE, "deduct": Plain("1.00"), "take": "all"})
    assert hash(leaf(RULE)) == hash(leaf(RULE))
    assert leaf(RULE) != leaf({**RULE, "deduct": 2})


def test_a_rubric_survives_pickling() -> None:
    made = leaf(RULE, {"id": "s", "deduct": {"a": 1}, "per": "次"})
    assert pickle.loads(pickle.dumps(made)) == made


@pytest.mark.parametrize(("path", "name", "joined"), [("", "a", "a"), ("a", "b", "a.b"), ("a.b", "c", "a.b.c")])
def test_a_path_is_ids_joined_by_dots(path: str, name: str, joined: str) -> None:
    assert join(path, name) == joined


def test_parts_come_in_file_order_with_path_and_place() -> None:
    made = text(item("a", 5, items=[item("b", 5, rules=[RULE])]), item("c", 5, rules=[RULE]))
    assert [(path, at) for _, path, at in parts(made)] == [
        ("", ()),
        ("a", ("indicators", 0)),
        ("a.b", ("indicators", 0, "items", 0)),
        ("c", ("indicators", 1)),
    ]


def test_no_key_is_both_read_and_planned() -> None:
    kinds: list[type[BaseModel]] = [Item, RubricText, *VERBS.values()]
    read = {field.alias or name for kind in kinds for name, field in kind.model_fields.items()}
    assert not read & PLANNED
    assert not read & PLANNED_VERBS
    assert not PLANNED_VERBS & VERBS.keys()
