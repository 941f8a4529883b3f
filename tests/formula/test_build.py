"""Building formulas: the denominator and bounds of each, and the operations that the bounds decide.

A formula under test is built within its test; so a table of tests holds functions that build it.
"""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Literal

import pytest

from govrubric.formula.build import (
    absolute,
    add,
    all_of,
    any_of,
    choice,
    compare,
    const,
    extreme_of,
    flag,
    greatest,
    if_,
    is_too_large,
    is_zero,
    known,
    ladder,
    least,
    line,
    measured,
    minus,
    not_,
    number,
    possible,
    quotient,
    ranked,
    ratio,
    rounded,
    rounded_number,
    scale,
    tally_count,
    times,
    within,
)
from govrubric.formula.nodes import (
    Chain,
    Const,
    Each,
    Extreme,
    Formula,
    If,
    Input,
    Logic,
    Name,
    Quotient,
    Ranked,
    Ratio,
    Round,
    Sign,
)
from govrubric.numbers import Mode
from making import value

N = tally_count("n", "件")
F = flag("f")
G = flag("g")
X = number("x", Fraction(5), places=2)
Y = number("y", Fraction(3), places=1)
DOWN = minus(X, const(1))  # from -1 to 4
BELOW = scale(X, -1)  # from -5 to 0
TENTH = const(Fraction(1, 10))
THIRD = const(Fraction(1, 3))


def shape(formula: Formula) -> tuple[int, str, str]:
    """Denominator and bounds."""
    return formula.den, str(formula.lo), str(formula.hi)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        (lambda: N, Input(1, Fraction(0), Fraction(1_000_000_000), "n", "count", "件", 0, None, ())),
        (
            lambda: tally_count("n", None),
            Input(1, Fraction(0), Fraction(1_000_000_000), "n", "count", None, 0, None, ()),
        ),
        (lambda: F, Input(1, Fraction(0), Fraction(1), "f", "flag", None, 0, None, ())),
        (lambda: X, Input(100, Fraction(0), Fraction(5), "x", "number", None, 2, None, ())),
        (
            lambda: number("z", Fraction(3)),
            Input(1, Fraction(0), Fraction(3), "z", "number", None, 0, None, ()),
        ),
        (
            lambda: number("z", Fraction(3), low=-2, places=1, step=Fraction(1, 2), unit="天"),
            Input(10, Fraction(-2), Fraction(3), "z", "number", "天", 1, Fraction(1, 2), ()),
        ),
        (
            lambda: measured("m", 3, "%"),
            Input(1000, Fraction(-1_000_000_000), Fraction(1_000_000_000), "m", "number", "%", 3, None, ()),
        ),
        (
            lambda: choice("c", ("优", "良", "差")),
            Input(1, Fraction(0), Fraction(2), "c", "choice", None, 0, None, ("优", "良", "差")),
        ),
        (
            lambda: choice("c", ("A",)),
            Input(1, Fraction(0), Fraction(0), "c", "choice", None, 0, None, ("A",)),
        ),
    ],
)
def test_an_input_has_its_kind_denominator_and_bounds(given: Callable[[], Input], wanted: Input) -> None:
    assert given() == wanted


def test_the_low_end_of_a_number_is_an_exact_number() -> None:
    assert type(number("z", Fraction(3), low=1).lo) is Fraction


