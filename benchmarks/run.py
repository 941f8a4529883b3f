"""Every benchmark in one run, with its report: Markdown, JSON and pictures.

Variants are measured in turns, so that all have the same conditions. A missed goal is reported and fails
nothing; a wrong number ends the run.
"""

import argparse
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import govrubric
import report
import single
import single_peers
from form import NAME
from machine import machine
from rounds import Wrong, measured

INSTALL = 'pip install -e ".[bench]"'
TABLES = ("polars", "numpy", "pyarrow")


def say(text: str) -> None:
    """Print progress to stderr, apart from the report."""
    print(text, file=sys.stderr, flush=True)


def whole(quick: bool, spark: Any = None) -> report.Results:
    """Measure everything that can be measured here."""
    rubric = govrubric.shipped(NAME)
    facts = machine()
    say("one unit at a time")
    alone = measured(list(single.variants(rubric)), 3 if quick else 60, lambda _: None)
    starts = single.commands(1 if quick else 9)
    reached = single.goals(alone, starts)
    left_out = [*single_peers.missing(), *_missing(("pandas", "duckdb"))]
    notes = []
    if left_out:
        notes.append(f"Left out, since they are not installed: {', '.join(left_out)} (`{INSTALL}`).")
    if float(facts.get("load before", "0")) >= 0.5:
        notes.append("Other programs were running: the numbers are noisy.")
    lacking = _missing(TABLES)
    if lacking:
        notes.append(f"Tables are left out, since {', '.join(lacking)} cannot be imported (`{INSTALL}`).")
        return report.Results(facts, alone, starts, goals=reached, notes=notes)
    import batch

    with tempfile.TemporaryDirectory() as folder:
        rows = batch.rows(rubric, Path(folder), quick, spark, say)
    return report.Results(
        facts, alone, starts, **rows, goals=[*reached, *batch.goals(rows)], notes=[*notes, *batch.notes()]
    )


def _missing(names: tuple[str, ...]) -> list[str]:
    return [name for name in names if not find_spec(name)]


def session() -> Any:
    """PySpark on this machine, quietly."""
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[*]").config("spark.driver.memory", "8g")
    builder = builder.config("spark.ui.enabled", "false")
    return builder.config("spark.sql.execution.arrow.pyspark.enabled", "true").getOrCreate()


def main() -> None:
    """Measure, write the report, its pictures and all numbers, and print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="a tenth of the units and few rounds: does it run, not how fast"
    )
    parser.add_argument("--spark", action="store_true", help="PySpark too; needs Java")
    parser.add_argument("--out", type=Path, default=Path("out/benchmarks"), help="the folder to write to")
    arguments = parser.parse_args()
    try:
        results = whole(arguments.quick, session() if arguments.spark else None)
    except Wrong as wrong:
        sys.exit(f"a wrong number: {wrong}")
    arguments.out.mkdir(parents=True, exist_ok=True)
    text = "\n".join(report.markdown(results))
    (arguments.out / "report.md").write_text(text, encoding="utf-8")
    (arguments.out / "results.json").write_text(report.numbers(results), encoding="utf-8")
    for name, picture in report.pictures(results):
        (arguments.out / name).write_text(picture, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
