"""A rubric and its plan -> the lines of those items that a variant or reading leaves as they are.

A reading changes a few items of many. With this only these are planned anew, so that a rubric with ten
readings does not cost ten plans.
"""

from collections.abc import Mapping
from typing import NamedTuple

from govrubric.formula.nodes import Formula
from govrubric.language.rubric_text import AnyItem, RubricText, parts
from govrubric.plan.lines import LineName
from govrubric.plan.names import texts
from govrubric.plan.plan import Plan, PlannedItem


class Kept(NamedTuple):
    """An item as another plan has it, with its lines and those of its rules."""

    item: PlannedItem
    lines: Mapping[str, Formula]


class Unchanged:
    """The items of a rubric and their lines, to be taken over."""

    def __init__(self, text: RubricText, plan: Plan) -> None:
        self._items: dict[str, AnyItem] = {path: item for item, path, _ in parts(text)}
        self._planned: dict[str, PlannedItem] = {item.path: item for item in plan.items}
        self._lines: dict[str, dict[str, Formula]] = {}
        for name, formula in plan.lines.items():
            path = LineName(name).path
            owner = path if path in self._items else path.rpartition(".")[0]
            self._lines.setdefault(owner, {})[name] = formula

    def leaf(self, path: str, items: Mapping[str, AnyItem]) -> Kept | None:
        """The item at a path of the `items` of another rubric, if its lines are the same there.

        That is seen at once of an item without parts that is the same in both, in which no text names
        anything, and which no item around it makes extra or takes out. Any other is planned anew.
        """
        item = items[path]
        if item.items or item != self._items.get(path) or _names_something(item):
            return None
        words = path.split(".")
        around = [".".join(words[:end]) for end in range(1, len(words) + 1)]
        if any(
            one.extra or one.policy is not None
            for of in (items, self._items)
            for one in map(of.get, around)
            if one
        ):
            return None
        return Kept(self._planned[path], self._lines[path])


def _names_something(item: AnyItem) -> bool:
    """Whether an item has a condition or formula, or a rule that reads a shared input."""
    return next(texts(item), None) is not None or any(rule.input is not None for rule in item.rules)
