"""Models -> JSON Schema (draft 7) for editors: what may stand where, and its meaning in two languages.

The schema is read off the models' fields, so that a new key, word or verb is in it without more. It says
nothing that needs two fields, or the meaning of a text: that is left to `govrubric check`. Only a key that a
flag makes needless (`required_without` of a model) is required where that is not set. The schema is built for
editors: objects are closed, and `if` chooses between alternatives, so that a message speaks of the one meant.
"""

import json
import re
from collections.abc import Mapping
from fractions import Fraction
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from govrubric.document.nodes import Plain
from govrubric.document.yaml import parse
from govrubric.language.cases_text import CasesText
from govrubric.language.json_scalars import Json, JsonScalar, message
from govrubric.language.rubric_text import RubricText
from govrubric.language.rules import VERBS
from govrubric.language.rules._rule import Rule
from govrubric.numbers import spelled

_NUMBER = re.compile(r"(-?)0*([0-9]+(?:\.[0-9]+)?)")

Definitions = dict[str, Json]
"""The named parts of a schema, as they are found on the way through the models."""

DOCUMENTS: dict[str, type[BaseModel]] = {"rubric": RubricText, "cases": CasesText}
"""The kinds of files that have a schema."""


def schema(kind: str) -> Json:
    """The schema of a kind of files."""
    definitions: Definitions = {}
    root = _object(DOCUMENTS[kind], definitions)
    head = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"https://github.com/govrubric/govrubric/schema/{kind}-1.json",
        "title": f"govrubric {kind}, version 1",
    }
    return {**head, **root, "definitions": dict(sorted(definitions.items()))}


def dumps(value: Any, indent: str = "") -> str:
    """Plain data as JSON text; a `Plain` that looks like a number, true or false becomes one."""
    inner = indent + " "
    match value:
        case dict():
            rows = [
                f"{inner}{json.dumps(key, ensure_ascii=False)}: {dumps(inside, inner)}"
                for key, inside in value.items()
            ]
            return "{\n" + ",\n".join(rows) + f"\n{indent}}}" if rows else "{}"
        case list() | tuple():
            rows = [f"{inner}{dumps(inside, inner)}" for inside in value]
            return "[\n" + ",\n".join(rows) + f"\n{indent}]" if rows else "[]"
        case Plain() if number := _NUMBER.fullmatch(value):
            return "".join(number.groups())
        case Plain() if value in ("true", "false"):
            return str(value)
        case _:
            return json.dumps(value, ensure_ascii=False)


def _ref(name: str) -> Json:
    return {"$ref": f"#/definitions/{name}"}


def _object(model: type[BaseModel], definitions: Definitions) -> Json:
    """A mapping with the keys of a model."""
    keys = {field.alias or name: field for name, field in model.model_fields.items()}
    required = [key for key, field in keys.items() if field.is_required()]
    spared: Mapping[str, str] = getattr(model, "required_without", {})
    properties = {key: _property(model, key, field, definitions) for key, field in keys.items()}
    return {
        "type": "object",
        "additionalProperties": False,
        **({"required": required} if required else {}),
        "properties": properties,
        **({"allOf": [_unless(key, flag) for key, flag in spared.items()]} if spared else {}),
    }


def _unless(key: str, flag: str) -> Json:
    """A key that is required where a flag is not set."""
    is_set = {"required": [flag], "properties": {flag: {"const": True}}}
    return {"if": is_set, "then": {}, "else": {"required": [key]}}


def _property(model: type[BaseModel], key: str, field: FieldInfo, definitions: Definitions) -> Json:
    """What a key takes, and what it means in English and Chinese."""
    named: list[Mapping[str, str]] = [vars(base).get("chinese", {}) for base in model.__mro__]
    chinese = next((meanings[key] for meanings in named if key in meanings), "")
    description = "\n\n".join(filter(None, (field.description, chinese, _default(field))))
    value = _value(field.annotation, field.metadata, definitions)
    examples = [parse("example", example).value for example in field.examples or ()]
    of_scalar = definitions.get(value.get("$ref", "").rpartition("/")[2], {}).get("examples", ())
    examples += [word for word in of_scalar if word not in examples]
    # Editors render Markdown in the second form, and show the first as it is.
    return {
        **value,
        "description": description,
        **({"markdownDescription": description} if "`" in description else {}),
        "examples": examples,
    }


def _default(field: FieldInfo) -> str:
    """The default in words: editors write what stands under the keyword `default` into every new object."""
    value = field.default
    if field.is_required() or value in (None, ()):
        return ""
    return f"default 默认值 `{spelled(value) if isinstance(value, Fraction) else str(value).lower()}`"


