"""rebuilt: each operation over other parts."""

from fractions import Fraction

import pytest
from hypothesis import given

from formulas import formulas, values
from govrubric.formula.build import (
    absolute,
    add,
    all_of,
    any_of,
    compare,
    const,
    flag,
    greatest,
    if_,
    least,
    number,
    quotient,
    ranked,
    ratio_of,
    rounded,
    scale,
    tally_count,
    times,
)
from govrubric.formula.nodes import Formula
from govrubric.formula.rebuild import rebuilt
from govrubric.testing.interpreter import value

A, B = tally_count("a", None), number("b", Fraction(9), low=-9, places=1)
C, D = tally_count("c", None), number("d", Fraction(4), low=-2, places=2)
F, G, H, I = flag("f"), flag("g"), flag("h"), flag("i")  # noqa: E741 - flags have letters here
ONE = const(1)


@pytest.mark.parametrize(
    ("formula", "parts", "wanted"),
    [
        (add(A, B), (C, D), add(C, D)),
        (scale(B, Fraction(1, 3)), (D,), scale(D, Fraction(1, 3))),
        (times(A, B), (C, D), times(C, D)),
        (absolute(B), (D,), absolute(D)),
        (least(A, B), (C, D), least(C, D)),
        (greatest(A, B), (C, D), greatest(C, D)),
        (compare(("<", "!="), (A, B, A)), (C, D, C), compare(("<", "!="), (C, D, C))),
        (all_of(F, G), (H, I), all_of(H, I)),
        (any_of(F, G), (H, I), any_of(H, I)),
        (if_(F, A, B), (G, C, D), if_(G, C, D)),
        (rounded(B, 0, "half_even"), (D,), rounded(D, 0, "half_even")),
        (quotient(B, add(A, ONE), 2, "up"), (D, add(C, ONE)), quotient(D, add(C, ONE), 2, "up")),
        (ratio_of(A, add(A, ONE), None), (C, add(C, ONE)), ratio_of(C, add(C, ONE), None)),
        (ratio_of(A, add(F, ONE), 2), (C, add(G, ONE)), ratio_of(C, add(G, ONE), 2)),
        (ranked("max", (A, B), (ONE, F), 1, 0), (C, D, ONE, G), ranked("max", (C, D), (ONE, G), 1, 0)),
    ],
)
def test_an_operation_is_the_same_over_other_parts(
    formula: Formula, parts: tuple[Formula, ...], wanted: Formula
) -> None:
    assert rebuilt(formula, parts) == wanted
    assert wanted != formula


@pytest.mark.parametrize("formula", [const(Fraction(3, 2)), A, F])
def test_what_has_no_parts_is_itself(formula: Formula) -> None:
    assert rebuilt(formula, ()) is formula


def test_bounds_are_worked_out_anew_and_may_leave_the_operation_out() -> None:
    assert rebuilt(least(A, const(5)), (const(3), const(5))) == const(3)
    assert rebuilt(rounded(B, 0, "down"), (A,)) == A


@given(formulas(), values())
def test_over_its_own_parts_an_operation_comes_to_what_it_came_to(
    formula: Formula, known: dict[str, Fraction]
) -> None:
    assert value(rebuilt(formula, formula.parts()), known) == value(formula, known)
