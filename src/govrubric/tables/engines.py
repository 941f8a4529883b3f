"""The two engines that compute with columns: whole numbers of a width, division, decimals.

Polars computes with the narrowest columns that the bounds allow, up to 128 bits. Through narwhals, which
speaks to DuckDB, PySpark and others, all numbers are 64 bits wide, or 128 where a database has such numbers.
"""

from decimal import Decimal
from importlib import import_module
from typing import Any, Literal, Protocol

from govrubric.numbers import WHOLE_DIGITS

DIGITS = 38
Expr = Any
"""An expression of polars or of narwhals, which have the same names for what is used here."""


def installed(library: str, extra: str = "") -> Any:
    """A library that only tables need; raises ``ImportError`` with what to install."""
    try:
        return import_module(library)
    except ImportError:
        wanted = f'"govrubric[{extra}]"' if extra else library
        raise ImportError(f"scoring this table needs {library}: pip install {wanted}") from None


class TooWideError(Exception):
    """A number needs more bits than the engine has, or a decimal more digits; `need` is how many."""

    need: int
    most: int

    def __init__(self, need: int, most: int, what: Literal["bits", "digits"] = "bits") -> None:
        super().__init__(need, most, what)
        self.need, self.most, self.what = need, most, what


class Engine(Protocol):
    """Columns of whole numbers; `module` has ``col``, ``when``, ``max_horizontal`` and the like."""

    @property
    def module(self) -> Any: ...

    @property
    def calls_python(self) -> bool:
        """Whether the engine can call a Python function with a column."""

    @property
    def forgiving(self) -> bool:
        """Whether the engine computes on with a null, or a number too wide, whose result is not used."""

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths in bits that the engine computes with, narrowest first."""

    def lit(self, value: int, bits: int) -> Expr:
        """A constant that is `bits` wide."""

    def cast(self, expr: Expr, bits: int) -> Expr:
        """Whole numbers that are known to fit into `bits`, in that width."""

    def quotient(self, over: Expr, under: Expr, *, most: int) -> Expr:
        """The whole number not above ``over / under``; neither is further from zero than `most`."""

    def between(self, expr: Expr, low: Any, high: Any) -> Expr:
        """The flag of numbers from `low` to `high`; null where the number is null."""

    def unscaled(self, expr: Expr, scale: int, places: int) -> Expr:
        """Decimals as whole numbers: the value times ``10**places``.

        The decimals have `scale` places and at most twelve digits before the point.
        """

    def even(self, expr: Expr, scale: int, places: int) -> Expr:
        """The flag of decimals that `unscaled` turns into whole numbers without a rest."""

    def decimal(self, expr: Expr, digits: int, scale: int) -> Expr:
        """Whole numbers as decimals with `digits` digits, `scale` of them after the point.

        Raises:
            TooWideError: where the engine has no decimals with so many digits.
        """


class Polars:
    """Expressions of polars."""

    module: Any

    widths: tuple[int, ...] = (32, 64, 128)
    calls_python = True
    forgiving = True

    def __init__(self) -> None:
        self.module = polars = installed("polars", "frames")
        self._types = {32: polars.Int32, 64: polars.Int64, 128: polars.Int128}

    def lit(self, value: int, bits: int) -> Expr:
        return self.module.lit(value, dtype=self._types[bits])

    def cast(self, expr: Expr, bits: int) -> Expr:
        # With wrapping, a cast is four times as fast as a cast that looks for numbers that do not fit.
        return expr.cast(self._types[bits], wrap_numerical=True)

    def quotient(self, over: Expr, under: Expr, *, most: int) -> Expr:
        return over // under

    def between(self, expr: Expr, low: Any, high: Any) -> Expr:
        if type(low) is int and low == 0:
            # A single comparison: a negative number read without its sign is greater than any other.
            return expr.reinterpret(signed=False) <= self.module.lit(high)
        return (expr >= self.module.lit(low)) & (expr <= self.module.lit(high))

    def unscaled(self, expr: Expr, scale: int, places: int) -> Expr:
        whole = expr.reinterpret(dtype=self.module.Int128)
        if scale > places:
            return whole // self.lit(10 ** (scale - places), 128)
        if scale < places:
            return whole * self.lit(10 ** (places - scale), 128)
        return whole

    def even(self, expr: Expr, scale: int, places: int) -> Expr:
        whole, unit = expr.reinterpret(dtype=self.module.Int128), self.lit(10 ** (scale - places), 128)
        return whole // unit * unit == whole

    def decimal(self, expr: Expr, digits: int, scale: int) -> Expr:
        _refuse_more_digits(digits)
        return self.cast(expr, 128).reinterpret(dtype=self.module.Decimal(digits, scale))


class Narwhals:
    """Expressions of narwhals; `widths` are those of the database that narwhals speaks to."""

    module: Any

    calls_python = False
    forgiving = False

    def __init__(self, widths: tuple[int, ...]) -> None:
        self.module = narwhals = installed("narwhals", "frames")
        self.widths = widths
        self._types = {64: narwhals.Int64, 128: narwhals.Int128}

    def lit(self, value: int, bits: int) -> Expr:
        return self.module.lit(value, dtype=self._types[bits])

    def cast(self, expr: Expr, bits: int) -> Expr:
        return expr.cast(self._types[bits])

    def quotient(self, over: Expr, under: Expr, *, most: int) -> Expr:
        """The quotient.

        A database that divides through doubles is exact below 2**53; above, its quotient is corrected with
        whole numbers.
        """
        guess = over // under
        if most < 2**53:
            return guess
        rest = over - guess * under
        when, zero, unit = self.module.when, self.lit(0, 64), self.lit(1, 64)
        too_low = when(rest >= under).then(unit).otherwise(zero)
        too_high = when(rest < zero).then(unit).otherwise(zero)
        return guess + too_low - too_high

    def between(self, expr: Expr, low: Any, high: Any) -> Expr:
        return (expr >= self.module.lit(low)) & (expr <= self.module.lit(high))

    def _kept(self, expr: Expr, places: int) -> Expr:
        """Decimals cut to `places`, with few enough digits that no database rounds their products."""
        return expr.cast(self.module.Decimal(WHOLE_DIGITS + 1 + places, places))

    def unscaled(self, expr: Expr, scale: int, places: int) -> Expr:
        # DuckDB keeps a product to 18 digits, unless one of the factors has more.
        wide = self._kept(expr, places).cast(self.module.Decimal(DIGITS, places))
        return (wide * self.module.lit(10**places)).cast(self._types[64])

    def even(self, expr: Expr, scale: int, places: int) -> Expr:
        return self._kept(expr, places) == expr

    def decimal(self, expr: Expr, digits: int, scale: int) -> Expr:
        # A database multiplies exactly where a product has room for the digits of both factors.
        _refuse_more_digits(digits + scale + 1 if scale else digits)
        whole = expr.cast(self.module.Decimal(digits, 0))
        unit = self.module.lit(Decimal((0, (1,), -scale)))
        return (whole * unit).cast(self.module.Decimal(digits, scale)) if scale else whole


def _refuse_more_digits(needed: int) -> None:
    """Raise `TooWideError` for decimals with more digits than those of any table can have."""
    if needed > DIGITS:
        raise TooWideError(needed, DIGITS, "digits")
