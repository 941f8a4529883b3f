"""A value of any class -> the whole number that it gives an input, or what is wrong with it.

Nothing is converted in silence: a `bool` is no count, 1 is no flag, and a `float` is no number. A value's
class may be any, and its methods may lie or raise. So a class is known by `type`, and only methods of
Python's own classes are called, but for `__index__`, whose result is looked at.
"""

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from govrubric.diagnostics.display import plain, shown
from govrubric.document.nodes import Plain
from govrubric.formula.nodes import Input
from govrubric.language.fields import Table, kind_of
from govrubric.numbers import OWN, ROUNDINGS, WHOLE_DIGITS, NotANumber, exact, places_of, spelling, written

ECHO = 40  # characters that a message shows of a value
SLIP = Fraction(1, 10**9)  # what a float may be away from the digits that somebody meant

_DIGITS = re.compile(r"-?[0-9]{1,30}", re.ASCII)
_DECIMAL = re.compile(r"-?0*([0-9]+)(?:\.([0-9]+))?", re.ASCII)
_BUILTIN = frozenset((type(None), bool, int, float, list, tuple, dict, datetime.date, datetime.datetime))
_NAMES = frozenset(
    ("bool", "int", "float", "str", "list", "tuple", "dict", "date", "datetime", "Decimal", "Fraction")
)
_NUMBERS = (bool, float, Decimal, Fraction)  # whose `__index__`, if any, is not asked


class WrongError(Exception):
    """A value that is wrong: the code of the diagnostic, and what it names."""

    def __init__(self, code: str, **args: object) -> None:
        self.code = code
        self.args_ = args


def is_text(value: object) -> bool:
    """Whether a value is a text, whatever it says of its class."""
    return issubclass(type(value), str)


def is_mapping(value: object) -> bool:
    """Whether a value is a mapping, or a table of a case."""
    kind = type(value)
    return kind is dict or issubclass(kind, (Mapping, Table))


def own(value: Any) -> Any:
    """A value; of a text of the caller's class, the characters alone, since its methods may do anything."""
    return str.__str__(value) if is_text(value) and type(value) is not Plain else value


def named(kind: type) -> str:
    """The name of a class; with its module, where it has the name of one of Python's own classes."""
    name: str = type.__dict__["__name__"].__get__(kind)
    if kind in _BUILTIN or kind in OWN or name not in _NAMES:
        return name
    module = type.__dict__["__module__"].__get__(kind)
    return f"{str.__str__(module)}.{name}" if is_text(module) else name


def quoted(value: object) -> str:
    """A value as a message shows it."""
    kind = type(value)
    if is_text(value):
        return f"“{plain(str.__str__(value), ECHO)}”"
    # Which of Python's own classes it is was asked of the class, so that a checker does not see it.
    known: Any = value
    if kind in (Decimal, Fraction) and (digits := spelling(known)):
        return f"{plain(digits, ECHO)} ({kind.__name__})"
    if kind in _BUILTIN:
        return kind_of(known)
    return shown(float.__pos__(known)) if issubclass(kind, float) else named(kind)


def indexed(value: object) -> int | None:
    """The whole number of an `int` or of an object with `__index__`; None for all else, and for a truth.

    A subclass of `int` is the number that it was made of, if it has no `__index__` of its own.
    """
    kind = type(value)
    if kind is int:
        return value  # type: ignore[return-value] # it is an int, as its class says
    if issubclass(kind, _NUMBERS) or is_text(value):
        return None
    try:
        index = kind.__index__  # type: ignore[attr-defined] # whether there is one is what is asked
        if issubclass(kind, int) and index is not int.__index__:
            return None
        number = index(value)
    except Exception:  # whatever the methods of the caller's class raise
        return None
    return number if type(number) is int else None


def called(known: Input) -> dict[str, str]:
    """How a message calls an input: by its name in tallies, and its title where it has one."""
    return {"name": known.name} if known.title is None else {"name": known.name, "title": known.title}


def whole(known: Input, value: Any) -> int | None:
    """A value alone -> a whole number over the denominator of its input; ``None`` if it is refused."""
    try:
        return checked(known, value)
    except WrongError:
        return None


def checked(known: Input, value: Any) -> int:
    """A value -> a whole number over its input's denominator; raises `WrongError`."""
    if known.kind == "count":
        return _count(known, value)
    if known.kind == "flag":
        return _flag(value)
    if known.kind == "choice":
        if not is_text(value) or value not in known.options:
            text = _option_as_number(known, value)
            raise WrongError("GR616", value=quoted(value), known=", ".join(known.options), near="", text=text)
        return known.options.index(value)
    return _number(known, value)


def _option_as_number(known: Input, value: Any) -> str:
    """The option that a number would be as text, in quotes; empty where there is none.

    A number of very many digits is none, and Python does not write it.
    """
    is_short = type(value) is int and value.bit_length() <= 128
    digits = str(value) if is_short or type(value) is Decimal else ""
    return f'"{digits}"' if digits in known.options else ""


def is_true(value: Any) -> bool:
    """Whether a flag is given as true."""
    return value is True or (type(value) is Plain and value.lower() == "true")


def left_out(known: Input) -> int | bool | Decimal | str | None:
    """What a tally would give in place of what it leaves out; None of an input that it must give."""
    if known.required:
        return None
    if known.kind == "flag":
        return False
    if known.kind == "choice":
        return known.options[known.unsaid]
    return Decimal(f"{known.unsaid}E-{known.places}") if known.places else known.unsaid


