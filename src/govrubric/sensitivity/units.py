"""The file of a table -> a frame with a column for each input, and the names of the units."""

import os
from pathlib import PurePath

import polars as pl

from govrubric.batch import csv, files, repeats
from govrubric.batch.files import KINDS, Kind
from govrubric.batch.passing import Cells
from govrubric.diagnostics.diagnostic import Diagnostic, TallyError
from govrubric.diagnostics.source import Place
from govrubric.document.files import RUBRIC_LIMIT
from govrubric.rubric import Rubric
from govrubric.tables import polars_frames
from govrubric.tables.scorer import refuse

Frame = pl.DataFrame  # for modules that must not import polars


def is_table(path: str) -> bool:
    """Whether a file is a table with typed columns, or a CSV that is larger than a file of tallies may be."""
    kind = KINDS.get(_suffix(path))
    if kind == "csv":
        return os.path.isfile(path) and os.path.getsize(path) > RUBRIC_LIMIT
    return kind is not None


def read(rubric: Rubric, path: str) -> pl.DataFrame:
    """The table in a Parquet, Arrow or CSV file; raises `TallyError` with what is wrong with it."""
    language, kind = rubric._text.language, KINDS[_suffix(path)]
    refuse([missing for missing in [files.missing(path)] if missing], language)
    try:
        if kind == "csv":
            return csv.read(rubric, path, lambda table: _of_cells(rubric, path, table), carried=False)
        frame = _of_types(path, kind, language)
    except OSError as error:
        raise TallyError([_unopened(path, error)], language) from None
    return unrepeated(rubric, frame)


def unrepeated(rubric: Rubric, frame: pl.DataFrame) -> pl.DataFrame:
    """A frame in which no unit stands twice; raises `TallyError` for another."""
    if repeats.countable(frame.schema.get(repeats.UNIT)):
        language = rubric._text.language
        refuse(repeats.found(frame.lazy(), None, language), language)
    return frame


def _suffix(path: str) -> str:
    return PurePath(path).suffix.lower()


def _unopened(path: str, error: OSError) -> Diagnostic:
    return Diagnostic.of("GR101", Place(path, 1, 1, 2, ""), reason=str(error.strerror))


def _of_types(path: str, kind: Kind, language: str) -> pl.DataFrame:
    refuse(files.swollen(path, kind), language)
    try:
        frame: pl.DataFrame = files.attempted(lambda: files.scanned(path, kind).collect())
    except files.UnreadError:
        found = files.faults(path, kind, lambda column: column.collect())
        raise TallyError(found, language) from None
    refuse([Diagnostic.of("GR634", Place(path, 1, 1, 2, ""))] if frame.is_empty() else [], language)
    return frame


def _of_cells(rubric: Rubric, path: str, table: csv.Table) -> pl.DataFrame:
    """The values in cells of text, each read as a value of a tally; an empty count or flag is 0 or false."""
    language = rubric._text.language
    cells = Cells(pl, len(table.columns.names), quoted=table.marks.quoted)
    lazy = files.scanned(table.path, "csv", table.columns.names, table.columns.before)
    texts: pl.DataFrame = files.attempted(lambda: cells.counted(lazy).collect(engine="streaming"))
    csv.checked(rubric, path, table, cells.rows, cells.commas, carried=False)
    scoring = rubric._tables.scoring(texts.schema, "total", scaled=True, text=True)
    refusal = polars_frames.refused(scoring, texts.lazy(), language)
    repeated = repeats.found(texts.lazy(), None, language) if repeats.UNIT in texts.columns else []
    refuse([*(refusal.diagnostics if refusal else ()), *repeated], language)
    values = [
        (given.value(given.column) if given.input.kind in ("count", "flag") else given.column).alias(name)
        for name, given in scoring.inputs.given.items()
    ]
    labels = [name for name in polars_frames.LABELS if name in texts.columns]
    return texts.select(*(pl.col(name).str.strip_chars().replace("", None) for name in labels), *values)
