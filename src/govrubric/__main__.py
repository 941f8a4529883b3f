"""The command, as `govrubric` and as `python -m govrubric`."""

import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import cast


def run() -> None:
    """Start the command, or say which extra it needs."""
    try:
        import click  # noqa: F401, PLC0415 - an extra, so it may be absent
    except ImportError:
        sys.exit("The command needs one more package: pip install 'govrubric[cli]'")
    from govrubric.cli import main  # noqa: PLC0415 - it needs click, which was only now found

    for stream in (sys.stdout, sys.stderr):
        # What goes into a file or a pipe is UTF-8, as all that is read here; a screen shows what it can.
        with suppress(AttributeError):  # a program that has no screen, or brings one of its own
            cast(TextIOWrapper, stream).reconfigure(
                encoding=None if stream.isatty() else "utf-8", errors="backslashreplace"
            )
    main(prog_name="govrubric")


if __name__ == "__main__":
    run()
