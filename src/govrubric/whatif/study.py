"""Rubric x units -> how totals and ranking change when one thing changes, for each thing in turn.

Each indicator is given in full to all units. The effect of each rule is made smaller and larger by a share. Each
count is made one less and one more. All units are scored anew each time, as columns.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Literal, NamedTuple

import polars as pl

from govrubric.numbers import COUNT_LIMIT
from govrubric.plan.planner import Assumptions, make_plan
from govrubric.rubric import Rubric
from govrubric.whatif.ranking import Moves, Ranking, moves
from govrubric.whatif.spread import spread

What = Literal["indicator", "rule", "count"]


class Variant(NamedTuple):
    """One thing that changes: an indicator, the effect of a rule, or a count; and whether it is more or less."""

    what: What
    name: str
    more: bool


class Outcome(NamedTuple):
    """How the units move under a variant."""

    variant: Variant
    moves: Moves


class Indicator(NamedTuple):
    """How the units move if all have full marks in an indicator, and its part of the spread of their totals."""

    path: str
    spread: Fraction | None
    moves: Moves


class Changed(NamedTuple):
    """How the units move with less of one thing, and with more."""

    name: str
    less: Moves
    more: Moves


class Study(NamedTuple):
    """The results for `units` units, of which `void` have no total; rules changed by a `share` of their effect."""

    units: int
    void: int
    share: Fraction
    indicators: tuple[Indicator, ...]
    rules: tuple[Changed, ...]
    counts: tuple[Changed, ...]


class WhatIf:
    """Units under one rubric; `frame` has the columns of inputs, and perhaps the units' names in `unit`."""

    def __init__(self, rubric: Rubric, frame: pl.DataFrame, share: Fraction) -> None:
        self.rubric, self.frame, self.share = rubric, frame, share
        self.units = _names(frame)
        self.before = self._ranking(rubric, frame)
        self.variants = tuple(_variants(rubric))

    def outcomes(self) -> Iterator[Outcome]:
        """What becomes of the units under each variant, in the order of the variants."""
        for variant in self.variants:
            after = self._ranking(self._rubric(variant), self._counted(variant))
            yield Outcome(variant, moves(self.before, after, self.units))

    def study(self, outcomes: Iterable[Outcome]) -> Study:
        """All outcomes, put together."""
        done = list(outcomes)

        def changed(what: What) -> tuple[Changed, ...]:
            found = [one for one in done if one.variant.what == what]
            return tuple(
                Changed(less.variant.name, less.moves, more.moves)
                for less, more in zip(found[::2], found[1::2], strict=True)
            )

        parts = self._spread() or {}
        indicators = tuple(
            Indicator(one.variant.name, parts.get(one.variant.name), one.moves)
            for one in done
            if one.variant.what == "indicator"
        )
        return Study(
            len(self.frame), self.before.void, self.share, indicators, changed("rule"), changed("count")
        )

    def _rubric(self, variant: Variant) -> Rubric:
        if variant.what == "count":
            return self.rubric
        if variant.what == "indicator":
            assumptions = Assumptions(full=frozenset([variant.name]))
        else:
            assumptions = Assumptions(
                share={variant.name: 1 + self.share if variant.more else 1 - self.share}
            )
        return Rubric._linted(self.rubric.text, make_plan(self.rubric.text, assumptions=assumptions))

    def _counted(self, variant: Variant) -> pl.DataFrame:
        if variant.what != "count":
            return self.frame
        count = pl.col(variant.name) if variant.name in self.frame.columns else pl.lit(0)
        moved = count.cast(pl.Int64) + (1 if variant.more else -1)
        return self.frame.with_columns(moved.clip(0, COUNT_LIMIT).alias(variant.name))

    def _ranking(self, rubric: Rubric, frame: pl.DataFrame) -> Ranking:
        """The totals of all units over the denominator that every published total has."""
        scored = rubric.score_frame(frame, scaled=True)
        (total, den), wanted = _numbers(scored, "total", frame), 10**rubric.text.round.places
        return Ranking.of(
            total.cast(pl.Int64) * wanted // den, wanted, scored["grade"] if rubric.plan.grades else None
        )

    def _spread(self) -> dict[str, Fraction] | None:
        """How much of the spread of the totals comes from each indicator, as the units are."""
        scored = self.rubric.score_frame(self.frame, detail="items", scaled=True)
        return spread(
            self.before.totals,
            {path: _numbers(scored, path, self.frame) for path in self.rubric.item("").parts},
        )


def _numbers(scored: pl.DataFrame, name: str, frame: pl.DataFrame) -> tuple[pl.Series, int]:
    """A column of whole numbers that was put behind those of the frame, and what they are over."""
    column = next(column for column in scored.columns[len(frame.columns) :] if column.startswith(f"{name}/"))
    return scored[column], int(column.removeprefix(f"{name}/"))


def _variants(rubric: Rubric) -> Iterator[Variant]:
    """Everything that is tried, in the order of the rubric: indicators, then rules and counts, first less, then more."""
    for path in rubric.item("").parts:
        yield Variant("indicator", path, True)
    for item in rubric.plan.items:
        for rule in item.rules:
            if not rule.rule.forfeits:
                yield from (Variant("rule", rule.path, more) for more in (False, True))
    for name, one in rubric.inputs.items():
        if one.kind == "count":
            yield from (Variant("count", name, more) for more in (False, True))


def _names(frame: pl.DataFrame) -> pl.Series:
    """The name of each unit, or else its row."""
    rows = pl.format("#{}", pl.int_range(1, pl.len() + 1))
    named = pl.col("unit").cast(pl.String) if "unit" in frame.columns else pl.lit(None, pl.String)
    return frame.select(pl.coalesce(named, rows).alias("unit"))["unit"]
