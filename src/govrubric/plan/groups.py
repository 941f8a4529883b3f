"""The parts of a group -> its base: sum, mean, least or greatest, what is dropped, and what does not apply.

Source: language section 3. A part that does not apply *leaves* its group under ``rescale`` and ``spread``; under ``full``
and ``zero`` it stays, with all or nothing.
"""

from collections.abc import Sequence
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
    quotient,
    ranked,
    rounded_number,
    scale,
    times,
)
from govrubric.formula.nodes import Formula
from govrubric.language.rubric_text import AnyItem, Item
from govrubric.numbers import Mode

LEAVING = ("rescale", "spread")


class Part(NamedTuple):
    """A part, what it contributes, and the flag that it applies."""

    item: Item
    contribution: Formula
    applies: Formula

    @property
    def here(self) -> Formula:
        """The flag that the part is counted with the others."""
        return self.applies if self.item.not_applicable in LEAVING else const(1)


def combined(group: AnyItem, full: Fraction, parts: Sequence[Part], places: int, mode: Mode) -> Formula:
    """What a group's parts come to. Where it takes dividing by what the tally decides, the quotient is kept to so many `places`."""
    extra = [part.contribution for part in parts if part.item.extra]
    counted = [part for part in parts if not part.item.extra]
    if not counted:
        return add(*extra)  # a lint refuses it, as it does what drops everything
    lowest = min(group.drop.lowest if group.drop else 0, len(counted) - 1)
    highest = min(group.drop.highest if group.drop else 0, len(counted) - 1 - lowest)
    made = _Counted(full, counted, lowest, highest, places, mode)
    match group.combine:
        case "sum":
            base = made.sum()
        case "mean":
            base = made.mean()
        case extreme:
            base = made.ranked(extreme)
    return add(base, *extra)


def applies(parts: Sequence[tuple[Item, Formula]]) -> Formula:
    """Whether a group applies: whether one of its parts does that is not extra."""
    return any_of(*(flag for item, flag in parts if not item.extra))


@dataclass(frozen=True, slots=True)
class _Counted:
    """The parts that make up a group's full marks."""

    full: Fraction
    parts: Sequence[Part]
    lowest: int
    highest: int
    places: int
    mode: Mode

    @property
    def all_here(self) -> Formula:
        return all_of(*(part.here for part in self.parts))

    @property
    def contributions(self) -> list[Formula]:
        return [part.contribution for part in self.parts]

    def ranked(self, how: Literal["sum", "min", "max"]) -> Formula:
        return ranked(how, self.contributions, [part.here for part in self.parts], self.lowest, self.highest)

    def plain(self) -> Formula:
        """The sum of what is not dropped; whoever leaves contributes nothing."""
        return self.ranked("sum") if self.lowest or self.highest else add(*self.contributions)

    def sum(self) -> Formula:
        """The sum; where parts leave, those with ``spread`` share out their weight, and those with ``rescale`` let the rest be scaled up."""
        rest, all_here = self.plain(), self.all_here
        if all_here.lo == 1 or self.lowest or self.highest:  # a lint refuses to drop where parts may leave
            return rest
        weight = {
            policy: add(
                *(
                    scale(not_(part.here), part.item.weight)
                    for part in self.parts
                    if part.item.not_applicable == policy
                )
            )
            for policy in LEAVING
        }
        # Where the group applies, so does one of its parts; where it does not, nobody looks at the quotient.
        over, under = (
            rest,
            greatest(
                minus(const(self.full), weight["rescale"]),
                const(min(part.item.weight for part in self.parts)),
            ),
        )
        if weight["spread"].hi > 0:
            number = greatest(add(*(part.applies for part in self.parts)), const(1))
            shares = add(
                *(
                    scale(if_(part.applies, part.contribution, const(0)), 1 / part.item.weight)
                    for part in self.parts
                )
            )
            over, under = add(times(rest, number), times(weight["spread"], shares)), times(under, number)
        ends = [
            end / part.item.weight * self.full
            for part in self.parts
            for end in (part.contribution.lo, part.contribution.hi)
        ]
        return if_(all_here, rest, self.divided(scale(over, self.full), under, ends))

    def mean(self) -> Formula:
        """The mean of those that count."""
        total, all_here = self.plain(), self.all_here
        exact = scale(total, Fraction(1, len(self.parts) - self.lowest - self.highest))
        if all_here.lo == 1:
            return exact
        number = greatest(
            add(*(part.here for part in self.parts), const(-self.lowest - self.highest)), const(1)
        )
        ends = [end for part in self.parts for end in (part.contribution.lo, part.contribution.hi)]
        # Where somebody leaves, the sum is over fewer parts, so that zero is one of its ends too.
        exact = known(exact, min(Fraction(0), *ends), max(Fraction(0), *ends))
        return if_(all_here, exact, self.divided(total, number, ends))

    def divided(self, over: Formula, under: Formula, ends: Sequence[Fraction]) -> Formula:
        """A quotient that is a mean of sorts, and so lies between the `ends`."""
        lo, hi = (rounded_number(end, self.places, self.mode) for end in (min(ends), max(ends)))
        return known(quotient(over, under, self.places, self.mode), lo, hi)
