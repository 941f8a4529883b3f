"""The output of a command -> the screen or a file; on a terminal also its progress."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NoReturn, TypeVar

import click

from govrubric.cli._outputs import SCREEN, is_stream

if TYPE_CHECKING:
    from govrubric.diagnostics.diagnostic import Diagnostic

T = TypeVar("T")


def progress(results: Iterable[T], length: int, size: Callable[[T], int] = lambda _: 1) -> Iterator[T]:
    """Yield the results; on a terminal, show a progress bar after a second.

    `length` is the size of all results together, and `size` gives the size of each.
    """
    import time

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


def put(text: str, out: str | None, *, table: bool = False) -> None:
    """Print the text, or write it to a file; a table in a file begins with a byte order mark.

    Without that mark, the spreadsheets of most offices read a file in another encoding.
    """
    if out is None or out == SCREEN:
        click.echo(text, nl=False)
    elif is_stream(out):
        _send(text, out)
    else:
        replace("\ufeff" + text if table else text, out)


def replace(text: str, path: str) -> None:
    """Write the text to a file, as a whole or not at all."""
    from govrubric.document import files

    try:
        files.write(path, text)
    except OSError as error:
        raise unwritten(path, error) from None


def _send(text: str, path: str) -> None:
    """Write the text into a pipe or a device."""
    try:
        with open(path, "wb") as stream:
            stream.write(text.encode())
    except OSError as error:
        raise click.ClickException(f"{path} could not be written to: {error.strerror or error}") from None


def unwritten(out: str, error: OSError) -> click.ClickException:
    """The error for a file that could not be written; it says whether an older file is still there."""
    kept = ", and what stood there before is whole" if os.path.exists(out) else ""
    return click.ClickException(f"{out} was not written{kept}: {error.strerror or error}")


def fail(found: Iterable["Diagnostic"], language: str) -> NoReturn:
    """Print findings and exit with the code for bad input."""
    from govrubric.diagnostics.bounded import rendered

    click.echo(rendered(found, language), nl=False, err=True)
    sys.exit(1)
