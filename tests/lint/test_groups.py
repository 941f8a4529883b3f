"""Every check of groups, seen to fail and seen to pass."""

from typing import Any

import pytest

from govrubric.diagnostics.diagnostic import Path
from govrubric.language.rubric_text import RubricText
from govrubric.lint.structure import lint
from making import item, number, text

OFF = {"id": "off", "deduct": 1, "per": "例"}

# How many keys the place of a finding has more than its object, where it is not one key.
KEYS_BELOW = {"GR318": 3}


def findings_of(of: RubricText) -> list[tuple[str, Path, dict[str, str]]]:
    """Code, place and arguments, as text, of every finding; each is about the object that holds its key."""
    for finding in lint(of)[1]:
        assert finding.about == finding.path[: len(finding.path) - KEYS_BELOW.get(finding.code, 1)]
    return [
        (finding.code, finding.path, {name: str(value) for name, value in finding.args.items()})
        for finding in lint(of)[1]
    ]


def part(id: str, weight: Any = 10, **fields: Any) -> dict[str, Any]:  # noqa: A002 - the language calls it so
    """A leaf that only takes away."""
    return item(id, weight, rules=[OFF], **fields)


def group(*parts: dict[str, Any], **fields: Any) -> RubricText:
    """A rubric of one group `g`, worth 10."""
    return text(item("g", 10, items=list(parts), **fields))


