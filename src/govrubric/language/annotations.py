"""Models -> the kinds of the values of a text, and the order in which its keys are written.

A kind is what is left of a field's annotation without unions and validators: a model, a class, or a list or
mapping of kinds. A value may have several, such as a rule, which is of one kind for each verb.
"""

import types
from collections.abc import Iterable
from typing import Annotated, Any, Union, get_args, get_origin

from govrubric.diagnostics.diagnostic import Key
from govrubric.language.cases_text import CasesText
from govrubric.language.fields import Model
from govrubric.language.rubric_text import RubricText
from govrubric.language.rules._rule import Rule

Kinds = tuple[Any, ...]

# The keys that are written last, in this order; all others come before them, in the order of the model.
_LAST = (
    "clause",
    "question",
    "decision",
    "options",
    "note",
    "facts",
    "values",
    "indicators",
    "items",
    "rules",
    "gates",
    "grades",
    "variants",
    "ambiguities",
    "tally",
    "expect",
    "cases",
)


def of_document(value: object) -> Kinds:
    """The kind of a whole text: a rubric, or a file of cases; none where it looks like neither."""
    if not isinstance(value, dict):
        return ()
    if {"govrubric", "indicators"} & value.keys():
        return (RubricText,)
    return (CasesText,) if {"rubric", "cases"} <= value.keys() else ()


def inside(kinds: Kinds, value: object, key: Key) -> Kinds:
    """The kinds of what stands at a key of a value of some kinds."""
    found: list[Any] = []
    for kind in _narrowed(kinds, value):
        if _is_model(kind):
            for name, field in kind.model_fields.items():
                if (field.alias or name) == key:
                    found += _opened(field.annotation)
        elif _is_generic(kind, tuple if isinstance(key, int) else dict):
            found += _opened(get_args(kind)[-isinstance(key, str)])
    return tuple(found)


def order(kinds: Kinds, value: object) -> dict[Key, int]:
    """Key -> a number to sort by; nothing where an object's keys are names that the author chose."""
    names = dict.fromkeys(
        name for kind in _narrowed(kinds, value) if _is_model(kind) for name in _names(kind)
    )
    in_order = sorted(names, key=lambda name: _LAST.index(name) if name in _LAST else -1)
    return {name: index for index, name in enumerate(in_order)}


def _names(model: type[Model]) -> Iterable[str]:
    """The keys of a model in the order of its fields; of a rule its id, what its verb adds, and the rest."""
    fields = model.model_fields
    of_verb = [
        name
        for base in model.__mro__
        if issubclass(base, Rule) and base is not Rule
        for name in base.__annotations__
        if name in fields
    ]
    names = ["id", "title", "was", *of_verb, *fields] if of_verb else fields
    return [fields[name].alias or name for name in names]


def _narrowed(kinds: Kinds, value: object) -> Kinds:
    """The rules whose verb the value has, or else the models that have all its keys; all kinds if none."""
    if not isinstance(value, dict):
        return kinds
    of_verb = tuple(
        kind for kind in kinds if _is_model(kind) and issubclass(kind, Rule) and kind.verb in value
    )
    with_keys = tuple(kind for kind in kinds if _is_model(kind) and value.keys() <= set(_names(kind)))
    return of_verb or with_keys or kinds


def _is_model(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Model)


def _is_generic(kind: object, of: type) -> bool:
    origin: object = get_origin(kind)
    return origin is of


def _opened(annotation: Any) -> Kinds:
    """The kinds in an annotation."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return _opened(get_args(annotation)[0])
    if origin is Union or origin is types.UnionType:
        return tuple(kind for inner in get_args(annotation) for kind in _opened(inner))
    return (annotation,)
