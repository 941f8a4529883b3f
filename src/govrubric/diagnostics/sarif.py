"""Findings -> a SARIF 2.1.0 log, as code scanning services read it."""

import re
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from govrubric.diagnostics.catalogue import CATALOGUE
from govrubric.diagnostics.diagnostic import Diagnostic, lang
from govrubric.diagnostics.display import plain
from govrubric.diagnostics.source import CellPlace, Place
from govrubric.version import __version__

_NO_BYTE = re.compile("[\ud800-\udc7f\udd00-\udfff]")
LONGEST = 1900  # characters of a finding's text and addresses
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def log(findings: Iterable[tuple[Diagnostic, str]]) -> dict[str, Any]:
    """Findings, each with its language -> a log of one run.

    A code is described in the language of its first finding.
    """
    findings = list(findings)
    languages: dict[str, str] = {}
    for finding, language in findings:
        languages.setdefault(finding.code, language)
    codes = sorted(languages)
    driver = {
        "name": "govrubric",
        "version": __version__,
        "informationUri": "https://github.com/govrubric/govrubric",
        "rules": [rule(code, languages[code]) for code in codes],
    }
    results = [result(finding, codes.index(finding.code), language) for finding, language in findings]
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }


def rule(code: str, language: str) -> dict[str, Any]:
    """What a code means."""
    message, advice = (_general(text) for text in CATALOGUE[code][lang(language)])
    return {
        "id": code,
        "shortDescription": _text(message),
        "fullDescription": _text(f"{message}\n{advice}".strip()),
        "help": _text(advice or message),
        "defaultConfiguration": {"level": Diagnostic(code).severity},
    }


def _general(text: str) -> str:
    """A text of the catalogue without its optional parts, and with a gap for each argument."""
    return re.sub(r"\{\w+\}", "…", re.sub(r"\[[^\[\]]*\{\w+\}[^\[\]]*\]", "", text))


def _text(text: str) -> dict[str, str]:
    # Single braces would stand for arguments.
    return {"text": text.replace("{", "{{").replace("}", "}}")}


def result(finding: Diagnostic, index: int, language: str) -> dict[str, Any]:
    """A finding; `index` is that of its code among the rules."""
    text = "\n".join(filter(None, (finding.message(language), finding.help(language))))
    written: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": finding.severity,
        "message": _text(text),
    }
    # An address that is cut would be another's, so that one that is too long is left out.
    room = LONGEST - len(written["message"]["text"])
    if finding.place is not None and (room := room - len(_uri(finding.place.file))) > 0:
        written["locations"] = [_location(finding.place)]
    for related in finding.related:
        if (room := room - len(_uri(related.place.file))) > 0:
            location = {**_location(related.place), "message": _text(related.label(language))}
            written.setdefault("relatedLocations", []).append(location)
    return written


def _location(place: Place) -> dict[str, Any]:
    if isinstance(place, CellPlace):  # a workbook has no lines
        named = {"name": place.cell, "fullyQualifiedName": plain(place.within), "kind": "element"}
        return {
            "physicalLocation": {"artifactLocation": {"uri": _uri(place.file)}},
            "logicalLocations": [named],
        }
    region = {"startLine": place.line, "startColumn": place.column, "endColumn": place.end}
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(place.file)}, "region": region}}


def _uri(file: str) -> str:
    """A path as it was given -> a URI: relative for a relative path, else ``file:``."""
    path = PurePath(file)
    # A name from the system is encoded back to its bytes; another may hold surrogates without a byte.
    encoded = quote(_NO_BYTE.sub("\ufffd", path.as_posix()).encode("utf-8", "surrogateescape"))
    if not path.is_absolute():
        return encoded
    return f"file://{encoded}" if encoded.startswith("/") else f"file:///{encoded}"
