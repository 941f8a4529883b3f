"""A file -> whether it looks like one of ours; of any other file nothing is ever shown.

A finding shows the line that it is about. So whoever can put a name before a command that others run, as by a
link in a pull request, could read their keys and passwords line by line, though no such file is a rubric. A
slip of an author must keep its line, and a broken file has no clear form; but whatever is wrong with it, its
author wrote some of the words of the language before colons at the left margin. Files of other kinds do not.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.display import UNSAFE
from govrubric.diagnostics.near import Hints, alike
from govrubric.diagnostics.source import Place

NAME = "govrubric"
LOOKED_AT = 1 << 16  # characters of a file, in which its keys are looked for
ENOUGH = 2
# The arguments of findings that are no words of the file.
SILENT = frozenset(
    ("limit", "kind", "guess", "reason", "cells", "columns", "at", "wanted", "what", "number", "character")
)
# A key that few other files have is enough; of keys that settings of other programs have too, it takes two.
OWN = frozenset((NAME, "indicators", "rubric", "cases", "unit", "tally", "card"))
COMMON = frozenset(
    ("id", "title", "language", "valid", "source", "total", "out_of", "floor", "ceiling", "combine", "drop")
    + ("round", "facts", "note", "gates", "grades", "grade_on", "ambiguities", "weight", "rules", "clause")
    + ("expect", "items", "maximum", "inputs", "digest")
)

_AT_LINE_START = re.compile(r"^([^\w\n#]*+)(\w[\w.-]*+)['\"]?[^\S\n]*+:[^\S\n]*+(.*)", re.MULTILINE)
_IN_BRACES = re.compile(r"[{,]\s*+['\"]?([\w.-]++)['\"]?\s*+:")
_SEPARATOR = re.compile("[,;\t\uff0c\uff1b]")

Keys = list[tuple[int, str, str]]


def discreet(
    found: list[Diagnostic], name: str, data: bytes, what: str, inputs: Collection[str] = ()
) -> list[Diagnostic]:
    """What was found in a file, or of a file of another kind no more than `hidden` leaves.

    In a tally the names of `inputs` are words of the language.
    """
    return found if is_ours(data, inputs) else hidden(found, name, what)


def hidden(found: Iterable[Diagnostic], name: str, what: str) -> list[Diagnostic]:
    """The errors that repeat nothing of a file, without its lines; or else that it is of another kind."""
    silent = [
        replace(finding, place=replace(finding.place, excerpt=""), path=(), related=())
        for finding in found
        if finding.severity == "error" and finding.place and SILENT.issuperset(dict(finding.args))
    ]
    return silent or [Diagnostic.of("GR137", Place(name, 1, 1, 2, ""), what=what)]


def is_ours(data: bytes, inputs: Collection[str] = ()) -> bool:
    """Whether a file looks like a rubric, a file of cases, a tally or a card."""
    if not data.strip():
        return True  # it is said to be empty
    text = beginning(data)
    if b"\0" in data and not _is_wide(data):
        return False  # the environment of a process is a text with these
    found = dict(outermost(keys(text))).keys() | in_braces(text)
    if found & OWN or len(found & COMMON) >= ENOUGH or any(map(means_rubric, found)):
        return True
    known = {*inputs, *(path.partition(".")[0] for path in inputs)}
    hints = Hints()
    return any(key in known or hints.nearest(key, known) for key in found)


def is_header(line: str, columns: Collection[str]) -> bool:
    """Whether a cell of a table's first line is, or nearly is, the name of one of these columns."""
    cells = [cell.strip(" \"'\ufeff\u200b\n") for cell in _SEPARATOR.split(line[:LOOKED_AT])]
    if cells[0].lower().startswith("sep="):  # a line of spreadsheets, above the header
        return True
    hints = Hints()
    return "\0" not in line and any(cell in columns or hints.nearest(cell, columns) for cell in cells)


def beginning(data: bytes) -> str:
    """The beginning of a text in UTF-8, UTF-16 or GBK, in small half-width letters.

    If the encoding is guessed wrong, the ASCII words are still right.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        if _is_wide(data):
            data = data.replace(b"\0", b"")  # UTF-16 that does not say so
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("gb18030", "replace")
    text = UNSAFE.sub("", text[:LOOKED_AT].replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFKC", text).casefold()


def keys(text: str) -> Keys:
    """The keys at the beginnings of lines, each with its indent and the rest of its line."""
    return [(len(match[1]), match[2], match[3]) for match in _AT_LINE_START.finditer(text)]


def in_braces(text: str) -> set[str]:
    """The keys after a brace or a comma."""
    return {match[1] for match in _IN_BRACES.finditer(text)}


def outermost(lines: Keys) -> Iterator[tuple[str, str]]:
    """The keys at the left margin, and the first key wherever it stands, with the rest of their lines."""
    margin = min((indent for indent, _, _ in lines), default=0)
    for number, (indent, key, rest) in enumerate(lines):
        if number == 0 or indent == margin:
            yield key, rest


def means_rubric(key: str) -> bool:
    """Whether a key is `govrubric`, or nearly so."""
    return key == NAME or (len(key) >= len(NAME) - 2 and bool(alike(key, [NAME])))


def _is_wide(data: bytes) -> bool:
    """Whether bytes are UTF-16, which every third byte at least is 0 in, of what is mostly ASCII."""
    return data.startswith((b"\xff\xfe", b"\xfe\xff")) or data[:200].count(0) * 3 > len(data[:200])
