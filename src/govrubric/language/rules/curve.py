"""`curve`: points along straight lines between given ones.

What it does
    Adds points by a measured number: as written at each point of the curve, in proportion between two of
    them, and outside them as at the nearer end. Points below zero are taken away. The numbers of the curve
    ascend. The tally must give the measured number, with at most `places` decimal places (2 by default).

Why
    完成率60%及以下得0分，90%得8分，100%得10分，其间按直线内插计分.

Example
    ``{id: done, curve: [[60, 0], [90, 8], [100, 10]], unit: '%'}``

Source
    Language, section 5.
"""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator, Field

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula.build import add, const, known, ladder, scale
from govrubric.formula.nodes import Formula
from govrubric.language.fields import Number, Point, pair, some
from govrubric.language.rules._draw import Draw
from govrubric.language.rules._measured import MeasuredRule
from govrubric.language.rules._rule import Threshold, Value, joined
from govrubric.numbers import written

if TYPE_CHECKING:
    Points = tuple[Point, ...]
else:
    Points = Annotated[
        tuple[Annotated[tuple[Number, Number], BeforeValidator(pair), AfterValidator(Point._make)], ...],
        BeforeValidator(some),
    ]


class Curve(MeasuredRule):
    verb: ClassVar[str] = "curve"
    chinese: ClassVar[Mapping[str, str]] = {
        "curve": "测得值与分值的对照点，由小到大；两点之间按直线内插，两端之外不变"
    }

    curve: Points = Field(
        description="pairs of measured number and points, ascending; straight lines between them, "
        "flat outside",
        examples=["[[60, 0], [90, 8], [100, 10]]"],
    )

    @classmethod
    def drawn(cls, draw: Draw) -> dict[str, Any]:
        curve = [[x, draw.amount()] for x in draw.measures(draw.whole(2, 4))]
        return {**super().drawn(draw), "curve": curve}

    def effect(self, inputs: tuple[Formula, ...], full: Fraction) -> Formula:
        first, last = self.curve[0], self.curve[-1]
        rungs = [(left.x, _line(inputs[0], left, right)) for left, right in pairwise(self.curve)]
        heights = [point.y for point in self.curve]
        # Each line is used between its two points only; its own bounds are those over the whole axis.
        return known(
            ladder(inputs[0], [*rungs, (last.x, const(last.y))], const(first.y)), min(heights), max(heights)
        )

    def sentence(self, lang: Lang) -> str:
        if lang == "en":
            points = [f"{self.amount(point.x)}: {written(point.y)}" for point in self.curve]
            return f"along the line through {', '.join(points)}"
        points = [joined(self.amount(point.x), self.points_in_words(point.y, lang)) for point in self.curve]
        return f"{'，'.join(points)}，其间按直线内插"

    def working(
        self, given: tuple[Value, ...], full: Fraction, raw: Fraction, lang: Lang, places: int
    ) -> str:
        effect = self.reached(raw, lang)
        if not effect:
            effect = {"en": ", ", "zh": ""}[lang] + self.points_in_words(raw, lang, places)
        return self.amount(given[0]) + {"en": ", along the line", "zh": "，按直线内插"}[lang] + effect

    def thresholds(self) -> tuple[Threshold, ...]:
        return tuple(
            Threshold(point.x, ("curve", place, 0), points=point.y) for place, point in enumerate(self.curve)
        )

    @property
    def signs(self) -> frozenset[int]:
        return frozenset(1 if point.y > 0 else -1 for point in self.curve if point.y) or frozenset((1,))

    def problems(self) -> tuple[tuple[str, str, Mapping[str, str]], ...]:
        if len(self.curve) < 2:
            return (("GR338", "curve", {"x": written(self.curve[0].x)}),)
        wrong = next((right.x for left, right in pairwise(self.curve) if right.x <= left.x), None)
        return () if wrong is None else (("GR338", "curve", {"x": written(wrong)}),)


def _line(value: Formula, left: Point, right: Point) -> Formula:
    """The straight line through two points."""
    slope = (right.y - left.y) / (right.x - left.x)
    return add(scale(value, slope), const(left.y - left.x * slope))
