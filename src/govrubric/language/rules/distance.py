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
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, PlainValidator

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula.build import const, greatest, minus, rounded, scale
from govrubric.formula.nodes import Formula
from govrubric.language.fields import Model, Note, Number, Positive, one_of
from govrubric.language.rules._draw import Draw
from govrubric.language.rules._measured import MeasuredRule, points_of
from govrubric.language.rules._rule import Amount, Value, figure
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
        each, threshold = self.amount(way.each), self.amount(self._threshold)
        if lang == "en":
            whole = {"up": "begun ones count whole", "down": "whole ones only", "no": "in proportion"}
            side = "below" if self._is_below else "above"
            points = points_of(written(way.points), lang)
            return f"{points} for each {each} {side} {threshold}, {whole[way.whole]}"
        whole = {"up": f"不足 {each} 的按 {each} 计", "down": f"不足 {each} 的不计", "no": "按比例计"}
        points = f"{'扣' if way.points < 0 else '加'} {written(abs(way.points))} 分"
        return f"比 {threshold} 每{'低' if self._is_below else '高'} {each}，{points}，{whole[way.whole]}"

    def working(self, given: tuple[Value, ...], full: Fraction, result: str, lang: Lang) -> str:
        value, threshold = figure(given[0]), self._threshold
        missed = max(Fraction(0), threshold - value if self._is_below else value - threshold)
        each, points = self.amount(self.distance.each), written(self.distance.points)
        if lang == "en":
            side = "below" if self._is_below else "above"
            way = f", {self.amount(missed)} {side} {self.amount(threshold)}, {points} per {each}"
        else:
            side = "低" if self._is_below else "高"
            way = f"，比 {self.amount(threshold)} {side} {self.amount(missed)}，每 {each} {points} 分"
        return f"{self.amount(value)}{way}{self.cap(lang)} = {result}"

    def amounts(self) -> tuple[Amount, ...]:
        return (Amount(self.distance.points),)

    def problems(self) -> tuple[tuple[str, str, Mapping[str, str]], ...]:
        has_one_threshold = (self.distance.below is None) != (self.distance.above is None)
        return () if has_one_threshold else (("GR337", "distance", {}),)
