"""A unit's cards under both rubrics -> the effects that make up the difference, in points of the total.

Each item's ledger is read on both cards: its start or parts, its rules, gates, rounding, and whether it
counts. What an item adds to the older total is weighted as in the newer rubric. Whatever else a group makes
of its parts is an effect of the group, so that the effects add up to the whole difference.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from govrubric.comparison.compare import Comparison, woven
from govrubric.formula.nodes import Add, Const, Name, Scale
from govrubric.language.rubric_text import Item
from govrubric.numbers import Exact, ratio
from govrubric.plan.lines import ItemLine, item_line, rule_line
from govrubric.plan.plan import Plan, PlannedItem
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard
from govrubric.scoring.ledger import ItemScore, RuleScore

ZERO = Fraction(0)
What = Literal["item", "start", "parts", "rule", "gates", "rounding", "standing"]


@dataclass(frozen=True, slots=True)
class Effect:
    """The points that a unit gains by a change, at path `old` in the older rubric and `new` in the newer.

    `amount` is in points of the newer total, and ``None`` where it is unknown. `what` is ``item`` for the
    whole of an item that only one of the rubrics has. Of an item that both have, ``start`` is where it
    starts, ``parts`` what it makes of its parts beyond adding them up, and ``standing`` whether it applies,
    counts, and has a score.
    """

    what: What
    old: str | None
    new: str | None
    amount: Exact | None


class _Side:
    """One of the rubrics, and the rows of a card under it.

    By the path of an item, `weights` holds what a point of its contribution is worth in the newer total, and
    `points` what a point of its score is worth there.
    """

    plan: Plan
    items: dict[str, PlannedItem]
    weights: dict[str, Fraction]
    points: dict[str, Fraction]
    homes: dict[str, str]
    shared: set[str]

    def __init__(self, rubric: Rubric, followed: Iterable[str]) -> None:
        self.plan, self.items = rubric._plan, {item.path: item for item in rubric._plan.items}
        self.weights, self.points = {"": Fraction(1)}, dict[str, Fraction]()
        self.homes = {rule.path: item.path for item in rubric._plan.items for rule in item.rules}
        self.shared = {
            path[:end]
            for path in followed
            for end in range(len(path) + 1)
            if path[end : end + 1] in ("", ".")
        }
        self.rows: Mapping[str, ItemScore] = {}
        self.rules: Mapping[str, RuleScore] = {}

    def parts_of(self, path: str | None) -> tuple[str, ...]:
        return () if path is None else self.items[path].parts

    def rules_of(self, path: str | None) -> tuple[str, ...]:
        return () if path is None else tuple(rule.path for rule in self.items[path].rules)

    def contribution(self, path: str | None) -> Fraction:
        """What an item adds to the total; nothing where it has no score."""
        return ZERO if path is None else self.weights[path] * Fraction(self.rows[path].contribution or 0)

    def beyond_parts(self, path: str | None) -> Fraction:
        """What an item starts from, without what its parts add."""
        if path is None:
            return ZERO
        parts = sum(map(self.contribution, self.items[path].parts), ZERO)
        return self.of(path, self.rows[path].base) - parts

    def applied(self, rule: str | None) -> Fraction:
        return ZERO if rule is None else self.of(self.homes[rule], self.rules[rule].applied)

    def gates(self, path: str | None) -> Fraction:
        return ZERO if path is None else self.of(path, *(gate.effect for gate in self.rows[path].gates))

    def rounding(self, path: str | None) -> Fraction:
        return ZERO if path is None else self.of(path, self.rows[path].rounding)

    def standing(self, path: str | None) -> Fraction:
        """What an item contributes beyond its ledger.

        That takes the whole ledger away again where the item does not count or has no score.
        """
        if path is None or is_usual(self.rows[path]):
            return ZERO
        row = self.rows[path]
        ledger = self.of(
            path,
            row.base,
            row.rounding,
            *(rule.applied for rule in row.rules),
            *(gate.effect for gate in row.gates),
        )
        return self.contribution(path) - ledger

    def of(self, path: str, *points: Exact) -> Fraction:
        """Points of an item's score, in points of the newer total."""
        return self.points[path] * sum((Fraction(amount) for amount in points if amount), ZERO)


def is_usual(row: ItemScore) -> bool:
    """Whether an item contributes what its ledger comes to."""
    return row.applies and row.counts and not row.void


