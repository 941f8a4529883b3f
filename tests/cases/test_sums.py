"""Sums and quotients -> bounds in which what stands on both sides cancels out."""

from fractions import Fraction

import pytest

from govrubric.cases import sums
from govrubric.cases.sums import Sums
from govrubric.formula.build import (
    add,
    const,
    flag,
    greatest,
    if_,
    least,
    line,
    minus,
    quotient,
    ratio,
    scale,
    tally_count,
)
from govrubric.formula.nodes import Formula

MOST = Fraction(1_000_000_000)
ZERO = Fraction(0)
DONE, TARGET, MORE, F = (
    tally_count("done", None),
    tally_count("target", None),
    tally_count("more", None),
    flag("f"),
)
SOME = least(DONE, TARGET)


@pytest.mark.parametrize(
    ("formula", "lo", "hi"),
    [
        (minus(SOME, TARGET), -MOST, 0),  # no more than the target
        (minus(TARGET, SOME), 0, MOST),
        (minus(greatest(DONE, TARGET), DONE), 0, MOST),
        # Never above 0, which is not recognised: each of the two cases left is below a different number.
        (minus(least(DONE, const(2)), least(DONE, const(3))), -1, 2),
        (add(scale(SOME, 2), scale(TARGET, -2), const(5)), 5 - 2 * MOST, 5),
        (minus(if_(F, DONE, SOME), DONE), -MOST, 0),
        (minus(SOME, MORE), -MOST, MOST),  # nothing in common
        (DONE, 0, MOST),
        (quotient(SOME, greatest(TARGET, const(1)), 2, "half_up"), 0, 1),
        (quotient(scale(SOME, 6), greatest(TARGET, const(1)), 2, "half_up"), 0, 6),
        (quotient(greatest(DONE, const(1)), greatest(DONE, const(1)), 2, "half_up"), 1, 1),
        (quotient(scale(SOME, Fraction(1, 3)), greatest(TARGET, const(1)), 1, "up"), 0, Fraction("0.4")),
        (quotient(DONE, greatest(TARGET, const(1)), 2, "half_up"), 0, MOST),
        (ratio(SOME, greatest(TARGET, const(1))), 0, 1),
        (ratio(scale(SOME, Fraction(1, 3)), greatest(TARGET, const(1))), 0, Fraction(1, 3)),
        (ratio(greatest(DONE, const(1)), greatest(DONE, const(1))), 1, 1),
        (ratio(DONE, greatest(TARGET, const(1))), 0, MOST),
    ],
)
def test_what_stands_on_both_sides_cancels_out(formula: Formula, lo: Fraction, hi: Fraction) -> None:
    assert Sums({}).bounds(formula) == (lo, hi)


def test_a_line_is_opened() -> None:
    some = line("some", SOME)
    assert Sums({"some": SOME}).bounds(minus(some, TARGET)) == (-MOST, ZERO)
    assert Sums({}).bounds(minus(some, TARGET)) == (-MOST, MOST)


def test_two_formulas_are_so_far_apart() -> None:
    assert Sums({}).difference(SOME, DONE) == (-MOST, ZERO)
    assert Sums({}).difference(SOME, MORE) == (-MOST, MOST)


def test_after_all_steps_nothing_more_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sums, "ALL_STEPS", 0)
    assert Sums({}).bounds(minus(SOME, TARGET)) == (-MOST, MOST)


def test_a_quotient_by_what_is_below_zero_keeps_its_own_bounds() -> None:
    below = minus(const(-1), TARGET)
    formula = quotient(least(DONE, TARGET), below, 0, "floor")
    assert Sums({}).bounds(formula) == (formula.lo, formula.hi)


def test_of_a_quotient_only_so_many_terms_are_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sums, "STEPS", 1)
    formula = quotient(SOME, greatest(TARGET, const(1)), 2, "half_up")
    assert Sums({}).bounds(formula) == (ZERO, MOST)
