"""Planned item -> how many cases of each of its rules take the whole of it."""

from collections.abc import Iterator

from govrubric.formula.codegen import build, function
from govrubric.plan.plan import PlannedItem
from govrubric.plan.rules import PlannedRule


def emptied_at(rule: PlannedRule, item: PlannedItem) -> int | None:
    """How many cases of a rule with one count take the whole of an item, from its start down to its floor.

    ``None`` where no number answers that: where other rules may fill the item up again, where its parts
    decide its start, or where a condition or formula takes part.
    """
    return _emptied_at(rule, item) if _only_takes(item) else None


def emptied(item: PlannedItem) -> Iterator[tuple[PlannedRule, int | None]]:
    """Each rule of an item, with how many of its cases take the whole of the item."""
    only_takes = _only_takes(item)
    for rule in item.rules:
        yield rule, _emptied_at(rule, item) if only_takes else None


def _only_takes(item: PlannedItem) -> bool:
    """Whether no rule of an item may fill it up."""
    return not any(
        rule.rule.authored is not None or rule.rule.raw(rule.given, item.full).hi > 0 for rule in item.rules
    )


def _emptied_at(rule: PlannedRule, item: PlannedItem) -> int | None:
    if item.start is None or item.floor is None or item.parts or rule.rule.when is not None:
        return None
    if len(rule.given) != 1 or rule.inputs[0].kind != "count":
        return None
    raw = rule.rule.raw(rule.inputs, item.full)
    room = item.start - item.floor
    if room <= 0 or -raw.lo < room:
        return None
    compute = build(function("made", {rule.inputs[0].name: "n"}, {"raw": raw}, ["raw"]))
    low, high = 0, int(rule.inputs[0].hi)
    while low < high:
        middle = (low + high) // 2
        if -compute(middle)[0] >= room * raw.den:
            high = middle
        else:
            low = middle + 1
    return low
