"""A rubric and its plan -> the lines of those items that a variant or reading leaves as they are.

A reading changes a few items of many. With this only these, and the groups that hold them, are planned anew,
so that a rubric with ten readings does not cost ten plans.
"""

from collections.abc import Mapping
from typing import NamedTuple

from govrubric.formula.nodes import Formula
from govrubric.language.rubric_text import AnyItem, RubricText, join
from govrubric.plan.built import Built
from govrubric.plan.lines import LineName
from govrubric.plan.names import Names, texts
from govrubric.plan.plan import Plan, PlannedItem


class Kept(NamedTuple):
    """An item as another plan has it, with its lines and those of its rules."""

    item: PlannedItem
    lines: Mapping[str, Formula]
    built: Built


class Unchanged:
    """The items of a rubric and their lines, to be taken over."""

    def __init__(self, text: RubricText, plan: Plan) -> None:
        self.names: Names = Names.of(text)
        lines: dict[str, dict[str, Formula]] = {path: {} for path in self.names.items}
        for name, formula in plan.lines.items():
            path = LineName(name).path
            owner = path if path in lines else path.rpartition(".")[0]
            if owner in lines:  # and not of a value
                lines[owner][name] = formula
        planned = {item.path: item for item in plan.items}
        self._kept: dict[str, Kept] = {
            path: Kept(planned[path], lines[path], Built.of(plan.lines, path, planned[path].full))
            for part in text.items
            for path in _alone(part, part.id)
        }

    def item(self, path: str, items: Mapping[str, AnyItem]) -> Kept | None:
        """The item at a path of the `items` of another rubric, if its lines are the same there.

        That is seen at once of an item that is the same in both with all its parts, which stands alone, and
        which no item around it makes extra or takes out. Any other is planned anew.
        """
        kept = self._kept.get(path)
        if kept is None or items[path] != kept.item.item:
            return None
        words = path.split(".")
        around = (items[".".join(words[:end])] for end in range(1, len(words)))
        return None if any(map(_is_apart, around)) else kept


def _alone(item: AnyItem, path: str) -> set[str]:
    """The paths of an item and its parts that stand alone: nothing in them names anything or is apart."""
    if _is_apart(item):
        return set()
    alone = set[str]().union(*(_alone(part, join(path, part.id)) for part in item.items))
    below = {join(path, part.id) for part in item.items}
    return alone | {path} if below <= alone and not _names_something(item) else alone


def _is_apart(item: AnyItem) -> bool:
    """Whether an item changes what is in it: it is extra, or may be one that does not apply."""
    return item.extra or item.policy is not None


def _names_something(item: AnyItem) -> bool:
    """Whether an item has a condition or formula, or a rule that reads a shared input."""
    return next(texts(item), None) is not None or any(rule.input is not None for rule in item.rules)
