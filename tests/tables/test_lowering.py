"""Every rounding and rank, lowered to plain operations, has the same value within the same bounds."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import product
from typing import Literal

import pytest
from hypothesis import given

from formulas import formulas, values
from govrubric.formula.build import (
    add,
    const,
    flag,
    line,
    measured,
    number,
    quotient,
    ranked,
    rounded,
    scale,
    tally_count,
)
from govrubric.formula.nodes import Const, Formula, Quotient, Ranked, Round
from govrubric.numbers import Mode
from govrubric.tables.lowering import lowered
from govrubric.testing.interpreter import value

X = number("x", Fraction(9), low=-9, places=2)
Y = number("y", Fraction(3), low=Fraction(1, 2), places=1)


class Put:
    """What is kept on the way, by name."""

    def __init__(self) -> None:
        self.lines: dict[str, Formula] = {}

    def __call__(self, formula: Formula) -> Formula:
        self.lines[f"#{len(self.lines)}"] = formula
        return line(f"#{len(self.lines) - 1}", formula)


def operations(formula: Formula) -> Iterator[Formula]:
    yield formula
    for part in formula.parts():
        yield from operations(part)


def comes(formula: Formula) -> Callable[[dict[str, Fraction]], Fraction]:
    """The value of a lowered formula; nothing leaves its bounds, and only plain operations are left."""
    put = Put()
    made = lowered(formula, put)
    assert formula.lo <= made.lo <= made.hi <= formula.hi
    steps = [*put.lines.items(), ("", made)]
    for one in (one for _, step in steps for one in operations(step)):
        assert not isinstance(one, Ranked)
        assert not isinstance(one, (Round, Quotient)) or (one.places, one.mode) == (0, "floor")

    def come_(known: dict[str, Fraction]) -> Fraction:
        known = dict(known)
        for name, step in steps:
            known[name] = value(step, known)
            assert step.lo <= known[name] <= step.hi
        return known[""]

    return come_


def come(formula: Formula, known: dict[str, Fraction]) -> Fraction:
    return comes(formula)(known)


MODES = [  # 2.35 and 2.45 are ties at one place; what they come to, above and below zero
    ("half_up", "2.4", "2.5", "-2.4", "-2.5"),
    ("half_even", "2.4", "2.4", "-2.4", "-2.4"),
    ("down", "2.3", "2.4", "-2.3", "-2.4"),
    ("up", "2.4", "2.5", "-2.4", "-2.5"),
    ("floor", "2.3", "2.4", "-2.4", "-2.5"),
    ("ceiling", "2.4", "2.5", "-2.3", "-2.4"),
]


@pytest.mark.parametrize(("mode", "first", "second", "third", "fourth"), MODES)
def test_a_tie_is_rounded_as_its_mode_says(
    mode: Mode, first: str, second: str, third: str, fourth: str
) -> None:
    rounding = rounded(X, 1, mode)
    assert [come(rounding, {"x": Fraction(given)}) for given in ("2.35", "2.45", "-2.35", "-2.45")] == [
        Fraction(came) for came in (first, second, third, fourth)
    ]


@pytest.mark.parametrize(
    ("mode", "third", "two_thirds"),
    [
        ("half_up", "0.3", "0.7"),
        ("half_even", "0.3", "0.7"),
        ("down", "0.3", "0.6"),
        ("up", "0.4", "0.7"),
        ("floor", "0.3", "0.6"),
        ("ceiling", "0.4", "0.7"),
    ],
)
def test_a_quotient_is_rounded_as_its_mode_says_above_zero(mode: Mode, third: str, two_thirds: str) -> None:
    divided = quotient(X, Y, 1, mode)
    assert come(divided, {"x": Fraction(1), "y": Fraction(3)}) == Fraction(third)
    assert come(divided, {"x": Fraction(2), "y": Fraction(3)}) == Fraction(two_thirds)


@pytest.mark.parametrize("mode", [mode for mode, *_ in MODES])
def test_nothing_is_lost_of_what_needs_no_rounding(mode: Mode) -> None:
    assert come(quotient(X, Y, 1, mode), {"x": Fraction(-3), "y": Fraction(2)}) == Fraction("-1.5")
    assert come(rounded(X, 1, mode), {"x": Fraction("-7.1")}) == Fraction("-7.1")


@pytest.mark.parametrize(
    ("mode", "came"),
    [
        ("half_up", "-0.8"),
        ("half_even", "-0.8"),
        ("down", "-0.7"),
        ("up", "-0.8"),
        ("floor", "-0.8"),
        ("ceiling", "-0.7"),
    ],
)
def test_what_divides_may_be_below_zero(mode: Mode, came: str) -> None:
    assert come(quotient(X, scale(Y, -1), 1, mode), {"x": Fraction("1.5"), "y": Fraction(2)}) == Fraction(
        came
    )


TERMS = tuple(tally_count(name, None) for name in "abcd")
HERE = tuple(flag(f"{name}_here") for name in "abcd")
COUNTS = dict(zip("abcd", map(Fraction, (4, 1, 7, 4)), strict=True))


@pytest.mark.parametrize(
    ("how", "lowest", "highest", "all_here", "without_c", "only_b", "none"),
    [
        ("sum", 0, 0, 16, 9, 1, 0),
        ("min", 0, 0, 1, 1, 1, 0),
        ("max", 0, 0, 7, 4, 1, 0),
        ("sum", 1, 0, 15, 8, 1, 0),
        ("sum", 0, 1, 9, 5, 1, 0),
        ("sum", 1, 1, 8, 4, 1, 0),
        ("sum", 1, 2, 4, 4, 1, 0),
        ("sum", 2, 1, 4, 4, 1, 0),
        ("min", 1, 1, 4, 4, 1, 0),
        ("max", 0, 1, 4, 4, 1, 0),
        ("max", 0, 3, 1, 1, 1, 0),
        ("min", 3, 0, 7, 4, 1, 0),
    ],
)
def test_what_is_dropped_of_a_rank_depends_on_how_many_are_there(
    how: Literal["sum", "min", "max"],
    lowest: int,
    highest: int,
    all_here: int,
    without_c: int,
    only_b: int,
    none: int,
) -> None:
    formula = ranked(how, TERMS, HERE, lowest, highest)
    for there, came in (("abcd", all_here), ("abd", without_c), ("b", only_b), ("", none)):
        assert come(formula, COUNTS | {f"{name}_here": Fraction(name in there) for name in "abcd"}) == came
    certain = ranked(how, TERMS, [const(1)] * 4, lowest, highest)
    assert come(certain, COUNTS) == all_here


def test_a_rank_puts_any_number_in_order() -> None:
    for size in range(1, 7):
        terms = [tally_count(f"t{index}", None) for index in range(size)]
        middles = [
            comes(ranked("sum", terms, [const(1)] * size, place, size - 1 - place)) for place in range(size)
        ]
        for zeros in product(
            (0, 1), repeat=size
        ):  # what puts zeros and ones in order, puts everything in order
            known = {term.name: Fraction(one) for term, one in zip(terms, zeros, strict=True)}
            assert [middle(known) for middle in middles] == sorted(zeros)


def test_a_constant_that_comes_out_is_a_constant() -> None:
    assert lowered(Round(10, Fraction(0), Fraction(1), const(Fraction(1, 4)), 1, "half_up"), Put()) == const(
        Fraction(3, 10)
    )
    assert isinstance(lowered(const(3), Put()), Const)


def test_a_factor_before_a_rounding_leaves_the_bounds_as_close_as_they_were() -> None:
    made = lowered(scale(rounded(X, 1, "half_even"), -3), Put())
    assert (made.lo, made.hi) == (Fraction(-27), Fraction(27))


def test_what_has_plain_operations_stays_as_it_is() -> None:
    formula = add(X, scale(measured("m", 3, None), -2))
    assert lowered(formula, Put()) == formula


@given(formulas(), values())
def test_a_lowered_formula_has_the_same_value_within_its_bounds(
    formula: Formula, known: dict[str, Fraction]
) -> None:
    assert come(formula, known) == value(formula, known)
