"""Plain values -> typed fields: the checks of the models' fields, and the annotations that carry them.

A check gives back the typed value, or raises a `PydanticCustomError` whose type is the code of a diagnostic.
"""

import datetime
import re
from collections.abc import Callable, Mapping
from enum import Enum
from fractions import Fraction
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, PlainValidator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from govrubric.diagnostics.display import plain, shown, unfit
from govrubric.document.nodes import DEPTH, Plain
from govrubric.expressions.parser import Parsed, parse
from govrubric.language import json_scalars as scalars
from govrubric.language.json_scalars import JsonScalar
from govrubric.numbers import NotANumber, exact, written

ID = re.compile(r"[a-z][a-z0-9_]{0,63}")
LONGEST_PATH = 300  # characters of the path of an item, rule, gate or input
DIGITS = re.compile(r"(?i)-?[0-9]+(?:\.[0-9]+|/[0-9]+)?|true|false")
ENTRIES = 40_000  # keys and values within a tally of a case
EXPRESSION = 1000  # the most characters of a condition or formula
RUBRIC_ID = re.compile(r"[a-z][a-z0-9_-]{0,63}")
PATH = re.compile(rf"{ID.pattern}(\.{ID.pattern})*")
LANGUAGE = re.compile(r"(zh|en)(-[A-Za-z]+)*")


class Influence(Enum):
    """Of a key that does not change figures with its value: what else of it does.

    A key without this mark counts in full. Figures are scores, the numbers of every row of a card, grades,
    and which tallies are taken and how they are read. Rows are named by ids, so that ids count.
    """

    WORDS = "nothing: it is read by people, or tells of the rubric itself"
    UNIT = "nothing; yet with another unit something else is measured"
    COUNTED = "whether it is there, for then cases are counted; with another unit other cases are"


