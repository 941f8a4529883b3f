"""Models -> JSON Schema (draft 7), as editors read it: what may stand where, and what it means, in English and Chinese.

A key, a word or a verb of the models is in the schema by being in the models. What needs two fields, or the meaning of a
text, is told by `govrubric check` alone. The schema is built for editors: objects are closed, and alternatives are told apart
by `if`, so that a message speaks of the one that was meant.
"""

import inspect
import json
import re
from fractions import Fraction
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from govrubric.document.nodes import Plain
from govrubric.document.yaml import parse
from govrubric.language.json_scalars import BY_CHECK, SCALARS, Json, told, whole
from govrubric.language.rubric_text import CasesText, RubricText
from govrubric.language.rules import VERBS
from govrubric.language.rules._rule import Rule
from govrubric.language.translations import CHINESE
from govrubric.numbers import spelled

_NUMBER = re.compile(r"(-?)0*([0-9]+(?:\.[0-9]+)?)")


DOCUMENTS: dict[str, type[BaseModel]] = {"rubric": RubricText, "cases": CasesText}
"""The kinds of files that have a schema."""


def schema(kind: str) -> Json:
    """The schema of a kind of files: of its model, and of everything that the model's fields speak of."""
    made: dict[str, Json] = {}
    root = _object(DOCUMENTS[kind], made)
    head = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$id": f"https://github.com/govrubric/govrubric/schema/{kind}-1.json",
        "title": f"govrubric {kind}, version 1",
    }
    return {**head, **root, "definitions": dict(sorted(made.items()))}


def dumps(value: Any, indent: str = "") -> str:
    """Plain data as JSON text; what was written in YAML without quotes is a number, true or false if it looks like one."""
    inner = indent + " "
    match value:
        case dict():
            rows = [
                f"{inner}{json.dumps(key, ensure_ascii=False)}: {dumps(one, inner)}"
                for key, one in value.items()
            ]
            return "{\n" + ",\n".join(rows) + f"\n{indent}}}" if rows else "{}"
        case list() | tuple():
            rows = [f"{inner}{dumps(one, inner)}" for one in value]
            return "[\n" + ",\n".join(rows) + f"\n{indent}]" if rows else "[]"
        case Plain() if number := _NUMBER.fullmatch(value):
            return "".join(number.groups())
        case Plain() if value in ("true", "false"):
            return str(value)
        case _:
            return json.dumps(value, ensure_ascii=False)


def _ref(name: str) -> Json:
    return {"$ref": f"#/definitions/{name}"}


def _object(model: type[BaseModel], made: dict[str, Json]) -> Json:
    """A mapping with the keys of a model."""
    keys = {field.alias or name: field for name, field in model.model_fields.items()}
    required = [key for key, field in keys.items() if field.is_required()]
    properties = {key: _property(model, key, field, made) for key, field in keys.items()}
    return {
        "type": "object",
        "additionalProperties": False,
        **({"required": required} if required else {}),
        "properties": properties,
    }


def _property(model: type[BaseModel], key: str, field: FieldInfo, made: dict[str, Json]) -> Json:
    """What a key takes, and what it means in English and Chinese."""
    chinese = next(
        (CHINESE[one.__name__][key] for one in model.__mro__ if key in CHINESE.get(one.__name__, ())), ""
    )
    words = "\n\n".join(filter(None, (field.description, chinese, _default(field))))
    taken = _taken(field.annotation, field.metadata, made)
    shown = [parse("example", example).value for example in field.examples or ()]
    shown += [
        word
        for word in made.get(taken.get("$ref", "").rpartition("/")[2], {}).get("examples", ())
        if word not in shown
    ]
    # Editors set the marks of the second form, and show those of the first.
    return {
        **taken,
        "description": words,
        **({"markdownDescription": words} if "`" in words else {}),
        "examples": shown,
    }


def _default(field: FieldInfo) -> str:
    """What holds where a key is left out; in words, since editors would write the keyword `default` into every new object."""
    value = field.default
    if field.is_required() or value in (None, ()):
        return ""
    return f"default 默认值 `{spelled(value) if isinstance(value, Fraction) else str(value).lower()}`"


