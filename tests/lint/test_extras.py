"""Every check of items without full marks, seen to fail and seen to pass."""

from typing import Any

import pytest

from govrubric.diagnostics.diagnostic import Path
from govrubric.language.rubric_text import RubricText
from govrubric.lint.structure import lint
from making import item, text

OFF: dict[str, Any] = {"id": "off", "deduct": 1, "per": "例"}
ADD: dict[str, Any] = {"id": "add", "award": 1, "per": "例"}


def extra(id: str, **fields: Any) -> dict[str, Any]:  # noqa: A002 - the language calls it so
    """An item without full marks; it only takes, unless told."""
    rules = {} if "items" in fields else {"rules": [OFF]}
    return {"id": id, "title": id.upper(), "extra": True, **rules, **fields}


def with_extra(*items: dict[str, Any], **fields: Any) -> RubricText:
    return text(item("a", 10, rules=[OFF]), *items, **fields)


def found(of: RubricText) -> list[tuple[str, Path, dict[str, Any]]]:
    return [(finding.code, finding.path, dict(finding.args)) for finding in lint(of)[1]]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"floor": -3},
        {"start": "zero"},
        {"start": -1},
        {"not_applicable": "full"},
        {"ceiling": 5, "rules": [ADD]},
        {"ceiling": "none", "rules": [ADD, OFF]},
        {
            "ceiling": 5,
            "rules": [{"id": "j", "judge": 5}],
            "gates": [{"id": "g", "when": "j > 3", "at_most": 4}],
        },
        {"gates": [{"id": "g", "when": "off > 3", "score": -9}]},
        {"items": [extra("p"), extra("q")]},
        {"ceiling": 5, "items": [extra("p"), extra("q", weight=3, rules=[{"id": "c", "convert": 100}])]},
        {"round": {"places": 0, "mode": "down"}},
    ],
)
def test_an_item_without_full_marks_that_is_right_has_no_finding(fields: dict[str, Any]) -> None:
    assert found(with_extra(extra("e", **fields))) == []


@pytest.mark.parametrize(
    ("fields", "code", "path", "args"),
    [
        ({"rules": [ADD]}, "GR361", ("id",), {"path": "e"}),
        ({"rules": [{"id": "f", "formula": "a.off - 3"}]}, "GR361", ("id",), {"path": "e"}),
        ({"items": [extra("p"), extra("q", ceiling=2, rules=[ADD])]}, "GR361", ("id",), {"path": "e"}),
        ({"items": [extra("p")], "rules": [ADD]}, "GR361", ("id",), {"path": "e"}),
        ({"out_of": 100}, "GR362", ("out_of",), {"path": "e", "key": "out_of", "value": "100"}),
        ({"start": "full"}, "GR362", ("start",), {"path": "e", "key": "start", "value": "full"}),
        ({"combine": "max", "items": [extra("p")]}, "GR362", ("combine",), {"path": "e", "key": "combine", "value": "max"}),
        ({"drop": {"lowest": 1}, "items": [extra("p")]}, "GR362", ("drop",), {"path": "e", "key": "drop", "value": "…"}),
        ({"ceiling": 9, "rules": [{"id": "c", "convert": 40}]}, "GR363", ("rules", 0, "convert"), {"path": "e.c", "marks": "40"}),
        ({"items": [extra("p"), item("q", 3, rules=[ADD])]}, "GR364", ("items", 1, "id"), {"path": "e.q", "group": "e"}),
        ({"not_applicable": "spread"}, "GR322", ("not_applicable",), {"path": "e", "policy": "spread"}),
        ({"start": 2}, "GR310", ("start",), {"path": "e", "start": "2", "floor": "none", "ceiling": "0"}),
        ({"gates": [{"id": "g", "when": "off > 1", "at_least": 1}]}, "GR325", ("gates", 0, "at_least"),
            {"path": "e.g", "number": "1", "floor": "none", "ceiling": "0"}),
        ({"items": [extra("p", not_applicable="zero")]}, "GR323", ("id",), {"path": "e"}),
    ],
)  # fmt: skip
def test_what_an_item_without_full_marks_must_say_or_may_not(
    fields: dict[str, Any], code: str, path: Path, args: dict[str, Any]
) -> None:
    assert found(with_extra(extra("e", **fields))) == [(code, ("indicators", 1, *path), args)]


def test_a_part_that_leaves_is_refused_where_no_full_marks_are() -> None:
    parts = [
        item("p", 3, rules=[OFF], not_applicable="rescale"),
        item("q", 3, rules=[OFF], not_applicable="spread"),
    ]
    of = with_extra(extra("e", not_applicable="zero", items=parts, combine="mean", drop={"lowest": 1}))
    assert [code for code, *_ in found(of)] == ["GR362", "GR362", "GR364", "GR364"]


@pytest.mark.parametrize("combine", ["sum", "mean", "min"])
def test_an_item_without_a_weight_that_is_not_extra_is_told_so_alone(combine: str) -> None:
    """What the weights of its siblings add up to is not judged before."""
    of = text(
        {"id": "a", "title": "A", "rules": [OFF], "not_applicable": "rescale"},
        item("b", 10, rules=[OFF], not_applicable="spread"),
        combine=combine,
    )
    assert found(of) == [("GR202", ("indicators", 0), {"key": "weight"})]


def test_a_group_without_a_weight_that_is_not_extra_is_told_so_alone() -> None:
    of = with_extra({"id": "g", "title": "G", "items": [item("p", 3, rules=[ADD])], "drop": {"lowest": 9}})
    assert found(of) == [("GR202", ("indicators", 1), {"key": "weight"})]
