"""A rubric as its author wrote it: frozen, strict, without behaviour. Checks that need two fields are lints."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, PlainValidator

from govrubric.declared import Declarations
from govrubric.diagnostics import Path
from govrubric.fields import (
    Authored,
    Cells,
    Date,
    FilledCells,
    Flag,
    Id,
    Language,
    Model,
    Number,
    NumberOrNone,
    Places,
    Positive,
    RubricId,
    Start,
    Text,
    Version,
    one_of,
    some,
    whole,
)
from govrubric.numbers import ROUNDINGS, Mode
from govrubric.rules import AnyRule
from govrubric.rules._rule import Rule

Combine = Literal["sum", "mean", "min", "max"]
Policy = Literal["rescale", "full", "zero", "spread"]

CombineWord = Annotated[Combine, PlainValidator(one_of("sum", "mean", "min", "max"))]


class Rounding(Model):
    """How a score is rounded: to how many places, and by which rule."""

    places: Places
    mode: Annotated[Mode, PlainValidator(one_of(*ROUNDINGS))]
    note: Text | None = None


class Drop(Model):
    """How many of the lowest and of the highest contributions a group leaves out."""

    lowest: Annotated[int, PlainValidator(whole(0, 1000))] = 0
    highest: Annotated[int, PlainValidator(whole(0, 1000))] = 0
    note: Text | None = None


class Gate(Model):
    """A veto or a cap on the score of its item, or on the rubric's grade, while its condition holds."""

    id: Id
    when: Authored
    score: NumberOrNone | None = None
    at_most: Number | None = None
    at_least: Number | None = None
    grade: Text | None = None
    grade_at_most: Text | None = None
    clause: Text | None = None
    note: Text | None = None


class Grade(Model):
    """A grade of the whole, from which total on, and on which condition."""

    grade: Text
    start: Number | None = Field(default=None, alias="from")
    when: Authored | None = None
    note: Text | None = None


class Item(Model):
    """An indicator or one of its parts: a group has items, a leaf has rules."""

    id: Id
    title: Text
    weight: Positive
    out_of: Positive | None = None
    extra: Flag = False
    not_applicable: Annotated[Policy, PlainValidator(one_of("rescale", "full", "zero", "spread"))] | None = None
    counts_when: Authored | None = None
    start: Start | None = None
    floor: NumberOrNone | None = None
    ceiling: NumberOrNone | None = None
    combine: CombineWord = "sum"
    drop: Drop | None = None
    gates: Annotated[tuple[Gate, ...], BeforeValidator(some)] = ()
    round: Rounding | None = None
    assessed_by: Text | None = None
    clause: Text | None = None
    note: Text | None = None
    rules: Annotated[tuple[AnyRule, ...], BeforeValidator(some)] = ()
    items: Annotated[tuple["Item", ...], BeforeValidator(some)] = ()


class Valid(Model):
    """The days for which the rubric holds, the first and the last."""

    start: Date | None = Field(default=None, alias="from")
    to: Date | None = None
    note: Text | None = None


class Origin(Model):
    """Where the official text comes from."""

    issuer: Text | None = None
    document: Text | None = None
    note: Text | None = None


class Case(Model):
    """A test that lives with the rubric."""

    name: Text
    tally: Cells
    expect: FilledCells
    note: Text | None = None


class Ambiguity(Model):
    """A place where the official text is silent or contradicts itself, and how it is read here."""

    id: Id
    at: Text
    question: Text
    decision: Text
    clause: Text | None = None
    options: Annotated[tuple[Text, ...], BeforeValidator(some)] = ()
    note: Text | None = None


class RubricText(Model):
    """The whole document. It is the root item too: `total` is its weight, and `indicators` are its items."""

    govrubric: Version
    id: RubricId
    title: Text
    language: Language = "en"
    valid: Valid | None = None
    source: Origin | None = None
    total: Positive
    out_of: Positive | None = None
    floor: NumberOrNone | None = None
    ceiling: NumberOrNone | None = None
    combine: CombineWord = "sum"
    drop: Drop | None = None
    round: Rounding
    facts: Declarations = ()
    note: Text | None = None
    indicators: Annotated[tuple[Item, ...], BeforeValidator(some)]
    gates: Annotated[tuple[Gate, ...], BeforeValidator(some)] = ()
    grades: Annotated[tuple[Grade, ...], BeforeValidator(some)] = ()
    grade_on: Annotated[Literal["rounded", "exact"], PlainValidator(one_of("rounded", "exact"))] = "rounded"
    cases: Annotated[tuple[Case, ...], BeforeValidator(some)] = ()
    ambiguities: Annotated[tuple[Ambiguity, ...], BeforeValidator(some)] = ()

    @property
    def weight(self) -> Positive:
        return self.total

    @property
    def items(self) -> tuple[Item, ...]:
        return self.indicators

    @property
    def rules(self) -> tuple[Rule, ...]:
        return ()

    @property
    def start(self) -> None:
        return None

    @property
    def extra(self) -> Literal[False]:
        return False

    @property
    def not_applicable(self) -> None:
        return None

    @property
    def counts_when(self) -> None:
        return None


AnyItem = Item | RubricText


def join(path: str, name: str) -> str:
    """A path and the id of a part -> the part's path."""
    return f"{path}.{name}" if path else name


def parts(item: AnyItem, path: str = "", at: Path = ()) -> Iterator[tuple[AnyItem, str, Path]]:
    """The item and all below it, in file order, each with its path and its place in the document."""
    yield item, path, at
    key = "indicators" if isinstance(item, RubricText) else "items"
    for index, part in enumerate(item.items):
        yield from parts(part, join(path, part.id), (*at, key, index))
