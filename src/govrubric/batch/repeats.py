"""The column `unit` of a table -> the units that stand in it twice.

A file may have more units than there is memory for their names. So only their hashes are kept, eight bytes
for each unit. Where two hashes are equal, the table is read again.
"""

from typing import Any

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.tables.engines import installed
from govrubric.tables.row_errors import FIRST, labels

UNIT = "unit"


def countable(dtype: Any) -> bool:
    """Whether a column of this type can name units; None is no column."""
    pl = installed("polars")
    texts = (pl.String, pl.Categorical, pl.Enum, pl.Boolean, pl.Date, pl.Datetime)
    return dtype is not None and (dtype.is_numeric() or dtype in texts)


def _named(unit: Any) -> Any:
    """Units as they are compared: texts without spaces around them, as a column or an expression."""
    pl = installed("polars")
    return unit.cast(pl.String).str.strip_chars()


def hashes(units: Any) -> Any:
    """The hashes of a piece of the column, without those of rows that name no unit."""
    named = _named(units)
    return named.filter((named != "").fill_null(False)).hash()


def twice(all_hashes: Any) -> Any:
    """The hashes that stand in a column more than once; None where each stands once."""
    if all_hashes.n_unique() == len(all_hashes):
        return None
    ordered = all_hashes.sort()
    return ordered.filter(ordered == ordered.shift()).unique()


def found(frame: Any, suspects: Any, language: str) -> list[Diagnostic]:
    """The findings for the first units that stand twice in a lazy frame, each with the numbers of both rows.

    Unless `suspects` is None, only units with these hashes are compared.
    """
    pl, number = installed("polars"), "number"
    named = _named(pl.col(UNIT))
    rows = frame.select(named.alias(UNIT)).with_row_index(number, 1).filter(pl.col(UNIT) != "")
    if suspects is not None:
        rows = rows.filter(pl.col(UNIT).hash().is_in(suspects.implode()))
    groups = rows.group_by(UNIT).agg(
        pl.len(), pl.col(number).min().alias("first"), pl.col(number).bottom_k(2).max().alias("second")
    )
    first = groups.filter(pl.col("len") > 1).sort("second").head(FIRST)
    repeated = first.collect(engine="streaming").to_dicts()
    names = labels(repeated, [row["second"] for row in repeated], language)
    return [
        Diagnostic.of("GR633", None, (name,), unit=row[UNIT], first=str(row["first"]))
        for name, row in zip(names, repeated, strict=True)
    ]
