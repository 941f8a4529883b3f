"""A relation of DuckDB or a frame of PySpark -> the same with its scores, computed through narwhals by its owner."""

from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.tables import row_errors
from govrubric.tables.engines import Narwhals, installed
from govrubric.tables.outputs import ERROR, Detail, OnError
from govrubric.tables.program import own_prefix
from govrubric.tables.scorer import Scoring, TableScorer, named


class Place(NamedTuple):
    """An engine: the widths of its whole numbers, whether A and a are one name to it, and how rows are fetched.

    PySpark takes the part of a name before a dot for a column, so its columns are `renamed` while it computes.
    """

    widths: tuple[int, ...]
    folded: bool
    renamed: bool
    fetch: Callable[[Any], list[dict[str, Any]]]


def _of_duckdb(relation: Any) -> list[dict[str, Any]]:
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def _of_pyspark(frame: Any) -> list[dict[str, Any]]:
    return [row.asDict() for row in frame.collect()]


UNIT = "unit"
Database = Literal["duckdb", "pyspark"]
PLACES: dict[Database, Place] = {
    "duckdb": Place((64, 128), True, False, _of_duckdb),
    "pyspark": Place((64,), False, True, _of_pyspark),
}


def scored(
    scorer: TableScorer, table: Any, kind: Database, detail: Detail, on_error: OnError, *, scaled: bool
) -> Any:
    """A lazy table -> the same with its scores; to ``raise``, the engine looks at every row once beforehand."""
    nw = installed("narwhals", "frames")
    place = PLACES[kind]
    names = list(table.columns)
    stored = (
        {name: f"c{index}" for index, name in enumerate(names)}
        if place.renamed
        else {name: name for name in names}
    )
    frame = nw.from_native(table.toDF(*stored.values()) if place.renamed else table)
    schema = dict(zip(names, frame.collect_schema().values(), strict=True))
    scoring = Scoring(
        scorer.plan,
        scorer.language,
        Narwhals(place.widths),
        schema,
        detail,
        scaled=scaled,
        kind=kind,
        stored=stored,
        prefix=own_prefix(stored.values()),
    )
    named(scoring, names, folded=place.folded)
    if on_error == "raise":
        _look(scoring, frame, stored, place)
    program = scoring.program(sound=False)
    last = [row_errors.expressions(scoring.inputs).alias(ERROR)] if on_error == "report" else []
    if place.renamed:
        program = program.renamed(lambda index: f"r{index}")
        return (
            program.run(frame, stored.values(), last)
            .to_native()
            .toDF(*names, *scoring.names, *([ERROR] if last else []))
        )
    return program.run(frame, names, last).to_native()


def repeated(table: Any, kind: Database, language: str) -> list[Diagnostic]:
    """The first units that stand twice in a lazy table, counted by its engine; rows have no numbers there."""
    if UNIT not in table.columns:
        return []
    nw = installed("narwhals", "frames")
    units = nw.from_native(table.select(UNIT)).select(nw.col(UNIT).cast(nw.String).str.strip_chars())
    groups = (
        units.filter(nw.col(UNIT) != nw.lit(""))
        .group_by(UNIT)
        .agg(nw.len().alias("rows"))
        .filter(nw.col("rows") > 1)
    )
    first = PLACES[kind].fetch(groups.sort(UNIT).head(row_errors.FIRST).to_native())
    names = row_errors.labels(first, [None] * len(first), language)
    return [
        Diagnostic.of("GR633", None, (name,), unit=str(row[UNIT]))
        for name, row in zip(names, first, strict=True)
    ]


def _look(scoring: Scoring, frame: Any, stored: Mapping[str, str], place: Place) -> None:
    """Refuse a table with rows that are wrong, naming the first."""
    nw, inputs = scoring.engine.module, scoring.inputs
    is_bad = nw.col(inputs.bad_name)
    checked = frame.with_columns(*inputs.raw()) if inputs.raw() else frame
    checked = checked.with_columns(inputs.bad())
    one_if_bad = nw.when(is_bad).then(nw.lit(1)).otherwise(nw.lit(0))
    ((rows, bad),) = [
        tuple(row.values())
        for row in place.fetch(
            checked.select(nw.len().alias("rows"), one_if_bad.sum().alias("bad")).to_native()
        )
    ]
    if not bad:
        return
    shown = {stored[name]: name for name in stored if name in inputs.given or name in ("unit", "name")}
    first = place.fetch(checked.filter(is_bad).select(*shown).head(row_errors.FIRST).to_native())
    first = [{shown[column]: value for column, value in row.items()} for row in first]
    where = row_errors.labels(first, [None] * len(first), scoring.language)
    found = [
        (label, row_errors.findings(inputs, row, text=False)) for label, row in zip(where, first, strict=True)
    ]
    raise row_errors.refused(bad, rows, found, scoring.language)
