"""How totals and ranks move under a change: of an indicator, of a rule, of a count."""

from dataclasses import dataclass

from govrubric.numbers import Exact


@dataclass(frozen=True, slots=True)
class Farthest:
    """The unit that moved by the most places, the first of several in file order: its ranks."""

    unit: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Moves:
    """How totals and ranks changed.

    Over the units with a total before and after: the `mean` and the `greatest` change of the total (``None``
    without such units), the sum of the `places` that they moved by, and the unit that moved `farthest`
    (``None`` if none moved). `moved` counts the units with another rank, or with a rank only before or only
    after, and `regraded` the units with another grade. `first` tells whether other units stand first, and
    `void` counts the units without a total.
    """

    mean: Exact | None
    greatest: Exact | None
    moved: int
    places: int
    farthest: Farthest | None
    first: bool
    regraded: int
    void: int


@dataclass(frozen=True, slots=True)
class Indicator:
    """How the units move if all have full marks in the indicator at `path`.

    `spread` is its part of the spread of their totals, of which 1 is all; ``None`` where the indicators do
    not set the totals apart.
    """

    path: str
    spread: Exact | None
    moves: Moves


@dataclass(frozen=True, slots=True)
class Variation:
    """How the units move with less of the rule or count at `path`, and with more."""

    path: str
    less: Moves
    more: Moves
