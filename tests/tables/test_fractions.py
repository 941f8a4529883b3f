"""Lines whose denominator depends on the tally as two lines: each operation, and random lines after each other."""

from collections.abc import Callable, Mapping
from fractions import Fraction

import pytest
from hypothesis import given

from formulas import INPUTS, formulas, values
from govrubric.formula.build import (
    absolute,
    add,
    all_of,
    compare,
    const,
    flag,
    greatest,
    if_,
    least,
    line,
    number,
    quotient,
    ranked,
    ratio,
    rounded,
    scale,
    times,
)
from govrubric.formula.nodes import Formula, Name, names
from govrubric.tables.fractions import over_line, taken_apart, under_line
from govrubric.testing.interpreter import value

X, Y = number("x", Fraction(10_000)), number("y", Fraction(10_000), low=1)
Z, F = number("z", Fraction(10_000), low=Fraction(1, 10), places=1), flag("f")
ONE = const(1)


def come(lines: Mapping[str, Formula], known: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """The value of each line, computed from its numerator and denominator where it has these."""
    apart = taken_apart(lines)
    found = dict(known)
    for name, formula in apart.items():
        assert all(used in found for used in names(formula)), "a line uses earlier lines only"
        found[name] = value(formula, found)
        assert formula.lo <= found[name] <= formula.hi
    come = {}
    for name in lines:
        if name in apart:
            come[name] = found[name]
        else:
            over, under = found[over_line(name)], found[under_line(name)]
            assert (over.denominator, under.denominator, under > 0) == (1, 1, True)
            come[name] = over / under
    return come


AT = {"x": Fraction(2), "y": Fraction(3), "z": Fraction(7, 10), "f": Fraction(1)}
THIRDS, TENTHS = ratio(X, Y), ratio(X, Z)  # 2/3 and 20/7


@pytest.mark.parametrize(
    ("made", "comes_to"),
    [
        (lambda: THIRDS, "2/3"),
        (lambda: ratio(X, scale(Y, -1)), "-2/3"),
        (lambda: TENTHS, "20/7"),
        (lambda: add(THIRDS, const(Fraction(1, 2)), X), "19/6"),
        (lambda: add(THIRDS, ratio(ONE, Y)), "1"),
        (lambda: add(THIRDS, TENTHS), "74/21"),
        (lambda: scale(THIRDS, Fraction(3, 4)), "1/2"),
        (lambda: times(THIRDS, TENTHS), "40/21"),
        (lambda: times(THIRDS, THIRDS), "4/9"),
        (lambda: add(times(THIRDS, THIRDS), THIRDS), "10/9"),
        (lambda: absolute(add(THIRDS, const(-3))), "7/3"),
        (lambda: least(THIRDS, TENTHS), "2/3"),
        (lambda: greatest(THIRDS, ONE), "1"),
        (lambda: if_(F, THIRDS, TENTHS), "2/3"),
        (lambda: if_(compare(("<",), (THIRDS, TENTHS)), X, Y), "2"),
        (lambda: compare(("<", "<="), (ratio(ONE, Y), THIRDS, TENTHS)), "1"),
        (lambda: compare(("==",), (times(THIRDS, const(3)), X)), "1"),
        (lambda: all_of(F, compare((">",), (THIRDS, TENTHS))), "0"),
        (lambda: rounded(add(THIRDS, TENTHS), 2, "half_up"), "88/25"),
        (lambda: rounded(rounded(add(THIRDS, X), 2, "half_up"), 1, "down"), "13/5"),
        (lambda: quotient(THIRDS, add(TENTHS, ONE), 3, "down"), "43/250"),
        (lambda: ratio(THIRDS, add(TENTHS, ONE)), "14/81"),
        (lambda: ratio(THIRDS, least(rounded(Z, 0, "up"), const(3))), "2/3"),
        (lambda: ranked("sum", [THIRDS, TENTHS, ONE], [ONE, F, ONE], 1, 0), "27/7"),
        (lambda: ranked("max", [THIRDS, X], [F, F], 0, 1), "2/3"),
    ],
)
def test_each_operation_comes_to_what_it_is(made: Callable[[], Formula], comes_to: str) -> None:
    assert str(come({"a": made()}, AT)["a"]) == comes_to


def test_lines_that_have_a_denominator_stay_as_they_are() -> None:
    lines = {"a": add(X, Y), "b": ratio(X, least(Y, const(4)))}
    assert taken_apart(lines) is lines


def test_later_lines_use_numerator_and_denominator_of_earlier_ones() -> None:
    a, b = THIRDS, add(line("a", THIRDS), ONE)
    known = come({"a": a, "b": b, "c": compare(("==",), (line("b", b), line("a", a)))}, AT)
    assert {name: str(found) for name, found in known.items()} == {"a": "2/3", "b": "5/3", "c": "0"}


def test_the_same_divisor_is_one_line_and_multiplied_once() -> None:
    apart = taken_apart({"a": add(THIRDS, ratio(Z, Y)), "b": ratio(Z, Y)})
    assert [name for name in apart if name.startswith("#")] == ["#under0"]
    under = apart[under_line("a")]
    assert (list(names(under)), under.hi) == (["#under0"], Fraction(100_000))


@given(formulas(2), formulas(2), values())
def test_random_lines_come_to_the_same(one: Formula, other: Formula, known: dict[str, Fraction]) -> None:
    both = add(Name(one.den, one.lo, one.hi, "one", whole=one.is_whole), other)
    lines = {"one": one, "both": both, "first": compare(("<",), (line("one", one), line("both", both)))}
    assert INPUTS.keys() == known.keys()
    found = come(lines, known)
    assert found["one"] == value(one, known)
    assert found["both"] == value(both, {**known, "one": found["one"]})
    assert found["first"] == (found["one"] < found["both"])
