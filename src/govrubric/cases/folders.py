"""A folder -> the rubrics and files of cases in it, with those that a slip makes hard to recognise.

A file whose name ends in `.cases.yaml` is a file of cases. Another YAML file is a rubric if its first key is
`govrubric`. It is taken for a rubric or a file of cases too if its keys show that it was meant to be one:
were it passed over, the folder would seem to be sound. Reading the file then reports what is wrong with it.
"""

import os
import re
import unicodedata
from collections.abc import Iterator

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.display import UNSAFE
from govrubric.diagnostics.near import alike
from govrubric.document import files

# The editor of Windows adds `.txt` to a name, and the system hides that.
CASES = re.compile(r".+\.cases\.ya?ml(?:\.txt)?", re.DOTALL | re.IGNORECASE)
YAML = re.compile(r".+\.ya?ml(?:\.txt)?", re.DOTALL | re.IGNORECASE)
LOOKED_AT = 1 << 16  # characters of a file, in which its keys are looked for

_BEGINS = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:[ \t\r]*+(?:#[^\n]*+|---[ \t\r]*+)?\n)*+['\"]?govrubric['\"]?[ \t]*:"
)
_AT_LINE_START = re.compile(r"^([^\w\n#]*+)(\w[\w-]*+)['\"]?[^\S\n]*+:[^\S\n]*(.*)", re.MULTILINE)
_IN_BRACES = re.compile(r"[{,]\s*['\"]?([\w-]+)['\"]?\s*:")
_VERSION = re.compile(r"['\"]?\d{1,2}(?![\d.])")
_NAME = "govrubric"
_ENOUGH = 3  # keys of a rubric that together show what a file is meant to be


def files_in(path: str) -> list[str]:
    """The files that a path means: of a folder, all rubrics and files of cases in it and below, sorted.

    Any other path means itself. So does a folder that cannot be listed, so that reading it reports the error.
    """
    if not os.path.isdir(path):
        return [path]
    found: list[str] = []
    for folder, below, names in os.walk(path, onerror=lambda error: found.append(error.filename)):
        below[:] = sorted(name for name in below if not name.startswith("."))
        every = (os.path.join(folder, name) for name in sorted(names) if not name.startswith("."))
        found.extend(file for file in every if is_meant(file))
    return found


def is_meant(path: str) -> bool:
    """Whether a file is, or was meant to be, a rubric or a file of cases.

    So is a YAML file that cannot be opened, so that reading it reports the error.
    """
    if CASES.fullmatch(path) or not YAML.fullmatch(path):
        return CASES.fullmatch(path) is not None
    file = files.opened(path)
    if isinstance(file, Diagnostic):
        return file.code == "GR101"
    try:
        with file:
            data = file.read(files.RUBRIC_LIMIT)
    except OSError:
        return True
    return begins_as_rubric(data) or _shows_meaning(_text(data))


def is_plain(path: str, data: bytes) -> bool:
    """Whether a file says what it is: by its name, or by its first key."""
    return CASES.fullmatch(path) is not None or begins_as_rubric(data)


def begins_as_rubric(data: bytes) -> bool:
    """Whether the first key is `govrubric`."""
    return _BEGINS.match(data) is not None


def _text(data: bytes) -> str:
    """The beginning of a text in UTF-8, UTF-16 or GBK, in small half-width letters.

    If the encoding is guessed wrong, the ASCII words are still right.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        if data[:200].count(0) * 3 > len(data[:200]):
            data = data.replace(b"\0", b"")  # UTF-16 that does not say so
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = data.decode("gb18030", "replace")
    text = UNSAFE.sub("", text[:LOOKED_AT].replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFKC", text).casefold()


def _shows_meaning(text: str) -> bool:
    """Whether the keys of a text are those of a rubric or of a file of cases.

    A rubric has a key at the outermost level that is `govrubric` or nearly so, with the number of a version.
    Or it has that key or `indicators` there, and at least three of its keys altogether. A file of cases has
    `rubric` and `cases` at the outermost level, and `tally` or `expect` below them.
    """
    lines = [(len(match[1]), match[2], match[3]) for match in _AT_LINE_START.finditer(text)]
    every = {key for _, key, _ in lines} | {match[1] for match in _IN_BRACES.finditer(text)}
    outermost = dict(_outermost(lines))
    named = [key for key in outermost if key == _NAME or (len(key) >= len(_NAME) - 2 and alike(key, [_NAME]))]
    if any(_VERSION.match(outermost[key]) for key in named):
        return True
    if {"rubric", "cases"} <= outermost.keys() and {"tally", "expect"} & every:
        return True
    keys = {"indicators", "total", "round"} & outermost.keys() | {"weight", "rules"} & every
    return bool(named or "indicators" in keys) and len(keys) + len(named[:1]) >= _ENOUGH


def _outermost(lines: list[tuple[int, str, str]]) -> Iterator[tuple[str, str]]:
    """The keys at the left margin, and the first key wherever it stands, with the rest of their lines."""
    margin = min((indent for indent, _, _ in lines), default=0)
    for number, (indent, key, rest) in enumerate(lines):
        if number == 0 or indent == margin:
            yield key, rest
