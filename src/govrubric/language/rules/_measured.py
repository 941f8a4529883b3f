"""The base of verbs that read a measured number: `bands`, `distance` and `curve`."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Any, ClassVar

from pydantic import Field

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula.build import measured
from govrubric.formula.nodes import Input
from govrubric.language.fields import Influence, Places, Text
from govrubric.language.rules._draw import Draw
from govrubric.language.rules._rule import DEFAULT, DefaultNumber, Rule, Value, figure
from govrubric.numbers import written

PERCENT = ("%", "％", "percent")


class MeasuredRule(Rule):
    """A rule that reads a measured number in `unit`, with at most `places` decimal places."""

    measures: ClassVar[bool] = True
    chinese: ClassVar[Mapping[str, str]] = {
        "unit": "测得值的单位，供人阅读",
        "places": "测得值最多几位小数",
        **DEFAULT,
    }

    unit: Annotated[Text | None, Influence.UNIT] = Field(
        default=None, description="the unit of the measured number, for people", examples=["'%'"]
    )
    places: Places = Field(
        default=2, description="how many decimal places the measured number may have", examples=["1"]
    )
    default: DefaultNumber = None

    @classmethod
    def drawn(cls, draw: Draw) -> dict[str, Any]:
        match draw.choice(("", "unit", "places")):
            case "unit":
                return {"unit": draw.unit()}
            case "places":
                return {"places": draw.whole(0, 6)}
            case _:
                return {}

    def inputs(self, path: str) -> tuple[Input, ...]:
        return (measured(path, self.places, self.unit),)

    def amount(self, value: Value) -> str:
        """A measured number with its unit."""
        return with_unit(written(figure(value)), self.unit)

    def difference(self, value: Fraction, lang: Lang) -> str:
        """How far two measured numbers are apart; percentages differ by percentage points."""
        if self.unit not in PERCENT:
            return self.amount(value)
        if lang == "zh":
            return f"{written(value)}个百分点"
        return f"{written(value)} percentage point{'' if value == 1 else 's'}"


def with_unit(digits: str, unit: str | None) -> str:
    """A number with its unit: after a space where that is a Latin word, else directly."""
    if not unit:
        return digits
    return f"{digits} {unit}" if unit[0].isascii() and unit[0].isalpha() else digits + unit
