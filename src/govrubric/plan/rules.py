"""The rules of an item -> the lines of their effects, in the order in which rules act.

Awards act first, in file order, each as far as the ceiling allows; then deductions, each as far as the floor
allows; then forfeits. A rule whose effect may have either sign acts twice: among the awards with what it
gives, and among the deductions with what it takes. Where an item takes the greatest alone, all its other
awards and deductions add and take nothing.

Source: language section 4.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, NamedTuple

from govrubric.formula.build import add, all_of, compare, const, greatest, if_, known, least, minus, within
from govrubric.formula.nodes import Formula, Input, Sign
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

    `both`: the rule may give and may take, so that it has two steps. `counts`: the line of what counts of its
    effect in this step, where the item takes the greatest alone; otherwise all does.
    """

    rule: PlannedRule
    balance: LineName
    both: bool
    counts: LineName | None


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
    put: Put, effects: Sequence[Effect], base: Formula, limits: Limits, *, highest: bool
) -> tuple[tuple[Step, ...], Formula]:
    """The lines of all rules of an item; returns the steps in order, and the balance after the last.

    `highest`: of what they give, and of what they take, only the greatest counts, the first among equals.
    """
    raws = {
        effect.rule.path: put(effect.rule.line("raw"), effect.raw)
        for effect in effects
        if not effect.rule.rule.forfeits
    }
    acting = [effect.rule for effect in effects if not effect.rule.rule.forfeits]
    giving = [rule for rule in acting if raws[rule.path].hi > 0 or raws[rule.path].lo == 0]
    taking = [rule for rule in acting if raws[rule.path].lo < 0]
    gains = {rule.path: greatest(raws[rule.path], const(0)) for rule in giving}
    losses = {rule.path: least(raws[rule.path], const(0)) for rule in taking}
    if highest:
        gains, most = _greatest_alone(put, giving, gains, ("most", "given"))
        losses, least_ = _greatest_alone(put, taking, losses, ("least", "taken"))
    turns = _Turns(put, limits, base, {effect.rule.path: [] for effect in effects}, highest)
    # First all rules that give, then all that take, then forfeits, each in file order.
    reach = turns.balance.hi + most.hi if highest else None
    for rule in giving:
        turns.give(rule, raws[rule.path], gains[rule.path], reach)
    reach = turns.balance.lo + least_.lo if highest else None
    for rule in taking:
        turns.take(rule, raws[rule.path], losses[rule.path], reach)
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
    highest: bool
    steps: list[Step] = field(default_factory=list)

    def give(self, rule: PlannedRule, raw: Formula, gain: Formula, reach: Fraction | None) -> None:
        """A rule adds the `gain`, what counts of its effect above zero, to no more than `reach`."""
        after = add(self.balance, gain)
        after = after if reach is None else known(after, after.lo, reach)
        both = raw.lo < 0
        line: Literal["up", "after"] = "up" if both else "after"
        self._step(rule, line, self.limits.held(after, up=True), ZERO, gain.hi, both=both, counts="given")

    def take(self, rule: PlannedRule, raw: Formula, loss: Formula, reach: Fraction | None) -> None:
        """A rule takes the `loss`, what counts of its effect below zero, down to no less than `reach`."""
        after = add(self.balance, loss)
        after = self.limits.held(after if reach is None else known(after, reach, after.hi), up=False)
        self._step(rule, "after", after, loss.lo, ZERO, both=raw.hi > 0, counts="taken")

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
        counts: Literal["given", "taken"] | None = None,
    ) -> None:
        """Keep the line of the balance after a step that moves it by `lo` to `hi`."""
        balance = self.put(rule.line(line), after)
        self.moves[rule.path].append(known(minus(balance, self.balance), lo, hi))
        alone = rule.line(counts) if counts and self.highest else None
        self.steps.append(Step(rule, rule.line(line), both, alone))
        self.balance = balance


def _greatest_alone(
    put: Put,
    rules: Sequence[PlannedRule],
    amounts: Mapping[str, Formula],
    kinds: tuple[Literal["most", "least"], Literal["given", "taken"]],
) -> tuple[dict[str, Formula], Formula]:
    """What counts of the `amounts` of rules, where only the greatest award or deduction does; and that one.

    The first among equals is the one that goes beyond all before it, and beyond which none after it goes.
    """
    up = kinds[0] == "most"
    further = greatest if up else least
    beyond: Sign = ">" if up else "<"
    reaches: Sign = ">=" if up else "<="
    greatest_yet, before = const(0), dict[str, Formula]()
    for rule in rules:
        before[rule.path] = greatest_yet
        greatest_yet = put(rule.line(kinds[0]), further(greatest_yet, amounts[rule.path]))
    counted = {}
    for rule in rules:
        amount = amounts[rule.path]
        counts = all_of(
            compare((beyond,), (amount, before[rule.path])), compare((reaches,), (amount, greatest_yet))
        )
        counted[rule.path] = put(rule.line(kinds[1]), if_(counts, amount, const(0)))
    return counted, greatest_yet


def _forfeited(effect: Effect, balance: Formula, floor: Fraction | None) -> Formula:
    """The balance after a forfeit: zero or a higher floor, but lower by no more than the rule's `at_most`."""
    rule = effect.rule.rule
    left = least(balance, const(max(ZERO, floor or ZERO)))
    if rule.at_most is not None:
        left = greatest(left, add(balance, const(-rule.at_most)))
    return if_(all_of(effect.counts, effect.rule.inputs[0]), left, balance)
