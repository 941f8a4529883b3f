"""The kinds of values, and the order of keys: both from the models, never from names that an author chose."""

from fractions import Fraction
from typing import Any

import pytest

from govrubric.language import annotations as kinds
from govrubric.language.cases_text import Case, CasesText
from govrubric.language.fields import Expression
from govrubric.language.gates_text import Gate
from govrubric.language.rubric_text import Item, Rounding, RubricText
from govrubric.language.rules import VERBS

RUBRIC: dict[str, Any] = {"govrubric": 1, "indicators": ()}


def reached(value: Any, *path: str | int) -> kinds.Kinds:
    found = kinds.of_document(value)
    for key in path:
        found, value = kinds.inside(found, value, key), value[key]
    return found


def keys(value: Any, *path: str | int) -> list[str | int]:
    """The keys of what stands at a path, in order."""
    found = reached(value, *path)
    for key in path:
        value = value[key]
    order = kinds.order(found, value)
    return sorted(order, key=lambda key: order[key])


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (RUBRIC, (RubricText,)),
        ({"indicators": ()}, (RubricText,)),
        ({"rubric": "a", "cases": ()}, (CasesText,)),
        ({"rubric": "a"}, ()),
        ({"work.late": "1"}, ()),
        (("a",), ()),
        ("a", ()),
    ],
)
def test_a_text_is_known_by_its_keys(value: object, kind: kinds.Kinds) -> None:
    assert kinds.of_document(value) == kind


@pytest.mark.parametrize(
    ("rubric", "path", "kind"),
    [
        ({"round": {"places": 1}}, ("round",), Rounding),
        ({"round": {"places": 1}}, ("round", "places"), int),
        ({"total": "9"}, ("total",), Fraction),
        ({"gates": ({"when": "a"},)}, ("gates", 0), Gate),
        ({"gates": ({"when": "a"},)}, ("gates", 0, "when"), Expression),
        ({"indicators": ({"items": ({},)},)}, ("indicators", 0, "items", 0), Item),
        ({"indicators": ({"rules": ({"judge": 1},)},)}, ("indicators", 0, "rules", 0), VERBS["judge"]),
        (
            {"indicators": ({"rules": ({"deduct": {"city": 1}},)},)},
            ("indicators", 0, "rules", 0, "deduct", "city"),
            Fraction,
        ),
        (
            {"indicators": ({"rules": ({"curve": (("1", "2"),)},)},)},
            ("indicators", 0, "rules", 0, "curve", 0, 1),
            Fraction,
        ),
        ({"cases": ({"tally": {}},)}, ("cases", 0), Case),
    ],
)
def test_what_stands_at_a_path(rubric: dict[str, Any], path: tuple[str | int, ...], kind: object) -> None:
    assert kind in reached(RUBRIC | rubric, *path)


@pytest.mark.parametrize(
    ("rubric", "path"),
    [
        ({"titel": {"x": 1}}, ("titel", "x")),
        ({"title": {"x": 1}}, ("title", "x")),
        ({"round": ({"places": 1},)}, ("round", 0)),
        ({"gates": {"id": 1}}, ("gates", "id")),
        ({"cases": ({"tally": {"note": {"number": 1}}},)}, ("cases", 0, "tally", "note")),
    ],
)
def test_nothing_is_known_of_what_no_model_has(rubric: dict[str, Any], path: tuple[str | int, ...]) -> None:
    assert reached(RUBRIC | rubric, *path) == ()


def test_the_keys_of_a_rubric_begin_with_its_head_and_end_with_its_cases() -> None:
    assert keys(RUBRIC) == [
        "govrubric", "id", "title", "language", "valid", "source", "total", "out_of", "floor", "ceiling",
        "combine", "drop", "round", "grade_on",
        "note", "facts", "values", "indicators", "gates", "grades", "variants", "ambiguities", "cases",
    ]  # fmt: skip


