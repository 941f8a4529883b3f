"""The verbs together: which there are, how a rule's verb is known, and what every verb owes."""

import inspect
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from govrubric.diagnostics.diagnostic import Lang
from govrubric.language.rules import VERBS, AnyRule
from govrubric.language.rules._rule import Rule, figure, shown
from govrubric.language.rules.award import Award
from govrubric.language.rules.deduct import Deduct
from making import number, rule

ANY: TypeAdapter[Rule] = TypeAdapter(AnyRule)


@pytest.mark.parametrize(
    "value",
    [{"id": "r"}, {"id": "r", "deduct": 1, "award": 1}, {"id": "r", "fine": 1}, 5, None, [], "deduct"],
)
def test_a_rule_without_one_verb_is_refused(value: object) -> None:
    with pytest.raises(ValidationError) as refused:
        ANY.validate_python(value)
    assert refused.value.errors()[0]["type"] == "union_tag_not_found"


@pytest.mark.parametrize(
    ("fields", "verb"),
    [
        ({"deduct": 1}, "deduct"),
        ({"award": 1}, "award"),
        ({"judge": 1}, "judge"),
        ({"convert": 1}, "convert"),
        ({"forfeit": "all"}, "forfeit"),
        ({"choose": {"A": 1}}, "choose"),
        ({"bands": [{"from": 1, "points": 1}]}, "bands"),
        ({"distance": {"below": 1, "each": 1, "points": -1}}, "distance"),
        ({"curve": [[0, 0], [1, 1]]}, "curve"),
        ({"formula": "1"}, "formula"),
    ],
)
def test_a_rule_is_known_by_its_verb(fields: dict[str, Any], verb: str) -> None:
    taken = ANY.validate_python({"id": "r", **fields})
    assert type(taken) is VERBS[verb]


def test_a_rule_made_in_python_is_taken_as_it_is() -> None:
    made = rule(Deduct, deduct=1)
    assert ANY.validate_python(made) is made


def test_there_are_ten_verbs() -> None:
    assert sorted(VERBS) == [
        "award",
        "bands",
        "choose",
        "convert",
        "curve",
        "deduct",
        "distance",
        "forfeit",
        "formula",
        "judge",
    ]


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_a_verb_is_named_as_its_field_and_module_are(verb: str) -> None:
    kind = VERBS[verb]
    assert kind.verb == verb
    assert kind.model_fields[verb].is_required()
    assert kind.forfeits is (verb == "forfeit")
    assert kind.__module__ == f"govrubric.language.rules.{verb}"


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_a_verbs_docstring_is_its_page_in_the_manual(verb: str) -> None:
    page = inspect.getdoc(inspect.getmodule(VERBS[verb])) or ""
    assert page.startswith(f"`{verb}`: ")
    assert [line for line in page.splitlines()[1:] if line and not line.startswith(" ")] == [
        "What it does",
        "Why",
        "Example",
        "Source",
    ]


@pytest.mark.parametrize("verb", sorted(VERBS))
def test_only_a_whole_verb_can_be_made(verb: str) -> None:
    assert not VERBS[verb].__abstractmethods__


def test_a_verb_that_owes_something_cannot_be_made() -> None:
    class Half(Rule):
        verb = "half"

    with pytest.raises(TypeError, match="abstract"):
        Half.model_validate({"id": "r"})


def test_a_cap_holds_what_is_given_and_what_is_taken() -> None:
    made = rule(Award, award=1, per="件", at_most=2)
    formula = made.raw(made.inputs("r"), number(10))
    assert (str(formula.lo), str(formula.hi)) == ("0", "2")
    off = rule(Deduct, deduct=1, per="件", at_most=2)
    formula = off.raw(off.inputs("r"), number(10))
    assert (str(formula.lo), str(formula.hi)) == ("-2", "0")


def test_what_is_given_to_an_input_that_is_no_choice_is_a_number() -> None:
    assert figure(number("0.5")) == number("0.5")
    with pytest.raises(AssertionError, match=r"^only a choice is given as text"):
        figure("A")


@pytest.mark.parametrize(
    ("value", "words"), [(number("0.50"), "0.5"), (number("-1/3"), "-1/3"), ("优", "优")]
)
def test_what_was_given_is_shown_in_digits_or_by_name(value: Any, words: str) -> None:
    assert shown(value) == words


@pytest.mark.parametrize(
    ("fields", "lang", "words"),
    [
        ({"when": "x > 0"}, "en", "1 off once, when x > 0"),
        ({"when": "x > 0"}, "zh", "扣1分（条件：x > 0）"),
        ({"when": "x > 0", "at_most": 2}, "en", "1 off once, at most 2, when x > 0"),
        ({"input": "deaths"}, "en", "1 off once"),
    ],
)
def test_a_rule_says_its_condition(fields: dict[str, Any], lang: Lang, words: str) -> None:
    assert rule(Deduct, deduct=1, **fields).says(lang) == words


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"when": ""}, "GR213"),
        ({"when": True}, "GR206"),
        ({"input": ""}, "GR213"),
        ({"at_most": 0}, "GR214"),
        ({"note": 5}, "GR206"),
    ],
)
def test_a_wrong_key_that_every_rule_has_is_refused(fields: dict[str, Any], code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        rule(Deduct, deduct=1, **fields)
    assert [error["type"] for error in refused.value.errors()] == [code]
