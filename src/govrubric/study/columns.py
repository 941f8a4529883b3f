"""Score cards, or the file of a table -> a frame with a column for each input, and the units' names."""

import os
import stat
from collections.abc import Sequence
from fractions import Fraction
from pathlib import PurePath

import polars as pl

from govrubric.card import ScoreCard
from govrubric.diagnostics import Diagnostic
from govrubric.files import RUBRIC_LIMIT
from govrubric.ledger import Given
from govrubric.numbers import written
from govrubric.rubric import Rubric
from govrubric.source import Place

TABLES = (".parquet", ".arrow", ".ipc", ".feather")
TYPES = {"count": pl.Int64, "flag": pl.Boolean, "number": pl.String, "choice": pl.String}


def of_cards(rubric: Rubric, cards: Sequence[ScoreCard]) -> pl.DataFrame:
    """What the cards of some units were made of; numbers are digits."""
    rows = [card.inputs for card in cards]
    inputs = {name: pl.Series(name, [_cell(row[name]) for row in rows], TYPES[one.kind]) for name, one in rubric.inputs.items()}
    return pl.DataFrame([pl.Series("unit", [card.unit for card in cards], pl.String), *inputs.values()])


def _cell(given: Given) -> int | bool | str:
    return given.value if isinstance(given.value, (int, str)) else written(Fraction(given.value))


def is_table(path: str) -> bool:
    """Whether a file is a table of columns with types, or a CSV that is larger than a file of tallies may be."""
    suffix = PurePath(path).suffix.lower()
    return suffix in TABLES or (suffix == ".csv" and os.path.isfile(path) and os.path.getsize(path) > RUBRIC_LIMIT)


def of_file(rubric: Rubric, path: str) -> pl.DataFrame | Diagnostic:
    """The table in a Parquet, Arrow or CSV file, or what is wrong with the file."""
    place = Place(path, 1, 1, 2, "")
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return Diagnostic.of("GR102", place)
        match PurePath(path).suffix.lower():
            case ".parquet":
                made = pl.read_parquet(path)
            case ".csv":
                made = _typed(rubric, pl.read_csv(path, infer_schema=False))
            case _:
                made = pl.read_ipc(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        return Diagnostic.of("GR101", place, reason=getattr(error, "strerror", None) or str(error).partition("\n")[0])
    return Diagnostic.of("GR634", place) if made.is_empty() else made


def _typed(rubric: Rubric, texts: pl.DataFrame) -> pl.DataFrame:
    """Cells of text as values, where an empty count or flag is 0 or false; a column that holds anything else stays text, for scoring to refuse."""
    made = []
    for column in texts:
        one = rubric.inputs.get(column.name)
        cells = column.str.strip_chars().fill_null("")
        if one is not None and one.kind == "count":
            values = cells.replace("", "0").cast(pl.Int64, strict=False)
        elif one is not None and one.kind == "flag":
            values = (
                cells.str.to_lowercase().replace("", "false").replace_strict({"true": True, "false": False}, default=None, return_dtype=pl.Boolean)
            )
        else:
            values = cells.set(cells == "", None)
        made.append(column if one is not None and not one.required and values.has_nulls() else values)
    return pl.DataFrame(made)
