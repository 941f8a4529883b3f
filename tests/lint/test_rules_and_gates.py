"""Every check of rules, facts, gates and grades, seen to fail and seen to pass."""

from decimal import Decimal
from typing import Any

import pytest

from govrubric.diagnostics.diagnostic import Path
from govrubric.language.rubric_text import RubricText
from govrubric.lint.finding import Finding
from govrubric.lint.structure import lint
from making import item, leaf, text

OFF = {"id": "off", "deduct": 1, "per": "例"}
FLAG = {"id": "late", "deduct": 1}
JUDGED = {"id": "judged", "judge": 10}
LEVELS = {"id": "levels", "deduct": {"city": 1, "county": 2}, "per": "次"}
RULES = ("indicators", 0, "rules")
GATE = ("indicators", 0, "gates", 0)
PASSED: list[dict[str, Any]] = [
    {"grade": "good", "from": 80},
    {"grade": "fair", "from": 60},
    {"grade": "poor"},
]

# How many keys the place of a finding has more than its object, where it is not one key.
ENDS = {"least": "min", "most": "max"}
KEYS_BELOW = {"GR328": 0, "GR334": 0, "GR335": 0}


def findings_of(of: RubricText) -> list[tuple[str, Path, dict[str, str]]]:
    """Code, place and arguments, as text, of every finding; each is about the object that holds its key."""
    for finding in lint(of)[1]:
        assert finding.about == finding.path[: len(finding.path) - KEYS_BELOW.get(finding.code, 1)]
    return [
        (finding.code, finding.path, {name: str(value) for name, value in finding.args.items()})
        for finding in lint(of)[1]
    ]


def gated(**fields: Any) -> RubricText:
    """A rubric of one leaf `a` with the gate `veto`."""
    return leaf(OFF, gates=[{"id": "veto", "when": "off > 3", **fields}])


def graded(*grades: dict[str, Any], **fields: Any) -> RubricText:
    """A rubric of one leaf with a list of grades."""
    return text(item("a", 10, rules=[OFF]), grades=list(grades), **fields)


def number(**fields: Any) -> dict[str, Any]:
    """A declared number."""
    return {"number": fields}


