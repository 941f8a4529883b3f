"""The inputs of a rubric: all that a form needs to ask for a tally."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import govrubric
from govrubric import Rubric
from govrubric.numbers import Exact
from libraries import RUBRIC, seen
from making import item, text

ROOT = Path(__file__).parents[1]
FILES = sorted([*(ROOT / "examples" / "gallery").glob("*.yaml"), *(ROOT / "rubrics").glob("*.yaml")])


def given(name: str, **changes: Any) -> dict[str, Any]:
    """The fields of an input, of which all that are not told are empty."""
    return {"labels": changes.get("options", ())} | {
        "name": name, "kind": "count", "title": name, "clause": None, "item": "", "rule": None, "unit": None, "minimum": None, "maximum": None,
        "least_above_zero": None, "cases": None, "least_per_case": None, "most_per_case": None,
        "places": None, "step": None, "options": (), "required": False, "default": None, "excused_by": (), "excused_when": (),
    } | changes  # fmt: skip


COUNT = {"kind": "count", "minimum": "0", "maximum": "1000000000", "places": 0, "step": "1", "default": 0}
FLAG = {"kind": "flag", "default": False}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("closed", FLAG),
        ("fires", COUNT),
        ("class", {"kind": "choice", "options": ("A", "B"), "required": True}),
        (
            "area",
            {"kind": "number", "minimum": "-0.5", "maximum": "12.5", "places": 1, "step": "0.1", "required": True},
        ),
        (
            "hours.not_applicable",
            FLAG | {"title": "Opening hours: not applicable", "clause": "Hours are kept.", "item": "hours"},
        ),
        (
            "hours.late",
            COUNT
            | {"title": "Opening hours", "clause": "Half a point a day.", "item": "hours", "rule": "hours.late", "unit": "day"},
        ),
        (
            "hours.fires.small",
            COUNT
            | {"title": "Opening hours: fires.small", "clause": "Hours are kept.", "item": "hours", "rule": "hours.fires", "unit": "fire"},
        ),
        (
            "hours.absent",
            FLAG | {"title": "Opening hours: absent", "clause": "Hours are kept.", "item": "hours", "rule": "hours.absent"},
        ),
        (
            "work.quality.judged",
            {
                "kind": "number", "title": "Quality: judged", "item": "work.quality", "rule": "work.quality.judged", "minimum": "0",
                "maximum": "3.9", "places": 1, "step": "0.3", "required": True,
            },
        ),
        (
            "work.quality.third",
            {
                "kind": "number", "title": "Quality: third", "item": "work.quality", "rule": "work.quality.third", "minimum": "0",
                "maximum": "0.33", "places": 2, "step": "0.01", "required": True,
            },
        ),
        (
            "work.rate.reached",
            {
                "kind": "number", "title": "Rate", "item": "work.rate", "rule": "work.rate.reached", "unit": "%", "minimum": "-1000000000",
                "maximum": "1000000000", "places": 3, "step": "0.001", "required": True, "excused_by": ("work.rate.not_applicable",),
            },
        ),
        (
            "work.style.choice",
            {
                "kind": "choice", "title": "Style", "item": "work.style", "rule": "work.style.choice", "options": ("good", "bad"),
                "required": True,
            },
        ),
        ("work.visits.made.visits", COUNT | {"title": "Visits: visits", "item": "work.visits", "rule": "work.visits.made"}),
    ],
)  # fmt: skip
def test_an_input_says_all_that_a_form_asks(name: str, expected: Mapping[str, Any]) -> None:
    assert seen(RUBRIC.inputs[name]) == given(name, **expected)


def test_all_inputs_stand_in_file_order() -> None:
    assert list(RUBRIC.inputs) == [
        "closed", "fires", "class", "area", "hours.not_applicable", "hours.late", "hours.fires.small", "hours.fires.great", "hours.absent",
        "work.quality.judged", "work.quality.third", "work.rate.not_applicable", "work.rate.reached", "work.style.choice",
        "work.visits.made.visits",
    ]  # fmt: skip
    assert list(RUBRIC.facts) == ["closed", "fires", "class", "area"]
    assert RUBRIC.facts["fires"] is RUBRIC.inputs["fires"]


@pytest.mark.parametrize("name", ["closed", "fires", "class", "area"])
def test_an_input_is_true(name: str) -> None:
    assert RUBRIC.inputs.get(name)
    assert not RUBRIC.inputs.get("x")


def test_a_number_at_its_least_and_its_greatest_is_taken() -> None:
    tally = {"class": "A", "area": "-0.5", "work.quality.judged": "3.9", "work.quality.third": "0.33"}
    tally |= {"work.rate.reached": "-1000000000", "work.style.choice": "bad", "fires": 1_000_000_000}  # type: ignore[dict-item] # a tally
    assert RUBRIC.score(tally).inputs["work.quality.judged"].value == Exact("3.9")


def test_words_in_titles_are_those_of_the_rubrics_language() -> None:
    rules = [{"id": "a", "deduct": 1}, {"id": "b", "deduct": 1}]
    rubric = Rubric(text(item("x", 10, rules=rules, not_applicable="full"), language="zh-CN"))
    assert [one.title for one in rubric.inputs.values()] == ["X：不适用", "X：a", "X：b"]
    assert [rule.sentence for rule in rubric.rules.values()] == ["扣1分", "扣1分"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_two_inputs_of_an_item_differ_in_title_or_clause(path: Path) -> None:
    labels = [(one.item, one.title, one.clause) for one in govrubric.load(path).inputs.values()]
    assert len(labels) == len(set(labels)) > 0


def test_an_input_has_no_other_fields_and_methods() -> None:
    assert [name for name in dir(RUBRIC.inputs["fires"]) if not name.startswith("_")] == [
        "cases", "clause", "default", "excused_by", "excused_when", "item", "kind", "labels", "least_above_zero", "least_per_case", "maximum",
        "minimum", "most_per_case", "name", "options", "places", "required", "rule", "step",
        "title", "unit",
    ]  # fmt: skip
