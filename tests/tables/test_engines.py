"""engine: whole numbers of a width, division and decimals, in polars and through narwhals over DuckDB."""

from collections.abc import Callable
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, NamedTuple

import duckdb
import narwhals as nw
import polars as pl
import pytest

from govrubric.tables.engines import Narwhals, Polars, TooWideError, installed

POLARS = Polars()
DUCKDB = Narwhals((64, 128))


def in_polars(expr: Any, **columns: Any) -> list[Any]:
    return pl.DataFrame(columns).select(expr.alias("came"))["came"].to_list()


def in_duckdb(expr: Any, values: str) -> list[Any]:
    """What an expression comes to over the columns a and b of rows that are written in SQL."""
    relation: Any = duckdb.sql(f"select * from (values {values}) as t(a, b)")
    return [row[0] for row in nw.from_native(relation).select(came=expr).to_native().fetchall()]


def test_a_library_that_is_not_there_is_named_with_what_to_install() -> None:
    assert installed("polars", "frames") is pl
    with pytest.raises(
        ImportError, match=r'^scoring this table needs nowhere_to_be: pip install "govrubric\[frames\]"$'
    ):
        installed("nowhere_to_be", "frames")
    with pytest.raises(ImportError, match=r"pip install nowhere_to_be$"):
        installed("nowhere_to_be")


def test_polars_has_constants_and_casts_of_three_widths() -> None:
    for bits, kind in ((32, pl.Int32), (64, pl.Int64), (128, pl.Int128)):
        assert pl.select(POLARS.lit(5, bits).alias("x")).schema["x"] == kind
        assert pl.DataFrame({"x": [5]}).select(POLARS.cast(pl.col("x"), bits)).schema["x"] == kind


def test_a_quotient_goes_down() -> None:
    assert in_polars(POLARS.quotient(pl.col("a"), pl.col("b"), most=9), a=[7, -7, 6], b=[2, 2, 3]) == [
        3,
        -4,
        2,
    ]
    assert in_duckdb(DUCKDB.quotient(nw.col("a"), nw.col("b"), most=9), "(7, 2), (-7, 2), (6, 3)") == [
        3,
        -4,
        2,
    ]


@pytest.mark.parametrize(
    ("over", "under", "came"),
    [
        (2**62 + 1, 3, 1537228672809129301),  # 3 x 1537228672809129301 = 2**62 - 1
        (-(2**62) - 1, 3, -1537228672809129302),
        (2**61 - 1, 2**61, 0),
        (-1, 2**61, -1),
        (10**18 - 1, 10**9, 999999999),
        (10**18, 10**9, 10**9),
    ],
)
def test_a_large_quotient_is_exact_though_the_engine_divides_through_doubles(
    over: int, under: int, came: int
) -> None:
    expr = DUCKDB.quotient(nw.col("a"), nw.col("b"), most=2**62 + 1)
    assert in_duckdb(expr, f"({over}::bigint, {under}::bigint)") == [came]


class Off(int):
    """A whole number whose quotient is off, as one through doubles may be."""

    off = 0

    def __floordiv__(self, other: int) -> int:
        return int(self) // other + self.off


class Then(NamedTuple):
    """``when(flag).then(a).otherwise(b)`` of one row."""

    flag: bool
    value: Any = None

    def then(self, value: Any) -> "Then":
        return self._replace(value=value)

    def otherwise(self, other: Any) -> Any:
        return self.value if self.flag else other


@pytest.mark.parametrize("off", [-1, 0, 1])
@pytest.mark.parametrize(
    ("over", "came"), [(10**18, 142857142857142857), (-(10**18), -142857142857142858), (7 * 10**17, 10**17)]
)
def test_what_the_engine_is_off_by_is_set_right(
    over: int, came: int, off: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = Narwhals((64,))
    row.module = SimpleNamespace(when=Then, lit=lambda value, **_: value)
    monkeypatch.setattr(Off, "off", off)
    assert row.quotient(Off(over), 7, most=2**60) == came


@pytest.mark.parametrize(("low", "high"), [(0, 9), (-3, 9)])
def test_what_is_between_two_numbers(low: int, high: int) -> None:
    wanted = [low <= one <= high if one is not None else None for one in (-4, -1, 0, 9, 10, None)]
    assert in_polars(POLARS.between(pl.col("a"), low, high), a=[-4, -1, 0, 9, 10, None]) == wanted
    assert (
        in_duckdb(
            DUCKDB.between(nw.col("a"), low, high), "(-4, 0), (-1, 0), (0, 0), (9, 0), (10, 0), (NULL, 0)"
        )
        == wanted
    )


@pytest.mark.parametrize(
    ("scale", "places", "came"),
    [
        (2, 2, [1250, -5, None]),
        (2, 4, [125000, -500, None]),
        (4, 2, [1250, -5, None]),
        (9, 0, [13, -1, None]),
    ],
)
def test_decimals_become_whole_numbers_of_another_place(scale: int, places: int, came: list[Any]) -> None:
    values = ["12.5", "-0.05", None] if places else ["13", "-1", None]
    column = pl.Series(values).cast(pl.Decimal(20, scale))
    assert in_polars(POLARS.unscaled(pl.col("a"), scale, places), a=column) == came
    rows = ", ".join(f"({'NULL' if one is None else one}::decimal(20, {scale}), 0)" for one in values)
    assert in_duckdb(DUCKDB.unscaled(nw.col("a"), scale, places), rows) == came


def test_which_decimals_have_zeros_behind_the_places() -> None:
    column = pl.Series(["12.50", "-0.050", "0.001", "-99.995", None]).cast(pl.Decimal(20, 4))
    wanted = [True, True, False, False, None]
    assert in_polars(POLARS.even(pl.col("a"), 4, 2), a=column) == wanted
    rows = "(12.50::decimal(20, 4), 0), (-0.050, 0), (0.001, 0), (-99.995, 0), (NULL, 0)"
    assert in_duckdb(DUCKDB.even(nw.col("a"), 4, 2), rows) == wanted


def test_whole_numbers_become_decimals() -> None:
    assert in_polars(POLARS.decimal(pl.col("a"), 18, 2), a=[1234, -5, None]) == [
        Decimal("12.34"),
        Decimal("-0.05"),
        None,
    ]
    assert in_duckdb(DUCKDB.decimal(nw.col("a"), 18, 2), "(1234, 0), (-5, 0), (NULL, 0)") == [
        Decimal("12.34"),
        Decimal("-0.05"),
        None,
    ]
    assert in_duckdb(DUCKDB.decimal(nw.col("a"), 18, 0), "(1234, 0)") == [Decimal(1234)]


def test_decimals_of_more_digits_than_tables_have_are_refused() -> None:
    assert in_polars(POLARS.decimal(pl.col("a"), 38, 2), a=[5]) == [Decimal("0.05")]
    acts: list[Callable[[], Any]] = [
        lambda: POLARS.decimal(pl.col("a"), 39, 2),
        lambda: DUCKDB.decimal(nw.col("a"), 36, 2),
    ]
    for act in acts:
        with pytest.raises(TooWideError) as caught:
            act()
        assert (caught.value.need, caught.value.most, caught.value.what) == (39, 38, "digits")
