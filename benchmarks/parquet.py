"""Files from Parquet to Parquet -> seconds and peak memory of each way, in new processes, as files grow."""

import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy
import polars
from pyarrow.parquet import ParquetWriter

import govrubric
from checked import thousandths, wanted
from rounds import Group, Row, Wrong
from table import Column, frame, made

STEP, GROUP = 1_000_000, 131_072
HAND, BATCH = "polars by hand", "govrubric batch"
WAYS: dict[str, tuple[str, Group]] = {
    "hand": (HAND, "limit"),
    "frame": ("Rubric.score_frame", "ours"),
    "batch": (BATCH, "ours"),
    "scaled": (f"{BATCH} --scaled", "ours"),
}


def write(rubric: govrubric.Rubric, path: Path, units: int) -> Column:
    """Write a file of units in whole points, a million at a time -> the totals in thousandths."""
    totals = []
    with ParquetWriter(path, frame(made(rubric, 1, 1)).to_arrow().schema) as file:
        for begin in range(0, units, STEP):
            table = made(rubric, min(STEP, units - begin), 1, seed=begin)
            file.write_table(frame(table).to_arrow(), row_group_size=GROUP)
            totals.append(wanted(rubric, table)["total"])
    return numpy.concatenate(totals)


def _totals(path: Path) -> Column:
    names = polars.scan_parquet(path).collect_schema().names()
    (name,) = [name for name in names if name.partition("/")[0] == "total"]
    return thousandths(polars.read_parquet(path, columns=[name])[name])


def measured(
    rubric: govrubric.Rubric,
    folder: Path,
    sizes: Sequence[int],
    detail: str,
    rounds: int,
    say: Callable[[str], None],
) -> list[Row]:
    """Measure each size by each way, in turns; raises `Wrong` where a file has a wrong total."""
    rows = []
    read, written = folder / "units.parquet", folder / "scored.parquet"
    for units in sizes:
        say(f"{units} units from Parquet to Parquet, {detail}")
        want = write(rubric, read, units)
        seconds: dict[str, list[float]] = {way: [] for way in WAYS}
        peaks: dict[str, list[int]] = {way: [] for way in WAYS}
        for _ in range(rounds):
            for way in WAYS:
                script = str(Path(__file__).with_name("child.py"))
                command = [sys.executable, script, way, detail, str(read), str(written)]
                process = subprocess.run(command, check=False, capture_output=True, text=True)
                if process.returncode:
                    output = f"{process.stdout}{process.stderr}"
                    raise Wrong(f"{way} of {units} units ended with {process.returncode}:\n{output}")
                result = json.loads(process.stdout.splitlines()[-1])
                seconds[way].append(result["seconds"])
                peaks[way].append(result["peak"])
                wrong = int((_totals(written) != want).sum())
                if wrong:
                    raise Wrong(f"{way}: {wrong} of {units} units have another total than they must")
                written.unlink()
        for way, (name, group) in WAYS.items():
            median, peak = statistics.median(seconds[way]), int(statistics.median(peaks[way]))
            rows.append(Row(name, group, detail, units, median, 0, peak=peak))
    return rows
