"""What a text depends on: read off its tree, it is what compiling the text looks up."""

from collections.abc import Iterable
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govrubric.diagnostics.near import nearest
from govrubric.expressions.compiler import amount, condition
from govrubric.expressions.dependencies import compared, connectives, constants, mentioned, named, requests
from govrubric.expressions.operands import Operand, Refused, operand_of
from govrubric.expressions.parser import parse
from govrubric.formula.build import choice, flag, number, tally_count
from govrubric.formula.nodes import Formula
from making import number as exact


def asked(text: str) -> list[tuple[str, str]]:
    """Function and item of each request, in order."""
    return [(one.function, one.name) for one in requests(parse(text))]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("score(b) > 0", ["b"]),
        ("score((b)) > 0", ["b"]),
        ("score(((a.b))) > 0", ["a.b"]),
        ("score( b ) > 0", ["b"]),
        ("score (b) > 0", ["b"]),
        ("(score)(b) > 0", ["b"]),
        ("score(b,) > 0", ["b"]),
        ("score(a . b) > 0", ["a.b"]),
        ("score(a.b.c) > 0", ["a.b.c"]),
        ("score(class.if) > 0", ["class.if"]),
        ("score(score) > 0", ["score"]),
        ("not score (b) > 1", ["b"]),
        ("not applies((b))", ["b"]),
        ("max(score((b)), lost(c)) > 0", ["b", "c"]),
        ("(score(c) + 1) * 2 > score(b)", ["c", "b"]),
        ("score(b) > 0 and score(b) < 5", ["b", "b"]),
        ("round(score(b) / max(lost(c), 1), 2) > 0", ["b", "c"]),
        ("1 if applies(b) else reached(c) > 0", ["b", "c"]),
        # What only looks like a request
        ("'score(b)' == class", []),
        ('class in ("score(b)", "lost(c)")', []),
        ("class == 'x' and score(b) > 0", ["b"]),
        ("scores(b) > 0", []),
        ("Score(b) > 0", []),
        ("a.score(b) > 0", []),
        ("max(b, 1) > 0", []),
        ("score(b + 1) > 0", []),
        ("score(+b) > 0", []),
        ("score('b') > 0", []),
        ("score(1) > 0", []),
        ("score(b, c) > 0", []),
        ("score() > 0", []),
        ("score((b, c)) > 0", []),
        # What cannot be parsed asks for nothing
        ("score(b", []),
        ("score(b) > 3分", []),
        ("score(b) > 0 # as told", []),
        ("score(b) \\\n> 0", []),
        ("score(b)\n> 0", []),
        ("score(b) = 0", []),
        ("score(甲) > 0", []),
        ("ｓｃｏｒｅ(b) > 0", []),
        ("score(ｂ) > 0", []),
        ("score(a b) > 0", []),
        ("score(item=b) > 0", []),
        ("score(*b) > 0", []),
        ("score(b)[0] > 0", []),
        ("", []),
    ],
)
def test_the_items_that_a_text_asks_for(text: str, items: list[str]) -> None:
    assert [name for _, name in asked(text)] == items


def test_a_request_has_its_function_and_its_place() -> None:
    text = "class == '优' and lost ( (a . b) ) > 0 or applies(c)"
    (lost, applies) = requests(parse(text))
    assert (lost.function, text[lost.start : lost.end]) == ("lost", "lost ( (a . b) )")
    assert (applies.function, text[applies.start : applies.end]) == ("applies", "applies(c)")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a.off and not (x)", {"a.off", "a", "x"}),
        ("class . if == 'x.y'", {"class.if", "class"}),
        ("max(n, 1) > 0", {"max", "n"}),
        ("x >", set()),
    ],
)
def test_the_names_in_a_text(text: str, names: set[str]) -> None:
    assert mentioned(parse(text)) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("b + a.off * b - c", ["b", "a.off", "c"]),
        ("score(b) + lost(a) + x", ["x"]),
        ("max(y, x) > 0 and not applies(b)", ["y", "x"]),
        ("n if class == 'z' else m", ["class", "n", "m"]),  # the condition comes first in a tree
        ("1 + 2", []),
        ("x >", []),
    ],
)
def test_the_values_that_a_text_names_in_the_order_of_its_tree(text: str, names: list[str]) -> None:
    assert named(parse(text)) == names


# Compiling looks up what the tree says


class Lines(NamedTuple):
    score: Formula = number("s", exact(10), places=1)
    lost: Formula = number("l", exact(10), places=1)
    reached: Formula = number("r", exact(1), places=2)
    applies: Formula = flag("here")


