"""Comparison x a tally of the older rubric -> the unit's totals under both rubrics, and the effects.

A value is carried over under the name that the newer rubric has for its input. An input that only the newer
rubric has was never counted: it is unknown, and so is every line that depends on it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from govrubric.comparison.attribution import Differences, Effect
from govrubric.comparison.compare import Comparison
from govrubric.diagnostics.diagnostic import Diagnostic, Path, TallyError
from govrubric.formula.nodes import Input, names
from govrubric.language.rules._rule import Rule
from govrubric.numbers import Exact
from govrubric.plan.lines import GRADE, TOTAL, VOID
from govrubric.plan.plan import Plan
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard
from govrubric.scoring.places import places
from govrubric.scoring.values import left_out
from govrubric.tally_sheets.units import FileUnit


@dataclass(frozen=True, slots=True)
class UnitDiff:
    """A unit under both rubrics: its totals and grades, and the effects that make up the difference.

    `before` is its total under the older rubric and `after` that under the newer, each ``None`` where a gate
    takes it away. `unknown` holds ``total`` or ``grade`` where the tally does not decide it under the newer
    rubric; that value is then ``None`` too. `old_place` and `new_place` are its places among the units that
    are compared, ``None`` without a total; `unknown` holds ``place`` where the total of any of them is
    unknown.
    """

    unit: str | None
    name: str | None
    before: Decimal | None
    after: Decimal | None
    old_grade: str | None
    new_grade: str | None
    unknown: frozenset[str]
    effects: tuple[Effect, ...]
    old_place: int | None = None
    new_place: int | None = None

    @property
    def difference(self) -> Exact | None:
        """The points that the unit gains; ``None`` where one of the totals is unknown or taken away."""
        if self.before is None or self.after is None:
            return None
        return Exact(self.after) - self.before


@dataclass(frozen=True, slots=True)
class RefusedUnit:
    """A unit whose values the newer rubric does not take; `diagnostics` say which, and why."""

    unit: str | None
    name: str | None
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class DroppedInput:
    """An input that only the older rubric has, and how many units gave it a value other than zero."""

    input: str
    units: int


@dataclass(frozen=True, slots=True)
class Replay:
    """Tallies of the older rubric under both rubrics.

    `dropped` are the inputs whose values the newer rubric has no input for, and `added` the inputs that only
    the newer rubric has, of which nothing is known. `units` and `refused` are in the order of the tallies.
    """

    dropped: tuple[DroppedInput, ...]
    added: tuple[str, ...]
    units: tuple[UnitDiff, ...]
    refused: tuple[RefusedUnit, ...]


class Recount:
    """Units one by one under both rubrics; what holds for all units is computed once."""

    carried: dict[str, str]
    dropped: dict[str, int]
    added: tuple[str, ...]

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        older, newer = comparison.older, comparison.newer
        readers = [_readers(older), _readers(newer)]
        self.carried = {
            old: new
            for old, new in comparison.matching.inputs.items()
            if _carries_over(older._inputs[old], newer._inputs[new], readers[0].get(old), readers[1].get(new))
        }
        self.dropped = dict.fromkeys((name for name in older._inputs if name not in self.carried), 0)
        taken = set(self.carried.values())
        self.added = tuple(name for name in newer._inputs if name not in taken)
        self._reached: dict[tuple[str, ...], frozenset[str]] = {}
        self._differences = Differences(comparison)

    def unit(self, unit: FileUnit, card: ScoreCard) -> UnitDiff | RefusedUnit:
        """A unit and its card under the older rubric -> the unit under both; also counts into `dropped`."""
        given = {value.name: value for value in card.inputs.values()}
        for name in self.dropped:
            self.dropped[name] += bool(given[name].value) and not given[name].assumed
        tally: dict[str, Any] = {
            new: given[old].value for old, new in self.carried.items() if not given[old].assumed
        }
        inputs, excused = self.comparison.newer._inputs, self.comparison.newer._plan.excused
        left_out = [name for name in self.carried.values() if name not in tally and inputs[name].required]
        tally |= {name: _any_value(inputs[name], tally) for name in self.added}
        raised = {name for name, value in tally.items() if value is True}
        raised |= self.comparison.newer._derived.raised_by(tally)
        needed = [name for name in left_out if raised.isdisjoint(excused.get(name, ()))]
        unknown = (*self.added, *needed)
        tally |= {name: _any_value(inputs[name], tally) for name in needed}
        try:
            new_card = self.comparison.newer.score(tally, unit=card.unit, name=card.name)
        except TallyError as error:
            found = tuple(self._placed(unit, finding) for finding in error.diagnostics)
            return RefusedUnit(card.unit, card.name, found)
        if unknown not in self._reached:
            self._reached[unknown] = reached(self.comparison.newer._plan, unknown)
        hidden = self._reached[unknown]
        open_ = frozenset(name for name, lines in _PUBLISHED.items() if not hidden.isdisjoint(lines))
        after = None if "total" in open_ else new_card.total
        grade = None if "grade" in open_ else new_card.grade
        effects = self._differences.of(card, new_card, hidden)
        return UnitDiff(card.unit, card.name, card.total, after, card.grade, grade, open_, effects)

    def replay(self, scored: Iterable[tuple[FileUnit, ScoreCard]]) -> Replay:
        """All units, each with its card under the older rubric, and what holds for all of them."""
        both = [self.unit(unit, card) for unit, card in scored]
        return Replay(
            tuple(DroppedInput(name, units) for name, units in self.dropped.items()),
            self.added,
            _placed([unit for unit in both if isinstance(unit, UnitDiff)]),
            tuple(unit for unit in both if isinstance(unit, RefusedUnit)),
        )

    def _placed(self, unit: FileUnit, finding: Diagnostic) -> Diagnostic:
        """A finding about a value under its newer name -> the finding at the place of the tally's value."""
        old = {new: old for old, new in self.carried.items()}[dict(finding.args)["name"]]
        return unit.place(replace(finding, path=_path(unit.tally, old)))


