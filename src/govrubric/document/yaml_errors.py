"""A text that is no YAML -> what is wrong with it, in the author's terms rather than the library's."""

import re
from collections.abc import Container, Iterator

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.source import Place, Source

Mark = tuple[int, int] | None

FULL_WIDTH_KEY = re.compile(r"^[ \t]*(?:- )?[A-Za-z_][A-Za-z0-9_.]*\uff1a", re.MULTILINE)
# Within braces, `a:1` is one key without a value, since no space follows the colon.
TIGHT_ENTRY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*:[^ /]")
_FULL_WIDTH_COMMA = re.compile("\uff0c(?=[ \u3000]*[a-z_]+: )")
_FULL_WIDTH_BRACE = re.compile("[\uff3b\uff3d\uff5b\uff5d]")
_TIGHT_KEY = re.compile(r"^[ \t]*(?:- )?[A-Za-z_][A-Za-z0-9_]*:(?=[^ \t\n/:])")


def findings(
    source: Source,
    reported: Container[Place | None],
    problem: str,
    context: str,
    mark: Mark,
    around: Mark,
) -> list[Diagnostic]:
    """The library's problem and context with their marks -> findings.

    The library reads no further than its first problem. So wrong colons, which a pattern finds anywhere in
    the text, are reported too, except at places that are `reported` already. The library's problem itself is
    left out on the line of a wrong colon and on the next, since the colon is its cause.
    """
    colons = list(_colons(source))
    syntax = _syntax(source, problem, context, mark, around)
    caused = {colon.place.line + below for colon in colons if colon.place for below in (0, 1)}
    unreported = [colon for colon in colons if colon.place not in reported]
    if syntax.place is not None and syntax.place.line in caused:
        return unreported
    return [*unreported, syntax]


def _colons(source: Source) -> Iterator[Diagnostic]:
    """A finding for each line that begins with a key whose colon is none to YAML."""
    for number, line in enumerate(source.lines):
        for code, pattern in (("GR112", FULL_WIDTH_KEY), ("GR128", _TIGHT_KEY)):
            if match := pattern.search(line):
                yield Diagnostic.of(code, source.place(number, match.end() - 1), text=line.strip())


def _syntax(source: Source, problem: str, context: str, mark: Mark, around: Mark) -> Diagnostic:
    """The library's problem, told apart by its wording; `mark` is its place, `around` that of its context."""
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
