"""The language reference: that it is what the models say, that they say something of every key, and that it is true."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any, get_args

import pytest
from pydantic import BaseModel, Field, ValidationError, create_model
from pydantic.fields import FieldInfo

import reference_page
from govrubric.document.yaml import parse
from govrubric.language.fields import Model, Number
from govrubric.language.rubric_text import Item, RubricText
from reference_page import PAGE, TITLES, default_of, own_fields, page, row, type_of

FIELDS = [(model, key, field) for model in TITLES for key, field in own_fields(model)]
EACH = pytest.mark.parametrize(
    ("model", "key", "field"), [pytest.param(*one, id=f"{one[0].__name__}-{one[1]}") for one in FIELDS]
)


def reached(annotation: Any, known: set[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    """Every model that an annotation, or a field of a model in it, speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and annotation not in known:
        known.add(annotation)
        yield annotation
        for field in annotation.model_fields.values():
            yield from reached(field.annotation, known)
    for inner in get_args(annotation):
        yield from reached(inner, known)


def accepts(key: str, field: FieldInfo, example: str) -> bool:
    """Whether a field takes what stands behind its key."""
    annotation: Any = field.annotation
    made: type[BaseModel] = create_model("Made", __base__=Model, field=(annotation, field))
    nodes = parse("example", f"{key}: {example}\n")
    try:
        made.model_validate({field.alias or "field": nodes.value[key]})
    except ValidationError:
        return False
    return not nodes.found


def test_the_page_is_made_from_the_models() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `python tests/reference_page.py`"


def test_every_object_of_the_language_is_on_the_page() -> None:
    assert set(reached(RubricText, set())) - TITLES.keys() == set()
    assert all(f"## {title}\n" in page() for title in TITLES.values())


def test_an_object_that_is_not_on_the_page_is_noticed() -> None:
    class Lost(Model):
        """Nobody lists it."""

    class Above(Model):
        """It has a list of what nobody lists."""

        lost: tuple[Lost, ...] | None = None

    assert set(reached(Above, set())) - TITLES.keys() == {Above, Lost}


@EACH
def test_every_key_says_what_it_means(model: type[BaseModel], key: str, field: FieldInfo) -> None:
    words = field.description or ""
    assert words, f"{model.__name__}.{key} needs a description"
    assert "\n" not in words
    assert not words.endswith(".")
    assert row(key, field) in page()


@EACH
def test_every_key_has_an_example_that_it_takes(model: type[BaseModel], key: str, field: FieldInfo) -> None:
    (example,) = field.examples or [""]
    assert accepts(key, field, example), f"{model.__name__}.{key}: {example}"


@pytest.mark.parametrize("example", ["many", "'5'", "[5]"])
def test_an_example_that_is_not_taken_is_noticed(example: str) -> None:
    assert accepts("weight", Item.model_fields["weight"], "5")
    assert not accepts("weight", Item.model_fields["weight"], example)


TYPES = {
    ("Rubric", "id"): "id, with `-`",
    ("Rubric", "govrubric"): "`1`",
    ("Rubric", "total"): "number above 0",
    (
        "Rubric",
        "facts",
    ): "mapping of ids to `flag` or `count` or [Declared flag or count](#declared-flag-or-count) or [Declared number](#declared-number) or [Declared choice](#declared-choice)",
    ("Rubric", "indicators"): "list of [Item](#item)",
    ("Rubric", "grade_on"): "`rounded` or `exact`",
    ("Item", "extra"): "`true` or `false`",
    ("Item", "start"): "`full`, `zero` or number",
    ("Item", "floor"): "number or `none`",
    ("Item", "rules"): "list of [Rule](#rule)",
    ("Item", "drop"): "[Drop](#drop)",
    ("Item", "counts_when"): "condition",
    ("Rounding", "places"): "whole number from 0 to 6",
    ("Rounding", "mode"): "`half_up`, `half_even`, `down`, `up`, `floor` or `ceiling`",
    ("Verb formula", "formula"): "formula",
    (
        "Verb deduct",
        "deduct",
    ): "number above 0 or `judged` or mapping of ids to numbers above 0 or [Level](#level) or list of numbers above 0",
    ("Verb choose", "choose"): "mapping of texts to numbers or [Outcome](#outcome)",
    ("Verb curve", "curve"): "list of pairs of numbers",
    ("Verb forfeit", "forfeit"): "`all`",
    ("Days", "from"): "day",
    ("Case", "expect"): "names and values",
    ("Declared choice", "choice"): "list of texts",
}


@pytest.mark.parametrize(("title", "key"), TYPES)
def test_a_type_is_told_in_words(title: str, key: str) -> None:
    (field,) = [one for model, name, one in FIELDS if (TITLES[model], name) == (title, key)]
    assert type_of(key, field) == TYPES[title, key]


@pytest.mark.parametrize(
    ("field", "words"),
    [
        (FieldInfo(annotation=str), "*required*"),
        (FieldInfo(annotation=str, default=None), "–"),
        (FieldInfo(annotation=str, default=()), "–"),
        (FieldInfo(annotation=str, default="sum"), "`sum`"),
        (FieldInfo(annotation=bool, default=False), "`false`"),
        (FieldInfo(annotation=int, default=2), "`2`"),
        (FieldInfo(annotation=Fraction, default=Fraction(1, 2)), "`0.5`"),
    ],
)
def test_a_default_is_told_as_it_would_be_written(field: FieldInfo, words: str) -> None:
    assert default_of(field) == words


def test_a_row_has_key_type_default_meaning_and_example() -> None:
    class One(Model):
        """It has a bar in its meaning."""

        many: Number = Field(default=Fraction(3), description="how | many", examples=["4"])

    assert row("many", One.model_fields["many"]) == "| `many` | number | `3` | how \\| many | `many: 4` |\n"


def test_a_verb_is_introduced_by_the_first_line_of_its_file() -> None:
    (judge,) = [model for model, title in TITLES.items() if title == "Verb judge"]
    assert (
        reference_page.introduction(judge)
        == "A score that an assessor gives. It has the keys of every [rule](#rule), and these."
    )
