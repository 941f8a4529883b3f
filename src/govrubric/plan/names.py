"""A rubric's names: which inputs there are, what a text may call them from where it stands, and which item needs which.

Source: language sections 7 and 8.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from govrubric.diagnostics.diagnostic import Path
from govrubric.expressions.operands import OF_ITEMS, ItemLines
from govrubric.expressions.parser import bare
from govrubric.formula.build import flag
from govrubric.formula.nodes import Formula, Input
from govrubric.language.fields import Expression
from govrubric.language.rubric_text import AnyItem, RubricText, join, parts
from govrubric.language.rules._rule import Rule

NOT_APPLICABLE = "not_applicable"
ROUNDS = 20  # of breaking circles; behind them nobody asks for anything
_ASKED = re.compile(rf"\b(?:{'|'.join(OF_ITEMS)})\s*\(\s*([A-Za-z0-9_. ]+?)\s*\)")


class Text(NamedTuple):
    """A condition or formula: what it says, and the key that holds it."""

    key: tuple[str | int, ...]
    text: Expression


def texts(item: AnyItem) -> Iterator[Text]:
    """Every condition and formula of an item's own."""
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
        yield from (((*at, *one.key), one.text) for one in texts(item))
    yield from (
        (("grades", index, "when"), grade.when)
        for index, grade in enumerate(text.grades)
        if grade.when is not None
    )


def excusing(path: str) -> str:
    """The name of the flag that says that an item does not apply."""
    return join(path, NOT_APPLICABLE)


def fits(own: Input, shared: Input) -> bool:
    """Whether a rule that would make the input `own` can read a shared one instead: each value that it may have must fit."""
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
    """Every item and input of a rubric by its path, and who uses which input."""

    items: dict[str, AnyItem] = field(default_factory=dict)
    inputs: dict[str, Input] = field(default_factory=dict)
    rules: set[str] = field(default_factory=set)
    users: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, text: RubricText) -> "Names":
        made = cls(
            inputs={one.name: one.as_input(one.name) for one in text.facts},
            users={one.name: {""} for one in text.facts},
        )
        for item, path, _ in parts(text):
            made.items[path] = item
            if item.not_applicable is not None:
                made.inputs[excusing(path)] = flag(excusing(path))
            for rule in item.rules:
                made.rules.add(join(path, rule.id))
                if rule.input is None:
                    for one in rule.inputs(join(path, rule.id)):
                        made.inputs[one.name] = one
                        made.users.setdefault(one.name, set()).add(path)
        return made

    def of_rule(self, rule: Rule, path: str, item: str) -> tuple[Input, ...]:
        """What a rule reads: its own inputs, or the one that it shares."""
        own = rule.inputs(path)
        shared = self.inputs.get(rule.input) if rule.input is not None else None
        if shared is None or len(own) != 1 or not fits(own[0], shared):
            return own
        self.users.setdefault(shared.name, set()).add(item)
        return (shared,)

    def excuses(self, path: str) -> tuple[str, ...]:
        """The flags that say that an item does not apply: its own, and those of the items above it."""
        above = [path[:end] for end in (*(match.start() for match in re.finditer(r"\.", path)), len(path))]
        return tuple(excusing(one) for one in above if self.items[one].not_applicable is not None)

    def excused(self) -> dict[str, tuple[str, ...]]:
        """For each input that must be given, the flags by which it may be left out: those of everybody who uses it."""
        found = {}
        for name, users in self.users.items():
            flags = [self.excuses(path) for path in users]
            common = tuple(one for one in flags[0] if all(one in others for others in flags))
            if common and self.inputs[name].required:
                found[name] = common
        return found


@dataclass(slots=True)
class Where:
    """What a text of one item may speak of: names relative to its rule or its item, full paths, and for grades the totals.

    `built` holds the items whose lines are there; asking for any other closes a circle.
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
        path = self._item(name)
        if path is None:
            return None
        if (self.item_path, path) in self.circles or path not in self.built:
            return self.circles.get((self.item_path, path), [self.item_path, path])
        return self.built[path]

    def _item(self, name: str) -> str | None:
        return next(
            (path for path in (join(self.item_path, name), name) if path and path in self.names.items), None
        )

    def inside(self, name: str) -> str | None:
        for path in (join(self.item_path, name), name):
            if path in self.names.items or path in self.names.rules:
                return next((one for one in self.names.inputs if one.startswith(f"{path}.")), "")
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

    def asked(self, text: str) -> Iterator[str]:
        """The items that a text asks for, seen without reading it."""
        for match in _ASKED.finditer(bare(text)):
            if (path := self._item("".join(match[1].split()))) is not None:
                yield path


class Order(NamedTuple):
    """The items in an order in which each stands behind what it needs; and, by who asks for whom, the circles."""

    paths: list[str]
    circles: dict[tuple[str, str], list[str]]


def order(names: Names) -> Order:
    """Which item after which: parts before their group, and what a condition asks for before who asks."""
    needs = {path: {join(path, part.id): False for part in item.items} for path, item in names.items.items()}
    for path, item in names.items.items():
        where = Where(names, {}, path)
        for one in texts(item):
            for asked in where.asked(one.text):
                needs[path].setdefault(asked, True)
    circles: dict[tuple[str, str], list[str]] = {}
    for _ in range(ROUNDS):
        paths, found = _sorted(needs)
        if not found:
            return Order(paths, circles)
        circles |= found
        for asking, asked in found:
            del needs[asking][asked]
    return Order(
        _sorted(
            {
                path: {below: False for below, asked in all_.items() if not asked}
                for path, all_ in needs.items()
            }
        )[0],
        circles,
    )


def _sorted(needs: dict[str, dict[str, bool]]) -> tuple[list[str], dict[tuple[str, str], list[str]]]:
    """Depth first, without recursion; of each circle met on the way, the first request in it is what closes it."""
    done: dict[str, None] = {}
    circles: dict[tuple[str, str], list[str]] = {}
    way: list[tuple[str, Iterator[str]]] = [("", iter(needs[""]))]
    on_way = {"": 0}
    while way:
        path, rest = way[-1]
        below = next(rest, None)
        if below is None:
            done[path] = None
            way.pop()
            del on_way[path]
        elif below in on_way:
            circle = [one for one, _ in way[on_way[below] :]] + [below]
            asked = next((pair for pair in pairwise(circle) if needs[pair[0]][pair[1]]), None)
            assert asked is not None, "parts alone make no circle"
            circles[asked] = circle
        elif below not in done:
            on_way[below] = len(way)
            way.append((below, iter(needs[below])))
    return list(done), circles
