"""Path -> text: regular files of bounded size, in UTF-8."""

import errno
import os
import re
import stat
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.display import ODD_SPACE, UNSAFE, is_seen
from govrubric.diagnostics.source import Place, Source

RUBRIC_LIMIT = 1 << 20  # bytes of a rubric's file
LINE_LIMIT = 4000  # characters of a line
NOT_UTF8 = "the path is not UTF-8"
LINES = 100_000  # of a text in YAML
FINDINGS = 20  # findings of a kind about a text's characters or lines

_INDENT = re.compile("^[ ]*[\t\u3000]", re.MULTILINE)


def read(
    path: str | os.PathLike[str], limit: int = RUBRIC_LIMIT, *, within: str | None = None
) -> bytes | Diagnostic:
    """The bytes of a regular file of at most `limit` bytes, or what is wrong with it.

    `within` is as in `opened`.
    """
    file = opened(path, within=within)
    if isinstance(file, Diagnostic):
        return file
    place = Place(os.fspath(path), 1, 1, 2, "")
    try:
        with file:
            data: bytes | None = file.read(limit + 1)  # none of a file of the system that has nothing now
    except OSError as error:
        return unreadable(place, error)
    if data is None:
        return unreadable(place, BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN)))
    return Diagnostic.of("GR103", place, limit=limit) if len(data) > limit else data


def opened(path: str | os.PathLike[str], *, within: str | None = None) -> BinaryIO | Diagnostic:
    """A regular file, opened for reading, or what is wrong with it.

    A file that no person named, but that was found in a folder or named in a file, is read `within` a folder:
    a path that leads out of it, by `..` or by a link, is refused, whether or not there is such a file.
    """
    place = Place(str(os.fspath(path)), 1, 1, 2, "")
    try:
        if within is not None:
            if leads_out(path, within):
                return Diagnostic.of("GR138", place)
            path = real(path)  # what was looked at, should a link change meanwhile
        # Without O_NONBLOCK, opening a pipe would wait for a writer.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        if stat.S_ISREG(os.fstat(handle).st_mode):
            return os.fdopen(handle, "rb")
        os.close(handle)
    except (OSError, ValueError) as error:
        if getattr(error, "errno", None) == errno.ENXIO:  # a socket
            return Diagnostic.of("GR102", place)
        return unreadable(place, error)
    return Diagnostic.of("GR102", place)


def real(path: str | os.PathLike[str]) -> str:
    """An absolute path with its links followed; as it stands if they have no end, or no file can have it."""
    try:
        return os.path.realpath(os.fspath(path))
    except (ValueError, RecursionError):  # a NUL; a thousand links in a row
        return os.path.abspath(os.fspath(path))


def is_utf8(path: str) -> bool:
    """Whether the bytes of a path are UTF-8; the system also takes others."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True


def leads_out(path: str | os.PathLike[str], folder: str) -> bool:
    """Whether a path, with its links followed, is neither a folder nor below it."""
    end, around = real(path), real(folder)
    return end != around and not end.startswith(os.path.join(around, ""))


def below(folder: str, refused: list[str]) -> Iterator[tuple[str, list[str]]]:
    """A folder and each folder below it, with the sorted names of the files in it.

    Folders come before those in them, and in order. A link to a folder is taken for a file. A folder that
    cannot be listed is added to `refused`. Names that begin with a point are left out.
    """
    # Not os.walk: it calls itself for each level, and a folder may be deeper than Python may go.
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            with os.scandir(path) as entries:
                found = sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in entries)
        except OSError:
            refused.append(path)
            continue
        shown = [(name, is_folder) for name, is_folder in found if not name.startswith(".")]
        waiting += [os.path.join(path, name) for name, is_folder in reversed(shown) if is_folder]
        yield path, [name for name, is_folder in shown if not is_folder]


def unreadable(place: Place, error: Exception) -> Diagnostic:
    """The finding that the system did not hand over a file."""
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


def decode_either(name: str, data: bytes) -> tuple[str, Diagnostic | None] | Diagnostic:
    """UTF-8 -> text; GB18030, as Excel on Chinese Windows saves CSV -> text and a finding that says so.

    Bytes of another encoding are seldom proper GB18030, and of damaged UTF-8 most characters are sound.
    """
    text = decode(name, data)
    if not isinstance(text, Diagnostic):
        return text, None
    if dict(text.args)["guess"] != "GBK":
        return text
    characters = [one for one in data.decode("utf-8", "replace") if not one.isascii()]
    if characters.count("\ufffd") * 2 < len(characters):
        return text
    return data.decode("gb18030").replace("\r\n", "\n"), Diagnostic.of("GR812", Place(name, 1, 1, 2, ""))


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
    if is_seen(text):
        return []
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
    return text if is_seen(text) else ODD_SPACE.sub(" ", UNSAFE.sub(" ", text))
