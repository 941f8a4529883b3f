"""Formulas with closer bounds, and flags that are proved never to hold."""

from fractions import Fraction

import pytest

from govrubric import loads
from govrubric.cases.proofs import RANGES, Proofs, narrowed
from govrubric.formula.build import (
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
    known,
    least,
    line,
    number,
    quotient,
    ranked,
    rounded,
    scale,
    tally_count,
    times,
)
from govrubric.formula.nodes import Const, Formula
from govrubric.plan.plan import Plan

X = number("x", Fraction(10), low=-10)
Y = number("y", Fraction(4), low=1)
F, G = flag("f"), flag("g")
# x from 2 to 3, y just 4, f is set, and of g nothing more is known.
CLOSER = {"x": number("x", Fraction(3), low=2), "y": const(4), "f": const(1)}


@pytest.mark.parametrize(
    ("formula", "lo", "hi"),
    [
        (const(5), 5, 5),
        (X, 2, 3),
        (G, 0, 1),
        (add(X, Y, const(1)), 7, 8),
        (scale(X, -2), -6, -4),
        (times(X, Y), 8, 12),
        (absolute(X), 2, 3),
        (least(X, const(1)), 1, 1),
        (greatest(X, Y), 4, 4),
        (compare(("<", "<="), (const(0), X, const(2))), 0, 1),
        (compare(("<", "<="), (const(0), X, const(3))), 1, 1),
        (all_of(F, G), 0, 1),
        (any_of(F, G), 1, 1),
        (if_(F, X, const(9)), 2, 3),
        (if_(G, X, const(9)), 2, 9),
        (rounded(scale(X, Fraction(1, 3)), 0, "half_up"), 1, 1),
        (quotient(X, Y, 1, "down"), Fraction("0.5"), Fraction("0.7")),
        (ranked("sum", (X, Y, const(1)), (const(1), const(1), const(1)), 1, 0), 6, 7),
        (ranked("max", (X, Y), (F, G), 0, 0), 0, 4),
    ],
)
def test_bounds_are_those_of_the_narrower_names(
    formula: Formula, lo: int | Fraction, hi: int | Fraction
) -> None:
    result = narrowed(formula, CLOSER)
    assert [result.lo, result.hi] == [lo, hi]


def test_what_was_known_of_a_formula_stays_known() -> None:
    result = narrowed(known(add(X, G), Fraction(-1), Fraction("2.5")), CLOSER)
    assert [result.lo, result.hi] == [2, Fraction("2.5")]


def test_where_what_was_known_cannot_be_the_operations_tell() -> None:
    # So it is in a branch that nothing leads to.
    result = narrowed(known(add(X, G), Fraction(-1), Fraction(1)), CLOSER)
    assert [result.lo, result.hi] == [2, 4]


def test_what_comes_to_one_number_is_that_number() -> None:
    assert isinstance(narrowed(add(Y, F), CLOSER), Const)


def never(of: Plan, flag_: Formula) -> bool:
    return Proofs(of).never(flag_)


def plan(*inputs: str, more: str = "") -> Plan:
    """A rubric that asks for some facts, so that its plan has their names."""
    facts = ", ".join(f"{name}: {kind}" for name, kind in (one.split(" ", 1) for one in inputs))
    return loads(
        f"govrubric: 1\nid: r\ntitle: R\ntotal: 9\nround: {{places: 0, mode: half_up}}\nfacts: {{{facts}}}\n"
        f"indicators: [{{id: a, title: A, weight: 9, rules: [{{id: off, deduct: 1, per: case{more}}}]}}]\n"
    )._plan


C, D, N = tally_count("c", None), tally_count("d", None), number("n", Fraction(9), low=-9, places=1)
COUNTS = plan("c count", "d count", "n {number: {places: 1, min: -9, max: 9}}", "k {choice: [A, B, C]}")
K = choice("k", ("A", "B", "C"))


@pytest.mark.parametrize(
    "formula",
    [
        # Who is above 0 is 1 or more.
        all_of(compare((">",), (C, const(0))), compare(("<",), (C, const(1)))),
        compare(("<",), (add(if_(compare((">=",), (C, const(1))), const(-1), const(0)), C), const(0))),
        all_of(compare(("==",), (K, const(0))), compare(("==",), (K, const(2)))),
        all_of(compare(("<",), (N, const(Fraction(-1, 2)))), compare((">",), (N, const(Fraction(1, 2))))),
        all_of(
            compare((">",), (C, const(5))), compare((">",), (D, const(0))), compare(("<",), (D, const(1)))
        ),
        all_of(
            compare((">",), (C, const(700))), compare(("<",), (C, const(600))), compare((">",), (D, const(3)))
        ),
    ],
)
def test_what_cannot_be_is_proved(formula: Formula) -> None:
    assert formula.hi == 1
    assert never(COUNTS, formula)


@pytest.mark.parametrize(
    "formula",
    [
        compare((">",), (C, const(10**9 - 1))),
        compare(("==",), (C, const(0))),
        all_of(compare((">",), (C, const(5))), compare(("<",), (C, const(7)))),
        all_of(compare(("==",), (K, const(1))), compare((">",), (C, D))),
        all_of(compare((">",), (N, const(Fraction(-1, 2)))), compare(("<",), (N, const(Fraction(-3, 10))))),
        const(1),
    ],
)
def test_what_can_be_is_not_proved_away(formula: Formula) -> None:
    assert not never(COUNTS, formula)


def test_lines_between_are_narrowed_too() -> None:
    planned = plan("c count", more=", when: c > 3")
    balance = planned.lines["a:balance"]
    whole = compare(("==",), (line("a:balance", balance), const(9)))
    few = compare(("<",), (C, const(3)))
    assert not never(planned, all_of(few, whole))
    assert never(planned, all_of(few, compare(("<",), (line("a:balance", balance), const(9)))))


def test_a_tie_of_numbers_that_are_cut_without_end_is_left_open() -> None:
    # c and d are equal and differ: each range has both, and there are more than RANGES of them.
    assert RANGES < 1000
    assert not never(
        COUNTS, all_of(compare(("==",), (C, D)), compare(("!=",), (add(C, scale(D, -1)), const(0))))
    )


def test_of_many_inputs_nothing_is_proved() -> None:
    names = [f"c{index}" for index in range(13)]
    of = [tally_count(name, None) for name in names]
    few, many = of[:12], of
    planned = plan(*(f"{name} count" for name in names))

    def impossible(counts: list[Formula]) -> Formula:
        return all_of(
            compare((">",), (counts[0], const(0))),
            compare(("<",), (counts[0], const(1))),
            *(compare((">",), (one, const(0))) for one in counts[1:]),
        )

    assert never(planned, impossible([*few]))
    assert not never(planned, impossible([*many]))


def test_a_range_of_one_number_that_its_bounds_do_not_decide_is_computed() -> None:
    # Of the parts that are here, the bounds of the greatest know only that there may be none.
    one = plan("f flag")
    shown = ranked("max", (const(3),), (F,), 0, 0)
    assert never(one, all_of(compare((">",), (shown, const(0))), compare(("==",), (F, const(0)))))
    assert never(one, all_of(compare(("<",), (shown, const(3))), compare(("==",), (F, const(1)))))
