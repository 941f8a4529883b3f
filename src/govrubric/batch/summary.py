"""How often each total occurred -> the summary of a batch.

It has the spread of the totals, the number of units with each grade, and the number of rows in error.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from itertools import accumulate
from typing import NamedTuple

from govrubric.diagnostics.diagnostic import Diagnostic


class Group(NamedTuple):
    """The number of `units` with the same total and grade, or without; `bad` rows are those in error."""

    total: Fraction | None
    grade: str | None
    bad: bool
    units: int


class Spread(NamedTuple):
    """The distribution of the totals; a quartile is the total of the unit at its rank, so a unit has it."""

    lowest: Fraction
    lower: Fraction
    median: Fraction
    upper: Fraction
    highest: Fraction
    mean: Fraction


class Summary(NamedTuple):
    """The result of a batch in numbers.

    `void` counts the units without a total, `bad` the rows in error, and `codes` the rows with each finding.
    `first` are the findings of the first rows in error.
    """

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
    """Groups of units -> the summary; `grades` are the names in the rubric's order."""
    totals: Counter[Fraction] = Counter()
    by_grade: Counter[str] = Counter()
    void = bad = 0
    for group in groups:
        if group.bad:
            bad += group.units
        elif group.total is None:
            void += group.units
        else:
            totals[group.total] += group.units
        if group.grade is not None:
            by_grade[group.grade] += group.units
    units = totals.total() + void + bad
    return Summary(
        units,
        spread(totals),
        {name: by_grade[name] for name in grades},
        void,
        bad,
        dict(sorted(codes.items())),
        first,
    )


def spread(totals: Counter[Fraction]) -> Spread | None:
    """The distribution of the totals, each with its number of units; None where there are no totals."""
    units = totals.total()
    if not units:
        return None
    ordered = sorted(totals)
    reached = list(accumulate(totals[total] for total in ordered))
    quartiles = [ordered[bisect_left(reached, -(-quarter * units // 4))] for quarter in (1, 2, 3)]
    mean = sum((total * count for total, count in totals.items()), Fraction(0)) / units
    return Spread(ordered[0], quartiles[0], quartiles[1], quartiles[2], ordered[-1], mean)