def _taken(annotation: Any, checks: list[Any], made: dict[str, Json]) -> Json:
    """What a field takes, by its type and by what checks it; the objects that it speaks of are put among those `made`."""
    for function in (getattr(check, "func", None) for check in checks):
        if function in BY_CHECK:
            made[BY_CHECK[function]] = SCALARS[BY_CHECK[function]][1]
            return _ref(BY_CHECK[function])
        if annotation is int and function is not None:
            ends = inspect.getclosurevars(function).nonlocals
            return whole(ends["low"], ends["high"])
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _taken(inner[0], list(inner[1:]), made)
    if origin is Literal:
        return {"enum": list(inner)}
    if origin in (Union, UnionType):
        return _either([one for one in inner if one is not NoneType], made)
    if origin is dict:
        names, values = (_taken(one, [], made) for one in inner)
        return {"type": "object", "minProperties": 1, "propertyNames": names, "additionalProperties": values}
    if origin is tuple:
        count = {"minItems": 1} if inner[-1] is Ellipsis else {"minItems": len(inner), "maxItems": len(inner)}
        return {"type": "array", **count, "items": _taken(inner[0], [], made)}
    if annotation.__name__ not in made:
        made[annotation.__name__] = {}  # it may speak of itself
        made[annotation.__name__] = _object(annotation, made)
    return _ref(annotation.__name__)


def _either(kinds: list[Any], made: dict[str, Json]) -> Json:
    """One of several types, told apart by what JSON has: objects, lists, and the rest."""
    bare = [_bare(kind) for kind in kinds]
    if set(bare) == set(VERBS.values()):
        made["Rule"] = _rule(made)
        return _ref("Rule")
    by_type: dict[str, list[Json]] = {"object": [], "array": [], "": []}
    for kind, type_ in zip(kinds, bare, strict=True):
        of = {dict: "object", tuple: "array", None: "object" if hasattr(type_, "model_fields") else ""}.get(
            get_origin(type_), ""
        )
        by_type[of].append(_taken(kind, [], made))
    *first, (_, taken) = [
        (of, alike[0] if len(alike) == 1 else {"anyOf": alike}) for of, alike in by_type.items() if alike
    ]
    for of, one in reversed(first):
        # Editors look for words to propose in examples, and not behind an `if`.
        taken = {
            **({"examples": taken["enum"]} if "enum" in taken else {}),
            "if": {"type": of},
            "then": one,
            "else": taken,
        }
    return taken


def _bare(kind: Any) -> Any:
    """A type without what is annotated to it."""
    return _bare(get_args(kind)[0]) if get_origin(kind) is Annotated else kind


def _rule(made: dict[str, Json]) -> Json:
    """A rule: while it has a verb, what this verb takes; while it has none, what every rule has, and which verbs there are."""
    own = {verb: _object(rule, made) for verb, rule in VERBS.items()}
    made |= {VERBS[verb].__name__: taken for verb, taken in own.items()}
    made["second_verb"] = {"type": "null", "errorMessage": told("GR216", verbs="…"), "doNotSuggest": True}
    made["verbless"] = {
        "type": "object",
        "title": "Rule",
        "additionalProperties": False,
        "required": ["id"],
        "anyOf": [
            {"required": [verb], "errorMessage": told("GR215", verbs=", ".join(VERBS))} for verb in VERBS
        ],
        "defaultSnippets": [
            _snippet(rule, own[verb]["properties"][verb]["description"]) for verb, rule in VERBS.items()
        ],
        # What belongs to a verb is no fault while the verb is misspelt, nor is it proposed before the verb is there.
        "properties": {
            key: value if key in (*Rule.model_fields, *VERBS) else {"doNotSuggest": True}
            for taken in own.values()
            for key, value in taken["properties"].items()
        },
    }
    for verb, taken in own.items():
        taken["properties"] |= {other: _ref("second_verb") for other in VERBS if other != verb}
    with_verb = [
        {"if": {"type": "object", "required": [verb]}, "then": _ref(rule.__name__)}
        for verb, rule in VERBS.items()
    ]
    without = {"type": "object", "not": {"anyOf": [{"required": [verb]} for verb in VERBS]}}
    return {"type": "object", "allOf": [*with_verb, {"if": without, "then": _ref("verbless")}]}


def _snippet(rule: type[Rule], description: str) -> Json:
    """A rule to begin with: the verb's example, and those of its keys that have no value until one is written."""
    own = {
        field.alias or name: field
        for name, field in rule.model_fields.items()
        if name not in Rule.model_fields
    }
    # As text, since editors lose lists within lists and the quotes that a text needs.
    shown = {
        key: field.examples[0]
        for key, field in own.items()
        if field.examples and (field.is_required() or field.default in (None, ()))
    }
    return {
        "label": f"{rule.verb} …",
        "description": description,
        "body": {"id": f"${{1:{rule.verb}}}", rule.verb: "", **shown},
    }
