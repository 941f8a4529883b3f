"""The plan of a rubric: its lines, its items with what their defaults come to, and its named values."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from govrubric.diagnostics.diagnostic import Path
from govrubric.formula.nodes import Formula, Input
from govrubric.language.rubric_text import AnyItem
from govrubric.language.values import NamedValue
from govrubric.plan.lines import ItemLine, LineName, item_line, value_line
from govrubric.plan.rules import PlannedRule, Step
from govrubric.plan.scale import Ends, share_of


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """An item with the values of its defaults.

    `full` is its full marks on its own scale, 0 where it has none, and `start` its balance before any rule; a
    floor or ceiling of ``None`` is none. `usual` are the floor and ceiling that it has where neither is
    written. `parts` are the paths of its parts. `rules` stand in file order, and `steps` in the order in
    which rules act.
    """

    path: str
    item: AnyItem
    full: Fraction
    start: Fraction | None
    floor: Fraction | None
    ceiling: Fraction | None
    usual: Ends
    parts: tuple[str, ...]
    rules: tuple[PlannedRule, ...]
    steps: tuple[Step, ...]

    def line(self, kind: ItemLine) -> LineName:
        """The name of a line of the item."""
        return item_line(self.path, kind)

    @property
    def share(self) -> Fraction:
        """What a point of its score is worth in its group."""
        return share_of(self.item)


class PlannedValue(NamedTuple):
    """A named value with its path, that of its item, its kind, and whether a condition or formula uses it."""

    path: str
    value: NamedValue
    item: str
    kind: Literal["number", "flag"]
    used: bool

    @property
    def line(self) -> LineName:
        """The line that it is."""
        return value_line(self.path)


@dataclass(frozen=True, slots=True)
class Plan:
    """The lines of a rubric in the order in which they can be computed, and its items from the root down.

    `values` are the named values in file order. `grades` are the names of which the line ``:grade`` is an
    index; `excused` has for each input that may be left out the flags that allow it, each an input or one of
    the lines `derived`; and `conditions` has the
    flag of each condition, by its path in the document.
    """

    inputs: tuple[Input, ...]
    lines: Mapping[str, Formula]
    items: tuple[PlannedItem, ...]
    grades: tuple[str, ...]
    excused: Mapping[str, tuple[str, ...]]
    conditions: Mapping[Path, Formula]
    values: tuple[PlannedValue, ...]
    derived: tuple[LineName, ...] = ()

    @property
    def shown(self) -> tuple[PlannedValue, ...]:
        """The values that stand on the card."""
        return tuple(value for value in self.values if value.value.text.show)
