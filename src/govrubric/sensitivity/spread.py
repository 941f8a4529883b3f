"""Totals and the contribution of each indicator -> the part of the totals' spread that comes from each."""

from collections.abc import Mapping
from fractions import Fraction

import polars as pl

from govrubric.numbers import Exact


def spread(totals: pl.Series, contributions: Mapping[str, tuple[pl.Series, int]]) -> dict[str, Exact] | None:
    """The part of each indicator; the parts add up to 1.

    A part is the covariance of the indicator's contribution with the total, divided by the sum of these
    covariances. ``None`` where the indicators do not set the totals apart. `totals` are whole numbers, null
    where a unit has none. `contributions` are whole numbers with their denominator, null where a unit has
    none.
    """
    parts = {path: Fraction(_covariance(totals, whole), den) for path, (whole, den) in contributions.items()}
    together = sum(parts.values(), Fraction(0))
    return {path: Exact(part / together) for path, part in parts.items()} if together > 0 else None


def _covariance(totals: pl.Series, contributions: pl.Series) -> int:
    """The covariance over the units with a total, times the square of their number."""
    rows = pl.DataFrame({"total": totals, "added": contributions.fill_null(0)}).drop_nulls().cast(pl.Int128)
    sums: dict[str, int] = rows.select(
        units=pl.len(),
        total=pl.col("total").sum(),
        added=pl.col("added").sum(),
        products=(pl.col("total") * pl.col("added")).sum(),
    ).row(0, named=True)
    return sums["units"] * sums["products"] - sums["total"] * sums["added"]