class Differences:
    """The effects between any two cards of a comparison; the weights are computed once."""

    was_item: Mapping[str, str]
    was_rule: Mapping[str, str]
    old: _Side
    new: _Side
    pairs: list[tuple[str | None, str | None]]

    def __init__(self, comparison: Comparison) -> None:
        matching = comparison.matching
        self.was_item, self.was_rule = matching.items, matching.rules
        self.old = _Side(comparison.older, (*self.was_item.values(), *self.was_rule.values()))
        self.new = _Side(comparison.newer, (*self.was_item, *self.was_rule))
        now = {old: new for new, old in self.was_item.items()}
        for side in (self.new, self.old):
            for path, item in side.items.items():
                side.points[path] = side.weights[path] * item.share
                # In a group that both have, a part of the older rubric has the weight of the newer.
                group, within = (self.new, now[path]) if side is self.old and path in now else (side, path)
                for part_path, part in zip(item.parts, item.item.items, strict=True):
                    side.weights[part_path] = group.points[within] * _share(group.items[within], part)
        self.pairs = list(self._pairs("", ""))

    def of(self, before: ScoreCard, after: ScoreCard, hidden: frozenset[str]) -> tuple[Effect, ...]:
        """The effects that make up the difference. The `hidden` lines of the newer rubric are unknown."""
        for side, card in ((self.old, before), (self.new, after)):
            side.rows, side.rules = card.items, card.rules
        return tuple(
            effect
            for old, new in self.pairs
            for effect in self._effects(old, new, hidden)
            if effect.amount != 0
        )

    def _pairs(self, old: str | None, new: str | None) -> Iterator[tuple[str | None, str | None]]:
        """Every item after its parts, in the order of the newer rubric, by its path in each rubric.

        The parts of an item that only one rubric has are left out.
        """
        if not self._is_alone(old, new):
            followed = set(self.was_item.values())
            for old_part, new_part in woven(self.old.parts_of(old), self.new.parts_of(new), self.was_item):
                if new_part is not None or old_part not in followed:
                    yield from self._pairs(old_part, new_part)
        yield old, new

    def _is_alone(self, old: str | None, new: str | None) -> bool:
        """Whether the other rubric has neither the item nor anything within it."""
        if old is None:
            return new not in self.new.shared
        return new is None and old not in self.old.shared

    def _effects(self, old: str | None, new: str | None, hidden: frozenset[str]) -> Iterator[Effect]:
        before, after = self.old, self.new

        def unknown(*lines: ItemLine) -> bool:
            return new is not None and not hidden.isdisjoint(item_line(new, line) for line in lines)

        def effect(what: What, amount: Fraction, is_unknown: bool) -> Effect:
            return _effect(what, old, new, amount, is_unknown)

        if self._is_alone(old, new):
            amount = after.contribution(new) - before.contribution(old)
            yield effect("item", amount, unknown("contribution", "void"))
            return
        parts = [*before.parts_of(old), *after.parts_of(new)]
        part_lines = [
            name
            for part in after.parts_of(new)
            for name in (item_line(part, "contribution"), item_line(part, "void"))
        ]
        is_unknown = unknown("base") or not hidden.isdisjoint(part_lines)
        adds_up = bool(part_lines) and new is not None and _adds_up(after.plan, after.items[new])
        amount = after.beyond_parts(new) - before.beyond_parts(old)
        yield effect("parts" if parts else "start", amount, is_unknown and not adds_up)
        followed = set(self.was_rule.values())
        for old_rule, new_rule in woven(before.rules_of(old), after.rules_of(new), self.was_rule):
            if new_rule is not None or old_rule not in followed:
                amount = after.applied(new_rule) - before.applied(old_rule)
                is_unknown = new_rule is not None and self._is_unknown(new_rule, hidden)
                yield _effect("rule", old_rule, new_rule, amount, is_unknown)
        gated = new is not None and bool(after.items[new].item.gates)
        yield effect("gates", after.gates(new) - before.gates(old), gated and unknown("balance", "gated"))
        yield effect("rounding", after.rounding(new) - before.rounding(old), unknown("rounding"))
        row = None if new is None else after.rows[new]
        usual = row is None or is_usual(row)
        flags = unknown("applies", "counts", "void") or (not usual and unknown("contribution", "gated"))
        yield effect("standing", after.standing(new) - before.standing(old), flags)

    def _is_unknown(self, rule: str, hidden: frozenset[str]) -> bool:
        """Whether the points of a rule of the newer rubric are unknown."""
        if rule_line(rule, "applied") not in hidden:
            return False
        # A rule whose effect is known to be zero does nothing, wherever the balance stands.
        return rule_line(rule, "raw") in hidden or bool(self.new.rules[rule].raw)


def _effect(what: What, old: str | None, new: str | None, amount: Fraction, is_unknown: bool) -> Effect:
    points = None if is_unknown else ratio(amount.numerator, amount.denominator)
    return Effect(what, old, new, points)


def _share(group: PlannedItem, part: Item) -> Fraction:
    """The share of a part's contribution that its group takes over, where it is the same for all tallies."""
    if group.item.combine != "mean" or part.extra:
        return Fraction(1)
    dropped = group.item.drop.lowest + group.item.drop.highest if group.item.drop else 0
    return Fraction(1, max(1, sum(not item.extra for item in group.item.items) - dropped))


def _adds_up(plan: Plan, group: PlannedItem) -> bool:
    """Whether a group comes to the sum or the mean of its parts, whatever these are."""
    result, base = plan.lines[group.line("parts")], plan.lines[group.line("base")]
    by = Fraction(1)
    if isinstance(result, Scale):
        by = result.by
        result = result.of
    terms = result.terms if isinstance(result, Add) else (result,)
    names = [item_line(part, "contribution") for part in group.parts]
    own = [term.name for term in terms if isinstance(term, Name)]
    fixed = [name for name in names if isinstance(plan.lines[name], Const)]
    whole = sorted([*own, *fixed]) == sorted(names) and len(terms) - len(own) == bool(fixed)
    shares = {_share(group, part) for part in group.item.items}
    return whole and shares == {by} and isinstance(base, Name) and base.name == group.line("parts")