def test_a_line_has_the_denominator_and_bounds_of_its_formula() -> None:
    assert line("l", scale(X, Fraction(1, 7))) == Name(700, Fraction(0), Fraction(5, 7), "l")


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        (lambda: const(7), (1, "7", "7")),
        (lambda: const(Fraction(-1, 4)), (4, "-1/4", "-1/4")),
        (lambda: add(X, Y), (100, "0", "8")),
        (lambda: add(X, THIRD), (300, "1/3", "16/3")),
        (lambda: add(X, Y, N), (100, "0", "1000000008")),
        (lambda: minus(X, Y), (100, "-3", "5")),
        (lambda: minus(const(1), X), (100, "-4", "1")),
        (lambda: scale(X, -1), (100, "-5", "0")),
        (lambda: scale(N, Fraction(1, 10)), (10, "0", "100000000")),
        (lambda: scale(X, 2), (50, "0", "10")),
        (lambda: scale(X, Fraction(-4, 3)), (75, "-20/3", "0")),
        (lambda: scale(X, 100), (1, "0", "500")),
        (lambda: scale(X, 30), (10, "0", "150")),
        (lambda: scale(scale(X, 3), Fraction(1, 6)), (200, "0", "5/2")),
        (lambda: times(X, Y), (1000, "0", "15")),
        (lambda: times(DOWN, minus(Y, const(2))), (1000, "-8", "4")),  # from -1 to 4 times from -2 to 1
        (lambda: times(DOWN, BELOW), (10000, "-20", "5")),
        (lambda: times(BELOW, BELOW), (10000, "0", "25")),
        (lambda: absolute(DOWN), (100, "0", "4")),
        (lambda: absolute(minus(X, const(3))), (100, "0", "3")),
        (lambda: absolute(minus(X, const(4))), (100, "0", "4")),
        (lambda: absolute(BELOW), (100, "0", "5")),
        (lambda: least(X, Y), (100, "0", "3")),
        (lambda: least(DOWN, Y), (100, "-1", "3")),
        (lambda: least(N, const(Fraction(1, 2))), (2, "0", "1/2")),
        (lambda: greatest(X, Y), (100, "0", "5")),
        (lambda: greatest(DOWN, Y), (100, "0", "4")),
        (lambda: greatest(DOWN, const(Fraction(-1, 3))), (300, "-1/3", "4")),
        (lambda: greatest(BELOW, const(-2)), (100, "-2", "0")),
        (lambda: if_(F, X, const(Fraction(-1, 3))), (300, "-1/3", "5")),
        (lambda: if_(F, const(1), const(2)), (1, "1", "2")),
        (lambda: if_(F, const(2), const(1)), (1, "1", "2")),
        (lambda: rounded(add(X, THIRD), 1, "half_up"), (10, "3/10", "53/10")),
        (lambda: rounded(add(X, THIRD), 0, "up"), (1, "1", "6")),
        (lambda: rounded(add(BELOW, THIRD), 0, "floor"), (1, "-5", "0")),
        (lambda: known(X, Fraction(1), Fraction(9)), (100, "1", "5")),
        (lambda: known(X, Fraction(-1), Fraction(3)), (100, "0", "3")),
        (lambda: compare(("<",), (X, Y)), (1, "0", "1")),
        (lambda: all_of(F, G), (1, "0", "1")),
        (lambda: any_of(F, G), (1, "0", "1")),
    ],
)
def test_denominator_and_bounds_are_known_when_a_formula_is_built(
    formula: Callable[[], Formula], wanted: tuple[int, str, str]
) -> None:
    assert shape(formula()) == wanted


