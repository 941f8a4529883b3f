"""Inputs that an author declares by name and type: the rubric's `facts`, and the `inputs` of a formula.

Source: language section 7.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, NamedTuple

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, PlainValidator, Tag

from govrubric.formula.build import choice, flag, number, tally_count
from govrubric.formula.nodes import Input
from govrubric.language.fields import (
    Id,
    Model,
    Note,
    Number,
    Places,
    ProseOrNone,
    Text,
    filled,
    kind_of,
    some,
    wrong,
)
from govrubric.language.worded import Worded
from govrubric.numbers import COUNT_LIMIT, written

_DEFAULT = {"default": "未填报时所取的值；写了即可不填报"}
_TITLE = {"title": "供人阅读的名称，不写则显示原名"}


class Range(Model):
    """Which numbers an input takes: from `min` to `max`, with at most so many `places`."""

    chinese: ClassVar[Mapping[str, str]] = {
        "places": "最多几位小数",
        "min": "最小值",
        "max": "最大值",
    }

    places: Places = Field(default=2, description="how many decimal places it may have", examples=["0"])
    min: Number = Field(default=Fraction(0), description="the least that it may be", examples=["0"])
    max: Number = Field(
        default=Fraction(COUNT_LIMIT), description="the most that it may be", examples=["100"]
    )
    note: Note = None


class NumberOf(Model):
    """An input that is a number."""

    chinese: ClassVar[Mapping[str, str]] = {"number": "填写此范围内的数字", **_DEFAULT, **_TITLE}

    number: Range = Field(
        description="the input is a number in this range", examples=["{places: 0, min: 0, max: 100}"]
    )
    default: Number | None = Field(
        default=None,
        description="what is taken where a tally leaves it out; then it may be left out",
        examples=["0"],
    )
    title: ProseOrNone = Field(
        default=None, description="what people read in place of its name", examples=["常住人口"]
    )
    note: Note = None


class ChoiceOf(Model):
    """An input that is one of a few names."""

    chinese: ClassVar[Mapping[str, str]] = {"choice": "填写其中一个名称", **_DEFAULT, **_TITLE}

    choice: Annotated[tuple[Text, ...], BeforeValidator(some)] = Field(
        description="the input is one of these names", examples=["[地区, 部门]"]
    )
    default: Text | None = Field(
        default=None,
        description="what is taken where a tally leaves it out; then it may be left out",
        examples=["部门"],
    )
    title: ProseOrNone = Field(
        default=None, description="what people read in place of its name", examples=["类别"]
    )
    note: Note = None


def _no_type(value: object) -> str:
    """Refuse what is no type, and name all types."""
    shown = value if isinstance(value, str) else kind_of(value)
    raise wrong("GR210", value=shown, words="flag, count, {number: {…}}, {choice: […]}")


def _word(value: object) -> str:
    """A flag or a count, by its word."""
    return str(value) if value in ("flag", "count") else _no_type(value)


Word = Literal["flag", "count"]
if TYPE_CHECKING:
    WordField = Word
else:
    WordField = Annotated[Word, PlainValidator(_word)]


class WordOf(Worded):
    """An input that is a flag or a count, with a title."""

    alone: ClassVar[str] = "type"
    chinese: ClassVar[Mapping[str, str]] = {"type": "填写是或否（`flag`），或计数（`count`）", **_TITLE}

    type: WordField = Field(description="the input is a flag or a count", examples=["count"])
    title: ProseOrNone = Field(
        default=None, description="what people read in place of its name", examples=["死亡人数"]
    )
    note: Note = None


Type = Word | WordOf | NumberOf | ChoiceOf


class Declared(NamedTuple):
    """A declared input: its name and its type."""

    name: str
    type: Type

    @property
    def title(self) -> str | None:
        """What people call it; ``None`` where that is not said."""
        return None if isinstance(self.type, str) else self.type.title

    @property
    def kind(self) -> Word | NumberOf | ChoiceOf:
        """What it takes, without the words for a flag or a count."""
        return self.type.type if isinstance(self.type, WordOf) else self.type

    def as_input(self, name: str) -> Input:
        """The input, under its full name."""
        return replace(self._untitled(name).by_default(self.default), title=self.title)

    @property
    def default(self) -> Fraction | str | None:
        """What is taken where a tally leaves it out, where that is said."""
        return self.type.default if isinstance(self.type, NumberOf | ChoiceOf) else None

    def _untitled(self, name: str) -> Input:
        match self.kind:
            case "flag":
                return flag(name)
            case "count":
                return tally_count(name, None)
            case NumberOf(number=numbers):
                return number(name, numbers.max, low=numbers.min, places=numbers.places)
            case chosen:
                return choice(name, chosen.choice)


_ENDS = {"least": "min", "most": "max"}  # the keys of the ends of a range


def problem(declared: Declared) -> tuple[str, Mapping[str, str]] | None:
    """What is wrong between the fields of a declared input: code and arguments."""
    match declared.type:
        case NumberOf(number=numbers) if numbers.min > numbers.max:
            ends = {"low": written(numbers.min), "high": written(numbers.max)}
            return "GR334", {"name": declared.name, **_ENDS, **ends}
        case NumberOf(number=numbers) if any(
            (end * 10**numbers.places).denominator != 1 for end in (numbers.min, numbers.max)
        ):
            return "GR335", {"name": declared.name, **_ENDS, "places": str(numbers.places)}
        case ChoiceOf(choice=options):
            same = [unicodedata.normalize("NFC", option) for option in options]
            twice = next((option for index, option in enumerate(same) if option in same[:index]), None)
            if twice is not None:
                return "GR328", {"name": twice, "parent": declared.name}
    return default_problem(declared.as_input(declared.name), declared.default)


def default_problem(known: Input, default: Fraction | str | None) -> tuple[str, Mapping[str, str]] | None:
    """What is wrong with the default of an input: code and arguments."""
    if default is None or known.takes(default):
        return None
    shown = {"name": known.name, "value": default if isinstance(default, str) else written(default)}
    if known.kind == "choice":
        return "GR345", {**shown, "known": ", ".join(known.options)}
    low = known.lo if known.gap is None else known.gap
    ends = {"low": written(low), "high": written(known.hi), "places": str(known.places)}
    ends["zero"] = "" if known.gap is None else "0"
    return "GR345", {**shown, **ends, "step": "" if known.step is None else written(known.step)}


def _declarations(types: Mapping[str, Type]) -> tuple[Declared, ...]:
    """What stands at the names of inputs -> the declared inputs."""
    return tuple(
        Declared(name, type_.shortest() if isinstance(type_, WordOf) else type_)
        for name, type_ in types.items()
    )


def _kind(value: object) -> str:
    """The tag of the type that a value is meant to be."""
    if isinstance(value, NumberOf) or (isinstance(value, dict) and "number" in value):
        return "type:number"
    if isinstance(value, WordOf) or (isinstance(value, dict) and "type" in value and "choice" not in value):
        return "type:worded"
    return "type:choice" if isinstance(value, (dict, ChoiceOf)) else "type:word"


if TYPE_CHECKING:
    Declarations = tuple[Declared, ...]
else:
    Declarations = Annotated[
        dict[
            Id,
            Annotated[
                Annotated[WordField, Tag("type:word")]
                | Annotated[WordOf, Tag("type:worded")]
                | Annotated[NumberOf, Tag("type:number")]
                | Annotated[ChoiceOf, Tag("type:choice")],
                Discriminator(_kind),
            ],
        ],
        BeforeValidator(filled),
        AfterValidator(_declarations),
    ]
