"""Text -> path: a file is written beside its place, and put there as a whole, over nothing that stays."""

import contextlib
import errno
import os
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from govrubric.document import files

APPEARED = "a file of that name has appeared meanwhile"
CHANGED = "the file was changed meanwhile"
READ_ONLY = "the file is read-only"


@dataclass(frozen=True, slots=True)
class Target:
    """A place for a file: its path without links, and what stood there when it was looked at."""

    path: str
    before: os.stat_result | None

    @classmethod
    def of(cls, path: str | os.PathLike[str]) -> "Target":
        """Look at a place; raises `OSError` where no file can be put, or not without harm."""
        real = files.real(path)
        try:
            before = _status(real)
        except ValueError:
            raise OSError(errno.EINVAL, "no file can have this name") from None
        if before is None:
            os.stat(os.path.dirname(real))  # below a file, `real` itself could not be looked at
        elif stat.S_ISLNK(before.st_mode):  # it was followed, and there is no end
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        elif stat.S_ISDIR(before.st_mode):
            raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
        elif not stat.S_ISREG(before.st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        # A file is replaced by way of its folder, so the system would not mind; nor does it ever for root.
        elif not before.st_mode & 0o222 or not os.access(real, os.W_OK):
            raise OSError(errno.EACCES, READ_ONLY)
        return cls(real, before)

    @contextlib.contextmanager
    def placed(self, over: bytes | None = None) -> Iterator[str]:
        """The name of a temporary file, which is put in place at the end, and removed on failure.

        Where nothing stood, nothing may stand then. What stood there must be what it was, and have these
        bytes if `over` says which; else `OSError` is raised and it stays.
        """
        name = os.path.basename(self.path)
        handle, temporary = tempfile.mkstemp(prefix=f".{name[:40]}.", dir=os.path.dirname(self.path))
        try:
            os.close(handle)
            yield temporary
            with open(temporary, "rb") as file:
                os.fsync(file.fileno())
            # mkstemp makes private files; the result gets the rights of the old file, or of any new file.
            mask = os.umask(0)
            os.umask(mask)
            os.chmod(temporary, stat.S_IMODE(self.before.st_mode) if self.before else 0o666 & ~mask)
            if self.before is None:
                _put(temporary, self.path)
            else:
                self._replace(temporary, over)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise

    def _replace(self, temporary: str, over: bytes | None) -> None:
        """Put a file in the place of that which was looked at, and of no other."""
        now = _status(self.path)
        if now is None or self.before is None or _version(now) != _version(self.before):
            raise OSError(errno.EBUSY, CHANGED)
        if over is not None:
            with open(self.path, "rb") as file:
                if file.read(len(over) + 1) != over:
                    raise OSError(errno.EBUSY, CHANGED)
        os.replace(temporary, self.path)


def placed(path: str | os.PathLike[str]) -> contextlib.AbstractContextManager[str]:
    """The name of a temporary file, which replaces the file at `path` at the end; removed on failure.

    It is for libraries that write files themselves, and these take only names in UTF-8.
    """
    target = Target.of(path)
    if not files.is_utf8(target.path):
        raise OSError(errno.EILSEQ, files.NOT_UTF8)
    return target.placed()


def write(path: str | os.PathLike[str] | Target, text: str, *, over: bytes | None = None) -> None:
    """Write a file as a whole: the old file at `path` stays until the new one is complete.

    If the text was made of the old file's bytes, `over` has these: a file that was changed meanwhile stays.
    """
    target = path if isinstance(path, Target) else Target.of(path)
    with target.placed(over) as temporary, _utf8(temporary) as file:
        file.write(text)


def _utf8(path: str) -> TextIO:
    # As on the screen, a half of a character, which no UTF-8 can have, is written as its code.
    return open(path, "w", encoding="utf-8", errors="backslashreplace", newline="")


def _put(temporary: str, path: str) -> None:
    """Put a file where nothing is; a file that is there after all stays."""
    try:
        os.link(temporary, path)  # which never replaces anything, as a renaming does
    except FileExistsError:
        raise OSError(errno.EEXIST, APPEARED) from None
    except OSError:  # some disks have no hard links
        if os.path.lexists(path):
            raise OSError(errno.EEXIST, APPEARED) from None
        os.replace(temporary, path)
    else:
        os.unlink(temporary)


def _status(path: str) -> os.stat_result | None:
    """What stands at a path, or ``None``; links are not followed."""
    try:
        return os.lstat(path)
    except FileNotFoundError:
        return None


def _version(status: os.stat_result) -> tuple[int, int, int, int]:
    """What tells a file from another, and from itself once it was written to."""
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