@pytest.mark.parametrize(
    ("formula", "same"),
    [
        (add, const(0)),
        (lambda: add(const(0), const(0)), const(0)),
        (lambda: add(N), N),
        (lambda: add(const(0), X, const(0)), X),
        (lambda: add(TENTH, THIRD, const(-1)), const(Fraction(-17, 30))),
        (lambda: add(add(X, Y), N), add(X, Y, N)),
        (lambda: add(N, add(X, add(Y, TENTH))), add(N, X, Y, TENTH)),
        (lambda: minus(add(X, Y), N), add(X, Y, scale(N, -1))),
        (lambda: minus(X, const(0)), X),
        (lambda: minus(const(3), const(5)), const(-2)),
        (lambda: scale(X, 1), X),
        (lambda: scale(X, 0), const(0)),
        (lambda: scale(scale(X, 3), 0), const(0)),
        (lambda: scale(THIRD, 6), const(2)),
        (lambda: scale(scale(X, 3), Fraction(1, 6)), scale(X, Fraction(1, 2))),
        (lambda: scale(scale(X, 3), Fraction(1, 3)), X),
        (lambda: scale(BELOW, -1), X),
        (lambda: times(const(2), X), scale(X, 2)),
        (lambda: times(X, const(2)), scale(X, 2)),
        (lambda: times(const(2), const(-3)), const(-6)),
        (lambda: times(X, const(0)), const(0)),
        (lambda: absolute(X), X),
        (lambda: absolute(BELOW), X),
        (lambda: absolute(const(-3)), const(3)),
        (
            lambda: absolute(known(DOWN, Fraction(-1), Fraction(0))),
            scale(known(DOWN, Fraction(-1), Fraction(0)), -1),
        ),
        (lambda: least(N, const(-1)), const(-1)),
        (lambda: least(const(-1), N), const(-1)),
        (lambda: least(X, const(5)), X),
        (lambda: least(const(5), X), X),
        (lambda: least(N, const(0)), const(0)),
        (lambda: greatest(N, const(0)), N),
        (lambda: greatest(const(0), N), N),
        (lambda: greatest(X, const(6)), const(6)),
        (lambda: greatest(const(6), X), const(6)),
        (lambda: greatest(X, const(5)), const(5)),
        (lambda: if_(const(1), X, Y), X),
        (lambda: if_(const(0), X, Y), Y),
        (lambda: if_(const(-1), X, Y), Y),
        (lambda: if_(BELOW, X, Y), Y),  # never above zero
        (lambda: if_(add(X, TENTH), X, Y), X),  # always above zero
        (lambda: if_(F, X, X), X),
        (lambda: rounded(X, 2, "half_up"), X),
        (lambda: rounded(Y, 2, "half_up"), Y),
        (lambda: rounded(const(3), 0, "up"), const(3)),
        (lambda: rounded(THIRD, 1, "half_up"), const(Fraction(3, 10))),
        (lambda: rounded(const(Fraction(-1, 3)), 0, "floor"), const(-1)),
        (lambda: within(X, None, None), X),
        (lambda: within(X, Fraction(0), Fraction(5)), X),
        (lambda: within(X, Fraction(1), None), greatest(X, const(1))),
        (lambda: within(X, None, Fraction(1)), least(X, const(1))),
        (lambda: within(X, Fraction(1), Fraction(2)), greatest(least(X, const(2)), const(1))),
        (lambda: within(X, Fraction(-3), Fraction(-2)), const(-2)),
    ],
)
def test_what_the_bounds_decide_is_simplified(formula: Callable[[], Formula], same: Formula) -> None:
    assert formula() == same


@pytest.mark.parametrize(("lo", "hi"), [("0", "4"), ("-1", "3"), ("0", "3")])
def test_a_sum_of_which_more_is_known_stays_a_term(lo: str, hi: str) -> None:
    held = known(DOWN, Fraction(lo), Fraction(hi))
    total = add(held, Y)
    assert total.parts() == (held, Y)
    assert (total.lo, total.hi) == (Fraction(lo), Fraction(hi) + 3)


@pytest.mark.parametrize(
    ("formula", "kind"),
    [
        (lambda: least(X, const(Fraction(499, 100))), Extreme),
        (lambda: least(N, const(Fraction(1, 100))), Extreme),
        (lambda: greatest(X, const(Fraction(1, 100))), Extreme),
        (lambda: greatest(X, const(Fraction(499, 100))), Extreme),
        (lambda: rounded(X, 1, "down"), Round),
        (lambda: if_(F, X, Y), If),
        (lambda: if_(DOWN, X, Y), If),
        (lambda: if_(X, X, Y), If),
        (lambda: not_(F), Chain),
        (lambda: any_of(F, G), Logic),
    ],
)
def test_what_the_bounds_leave_open_is_kept(formula: Callable[[], Formula], kind: type[Formula]) -> None:
    assert type(formula()) is kind


@pytest.mark.parametrize(
    ("formula", "zero"),
    [(const(0), True), (const(1), False), (const(-1), False), (N, False), (BELOW, False), (X, False)],
)
def test_zero_is_what_is_always_zero(formula: Formula, zero: bool) -> None:
    assert is_zero(formula) is zero


@pytest.mark.parametrize(
    ("formula", "large"),
    [
        (lambda: const(2**4096 - 1), False),
        (lambda: const(2**4096), True),
        (lambda: const(-(2**4096)), True),
        (lambda: const(Fraction(1, 2**4095)), False),
        (lambda: const(Fraction(1, 2**4096)), True),
        (lambda: Const(1, Fraction(0), Fraction(2**4096)), True),
        (lambda: Const(1, Fraction(-(2**4096)), Fraction(0)), True),
        (lambda: N, False),
    ],
)
def test_a_formula_is_too_large_when_its_numbers_have_more_than_4096_bits(
    formula: Callable[[], Formula], large: bool
) -> None:
    assert is_too_large(formula()) is large


