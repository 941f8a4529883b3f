"""The rules of an item -> the lines of their effects, in the order in which they take effect.

Awards come first, in file order, each as far as the ceiling allows; then deductions, each as far as the floor allows;
then forfeits. A rule whose effect may be of either sign takes its turn among the awards with what it gives, and among
the deductions with what it takes.

Source: language section 4.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from govrubric.formula.build import add, all_of, const, greatest, if_, known, least, minus, within
from govrubric.formula.nodes import Formula, Input
from govrubric.language.rules._rule import Rule
from govrubric.plan.lines import LineName, RuleLine, rule_line

ZERO = Fraction(0)
Put = Callable[[LineName, Formula], Formula]


@dataclass(frozen=True, slots=True)
class PlannedRule:
    """A rule with its path and its inputs."""

    path: str
    rule: Rule
    inputs: tuple[Input, ...]

    def line(self, kind: RuleLine) -> LineName:
        """The name of a line of the rule."""
        return rule_line(self.path, kind)

    @property
    def unit(self) -> str:
        """What the rule counts by; a shared count may have no unit of its own."""
        own = self.rule.inputs(self.path)
        return (own[0].unit if own else None) or (self.inputs[0].unit if self.inputs else None) or ""


class Step(NamedTuple):
    """A rule where it takes effect, and the line of the balance behind it; `both`: it may give, and has a second step to take."""

    rule: PlannedRule
    balance: LineName
    both: bool


class Effect(NamedTuple):
    """A rule, the flag that it counts, and what it gives or takes when it does."""

    rule: PlannedRule
    counts: Formula
    amount: Formula

    @property
    def raw(self) -> Formula:
        return if_(self.counts, self.amount, const(0))


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds for every rule of an item: where it ends, and the flag that it applies."""

    floor: Fraction | None
    ceiling: Fraction | None
    applies: Formula

    def held(self, formula: Formula, *, up: bool) -> Formula:
        """A balance that went up or down, held at the ceiling or the floor; zero while the item does not apply."""
        held = within(formula, None if up else self.floor, self.ceiling if up else None)
        spans_zero = (self.floor or ZERO) <= 0 and (self.ceiling is None or self.ceiling >= 0)
        return held if spans_zero else if_(self.applies, held, const(0))


def balanced(
    put: Put, effects: Sequence[Effect], base: Formula, frame: Frame
) -> tuple[tuple[Step, ...], Formula]:
    """The lines of all rules of an item; gives back the steps in order, and the balance behind the last."""
    balance = base
    steps: list[Step] = []
    raws = {
        one.rule.path: put(one.rule.line("raw"), one.raw) for one in effects if not one.rule.rule.forfeits
    }
    moved: dict[str, list[Formula]] = {one.rule.path: [] for one in effects}

    def step(
        rule: PlannedRule,
        line: Literal["up", "after"],
        after: Formula,
        lo: Fraction,
        hi: Fraction,
        *,
        both: bool = False,
    ) -> None:
        nonlocal balance
        behind = put(rule.line(line), after)
        moved[rule.path].append(known(minus(behind, balance), lo, hi))
        steps.append(Step(rule, rule.line(line), both))
        balance = behind

    for one in effects:
        raw = raws.get(one.rule.path)
        if raw is not None and (raw.hi > 0 or raw.lo == 0):
            both = raw.lo < 0
            gain = greatest(raw, const(0))
            step(
                one.rule,
                "up" if both else "after",
                frame.held(add(balance, gain), up=True),
                ZERO,
                gain.hi,
                both=both,
            )
    for one in effects:
        raw = raws.get(one.rule.path)
        if raw is not None and raw.lo < 0:
            loss = least(raw, const(0))
            step(one.rule, "after", frame.held(add(balance, loss), up=False), loss.lo, ZERO, both=raw.hi > 0)
    for one in effects:
        if one.rule.rule.forfeits:
            before = balance
            step(one.rule, "after", _forfeited(one, before, frame.floor), min(ZERO, -before.hi), ZERO)
            raws[one.rule.path] = put(
                one.rule.line("raw"), known(minus(balance, before), min(ZERO, -before.hi), ZERO)
            )
    for one in effects:
        raw = raws[one.rule.path]
        applied = put(one.rule.line("applied"), add(*moved[one.rule.path]))
        put(one.rule.line("absorbed"), known(minus(raw, applied), min(raw.lo, ZERO), max(raw.hi, ZERO)))
        put(one.rule.line("counted"), one.counts)
    return tuple(steps), balance


def _forfeited(one: Effect, balance: Formula, floor: Fraction | None) -> Formula:
    """Down to zero, or to the floor if that is higher, but by no more than the rule's own cap."""
    left = least(balance, const(max(ZERO, floor or ZERO)))
    if one.rule.rule.at_most is not None:
        left = greatest(left, add(balance, const(-one.rule.rule.at_most)))
    return if_(all_of(one.counts, one.rule.inputs[0]), left, balance)
