"""Rubric x the rubric that follows it -> what changed, by meaning: items in the newer order, then registers.

Numbers are compared as numbers, a key that is left out as its default, conditions and formulas by their
meaning. What only the older rubric has is reported after the thing that it stood after there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from govrubric.comparison.matching import Matching, match
from govrubric.document.nodes import Plain
from govrubric.expressions.equivalence import meaning
from govrubric.language.fields import Expression, Model, Table, wording
from govrubric.language.gates_text import Gate, Grade
from govrubric.language.inputs import Declared
from govrubric.language.rubric_text import Item, RubricText, join
from govrubric.language.rules._rule import Rule
from govrubric.language.values import ValueText
from govrubric.language.variants_text import Named, VariantText
from govrubric.language.worded import Level, Worded
from govrubric.numbers import NotANumber, exact, written
from govrubric.plan.names import VALUES, Names, NameScope, value_path
from govrubric.plan.plan import PlannedItem
from govrubric.rubric import Rubric

Kind = Literal["added", "removed", "renamed", "moved", "changed", "reordered"]
What = Literal["rubric", "fact", "value", "item", "rule", "gate", "grade", "variant", "ambiguity", "case"]
Fields = dict[str, Any]

REGISTERS = ("ambiguity", "case")
# Of things that are listed by name and can change a score, the keys that cannot.
LISTED: Mapping[What, frozenset[str]] = {
    "fact": frozenset(("title", "note")),
    "value": wording(ValueText),
    "gate": wording(Gate),
    "grade": wording(Grade),
    "variant": wording(VariantText),
}
# Keys that hold things of their own, or that identify a thing. The id of the rubric itself is compared
# like any other key.
APART = frozenset(
    (
        "govrubric",
        "id",
        "was",
        "facts",
        "values",
        "indicators",
        "items",
        "rules",
        "gates",
        "grades",
        "cases",
        "variants",
        "ambiguities",
    )
)


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the thing at path `old` in the older rubric and `new` in the newer.

    A thing that was added has no `old`, and one that was removed no `new`. Where a `key` of the thing
    changed, `before` and `after` are its values as plain data, numbers as digits. `scoring` is false where
    the change can affect neither a score nor a grade, nor what a rule counts.
    """

    kind: Kind
    what: What
    old: str | None
    new: str | None
    scoring: bool
    key: str | None = None
    before: Any = field(default=None, hash=False)
    after: Any = field(default=None, hash=False)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rubrics, which thing of one is which of the other, and every change."""

    older: Rubric
    newer: Rubric
    matching: Matching
    changes: tuple[Change, ...]


class _Both(NamedTuple):
    """A thing that both rubrics have, its path in each, and whether two values of a key mean the same."""

    what: What
    old: str
    new: str
    same: Callable[[str, Any, Any], bool]


def compare(older: Rubric, newer: Rubric) -> Comparison:
    """Every difference of meaning between two rubrics; none where they differ in layout alone."""
    matching = match(older, newer)
    return Comparison(older, newer, matching, tuple(_Comparing(older, newer, matching).rubric()))


def plain_value(value: Any) -> Any:
    """A value of a model as plain data: numbers as digits, values with keys as a mapping."""
    if (fields := _inside(value)) is not None:
        return {key: plain_value(inner) for key, inner in fields.items() if inner is not None}
    match value:
        case Table():
            return plain_value(value.plain())
        case tuple():
            return [plain_value(inner) for inner in value]
        case Fraction():
            return written(value)
        case None | bool():
            return value
        case _:
            return str(value)


def woven(
    old: Iterable[str], new: Sequence[str], was: Mapping[str, str]
) -> Iterator[tuple[str | None, str | None]]:
    """Pairs of old and new names in the order of the new; `was` has the old name of a new one.

    An old name that is gone comes after the kept name that it stood after.
    """
    kept = {was[name] for name in new if name in was}
    last_kept = ""
    gone: dict[str | None, list[str]] = {last_kept: []}
    for name in old:
        if name in kept:
            last_kept = name
            gone[last_kept] = []
        else:
            gone[last_kept].append(name)
    yield from ((name, None) for name in gone[""])
    for name in new:
        yield was.get(name), name
        yield from ((gone_name, None) for gone_name in gone.get(was.get(name), ()))


def named_grades(grades: Iterable[Grade]) -> dict[str, Grade]:
    """Grades by their names; one that stands again is told by its number: ``优秀 (2)``."""
    named: dict[str, Grade] = {}
    for grade in grades:
        name, number = grade.grade, 1
        while name in named:
            number += 1
            name = f"{grade.grade} ({number})"
        named[name] = grade
    return named


def _fields(model: Model) -> Fields:
    """The keys of a model as an author writes them, and their values."""
    return {
        field.alias or name: getattr(model, name)
        for name, field in type(model).model_fields.items()
        if name not in APART
    }


def _in_use(rule: Rule) -> Fields:
    """The keys of a rule, without those that go with one form of its verb and say nothing."""
    defaults = {field.alias or name: field.default for name, field in type(rule).model_fields.items()}
    return {
        key: value
        for key, value in _fields(rule).items()
        if key not in rule.of_one_form or value != defaults[key]
    }


def _inside(value: Any) -> Fields | None:
    """The keys and values within a value; ``None`` where it has no keys."""
    if isinstance(value, Model):
        return _fields(value)
    if isinstance(value, dict):
        return value
    has_names = isinstance(value, tuple) and value and isinstance(value[0], Level | Declared | Named)
    return dict(value) if has_names else None


def _in_any_order(value: Any) -> Any:
    """What a case has, or what a patch sets, for comparison; the number 3 and the text "3" stay apart."""
    match value:
        case dict():
            return {key: _in_any_order(inner) for key, inner in value.items()}
        case tuple():
            return tuple(map(_in_any_order, value))
        case Plain():
            with suppress(NotANumber):
                return exact(value)
    return repr(value)


def _of_item(item: PlannedItem) -> Fields:
    """The keys of an item. A key is left out where it equals a default that follows from other keys."""
    effective = {
        "out_of": None if item.full == (item.item.weight or 0) else item.full,
        "floor": _bound(item.floor, item.usual[0]),
        "ceiling": _bound(item.ceiling, item.usual[1]),
    }
    if item.start is not None and not item.parts:
        effective["start"] = "full" if item.full and item.start == item.full else item.start or "zero"
    return ({} if item.path else {"id": item.item.id}) | _fields(item.item) | effective


def _of_fact(fact: Declared) -> Fields:
    """The keys of a fact; its type is a word, or one key with what it takes."""
    if isinstance(fact.type, str):
        return {"type": fact.type}
    keys = _fields(fact.type)
    words = {key: keys.pop(key) for key in ("title", "note")}
    return {**words, "type": keys.get("type", keys)}


def _worded(value: Any, other: Any) -> Any:
    """A value that stands alone as its long form, where the `other` has words."""
    if isinstance(other, Worded) and value is not None and not isinstance(value, Model):
        return type(other).model_construct(**{other.alone: value})
    return value


def _differ_in_words(before: Any, after: Any) -> bool:
    """Whether two values differ as texts, but not in what changes a figure."""
    return bool(before != after and _figures(before) == _figures(after))


def _figures(value: Any) -> Any:
    """A value without the words in it, which change no figure."""
    match value:
        case Worded():
            return getattr(value, value.alone)
        case Model():
            words = wording(type(value))
            return {key: _figures(inner) for key, inner in _fields(value).items() if key not in words}
        case tuple():
            return tuple(map(_figures, value))
    return value


def _bound(bound: Fraction | None, usual: Fraction | None) -> Fraction | str | None:
    """A floor or ceiling as it is written; ``None`` where it is the usual one."""
    if bound == usual:
        return None
    return "none" if bound is None else bound


class _Comparing:
    """Two rubrics while they are compared; `names` has the names of each."""

    def __init__(self, older: Rubric, newer: Rubric, matching: Matching) -> None:
        self.older, self.newer, self.matching = older, newer, matching
        self.rules = [
            {rule.path: (rule.rule, item.path) for item in rubric._plan.items for rule in item.rules}
            for rubric in (older, newer)
        ]
        self.names = [Names.of(rubric._text) for rubric in (older, newer)]
        self.followed = {
            **{old: new for new, old in matching.rules.items()},
            **{old: new for new, old in matching.items.items()},
        }

    def rubric(self) -> Iterator[Change]:
        """Every change: of the rubric itself, of its items, then of its registers."""
        texts = (self.older._text, self.newer._text)
        yield from self.keys(
            _Both("rubric", "", "", self.same("", "")),
            _of_item(self.older._items[""]),
            _of_item(self.newer._items[""]),
            wording(RubricText),
        )
        yield from self.inside("", "")
        facts = ({fact.name: _of_fact(fact) for fact in text.facts} for text in texts)
        grades = (
            {name: _fields(grade) for name, grade in named_grades(text.grades).items()} for text in texts
        )
        readings = ({reading.id: _fields(reading) for reading in text.ambiguities} for text in texts)
        variants = ({one.id: _fields(one.patch) for one in text.variants} for text in texts)
        cases = ({case.name: _fields(case) for case in text.cases} for text in texts)
        yield from self.listed("fact", "", "", *facts)
        yield from self.listed("grade", "", "", *grades)
        yield from self.listed("variant", "", "", *variants)
        yield from self.listed("ambiguity", "", "", *readings)
        yield from self.listed("case", "", "", *cases)

    def item(self, old: str, new: str) -> Iterator[Change]:
        """An item of both, and everything within it."""
        yield from self.placed("item", old, new, old.rpartition(".")[0], new.rpartition(".")[0])
        yield from self.keys(
            _Both("item", old, new, self.same(old, new)),
            _of_item(self.older._items[old]),
            _of_item(self.newer._items[new]),
            wording(Item),
        )
        yield from self.inside(old, new)

    def inside(self, old: str, new: str) -> Iterator[Change]:
        """Rules, gates and parts of an item of both."""
        before, after = self.older._items[old], self.newer._items[new]
        rules = ([rule.path for rule in item.rules] for item in (before, after))
        gates = ({gate.id: _fields(gate) for gate in item.item.gates} for item in (before, after))
        values = (
            {f"{VALUES}.{value.name}": _fields(value.text) for value in item.item.values}
            for item in (before, after)
        )
        yield from self.listed("value", old, new, *values)
        yield from self.members("rule", old, new, *rules)
        yield from self.listed("gate", old, new, *gates)
        yield from self.members("item", old, new, before.parts, after.parts)

    def members(
        self, what: Literal["item", "rule"], old: str, new: str, before: Sequence[str], after: Sequence[str]
    ) -> Iterator[Change]:
        """Rules or parts of an item of both. What moved is reported where it stands in the newer rubric."""
        was, both = (self.matching.items, self.item) if what == "item" else (self.matching.rules, self.rule)
        yield from self.order(what, old, new, before, [was[path] for path in after if path in was])
        for old_path, new_path in woven(before, after, was):
            if old_path is not None and new_path is not None:
                yield from both(old_path, new_path)
            elif new_path is None:
                if old_path not in self.followed:
                    yield Change("removed", what, old_path, None, scoring=True)
            else:
                yield Change("added", what, None, new_path, scoring=True)
                if what == "item":
                    yield from self.arrived(new_path)

    def arrived(self, new: str) -> Iterator[Change]:
        """What a new item holds that the older rubric had elsewhere."""
        item = self.newer._items[new]
        for rule in item.rules:
            if rule.path in self.matching.rules:
                yield from self.rule(self.matching.rules[rule.path], rule.path)
        for part in item.parts:
            if part in self.matching.items:
                yield from self.item(self.matching.items[part], part)
            else:
                yield from self.arrived(part)

    def rule(self, old: str, new: str) -> Iterator[Change]:
        """A rule of both. Where the verb changed, the keys that only one of the verbs has make one change."""
        (before, old_home), (after, new_home) = self.rules[0][old], self.rules[1][new]
        yield from self.placed("rule", old, new, old_home, new_home)
        was, now = _fields(before), _fields(after)
        if before.verb != after.verb:
            was, now = _in_use(before), _in_use(after)
            own = [
                {key: value for key, value in fields.items() if key not in others}
                for fields, others in ((was, now), (now, was))
            ]
            yield Change("changed", "rule", old, new, True, "verb", *map(plain_value, own))
            was, now = (
                {key: value for key, value in fields.items() if key in others}
                for fields, others in ((was, now), (now, was))
            )
        both = _Both("rule", old, new, self.same(old_home, new_home, old, new))
        yield from self.keys(both, was, now, wording(type(after)))

    def placed(self, what: What, old: str, new: str, old_home: str, new_home: str) -> Iterator[Change]:
        """A change of path: the thing stands elsewhere, or has another id."""
        if self.matching.items.get(new_home) != old_home:
            yield Change("moved", what, old, new, scoring=True)
        elif old.rpartition(".")[2] != new.rpartition(".")[2]:
            yield Change("renamed", what, old, new, scoring=False)

    def listed(
        self, what: What, old: str, new: str, before: Mapping[str, Fields], after: Mapping[str, Fields]
    ) -> Iterator[Change]:
        """Things that are matched by name: gates of an item, or facts, grades, readings and cases."""
        scoring = what not in REGISTERS
        kept = {name: name for name in after if name in before}
        if what in ("gate", "grade"):
            yield from self.order(what, old, new, list(before), list(after))
        for old_name, new_name in woven(before, list(after), kept):
            if new_name is None:
                yield Change("removed", what, join(old, old_name or ""), None, scoring)
            elif old_name is None:
                yield Change("added", what, None, join(new, new_name), scoring)
            else:
                both = _Both(what, join(old, old_name), join(new, new_name), self.same(old, new))
                quiet = LISTED[what] if what in LISTED else frozenset(after[new_name])
                yield from self.keys(both, before[old_name], after[new_name], quiet)

    def order(
        self, what: What, old: str, new: str, before: Sequence[str], after: Sequence[str]
    ) -> Iterator[Change]:
        """A change of the order of what both have.

        The order of items affects no score. It can affect the grade if gates fix grades: the last gate wins.
        """
        old_order = [name for name in before if name in after]
        new_order = [name for name in after if name in before]
        if old_order != new_order:
            gates_fix_grades = any(
                gate.grade is not None
                for rubric in (self.older, self.newer)
                for item in rubric._plan.items
                for gate in item.item.gates
            )
            scoring = what != "item" or gates_fix_grades
            yield Change("reordered", what, old, new, scoring, None, old_order, new_order)

    def keys(
        self, both: _Both, old: Fields, new: Fields, quiet: frozenset[str], above: str = ""
    ) -> Iterator[Change]:
        """The keys whose values differ in meaning; the `quiet` keys change no score.

        `above` is the dotted key that the fields stand under, with a dot at its end.
        """
        for old_key, new_key in woven(old, list(new), {key: key for key in new if key in old}):
            key = new_key or old_key or ""
            before, after = old.get(key), new.get(key)
            before, after = _worded(before, after), _worded(after, before)
            if both.same(key, before, after):
                continue
            was, now = _inside(before), _inside(after)
            if was is not None and now is not None:
                inner_quiet = wording(type(after)) if isinstance(after, Model) else frozenset[str]()
                if key in quiet:
                    inner_quiet = frozenset((*was, *now))
                yield from self.keys(both, was, now, inner_quiet, f"{above}{key}.")
            else:
                yield Change(
                    "changed",
                    both.what,
                    both.old,
                    both.new,
                    key not in quiet and not _differ_in_words(before, after),
                    above + key,
                    plain_value(before),
                    plain_value(after),
                )

    def same(
        self, old_item: str, new_item: str, old_rule: str = "", new_rule: str = ""
    ) -> Callable[[str, Any, Any], bool]:
        """A test whether two values of a key, as they stand in these items and rules, mean the same."""
        inputs = self.matching.inputs
        of_old = NameScope(self.names[0], {}, old_item, old_rule)
        of_new = NameScope(self.names[1], {}, new_item, new_rule)
        values = {
            value_path(self.followed.get(item, item), value.name): path
            for path, (value, item) in self.names[0].values.items()
        }
        values = {old: new for new, old in values.items() if new in self.names[1].values}

        def old_input(name: str) -> str:
            path = of_old.path_of(name)
            if path is None:
                return name
            return inputs.get(path) or values.get(path) or self.followed.get(path, f"old {path}")

        def old_place(name: str) -> str:
            path = of_old.path_of_item(name)
            return name if path is None else self.followed.get(path, f"old {path}")

        def same(key: str, before: Any, after: Any) -> bool:
            if isinstance(before, Expression) and isinstance(after, Expression):
                return meaning(before.parsed, old_input, old_place) == meaning(
                    after.parsed,
                    lambda name: of_new.path_of(name) or name,
                    lambda name: of_new.path_of_item(name) or name,
                )
            if isinstance(before, Table) and isinstance(after, Table):
                return bool(_in_any_order(before.plain()) == _in_any_order(after.plain()))
            if key == "input" and before in inputs:
                return bool(inputs[before] == after)
            if key == "at" and before in self.followed:
                return bool(self.followed[before] == after)
            return bool(before == after)

        return same
