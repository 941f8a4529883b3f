"""What the bounds of a rubric's lines show its author: each warning, given and left out.

Language 8: “every line has bounds known beforehand”.
"""

from decimal import Decimal
from typing import Any

import pytest

from govrubric.diagnostics.catalogue import WARNINGS
from govrubric.diagnostics.diagnostic import Path
from govrubric.language.rubric_text import RubricText
from govrubric.lint.reachability import CHECKS, findings
from govrubric.lint.structure import lint
from making import item, leaf, text

OFF = {"id": "off", "deduct": 1, "per": "例"}
ADD = {"id": "add", "award": 1, "per": "件"}
LATE = {"id": "late", "deduct": 1}
AT = ("indicators", 0)
LADDER: list[dict[str, Any]] = [{"grade": "good", "from": 8}, {"grade": "fair", "from": 6}, {"grade": "poor"}]


def findings_of(of: RubricText) -> list[tuple[str, Path, dict[str, str]]]:
    """Code, place and arguments, as text, of every finding; the rubric itself is right."""
    plan, wrong = lint(of)
    assert wrong == []
    return [
        (finding.code, finding.path, {name: str(value) for name, value in finding.args.items()})
        for finding in findings(of, plan)
    ]


def codes(of: RubricText) -> list[str]:
    return [code for code, _, _ in findings_of(of)]


def gated(*gates: dict[str, Any], **fields: Any) -> RubricText:
    return leaf(
        OFF,
        gates=[{"id": f"g{index}", "when": "off > 2", **gate} for index, gate in enumerate(gates)],
        **fields,
    )


def graded(grades: list[dict[str, Any]], *gates: dict[str, Any], **fields: Any) -> RubricText:
    return text(
        item("a", 10, rules=[OFF], **({"gates": list(gates)} if gates else {})), grades=grades, **fields
    )


def registered(of: RubricText, at: str, question: str = "为何满分得不到？", **more: object) -> RubricText:
    """The rubric with an ambiguity at an item or rule."""
    entry = {"id": "x", "at": at, "question": question, "decision": "!", **more}
    other = text(item(rules=[OFF]), ambiguities=[entry])
    return of.model_copy(update={"ambiguities": other.ambiguities})


