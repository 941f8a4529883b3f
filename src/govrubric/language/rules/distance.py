"""`distance`: points for each unit by which a measured number misses a threshold.

What it does
    Adds `points` (below zero: takes them away) for each `each` by which the number lies `below` or `above`
    the threshold. A part of a unit counts as a whole unit with ``whole: up``, not at all with ``whole:
    down``, and in proportion with ``whole: no`` or without `whole`. The tally must give the number, with at
    most `places` decimal places (2 by default).

Why
    满意度低于95%的，每低1个百分点扣0.5分.

Example
    ``{id: satisfaction, distance: {below: 95, each: 1, points: -0.5, whole: up}, unit: '%'}``

Source
    Language, section 5.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import ceil, floor
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, PlainValidator

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula.build import const, greatest, minus, rounded, scale
from govrubric.formula.nodes import Formula
from govrubric.language.fields import Model, Note, Number, Positive, one_of
from govrubric.language.rules._draw import Draw
from govrubric.language.rules._measured import MeasuredRule
from govrubric.language.rules._rule import Amount, Value, figure, joined
from govrubric.numbers import Mode, written

WHOLE: dict[str, Mode] = {"up": "ceiling", "down": "floor"}


class Distance(Model):
    """From which threshold, in which direction, and what each unit of the way costs or brings."""

    chinese: ClassVar[Mapping[str, str]] = {
        "below": "标准值：低于它的部分计分",
        "above": "标准值：高于它的部分计分",
        "each": "一个单位是多大",
        "points": "每个单位的分值；负数为扣分",
        "whole": "不足一个单位的：按一个计（`up`）、不计（`down`）或按比例（`no`）",
    }

    below: Number | None = Field(
        default=None, description="the threshold, where numbers below it count", examples=["95"]
    )
    above: Number | None = Field(
        default=None, description="the threshold, where numbers above it count", examples=["30"]
    )
    each: Positive = Field(description="how large a unit of the way is", examples=["1"])
    points: Number = Field(description="points for each unit; below zero they are taken", examples=["-0.5"])
    whole: Annotated[Literal["up", "down", "no"], PlainValidator(one_of("up", "down", "no"))] = Field(
        default="no",
        description="whether a begun unit counts as a whole one (`up`), not at all (`down`), "
        "or in proportion (`no`)",
        examples=["up"],
    )
    note: Note = None


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
        way = {draw.choice(("below", "above")): threshold, "each": draw.marks(), "points": draw.amount()}
        whole = draw.choice((None, "up", "down", "no"))
        return {**super().drawn(draw), "distance": way if whole is None else {**way, "whole": whole}}

    @property
    def _is_below(self) -> bool:
        """The direction: whether numbers below the threshold count, and not those above it."""
        return self.distance.below is not None

    @property
    def _threshold(self) -> Fraction:
        """The threshold; 0 where the author wrote none, which `problems` reports."""
        if self.distance.below is not None:
            return self.distance.below
        return self.distance.above or Fraction(0)

    def effect(self, inputs: tuple[Formula, ...], full: Fraction) -> Formula:
        way, threshold = self.distance, const(self._threshold)
        missed = minus(threshold, inputs[0]) if self._is_below else minus(inputs[0], threshold)
        units = scale(greatest(missed, const(0)), 1 / way.each)
        return scale(rounded(units, 0, WHOLE[way.whole]) if way.whole in WHOLE else units, way.points)

    def sentence(self, lang: Lang) -> str:
        way = self.distance
        each, threshold = self.difference(way.each, lang), self.amount(self._threshold)
        points = self.points_in_words(way.points, lang)
        if lang == "en":
            whole = {"up": "begun ones count whole", "down": "whole ones only", "no": "in proportion"}
            side = "below" if self._is_below else "above"
            return f"{points} for each {each} {side} {threshold}, {whole[way.whole]}"
        begun = {"up": ("的按", each, "计"), "down": ("的不计",), "no": ("的按比例计",)}
        side = "低" if self._is_below else "高"
        rate = joined(f"每{side}", each, points)
        return f"{joined(f'{side}于', threshold, '的')}，{rate}，{joined('不足', each, *begun[way.whole])}"

    def working(
        self, given: tuple[Value, ...], full: Fraction, raw: Fraction, lang: Lang, places: int
    ) -> str:
        way, value, threshold = self.distance, figure(given[0]), self.amount(self._threshold)
        missed = self._threshold - value if self._is_below else value - self._threshold
        if missed <= 0:
            nothing = self.points_in_words(Fraction(0), lang)
            if lang == "en":
                side = "below" if self._is_below else "above"
                return f"{self.amount(value)}, not {side} {threshold}, {nothing}"
            return f"{self.amount(value)}，不{'低' if self._is_below else '高'}于{threshold}，{nothing}"
        units = missed / way.each
        if way.whole in WHOLE:
            units = Fraction(ceil(units) if way.whole == "up" else floor(units))
        counted, points = units * way.each, units * way.points
        effect = self.points_in_words(points, lang, places) + self.held(points, lang)
        each, rate = self.difference(way.each, lang), self.points_in_words(way.points, lang)
        if lang == "en":
            parts = [f"{self.difference(missed, lang)} {'below' if self._is_below else 'above'} {threshold}"]
            parts += [f"counted as {written(counted)}"] if counted != missed else []
            parts += [f"{rate} for each {each}", effect] if points else [effect]
            return ", ".join([self.amount(value), *parts])
        side = "低" if self._is_below else "高"
        parts = [joined("比", threshold, side, self.difference(missed, lang))]
        parts += [joined("按", self.difference(counted, lang), "计")] if counted != missed else []
        parts += [joined("每", each, rate), effect] if points else [effect]
        return "，".join([self.amount(value), *parts])

    def amounts(self) -> tuple[Amount, ...]:
        return (Amount(self.distance.points),)

    def problems(self) -> tuple[tuple[str, str, Mapping[str, str]], ...]:
        has_one_threshold = (self.distance.below is None) != (self.distance.above is None)
        return () if has_one_threshold else (("GR337", "distance", {}),)