def _flag(value: Any) -> int:
    if type(value) is Plain and value.lower() in ("true", "false"):
        return int(value.lower() == "true")
    if type(value) is bool:
        return int(value)
    raise WrongError("GR605", value=quoted(value), python="" if is_text(value) else _truth(value))


def _truth(value: object) -> str:
    """What to write in Python instead of a value that is no flag.

    A truth of numpy's is refused too: to know it by its name would be to trust any class of that name.
    """
    if type(value) is int and value in (0, 1):
        return f"`{bool(value)}`"
    like = named(type(value)).rpartition(".")[2] in ("bool", "bool_")
    return "`bool(…)`" if like else "`True`/`False`"


def _count(known: Input, value: Any) -> int:
    number: int | None
    if type(value) is Plain:
        number = int(value) if _DIGITS.fullmatch(value) else None
    elif type(value) is Decimal:
        number = _integral(known, value)
    else:
        number = indexed(value)
    if number is None:
        raise WrongError("GR603", value=quoted(value), near=_leading(value))
    if not known.lo <= number <= known.hi:
        raise WrongError("GR604", value=quoted(number), high=written(known.hi))
    return number


def _integral(known: Input, value: Decimal) -> int | None:
    """The whole number of a Decimal, as databases keep counts; None where it has a fraction."""
    try:
        number = exact(value)
    except NotANumber as error:
        if error.reason == "digits" and value.adjusted() >= WHOLE_DIGITS:
            raise WrongError("GR604", value=quoted(value), high=written(known.hi)) from None
        return None
    return number.numerator if number.denominator == 1 else None


_MEASURED = re.compile(r"([0-9]{1,10}(?:\.[0-9]{1,6})?) ?([%％分个次元]|分钟|小时|百分点)")


def _leading(value: Any) -> str:
    """The digits before a unit: 4 for `4例`; empty where there are none."""
    match = re.fullmatch(r"([0-9]{1,10})[^0-9.,/]+", value) if is_text(value) else None
    return match[1] if match else ""


def _number(known: Input, value: Any) -> int:
    if issubclass(type(value), float):
        raise _of_float(known, float.__repr__(value))
    index = indexed(value)
    if index is not None:
        value = index
    elif type(value) not in OWN and not is_text(value):
        raise WrongError("GR615", value=quoted(value))
    try:
        number = exact(value)
    except NotANumber as error:
        raise _unfit(known, value, error.reason) from None
    if not known.lo <= number <= known.hi or is_in_gap(known, number):
        raise _outside(known, written(number))
    scaled = number * known.den
    if scaled.denominator != 1:
        digits = places_of(number) or "∞"
        raise WrongError("GR608", value=written(number), places=known.places, digits=digits)
    if known.step is not None and (number / known.step).denominator != 1:
        raise WrongError("GR609", value=written(number), step=written(known.step))
    return scaled.numerator


def is_in_gap(known: Input, number: Fraction) -> bool:
    """Whether a number lies between 0 and the least that its input may be where it is not 0."""
    return known.gap is not None and 0 < number < known.gap


def _outside(known: Input, value: str) -> WrongError:
    if known.gap is not None:
        return WrongError("GR607", value=value, zero="0", low=written(known.gap), high=written(known.hi))
    return WrongError("GR607", value=value, low=written(known.lo), high=written(known.hi))


def _unfit(known: Input, value: Any, reason: str) -> WrongError:
    """What is wrong with a value that is no exact number, or one of more digits than any may have."""
    if reason == "digits" and type(value) is int:
        return _outside(known, shown(value))
    if reason == "digits" and type(value) is Decimal:
        if value.adjusted() >= WHOLE_DIGITS:
            return _outside(known, spelling(value))
        _, digits, exponent = value.as_tuple()
        assert isinstance(exponent, int), "it is no NaN"
        places = -exponent - (len(digits) - len(bytes(digits).rstrip(b"\0")))
        return WrongError("GR608", value=spelling(value), places=known.places, digits=places)
    match = _DECIMAL.fullmatch(value) if is_text(value) else None
    if reason == "digits" and match is not None:
        if len(match[1]) > WHOLE_DIGITS:
            return _outside(known, value)
        if len(match[2] or "") > known.places:
            return WrongError("GR608", value=value, places=known.places, digits=len(match[2]))
    measured = _MEASURED.fullmatch(value) if is_text(value) else None
    with_unit = {"near": measured[1], "unit": measured[2]} if measured else {}
    return WrongError("GR615", value=quoted(value), **with_unit)


def _of_float(known: Input, text: str) -> WrongError:
    """What is wrong with a float: that it is one, with the digits to give, or that no digits would do.

    Where arithmetic has moved a float a little, the digits are those that it had before, as far as that
    can be seen.
    """
    digits = Decimal(text)
    if not digits.is_finite():
        return WrongError("GR615", value=f"{text} (float)")
    scale = 10**known.places
    number = Fraction(digits)
    rounded = Fraction(ROUNDINGS["half_even"](number.numerator * scale, number.denominator), scale)
    slipped = 0 < abs(number - rounded) <= SLIP * max(Fraction(1), abs(number))
    try:
        return WrongError(
            "GR606", digits=written(Fraction(_number(known, rounded if slipped else digits), known.den))
        )
    except WrongError as wrong:
        return wrong
