"""Digits in, digits out, and the six roundings."""

import copy
import decimal
import operator
import pickle
import sys
import time
from decimal import Context, Decimal, localcontext
from fractions import Fraction
from typing import Any

import pytest

from govrubric.numbers import (
    NO_NUMBER,
    ROUNDINGS,
    Exact,
    Mode,
    NotANumber,
    _ratio,
    as_exact,
    digits_of,
    exact,
    parse,
    places_of,
    ratio,
    shifted,
    shown,
    spelled,
    spelling,
    whole_of,
    written,
)
from govrubric.numbers import decimal as published


class Digits(str):
    """Text of a kind of its own, as the YAML reader makes it."""

    __slots__ = ()


class Whole(int):
    """A subclass may say anything of itself."""


class Places(Decimal):
    __slots__ = ()


class Share(Fraction):
    __slots__ = ()


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "1 ", " 1", "1\n", ".5", "5.", "1e3", "1E3", "1_000", "+1", "--1", "- 1", "-", ".", "0x10", "nan", "inf", "-inf", "１", "1．5",
        "٣", "1,000", "1.2.3", "1/", "/3", "1/-3", "1/+3", "1 / 3", "1/2/3", "1.5/3", "1/3.0", "½", "true", "%", "−1",
    ],
)  # fmt: skip
def test_text_that_is_no_number_is_refused_for_its_form(text: str) -> None:
    with pytest.raises(NotANumber) as refused:
        parse(text)
    assert refused.value.reason == "form"


@pytest.mark.parametrize(
    "text",
    [
        "1234567890123", "-1234567890123", "0000000000001", "0.1234567", "-0.0000000", "1234567890123.5", "1/1234567890123", "1234567890123/7",
        "-1234567890123/7", "123456789012345678901234567.5", "1234567890123456789/1234567890123456789", "1/0000000000003",
    ],
)  # fmt: skip
def test_a_number_with_too_many_digits_is_refused(text: str) -> None:
    with pytest.raises(NotANumber) as refused:
        parse(text)
    assert refused.value.reason == "digits"


@pytest.mark.parametrize("text", ["1/0", "-1/0", "0/0", "1/000000000000"])
def test_a_fraction_over_zero_is_refused(text: str) -> None:
    with pytest.raises(NotANumber) as refused:
        parse(text)
    assert refused.value.reason == "zero"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1" * 100_000, "digits"),
        ("1." + "0" * 100_000, "digits"),
        ("1/" + "0" * 100_000, "digits"),
        ("-" * 100_000, "form"),
        ("1" * 100_000 + "x", "form"),
    ],
    ids=["whole", "places", "fraction", "signs", "letter"],
)
def test_a_very_long_text_is_refused_at_once(text: str, reason: str) -> None:
    began = time.process_time()
    with pytest.raises(NotANumber) as refused:
        parse(text)
    assert refused.value.reason == reason
    assert time.process_time() - began < 0.05


@pytest.mark.parametrize(
    ("text", "over", "under"),
    [
        ("0", 0, 1),
        ("-0", 0, 1),
        ("-0.00", 0, 1),
        ("0.1", 1, 10),
        ("0.10", 1, 10),
        ("-2.5", -5, 2),
        ("007", 7, 1),
        ("999999999999.999999", 999999999999999999, 1000000),
        ("-999999999999.999999", -999999999999999999, 1000000),
        ("1/3", 1, 3),
        ("2/4", 1, 2),
        ("-1/3", -1, 3),
        ("-999999999999/999999999998", -999999999999, 999999999998),
        ("0/5", 0, 1),
    ],
)
def test_digits_are_read_exactly(text: str, over: int, under: int) -> None:
    assert parse(text) == Fraction(over, under)


@pytest.mark.parametrize(
    ("text", "places"), [("0.5", 1), ("0.12345678", 8), ("-1.00000000", 8), ("7", 0), ("1/3", 0)]
)
def test_a_number_may_have_as_many_places_as_are_asked_for(text: str, places: int) -> None:
    assert parse(text, places) == Fraction(text)


@pytest.mark.parametrize(("text", "places"), [("0.55", 1), ("0.123456789", 8), ("7.0", 0)])
def test_a_number_with_more_places_than_are_asked_for_is_refused(text: str, places: int) -> None:
    with pytest.raises(NotANumber, match="digits"):
        parse(text, places)


