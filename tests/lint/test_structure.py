"""Every check of the whole rubric, seen to fail and seen to pass."""

import re
from decimal import Decimal
from typing import Any

import pytest

from govrubric.diagnostics.diagnostic import Path
from govrubric.language.rubric_text import RubricText
from govrubric.lint.finding import Finding
from govrubric.lint.structure import LINTS, known_paths, lint, long_path
from making import item, leaf, number, text

OFF = {"id": "off", "deduct": 1, "per": "例"}
ADD = {"id": "add", "award": 1, "per": "件"}
VETO = {"id": "veto", "when": "True", "score": 0}

# How many keys the place of a finding has more than its object, where it is not one key.
KEYS_BELOW = {"GR311": 2, "GR313": 3}


def findings_of(of: RubricText) -> list[tuple[str, Path, dict[str, str]]]:
    """Code, place and arguments, as text, of every finding; each is about the object that holds its key."""
    for finding in lint(of)[1]:
        assert finding.about == finding.path[: len(finding.path) - KEYS_BELOW.get(finding.code, 1)]
    return [
        (finding.code, finding.path, {name: str(value) for name, value in finding.args.items()})
        for finding in lint(of)[1]
    ]


def codes(of: RubricText) -> list[str]:
    return [finding.code for finding in lint(of)[1]]


def group(*parts: dict[str, Any], **fields: Any) -> RubricText:
    """A rubric of one group `g`, worth 10."""
    return text(item("g", 10, items=list(parts), **fields))


AT_A_GATE = text(
    item(rules=[OFF]), ambiguities=[{"id": "x", "at": "a.veto", "question": "?", "decision": "!"}]
).ambiguities
RIGHT = {
    "leaf": leaf(OFF),
    "group": group(item("a", 6, rules=[OFF]), item("b", 4, rules=[OFF])),
    "same id elsewhere": group(item("a", 10, rules=[OFF])),
    "thirds": text(item("a", number("10/3"), rules=[OFF]), item("b", number("20/3"), rules=[OFF])),
    "out_of": text(item("a", 10, out_of=4, items=[item("b", 4, rules=[OFF])])),
    "root out_of": text(item("a", 1000, rules=[OFF]), out_of=1000),
    "said start": leaf(OFF, ADD, start="full"),
    "start at a bound": leaf(OFF, start=10),
    "floor is ceiling": leaf(OFF, floor=3, ceiling=3, start=3),
    "one day": text(item(rules=[OFF]), valid={"from": "2023-01-01", "to": "2023-01-01"}),
    "open end": text(item(rules=[OFF]), valid={"from": "2023-01-01"}),
    "open start": text(item(rules=[OFF]), valid={"to": "2023-01-01"}),
    "no days": text(item(rules=[OFF]), valid={"note": "for ever"}),
    "rounded item": leaf(OFF, round={"places": 0, "mode": "up"}),
    "rounded without bounds": leaf(OFF, floor="none", ceiling="none", round={"places": 0, "mode": "up"}),
    "ambiguity at a rule": text(
        item(rules=[OFF]), ambiguities=[{"id": "x", "at": "a.off", "question": "?", "decision": "!"}]
    ),
    "ambiguity at a gate": leaf(OFF, gates=[VETO]).model_copy(update={"ambiguities": AT_A_GATE}),
    "a rule of the name of a flag that is not there": leaf({**OFF, "id": "not_applicable"}),
    "a gate within what is rounded": leaf(
        OFF, round={"places": 1, "mode": "up"}, gates=[{**VETO, "score": Decimal("0.5"), "at_most": 3}]
    ),
    "a void score is not rounded": leaf(
        OFF, round={"places": 0, "mode": "up"}, gates=[{**VETO, "score": "none"}]
    ),
    "group whose rules give and take": group(item("a", 10, rules=[OFF]), rules=[OFF, ADD]),
}


@pytest.mark.parametrize("name", RIGHT)
def test_a_rubric_that_is_right_has_no_finding(name: str) -> None:
    assert findings_of(RIGHT[name]) == []


