"""A folder -> the rubrics and files of cases in it, with those that a slip makes hard to recognise.

A file whose name ends in `.cases.yaml` is a file of cases. Another YAML file is a rubric if its first key is
`govrubric`. It is taken for a rubric or a file of cases too if its keys show that it was meant to be one:
were it passed over, the folder would seem to be sound. Reading the file then reports what is wrong with it.
"""

import os
import re
from collections.abc import Callable, Iterable

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.document import files, likeness

# The editor of Windows adds `.txt` to a name, and the system hides that.
CASES = re.compile(r".+\.cases\.ya?ml(?:\.txt)?", re.DOTALL | re.IGNORECASE)
YAML = re.compile(r".+\.ya?ml(?:\.txt)?", re.DOTALL | re.IGNORECASE)

_BEGINS = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:[ \t\r]*+(?:#[^\n]*+|---[ \t\r]*+)?\n)*+['\"]?govrubric['\"]?[ \t]*:"
)
_VERSION = re.compile(r"['\"]?\d{1,2}(?![\d.])")
_ENOUGH = 3  # keys of a rubric that together show what a file is meant to be


def files_in(path: str) -> list[str]:
    """The files that a path means: of a folder, all rubrics and files of cases in it and below, sorted.

    Any other path means itself. So does a folder that cannot be listed, so that reading it reports the error.
    """
    if not os.path.isdir(path):
        return [path]
    found: list[str] = []
    for folder, names in files.below(path, found):
        found.extend(file for file in (os.path.join(folder, name) for name in names) if is_meant(file))
    return found


def every(paths: Iterable[str], same: Callable[[str], str] = str) -> list[tuple[str, str | None]]:
    """The files that some paths mean, each once, and each with the folder in which it was found.

    A file that is named itself has none: it may stand anywhere. Files are one if `same` of their paths is.
    """
    found: dict[str, tuple[str, str | None]] = {}
    for path in paths:
        for file in files_in(path):
            within = None if file == path else path
            first, _ = found.setdefault(same(file), (file, within))
            if within is None:
                found[same(file)] = (first, None)
    return list(found.values())


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
            data = file.read(files.RUBRIC_LIMIT) or b""
    except OSError:
        return True
    return begins_as_rubric(data) or _shows_meaning(likeness.beginning(data))


def is_plain(path: str, data: bytes) -> bool:
    """Whether a file says what it is: by its name, or by its first key."""
    return CASES.fullmatch(path) is not None or begins_as_rubric(data)


def begins_as_rubric(data: bytes) -> bool:
    """Whether the first key is `govrubric`."""
    return _BEGINS.match(data) is not None


def _shows_meaning(text: str) -> bool:
    """Whether the keys of a text are those of a rubric or of a file of cases.

    A rubric has a key at the outermost level that is `govrubric` or nearly so, with the number of a version.
    Or it has that key or `indicators` there, and at least three of its keys altogether. A file of cases has
    `rubric` and `cases` at the outermost level, and `tally` or `expect` below them.
    """
    lines = likeness.keys(text)
    every = {key for _, key, _ in lines} | likeness.in_braces(text)
    outermost = dict(likeness.outermost(lines))
    named = list(filter(likeness.means_rubric, outermost))
    if any(_VERSION.match(outermost[key]) for key in named):
        return True
    if {"rubric", "cases"} <= outermost.keys() and {"tally", "expect"} & every:
        return True
    keys = {"indicators", "total", "round"} & outermost.keys() | {"weight", "rules"} & every
    return bool(named or "indicators" in keys) and len(keys) + len(named[:1]) >= _ENOUGH
