"""`bands`: points by the band that a measured number reaches.

What it does
    Adds the points of the first band that the number reaches, and `else` (0 by default) if it reaches no
    band; points below zero are taken away. A band begins `from` a number, which belongs to it, or `above`
    one, which does not. The highest band stands first. The tally must give the number, with at most `places`
    decimal places (2 by default).

    Where the text writes an upper edge, so may the band: `to` a number that belongs to it, or `below` one
    that does not. It changes no score, and must meet the band above.

Why
    办结率达到95%以上的得5分，90%以上的得3分，低于90%的不得分.

Example
    ``{id: closed, bands: [{from: 95, points: 5}, {from: 90, points: 3}], unit: '%'}``

Source
    Language, section 5.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula.build import all_of, const, highest_of, not_
from govrubric.formula.nodes import Formula, Input
from govrubric.language.fields import Number, some
from govrubric.language.rules import _band
from govrubric.language.rules._band import Band, spelled
from govrubric.language.rules._draw import Draw
from govrubric.language.rules._measured import MeasuredRule
from govrubric.language.rules._rule import Amount, Problem, Threshold, Value, figure, joined
from govrubric.numbers import COUNT_LIMIT, written


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
        rule = super().drawn(draw)
        rule["bands"] = _band.drawn(draw, rule.get("places", 2))
        return {**rule, "else": draw.amount()} if draw.chance() else rule

    def effect(self, inputs: tuple[Formula, ...], full: Fraction) -> Formula:
        rungs = [(band.reached(inputs[0]), const(band.points)) for band in reversed(self.bands)]
        return highest_of(rungs, const(self.else_))

    def sentence(self, lang: Lang) -> str:
        listed = []
        for band in self.bands:
            range_, got = self._range(band, lang), self.points_in_words(band.points, lang)
            listed.append(band.called(lang) + (f"{range_} {got}" if lang == "en" else joined(range_, got)))
        last, rest = self.bands[-1], self.points_in_words(self.else_, lang)
        edge = self.amount(last.edge)
        if lang == "en":
            return ", ".join([*listed, f"up to {edge} {rest}" if last.excludes_edge else f"below {rest}"])
        return "，".join([*listed, joined("不超过" if last.excludes_edge else "低于", edge, rest)])

    def _range(self, band: Band, lang: Lang) -> str:
        """The edges of a band in words; with several kinds of edges they say whether they are included."""
        told = any(other.excludes_edge or other.upper for other in self.bands)
        return band.words(self.amount, lang, told=told)

    def working(
        self, given: tuple[Value, ...], full: Fraction, raw: Fraction, lang: Lang, places: int
    ) -> str:
        value = figure(given[0])
        reached = next((band for band in self.bands if band.holds(value)), None)
        points = reached.points if reached else self.else_
        effect = self.points_in_words(points, lang) + self.held(points, lang)
        band = {"en": "below every band", "zh": "未达最低一档"}[lang]
        if reached:
            range_ = self._range(reached, lang)
            if lang == "en":
                band = f"in the band {f'“{reached.title}”' if reached.title else range_}"
            else:
                band = f"落在“{reached.title or range_}”一档"
        return {"en": ", ", "zh": "，"}[lang].join((self.amount(value), band, effect))

    def thresholds(self) -> tuple[Threshold, ...]:
        return tuple(
            Threshold(band.edge, ("bands", place, band.lower[0]), not band.excludes_edge, band.points)
            for place, band in enumerate(self.bands)
        )

    def amounts(self) -> tuple[Amount, ...]:
        points = [*(band.points for band in self.bands), self.else_]
        return tuple(Amount(amount) for amount in points if amount)

    def outcomes(self, inputs: tuple[Formula, ...]) -> tuple[tuple[str, Formula], ...]:
        names = [f"{key} {written(edge)}" for key, edge in (band.lower for band in self.bands)]
        reached = [band.reached(inputs[0]) for band in self.bands]
        between = [
            (name, all_of(here, not_(higher)))
            for name, higher, here in zip(names[1:], reached, reached[1:], strict=False)
        ]
        return ((names[0], reached[0]), *between, ("else", not_(reached[-1])))

    def problems(self) -> tuple[Problem, ...]:
        return tuple(_band.problems(self.bands, self.places))

    def problems_of(self, shared: Input) -> tuple[Problem, ...]:
        """The top band ends no lower than a shared input, where that has a greatest number."""
        end = self.bands[0].end(self.places)
        if end is None or shared.hi == COUNT_LIMIT or end > shared.hi:
            return ()
        upper = spelled(self.bands[0].upper)
        return (("GR359", ("bands", 0), {"upper": upper, "name": shared.name, "max": written(shared.hi)}),)
