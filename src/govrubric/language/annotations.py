"""Models -> what each key and value of a text stands for, and in which order its keys are written.

A kind is what is left of an annotation when unions and what validates are taken off: a model, a class, or a list or
mapping of kinds.
"""

import types
from collections.abc import Iterable
from typing import Annotated, Any, Union, get_args, get_origin

from govrubric.diagnostics.diagnostic import Key
from govrubric.language.fields import Model
from govrubric.language.rubric_text import CasesText, RubricText
from govrubric.language.rules._rule import Rule

Kinds = tuple[Any, ...]

# Words about the whole, then its parts: what is read first stands first, and what is longest last.
_LAST = (
    "clause",
    "question",
    "decision",
    "options",
    "note",
    "facts",
    "indicators",
    "items",
    "rules",
    "gates",
    "grades",
    "ambiguities",
    "tally",
    "expect",
    "cases",
)


def of_document(value: object) -> Kinds:
    """The kind of a whole text: a rubric or a file of cases, if it looks like one."""
    if not isinstance(value, dict):
        return ()
    return (
        (RubricText,)
        if {"govrubric", "indicators"} & value.keys()
        else (CasesText,)
        if {"rubric", "cases"} <= value.keys()
        else ()
    )


def inside(kinds: Kinds, value: object, key: Key) -> Kinds:
    """The kinds of what stands at a key of a value."""
    found: list[Any] = []
    for kind in _narrowed(kinds, value):
        if _is_model(kind):
            found += [
                one
                for name, field in kind.model_fields.items()
                if (field.alias or name) == key
                for one in _opened(field.annotation)
            ]
        elif _is_generic(kind, tuple if isinstance(key, int) else dict):
            found += _opened(get_args(kind)[-isinstance(key, str)])
    return tuple(found)


def order(kinds: Kinds, value: object) -> dict[Key, int]:
    """The place of each key in an object, in numbers to sort by; none where the names are the author's own."""
    names = dict.fromkeys(
        name for kind in _narrowed(kinds, value) if _is_model(kind) for name in _names(kind)
    )
    return {
        name: index
        for index, name in enumerate(
            sorted(names, key=lambda name: _LAST.index(name) if name in _LAST else -1)
        )
    }


def _names(model: type[Model]) -> Iterable[str]:
    """The keys of a model as its fields stand; of a rule its name, its verb with all that belongs to it, and the rest."""
    fields = model.model_fields
    own = [
        name
        for one in model.__mro__
        if issubclass(one, Rule) and one is not Rule
        for name in one.__annotations__
        if name in fields
    ]
    names = [*("id", "was")[: 2 * bool(own)], *own, *fields]
    return [fields[name].alias or name for name in names]


def _narrowed(kinds: Kinds, value: object) -> Kinds:
    """Of the models of rules those whose verb is written, if any is."""
    used = tuple(
        kind
        for kind in kinds
        if _is_model(kind) and issubclass(kind, Rule) and isinstance(value, dict) and kind.verb in value
    )
    return used or kinds


def _is_model(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Model)


def _is_generic(kind: object, of: type) -> bool:
    origin: object = get_origin(kind)
    return origin is of


def _opened(annotation: Any) -> Kinds:
    origin = get_origin(annotation)
    if origin is Annotated:
        return _opened(get_args(annotation)[0])
    if origin is Union or origin is types.UnionType:
        return tuple(kind for one in get_args(annotation) for kind in _opened(one))
    return (annotation,)
