"""Nodes x findings -> the findings that no comment suppresses, and what is wrong with such comments.

A suppression is a comment on a line of its own, directly above the line of the finding. It names the code and
says why: ``# allow GR432: both sections of the form are called so``. Several suppressions stand above each
other. It is for a clause that was misread, too; how a clause is read that may be meant otherwise belongs
under `ambiguities`, where whoever reads the rubric sees it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from govrubric.diagnostics.catalogue import ALLOWED
from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.source import Place
from govrubric.document.comments import comments
from govrubric.document.nodes import Nodes, Span

_SUPPRESSION = re.compile(r"#+[ \t]*allow[ \t]+(GR[^:\uff1a]*+)(?:[:\uff1a](.*))?", re.IGNORECASE)


@dataclass(slots=True)
class _Suppression:
    """A comment on its own `line`, about the line `target`: the first below it that is no suppression."""

    place: Place
    line: int
    code: str
    reason: str
    target: int
    used: bool = False


def unsuppressed(nodes: Nodes, findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings that are not suppressed, and those about suppressions.

    A suppression is wrong without a reason (GR440), of a code that does not exist or cannot be suppressed
    (GR441), and where it suppresses nothing (GR442).
    """
    suppressions = _suppressions(nodes)
    by_target: dict[tuple[int, str], list[_Suppression]] = {}
    for suppression in suppressions:
        by_target.setdefault((suppression.target, suppression.code), []).append(suppression)
    left = []
    for finding in findings:
        place = finding.place
        matching = by_target.get((place.line - 1, finding.code), []) if place else []
        for suppression in matching:
            suppression.used = True
        if not any(suppression.reason and suppression.code in ALLOWED for suppression in matching):
            left.append(finding)
    for suppression in suppressions:
        place, code = suppression.place, suppression.code
        if code not in ALLOWED:
            left.append(Diagnostic.of("GR441", place, name=code))
        elif not suppression.reason:
            left.append(Diagnostic.of("GR440", place, name=code))
        elif not suppression.used:
            left.append(Diagnostic.of("GR442", place, name=code))
    return left


def is_suppression(text: str) -> bool:
    """Whether a comment is a suppression, and so speaks of the line below it."""
    return _SUPPRESSION.fullmatch(text) is not None


def _suppressions(nodes: Nodes) -> list[_Suppression]:
    """Every suppression of a text, in file order."""
    suppressions = []
    for comment in comments(nodes):
        if comment.alone and (match := _SUPPRESSION.fullmatch(comment.text)):
            line, column = comment.line, comment.column
            place = nodes.mark(Span(line, column, line, column + len(comment.text)))
            code, reason = match[1].strip().upper(), (match[2] or "").strip()
            suppressions.append(_Suppression(place, line, code, reason, line + 1))
    by_line = {suppression.line: suppression for suppression in suppressions}
    for suppression in reversed(suppressions):
        if suppression.target in by_line:
            suppression.target = by_line[suppression.target].target
    return suppressions
