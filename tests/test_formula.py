"""Each operation: its denominator, its bounds, its simplifications, its printed code, and what the code computes."""

from fractions import Fraction

import pytest

from govrubric.algebra import add, const, flag, greatest, if_, is_zero, least, line, number, rounded, scale, tally_count
from govrubric.formula import Const, Formula, If, Name, Round, Scope, names
from govrubric.numbers import Mode
from making import value

N = tally_count("n", "件")
F = flag("f")
X = number("x", Fraction(5), places=2)
Y = number("y", Fraction(3), places=1)
TENTH = const(Fraction(1, 10))
THIRD = const(Fraction(1, 3))


def shape(formula: Formula) -> tuple[int, str, str]:
    """Denominator and bounds."""
    return formula.den, str(formula.lo), str(formula.hi)


def code(formula: Formula, den: int | None = None) -> str:
    return formula.code(den or formula.den, Scope({"n": "i0", "f": "i1", "x": "i2", "y": "i3"}))


@pytest.mark.parametrize("formula", [N, F, X, TENTH, add(N, X), if_(F, N, X), rounded(THIRD, 1, "down")], ids=repr)
def test_a_formula_has_no_truth_value(formula: Formula) -> None:
    with pytest.raises(TypeError, match="no truth value"):
        bool(formula)


@pytest.mark.parametrize(
    ("formula", "wanted"),
    [
        (N, (1, "0", "1000000000")),
        (F, (1, "0", "1")),
        (X, (100, "0", "5")),
        (number("z", Fraction(1, 3)), (1, "0", "1/3")),
        (const(7), (1, "7", "7")),
        (const(Fraction(-1, 4)), (4, "-1/4", "-1/4")),
        (add(X, Y), (100, "0", "8")),
        (add(X, THIRD), (300, "1/3", "16/3")),
        (X + THIRD, (300, "1/3", "16/3")),
        (X - Y, (100, "-3", "5")),
        (-X, (100, "-5", "0")),
        (scale(N, Fraction(1, 10)), (10, "0", "100000000")),
        (scale(X, 2), (50, "0", "10")),
        (scale(X, Fraction(-4, 3)), (75, "-20/3", "0")),
        (scale(X, 100), (1, "0", "500")),
        (least(X, Y), (100, "0", "3")),
        (least(N, const(Fraction(1, 2))), (2, "0", "1/2")),
        (greatest(X, Y), (100, "0", "5")),
        (greatest(-X, const(-2)), (100, "-2", "0")),
        (if_(F, X, const(Fraction(-1, 3))), (300, "-1/3", "5")),
        (if_(F, const(1), const(2)), (1, "1", "2")),
        (rounded(add(X, THIRD), 1, "half_up"), (10, "3/10", "53/10")),
        (rounded(add(X, THIRD), 0, "up"), (1, "1", "6")),
        (rounded(add(-X, THIRD), 0, "floor"), (1, "-5", "0")),
        (line("l", scale(X, Fraction(1, 7))), (700, "0", "5/7")),
    ],
    ids=repr,
)
def test_denominator_and_bounds_are_known_when_a_formula_is_built(formula: Formula, wanted: tuple[int, str, str]) -> None:
    assert shape(formula) == wanted


@pytest.mark.parametrize(
    ("formula", "same"),
    [
        (add(), const(0)),
        (add(const(0), const(0)), const(0)),
        (add(N), N),
        (add(const(0), X, const(0)), X),
        (add(TENTH, THIRD, const(-1)), const(Fraction(-17, 30))),
        (X - const(0), X),
        (scale(X, 1), X),
        (scale(X, 0), const(0)),
        (scale(THIRD, 6), const(2)),
        (scale(scale(X, 3), Fraction(1, 6)), scale(X, Fraction(1, 2))),
        (scale(scale(X, 3), Fraction(1, 3)), X),
        (scale(-X, -1), X),
        (least(N, const(-1)), const(-1)),
        (least(const(-1), N), const(-1)),
        (least(X, const(5)), X),
        (least(const(5), X), X),
        (greatest(N, const(0)), N),
        (greatest(const(0), N), N),
        (greatest(X, const(6)), const(6)),
        (greatest(const(6), X), const(6)),
        (rounded(X, 2, "half_up"), X),
        (rounded(Y, 2, "half_up"), Y),
        (rounded(const(3), 0, "up"), const(3)),
    ],
    ids=str,
)
def test_what_the_bounds_decide_is_simplified(formula: Formula, same: Formula) -> None:
    assert formula == same