class Recorded:
    """A few names, and the items that were looked up."""

    def __init__(self) -> None:
        self.items_asked: list[str] = []

    def value(self, name: str) -> Operand | Refused | None:
        inputs = {"n": tally_count("n", None), "stale": flag("stale"), "class": choice("class", ("A", "B"))}
        return operand_of(inputs[name]) if name in inputs else None

    def item(self, name: str) -> Lines | None:
        self.items_asked.append(name)
        return Lines() if name in ("a", "a.b", "score", "n", "not.class") else None

    def nearest(self, name: str, known: Iterable[str]) -> str:
        return nearest(name, known)

    def inside(self, name: str) -> str | None:
        return None

    def inputs(self) -> Iterable[str]:
        return ()

    def items(self) -> Iterable[str]:
        return ()


ITEMS = st.sampled_from(["a", "(a)", "a . b", "((a.b))", "score", "n", "not.class", "a,", " a "])
REQUESTS = st.builds("{}{}({})".format, st.sampled_from(["score", "lost"]), st.sampled_from(["", " "]), ITEMS)
NUMBERS = st.recursive(
    st.one_of(st.sampled_from(["n", "2", "(n)"]), REQUESTS),
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*"), inner),
        st.builds("-{}".format, inner),
        st.builds("{}({},{})".format, st.sampled_from(["min", "max"]), inner, inner),
        st.builds("round({} / max(abs({}), 1), 2)".format, inner, inner),
        st.builds("({} if stale else {})".format, inner, inner),
    ),
    max_leaves=6,
)
FLAGS = st.recursive(
    st.one_of(
        st.sampled_from(["stale", "class == 'A'", 'class in ("A", "B")', "true"]),
        st.builds("applies({})".format, ITEMS),
        st.builds("reached({}) >= reached({})".format, ITEMS, ITEMS),
        st.builds("{} < {} <= {}".format, NUMBERS, NUMBERS, NUMBERS),
    ),
    lambda inner: st.one_of(
        st.builds("not ({})".format, inner),
        st.builds("({}) {} ({})".format, inner, st.sampled_from(["and", "or", "=="]), inner),
        st.builds("(({}) if ({}) else ({}))".format, inner, inner, inner),
    ),
    max_leaves=4,
)


@given(st.one_of(st.tuples(st.just(amount), NUMBERS), st.tuples(st.just(condition), FLAGS)))
def test_a_sound_text_asks_for_what_its_tree_says(case: tuple[object, str]) -> None:
    compiled, text = case
    parsed, names = parse(text), Recorded()
    _, slips = amount(parsed, names) if compiled is amount else condition(parsed, names)
    assert [slip.code for slip in slips if slip.code != "GR508"] == []
    if not slips:
        assert sorted(names.items_asked) == sorted(request.name for request in requests(parsed))


PIECES = st.sampled_from(
    [
        *("a", "a.b", "(", ")", "(a)", ",", " ", "score", "score(", "lost(", "applies(", "max(", "n"),
        *(" and ", " or ", "not ", " if ", " else ", " in ", "+", "*", ">", "==", "1", ".", "甲", "[", "]"),
        *("'A'", "'score(a)'", "score(a)"),
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join))
def test_any_text_asks_for_no_more_than_its_tree_says(text: str) -> None:
    """Of an unsound text a part may be left out when it is compiled; of its tree none is."""
    parsed, names = parse(text), Recorded()
    condition(parsed, names)
    remaining = [request.name for request in requests(parsed)]
    for name in names.items_asked:
        remaining.remove(name)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("x >= 3", [("3", True)]),
        ("x < 0.5", [("1/2", True)]),
        ("x > 3", [("3", False)]),
        ("x <= 3", [("3", False)]),
        ("x == 3", [("3", None)]),
        ("4 <= x <= 6", [("4", True), ("6", False)]),
        ("3 < x and 2 > y", [("3", False), ("2", True)]),
        ("not x >= 3", [("3", None)]),
        ("x > y", []),
        ("x >", []),
    ],
)
def test_what_a_text_compares_with(text: str, numbers: list[tuple[str, bool | None]]) -> None:
    assert [(one.number, one.includes) for one in compared(parse(text))] == [
        (exact(digits), includes) for digits, includes in numbers
    ]


def test_the_numbers_of_a_text_and_how_it_joins_conditions() -> None:
    text = "x > 3 and (y == 'A' or z < 0.5) and flag"
    assert constants(parse(text)) == {exact(3), exact("1/2")}
    assert connectives(parse(text)) == {"and", "or"}
    assert connectives(parse("x > 3 or y")) == {"or"}
    assert (constants(parse("3 >")), connectives(parse("a or")), named(parse("a or"))) == (set(), set(), [])