TWO = const(2)
HELD = const(1)
NEVER = const(0)


@pytest.mark.parametrize(
    ("sign", "a", "b", "decided"),
    [
        ("<", X, const(Fraction(501, 100)), HELD),
        ("<", X, const(5), None),
        ("<", X, const(Fraction(1, 100)), None),
        ("<", X, const(0), NEVER),
        ("<", const(-1), X, HELD),
        ("<", const(0), X, None),
        ("<", const(5), X, NEVER),
        ("<=", X, const(5), HELD),
        ("<=", X, const(Fraction(499, 100)), None),
        ("<=", X, const(0), None),
        ("<=", X, const(Fraction(-1, 100)), NEVER),
        ("<=", const(0), X, HELD),
        ("<=", const(5), X, None),
        ("<=", const(6), X, NEVER),
        (">", X, const(-1), HELD),
        (">", X, const(0), None),
        (">", X, const(Fraction(499, 100)), None),
        (">", X, const(5), NEVER),
        (">", const(6), X, HELD),
        (">", const(5), X, None),
        (">", const(0), X, NEVER),
        (">=", X, const(0), HELD),
        (">=", X, const(Fraction(1, 100)), None),
        (">=", X, const(5), None),
        (">=", X, const(Fraction(501, 100)), NEVER),
        (">=", const(5), X, HELD),
        (">=", const(0), X, None),
        (">=", const(-1), X, NEVER),
        ("==", TWO, TWO, HELD),
        ("==", TWO, const(3), NEVER),
        ("==", X, const(6), NEVER),
        ("==", X, const(-1), NEVER),
        ("==", X, const(5), None),
        ("==", X, const(0), None),
        ("==", X, X, None),
        ("!=", TWO, TWO, NEVER),
        ("!=", TWO, const(3), HELD),
        ("!=", X, const(6), HELD),
        ("!=", X, const(-1), HELD),
        ("!=", X, const(5), None),
        ("!=", const(0), X, None),
    ],
    ids=str,
)
def test_a_comparison_is_decided_by_the_bounds_where_they_can(
    sign: Sign, a: Formula, b: Formula, decided: Formula | None
) -> None:
    assert compare((sign,), (a, b)) == (
        Chain(1, Fraction(0), Fraction(1), (sign,), (a, b)) if decided is None else decided
    )


@pytest.mark.parametrize(
    ("signs", "terms", "decided"),
    [
        (("<=", "<="), (const(0), X, const(5)), HELD),
        (("<=", "<="), (const(0), X, const(-1)), NEVER),
        (("<", "<="), (const(9), X, const(4)), NEVER),
        (("<=", "<"), (const(0), X, const(4)), None),
        (("<", "<="), (const(0), X, const(5)), None),
    ],
    ids=str,
)
def test_a_chain_holds_when_every_link_does(
    signs: tuple[Sign, ...], terms: tuple[Formula, ...], decided: Formula | None
) -> None:
    assert compare(signs, terms) == (
        Chain(1, Fraction(0), Fraction(1), signs, terms) if decided is None else decided
    )


def test_there_is_one_sign_between_two_terms() -> None:
    with pytest.raises(ValueError, match="zip"):
        compare(("<", "<"), (X, Y))


@pytest.mark.parametrize(
    ("formula", "same"),
    [
        (all_of, HELD),
        (lambda: all_of(F), F),
        (lambda: all_of(F, HELD), F),
        (lambda: all_of(HELD, HELD), HELD),
        (lambda: all_of(F, NEVER), NEVER),
        (lambda: all_of(HELD, NEVER), NEVER),
        (lambda: all_of(HELD, F, G), Logic(1, Fraction(0), Fraction(1), "and", (F, G))),
        (any_of, NEVER),
        (lambda: any_of(F), F),
        (lambda: any_of(NEVER, F), F),
        (lambda: any_of(NEVER, NEVER), NEVER),
        (lambda: any_of(F, HELD), HELD),
        (lambda: any_of(NEVER, HELD), HELD),
        (lambda: any_of(F, NEVER, G), Logic(1, Fraction(0), Fraction(1), "or", (F, G))),
        (lambda: not_(NEVER), HELD),
        (lambda: not_(HELD), NEVER),
        (lambda: not_(F), Chain(1, Fraction(0), Fraction(1), ("==",), (F, NEVER))),
    ],
)
def test_flags_that_are_decided_are_left_out(formula: Callable[[], Formula], same: Formula) -> None:
    assert formula() == same


