"""A process that was forked after polars had started -> an error, since its first table would wait for ever.

A fork copies no threads, and polars waits for its own threads. Linux lists the threads of a process, so just
before a fork the list is read. On other systems processes are rarely forked, and their threads are not known.
"""

import os
import re
from contextlib import suppress
from pathlib import Path

THREADS = Path("/proc/self/task")
WORKER = re.compile(r"polars-\d")  # the first table that is computed starts it; the import does not


class _Forks:
    """Whether polars had threads just before the fork that made this process."""

    running = False
    lost = False

    def before(self) -> None:
        self.running = polars_is_running()

    def in_child(self) -> None:
        self.lost = self.lost or self.running


def polars_is_running() -> bool:
    """Whether this process has a thread of polars."""
    with suppress(OSError):
        return any(WORKER.match((thread / "comm").read_text()) for thread in THREADS.iterdir())
    return False


def refuse_after_fork() -> None:
    """Raise ``RuntimeError`` where polars would hang."""
    if _FORKS.lost:
        raise RuntimeError(
            "polars had started its threads before this process was forked, and would wait for them for "
            'ever: start processes by multiprocessing.get_context("spawn") or "forkserver"'
        )


_FORKS = _Forks()
# Where there is no fork, there is nothing to register.
getattr(os, "register_at_fork", dict)(before=_FORKS.before, after_in_child=_FORKS.in_child)
