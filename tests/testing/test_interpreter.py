"""The interpreter of formulas: every operation by its meaning, and every rounding by its sentence."""

from dataclasses import dataclass
from fractions import Fraction

import pytest

from govrubric.formula.build import add, const, flag, if_, quotient, ranked, tally_count, times
from govrubric.formula.nodes import Formula, Scope
from govrubric.testing.interpreter import number, rounded, unsaid, value, walked
from samples import rich


def worked_out(formula: Formula, **known: int) -> Fraction:
    exact = {name: Fraction(one) for name, one in known.items()}
    *_, (_, found) = walked(formula, exact)
    assert found == value(formula, exact)
    return found


X, Y, YES = tally_count("x", None), tally_count("y", None), flag("yes")


@pytest.mark.parametrize(
    ("formula", "known", "came"),
    [
        (add(X, const(Fraction(1, 2))), {"x": 3}, Fraction(7, 2)),
        (times(X, Y), {"x": 3, "y": 4}, Fraction(12)),
        (if_(YES, X, Y), {"x": 3, "y": 4, "yes": 1}, Fraction(3)),
        (if_(YES, X, Y), {"x": 3, "y": 4, "yes": 0}, Fraction(4)),
        (quotient(X, add(Y, const(1)), 2, "half_up"), {"x": 2, "y": 2}, Fraction("0.67")),
        (
            ranked("sum", [X, Y, const(9)], [const(1), YES, const(1)], 1, 0),
            {"x": 3, "y": 4, "yes": 1},
            Fraction(13),
        ),
        (ranked("max", [X, Y], [YES, YES], 0, 0), {"x": 3, "y": 4, "yes": 0}, Fraction(0)),
    ],
)
def test_an_operation_is_worked_out(formula: Formula, known: dict[str, int], came: Fraction) -> None:
    assert worked_out(formula, **known) == came


@pytest.mark.parametrize(
    ("mode", "came"),
    [
        ("half_up", ["0.2", "0.3", "-0.3", "-0.2", "0.4"]),
        ("half_even", ["0.2", "0.2", "-0.2", "-0.2", "0.4"]),
        ("down", ["0.2", "0.2", "-0.2", "-0.2", "0.3"]),
        ("up", ["0.3", "0.3", "-0.3", "-0.3", "0.4"]),
        ("floor", ["0.2", "0.2", "-0.3", "-0.3", "0.3"]),
        ("ceiling", ["0.3", "0.3", "-0.2", "-0.2", "0.4"]),
    ],
)
def test_a_number_is_rounded_as_the_language_says(mode: str, came: list[str]) -> None:
    assert [rounded(Fraction(one), 1, mode) for one in ("0.24", "0.25", "-0.25", "-0.24", "0.35")] == [
        Fraction(one) for one in came
    ]


def test_an_operation_that_is_not_known_is_no_zero() -> None:
    @dataclass(frozen=True, slots=True)
    class Strange(Formula):
        def code(self, den: int, scope: Scope) -> str:
            return "1"

    with pytest.raises(TypeError, match="does not know Strange"):
        worked_out(Strange(1, Fraction(0), Fraction(1)))


def test_an_input_is_a_number_and_has_one_where_it_is_left_out() -> None:
    inputs = rich()._inputs
    assert [
        number(inputs["class"], "B"),
        number(inputs["served"], True),
        number(inputs["desk.calls.missed"], 6),
    ] == [1, 1, 6]
    assert [unsaid(inputs["class"]), unsaid(inputs["served"]), unsaid(inputs["desk.calls.missed"])] == [
        0,
        0,
        0,
    ]
