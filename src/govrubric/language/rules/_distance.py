"""The field of the verb `distance`: a threshold, or its name, and what a unit of the way from it brings."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field, PlainValidator

from govrubric.language.fields import Expression, Model, Note, Number, NumberOrName, Positive, one_of


class Distance(Model):
    """From which threshold, in which direction, and what each unit of the way costs or brings."""

    chinese: ClassVar[Mapping[str, str]] = {
        "below": "标准值，或一个数的名称：低于它的部分计分",
        "above": "标准值，或一个数的名称：高于它的部分计分",
        "each": "一个单位是多大",
        "points": "每个单位的分值；负数为扣分",
        "whole": "不足一个单位的：按一个计（`up`）、不计（`down`）或按比例（`no`）",
    }

    below: NumberOrName | None = Field(
        default=None,
        description="the threshold, or the name of a number, where numbers below it count",
        examples=["95"],
    )
    above: NumberOrName | None = Field(
        default=None,
        description="the threshold, or the name of a number, where numbers above it count",
        examples=["30"],
    )
    each: Positive = Field(description="how large a unit of the way is", examples=["1"])
    points: Number = Field(description="points for each unit; below zero they are taken", examples=["-0.5"])
    whole: Annotated[Literal["up", "down", "no"], PlainValidator(one_of("up", "down", "no"))] = Field(
        default="no",
        description="whether a begun unit counts as a whole one (`up`), not at all (`down`), "
        "or in proportion (`no`)",
        examples=["up"],
    )
    note: Note = None

    @property
    def is_below(self) -> bool:
        """The direction: whether numbers below the threshold count, and not those above it."""
        return self.below is not None

    @property
    def threshold(self) -> Fraction | Expression:
        """The threshold, or its name; 0 where the author wrote none, which `problems` reports."""
        return self.below if self.below is not None else self.above or Fraction(0)
