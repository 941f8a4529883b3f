"""Nodes x findings -> the findings that no comment above them allows, and what is wrong with such comments.

An allowance is a comment on a line of its own, directly above the line of the finding, that names its code and says why:
``# allow GR432: both sections of the form are called so``. Several stand one above the other. Differences between a
clause and its numbers are no matter of comments: what accepts them is an entry under `ambiguities`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from govrubric.diagnostics.catalogue import ALLOWED
from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.source import Place
from govrubric.document.comments import comments
from govrubric.document.nodes import Nodes, Span

_ALLOWANCE = re.compile(r"#+[ \t]*allow[ \t]+(GR[^:\uff1a]*?)[ \t]*(?:[:\uff1a][ \t]*(.*))?", re.IGNORECASE)


@dataclass(slots=True)
class _Allowance:
    """A comment on its own `line` that allows a code on the line `target`, the first below it that is no allowance."""

    place: Place
    line: int
    code: str
    reason: str
    target: int
    used: list[Diagnostic] = field(default_factory=list)


def allowed(nodes: Nodes, found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """What is left of the findings, and each allowance without a reason (GR440), of no such code (GR441) or without a use (GR442)."""
    allowances = _allowances(nodes)
    left = []
    for one in found:
        fits = [
            by
            for by in allowances
            if one.place is not None and by.target == one.place.line - 1 and by.code == one.code
        ]
        for by in fits:
            by.used.append(one)
        if not any(by.reason and by.code in ALLOWED for by in fits):
            left.append(one)
    for by in allowances:
        if by.code not in ALLOWED:
            left.append(Diagnostic.of("GR441", by.place, name=by.code))
        elif not by.reason:
            left.append(Diagnostic.of("GR440", by.place, name=by.code))
        elif not by.used:
            left.append(Diagnostic.of("GR442", by.place, name=by.code))
    return left


def is_allowance(text: str) -> bool:
    """Whether a comment speaks of what stands on the line below it."""
    return _ALLOWANCE.fullmatch(text) is not None


def _allowances(nodes: Nodes) -> list[_Allowance]:
    made = []
    for one in comments(nodes):
        if one.alone and (match := _ALLOWANCE.fullmatch(one.text)):
            place = nodes.mark(Span(one.line, one.column, one.line, one.column + len(one.text)))
            made.append(_Allowance(place, one.line, match[1].upper(), (match[2] or "").strip(), one.line + 1))
    lines = {one.line: one for one in made}
    for by in reversed(made):
        if by.target in lines:
            by.target = lines[by.target].target
    return made
