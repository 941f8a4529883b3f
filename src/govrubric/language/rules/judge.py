"""`judge`: a score that an assessor gives.

What it does
    Adds a number from 0 to the verb's value, with at most `places` decimal places (2 by default) and, where
    `step` is given, in steps of it. The tally must give it: a missing judgement is never taken for zero.

Why
    根据每项工作完成情况作相应评分.

Example
    ``{id: assessed, judge: 3, step: 0.5}``

Source
    Language, section 5.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, ClassVar

from pydantic import Field

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula.build import number
from govrubric.formula.nodes import Formula, Input
from govrubric.language.fields import Places, Positive
from govrubric.language.rules._draw import Draw
from govrubric.language.rules._rule import DEFAULT, DefaultNumber, Rule, Value, figure, shown
from govrubric.numbers import written


class Judge(Rule):
    verb: ClassVar[str] = "judge"
    chinese: ClassVar[Mapping[str, str]] = {
        "judge": "考评人最多可给的分数",
        "places": "评分最多几位小数",
        "step": "评分以多少分为一档",
        **DEFAULT,
    }

    judge: Positive = Field(description="the most that the assessor may give", examples=["5"])
    places: Places = Field(
        default=2, description="how many decimal places the judgement may have", examples=["1"]
    )
    step: Positive | None = Field(default=None, description="the steps in which it goes", examples=["0.5"])
    default: DefaultNumber = None

    @classmethod
    def drawn(cls, draw: Draw) -> dict[str, Any]:
        rule: dict[str, Any] = {"judge": draw.points() if draw.chance() else draw.marks()}
        places = draw.choice((None, *range(7)))
        if places is not None:
            rule["places"] = places
        if draw.chance():
            rule["step"] = Fraction(draw.choice((1, 2, 5, 25)), 10 ** (2 if places is None else places))
        return rule

    @property
    def marks(self) -> Fraction:
        return self.judge

    def inputs(self, path: str) -> tuple[Input, ...]:
        return (number(path, self.judge, places=self.places, step=self.step),)

    def effect(self, inputs: tuple[Formula, ...], full: Fraction) -> Formula:
        return inputs[0]

    def sentence(self, lang: Lang) -> str:
        text = {"en": "judged, 0 to {}", "zh": "由考评方在0至{}分内评定"}[lang].format(written(self.judge))
        if self.step:
            text += {"en": ", in steps of {}", "zh": "，每{}分一档"}[lang].format(written(self.step))
        return text

    def working(
        self, given: tuple[Value, ...], full: Fraction, raw: Fraction, lang: Lang, places: int
    ) -> str:
        judged = {"en": "judged {}", "zh": "评定{}分"}[lang].format(shown(given[0]))
        return judged + self.held(figure(given[0]), lang)

    def problems(self) -> tuple[tuple[str, str, Mapping[str, str]], ...]:
        if self.step is not None and (self.step * 10**self.places).denominator != 1:
            return (("GR309", "step", {"step": written(self.step), "places": str(self.places)}),)
        return ()
