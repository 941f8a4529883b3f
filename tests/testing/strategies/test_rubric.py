"""Random rubrics: each is valid and within the given depth and verbs, and all strategies are reached."""

import random
from typing import Any

import pytest
from hypothesis import given, settings

from govrubric import Rubric, loads
from govrubric.formula.build import flag
from govrubric.language import rules
from govrubric.language.rubric_text import AnyItem, parts
from govrubric.testing import rubrics
from govrubric.testing.strategies.authored import Draft, Ref, Scope, spelled
from govrubric.testing.strategies.making import VERBS
from strategies import Sample, corpus


def deep(item: AnyItem) -> int:
    """How many levels of items there are below."""
    return 1 + max(map(deep, item.items)) if item.items else 0


@given(rubrics())
def test_what_is_drawn_is_a_rubric_that_loads_from_its_own_text(rubric: Rubric) -> None:
    assert loads(rubric.to_text()) == rubric


@pytest.mark.parametrize("depth", [1, 2, 4])
def test_depth_is_the_levels_of_items(depth: int) -> None:
    @given(rubrics(depth=depth))
    def try_it(rubric: Rubric) -> None:
        assert 1 <= deep(rubric._text) <= depth

    try_it()


@given(rubrics(verbs=("judge", "deduct")))
def test_verbs_are_those_that_were_asked_for(rubric: Rubric) -> None:
    assert {rule.verb for item, _, _ in parts(rubric._text) for rule in item.rules} <= {"judge", "deduct"}


@pytest.mark.parametrize("verb", list(dict.fromkeys(VERBS)))
def test_any_verb_alone_will_do(verb: str) -> None:
    @settings(max_examples=5)
    @given(rubrics(depth=2, verbs=[verb]))
    def try_it(rubric: Rubric) -> None:
        assert {rule.verb for item, _, _ in parts(rubric._text) for rule in item.rules} == {verb}

    try_it()


def test_what_draws_knows_every_verb() -> None:
    assert set(VERBS) == set(rules.VERBS)


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ({"depth": 0}, "one level of items at least, not 0"),
        ({"verbs": ["deduct", "subtract"]}, "not deduct, subtract"),
        ({"verbs": []}, "some of award, bands, choose, .*, not none"),
    ],
)
def test_what_cannot_be_drawn_is_refused_at_once(named: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        rubrics(**named)


def test_a_corpus_reaches_four_levels() -> None:
    assert {deep(Sample(*one).text) for one in corpus()} == {1, 2, 3, 4}


# Names in conditions


def spellings(draft: Draft, *inputs: str) -> set[str]:
    """Every way in which a condition may be spelled."""
    known = {name: flag(name) for name in inputs}
    return {spelled(draft, Scope(random.Random(seed), known)) for seed in range(60)}


def test_a_name_is_spelled_from_where_it_stands() -> None:
    assert spellings(Draft((Ref("a.b.c"),), "a.b", None, number=False), "a.b.c") == {"c", "a.b.c"}


def test_a_name_that_something_nearer_has_is_spelled_in_full() -> None:
    assert spellings(Draft((Ref("c"),), "a.b", None, number=False), "a.b.c", "c") == {"True"}
    assert spellings(Draft((Ref("c"),), "a.b", None, number=True), "a.b.c", "c") == {"1"}


def test_a_text_that_is_too_long_is_given_up() -> None:
    assert spellings(Draft(("x",) * 1001, "", None, number=False)) == {"True"}
