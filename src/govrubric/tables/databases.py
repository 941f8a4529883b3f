"""A relation of DuckDB or a frame of PySpark -> the same with its scores.

The database computes them itself, through narwhals.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.tables import row_errors
from govrubric.tables.engines import Narwhals, installed
from govrubric.tables.outputs import ERROR, Detail, OnError
from govrubric.tables.scorer import Scoring, TableScorer, named


class Place(NamedTuple):
    """What an engine needs: the widths of its whole numbers, and the function that fetches rows.

    With `folded`, A and a are the same name to it. PySpark takes the part of a name before a dot for a
    column, and DuckDB `*` for all columns, so columns have other names while they compute: `packed` gives a
    table these, and `unpacked` gives the result the right names again. `types` tells the types of the columns
    in the engine's own words.
    """

    widths: tuple[int, ...]
    folded: bool
    packed: Callable[[Any, Mapping[str, str], Collection[str]], Any]
    unpacked: Callable[[Any, Mapping[str, str], Collection[str], Sequence[str]], Any]
    types: Callable[[Any], list[str]]
    fetch: Callable[[Any], list[dict[str, Any]]]


def _of_duckdb(relation: Any) -> list[dict[str, Any]]:
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


def _of_pyspark(frame: Any) -> list[dict[str, Any]]:
    return [row.asDict() for row in frame.collect()]


CARRIED = "carried"


def _packed_in_duckdb(relation: Any, stored: Mapping[str, str], read: Collection[str]) -> Any:
    """The columns that are read, and all others in one: each step takes time by the square of the columns."""
    columns = [f"{_quoted(name)} AS {stored[name]}" for name in stored if name in read]
    carried = [f"{stored[name]} := {_quoted(name)}" for name in stored if name not in read]
    if carried:
        columns.append(f"struct_pack({', '.join(carried)}) AS {CARRIED}")
    return relation.project(", ".join(columns))


def _unpacked_in_duckdb(
    relation: Any, stored: Mapping[str, str], read: Collection[str], scores: Sequence[str]
) -> Any:
    columns = [own if name in read else f"{CARRIED}.{own}" for name, own in stored.items()]
    columns += [_quoted(own) for own in relation.columns[-len(scores) :]]
    named = zip(columns, [*stored, *scores], strict=True)
    return relation.project(", ".join(f"{column} AS {_quoted(name)}" for column, name in named))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


UNIT = "unit"
LABELS = (UNIT, "name")
Database = Literal["duckdb", "pyspark"]
PLACES: dict[Database, Place] = {
    "duckdb": Place(
        (64, 128),
        True,
        _packed_in_duckdb,
        _unpacked_in_duckdb,
        lambda relation: list(map(str, relation.types)),
        _of_duckdb,
    ),
    "pyspark": Place(
        (64,),
        False,
        lambda frame, stored, _: frame.toDF(*stored.values()),
        lambda frame, stored, _, scores: frame.toDF(*stored, *scores),
        lambda frame: [kind for _, kind in frame.dtypes],
        _of_pyspark,
    ),
}


def scored(
    scorer: TableScorer, table: Any, kind: Database, detail: Detail, on_error: OnError, *, scaled: bool
) -> Any:
    """A lazy table -> the same with its scores; to ``raise``, the engine checks every row once beforehand."""
    nw = installed("narwhals", "frames")
    place = PLACES[kind]
    names = list(table.columns)
    stored = {name: f"c{index}" for index, name in enumerate(names)}
    columns = nw.from_native(place.packed(table, stored, names)).collect_schema()
    schema = dict(zip(names, columns.values(), strict=True))
    read = {name for name in names if name in scorer.inputs or name in LABELS}
    frame = nw.from_native(place.packed(table, stored, read))
    scoring = Scoring(
        scorer.plan,
        scorer.language,
        Narwhals(place.widths),
        schema,
        detail,
        scaled=scaled,
        kind=kind,
        stored=stored,
        types=dict(zip(names, place.types(table), strict=True)),
    )
    named(scoring, schema, folded=place.folded)
    if on_error == "raise":
        _refuse_bad_rows(scoring, frame, stored, place)
    program = scoring.program(sound=False)
    error = [row_errors.expressions(scoring.inputs).alias(ERROR)] if on_error == "report" else []
    kept = frame.collect_schema().names()
    result = program.renamed(lambda index: f"r{index}").run(frame, kept, error).to_native()
    return place.unpacked(result, stored, read, [*scoring.names, *([ERROR] if error else [])])


def repeated(table: Any, kind: Database, language: str) -> list[Diagnostic]:
    """The first units that stand twice in a lazy table, counted by its engine; rows have no numbers there."""
    if UNIT not in table.columns:
        return []
    nw = installed("narwhals", "frames")
    units = nw.from_native(table.select(UNIT)).select(nw.col(UNIT).cast(nw.String).str.strip_chars())
    counted = units.filter(nw.col(UNIT) != nw.lit("")).group_by(UNIT).agg(nw.len().alias("rows"))
    groups = counted.filter(nw.col("rows") > 1)
    first = PLACES[kind].fetch(groups.sort(UNIT).head(row_errors.FIRST).to_native())
    names = row_errors.labels(first, [None] * len(first), language)
    return [
        Diagnostic.of("GR633", None, (name,), unit=str(row[UNIT]))
        for name, row in zip(names, first, strict=True)
    ]


def _refuse_bad_rows(scoring: Scoring, frame: Any, stored: Mapping[str, str], place: Place) -> None:
    """Refuse a table with rows that are wrong; the refusal names the first of them."""
    nw, inputs = scoring.engine.module, scoring.inputs
    is_bad = nw.col(inputs.bad_name)
    checked = frame
    for stage in (inputs.raw(), *inputs.flags(), [inputs.bad()]):
        checked = checked.with_columns(*stage) if stage else checked
    one_if_bad = nw.when(is_bad).then(nw.lit(1)).otherwise(nw.lit(0))
    counts = checked.select(nw.len().alias("rows"), one_if_bad.sum().alias("bad")).to_native()
    rows, bad = place.fetch(counts)[0].values()
    if not bad:
        return
    shown = {stored[name]: name for name in stored if name in inputs.given or name in LABELS}
    first = place.fetch(checked.filter(is_bad).select(*shown).head(row_errors.FIRST).to_native())
    first = [{shown[column]: value for column, value in row.items()} for row in first]
    labels = row_errors.labels(first, [None] * len(first), scoring.language)
    findings = [
        (label, row_errors.findings(inputs, row, text=False))
        for label, row in zip(labels, first, strict=True)
    ]
    raise row_errors.refused(bad, rows, findings, scoring.language)
