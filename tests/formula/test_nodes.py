"""Each operation: its printed code, and what the code computes; test_build.py tests how they are built."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from govrubric.formula.build import (  # fmt: skip
    absolute,
    add,
    all_of,
    any_of,
    choice,
    compare,
    const,
    flag,
    greatest,
    if_,
    least,
    line,
    minus,
    not_,
    number,
    quotient,
    ranked,
    rounded,
    scale,
    tally_count,
    times,
)
from govrubric.formula.nodes import Const, Each, Formula, If, Input, Round, Scope, kept, names
from govrubric.numbers import Mode
from making import value

N = tally_count("n", "件")
F = flag("f")
G = flag("g")
X = number("x", Fraction(5), places=2)
Y = number("y", Fraction(3), places=1)
C = choice("c", ("A", "B"))
BELOW = scale(X, -1)
TENTH = const(Fraction(1, 10))
THIRD = const(Fraction(1, 3))
SET = const(1)


def code(formula: Formula, den: int | None = None) -> str:
    return formula.code(den or formula.den, Scope({"n": "i0", "f": "i1", "x": "i2", "y": "i3", "g": "i4"}))


SOME = number("some", Fraction(5), low=-1, places=1, step=Fraction(1, 2))
PART = number("part", Fraction(5), places=1, gap=Fraction(2))


@pytest.mark.parametrize(
    ("known", "value", "takes"),
    [
        (N, Fraction(0), True), (N, Fraction(3), True), (N, Fraction(1, 2), False), (N, Fraction(-1), False),
        (F, Fraction(1), True), (F, Fraction(2), False),
        (SOME, Fraction(-1), True), (SOME, Fraction(5), True), (SOME, Fraction(-11, 10), False),
        (SOME, Fraction(51, 10), False), (SOME, Fraction(3, 2), True), (SOME, Fraction(7, 5), False),
        (X, Fraction(1, 100), True), (X, Fraction(1, 1000), False),
        (PART, Fraction(0), True), (PART, Fraction(2), True), (PART, Fraction(19, 10), False),
        (PART, Fraction(1, 10), False), (PART, Fraction(1), False), (PART, Fraction(5), True),
        (C, "A", True), (C, "D", False), (C, Fraction(0), False), (C, Fraction(1), False), (N, "A", False),
    ],
)  # fmt: skip
def test_an_input_takes_what_a_tally_may_give(known: Input, value: Fraction | str, takes: bool) -> None:
    assert known.takes(value) is takes


@pytest.mark.parametrize(
    ("cases", "value", "holds"),
    [(2, 4, True), (2, 10, True), (2, 3, False), (2, 11, False), (0, 0, True), (0, 1, False)],
)
def test_a_number_of_cases_holds_each_of_them_between_its_ends(cases: int, value: int, holds: bool) -> None:
    assert Each("n", Fraction(2), Fraction(5)).holds(Fraction(cases), Fraction(value)) is holds


@pytest.mark.parametrize(
    "formula",
    [N, F, X, TENTH, add(N, X), if_(F, N, X), rounded(X, 1, "down"), compare(("<",), (X, Y)), all_of(F, G)],
    ids=repr,
)
def test_a_formula_has_no_truth_value(formula: Formula) -> None:
    with pytest.raises(TypeError, match="no truth value"):
        bool(formula)


@pytest.mark.parametrize(
    ("formula", "den", "text"),
    [
        (lambda: const(3), None, "3"),
        (lambda: const(-3), None, "(-3)"),
        (lambda: const(0), 10, "0"),
        (lambda: TENTH, None, "1"),
        (lambda: TENTH, 100, "10"),
        (lambda: const(Fraction(-1, 10)), 100, "(-10)"),
        (lambda: N, None, "i0"),
        (lambda: N, 10, "(i0 * 10)"),
        (lambda: add(N, F), None, "(i0 + i1)"),
        (lambda: add(N, const(-3)), None, "(i0 + (-3))"),
        (lambda: minus(X, Y), None, "(i2 + (i3 * -10))"),
        (lambda: scale(N, Fraction(1, 10)), None, "(i0)"),
        (lambda: scale(N, Fraction(1, 10)), 100, "(i0 * 10)"),
        (lambda: scale(N, -1), None, "(-i0)"),
        (lambda: least(X, Y), None, "(i2 if i2 < (t0 := (i3 * 10)) else t0)"),
        (lambda: least(N, F), None, "(i0 if i0 < i1 else i1)"),
        (lambda: least(N, const(2)), None, "(i0 if i0 < 2 else 2)"),
        (lambda: greatest(scale(N, -1), const(-2)), None, "(t0 if (t0 := (-i0)) > (t1 := (-2)) else t1)"),
        (lambda: if_(F, X, Y), None, "(i2 if i1 > 0 else (i3 * 10))"),
        (lambda: rounded(scale(N, Fraction(1, 3)), 0, "half_up"), None, "(half_up((i0), 3))"),
        (lambda: rounded(scale(N, Fraction(1, 3)), 1, "down"), None, "(down((i0) * 10, 3))"),
        (lambda: rounded(scale(N, Fraction(1, 3)), 1, "down"), 100, "(down((i0) * 10, 3) * 10)"),
    ],
)
def test_a_formula_prints_itself_over_a_denominator(
    formula: Callable[[], Formula], den: int | None, text: str
) -> None:
    assert code(formula(), den) == text


@pytest.mark.parametrize(
    ("formula", "given", "result"),
    [
        (lambda: const(Fraction(-7, 3)), {}, "-7/3"),
        (lambda: N, {"n": 4}, "4"),
        (lambda: X, {"x": 125}, "1.25"),
        (lambda: add(X, Y, THIRD), {"x": 125, "y": 25}, "49/12"),  # 1.25 + 2.5 + 1/3
        (lambda: minus(X, Y), {"x": 125, "y": 25}, "-1.25"),
        (lambda: scale(add(X, Y), -1), {"x": 125, "y": 25}, "-3.75"),
        (lambda: scale(add(X, const(-1)), Fraction(-2, 3)), {"x": 250}, "-1"),
        (lambda: least(X, Y), {"x": 125, "y": 12}, "1.2"),
        (lambda: least(X, Y), {"x": 119, "y": 12}, "1.19"),
        (lambda: least(add(X, Y), scale(X, 2)), {"x": 100, "y": 5}, "1.5"),
        (lambda: greatest(X, Y), {"x": 125, "y": 12}, "1.25"),
        (lambda: greatest(X, Y), {"x": 119, "y": 12}, "1.2"),
        (lambda: greatest(least(scale(N, -1), const(-1)), const(-3)), {"n": 0}, "-1"),
        (lambda: greatest(least(scale(N, -1), const(-1)), const(-3)), {"n": 2}, "-2"),
        (lambda: greatest(least(scale(N, -1), const(-1)), const(-3)), {"n": 9}, "-3"),
        (lambda: if_(F, X, Y), {"f": 1, "x": 125, "y": 25}, "1.25"),
        (lambda: if_(F, X, Y), {"f": 0, "x": 125, "y": 25}, "2.5"),
        (lambda: if_(N, const(1), const(2)), {"n": 7}, "1"),
        (lambda: if_(minus(X, Y), const(1), const(2)), {"x": 125, "y": 25}, "2"),  # the test is below zero
        (lambda: if_(minus(X, Y), const(1), const(2)), {"x": 251, "y": 25}, "1"),
        (lambda: add(if_(F, least(X, Y), const(0)), least(Y, X)), {"f": 1, "x": 100, "y": 5}, "1"),
    ],
)
def test_a_formula_computes(formula: Callable[[], Formula], given: dict[str, int], result: str) -> None:
    assert value(formula(), **given) == Fraction(result)


@pytest.mark.parametrize(
    ("mode", "up", "down"),
    [
        ("half_up", "0.2", "-0.2"),
        ("half_even", "0.2", "-0.2"),
        ("down", "0.1", "-0.1"),
        ("up", "0.2", "-0.2"),
        ("floor", "0.1", "-0.2"),
        ("ceiling", "0.2", "-0.1"),
    ],
)
def test_rounding_computes_at_a_tie_of_either_sign(mode: Mode, up: str, down: str) -> None:
    assert value(rounded(X, 1, mode), x=15) == Fraction(up)
    assert value(rounded(BELOW, 1, mode), x=15) == Fraction(down)


@pytest.mark.parametrize(
    ("formula", "den", "text"),
    [
        (lambda: times(X, Y), None, "(i2 * i3)"),
        (lambda: times(X, Y), 10_000, "(i2 * i3 * 10)"),
        (lambda: absolute(minus(X, const(1))), None, "abs((i2 + (-100)))"),
        (lambda: absolute(minus(X, const(1))), 200, "abs(((i2 * 2) + (-200)))"),
        (lambda: compare(("<", "<="), (const(1), X, Y)), None, "(1 if (100 < i2 <= (i3 * 10)) else 0)"),
        (lambda: compare(("!=",), (X, Y)), 10, "(10 if (i2 != (i3 * 10)) else 0)"),
        (lambda: compare((">=",), (X, THIRD)), None, "(1 if ((i2 * 3) >= 100) else 0)"),
        (lambda: all_of(F, compare((">",), (N, const(2)))), None, "(1 if (i1 > 0 and (i0 > 2)) else 0)"),
        (lambda: any_of(F, G), 3, "(3 if (i1 > 0 or i4 > 0) else 0)"),
        (lambda: all_of(F, any_of(G, F)), None, "(1 if (i1 > 0 and (i4 > 0 or i1 > 0)) else 0)"),
        (lambda: not_(F), None, "(1 if (i1 == 0) else 0)"),
        (lambda: if_(compare((">",), (N, const(2))), X, Y), None, "(i2 if (i0 > 2) else (i3 * 10))"),
        (lambda: if_(F, const(1), const(2)), 10, "(10 if i1 > 0 else 20)"),
        (lambda: quotient(X, add(Y, SET), 1, "half_up"), None, "(half_up((i2) * 100, ((i3 + 10)) * 100))"),
        (
            lambda: quotient(X, add(Y, SET), 1, "half_up"),
            100,
            "(half_up((i2) * 100, ((i3 + 10)) * 100) * 10)",
        ),
        (lambda: quotient(N, add(F, SET), 0, "down"), None, "(down((i0), ((i1 + 1))))"),
        (lambda: quotient(N, minus(F, const(2)), 0, "down"), None, "(down(-(i0), -((i1 + (-2)))))"),
        (lambda: quotient(X, minus(Y, const(4)), 0, "up"), None, "(up((i2) * -10, ((i3 + (-40))) * -100))"),
        (lambda: ranked("sum", (X, Y), (SET, F), 1, 0), None, "sum(kept((i2, (i3 * 10),), (1, i1,), 1, 0))"),
        (lambda: ranked("min", (X,), (F,), 0, 2), 200, "min(kept(((i2 * 2),), (i1,), 0, 2))"),
        (lambda: ranked("max", (Y, X), (F, G), 0, 0), None, "max(kept(((i3 * 10), i2,), (i1, i4,), 0, 0))"),
    ],
)
def test_an_operation_of_a_condition_or_a_group_prints_itself_over_a_denominator(
    formula: Callable[[], Formula], den: int | None, text: str
) -> None:
    assert code(formula(), den) == text


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (lambda: F, "i1 > 0"),
        (lambda: minus(X, Y), "(i2 + (i3 * -10)) > 0"),
        (lambda: compare(("<", "<"), (SET, X, const(3))), "(100 < i2 < 300)"),
        (lambda: any_of(F, G), "(i1 > 0 or i4 > 0)"),
        (lambda: if_(F, G, const(0)), "(i4 if i1 > 0 else 0) > 0"),
    ],
)
def test_a_formula_prints_when_it_is_above_zero(formula: Callable[[], Formula], text: str) -> None:
    assert formula().truth(Scope({"f": "i1", "x": "i2", "y": "i3", "g": "i4"})) == text


@pytest.mark.parametrize(
    ("terms", "text"),
    [
        (7, "(a0 + a1 + a2 + a3 + a4 + a5 + a6)"),
        (8, "((a0 + a1 + a2 + a3) + (a4 + a5 + a6 + a7))"),
        (9, "((a0 + a1 + a2 + a3) + (a4 + a5 + a6 + a7 + a8))"),
    ],
)
def test_a_long_sum_prints_itself_in_halves(terms: int, text: str) -> None:
    inputs = [tally_count(f"n{index}", None) for index in range(terms)]
    assert add(*inputs).code(1, Scope({f"n{index}": f"a{index}" for index in range(terms)})) == text


@pytest.mark.parametrize(
    ("formula", "given", "result"),
    [
        (lambda: times(X, Y), {"x": 125, "y": 25}, "3.125"),
        (lambda: times(minus(X, const(1)), minus(Y, const(2))), {"x": 0, "y": 0}, "2"),
        (lambda: scale(times(X, Y), Fraction(1, 3)), {"x": 200, "y": 15}, "1"),
        (lambda: absolute(minus(X, Y)), {"x": 125, "y": 25}, "1.25"),
        (lambda: absolute(minus(X, Y)), {"x": 375, "y": 25}, "1.25"),
        (lambda: absolute(minus(X, Y)), {"x": 250, "y": 25}, "0"),
        (lambda: compare(("<",), (X, Y)), {"x": 249, "y": 25}, "1"),
        (lambda: compare(("<",), (X, Y)), {"x": 250, "y": 25}, "0"),
        (lambda: compare(("<=",), (X, Y)), {"x": 250, "y": 25}, "1"),
        (lambda: compare(("==",), (X, Y)), {"x": 250, "y": 25}, "1"),
        (lambda: compare(("==",), (X, Y)), {"x": 251, "y": 25}, "0"),
        (lambda: compare(("<", "<="), (SET, X, Y)), {"x": 100, "y": 25}, "0"),
        (lambda: compare(("<", "<="), (SET, X, Y)), {"x": 101, "y": 25}, "1"),
        (lambda: compare(("<", "<="), (SET, X, Y)), {"x": 251, "y": 25}, "0"),
        (lambda: all_of(F, G), {"f": 1, "g": 1}, "1"),
        (lambda: all_of(F, G), {"f": 1, "g": 0}, "0"),
        (lambda: all_of(F, G), {"f": 0, "g": 1}, "0"),
        (lambda: any_of(F, G), {"f": 0, "g": 0}, "0"),
        (lambda: any_of(F, G), {"f": 1, "g": 0}, "1"),
        (lambda: any_of(F, G), {"f": 0, "g": 1}, "1"),
        (lambda: not_(all_of(F, G)), {"f": 1, "g": 1}, "0"),
        (lambda: not_(all_of(F, G)), {"f": 1, "g": 0}, "1"),
        (lambda: add(all_of(F, G), THIRD), {"f": 1, "g": 1}, "4/3"),
        (lambda: quotient(X, add(Y, SET), 1, "half_up"), {"x": 125, "y": 15}, "0.5"),  # 1.25 ÷ 2.5
        (lambda: quotient(X, add(Y, SET), 1, "half_up"), {"x": 500, "y": 10}, "2.5"),
        (lambda: quotient(X, add(Y, SET), 1, "half_up"), {"x": 90, "y": 10}, "0.5"),  # 0.45
        (lambda: quotient(X, add(Y, SET), 1, "down"), {"x": 90, "y": 10}, "0.4"),
        (lambda: quotient(X, minus(Y, const(4)), 1, "half_up"), {"x": 125, "y": 15}, "-0.5"),  # 1.25 ÷ -2.5
        (lambda: quotient(X, minus(Y, const(4)), 1, "down"), {"x": 90, "y": 20}, "-0.4"),  # -0.45
        (lambda: quotient(X, minus(Y, const(4)), 1, "floor"), {"x": 90, "y": 20}, "-0.5"),
        (lambda: quotient(BELOW, minus(Y, const(4)), 1, "half_up"), {"x": 125, "y": 15}, "0.5"),
        (
            lambda: quotient(scale(X, Fraction(1, 3)), add(Y, SET), 2, "half_up"),
            {"x": 200, "y": 10},
            "0.33",
        ),  # 2/3 ÷ 2
        (lambda: ranked("sum", (X, Y), (SET, SET), 0, 0), {"x": 125, "y": 25}, "3.75"),
        (lambda: ranked("sum", (X, Y), (SET, SET), 1, 0), {"x": 125, "y": 25}, "2.5"),
        (lambda: ranked("sum", (X, Y), (SET, SET), 0, 1), {"x": 125, "y": 25}, "1.25"),
        (lambda: ranked("min", (X, Y), (SET, F), 0, 0), {"x": 300, "y": 25, "f": 1}, "2.5"),
        (lambda: ranked("min", (X, Y), (SET, F), 0, 0), {"x": 300, "y": 25, "f": 0}, "3"),
        (lambda: ranked("max", (X, Y), (SET, F), 0, 0), {"x": 125, "y": 25, "f": 0}, "1.25"),
        (lambda: ranked("max", (X, Y), (F, F), 0, 0), {"x": 125, "y": 25, "f": 0}, "0"),
        (lambda: ranked("max", (X, Y), (SET, F), 0, 1), {"x": 125, "y": 25, "f": 1}, "1.25"),
    ],
)
def test_an_operation_of_a_condition_or_a_group_computes(
    formula: Callable[[], Formula], given: dict[str, int], result: str
) -> None:
    assert value(formula(), **given) == Fraction(result)


def test_every_operand_is_computed_over_a_common_denominator() -> None:
    # 0.33 < 1/3 < 0.34, over 300.
    third = compare(("<", "<"), (X, THIRD, add(X, const(Fraction(1, 100)))))
    assert (value(third, x=33), value(third, x=32), value(third, x=34)) == (
        Fraction(1),
        Fraction(0),
        Fraction(0),
    )


@pytest.mark.parametrize(
    ("values", "here", "lowest", "highest", "left"),
    [
        ((3, 1, 2), (1, 1, 1), 0, 0, [1, 2, 3]),
        ((3, 1, 2), (1, 0, 1), 0, 0, [2, 3]),
        ((3, 1, 2), (0, 0, 0), 0, 0, [0]),
        ((3, 1, 2), (0, 0, 0), 1, 1, [0]),
        ((3, 1, 2), (1, 1, 1), 1, 0, [2, 3]),
        ((3, 1, 2), (1, 1, 1), 0, 1, [1, 2]),
        ((3, 1, 2), (1, 1, 1), 1, 1, [2]),
        ((3, 1, 2), (1, 1, 1), 2, 0, [3]),
        ((3, 1, 2), (1, 1, 1), 3, 0, [3]),
        ((3, 1, 2), (1, 1, 1), 9, 9, [3]),  # of the highest fewer are left out first
        ((3, 1, 2), (1, 1, 1), 0, 2, [1]),
        ((3, 1, 2), (1, 1, 1), 0, 9, [1]),
        ((3, 1, 2), (1, 1, 1), 1, 2, [2]),
        ((3, 1, 2), (1, 0, 1), 1, 1, [3]),
        ((3, 1, 2), (0, 1, 0), 1, 1, [1]),
        ((2, 2, 2, -5), (1, 1, 1, 1), 1, 1, [2, 2]),
    ],
)
def test_values_are_kept_without_the_lowest_and_highest_but_for_a_last_one(
    values: tuple[int, ...], here: tuple[int, ...], lowest: int, highest: int, left: list[int]
) -> None:
    assert kept(values, here, lowest, highest) == left


def test_there_is_one_flag_for_each_value() -> None:
    with pytest.raises(ValueError, match="zip"):
        kept((1, 2), (1,), 0, 0)


def test_a_number_that_does_not_fit_a_denominator_is_never_printed() -> None:
    with pytest.raises(AssertionError):
        TENTH.code(5, Scope({}))
    with pytest.raises(AssertionError):
        scale(N, Fraction(1, 10)).code(5, Scope({"n": "i0"}))


def test_the_operands_of_a_formula_are_its_parts() -> None:
    assert Const(1, Fraction(1), Fraction(1)).parts() == ()
    assert N.parts() == ()
    assert add(N, X).parts() == (N, X)
    assert scale(N, 2).parts() == (N,)
    assert least(X, Y).parts() == (X, Y)
    assert times(X, Y).parts() == (X, Y)
    assert absolute(minus(X, SET)).parts() == (minus(X, SET),)
    assert compare(("<", "<"), (SET, X, Y)).parts() == (SET, X, Y)
    assert any_of(F, G).parts() == (F, G)
    assert if_(F, X, Y).parts() == (F, X, Y)
    assert quotient(X, add(Y, SET), 1, "up").parts() == (X, add(Y, SET))
    assert ranked("sum", (X, Y), (SET, F), 1, 0).parts() == (X, Y, SET, F)
    assert rounded(X, 0, "up").parts() == (X,)


def test_the_names_of_a_formula_are_its_inputs_and_lines() -> None:
    assert list(names(ranked("sum", (X, N), (F, G), 0, 0))) == ["x", "n", "f", "g"]
    assert list(names(if_(F, least(add(X, line("a:score", Y)), const(1)), scale(N, 2)))) == [
        "f",
        "x",
        "a:score",
        "n",
    ]


@pytest.mark.parametrize(("given", "required"), [(N, False), (F, False), (X, True), (C, True)])
def test_only_a_number_or_a_choice_must_be_given(given: Input, required: bool) -> None:
    assert given.required is required


def test_formulas_are_equal_by_what_they_are() -> None:
    assert add(N, X) == add(N, X)
    assert hash(add(N, X)) == hash(add(N, X))
    assert add(N, X) != add(X, N)
    assert if_(F, X, Y) != if_(N, X, Y)
    assert isinstance(if_(F, X, Y), If)
    assert isinstance(rounded(X, 1, "up"), Round)


def test_a_fresh_name_is_never_given_twice() -> None:
    scope = Scope({})
    assert [scope.fresh() for _ in range(3)] == ["t0", "t1", "t2"]
