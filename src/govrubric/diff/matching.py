"""Rubric x the rubric that follows it -> which item, rule and input of the one is which of the other.

What has the same path is the same. `was` says where a path changed, and the parts and rules of an item with another
path are looked for under its old path. Nothing else is taken for the same, however alike it looks.

Source: language sections 3 and 5, `was`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from govrubric.language.rubric_text import join
from govrubric.plan.names import excusing
from govrubric.rubric import Rubric


class Remark(NamedTuple):
    """A `was` that is not followed, as it names nothing or stands twice; `path` is the item or rule that has it."""

    kind: Literal["nothing", "twice"]
    path: str
    was: str


@dataclass(frozen=True, slots=True)
class Matching:
    """Paths of items and rules of the newer rubric -> paths of the older; `inputs`: older names -> newer names."""

    items: Mapping[str, str]
    rules: Mapping[str, str]
    inputs: Mapping[str, str]
    remarks: tuple[Remark, ...]


class _Named(NamedTuple):
    """An item or rule: its path, that of the item which holds it, its id, and what it says that it was."""

    path: str
    above: str
    id: str
    was: str | None


def match(older: Rubric, newer: Rubric) -> Matching:
    """Which item, rule and input of the one is which of the other."""
    planned = newer.plan.items
    parts = [
        _Named(join(item.path, part.id), item.path, part.id, part.was)
        for item in planned
        for part in item.item.items
    ]
    rules = [
        _Named(rule.path, item.path, rule.rule.id, rule.rule.was) for item in planned for rule in item.rules
    ]
    of_items, of_rules = {"": ""}, dict[str, str]()
    remarks = _follow(parts, {item.path for item in older.plan.items}, of_items, of_items)
    remarks += _follow(
        rules, {rule.path for item in older.plan.items for rule in item.rules}, of_items, of_rules
    )
    return Matching(of_items, of_rules, dict(_inputs(older, newer, of_items, of_rules)), tuple(remarks))


def _follow(
    named: list[_Named], known: set[str], above: Mapping[str, str], found: dict[str, str]
) -> list[Remark]:
    """Put into `found` what each was, and return each `was` that is not followed. A group comes before its parts."""
    said = Counter(one.was for one in named if one.was is not None)
    remarks = []
    for one in named:
        was = one.was
        if was is None or was not in known:
            before = above.get(one.above)
            was = None if before is None or said[join(before, one.id)] else join(before, one.id)
            if one.was is not None:
                remarks.append(Remark("nothing", one.path, one.was))
        elif said[was] > 1:
            remarks.append(Remark("twice", one.path, was))
            continue
        if was in known:
            found[one.path] = was
    return remarks


def _inputs(
    older: Rubric, newer: Rubric, items: Mapping[str, str], rules: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Inputs that both rubrics have, of whatever kind: facts, flags of items, and inputs of rules."""
    pairs = [(fact.name, fact.name) for fact in newer.text.facts]
    pairs += [(excusing(before), excusing(path)) for path, before in items.items() if path]
    for rule in (
        rule
        for item in newer.plan.items
        for rule in item.rules
        if rule.path in rules and rule.rule.input is None
    ):
        names = [one.name for one in rule.inputs]
        pairs += [(rules[rule.path] + name.removeprefix(rule.path), name) for name in names]
    return ((before, name) for before, name in pairs if before in older.inputs and name in newer.inputs)
