"""The rules of an item -> the lines of their effects, in the order in which rules act.

Awards act first, in file order, each as far as the ceiling allows; then deductions, each as far as the floor
allows; then forfeits. A rule whose effect may have either sign acts twice: among the awards with what it
gives, and among the deductions with what it takes.

Source: language section 4.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
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
    """A rule with its path and its inputs, and the number that it reads by a name, if it reads one."""

    path: str
    rule: Rule
    inputs: tuple[Input, ...]
    target: Formula | None = None

    @property
    def given(self) -> tuple[Formula, ...]:
        """What its effect is made of."""
        return self.inputs if self.target is None else (*self.inputs, self.target)

    def line(self, kind: RuleLine) -> LineName:
        """The name of a line of the rule."""
        return rule_line(self.path, kind)

    @property
    def unit(self) -> str:
        """The unit of the rule's count; that of its own input goes before that of a shared input."""
        first = [*self.rule.inputs(self.path)[:1], *self.inputs[:1]]
        return next((given.unit for given in first if given.unit), "")


class Step(NamedTuple):
    """A rule where it acts, and the line of the balance after it.

    `both`: the rule may give and may take, so that it has two steps.
    """

    rule: PlannedRule
    balance: LineName
    both: bool


class Effect(NamedTuple):
    """A rule, the flag that it counts, and what it gives (above zero) or takes (below) while it counts."""

    rule: PlannedRule
    counts: Formula
    amount: Formula

    @property
    def raw(self) -> Formula:
        return if_(self.counts, self.amount, const(0))


@dataclass(frozen=True, slots=True)
class Limits:
    """The floor and ceiling of an item (``None``: none), and the flag that it applies."""

    floor: Fraction | None
    ceiling: Fraction | None
    applies: Formula

    def held(self, formula: Formula, *, up: bool) -> Formula:
        """A balance after a step `up` or down, held at ceiling or floor; 0 while the item does not apply."""
        held = within(formula, None if up else self.floor, self.ceiling if up else None)
        spans_zero = (self.floor or ZERO) <= 0 and (self.ceiling is None or self.ceiling >= 0)
        return held if spans_zero else if_(self.applies, held, const(0))


def apply_rules(
    put: Put, effects: Sequence[Effect], base: Formula, limits: Limits
) -> tuple[tuple[Step, ...], Formula]:
    """The lines of all rules of an item; returns the steps in order, and the balance after the last."""
    turns = _Turns(put, limits, base, {effect.rule.path: [] for effect in effects})
    raws = {
        effect.rule.path: put(effect.rule.line("raw"), effect.raw)
        for effect in effects
        if not effect.rule.rule.forfeits
    }
    # First all rules that give, then all that take, then forfeits, each in file order.
    for effect in effects:
        raw = raws.get(effect.rule.path)
        if raw is not None and (raw.hi > 0 or raw.lo == 0):
            turns.give(effect.rule, raw)
    for effect in effects:
        raw = raws.get(effect.rule.path)
        if raw is not None and raw.lo < 0:
            turns.take(effect.rule, raw)
    for effect in effects:
        if effect.rule.rule.forfeits:
            raws[effect.rule.path] = turns.forfeit(effect)
    # How much of each raw effect the balance took.
    for effect in effects:
        raw = raws[effect.rule.path]
        applied = put(effect.rule.line("applied"), add(*turns.moves[effect.rule.path]))
        absorbed = known(minus(raw, applied), min(raw.lo, ZERO), max(raw.hi, ZERO))
        put(effect.rule.line("absorbed"), absorbed)
        put(effect.rule.line("counted"), effect.counts)
    return tuple(turns.steps), turns.balance


@dataclass(slots=True)
class _Turns:
    """The balance of an item while its rules act in turn; `moves` has what each rule's steps added to it."""

    put: Put
    limits: Limits
    balance: Formula
    moves: dict[str, list[Formula]]
    steps: list[Step] = field(default_factory=list)

    def give(self, rule: PlannedRule, raw: Formula) -> None:
        """A rule adds what its raw effect has above zero."""
        gain = greatest(raw, const(0))
        after = self.limits.held(add(self.balance, gain), up=True)
        both = raw.lo < 0
        self._step(rule, "up" if both else "after", after, ZERO, gain.hi, both=both)

    def take(self, rule: PlannedRule, raw: Formula) -> None:
        """A rule takes what its raw effect has below zero."""
        loss = least(raw, const(0))
        after = self.limits.held(add(self.balance, loss), up=False)
        self._step(rule, "after", after, loss.lo, ZERO, both=raw.hi > 0)

    def forfeit(self, effect: Effect) -> Formula:
        """A rule takes what is left; returns its raw effect, which is what it took."""
        before = self.balance
        lo = min(ZERO, -before.hi)
        self._step(effect.rule, "after", _forfeited(effect, before, self.limits.floor), lo, ZERO)
        return self.put(effect.rule.line("raw"), known(minus(self.balance, before), lo, ZERO))

    def _step(
        self,
        rule: PlannedRule,
        line: Literal["up", "after"],
        after: Formula,
        lo: Fraction,
        hi: Fraction,
        *,
        both: bool = False,
    ) -> None:
        """Keep the line of the balance after a step that moves it by `lo` to `hi`."""
        balance = self.put(rule.line(line), after)
        self.moves[rule.path].append(known(minus(balance, self.balance), lo, hi))
        self.steps.append(Step(rule, rule.line(line), both))
        self.balance = balance


def _forfeited(effect: Effect, balance: Formula, floor: Fraction | None) -> Formula:
    """The balance after a forfeit: zero or a higher floor, but lower by no more than the rule's `at_most`."""
    rule = effect.rule.rule
    left = least(balance, const(max(ZERO, floor or ZERO)))
    if rule.at_most is not None:
        left = greatest(left, add(balance, const(-rule.at_most)))
    return if_(all_of(effect.counts, effect.rule.inputs[0]), left, balance)
