"""What a library prints on standard error -> nothing.

Where a file is not sound, threads of polars may fail, and each prints its own place in the source of polars. We say
ourselves what went wrong.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


@contextmanager
def silenced() -> Iterator[TextIO]:
    """Meanwhile only what is written to the stream given reaches standard error; after a failure, only what we say."""
    try:
        number = sys.stderr.fileno()
    except (OSError, ValueError):  # it is no file of the system
        yield sys.stderr
        return
    sys.stderr.flush()
    kept = os.dup(number)
    text = open(os.dup(kept), "w", encoding=sys.stderr.encoding, errors="backslashreplace", buffering=1)  # noqa: SIM115 - it is open as long as the silence lasts
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)
    try:
        yield text
    except BaseException:
        # Its threads may end after us, so that only what goes through `sys.stderr` is still heard.
        sys.stderr = text
        raise
    else:
        os.dup2(kept, number)
        text.close()
    finally:
        os.close(kept)
