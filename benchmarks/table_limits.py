"""A table -> the limits: the form written out by hand over int32, nothing generic, nothing checked."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import govrubric
import polars

import checked
import fused
import polars_by_hand
from numpy_by_hand import Scored
from rounds import Variant
from table import Table, decimals, frame, judged


def variants(rubric: govrubric.Rubric, table: Table, want: checked.Want, items: bool, folder: Path) -> Iterator[Variant]:
    """By hand over a table: polars for whole points, and for hundredths also the others."""
    whole, given = frame(table).lazy(), table.given
    added = polars_by_hand.written(given, items)
    size = len(want) if items else 1
    right = checked.exactly(want, size, lambda got: got)

    def limit(name: str, note: str, run: Any, wrong: checked.Wrong) -> Variant:
        return Variant(name, "limit", note, table.units, run, wrong)

    if given == 1:
        yield limit("polars by hand", "whole points", lambda: polars_by_hand.collected(whole, added), right)
        return
    yield limit("polars by hand", "hundredths", lambda: polars_by_hand.collected(whole, added), right)
    tens = decimals(rubric, frame(table)).lazy()
    cast = [polars.col(name).to_physical().cast(polars.Int32) for name in judged(rubric)]
    yield limit("polars by hand, from decimals", "decimals", lambda: polars_by_hand.collected(tens, [cast, *added]), right)
    arrays, framed = Scored(rubric, table), checked.exactly(want, size, checked.framed)
    yield limit("numpy by hand", "hundredths", lambda: arrays.run(items), framed)
    if fused.compiler():
        loop = fused.Loop(rubric, table, folder)
        yield limit("one loop in C", "hundredths", lambda: loop.run(items), framed)
