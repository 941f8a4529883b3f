"""Path -> text, and text -> path: regular files of bounded size, in UTF-8, replaced as a whole."""

import contextlib
import errno
import os
import re
import stat
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path as FilePath
from typing import BinaryIO

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.display import ODD_SPACE, UNSAFE
from govrubric.diagnostics.source import Place, Source

RUBRIC_LIMIT = 1 << 20  # bytes of a rubric's file
LINE_LIMIT = 4000  # characters of a line
LINES = 100_000  # of a text in YAML
FINDINGS = 20  # findings of a kind about a text's characters or lines

_INDENT = re.compile("^[ ]*[\t\u3000]", re.MULTILINE)


def read(path: str | os.PathLike[str], limit: int = RUBRIC_LIMIT) -> bytes | Diagnostic:
    """The bytes of a regular file of at most `limit` bytes, or what is wrong with it."""
    file = opened(path)
    if isinstance(file, Diagnostic):
        return file
    place = Place(os.fspath(path), 1, 1, 2, "")
    try:
        with file:
            data = file.read(limit + 1)
    except OSError as error:
        return _unreadable(place, error)
    return Diagnostic.of("GR103", place, limit=limit) if len(data) > limit else data


def opened(path: str | os.PathLike[str]) -> BinaryIO | Diagnostic:
    """A regular file, opened for reading, or what is wrong with it."""
    place = Place(str(os.fspath(path)), 1, 1, 2, "")
    try:
        # Without O_NONBLOCK, opening a pipe would wait for a writer.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        if stat.S_ISREG(os.fstat(handle).st_mode):
            return os.fdopen(handle, "rb")
        os.close(handle)
    except (OSError, ValueError) as error:
        return _unreadable(place, error)
    return Diagnostic.of("GR102", place)


def _unreadable(place: Place, error: Exception) -> Diagnostic:
    return Diagnostic.of("GR101", place, reason=getattr(error, "strerror", None) or str(error))


def decode(name: str, data: bytes) -> str | Diagnostic:
    """UTF-8 with or without a byte order mark -> text; other bytes -> a finding that guesses the encoding."""
    head = data[:200]
    if head.count(0) * 3 > len(head):
        return Diagnostic.of("GR104", Place(name, 1, 1, 2, ""), guess="UTF-16")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        # The decoder counts from the byte after a byte order mark.
        body = data.removeprefix(b"\xef\xbb\xbf")
        before = body[: error.start].decode("utf-8", "replace")
        line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
        # Without an excerpt: the line would be shown in the wrong characters.
        place = Place(name, line + 1, column + 1, column + 2, "")
        return Diagnostic.of("GR104", place, guess=guess(data))


def guess(data: bytes) -> str:
    """The probable format of bytes that are not UTF-8, or an empty text."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or data[:200].count(0) > 40:
        return "UTF-16"
    if data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        return "Word/Excel"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "GBK"


def unseen(source: Source, text: str) -> list[Diagnostic]:
    """Findings about characters that a reader cannot see, or cannot distinguish from a space."""
    return [*_each("GR105", UNSAFE, source, text), *_each("GR106", ODD_SPACE, source, text)]


def bad_lines(source: Source, text: str) -> list[Diagnostic]:
    """Findings about lines: too many, too long, or indented with what YAML does not take for a space."""
    if len(source.lines) > LINES:
        return [Diagnostic.of("GR122", source.place(LINES, 0), limit=LINES, what="lines")]
    long = [number for number, line in enumerate(source.lines) if len(line) > LINE_LIMIT]
    too_long = [
        Diagnostic.of("GR108", source.place(number, LINE_LIMIT), limit=LINE_LIMIT)
        for number in long[:FINDINGS]
    ]
    return [*too_long, *_each("GR107", _INDENT, source, text)]


def _each(code: str, pattern: re.Pattern[str], source: Source, text: str) -> Iterator[Diagnostic]:
    """A finding for the last character of each of the first matches."""
    line = begin = 0  # the line of the match before, and where it begins
    for match in islice(pattern.finditer(text), FINDINGS):
        offset = match.end() - 1
        if between := text.count("\n", begin, offset):
            line += between
            begin = text.rfind("\n", begin, offset) + 1
        place = source.place(line, offset - begin)
        yield Diagnostic.of(code, place, character=f"U+{ord(text[offset]):04X}")


def blanked(text: str) -> str:
    """The text with a space for each character that `unseen` refuses, so that the rest can still be read."""
    return ODD_SPACE.sub(" ", UNSAFE.sub(" ", text))


def write(path: str | os.PathLike[str], text: str) -> None:
    """Write a file as a whole: the old file at `path` stays until the new one is complete."""
    with placed(path) as temporary, open(temporary, "w", encoding="utf-8", newline="") as file:
        file.write(text)


@contextlib.contextmanager
def placed(path: str | os.PathLike[str]) -> Iterator[str]:
    """The name of a temporary file, which replaces the file at `path` at the end; removed on failure."""
    target = FilePath(path).resolve()
    if target.exists() and not target.is_file():
        raise OSError(errno.EINVAL, "not a regular file")
    handle, temporary = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
    try:
        os.close(handle)
        yield temporary
        with open(temporary, "rb") as file:
            os.fsync(file.fileno())
        # mkstemp makes private files; the result gets the rights of the old file, or of any new file.
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~mask)
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
