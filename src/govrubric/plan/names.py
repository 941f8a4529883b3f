"""A rubric's names: its inputs, what a text may call them from where it stands, and which item needs which.

Source: language sections 7 and 8.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from govrubric.diagnostics.diagnostic import Path
from govrubric.expressions.dependencies import requests
from govrubric.expressions.operands import ItemLines
from govrubric.formula.build import flag
from govrubric.formula.nodes import Formula, Input
from govrubric.language.fields import Expression
from govrubric.language.rubric_text import AnyItem, RubricText, join, parts
from govrubric.language.rules._rule import Rule

NOT_APPLICABLE = "not_applicable"
# In so many rounds each circle that is met is broken at its first request; in as many more at its last, where
# fewer rounds find all. If there are circles even then, all requests are dropped.
ROUNDS = 20


class Text(NamedTuple):
    """A condition or formula of an item, and the key that holds it."""

    key: tuple[str | int, ...]
    text: Expression


def texts(item: AnyItem) -> Iterator[Text]:
    """The conditions and formulas of an item, without those of its parts."""
    if item.counts_when is not None:
        yield Text(("counts_when",), item.counts_when)
    for index, rule in enumerate(item.rules):
        if rule.when is not None:
            yield Text(("rules", index, "when"), rule.when)
        if rule.authored is not None:
            yield Text(("rules", index, rule.verb), rule.authored)
    for index, gate in enumerate(item.gates):
        yield Text(("gates", index, "when"), gate.when)


def every_text(text: RubricText) -> Iterator[tuple[Path, Expression]]:
    """Every condition and formula of a rubric, with its path in the document."""
    for item, _, at in parts(text):
        yield from (((*at, *key), authored) for key, authored in texts(item))
    yield from (
        (("grades", index, "when"), grade.when)
        for index, grade in enumerate(text.grades)
        if grade.when is not None
    )


def excusing(path: str) -> str:
    """The name of the flag that says that an item does not apply."""
    return join(path, NOT_APPLICABLE)


def fits(own: Input, shared: Input) -> bool:
    """Whether a rule can read a shared input in place of its `own`: each value of the shared one must fit."""
    if own.kind == "number" and shared.kind in ("number", "count"):
        on_steps = (
            own.step is None
            or shared.step == own.step
            or ((1 / own.step) / 10**shared.places).denominator == 1
        )
        return own.lo <= shared.lo and shared.hi <= own.hi and shared.places <= own.places and on_steps
    return own.kind == shared.kind and set(shared.options) <= set(own.options)


@dataclass(slots=True)
class Names:
    """Every item and input of a rubric by its path, and for each input the paths of the items that use it."""

    items: dict[str, AnyItem] = field(default_factory=dict)
    inputs: dict[str, Input] = field(default_factory=dict)
    rules: set[str] = field(default_factory=set)
    users: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, text: RubricText) -> "Names":
        names = cls(
            inputs={fact.name: fact.as_input(fact.name) for fact in text.facts},
            users={fact.name: {""} for fact in text.facts},
        )
        for item, path, _ in parts(text):
            names.items[path] = item
            if item.not_applicable is not None:
                names.inputs[excusing(path)] = flag(excusing(path))
            for rule in item.rules:
                names.rules.add(join(path, rule.id))
                if rule.input is None:
                    for own in rule.inputs(join(path, rule.id)):
                        names.inputs[own.name] = own
                        names.users.setdefault(own.name, set()).add(path)
        return names

    def of_rule(self, rule: Rule, path: str, item: str) -> tuple[Input, ...]:
        """What a rule reads: its own inputs, or the shared input that it names, if that fits."""
        own = rule.inputs(path)
        shared = self.inputs.get(rule.input) if rule.input is not None else None
        if shared is None or len(own) != 1 or not fits(own[0], shared):
            return own
        self.users.setdefault(shared.name, set()).add(item)
        return (shared,)

    def excuses(self, path: str) -> tuple[str, ...]:
        """The flags that say that an item does not apply: its own, and those of the items above it."""
        above = [path[:end] for end in (*(match.start() for match in re.finditer(r"\.", path)), len(path))]
        return tuple(excusing(item) for item in above if self.items[item].not_applicable is not None)

    def excused(self) -> dict[str, tuple[str, ...]]:
        """For each required input that may be left out, the flags that excuse every item that uses it."""
        found = {}
        for name, users in self.users.items():
            flags = [self.excuses(path) for path in users]
            common = tuple(flag for flag in flags[0] if all(flag in others for others in flags))
            if common and self.inputs[name].required:
                found[name] = common
        return found


@dataclass(slots=True)
class Where:
    """The names that a text of one item may use: relative to its rule or item, full paths, in grades totals.

    `built` has the lines of the items that are planned already; asking for any other closes a circle. Where
    `helpful` is false, no names are given to look for the nearest among, which takes time.
    """

    names: Names
    built: Mapping[str, ItemLines]
    item_path: str
    rule_path: str = ""
    totals: Mapping[str, Formula] = field(default_factory=dict)
    circles: Mapping[tuple[str, str], list[str]] = field(default_factory=dict)
    helpful: bool = True

    def value(self, name: str) -> Formula | None:
        if name in self.totals:
            return self.totals[name]
        inside_rule = [f"{self.rule_path}.{name}"] if self.rule_path else []
        for path in (*inside_rule, join(self.item_path, name), name):
            if path in self.names.inputs:
                self.names.users.setdefault(path, set()).add(self.item_path)
                return self.names.inputs[path]
        return None

    def item(self, name: str) -> ItemLines | list[str] | None:
        path = self.path_of_item(name)
        if path is None:
            return None
        if (self.item_path, path) in self.circles or path not in self.built:
            return self.circles.get((self.item_path, path), [self.item_path, path])
        return self.built[path]

    def path_of_item(self, name: str) -> str | None:
        """The full path of the item of this name: within the present item, or else anywhere."""
        paths = (join(self.item_path, name), name)
        return next((path for path in paths if path and path in self.names.items), None)

    def inside(self, name: str) -> str | None:
        for path in (join(self.item_path, name), name):
            if path in self.names.items or path in self.names.rules:
                return next((known for known in self.names.inputs if known.startswith(f"{path}.")), "")
        return None

    def inputs(self) -> Iterable[str]:
        if not self.helpful:
            return ()
        near = [
            name.removeprefix(f"{self.item_path}.")
            for name in self.names.inputs
            if self.item_path and name.startswith(f"{self.item_path}.")
        ]
        return [*self.totals, *near, *self.names.inputs]

    def items(self) -> Iterable[str]:
        return [path for path in self.names.items if path and self.helpful]


class Order(NamedTuple):
    """Every item, after what it needs; and each circle by the request it is refused at: who, for what."""

    paths: list[str]
    circles: dict[tuple[str, str], list[str]]


def order(names: Names) -> Order:
    """The items as they are planned: parts before their group, an item that a text asks for before the asker.

    Where that leaves a choice, the order of the file decides. `graphlib` would choose otherwise, and so
    change the order of lines; and of several circles it names only one.
    """
    needs = {path: {join(path, part.id): False for part in item.items} for path, item in names.items.items()}
    for path, item in names.items.items():
        where = Where(names, {}, path)
        for _, text in texts(item):
            for request in requests(text.parsed):
                asked = where.path_of_item(request.name)
                if asked is not None:
                    needs[path].setdefault(asked, True)
    circles: dict[tuple[str, str], list[str]] = {}
    for round_ in range(2 * ROUNDS):
        paths, found = _sorted(needs, at_last=round_ >= ROUNDS)
        if not found:
            return Order(paths, circles)
        circles |= found
        for asking, asked in found:
            del needs[asking][asked]
    parts_alone = {
        path: {below: False for below, is_asked in below_or_asked.items() if not is_asked}
        for path, below_or_asked in needs.items()
    }
    return Order(_sorted(parts_alone)[0], circles)


def _sorted(
    needs: dict[str, dict[str, bool]], *, at_last: bool = False
) -> tuple[list[str], dict[tuple[str, str], list[str]]]:
    """The items depth first, and the circles that were met, each by its first request, or its last.

    `needs` has for each item what it needs, and whether that is because a text asks for it.
    """
    done: dict[str, None] = {}
    circles: dict[tuple[str, str], list[str]] = {}
    # A stack in place of recursion: the way from the root to here, each item with what is left of its needs.
    way: list[tuple[str, Iterator[str]]] = [("", iter(needs[""]))]
    on_way = {"": 0}
    while way:
        path, rest = way[-1]
        needed = next(rest, None)
        if needed is None:
            done[path] = None
            way.pop()
            del on_way[path]
        elif needed in on_way:
            circle = [item for item, _ in way[on_way[needed] :]] + [needed]
            pairs = zip(circle[-2::-1], circle[:0:-1], strict=True) if at_last else pairwise(circle)
            request = next((pair for pair in pairs if needs[pair[0]][pair[1]]), None)
            assert request is not None, "parts alone make no circle"
            circles[request] = circle
        elif needed not in done:
            on_way[needed] = len(way)
            way.append((needed, iter(needs[needed])))
    return list(done), circles
