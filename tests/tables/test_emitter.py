"""emitted: whole numbers in the narrowest columns that hold them, which never wrap."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import polars as pl
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from formulas import INPUTS, formulas, values
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
    line,
    minus,
    number,
    quotient,
    ranked,
    rounded,
    scale,
    tally_count,
    times,
)
from govrubric.formula.nodes import Formula, Input
from govrubric.tables.emitter import Column, Emitter, is_flag, reach
from govrubric.tables.engines import Polars, TooWideError
from govrubric.tables.fractions import over_line, taken_apart, under_line
from govrubric.tables.simplifying import simplified
from govrubric.tables.steps import steps
from govrubric.testing.interpreter import value

ENGINE = Polars()
TYPES = {32: pl.Int32, 64: pl.Int64, 128: pl.Int128}
N, M = tally_count("n", None), tally_count("m", None)
SMALL = number("s", Fraction(9), low=-9)
X = number("x", Fraction(5), low=-5, places=1)
F, G = flag("f"), flag("g")
ALL = {one.name: one for one in (N, M, SMALL, X, F, G)}


def width(one: Input) -> int:
    return 0 if one.kind == "flag" else Emitter(ENGINE, {}).bits(int(max(-one.lo, one.hi) * one.den))


def emitter(inputs: dict[str, Input]) -> Emitter:
    return Emitter(ENGINE, {name: Column(pl.col(name), width(one)) for name, one in inputs.items()})


def frame(inputs: dict[str, Input], rows: list[dict[str, Fraction]]) -> pl.DataFrame:
    """A column for each input, of whole numbers over its denominator."""
    columns = {}
    for name, one in inputs.items():
        whole = [int(row[name] * one.den) for row in rows]
        columns[name] = (
            pl.Series(whole, dtype=TYPES[width(one)])
            if width(one)
            else pl.Series([bool(one) for one in whole])
        )
    return pl.DataFrame(columns)


def came(formula: Formula, den: int | None = None, **given_: Any) -> list[Any]:
    """The values of a formula in a column, by default over its own denominator; the width is checked."""
    rows = [
        {name: Fraction(given_.get(name, [0])[index] if name in given_ else 0) for name in ALL}
        for index in range(len(next(iter(given_.values()), [0])))
    ]
    column = emitter(ALL).number(formula, den or formula.den)
    made = frame(ALL, rows).with_columns(column.expr.alias("came"))["came"]
    assert made.dtype == TYPES[column.bits]
    return made.to_list()


def test_a_constant_is_as_wide_as_it_must_be() -> None:
    assert emitter(ALL).number(const(5), 1).bits == 32
    assert emitter(ALL).number(const(2**31 - 1), 1).bits == 32
    assert emitter(ALL).number(const(2**31), 1).bits == 64
    assert emitter(ALL).number(const(-(2**31)), 1).bits == 64
    assert emitter(ALL).number(const(2**63), 1).bits == 128
    with pytest.raises(TooWideError) as caught:
        emitter(ALL).number(const(2**127), 1)
    assert (caught.value.need, caught.value.most) == (129, 128)
    assert came(const(Fraction(-5, 2)), 10) == [-25]


def test_a_name_is_multiplied_only_for_another_denominator() -> None:
    assert came(N, n=[7]) == [7]
    assert came(N, 100, n=[10**9]) == [10**11]
    assert came(X, 10, x=[Fraction("-2.5")]) == [-25]


def test_a_flag_is_a_number_where_one_is_needed() -> None:
    assert came(F, 10, f=[0, 1]) == [0, 10]
    assert came(scale(F, Fraction(-1, 2)), f=[0, 1]) == [0, -1]
    assert came(add(F, G, const(1)), f=[0, 1, 1], g=[0, 0, 1]) == [1, 2, 3]
    assert came(compare(("<",), (N, M)), 7, n=[1, 2], m=[2, 2]) == [7, 0]
    named = Emitter(ENGINE, {"held": Column(pl.col("f"), 0)})
    assert pl.DataFrame({"f": [True, False]}).select(
        named.number(line("held", F), 3).expr
    ).to_series().to_list() == [3, 0]


def test_a_sum_takes_away_by_subtraction_and_is_wide_enough() -> None:
    assert came(add(const(5), N, scale(M, -1)), n=[3, 10**9], m=[4, 0]) == [4, 10**9 + 5]
    assert came(add(scale(N, -1), scale(M, -1)), n=[3, 10**9], m=[4, 10**9]) == [-7, -2 * 10**9]
    assert came(add(X, scale(N, Fraction(1, 3))), x=[Fraction("0.1")], n=[1]) == [13]
    assert emitter(ALL).number(add(N, M), 1).bits == 32
    assert emitter(ALL).number(add(N, N, M), 1).bits == 64


def test_a_very_long_sum_is_no_deep_chain() -> None:
    total = add(*([N, scale(M, -1)] * 2000))
    assert came(total, n=[10**9], m=[1]) == [2000 * (10**9 - 1)]


def test_a_product_is_as_wide_as_both_together() -> None:
    assert came(times(N, M), n=[10**9, 3], m=[10**9, 4]) == [10**18, 12]
    assert came(times(X, X), 1000, x=[Fraction("-2.5")]) == [6250]
    assert came(times(SMALL, SMALL), s=[-9]) == [81]


def test_signs_extremes_and_choices() -> None:
    assert came(absolute(X), x=[-5, 3]) == [50, 30]
    assert came(least(N, SMALL), n=[4, 4], s=[-3, 9]) == [-3, 4]
    assert came(greatest(N, X), n=[4, 0], x=[5, -5]) == [50, 0]
    assert came(if_(F, N, X), f=[1, 0], n=[2, 2], x=[5, 5]) == [20, 50]
    assert came(if_(N, const(1), const(0)), n=[0, 2]) == [0, 1]


def test_the_lesser_of_a_wide_and_a_narrow_one_is_narrow() -> None:
    capped = least(add(N, N, M), const(100))
    column = emitter(ALL).number(capped, 1)
    assert column.bits == 32
    assert came(capped, n=[10**9, 30], m=[10**9, 1]) == [100, 61]


@pytest.mark.parametrize(
    ("sign", "wanted"),
    [
        ("<", [1, 0, 0]),
        ("<=", [1, 1, 0]),
        (">", [0, 0, 1]),
        (">=", [0, 1, 1]),
        ("==", [0, 1, 0]),
        ("!=", [1, 0, 1]),
    ],
)
def test_comparisons(sign: Any, wanted: list[int]) -> None:
    assert came(compare((sign,), (N, X)), n=[1, 2, 3], x=[2, 2, 2]) == wanted


@pytest.mark.parametrize(
    ("sign", "wanted"),
    [("<", [0, 0]), ("<=", [1, 1]), (">", [0, 0]), (">=", [1, 1]), ("==", [1, 1]), ("!=", [0, 0])],
)
def test_a_constant_may_stand_before_what_is_the_same_in_every_row(sign: Any, wanted: list[int]) -> None:
    assert came(compare((sign,), (const(2), if_(F, const(2), const(5)))), f=[1, 1]) == wanted
    assert came(compare((sign, "<="), (const(2), if_(F, const(2), const(5)), const(9))), f=[1, 1]) == wanted


def test_chains_and_logic() -> None:
    assert came(compare(("<", "<="), (const(1), N, M)), n=[1, 2, 2], m=[9, 2, 1]) == [0, 1, 0]
    assert came(all_of(F, G), f=[0, 1, 1], g=[1, 0, 1]) == [0, 0, 1]
    assert came(any_of(F, G), f=[0, 1, 0], g=[1, 0, 0]) == [1, 1, 0]
    assert pl.DataFrame({"n": [0, 3]}).select(
        Emitter(ENGINE, {"n": Column(pl.col("n"), 64)}).truth(N)
    ).to_series().to_list() == [False, True]


def test_whole_quotients_go_down() -> None:
    assert came(rounded(scale(X, Fraction(1, 7)), 0, "floor"), x=[-5, 5]) == [-1, 0]
    assert came(quotient(X, add(N, const(1)), 0, "floor"), 10, x=[5, -5], n=[1, 2]) == [20, -20]


def test_what_was_not_lowered_is_not_emitted() -> None:
    with pytest.raises(TypeError, match="no column is emitted of Ranked"):
        emitter(ALL).number(ranked("sum", (N, M), (const(1), const(1)), 1, 0), 1)


def test_what_is_a_flag() -> None:
    assert [
        is_flag(one) for one in (F, compare(("<",), (N, M)), all_of(F, G), N, if_(F, const(1), const(0)))
    ] == [True, True, True, False, False]


def test_how_far_from_zero() -> None:
    assert reach(minus(const(5), N), 10) == 10**10 - 50
    assert reach(X, 10) == 50


def every(formula: Formula) -> Iterator[Formula]:
    yield formula
    for part in formula.parts():
        yield from every(part)


@given(formulas(), st.lists(values(), min_size=1, max_size=3))
def test_numbers_never_wrap(formula: Formula, drawn: list[dict[str, Fraction]]) -> None:
    ends = [{name: one.lo for name, one in INPUTS.items()}, {name: one.hi for name, one in INPUTS.items()}]
    rows = [*drawn, *ends]
    inputs = dict(INPUTS)
    apart = taken_apart({"wanted": formula})
    over, under = ("wanted", None) if "wanted" in apart else (over_line("wanted"), under_line("wanted"))
    wanted = [over, under] if under else [over]
    made = steps(apart, inputs, wanted, lambda one: reach(one, one.den) < 2**31)
    columns = {name: Column(pl.col(name), width(one)) for name, one in inputs.items()}
    here = Emitter(ENGINE, columns)
    table = frame(inputs, rows)
    try:
        for name, step in made.items():
            column = Column(here.truth(step), 0) if is_flag(step) else here.number(step, step.den)
            table = table.with_columns(column.expr.alias(name))
            assert table[name].dtype == (TYPES[column.bits] if column.bits else pl.Boolean)
            columns[name] = Column(pl.col(name), column.bits)
    except TooWideError as wide:
        if wide.need > 128:
            reject()
        raise
    last = line(over, made[over])
    found = table.select(here.number(last, 2 * last.den).expr.alias("twice"))["twice"].to_list()
    unders = table.select(here.number(line(under, made[under]), 1).expr.alias("under")) if under else None
    divisors = [1] * len(rows) if unders is None else unders["under"].to_list()
    assert [Fraction(one, 2 * last.den * by) for one, by in zip(found, divisors, strict=True)] == [
        value(formula, row) for row in rows
    ]


def test_a_simplified_sum_needs_no_product() -> None:
    floor = greatest(minus(const(5), scale(N, Fraction(1, 10))), const(0))
    made = simplified(floor, {}, lambda _: True)
    assert str(emitter(ALL).number(made, 10).expr).count("*") == 0
