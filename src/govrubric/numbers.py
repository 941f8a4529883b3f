"""Written digits -> exact number; exact number -> digits; roundings by name.

Nothing here reads the ambient decimal context, and nothing passes through a float.
"""

import re
from collections.abc import Callable
from decimal import ROUND_HALF_EVEN, Context, Decimal, Inexact, InvalidOperation, Overflow
from fractions import Fraction
from functools import lru_cache
from typing import Literal

Operand = int | Decimal | Fraction
Mode = Literal["half_up", "half_even", "down", "up", "floor", "ceiling"]

WHOLE_DIGITS = 12  # before the point
PLACES = 6  # after the point
COUNT_LIMIT = 1_000_000_000
NO_NUMBER: int = 10 ** (WHOLE_DIGITS + PLACES + 1)  # larger than any number may be; see `shifted`

_KEPT = 10**40  # numerators and denominators below it are kept for reuse
_LONG = 10**600  # from here on, Python refuses to write or to read a whole number where its host wants it so
_READABLE = 10**40

_DECIMAL = re.compile(r"(-?)(\d+)(?:\.(\d+))?", re.ASCII)
_SPEC_PLACES = re.compile(r"\.(\d+)", re.ASCII)
_RATIO = re.compile(r"(-?\d+)/(\d+)", re.ASCII)
# Every argument is given, since an omitted one would come from a default that a host may change.
_CONTEXT = Context(99_999, ROUND_HALF_EVEN, -999_999, 999_999, 1, 0, [], [Inexact])
# The same for numbers of no more digits than any may have.
_SHORT = Context(
    40, ROUND_HALF_EVEN, -40, WHOLE_DIGITS + PLACES, 1, 0, [], [Inexact, InvalidOperation, Overflow]
)