def _value(annotation: Any, metadata: list[Any], definitions: Definitions) -> Json:
    """What a field of this type takes. Named scalars and models are put among the definitions."""
    for scalar in metadata:
        if isinstance(scalar, JsonScalar):
            if not scalar.name:
                return scalar.schema
            definitions[scalar.name] = scalar.schema
            return _ref(scalar.name)
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _value(inner[0], list(inner[1:]), definitions)
    if origin is Literal:
        return {"enum": list(inner)}
    if origin in (Union, UnionType):
        return _either([kind for kind in inner if kind is not NoneType], definitions)
    if origin is dict:
        names, values = (_value(kind, [], definitions) for kind in inner)
        return {"type": "object", "minProperties": 1, "propertyNames": names, "additionalProperties": values}
    if origin is tuple:
        count = {"minItems": 1} if inner[-1] is Ellipsis else {"minItems": len(inner), "maxItems": len(inner)}
        return {"type": "array", **count, "items": _value(inner[0], [], definitions)}
    if annotation.__name__ not in definitions:
        definitions[annotation.__name__] = {}  # the model may contain itself
        definitions[annotation.__name__] = _object(annotation, definitions)
    return _ref(annotation.__name__)


def _either(kinds: list[Any], definitions: Definitions) -> Json:
    """One of several types. Objects, lists and the rest are told apart by `if`."""
    unmarked = [_without_marks(kind) for kind in kinds]
    if set(unmarked) == set(VERBS.values()):
        definitions["Rule"] = _rule(definitions)
        return _ref("Rule")
    by_type: dict[str, list[Json]] = {"object": [], "array": [], "": []}
    for kind, type_ in zip(kinds, unmarked, strict=True):
        by_type[_type_in_json(type_)].append(_value(kind, [], definitions))
    *first, (_, schema_) = [
        (type_, alike[0] if len(alike) == 1 else {"anyOf": alike})
        for type_, alike in by_type.items()
        if alike
    ]
    for type_, of_type in reversed(first):
        # Editors look for words to propose among examples, and not within `else`.
        proposed = {"examples": schema_["enum"]} if "enum" in schema_ else {}
        schema_ = {**proposed, "if": {"type": type_}, "then": of_type, "else": schema_}
    return schema_


def _type_in_json(kind: Any) -> str:
    """`object`, `array`, or an empty text for what is neither."""
    if get_origin(kind) is tuple:
        return "array"
    return "object" if get_origin(kind) is dict or hasattr(kind, "model_fields") else ""


def _without_marks(kind: Any) -> Any:
    """A type without what is annotated to it."""
    return _without_marks(get_args(kind)[0]) if get_origin(kind) is Annotated else kind


def _rule(definitions: Definitions) -> Json:
    """A rule with a verb takes what the verb takes; one without, what every rule takes, and any verb."""
    by_verb = {verb: _object(rule, definitions) for verb, rule in VERBS.items()}
    definitions |= {VERBS[verb].__name__: of_verb for verb, of_verb in by_verb.items()}
    definitions["second_verb"] = {
        "type": "null",
        "errorMessage": message("GR216", verbs="…"),
        "doNotSuggest": True,
    }
    definitions["verbless"] = {
        "type": "object",
        "title": "Rule",
        "additionalProperties": False,
        "required": ["id"],
        "anyOf": [
            {"required": [verb], "errorMessage": message("GR215", verbs=", ".join(VERBS))} for verb in VERBS
        ],
        "defaultSnippets": [
            _snippet(rule, by_verb[verb]["properties"][verb]["description"]) for verb, rule in VERBS.items()
        ],
        # While a verb is misspelt, its keys are no fault; and they are not proposed before it is there.
        "properties": {
            key: value if key in (*Rule.model_fields, *VERBS) else {"doNotSuggest": True}
            for of_verb in by_verb.values()
            for key, value in of_verb["properties"].items()
        },
    }
    for verb, of_verb in by_verb.items():
        of_verb["properties"] |= {other: _ref("second_verb") for other in VERBS if other != verb}
    with_verb = [
        {"if": {"type": "object", "required": [verb]}, "then": _ref(rule.__name__)}
        for verb, rule in VERBS.items()
    ]
    without = {"type": "object", "not": {"anyOf": [{"required": [verb]} for verb in VERBS]}}
    return {"type": "object", "allOf": [*with_verb, {"if": without, "then": _ref("verbless")}]}


def _snippet(rule: type[Rule], description: str) -> Json:
    """A rule to begin with: the verb, and those of its keys that have no value until one is written."""
    own = {
        field.alias or name: field
        for name, field in rule.model_fields.items()
        if name not in Rule.model_fields
    }
    # As text, since editors lose lists within lists and the quotes that a text needs.
    shown = {
        key: field.examples[0]
        for key, field in own.items()
        if field.examples
        and (field.is_required() or field.default in (None, ()))
        and key not in rule.of_one_form
    }
    return {
        "label": f"{rule.verb} …",
        "description": description,
        "body": {"id": f"${{1:{rule.verb}}}", rule.verb: "", **shown},
    }
