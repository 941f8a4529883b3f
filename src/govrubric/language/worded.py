"""Value or mapping -> value with its words: the long form of what may stand alone, such as a level's points.

The long form without words gives the value alone, so that a text means the same in either form.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, ClassVar, NamedTuple

from pydantic import Field

from govrubric.language.fields import Model, Note, Number, Positive, ProseOrNone


class Worded(Model):
    """The long form of a value: the value itself at the key `alone`, and words for people."""

    alone: ClassVar[str]

    def shortest(self) -> Any:
        """The value alone where it has no words, or else all of it."""
        has_words = any(value is not None for key, value in self if key != self.alone)
        return self if has_words else getattr(self, self.alone)


class Worth(Worded):
    """The points of an outcome, with its title."""

    alone: ClassVar[str] = "points"
    chinese: ClassVar[Mapping[str, str]] = {
        "points": "该级或该选项的分值；选项的分值为负数的，即为扣分",
        "title": "供人阅读的名称，不写则显示原名",
    }

    points: Number = Field(description="its points; below zero they are taken", examples=["5"])
    title: ProseOrNone = Field(
        default=None, description="what people read in place of its name", examples=["市级"]
    )
    note: Note = None


class PositiveWorth(Worth):
    """The points of a level, with its title."""

    points: Positive = Field(description="its points, for each case", examples=["1"])


class Level(NamedTuple):
    """A level of an achievement or a fault, or an outcome: its name, and its points."""

    name: str
    worth: Fraction | Worth

    @property
    def points(self) -> Fraction:
        return self.worth.points if isinstance(self.worth, Worth) else self.worth

    @property
    def title(self) -> str | None:
        return self.worth.title if isinstance(self.worth, Worth) else None

    @property
    def shown(self) -> str:
        """What people read: its title, or its name where it has none."""
        return self.title or self.name


def levels(written: Mapping[str, Fraction | Worth]) -> tuple[Level, ...]:
    """What stands at the names of levels -> the levels."""
    return tuple(
        Level(name, worth.shortest() if isinstance(worth, Worth) else worth)
        for name, worth in written.items()
    )


def form(value: object) -> str:
    """The tag of the form of a value: with words, or alone."""
    return "form:long" if isinstance(value, (dict, Worded)) else "form:alone"
