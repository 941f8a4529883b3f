"""What the two ways of computing with columns owe: whole numbers of a width, division, decimals.

Polars computes with the narrowest columns that the bounds allow, up to 128 bits. Through narwhals, which speaks to DuckDB, PySpark and
others, everything is 64 bits wide, and 128 where a database has such numbers.
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

    def __init__(self, need: int, most: int, what: Literal["bits", "digits"] = "bits") -> None:
        super().__init__(need, most, what)
        self.need, self.most, self.what = need, most, what


class Engine(Protocol):
    """Columns of whole numbers; `module` has ``col``, ``when``, ``max_horizontal`` and the like."""

    @property
    def module(self) -> Any: ...

    @property
    def calls_python(self) -> bool:
        """Whether a function of ours can look at a column."""

    @property
    def forgiving(self) -> bool:
        """Whether it computes on with a number that is null or does not fit, as long as nobody looks at what comes of it."""

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths in bits that it computes with, narrowest first."""

    def lit(self, value: int, bits: int) -> Expr:
        """A constant of so many bits."""

    def cast(self, expr: Expr, bits: int) -> Expr:
        """Whole numbers that are known to fit, in so many bits."""

    def quotient(self, over: Expr, under: Expr, *, most: int) -> Expr:
        """The whole number not above ``over / under``; neither is further from zero than `most`."""

    def between(self, expr: Expr, low: Any, high: Any) -> Expr:
        """The flag of numbers from `low` to `high`; null of nulls."""

    def unscaled(self, expr: Expr, scale: int, places: int) -> Expr:
        """Decimals with `scale` places, none of more than twelve digits before the point, as whole numbers of units of the last of `places`."""

    def even(self, expr: Expr, scale: int, places: int) -> Expr:
        """The flag of decimals that are such whole numbers."""

    def decimal(self, expr: Expr, digits: int, scale: int) -> Expr:
        """Whole numbers as decimals of so many digits, the last `scale` of them behind the point; raises `TooWideError`."""


class Polars:
    """Expressions of polars."""

    widths = (32, 64, 128)
    calls_python = True
    forgiving = True

    def __init__(self) -> None:
        self.module = polars = installed("polars", "frames")
        self._types = {32: polars.Int32, 64: polars.Int64, 128: polars.Int128}

    def lit(self, value: int, bits: int) -> Expr:
        return self.module.lit(value, dtype=self._types[bits])

    def cast(self, expr: Expr, bits: int) -> Expr:
        return expr.cast(
            self._types[bits], wrap_numerical=True
        )  # four times as fast as a cast that looks for what does not fit

    def quotient(self, over: Expr, under: Expr, *, most: int) -> Expr:
        return over // under

    def between(self, expr: Expr, low: Any, high: Any) -> Expr:
        if type(low) is int and low == 0:
            return expr.reinterpret(signed=False) <= self.module.lit(
                high
            )  # one look for two: what is below zero is largest of all
        return (expr >= self.module.lit(low)) & (expr <= self.module.lit(high))

    def unscaled(self, expr: Expr, scale: int, places: int) -> Expr:
        whole = expr.reinterpret(dtype=self.module.Int128)
        if scale == places:
            return whole
        return (
            whole // self.lit(10 ** (scale - places), 128)
            if scale > places
            else whole * self.lit(10 ** (places - scale), 128)
        )

    def even(self, expr: Expr, scale: int, places: int) -> Expr:
        whole, unit = expr.reinterpret(dtype=self.module.Int128), self.lit(10 ** (scale - places), 128)
        return whole // unit * unit == whole

    def decimal(self, expr: Expr, digits: int, scale: int) -> Expr:
        _digits(digits)
        return self.cast(expr, 128).reinterpret(dtype=self.module.Decimal(digits, scale))


class Narwhals:
    """Expressions of narwhals; `widths` are those of the engine behind it."""

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
        """The quotient; an engine that divides through doubles is exact below 2**53, and is set right by whole numbers above."""
        guess = over // under
        if most < 2**53:
            return guess
        rest = over - guess * under
        when = self.module.when
        zero, one = self.lit(0, 64), self.lit(1, 64)
        return (
            guess
            + when(rest >= under).then(one).otherwise(zero)
            - when(rest < zero).then(one).otherwise(zero)
        )

    def between(self, expr: Expr, low: Any, high: Any) -> Expr:
        return (expr >= self.module.lit(low)) & (expr <= self.module.lit(high))

    def _kept(self, expr: Expr, places: int) -> Expr:
        """Decimals with so many places, in few enough digits that no database rounds what it multiplies."""
        return expr.cast(self.module.Decimal(WHOLE_DIGITS + 1 + places, places))

    def unscaled(self, expr: Expr, scale: int, places: int) -> Expr:
        # DuckDB keeps a product to 18 digits, unless one of the factors has more.
        wide = self._kept(expr, places).cast(self.module.Decimal(DIGITS, places))
        return (wide * self.module.lit(10**places)).cast(self._types[64])

    def even(self, expr: Expr, scale: int, places: int) -> Expr:
        return self._kept(expr, places) == expr

    def decimal(self, expr: Expr, digits: int, scale: int) -> Expr:
        _digits(
            digits + scale + 1 if scale else digits
        )  # a database multiplies exactly where the digits of both have room
        whole = expr.cast(self.module.Decimal(digits, 0))
        unit = self.module.lit(Decimal((0, (1,), -scale)))
        return (whole * unit).cast(self.module.Decimal(digits, scale)) if scale else whole


def _digits(needed: int) -> None:
    """Refuse decimals with more digits than those of any table have."""
    if needed > DIGITS:
        raise TooWideError(needed, DIGITS, "digits")
