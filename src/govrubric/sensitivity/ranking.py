"""Totals of many units -> their ranking; two rankings -> what moved from the first to the second.

Totals are columns of whole numbers over a common denominator, null where a unit has none. Equal totals share
a rank: 1, 1, 3. A unit without a total has no rank.
"""

from dataclasses import dataclass
from typing import Any

import polars as pl

from govrubric.diagnostics.display import seen
from govrubric.numbers import ratio
from govrubric.sensitivity.results import Farthest, Moves


@dataclass(frozen=True, slots=True)
class Ranking:
    """The totals of units in file order, times `den`, their ranks, and their grades, if there are any."""

    totals: pl.Series
    ranks: pl.Series
    grades: pl.Series
    den: int

    @classmethod
    def of(cls, totals: pl.Series, den: int, grades: pl.Series | None = None) -> "Ranking":
        """Totals as whole numbers over `den`."""
        none = pl.Series([None], dtype=pl.String).new_from_index(0, len(totals))
        return cls(
            totals.cast(pl.Int64),
            totals.rank("min", descending=True).cast(pl.Int64),
            none if grades is None else grades,
            den,
        )

    @property
    def void(self) -> int:
        """How many units have no total."""
        return self.totals.null_count()


def moves(before: Ranking, after: Ranking, units: pl.Series) -> Moves:
    """The moves from one ranking to the other; `units` are the names of the units."""
    rows = pl.DataFrame(
        {
            "before": before.ranks,
            "after": after.ranks,
            "change": after.totals - before.totals,
            "grade": before.grades,
            "regrade": after.grades,
        }
    )
    move, change = pl.col("after") - pl.col("before"), pl.col("change")
    facts: dict[str, Any] = rows.select(
        units=change.count(),
        change=change.sum(),
        greatest=change.get(change.abs().arg_max()),
        moved=pl.col("before").ne_missing(pl.col("after")).sum(),
        places=move.abs().sum(),
        farthest=move.abs().arg_max(),
        first=(pl.col("before") == 1).fill_null(False).ne((pl.col("after") == 1).fill_null(False)).any(),
        regraded=pl.col("grade").ne_missing(pl.col("regrade")).sum(),
    ).row(0, named=True)
    mean = greatest = farthest = None
    if facts["units"]:
        mean = ratio(facts["change"], facts["units"] * before.den)
        greatest = ratio(facts["greatest"], before.den)
    if facts["places"]:
        row = facts["farthest"]
        farthest = Farthest(seen(str(units[row])), before.ranks[row], after.ranks[row])
    return Moves(
        mean,
        greatest,
        facts["moved"],
        facts["places"],
        farthest,
        facts["first"],
        facts["regraded"],
        after.void,
    )
