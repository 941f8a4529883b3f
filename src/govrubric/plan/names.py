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
from govrubric.expressions.dependencies import named, requests
from govrubric.expressions.operands import ItemLines, Operand, Refused, operand_of
from govrubric.formula.build import flag
from govrubric.formula.nodes import Formula, Input
from govrubric.language.fields import Expression
from govrubric.language.rubric_text import AnyItem, RubricText, join, parts
from govrubric.language.rules._rule import Rule
from govrubric.language.values import NamedValue
from govrubric.plan.lines import item_line

NOT_APPLICABLE = "not_applicable"
VALUES = "values"


class OwnedRule(NamedTuple):
    """A rule, and the path of its item."""

    rule: Rule
    item: str


class OwnedValue(NamedTuple):
    """A named value, and the path of its item; of the rubric's own values the empty path."""

    value: NamedValue
    item: str


class Text(NamedTuple):
    """A condition or formula of an item, and its path within the item."""

    key: tuple[str | int, ...]
    text: Expression


def texts(item: AnyItem) -> Iterator[Text]:
    """The conditions and formulas of an item, without those of its parts."""
    for value in item.values:
        yield Text((VALUES, value.name, "formula"), value.text.formula)
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


def value_path(item: str, name: str) -> str:
    """The path of a value of an item."""
    return join(item, f"{VALUES}.{name}")


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
    """A rubric's items, inputs, rules and values by their paths, and the users of inputs.

    `users` has for each input the paths of the items that use it, and `used` the values that something uses;
    they grow while conditions and formulas are compiled, since only then is it known what they use. `hints`
    finds the names that misspelt ones mean.
    """

    items: dict[str, AnyItem] = field(default_factory=dict)
    inputs: dict[str, Input] = field(default_factory=dict)
    rules: dict[str, OwnedRule] = field(default_factory=dict)
    values: dict[str, OwnedValue] = field(default_factory=dict)
    users: dict[str, set[str]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    hints: Hints = field(default_factory=Hints)
    own: dict[str, tuple[Input, ...]] = field(default_factory=dict)  # of rules; made where first needed

    @classmethod
    def of(cls, text: RubricText, like: "Names | None" = None) -> "Names":
        """The names of a rubric. Inputs of rules that it shares with the rubric of `like` are made once."""
        names = cls(
            inputs={fact.name: fact.as_input(fact.name) for fact in text.facts},
            users={fact.name: {""} for fact in text.facts},
        )
        for item, path, _ in parts(text):
            names.items[path] = item
            if item.policy is not None and item.exempt_when is None:
                names.inputs[excusing(path)] = flag(excusing(path))
            for rule in item.rules:
                rule_path = join(path, rule.id)
                names.rules[rule_path] = OwnedRule(rule, path)
                if like is not None and rule_path in like.rules and like.rules[rule_path].rule is rule:
                    names.own[rule_path] = like.own_inputs(rule_path)
                if rule.input is None:
                    for own in names.own_inputs(rule_path):
                        names.inputs[own.name] = own
                        names.users.setdefault(own.name, set()).add(path)
        for item, path, _ in parts(text):
            for value in item.values:
                if (full := value_path(path, value.name)) not in names.items:  # which a lint refuses
                    names.values[full] = OwnedValue(value, path)
        return names

    def own_inputs(self, path: str) -> tuple[Input, ...]:
        """The inputs of the rule at a path, as if it named no shared one."""
        if path not in self.own:
            self.own[path] = self.rules[path].rule.titled_inputs(path)
        return self.own[path]

    def of_rule(self, path: str) -> tuple[Input, ...]:
        """The inputs that a rule reads: its own, or the shared input that it names, if that fits."""
        rule, item = self.rules[path]
        own = self.own_inputs(path)
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

    def known_early(self, path: str) -> bool:
        """Whether a value is known before any score, and before any item is known to apply.

        It is one of the rubric's own, made of inputs and of such values alone.
        """
        seen, left = set[str](), [path]
        while left:
            value = left.pop()
            owned = self.values[value]
            parsed = owned.value.text.formula.parsed
            if owned.item or requests(parsed):
                return False
            seen.add(value)
            scope = NameScope(self, {}, "")
            paths = (scope.path_of(name) for name in named(parsed))
            left += [path for path in paths if path in self.values and path not in seen]
        return True

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
    `built` has the lines of the items that are planned already, and `values` the values; a request for any
    other closes a circle. The text is that of the `node`: of a value, or else of the item. What is named is
    used by the item at `user`, which is the item itself unless told.
    """

    names: Names
    built: Mapping[str, ItemLines]
    item_path: str
    rule_path: str = ""
    totals: Mapping[str, Formula] = field(default_factory=dict)
    circles: Mapping[tuple[str, str], list[str]] = field(default_factory=dict)
    values: Mapping[str, Operand] = field(default_factory=dict)
    node: str | None = None
    user: str | None = None

    @property
    def reader(self) -> str:
        """The item that uses what the text names."""
        return self.item_path if self.user is None else self.user

    def value(self, name: str) -> Operand | Refused | None:
        if name in self.totals:
            return operand_of(self.totals[name])
        paths = self.meant(name)
        if len(paths) > 1:
            return Refused("GR528", {"name": name, "path": paths[0], "other": paths[1]})
        return self.operand(name, paths[0]) if paths else None

    def operand(self, name: str, path: str) -> Operand | Refused:
        """What stands for the input, value or rule with levels at a path."""
        if path in self.names.values:
            self.names.used.add(path)
            if self.user is not None and not self.names.known_early(path):
                return Refused("GR522", {"text": name})
            circle = self.circle(path, self.values)
            return self.values[path] if circle is None else _in_circle(name, circle)
        if path in self.names.inputs:
            self.names.users.setdefault(path, set()).add(self.reader)
            return operand_of(self.names.inputs[path])
        rule, _ = self.names.rules[path]
        inputs = self.names.of_rule(path)
        for given in inputs:
            self.names.users.setdefault(given.name, set()).add(self.reader)
        total = rule.all_cases(inputs)
        assert total is not None, "only such a rule is meant by its name"
        return operand_of(total)

    def path_of(self, name: str) -> str | None:
        """The full name of the input, value or rule with levels that a name means."""
        return next(iter(self.meant(name)), None)

    def meant(self, name: str) -> list[str]:
        """The paths that a name means: within the present rule or item, or else in the whole rubric.

        A value may be called by its name alone where nothing else has it. There are two paths where
        something else of the same item has it.
        """
        if self.rule_path and f"{self.rule_path}.{name}" in self.names.inputs:
            return [f"{self.rule_path}.{name}"]
        is_hidden = False
        for item in dict.fromkeys((self.item_path, "")):
            path, alone = join(item, name), value_path(item, name)
            is_thing = path in self.names.items or path in self.names.rules
            paths = [path] if self.is_value(path) or path in self.names.values else []
            if alone in self.names.values and not is_hidden:
                paths = [*(paths or ([path] if is_thing else [])), alone]
            if paths:
                return paths
            is_hidden = is_hidden or is_thing
        return []

    def is_value(self, path: str) -> bool:
        """Whether the tally gives a value for a path: of an input, or counts for the levels of a rule."""
        if path in self.names.inputs:
            return True
        owned = self.names.rules.get(path)
        return owned is not None and owned.rule.all_cases(owned.rule.inputs(path)) is not None

    def item(self, name: str) -> ItemLines | list[str] | None:
        path = self.path_of_item(name)
        if path is None:
            return None
        circle = self.circle(path, self.built)
        return self.built[path] if circle is None else circle

    def circle(self, path: str, done: Mapping[str, object]) -> list[str] | None:
        """The circle that asking for an item or value closes; ``None`` where it is among those `done`."""
        asking = (self.item_path if self.node is None else self.node, path)
        if asking in self.circles or path not in done:
            return self.circles.get(asking, [*asking])
        return None

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
        own = [
            name.removeprefix(f"{home}.")
            for home in (f"{join(self.item_path, VALUES)}", VALUES)
            for name in self.names.values
            if name.startswith(f"{home}.")
        ]
        return [*self.totals, *relative, *self.names.inputs, *own, *self.names.values]

    def items(self) -> Iterable[str]:
        return [path for path in self.names.items if path]

    def nearest(self, name: str, known: Iterable[str]) -> str:
        return self.names.hints.nearest(name, known)


def _in_circle(name: str, circle: list[str]) -> Refused:
    return Refused("GR509", {"name": name, "circle": " → ".join(circle)})
