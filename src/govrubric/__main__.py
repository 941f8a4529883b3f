"""The command, as `govrubric` and as `python -m govrubric`."""

import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import cast


def run() -> None:
    """Start the command, or say which package is missing."""
    try:
        import click  # noqa: F401, PLC0415 - an extra, so it may be absent
    except ImportError:
        print("The command needs one more package: pip install 'govrubric[cli]'", file=sys.stderr)
        sys.exit(2)
    from govrubric.cli import main  # noqa: PLC0415 - it needs click, which was only now found

    for stream in (sys.stdout, sys.stderr):
        # Files and pipes get UTF-8, whatever the locale says; a screen shows what it can.
        with suppress(AttributeError):  # the stream may be missing, or be an object of the calling program
            cast(TextIOWrapper, stream).reconfigure(
                encoding=None if stream.isatty() else "utf-8", errors="backslashreplace"
            )
    main(prog_name="govrubric")


if __name__ == "__main__":
    run()
