"""Rubric x the rubric that follows it -> what changed, by meaning: items in the order of the newer file, then registers.

Numbers are compared as numbers, a key that is left out as its default, conditions and formulas by their meaning. What
only the older rubric has is reported after the thing that it stood after there.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from govrubric.diff.matching import Matching, match
from govrubric.expressions.equivalence import meaning
from govrubric.language.fields import Expression, Level, Model, Table
from govrubric.language.inputs import Declared
from govrubric.language.rubric_text import join
from govrubric.numbers import written
from govrubric.plan.planner import PlannedItem
from govrubric.rubric import Rubric

Kind = Literal["added", "removed", "renamed", "moved", "changed", "reordered"]
What = Literal["rubric", "fact", "item", "rule", "gate", "grade", "ambiguity", "case"]
Fields = dict[str, Any]

# Keys for people, which change no score; of the rubric itself there are more.
WORDING = frozenset(("title", "clause", "note", "assessed_by"))
HEADER = WORDING | {"id", "language", "valid", "source"}
REGISTERS = ("ambiguity", "case")
# Keys that are things of their own, or that say who is who; the rubric's own id is one like any other.
APART = frozenset(
    (
        "govrubric",
        "id",
        "was",
        "facts",
        "indicators",
        "items",
        "rules",
        "gates",
        "grades",
        "cases",
        "ambiguities",
    )
)


@dataclass(frozen=True, slots=True)
class Change:
    """One change: of what, under which path in each rubric, and of a key its values as plain data.

    `scoring` is false where it can change neither a score nor a grade, nor what a rule counts.
    """

    kind: Kind
    what: What
    old: str | None
    new: str | None
    scoring: bool
    key: str | None = None
    before: Any = None
    after: Any = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two rubrics, who is who in them, and all that is different."""

    older: Rubric
    newer: Rubric
    matching: Matching
    changes: tuple[Change, ...]


class _Both(NamedTuple):
    """What both rubrics have, its path in each, and whether two values of a key of it say the same."""

    what: What
    old: str
    new: str
    same: Callable[[str, Any, Any], bool]


def compare(older: Rubric, newer: Rubric) -> Comparison:
    """Every difference of meaning between two rubrics; none where they differ in layout alone."""
    matching = match(older, newer)
    return Comparison(older, newer, matching, tuple(_Comparing(older, newer, matching).rubric()))


def plain_value(value: Any) -> Any:
    """A value of a model as plain data: numbers as digits, what has names as a mapping."""
    if (within := _inside(value)) is not None:
        return {key: plain_value(inner) for key, inner in within.items() if inner is not None}
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
    """Old and new names in the order of the new; an old name that is gone comes after the one that it stood after."""
    here = {was[one] for one in new if one in was}
    behind = ""
    gone: dict[str | None, list[str]] = {behind: []}
    for one in old:
        if one in here:
            behind = one
            gone[behind] = []
        else:
            gone[behind].append(one)
    yield from ((one, None) for one in gone[""])
    for one in new:
        yield was.get(one), one
        yield from ((other, None) for other in gone.get(was.get(one), ()))


def _fields(model: Model) -> Fields:
    """The keys of a model as an author writes them, and their values."""
    return {
        field.alias or name: getattr(model, name)
        for name, field in type(model).model_fields.items()
        if name not in APART
    }


def _inside(value: Any) -> Fields | None:
    """What a value has within it, by name."""
    if isinstance(value, Model | dict):
        return _fields(value) if isinstance(value, Model) else value
    return (
        dict(value) if isinstance(value, tuple) and value and isinstance(value[0], Level | Declared) else None
    )


def _in_any_order(value: Any) -> Any:
    """What a case counts or expects, without the order of its keys; the number 3 and the text "3" stay apart."""
    if isinstance(value, dict):
        return {key: _in_any_order(inner) for key, inner in value.items()}
    return [_in_any_order(inner) for inner in value] if isinstance(value, list) else repr(value)


def _of_item(item: PlannedItem) -> Fields:
    """The keys of an item. Those that have a default by others are left out where they come to it."""
    one = item.item
    usual = item.full + sum((part.weight for part in one.items if part.extra), Fraction(0))
    said = {
        "out_of": None if item.full == one.weight else item.full,
        "floor": _bound(item.floor, Fraction(0)),
        "ceiling": _bound(item.ceiling, usual),
    }
    if item.start is not None and not item.parts:
        said["start"] = "full" if item.start == item.full else item.start or "zero"
    return ({} if item.path else {"id": one.id}) | _fields(one) | said