def _placed(units: Sequence[UnitDiff]) -> tuple[UnitDiff, ...]:
    """The units with their places under both rubrics."""
    before = places((None, unit.before) for unit in units)
    after: list[int | None] = places((None, unit.after) for unit in units)
    is_open = any("total" in unit.unknown for unit in units)
    return tuple(
        replace(
            unit,
            unknown=unit.unknown | {"place"} if is_open else unit.unknown,
            old_place=old,
            new_place=None if is_open else new,
        )
        for unit, old, new in zip(units, before, after, strict=True)
    )


# The lines that decide a total and a grade.
_PUBLISHED = {"total": (TOTAL, VOID), "grade": (GRADE,)}


def reached(plan: Plan, inputs: Iterable[str]) -> frozenset[str]:
    """The inputs and the lines that depend on any of them; no value of them changes another line."""
    dependent = set(inputs)
    for name, formula in plan.lines.items():
        if not dependent.isdisjoint(names(formula)):
            dependent.add(name)
    return frozenset(dependent)


def _readers(rubric: Rubric) -> Mapping[str, Rule]:
    """The rule to which each input belongs, by the name of the input; a fact belongs to no rule."""
    return {
        input_.name: rule.rule
        for item in rubric._plan.items
        for rule in item.rules
        if rule.rule.input is None
        for input_ in rule.inputs
    }


def _carries_over(old: Input, new: Input, old_rule: Rule | None, new_rule: Rule | None) -> bool:
    """Whether a value of the old input means the same to the new one; the new one may still refuse it."""
    if old.kind != new.kind or old.kind != "number" or (old.lo, old.hi) == (new.lo, new.hi):
        return old.kind == new.kind
    # Judged points stay points when their maximum changes. On a scale of its own, 8 of 10 is not 8 of 100.
    if old_rule is None or new_rule is None:
        return old_rule is new_rule
    return old_rule.verb == new_rule.verb and not new_rule.rescales


def _any_value(input_: Input, tally: Mapping[str, Any]) -> object:
    """A value that the input takes, in place of an unknown value, beside what the tally has already."""
    if input_.default is not None:
        return left_out(input_)
    if input_.each is not None:
        return tally.get(input_.each.of, 0) * input_.each.low
    match input_.kind:
        case "count":
            return 0
        case "flag":
            return False
        case "choice":
            return input_.options[0]
        case _:
            return min(max(Fraction(0), input_.lo), input_.hi)


def _path(tally: Mapping[str, Any], name: str) -> Path:
    """The path of a value in a tally, whose keys are dotted or nested; empty where it is not there."""
    for key, value in tally.items():
        if key == name:
            return (key, "value") if isinstance(value, Mapping) else (key,)
        if isinstance(value, Mapping) and name.startswith(f"{key}."):
            inner = _path(value, name.removeprefix(f"{key}."))
            if inner:
                return (key, *inner)
    return ()