RIGHT = {
    "a fact shared": text(item("a", 10, rules=[{**OFF, "input": "deaths"}]), facts={"deaths": "count"}),
    "an input of another rule shared": leaf(OFF, {**OFF, "id": "more", "input": "a.off"}),
    "a level shared": leaf(LEVELS, {**OFF, "input": "a.levels.city"}),
    "a flag shared": leaf(FLAG, {"id": "lost", "forfeit": "all", "input": "a.late"}),
    "facts of every kind": text(
        item("a", 10, rules=[{"id": "f", "formula": "0 * (1 if b else c + d + (1 if e == 'A' else 0))"}],
            start="full"),
        facts={"b": "flag", "c": "count", "d": number(), "e": {"choice": ["A", "B"]}},
    ),
    "gates of every kind": gated(score=0, at_most=10, at_least=0, grade="none of the list"),
    "a void gate": gated(score="none"),
    "a gate at the bounds": leaf(OFF, floor=-2, ceiling=12,
        gates=[{"id": "veto", "when": "True", "score": -2, "at_most": 12}]),
    "a gate beyond no bounds": leaf(OFF, floor="none", ceiling="none",
        gates=[{"id": "veto", "when": "True", "score": -99, "at_most": 99}]),
    "at least as much as at most": gated(at_least=4, at_most=4),
    "a gate that lowers to a grade": text(
        item("a", 10, rules=[OFF]), gates=[{"id": "veto", "when": "True", "grade_at_most": "fair"}],
        grades=PASSED
    ),
    "a ladder": graded(*PASSED),
    "one grade": graded({"grade": "all"}),
    "a ladder of conditions": graded({"grade": "A", "when": "total <= 1"},
        {"grade": "B", "when": "total <= 5"}, {"grade": "C"}),
    "the same total on a further condition": graded({"grade": "A", "from": 8, "when": "a.off < 1"},
        {"grade": "B", "from": 8}, {"grade": "C"}),
    "a higher total on a further condition": graded({"grade": "A", "from": 5},
        {"grade": "B", "from": 8, "when": "a.off < 1"}, {"grade": "C"}),
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_a_rubric_that_is_right_has_no_finding(name: str) -> None:
    assert findings_of(RIGHT[name]) == []


def test_every_thing_wrong_with_the_fields_of_a_rule_is_placed_at_its_key() -> None:
    of = leaf({"id": "r", "deduct": [1, 2], "take": "highest"}, OFF)
    assert findings_of(of) == [
        ("GR307", (*RULES, 0, "deduct"), {"path": "a.r", "verb": "deduct", "form": ""}),
        ("GR308", (*RULES, 0, "take"), {"path": "a.r", "verb": "deduct"}),
    ]


@pytest.mark.parametrize(("name", "near"), [("a.of", "a.off"), ("late", ""), ("zzz", "")])
def test_a_shared_input_that_is_not_there_is_found_with_the_nearest(name: str, near: str) -> None:
    of = leaf(OFF, {**OFF, "id": "more", "input": name})
    assert findings_of(of) == [
        ("GR329", (*RULES, 1, "input"), {"path": "a.more", "name": name, "near": near})
    ]


@pytest.mark.parametrize(
    ("rule", "name", "kind", "wanted"),
    [
        (OFF, "b.late", "flag", "count"),
        (FLAG, "b.off", "count", "flag"),
        (JUDGED, "b.off", "count", "number"),
        (LEVELS, "b.off", "count", "several inputs"),
        ({"id": "f", "formula": "0"}, "b.off", "count", "several inputs"),
        ({"id": "c", "choose": {"A": 1, "B": 2}}, "grade_of", "choice", "choice"),
    ],
)
def test_a_shared_input_of_another_kind_is_found(
    rule: dict[str, Any], name: str, kind: str, wanted: str
) -> None:
    facts = {"grade_of": {"choice": ["A", "C"]}} if name == "grade_of" else {}
    sharing = item("a", 5, rules=[{**rule, "input": name}], start="full")
    of = text(sharing, item("b", 5, rules=[OFF, FLAG]), **({"facts": facts} if facts else {}))
    assert findings_of(of) == [
        (
            "GR330",
            (*RULES, 0, "input"),
            {"path": f"a.{rule['id']}", "name": name, "kind": kind, "wanted": wanted},
        ),
    ]


@pytest.mark.parametrize(
    ("fact", "fits"),
    [
        (number(max=10), True),
        (number(max=5, places=1), True),
        (number(max=10, min=-1), False),
        (number(max=11), False),
        (number(max=10, places=3), False),
    ],
)
def test_a_shared_number_stays_within_the_range_and_places_of_the_rule(
    fact: dict[str, Any], fits: bool
) -> None:
    of = text(item("a", 10, rules=[{**JUDGED, "input": "x"}]), facts={"x": fact})
    assert [code for code, _, _ in findings_of(of)] == ([] if fits else ["GR330"])


@pytest.mark.parametrize(
    "name",
    ["a", "unit", "name", "total", "exact_total", "true", "false", "and", "or", "not", "if", "else", "in"],
)
def test_a_fact_with_a_name_that_is_taken_is_found(name: str) -> None:
    of = text(item("a", 10, rules=[{**OFF, "input": name}]), facts={name: "count"})
    assert findings_of(of) == [("GR332", ("facts", name), {"name": name})]


def test_a_fact_may_be_called_like_an_item_that_is_no_indicator() -> None:
    of = text(item("g", 10, items=[item("a", 10, rules=[{**OFF, "input": "a"}])]), facts={"a": "count"})
    assert findings_of(of) == []


@pytest.mark.parametrize(
    ("fact", "code", "args"),
    [
        (number(min=2, max=1), "GR334", {"name": "x", **ENDS, "low": "2", "high": "1"}),
        (number(max=Decimal("1.25"), places=1), "GR335", {"name": "x", **ENDS, "places": "1"}),
        ({"choice": ["A", "B", "A"]}, "GR328", {"name": "A", "parent": "x"}),
    ],
)
def test_what_is_wrong_within_a_declaration_is_found(
    fact: dict[str, Any], code: str, args: dict[str, str]
) -> None:
    assert findings_of(text(item("a", 10, rules=[OFF]), facts={"x": fact})) == [
        (code, ("facts", "x"), {"path": "x", **args})
    ]


def test_a_gate_that_does_nothing_is_found() -> None:
    assert findings_of(gated()) == [("GR324", (*GATE, "id"), {"path": "a.veto"})]
    at_root = text(item("a", 10, rules=[OFF]), gates=[{"id": "veto", "when": "True"}])
    assert findings_of(at_root) == [("GR324", ("gates", 0, "id"), {"path": "veto"})]


@pytest.mark.parametrize(
    "fields", [{"score": 0}, {"score": "none"}, {"at_most": 5}, {"at_least": 5}, {"grade": "poor"}]
)
def test_a_gate_that_does_one_thing_is_right(fields: dict[str, Any]) -> None:
    assert findings_of(gated(**fields)) == []


@pytest.mark.parametrize("key", ["score", "at_most", "at_least"])
@pytest.mark.parametrize(
    ("fields", "number", "shown"),
    [
        ({}, -1, ("-1", "0", "10")),
        ({}, Decimal("10.01"), ("10.01", "0", "10")),
        ({"floor": 2, "ceiling": "none"}, 1, ("1", "2", "none")),
        ({"floor": "none", "ceiling": 12}, 13, ("13", "none", "12")),
    ],
)
def test_a_gate_outside_the_bounds_of_its_item_is_found(
    key: str, fields: dict[str, Any], number: Any, shown: tuple[str, str, str]
) -> None:
    of = leaf(OFF, start=5, gates=[{"id": "veto", "when": "True", key: number}], **fields)
    assert findings_of(of) == [
        (
            "GR325",
            (*GATE, key),
            {"path": "a.veto", **dict(zip(("number", "floor", "ceiling"), shown, strict=True))},
        )
    ]


def test_a_gate_that_holds_a_score_above_what_it_may_be_is_found() -> None:
    assert findings_of(gated(at_least=5, at_most=4)) == [
        ("GR339", (*GATE, "at_least"), {"path": "a.veto", "low": "5", "high": "4"})
    ]


def test_a_gate_that_lowers_to_an_unknown_grade_is_found_with_the_nearest() -> None:
    of = text(
        item("a", 10, rules=[OFF]),
        gates=[{"id": "veto", "when": "True", "grade_at_most": "fare"}],
        grades=PASSED,
    )
    args = {"path": "veto", "name": "fare", "known": "good, fair, poor", "near": "fair"}
    assert findings_of(of) == [("GR326", ("gates", 0, "grade_at_most"), args)]


def test_a_gate_lowers_to_no_grade_of_a_rubric_without_grades() -> None:
    args = {"path": "a.veto", "name": "poor", "known": "", "near": ""}
    assert findings_of(gated(grade_at_most="poor")) == [("GR326", (*GATE, "grade_at_most"), args)]


def test_a_grade_that_stands_twice_is_found() -> None:
    of = graded({"grade": "A", "from": 8}, {"grade": "A", "from": 6}, {"grade": "B"})
    assert lint(of)[1] == [
        Finding(
            "GR328",
            ("grades", 1, "grade"),
            ("grades", 1),
            {"name": "A", "parent": "grades"},
            ("grades", 0, "grade"),
        )
    ]


@pytest.mark.parametrize(
    ("grades", "places"),
    [
        ([{"grade": "A"}, {"grade": "B"}], [0]),
        ([{"grade": "A", "from": 8}, {"grade": "B", "from": 5}], [1]),
        ([{"grade": "A", "from": 8}, {"grade": "B", "when": "total > 1"}], [1]),
        ([{"grade": "A"}, {"grade": "B"}, {"grade": "C", "from": 1}], [0, 1, 2]),
    ],
)
def test_the_last_grade_and_it_alone_is_for_everybody(
    grades: list[dict[str, Any]], places: list[int]
) -> None:
    assert findings_of(graded(*grades)) == [
        ("GR327", ("grades", place, "grade"), {"name": grades[place]["grade"]}) for place in places
    ]


@pytest.mark.parametrize("start", [8, 9])
def test_a_grade_behind_one_that_begins_there_or_below_is_found(start: int) -> None:
    of = graded(
        {"grade": "A", "from": 9}, {"grade": "B", "from": 8}, {"grade": "C", "from": start}, {"grade": "D"}
    )
    assert findings_of(of) == [("GR340", ("grades", 2, "from"), {"name": "C", "from": str(start)})]


def test_every_grade_behind_the_lowest_is_found() -> None:
    of = graded(
        {"grade": "A", "from": 6}, {"grade": "B", "from": 9}, {"grade": "C", "from": 7}, {"grade": "D"}
    )
    assert [path for _, path, _ in findings_of(of)] == [("grades", 1, "from"), ("grades", 2, "from")]


def test_a_grade_on_a_further_condition_holds_no_place_in_the_ladder() -> None:
    of = graded({"grade": "A", "from": 5, "when": "a.off < 1"}, {"grade": "B", "from": 8}, {"grade": "C"})
    assert findings_of(of) == []
