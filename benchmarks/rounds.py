"""Variants -> the median seconds of each, measured in turns, and whether each came to the numbers that it must."""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Group = Literal["limit", "ours", "peer"]


@dataclass(frozen=True)
class Variant:
    """One way to the same numbers: `wrong` counts, in what `run` returned, the units whose total is another one."""

    name: str
    group: Group
    given: str
    units: int
    run: Callable[[], Any]
    wrong: Callable[[Any], int]
    exact: bool = True


@dataclass(frozen=True)
class Row:
    """What was measured: seconds for so many units, and wrong totals among them."""

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
    """Rounds alternate over all variants; each runs twice in a round, and the second time counts.

    The first run finds its memory as another variant left it. Raises `Wrong` at the first wrong number of an exact variant.
    """
    wrong = []
    for one in variants:
        wrong.append(one.wrong(one.run()))
        if one.exact and wrong[-1]:
            raise Wrong(
                f"{one.name}, from {one.given}: {wrong[-1]} of {one.units} units have another number than they must"
            )
    times: list[list[float]] = [[] for _ in variants]
    for round_ in range(rounds):
        say(f"round {round_ + 1} of {rounds}")
        for one, taken in zip(variants, times, strict=True):
            one.run()
            gc.collect()
            began = time.perf_counter()
            kept = one.run()
            taken.append(time.perf_counter() - began)
            del kept
    return [
        Row(one.name, one.group, one.given, one.units, statistics.median(taken), off, one.exact)
        for one, taken, off in zip(variants, times, wrong, strict=True)
    ]