class NotANumber(ValueError):
    """The text or value is no exact number.

    ``reason`` is a key for the caller's message: ``form``, ``digits``, ``zero``, ``flag``, ``nan`` or
    ``float``.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def parse(text: str, places: int = PLACES) -> Fraction:
    """``"0.10"`` -> 1/10, ``"1/3"`` -> 1/3; raises `NotANumber`, also for more than `places` decimal places.

    Source: language section 2.
    """
    if match := _DECIMAL.fullmatch(text):
        sign, whole, decimals = match.groups(default="")
        if len(whole) > WHOLE_DIGITS or len(decimals) > places:
            raise NotANumber("digits")
        return Fraction(int(f"{sign}{whole}{decimals}"), 10 ** len(decimals))
    if match := _RATIO.fullmatch(text):
        over, under = match.groups()
        if len(over.lstrip("-")) > WHOLE_DIGITS or len(under) > WHOLE_DIGITS:
            raise NotANumber("digits")
        if int(under) == 0:
            raise NotANumber("zero")
        return Fraction(int(over), int(under))
    raise NotANumber("form")


def exact(value: object) -> Fraction:
    """An ``int``, ``Decimal``, ``Fraction``, or digits as text -> the exact number.

    Raises `NotANumber`, also for a ``float``, since its digits are not those that were written, and for other
    subclasses of the numbers, whose arithmetic may be any.
    """
    if isinstance(value, (int, Decimal, Fraction)) and type(value) not in OWN:
        raise NotANumber("form")
    match value:
        case bool():
            raise NotANumber("flag")
        case str():
            return parse(value)
        case int():
            if abs(value) >= 10**WHOLE_DIGITS:
                raise NotANumber("digits")
            return Fraction(value)
        case Decimal():
            sign, digits, exponent = value.as_tuple()
            if not isinstance(exponent, int):
                raise NotANumber("nan")
            if not any(digits):
                return Fraction(0)
            # Zeros at the end of the digits add no places, so 2.5000000 is 2.5.
            zeros = len(digits) - len(bytes(digits).rstrip(b"\0"))
            if exponent + zeros < -PLACES or value.adjusted() >= WHOLE_DIGITS:
                raise NotANumber("digits")
            significant = int("".join(map(str, digits[: len(digits) - zeros])))
            return Fraction(-significant if sign else significant) * Fraction(10) ** (exponent + zeros)
        case Fraction():
            if abs(value.numerator) >= 10 ** (WHOLE_DIGITS + PLACES) or value.denominator >= 10**WHOLE_DIGITS:
                raise NotANumber("digits")
            parse(spelled(value))  # a number that a rubric cannot hold is refused in Python too
            return value
        case float():
            raise NotANumber("float")
        case _:
            raise NotANumber("form")


class Exact(Fraction):
    """An exact number: a ``Fraction`` that reads as its digits (``0.3``), or as ``1/3`` where they never end.

    It adds, subtracts, multiplies, divides and compares with ``int``, ``Decimal`` and ``Fraction``, exactly;
    the result is exact too. Arithmetic with a ``float`` raises `TypeError`. ``format(x, ".2f")`` rounds half
    to even, as it does for a ``Decimal``.
    """

    __slots__ = ()

    # `Fraction` adds a float and gives a float, which is not exact. These methods refuse it: they take
    # less than those of the base class, which a type checker reports and no annotation can express.
    def __add__(self, other: Operand) -> "Exact":  # type: ignore[override] # `Fraction` takes a float
        if (terms := _terms(self, other)) is None:
            return NotImplemented
        a, b, c, d = terms
        return ratio(a * d + c * b, b * d)

    __radd__ = __add__  # type: ignore[assignment] # `Fraction` takes a float

    def __sub__(self, other: Operand) -> "Exact":  # type: ignore[override] # `Fraction` takes a float
        if (terms := _terms(self, other)) is None:
            return NotImplemented
        a, b, c, d = terms
        return ratio(a * d - c * b, b * d)

    def __rsub__(self, other: Operand) -> "Exact":  # type: ignore[override] # `Fraction` takes a float
        if (terms := _terms(self, other)) is None:
            return NotImplemented
        a, b, c, d = terms
        return ratio(c * b - a * d, b * d)

    def __mul__(self, other: Operand) -> "Exact":  # type: ignore[override] # `Fraction` takes a float
        if (terms := _terms(self, other)) is None:
            return NotImplemented
        a, b, c, d = terms
        return ratio(a * c, b * d)

    __rmul__ = __mul__  # type: ignore[assignment] # `Fraction` takes a float

    def __truediv__(self, other: Operand) -> "Exact":  # type: ignore[override] # `Fraction` takes a float
        if (terms := _terms(self, other)) is None:
            return NotImplemented
        a, b, c, d = terms
        return ratio(a * d, b * c)

    def __rtruediv__(self, other: Operand) -> "Exact":  # type: ignore[override] # `Fraction` takes a float
        if (terms := _terms(self, other)) is None:
            return NotImplemented
        a, b, c, d = terms
        return ratio(b * c, a * d)

    def __neg__(self) -> "Exact":
        return ratio(-self.numerator, self.denominator)

    def __pos__(self) -> "Exact":
        return self

    def __abs__(self) -> "Exact":
        return ratio(abs(self.numerator), self.denominator)

    def __str__(self) -> str:
        return written(self)

    def __repr__(self) -> str:
        return f"Exact('{self}')"

    def __format__(self, spec: str, /) -> str:
        if not spec.endswith(("f", "F", "%")):
            return format(str(self), spec)
        given = _SPEC_PLACES.search(spec)
        places = int(given[1]) if given else 6
        shift = places + (2 if spec.endswith("%") else 0)
        units = ROUNDINGS["half_even"](self.numerator * 10**shift, self.denominator)
        return format(_CONTEXT.scaleb(Decimal(units), -shift), spec)

    def __reduce__(self) -> tuple[type["Exact"], tuple[int, int]]:
        return Exact, (self.numerator, self.denominator)


def _terms(self: Exact, other: object) -> tuple[int, int, int, int] | None:
    """Numerators and denominators of two numbers; ``None`` where the other is not exact, such as a float."""
    if isinstance(other, Decimal):
        other = Fraction(other)
    if not isinstance(other, (int, Fraction)):
        return None
    return self.numerator, self.denominator, other.numerator, other.denominator


OWN = frozenset((bool, int, Decimal, Fraction, Exact))  # the classes whose arithmetic is known


def places_of(number: Fraction) -> int | None:
    """How many decimal places the number needs; ``None`` where its digits never end."""
    twos = (number.denominator & -number.denominator).bit_length() - 1
    rest, fives = number.denominator >> twos, 0
    for step in (64, 1):  # 64 powers of five at once first, since a forged card may hold very long numbers
        while rest.bit_length() > 2 * step and rest % 5**step == 0:
            rest, fives = rest // 5**step, fives + step
    return max(twos, fives) if rest == 1 else None


def digits_of(number: int) -> str:
    """The digits of a whole number of any length."""
    return str(number) if -_LONG < number < _LONG else str(Decimal(number))


def whole_of(digits: str) -> int:
    """Digits of any number -> the whole number."""
    return int(digits) if len(digits) <= 600 else int(Decimal(digits))


def written(number: Fraction, places: int = 0) -> str:
    """The number in digits, at least `places` of them after the point; as ``n/d`` where they never end."""
    needed = places_of(number)
    if needed is None:
        return f"{digits_of(number.numerator)}/{digits_of(number.denominator)}"
    places = max(needed, places)
    sign = "-" if number < 0 else ""
    digits = digits_of(abs(number.numerator) * 10**places // number.denominator).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else sign + digits


def shown(number: Fraction, places: int) -> str:
    """The number for people: digits that never end are cut after some `places`, as in ``6.6666…``."""
    if places_of(number) is not None:
        return written(number)
    digits = written(Fraction(abs(number.numerator) * 10**places // number.denominator, 10**places), places)
    return f"{'-' if number < 0 else ''}{digits}…"


def spelled(number: Fraction) -> str:
    """The number as a rubric may hold it: in digits if they are few enough, else as a fraction."""
    places = places_of(number)
    few = places is not None and places <= PLACES and abs(number) < 10**WHOLE_DIGITS
    return written(number) if few else f"{number.numerator}/{number.denominator}"


def ratio(numerator: int, denominator: int) -> Exact:
    """Whole number over whole number -> the exact number that users get."""
    # Points repeat. What only a forged card has is not kept, since it may be very long.
    if -_KEPT < numerator < _KEPT and denominator < _KEPT:
        return _ratio(numerator, denominator)
    return Exact(numerator, denominator)


def as_exact(number: Fraction) -> Exact:
    """A number of a rubric -> the exact number that users get."""
    return ratio(number.numerator, number.denominator)


@lru_cache(maxsize=8192)
def _ratio(numerator: int, denominator: int) -> Exact:
    return Exact(numerator, denominator)


def decimal(value: Fraction) -> Decimal:
    """An exact number that was rounded to decimal places, so that its digits end."""
    places = places_of(value)
    assert places is not None, "a published total is rounded"
    return _CONTEXT.scaleb(Decimal(value.numerator * 10**places // value.denominator), -places)


def shifted(value: Decimal, places: int) -> int:
    """A number with at most `places` decimal places -> value × 10^places; any other -> `NO_NUMBER`."""
    try:
        return int(whole(scaled(value, places)))
    except UNFIT:
        return NO_NUMBER


# The parts of `shifted`, for generated code. They raise one of `UNFIT` for a number of more digits than any
# may have, for one with a fraction, and for what is no number.
scaled: Callable[[Decimal, int], Decimal] = _SHORT.scaleb
whole: Callable[[Decimal], Decimal] = _SHORT.to_integral_exact
UNFIT = (ArithmeticError, ValueError)


def spelling(value: Decimal | Fraction) -> str:
    """The digits of a number of any size, as short text; empty for a fraction that has too many."""
    if isinstance(value, Decimal):
        return _CONTEXT.to_sci_string(value)
    return written(value) if max(abs(value.numerator), value.denominator) < _READABLE else ""


def _half_up(n: int, d: int) -> int:
    return (2 * n + d) // (2 * d) if n >= 0 else -((d - 2 * n) // (2 * d))


def _half_even(n: int, d: int) -> int:
    quotient, rest = divmod(n, d)
    return quotient + (2 * rest > d or (2 * rest == d and quotient % 2 == 1))


def _down(n: int, d: int) -> int:
    return min(n // d, -(-n // d), key=abs)


def _up(n: int, d: int) -> int:
    return max(n // d, -(-n // d), key=abs)


def _floor(n: int, d: int) -> int:
    return n // d


def _ceiling(n: int, d: int) -> int:
    return -(-n // d)


ROUNDINGS: dict[Mode, Callable[[int, int], int]] = {
    "half_up": _half_up,  # away from zero at a tie: 四舍五入
    "half_even": _half_even,
    "down": _down,  # towards zero
    "up": _up,  # away from zero
    "floor": _floor,
    "ceiling": _ceiling,
}
"""By its name, each rounding: ``(n, d)`` with ``d > 0`` -> the whole number that n ÷ d rounds to."""
