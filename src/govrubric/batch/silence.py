"""What a library prints on standard error -> nothing.

Where a file is not sound, threads of polars may fail, and each prints its place in the source of polars. The
diagnostics of govrubric say what went wrong.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


@contextmanager
def silenced() -> Iterator[TextIO]:
    """While it lasts, only text written to the stream that it yields reaches standard error.

    After a failure this stream stays in place as `sys.stderr`: threads of a library may still print.
    """
    try:
        number = sys.stderr.fileno()
    except (OSError, ValueError):  # `sys.stderr` is no file of the operating system
        yield sys.stderr
        return
    sys.stderr.flush()
    kept = os.dup(number)
    stream = open(  # noqa: SIM115 - a `with` would close what the error is printed to
        os.dup(kept), "w", encoding=sys.stderr.encoding, errors="backslashreplace", buffering=1
    )
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)
    try:
        yield stream
    except BaseException:
        sys.stderr = stream
        raise
    else:
        os.dup2(kept, number)
        stream.close()
    finally:
        os.close(kept)
