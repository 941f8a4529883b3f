"""`distance`: points for each unit by which a measured number misses a threshold.

What it does
    Adds `points` (below zero: takes them away) for each `each` that the number lies `below` or `above` the threshold.
    With ``whole: up`` a part of a unit counts as a whole one, with ``whole: down`` not at all, and with ``whole: no``, or
    without it, in proportion. The tally must give the number, with at most `places` decimal places (2 unless told).

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
from govrubric.formula.build import add, const, greatest, minus, rounded, scale
from govrubric.formula.nodes import Formula
from govrubric.language.fields import Model, Note, Number, Positive, one_of
from govrubric.language.rules._draw import Draw
from govrubric.language.rules._measured import MeasuredRule, points_of
from govrubric.language.rules._rule import Amount, Value, figure
from govrubric.numbers import Mode, written

WHOLE: dict[str, Mode] = {"up": "ceiling", "down": "floor"}


class Distance(Model):
    """From which threshold, in which direction, and what each unit of the way costs or brings."""

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
        description="whether a begun unit counts as a whole one (`up`), not at all (`down`), or in proportion (`no`)",
        examples=["up"],
    )
    note: Note = None


class DistanceRule(MeasuredRule):
    verb: ClassVar[str] = "distance"

    distance: Distance = Field(
        description="the threshold, and what each unit of the way from it costs or brings",
        examples=["{below: 95, each: 1, points: -0.5, whole: up}"],
    )

    @classmethod
    def drawn(cls, draw: Draw) -> dict[str, Any]:
        (threshold,) = draw.measures(1)
        far = {draw.choice(("below", "above")): threshold, "each": draw.marks(), "points": draw.amount()}
        whole = draw.choice((None, "up", "down", "no"))
        return {**super().drawn(draw), "distance": far if whole is None else {**far, "whole": whole}}

    def effect(self, inputs: tuple[Formula, ...], full: Fraction) -> Formula:
        far = self.distance
        missed = (
            minus(const(far.below), inputs[0])
            if far.below is not None
            else add(inputs[0], const(-(far.above or Fraction(0))))
        )
        units = scale(greatest(missed, const(0)), 1 / far.each)
        return scale(rounded(units, 0, WHOLE[far.whole]) if far.whole in WHOLE else units, far.points)

    def sentence(self, lang: Lang) -> str:
        far = self.distance
        below = far.below is not None
        each, threshold = (
            self.amount(far.each),
            self.amount(far.below if far.below is not None else far.above or Fraction(0)),
        )
        whole = {"en": {"up": ", begun ones count whole", "down": ", whole ones only", "no": ", in proportion"},
                 "zh": {"up": f"，不足 {each} 的按 {each} 计", "down": f"，不足 {each} 的不计", "no": "，按比例计"}}[lang][far.whole]  # fmt: skip
        if lang == "en":
            return f"{points_of(written(far.points), lang)} for each {each} {'below' if below else 'above'} {threshold}{whole}"
        given = f"{'扣' if far.points < 0 else '加'} {written(abs(far.points))} 分"
        return f"比 {threshold} 每{'低' if below else '高'} {each}，{given}{whole}"

    def working(self, given: tuple[Value, ...], full: Fraction, result: str, lang: Lang) -> str:
        far = self.distance
        threshold, value = far.below if far.below is not None else far.above or Fraction(0), figure(given[0])
        missed = self.amount(
            max(Fraction(0), threshold - value if far.below is not None else value - threshold)
        )
        each, points, low = self.amount(far.each), written(far.points), far.below is not None
        if lang == "en":
            way = f", {missed} {'below' if low else 'above'} {self.amount(threshold)}, {points} per {each}"
        else:
            way = f"，比 {self.amount(threshold)} {'低' if low else '高'} {missed}，每 {each} {points} 分"
        return f"{self.amount(value)}{way}{self.cap(lang)} = {result}"

    def amounts(self) -> tuple[Amount, ...]:
        return (Amount(self.distance.points),)

    def problems(self) -> tuple[tuple[str, str, Mapping[str, str]], ...]:
        return (
            (("GR337", "distance", {}),)
            if (self.distance.below is None) == (self.distance.above is None)
            else ()
        )
