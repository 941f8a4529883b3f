"""A frame of polars, in memory or lazy -> a lazy frame with its scores."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from govrubric.diagnostics.diagnostic import TallyError
from govrubric.tables import row_errors
from govrubric.tables.columns import Given
from govrubric.tables.digits import texts
from govrubric.tables.engines import Expr, installed
from govrubric.tables.outputs import ERROR, OnError
from govrubric.tables.program import SMALL
from govrubric.tables.scorer import Scoring

LABELS = ("unit", "name")


def scored(scoring: Scoring, frame: Any, on_error: OnError, kept: Sequence[str]) -> Any:
    """A frame -> a lazy frame with the columns that are kept and the scores.

    To ``raise``, every row is checked first. A lazy frame may have other rows by the time that it is
    computed; a row that is wrong then has no scores.
    """
    scored = _scored(scoring, frame, on_error, literal(kept))
    # Without columns there are no rows, but a score that is a constant would make one.
    return scored if kept else scored.head(0)


def _scored(scoring: Scoring, frame: Any, on_error: OnError, kept: Sequence[Any]) -> Any:
    lazy = frame.lazy()
    if on_error == "report":
        return scoring.program(sound=False).run(lazy, kept, [_error(scoring).alias(ERROR)])
    small = _small_counts(scoring, frame)
    if small is None and (refusal := refused(scoring, lazy, scoring.language)):
        raise refusal
    in_memory = lazy is not frame
    sound = small is not None and in_memory
    return scoring.program(sound=sound, small=sound and bool(small)).run(lazy, kept)


def flagged(scoring: Scoring, frame: Any, on_error: OnError, kept: Sequence[str]) -> Any:
    """The same without a check beforehand: a wrong row has no scores, and the last column is its flag."""
    last = [_error(scoring).alias(ERROR)] if on_error == "report" else []
    last.append(scoring.engine.module.col(scoring.inputs.bad_name))
    return scoring.program(sound=False).run(frame, literal(kept), last)


def literal(names: Iterable[str]) -> list[Any]:
    """Columns of these names; polars reads a name such as `*` or `^.*$` as a pattern."""
    by_name = installed("polars.selectors", "frames").by_name
    return [by_name(name) for name in names]


def _small_counts(scoring: Scoring, frame: Any) -> bool | None:
    """Whether every count is small, where all rows are plainly right; None where a row may be wrong."""
    inputs = scoring.inputs
    if any(name not in inputs.given for name in inputs.must()):
        return None
    limited = [given for given in inputs.given.values() if given.limits is not None]
    ends = [end for given in limited for end in _ends(given)]
    faults: list[Expr] = []
    for name, given in inputs.given.items():
        checks = inputs.checks(name)
        if given.limits is not None:  # the ends of the column show whether it passes the check of the range
            del checks[0]
        faults += [given.column.null_count(), *((~check.passed).any() for check in checks)]
    if not faults:
        return True
    raw = inputs.raw(sound=True)
    table = frame.with_columns(raw) if raw else frame
    facts = table.select(expr.alias(str(index)) for index, expr in enumerate([*ends, *faults]))
    # The facts of a frame in memory are computed already, without a plan of a query.
    row = facts.lazy().collect().row(0)
    most = 0
    for given, low, high in zip(limited, row[0 : len(ends) : 2], row[1 : len(ends) : 2], strict=True):
        assert given.limits is not None
        if high is not None and not given.limits[0] <= low <= high <= given.limits[1]:
            return None
        if given.input.kind == "count":
            most = max(most, int(high or 0))
    return None if any(row[len(ends) :]) else most <= SMALL


def _ends(given: Given) -> tuple[Expr, Expr]:
    """The least and the greatest value of a column.

    Where no value may be below zero, the greatest is enough: a negative number read without its sign is
    greater than any other.
    """
    assert given.limits is not None
    if not given.whole or given.limits[0] < 0:
        return given.column.min(), given.column.max()
    return installed("polars").lit(0), given.column.reinterpret(signed=False).max()


def refused(scoring: Scoring, frame: Any, language: str) -> TallyError | None:
    """The refusal of a table with wrong rows; None, where every row is right."""
    pl, inputs = scoring.engine.module, scoring.inputs
    shown = [name for name in frame.collect_schema().names() if name in inputs.given or name in LABELS]
    number = f"{inputs.prefix}number"
    checked = frame.with_row_index(number, 1)
    for stage in (inputs.raw(), *inputs.flags(), [inputs.bad()]):
        checked = checked.with_columns(stage)
    rows, bad = checked.select(pl.len(), pl.col(inputs.bad_name).sum()).collect(engine="streaming").row(0)
    if not bad:
        return None
    wrong = checked.filter(inputs.bad_name).select(number, *shown).head(row_errors.FIRST)
    first = dicts(wrong.collect(engine="streaming"))
    labels = row_errors.labels(first, [row.pop(number) for row in first], language)
    findings = (
        (label, row_errors.findings(inputs, row, text=scoring.text))
        for label, row in zip(labels, first, strict=True)
    )
    return row_errors.refused(bad, rows, findings, language)


def dicts(frame: Any) -> list[dict[str, Any]]:
    """The rows of a frame."""
    columns = {
        series.name: texts(series) if series.dtype == installed("polars").String else series.to_list()
        for series in frame
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _error(scoring: Scoring) -> Expr:
    """What is wrong with each row, and null where nothing is."""
    pl = scoring.engine.module
    columns = [given.column.alias(name) for name, given in scoring.inputs.given.items()]
    return pl.struct(*columns, scoring.inputs.bad_name).map_batches(
        partial(errors, scoring), return_dtype=pl.String, is_elementwise=True
    )


def errors(scoring: Scoring, series: Any) -> Any:
    """Rows with their flag -> what is wrong with each; only rows with the flag are checked."""
    pl, frame = scoring.engine.module, series.struct.unnest()
    bad = scoring.inputs.bad_name
    places = frame.get_column(bad).arg_true()
    if places.is_empty():
        return pl.repeat(None, len(frame), dtype=pl.String, eager=True)
    found: list[str | None] = [None] * len(frame)
    for place, row in zip(places, dicts(frame.select(pl.exclude(bad))[places]), strict=True):
        findings = row_errors.findings(scoring.inputs, row, text=scoring.text)
        found[place] = row_errors.text_of(scoring.inputs, findings)
    return pl.Series(found, dtype=pl.String)
