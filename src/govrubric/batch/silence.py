"""What a library prints beside us -> nothing.

Where a file is not sound, threads of polars may fail, and each prints where in its own source it did. What went wrong we say
ourselves.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO


@contextmanager
def silenced() -> Iterator[TextIO]:
    """Meanwhile nothing but what goes into the text given reaches standard error."""
    try:
        number = sys.stderr.fileno()
    except (OSError, ValueError):  # it is no file of the system
        yield sys.stderr
        return
    sys.stderr.flush()
    kept = os.dup(number)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, number)
        with open(os.dup(kept), "w", encoding=sys.stderr.encoding, errors="backslashreplace", buffering=1) as text:
            yield text
    finally:
        os.dup2(kept, number)
        os.close(kept)
        os.close(nowhere)
