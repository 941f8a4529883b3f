"""Conditions and formulas: what each part means, its bounds, what is refused, and where."""

import ast
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

import pytest

from govrubric.diagnostics.near import nearest
from govrubric.expressions import compiler
from govrubric.expressions.operands import Names, Operand, Refused, operand_of
from govrubric.expressions.parser import Slip, Tree, parse
from govrubric.formula.build import choice, compare, const, flag, line, measured, number, scale, tally_count
from govrubric.formula.nodes import Formula, Input, Logic
from making import value


class Asked(NamedTuple):
    """What may be asked of an item."""

    score: Formula
    lost: Formula
    reached: Formula | None
    applies: Formula


SCORE = number("s", Fraction(10), places=1)
INPUTS = (
    tally_count("visits", "次"),
    tally_count("n", None),
    flag("stale"),
    flag("dead"),
    number("rate", Fraction(100), places=2),
    number("temp", Fraction(40), low=-20, places=1),
    measured("far", 1, "km"),
    choice("class", ("A", "B", "优")),
    flag("a.if"),
    tally_count("a.b.count", None),
    flag("applies"),
    number("edge", Fraction(2**4095)),
)
ITEMS = {
    "a": Asked(
        SCORE, number("l", Fraction(10), low=-10, places=1), scale(SCORE, Fraction(1, 10)), flag("here")
    ),
    "a.class": Asked(const(4), const(1), const(Fraction(4, 5)), const(1)),
    "extra": Asked(SCORE, const(0), None, const(1)),
}


@dataclass
class Few:
    """A few names, and which of them a text asked for."""

    asked: list[str]

    def value(self, name: str) -> Operand | Refused | None:
        self.asked.append(name)
        return next((operand_of(one) for one in INPUTS if one.name == name), None)

    def item(self, name: str) -> Asked | list[str] | None:
        self.asked.append(name)
        return ["gate", "whole", "gate"] if name == "whole" else ITEMS.get(name)

    def nearest(self, name: str, known: Iterable[str]) -> str:
        return nearest(name, known)

    def inside(self, name: str) -> str | None:
        return {"a": "a.if", "a.class": ""}.get(name)

    def inputs(self) -> Iterable[str]:
        return (one.name for one in INPUTS)

    def items(self) -> Iterable[str]:
        return ITEMS


def condition(text: str, names: Names) -> tuple[Formula, list[Slip]]:
    return compiler.condition(parse(text), names)


def amount(text: str, names: Names) -> tuple[Formula, list[Slip]]:
    return compiler.amount(parse(text), names)


def flag_of(text: str) -> Formula:
    """The flag that a condition means."""
    made, found = condition(text, Few([]))
    assert found == []
    return made


def number_of(text: str) -> Formula:
    """The number that a formula means."""
    made, found = amount(text, Few([]))
    assert found == []
    return made


def worth(formula: Formula, given: Mapping[str, int]) -> Fraction:
    """The value of a formula where all other inputs are zero."""
    zero = {
        one.name: 0
        for one in (*INPUTS, *(of for lines in ITEMS.values() for of in lines))
        if isinstance(one, Input)
    }
    assert given.keys() <= zero.keys()
    return value(formula, **{**zero, **given})


def holds(text: str, **given: int) -> bool:
    found = worth(flag_of(text), {name.replace("__", "."): whole for name, whole in given.items()})
    assert found in (0, 1)
    return found == 1


def comes_to(text: str, **given: int) -> str:
    return str(worth(number_of(text), {name.replace("__", "."): whole for name, whole in given.items()}))


def told(found: list[Slip], text: str) -> list[tuple[str, str]]:
    """The code of each slip, and the characters that it is about."""
    return [(one.code, text[one.start : one.end]) for one in found]


def refused(text: str) -> list[tuple[str, str]]:
    """What is told of a condition that is refused."""
    made, found = condition(text, Few([]))
    assert found
    assert made == const(0)
    return told(found, text)


# Numbers


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("0", "0"),
        ("7", "7"),
        ("0.1", "1/10"),
        ("0.10", "1/10"),
        ("0.1 + 0.2", "3/10"),
        ("999999999999.999999", "999999999999999999/1000000"),
        ("-3", "-3"),
        ("+3", "3"),
        ("--3", "3"),
        ("1 + 2 * 3", "7"),
        ("(1 + 2) * 3", "9"),
        ("1 - 2 - 3", "-4"),
        ("1 - (2 - 3)", "2"),
        ("12 / 4 / 2", "3/2"),
        ("1 / 3", "1/3"),
        ("-1 / 3", "-1/3"),
        ("2 * -3", "-6"),
        ("1 / (3 - 1)", "1/2"),
        ("min(3, 1, 2)", "1"),
        ("max(3, 1, 2)", "3"),
        ("abs(-2.5)", "5/2"),
        ("floor(2.5)", "2"),
        ("floor(-2.5)", "-3"),
        ("ceil(2.5)", "3"),
        ("ceil(-2.5)", "-2"),
        ("floor(3)", "3"),
        ("round(2.345, 2)", "47/20"),
        ("round(-2.345, 2)", "-47/20"),
        ("round(2.5, 0)", "3"),
        ("round(1 / 3, 6)", "333333/1000000"),
        ("round(2, 3)", "2"),
        ("1 if true else 2", "1"),
        ("1 if false else 2", "2"),
    ],
)
def test_numbers_are_exact(text: str, result: str) -> None:
    assert str(number_of(text).lo) == result
    assert number_of(text) == const(Fraction(result))


