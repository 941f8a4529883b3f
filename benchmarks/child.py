"""One way from Parquet to Parquet, in a process of its own: prints the seconds and the most memory that it held.

`python benchmarks/child.py hand|frame|batch|scaled total|items IN OUT`; starting Python and importing count for the memory, not for the time.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import polars

import govrubric
from form import NAME
from govrubric.batch.job import Job
from govrubric.batch.polars import run as run_batch

Detail = Literal["total", "items"]


def peak() -> int:
    """The most memory that this process ever held, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # what the system says of a child may be its parent's memory
        return next(
            int(line.split()[1]) * 1024
            for line in status.read_text("ascii").splitlines()
            if line.startswith("VmHWM")
        )
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def hand(detail: Detail, read: str, written: str) -> Callable[[], object]:
    """Written out by hand with polars, all columns kept."""
    import polars_by_hand

    added = polars_by_hand.written(1, detail == "items")
    return lambda: polars_by_hand.lazily(polars.scan_parquet(read), added).sink_parquet(written)


def frame(detail: Detail, read: str, written: str) -> Callable[[], object]:
    """By `Rubric.score_frame` over a scanned file."""
    rubric = govrubric.shipped(NAME)
    return lambda: rubric.score_frame(polars.scan_parquet(read), detail=detail).sink_parquet(written)


def batch(detail: Detail, read: str, written: str, scaled: bool = False) -> Callable[[], object]:
    """As the command does it, once its rubric is loaded."""
    job = Job(govrubric.shipped(NAME), read, written, detail, "raise", scaled, "en")
    return lambda: run_batch(job, lambda _done, _rows: None)


def scaled(detail: Detail, read: str, written: str) -> Callable[[], object]:
    """The same with whole numbers, as they are written by hand."""
    return batch(detail, read, written, scaled=True)


def main() -> None:
    """Run one way once and print what it took."""
    way, detail, read, written = sys.argv[1:]
    run = {"hand": hand, "frame": frame, "batch": batch, "scaled": scaled}[way](
        "items" if detail == "items" else "total", read, written
    )
    began = time.perf_counter()
    run()
    print(json.dumps({"seconds": time.perf_counter() - began, "peak": peak()}))


if __name__ == "__main__":
    main()
