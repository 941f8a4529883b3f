"""The parts of a group -> its base: their sum, mean, least or greatest, without those that drop out.

A part that does not apply *leaves* its group under ``rescale`` and ``spread``; under ``full`` and ``zero``
it stays, with its full marks or none.

Source: language section 3.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

from govrubric.formula.build import (
    add,
    all_of,
    any_of,
    const,
    greatest,
    if_,
    known,
    minus,
    not_,
    ranked,
    ratio,
    scale,
    times,
)
from govrubric.formula.nodes import Formula
from govrubric.language.rubric_text import AnyItem, Item

LEAVING = ("rescale", "spread")


class Part(NamedTuple):
    """A part, what it contributes, and the flag that it applies."""

    item: Item
    contribution: Formula
    applies: Formula

    @property
    def here(self) -> Formula:
        """The flag that the part is counted with the others."""
        return self.applies if self.item.policy in LEAVING else const(1)

    @property
    def weight(self) -> Fraction:
        """Its weight; a lint refuses a part of a group's full marks that has none."""
        return self.item.weight or Fraction(1)


def combine(group: AnyItem, full: Fraction, parts: Sequence[Part]) -> Formula:
    """A group's base, from its parts."""
    extra = [part.contribution for part in parts if part.item.extra]
    counted = [part for part in parts if not part.item.extra]
    if not counted:
        # A group without full marks has extra parts alone; any other such group is refused by a lint, as is
        # one that drops every part.
        return add(*extra)
    lowest = min(group.drop.lowest if group.drop else 0, len(counted) - 1)
    highest = min(group.drop.highest if group.drop else 0, len(counted) - 1 - lowest)
    combination = _Combination(full, counted, lowest, highest)
    match group.combine:
        case "sum":
            base = combination.sum()
        case "mean":
            base = combination.mean()
        case extreme:
            base = combination.ranked(extreme)
    return add(base, *extra)


def group_applies(group: AnyItem, parts: Sequence[tuple[Item, Formula]]) -> Formula:
    """The flag that a group applies: at least one of the parts that make it up applies."""
    return any_of(*(flag for item, flag in parts if makes_up(group, item)))


def makes_up(group: AnyItem, part: Item) -> bool:
    """Whether a part is one of those that make up its group, and does not only come on top of them."""
    return group.weight is None or not part.extra


def within_extra(items: Mapping[str, AnyItem], path: str) -> bool:
    """Whether an item or one around it is extra, so that what is not earned in it is no loss."""
    words = path.split(".")
    return any(items[".".join(words[:end])].extra for end in range(1, len(words) + 1))


@dataclass(frozen=True, slots=True)
class _Combination:
    """The parts that make up a group's full marks (those that are not extra), and how they are combined."""

    full: Fraction
    parts: Sequence[Part]
    lowest: int
    highest: int

    @property
    def all_here(self) -> Formula:
        return all_of(*(part.here for part in self.parts))

    @property
    def contributions(self) -> list[Formula]:
        return [part.contribution for part in self.parts]

    def ranked(self, how: Literal["sum", "min", "max"]) -> Formula:
        return ranked(how, self.contributions, [part.here for part in self.parts], self.lowest, self.highest)

    def plain_sum(self) -> Formula:
        """The sum of the parts that are not dropped; a part that leaves contributes nothing."""
        return self.ranked("sum") if self.lowest or self.highest else add(*self.contributions)

    def sum(self) -> Formula:
        """The sum. Where parts leave, ``spread`` shares out their weight, and ``rescale`` scales up the rest.

        With F the group's full marks, R and S the weights that leave by ``rescale`` and by ``spread``, k the
        number of parts that apply, and c and w the contribution and weight of a part, the sum is (Σc + S ÷ k
        × Σ(c ÷ w of the parts that apply)) × F ÷ (F − R).
        """
        rest, all_here = self.plain_sum(), self.all_here
        if all_here.lo == 1 or self.lowest or self.highest:  # a lint refuses to drop where parts may leave
            return rest
        least_weight = min(part.weight for part in self.parts)
        # Where no part is left, the group does not apply and its base is unused; yet nothing divides by zero.
        over, under = rest, greatest(minus(const(self.full), self.left_by("rescale")), const(least_weight))
        spread = self.left_by("spread")
        if spread.hi > 0:
            number = greatest(add(*(part.applies for part in self.parts)), const(1))
            shares = [
                scale(if_(part.applies, part.contribution, const(0)), 1 / part.weight) for part in self.parts
            ]
            # Both are multiplied by k, so that there is one quotient.
            over, under = add(times(rest, number), times(spread, add(*shares))), times(under, number)
        # The result is a weighted mean of what each part alone would come to, scaled up to the full marks.
        ends = [
            end / part.weight * self.full
            for part in self.parts
            for end in (part.contribution.lo, part.contribution.hi)
        ]
        return if_(all_here, rest, self.divided(scale(over, self.full), under, ends))

    def left_by(self, policy: Literal["rescale", "spread"]) -> Formula:
        """The weight of the parts with this policy that leave."""
        leaving = [part for part in self.parts if part.item.policy == policy]
        return add(*(scale(not_(part.here), part.weight) for part in leaving))

    def mean(self) -> Formula:
        """The mean of the parts that are left and not dropped."""
        total, all_here = self.plain_sum(), self.all_here
        dropped = self.lowest + self.highest
        exact = scale(total, Fraction(1, len(self.parts) - dropped))
        if all_here.lo == 1:
            return exact
        number = greatest(add(*(part.here for part in self.parts), const(-dropped)), const(1))
        ends = [end for part in self.parts for end in (part.contribution.lo, part.contribution.hi)]
        # Where a part leaves, the sum has fewer parts, so that zero is within its bounds too.
        exact = known(exact, min(Fraction(0), *ends), max(Fraction(0), *ends))
        return if_(all_here, exact, self.divided(total, number, ends))

    @staticmethod
    def divided(over: Formula, under: Formula, ends: Sequence[Fraction]) -> Formula:
        """A quotient that is known to lie between the least and the greatest of the `ends`."""
        return known(ratio(over, under), min(ends), max(ends))