@pytest.mark.parametrize(
    ("text", "given", "result"),
    [
        ("visits", {"visits": 3}, "3"),
        ("visits + n", {"visits": 3, "n": 4}, "7"),
        ("visits - n", {"visits": 3, "n": 4}, "-1"),
        ("visits * n", {"visits": 3, "n": 4}, "12"),
        ("visits * 0.2", {"visits": 3}, "3/5"),
        ("visits / 4", {"visits": 3}, "3/4"),
        ("visits / -4", {"visits": 3}, "-3/4"),
        ("visits / 0.5", {"visits": 3}, "6"),
        ("-visits", {"visits": 3}, "-3"),
        ("+visits", {"visits": 3}, "3"),
        ("rate / 3", {"rate": 1250}, "25/6"),
        ("rate + temp", {"rate": 1250, "temp": -125}, "0"),
        ("2 * rate - temp * 3", {"rate": 150, "temp": 10}, "0"),
        ("min(visits * 0.2, 3)", {"visits": 14}, "14/5"),
        ("min(visits * 0.2, 3)", {"visits": 16}, "3"),
        ("max(visits, n, 5)", {"visits": 3, "n": 4}, "5"),
        ("max(visits, n, 5)", {"visits": 3, "n": 6}, "6"),
        ("min(visits, n, 5, rate)", {"visits": 9, "n": 8, "rate": 250}, "5/2"),
        ("abs(temp)", {"temp": -35}, "7/2"),
        ("abs(temp)", {"temp": 35}, "7/2"),
        ("floor(temp)", {"temp": -35}, "-4"),
        ("ceil(temp)", {"temp": -35}, "-3"),
        ("floor(rate)", {"rate": 199}, "1"),
        ("ceil(rate)", {"rate": 101}, "2"),
        ("round(rate, 1)", {"rate": 125}, "13/10"),
        ("round(temp, 0)", {"temp": -25}, "-3"),
        ("round(rate, 2)", {"rate": 125}, "5/4"),
        ("round(rate, 0)", {"rate": 149}, "1"),
        ("round(visits / max(n, 1), 2)", {"visits": 2, "n": 3}, "67/100"),
        ("round(visits / max(n, 1), 2)", {"visits": 2, "n": 0}, "2"),
        ("round(visits / max(n, 1), 0)", {"visits": 1, "n": 2}, "1"),
        ("round(-visits / max(n, 1), 0)", {"visits": 1, "n": 2}, "-1"),
        ("round(visits / (-1 - n), 0)", {"visits": 1, "n": 1}, "-1"),
        ("round(visits / (-1 - n), 1)", {"visits": 3, "n": 3}, "-4/5"),  # -0.75
        ("round(2 * visits / max(n, 1), 1)", {"visits": 1, "n": 3}, "7/10"),
        ("round(visits / 3, 1)", {"visits": 1}, "3/10"),
        ("1 if stale else 2", {"stale": 1}, "1"),
        ("1 if stale else 2", {"stale": 0}, "2"),
        ("visits if visits > n else -n", {"visits": 3, "n": 2}, "3"),
        ("visits if visits > n else -n", {"visits": 2, "n": 2}, "-2"),
        ("1 if stale else 2 if dead else 3", {"stale": 0, "dead": 1}, "2"),
        ("1 if stale else 2 if dead else 3", {}, "3"),
        ("(1 if stale else 2) + 1", {"stale": 1}, "2"),
        ("a.b.count * 2", {"a.b.count": 4}, "8"),
        ("score(a)", {"s": 75}, "15/2"),
        ("lost(a)", {"l": -25}, "-5/2"),
        ("score(a) + lost(a) / 2", {"s": 75, "l": 50}, "10"),
        ("score(a.class) + lost(a . class)", {}, "5"),
    ],
)
def test_a_formula_comes_to(text: str, given: dict[str, int], result: str) -> None:
    assert str(worth(number_of(text), given)) == result


