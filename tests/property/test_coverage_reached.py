"""What coverage asks for can be brought about, and what it leaves out cannot: every tally of small rubrics is tried."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from math import ceil, floor, prod
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from govrubric import Rubric, RubricError
from govrubric.cases import proofs
from govrubric.cases.coverage import CoveragePoint, _every, coverage
from govrubric.formula.codegen import build, function
from govrubric.formula.nodes import Input
from govrubric.testing.strategies.authored import Authored
from pairs import built

FACTS = {
    "x": {"number": {"places": 0, "min": 0, "max": 3}},
    "y": {"number": {"places": 0, "min": -2, "max": 2}},
    "f": "flag",
    "k": {"choice": ["A", "B", "C"]},
}
NUMBERS = ("x", "y", "3", "n", "-x", "2 * n")
CONDITIONS = ("f", "x > 1", "x > y", "k == 'A'", "x + y > 4", "x >= 0", "not f and y < 0", "x < -1", "x != y")
FORMULAS = (
    "min({0}, {1})", "max({0}, {1})", "min({0}, {1}) - {1}", "max({0}, {1}) - {0}", "{0} - {1}", "({0}) * ({1})",
    "({0} if f else {1}) * 0.6", "round(min({0}, {1}) / max({1}, 1), 2) * 3", "round({0} / max({1}, 1), 1) * -3",
    "min({0}, 2) - min({0}, 3)", "abs({0}) * 5", "min(max({0}, 0), 5)", "0 - min(3, {0})",
)  # fmt: skip
AMOUNTS = tuple(map(Fraction, ("1", "2", "2.5", "5", "6", "1/3")))
amounts, conditions = st.sampled_from(AMOUNTS), st.sampled_from(CONDITIONS).map(Authored)
signed = st.sampled_from((*AMOUNTS, *(-one for one in AMOUNTS), Fraction(0)))
MOST = 1500  # tallies of a rubric


@st.composite
def rules(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """A rule whose inputs have few values."""
    verb = draw(
        st.sampled_from(
            ("deduct", "award", "judge", "choose", "bands", "distance", "curve", "forfeit") + ("formula",) * 6
        )
    )
    rule: dict[str, Any] = {"id": name}
    if verb in ("deduct", "award"):
        rule[verb] = draw(amounts)
    elif verb == "judge":
        rule |= {verb: Fraction(draw(st.sampled_from((1, 3, 5)))), "places": 0}
        rule |= draw(st.sampled_from(({}, {"step": Fraction(2)})))
    elif verb == "choose":
        rule |= {verb: {option: draw(signed) for option in ("A", "B", "C")}, "input": "k"}
    elif verb == "bands":
        bands = [
            {"from": Fraction(place), "points": draw(signed)}
            for place in draw(st.sampled_from(((3, 1), (4, 2), (0, -1))))
        ]
        rule |= {verb: bands, "input": draw(st.sampled_from("xy"))}
    elif verb == "distance":
        rule |= {verb: {"below": Fraction(2), "each": Fraction(1), "points": draw(signed)}, "input": "x"}
    elif verb == "curve":
        rule |= {verb: [[Fraction(0), Fraction(0)], [Fraction(2), draw(signed)]], "input": "y"}
    elif verb == "forfeit":
        rule[verb] = "all"
    else:
        shape, first, second = (draw(st.sampled_from(some)) for some in (FORMULAS, NUMBERS, NUMBERS))
        text = shape.format(first, second)
        rule[verb] = Authored(text)
        if "n" in text.replace("min", "").replace("round", ""):
            rule["inputs"] = {"n": {"number": {"places": 0, "max": draw(st.integers(1, 4))}}}
    if draw(st.integers(0, 3)) == 3:
        rule["at_most"] = draw(amounts)
    if draw(st.integers(0, 2)) == 2:
        rule["when"] = draw(conditions)
    return rule


@st.composite
def items(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """An item of 5 full marks, with one to three rules."""
    count = draw(st.integers(1, 3))
    item: dict[str, Any] = {"id": name, "title": name.upper(), "weight": Fraction(5)}
    item["start"] = draw(st.sampled_from(("full", "zero", Fraction(2))))
    item["rules"] = [draw(rules(f"r{place}")) for place in range(count)]
    item |= draw(
        st.sampled_from(
            (
                {},
                {},
                {"floor": "none"},
                {"floor": Fraction(-1)},
                {"ceiling": "none"},
                {"ceiling": Fraction(7)},
            )
        )
    )
    item |= draw(st.sampled_from(({}, {}, {}, {"not_applicable": "zero"}, {"not_applicable": "full"})))
    if draw(st.integers(0, 4)) == 4:
        item["counts_when"] = draw(conditions)
    if draw(st.integers(0, 4)) == 4:
        item["gates"] = [{"id": "g", "when": draw(conditions), "at_most": Fraction(2)}]
    return item


@st.composite
def small_rubrics(draw: st.DrawFn) -> Rubric:
    """A rubric all of whose tallies can be tried."""
    parts = [draw(items(name)) for name in "ab"[: draw(st.integers(1, 2))]]
    whole = Fraction(5 * len(parts))
    values: dict[str, Any] = {"govrubric": 1, "id": "r", "title": "R", "total": whole, "facts": FACTS}
    values |= {"round": {"places": draw(st.integers(0, 2)), "mode": "half_up"}, "indicators": parts}
    values |= draw(st.sampled_from(({}, {}, {"floor": "none"}, {"ceiling": "none"}, {"floor": Fraction(1)})))
    if draw(st.integers(0, 2)) == 2:
        values["grades"] = [
            {"grade": "A", "from": whole + draw(st.integers(-1, 1))},
            {"grade": "B", "from": Fraction(draw(st.integers(-1, 3))), "when": draw(conditions)},
            {"grade": "C", "from": Fraction(draw(st.integers(-2, 2)))},
            {"grade": "D"},
        ]
    try:
        rubric = built(values)
    except RubricError:
        assume(False)
        raise
    assume(prod(map(len, map(every_value, rubric._plan.inputs))) <= MOST)
    return rubric


def every_value(one: Input) -> list[int]:
    """Every value that an input may be given, as the whole number that stands for it."""
    step = one.step or Fraction(1, one.den)
    return [int(place * step * one.den) for place in range(ceil(one.lo / step), floor(one.hi / step) + 1)]


def reached(rubric: Rubric, points: list[CoveragePoint]) -> Iterator[bool]:
    """Of each point, whether any tally brings it about."""
    plan = rubric._plan
    flags = {f"?{place}": point._flag for place, point in enumerate(points)}
    parameters = {one.name: f"i{place}" for place, one in enumerate(plan.inputs)}
    holds = build(function("made", parameters, {**plan.lines, **flags}, flags))
    rows = [holds(*values) for values in product(*map(every_value, plan.inputs))]
    return (any(row[place] > 0 for row in rows) for place in range(len(points)))


def named(points: list[CoveragePoint]) -> list[tuple[str, str, str]]:
    return [(point.path, point.kind, point.name) for point in points]


@given(small_rubrics())
def test_coverage_asks_for_what_can_be_and_for_nothing_else(rubric: Rubric) -> None:
    """`coverage`: “what the bounds decide, one way or the other, is no point”, nor is what never happens."""
    every = list(_every(rubric))
    can = [point for point, is_reached in zip(every, reached(rubric, every), strict=True) if is_reached]
    always = [point for point in every if point._flag.lo == 1]
    asked = coverage(rubric, []).untouched
    assert named([point for point in can if point not in always]) == named(list(asked))


@given(small_rubrics())
def test_no_proof_leaves_out_what_can_be(rubric: Rubric) -> None:
    """The same by bounds alone, as where there are too many tallies to try."""
    every = list(_every(rubric))
    can = [point for point, is_reached in zip(every, reached(rubric, every), strict=True) if is_reached]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proofs, "FEW", 0)
        patch.setattr(proofs, "FEW_OF_MANY", 0)
        for ranges in (1, 8):
            patch.setattr(proofs, "RANGES", ranges)
            proved = proofs.Proofs(rubric._plan)
            assert named([point for point in can if proved.never(point._flag)]) == []