def test_a_refusal_says_its_reason_as_text() -> None:
    assert str(NotANumber("zero")) == "zero"


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (True, "flag"),
        (False, "flag"),
        (0.1, "float"),
        (3.0, "float"),
        (float("nan"), "float"),
        (float("inf"), "float"),
        ("nan", "form"),
        ("1e3", "form"),
        (None, "form"),
        ([], "form"),
        (1 + 0j, "form"),
        (10**12, "digits"),
        (-(10**12), "digits"),
        (10**4000, "digits"),
        (Decimal("NaN"), "nan"),
        (Decimal("-NaN"), "nan"),
        (Decimal("sNaN"), "nan"),
        (Decimal("Infinity"), "nan"),
        (Decimal("-Infinity"), "nan"),
        (Decimal("1e999999999"), "digits"),
        (Decimal("-1e999999999"), "digits"),
        (Decimal("1e-999999999"), "digits"),
        (Decimal("1e12"), "digits"),
        (Decimal("1000000000000.0"), "digits"),
        (Decimal("0.0000001"), "digits"),
        (Decimal("1.00000010"), "digits"),
        (Fraction(1, 10**12), "digits"),
        (Fraction(10**18), "digits"),
        (Fraction(-(10**18), 7), "digits"),
        (Fraction(10**5000, 3), "digits"),
        (Fraction(3, 10**5000 + 1), "digits"),
        (Fraction(1, 10**5000), "digits"),
        (Whole(1), "form"),
        (Places("1"), "form"),
        (Share(1, 2), "form"),
    ],
)
def test_a_value_that_stands_for_no_exact_number_is_refused(value: object, reason: str) -> None:
    began = time.process_time()
    with pytest.raises(NotANumber) as refused:
        exact(value)
    assert refused.value.reason == reason
    assert time.process_time() - began < 0.05


@pytest.mark.parametrize(
    "value",
    [Fraction(10**12), Fraction(-(10**12)), Fraction(10**17, 7), Fraction(10**17 + 1, 7 * 10**6)],
    ids=str,
)
def test_a_fraction_that_no_text_could_say_is_refused(value: Fraction) -> None:
    with pytest.raises(NotANumber, match="digits"):
        exact(value)


@pytest.mark.parametrize(
    ("value", "over", "under"),
    [
        (0, 0, 1),
        (-3, -3, 1),
        (999999999999, 999999999999, 1),
        ("0.10", 1, 10),
        (Digits("1/3"), 1, 3),
        (Decimal("-0"), 0, 1),
        (Decimal("0e-999999999"), 0, 1),
        (Decimal("0e999999999"), 0, 1),
        (Decimal("2.5000000000"), 5, 2),
        (Decimal("-12.340"), -617, 50),
        (Decimal("1e3"), 1000, 1),
        (Decimal("0.000001"), 1, 1000000),
        (Decimal("999999999999.999999"), 999999999999999999, 1000000),
        (Fraction(-2, 6), -1, 3),
        (Fraction(1, 128), 1, 128),
        (Fraction(999999999999, 999999999998), 999999999999, 999999999998),
        (Fraction(999999999999999999, 10**6), 999999999999999999, 10**6),
    ],
    ids=repr,
)
def test_a_value_is_taken_exactly(value: object, over: int, under: int) -> None:
    assert exact(value) == Fraction(over, under)


@pytest.mark.parametrize(
    ("digits", "over"), [("1." + "0" * 100_000, 1), ("0." + "0" * 1_000_000, 0)], ids=["one", "zero"]
)
def test_a_decimal_with_very_many_zeros_is_taken_at_once(digits: str, over: int) -> None:
    value = Decimal(digits)
    began = time.process_time()
    assert exact(value) == over
    assert time.process_time() - began < 0.1


def test_a_decimal_with_a_million_digits_is_refused_at_once() -> None:
    value = Decimal("1." + "0" * 1_000_000 + "1")
    began = time.process_time()
    with pytest.raises(NotANumber, match="digits"):
        exact(value)
    assert time.process_time() - began < 1