@pytest.mark.parametrize(
    ("text", "den", "lo", "hi"),
    [
        ("visits + 0.5", 2, "1/2", "2000000001/2"),
        ("rate * temp", 1000, "-2000", "4000"),
        ("abs(temp)", 10, "0", "40"),
        ("-temp", 10, "-40", "20"),
        ("min(temp, rate)", 100, "-20", "40"),
        ("max(temp, rate)", 100, "0", "100"),
        ("rate / 3", 300, "0", "100/3"),
        ("floor(temp / 3)", 1, "-7", "13"),
        ("ceil(temp / 3)", 1, "-6", "14"),
        ("round(rate / 3, 1)", 10, "0", "333/10"),
        ("round(temp / max(rate, 0.5), 2)", 100, "-40", "80"),
        ("rate if stale else temp", 100, "-20", "100"),
        ("score(a) - 3", 10, "-3", "7"),
    ],
)
def test_a_formula_has_bounds(text: str, den: int, lo: str, hi: str) -> None:
    made = number_of(text)
    assert (made.den, str(made.lo), str(made.hi)) == (den, lo, hi)


# Conditions


@pytest.mark.parametrize(
    ("text", "given", "holding"),
    [
        ("visits > 2", {"visits": 2}, False),
        ("visits > 2", {"visits": 3}, True),
        ("visits >= 2", {"visits": 1}, False),
        ("visits >= 2", {"visits": 2}, True),
        ("visits < 2", {"visits": 2}, False),
        ("visits < 2", {"visits": 1}, True),
        ("visits <= 2", {"visits": 3}, False),
        ("visits <= 2", {"visits": 2}, True),
        ("visits == 2", {"visits": 3}, False),
        ("visits == 2", {"visits": 2}, True),
        ("visits != 2", {"visits": 2}, False),
        ("visits != 2", {"visits": 3}, True),
        ("rate == 0.3", {"rate": 30}, True),
        ("rate == 0.3", {"rate": 31}, False),
        ("rate * 3 == temp", {"rate": 150, "temp": 45}, True),
        ("rate > temp", {"rate": 101, "temp": 10}, True),
        ("0 < visits <= 5", {"visits": 0}, False),
        ("0 < visits <= 5", {"visits": 5}, True),
        ("0 < visits <= 5", {"visits": 6}, False),
        ("visits < n < 5 != rate", {"visits": 1, "n": 2}, True),
        ("visits < n < 5 != rate", {"visits": 2, "n": 2}, False),
        ("visits < n < 5 != rate", {"visits": 1, "n": 5}, False),
        ("visits < n < 5 != rate", {"visits": 1, "n": 2, "rate": 500}, False),
        ("stale", {"stale": 1}, True),
        ("stale", {}, False),
        ("not stale", {"stale": 1}, False),
        ("not stale", {}, True),
        ("not not stale", {"stale": 1}, True),
        ("stale == dead", {"stale": 1, "dead": 1}, True),
        ("stale == dead", {"stale": 1}, False),
        ("stale != dead", {"stale": 1}, True),
        ("stale != dead", {}, False),
        ("stale == true", {"stale": 1}, True),
        ("stale == False", {"stale": 1}, False),
        ("stale != (visits > 1)", {"stale": 1, "visits": 1}, True),
        ("a.if", {"a.if": 1}, True),
        ("true if stale else visits > 1", {"stale": 1}, True),
        ("true if stale else visits > 1", {"visits": 1}, False),
        ("true if stale else visits > 1", {"visits": 2}, True),
        ("(1 if stale else 2) > 1", {"stale": 1}, False),
        ("applies(a)", {"here": 1}, True),
        ("applies(a)", {}, False),
        ("applies and not applies(a)", {"applies": 1}, True),
        ("score(a) == 7.5", {"s": 75}, True),
        ("score(a) == 7.5", {"s": 76}, False),
        ("reached(a) >= 0.9", {"s": 89}, False),
        ("reached(a) >= 0.9", {"s": 90}, True),
        ("0.2 < reached(a) < 0.3", {"s": 25}, True),
        ("0.2 < reached(a) < 0.3", {"s": 30}, False),
        ("reached(a) == reached(a.class)", {"s": 80}, True),
        ("visits > 1 and stale or dead", {"dead": 1}, True),
        ("visits > 1 and (stale or dead)", {"dead": 1}, False),
        ("not stale and dead", {"dead": 1}, True),
        ("not (stale and dead)", {"stale": 1}, True),
        ("not (stale or dead)", {"stale": 1}, False),
    ],
)
def test_a_condition_holds_or_not(text: str, given: dict[str, int], holding: bool) -> None:
    assert worth(flag_of(text), given) == holding


@pytest.mark.parametrize(("stale", "dead", "n"), list(itertools.product((0, 1), repeat=3)))
def test_no_half_of_a_condition_is_dropped(stale: int, dead: int, n: int) -> None:
    """“`a>0 and b>0` became `b>0`”"""
    given = {"stale": stale, "dead": dead, "n": n}
    assert holds("stale and dead and n > 0", **given) == (stale + dead + n == 3)
    assert holds("stale or dead or n > 0", **given) == (stale + dead + n > 0)
    assert holds("n > 0 and stale", **given) == (stale + n == 2)
    assert holds("not (n > 0) or not dead", **given) == (dead + n < 2)
    assert holds("stale if n > 0 else dead", **given) == ((stale if n else dead) == 1)
    assert holds("0 <= n <= 0", **given) == (n == 0)


