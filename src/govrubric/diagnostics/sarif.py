"""Findings -> a SARIF 2.1.0 log, as code scanning services read it."""

import os
import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from govrubric.diagnostics.catalogue import CATALOGUE
from govrubric.diagnostics.diagnostic import Diagnostic, lang
from govrubric.diagnostics.source import Place
from govrubric.version import __version__

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def log(found: Iterable[tuple[Diagnostic, str]]) -> dict[str, Any]:
    """One run with every finding, each in its language; a code is described in the language in which it is first told."""
    told = list(found)
    rules: dict[str, str] = {}
    for one, language in told:
        rules.setdefault(one.code, language)
    codes = sorted(rules)
    driver = {
        "name": "govrubric",
        "version": __version__,
        "informationUri": "https://github.com/govrubric/govrubric",
        "rules": [_rule(code, rules[code]) for code in codes],
    }
    results = [_result(one, codes.index(one.code), language) for one, language in told]
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }


def _rule(code: str, language: str) -> dict[str, Any]:
    message, cure = (_general(text) for text in CATALOGUE[code][lang(language)])
    return {
        "id": code,
        "shortDescription": _text(message),
        "fullDescription": _text(f"{message}\n{cure}".strip()),
        "help": _text(cure or message),
        "defaultConfiguration": {"level": Diagnostic(code).severity},
    }


def _general(text: str) -> str:
    """A text of the catalogue as it stands for every finding: without what is said at times, and a gap for each argument."""
    return re.sub(r"\{\w+\}", "…", re.sub(r"\[[^\[\]]*\{\w+\}[^\[\]]*\]", "", text))


def _text(text: str) -> dict[str, str]:
    # Single braces would stand for arguments.
    return {"text": text.replace("{", "{{").replace("}", "}}")}


def _result(one: Diagnostic, index: int, language: str) -> dict[str, Any]:
    said = "\n".join(filter(None, (one.message(language), one.help(language))))
    result: dict[str, Any] = {
        "ruleId": one.code,
        "ruleIndex": index,
        "level": one.severity,
        "message": _text(said),
    }
    if one.place is not None:
        result["locations"] = [_location(one.place)]
    if one.related:
        result["relatedLocations"] = [
            {**_location(other.place), "message": _text(other.says(language))} for other in one.related
        ]
    return result


def _location(place: Place) -> dict[str, Any]:
    region = {"startLine": place.line, "startColumn": place.column, "endColumn": place.end}
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(place.file)}, "region": region}}


def _uri(file: str) -> str:
    """A path as it was given -> a URI: relative unless the path is not."""
    path = PurePath(file)
    written = quote(os.fsencode(path.as_posix()))
    return f"file://{'' if written.startswith('/') else '/'}{written}" if path.is_absolute() else written
