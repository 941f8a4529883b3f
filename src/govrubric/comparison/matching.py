"""Rubric x the rubric that follows it -> which item, rule and input of the newer is which of the older.

Things with the same path are the same. `was` gives the old path where a path changed; the parts and rules of
such an item are looked for under its old path. Nothing else is taken for the same, however alike it looks.

Source: language sections 3 and 5, `was`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from govrubric.language.rubric_text import join
from govrubric.plan.names import excusing
from govrubric.rubric import Rubric


@dataclass(frozen=True, slots=True)
class Remark:
    """A `was` of the newer rubric that is not followed; `path` is its item or rule.

    `kind` is ``nothing`` where it names nothing in the older rubric, and ``twice`` where several say it.
    """

    kind: Literal["nothing", "twice"]
    path: str
    was: str


@dataclass(frozen=True, slots=True)
class Matching:
    """Paths of items and rules of the newer rubric -> paths in the older; `inputs`: older names -> newer."""

    items: Mapping[str, str]
    rules: Mapping[str, str]
    inputs: Mapping[str, str]
    remarks: tuple[Remark, ...]


class _Named(NamedTuple):
    """An item or rule: its path, the path of the item that holds it, its id, and its `was`."""

    path: str
    above: str
    id: str
    was: str | None


def match(older: Rubric, newer: Rubric) -> Matching:
    """Which item, rule and input of the newer rubric is which of the older."""
    planned = newer._plan.items
    parts = [
        _Named(join(item.path, part.id), item.path, part.id, part.was)
        for item in planned
        for part in item.item.items
    ]
    rules = [
        _Named(rule.path, item.path, rule.rule.id, rule.rule.was) for item in planned for rule in item.rules
    ]
    of_items, of_rules = {"": ""}, dict[str, str]()
    remarks = _follow(parts, {item.path for item in older._plan.items}, of_items, of_items)
    remarks += _follow(
        rules, {rule.path for item in older._plan.items for rule in item.rules}, of_items, of_rules
    )
    return Matching(of_items, of_rules, dict(_inputs(older, newer, of_items, of_rules)), tuple(remarks))


def _follow(
    things: list[_Named], known: set[str], above: Mapping[str, str], old_paths: dict[str, str]
) -> list[Remark]:
    """Put the old path of each thing into `old_paths`, and return each `was` that is not followed.

    `known` has the paths of the older rubric, `above` the old path of each item that holds a thing. A group
    stands before its parts in `things`.
    """
    claims = Counter(thing.was for thing in things if thing.was is not None)
    remarks = []
    for thing in things:
        was = thing.was
        if was is None or was not in known:
            was = None
            if thing.above in above:
                same_place = join(above[thing.above], thing.id)
                was = None if claims[same_place] else same_place
            if thing.was is not None:
                remarks.append(Remark("nothing", thing.path, thing.was))
        elif claims[was] > 1:
            remarks.append(Remark("twice", thing.path, was))
            continue
        if was in known:
            old_paths[thing.path] = was
    return remarks


def _inputs(
    older: Rubric, newer: Rubric, items: Mapping[str, str], rules: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """The inputs of every kind that both rubrics have: facts, flags of items, and inputs of rules."""
    pairs = [(fact.name, fact.name) for fact in newer._text.facts]
    pairs += [(excusing(before), excusing(path)) for path, before in items.items() if path]
    for rule in (rule for item in newer._plan.items for rule in item.rules):
        if rule.path in rules and rule.rule.input is None:
            names = [input_.name for input_ in rule.inputs]
            pairs += [(rules[rule.path] + name.removeprefix(rule.path), name) for name in names]
    return ((before, name) for before, name in pairs if before in older._inputs and name in newer._inputs)