class Model(BaseModel):
    """The base of every part of a rubric: frozen, strict, and without keys of other names.

    What a key means is said where the key is declared: in English by its field, in Chinese by `chinese`.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(
        strict=True, frozen=True, extra="forbid", hide_input_in_errors=True
    )
    chinese: ClassVar[Mapping[str, str]] = {"note": "作者自己的说明，不影响得分"}


def influence(field: FieldInfo) -> Influence | None:
    """The mark of a key; ``None`` where its value counts."""
    return next((mark for mark in field.metadata if isinstance(mark, Influence)), None)


def wording(model: type[BaseModel]) -> frozenset[str]:
    """The keys of a model that change no figure, and nothing that is counted or measured."""
    fields = model.model_fields.items()
    return frozenset(field.alias or name for name, field in fields if influence(field) is Influence.WORDS)


def wrong(code: str, **args: object) -> PydanticCustomError:
    """A finding as the error that pydantic passes on."""
    texts = {name: value if isinstance(value, str) else shown(value) for name, value in args.items()}
    return PydanticCustomError(code, code, {name: plain(text) for name, text in texts.items()})


def is_text(value: object) -> str:
    """A text that is not empty. A number or date without quotes is a text too, where text is due."""
    if not isinstance(value, str):
        raise wrong("GR206", kind=kind_of(value))
    if not value.strip():
        raise wrong("GR213")
    if (found := unfit(value)) is not None:
        raise wrong(found[0], character=found[1])
    return str(value)


def kind_of(value: object) -> str:
    """A word for the kind of a value, for messages."""
    match value:
        case str():
            return "text"
        case tuple() | list():
            return "list"
        case dict():
            return "mapping"
        case _:
            return shown(value)


def _matching(pattern: re.Pattern[str], code: str) -> Callable[[object], str]:
    def check(value: object) -> str:
        text = is_text(value)
        if not pattern.fullmatch(text):
            raise wrong(code, value=text, near=_id_from(text))
        return text

    return check


def _id_from(text: str) -> str:
    """A legal id made of `text`; ``""`` where nothing is left of it, as of Chinese."""
    ascii_text = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    return ascii_text if ID.fullmatch(ascii_text) else ""


def is_number(value: object) -> Fraction:
    """A number, from its digits or as a fraction, without quotes."""
    if isinstance(value, str) and not isinstance(value, Plain):
        raise wrong("GR208", value=value)
    if isinstance(value, (dict, tuple, list)):
        raise wrong("GR223", kind=kind_of(value))
    try:
        return exact(value)
    except NotANumber as error:
        raise wrong("GR220" if error.reason == "digits" else "GR207", value=value) from None


def is_positive(value: object) -> Fraction:
    """A number above zero."""
    number = is_number(value)
    if number <= 0:
        raise wrong("GR214", value=written(number))
    return number


def whole(low: int, high: int) -> Callable[[object], int]:
    """The check for a whole number from `low` to `high`."""

    def check(value: object) -> int:
        number = is_number(value)
        if number.denominator != 1 or not low <= number <= high:
            raise wrong("GR221", value=written(number), low=low, high=high)
        return number.numerator

    return check


def is_date(value: object) -> datetime.date:
    """A day, as ``2023-12-31``."""
    if type(value) is datetime.date:
        return value
    text = is_text(value)
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    raise wrong("GR212", value=text)


def is_version(value: object) -> Literal[1]:
    """The version of the language, which is 1."""
    number = is_number(value)
    if number != 1:
        raise wrong("GR218", value=written(number))
    return 1


def one_of(*words: str) -> Callable[[object], str]:
    """The check for one of a few words."""

    def check(value: object) -> str:
        if not isinstance(value, str) or value not in words:
            raise _no_word(value, *words)
        return str(value)

    return check


def _no_word(value: object, *words: str) -> PydanticCustomError:
    """The finding where one of some words is due."""
    shown_value = value if isinstance(value, str) else kind_of(value)
    return wrong("GR210", value=shown_value, words=", ".join(words))


def word_or(check: Callable[[object], Any], *words: str) -> Callable[[object], Any]:
    """The check for one of a few words, or for a number that `check` takes."""

    def either(value: object) -> Any:
        if isinstance(value, str) and value in words:
            return str(value)
        looks_like_number = isinstance(value, str) and re.match(r"[-+]?\.?[0-9０-９]", value)
        if isinstance(value, Plain) and not looks_like_number:
            raise _no_word(value, *words, "3.5")
        return check(value)

    return either


def name_or(check: Callable[[object], Fraction]) -> Callable[[object], Any]:
    """The check for the name of a number, or for a number that `check` takes."""

    def either(value: object) -> Any:
        if not isinstance(value, str) or re.match(r"[-+]?\.?[0-9０-９]", value):
            return check(value)
        if not PATH.fullmatch(value) or len(value) > EXPRESSION:
            raise wrong("GR227", value=value)
        return Expression(value)

    return either


def some(value: object) -> object:
    """A list that is not empty; what is in it is checked afterwards."""
    if not isinstance(value, (tuple, list)):
        raise wrong("GR205", kind=kind_of(value))
    if not value:
        raise wrong("GR222")
    return tuple(value)


def _frozen(value: Any) -> Any:
    """Plain data that never changes, in which numbers and flags are texts without quotes (`Plain`)."""
    if isinstance(value, dict):
        return Table(value)
    if isinstance(value, (list, tuple)):
        return tuple(_frozen(inner) for inner in value)
    if isinstance(value, bool):
        return Plain(str(value).lower())
    if not isinstance(value, str):
        return Plain(written(is_number(value)))
    # Only for numbers and flags it matters whether there were quotes.
    return value if isinstance(value, Plain) and DIGITS.fullmatch(value) else str(value)


def _thawed(value: Any) -> Any:
    if isinstance(value, Table):
        return value.plain()
    return tuple(_thawed(inner) for inner in value) if isinstance(value, tuple) else value


def is_table(value: object) -> "Table":
    """A nested mapping."""
    if isinstance(value, Table):
        return value
    if not isinstance(value, dict):
        raise wrong("GR204", kind=kind_of(value))
    _check_inside(value)
    return Table(value)


def _check_inside(value: object) -> None:
    """Refuse what is nested too deep, as a mapping is that holds itself, and texts that cannot be seen."""
    left, inside = ENTRIES, [(value, 1)]
    while inside:
        one, depth = inside.pop()
        if depth > DEPTH:
            raise wrong("GR121", limit=DEPTH)
        if isinstance(one, str) and (found := unfit(one)) is not None:
            raise wrong(found[0], character=found[1])
        entries: tuple[object, ...] = ()
        if isinstance(one, dict):
            entries = (*one, *one.values())
        elif isinstance(one, (list, tuple)):
            entries = tuple(one)
        left -= len(entries)
        if left < 0:
            raise wrong("GR122", limit=ENTRIES, what="values")
        inside += ((entry, depth + 1) for entry in entries)


class Table:
    """A nested mapping that never changes, as it was written: what a case counts, and what it expects."""

    __slots__ = ("_pairs",)

    def __init__(self, value: dict[str, Any]) -> None:
        self._pairs = tuple((str(key), _frozen(inner)) for key, inner in value.items())

    def plain(self) -> dict[str, Any]:
        """The mapping as new dicts and tuples."""
        return {key: _thawed(inner) for key, inner in self._pairs}

    def __eq__(self, other: object) -> bool:
        # The number 3 and the quoted "3" are equal as Python texts, so their representations are compared.
        return isinstance(other, Table) and repr(self._pairs) == repr(other._pairs)

    def __hash__(self) -> int:
        return hash(self._pairs)

    def __repr__(self) -> str:
        return f"Table({self.plain()!r})"

    def __reduce__(self) -> tuple[type["Table"], tuple[dict[str, Any]]]:
        return Table, (self.plain(),)


def is_language(value: object) -> str:
    """A language tag that begins with a language of ours."""
    text = is_text(value)
    if not LANGUAGE.fullmatch(text):
        raise _no_word(text, "zh-CN", "en")
    return text


def is_flag(value: object) -> bool:
    """``true`` or ``false``."""
    if isinstance(value, bool):
        return value
    if not isinstance(value, str) or value not in ("true", "false"):
        raise _no_word(value, "true", "false")
    return value == "true"


def is_expression(value: object) -> "Expression":
    """A condition or formula that is not too long; what it says is looked at when the rubric is planned.

    It may stand on several lines. An end of line in it is a space, so that columns stay what they were.
    """
    text = is_text(value).rstrip("\n").replace("\n", " ")
    if len(text) > EXPRESSION:
        raise wrong("GR508", number=len(text), what="characters", limit=EXPRESSION)
    return Expression(text)


def pair(value: object) -> object:
    """A list of two values, which are checked afterwards."""
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        raise wrong("GR225")
    return tuple(value)


def filled(value: object) -> object:
    """Any value but an empty mapping; that it is a mapping is checked afterwards."""
    return some(()) if value == {} else value


def is_filled_table(value: object) -> Table:
    """A nested mapping that is not empty."""
    table = is_table(value)
    if table == Table({}):
        raise wrong("GR222")
    return table


class Point(NamedTuple):
    """A point of a curve: a measured number and the points it is worth."""

    x: Fraction
    y: Fraction


class Expression(str):
    """A condition or formula as its author wrote it, and what comes of parsing it, which is done once."""

    @cached_property
    def parsed(self) -> Parsed:
        return parse(self)

    def __reduce__(self) -> tuple[type["Expression"], tuple[str]]:
        return Expression, (str(self),)  # without the tree


Text = Annotated[str, PlainValidator(is_text), JsonScalar(scalars.words(), "text")]
ProseOrNone = Annotated[Text | None, Influence.WORDS]
Note = Annotated[
    Text | None,
    Influence.WORDS,
    Field(description="the author's own remark; it changes no score", examples=["read so since 2024"]),
]
Authored = Annotated[
    Expression, PlainValidator(is_expression), JsonScalar(scalars.words(maxLength=EXPRESSION), "expression")
]
Flag = Annotated[
    bool,
    PlainValidator(is_flag),
    JsonScalar({"type": "boolean", "errorMessage": scalars.cure("GR210", words="true, false")}, "flag"),
]
Id = Annotated[
    str,
    PlainValidator(_matching(ID, "GR211")),
    JsonScalar(scalars.matching(f"^{ID.pattern}$", scalars.cure("GR211")), "id"),
]
WasPath = Annotated[
    str,
    PlainValidator(_matching(PATH, "GR226")),
    JsonScalar(scalars.matching(f"^{PATH.pattern}$", scalars.cure("GR226")), "path"),
]
RubricId = Annotated[
    str,
    PlainValidator(_matching(RUBRIC_ID, "GR211")),
    JsonScalar(scalars.matching(f"^{RUBRIC_ID.pattern}$", scalars.cure("GR211")), "rubric_id"),
]
Number = Annotated[Fraction, PlainValidator(is_number), JsonScalar(scalars.number(), "number")]
Positive = Annotated[Fraction, PlainValidator(is_positive), JsonScalar(scalars.positive(), "positive")]
Places = Annotated[int, PlainValidator(whole(0, 6)), JsonScalar(scalars.whole_number(0, 6))]
Dropped = Annotated[int, PlainValidator(whole(0, 1000)), JsonScalar(scalars.whole_number(0, 1000))]
Date = Annotated[
    datetime.date,
    PlainValidator(is_date),
    JsonScalar(scalars.matching(f"^{scalars.DAY}$", scalars.cure("GR212")), "day"),
]
Version = Annotated[
    Literal[1],
    PlainValidator(is_version),
    JsonScalar({"const": 1, "errorMessage": scalars.cure("GR218")}, "version"),
]
NumberOrNone = Annotated[
    Fraction | Literal["none"],
    PlainValidator(word_or(is_number, "none")),
    JsonScalar(scalars.number_or("none"), "number_or_none"),
]
Start = Annotated[
    Fraction | Literal["full", "zero"],
    PlainValidator(word_or(is_number, "full", "zero")),
    JsonScalar(scalars.number_or("full", "zero"), "number_or_start"),
]
NumberOrName = Annotated[
    Fraction | Expression,
    PlainValidator(name_or(is_number)),
    JsonScalar(scalars.number_or_name(PATH.pattern), "number_or_name"),
]
PositiveOrName = Annotated[
    Fraction | Expression,
    PlainValidator(name_or(is_positive)),
    JsonScalar(scalars.positive_or_name(PATH.pattern), "positive_or_name"),
]
Language = Annotated[
    str,
    PlainValidator(is_language),
    JsonScalar(
        scalars.matching(
            f"^{LANGUAGE.pattern}$", scalars.cure("GR210", words="zh-CN, en"), examples=["zh-CN", "en"]
        ),
        "language",
    ),
]
FilledCells = Annotated[
    Table, PlainValidator(is_filled_table), JsonScalar({"type": "object", "minProperties": 1}, "some_names")
]
Cells = Annotated[Table, PlainValidator(is_table), JsonScalar({"type": "object"}, "names")]
