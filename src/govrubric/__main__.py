"""The command, as `govrubric` and as `python -m govrubric`."""

import errno
import os
import signal
import sys
from contextlib import suppress
from io import BufferedWriter, FileIO, RawIOBase, TextIOBase, TextIOWrapper
from typing import TextIO, cast

# The signals by which other programs, or a terminal that is closed, ask a program to end.
ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


def run() -> None:
    """Start the command, or say which package is missing."""
    try:
        # The library of the commands is optional. Importing it here, unused, shows whether it is installed.
        import click  # noqa: F401, PLC0415 - only to learn whether it is installed
    except ImportError:
        print("The command needs one more package: pip install 'govrubric[cli]'", file=sys.stderr)
        sys.exit(2)
    from govrubric.cli import main  # noqa: PLC0415 - needs click, which was just looked for

    _reserve_streams()
    sys.stdout = _complete(sys.stdout)
    for number in ENDING:
        # As after Ctrl-C, what is unfinished is removed; a signal that is ignored, as by nohup, stays so.
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, signal.default_int_handler)
    for stream in (sys.stdout, sys.stderr):
        # Files and pipes get UTF-8, whatever the locale says; a screen shows what it can.
        with suppress(AttributeError):  # the stream may be missing, or be an object of the calling program
            cast(TextIOWrapper, stream).reconfigure(
                encoding=None if stream.isatty() else "utf-8", errors="backslashreplace"
            )
    main(prog_name="govrubric")


def _complete(stream: TextIO) -> TextIO:
    """The same output, of which each write is complete or fails.

    With PYTHONUNBUFFERED, text goes straight to the system, and Python drops what did not fit on the disk or
    was not read, without an error.
    """
    if not isinstance(getattr(stream, "buffer", None), RawIOBase):
        return stream
    encoding, errors, is_screen = stream.encoding, stream.errors, stream.isatty()
    raw = cast(FileIO, cast(TextIOWrapper, stream).detach())
    return TextIOWrapper(BufferedWriter(raw), encoding, errors, line_buffering=is_screen)


class _Closed(TextIOBase):
    """An output that was closed before the program began."""

    def write(self, _: str) -> int:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def _reserve_streams() -> None:
    """Give each closed standard stream a file of its own.

    Else the next file that is opened, such as one that is written, would take its number and get what is
    printed, and what is printed would be lost in silence. To write to such an output fails.
    """
    if sys.stdin is None:
        sys.stdin = open(os.devnull)  # noqa: SIM115 - a `with` would close it before it is read
    if sys.stdout is None:
        os.open(os.devnull, os.O_RDONLY)
        sys.stdout = _Closed()
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w")  # noqa: SIM115 - a `with` would close it before it is used


if __name__ == "__main__":
    run()
