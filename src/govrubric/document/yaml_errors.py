"""A text that cannot be read as YAML -> what is wrong with it, in the author's terms rather than the library's."""

import re
from collections.abc import Container, Iterator

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.source import Place, Source

Mark = tuple[int, int] | None

FULL_WIDTH_KEY = re.compile(r"^[ \t]*(?:- )?[A-Za-z_][A-Za-z0-9_.]*\uff1a", re.MULTILINE)
# In braces a key takes its neighbours along when its colon is followed by no space, or by a full-width one.
TIGHT_ENTRY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*:[^ /]")
_FULL_WIDTH_COMMA = re.compile("\uff0c(?=[ \u3000]*[a-z_]+: )")
_FULL_WIDTH_BRACE = re.compile("[\uff3b\uff3d\uff5b\uff5d]")
_TIGHT_KEY = re.compile(r"^[ \t]*(?:- )?[A-Za-z_][A-Za-z0-9_]*:(?=[^ \t\n/:])")


def findings(
    source: Source, said: Container[Place | None], problem: str, context: str, mark: Mark, around: Mark
) -> list[Diagnostic]:
    """The library's problem and context with their marks -> findings.

    Reading ends at such a problem, so the slips that are seen without reading are told beside it, but for the places
    of which it was `said` already.
    """
    colons = list(_colons(source))
    syntax = _syntax(source, problem, context, mark, around)
    caused = {one.place.line + below for one in colons if one.place for below in (0, 1)}
    told = [one for one in colons if one.place not in said]
    return told if syntax.place is not None and syntax.place.line in caused else [*told, syntax]


def _colons(source: Source) -> Iterator[Diagnostic]:
    """Lines that begin with a key whose colon is none to YAML."""
    for number, line in enumerate(source.lines):
        for code, pattern in (("GR112", FULL_WIDTH_KEY), ("GR128", _TIGHT_KEY)):
            if match := pattern.search(line):
                yield Diagnostic.of(code, source.place(number, match.end() - 1), text=line.strip())


def _syntax(source: Source, problem: str, context: str, mark: Mark, around: Mark) -> Diagnostic:
    if "escape" in problem and mark is not None:
        return Diagnostic.of("GR127", source.place(mark[0], max(mark[1] - 1, 0)))
    if (
        "cannot start any token" in problem
        and mark is not None
        and (sign := source.lines[mark[0]][mark[1]]) in "@`%"
    ):
        return Diagnostic.of("GR134", source.place(*mark), sign=sign)
    if around is not None:
        if "quoted scalar" in context:
            return Diagnostic.of("GR111", source.place(*around))
        if context in ("while parsing a flow mapping", "while parsing a flow sequence"):
            if mark is not None and (comma := _FULL_WIDTH_COMMA.search(source.lines[around[0]], around[1])):
                return Diagnostic.of("GR136", source.place(around[0], comma.start()))
            return Diagnostic.of("GR109", source.place(*around))
        if "tag" in context or "tag handle" in problem:
            return Diagnostic.of(
                "GR116", source.place(*around), tag=source.lines[around[0]][around[1] :].split(" ")[0]
            )
    if mark is not None and (brace := _FULL_WIDTH_BRACE.search(source.lines[mark[0]])):
        return Diagnostic.of(
            "GR135", source.place(mark[0], brace.start()), sign=brace[0], wanted=chr(ord(brace[0]) - 0xFEE0)
        )
    place = source.place(*(mark or around or (0, 0)))
    return Diagnostic.of("GR126" if "mapping values" in problem and mark else "GR110", place)
