"""Rubric -> YAML text in one fixed form, so that a digest stands for a meaning and not for a layout."""

import json
import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from pydantic import BaseModel

from govrubric.document.nodes import Plain
from govrubric.language.fields import Expression, Table
from govrubric.language.inputs import Declared
from govrubric.language.values import NamedValue
from govrubric.language.variants_text import Named, Settings, written
from govrubric.language.worded import Level
from govrubric.numbers import spelled

_BARE = re.compile(r"[a-z][a-z0-9_.-]*")
# Words that some YAML reader takes for a truth value or null.
_AMBIGUOUS = re.compile(r"(?i)true|false|null|yes|no|on|off|y|n")
_IN_NEED = re.compile(r'["\\]')  # characters that double quotes would escape
_PIECE = 1000  # characters of a text on one line; the rest goes on the next line


def canonical(model: BaseModel) -> str:
    """The fields that are set, in the order of the models, one to a line."""
    return "\n".join(_mapping(_fields(model))) + "\n"


def _fields(model: BaseModel) -> list[tuple[str, Any]]:
    """Key and value of every field that differs from its default."""
    fields = type(model).model_fields
    entries = ((field.alias or name, getattr(model, name), field) for name, field in fields.items())
    return [(key, value) for key, value, field in entries if field.is_required() or value != field.default]


def _mapping(pairs: list[tuple[str, Any]]) -> Iterator[str]:
    """The lines of a mapping."""
    if not pairs:
        yield "{}"
    for key, value in pairs:
        lines = list(_value(value))
        nested = isinstance(value, (BaseModel, Table, dict, tuple)) and lines not in (["{}"], ["[]"])
        if len(key) > _PIECE:
            # YAML allows about 1000 characters for a key that has its colon on the same line.
            yield f"? {_key(key)}"
            yield from (f"{': ' if index == 0 else '  '}{line}" for index, line in enumerate(lines))
        elif nested:
            yield f"{_key(key)}:"
            yield from (f" {line}" for line in lines)
        else:
            yield f"{_key(key)}: {lines[0]}"
            yield from (f" {line}" for line in lines[1:])


def _value(value: Any) -> Iterator[str]:
    """The lines of a value of any kind."""
    match value:
        case BaseModel():
            yield from _mapping(_fields(value))
        case Settings():
            yield from _mapping([(key, _quoted(inner)) for key, inner in value.plain().items()])
        case Table():
            yield from _mapping(list(value.plain().items()))
        case dict():
            yield from _mapping(list(value.items()))
        case (Level() | Declared() | NamedValue(), *_):
            yield from _mapping(list(value))
        case (Named(), *_):
            yield from _mapping(list(written(value).items()))
        case tuple():
            yield from _sequence(value)
        case Fraction():
            yield spelled(value)
        case Plain():
            yield str(value)
        case Expression():
            yield _on_one_line(value)
        case str():
            yield from _text(value)
        case _:
            yield str(value).lower()


def _quoted(value: Any) -> Any:
    """A value of a patch, in which a text that could need escapes is written as a condition is."""
    match value:
        case dict():
            return {key: _quoted(inner) for key, inner in value.items()}
        case tuple():
            return tuple(map(_quoted, value))
        case str() if not isinstance(value, Plain) and _IN_NEED.search(value) and "\n" not in value:
            return Expression(value)
    return value


def _sequence(values: tuple[Any, ...]) -> Iterator[str]:
    """The lines of a list."""
    if not values:
        yield "[]"
    for value in values:
        lines = list(_value(value))
        yield f"- {lines[0]}"
        yield from (f"  {line}" for line in lines[1:])


def _plain(text: str) -> bool:
    """Whether a text needs no quotes."""
    return len(text) < _PIECE and bool(_BARE.fullmatch(text)) and not _AMBIGUOUS.fullmatch(text)


def _key(key: str) -> str:
    """A key, which stands on one line whatever its length."""
    return key if _plain(key) else json.dumps(key, ensure_ascii=False)


def _on_one_line(text: str) -> str:
    """A condition or formula in single quotes. Its columns are those of the file but for doubled quotes."""
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def _text(text: str) -> Iterator[str]:
    """The lines of a text, in double quotes if needed; YAML joins them again without a space."""
    if _plain(text):
        yield text
        return
    pieces = [
        json.dumps(text[i : i + _PIECE], ensure_ascii=False)[1:-1]
        for i in range(0, max(1, len(text)), _PIECE)
    ]
    for index, piece in enumerate(pieces):
        # YAML drops a space at the start of a line that continues a text, unless it is escaped.
        start = "\\" if piece.startswith(" ") else ""
        if index == 0:
            start = '"'
        yield f"{start}{piece}" + ('"' if index == len(pieces) - 1 else "\\")


def document(value: Any) -> Any:
    """A model as its text would be read: dicts, tuples and text, without keys that have their defaults."""
    match value:
        case BaseModel():
            return {key: document(inner) for key, inner in _fields(value)}
        case Table():
            return value.plain()
        case dict():
            return {key: document(inner) for key, inner in value.items()}
        case (Named(), *_):
            return document(written(value))
        case (Level() | Declared() | NamedValue(), *_):
            return {name: document(inner) for name, inner in value}
        case tuple():
            return tuple(map(document, value))
        case Fraction():
            return Plain(spelled(value))
        case str():
            return value
        case _:
            return Plain(str(value).lower())