def test_each_operand_of_a_condition_is_in_its_formula() -> None:
    made = flag_of("visits > 0 and n > 0")
    assert type(made) is Logic
    assert made.flags == (compare((">",), (INPUTS[0], const(0))), compare((">",), (INPUTS[1], const(0))))


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("class == 'A'", "A"),
        ("'A' == class", "A"),
        ('class == "A"', "A"),
        ("class == '优'", "优"),
        ("class != 'A'", "B优"),
        ("'A' != class", "B优"),
        ("class in ('A', '优')", "A优"),
        ("class in ('A',)", "A"),
        ("class in ['A', 'B']", "AB"),
        ("class in {'B'}", "B"),
        ("class in ('A', 'B', '优')", "AB优"),
        ("class in ('A', 'A')", "A"),
        ("class not in ('A', 'B')", "优"),
        ("class not in ('A', 'B', '优')", ""),
        ("not class == 'A'", "B优"),
        ("class == 'A' or class == 'B'", "AB"),
    ],
)
def test_a_choice_is_compared_with_names(text: str, chosen: str) -> None:
    assert [name for place, name in enumerate("AB优") if worth(flag_of(text), {"class": place})] == list(
        chosen
    )


@pytest.mark.parametrize(
    ("text", "decided"),
    [
        ("true", 1),
        ("True", 1),
        ("false", 0),
        ("False", 0),
        ("1 > 2", 0),
        ("visits >= 0", 1),
        ("temp > 40", 0),
        ("not true", 0),
        ("class in ('A', 'B', '优')", 1),
        ("class not in ('优', 'B', 'A')", 0),
    ],
)
def test_what_the_bounds_decide_is_decided(text: str, decided: int) -> None:
    assert flag_of(text) == const(decided)


@pytest.mark.parametrize(
    ("text", "given", "result"),
    [
        (" + ".join(["n"] * 100), {"n": 2}, "200"),
        (" - ".join(["n"] * 100), {"n": 2}, "-196"),
        (" * ".join(["temp"] * 100), {"temp": -10}, "1"),
        (" * 2 / ".join(["n"] + ["2"] * 40), {"n": 3}, "3"),
    ],
    ids=["sum", "difference", "product", "both"],
)
def test_a_text_may_have_as_many_terms_as_there_is_room_for(
    text: str, given: dict[str, int], result: str
) -> None:
    assert str(worth(number_of(text), given)) == result


def test_spaces_change_nothing() -> None:
    assert flag_of("  visits>1   and(stale)  ") == flag_of("visits > 1 and stale")
    assert number_of("score( a )") == number_of("score(a)")
    assert flag_of("a . if") == flag_of("a.if")


def test_names_are_asked_for_by_their_paths() -> None:
    few = Few([])
    condition("a . if and class == 'x y' and score(a .class) > a.b.count and f(n)", few)
    assert few.asked == ["a.if", "class", "a.class", "a.b.count"]


def test_what_is_no_path_is_not_asked_for() -> None:
    few = Few([])
    condition("score(1) > lost('a') + score(a + 1)", few)
    assert few.asked == []


# What is refused


