"""The parts of a group -> its base: sum, mean, least or greatest, what is dropped, and what does not apply.

Source: language section 3. A part that does not apply *leaves* its group under ``rescale`` and ``spread``; under ``full`` and ``zero``
it stays, with all or nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from govrubric.algebra import add, all_of, any_of, const, greatest, if_, known, minus, not_, quotient, ranked, rounded_number, scale, times
from govrubric.formula import Formula
from govrubric.model import AnyItem, Item, Policy
from govrubric.numbers import Mode


@dataclass(frozen=True, slots=True)
class Part:
    """A part with what it contributes, and the flag that it applies."""

    weight: Fraction
    policy: Policy | None
    contribution: Formula
    applies: Formula

    @property
    def may_leave(self) -> bool:
        return self.policy in ("rescale", "spread") and self.applies.lo == 0

    @property
    def here(self) -> Formula:
        """The flag that the part is counted with the others."""
        return self.applies if self.may_leave else const(1)


def combined(group: AnyItem, full: Fraction, parts: Sequence[tuple[Item, Formula, Formula]], places: int, mode: Mode) -> Formula:
    """What a group's parts come to: each an item with its contribution and the flag that it applies.

    Where it takes dividing by what the tally decides, the quotient is kept to so many `places`.
    """
    extra = [contribution for item, contribution, _ in parts if item.extra]
    counted = [Part(item.weight, item.not_applicable, contribution, applies) for item, contribution, applies in parts if not item.extra]
    if not counted:
        return add(*extra)  # a lint refuses it, as it does what drops everything
    lowest = min(group.drop.lowest if group.drop else 0, len(counted) - 1)
    highest = min(group.drop.highest if group.drop else 0, len(counted) - 1 - lowest)
    how = {"sum": _sum, "mean": _mean, "min": _extreme, "max": _extreme}[group.combine]
    return add(how(group, full, counted, lowest, highest, places, mode), *extra)


def _here(parts: Sequence[Part]) -> list[Formula]:
    return [part.here for part in parts]


def _sum(group: AnyItem, full: Fraction, parts: Sequence[Part], lowest: int, highest: int, places: int, mode: Mode) -> Formula:
    contributions = [part.contribution for part in parts]
    if lowest or highest:
        return ranked("sum", contributions, _here(parts), lowest, highest)
    rest = add(*contributions)
    if not any(part.may_leave for part in parts):
        return rest
    gone = {policy: add(*(scale(not_(part.here), part.weight) for part in parts if part.policy == policy and part.may_leave)) for policy in ("rescale", "spread")}
    # Where the group applies, so does one of its parts; where it does not, nobody looks at the quotient.
    over, under = rest, greatest(minus(const(full), gone["rescale"]), const(min(part.weight for part in parts)))
    if gone["spread"].hi > 0:
        applicable = greatest(add(*(part.applies for part in parts)), const(1))
        reached = add(*(scale(if_(part.applies, part.contribution, const(0)), 1 / part.weight) for part in parts))
        over, under = add(times(rest, applicable), times(gone["spread"], reached)), times(under, applicable)
    scaled = quotient(scale(over, full), under, places, mode)
    shares = [end / part.weight * full for part in parts for end in (part.contribution.lo, part.contribution.hi)]
    return if_(all_of(*_here(parts)), rest, _between(scaled, shares, places, mode))


def _between(formula: Formula, ends: Sequence[Fraction], places: int, mode: Mode) -> Formula:
    """A rounded mean of what lies between the `ends`."""
    return known(formula, rounded_number(min(ends), places, mode), rounded_number(max(ends), places, mode))


def _mean(group: AnyItem, full: Fraction, parts: Sequence[Part], lowest: int, highest: int, places: int, mode: Mode) -> Formula:
    contributions, here = [part.contribution for part in parts], _here(parts)
    total = ranked("sum", contributions, here, lowest, highest) if lowest or highest else None
    most = max(1, len(parts) - lowest - highest)
    exact = scale(add(*contributions) if total is None else total, Fraction(1, most))
    if not any(part.may_leave for part in parts):
        return exact
    number = greatest(add(*here, const(-lowest - highest)), const(1))
    ends = [end for part in parts for end in (part.contribution.lo, part.contribution.hi)]
    # Whoever leaves contributes nothing, so the plain sum is that of the others.
    some = _between(quotient(add(*contributions) if total is None else total, number, places, mode), ends, places, mode)
    return if_(all_of(*here), exact, some)


def _extreme(group: AnyItem, full: Fraction, parts: Sequence[Part], lowest: int, highest: int, places: int, mode: Mode) -> Formula:
    word: Literal["min", "max"] = "min" if group.combine == "min" else "max"
    return ranked(word, [part.contribution for part in parts], _here(parts), lowest, highest)


def applies(parts: Sequence[tuple[Item, Formula]]) -> Formula:
    """Whether a group applies: whether one of its parts does that is not extra."""
    return any_of(*(flag for item, flag in parts if not item.extra))
