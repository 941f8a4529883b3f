"""A band of measured numbers: where it begins and, if the text says so, where it ends.

`from` and `to` belong to the band, `above` and `below` do not. Which numbers lie between two edges depends on
how many decimal places a number may have.
"""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor
from typing import Annotated, Any, ClassVar

from pydantic import Field

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula.build import compare, const
from govrubric.formula.nodes import Formula
from govrubric.language.fields import Influence, Model, Note, Number, ProseOrNone
from govrubric.language.rules._draw import Draw
from govrubric.language.rules._rule import Problem, joined
from govrubric.numbers import written

Edge = tuple[str, Fraction]
Upper = Annotated[Number | None, Influence.WORDS]


class Band(Model):
    """Where a band of numbers begins, how many points it has, and where the text says that it ends."""

    chinese: ClassVar[Mapping[str, str]] = {
        "from": "该档的起点，含本数（以上）",
        "above": "该档的起点，不含本数（大于、超过）；与 `from` 只写其一",
        "to": "条文写明的该档终点，含本数（至、不超过）；不影响得分，须与上一档相接",
        "below": "条文写明的该档终点，不含本数（不足、小于）；与 `to` 只写其一",
        "points": "该档的分值；负数为扣分",
        "title": "该档供人阅读的名称",
    }

    start: Number | None = Field(
        default=None, alias="from", description="the least number of the band", examples=["95"]
    )
    above: Number | None = Field(
        default=None,
        description="the number above which the band begins, in place of `from`",
        examples=["80"],
    )
    to: Upper = Field(
        default=None,
        description="the greatest number of the band, where the text has it; it changes no score, and must "
        "meet the band above",
        examples=["100"],
    )
    below: Upper = Field(
        default=None,
        description="the number below which the band ends, in place of `to`",
        examples=["90"],
    )
    points: Number = Field(description="its points; below zero they are taken", examples=["5"])
    title: ProseOrNone = Field(default=None, description="what people call the band", examples=["优秀"])
    note: Note = None

    @property
    def edge(self) -> Fraction:
        """Where it begins; 0 where the author wrote nothing, which `problem` reports."""
        return (self.above if self.start is None else self.start) or Fraction(0)

    @property
    def excludes_edge(self) -> bool:
        """Whether the number with which it begins lies below it."""
        return self.start is None

    @property
    def lower(self) -> Edge:
        """The key of its lower edge, and the edge."""
        return ("above" if self.excludes_edge else "from"), self.edge

    @property
    def upper(self) -> Edge | None:
        """The key of its upper edge, and the edge; ``None`` where none is written."""
        if self.to is not None:
            return "to", self.to
        return None if self.below is None else ("below", self.below)

    def problem(self) -> tuple[str, Mapping[str, str]] | None:
        """What is wrong between its edges: code and arguments."""
        if self.start is not None and self.above is not None:
            return "GR356", {"one": "from", "other": "above"}
        if self.to is not None and self.below is not None:
            return "GR356", {"one": "to", "other": "below"}
        return ("GR202", {"key": "from"}) if self.start is None and self.above is None else None

    def holds(self, value: Fraction) -> bool:
        """Whether a number reaches it."""
        return value > self.edge or (value == self.edge and not self.excludes_edge)

    def least(self, places: int) -> Fraction:
        """The least number of so many places that reaches it."""
        units = self.edge * 10**places
        return Fraction(floor(units) + 1 if self.excludes_edge else ceil(units), 10**places)

    def end(self, places: int) -> Fraction | None:
        """The first number of so many places behind its upper edge, where one is written."""
        if self.upper is None:
            return None
        key, edge = self.upper
        units = edge * 10**places
        return Fraction(floor(units) + 1 if key == "to" else ceil(units), 10**places)

    def is_empty(self, places: int) -> bool:
        """Whether its upper edge leaves it no number of so many places."""
        end = self.end(places)
        return end is not None and end <= self.least(places)

    def reached(self, value: Formula) -> Formula:
        """The flag that a number reaches it."""
        return compare((">" if self.excludes_edge else ">=",), (value, const(self.edge)))

    def words(self, amount: Callable[[Fraction], str], lang: Lang, *, told: bool) -> str:
        """Its edges in words: ``大于80``, ``80以上（含80）、不足90``; whether 以上 includes is `told` or not."""
        lower = amount(self.edge)
        if lang == "en":
            text = f"{self.lower[0]} {lower}"
        elif self.excludes_edge:
            text = joined("大于", lower)
        else:
            text = joined(lower, "以上") + (f"（含{lower}）" if told else "")
        if self.upper is None:
            return text
        key, upper = self.upper
        if lang == "en":
            return f"{text} {'to' if key == 'to' else 'to below'} {amount(upper)}"
        return joined(f"{text}、{'不超过' if key == 'to' else '不足'}", amount(upper))

    def called(self, lang: Lang) -> str:
        """Its title with a colon after it, where it has one."""
        return "" if self.title is None else self.title + {"en": ": ", "zh": "："}[lang]


def spelled(edge: Edge | None) -> str:
    """An edge as its author writes it."""
    return f"{edge[0]}: {written(edge[1])}" if edge else ""


def problems(bands: tuple[Band, ...], places: int) -> Iterator[Problem]:
    """What is wrong between the edges of bands; of what makes further findings meaningless only the first."""
    for place, band in enumerate(bands):
        if wrong := band.problem():
            code, args = wrong
            yield code, ("bands", place), args
            return
    begins = [(band.edge, band.excludes_edge) for band in bands]
    behind = next((after for before, after in pairwise(begins) if after >= before), None)
    if behind is not None:
        yield "GR336", ("bands",), {"from": written(behind[0])}
        return
    for place, band in enumerate(bands):
        if band.is_empty(places):
            shown = {"lower": spelled(band.lower), "upper": spelled(band.upper)}
            yield "GR358", ("bands", place), shown
        elif place and (apart := _apart(bands[place - 1], band, places)):
            yield "GR357", ("bands", place), apart


def _apart(above: Band, band: Band, places: int) -> Mapping[str, str] | None:
    """How the upper edge of a band does not meet the band above it, if it does not."""
    end, begin = band.end(places), above.least(places)
    if end is None or end == begin:
        return None
    key, edge = above.lower
    gap, both = (written(end), "") if end < begin else ("", written(begin))
    return {
        "upper": spelled(band.upper),
        "lower": spelled(above.lower),
        "right": spelled(("below" if key == "from" else "to", edge)),
        "gap": gap,
        "both": both,
        "whole": gap if band.end(0) == above.least(0) else "",
    }


def drawn(draw: Draw, places: int) -> list[dict[str, Any]]:
    """Random bands for numbers of so many places, the highest first, for tests."""
    bands: list[dict[str, Any]] = []
    starts = list(reversed(draw.measures(draw.whole(2, 4))))
    for place, start in enumerate(starts):
        band = {draw.choice(("from", "from", "above")): start, "points": draw.amount(), **draw.words()}
        if place and draw.choice((True, False)):
            meets = "to" if "above" in bands[-1] else "below"  # what lies right below the band above
            ended = {**band, meets: starts[place - 1]}
            band = band if Band.model_validate(ended).is_empty(places) else ended
        bands.append(band)
    return bands