@pytest.mark.parametrize(
    ("number", "places"),
    [
        ("0", 0),
        ("7", 0),
        ("1/2", 1),
        ("1/5", 1),
        ("1/4", 2),
        ("1/8", 3),
        ("1/40", 3),
        ("1/25", 2),
        ("-3/50", 2),
        ("1/3", None),
        ("1/6", None),
        ("1/7", None),
    ],
)
def test_a_number_needs_so_many_places(number: str, places: int | None) -> None:
    assert places_of(Fraction(number)) == places


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("0", "0"),
        ("10", "10"),
        ("-10", "-10"),
        ("1/10", "0.1"),
        ("-1/10", "-0.1"),
        ("1/1000", "0.001"),
        ("12/5", "2.4"),
        ("1/3", "1/3"),
        ("-2/3", "-2/3"),
        ("100000000000000000000", "100000000000000000000"),
        ("1/1024", "0.0009765625"),
    ],
)
def test_a_number_is_written_in_its_digits(number: str, text: str) -> None:
    assert written(Fraction(number)) == text


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        ("0", 2, "0.00"),
        ("3", 1, "3.0"),
        ("-1/2", 2, "-0.50"),
        ("1/8", 2, "0.125"),
        ("1/3", 2, "1/3"),
        ("1/20", 2, "0.05"),
    ],
)
def test_a_number_is_written_with_at_least_so_many_places(number: str, places: int, text: str) -> None:
    assert written(Fraction(number), places) == text


@pytest.mark.parametrize(
    ("over", "under", "text"),
    [
        (1, 4, "0.25"),
        (100, 1, "100"),
        (100, 10, "10"),
        (-5, 10, "-0.5"),
        (0, 7, "0"),
        (3, 3, "1"),
        (7, 20, "0.35"),
    ],
)
def test_a_ratio_whose_digits_end_prints_just_those(over: int, under: int, text: str) -> None:
    value = ratio(over, under)
    assert (type(value), str(value), repr(value)) == (Exact, text, f"Exact('{text}')")
    assert str(published(value)) == text


OTHERS = (2, Decimal("2"), Fraction(2), Exact(2))


@pytest.mark.parametrize("other", OTHERS, ids=lambda other: type(other).__name__)
def test_an_exact_number_computes_with_every_other_that_is_exact(other: int | Decimal | Fraction) -> None:
    tenth = Exact("0.1")
    results = [tenth + other, tenth - other, tenth * other, tenth / other]
    assert list(map(repr, results)) == ["Exact('2.1')", "Exact('-1.9')", "Exact('0.2')", "Exact('0.05')"]
    reversed_ = [other + tenth, other - tenth, other * tenth, other / tenth]
    assert list(map(repr, reversed_)) == ["Exact('2.1')", "Exact('1.9')", "Exact('0.2')", "Exact('20')"]
    assert (tenth < other, tenth >= other, tenth == other, Exact(2) == other) == (True, False, False, True)
    assert hash(Exact(2)) == hash(other)


def test_an_exact_number_reads_no_ambient_context() -> None:
    with localcontext(Context(prec=1)):
        assert Exact("1.23456789") + Decimal("0.00000001") == Fraction(12345679, 10**7) + Fraction(0)
        assert f"{Exact('1.23456789'):.8f}" == "1.23456789"


@pytest.mark.parametrize("other", [0.5, 1j, "1", None], ids=repr)
def test_an_exact_number_computes_with_nothing_else(other: Any) -> None:
    for operation in (operator.add, operator.sub, operator.mul, operator.truediv):
        for pair in ((Exact(1), other), (other, Exact(1))):
            with pytest.raises(TypeError):
                operation(*pair)


def test_an_exact_number_has_a_sign_and_a_size() -> None:
    number = Exact("-1.5")
    assert list(map(repr, (-number, +number, abs(number)))) == [
        "Exact('1.5')",
        "Exact('-1.5')",
        "Exact('1.5')",
    ]
    assert repr(sum([number, number])) == "Exact('-3')"


@pytest.mark.parametrize(
    ("number", "spec", "text"),
    [
        (Exact("0.125"), ".2f", "0.12"),
        (Exact("0.375"), ".2f", "0.38"),
        (Exact(1, 3), ".2f", "0.33"),
        (Exact(-1, 3), "+.1f", "-0.3"),
        (Exact("0.3"), ">6", "   0.3"),
        (Exact("0.3"), "", "0.3"),
        (Exact(2, 3), "", "2/3"),
        (Exact("1234567.5"), ",.1F", "1,234,567.5"),
        (Exact("0.3"), "f", "0.300000"),
        (Exact("0.125"), ".1%", "12.5%"),
        (Exact("0.3"), "08.2f", "00000.30"),
    ],
)
def test_an_exact_number_is_formatted_as_a_decimal_is(number: Exact, spec: str, text: str) -> None:
    assert format(number, spec) == text


@pytest.mark.parametrize(
    "number", [Exact("0.3"), Exact(1, 3), Exact(10**5000)], ids=["digits", "ratio", "long"]
)
def test_an_exact_number_is_copied_and_pickled(number: Exact) -> None:
    for again in (pickle.loads(pickle.dumps(number)), copy.copy(number), copy.deepcopy(number)):
        assert (type(again), again) == (Exact, number)


