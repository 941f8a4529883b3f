"""A table -> the limits: the form by hand over int32, without anything generic or checked."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars

import checked
import fused
import govrubric
import polars_by_hand
from numpy_by_hand import Scored
from rounds import Variant
from table import Table, decimals, frame, judged


def variants(
    rubric: govrubric.Rubric, table: Table, want: checked.Want, items: bool, folder: Path
) -> Iterator[Variant]:
    """The variants by hand: polars for whole points, and for hundredths also numpy and C."""
    whole, given = frame(table).lazy(), table.given
    added = polars_by_hand.written(given, items)
    size = len(want) if items else 1
    right = checked.exactly(want, size, lambda got: got)

    def limit(name: str, note: str, run: Any, wrong: checked.Wrong) -> Variant:
        return Variant(name, "limit", note, table.units, run, wrong)

    if given == 1:
        yield limit("polars by hand", "whole points", lambda: polars_by_hand.collected(whole, added), right)
        looks = polars_by_hand.look(name for name, input_ in rubric._inputs.items() if input_.kind != "flag")

        def checked_first() -> polars.DataFrame:
            least_and_greatest = whole.select(looks).collect().row(0)
            assert min(least_and_greatest) >= 0
            return polars_by_hand.collected(whole, added)

        yield limit("polars by hand, inputs checked", "whole points", checked_first, right)
        paths = list(want) if items else ["total"]
        tens = [*added, polars_by_hand.decimals(paths)]
        passed = [polars_by_hand.named(path) for path in paths]

        def to_decimals() -> polars.DataFrame:
            return polars_by_hand.lazily(whole, tens).drop(passed).collect(engine="streaming")

        yield limit("polars by hand, decimals out", "whole points", to_decimals, right)
        return
    yield limit("polars by hand", "hundredths", lambda: polars_by_hand.collected(whole, added), right)
    exact = decimals(rubric, frame(table)).lazy()
    cast = [polars.col(name).to_physical().cast(polars.Int32, wrap_numerical=True) for name in judged(rubric)]
    yield limit(
        "polars by hand, from decimals",
        "decimals",
        lambda: polars_by_hand.collected(exact, [cast, *added]),
        right,
    )
    arrays, framed = Scored(rubric, table), checked.exactly(want, size, checked.framed)
    yield limit("numpy by hand", "hundredths", lambda: arrays.run(items), framed)
    if fused.compiler():
        loop = fused.Loop(rubric, table, folder)
        yield limit("one loop in C", "hundredths", lambda: loop.run(items), framed)