@pytest.mark.parametrize("others", [0, 1, 2, 3, 4, 5, 9])
@pytest.mark.parametrize("place", [0, -1])
def test_the_least_and_the_greatest_of_any_number_are_found(others: int, place: int) -> None:
    wanted, low = number("wanted", Fraction(9)), [number(f"x{index}", Fraction(9)) for index in range(others)]
    of = [wanted, *low] if place == 0 else [*low, wanted]
    rest = {f"x{index}": 4 for index in range(others)}
    assert value(extreme_of(greatest, of), wanted=8, **rest) == 8
    assert value(extreme_of(least, of), wanted=2, **rest) == 2


def deep(formula: Formula) -> int:
    return 1 + max(map(deep, formula.parts()), default=0)


def test_the_greatest_of_many_is_not_deep() -> None:
    # 1024 inputs in halves of halves: ten comparisons above each input.
    assert deep(extreme_of(greatest, [number(f"x{index}", Fraction(9)) for index in range(1024)])) == 11


RUNGS = [
    (Fraction(1), const(10)),
    (Fraction(2), const(20)),
    (Fraction(3), const(30)),
    (Fraction(4), const(40)),
]


@pytest.mark.parametrize(
    ("x", "reached"),
    [(0, 5), (99, 5), (100, 10), (199, 10), (200, 20), (299, 20), (300, 30), (399, 30), (400, 40), (500, 40)],
)
def test_a_ladder_gives_the_highest_rung_that_is_reached(x: int, reached: int) -> None:
    assert value(ladder(X, RUNGS, const(5)), x=x) == reached


def test_a_ladder_has_the_bounds_of_its_rungs() -> None:
    assert shape(ladder(X, RUNGS, const(5))) == (1, "5", "40")


@pytest.mark.parametrize(
    ("rungs", "same"),
    [
        ([], Y),
        ([(Fraction(0), TWO)], TWO),
        ([(Fraction(6), TWO)], Y),
        ([(Fraction(-2), TENTH), (Fraction(-1), TWO)], TWO),
    ],
    ids=["none", "always", "never", "both always"],
)
def test_a_rung_that_the_bounds_decide_is_no_choice(
    rungs: list[tuple[Fraction, Formula]], same: Formula
) -> None:
    assert ladder(X, rungs, Y) == same


def test_a_long_ladder_is_not_deep() -> None:
    rungs = [(Fraction(index), const(index)) for index in range(1, 1024)]
    assert deep(ladder(N, rungs, NEVER)) <= 12


@pytest.mark.parametrize(
    ("mode", "lo", "hi"),
    [
        ("half_up", "-2", "2"),
        ("half_even", "-2", "2"),
        ("down", "-1", "1"),
        ("up", "-2", "2"),
        ("floor", "-2", "1"),
        ("ceiling", "-1", "2"),
    ],
)
def test_bounds_are_rounded_as_the_value_is(mode: Mode, lo: str, hi: str) -> None:
    formula = add(number("x", Fraction(3), places=1), const(Fraction(-3, 2)))
    assert shape(rounded(formula, 0, mode)) == (1, lo, hi)


@pytest.mark.parametrize(
    ("digits", "places", "mode", "result"),
    [
        ("1/3", 2, "half_up", "0.33"),
        ("2/3", 2, "half_up", "0.67"),
        ("0.125", 2, "half_up", "0.13"),
        ("0.125", 2, "half_even", "0.12"),
        ("-0.125", 2, "half_up", "-0.13"),
        ("-0.125", 2, "down", "-0.12"),
        ("5/2", 0, "floor", "2"),
        ("5/2", 0, "ceiling", "3"),
        ("7", 3, "up", "7"),
    ],
)
def test_a_number_is_rounded_to_places(digits: str, places: int, mode: Mode, result: str) -> None:
    assert rounded_number(Fraction(digits), places, mode) == Fraction(result)


