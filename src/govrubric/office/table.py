"""Grids -> the scoring tables among them: header, roles of columns, rows of indicators, total."""

from collections.abc import Iterable

from govrubric.office.grids import Grid, ScoringTable


def scoring_tables(grids: Iterable[Grid]) -> tuple[ScoringTable, ...]:
    """The scoring tables among some grids, in their order.

    Raises `DraftError` where there is none, and says what was looked for.
    """
    raise NotImplementedError(grids)
