"""Columns of every type that an input may have, what is wrong with a row's value, and refused columns."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl
import pytest

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.formula.build import choice, flag, measured, number, tally_count
from govrubric.formula.nodes import Input
from govrubric.tables.columns import Given, Reader, TableKind, ends, misnamed, unfit
from govrubric.tables.digits import parsed
from govrubric.tables.engines import Narwhals, Polars
from samples import args, codes, rich, small

POLARS = Polars()
COUNT, FLAG, CHOICE = tally_count("n", "case"), flag("f"), choice("c", ("A", "B", "C"))
JUDGED = number("j", Fraction(3), places=2, step=Fraction(1, 2))
MEASURED = measured("m", 1, None)
THIRDS = number("t", Fraction(10, 3), places=1)
COARSE = number("k", Fraction(100), low=-100, places=1, step=Fraction(5, 2))


def reader(*, text: bool = False) -> Reader:
    return Reader(POLARS, lambda one, bits: parsed(one, bits, plain=text), text=text)


def read(one: Input, column: pl.Series, *, text: bool = False) -> list[tuple[Any, list[str]]]:
    """The value of each row, and the codes of the checks that it does not pass, as far as anybody looks."""
    given = reader(text=text).given(one, pl.col("x"), column.dtype)
    assert isinstance(given, Given)
    held = given.column if given.within is None else pl.when(given.within.passed).then(given.column)
    frame = pl.DataFrame({"x": column}).with_columns(given.value(held).alias("v"))
    checks = given.checks(given.column, pl.col("v"))
    flags = frame.select(check.passed.alias(str(index)) for index, check in enumerate(checks))
    failed = [
        [check.code for check, passed in zip(checks, row, strict=True) if passed is False]
        for row in flags.rows()
    ] or [[]] * len(column)
    return list(zip(frame["v"].to_list(), [one[:1] for one in failed], strict=True))


@pytest.mark.parametrize(
    "kind", [pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.Int128, pl.UInt8, pl.UInt16, pl.UInt32, pl.UInt64]
)
def test_a_count_is_a_whole_number_of_any_width(kind: Any) -> None:
    assert read(COUNT, pl.Series([0, 3, 100, None], dtype=kind)) == [(0, []), (3, []), (100, []), (None, [])]


@pytest.mark.parametrize("kind", [pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.Int128])
def test_a_negative_count_of_any_width_is_wrong(kind: Any) -> None:
    least = {pl.Int8: -128, pl.Int16: -(2**15), pl.Int32: -(2**31)}.get(kind, -(2**63))
    assert [failed for _, failed in read(COUNT, pl.Series([-1, least, 0], dtype=kind))] == [
        ["GR604"],
        ["GR604"],
        [],
    ]


def test_a_count_is_neither_below_zero_nor_above_a_billion() -> None:
    assert [codes_ for _, codes_ in read(COUNT, pl.Series([-1, 10**9, 10**9 + 1, -(2**63), 2**63 - 1]))] == [
        ["GR604"],
        [],
        ["GR604"],
        ["GR604"],
        ["GR604"],
    ]
    assert [codes_ for _, codes_ in read(COUNT, pl.Series([2**64 - 1], dtype=pl.UInt64))] == [["GR604"]]


def test_a_count_may_be_a_decimal_without_places() -> None:
    assert read(COUNT, pl.Series([Decimal(3), Decimal(-1), None], dtype=pl.Decimal(12, 0))) == [
        (3, []),
        (None, ["GR604"]),
        (None, []),
    ]


def test_a_flag_is_a_boolean() -> None:
    assert read(FLAG, pl.Series([True, False, None])) == [(True, []), (False, []), (None, [])]


@pytest.mark.parametrize("kind", [pl.String, pl.Categorical, pl.Enum(["A", "C", "X"])])
def test_a_choice_is_the_place_of_its_name(kind: Any) -> None:
    assert read(CHOICE, pl.Series(["C", "A", "X", None], dtype=kind)) == [
        (2, []),
        (0, []),
        (None, ["GR616"]),
        (None, []),
    ]


def test_a_number_in_whole_numbers_is_one_over_one() -> None:
    assert read(JUDGED, pl.Series([3, 0, 4, -1, None])) == [
        (3, []),
        (0, []),
        (None, ["GR607"]),
        (None, ["GR607"]),
        (None, []),
    ]
    assert read(THIRDS, pl.Series([3, 4])) == [(3, []), (None, ["GR607"])]


def test_a_number_in_whole_numbers_may_be_on_no_step() -> None:
    assert read(COARSE, pl.Series([5, 4, -10, 0, 2])) == [
        (5, []),
        (4, ["GR609"]),
        (-10, []),
        (0, []),
        (2, ["GR609"]),
    ]


def test_a_decimal_is_a_whole_number_over_the_denominator() -> None:
    column = pl.Series(
        [
            Decimal("2.5"),
            Decimal("0.5"),
            Decimal("3.0"),
            Decimal("3.5"),
            Decimal("-0.5"),
            Decimal("2.4"),
            None,
        ],
        dtype=pl.Decimal(9, 1),
    )
    assert read(JUDGED, column) == [
        (250, []),
        (50, []),
        (300, []),
        (None, ["GR607"]),
        (None, ["GR607"]),
        (240, ["GR609"]),
        (None, []),
    ]


def test_places_behind_those_of_the_input_must_be_zeros() -> None:
    column = pl.Series(
        [Decimal("2.5000"), Decimal("2.5001"), Decimal("0.0050"), Decimal("3.0001"), None],
        dtype=pl.Decimal(38, 4),
    )
    assert read(JUDGED, column) == [
        (250, []),
        (250, ["GR608"]),
        (0, ["GR608"]),
        (None, ["GR607"]),
        (None, []),
    ]


def test_a_bound_whose_digits_do_not_end_is_cut_to_the_places_of_the_column() -> None:
    column = pl.Series([Decimal("3.3"), Decimal("3.4"), Decimal("0.0")], dtype=pl.Decimal(9, 1))
    assert read(THIRDS, column) == [(33, []), (None, ["GR607"]), (0, [])]


def test_what_is_measured_may_be_below_zero() -> None:
    column = pl.Series([Decimal("-1000000000.0"), Decimal("1000000000.1")], dtype=pl.Decimal(38, 1))
    assert read(MEASURED, column) == [(-(10**10), []), (None, ["GR607"])]
    assert read(MEASURED, pl.Series([-(10**9), -(10**9) - 1])) == [(-(10**9), []), (None, ["GR607"])]


def test_a_number_may_be_digits_as_text() -> None:
    assert read(JUDGED, pl.Series(["2.5", "2.4", "x", None])) == [
        (250, []),
        (None, [""]),
        (None, [""]),
        (None, [""]),
    ]


def test_a_cell_of_a_file_that_is_empty_leaves_out_what_may_be_left_out() -> None:
    assert read(COUNT, pl.Series(["3", "", " ", None, " 4 ", "x"]), text=True) == [
        (3, []),
        (0, []),
        (0, []),
        (0, []),
        (4, []),
        (None, [""]),
    ]
    assert read(FLAG, pl.Series(["true", "", "no"]), text=True) == [(True, []), (False, []), (None, [""])]
    assert read(JUDGED, pl.Series(["2.5", ""]), text=True) == [(250, []), (None, [""])]
    assert read(CHOICE, pl.Series(["B", ""]), text=True) == [(1, []), (None, [""])]


@pytest.mark.parametrize("one", [COUNT, FLAG, CHOICE, JUDGED])
def test_a_column_without_any_value_is_one_of_the_right_kind(one: Input) -> None:
    assert [value for value, _ in read(one, pl.Series([None, None], dtype=pl.Null))] == [None, None]


@pytest.mark.parametrize(
    ("one", "kind"),
    [
        (COUNT, pl.Float64), (COUNT, pl.String), (COUNT, pl.Boolean), (COUNT, pl.Decimal(9, 2)),
        (COUNT, pl.Date),
        (FLAG, pl.Int8), (FLAG, pl.String), (CHOICE, pl.Int64), (JUDGED, pl.Float32), (JUDGED, pl.Boolean),
    ],
)  # fmt: skip
def test_a_column_of_another_kind_is_refused(one: Input, kind: Any) -> None:
    found = reader().given(one, pl.col("x"), pl.Series([], dtype=kind).dtype)
    assert isinstance(found, Diagnostic)
    assert (found.code, args(found)["dtype"]) == ("GR651", str(pl.Series([], dtype=kind).dtype))


def test_digits_as_text_are_read_only_where_our_own_function_can_look_at_them() -> None:
    narwhals = Narwhals((64,))
    found = Reader(narwhals, lambda one, bits: parsed(one, bits, plain=False), text=False).given(
        JUDGED, narwhals.module.col("x"), narwhals.module.String()
    )
    assert isinstance(found, Diagnostic)
    assert found.code == "GR651"


def test_the_width_of_values_is_that_of_what_the_input_may_be() -> None:
    assert [reader().bits(one) for one in (COUNT, FLAG, CHOICE, JUDGED, MEASURED)] == [32, 0, 32, 32, 64]
    assert ends(THIRDS) == (0, 33)
    assert ends(COARSE) == (-1000, 1000)


def helped(one: Input, dtype: str, kind: TableKind = "polars") -> str:
    return unfit(one, dtype, kind).help()


@pytest.mark.parametrize(
    ("one", "dtype", "cures"),
    [
        (
            COUNT, "String",
            ["cast(pl.Int64)", 'astype("Int64")', "cast(pa.int64())", "CAST(… AS BIGINT)", 'cast("bigint")'],
        ),
        (FLAG, "UInt8", ["== 1", "== 1", "pc.equal(…, 1)", "… = 1", "== 1"]),
        (FLAG, "Decimal(precision=9, scale=0)", ["== 1", "== 1", "pc.equal(…, 1)", "… = 1", "== 1"]),
        (FLAG, "object", ['== "true"', '== "true"', 'pc.equal(…, "true")', "… = 'true'", '== "true"']),
        (
            CHOICE, "Int64",
            [
                "cast(pl.String)", 'astype("string")', "cast(pa.string())",
                "CAST(… AS VARCHAR)", 'cast("string")',
            ],
        ),
        (
            JUDGED, "Boolean",
            [
                "cast(pl.String)", 'astype("string")', "cast(pa.string())",
                "CAST(… AS DECIMAL(18, 2))", 'cast("decimal(18, 2)")',
            ],
        ),
    ],
)  # fmt: skip
def test_what_to_do_about_a_column_fits_its_table(one: Input, dtype: str, cures: list[str]) -> None:
    kinds: list[TableKind] = ["polars", "pandas", "pyarrow", "duckdb", "pyspark"]
    assert [helped(one, dtype, kind) for kind in kinds] == [f"change it: `{cure}`" for cure in cures]


def test_floats_are_to_be_looked_at_first() -> None:
    assert helped(COUNT, "float64").endswith(
        "; a float64 may hold fractions and digits that nobody wrote, so look at them first"
    )


def misnamed_in_small(*columns: str) -> list[tuple[str, str, str]]:
    found = misnamed(small()._plan, dict.fromkeys(columns))
    return [(one.code, args(one)["name"], args(one).get("near", "")) for one in found]


def test_a_column_that_looks_like_an_input_and_is_none_is_found() -> None:
    assert misnamed_in_small("bonus.judged", "bonus.used.citi") == [
        ("GR601", "bonus.used.citi", "bonus.used.city")
    ]
    assert misnamed_in_small("bonus.judged", "work.nothing.like.it") == [
        ("GR601", "work.nothing.like.it", "")
    ]


def test_other_columns_are_carried_along() -> None:
    assert (
        misnamed_in_small("unit", "name", "population", "work", "a.b", "bonus.judged", "bonus.used.city")
        == []
    )


def test_a_column_that_is_very_much_like_an_input_without_one_was_meant_for_it() -> None:
    plan = rich()._plan
    given = ["served", *[name for name, one in rich()._inputs.items() if one.required and name != "class"]]
    assert codes(misnamed(plan, dict.fromkeys([*given, "klass"]))) == ["GR601", "GR602"]
    assert codes(misnamed(plan, dict.fromkeys([*given, "class", "klass"]))) == []


def test_what_must_be_given_and_has_no_column_is_missing_unless_a_flag_may_excuse_it() -> None:
    assert misnamed_in_small() == [("GR602", "bonus.judged", "")]
    found = misnamed(rich()._plan, {})
    assert [args(one)["name"] for one in found] == [
        "class",
        "tests.first.graded",
        "tests.second.graded",
        "tests.third.graded",
    ]
