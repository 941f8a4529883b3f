"""A way from Parquet to Parquet, in a process of its own -> its seconds and its peak memory, printed.

`python benchmarks/child.py hand|frame|batch|scaled total|items IN OUT`. The start of Python and the imports
count for the memory, and not for the time.
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
    if status.exists():  # `getrusage` of a child may report the memory of its parent
        lines = status.read_text("ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def hand(detail: Detail, read: str, written: str) -> Callable[[], object]:
    """By hand with polars; all columns are kept."""
    import polars_by_hand

    added = polars_by_hand.written(1, detail == "items")
    return lambda: polars_by_hand.lazily(polars.scan_parquet(read), added).sink_parquet(written)


def frame(detail: Detail, read: str, written: str) -> Callable[[], object]:
    """By `Rubric.score_frame` over a scanned file."""
    rubric = govrubric.shipped(NAME)
    return lambda: rubric.score_frame(polars.scan_parquet(read), detail=detail).sink_parquet(written)


def batch(detail: Detail, read: str, written: str, scaled: bool = False) -> Callable[[], object]:
    """By the code of the command, after its rubric is loaded."""
    job = Job(govrubric.shipped(NAME), read, written, detail, "raise", scaled, "en")
    return lambda: run_batch(job, lambda _done, _rows: None)


def scaled(detail: Detail, read: str, written: str) -> Callable[[], object]:
    """The same with whole numbers, as by hand."""
    return batch(detail, read, written, scaled=True)


def main() -> None:
    """Run a way once, and print its time and memory."""
    way, detail, read, written = sys.argv[1:]
    run = {"hand": hand, "frame": frame, "batch": batch, "scaled": scaled}[way](
        "items" if detail == "items" else "total", read, written
    )
    began = time.perf_counter()
    run()
    print(json.dumps({"seconds": time.perf_counter() - began, "peak": peak()}))


if __name__ == "__main__":
    main()