@pytest.mark.parametrize(
    ("over", "under", "places", "mode", "wanted"),
    [
        (X, add(Y, const(1)), 1, "half_up", (10, "0", "5")),  # 5 ÷ 1 at most
        (DOWN, add(Y, const(1)), 1, "half_up", (10, "-1", "4")),
        (add(X, const(1)), add(Y, const(1)), 2, "half_up", (100, "1/4", "6")),
        (X, minus(Y, const(4)), 1, "half_up", (10, "-5", "0")),  # by -4 to -1
        (DOWN, minus(Y, const(4)), 2, "down", (100, "-4", "1")),
        (add(X, const(1)), add(Y, const(6)), 1, "half_up", (10, "1/10", "1")),  # 1 ÷ 9 rounds to 0.1
        (add(X, const(1)), add(Y, const(6)), 1, "up", (10, "1/5", "1")),
        (X, add(Y, const(1)), 0, "half_up", (1, "0", "5")),
    ],
)
def test_a_quotient_has_the_bounds_of_its_ends(
    over: Formula, under: Formula, places: int, mode: Mode, wanted: tuple[int, str, str]
) -> None:
    formula = quotient(over, under, places, mode)
    assert type(formula) is Quotient
    assert shape(formula) == wanted


@pytest.mark.parametrize(
    ("formula", "same"),
    [
        (lambda: quotient(X, const(4), 1, "half_up"), rounded(scale(X, Fraction(1, 4)), 1, "half_up")),
        (lambda: quotient(X, const(-4), 1, "down"), rounded(scale(X, Fraction(-1, 4)), 1, "down")),
        (lambda: quotient(const(2), const(3), 2, "half_up"), const(Fraction(67, 100))),
        (lambda: quotient(X, const(1), 2, "half_up"), X),
    ],
)
def test_a_quotient_by_a_constant_is_a_product(formula: Callable[[], Formula], same: Formula) -> None:
    assert formula() == same


@pytest.mark.parametrize("under", [N, X, DOWN, BELOW, const(0)], ids=repr)
def test_nothing_is_divided_by_what_may_be_zero(under: Formula) -> None:
    with pytest.raises(AssertionError, match="bounds first"):
        quotient(X, under, 1, "half_up")


Z = minus(Y, const(1))  # from -1 to 2
SURE = (HELD, HELD, HELD)
PERHAPS = (HELD, F, HELD)


@pytest.mark.parametrize(
    ("how", "here", "lowest", "highest", "wanted"),
    [
        ("sum", SURE, 0, 0, (100, "-1", "10")),
        ("sum", SURE, 1, 0, (100, "0", "8")),
        ("sum", SURE, 0, 1, (100, "-1", "5")),
        ("sum", SURE, 1, 1, (100, "0", "3")),
        ("sum", SURE, 2, 0, (100, "0", "5")),
        ("min", SURE, 0, 0, (100, "-1", "2")),
        ("min", SURE, 1, 0, (100, "0", "3")),
        ("min", SURE, 2, 0, (100, "0", "5")),
        ("max", SURE, 0, 0, (100, "0", "5")),
        ("max", SURE, 0, 1, (100, "0", "3")),
        ("max", SURE, 0, 2, (100, "-1", "2")),
        ("sum", PERHAPS, 0, 0, (100, "-1", "10")),
        ("sum", PERHAPS, 1, 0, (100, "-1", "10")),
        ("min", PERHAPS, 0, 0, (100, "-1", "5")),
        ("max", PERHAPS, 0, 0, (100, "-1", "5")),
    ],
)
def test_what_is_ranked_has_bounds_by_what_can_be_left_out(
    how: Literal["sum", "min", "max"],
    here: Sequence[Formula],
    lowest: int,
    highest: int,
    wanted: tuple[int, str, str],
) -> None:
    formula = ranked(how, (X, Y, Z), here, lowest, highest)
    assert type(formula) is Ranked
    assert shape(formula) == wanted


@pytest.mark.parametrize(
    ("how", "term", "wanted"),
    [
        ("sum", add(X, const(1)), (100, "0", "6")),
        ("min", add(X, const(1)), (100, "0", "6")),
        ("max", add(X, const(1)), (100, "0", "6")),
        ("sum", minus(X, const(9)), (100, "-9", "0")),
        ("min", minus(X, const(9)), (100, "-9", "0")),
        ("max", minus(X, const(9)), (100, "-9", "0")),
    ],
)
def test_of_nothing_at_all_the_rank_is_zero_and_the_bounds_know_it(
    how: Literal["sum", "min", "max"], term: Formula, wanted: tuple[int, str, str]
) -> None:
    assert shape(ranked(how, (term,), (F,), 0, 0)) == wanted


