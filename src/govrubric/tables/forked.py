"""A process that was forked after polars had started -> an error, since its first table would wait for ever.

A fork copies no threads, and polars waits for its own. Linux lists the threads of a process, so they are looked for
just before a fork. Elsewhere processes are rarely forked, and nothing is known of them.
"""

import os
import re
from contextlib import suppress
from pathlib import Path

THREADS = Path("/proc/self/task")
WORKER = re.compile(r"polars-\d")  # started by the first table that is computed, not by the import


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
            "polars had started its threads before this process was forked, and would wait for them for ever: "
            'start processes by multiprocessing.get_context("spawn") or "forkserver"'
        )


_FORKS = _Forks()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_FORKS.before, after_in_child=_FORKS.in_child)
