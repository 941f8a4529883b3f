"""Lines of a plan as cell formulas: a small spreadsheet computes them, and they come to what `score` says."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import partial
from typing import Any

import pytest

from filled_forms import figures_apart
from govrubric import Rubric, loads
from govrubric.forms.cell_formulas import LIMIT, TooLargeError, Working
from govrubric.forms.figures import wanted_lines
from govrubric.formula import build
from govrubric.formula.nodes import Formula, Input
from govrubric.language.rubric_text import RubricText
from govrubric.numbers import ROUNDINGS
from govrubric.testing import interpreter
from spreadsheet import Cells, parsed
from strategies import corpus


def computed(working: Working, inputs: Sequence[int]) -> list[float]:
    """What a spreadsheet makes of the cells, for the whole numbers of the inputs."""
    known: list[float] = [float(value) for value in inputs]
    cells = Cells(lambda text, _: known[int(text[1:])])
    known.extend(cells.value(parsed(cell.text), None) for cell in working.cells)  # each from those before it
    return known


def number(working: Working, known: Sequence[float], line: str) -> Fraction:
    place, den, under = working.figure(line)
    assert known[place].is_integer()
    return Fraction(int(known[place]), den if under is None else int(known[under]))


def value_of(formula: Formula, given: Mapping[Input, Fraction]) -> tuple[Fraction, Fraction]:
    """A formula as a spreadsheet computes it, and over fractions."""
    working = Working([*given], {"made": formula}, ["made"])
    known = computed(working, [int(value * one.den) for one, value in given.items()])
    due = interpreter.value(formula, {one.name: value for one, value in given.items()})
    return number(working, known, "made"), due


def agreed(formula: Formula, given: Mapping[Input, Fraction]) -> Fraction:
    """What both come to."""
    found, due = value_of(formula, given)
    assert found == due
    return found


X = build.number("x", Fraction(1000), low=-1000, places=2)
N = build.tally_count("n", None, 1000)
FLAG = build.flag("f")
TENTHS = [Fraction(tenths, 100) for tenths in range(-260, 261, 5)]


@pytest.mark.parametrize("mode", ROUNDINGS)
def test_every_rounding(mode: Any) -> None:
    for value in TENTHS:
        for places in (0, 1):
            found, due = value_of(build.rounded(X, places, mode), {X: value})
            assert found == due, (value, places)
            found, due = value_of(build.quotient(X, build.const(7), places, mode), {X: value})
            assert found == due, (value, places)


@pytest.mark.parametrize("mode", ROUNDINGS)
def test_every_rounding_of_a_quotient_of_two_inputs(mode: Any) -> None:
    under = build.add(N, build.const(1))
    for value in TENTHS[::7]:
        for cases in (0, 1, 6, 9):
            for sign in (1, -1):
                divided = build.quotient(X, build.scale(under, sign), 1, mode)
                found, due = value_of(divided, {X: value, N: Fraction(cases)})
                assert found == due, (value, cases, sign)


OPERATIONS: dict[str, Formula] = {
    "sum": build.add(X, N, build.scale(FLAG, 3)),
    "difference": build.minus(N, X),
    "turned around": build.scale(X, -1),
    "share": build.scale(X, Fraction(2, 3)),
    "product": build.times(X, N),
    "without sign": build.absolute(X),
    "least": build.least(X, N),
    "greatest": build.greatest(X, build.const(Fraction(-1, 3))),
    "between": build.compare(("<", "<="), (build.const(-1), build.scale(X, 2), N)),
    "unequal": build.compare(("!=",), (X, N)),
    "equal": build.compare(("==",), (X, N)),
    "both": build.all_of(FLAG, build.compare((">",), (X, build.const(0)))),
    "either": build.any_of(FLAG, build.compare((">=",), (X, build.const(1)))),
    "one of two": build.if_(FLAG, X, build.scale(N, 2)),
    "by a count": build.if_(N, X, build.const(5)),
    "shared out": build.ratio(X, build.if_(FLAG, build.const(3), build.const(7))),
    "a ratio": build.ratio(X, build.add(N, build.const(1))),
    "a ratio within": build.add(build.ratio(X, build.add(N, build.const(1))), N),
}


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_operation(name: str) -> None:
    for value in (
        Fraction(-1000),
        Fraction(-5, 2),
        Fraction(0),
        Fraction(1, 100),
        Fraction(3),
        Fraction(1000),
    ):
        for cases in (0, 3, 1000):
            for flag in (0, 1):
                given = {X: value, N: Fraction(cases), FLAG: Fraction(flag)}
                found, due = value_of(OPERATIONS[name], given)
                assert found == due, given


@pytest.mark.parametrize("how", ["sum", "min", "max"])
def test_every_rank(how: Any) -> None:
    counts = [build.tally_count(f"n{index}", None, 9) for index in range(4)]
    flags = [build.flag(f"f{index}") for index in range(4)]
    for here in ((1, 1, 1, 1), (0, 1, 0, 1), (0, 0, 0, 0), (1, 0, 0, 0)):
        for lowest, highest in ((0, 0), (1, 0), (1, 1), (0, 2)):
            ranked = build.ranked(how, counts, flags, lowest, highest)
            given = dict(zip((*counts, *flags), map(Fraction, (3, 9, 0, 5, *here)), strict=True))
            found, due = value_of(ranked, given)
            assert found == due, (here, lowest, highest)


def test_a_long_sum_and_a_long_condition_are_parted() -> None:
    counts = [build.tally_count(f"n{index}", None, 1) for index in range(450)]
    flags = [build.flag(f"f{index}") for index in range(450)]
    given = dict.fromkeys((*counts, *flags), Fraction(1))
    made = build.if_(build.all_of(*flags), build.add(*counts), build.const(0))
    assert agreed(made, given) == 450
    either = build.any_of(*(build.compare((">",), (one, build.const(0))) for one in counts))
    assert agreed(either, dict.fromkeys(counts, Fraction(0))) == 0
    working = Working([*given], {"made": made}, ["made"])
    assert max(len(cell.text) for cell in working.cells) <= 8192
    assert max(cell.text.count(",") for cell in working.cells) <= 254


def test_parts_that_are_long_together_have_cells_of_their_own() -> None:
    counts = [build.tally_count(f"n{index}", None, 9) for index in range(60)]
    long = [
        build.absolute(build.add(*(build.scale(one, place - 7) for place, one in enumerate(counts))))
    ] * 30
    given = dict.fromkeys(counts, Fraction(1))
    parts = [build.add(one, build.const(place)) for place, one in enumerate(long)]
    assert agreed(build.add(*map(build.absolute, parts)), given) == 40935
    flags = [build.compare((">",), (one, build.const(1000 + place))) for place, one in enumerate(parts)]
    assert agreed(build.any_of(*flags), given) == 1
    working = Working(
        counts, {"sum": build.add(*map(build.absolute, parts)), "any": build.any_of(*flags)}, ["sum", "any"]
    )
    assert max(len(cell.text) for cell in working.cells) <= 8192


def test_a_formula_that_is_deep_has_cells_of_its_own() -> None:
    made: Formula = N
    for step in range(100):
        made = build.if_(
            build.compare(("==",), (X, build.const(step))), build.const(step), build.least(made, X)
        )
    assert agreed(made, {X: Fraction(7), N: Fraction(1)}) == 7
    assert value_of(made, {X: Fraction(-7), N: Fraction(1)}) == (-7, -7)
    working = Working([X, N], {"made": made}, ["made"])
    assert len(working.cells) > 3
    for cell in working.cells:
        depth = deepest = 0
        for character in cell.text:
            depth += {"(": 1, ")": -1}.get(character, 0)
            deepest = max(deepest, depth)
        assert deepest <= 64


def test_a_quotient_of_long_numbers_is_multiplied_out() -> None:
    """A spreadsheet takes 299999999.999999... for 300000000, since it looks at 15 digits."""
    over = build.number("a", Fraction(900_000_000_000_000))
    under = build.number("b", Fraction(3_000_000), low=1)
    divided = build.quotient(over, under, 0, "floor")
    given = {over: Fraction(899_999_999_999_999), under: Fraction(3_000_000)}
    assert agreed(divided, given) == 299_999_999
    (said, *_) = Working([over, under], {"made": divided}, ["made"]).cells
    cells = Cells(lambda text, _: float([*given.values()][int(text[1:])]))
    assert cells.value(parsed(said.text), None) == 300_000_000
    given[over] = Fraction(900_000_000_000_000)
    assert agreed(divided, given) == 300_000_000


def test_what_may_have_too_many_digits_is_refused_by_its_line() -> None:
    big = build.number("big", Fraction(10**9))
    lines = {"good": build.scale(big, 999_999), "bad": build.scale(big, 10**6)}
    assert Working([big], lines, ["good"]).figure("good") == (1, 1, None)
    with pytest.raises(TooLargeError) as caught:
        Working([big], lines, ["good", "bad"])
    assert (caught.value.name, caught.value.most) == ("bad", LIMIT)
    with pytest.raises(TooLargeError):  # what is added may be larger than the sum
        Working([big], {"sum": build.add(build.scale(big, 500_000), build.scale(big, -500_000))}, ["sum"])


def test_inputs_without_a_limit_get_one_where_a_line_needs_it() -> None:
    free, other, own = (
        build.tally_count("free", None),
        build.tally_count("other", None),
        build.tally_count("own", None, 10**8),
    )
    lines = {
        "a": build.scale(free, 10**7),
        "b": build.times(other, build.const(2)),
        "c": build.scale(own, 10**6),
    }
    working = Working.of([free, other, own], lines, ["a", "b", "c"])
    assert [given.hi for given in working.inputs] == [10**7, 10**9, 10**8]
    with pytest.raises(TooLargeError):
        Working.of([own], {"c": build.scale(own, 10**7)}, ["c"])
    with pytest.raises(TooLargeError):
        Working.of([free], {"a": build.scale(free, 10**12)}, ["a"])


def test_a_limit_is_lowered_for_a_quotient_that_is_taken_apart_too() -> None:
    free, under = build.tally_count("free", None), build.number("under", Fraction(1000), low=1)
    lines = {"ratio": build.ratio(build.scale(free, 10**6), under)}
    working = Working.of([free, under], lines, ["ratio"])
    assert [given.hi for given in working.inputs] == [10**8, 1000]


SEEN = 100


def test_random_rubrics_come_to_what_score_says() -> None:
    """What is refused is too large, and what the form would not take is passed over."""
    compared = 0
    for values, tally, _ in corpus()[:SEEN]:
        rubric = Rubric(RubricText.model_validate(values))
        plan = rubric._plan
        try:
            working = Working.of(plan.inputs, plan.lines, wanted_lines(plan))
        except TooLargeError:
            continue
        checked = rubric._check(tally).values
        limited = zip(checked, working.inputs, strict=True)
        if not all(given.lo <= Fraction(value, given.den) <= given.hi for value, given in limited):
            continue
        known = computed(working, checked)
        apart = figures_apart(partial(number, working, known), rubric, rubric.score(tally))
        assert [*apart] == [], rubric.to_text()
        compared += 1
    assert compared > SEEN // 3


def test_a_wrong_formula_is_seen() -> None:
    rubric = loads(SMALL)
    plan = rubric._plan
    working = Working.of(plan.inputs, plan.lines, wanted_lines(plan))
    planted = [
        cell._replace(text=f"1+{cell.text}") if cell.name == "a.r:raw" else cell for cell in working.cells
    ]
    working.cells = tuple(planted)
    known = computed(working, [2])
    apart = figures_apart(lambda line: number(working, known, line), rubric, rubric.score({"a.r": 2}))
    assert "a.r:applied: -1 in place of -2" in [*apart]


SMALL = """\
govrubric: 1
id: small
title: Small
total: 10
round: {places: 1, mode: half_up}
indicators:
  - {id: a, title: A, weight: 10, rules: [{id: r, deduct: 1, per: case}]}
"""