@pytest.mark.parametrize(
    "formula", [least(X, const(Fraction(499, 100))), greatest(X, const(Fraction(1, 100))), rounded(X, 1, "down"), add(X, const(1))], ids=repr
)
def test_what_the_bounds_leave_open_is_kept(formula: Formula) -> None:
    assert formula.parts()


@pytest.mark.parametrize(("formula", "zero"), [(const(0), True), (add(), True), (const(1), False), (N, False), (-N, False)])
def test_zero_is_what_is_always_zero(formula: Formula, zero: bool) -> None:
    assert is_zero(formula) is zero


@pytest.mark.parametrize(
    ("formula", "den", "text"),
    [
        (const(3), None, "3"),
        (const(-3), None, "(-3)"),
        (const(0), 10, "0"),
        (TENTH, None, "1"),
        (TENTH, 100, "10"),
        (const(Fraction(-1, 10)), 100, "(-10)"),
        (N, None, "i0"),
        (N, 10, "(i0 * 10)"),
        (add(N, F), None, "(i0 + i1)"),
        (add(N, const(-3)), None, "(i0 + (-3))"),
        (X - Y, None, "(i2 + (i3 * -10))"),
        (scale(N, Fraction(1, 10)), None, "(i0)"),
        (scale(N, Fraction(1, 10)), 100, "(i0 * 10)"),
        (-N, None, "(-i0)"),
        (least(X, Y), None, "(i2 if i2 < (t0 := (i3 * 10)) else t0)"),
        (least(N, F), None, "(i0 if i0 < i1 else i1)"),
        (least(N, const(2)), None, "(i0 if i0 < 2 else 2)"),
        (greatest(-N, const(-2)), None, "(t0 if (t0 := (-i0)) > (t1 := (-2)) else t1)"),
        (if_(F, X, Y), None, "(i2 if i1 > 0 else (i3 * 10))"),
        (rounded(scale(N, Fraction(1, 3)), 0, "half_up"), None, "(half_up((i0), 3))"),
        (rounded(scale(N, Fraction(1, 3)), 1, "down"), None, "(down((i0) * 10, 3))"),
        (rounded(scale(N, Fraction(1, 3)), 1, "down"), 100, "(down((i0) * 10, 3) * 10)"),
    ],
    ids=str,
)
def test_a_formula_prints_itself_over_a_denominator(formula: Formula, den: int | None, text: str) -> None:
    assert code(formula, den) == text


