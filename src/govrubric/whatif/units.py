"""The file of a table -> a frame with a column for each input, and the units' names."""

import os
from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

import polars as pl

from govrubric.batch.csv import Header, header, unsound
from govrubric.batch.files import attempted, missing, scanned
from govrubric.batch.kinds import KINDS
from govrubric.diagnostics.diagnostic import Diagnostic, TallyError
from govrubric.diagnostics.source import Place
from govrubric.document.files import RUBRIC_LIMIT
from govrubric.document.nodes import Plain
from govrubric.formula.nodes import Input
from govrubric.rubric import Rubric
from govrubric.scoring.tally import check
from govrubric.tables.row_errors import labels

Frame = pl.DataFrame  # what others call it who need not know polars


def is_table(path: str) -> bool:
    """Whether a file is a table of columns with types, or a CSV that is larger than a file of tallies may be."""
    kind = KINDS.get(_suffix(path))
    return kind is not None and (
        kind != "csv" or (os.path.isfile(path) and os.path.getsize(path) > RUBRIC_LIMIT)
    )


def read(rubric: Rubric, path: str) -> pl.DataFrame:
    """The table in a Parquet, Arrow or CSV file; raises `TallyError` with what is wrong with the file."""
    made = _columns(path)
    if isinstance(made, pl.DataFrame) and made.is_empty():
        made = Diagnostic.of("GR634", Place(path, 1, 1, 2, ""))
    if isinstance(made, Diagnostic):
        raise TallyError([made], rubric.text.language)
    return _typed(rubric, made) if KINDS[_suffix(path)] == "csv" else made


def _suffix(path: str) -> str:
    return PurePath(path).suffix.lower()


def _columns(path: str) -> pl.DataFrame | Diagnostic:
    if (found := missing(path)) is not None:
        return found
    kind, head = KINDS[_suffix(path)], Header([], 0, 0)
    if kind == "csv":
        first = header(path)
        if isinstance(first, list):
            return first[0]
        if (found := unsound(path)) is not None:
            return found
        head = first
    try:
        made: pl.DataFrame | Diagnostic = attempted(
            path, kind, lambda: scanned(path, kind, head.names, head.before).collect()
        )
    except OSError as error:
        return Diagnostic.of("GR101", Place(path, 1, 1, 2, ""), reason=str(error.strerror))
    return made


def _typed(rubric: Rubric, texts: pl.DataFrame) -> pl.DataFrame:
    """Cells of text as values, where an empty count or flag is 0 or false; raises `TallyError` with the first wrong cell of each column."""
    made: list[pl.Series] = []
    found: list[Diagnostic] = []
    for column in texts:
        one = rubric.inputs.get(column.name)
        cells = column.str.strip_chars().fill_null("")
        if one is None or one.required:
            made.append(cells.set(cells == "", None))
            continue
        values = _counts(cells) if one.kind == "count" else _flags(cells)
        made.append(values)
        if values.has_nulls():
            wrong = int(values.is_null().arg_true()[0])
            found += _wrong(one, cells[wrong], texts.row(wrong, named=True), wrong + 1, rubric.text.language)
    if found:
        raise TallyError(found, rubric.text.language)
    return pl.DataFrame(made)


def _counts(cells: pl.Series) -> pl.Series:
    whole = cells.replace("", "0")
    return whole.set(~whole.str.contains("^-?[0-9]+$"), None).cast(pl.Int64, strict=False)


def _flags(cells: pl.Series) -> pl.Series:
    return (
        cells.str.to_lowercase()
        .replace("", "false")
        .replace_strict({"true": True, "false": False}, default=None, return_dtype=pl.Boolean)
    )


def _wrong(one: Input, cell: str, row: Mapping[str, Any], number: int, language: str) -> Iterator[Diagnostic]:
    """What `score` finds wrong with a cell, told of its row."""
    where = next(labels([row], [number], language))
    try:
        check({one.name: one}, {one.name: Plain(cell)})
    except TallyError as error:
        yield from (Diagnostic.of(each.code, None, (where,), **dict(each.args)) for each in error.diagnostics)
