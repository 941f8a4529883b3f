"""The models -> the page that lists every key of the language; `python tests/reference_page.py` rewrites it.

Key, type, default, meaning and example are all read from the models; this file has no text about a single
key.
"""

import inspect
from collections.abc import Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from govrubric.language.cases_text import Case, CasesText
from govrubric.language.combining import Drop
from govrubric.language.gates_text import Gate, Grade
from govrubric.language.inputs import ChoiceOf, NumberOf, Range, WordOf
from govrubric.language.json_scalars import JsonScalar
from govrubric.language.not_applicable import NotApplicable
from govrubric.language.rubric_text import Item, Origin, Rounding, RubricText, Valid
from govrubric.language.rules import VERBS
from govrubric.language.rules._band import Band
from govrubric.language.rules._distance import Distance
from govrubric.language.rules._rule import Rule
from govrubric.language.values import ValueText
from govrubric.language.variants_text import Ambiguity, OptionText, VariantText
from govrubric.language.worded import PositiveWorth, Worth
from govrubric.numbers import written

PAGE = Path(__file__).parents[1] / "docs" / "reference.md"

INTRODUCTION = """\
# Language reference

Every key of the language, as the program itself knows it: this page is made from its models. *Required* keys must be
written. Of the others the default is shown; – stands where there is none, or the meaning tells it. Keys may stand in any order,
and no key may stand that is not listed here.

A *number* is digits with at most one point, or a fraction such as `1/3`; an *id* is a small Latin letter followed by small
letters, digits and `_`, 64 characters at most; a *day* is written `2023-12-31`; *conditions* and *formulas* are those of section 8 of the
[specification](specification.md). How the keys work together is told in [Write a rubric](authoring.md).
"""

TITLES: dict[type[BaseModel], str] = {
    RubricText: "Rubric",
    Item: "Item",
    Rule: "Rule",
    **{rule: f"Verb {verb}" for verb, rule in VERBS.items()},
    Band: "Band",
    Distance: "Distance",
    ValueText: "Named value",
    Gate: "Gate",
    Grade: "Grade",
    Rounding: "Rounding",
    NotApplicable: "Not applicable",
    Drop: "Drop",
    Valid: "Days",
    Origin: "Source",
    PositiveWorth: "Level",
    Worth: "Outcome",
    WordOf: "Declared flag or count",
    NumberOf: "Declared number",
    Range: "Range",
    ChoiceOf: "Declared choice",
    Case: "Case",
    VariantText: "Variant",
    Ambiguity: "Ambiguity",
    OptionText: "Option of an ambiguity",
    CasesText: "File of cases",
}
"""Every object of the language, in the order of the page."""

# What may stand in a field, by the name of its scalar in the JSON Schema.
SCALARS = {
    "text": "text",
    "expression": "condition",
    "flag": "`true` or `false`",
    "id": "id",
    "rubric_id": "id, with `-`",
    "path": "path",
    "number": "number",
    "positive": "number above 0",
    "day": "day",
    "version": "`1`",
    "number_or_none": "number or `none`",
    "number_or_name": "number, or the name of one",
    "positive_or_name": "number above 0, or the name of one",
    "number_or_start": "`full`, `zero` or number",
    "language": "language",
    "readings": "ids of ambiguities and of options",
    "some_names": "names and values",
    "names": "names and values",
}


def own_fields(model: type[BaseModel]) -> Iterator[tuple[str, FieldInfo]]:
    """A model's fields by their keys; for a verb, without the fields of every rule."""
    for name, field in model.model_fields.items():
        if model is Rule or not issubclass(model, Rule) or name not in Rule.model_fields:
            yield field.alias or name, field


def type_of(key: str, field: FieldInfo) -> str:
    """What the value of a key may be."""
    words = _words(field.annotation, field.metadata)
    return "formula" if key == "formula" else words


def _words(annotation: Any, metadata: list[Any]) -> str:
    for scalar in metadata:
        if isinstance(scalar, JsonScalar):
            if scalar.name:
                return SCALARS[scalar.name]
            return f"whole number from {scalar.schema['minimum']} to {scalar.schema['maximum']}"
    return _of_annotation(annotation)


def _of_annotation(annotation: Any) -> str:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _words(inner[0], list(inner[1:]))
    if origin is Literal:
        *others, last = (f"`{word}`" for word in inner)
        return f"{', '.join(others)} or {last}" if others else last
    if origin in (Union, UnionType):
        return " or ".join(
            dict.fromkeys(_of_annotation(option) for option in inner if option is not NoneType)
        )
    if origin is dict:
        return f"mapping of {_many(_of_annotation(inner[0]))} to {_many(_of_annotation(inner[1]))}"
    if origin is tuple:
        return f"{'list' if inner[-1] is Ellipsis else 'pair'} of {_many(_of_annotation(inner[0]))}"
    assert isinstance(annotation, type), annotation
    assert issubclass(annotation, BaseModel), annotation
    return "[Rule](#rule)" if issubclass(annotation, Rule) else _link(annotation)


def _many(words: str) -> str:
    first, space, rest = words.partition(" ")
    return f"{first}s{space}{rest}" if first in ("number", "text", "id", "pair") else words


def _link(model: type[BaseModel]) -> str:
    return f"[{TITLES[model]}](#{TITLES[model].lower().replace(' ', '-')})"


def default_of(field: FieldInfo) -> str:
    """The value of a key that is left out."""
    if field.is_required():
        return "*required*"
    value = field.default
    if value is None or value == ():
        return "–"
    return f"`{str(value).lower() if isinstance(value, (bool, str, int)) else written(value)}`"


def introduction(model: type[BaseModel]) -> str:
    """The introduction of an object: for a verb the first line of its module, otherwise the docstring."""
    if issubclass(model, Rule) and model is not Rule:
        module = inspect.getmodule(model)
        words = (inspect.getdoc(module) or "").partition("\n")[0].partition(": ")[2]
        return f"{words[0].upper()}{words[1:]} It has the keys of every [rule](#rule), and these."
    if model is Rule:
        verbs = ", ".join(_link(rule) for rule in VERBS.values())
        return f"One rule of an item. It has these keys, and one verb with the verb's own: {verbs}."
    return (inspect.getdoc(model) or "").partition("\n\n")[0].replace("\n", " ")


def row(key: str, field: FieldInfo) -> str:
    """A key's row of the table."""
    (example,) = field.examples or [""]
    cells = (
        f"`{key}`",
        type_of(key, field),
        default_of(field),
        field.description or "",
        f"`{key}: {example}`" if example else "",
    )
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def table(model: type[BaseModel]) -> str:
    """An object's heading, its introduction, and its keys."""
    rows = "".join(row(key, field) for key, field in own_fields(model))
    head = "| key | type | default | meaning | example |\n| --- | --- | --- | --- | --- |\n"
    return f"## {TITLES[model]}\n\n{introduction(model)}\n\n{head}{rows}"


def page() -> str:
    """The whole page."""
    return "\n".join([INTRODUCTION, *map(table, TITLES)])


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
