"""The output of a command -> the screen or a file; on a terminal also its progress."""

import errno
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NoReturn, TypeVar

import click

from govrubric.cli._outputs import Output, Unwritten

if TYPE_CHECKING:
    from govrubric.diagnostics.diagnostic import Diagnostic
    from govrubric.document.targets import Target

WAIT = 5  # seconds for somebody to read from a pipe
T = TypeVar("T")


def progress(results: Iterable[T], length: int, size: Callable[[T], int] = lambda _: 1) -> Iterator[T]:
    """Yield the results; on a terminal, show a progress bar after a second.

    `length` is the size of all results together, and `size` gives the size of each.
    """
    began = time.monotonic()
    bar, passed = None, 0
    for result in results:
        passed += size(result)
        if bar is not None:
            bar.update(size(result))
        elif sys.stderr.isatty() and time.monotonic() - began > 1:
            bar = click.progressbar(length=length, file=sys.stderr, show_pos=True)
            bar.update(passed)
        yield result
    if bar is not None:
        bar.render_finish()


def as_json(data: object) -> str:
    """Plain data as JSON text."""
    from govrubric.scoring import card_json

    return card_json.dumps(data)


def put(text: str, out: Output | None, *, table: bool = False) -> None:
    """Print the text, or write it to a file; a table in a file begins with a byte order mark.

    Without that mark, the spreadsheets of most offices read a file in another encoding.
    """
    if out is None or out.is_screen:
        click.echo(text, nl=False)
    elif out.target is None:
        _send(text, out.name)
    else:
        replace("\ufeff" + text if table else text, out.name, out.target)


def put_file(data: bytes, path: str) -> None:
    """Write bytes to a file, as a whole or not at all."""
    from govrubric.document.targets import Target

    try:
        with Target.of(path).placed() as temporary, open(temporary, "wb") as file:
            file.write(data)
    except OSError as error:
        raise Unwritten(path, error) from None


def replace(text: str, path: str, target: "Target | None" = None, *, over: bytes | None = None) -> None:
    """Write the text to a file, as a whole or not at all; `over` is as in `targets.write`."""
    from govrubric.document import targets

    try:
        targets.write(target or path, text, over=over)
    except OSError as error:
        raise Unwritten(path, error) from None


def _send(text: str, path: str) -> None:
    """Write the text into a pipe or a device."""
    try:
        with os.fdopen(_opened(path), "wb") as stream:
            stream.write(text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise Unwritten(path, error) from None


def _opened(path: str) -> int:
    """A pipe or device, opened for writing; a pipe that nobody reads is not waited for without end."""
    until = time.monotonic_ns() + WAIT * 10**9
    while True:
        try:
            handle = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
        except OSError as error:
            if error.errno != errno.ENXIO:
                raise
            if time.monotonic_ns() > until:
                raise OSError(errno.ENXIO, "nobody reads from it") from None
            time.sleep(1 / 20)
        else:
            os.set_blocking(handle, True)
            return handle


def fail(found: Iterable["Diagnostic"], language: str) -> NoReturn:
    """Print findings and exit with the code for bad input."""
    from govrubric.diagnostics.bounded import rendered

    click.echo(rendered(found, language), nl=False, err=True)
    sys.exit(1)