@pytest.mark.parametrize(
    ("of", "path", "args", "first"),
    [
        (
            text(item("a", 5, rules=[OFF]), item("a", 5, rules=[OFF])),
            ("indicators", 1, "id"), {"name": "a", "parent": "t"}, ("indicators", 0, "id"),
        ),
        (
            group(item("a", 5, rules=[OFF]), item("a", 5, rules=[OFF])),
            ("indicators", 0, "items", 1, "id"), {"name": "a", "parent": "g"},
            ("indicators", 0, "items", 0, "id"),
        ),
        (leaf(OFF, OFF), ("indicators", 0, "rules", 1, "id"), {"name": "off", "parent": "a"},
            ("indicators", 0, "rules", 0, "id")),
        (
            group(item("off", 10, rules=[ADD]), rules=[OFF]),
            ("indicators", 0, "rules", 0, "id"), {"name": "off", "parent": "g"},
            ("indicators", 0, "items", 0, "id"),
        ),
        (
            leaf(OFF, gates=[VETO, VETO]),
            ("indicators", 0, "gates", 1, "id"), {"name": "veto", "parent": "a"},
            ("indicators", 0, "gates", 0, "id"),
        ),
        (
            leaf(OFF, gates=[{**VETO, "id": "off"}]),
            ("indicators", 0, "gates", 0, "id"), {"name": "off", "parent": "a"},
            ("indicators", 0, "rules", 0, "id"),
        ),
        (
            text(item("a", 10, rules=[OFF]), gates=[{**VETO, "id": "a"}]),
            ("gates", 0, "id"), {"name": "a", "parent": "t"}, ("indicators", 0, "id"),
        ),
        (
            leaf({**OFF, "id": "not_applicable"}, not_applicable="zero"),
            ("indicators", 0, "rules", 0, "id"), {"name": "not_applicable", "parent": "a"},
            ("indicators", 0, "not_applicable"),
        ),
    ],
    ids=["indicators", "items", "rules", "item and rule", "gates", "rule and gate", "indicator and gate",
        "the flag of the item"],
)  # fmt: skip
def test_an_id_used_twice_is_found(of: RubricText, path: Path, args: dict[str, str], first: Path) -> None:
    assert lint(of)[1] == [Finding("GR301", path, path[:-1], args, first)]


def test_every_further_use_of_an_id_points_at_the_first() -> None:
    three = leaf(OFF, OFF, OFF)
    assert [(finding.path[3], finding.first) for finding in lint(three)[1]] == [
        (1, ("indicators", 0, "rules", 0, "id")),
        (2, ("indicators", 0, "rules", 0, "id")),
    ]


@pytest.mark.parametrize(
    ("of", "path", "args"),
    [
        (text(item("a", 6, rules=[OFF]), item("b", 3, rules=[OFF])), ("total",),
            {"path": "t", "sum": "6 + 3", "is": "9", "full": "10"}),
        (text(item("a", 6, rules=[OFF])), ("total",), {"path": "t", "sum": "", "is": "6", "full": "10"}),
        (text(item("a", 99, rules=[OFF]), out_of=100), ("out_of",),
            {"path": "t", "sum": "", "is": "99", "full": "100"}),
        (
            group(item("a", Decimal("5.5"), rules=[OFF]), item("b", 5, rules=[OFF])),
            ("indicators", 0, "weight"), {"path": "g", "sum": "5.5 + 5", "is": "10.5", "full": "10"},
        ),
        (group(item("a", 10, rules=[OFF]), out_of=11), ("indicators", 0, "out_of"),
            {"path": "g", "sum": "", "is": "10", "full": "11"}),
        (
            group(item("a", Decimal("3.333333"), rules=[OFF]), item("b", number("20/3"), rules=[OFF])),
            ("indicators", 0, "weight"), {"path": "g", "sum": "3.333333 + 20/3", "is": "29999999/3000000",
                "full": "10"},
        ),
    ],
)  # fmt: skip
def test_weights_that_do_not_add_up_are_found_with_their_sum(
    of: RubricText, path: Path, args: dict[str, str]
) -> None:
    assert findings_of(of) == [("GR302", path, args)]


def test_an_item_without_parts_and_rules_is_found() -> None:
    assert findings_of(group(item("a", 10))) == [
        ("GR303", ("indicators", 0, "items", 0, "id"), {"path": "g.a"})
    ]


@pytest.mark.parametrize(
    ("rules", "gives", "takes"),
    [
        ([OFF, ADD], ("add", "1000000000"), ("off", "1000000000")),
        ([ADD, {"id": "l", "forfeit": "all"}], ("add", "1000000000"), ("l", "")),
        ([{"id": "j", "judge": 1}, {"id": "d", "deduct": 2}], ("j", "1"), ("d", "2")),
        ([{"id": "c", "choose": {"A": 3, "B": -4}}], ("c", "3"), ("c", "4")),
        (
            [{"id": "f", "formula": "min(x, 1) - min(y, 1)", "inputs": {"x": "count", "y": "count"}}],
            ("f", "1"),
            ("f", "1"),
        ),
    ],
)
def test_a_leaf_that_gives_and_takes_must_say_where_it_starts(
    rules: list[dict[str, Any]], gives: tuple[str, str], takes: tuple[str, str]
) -> None:
    shown = {"gives": gives[0], "most": gives[1], "takes": takes[0], "least": takes[1]}
    assert findings_of(leaf(*rules)) == [("GR304", ("indicators", 0, "id"), {"path": "a", **shown})]


