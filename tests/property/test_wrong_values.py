"""A value that does not fit is refused by its name, and nothing is changed."""

import time
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from math import floor
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from govrubric import Rubric, TallyError, loads
from govrubric.formula.nodes import Input
from govrubric.testing.interpreter import ZERO
from govrubric.testing.strategies.tally import beside_cases
from laws import as_shown, ends, named, unrefused
from strategies import Sample, samples


class Whole(int):
    """A subclass of `int`."""


class Loud:
    """An object of which every method raises an error."""

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("asked whether it is equal")

    def __repr__(self) -> str:
        raise RuntimeError("asked what it is")

    __str__ = __repr__

    def __hash__(self) -> int:
        raise RuntimeError("asked for its hash")

    def __bool__(self) -> bool:
        raise RuntimeError("asked whether it is true")


ODD: tuple[Callable[[], Any], ...] = (
    lambda: 1.0,
    lambda: 0.1,
    lambda: float("nan"),
    lambda: float("-inf"),
    lambda: Decimal("NaN"),
    lambda: Decimal("sNaN"),
    lambda: Decimal("-Infinity"),
    lambda: Decimal("1E+999999999"),
    lambda: Decimal("-1E+999999999"),
    lambda: Decimal("1E-999999999"),
    lambda: Fraction(1, 10**30),
    lambda: 10**400,
    lambda: 10**5000,
    lambda: -(10**400),
    lambda: "",
    lambda: "three",
    lambda: "1e3",
    lambda: "１",
    lambda: "１２",
    lambda: " 1",
    lambda: "\x1b[31m\r\n\u202e" * 100,
    lambda: "9" * 10**6,
    lambda: b"1",
    lambda: 1 + 0j,
    lambda: None,
    list,
    lambda: [1],
    lambda: (1,),
    lambda: {1},
    object,
    lambda: int,
    Loud,
    lambda: lambda: 1,
)
OF_KIND: dict[str, tuple[Callable[[], Any], ...]] = {
    "count": (
        lambda: -1,
        lambda: True,
        lambda: False,
        lambda: "3",
        lambda: Decimal("3.5"),
        Fraction,
        lambda: 1_000_000_001,
        lambda: Whole(-3),
    ),
    "flag": (
        lambda: -1,
        lambda: 0,
        lambda: 1,
        lambda: "true",
        lambda: "是",
        lambda: Decimal(1),
        lambda: Whole(1),
    ),
    "number": (
        lambda: True,
        lambda: False,
        lambda: Decimal("0.0000001"),
        lambda: "0.0000001",
        lambda: Fraction(1, 3),
    ),
    "choice": (
        lambda: -1,
        lambda: True,
        lambda: 0,
        lambda: 2023,
        lambda: "no such name",
        lambda: "优 ",
        lambda: Decimal(1),
        lambda: Whole(1),
    ),
}


def misfits(input_: Input) -> tuple[Callable[[], Any], ...]:
    """Functions that make values that do not fit an input."""
    more: tuple[Callable[[], Any], ...] = ()
    if input_.kind == "number":
        over, under, unit = input_.hi + 1, floor(input_.lo) - 1, Fraction(1, input_.den)
        more = (
            lambda: over,
            lambda: str(floor(over) + 1),
            lambda: over + 999_999_000_000,
            lambda: Decimal(f"1E-{input_.places + 1}"),
            lambda: under,
            lambda: str(under),
        )
        if input_.step is not None and input_.step > unit and input_.lo <= unit <= input_.hi:
            more = (*more, lambda: unit)
    return ODD + OF_KIND[input_.kind] + more


def complete(sample: Sample) -> dict[str, Any]:
    """A tally in which nothing is left out."""
    least, _ = ends(sample.rubric._inputs)
    return beside_cases(sample.rubric, least | sample.plain, lambda: ZERO)


@given(samples(), st.data())
def test_a_value_that_does_not_fit_is_refused_by_name_and_nothing_else(
    sample: Sample, data: st.DataObject
) -> None:
    """Booleans, floats, NaN and others are each refused by name, and the caller's dict is not changed."""
    inputs = list(sample.rubric._inputs.values())
    assume(inputs)
    input_ = data.draw(st.sampled_from(inputs), label="input")
    makers = st.lists(st.sampled_from(misfits(input_)), min_size=3, max_size=6)
    for make in data.draw(makers, label="values"):
        for value in (make(), {"value": make(), "note": "n"}):
            tally = complete(sample) | {input_.name: value}
            assert unrefused(sample.rubric, tally, {input_.name}) == []
            assert unrefused(sample.rubric, MappingProxyType(tally), {input_.name}) == []


