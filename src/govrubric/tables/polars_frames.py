"""A frame of polars, in memory or lazy -> a lazy one with its scores."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from govrubric.diagnostics.diagnostic import TallyError
from govrubric.tables import row_errors as faults
from govrubric.tables.columns import Given
from govrubric.tables.engines import Expr
from govrubric.tables.outputs import ERROR, OnError
from govrubric.tables.program import BAD, MINE, SMALL
from govrubric.tables.scorer import Scoring

LABELS = ("unit", "name")
ROW = f"{MINE}row"
NUMBER = f"{MINE}number"


def scored(scoring: Scoring, frame: Any, on_error: OnError, kept: Sequence[str]) -> Any:
    """A frame -> a lazy one with the columns that are kept and its scores; to ``raise`` it looks at every input first.

    The rows of a lazy frame may be others by the time that it is computed: one that is wrong then has no scores.
    """
    lazy = frame.lazy()
    if on_error == "report":
        return scoring.program(sound=False).run(lazy, kept, [_error(scoring).alias(ERROR)])
    small = _small(scoring, frame)
    if small is None and (refusal := refused(scoring, lazy, scoring.language)):
        raise refusal
    sound = small is not None and lazy is not frame
    return scoring.program(sound=sound, small=sound and bool(small)).run(lazy, kept)


def flagged(scoring: Scoring, frame: Any, on_error: OnError, kept: Sequence[str]) -> Any:
    """The same without a look beforehand: rows that are wrong have no scores, and the last column is their flag, `BAD`."""
    behind = [_error(scoring).alias(ERROR)] if on_error == "report" else []
    return scoring.program(sound=False).run(frame, kept, [*behind, scoring.engine.module.col(BAD)])


def _small(scoring: Scoring, frame: Any) -> bool | None:
    """Whether every count is small, where all rows are plainly right; None where one may be wrong."""
    inputs = scoring.inputs
    if any(name not in inputs.given for name in inputs.must()):
        return None
    asked: list[Expr] = []
    for name, one in inputs.given.items():
        asked.append(one.column.null_count().alias(f"{name}?"))
        checks = inputs.checks(name)
        if one.limits is not None:
            asked += _ends(name, one)
            del checks[0]
        asked += [(~check.passed).any().alias(f"{name}{index}") for index, check in enumerate(checks)]
    made = inputs.raw(sound=True)
    if not asked:
        return True
    looked = (frame.with_columns(made) if made else frame).select(asked)
    row = (
        looked.lazy().collect().row(0, named=True)
    )  # what is in memory was looked at already, without a plan for it
    most = 0
    for name, one in inputs.given.items():
        if one.limits is None:
            continue
        low, high = row.pop(f"{name}<", 0), row.pop(f"{name}>")
        if high is not None and not one.limits[0] <= low <= high <= one.limits[1]:
            return None
        most = max(most, int(high or 0)) if one.input.kind == "count" else most
    return None if any(row.values()) else most <= SMALL


def _ends(name: str, one: Given) -> list[Expr]:
    """The greatest value of a column, and the least where it may be below zero; else a negative one is seen as the largest of all."""
    assert one.limits is not None
    if not one.whole or one.limits[0] < 0:
        return [one.column.min().alias(f"{name}<"), one.column.max().alias(f"{name}>")]
    return [one.column.reinterpret(signed=False).max().alias(f"{name}>")]


def refused(scoring: Scoring, frame: Any, language: str) -> TallyError | None:
    """The refusal of a table with rows that are wrong; none, where the nulls that it has are excused."""
    pl, inputs = scoring.engine.module, scoring.inputs
    shown = [name for name in frame.collect_schema().names() if name in inputs.given or name in LABELS]
    checked = frame.with_row_index(NUMBER, 1).with_columns(inputs.raw()).with_columns(inputs.bad())
    rows, bad = checked.select(pl.len(), pl.col(BAD).sum().alias(BAD)).collect(engine="streaming").row(0)
    if not bad:
        return None
    first = (
        checked.filter(BAD).select(NUMBER, *shown).head(faults.FIRST).collect(engine="streaming").to_dicts()
    )
    where = faults.labels(first, [row.pop(NUMBER) for row in first], language)
    found = (
        (label, faults.findings(inputs, row, text=scoring.text))
        for label, row in zip(where, first, strict=True)
    )
    return faults.refused(bad, rows, found, language)


def _error(scoring: Scoring) -> Expr:
    """What is wrong with each row, and null where nothing is."""
    pl = scoring.engine.module
    columns = [one.column.alias(name) for name, one in scoring.inputs.given.items()]
    return pl.struct(*columns, BAD).map_batches(
        partial(told, scoring), return_dtype=pl.String, is_elementwise=True
    )


def told(scoring: Scoring, series: Any) -> Any:
    """Rows with their flag -> what is wrong with each; our own function looks at the bad ones alone."""
    pl, frame = scoring.engine.module, series.struct.unnest()
    places = frame.get_column(BAD).arg_true()
    if places.is_empty():
        return pl.repeat(None, len(frame), dtype=pl.String, eager=True)
    found: list[str | None] = [None] * len(frame)
    for place, row in zip(places, frame.select(pl.exclude(BAD))[places].to_dicts(), strict=True):
        found[place] = faults.said(scoring.inputs, faults.findings(scoring.inputs, row, text=scoring.text))
    return pl.Series(found, dtype=pl.String)
