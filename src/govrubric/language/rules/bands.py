"""`bands`: points by the band that a measured number reaches.

What it does
    Adds the points of the first band whose `from` the number reaches, and `else` (0 by default) if it
    reaches no band; points below zero are taken away. The highest band stands first. The tally must give the
    number, with at most `places` decimal places (2 by default).

Why
    办结率达到95%以上的得5分，90%以上的得3分，低于90%的不得分.

Example
    ``{id: closed, bands: [{from: 95, points: 5}, {from: 90, points: 3}], unit: '%'}``

Source
    Language, section 5.
"""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula.build import compare, const, ladder
from govrubric.formula.nodes import Formula
from govrubric.language.fields import Model, Note, Number, ProseOrNone, some
from govrubric.language.rules._draw import Draw
from govrubric.language.rules._measured import MeasuredRule
from govrubric.language.rules._rule import Amount, Value, figure, joined
from govrubric.numbers import written


class Band(Model):
    """From which number on, and how many points."""

    chinese: ClassVar[Mapping[str, str]] = {
        "from": "该档的起点",
        "points": "该档的分值；负数为扣分",
        "title": "该档供人阅读的名称",
    }

    start: Number = Field(alias="from", description="the least number of the band", examples=["95"])
    points: Number = Field(description="its points; below zero they are taken", examples=["5"])
    title: ProseOrNone = Field(default=None, description="what people call the band", examples=["优秀"])
    note: Note = None


class Bands(MeasuredRule):
    verb: ClassVar[str] = "bands"
    chinese: ClassVar[Mapping[str, str]] = {
        "bands": "各档由高到低排列；测得值最先达到的一档给分",
        "else": "各档都未达到时的分值",
    }

    bands: Annotated[tuple[Band, ...], BeforeValidator(some)] = Field(
        description="the bands, highest first; the first that the number reaches gives its points",
        examples=["[{from: 95, points: 5}, {from: 90, points: 3}]"],
    )
    else_: Number = Field(
        default=Fraction(0), alias="else", description="points where no band is reached", examples=["-1"]
    )

    @classmethod
    def drawn(cls, draw: Draw) -> dict[str, Any]:
        starts = draw.measures(draw.whole(2, 4))
        bands = [{"from": start, "points": draw.amount(), **draw.words()} for start in reversed(starts)]
        rule = {**super().drawn(draw), "bands": bands}
        return {**rule, "else": draw.amount()} if draw.chance() else rule

    def effect(self, inputs: tuple[Formula, ...], full: Fraction) -> Formula:
        return ladder(
            inputs[0], [(band.start, const(band.points)) for band in reversed(self.bands)], const(self.else_)
        )

    def sentence(self, lang: Lang) -> str:
        starts = [self.amount(band.start) for band in self.bands]
        effects = [self.points_in_words(band.points, lang) for band in self.bands]
        below, titles = self.points_in_words(self.else_, lang), [_called(band, lang) for band in self.bands]
        each = zip(titles, starts, effects, strict=True)
        if lang == "en":
            return ", ".join(
                [*(f"{title}from {start} {got}" for title, start, got in each), f"below {below}"]
            )
        above = [title + joined(start, "以上", got) for title, start, got in each]
        return "，".join([*above, joined("低于", starts[-1], below)])

    def working(
        self, given: tuple[Value, ...], full: Fraction, raw: Fraction, lang: Lang, places: int
    ) -> str:
        value = figure(given[0])
        reached = next((band for band in self.bands if value >= band.start), None)
        points = reached.points if reached else self.else_
        effect = self.points_in_words(points, lang) + self.held(points, lang)
        band = {"en": "below every band", "zh": "未达最低一档"}[lang]
        if reached:
            start = self.amount(reached.start)
            if lang == "en":
                band = f"in the band {f'“{reached.title}”' if reached.title else f'from {start}'}"
            else:
                band = f"落在“{reached.title or joined(start, '以上')}”一档"
        return {"en": ", ", "zh": "，"}[lang].join((self.amount(value), band, effect))

    def amounts(self) -> tuple[Amount, ...]:
        points = [*(band.points for band in self.bands), self.else_]
        return tuple(Amount(amount) for amount in points if amount)

    def outcomes(self, inputs: tuple[Formula, ...]) -> tuple[tuple[str, Formula], ...]:
        starts = [const(band.start) for band in self.bands]
        first = (f"from {written(self.bands[0].start)}", compare((">=",), (inputs[0], starts[0])))
        between = [
            (f"from {written(low.lo)}", compare(("<=", "<"), (low, inputs[0], high)))
            for high, low in pairwise(starts)
        ]
        return (first, *between, ("else", compare(("<",), (inputs[0], starts[-1]))))

    def problems(self) -> tuple[tuple[str, str, Mapping[str, str]], ...]:
        starts = [band.start for band in self.bands]
        wrong = next((after for before, after in pairwise(starts) if after >= before), None)
        return () if wrong is None else (("GR336", "bands", {"from": written(wrong)}),)


def _called(band: Band, lang: Lang) -> str:
    """The title of a band with a colon after it, where it has one."""
    return "" if band.title is None else band.title + {"en": ": ", "zh": "："}[lang]
