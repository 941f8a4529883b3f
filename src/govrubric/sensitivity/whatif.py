"""Rubric x tallies -> how totals and ranks move with each rule and count: what `whatif` gives."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol

from govrubric import tally_files
from govrubric.diagnostics.diagnostic import Diagnostic, TallyError
from govrubric.diagnostics.display import shown
from govrubric.numbers import NotANumber, exact
from govrubric.rubric import Rubric
from govrubric.scoring.unit import Tally, Unit
from govrubric.sensitivity.report import WhatIf


class Frame(Protocol):
    """A frame of polars, as strict checkers can see it where polars is not installed."""

    def lazy(self) -> Any: ...


def whatif(
    rubric: Rubric,
    tallies: Iterable[Tally | Unit] | Frame,
    *,
    share: Decimal | Fraction | str = "0.1",
) -> WhatIf:
    """Tallies -> how totals and the ranking move with each rule and count, and which indicator decides.

    Args:
        rubric: the rubric of the tallies.
        tallies: a tally for each unit, as `Rubric.score` takes it, where the key ``unit`` names the unit, or
            the units that `Rubric.read` gives. Or a frame of polars with a row for each unit, as
            `Rubric.score_frame` takes it.
        share: by how much the effect of each rule is made smaller and larger, above 0 and below 1.

    Raises:
        TallyError: with every finding, if a tally is refused, a unit stands twice, or there is none. A
            finding's `path` begins with the code of its unit, or with the number of the tally, from 0, where
            it has none.
        ValueError: for another share.
        ImportError: with the name of the package to install, where polars is missing.
    """
    part = _share(share)
    needed()
    import polars as pl

    from govrubric.sensitivity import cards, units
    from govrubric.sensitivity.study import Study

    if isinstance(tallies, pl.DataFrame):
        frame = units.unrepeated(rubric, tallies)
    elif not isinstance(tallies, Iterable):
        raise TypeError(f"tallies are mappings, or a frame of polars, and not {type(tallies).__name__}")
    else:
        scored = tally_files.of_one(rubric, tally_files.scored(rubric, tallies))
        frame = cards.of_cards(rubric, [card for _, card in scored])
    if frame.is_empty():
        raise TallyError([Diagnostic.of("GR634")], rubric._text.language)
    study = Study(rubric, frame, part)
    return study.result(study.outcomes())


def needed() -> None:
    """Raise `ImportError`, with the packages to install, where polars is missing."""
    try:
        import polars  # noqa: F401 - only looked for: an extra, so it may be absent
    except ImportError:
        raise ImportError("whatif needs more packages: pip install 'govrubric[frames]'") from None


def _share(share: object) -> Fraction:
    try:
        part = exact(share)
    except NotANumber:
        part = Fraction(0)
    if not 0 < part < 1:
        text = share if isinstance(share, str) else shown(share)
        raise ValueError(f"a share is above 0 and below 1, such as '0.1', and this is {ascii(text)[:60]}")
    return part