@pytest.mark.parametrize(
    ("text", "code", "about", "args"),
    [
        ("nope", "GR504", "nope", {"name": "nope", "near": ""}),
        ("visit > 1", "GR504", "visit", {"name": "visit", "near": "visits"}),
        ("Class == 'A'", "GR504", "Class", {"name": "Class", "near": "class"}),
        ("visits.x > 1", "GR504", "visits.x", {"name": "visits.x", "near": "visits"}),
        ("score > 1", "GR504", "score", {"name": "score", "near": ""}),
        ("class == A", "GR504", "A", {"name": "A", "near": ""}),
        ("TRUE", "GR504", "TRUE", {"name": "TRUE", "near": ""}),
        ("visits.__class__ > 1", "GR504", "visits.__class__", {"name": "visits.__class__", "near": ""}),
        ("total > 1", "GR520", "total", {"name": "total"}),
        ("exact_total > 1", "GR520", "exact_total", {"name": "exact_total"}),
        ("totals > 1", "GR504", "totals", {"name": "totals", "near": ""}),
        ("a > 1", "GR505", "a", {"name": "a", "inside": "a.if"}),
        ("a . class", "GR505", "a . class", {"name": "a.class", "inside": ""}),
        ("visits", "GR506", "visits", {"wanted": "a condition", "kind": "a number", "text": "visits"}),
        ("stale + 1 > 0", "GR506", "stale", {"wanted": "a number", "kind": "a condition", "text": "stale"}),
        ("True + 1 > 0", "GR506", "True", {"wanted": "a number", "kind": "a condition", "text": "True"}),
        ("stale and 5", "GR506", "5", {"wanted": "a condition", "kind": "a number", "text": "5"}),
        ("stale or class", "GR506", "class", {"wanted": "a condition", "kind": "a choice", "text": "class"}),
        ("not visits", "GR506", "visits", {"wanted": "a condition", "kind": "a number", "text": "visits"}),
        ("-stale", "GR506", "stale", {"wanted": "a number", "kind": "a condition", "text": "stale"}),
        ("1 > 'A'", "GR506", "'A'", {"wanted": "a number", "kind": "text", "text": "'A'"}),
        ("'A'", "GR506", "'A'", {"wanted": "a condition", "kind": "text", "text": "'A'"}),
        ("'A' == 'A'", "GR506", "'A'", {"wanted": "a number", "kind": "text", "text": "'A'"}),
        ("stale == 1", "GR506", "stale", {"wanted": "a number", "kind": "a condition", "text": "stale"}),
        ("1 == stale", "GR506", "stale", {"wanted": "a number", "kind": "a condition", "text": "stale"}),
        ("stale < true", "GR506", "stale", {"wanted": "a number", "kind": "a condition", "text": "stale"}),
        (
            "stale == stale == dead",
            "GR506",
            "stale",
            {"wanted": "a number", "kind": "a condition", "text": "stale"},
        ),
        ("class < 'B'", "GR506", "class", {"wanted": "a number", "kind": "a choice", "text": "class"}),
        ("class == class", "GR506", "class", {"wanted": "a number", "kind": "a choice", "text": "class"}),
        ("class == 1", "GR506", "class", {"wanted": "a number", "kind": "a choice", "text": "class"}),
        (
            "class == 'A' == 'B'",
            "GR506",
            "class",
            {"wanted": "a number", "kind": "a choice", "text": "class"},
        ),
        ("class", "GR506", "class", {"wanted": "a condition", "kind": "a choice", "text": "class"}),
        (
            "reached(a)",
            "GR506",
            "reached(a)",
            {"wanted": "a condition", "kind": "a number", "text": "reached(a)"},
        ),
        (
            "applies(a) > 0",
            "GR506",
            "applies(a)",
            {"wanted": "a number", "kind": "a condition", "text": "applies(a)"},
        ),
        ("score(a)", "GR506", "score(a)", {"wanted": "a condition", "kind": "a number", "text": "score(a)"}),
        ("lost(a)", "GR506", "lost(a)", {"wanted": "a condition", "kind": "a number", "text": "lost(a)"}),
        (
            "true if visits else false",
            "GR506",
            "visits",
            {"wanted": "a condition", "kind": "a number", "text": "visits"},
        ),
        ("true if stale else 1", "GR506", "1", {"wanted": "a condition", "kind": "a number", "text": "1"}),
        (
            "(1 if stale else true) > 0",
            "GR506",
            "true",
            {"wanted": "a number", "kind": "a condition", "text": "true"},
        ),
        (
            "1 if stale else 2",
            "GR506",
            "1 if stale else 2",
            {"wanted": "a condition", "kind": "a number", "text": "1 if stale else 2"},
        ),
        ("visits in ('A',)", "GR506", "visits", {"wanted": "a choice", "kind": "a number", "text": "visits"}),
        ("'A' in ('A',)", "GR506", "'A'", {"wanted": "a choice", "kind": "text", "text": "'A'"}),
        ("abs(stale) > 0", "GR506", "stale", {"wanted": "a number", "kind": "a condition", "text": "stale"}),
        (
            "round(stale / 2, 1) > 0",
            "GR506",
            "stale",
            {"wanted": "a number", "kind": "a condition", "text": "stale"},
        ),
        (
            "round(1 / stale, 1) > 0",
            "GR506",
            "stale",
            {"wanted": "a number", "kind": "a condition", "text": "stale"},
        ),
        ("1 / stale > 0", "GR506", "stale", {"wanted": "a number", "kind": "a condition", "text": "stale"}),
        ("1234567890123 > visits", "GR507", "1234567890123", {"value": "1234567890123"}),
        ("0.1234567 > visits", "GR507", "0.1234567", {"value": "0.1234567"}),
        ("None", "GR507", "None", {"value": "None"}),
        ("score(whole) > 0", "GR509", "whole", {"name": "whole", "circle": "gate → whole → gate"}),
        ("applies(whole)", "GR509", "whole", {"name": "whole", "circle": "gate → whole → gate"}),
        ("visits / n > 1", "GR517", "n", {"divisor": "n", "low": "0", "high": "1000000000"}),
        ("visits / 0 > 1", "GR510", "0", {"divisor": "0"}),
        ("visits / (1 - 1) > 1", "GR510", "1 - 1", {"divisor": "1 - 1"}),
        ("round(visits / n * 2, 1) > 1", "GR517", "n", {"divisor": "n", "low": "0", "high": "1000000000"}),
        ("floor(visits / n) > 1", "GR517", "n", {"divisor": "n", "low": "0", "high": "1000000000"}),
        ("class == 'C'", "GR511", "'C'", {"value": "C", "known": "A, B, 优", "near": ""}),
        ("'a' != class", "GR511", "'a'", {"value": "a", "known": "A, B, 优", "near": ""}),
        ("class in ('A', 'BB')", "GR511", "'BB'", {"value": "BB", "known": "A, B, 优", "near": "B"}),
        ("class in ()", "GR512", "()", {"text": "()"}),
        ("class in 'A'", "GR512", "'A'", {"text": "'A'"}),
        ("class in ('A')", "GR512", "'A'", {"text": "'A'"}),
        ("class in ('A', 1)", "GR512", "('A', 1)", {"text": "('A', 1)"}),
        ("class in ('A', visits)", "GR512", "('A', visits)", {"text": "('A', visits)"}),
        ("class in class", "GR512", "class", {"text": "class"}),
        (
            "sum(1, 2) > 1",
            "GR513",
            "sum",
            {
                "name": "sum",
                "near": "",
                "known": "min, max, abs, round, floor, ceil, score, lost, reached, applies",
            },
        ),
        (
            "flor(1) > 1",
            "GR513",
            "flor",
            {
                "name": "flor",
                "near": "floor",
                "known": "min, max, abs, round, floor, ceil, score, lost, reached, applies",
            },
        ),
        (
            "a.if(1)",
            "GR513",
            "a.if",
            {
                "name": "a.if",
                "near": "",
                "known": "min, max, abs, round, floor, ceil, score, lost, reached, applies",
            },
        ),
        (
            "'A'(1)",
            "GR513",
            "'A'",
            {
                "name": "'A'",
                "near": "",
                "known": "min, max, abs, round, floor, ceil, score, lost, reached, applies",
            },
        ),
        (
            "min(1)(2) > 1",
            "GR513",
            "min(1)",
            {
                "name": "min(1)",
                "near": "",
                "known": "min, max, abs, round, floor, ceil, score, lost, reached, applies",
            },
        ),
        ("min(1) > 0", "GR514", "min(1)", {"name": "min", "wanted": "2 or more", "given": 1}),
        ("max() > 0", "GR514", "max()", {"name": "max", "wanted": "2 or more", "given": 0}),
        ("round(1) > 0", "GR514", "round(1)", {"name": "round", "wanted": 2, "given": 1}),
        ("round(1, 2, 3) > 0", "GR514", "round(1, 2, 3)", {"name": "round", "wanted": 2, "given": 3}),
        ("abs(1, 2) > 0", "GR514", "abs(1, 2)", {"name": "abs", "wanted": 1, "given": 2}),
        ("floor() > 0", "GR514", "floor()", {"name": "floor", "wanted": 1, "given": 0}),
        ("score() > 0", "GR514", "score()", {"name": "score", "wanted": 1, "given": 0}),
        ("score(a, a) > 0", "GR514", "score(a, a)", {"name": "score", "wanted": 1, "given": 2}),
        ("score(b) > 0", "GR515", "b", {"function": "score", "name": "b", "near": ""}),
        ("lost(a.clas) > 0", "GR515", "a.clas", {"function": "lost", "name": "a.clas", "near": "a.class"}),
        ("reached('a') > 0", "GR515", "'a'", {"function": "reached", "name": "'a'", "near": ""}),
        ("applies(1)", "GR515", "1", {"function": "applies", "name": "1", "near": ""}),
        ("score(a + 1) > 0", "GR515", "a + 1", {"function": "score", "name": "a + 1", "near": ""}),
        ("score(visits) > 0", "GR515", "visits", {"function": "score", "name": "visits", "near": ""}),
        ("round(1, 7) > 0", "GR516", "7", {"text": "7", "most": 6}),
        ("round(1, 1.0) > 0", "GR516", "1.0", {"text": "1.0", "most": 6}),
        ("round(1, -1) > 0", "GR516", "-1", {"text": "-1", "most": 6}),
        ("round(1, n) > 0", "GR516", "n", {"text": "n", "most": 6}),
        ("round(1, '2') > 0", "GR516", "'2'", {"text": "'2'", "most": 6}),
        ("round(1, true) > 0", "GR516", "true", {"text": "true", "most": 6}),
        ("round(1 / n, 2) > 0", "GR517", "n", {"divisor": "n", "low": "0", "high": "1000000000"}),
        ("round(1 / -n, 2) > 0", "GR517", "-n", {"divisor": "-n", "low": "-1000000000", "high": "0"}),
        (
            "round(1 / (temp + 0.5), 2) > 0",
            "GR517",
            "temp + 0.5",
            {"divisor": "temp + 0.5", "low": "-19.5", "high": "40.5"},
        ),
        ("round(1 / 0, 2) > 0", "GR510", "0", {"divisor": "0"}),
        ("(edge + edge) * 1 > 0", "GR518", "edge + edge", {"text": "edge + edge"}),
        ("(1, 2)", "GR503", "(1, 2)", {"what": "(1, 2)"}),
        ("[stale]", "GR503", "[stale]", {"what": "[stale]"}),
        ("{'A'} == class", "GR503", "{'A'}", {"what": "{'A'}"}),
        (
            "class in ('A',) == stale",
            "GR503",
            "class in ('A',) == stale",
            {"what": "`in` in a chain of comparisons"},
        ),
        (
            "class == 'A' in ('A',)",
            "GR503",
            "class == 'A' in ('A',)",
            {"what": "`in` in a chain of comparisons"},
        ),
        (
            "class not in ('A',) != stale",
            "GR503",
            "class not in ('A',) != stale",
            {"what": "`in` in a chain of comparisons"},
        ),
    ],
)
def test_what_is_wrong_is_refused_where_it_stands(
    text: str, code: str, about: str, args: dict[str, object]
) -> None:
    made, found = condition(text, Few([]))
    assert made == const(0)
    assert [(one.code, text[one.start : one.end], one.args) for one in found] == [(code, about, args)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("stale and (visits", [("GR501", "(")]),
        ("visits ≥ 1 and x = 2", [("GR502", "≥"), ("GR502", "=")]),
        ("visits ** 2 > a[0]", [("GR503", "visits ** 2"), ("GR503", "a[0]")]),
    ],
)
def test_what_cannot_be_read_is_refused_before_names_are_looked_up(
    text: str, found: list[tuple[str, str]]
) -> None:
    few = Few([])
    assert told(condition(text, few)[1], text) == found
    assert few.asked == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("nope + nope > nope", [("GR504", "nope")] * 3),
        ("y > 1 and stale and x > 2 or 5", [("GR504", "y"), ("GR504", "x"), ("GR506", "5")]),
        (
            "visits / n > 1 and class == 'C' and score(b) > sum(1)",
            [("GR517", "n"), ("GR511", "'C'"), ("GR515", "b"), ("GR513", "sum")],
        ),
        ("5 if 1 else true", [("GR506", "1"), ("GR506", "true")]),
        ("class if stale else nope", [("GR504", "nope")]),
        ("f(nope.a + 1) > 0", [("GR513", "f"), ("GR504", "nope.a")]),
        ("f(2 * nope) > 0", [("GR513", "f"), ("GR504", "nope")]),
        ("min(nope) > 0", [("GR514", "min(nope)"), ("GR504", "nope")]),
        ("round(nope, 9) > 0", [("GR504", "nope"), ("GR516", "9")]),
        ("round(1 / n, 7) > 0", [("GR517", "n"), ("GR516", "7")]),
        ("round(stale / nope, 9) > 0", [("GR506", "stale"), ("GR504", "nope"), ("GR516", "9")]),
        ("class in ('A',) in nope", [("GR503", "class in ('A',) in nope"), ("GR504", "nope")]),
        ("nope in ('A', 1)", [("GR504", "nope"), ("GR512", "('A', 1)")]),
        ("nope and not (nope or 1)", [("GR504", "nope"), ("GR504", "nope"), ("GR506", "1")]),
        ("min(stale, class, 'A', 1) > 0", [("GR506", "stale"), ("GR506", "class"), ("GR506", "'A'")]),
    ],
)
def test_every_slip_of_a_text_is_told_at_once_in_the_order_of_the_text(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert refused(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "nope",
        "nope > 1",
        "not nope",
        "nope == 'A'",
        "nope in ('A', 'zzz')",
        "nope + 1 > 0",
        "1 / nope > 0",
        "1 / (nope + 1) > 0",
        "round(1 / nope, 2) > 0",
        "round(1 / (2 * nope), 2) > 0",
        "round(nope / 2, 2) > 0",
        "(1 if nope else 2) > 0",
        "(nope if stale else 2) > 0",
        "nope if stale else true",
        "true if stale else nope",
        "stale if nope else 1 > 0",
        "stale == nope",
        "nope < 1 < 2",
        "abs(nope) > 0",
        "min(1, nope) > 0",
        "floor(nope) > 0",
        "-nope",
        "nope * 2",
        "abs(nope)",
        "min(nope, 1)",
        "floor(nope)",
        "round(nope, 1)",
        "round(1 / nope, 1)",
        "(nope or stale) + 1 > 0",
        "(not nope) * 2 > 0",
        "(nope > 1) + 1 > 0",
    ],
)
def test_nothing_follows_from_what_is_wrong(text: str) -> None:
    """A part that is wrong is reported once."""
    assert refused(text) == [("GR504", "nope")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("stale", [("GR506", "stale")]),
        ("class", [("GR506", "class")]),
        ("'A'", [("GR506", "'A'")]),
        ("visits", []),
    ],
)
def test_an_amount_is_a_number(text: str, found: list[tuple[str, str]]) -> None:
    assert told(amount(text, Few([]))[1], text) == found