def _bound(bound: Fraction | None, usual: Fraction) -> Fraction | str | None:
    """A floor or ceiling as it is written; ``None`` where it is the usual one."""
    if bound is None:
        return "none"
    return None if bound == usual else bound


class _Comparing:
    """Two rubrics while they are compared."""

    def __init__(self, older: Rubric, newer: Rubric, matching: Matching) -> None:
        self.older, self.newer, self.matching = older, newer, matching
        self.rules = [
            {rule.path: (rule.rule, item.path) for item in one.plan.items for rule in item.rules}
            for one in (older, newer)
        ]
        self.followed = {
            **{old: new for new, old in matching.rules.items()},
            **{old: new for new, old in matching.items.items()},
        }

    def rubric(self) -> Iterator[Change]:
        old, new = self.older.text, self.newer.text
        yield from self.keys(
            _Both("rubric", "", "", self.same("", "")),
            _of_item(self.older.item("")),
            _of_item(self.newer.item("")),
            HEADER,
        )
        yield from self.inside("", "")
        yield from self.listed(
            "fact", "", "", *({one.name: {"type": one.type} for one in text.facts} for text in (old, new))
        )
        yield from self.listed(
            "grade", "", "", *({one.grade: _fields(one) for one in text.grades} for text in (old, new))
        )
        yield from self.listed(
            "ambiguity", "", "", *({one.id: _fields(one) for one in text.ambiguities} for text in (old, new))
        )
        yield from self.listed(
            "case", "", "", *({one.name: _fields(one) for one in text.cases} for text in (old, new))
        )

    def item(self, old: str, new: str) -> Iterator[Change]:
        """An item of both, and whatever is within it."""
        yield from self.placed("item", old, new, old.rpartition(".")[0], new.rpartition(".")[0])
        yield from self.keys(
            _Both("item", old, new, self.same(old, new)),
            _of_item(self.older.item(old)),
            _of_item(self.newer.item(new)),
        )
        yield from self.inside(old, new)

    def inside(self, old: str, new: str) -> Iterator[Change]:
        """Rules, gates and parts of an item of both."""
        before, after = self.older.item(old), self.newer.item(new)
        yield from self.members(
            "rule", old, new, [one.path for one in before.rules], [one.path for one in after.rules]
        )
        yield from self.listed(
            "gate",
            old,
            new,
            *({gate.id: _fields(gate) for gate in one.item.gates} for one in (before, after)),
        )
        yield from self.members("item", old, new, before.parts, after.parts)

    def members(
        self, what: Literal["item", "rule"], old: str, new: str, before: Sequence[str], after: Sequence[str]
    ) -> Iterator[Change]:
        """Rules or parts of an item of both. What moved is reported where it stands in the newer rubric."""
        was, both = (self.matching.items, self.item) if what == "item" else (self.matching.rules, self.rule)
        yield from self.order(what, old, new, before, [was[one] for one in after if one in was])
        for one, other in woven(before, after, was):
            if other is None:
                yield from () if one in self.followed else (Change("removed", what, one, None, scoring=True),)
            elif one is None:
                yield Change("added", what, None, other, scoring=True)
                yield from self.arrived(other) if what == "item" else ()
            else:
                yield from both(one, other)

    def arrived(self, new: str) -> Iterator[Change]:
        """What a new item holds that the older rubric had elsewhere."""
        item = self.newer.item(new)
        for rule in item.rules:
            yield from (
                self.rule(self.matching.rules[rule.path], rule.path)
                if rule.path in self.matching.rules
                else ()
            )
        for part in item.parts:
            yield from (
                self.item(self.matching.items[part], part)
                if part in self.matching.items
                else self.arrived(part)
            )

    def rule(self, old: str, new: str) -> Iterator[Change]:
        """A rule of both. Where the verb changed, the keys that only one verb has make one change."""
        (before, old_home), (after, new_home) = self.rules[0][old], self.rules[1][new]
        yield from self.placed("rule", old, new, old_home, new_home)
        was, now = _fields(before), _fields(after)
        if before.verb != after.verb:
            own = [
                {key: value for key, value in one.items() if key not in other}
                for one, other in ((was, now), (now, was))
            ]
            yield Change("changed", "rule", old, new, True, "verb", *map(plain_value, own))
            was, now = (
                {key: value for key, value in one.items() if key in other}
                for one, other in ((was, now), (now, was))
            )
        yield from self.keys(_Both("rule", old, new, self.same(old_home, new_home, old, new)), was, now)

    def placed(self, what: What, old: str, new: str, old_home: str, new_home: str) -> Iterator[Change]:
        """Whether something has another path, since it stands elsewhere or has another id."""
        if self.matching.items.get(new_home) != old_home:
            yield Change("moved", what, old, new, scoring=True)
        elif old.rpartition(".")[2] != new.rpartition(".")[2]:
            yield Change("renamed", what, old, new, scoring=False)

    def listed(
        self, what: What, old: str, new: str, before: Mapping[str, Fields], after: Mapping[str, Fields]
    ) -> Iterator[Change]:
        """Things that both know by the same name: gates of an item, or facts, grades, readings and cases."""
        scoring = what not in REGISTERS
        if what in ("gate", "grade"):
            yield from self.order(what, old, new, list(before), [one for one in after if one in before])
        for one, other in woven(before, list(after), {name: name for name in after if name in before}):
            if other is None:
                yield Change("removed", what, join(old, one or ""), None, scoring)
            elif one is None:
                yield Change("added", what, None, join(new, other), scoring)
            else:
                pair = _Both(what, join(old, one), join(new, other), self.same(old, new))
                yield from self.keys(
                    pair, before[one], after[other], WORDING if scoring else frozenset(after[other])
                )

    def order(
        self, what: What, old: str, new: str, before: Sequence[str], after: Sequence[str]
    ) -> Iterator[Change]:
        """A change of the order of what both have. That of items matters if gates fix grades, as the last one wins."""
        stayed = [one for one in before if one in after]
        here = [one for one in after if one in before]
        if stayed != here:
            graded = any(
                gate.grade is not None
                for rubric in (self.older, self.newer)
                for item in rubric.plan.items
                for gate in item.item.gates
            )
            yield Change("reordered", what, old, new, what != "item" or graded, None, stayed, here)

    def keys(
        self, both: _Both, old: Fields, new: Fields, quiet: frozenset[str] = WORDING, above: str = ""
    ) -> Iterator[Change]:
        """The keys whose values say something else; those that are `quiet` change no score."""
        for one, other in woven(old, list(new), {key: key for key in new if key in old}):
            key = other or one or ""
            before, after = old.get(key), new.get(key)
            if both.same(key, before, after):
                continue
            was, now = _inside(before), _inside(after)
            if was is not None and now is not None:
                silent = frozenset((*was, *now)) if key in quiet else frozenset[str]()
                if key not in quiet and isinstance(after, Model):
                    silent = WORDING
                yield from self.keys(both, was, now, silent, f"{above}{key}.")
            else:
                yield Change(
                    "changed",
                    both.what,
                    both.old,
                    both.new,
                    key not in quiet,
                    above + key,
                    plain_value(before),
                    plain_value(after),
                )

    def same(
        self, old_item: str, new_item: str, old_rule: str = "", new_rule: str = ""
    ) -> Callable[[str, Any, Any], bool]:
        """Whether two values of a key, as they stand in these items and rules, say the same."""
        inputs, old_inputs, new_inputs = self.matching.inputs, self.older.inputs, self.newer.inputs
        old_items, new_items = ({item.path for item in one.plan.items} for one in (self.older, self.newer))

        def found(name: str, known: Iterable[str], *homes: str) -> str | None:
            return next(
                (path for path in (*(join(home, name) for home in homes if home), name) if path in known),
                None,
            )

        def old_input(name: str) -> str:
            path = found(name, old_inputs, old_rule, old_item)
            return name if path is None else inputs.get(path, f"old {path}")

        def old_place(name: str) -> str:
            path = found(name, old_items, old_item)
            return name if path is None else self.followed.get(path, f"old {path}")

        def same(key: str, before: Any, after: Any) -> bool:
            if isinstance(before, Expression) and isinstance(after, Expression):
                return meaning(before.parsed, old_input, old_place) == meaning(
                    after.parsed,
                    lambda name: found(name, new_inputs, new_rule, new_item) or name,
                    lambda name: found(name, new_items, new_item) or name,
                )
            if isinstance(before, Table) and isinstance(after, Table):
                return bool(_in_any_order(before.plain()) == _in_any_order(after.plain()))
            if key == "input" and before in inputs:
                return bool(inputs[before] == after)
            if key == "at" and before in self.followed:
                return bool(self.followed[before] == after)
            return bool(before == after)

        return same
