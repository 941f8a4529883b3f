"""Comparison x a tally of the older rubric -> the unit's totals under both rubrics, and what made the difference.

What was counted goes over under the name that the newer rubric has for it. An input that only the newer rubric has
was never counted: it is unknown, and so is every line that depends on it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, NamedTuple

from govrubric.diagnostics.diagnostic import Diagnostic, Path, TallyError
from govrubric.diff.attribution import Differences, Effect
from govrubric.diff.compare import Comparison
from govrubric.formula.nodes import Input, names
from govrubric.language.rules._rule import Rule
from govrubric.numbers import Exact
from govrubric.plan.lines import GRADE, TOTAL, VOID
from govrubric.plan.planner import Plan
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard
from govrubric.tally_files import Unit


@dataclass(frozen=True, slots=True)
class Recounted:
    """A unit under both rubrics: its totals and grades, and the effects that make up the difference.

    A total is ``None`` where a gate takes it away. `unknown` holds ``total`` or ``grade`` where the tally does not decide
    it; that value is then ``None`` too.
    """

    unit: str | None
    name: str | None
    before: Exact | None
    after: Exact | None
    old_grade: str | None
    new_grade: str | None
    unknown: frozenset[str]
    effects: tuple[Effect, ...]

    @property
    def difference(self) -> Fraction | None:
        """What the unit gains; ``None`` where it has no total under one of the two, or an unknown one."""
        return (
            None
            if self.before is None or self.after is None
            else Fraction(self.after) - Fraction(self.before)
        )


@dataclass(frozen=True, slots=True)
class Refused:
    """A unit whose values the newer rubric does not take."""

    unit: str | None
    name: str | None
    found: tuple[Diagnostic, ...]


class Trial(NamedTuple):
    """Last year's tallies under both rubrics.

    `dropped`: the inputs that only the older rubric has, and how many units gave each above zero. `fresh`: the inputs
    that only the newer rubric has.
    """

    dropped: Mapping[str, int]
    fresh: tuple[str, ...]
    units: tuple[Recounted | Refused, ...]


class Recount:
    """Units one by one under both rubrics; what holds for all of them is worked out once."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        older, newer = comparison.older, comparison.newer
        readers = [_readers(older), _readers(newer)]
        self.carried = {
            old: new
            for old, new in comparison.matching.inputs.items()
            if _goes_over(older.inputs[old], newer.inputs[new], readers[0].get(old), readers[1].get(new))
        }
        self.dropped = dict.fromkeys((name for name in older.inputs if name not in self.carried), 0)
        taken = set(self.carried.values())
        self.fresh = tuple(name for name in newer.inputs if name not in taken)
        self._reached: dict[tuple[str, ...], frozenset[str]] = {}
        self._differences = Differences(comparison)

    def unit(self, unit: Unit, card: ScoreCard) -> Recounted | Refused:
        """A unit and its card under the older rubric -> the unit under both; `dropped` is counted on the way."""
        given = {one.name: one for one in card.inputs.values()}
        for name in self.dropped:
            self.dropped[name] += bool(given[name].value) and not given[name].assumed
        tally: dict[str, Any] = {
            new: given[old].value for old, new in self.carried.items() if not given[old].assumed
        }
        inputs, excused = self.comparison.newer.inputs, self.comparison.newer.plan.excused
        left_out = [name for name in self.carried.values() if name not in tally and inputs[name].required]
        unknown = (
            *self.fresh,
            *(name for name in left_out if not any(tally.get(flag) for flag in excused.get(name, ()))),
        )
        try:
            again = self.comparison.newer.score(
                {**tally, **{name: _any_value(inputs[name]) for name in unknown}},
                unit=card.unit,
                name=card.name,
            )
        except TallyError as error:
            return Refused(card.unit, card.name, tuple(self._placed(unit, one) for one in error.diagnostics))
        if unknown not in self._reached:
            self._reached[unknown] = reached(self.comparison.newer.plan, unknown)
        hidden = self._reached[unknown]
        open_ = frozenset(name for name, lines in _PUBLISHED.items() if not hidden.isdisjoint(lines))
        after = None if "total" in open_ else again.total
        grade = None if "grade" in open_ else again.grade
        effects = self._differences.of(card, again, hidden)
        return Recounted(card.unit, card.name, card.total, after, card.grade, grade, open_, effects)

    def trial(self, units: Iterable[Recounted | Refused]) -> Trial:
        """Those units that were recounted, and what holds for all of them."""
        done = tuple(units)
        return Trial(self.dropped, self.fresh, done)

    def _placed(self, unit: Unit, one: Diagnostic) -> Diagnostic:
        """A finding about a value under its newer name -> the same where the tally gives the value."""
        old = {new: old for old, new in self.carried.items()}[dict(one.args)["name"]]
        return unit.place(replace(one, path=_path(unit.tally, old)))


# The lines of which a total and a grade are made.
_PUBLISHED = {"total": (TOTAL, VOID), "grade": (GRADE,)}


def reached(plan: Plan, inputs: Iterable[str]) -> frozenset[str]:
    """The lines that depend on any of some inputs; whatever these are given, every other line stays as it is."""
    found = set(inputs)
    for name, formula in plan.lines.items():
        if not found.isdisjoint(names(formula)):
            found.add(name)
    return frozenset(found)


def _readers(rubric: Rubric) -> Mapping[str, Rule]:
    """The rule to which an input belongs; a fact belongs to none."""
    return {
        one.name: rule.rule
        for item in rubric.plan.items
        for rule in item.rules
        if rule.rule.input is None
        for one in rule.inputs
    }


def _goes_over(old: Input, new: Input, old_rule: Rule | None, new_rule: Rule | None) -> bool:
    """Whether a value of the old input means the same to the new one; the new one may still refuse it."""
    if old.kind != new.kind or old.kind != "number" or (old.lo, old.hi) == (new.lo, new.hi):
        return old.kind == new.kind
    # Points that were judged stay points, whatever the most is; of 100 they are not the same as of 10.
    if old_rule is None or new_rule is None:
        return old_rule is new_rule
    return old_rule.verb == new_rule.verb and not new_rule.rescales


def _any_value(one: Input) -> object:
    """A value that the input takes, in the place of one that is unknown."""
    return {"count": 0, "flag": False, "choice": one.options[0] if one.options else ""}.get(
        one.kind, min(max(Fraction(0), one.lo), one.hi)
    )


def _path(tally: Mapping[str, Any], name: str) -> Path:
    """Where a tally gives a value, dotted or nested."""
    for key, value in tally.items():
        if key == name:
            return (key, "value") if isinstance(value, Mapping) else (key,)
        if (
            name.startswith(f"{key}.")
            and isinstance(value, Mapping)
            and (inside := _path(value, name.removeprefix(f"{key}.")))
        ):
            return (key, *inside)
    return ()