def test_what_is_refused_is_nothing() -> None:
    assert amount("3 + nope", Few([]))[0] == const(0)
    assert condition("true or nope", Few([]))[0] == const(0)
    assert amount("(3", Few([]))[0] == const(0)


def test_a_number_may_have_4096_bits_and_no_more() -> None:
    assert number_of("edge + 0").hi == 2**4095
    assert told(amount("edge + edge", Few([]))[1], "edge + edge") == [("GR518", "edge + edge")]
    assert told(amount("edge * 2 + 1", Few([]))[1], "edge * 2 + 1") == [("GR518", "edge * 2")]


@pytest.mark.parametrize("function", ["min", "max"])
def test_the_least_and_the_greatest_take_from_2_to_100_numbers(function: str) -> None:
    assert number_of(f"{function}({', '.join(['3'] * 100)})") == const(3)
    assert number_of(f"{function}(3, 3)") == const(3)
    text = f"{function}({', '.join(['3'] * 101)})"
    assert [(one.code, one.args["given"]) for one in amount(text, Few([]))[1]] == [("GR514", 101)]


@pytest.mark.parametrize("places", range(7))
def test_places_are_a_digit_from_0_to_6(places: int) -> None:
    assert number_of(f"round(1 / 3, {places})").lo == Fraction(10**places // 3, 10**places)


# Nothing of Python's is reached


def test_every_handler_of_simpleeval_is_replaced() -> None:
    tree = parse("visits > 0")
    assert isinstance(tree, Tree)
    compiling = compiler._Compiler(tree, Few([]))
    handlers = compiling.evaluator.nodes
    assert set(handlers) == {
        ast.Name, ast.Attribute, ast.Constant, ast.UnaryOp, ast.BinOp, ast.BoolOp, ast.Compare, ast.IfExp,
        ast.Call, ast.Tuple, ast.List, ast.Set,
    }  # fmt: skip
    assert {handler.__self__ for handler in handlers.values()} == {compiling}


@pytest.mark.parametrize(
    "text",
    [
        "().__class__.__bases__",
        "visits.__class__.__mro__",
        "__import__('os')",
        "open('x')",
        "eval('1')",
        "rand()",
        "randint(5)",
        "int(visits)",
        "float(1)",
        "str(1)",
        "visits.real > 0",
        "'A'.join(class)",
        "stale.denominator",
        "score.__call__(a)",
        "min.__self__",
        "[c for c in ()]",
        "lambda: 0",
        "f'{visits}'",
        "visits ** 99",
        "1 << 99",
        "'A' * 99",
        "visits % 2",
        "(stale := true)",
        "stale[0]",
        "class['A']",
        "{'A': 1}",
        "...",
        "b'A' == class",
        "print(1)",
        "exec",
        "globals()",
    ],
)
def test_what_could_run_anything_is_refused(text: str) -> None:
    assert refused(text)


def test_a_word_of_pythons_may_be_the_id_of_an_input_or_an_item() -> None:
    assert holds("class == 'B' and a.if", **{"class": 1, "a__if": 1})
    assert comes_to("score(a.class)") == "4"


def test_two_texts_are_read_apart() -> None:
    assert refused("nope") == [("GR504", "nope")]
    assert flag_of("stale") == INPUTS[2]


class Graded(Few):
    """The names of a grade's condition, in which a total is a line and no input."""

    def value(self, name: str) -> Operand | Refused | None:
        return operand_of(line(":total", SCORE)) if name == "total" else super().value(name)


def test_a_total_is_a_number() -> None:
    made, found = condition("total >= 7.5", Graded([]))
    assert found == []
    assert [value(made, **{":total": tenths}) for tenths in (74, 75)] == [0, 1]


# A text that is a condition or a formula


@pytest.mark.parametrize(
    ("text", "kind", "given", "wanted"),
    [
        ("n + 1", "number", {"n": 2}, 3),
        ("n > 1", "flag", {"n": 2}, 1),
        ("stale", "flag", {"stale": 1}, 1),
        ("2 if stale else 3", "number", {"stale": 1}, 2),
    ],
)
def test_a_value_is_a_flag_or_a_number_as_its_text_is(
    text: str, kind: str, given: dict[str, int], wanted: int
) -> None:
    operand, slips = compiler.value(parse(text), Few([]))
    assert (operand.kind, slips) == (kind, [])
    assert worth(operand.formula, given) == wanted


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("class", ["GR506"]),
        ("n + other", ["GR504"]),
        ("other + n + another", ["GR504", "GR504"]),
        ("n +", ["GR501"]),
    ],
)
def test_a_value_that_is_wrong_is_unknown_and_says_where(text: str, codes: list[str]) -> None:
    operand, slips = compiler.value(parse(text), Few([]))
    assert operand.kind == "unknown"
    assert [slip.code for slip in slips] == codes
    assert slips == sorted(slips, key=lambda slip: slip.start)


def test_what_has_no_full_marks_reaches_no_share_of_them() -> None:
    said = "n > 1 and reached( extra ) > 0.5"
    _, (slip,) = condition(said, Few([]))
    assert (slip.code, slip.args, said[slip.start : slip.end]) == ("GR525", {"name": "extra"}, "extra")
    assert worth(number_of("score(extra) * 10"), {"s": 25}) == 25
