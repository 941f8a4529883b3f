"""How often each total occurred -> the summary of a batch: the spread of the totals, grades, and rows in error."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from itertools import accumulate
from typing import NamedTuple

from govrubric.diagnostics.diagnostic import Diagnostic


class Group(NamedTuple):
    """So many units with the same total and grade, or with none; `bad` rows are those in error."""

    total: Fraction | None
    grade: str | None
    bad: bool
    units: int


class Spread(NamedTuple):
    """Where the totals lie; a quartile is the total of the unit at its rank, so that some unit has it."""

    lowest: Fraction
    lower: Fraction
    median: Fraction
    upper: Fraction
    highest: Fraction
    mean: Fraction


class Summary(NamedTuple):
    """What a batch came to; `first` are the findings of the first rows in error."""

    units: int
    spread: Spread | None
    grades: dict[str, int]
    void: int
    bad: int
    codes: dict[str, int]
    first: tuple[Diagnostic, ...]


def summary(
    groups: Iterable[Group], grades: Iterable[str], codes: dict[str, int], first: tuple[Diagnostic, ...]
) -> Summary:
    """Groups of units -> the summary, the `grades` in the rubric's order."""
    totals: Counter[Fraction] = Counter()
    named: Counter[str] = Counter()
    void = bad = 0
    for group in groups:
        if group.bad:
            bad += group.units
        elif group.total is None:
            void += group.units
        else:
            totals[group.total] += group.units
        if group.grade is not None:
            named[group.grade] += group.units
    units = totals.total() + void + bad
    return Summary(
        units,
        spread(totals),
        {name: named[name] for name in grades},
        void,
        bad,
        dict(sorted(codes.items())),
        first,
    )


def spread(totals: Counter[Fraction]) -> Spread | None:
    """Where the totals lie, if there is any."""
    units = totals.total()
    if not units:
        return None
    ordered = sorted(totals)
    reached = list(accumulate(totals[total] for total in ordered))
    quartiles = [ordered[bisect_left(reached, -(-quarter * units // 4))] for quarter in (1, 2, 3)]
    mean = sum((total * count for total, count in totals.items()), Fraction(0)) / units
    return Spread(ordered[0], quartiles[0], quartiles[1], quartiles[2], ordered[-1], mean)
