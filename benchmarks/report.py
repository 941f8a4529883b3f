"""Measured rows -> the report as Markdown, and its pictures by name."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from goals import Goal
from pictures import Bar, bars, grouped, growth, short
from rounds import Group, Row
from single import LIMIT, TRACED

MIB = 2**20
TOTAL = "total"
GROWN = ("polars by hand", "govrubric batch")


@dataclass(frozen=True)
class Results:
    """The results of a run; a part that was not measured is empty."""

    machine: Mapping[str, str]
    single: Sequence[Row] = ()
    starts: Mapping[str, float] = field(default_factory=dict)
    totals: Sequence[Row] = ()
    items: Sequence[Row] = ()
    few: Sequence[Row] = ()
    files: Sequence[Row] = ()
    goals: Sequence[Goal] = ()
    notes: Sequence[str] = ()


def exactness(row: Row) -> str:
    """The number of totals that are wrong at two places."""
    if row.wrong:
        return f"**no: {grouped(row.wrong)} of {grouped(row.units)} wrong**"
    return "yes" if row.exact else f"floats: none of {grouped(row.units)} wrong"


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """A table: texts to the left, and numbers to the right."""
    rule = [
        "---" if head in ("given", "exact", "", "how") or index == 0 else "---:"
        for index, head in enumerate(heads)
    ]
    return [f"| {' | '.join(line)} |" for line in (heads, rule, *rows)]


def single(rows: Sequence[Row]) -> list[str]:
    """The table of scoring one unit at a time, beside both limits."""
    each = {row.name: row.seconds / row.units for row in rows}
    heads = ["variant", "µs", "× limit", "× traced limit", "exact"]
    body = [
        [
            row.name,
            short(each[row.name] * 1e6),
            short(each[row.name] / each[LIMIT]),
            short(each[row.name] / each[TRACED]),
            exactness(row),
        ]
        for row in rows
    ]
    return _table(heads, body)


def starts(milliseconds: Mapping[str, float]) -> list[str]:
    """The table of the times before the first score."""
    return _table(["start", "ms"], [[name, short(value)] for name, value in milliseconds.items()])


def goals(rows: Sequence[Goal]) -> list[str]:
    """The table of goals, and whether they are met."""
    return _table(
        ["goal", "measured", "at most", ""],
        [
            [row.name, short(row.measured), f"{row.most:g}", "met" if row.met else "**missed**"]
            for row in rows
        ],
    )


def limit_of(row: Row, rows: Sequence[Row]) -> Row:
    """Polars by hand from the same numbers; for decimals and floats, from hundredths."""
    limits = {each.given: each for each in rows if each.name == "polars by hand"}
    return limits.get(row.given) or limits["hundredths"]


def _units(rows: Sequence[Row]) -> list[str]:
    heads = ["variant", "given", "ms", "million units/s", "× polars by hand", "exact"]
    body = [
        [
            row.name,
            row.given,
            short(row.seconds * 1e3),
            short(row.units / row.seconds / 1e6),
            short(row.seconds / limit_of(row, rows).seconds),
            exactness(row),
        ]
        for row in rows
    ]
    return _table(heads, body)


def _files(rows: Sequence[Row]) -> list[str]:
    heads = ["units", "how", "s", "million units/s", "most memory, MiB"]
    body = [
        [
            grouped(row.units),
            f"{row.name}: {row.given}",
            short(row.seconds),
            short(row.units / row.seconds / 1e6),
            grouped(row.peak // MIB),
        ]
        for row in rows
    ]
    return _table(heads, body)


def markdown(results: Results) -> Iterator[str]:
    """The report line by line; a part that was not measured is left out."""
    yield from [
        "# The last run of the benchmarks",
        "",
        "Made by `python benchmarks/run.py`; [what is measured, and how](../benchmarks.md).",
        "",
    ]
    yield from [*_table(["the machine", ""], [[name, fact] for name, fact in results.machine.items()]), ""]
    if results.notes:
        yield from [*(f"* {note}" for note in results.notes), ""]
    yield from ["## Goals", "", *goals(results.goals), ""]
    yield from [
        "## One unit at a time",
        "",
        "![One unit at a time](single.svg)",
        "",
        *single(results.single),
        "",
        *starts(results.starts),
        "",
    ]
    for title, name, rows in _tables(results):
        yield from [
            f"## {grouped(rows[0].units)} units: {title}",
            "",
            f"![Million units a second: {title}]({name}.svg)",
            "",
            *_units(rows),
            "",
        ]
    if results.few:
        few = [[row.name, row.given, short(row.seconds * 1e3)] for row in results.few]
        yield from [
            f"## {grouped(results.few[0].units)} units: what a call costs at least",
            "",
            *_table(["variant", "given", "ms"], few),
            "",
        ]
    if results.files:
        yield from [
            "## From Parquet to Parquet",
            "",
            "![Seconds over units](seconds.svg)",
            "",
            "![Memory over units](memory.svg)",
            "",
        ]
        yield from [*_files(results.files), ""]


def _tables(results: Results) -> Iterator[tuple[str, str, Sequence[Row]]]:
    for title, name, rows in (
        ("totals alone", "totals", results.totals),
        ("every item, indicator and total", "items", results.items),
    ):
        if rows:
            yield title, name, rows


def numbers(results: Results) -> str:
    """Everything as JSON."""
    data = asdict(results) | {"goals": [asdict(goal) | {"met": goal.met} for goal in results.goals]}
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def pictures(results: Results) -> Iterator[tuple[str, str]]:
    """Each picture with its name."""
    note = f"{results.machine['processor']}, {results.machine['cores']} cores, {results.machine['Python']}"
    alone = [
        Bar(row.name, row.group, row.seconds / row.units * 1e6, f"{short(row.seconds / row.units * 1e6)} µs")
        for row in results.single
    ]
    yield (
        "single.svg",
        bars(
            "One unit at a time, microseconds on a logarithmic scale (shorter is better)",
            note,
            _sorted(alone),
            logarithmic=True,
        ),
    )
    for title, name, rows in _tables(results):
        rates = [
            Bar(f"{row.name} ({row.given})", row.group, rate, f"{short(rate)}{_mark(row)}")
            for row in rows
            if (rate := row.units / row.seconds / 1e6)
        ]
        yield (
            f"{name}.svg",
            bars(f"Million units a second, {title} (longer is better)", note, _sorted(rates)[::-1]),
        )
    grown = [row for row in results.files if row.given == TOTAL and row.name in GROWN]
    if grown:
        yield (
            "seconds.svg",
            growth(
                "From Parquet to Parquet: seconds over units",
                note,
                "s",
                _lines(grown, lambda row: row.seconds),
            ),
        )
        yield (
            "memory.svg",
            growth(
                "From Parquet to Parquet: most memory over units",
                note,
                "MiB",
                _lines(grown, lambda row: row.peak / MIB),
            ),
        )


def _lines(rows: Sequence[Row], value: Callable[[Row], float]) -> dict[Group, list[tuple[int, float]]]:
    groups: tuple[Group, ...] = ("limit", "ours")
    return {
        group: line
        for group in groups
        if (line := [(row.units, value(row)) for row in rows if row.group == group])
    }


def _sorted(rows: Sequence[Bar]) -> list[Bar]:
    return sorted(rows, key=lambda row: row.value)


def _mark(row: Row) -> str:
    return f", {grouped(row.wrong)} wrong" if row.wrong else ""