def test_what_is_given_and_taken_may_be_the_full_marks_together() -> None:
    """3 that are given and 7 that may be taken are 10: then it starts at 7, neither empty nor full."""
    rules: list[dict[str, Any]] = [
        {"id": "j", "judge": 3},
        {**OFF, "at_most": 7},
        {"id": "l", "forfeit": "all"},
    ]
    shown = {"gives": "j", "most": "3", "takes": "off", "least": "7", "given": "3", "taken": "7"}
    assert findings_of(leaf(*rules)) == [("GR304", ("indicators", 0, "id"), {"path": "a", **shown})]
    assert "taken" not in findings_of(leaf(*rules, take="highest"))[0][2]


def test_a_broken_rule_is_not_asked_for_its_effect() -> None:
    assert codes(leaf(OFF, {"id": "r", "award": {"a": 1}})) == ["GR307"]
    assert codes(leaf(OFF, {"id": "r", "award": 1, "take": "highest"})) == ["GR308"]


@pytest.mark.parametrize("start", ["full", "zero", 5])
def test_a_group_says_no_start(start: Any) -> None:
    assert findings_of(group(item("a", 10, rules=[OFF]), start=start)) == [
        ("GR305", ("indicators", 0, "start"), {"path": "g"})
    ]


@pytest.mark.parametrize(
    ("of", "path", "args"),
    [
        (
            leaf(OFF, floor=5, ceiling=4, start=Decimal("4.5")),
            ("indicators", 0, "floor"),
            {"path": "a", "floor": "5", "ceiling": "4"},
        ),
        (
            group(item("a", 10, rules=[OFF]), floor=11),
            ("indicators", 0, "floor"),
            {"path": "g", "floor": "11", "ceiling": "10"},
        ),
        (
            group(item("a", 10, rules=[OFF]), ceiling=-1),
            ("indicators", 0, "ceiling"),
            {"path": "g", "floor": "0", "ceiling": "-1"},
        ),
        (
            text(item("a", 10, rules=[OFF]), floor=11),
            ("floor",),
            {"path": "t", "floor": "11", "ceiling": "10"},
        ),
    ],
)
def test_a_floor_above_the_ceiling_is_found(of: RubricText, path: Path, args: dict[str, str]) -> None:
    assert ("GR306", path, args) in findings_of(of)


def test_every_floor_above_its_ceiling_is_found() -> None:
    of = text(item("a", 5, rules=[OFF], floor=6, start=6), item("b", 5, rules=[OFF], floor=7, start=7))
    assert [(code, path[1]) for code, path, _ in findings_of(of)] == [("GR306", 0), ("GR306", 1)]


@pytest.mark.parametrize(
    ("fields", "args"),
    [
        ({"start": 11}, {"path": "a", "start": "11", "floor": "0", "ceiling": "10"}),
        ({"start": -1}, {"path": "a", "start": "-1", "floor": "0", "ceiling": "10"}),
        ({"start": "full", "ceiling": 9}, {"path": "a", "start": "10", "floor": "0", "ceiling": "9"}),
        ({"start": "zero", "floor": 1}, {"path": "a", "start": "0", "floor": "1", "ceiling": "10"}),
        ({"start": 11, "floor": "none"}, {"path": "a", "start": "11", "floor": "none", "ceiling": "10"}),
        ({"start": -1, "ceiling": "none"}, {"path": "a", "start": "-1", "floor": "0", "ceiling": "none"}),
    ],
)
def test_a_start_outside_the_bounds_is_found(fields: dict[str, Any], args: dict[str, str]) -> None:
    assert findings_of(leaf(OFF, **fields)) == [("GR310", ("indicators", 0, "start"), args)]


