"""Tables in memory and in files -> measured rows, and their goals."""

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import fused
import govrubric
import parquet
import table_limits
import table_ours
import table_peers
from checked import wanted
from goals import Goal
from pictures import grouped
from rounds import Row, Variant, measured
from table import made

HAND, DECIMALS = "polars by hand", "polars by hand, decimals out"
SCALED, OURS = "govrubric, polars, scaled", "govrubric, polars"
FEW = 1000
DETAILS = ("total", "items")


def _whole_points(
    rubric: govrubric.Rubric, units: int, items: bool, folder: Path, spark: Any
) -> Iterator[Variant]:
    table = made(rubric, units, 1)
    want = wanted(rubric, table)
    yield from table_limits.variants(rubric, table, want, items, folder)
    yield from table_ours.variants(rubric, table, want, items, spark)


def _hundredths(rubric: govrubric.Rubric, units: int, items: bool, folder: Path) -> Iterator[Variant]:
    table = made(rubric, units, 100)
    want = wanted(rubric, table)
    yield from table_limits.variants(rubric, table, want, items, folder)
    yield from table_ours.variants(rubric, table, want, items)
    yield from table_peers.variants(rubric, table, want, items)


def rows(
    rubric: govrubric.Rubric, folder: Path, quick: bool, spark: Any, say: Callable[[str], None]
) -> dict[str, list[Row]]:
    """The parts of the report: a million units for totals and for items, a thousand, and files that grow."""
    units, rounds = (100_000, 3) if quick else (1_000_000, 9)
    results: dict[str, list[Row]] = {"few": [], "files": []}
    for detail in DETAILS:
        items = detail == "items"
        say(f"{units} units in memory, {detail}")
        variants = [
            *_whole_points(rubric, units, items, folder, spark),
            *_hundredths(rubric, units, items, folder),
        ]
        results["items" if items else "totals"] = measured(variants, rounds, say)
        say(f"{FEW} units in memory, {detail}")
        few = [
            variant for variant in _whole_points(rubric, FEW, items, folder, None) if "polars" in variant.name
        ]
        few_rows = measured(few, 5 if quick else 50, lambda _: None)
        results["few"] += [dataclasses.replace(row, given=detail) for row in few_rows]
    sizes = (10_000, 100_000) if quick else (10_000, 100_000, 1_000_000, 10_000_000)
    results["files"] += parquet.measured(rubric, folder, sizes, "total", 1 if quick else 3, say)
    results["files"] += parquet.measured(rubric, folder, sizes[1:3][-1:], "items", 1 if quick else 3, say)
    return results


def _ratio(rows: Sequence[Row], name: str, limit: str) -> float:
    seconds = {row.name: row.seconds for row in rows if row.given == "whole points"}
    return seconds[name] / seconds[limit]


def _largest(rows: Sequence[Row], name: str) -> Row:
    """The row of the most units, with totals alone."""
    return max((row for row in rows if row.name == name and row.given == "total"), key=lambda row: row.units)


def goals(results: dict[str, list[Row]]) -> list[Goal]:
    """The goals in memory, with few units, and from file to file at the largest size."""
    totals, items = results["totals"], results["items"]
    few = {(row.name, row.given): row.seconds * 1e3 for row in results["few"]}
    hand, ours = _largest(results["files"], parquet.HAND), _largest(results["files"], parquet.BATCH)
    size = grouped(ours.units)
    return [
        Goal("totals, polars, whole numbers ÷ by hand", _ratio(totals, SCALED, HAND), 1.3),
        Goal("totals, polars, decimals ÷ by hand, decimals", _ratio(totals, OURS, DECIMALS), 1.3),
        Goal("all items, polars, whole numbers ÷ by hand", _ratio(items, SCALED, HAND), 1.3),
        Goal("all items, polars, decimals ÷ by hand, decimals", _ratio(items, OURS, DECIMALS), 1.3),
        *(Goal(f"{grouped(FEW)} units, polars, {detail}, ms", few[OURS, detail], 3) for detail in DETAILS),
        Goal(f"{size} units, Parquet to Parquet: time ÷ by hand", ours.seconds / hand.seconds, 1.15),
        Goal(f"{size} units, Parquet to Parquet: memory ÷ by hand", ours.peak / hand.peak, 1.05),
        Goal(f"{size} units, Parquet to Parquet: MiB", ours.peak / 2**20, 1024),
    ]


def notes() -> list[str]:
    """The variants that could not be measured here."""
    if fused.compiler():
        return []
    return ["The loop in C is left out, since this machine has no C compiler (`cc`)."]
