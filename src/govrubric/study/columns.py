"""Score cards, or the file of a table -> a frame with a column for each input, and the units' names."""

import os
import stat
from collections.abc import Sequence
from fractions import Fraction
from pathlib import PurePath

import polars as pl

from govrubric.card import ScoreCard
from govrubric.diagnostics import Diagnostic
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
    """Whether a file is a table of columns with types."""
    return PurePath(path).suffix.lower() in TABLES


def of_file(path: str) -> pl.DataFrame | Diagnostic:
    """The table in a Parquet or Arrow file, or what is wrong with the file."""
    place = Place(path, 1, 1, 2, "")
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return Diagnostic.of("GR102", place)
        made = pl.read_parquet(path) if PurePath(path).suffix.lower() == ".parquet" else pl.read_ipc(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        return Diagnostic.of("GR101", place, reason=getattr(error, "strerror", None) or str(error).partition("\n")[0])
    return Diagnostic.of("GR634", place) if made.is_empty() else made
