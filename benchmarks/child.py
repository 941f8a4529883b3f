"""One way from Parquet to Parquet, in a process of its own: prints the seconds and the most memory that it held.

`python benchmarks/child.py hand|ours total|items IN OUT`; starting Python and importing count for the memory, not for the time.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import polars


def peak() -> int:
    """The most memory that this process ever held, in bytes."""
    status = Path("/proc/self/status")
    if status.exists():  # what the system says of a child may be its parent's memory
        return next(int(line.split()[1]) * 1024 for line in status.read_text("ascii").splitlines() if line.startswith("VmHWM"))
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def hand(detail: str, read: str, written: str) -> Callable[[], object]:
    """Written out by hand with polars, all columns kept."""
    import polars_by_hand

    added = polars_by_hand.written(1, detail == "items")
    return lambda: polars_by_hand.lazily(polars.scan_parquet(read), added).sink_parquet(written)


def ours(detail: str, read: str, written: str) -> Callable[[], object]:
    """By a rubric, scanned and written as `govrubric batch` does it."""
    import form
    import govrubric

    rubric = govrubric.shipped(form.NAME)
    return lambda: rubric.score_frame(polars.scan_parquet(read), detail=detail).sink_parquet(written)


def main() -> None:
    """Run one way once and print what it took."""
    way, detail, read, written = sys.argv[1:]
    run = {"hand": hand, "ours": ours}[way](detail, read, written)
    began = time.perf_counter()
    run()
    print(json.dumps({"seconds": time.perf_counter() - began, "peak": peak()}))


if __name__ == "__main__":
    main()
