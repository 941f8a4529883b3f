"""Rubric x tally -> total, scores and effects: language sections 3 to 5 read aloud, slowly, over fractions.

The second opinion that the engine is compared with, so it shares nothing with it but the model. Where the language is
silent: a group's base is held within its floor and ceiling before the group's own rules act; `at_most` limits a rule's
raw effect; what a forfeit takes is its raw effect; a root with `out_of` rounds its total, and its score follows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import Any

from govrubric.model import AnyItem, RubricText, join
from govrubric.rules._rule import Rule

ZERO = Fraction(0)
ADDS = ("award", "judge", "convert")


@dataclass
class Result:
    """What a tally comes to. `rules` holds (raw, applied), `bases` what stood before any rule, `exact` the unrounded total."""

    total: Fraction = ZERO
    exact: Fraction = ZERO
    items: dict[str, Fraction] = field(default_factory=dict)
    rules: dict[str, tuple[Fraction, Fraction]] = field(default_factory=dict)
    bases: dict[str, Fraction] = field(default_factory=dict)
    roundings: dict[str, Fraction] = field(default_factory=dict)


def evaluate(text: RubricText, tally: Mapping[str, Any]) -> Result:
    """A rubric and a tally of values alone under dotted names -> the result."""
    result = Result()
    result.total = _contribution(text, "", tally, result)
    return result


def _contribution(item: AnyItem, path: str, tally: Mapping[str, Any], result: Result) -> Fraction:
    full = item.weight if item.out_of is None else item.out_of
    lowest = None if item.floor == "none" else ZERO if item.floor is None else item.floor
    highest = None if item.ceiling == "none" else full if item.ceiling is None else item.ceiling
    result.items[path] = ZERO  # keeps the item's place before its parts
    if item.items:
        balance = sum((_contribution(part, join(path, part.id), tally, result) for part in item.items), ZERO)
        balance = balance if highest is None or balance < highest else highest
        balance = balance if lowest is None or balance > lowest else lowest
    else:
        balance = _start(item, full)
    result.bases[path] = balance
    for rule in (rule for rule in item.rules if rule.verb in ADDS):
        raw = _capped(rule, _points(rule, join(path, rule.id), tally, full))
        applied = raw if highest is None else min(raw, highest - balance)
        balance += applied
        result.rules[join(path, rule.id)] = raw, applied
    for rule in (rule for rule in item.rules if rule.verb == "deduct"):
        taken = _capped(rule, _points(rule, join(path, rule.id), tally, full))
        applied = taken if lowest is None else min(taken, balance - lowest)
        balance -= applied
        result.rules[join(path, rule.id)] = -taken, -applied
    for rule in (rule for rule in item.rules if rule.verb == "forfeit"):
        left = max(ZERO, balance - max(ZERO, lowest or ZERO)) if tally.get(join(path, rule.id), False) else ZERO
        left = _capped(rule, left)
        balance -= left
        result.rules[join(path, rule.id)] = -left, -left
    share = item.weight / full
    score = balance
    if isinstance(item, RubricText):
        result.exact = balance * share
        score = rounded(balance * share, item.round.places, item.round.mode) / share
    elif item.round is not None:
        score = rounded(balance, item.round.places, item.round.mode)
    result.items[path], result.roundings[path] = score, score - balance
    return score * share


def _start(item: AnyItem, full: Fraction) -> Fraction:
    if isinstance(item.start, Fraction):
        return item.start
    if item.start is not None:
        return {"full": full, "zero": ZERO}[item.start]
    takes = {rule.verb in ("deduct", "forfeit") for rule in item.rules}
    assert len(takes) == 1, "must be written when both"
    return full if takes == {True} else ZERO


def _capped(rule: Rule, points: Fraction) -> Fraction:
    return points if rule.at_most is None else min(points, rule.at_most)


def _points(rule: Rule, path: str, tally: Mapping[str, Any], full: Fraction) -> Fraction:
    """What the clause says, without its sign."""
    value: Any = getattr(rule, rule.verb)
    if rule.verb == "judge":
        return Fraction(tally[path])
    if rule.verb == "convert":
        return Fraction(tally[path]) * full / Fraction(value)
    if isinstance(value, Fraction):
        return value * int(tally.get(path, 0))
    if not isinstance(value[0], Fraction):
        counted = [(points, int(tally.get(f"{path}.{level}", 0))) for level, points in value]
        if getattr(rule, "take") == "highest":  # noqa: B009 - a checker sees only the base
            return max((points for points, cases in counted if cases > 0), default=ZERO)
        return sum((points * cases for points, cases in counted), ZERO)
    cases = int(tally.get(path, 0))
    return sum((value[min(case, len(value) - 1)] for case in range(min(cases, len(value)))), ZERO) + max(0, cases - len(value)) * Fraction(value[-1])


def rounded(number: Fraction, places: int, mode: str) -> Fraction:
    """`number` with so many places; away from zero at a tie, to the even digit, towards zero, away, down, up."""
    units = number * 10**places
    below, sign = floor(units), 1 if units >= 0 else -1
    tie = units - below == Fraction(1, 2)
    nearest = floor(units + Fraction(1, 2))
    whole = {
        "half_up": sign * floor(abs(units) + Fraction(1, 2)),
        "half_even": (below if below % 2 == 0 else below + 1) if tie else nearest,
        "down": sign * floor(abs(units)),
        "up": sign * ceil(abs(units)),
        "floor": below,
        "ceiling": ceil(units),
    }[mode]
    return Fraction(whole, 10**places)
