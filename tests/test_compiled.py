"""Lines -> functions over whole numbers: what is generated, and that no text of an author can be in it."""

import keyword
import re
from fractions import Fraction

import pytest

from govrubric.compiled import build, function, statements
from govrubric.algebra import add, const, greatest, if_, least, line, number, rounded, scale, tally_count
from govrubric.formula import Formula

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
    lines = {"double": scale(X, 2), "same": line("double", scale(X, 2)), "sum": add(line("double", scale(X, 2)), N)}
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


@pytest.mark.parametrize("text", ["def made(): return len(())", "def made(): return __import__('os')", "def made(): return open"])
def test_a_text_has_no_builtins(text: str) -> None:
    with pytest.raises((NameError, KeyError)):
        build(text)()


@pytest.mark.parametrize("name", HOSTILE)
def test_the_text_holds_no_name_but_ours_whatever_an_input_is_called(name: str) -> None:
    given = number(name, Fraction(5), places=2)
    lines: dict[str, Formula] = {f"{name}:raw": rounded(least(scale(given, Fraction(1, 3)), THIRD), 1, "half_up")}
    lines[f"{name}:score"] = if_(given, line(f"{name}:raw", lines[f"{name}:raw"]), greatest(-given, const(-1)))
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
    text = function("made", {"i1": "i0", "i0": "i1"}, {"v1": scale(a, 2), "v0": scale(b, 3)}, ["v0", "v1", "i0", "i1"])
    assert build(text)(10, 100) == (300, 20, 100, 10)
