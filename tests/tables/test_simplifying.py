"""simpler: fewer operations and smaller numbers, of the same value within the same bounds."""

from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given

from formulas import INPUTS, formulas, values
from govrubric.formula.build import (
    add,
    const,
    flag,
    greatest,
    if_,
    least,
    line,
    minus,
    number,
    rounded,
    scale,
    tally_count,
)
from govrubric.formula.nodes import Extreme, Formula
from govrubric.tables.simplifying import Fits, Sum, simplified
from govrubric.testing.interpreter import value

N, M, K = (tally_count(name, "case") for name in "nmk")
X = number("x", Fraction(5), low=-5, places=1)
TENTH = Fraction(1, 10)


def fits(_: Formula) -> bool:
    return True


def narrow(formula: Formula) -> bool:
    return max(abs(formula.lo), abs(formula.hi)) * formula.den < 2**31


def never(_: Formula) -> bool:
    return False


def operations(formula: Formula) -> Iterator[Formula]:
    yield formula
    for part in formula.parts():
        yield from operations(part)


def simple(formula: Formula, how: Fits = fits) -> Formula:
    return simplified(formula, {}, how)


def test_a_sum_is_a_constant_and_terms_times_whole_numbers() -> None:
    made = Sum.of(
        add(const(3), scale(add(N, const(2)), TENTH), scale(M, -TENTH), scale(N, Fraction(1, 5)), scale(K, 0))
    )
    assert made.constant == Fraction("3.2")
    assert dict(made.terms) == {N: Fraction(3, 10), M: -TENTH}
    assert (made.lo, made.hi) == (Fraction("3.2") - 10**8, Fraction("3.2") + 3 * 10**8)


def test_what_cancels_is_gone() -> None:
    assert dict(Sum.of(minus(add(N, M), N)).terms) == {M: Fraction(1)}
    assert Sum.of(minus(N, N)).formula() == const(0)


def test_terms_with_one_factor_are_added_before_they_are_multiplied() -> None:
    assert simple(add(scale(N, TENTH), scale(M, TENTH), scale(K, Fraction(1, 2)))) == add(
        scale(add(N, M), TENTH), scale(K, Fraction(1, 2))
    )


def test_what_is_only_taken_away_is_taken_away_together() -> None:
    assert simple(add(const(5), scale(N, -TENTH), scale(M, -TENTH))) == add(
        const(5), scale(add(N, M), -TENTH)
    )


def test_a_floor_moves_inwards() -> None:
    # 5 - n/10, at least 0, is 5 less the tenth of n or of 50, whichever is less.
    made = simple(greatest(minus(const(5), scale(N, TENTH)), const(0)))
    assert made == minus(const(5), scale(least(N, const(50)), TENTH))


def test_a_cap_moves_inwards() -> None:
    assert simple(least(scale(N, 2), const(8))) == scale(least(N, const(4)), 2)
    assert simple(least(const(8), scale(N, 2))) == scale(least(N, const(4)), 2)


def test_a_bound_that_is_not_whole_inside_stays_outside() -> None:
    # 5 - 0.3 n comes to 0 between two cases.
    made = simple(greatest(minus(const(5), scale(N, Fraction(3, 10))), const(0)))
    assert made == greatest(minus(const(5), scale(N, Fraction(3, 10))), const(0))


def test_a_bound_inside_that_the_one_outside_makes_idle_is_gone() -> None:
    inner = greatest(minus(const(5), N), const(0))
    made = simple(greatest(minus(inner, M), const(0)))
    assert made == minus(const(5), least(add(M, N), const(5)))
    # Awards may lift what was held at the floor, so that one stays.
    made = simple(greatest(minus(add(inner, K), M), const(0)))
    assert value(made, {"n": Fraction(9), "m": Fraction(1), "k": Fraction(3)}) == 2


def test_a_lesser_one_under_a_minus_is_idle_as_well() -> None:
    made = simple(greatest(minus(const(5), add(least(N, const(9)), M)), const(0)))
    assert made == minus(const(5), least(add(M, N), const(5)))


def test_a_count_beyond_what_changes_anything_is_clipped_where_it_does_not_fit() -> None:
    # 50 of n or 17 of m take all of the 5 by themselves: 50 x 0.1 = 5, and 17 x 0.3 = 5.1.
    total = minus(const(5), add(scale(N, TENTH), scale(M, Fraction(3, 10))))
    made = simple(greatest(total, const(0)), narrow)
    clipped = {str(one.b.lo) for one in operations(made) if isinstance(one, Extreme) and one.a in (N, M)}
    assert clipped == {"50", "17"}
    for n, m, came in (
        (0, 0, "5"),
        (20, 9, "0.3"),
        (20, 10, "0"),
        (10**9, 0, "0"),
        (0, 16, "0.2"),
        (10**9, 10**9, "0"),
    ):
        assert value(made, {"n": Fraction(n), "m": Fraction(m)}) == Fraction(came)
    assert max(abs(one.hi) for one in operations(made) if one not in (N, M)) == 101  # 50 and 3 x 17 tenths


def test_what_fits_is_not_clipped() -> None:
    assert N in list(operations(simple(greatest(minus(const(5), add(N, M)), const(0)))))
    assert (
        len(
            [
                one
                for one in operations(simple(greatest(minus(const(5), add(N, M)), const(0))))
                if type(one).__name__ == "Extreme"
            ]
        )
        == 1
    )


def test_a_bound_that_always_decides_leaves_a_constant() -> None:
    assert simplified(greatest(line("a", X), const(2)), {"a": const(1)}, fits) == const(2)


def test_a_sum_of_which_nothing_is_left_is_a_constant() -> None:
    # At most 3 + 5, and where x is above 3 nothing: never above 8.
    held = greatest(minus(greatest(X, const(3)), X), const(8))
    assert simple(held) == const(8)


def test_the_greater_of_two_that_are_not_constant_stays() -> None:
    assert simple(greatest(N, M)) == greatest(N, M)


def test_known_names_are_written_out_and_others_stay() -> None:
    known = {"a": scale(N, 2), "b": const(3)}
    assert simplified(add(line("a", scale(N, 2)), line("b", const(3)), line("c", M)), known, fits) == add(
        const(3), scale(N, 2), line("c", M)
    )


def test_a_formula_of_one_name_or_number_is_what_stands_for_it() -> None:
    assert simplified(N, {"n": const(4)}, fits) == const(4)
    assert simple(const(4)) == const(4)


def test_what_more_is_known_of_the_bounds_stays_known() -> None:
    made = simple(if_(flag("f"), rounded(X, 0, "up"), const(2)))
    assert (made.lo, made.hi) == (Fraction(-5), Fraction(5))


@pytest.mark.parametrize("how", [fits, narrow, never])
@given(formulas(), values())
def test_a_simplified_formula_has_the_same_value_within_its_bounds(
    how: Fits, formula: Formula, known: dict[str, Fraction]
) -> None:
    made = simplified(formula, INPUTS, how)
    assert value(made, known) == value(formula, known)
    assert formula.lo <= made.lo <= value(made, known) <= made.hi <= formula.hi
    for one in operations(made):
        assert one.lo <= value(one, known) <= one.hi