def test_the_keys_of_an_item_end_with_what_happens_to_its_score() -> None:
    assert keys(RUBRIC | {"indicators": ({},)}, "indicators", 0) == [
        "id", "title", "was", "weight", "out_of", "extra", "not_applicable", "counts_when", "start", "take", "floor",
        "ceiling", "combine", "drop", "round",
        "assessed_by", "clause", "note", "values", "items", "rules", "gates",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "order"),
    [
        (
            {"deduct": 1},
            [
                *("id", "title", "was", "deduct", "per", "take", "to", "from", "places", "step", "default"),
                *("input", "when", "at_most", "clause", "note"),
            ],
        ),
        (
            {"bands": ()},
            [
                "id",
                "title",
                "was",
                "bands",
                "else",
                "unit",
                "places",
                "default",
                "input",
                "when",
                "at_most",
                "clause",
                "note",
            ],
        ),
        (
            {"formula": "1"},
            ["id", "title", "was", "formula", "inputs", "input", "when", "at_most", "clause", "note"],
        ),
        (
            {"judge": 1},
            [
                "id",
                "title",
                "was",
                "judge",
                "places",
                "step",
                "default",
                "input",
                "when",
                "at_most",
                "clause",
                "note",
            ],
        ),
    ],
)
def test_a_rule_has_its_verb_behind_its_name_and_its_clause_at_the_end(
    rule: dict[str, Any], order: list[str]
) -> None:
    assert keys(RUBRIC | {"indicators": ({"rules": (rule,)},)}, "indicators", 0, "rules", 0) == order


def test_a_rule_without_a_verb_has_the_keys_of_all() -> None:
    order = keys(RUBRIC | {"indicators": ({"rules": ({"id": "a"},)},)}, "indicators", 0, "rules", 0)
    assert order[0] == "id"
    assert order[-1] == "note"
    assert set(VERBS) < set(order)


@pytest.mark.parametrize(
    ("rubric", "path"),
    [
        ({"facts": {"number": "flag"}}, ("facts",)),
        ({"cases": ({"tally": {"b": 1, "a": 2}},)}, ("cases", 0, "tally")),
        ({"indicators": ({"rules": ({"deduct": {"city": 1}},)},)}, ("indicators", 0, "rules", 0, "deduct")),
        ({"indicators": ({"rules": ({"choose": {"note": 1}},)},)}, ("indicators", 0, "rules", 0, "choose")),
    ],
)
def test_names_of_the_author_have_no_order(rubric: dict[str, Any], path: tuple[str | int, ...]) -> None:
    assert keys(RUBRIC | rubric, *path) == []


def test_a_case_is_its_name_the_sum_as_it_was_worked_out_and_what_goes_in_and_comes_out() -> None:
    assert keys({"rubric": "a", "cases": ({},)}, "cases", 0) == [
        "name",
        "variant",
        "reading",
        "note",
        "tally",
        "expect",
    ]
    assert keys({"rubric": "a", "cases": ({},)}) == ["rubric", "note", "cases"]


@pytest.mark.parametrize(
    ("fact", "order"),
    [
        ({"choice": ()}, ["choice", "default", "title", "note"]),
        ({"title": "T", "number": {}}, ["number", "default", "title", "note"]),
        ({"title": "T", "type": "flag"}, ["type", "title", "note"]),
        (
            {"title": "T", "choice": (), "number": {}},
            ["type", "title", "number", "default", "choice", "note"],
        ),
    ],
)
def test_a_value_has_the_keys_of_the_kind_that_knows_all_of_its_own(
    fact: dict[str, Any], order: list[str]
) -> None:
    assert keys(RUBRIC | {"facts": {"x": fact}}, "facts", "x") == order


def test_a_level_has_its_points_before_its_title() -> None:
    rules = ({"award": {"city": {"title": "T", "points": 1}}},)
    path = ("indicators", 0, "rules", 0, "award", "city")
    assert keys(RUBRIC | {"indicators": ({"rules": rules},)}, *path) == ["points", "title", "note"]
