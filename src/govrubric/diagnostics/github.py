"""A finding -> a workflow command, by which GitHub shows it at its line."""

from collections.abc import Mapping
from pathlib import PurePath

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.display import plain

_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def command(one: Diagnostic, language: str) -> str:
    """``::error file=…,line=…,col=…,endColumn=…,title=GR302::…``, on one line."""
    properties = {"title": one.code}
    if (place := one.place) is not None:
        file = plain(PurePath(place.file).as_posix(), 1000)
        properties = {
            "file": file,
            "line": str(place.line),
            "col": str(place.column),
            "endColumn": str(place.end),
            **properties,
        }
    said = "\n".join(filter(None, (one.message(language), one.help(language))))
    written = ",".join(f"{name}={_escaped(value, _PROPERTY)}" for name, value in properties.items())
    return f"::{one.severity} {written}::{_escaped(said, _DATA)}"


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    return "".join(escapes.get(one, one) for one in text)
