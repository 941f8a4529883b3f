"""A table of any supported library -> the same kind of table with its scores.

Polars computes all tables that are in memory: it is the fastest, and one engine is easier to trust than
three. DuckDB and PySpark compute where their data is, through narwhals.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

from govrubric.diagnostics.diagnostic import Diagnostic, TallyError
from govrubric.tables import arrow_data, databases, polars_frames
from govrubric.tables.columns import TableKind, unfit
from govrubric.tables.engines import installed
from govrubric.tables.forked import refuse_after_fork
from govrubric.tables.outputs import DETAILS, Detail, OnError
from govrubric.tables.pandas_frames import PandasColumns
from govrubric.tables.scorer import TableScorer, refuse

KINDS = "polars, pandas, pyarrow, DuckDB or PySpark, or anything that exports Arrow data"
OWN: dict[TableKind, tuple[str, ...]] = {
    "polars": ("DataFrame", "LazyFrame"),
    "pandas": ("DataFrame",),
    "pyarrow": ("Table", "RecordBatch"),
    "duckdb": ("DuckDBPyRelation",),
    "pyspark": ("DataFrame",),
}


def score_frame(scorer: TableScorer, frame: Any, detail: Detail, on_error: OnError, *, scaled: bool) -> Any:
    """A table -> the same kind of table with its scores; see `Rubric.score_frame`."""
    for name, value, known in (("detail", detail, DETAILS), ("on_error", on_error, ("raise", "report"))):
        if value not in known:
            raise ValueError(f"{name} is one of {', '.join(known)}, not {value!r}")
    kind = _kind(frame)
    with computed(kind, scorer.language):
        if kind == "duckdb" or kind == "pyspark":
            return databases.scored(scorer, frame, kind, detail, on_error, scaled=scaled)
        refuse_after_fork()
        pl = installed("polars", "frames")
        if kind == "pandas" or kind == "pyarrow":
            return _scored_beside(scorer, frame, kind, detail, on_error, scaled=scaled)
        if kind == "arrow":
            frame = arrow_data.polars_frame(_arrow_table(frame), scorer.language)
        schema = frame.collect_schema()
        scoring = scorer.scoring(schema, detail, scaled=scaled)
        scored = polars_frames.scored(scoring, frame, on_error, schema.names())
        return scored if isinstance(frame, pl.LazyFrame) else scored.collect(engine="streaming")


@contextmanager
def computed(kind: TableKind | Literal["arrow"], language: str) -> Iterator[None]:
    """While it lasts, a failure of the library that computes a table is a `TallyError`."""
    library = {"pyspark": "pyspark", "duckdb": "duckdb"}.get(kind, "polars")
    try:
        yield
    except (KeyboardInterrupt, TallyError, ImportError, OSError):
        raise
    except BaseException as error:  # a panic of polars is no `Exception`
        if not isinstance(error, _failures(library)):
            raise
        reason = str(error).partition("\n")[0] or type(error).__name__
        raise TallyError([Diagnostic.of("GR659", library=library, reason=reason)], language) from None


def _failures(library: str) -> tuple[type[BaseException], ...]:
    """The errors by which a library says that it cannot compute a table."""
    if library == "polars":
        errors = installed("polars", "frames").exceptions
        return (errors.PolarsError, errors.PanicException)
    if library == "duckdb":
        return (installed("duckdb").Error,)
    return (installed("pyspark.errors").PySparkException, installed("py4j.protocol").Py4JError)


def _arrow_table(frame: Any) -> Any:
    """The table that something exports; a column alone is exported in the same way, and is none."""
    pa = installed("pyarrow")
    try:
        reader = pa.RecordBatchReader.from_stream(frame)
    except (pa.ArrowException, TypeError):
        raise _no_table(frame) from None
    return reader.read_all()


def _scored_beside(
    scorer: TableScorer,
    frame: Any,
    kind: Literal["pandas", "pyarrow"],
    detail: Detail,
    on_error: OnError,
    *,
    scaled: bool,
) -> Any:
    """A table of pandas or pyarrow with the scores that polars computes; its own columns stay as they are."""
    pl = installed("polars", "frames")
    if kind == "pandas":
        columns = PandasColumns(frame)
        names, types, column = columns.names, columns.types(), columns.array
        refuse(list(columns.misnamed(scorer)), scorer.language)
    else:
        names, types, column = (
            frame.schema.names,
            dict(zip(frame.schema.names, frame.schema.types, strict=True)),
            frame.column,
        )
    inputs = _series(scorer, kind, names, column)
    schema = {**types, **{name: series.dtype for name, series in inputs.items()}}
    scoring = scorer.scoring(schema, detail, scaled=scaled, kind=kind)
    # The column of row numbers keeps the rows where no column is read.
    row = f"{scoring.inputs.prefix}row"
    rows = pl.DataFrame({row: pl.int_range(frame.shape[0], eager=True), **inputs})
    scores = polars_frames.scored(scoring, rows, on_error, [row]).collect(engine="streaming").drop(row)
    return _beside_pandas(frame, scores) if kind == "pandas" else _beside_arrow(frame, scores)


def _kind(frame: Any) -> TableKind | Literal["arrow"]:
    """The library that a table belongs to; ``arrow`` for any other table that exports Arrow data."""
    root, name = type(frame).__module__.partition(".")[0].lstrip("_"), type(frame).__name__
    for kind, names in OWN.items():
        if root == kind and name in names:
            return kind
    if hasattr(frame, "__arrow_c_stream__"):
        return "arrow"
    raise _no_table(frame)


def _no_table(frame: Any) -> TypeError:
    return TypeError(f"a table is one of {KINDS}, not {type(frame).__name__}")


def _columns_to_read(scorer: TableScorer, names: list[str]) -> list[str]:
    """The names of the columns that scoring reads; raises `TallyError` where one of them stands twice."""
    read = [name for name in names if name in scorer.inputs or name in polars_frames.LABELS]
    if twice := sorted(name for name, number in Counter(read).items() if number > 1):
        raise TallyError(
            [Diagnostic.of("GR631", None, (name,), name=name) for name in twice], scorer.language
        )
    return read


def _series(
    scorer: TableScorer, kind: TableKind, names: list[str], column: Callable[[str], Any]
) -> dict[str, Any]:
    """The columns that scoring reads, as series of polars.

    Raises:
        TallyError: with the inputs whose columns polars cannot hold.
    """
    pl = installed("polars", "frames")
    findings, series = [], {}
    for name in _columns_to_read(scorer, names):
        try:
            series[name] = pl.Series(name, arrow_data.readable(column(name)))
        except arrow_data.UnheldError as error:
            if name not in scorer.inputs:
                continue
            if str(error) == arrow_data.NOT_UTF8:
                findings.append(arrow_data.unheld(name, str(error)))
            else:
                findings.append(unfit(scorer.inputs[name], str(error), kind))
    refuse(findings, scorer.language)
    return series


def _beside_pandas(frame: Any, scores: Any) -> Any:
    """The frame with the scores after its own columns; decimals are those of Arrow, since pandas has none."""
    pd = installed("pandas")
    columns = scores.to_arrow().to_pandas(types_mapper=pd.ArrowDtype).set_axis(frame.index)
    return pd.concat([frame, columns], axis=1)


def _beside_arrow(frame: Any, scores: Any) -> Any:
    """The table with the scores after its own columns."""
    columns = scores.to_arrow()
    pa = installed("pyarrow")
    if isinstance(frame, pa.RecordBatch):
        (columns,) = columns.combine_chunks().to_batches() or [pa.RecordBatch.from_pylist([], columns.schema)]
    return type(frame).from_arrays(
        [*frame.columns, *columns.columns],
        schema=pa.schema([*frame.schema, *columns.schema], frame.schema.metadata),
    )
