"""`convert`: a score from elsewhere, brought to this item's scale.

What it does
    Adds score × full marks ÷ the verb's value, exactly: 87.65 out of 100 makes 8.765 of 10. The tally must
    give the score, from 0 to the verb's value, with at most `places` decimal places (2 by default).

Why
    根据《政务新媒体运行情况评估指标》折合分数.

Example
    ``{id: operation_score, convert: 100}``

Source
    Language, section 5.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, ClassVar

from pydantic import Field

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula.build import number, scale
from govrubric.formula.nodes import Formula, Input
from govrubric.language.fields import Places, Positive
from govrubric.language.rules._draw import Draw
from govrubric.language.rules._rule import Rule, Value, figure
from govrubric.numbers import shown, written


class Convert(Rule):
    verb: ClassVar[str] = "convert"
    rescales: ClassVar[bool] = True
    chinese: ClassVar[Mapping[str, str]] = {
        "convert": "被折合的得分的满分",
        "places": "该得分最多几位小数",
    }

    convert: Positive = Field(description="full marks of the score that is converted", examples=["100"])
    places: Places = Field(
        default=2, description="how many decimal places the score may have", examples=["2"]
    )

    @classmethod
    def drawn(cls, draw: Draw) -> dict[str, Any]:
        rule: dict[str, Any] = {"convert": draw.points() if draw.chance() else draw.marks()}
        places = draw.choice((None, *range(7)))
        return rule if places is None else {**rule, "places": places}

    @property
    def marks(self) -> Fraction:
        return self.convert

    def inputs(self, path: str) -> tuple[Input, ...]:
        return (number(path, self.convert, places=self.places),)

    def effect(self, inputs: tuple[Formula, ...], full: Fraction) -> Formula:
        return scale(inputs[0], full / self.convert)

    def sentence(self, lang: Lang) -> str:
        return {"en": "converted from a score out of {}", "zh": "按满分{}分的得分折合"}[lang].format(
            written(self.convert)
        )

    def working(
        self, given: tuple[Value, ...], full: Fraction, raw: Fraction, lang: Lang, places: int
    ) -> str:
        score = figure(given[0])
        points = score * full / self.convert
        sides = (
            written(score),
            written(full),
            written(self.convert),
            shown(points, places),
            self.held(points, lang),
        )
        return {"en": "{} × {} ÷ {} = {}{}", "zh": "{}×{}÷{}={}分{}"}[lang].format(*sides)
