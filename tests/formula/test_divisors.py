"""What a divisor may come to: the sums of the weights that apply, counts held low, and what is too much."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from govrubric.formula.build import (
    add,
    const,
    flag,
    greatest,
    if_,
    least,
    line,
    minus,
    not_,
    number,
    ratio,
    rounded,
    scale,
    tally_count,
    times,
)
from govrubric.formula.divisors import common_multiple
from govrubric.formula.nodes import Formula, Ratio

N = tally_count("n", "件")
M = number("m", Fraction(3), low=1)
F, G = flag("f"), flag("g")
ONE = const(1)


def weights(*leaving: Fraction | int) -> Formula:
    """10 without the weights of the parts that leave, each by a flag of its own."""
    left = [scale(not_(flag(f"f{index}")), weight) for index, weight in enumerate(leaving)]
    return greatest(minus(const(10), add(*left)), ONE)


@pytest.mark.parametrize(
    ("made", "multiple"),
    [
        (lambda: weights(3), 70),  # 10 and 7
        (lambda: weights(3, 4), 210),  # 10, 7, 6 and 3
        (lambda: weights(Fraction(5, 2)), 30),  # 10 and 15/2
        (lambda: weights(10), 10),  # 10, and 1 in place of 0
        (lambda: greatest(add(F, G), ONE), 2),
        (lambda: least(M, const(2)), 2),
        (lambda: times(M, add(ONE, F)), 12),  # 1, 2, 3, 4 and 6
        (lambda: if_(F, M, const(7)), 42),  # 1, 2, 3 and 7
        (lambda: rounded(scale(add(M, F), Fraction(1, 3)), 0, "up"), 2),  # 1 and 2
        (lambda: line("a", M), 6),
        (lambda: add(least(N, const(3)), ONE), 12),  # 1 to 4
    ],
)
def test_few_divisors_have_a_common_multiple(made: Callable[[], Formula], multiple: int) -> None:
    assert common_multiple(made()) == multiple


@pytest.mark.parametrize(
    "made",
    [
        lambda: greatest(N, ONE),  # a billion numbers
        lambda: add(N, ONE),
        lambda: scale(greatest(N, ONE), 2),
        lambda: if_(F, greatest(N, ONE), ONE),
        lambda: if_(F, ONE, greatest(N, ONE)),
        lambda: number("p", Fraction(100), low=1),  # their least common multiple has 41 digits
        lambda: times(number("p", Fraction(100), low=1), number("q", Fraction(100), low=1)),  # 10 000 pairs
        lambda: add(number("p", Fraction(60), low=1, places=1), F),  # 591 numbers
        lambda: add(ratio(ONE, greatest(N, ONE)), ONE),  # not whole
    ],
)
def test_many_divisors_have_none(made: Callable[[], Formula]) -> None:
    assert common_multiple(made()) is None


def test_a_quotient_of_few_divisors_has_a_denominator() -> None:
    made = ratio(N, weights(3))
    assert isinstance(made, Ratio)
    assert (made.den, made.is_whole, made.multiple) == (70, True, 70)
    made = ratio(N, greatest(N, ONE))
    assert (made.den, made.is_whole) == (1, False)