def test_an_exact_number_is_read_as_any_other() -> None:
    assert exact(Exact("0.3")) == Fraction(3, 10)


@pytest.mark.parametrize(("over", "under", "text"), [(1, 3, "1/3"), (-4, 6, "-2/3"), (10, 7, "10/7")])
def test_a_ratio_whose_digits_do_not_end_is_a_fraction(over: int, under: int, text: str) -> None:
    value = ratio(over, under)
    assert isinstance(value, Fraction)
    assert str(value) == text


def test_a_ratio_with_very_many_digits_is_still_exact() -> None:
    value = ratio(1, 2**500)
    assert Fraction(value) == Fraction(1, 2**500)


def test_a_ratio_does_not_read_the_ambient_decimal_context() -> None:
    _ratio.cache_clear()
    with decimal.localcontext(decimal.Context(prec=2, traps=[decimal.Inexact, decimal.Rounded])):
        value = ratio(123456789, 1000)
    assert str(value) == "123456.789"


@pytest.mark.parametrize(
    "value",
    [
        "-100000000000000000",
        "-0.001",
        "0.001",
        "1.005",
        "NaN",
        "-NaN",
        "sNaN",
        "Infinity",
        "-Infinity",
        "1e999999999",
        "1e-999999999",
        "100000000000000000.01",
    ],
)
def test_what_is_no_whole_number_of_last_places_shifts_to_one_larger_than_any_may_be(value: str) -> None:
    assert shifted(Decimal(value), 2) == 10**19


@pytest.mark.parametrize(
    ("value", "places", "whole"),
    [
        ("0", 2, 0),
        ("-0", 2, 0),
        ("0e-99999", 2, 0),
        ("1.5", 2, 150),
        ("-1.5", 2, -150),
        ("-1000000000", 2, -100_000_000_000),
        ("99999999999999999.99", 2, 9_999_999_999_999_999_999),
        ("-99999999999999999.99", 2, -9_999_999_999_999_999_999),
        ("10000000000000000.01", 2, 1_000_000_000_000_000_001),
        ("1.50000", 2, 150),
        ("87.65", 2, 8765),
        ("3", 0, 3),
        ("2E+2", 1, 2000),
        ("0.000001", 6, 1),
    ],
)
def test_a_decimal_shifts_to_a_whole_number_of_last_places(value: str, places: int, whole: int) -> None:
    assert shifted(Decimal(value), places) == whole


@pytest.mark.parametrize(
    "traps", [[], [decimal.InvalidOperation, decimal.Inexact, decimal.Rounded]], ids=["none", "all"]
)
def test_shifting_does_not_read_the_ambient_decimal_context(
    traps: list[type[decimal.DecimalException]],
) -> None:
    with decimal.localcontext(decimal.Context(prec=1, Emax=1, Emin=-1, traps=traps)):
        assert shifted(Decimal("87.65"), 2) == 8765
        assert shifted(Decimal("NaN"), 2) == 10**19


# Every tie, both signs, and what lies next to it: mode, then the results for n/2 and for n/10.
_HALVES = (-5, -3, -1, 0, 1, 3, 5)
_TENTHS = (-26, -25, -24, -20, 20, 24, 25, 26)
_ROUNDED: dict[Mode, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "half_up": ((-3, -2, -1, 0, 1, 2, 3), (-3, -3, -2, -2, 2, 2, 3, 3)),
    "half_even": ((-2, -2, 0, 0, 0, 2, 2), (-3, -2, -2, -2, 2, 2, 2, 3)),
    "down": ((-2, -1, 0, 0, 0, 1, 2), (-2, -2, -2, -2, 2, 2, 2, 2)),
    "up": ((-3, -2, -1, 0, 1, 2, 3), (-3, -3, -3, -2, 2, 3, 3, 3)),
    "floor": ((-3, -2, -1, 0, 0, 1, 2), (-3, -3, -3, -2, 2, 2, 2, 2)),
    "ceiling": ((-2, -1, 0, 0, 1, 2, 3), (-2, -2, -2, -2, 2, 3, 3, 3)),
}


@pytest.mark.parametrize("mode", _ROUNDED)
def test_a_rounding_does_at_a_tie_what_its_name_says(mode: Mode) -> None:
    assert tuple(ROUNDINGS[mode](n, 2) for n in _HALVES) == _ROUNDED[mode][0]


@pytest.mark.parametrize("mode", _ROUNDED)
def test_a_rounding_does_beside_a_tie_what_its_name_says(mode: Mode) -> None:
    assert tuple(ROUNDINGS[mode](n, 10) for n in _TENTHS) == _ROUNDED[mode][1]