RIGHT = {
    "sum": group(part("a", 6), part("b", 4)),
    "sum and extra": group(part("a", 6), part("b", 4), part("c", 3, extra=True)),
    "mean": group(part("a"), part("b"), combine="mean"),
    "mean and extra": group(part("a"), part("b", 1, extra=True), combine="mean"),
    "min of another scale": group(part("a", 20), part("b", 20, out_of=7), combine="min", out_of=20),
    "max at the root": text(part("a"), part("b"), combine="max"),
    "drop one of two": group(part("a"), part("b"), combine="mean", drop={"lowest": 1}),
    "drop two of three": group(
        part("a"), part("b"), part("c"), combine="max", drop={"lowest": 1, "highest": 1}
    ),
    "drop from a sum": group(part("a", 5), part("b", 5, not_applicable="zero"), drop={"highest": 1}),
    "drop from a mean that parts may leave": group(
        part("a"), part("b", not_applicable="rescale"), combine="mean", drop={"highest": 1}
    ),
    "an extra part may leave nothing": group(part("a"), part("b", 1, extra=True, not_applicable="full")),
    "extra and zero": group(part("a"), part("b", 1, extra=True, not_applicable="zero")),
    "one part always applies": group(part("a", 5, not_applicable="rescale"), part("b", 5)),
    "policy said": group(
        part("a", 5, not_applicable="rescale"), part("b", 5, not_applicable="full"), not_applicable="zero"
    ),
    "the root needs no policy": text(
        part("a", 5, not_applicable="rescale"), part("b", 5, not_applicable="zero")
    ),
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_group_that_is_right_has_no_finding(name: str) -> None:
    assert findings_of(RIGHT[name]) == []


@pytest.mark.parametrize(
    ("of", "path", "args"),
    [
        (group(part("a", 6), part("b", 3), part("c", 1, extra=True)), ("indicators", 0, "weight"),
            {"path": "g", "sum": "6 + 3", "is": "9"}),
        (text(part("a", 6), part("b", 4, extra=True)), ("total",), {"path": "t", "sum": "", "is": "6"}),
        (text(part("a", 11), out_of=10), ("out_of",), {"path": "t", "sum": "", "is": "11"}),
    ],
)  # fmt: skip
def test_only_parts_that_are_not_extra_add_up(of: RubricText, path: Path, args: dict[str, str]) -> None:
    assert findings_of(of) == [("GR302", path, {**args, "full": "10"})]


@pytest.mark.parametrize("how", ["mean", "min", "max"])
def test_where_parts_are_no_sum_each_weighs_the_full_marks(how: str) -> None:
    of = group(part("a", 5), part("b", 10), part("c", number("1/3")), part("d", 1, extra=True), combine=how)
    args = {"group": "g", "how": how, "full": "10"}
    assert findings_of(of) == [
        ("GR318", ("indicators", 0, "items", 0, "weight"), {"path": "g.a", "is": "5", **args}),
        ("GR318", ("indicators", 0, "items", 2, "weight"), {"path": "g.c", "is": "1/3", **args}),
    ]


def test_the_parts_of_a_rubric_that_are_no_sum_are_found_among_its_indicators() -> None:
    of = text(part("a", 10), part("b", 10), combine="mean", out_of=20)
    args = {"group": "t", "how": "mean", "is": "10", "full": "20"}
    assert findings_of(of) == [
        ("GR318", ("indicators", index, "weight"), {"path": name, **args}) for index, name in enumerate("ab")
    ]


@pytest.mark.parametrize(
    ("of", "path", "name"),
    [
        (group(part("a", 3, extra=True), part("b", 7, extra=True)), ("indicators", 0, "items"), "g"),
        (text(part("a", 10, extra=True)), ("indicators",), "t"),
    ],
)
def test_a_group_of_extra_parts_only_is_found(of: RubricText, path: Path, name: str) -> None:
    assert findings_of(of) == [("GR319", path, {"path": name})]


@pytest.mark.parametrize(
    ("drop", "many"),
    [
        ({}, "0"),
        ({"lowest": 0, "highest": 0}, "0"),
        ({"lowest": 2}, "2"),
        ({"lowest": 1, "highest": 1}, "2"),
        ({"highest": 3}, "3"),
    ],
)
def test_dropping_nothing_or_everything_is_found(drop: dict[str, int], many: str) -> None:
    of = group(part("a"), part("b"), part("c", 1, extra=True), combine="mean", drop=drop)
    assert findings_of(of) == [
        ("GR320", ("indicators", 0, "drop"), {"path": "g", "many": many, "parts": "2"})
    ]


def test_dropping_at_the_root_is_found_by_the_rubrics_id() -> None:
    assert findings_of(text(part("a"), combine="mean", drop={"lowest": 1})) == [
        ("GR320", ("drop",), {"path": "t", "many": "1", "parts": "1"})
    ]


@pytest.mark.parametrize("policy", ["rescale", "spread"])
def test_dropping_from_a_sum_that_parts_may_leave_is_found(policy: str) -> None:
    of = group(part("a", 5), part("b", 5, not_applicable=policy), drop={"lowest": 1})
    assert findings_of(of) == [("GR333", ("indicators", 0, "drop"), {"path": "g"})]
    at_root = text(part("a", 5), part("b", 5, not_applicable=policy), drop={"lowest": 1})
    assert findings_of(at_root) == [("GR333", ("drop",), {"path": "t"})]


@pytest.mark.parametrize("fields", [{"combine": "mean"}, {"combine": "sum"}, {"drop": {"lowest": 1}}])
def test_a_leaf_that_combines_is_found(fields: dict[str, Any]) -> None:
    (key,) = fields
    assert findings_of(text(part("a", **fields))) == [
        ("GR321", ("indicators", 0, key), {"path": "a", "key": key})
    ]


def test_an_item_without_parts_and_rules_is_told_only_that() -> None:
    assert [code for code, _, _ in findings_of(text(item("a", 10, combine="mean", drop={"lowest": 1})))] == [
        "GR303"
    ]


@pytest.mark.parametrize("policy", ["rescale", "spread"])
def test_an_extra_part_whose_weight_could_be_shared_or_scaled_is_found(policy: str) -> None:
    of = group(part("a"), part("b", 1, extra=True, not_applicable=policy))
    assert findings_of(of) == [
        ("GR322", ("indicators", 0, "items", 1, "not_applicable"), {"path": "g.b", "policy": policy})
    ]


@pytest.mark.parametrize("policy", ["rescale", "full", "zero", "spread"])
def test_a_group_that_may_be_left_without_a_part_says_what_happens_then(policy: str) -> None:
    of = group(part("a", not_applicable=policy), part("b", 1, extra=True))
    assert findings_of(of) == [("GR323", ("indicators", 0, "id"), {"path": "g"})]


def test_a_group_whose_only_part_may_be_left_without_a_part_is_found_too() -> None:
    inner = item("h", 10, items=[part("a", not_applicable="zero")], not_applicable="full")
    assert findings_of(group(inner)) == [("GR323", ("indicators", 0, "id"), {"path": "g"})]
    unsaid = item("h", 10, items=[part("a", not_applicable="zero")])
    assert [path for _, path, _ in findings_of(group(unsaid))] == [
        ("indicators", 0, "id"),
        ("indicators", 0, "items", 0, "id"),
    ]


def test_a_part_that_is_no_extra_and_always_applies_keeps_its_group() -> None:
    inner = item("h", 5, items=[part("c", 5)])
    assert findings_of(group(part("a", 5, not_applicable="zero"), inner)) == []