RIGHT = {
    "deductions": leaf(OFF),
    "awards": leaf(ADD),
    "a ceiling below full marks": leaf(OFF, ceiling=8, start=8),
    "a ceiling above full marks": leaf(ADD, ceiling=12),
    "a floor below zero": leaf(OFF, floor=-5),
    "no floor and no ceiling": leaf(OFF, ADD, start=3, floor="none", ceiling="none"),
    "a cap of a rule": leaf({**OFF, "at_most": 3}),
    "a cap of a rule that gives and takes": leaf(
        {"id": "c", "choose": {"A": 10, "B": -4}, "at_most": 5}, start=5
    ),
    "a cap of a forfeit": leaf({"id": "f", "forfeit": "all", "at_most": 99}),
    "a cap of a formula": leaf({"id": "f", "formula": "x", "inputs": {"x": "count"}, "at_most": 10}),
    "gates": gated({"at_most": 9}, {"at_least": 1}, {"score": 5}, {"grade": "A"}),
    "a gate that sets and bounds": gated({"score": 5, "at_most": 10, "at_least": 0}),
    "grades": graded(LADDER),
    "a fact used in a condition": text(item("a", 10, rules=[{**OFF, "when": "x"}]), facts={"x": "flag"}),
    "a fact shared": text(item("a", 10, rules=[{**OFF, "input": "x"}]), facts={"x": "count"}),
    "a fact used in a grade": graded([{"grade": "A", "when": "x"}, {"grade": "B"}], facts={"x": "flag"}),
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_rubric_whose_bounds_tell_nothing_has_no_warning(name: str) -> None:
    assert findings_of(RIGHT[name]) == []


def test_every_warning_of_the_bounds_is_one() -> None:
    named = {
        code
        for check in CHECKS
        for code in ((check.__doc__ or "").partition(":")[0]).replace(" and ", " ").split()
    }
    assert named == {"GR418", *(f"GR40{number}" for number in range(1, 9))}
    assert named <= WARNINGS


# GR401


@pytest.mark.parametrize(
    ("of", "path", "args"),
    [
        (leaf({"id": "j", "judge": 8}), (*AT, "weight"), {"path": "a", "most": "8"}),
        (leaf({**ADD, "at_most": Decimal("9.99")}), (*AT, "weight"), {"path": "a", "most": "9.99"}),
        (leaf(OFF, start="zero"), (*AT, "weight"), {"path": "a", "most": "0"}),
        (leaf(OFF, start=9), (*AT, "weight"), {"path": "a", "most": "9"}),
    ],
)
def test_full_marks_that_nobody_reaches_are_told(of: RubricText, path: Path, args: dict[str, str]) -> None:
    assert ("GR401", path, {**args, "full": "10"}) in findings_of(of)


def test_full_marks_are_told_of_where_they_get_lost_and_not_above() -> None:
    inner = item("g", 10, items=[item("a", 6, rules=[{"id": "j", "judge": 5}]), item("b", 4, rules=[OFF])])
    assert findings_of(text(inner)) == [
        ("GR401", (*AT, "items", 0, "weight"), {"path": "g.a", "most": "5", "full": "6"})
    ]


def test_a_group_whose_parts_reach_theirs_may_lose_its_own() -> None:
    of = text(item("g", 10, items=[item("a", 5, rules=[OFF]), item("b", 5, rules=[OFF])], drop={"lowest": 1}))
    assert findings_of(of) == [("GR401", (*AT, "weight"), {"path": "g", "most": "5", "full": "10"})]


def test_full_marks_of_the_rubric_are_told_of_by_its_id() -> None:
    of = text(item("a", 5, rules=[OFF]), item("b", 5, rules=[OFF]), drop={"lowest": 1})
    assert findings_of(of) == [("GR401", ("total",), {"path": "t", "most": "5", "full": "10"})]
    assert findings_of(registered(of, "a")) == []


def test_a_ceiling_below_full_marks_is_no_surprise() -> None:
    assert codes(leaf(ADD, ceiling=9)) == []


@pytest.mark.parametrize(("at", "expected"), [("g.a", False), ("g.a.j", False), ("g.b", True), ("g", True)])
def test_full_marks_that_nobody_reaches_may_be_registered_at_the_item_or_within_it(
    at: str, expected: bool
) -> None:
    inner = item("g", 10, items=[item("a", 6, rules=[{"id": "j", "judge": 5}]), item("b", 4, rules=[OFF])])
    assert codes(registered(text(inner), at)) == (["GR401"] if expected else [])


@pytest.mark.parametrize(
    ("question", "more", "is_about"),
    [
        ("正好60%的得几分？", {}, False),
        ("逾期8天的如何计？", {"note": "8天"}, False),
        ("其余从何而来？", {"clause": "共10分，只列8分"}, True),
        ("Why 8 and not 10?", {}, True),
        ("What is missing?", {"options": ["the weight is wrong", "it is right"]}, True),
        (
            "What?",
            {"decision": "a", "options": {"a": "kept", "b": {"title": "b", "set": {"a.weight": 8}}}},
            True,
        ),
        ("What?", {"decision": "a", "options": {"a": "kept", "b": {"note": "at most 8"}}}, True),
        ("What?", {"decision": "a", "options": {"a": "kept", "b": {"set": {"a.j.judge": 9}}}}, False),
    ],
)
def test_another_question_at_the_item_says_nothing_of_its_full_marks(
    question: str, more: dict[str, Any], is_about: bool
) -> None:
    of = leaf({"id": "j", "judge": 8})
    assert codes(of) == ["GR401"]
    assert codes(registered(of, "a", question, **more)) == ([] if is_about else ["GR401"])


def test_an_item_whose_path_only_begins_alike_is_told_of() -> None:
    of = text(item("a", 5, rules=[{"id": "j", "judge": 4}]), item("ab", 5, rules=[{"id": "j", "judge": 4}]))
    assert [path for _, path, _ in findings_of(registered(of, "ab"))] == [("indicators", 0, "weight")]


# GR402


@pytest.mark.parametrize(
    ("of", "path", "args"),
    [
        (leaf({**LATE, "at_most": 1}), (*AT, "rules", 0, "at_most"),
            {"path": "a.late", "key": "at_most", "bound": "1", "low": "-1", "high": "0"}),
        (
            leaf({"id": "c", "choose": {"A": 10, "B": -4}, "at_most": 10}, start=0),
            (*AT, "rules", 0, "at_most"), {"path": "a.c", "key": "at_most", "bound": "10", "low": "-4",
                "high": "10"},
        ),
        (leaf(LATE, floor=3), (*AT, "floor"),
            {"path": "a", "key": "floor", "bound": "3", "low": "9", "high": "10"}),
        (leaf(OFF, start=8, ceiling=9), (*AT, "ceiling"),
            {"path": "a", "key": "ceiling", "bound": "9", "low": "0", "high": "8"}),
        (text(item("a", 10, rules=[LATE]), floor=3), ("floor",),
            {"path": "t", "key": "floor", "bound": "3", "low": "9", "high": "10"}),
        (gated({"at_most": 10}), (*AT, "gates", 0, "at_most"),
            {"path": "a.g0", "key": "at_most", "bound": "10", "low": "0", "high": "10"}),
        (gated({"at_least": 0}), (*AT, "gates", 0, "at_least"),
            {"path": "a.g0", "key": "at_least", "bound": "0", "low": "0", "high": "10"}),
        (
            text(item("a", 10, rules=[LATE]), gates=[{"id": "g", "when": "a.late", "at_least": 9}]),
            ("gates", 0, "at_least"), {"path": "g", "key": "at_least", "bound": "9", "low": "9",
                "high": "10"},
        ),
    ],
)  # fmt: skip
def test_a_bound_that_never_binds_is_told(of: RubricText, path: Path, args: dict[str, str]) -> None:
    assert ("GR402", path, args) in findings_of(of)


@pytest.mark.parametrize(
    "of",
    [
        leaf({**LATE, "at_most": Decimal("0.9")}),
        leaf({"id": "c", "choose": {"A": 10, "B": -4}, "at_most": Decimal("9.9")}, start=5),
        leaf({"id": "c", "choose": {"A": 4, "B": -10}, "at_most": Decimal("9.9")}, start=6),
        leaf(LATE, floor=9),
        leaf(OFF, start=9, ceiling=9),
        leaf(LATE, floor=0),
        leaf(LATE, ceiling=10),
        gated({"at_most": Decimal("9.9")}),
        gated({"at_least": Decimal("0.1")}),
        text(item("a", 10, rules=[OFF], floor="none"), floor=-3),
        text(item("a", 10, rules=[ADD], ceiling="none"), ceiling=12),
    ],
)
def test_a_bound_that_binds_somewhere_is_no_warning(of: RubricText) -> None:
    assert "GR402" not in codes(of)


def test_a_bound_that_the_parts_of_a_group_would_go_past_binds() -> None:
    group = item(
        "g", 10, items=[item("a", 10, rules=[OFF])], rules=[{"id": "c", "deduct": 2}], ceiling=6, floor=5
    )
    assert "GR402" not in codes(text(group))


# GR403


@pytest.mark.parametrize(
    ("of", "path"),
    [
        (leaf(OFF, {"id": "f", "formula": "0"}, start="full"), "a.f"),
        (leaf(OFF, {"id": "c", "choose": {"A": 0}}, start="full"), "a.c"),
        (leaf(OFF, ADD, start="full"), "a.add"),
        (leaf({**OFF, "at_most": 2}, ADD, start="zero", ceiling="none"), None),
    ],
)
def test_a_rule_that_never_moves_anything_is_told(of: RubricText, path: str | None) -> None:
    assert [args["path"] for code, _, args in findings_of(of) if code == "GR403"] == (
        [] if path is None else [path]
    )


def test_a_rule_whose_condition_never_holds_is_told_by_its_condition_alone() -> None:
    of = leaf(OFF, {**LATE, "when": "off < 0"})
    assert findings_of(of) == [("GR404", (*AT, "rules", 1, "when"), {"text": "off < 0"})]


# GR404 and GR405


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"rules": [{**OFF, "when": "{}"}]}, ("rules", 0, "when")),
        ({"rules": [OFF], "counts_when": "{}"}, ("counts_when",)),
        (
            {
                "rules": [OFF],
                "gates": [{"id": "g", "when": "off > 1", "score": 0}, {"id": "h", "when": "{}", "score": 1}],
            },
            ("gates", 1, "when"),
        ),
    ],
)
@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("a.off < 0", "GR404"),
        ("a.off >= 0", "GR405"),
        ("a.off > 0", None),
        ("True", "GR405"),
        ("False", "GR404"),
    ],
)
def test_a_condition_that_the_tally_does_not_decide_is_told(
    fields: dict[str, Any], key: Path, said: str, code: str | None
) -> None:
    def filled(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: filled(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [filled(inner) for inner in value]
        return said if value == "{}" else value

    of = text(item("a", 10, **filled(fields)))
    verdicts = [finding for finding in findings_of(of) if finding[0] in ("GR404", "GR405")]
    assert verdicts == ([] if code is None else [(code, (*AT, *key), {"text": said})])


def test_an_item_without_a_condition_is_not_told_that_it_always_holds() -> None:
    assert codes(leaf(OFF)) == []


# GR406


@pytest.mark.parametrize(
    ("grades", "fields", "names"),
    [
        ([{"grade": "best", "from": 11}, *LADDER], {}, ["best"]),
        ([{"grade": "best", "from": 10}, *LADDER], {}, []),
        ([{"grade": "good", "from": 8}, {"grade": "fair", "from": 0}, {"grade": "poor"}], {}, ["poor"]),
        (
            [{"grade": "good", "from": -1}, {"grade": "fair", "when": "a.off > 0"}, {"grade": "poor"}],
            {},
            ["fair", "poor"],
        ),
        (
            [
                {"grade": "good", "from": 8, "when": "a.off > 0"},
                {"grade": "fair", "from": 6},
                {"grade": "poor"},
            ],
            {},
            [],
        ),
        ([{"grade": "good", "from": 0, "when": "a.off > 0"}, {"grade": "poor"}], {}, []),
    ],
)
def test_a_grade_that_no_total_is_given_is_told(
    grades: list[dict[str, Any]], fields: dict[str, Any], names: list[str]
) -> None:
    assert findings_of(graded(grades, **fields)) == [
        ("GR406", ("grades", index, "grade"), {"name": grade["grade"]})
        for index, grade in enumerate(grades)
        if grade["grade"] in names
    ]


@pytest.mark.parametrize(("fields", "expected"), [({}, []), ({"grade_on": "exact"}, ["best"])])
def test_a_grade_is_judged_by_the_total_that_it_goes_by(fields: dict[str, Any], expected: list[str]) -> None:
    # 7.5 at the most is published as 8.
    of = text(
        item("a", 10, rules=[{"id": "j", "judge": 10, "places": 0}],
            gates=[{"id": "g", "when": "j > 7", "score": Decimal("7.5")}], ceiling=Decimal("7.5")),
        grades=[{"grade": "best", "from": 8}, {"grade": "rest"}], round={"places": 0, "mode": "half_up"},
        **fields,
    )  # fmt: skip
    assert [args["name"] for code, _, args in findings_of(of) if code == "GR406"] == expected


@pytest.mark.parametrize("key", ["grade", "grade_at_most"])
def test_a_grade_that_a_gate_gives_is_not_told(key: str) -> None:
    gate = {"id": "g", "when": "off > 2", key: "poor"}
    grades: list[dict[str, Any]] = [
        {"grade": "good", "from": 8},
        {"grade": "fair", "from": 0},
        {"grade": "poor"},
    ]
    assert codes(graded(grades, gate)) == []
    assert codes(graded(grades, {**gate, key: "fair"})) == ["GR406"]


# GR407 and GR408


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ({**OFF, "deduct": 9223372036}, None),
        ({**OFF, "deduct": 9223372037}, "9223372037000000000"),
        ({**ADD, "award": 9223372036}, None),
        ({**ADD, "award": 9223372037}, "9223372037000000000"),
        ({**ADD, "award": Decimal("922337203.6")}, None),
        ({**ADD, "award": Decimal("922337203.7")}, "922337203700000000"),
        ({**ADD, "award": 9223372037, "at_most": 100}, None),
        # 2^31 x 2^32 is 2^63, and one less of the one is not.
        ({"id": "f", "formula": "x * y",
            "inputs": {"x": {"number": {"places": 0, "max": 2147483648}},
            "y": {"number": {"places": 0, "max": 4294967296}}}},
         "9223372036854775808"),
        ({"id": "f", "formula": "x * y",
            "inputs": {"x": {"number": {"places": 0, "max": 2147483648}},
            "y": {"number": {"places": 0, "max": 4294967295}}}},
         None),
    ],
)  # fmt: skip
def test_an_effect_that_takes_more_than_a_tables_column_is_told(
    rule: dict[str, Any], value: str | None
) -> None:
    expected = (
        []
        if value is None
        else [("GR407", (*AT, "rules", 0, "id"), {"path": f"a.{rule['id']}", "value": value})]
    )
    assert findings_of(leaf(rule, ceiling="none", floor="none")) == expected


