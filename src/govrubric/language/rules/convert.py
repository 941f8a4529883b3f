"""`convert`: a score from elsewhere, brought to this item's scale.

What it does
    Adds score × full marks ÷ the verb's value, exactly: 87.65 out of 100 makes 8.765 of 10. The tally must
    give the score, from 0 to the verb's value, with at most `places` decimal places (2 by default). The
    value may be the name of a number, such as a target that is a fact, whose bounds exclude zero; then what
    the tally gives may be more than it.

Why
    根据《政务新媒体运行情况评估指标》折合分数. 按完成比例得分.

Example
    ``{id: operation_score, convert: 100}``, ``{id: trained, convert: target, unit: 人}``

Source
    Language, section 5.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, ClassVar

from pydantic import Field

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula.build import number, ratio, scale
from govrubric.formula.nodes import Formula, Input
from govrubric.language.fields import Expression, Influence, Places, PositiveOrName, Text
from govrubric.language.rules._draw import Draw
from govrubric.language.rules._measured import with_unit
from govrubric.language.rules._rule import (
    DEFAULT,
    DefaultNumber,
    Rule,
    Target,
    Value,
    bracketed,
    figure,
    joined,
)
from govrubric.numbers import COUNT_LIMIT, shown, written


class Convert(Rule):
    verb: ClassVar[str] = "convert"
    rescales: ClassVar[bool] = True
    chinese: ClassVar[Mapping[str, str]] = {
        "convert": "被折合的得分的满分；也可写一个数的名称，如目标值，此时按“完成数×满分÷目标值”得分",
        "unit": "该数的单位，供人阅读",
        "places": "该得分最多几位小数",
        **DEFAULT,
    }

    convert: PositiveOrName = Field(
        description="full marks of the score that is converted; or the name of a number, such as a target",
        examples=["100"],
    )
    unit: Annotated[Text | None, Influence.UNIT] = Field(
        default=None, description="the unit of the number that is converted, for people", examples=["人"]
    )
    places: Places = Field(
        default=2, description="how many decimal places the score may have", examples=["2"]
    )
    default: DefaultNumber = None

    @classmethod
    def drawn(cls, draw: Draw) -> dict[str, Any]:
        target = draw.target(above_zero=True) if draw.choice((True, False)) else None
        rule: dict[str, Any] = {"convert": target or (draw.points() if draw.chance() else draw.marks())}
        if draw.chance():
            rule["unit"] = draw.unit()
        places = draw.choice((None, *range(7)))
        return rule if places is None else {**rule, "places": places}

    @property
    def target(self) -> Target | None:
        return Target(self.convert, ("convert",)) if isinstance(self.convert, Expression) else None

    def target_problem(self, target: Formula) -> tuple[str, Mapping[str, str]] | None:
        if not target.lo <= 0 <= target.hi:
            return None
        ends = {"low": written(target.lo), "high": written(target.hi)}
        return "GR521", {"name": str(self.convert), **ends}

    @property
    def marks(self) -> Fraction | None:
        return self.convert if isinstance(self.convert, Fraction) else None

    def inputs(self, path: str) -> tuple[Input, ...]:
        most = Fraction(COUNT_LIMIT) if self.marks is None else self.marks
        return (number(path, most, places=self.places, unit=self.unit),)

    def effect(self, inputs: tuple[Formula, ...], full: Fraction) -> Formula:
        if self.marks is None:
            return ratio(scale(inputs[0], full), inputs[1])
        return scale(inputs[0], full / self.marks)

    def sentence(self, lang: Lang) -> str:
        if self.marks is None:
            return {
                "en": "in proportion: what is given × full marks ÷ {}",
                "zh": "按比例得分：填报数×满分÷{}",
            }[lang].format(self.convert)
        return {"en": "converted from a score out of {}", "zh": "按满分{}分的得分折合"}[lang].format(
            written(self.marks)
        )

    def working(
        self, given: tuple[Value, ...], full: Fraction, raw: Fraction, lang: Lang, places: int
    ) -> str:
        score = figure(given[0])
        if self.marks is None:
            return self._reached(score, figure(given[1]), full, lang, places)
        points = score * full / self.marks
        sides = (
            written(score),
            written(full),
            written(self.marks),
            shown(points, places),
            self.held(points, lang),
        )
        return {"en": "{} × {} ÷ {} = {}{}", "zh": "{}×{}÷{}={}分{}"}[lang].format(*sides)

    def _reached(self, done: Fraction, target: Fraction, full: Fraction, lang: Lang, places: int) -> str:
        """How far the target was reached: ``完成45人，目标60人，得分10×45÷60=7.5分``."""
        points = full * done / target
        amounts = [with_unit(written(number), self.unit) for number in (done, target)]
        sides = (written(full), written(done), bracketed(target), shown(points, places))
        if lang == "en":
            equation = "{} × {} ÷ {} = {}".format(*sides)
            return f"done {amounts[0]}, target {amounts[1]}, {equation}{self.held(points, lang)}"
        equation = "得分{}×{}÷{}={}分".format(*sides)
        told = [joined("完成", amounts[0]), joined("目标", amounts[1]), equation + self.held(points, lang)]
        return "，".join(told)
