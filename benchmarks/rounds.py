"""Variants -> the median seconds of each, measured in turns, and the number of wrong results."""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Group = Literal["limit", "ours", "peer"]


@dataclass(frozen=True)
class Variant:
    """A way to the same numbers; `wrong` counts the units with a wrong total in the result of `run`."""

    name: str
    group: Group
    given: str
    units: int
    run: Callable[[], Any]
    wrong: Callable[[Any], int]
    exact: bool = True


@dataclass(frozen=True)
class Row:
    """A measured variant: the seconds for its units, and the number of wrong totals."""

    name: str
    group: Group
    given: str
    units: int
    seconds: float
    wrong: int
    exact: bool = True
    peak: int = 0


class Wrong(Exception):
    """A variant that must be exact is not."""


def measured(variants: Sequence[Variant], rounds: int, say: Callable[[str], None]) -> list[Row]:
    """Measure all variants in each round; a variant runs twice in a round, and its second run counts.

    The first run has its memory as another variant left it. Raises `Wrong` at the first wrong number of an
    exact variant.
    """
    wrong = []
    for variant in variants:
        count = variant.wrong(variant.run())
        wrong.append(count)
        if variant.exact and count:
            units = f"{count} of {variant.units} units"
            raise Wrong(f"{variant.name}, from {variant.given}: {units} have another number than they must")
    times: list[list[float]] = [[] for _ in variants]
    for round_ in range(rounds):
        say(f"round {round_ + 1} of {rounds}")
        for variant, taken in zip(variants, times, strict=True):
            variant.run()
            gc.collect()
            began = time.perf_counter()
            kept = variant.run()
            taken.append(time.perf_counter() - began)
            del kept
    return [
        Row(
            variant.name,
            variant.group,
            variant.given,
            variant.units,
            statistics.median(taken),
            count,
            variant.exact,
        )
        for variant, taken, count in zip(variants, times, wrong, strict=True)
    ]