@given(samples(), st.data())
def test_all_that_is_wrong_is_named_at_once(sample: Sample, data: st.DataObject) -> None:
    """`tally.py`: “Every wrong name, kind, range and place of a tally is reported at once.”"""
    inputs = sample.rubric._inputs
    assume(inputs)
    wrong = data.draw(st.sets(st.sampled_from(sorted(inputs)), min_size=1, max_size=5), label="wrong")
    tally = complete(sample) | {
        name: data.draw(st.sampled_from(misfits(inputs[name])))() for name in sorted(wrong)
    }
    assert unrefused(sample.rubric, tally, wrong) == []


@given(samples(), st.sampled_from(["nothing", "", ".", "a..b", "值", "x" * 10_000, "\x1b[31m", "__class__"]))
def test_a_name_that_is_unknown_is_refused(sample: Sample, name: str) -> None:
    """Language 7: “An unknown name is an error with the nearest known one.”"""
    assume(name not in sample.rubric._inputs)
    with pytest.raises(TallyError) as refused:
        sample.rubric.score(complete(sample) | {name: 0})
    assert len(refused.value.diagnostics) == 1
    assert "\x1b" not in str(refused.value)


@given(samples())
def test_what_must_be_given_is_asked_for_by_name(sample: Sample) -> None:
    """Language 7: “Counts and flags that the tally leaves out are 0 and false …; every other input must be
    given …
    `strict` scoring requires all.”
    """
    # What an item needs that a condition takes out where nothing is given is not asked for.
    raised = sample.rubric._derived.raised_by({})
    excused = {name for name, flags in sample.rubric._plan.excused.items() if not raised.isdisjoint(flags)}
    every = set(sample.rubric._inputs) - excused
    required = {name for name in every if sample.rubric._inputs[name].required}
    for strict, missing in ((False, required), (True, every)):
        if missing:
            with pytest.raises(TallyError) as refused:
                sample.rubric.score({}, strict=strict)
            assert named(refused.value) == sorted(map(as_shown, missing))


FORM = """\
govrubric: 1
id: t
title: T
total: 10
round: {places: 2, mode: half_up}
indicators:
  - id: a
    title: A
    weight: 10
    start: full
    rules:
      - {id: c, deduct: 1, per: 例}
      - {id: f, deduct: 1}
      - {id: n, judge: 5, step: 0.5}
      - {id: l, deduct: {value: 1, note: 2}, per: 例}
      - {id: o, choose: {优: 1, 差: -1}}
      - {id: m, distance: {below: 95, each: 1, points: -1}}
"""
GOOD: dict[str, Any] = {
    "a.c": 0,
    "a.f": False,
    "a.n": 5,
    "a.l.value": 0,
    "a.l.note": 0,
    "a.o": "优",
    "a.m": 95,
}


@pytest.fixture(scope="module")
def rubric() -> Rubric:
    return loads(FORM)


@pytest.mark.parametrize("name", list(GOOD))
def test_each_misfit_is_refused_in_time(rubric: Rubric, name: str) -> None:
    """Each is refused by name in less than 50 ms."""
    for number, make in enumerate(misfits(rubric._inputs[name])):
        tally = GOOD | {name: make()}
        taken = []
        for _ in range(3):
            began = time.perf_counter()
            with pytest.raises(TallyError):
                rubric.score(tally)
            taken.append(time.perf_counter() - began)
        assert min(taken) < 0.05, number
        assert unrefused(rubric, tally, {name}) == [], number


@pytest.mark.parametrize(
    "tally",
    [
        None,
        1,
        "a.c",
        [],
        [("a.c", 1)],
        {("a", "c"): 1},
        {None: 1},
        {1: 1},
        {b"a.c": 1},
        {"a": None},
        {"a": 3},
        {"a.l": 3},
        {"a.l": {"value": 1, "evidence": []}},
    ],
)
def test_what_is_no_tally_is_refused(rubric: Rubric, tally: Any) -> None:
    for way in (rubric.score, rubric.total):
        with pytest.raises(TallyError):
            way({**GOOD, **tally} if isinstance(tally, dict) else tally)


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"note": "n"},
        {"value": 1, "evidence": "e"},
        {"value": 1, "evidence": [1]},
        {"value": 1, "evidence": [""]},
        {"value": 1, "x": 1},
        {"value": 1, 1: 1},
        {"value": {"value": 1}},
    ],
)
def test_evidence_that_is_none_is_refused(rubric: Rubric, value: Any) -> None:
    """Language 2: “Every object may carry `note`. Nothing else is free-form.”"""
    assert unrefused(rubric, GOOD | {"a.c": value}, {"a.c"}) == []


def test_a_tally_that_holds_itself_is_refused(rubric: Rubric) -> None:
    tally: dict[str, Any] = dict(GOOD)
    tally["a"] = tally
    with pytest.raises(TallyError):
        rubric.score(tally)
    value: dict[str, Any] = {}
    value["value"] = value
    with pytest.raises(TallyError):
        rubric.score(GOOD | {"a.c": value})