@pytest.mark.parametrize(
    ("formula", "given", "result"),
    [
        (const(Fraction(-7, 3)), {}, "-7/3"),
        (N, {"n": 4}, "4"),
        (X, {"x": 125}, "1.25"),
        (add(X, Y, THIRD), {"x": 125, "y": 25}, "49/12"),  # 1.25 + 2.5 + 1/3
        (X - Y, {"x": 125, "y": 25}, "-1.25"),
        (-add(X, Y), {"x": 125, "y": 25}, "-3.75"),
        (scale(add(X, const(-1)), Fraction(-2, 3)), {"x": 250}, "-1"),
        (least(X, Y), {"x": 125, "y": 12}, "1.2"),
        (least(X, Y), {"x": 119, "y": 12}, "1.19"),
        (least(add(X, Y), scale(X, 2)), {"x": 100, "y": 5}, "1.5"),
        (greatest(X, Y), {"x": 125, "y": 12}, "1.25"),
        (greatest(X, Y), {"x": 119, "y": 12}, "1.2"),
        (greatest(least(-N, const(-1)), const(-3)), {"n": 0}, "-1"),
        (greatest(least(-N, const(-1)), const(-3)), {"n": 2}, "-2"),
        (greatest(least(-N, const(-1)), const(-3)), {"n": 9}, "-3"),
        (if_(F, X, Y), {"f": 1, "x": 125, "y": 25}, "1.25"),
        (if_(F, X, Y), {"f": 0, "x": 125, "y": 25}, "2.5"),
        (if_(N, const(1), const(2)), {"n": 7}, "1"),
        (if_(X - Y, const(1), const(2)), {"x": 125, "y": 25}, "2"),  # the test is below zero
        (if_(X - Y, const(1), const(2)), {"x": 251, "y": 25}, "1"),
        (add(if_(F, least(X, Y), const(0)), least(Y, X)), {"f": 1, "x": 100, "y": 5}, "1"),
    ],
    ids=str,
)
def test_a_formula_computes(formula: Formula, given: dict[str, int], result: str) -> None:
    assert value(formula, **given) == Fraction(result)


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
    assert value(rounded(-X, 1, mode), x=15) == Fraction(down)


@pytest.mark.parametrize(
    ("mode", "lo", "hi"),
    [("half_up", "-2", "2"), ("half_even", "-2", "2"), ("down", "-1", "1"), ("up", "-2", "2"), ("floor", "-2", "1"), ("ceiling", "-1", "2")],
)
def test_bounds_are_rounded_as_the_value_is(mode: Mode, lo: str, hi: str) -> None:
    formula = add(number("x", Fraction(3), places=1), const(Fraction(-3, 2)))
    assert shape(rounded(formula, 0, mode)) == (1, lo, hi)


def test_the_operands_of_a_formula_are_its_parts() -> None:
    assert Const(1, Fraction(1), Fraction(1)).parts() == ()
    assert N.parts() == ()
    assert add(N, X).parts() == (N, X)
    assert scale(N, 2).parts() == (N,)
    assert least(X, Y).parts() == (X, Y)
    assert if_(F, X, Y).parts() == (F, X, Y)
    assert rounded(THIRD, 0, "up").parts() == (THIRD,)


def test_the_names_of_a_formula_are_its_inputs_and_lines() -> None:
    assert list(names(if_(F, least(add(X, line("a:score", Y)), const(1)), scale(N, 2)))) == ["f", "x", "a:score", "n"]


@pytest.mark.parametrize(("given", "required"), [(N, False), (F, False), (X, True)])
def test_only_a_number_must_be_given(given: Name, required: bool) -> None:
    assert getattr(given, "required") is required  # noqa: B009 - only inputs have it


def test_an_input_says_what_a_tally_gives() -> None:
    stepped = number("x", Fraction(5), places=1, step=Fraction(1, 2))
    assert (N.kind, N.unit, N.places, N.step) == ("count", "件", 0, None)
    assert (F.kind, F.unit) == ("flag", None)
    assert (stepped.kind, stepped.places, stepped.step) == ("number", 1, Fraction(1, 2))


def test_formulas_are_equal_by_what_they_are() -> None:
    assert add(N, X) == add(N, X)
    assert hash(add(N, X)) == hash(add(N, X))
    assert add(N, X) != add(X, N)
    assert if_(F, X, Y) != if_(N, X, Y)
    assert isinstance(if_(F, X, Y), If)
    assert isinstance(rounded(THIRD, 1, "up"), Round)


def test_a_fresh_name_is_never_given_twice() -> None:
    scope = Scope({})
    assert [scope.fresh() for _ in range(3)] == ["t0", "t1", "t2"]