def test_a_fact_that_nothing_uses_is_told() -> None:
    of = text(item("a", 10, rules=[{**OFF, "when": "y"}]), facts={"x": "count", "y": "flag", "z": "flag"})
    assert findings_of(of) == [
        ("GR408", ("facts", "x"), {"name": "x"}),
        ("GR408", ("facts", "z"), {"name": "z"}),
    ]


@pytest.mark.parametrize(
    ("of", "about"),
    [
        (leaf({"id": "j", "judge": 8}), AT),
        (leaf(LATE, floor=3), AT),
        (leaf({**LATE, "at_most": 1}), (*AT, "rules", 0)),
        (gated({"at_most": 10}), (*AT, "gates", 0)),
        (leaf(OFF, ADD, start="full"), (*AT, "rules", 1)),
        (leaf({**OFF, "when": "1 > 0"}), (*AT, "rules", 0)),
        (leaf(OFF, counts_when="1 > 0"), AT),
        (graded([{"grade": "best", "from": 11}, *LADDER]), ("grades", 0)),
        (leaf({**OFF, "deduct": 9223372037}), (*AT, "rules", 0)),
        (text(item("a", 10, rules=[OFF]), facts={"x": "flag"}), ("facts",)),
    ],
)
def test_a_warning_says_which_object_it_judges(of: RubricText, about: Path) -> None:
    assert [finding.about for finding in findings(of, lint(of)[0])] == [about]


def test_a_cap_that_never_binds_is_told_with_what_is_before_its_gate() -> None:
    findings = findings_of(gated({"when": "True", "at_most": 10, "at_least": 4}))
    assert [args for code, _, args in findings if code == "GR402"] == [
        {"path": "a.g0", "key": "at_most", "bound": "10", "low": "0", "high": "10"}
    ]
