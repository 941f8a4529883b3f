"""A sentence of a card with `=` is a true equation, in both languages."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from equations import false_equations
from govrubric import load, loads
from govrubric.document.yaml import parse
from strategies import Sample, samples

ROOT = Path(__file__).parents[2]
FILES = [
    path for folder in ("rubrics", "examples/gallery") for path in sorted((ROOT / folder).glob("*.yaml"))
]
CASES = sorted((ROOT / "tests" / "cases").glob("*.yaml"))


@given(samples())
def test_no_card_tells_a_false_equation(sample: Sample) -> None:
    """Language 4: “A card says in a sentence how each raw effect came about; both sides of a `=` in it are equal.”"""
    assert false_equations(sample.rubric, sample.rubric.score(sample.plain)) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_card_of_a_case_tells_a_false_equation(path: Path) -> None:
    rubric = load(path)
    for case in rubric._text.cases:
        assert false_equations(rubric, rubric.score(case.tally.plain())) == []


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_no_card_of_the_conformance_cases_tells_a_false_equation(path: Path) -> None:
    case = parse(path.name, path.read_text()).value
    rubric = loads(case["rubric"])
    assert false_equations(rubric, rubric.score(case["tally"])) == []


@pytest.mark.parametrize(
    ("rule", "tally"),
    [
        ("{id: r, formula: 0 - taken, inputs: {taken: {number: {max: 9}}}}", {"r.taken": "2.5"}),
        ("{id: r, formula: 0 - taken, inputs: {taken: count}, at_most: 2}", {"r.taken": 3}),
        ("{id: r, curve: [[0, -4], [10, 0]], at_most: 3}", {"r": 0}),
        ("{id: r, distance: {below: 95, each: 1, points: -0.5}}", {"r": 90}),
        ("{id: r, deduct: 2, per: 人, at_most: 10}", {"r": 9}),
        ("{id: r, deduct: {low: 1, high: 3}, per: 次, take: highest}", {"r.high": 2}),
    ],
)
def test_what_once_told_a_false_equation_tells_none(rule: str, tally: dict[str, Any]) -> None:
    head = "govrubric: 1\nid: r\ntitle: R\ntotal: 100\nround: {places: 2, mode: half_up}\n"
    rubric = loads(f"{head}indicators: [{{id: a, title: A, weight: 100, start: full, rules: [{rule}]}}]\n")
    card = rubric.score({f"a.{name}": value for name, value in tally.items()})
    assert false_equations(rubric, card) == []
