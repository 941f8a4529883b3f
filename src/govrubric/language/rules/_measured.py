"""The base of verbs that read a measured number: `bands`, `distance` and `curve`."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula.build import measured
from govrubric.formula.nodes import Input
from govrubric.language.fields import Influence, Places, Text
from govrubric.language.rules._draw import Draw
from govrubric.language.rules._rule import Rule, Value, figure
from govrubric.numbers import written


class MeasuredRule(Rule):
    """A rule that reads a measured number in `unit`, with at most `places` decimal places."""

    measures: ClassVar[bool] = True
    chinese: ClassVar[Mapping[str, str]] = {
        "unit": "测得值的单位，供人阅读",
        "places": "测得值最多几位小数",
    }

    unit: Annotated[Text | None, Influence.UNIT] = Field(
        default=None, description="the unit of the measured number, for people", examples=["'%'"]
    )
    places: Places = Field(
        default=2, description="how many decimal places the measured number may have", examples=["1"]
    )

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
        return written(figure(value)) + self._unit_suffix

    @property
    def _unit_suffix(self) -> str:
        """The unit as it follows a number: after a space where it is a Latin word, else directly."""
        if not self.unit:
            return ""
        return f" {self.unit}" if self.unit[0].isascii() and self.unit[0].isalpha() else self.unit


def points_of(value: str, lang: Lang) -> str:
    """A number in digits -> the number with the word for points."""
    if lang == "zh":
        return f"{value} 分"
    return f"{value} point" if value in ("1", "-1") else f"{value} points"