@pytest.mark.parametrize(
    ("rule", "fields", "key", "args"),
    [
        (OFF, {"ceiling": 5}, "ceiling", {"path": "a", "start": "10", "floor": "0", "ceiling": "5"}),
        (ADD, {"floor": 3}, "floor", {"path": "a", "start": "0", "floor": "3", "ceiling": "10"}),
        (ADD, {"floor": 3, "ceiling": 8}, "floor", {"path": "a", "start": "0", "floor": "3", "ceiling": "8"}),
    ],
)
def test_a_start_that_nobody_wrote_is_found_outside_the_bounds_too(
    rule: dict[str, Any], fields: dict[str, Any], key: str, args: dict[str, str]
) -> None:
    assert findings_of(leaf(rule, **fields)) == [("GR310", ("indicators", 0, key), args)]


@pytest.mark.parametrize(
    "fields",
    [
        {"start": 5, "floor": "none", "ceiling": "none"},
        {"start": 99, "ceiling": "none"},
        {"start": -9, "floor": "none"},
    ],
)
def test_a_start_beyond_no_bound_is_right(fields: dict[str, Any]) -> None:
    assert findings_of(leaf(OFF, **fields)) == []


@pytest.mark.parametrize(
    ("rule", "code", "key", "args"),
    [
        ({"id": "r", "deduct": {"x": 1}}, "GR307", "deduct", {"path": "a.r", "verb": "deduct", "form": ""}),
        ({"id": "r", "award": [1, 2]}, "GR307", "award", {"path": "a.r", "verb": "award", "form": ""}),
        (
            {"id": "r", "deduct": 1, "take": "highest", "per": "次"},
            "GR308",
            "take",
            {"path": "a.r", "verb": "deduct"},
        ),
        (
            {"id": "r", "judge": 5, "places": 1, "step": Decimal("0.25")},
            "GR309",
            "step",
            {"path": "a.r", "step": "0.25", "places": "1"},
        ),
    ],
)
def test_what_a_verb_says_of_its_fields_is_placed_and_named(
    rule: dict[str, Any], code: str, key: str, args: dict[str, str]
) -> None:
    assert findings_of(leaf(rule)) == [(code, ("indicators", 0, "rules", 0, key), args)]


@pytest.mark.parametrize(
    ("fields", "bound"),
    [
        ({"floor": Decimal("0.5")}, "0.5"),
        ({"ceiling": Decimal("9.5")}, "9.5"),
        ({"floor": number("1/3"), "start": 9}, "1/3"),
        ({"out_of": Decimal("10.5")}, "10.5"),
    ],
)
def test_a_bound_that_rounding_could_carry_a_score_past_is_found(fields: dict[str, Any], bound: str) -> None:
    made = findings_of(leaf(OFF, **{"start": 5, **fields}, round={"places": 0, "mode": "half_up"}))
    assert made == [
        ("GR311", ("indicators", 0, "round", "places"), {"path": "a", "places": "0", "bound": bound})
    ]


@pytest.mark.parametrize("key", ["score", "at_most", "at_least"])
def test_a_gate_whose_number_rounding_could_carry_a_score_past_is_found(key: str) -> None:
    gates = [
        {"id": "veto", "when": "True", key: Decimal("2.5")},
        {"id": "again", "when": "True", key: Decimal("2.5")},
    ]
    made = findings_of(leaf(OFF, round={"places": 0, "mode": "half_up"}, gates=gates))
    assert made == [
        ("GR311", ("indicators", 0, "round", "places"), {"path": "a", "places": "0", "bound": "2.5"})
    ]


def test_a_condition_that_is_wrong_is_found_with_the_characters_meant() -> None:
    of = leaf({**OFF, "when": "off > 1 and of > 2"})
    at = ("indicators", 0, "rules", 0, "when")
    assert lint(of)[1] == [Finding("GR504", at, at[:-1], {"name": "of", "near": "off"}, within=(12, 14))]


def test_a_formula_that_is_wrong_is_found_where_it_stands() -> None:
    of = leaf({"id": "f", "formula": "1 / 0"})
    assert [(finding.code, finding.path) for finding in lint(of)[1]] == [
        ("GR510", ("indicators", 0, "rules", 0, "formula"))
    ]


def test_what_is_planned_comes_with_the_findings() -> None:
    plan, findings = lint(leaf(OFF))
    assert ([item.path for item in plan.items], findings) == (["", "a"], [])


def test_the_bounds_of_a_rubric_are_judged_on_the_scale_it_publishes() -> None:
    rounding = {"places": 0, "mode": "half_up"}
    assert (
        findings_of(text(item("a", 1000, rules=[OFF]), total=100, out_of=1000, floor=10, round=rounding))
        == []
    )
    assert findings_of(
        text(item("a", 1000, rules=[OFF]), total=100, out_of=1000, floor=15, round=rounding)
    ) == [("GR311", ("round", "places"), {"path": "t", "places": "0", "bound": "15"})]


