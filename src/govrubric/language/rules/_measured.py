"""A measured number, as `bands`, `distance` and `curve` read it."""

from typing import Any, ClassVar

from pydantic import Field

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula.build import measured
from govrubric.formula.nodes import Input
from govrubric.language.fields import Places, Text
from govrubric.language.rules._draw import Draw
from govrubric.language.rules._rule import Rule, Value, figure
from govrubric.numbers import written


class MeasuredRule(Rule):
    """A rule that reads one measured number, in some `unit`, with at most so many `places`."""

    measures: ClassVar[bool] = True

    unit: Text | None = Field(
        default=None, description="the unit of the measured number, for people", examples=["'%'"]
    )
    places: Places = Field(
        default=2, description="how many decimal places the measured number may have", examples=["1"]
    )

    @classmethod
    def drawn(cls, draw: Draw) -> dict[str, Any]:
        which = draw.choice(("", "unit", "places"))
        rule: dict[str, Any] = {"unit": draw.unit()} if which == "unit" else {}
        return {"places": draw.whole(0, 6)} if which == "places" else rule

    def inputs(self, path: str) -> tuple[Input, ...]:
        return (measured(path, self.places, self.unit),)

    def amount(self, value: Value) -> str:
        """A measured number with its unit."""
        return written(figure(value)) + self.of_unit

    @property
    def of_unit(self) -> str:
        """The unit behind a number: close behind it where it is a sign or Chinese, else after a space."""
        if not self.unit:
            return ""
        return f" {self.unit}" if self.unit[0].isascii() and self.unit[0].isalpha() else self.unit


def points_of(value: str, lang: Lang) -> str:
    """Digits -> so many points."""
    if lang == "zh":
        return f"{value} 分"
    return f"{value} point" if value in ("1", "-1") else f"{value} points"
