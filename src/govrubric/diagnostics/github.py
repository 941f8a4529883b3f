"""A finding -> the workflow command that makes GitHub show it at its line."""

from collections.abc import Mapping
from itertools import accumulate
from pathlib import PurePath

from govrubric.diagnostics.diagnostic import ADDRESS, Diagnostic, Severity
from govrubric.diagnostics.display import plain
from govrubric.diagnostics.source import CellPlace

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "note": "notice"}
LONGEST = 1200  # characters of a text with its escapes
_DATA = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY = {**_DATA, ":": "%3A", ",": "%2C"}


def command(finding: Diagnostic, language: str) -> str:
    """``::error file=…,line=…,col=…,endColumn=…,title=GR302::…``, on one line."""
    properties, within = {"title": finding.code}, ""
    if (place := finding.place) is not None:
        file = plain(PurePath(place.file).as_posix(), ADDRESS)
        lines = {"line": str(place.line), "col": str(place.column), "endColumn": str(place.end)}
        # GitHub knows no cells, so that the text says which it is.
        within = f"{plain(place.within)}: " if isinstance(place, CellPlace) else ""
        properties = {"file": file, **({} if within else lines), **properties}
    text = within + "\n".join(filter(None, (finding.message(language), finding.help(language))))
    options = ",".join(f"{name}={_escaped(value, _PROPERTY)}" for name, value in properties.items())
    return f"::{_COMMANDS[finding.severity]} {options}::{_escaped(text, _DATA)}"


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    parts = [escapes.get(character, character) for character in text]
    lengths = accumulate(map(len, parts))
    fitting = sum(length <= LONGEST for length in lengths)
    return "".join(parts) if fitting == len(parts) else "".join(parts[:fitting]) + "…"
