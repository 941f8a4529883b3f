"""Score cards -> a frame with a column for each input, and the names of the units."""

from collections.abc import Sequence
from fractions import Fraction

import polars as pl

from govrubric.numbers import written
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard
from govrubric.scoring.ledger import Given

TYPES = {"count": pl.Int64, "flag": pl.Boolean, "number": pl.String, "choice": pl.String}


def of_cards(rubric: Rubric, cards: Sequence[ScoreCard]) -> pl.DataFrame:
    """The inputs that the cards were made of; numbers are texts of digits."""
    rows = [card.inputs for card in cards]
    inputs = {
        name: pl.Series(name, [_cell(row[name]) for row in rows], TYPES[input_.kind])
        for name, input_ in rubric._inputs.items()
    }
    return pl.DataFrame([pl.Series("unit", [card.unit for card in cards], pl.String), *inputs.values()])


def _cell(given: Given) -> int | bool | str:
    return given.value if isinstance(given.value, (int, str)) else written(Fraction(given.value))
