"""Rubric x units -> how totals and ranking change when one thing changes, for each thing in turn.

Each indicator is given in full to all units. The effect of each rule is made smaller and larger by a share.
Each count is made one less and one more. All units are scored anew each time, as columns.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Literal, NamedTuple

import polars as pl

from govrubric.formula.nodes import deciding
from govrubric.numbers import COUNT_LIMIT, Exact, ratio
from govrubric.plan.planner import Assumptions, make_plan
from govrubric.rubric import Rubric
from govrubric.sensitivity.ranking import Ranking, moves
from govrubric.sensitivity.report import WhatIf
from govrubric.sensitivity.results import Indicator, Moves, Variation
from govrubric.sensitivity.spread import spread
from govrubric.tables.fractions import over_line, under_line
from govrubric.tables.outputs import item_column

MILLION = 1_000_000

Kind = Literal["indicator", "rule", "count"]


class Variant(NamedTuple):
    """A change of an indicator, of the effect of a rule, or of a count; and whether it is more or less."""

    kind: Kind
    name: str
    more: bool


class Outcome(NamedTuple):
    """How the units move under a variant."""

    variant: Variant
    moves: Moves


class Study:
    """Units under a rubric; `frame` has the columns of inputs, and perhaps the units' names in `unit`."""

    rubric: Rubric
    frame: pl.DataFrame
    share: Fraction
    units: pl.Series
    before: Ranking
    variants: tuple[Variant, ...]

    def __init__(self, rubric: Rubric, frame: pl.DataFrame, share: Fraction) -> None:
        self.rubric, self.frame, self.share = rubric, frame, share
        self.units = _names(frame)
        self.before = self._ranking(rubric, frame)
        self.variants = tuple(_variants(rubric))

    def outcomes(self) -> Iterator[Outcome]:
        """The outcome of each variant, in the order of the variants."""
        for variant in self.variants:
            after = self._ranking(self._rubric(variant), self._counted(variant))
            yield Outcome(variant, moves(self.before, after, self.units))

    def result(self, outcomes: Iterable[Outcome]) -> WhatIf:
        """All outcomes, put together."""
        by_kind: dict[Kind, list[Outcome]] = {"indicator": [], "rule": [], "count": []}
        for outcome in outcomes:
            by_kind[outcome.variant.kind].append(outcome)
        parts = self._spread() or {}
        indicators = tuple(
            Indicator(outcome.variant.name, parts.get(outcome.variant.name), outcome.moves)
            for outcome in by_kind["indicator"]
        )
        rules, counts = _paired(by_kind["rule"]), _paired(by_kind["count"])
        share = ratio(self.share.numerator, self.share.denominator)
        return WhatIf(self.rubric, len(self.frame), self.before.void, share, indicators, rules, counts)

    def _rubric(self, variant: Variant) -> Rubric:
        """The rubric of a variant."""
        if variant.kind == "count":
            return self.rubric
        if variant.kind == "indicator":
            assumptions = Assumptions(full=frozenset([variant.name]))
        else:
            share = 1 + self.share if variant.more else 1 - self.share
            assumptions = Assumptions(share={variant.name: share})
        return Rubric._linted(self.rubric._text, make_plan(self.rubric._text, assumptions=assumptions))

    def _counted(self, variant: Variant) -> pl.DataFrame:
        """The units of a variant."""
        if variant.kind != "count":
            return self.frame
        count = pl.col(variant.name) if variant.name in self.frame.columns else pl.lit(0)
        moved = count.cast(pl.Int64) + (1 if variant.more else -1)
        return self.frame.with_columns(moved.clip(0, COUNT_LIMIT).alias(variant.name))

    def _ranking(self, rubric: Rubric, frame: pl.DataFrame) -> Ranking:
        """The totals of all units over the denominator that every published total has."""
        scored = rubric.score_frame(frame, scaled=True)
        total, den = _numbers(scored, "total", frame)
        published = 10**rubric._text.round.places
        grades = scored["grade"] if rubric._plan.grades else None
        return Ranking.of(total.cast(pl.Int64) * published // den, published, grades)

    def _spread(self) -> dict[str, Exact] | None:
        """The part of the spread of the totals that comes from each indicator, with nothing changed."""
        scored = self.rubric.score_frame(self.frame, detail="items", scaled=True)
        return spread(
            self.before.totals,
            {path: _numbers(scored, item_column(path), self.frame) for path in self.rubric._items[""].parts},
        )


def _paired(outcomes: list[Outcome]) -> tuple[Variation, ...]:
    """The outcomes of rules or counts, which come in pairs: less, then more."""
    return tuple(
        Variation(less.variant.name, less.moves, more.moves)
        for less, more in zip(outcomes[::2], outcomes[1::2], strict=True)
    )


def _numbers(scored: pl.DataFrame, name: str, frame: pl.DataFrame) -> tuple[pl.Series, int]:
    """A column of scores, which stands after the columns of the frame, and the denominator of its numbers.

    Where each unit has a denominator of its own, its number is cut to the millionth of a point: the numbers
    of many units would have a common denominator of thousands of digits.
    """
    added = scored.columns[len(frame.columns) :]
    if (over := over_line(name)) in added:
        cut = pl.col(over).cast(pl.Int128) * MILLION // pl.col(under_line(name))
        return scored.select(cut.alias(name))[name], MILLION
    column = next(column for column in added if column.startswith(f"{name}/"))
    return scored[column], int(column.removeprefix(f"{name}/"))


def _variants(rubric: Rubric) -> Iterator[Variant]:
    """All variants in the order of the rubric: indicators, then rules, then counts; less before more."""
    for path in rubric._items[""].parts:
        yield Variant("indicator", path, True)
    for item in rubric._plan.items:
        for rule in item.rules:
            if not rule.rule.forfeits:
                yield from (Variant("rule", rule.path, more) for more in (False, True))
    # With a case more or fewer, other points would have been judged.
    judged = deciding(rubric._inputs.values())
    for name, input_ in rubric._inputs.items():
        if input_.kind == "count" and name not in judged:
            yield from (Variant("count", name, more) for more in (False, True))


def _names(frame: pl.DataFrame) -> pl.Series:
    """The name of each unit, or else the number of its row."""
    rows = pl.format("#{}", pl.int_range(1, pl.len() + 1))
    named = pl.col("unit").cast(pl.String) if "unit" in frame.columns else pl.lit(None, pl.String)
    return frame.select(pl.coalesce(named, rows).alias("unit"))["unit"]
