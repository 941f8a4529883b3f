"""A sentence of a card with `=` is a true equation, in both languages."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from equations import false_equations, is_told, is_true
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
        ("{id: r, deduct: judged, to: 9, at_most: 2}", {"r": 3}),
        ("{id: r, deduct: judged, from: 1, to: 9, per: 1, at_most: 2}", {"r.cases": 2, "r.points": 3}),
        ("{id: r, convert: 33}", {"r": 29}),
    ],
)
def test_what_once_told_a_false_equation_tells_none(rule: str, tally: dict[str, Any]) -> None:
    head = "govrubric: 1\nid: r\ntitle: R\ntotal: 100\nround: {places: 2, mode: half_up}\n"
    rubric = loads(f"{head}indicators: [{{id: a, title: A, weight: 100, start: full, rules: [{rule}]}}]\n")
    card = rubric.score({f"a.{name}": value for name, value in tally.items()})
    assert false_equations(rubric, card) == []


TITLED = """\
govrubric: 1
id: r
title: R
total: 100
round: {places: 2, mode: half_up}
indicators:
  - id: a
    title: A
    weight: 100
    start: full
    rules:
      - {id: b, bands: [{from: 1, points: -1, title: 1 = 2}], title: 3 = 4}
      - {id: c, choose: {x: {points: -1, title: 1 = 2}}}
      - {id: d, deduct: {x: {points: 1, title: 1 + 1 = 2}, y: {points: 2, title: 1 + 1}}, per: 1}
      - {id: e, deduct: {x: {points: 1, title: =1}}, per: 例, take: highest}
      - {id: f, formula: 0 - n, inputs: {n: {type: count, title: 0 = 1}, m: {type: flag, title: 2 = 3}}}
"""
TITLED_TALLY: dict[str, Any] = {
    "a.b": 1,
    "a.c": "x",
    "a.d.x": 2,
    "a.d.y": 1,
    "a.e.x": 1,
    "a.f.n": 1,
    "a.f.m": True,
}


def test_what_a_title_says_is_no_equation_of_the_card() -> None:
    rubric = loads(TITLED)
    assert false_equations(rubric, rubric.score(TITLED_TALLY)) == []


@pytest.mark.parametrize(("end", "right"), [("= 4", True), ("= 5", False), ("= 4, = 4", False)])
def test_a_false_equation_beside_titles_is_found(end: str, right: bool) -> None:
    items = loads(TITLED)._plan.items
    planned = next(rule for item in items for rule in item.rules if rule.path == "a.d")
    assert is_true(planned.rule, f"1 + 1 = 2 2 1 × 1 + 1 + 1 1 1 × 2 {end}") is right


@pytest.mark.parametrize(
    ("known", "told", "right"),
    [
        ("2/3", "0.66…", True),
        ("2/3", "0.67…", False),
        ("2/3", "2/3", True),
        ("-2/3", "-0.6…", True),
        ("-2/3", "0.6…", False),
        ("-1/300", "-0.00…", True),
        ("5/8", "0.6…", False),
        ("5/8", "0.625", True),
    ],
)
def test_cut_digits_are_the_first_of_what_they_stand_for(known: str, told: str, right: bool) -> None:
    assert is_told(Fraction(known), told) is right
