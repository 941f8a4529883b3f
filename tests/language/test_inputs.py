"""Inputs that an author declares by name and type: what they become, and what may be wrong with them."""

import pickle
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from govrubric.document.nodes import Plain
from govrubric.formula.nodes import Input
from govrubric.language.inputs import ChoiceOf, Declarations, Declared, NumberOf, Range, problem

ENDS = {"least": "min", "most": "max"}
FACTS: TypeAdapter[tuple[Declared, ...]] = TypeAdapter(Declarations)


def declared(**types: Any) -> tuple[Declared, ...]:
    return FACTS.validate_python(types)


def one(type_: Any) -> Declared:
    (made,) = declared(x=type_)
    return made


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ({}, "GR222"),
        ([], "dict_type"),
        ("flag", "dict_type"),
        ({"x": "text"}, "GR210"),
        ({"x": "Flag"}, "GR210"),
        ({"x": 5}, "GR210"),
        ({"x": None}, "GR210"),
        ({"x": ["A"]}, "GR210"),
        ({"X": "flag"}, "GR211"),
        ({"a.b": "flag"}, "GR211"),
        ({"x": {}}, "missing"),
        ({"x": {"choice": []}}, "GR222"),
        ({"x": {"choice": "A"}}, "GR205"),
        ({"x": {"choice": ["A", ""]}}, "GR213"),
        ({"x": {"choice": ["A"], "places": 2}}, "extra_forbidden"),
        ({"x": {"number": 5}}, "model_type"),
        ({"x": {"number": {"places": 7}}}, "GR221"),
        ({"x": {"number": {"min": "0"}}}, "GR208"),
        ({"x": {"number": {"max": 0.5}}}, "GR207"),
        ({"x": {"number": {"step": 1}}}, "extra_forbidden"),
        ({"x": {"number": {}, "choice": ["A"]}}, "extra_forbidden"),
        ({"x": {"count": {}}}, "missing"),
    ],
)
def test_a_wrong_declaration_is_refused(value: Any, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        FACTS.validate_python(value)
    assert code in [error["type"] for error in refused.value.errors()]


@pytest.mark.parametrize(("value", "shown"), [("text", "text"), (5, "5"), (None, "none"), (["A"], "list")])
def test_what_is_no_type_is_answered_with_all_that_there_are(value: Any, shown: str) -> None:
    with pytest.raises(ValidationError) as refused:
        declared(x=value)
    (error,) = refused.value.errors()
    assert (error["type"], error["ctx"]) == (
        "GR210",
        {"value": shown, "words": "flag, count, {number: {…}}, {choice: […]}"},
    )


@pytest.mark.parametrize(
    ("type_", "wanted"),
    [
        ("flag", Input(1, Fraction(0), Fraction(1), "a.x", "flag", None, 0, None, ())),
        ("count", Input(1, Fraction(0), Fraction(1_000_000_000), "a.x", "count", None, 0, None, ())),
        (
            {"number": {}},
            Input(100, Fraction(0), Fraction(1_000_000_000), "a.x", "number", None, 2, None, ()),
        ),
        (
            {"number": {"places": 1, "min": Decimal("-2.5"), "max": 7}},
            Input(10, Fraction(-5, 2), Fraction(7), "a.x", "number", None, 1, None, ()),
        ),
        (
            {"number": {"places": 0, "min": 3, "max": 3}},
            Input(1, Fraction(3), Fraction(3), "a.x", "number", None, 0, None, ()),
        ),
        (
            {"choice": ["优", "b c"]},
            Input(1, Fraction(0), Fraction(1), "a.x", "choice", None, 0, None, ("优", "b c")),
        ),
    ],
    ids=str,
)
def test_a_declaration_makes_an_input_of_its_type(type_: Any, wanted: Input) -> None:
    assert one(type_).as_input("a.x") == wanted


def test_names_keep_the_order_in_which_they_are_declared() -> None:
    assert [(made.name, made.type) for made in declared(b="flag", a="count")] == [
        ("b", "flag"),
        ("a", "count"),
    ]


def test_a_word_of_a_type_is_plain_text_once_read() -> None:
    assert type(one(Plain("flag")).type) is str


def test_a_declaration_made_in_python_is_taken_as_it_is() -> None:
    number, chosen = NumberOf(number=Range(places=1)), ChoiceOf(choice=("A",))
    assert declared(x=number, y=chosen) == (Declared("x", number), Declared("y", chosen))


@pytest.mark.parametrize(
    ("type_", "found"),
    [
        (
            {"number": {"min": 2, "max": Decimal("1.5")}},
            ("GR334", {"name": "x", **ENDS, "low": "2", "high": "1.5"}),
        ),
        ({"number": {"min": Decimal("0.125"), "places": 2}}, ("GR335", {"name": "x", **ENDS, "places": "2"})),
        ({"number": {"max": Decimal("0.5"), "places": 0}}, ("GR335", {"name": "x", **ENDS, "places": "0"})),
        ({"number": {"max": Plain("1/3"), "places": 6}}, ("GR335", {"name": "x", **ENDS, "places": "6"})),
        (
            {"number": {"min": 9, "max": Decimal("0.5"), "places": 0}},
            ("GR334", {"name": "x", **ENDS, "low": "9", "high": "0.5"}),
        ),
        ({"choice": ["A", "B", "A"]}, ("GR328", {"name": "A", "parent": "x"})),
        ({"choice": ["\u00e9", "e\u0301"]}, ("GR328", {"name": "\u00e9", "parent": "x"})),
        ({"choice": ["A", "B", "B", "A"]}, ("GR328", {"name": "B", "parent": "x"})),
    ],
    ids=str,
)
def test_fields_that_do_not_fit_each_other_are_a_finding(
    type_: Any, found: tuple[str, dict[str, str]]
) -> None:
    assert problem(one(type_)) == found


@pytest.mark.parametrize(
    "type_",
    [
        "flag",
        "count",
        {"number": {}},
        {"number": {"min": 3, "max": 3}},
        {"number": {"min": Decimal("-0.25"), "max": Decimal("0.25")}},
        {"number": {"min": Decimal("0.5"), "places": 1}},
        {"choice": ["A"]},
        {"choice": ["A", "a", "Ａ"]},
    ],
    ids=str,
)
def test_what_is_right_is_no_finding(type_: Any) -> None:
    assert problem(one(type_)) is None


def test_a_declaration_may_have_a_note() -> None:
    made = one({"number": {"note": "in persons"}, "note": "of the town"})
    assert isinstance(made.type, NumberOf)
    assert (made.type.note, made.type.number.note) == ("of the town", "in persons")
    chosen = one({"choice": ["A"], "note": "by the law"})
    assert isinstance(chosen.type, ChoiceOf)
    assert chosen.type.note == "by the law"


def test_a_declaration_survives_pickling() -> None:
    made = declared(a="flag", b={"number": {"places": 1}}, c={"choice": ["A"]})
    assert pickle.loads(pickle.dumps(made)) == made
