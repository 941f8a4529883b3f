"""A rubric's names: its inputs, and what a condition or formula may call them from where it stands.

Source: language sections 7 and 8.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from govrubric.diagnostics.diagnostic import Path
from govrubric.diagnostics.near import Hints
from govrubric.expressions.operands import ItemLines
from govrubric.formula.build import flag
from govrubric.formula.nodes import Formula, Input
from govrubric.language.fields import Expression
from govrubric.language.rubric_text import AnyItem, RubricText, join, parts
from govrubric.language.rules._rule import Rule
from govrubric.plan.lines import item_line

NOT_APPLICABLE = "not_applicable"


class Text(NamedTuple):
    """A condition or formula of an item, and its path within the item."""

    key: tuple[str | int, ...]
    text: Expression


def texts(item: AnyItem) -> Iterator[Text]:
    """The conditions and formulas of an item, without those of its parts."""
    if item.exempt_when is not None:
        yield Text((NOT_APPLICABLE, "when"), item.exempt_when)
    if item.counts_when is not None:
        yield Text(("counts_when",), item.counts_when)
    for index, rule in enumerate(item.rules):
        if rule.when is not None:
            yield Text(("rules", index, "when"), rule.when)
        if rule.authored is not None:
            yield Text(("rules", index, rule.verb), rule.authored)
        if rule.target is not None:
            yield Text(("rules", index, *rule.target.at), rule.target.name)
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
    """The name of the flag by which a tally says that an item does not apply."""
    return join(path, NOT_APPLICABLE)


def fits(own: Input, shared: Input) -> bool:
    """Whether a rule can read a shared input instead of its `own`: each of its values must fit."""
    if own.kind == "number" and shared.kind in ("number", "count"):
        within = own.lo <= shared.lo and shared.hi <= own.hi and shared.places <= own.places
        return within and _fits_steps(own, shared) and _fits_gap(own, shared)
    return own.kind == shared.kind and set(shared.options) <= set(own.options)


def _fits_steps(own: Input, shared: Input) -> bool:
    """Whether each value of a shared number is a multiple of the step of a rule's own number."""
    if own.step is None or own.step == shared.step:
        return True
    unit = Fraction(1, 10**shared.places)
    return (unit / own.step).denominator == 1


def _fits_gap(own: Input, shared: Input) -> bool:
    """Whether no value of a shared number lies in the gap of a rule's own number."""
    if own.gap is None or shared.lo >= own.gap:
        return True
    least = shared.gap if shared.kind == "number" else Fraction(1)
    return least is not None and least >= own.gap


