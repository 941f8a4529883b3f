"""A finding -> the workflow command that makes GitHub show it at its line."""

from collections.abc import Mapping
from itertools import accumulate
from pathlib import PurePath

from govrubric.diagnostics.diagnostic import ADDRESS, Diagnostic
from govrubric.diagnostics.display import plain

LONGEST = 1200  # characters of a text with its escapes
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def command(finding: Diagnostic, language: str) -> str:
    """``::error file=…,line=…,col=…,endColumn=…,title=GR302::…``, on one line."""
    properties = {"title": finding.code}
    if (place := finding.place) is not None:
        file = plain(PurePath(place.file).as_posix(), ADDRESS)
        properties = {
            "file": file,
            "line": str(place.line),
            "col": str(place.column),
            "endColumn": str(place.end),
            **properties,
        }
    text = "\n".join(filter(None, (finding.message(language), finding.help(language))))
    options = ",".join(f"{name}={_escaped(value, _PROPERTY)}" for name, value in properties.items())
    return f"::{finding.severity} {options}::{_escaped(text, _DATA)}"


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    parts = [escapes.get(character, character) for character in text]
    lengths = accumulate(map(len, parts))
    fitting = sum(length <= LONGEST for length in lengths)
    return "".join(parts) if fitting == len(parts) else "".join(parts[:fitting]) + "…"