def test_days_that_end_before_they_begin_are_found() -> None:
    of = text(item(rules=[OFF]), valid={"from": "2023-12-31", "to": "2023-01-01"})
    assert findings_of(of) == [("GR312", ("valid", "to"), {"first": "2023-12-31", "last": "2023-01-01"})]


@pytest.mark.parametrize(("at", "near"), [("b", ""), ("a.of", "a.off"), ("off", "a.off"), ("t", "")])
def test_an_ambiguity_at_no_item_or_rule_is_found_with_the_nearest(at: str, near: str) -> None:
    of = text(item(rules=[OFF]), ambiguities=[{"id": "x", "at": at, "question": "?", "decision": "!"}])
    assert findings_of(of) == [("GR313", ("ambiguities", 0, "at"), {"name": at, "near": near})]


def test_an_ambiguity_registered_twice_is_found() -> None:
    entry = {"id": "x", "at": "a", "question": "?", "decision": "!"}
    of = text(item(rules=[OFF]), ambiguities=[entry, {**entry, "question": "??"}])
    assert lint(of)[1] == [
        Finding(
            "GR314", ("ambiguities", 1, "id"), ("ambiguities", 1), {"name": "x"}, ("ambiguities", 0, "id")
        )
    ]


@pytest.mark.parametrize(
    ("first", "second"), [("迟报", "迟报"), ("caf\u00e9", "cafe\u0301")], ids=["same", "looks the same"]
)
def test_two_cases_of_one_name_are_found(first: str, second: str) -> None:
    of = text(
        item(rules=[OFF]),
        cases=[{"name": name, "tally": {}, "expect": {"total": 1}} for name in (first, second)],
    )
    assert lint(of)[1] == [
        Finding("GR315", ("cases", 1, "name"), ("cases", 1), {"name": second}, ("cases", 0, "name"))
    ]


def test_no_check_depends_on_another_having_run() -> None:
    broken = text(
        item("a", 3, rules=[OFF, OFF, {"id": "r", "award": {"x": 1}}]),
        item("a", 3, start="full", items=[item("b", 3)]),
        valid={"from": "2023-12-31", "to": "2023-01-01"},
    )  # fmt: skip
    together = [finding.code for finding in lint(broken)[1]]
    apart = [finding.code for check in reversed(LINTS) for finding in check(broken)]
    assert (
        sorted(together) == sorted(apart) == ["GR301", "GR301", "GR302", "GR303", "GR305", "GR307", "GR312"]
    )


def test_each_check_says_which_codes_it_yields() -> None:
    for check in LINTS:
        assert re.search(r"GR\d\d\d", (check.__doc__ or "").partition("\n")[0])


def test_every_path_of_items_rules_and_gates_is_known_with_its_place() -> None:
    of = group(item("a", 10, rules=[OFF], gates=[VETO]), rules=[ADD])
    assert known_paths(of) == {
        "g": ("indicators", 0),
        "g.add": ("indicators", 0, "rules", 0),
        "g.a": ("indicators", 0, "items", 0),
        "g.a.off": ("indicators", 0, "items", 0, "rules", 0),
        "g.a.veto": ("indicators", 0, "items", 0, "gates", 0),
    }


def test_a_gate_of_the_rubric_is_known_by_its_id() -> None:
    assert known_paths(text(item("a", 10, rules=[OFF]), gates=[VETO]))["veto"] == ("gates", 0)


def test_a_path_that_is_too_long_is_told_once_at_the_first_item_or_at_its_rules_and_gates() -> None:
    deep = item("f" * 64, 10, rules=[{"id": "x", "deduct": 1}])
    for letter in "edcba":
        deep = item(letter * 64, 10, items=[deep])
    at = ("indicators", 0, "items", 0, "items", 0, "items", 0, "items", 0)
    assert [(found.code, found.path) for found in long_path(text(deep))] == [("GR211", (*at, "id"))]
    leaf_ = item(
        "d" * 64, 10, rules=[{"id": "x" * 60, "deduct": 1}], gates=[{"id": "g" * 60, "when": "x > 0"}]
    )
    for letter in "cba":
        leaf_ = item(letter * 64, 10, items=[leaf_])
    assert [found.path[-3:] for found in long_path(text(leaf_))] == [("rules", 0, "id"), ("gates", 0, "id")]