@dataclass(slots=True)
class Names:
    """A rubric's items and inputs by their paths, the paths of its rules, and the users of each input.

    `users` has for each input the paths of the items that use it; it grows while conditions and formulas are
    compiled, since only then is it known what they use. `hints` finds the names that misspelt ones mean.
    """

    items: dict[str, AnyItem] = field(default_factory=dict)
    inputs: dict[str, Input] = field(default_factory=dict)
    rules: set[str] = field(default_factory=set)
    users: dict[str, set[str]] = field(default_factory=dict)
    hints: Hints = field(default_factory=Hints)

    @classmethod
    def of(cls, text: RubricText) -> "Names":
        names = cls(
            inputs={fact.name: fact.as_input(fact.name) for fact in text.facts},
            users={fact.name: {""} for fact in text.facts},
        )
        for item, path, _ in parts(text):
            names.items[path] = item
            if item.policy is not None and item.exempt_when is None:
                names.inputs[excusing(path)] = flag(excusing(path))
            for rule in item.rules:
                names.rules.add(join(path, rule.id))
                if rule.input is None:
                    for own in rule.titled_inputs(join(path, rule.id)):
                        names.inputs[own.name] = own
                        names.users.setdefault(own.name, set()).add(path)
        return names

    def of_rule(self, rule: Rule, path: str, item: str) -> tuple[Input, ...]:
        """The inputs that a rule reads: its own, or the shared input that it names, if that fits."""
        own = rule.titled_inputs(path)
        shared = self.inputs.get(rule.input) if rule.input is not None else None
        if shared is None or len(own) != 1 or not fits(own[0], shared):
            return own
        self.users.setdefault(shared.name, set()).add(item)
        return (shared,)

    def excuses(self, path: str) -> tuple[str, ...]:
        """The flags that say that an item does not apply: its own, and those of the items above it."""
        return tuple(self.excuse(item) for item in self.excusable(path))

    def excusable(self, path: str) -> list[str]:
        """An item and the items above it, those of them that may not apply by themselves."""
        ends = [*(match.start() for match in re.finditer(r"\.", path)), len(path)]
        return [item for item in (path[:end] for end in ends) if self.items[item].policy is not None]

    def excuse(self, path: str) -> str:
        """The name of the flag that an item does not apply: one that a tally gives, or a line."""
        return excusing(path) if self.items[path].exempt_when is None else item_line(path, "excused")

    def excused(self) -> dict[str, tuple[str, ...]]:
        """For each required input that may be left out, the flags that excuse every item that uses it."""
        excused = {}
        for name, users in self.users.items():
            flags = [self.excuses(path) for path in users]
            common = tuple(flag for flag in flags[0] if all(flag in others for others in flags))
            if common and self.inputs[name].required:
                excused[name] = common
        return excused


@dataclass(slots=True)
class NameScope:
    """The names that a condition or formula may use: relative to its rule or item, or full paths.

    A condition of a grade may also use `totals`.
    `built` has the lines of the items that are planned already; a request for any other item closes a circle.
    What is named is used by the item at `user`, which is the item itself unless told.
    """

    names: Names
    built: Mapping[str, ItemLines]
    item_path: str
    rule_path: str = ""
    totals: Mapping[str, Formula] = field(default_factory=dict)
    circles: Mapping[tuple[str, str], list[str]] = field(default_factory=dict)
    user: str | None = None

    def value(self, name: str) -> Formula | None:
        if name in self.totals:
            return self.totals[name]
        path = self.path_of_input(name)
        if path is None:
            return None
        self.names.users.setdefault(path, set()).add(self.item_path if self.user is None else self.user)
        return self.names.inputs[path]

    def path_of_input(self, name: str) -> str | None:
        """The full name of an input: within the present rule or item, or else in the whole rubric."""
        inside_rule = [f"{self.rule_path}.{name}"] if self.rule_path else []
        paths = (*inside_rule, join(self.item_path, name), name)
        return next((path for path in paths if path in self.names.inputs), None)

    def item(self, name: str) -> ItemLines | list[str] | None:
        path = self.path_of_item(name)
        if path is None:
            return None
        if (self.item_path, path) in self.circles or path not in self.built:
            return self.circles.get((self.item_path, path), [self.item_path, path])
        return self.built[path]

    def path_of_item(self, name: str) -> str | None:
        """The full path of the item of this name: within the present item, or else in the whole rubric."""
        paths = (join(self.item_path, name), name)
        return next((path for path in paths if path and path in self.names.items), None)

    def inside(self, name: str) -> str | None:
        for path in (join(self.item_path, name), name):
            if path in self.names.items or path in self.names.rules:
                return next((known for known in self.names.inputs if known.startswith(f"{path}.")), "")
        return None

    def inputs(self) -> Iterable[str]:
        prefix = f"{self.item_path}."
        relative = [
            name.removeprefix(prefix)
            for name in self.names.inputs
            if self.item_path and name.startswith(prefix)
        ]
        return [*self.totals, *relative, *self.names.inputs]

    def items(self) -> Iterable[str]:
        return [path for path in self.names.items if path]

    def nearest(self, name: str, known: Iterable[str]) -> str:
        return self.names.hints.nearest(name, known)