@pytest.mark.parametrize("mode", _ROUNDED)
def test_a_rounding_leaves_whole_numbers_alone(mode: Mode) -> None:
    assert [ROUNDINGS[mode](n, 1) for n in (-2, -1, 0, 1, 2)] == [-2, -1, 0, 1, 2]


def test_there_are_six_roundings() -> None:
    assert set(ROUNDINGS) == {"half_up", "half_even", "down", "up", "floor", "ceiling"}


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("1/2", "0.5"),
        ("-12", "-12"),
        ("0.000001", "0.000001"),
        ("1/10000000", "1/10000000"),  # seven places
        ("1/128", "1/128"),  # 0.0078125
        ("999999999999.5", "999999999999.5"),
        ("-999999999999", "-999999999999"),
        ("1000000000000", "1000000000000/1"),  # thirteen digits
        ("-1000000000000", "-1000000000000/1"),
        ("1/3", "1/3"),
    ],
)
def test_a_number_is_spelled_as_an_author_may_write_it(number: str, text: str) -> None:
    assert spelled(Fraction(number)) == text


def test_a_number_with_an_end_is_published_as_it_is() -> None:
    assert str(published(Exact("7.50"))) == "7.5"


def test_a_number_without_an_end_is_never_published() -> None:
    with pytest.raises(AssertionError, match="rounded"):
        published(Fraction(1, 3))


def test_no_number_has_as_many_digits_as_what_stands_for_none() -> None:
    # 12 digits before the point and 6 behind it: 18 in all.
    assert NO_NUMBER == 10_000_000_000_000_000_000


def test_numbers_of_any_length_are_written_and_read() -> None:
    """Python itself refuses more than 4 300 digits, or as many as its host likes."""
    long = "9" * 9000
    sys.set_int_max_str_digits(640)
    try:
        number = whole_of(long)
        assert number == 10**9000 - 1
        assert digits_of(number) == long
        assert digits_of(-number) == f"-{long}"
        assert written(Fraction(number)) == long
        assert written(Fraction(number, 10**9000)) == f"0.{long}"
        assert written(Fraction(number - 1, 3**9)) == f"{long[:-1]}8/19683"
    finally:
        sys.set_int_max_str_digits(4300)


@pytest.mark.parametrize("digits", ["0", "7", "9" * 600, "1" + "0" * 600])
def test_short_numbers_are_written_and_read_too(digits: str) -> None:
    assert digits_of(whole_of(digits)) == digits


def test_only_short_numbers_are_kept_for_reuse() -> None:
    assert ratio(7, 30) is ratio(7, 30)
    for over, under in ((10**40, 3), (-(10**40), 3), (3, 10**40 + 1)):
        assert (ratio(over, under) is ratio(over, under), ratio(over, under)) == (
            False,
            Fraction(over, under),
        )


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        ("2/3", 4, "0.6666…"),
        ("-20/3", 2, "-6.66…"),
        ("-1/300", 2, "-0.00…"),
        ("1/3", 0, "0…"),
        ("1/8", 2, "0.125"),
        ("7", 2, "7"),
    ],
)
def test_digits_that_never_end_are_cut_for_people(number: str, places: int, text: str) -> None:
    """Language 3: “… to people with two more places than the total and `…`.”"""
    assert shown(Fraction(number), places) == text


def test_a_fraction_is_given_to_users_as_an_exact_number() -> None:
    given = as_exact(Fraction(3, 10))
    assert (type(given), str(given)) == (Exact, "0.3")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Decimal("1E+30"), "1E+30"),
        (Decimal("-0.10"), "-0.10"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-5, 2), "-2.5"),
        (Fraction(10**5000), ""),
        (Fraction(-(10**5000)), ""),
        (Fraction(1, 10**5000), ""),
    ],
)
def test_a_number_of_any_size_is_spelled_in_a_short_text(number: Decimal | Fraction, text: str) -> None:
    assert spelling(number) == text


@pytest.mark.parametrize(("places", "text"), [(0, "0"), (2, "0")])
def test_zero_is_shown_without_a_sign(places: int, text: str) -> None:
    assert shown(Fraction(0), places) == text


def test_an_exact_number_under_one_of_many_digits_is_exact() -> None:
    over, under = 10**20 + 1, 10**20 + 3
    assert under / Exact(over, 7) == Fraction(7 * under, over)
    assert format(Exact(1, 3), ".30%") == f"33.{'3' * 30}%"
