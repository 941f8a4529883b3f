"""Lines -> functions over whole numbers: what is generated, and that no text of an author can be in it."""

import keyword
import re
from fractions import Fraction

import pytest

from govrubric.formula.build import (
    add,
    all_of,
    compare,
    const,
    greatest,
    if_,
    least,
    line,
    number,
    quotient,
    ranked,
    rounded,
    scale,
    tally_count,
)
from govrubric.formula.codegen import build, function, statements
from govrubric.formula.nodes import Formula

N = tally_count("n", "件")
X = number("x", Fraction(5), places=2)
THIRD = const(Fraction(1, 3))
HOSTILE = (
    "__import__",
    "if",
    "i0",
    "v0",
    "t0",
    "made",
    "half_up",
    "lambda: 0",
    "x); import os; (",
    "a\n    return 1",
    "指标",
    '"""',
    "None",
    "",
    "\\",
    "{0}",
    "%s",
)


def test_a_function_computes_its_lines_in_order() -> None:
    lines = {
        "double": scale(X, 2),
        "same": line("double", scale(X, 2)),
        "sum": add(line("double", scale(X, 2)), N),
    }
    text = function("made", {"x": "i0", "n": "i1"}, lines, ["sum", "x", "same"])
    # `double` is over 50, since two hundredths make a fiftieth.
    assert text == "def made(i0, i1):\n    v0 = (i0)\n    v2 = (v0 + (i1 * 50))\n    return (v2, i0, v0,)\n"
    assert build(text)(125, 3) == (275, 125, 125)


def test_lines_that_nothing_needs_are_left_out() -> None:
    lines = {"a": scale(N, 2), "b": scale(N, 3), "c": scale(line("a", scale(N, 2)), 5)}
    text = function("made", {"n": "i0"}, lines, ["c"])
    assert text == "def made(i0):\n    v0 = (i0 * 2)\n    v2 = (v0 * 5)\n    return (v2,)\n"


def test_statements_may_return_something_before_their_results() -> None:
    assert statements({"n": "i0"}, {}, ["n"], "(i0,), ") == "    return (i0,), (i0,)\n"


def test_what_a_text_may_use_is_what_it_is_given() -> None:
    assert build("def made(): return half_up(5, 2), given", {"given": 7})() == (3, 7)


def test_a_text_may_use_what_formulas_are_printed_with() -> None:
    text = (
        "def made(): return sum(kept((3, 1), (1, 1), 0, 0)), min(2, 1), max(2, 1), abs(-4), "
        "half_even(5, 2), down(-5, 2), up(5, 2), floor(5, 2), ceiling(5, 2)"
    )
    assert build(text)() == (4, 1, 2, 4, 2, -2, 3, 2, 3)


def test_what_a_text_is_given_comes_before_what_it_may_use() -> None:
    assert build("def made(): return min", {"min": 7})() == 7


@pytest.mark.parametrize(
    "text", ["def made(): return len(())", "def made(): return __import__('os')", "def made(): return open"]
)
def test_a_text_has_no_builtins(text: str) -> None:
    with pytest.raises((NameError, KeyError)):
        build(text)()


@pytest.mark.parametrize("name", HOSTILE)
def test_the_text_holds_no_name_but_ours_whatever_an_input_is_called(name: str) -> None:
    given = number(name, Fraction(5), places=2)
    lines: dict[str, Formula] = {
        f"{name}:raw": rounded(least(scale(given, Fraction(1, 3)), THIRD), 1, "half_up")
    }
    lines[f"{name}:score"] = if_(
        given, line(f"{name}:raw", lines[f"{name}:raw"]), greatest(scale(given, -1), const(-1))
    )
    text = function("made", {name: "i0"}, lines, [f"{name}:score", name])
    assert re.fullmatch(r"[a-z0-9_ ()+*,:=<>.\n-]*", text)
    words = set(re.findall(r"[a-z_][a-z0-9_]*", text))
    ours = {word for word in words if re.fullmatch(r"[itv][0-9]+", word)}
    assert words - ours == {"def", "made", "if", "else", "return", "half_up"}
    assert {word for word in words if keyword.iskeyword(word)} == {"def", "if", "else", "return"}
    # 1.25 ÷ 3 is more than a third, which rounds to 0.3.
    assert build(text)(125)[1] == 125
    assert Fraction(build(text)(125)[0], lines[f"{name}:score"].den) == Fraction(3, 10)


def test_two_hostile_names_are_not_mistaken_for_each_other() -> None:
    a, b = tally_count("i1", None), tally_count("i0", None)
    text = function(
        "made", {"i1": "i0", "i0": "i1"}, {"v1": scale(a, 2), "v0": scale(b, 3)}, ["v0", "v1", "i0", "i1"]
    )
    assert build(text)(10, 100) == (300, 20, 100, 10)


def test_conditions_and_groups_hold_no_name_but_ours() -> None:
    given = number("x); import os; (", Fraction(5), places=2)
    tests = all_of(
        compare(("<", "<="), (const(1), given, const(2))), compare(("!=",), (given, const(Fraction(3, 2))))
    )
    lines: dict[str, Formula] = {
        "'": ranked(
            "sum", (given, quotient(given, add(given, const(1)), 1, "half_up")), (const(1), tests), 1, 0
        )
    }
    text = function("made", {given.name: "i0"}, lines, ["'"])
    words = set(re.findall(r"[A-Za-z_]\w*", text))
    assert words == {"def", "made", "i0", "v0", "sum", "kept", "half_up", "if", "else", "and", "return"}
    # 1.25 ÷ 2.25 is 0.6, the lower of the two, and is dropped. At 1.5 its flag is not set: none is dropped.
    assert [Fraction(build(text)(hundredths)[0], lines["'"].den) for hundredths in (125, 150)] == [
        Fraction(5, 4),
        Fraction(3, 2),
    ]


def test_an_input_under_another_name_is_not_computed() -> None:
    assert (
        function("made", {"n": "i0"}, {"a": line("n", N), "b": line("a", N)}, ["b"])
        == "def made(i0):\n    return (i0,)\n"
    )


def test_a_parameter_may_be_left_unused() -> None:
    assert build(function("made", {"n": "i0", "x": "i1"}, {}, ["x"]))(1, 2) == (2,)
