"""`distance`: points for each unit by which a measured number misses a threshold.

What it does
    Adds `points` (below zero: takes them away) for each `each` by which the number lies `below` or `above`
    the threshold. A part of a unit counts as a whole unit with ``whole: up``, not at all with ``whole:
    down``, and in proportion with ``whole: no`` or without `whole`. The tally must give the number, with at
    most `places` decimal places (2 by default). The threshold may be the name of a number, such as a fact.

Why
    满意度低于95%的，每低1个百分点扣0.5分. 低于年度目标的，每低1个百分点扣0.5分.

Example
    ``{id: satisfaction, distance: {below: 95, each: 1, points: -0.5, whole: up}, unit: '%'}``

Source
    Language, section 5.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Any, ClassVar

from pydantic import Field

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula.build import const, greatest, minus, rounded, scale
from govrubric.formula.nodes import Formula
from govrubric.language.fields import Expression
from govrubric.language.rules._distance import Distance
from govrubric.language.rules._draw import Draw
from govrubric.language.rules._measured import MeasuredRule
from govrubric.language.rules._rule import Amount, Target, Threshold, Value, figure, joined
from govrubric.numbers import Mode, written

WHOLE: dict[str, Mode] = {"up": "ceiling", "down": "floor"}


class DistanceRule(MeasuredRule):
    verb: ClassVar[str] = "distance"
    gain: ClassVar[str] = "加"
    chinese: ClassVar[Mapping[str, str]] = {"distance": "标准值，以及每偏离一个单位扣多少或加多少"}

    distance: Distance = Field(
        description="the threshold, and what each unit of the way from it costs or brings",
        examples=["{below: 95, each: 1, points: -0.5, whole: up}"],
    )

    @classmethod
    def drawn(cls, draw: Draw) -> dict[str, Any]:
        (threshold,) = draw.measures(1)
        limit = (draw.target() if draw.choice((True, False)) else None) or threshold
        way = {draw.choice(("below", "above")): limit, "each": draw.marks(), "points": draw.amount()}
        whole = draw.choice((None, "up", "down", "no"))
        return {**super().drawn(draw), "distance": way if whole is None else {**way, "whole": whole}}

    @property
    def target(self) -> Target | None:
        threshold = self.distance.threshold
        if not isinstance(threshold, Expression):
            return None
        return Target(threshold, ("distance", "below" if self.distance.is_below else "above"))

    def effect(self, inputs: tuple[Formula, ...], full: Fraction) -> Formula:
        way, threshold = self.distance, self._limit(inputs[1:])
        missed = minus(threshold, inputs[0]) if self.distance.is_below else minus(inputs[0], threshold)
        units = scale(greatest(missed, const(0)), 1 / way.each)
        return scale(rounded(units, 0, WHOLE[way.whole]) if way.whole in WHOLE else units, way.points)

    def _limit(self, target: tuple[Formula, ...]) -> Formula:
        """The threshold as a formula; that of a `target` is given."""
        return const(self.distance.threshold) if isinstance(self.distance.threshold, Fraction) else target[0]

    def sentence(self, lang: Lang) -> str:
        way, limit = self.distance, self.distance.threshold
        threshold = self.amount(limit) if isinstance(limit, Fraction) else str(limit)
        each = self.difference(way.each, lang)
        points = self.points_in_words(way.points, lang)
        if lang == "en":
            whole = {"up": "begun ones count whole", "down": "whole ones only", "no": "in proportion"}
            side = "below" if self.distance.is_below else "above"
            rate = f"{points} for each {each} {side} {threshold}"
            return rate if self._counts() else f"{rate}, {whole[way.whole]}"
        begun = {"up": ("的按", each, "计"), "down": ("的不计",), "no": ("的按比例计",)}
        side = "低" if self.distance.is_below else "高"
        rate = joined(f"每{side}", each, points)
        rate = f"{joined(f'{side}于', threshold, '的')}，{rate}"
        return rate if self._counts() else f"{rate}，{joined('不足', each, *begun[way.whole])}"

    def _counts(self) -> bool:
        """Whether the way is always of whole units, so that none is begun: 每少1次, of a count of times."""
        limit = self.distance.threshold
        is_whole = isinstance(limit, Fraction) and limit.denominator == 1
        return is_whole and self.places == 0 and self.distance.each == 1

    def working(
        self, given: tuple[Value, ...], full: Fraction, raw: Fraction, lang: Lang, places: int
    ) -> str:
        way, value = self.distance, figure(given[0])
        limit = self.distance.threshold if isinstance(self.distance.threshold, Fraction) else figure(given[1])
        threshold = self.amount(limit)
        missed = limit - value if self.distance.is_below else value - limit
        if missed <= 0:
            nothing = self.points_in_words(Fraction(0), lang)
            if lang == "en":
                side = "below" if self.distance.is_below else "above"
                return f"{self.amount(value)}, not {side} {threshold}, {nothing}"
            return (
                f"{self.amount(value)}，不{'低' if self.distance.is_below else '高'}于{threshold}，{nothing}"
            )
        units = missed / way.each
        if way.whole in WHOLE:
            units = Fraction(ceil(units) if way.whole == "up" else floor(units))
        counted, points = units * way.each, units * way.points
        effect = self.points_in_words(points, lang, places) + self.held(points, lang)
        each, rate = self.difference(way.each, lang), self.points_in_words(way.points, lang)
        if lang == "en":
            parts = [f"{self.difference(missed, lang)} {'below' if way.is_below else 'above'} {threshold}"]
            parts += [f"counted as {written(counted)}"] if counted != missed else []
            parts += [f"{rate} for each {each}", effect] if points else [effect]
            return ", ".join([self.amount(value), *parts])
        side = "低" if self.distance.is_below else "高"
        parts = [joined("比", threshold, side, self.difference(missed, lang))]
        parts += [joined("按", self.difference(counted, lang), "计")] if counted != missed else []
        parts += [joined("每", each, rate), effect] if points else [effect]
        return "，".join([self.amount(value), *parts])

    def thresholds(self) -> tuple[Threshold, ...]:
        way, limit = self.distance, self.distance.threshold
        side = "below" if way.is_below else "above"
        if not isinstance(limit, Fraction):
            return ()
        return (Threshold(limit, ("distance", side), way=side, each=way.each, whole=way.whole),)

    def amounts(self) -> tuple[Amount, ...]:
        return (Amount(self.distance.points),)

    def problems(self) -> tuple[tuple[str, str, Mapping[str, str]], ...]:
        has_one_threshold = (self.distance.below is None) != (self.distance.above is None)
        return () if has_one_threshold else (("GR337", "distance", {}),)