def test_ranked_terms_are_kept_as_given() -> None:
    formula = ranked("sum", [X, Y], [HELD, F], 1, 2)
    assert formula == Ranked(100, Fraction(0), Fraction(8), "sum", (X, Y), (HELD, F), 1, 2)


def test_a_quotient_is_exact() -> None:
    """Language 3: “Nothing rounds but `round`: …”"""
    points, cases = number("x", Fraction(10), low=-10, places=1), number("m", Fraction(1000), low=2)
    made = ratio(points, cases)
    assert (made.den, made.is_whole, str(made.lo), str(made.hi)) == (10, False, "-5", "5")
    assert [str(value(made, x=x, m=m)) for x, m in ((25, 3), (-10, 700), (0, 2))] == ["5/6", "-1/700", "0"]
    few = ratio(points, least(cases, const(4)))
    assert (few.den, few.is_whole, str(few.lo), str(few.hi)) == (120, True, "-5", "5")
    assert [str(value(few, x=x, m=m)) for x, m in ((25, 3), (-10, 700), (0, 2))] == ["5/6", "-1/4", "0"]


def test_a_quotient_by_what_is_below_zero_has_its_sign_above() -> None:
    made = ratio(N, number("m", Fraction(-1), low=-9))
    assert isinstance(made, Ratio)
    assert (str(made.under.lo), str(made.hi)) == ("1", "0")
    assert str(value(made, n=2, m=-6)) == "-1/3"


def test_a_quotient_of_constants_is_no_operation() -> None:
    assert ratio(N, const(4)) == scale(N, Fraction(1, 4))
    assert ratio(N, const(-4)) == scale(N, Fraction(-1, 4))
    assert ratio(const(0), number("m", Fraction(9), low=1)) == const(0)


def test_a_quotient_is_scaled_and_rounded_in_one_operation() -> None:
    under = number("m", Fraction(9000), low=1)
    assert scale(ratio(N, under), Fraction(2, 3)) == ratio(scale(N, Fraction(2, 3)), under)
    assert rounded(ratio(N, under), 2, "down") == quotient(N, under, 2, "down")
    held = known(ratio(N, under), Fraction(0), Fraction(1))
    assert (str(scale(held, -3).lo), str(rounded(held, 2, "half_up").hi)) == ("-3", "1")


def test_what_has_no_denominator_of_its_own_is_rounded_to_any_places() -> None:
    made = rounded(add(ratio(N, number("m", Fraction(9000), low=1)), const(1)), 6, "half_up")
    assert isinstance(made, Round)
    assert str(value(made, n=2, m=3)) == "1666667/1000000"


EACH = Each("cases", Fraction(2), Fraction(5))
CASES = tally_count("cases", None)


@pytest.mark.parametrize(
    ("known", "cases", "points", "wanted"),
    [
        (number("p", Fraction(9)), 0, 1, 1),
        (number("p", Fraction(9), gap=Fraction(2)), 0, 0, 1),
        (number("p", Fraction(9), gap=Fraction(2)), 0, 1, 0),
        (number("p", Fraction(9), gap=Fraction(2)), 0, 2, 1),
        (number("p", Fraction(99), each=EACH), 2, 3, 0),
        (number("p", Fraction(99), each=EACH), 2, 4, 1),
        (number("p", Fraction(99), each=EACH), 2, 10, 1),
        (number("p", Fraction(99), each=EACH), 2, 11, 0),
        (number("p", Fraction(99), gap=Fraction(5), each=EACH), 2, 4, 0),
        (number("p", Fraction(99), gap=Fraction(5), each=EACH), 1, 5, 1),
        (number("p", Fraction(99), gap=Fraction(5), each=EACH), 0, 0, 1),
        (number("p", Fraction(99), gap=Fraction(5), each=EACH), 0, 5, 0),
    ],
)
def test_what_a_tally_may_give_goes_with_its_gap_and_its_count(
    known: Input, cases: int, points: int, wanted: int
) -> None:
    flag_ = possible(known, {"cases": CASES, "p": known})
    assert value(flag_, cases=cases, p=points) == wanted
