"""The models of what makes a rubric another one: a variant for a class of units, an option of an ambiguity.

Both are patches: values that are replaced, by path and key, and items or rules that are taken out.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, NamedTuple

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, PlainValidator, Tag

from govrubric.language.fields import (
    Id,
    Model,
    Note,
    ProseOrNone,
    Table,
    Text,
    filled,
    is_filled_table,
    some,
)
from govrubric.language.json_scalars import JsonScalar

_CHINESE = {
    "title": "供人阅读的名称，不写则显示其 id",
    "set": "改写的值：指标或规则的路径加键名，其后为新值；只能改写表中已有的值",
    "without": "去掉的指标或规则，写其路径",
}


class Settings(Table):
    """What stands at the key `set`: new values by path and key, whose texts may be conditions or formulas."""

    __slots__ = ()

    def __reduce__(self) -> tuple[type["Settings"], tuple[dict[str, Any]]]:
        return Settings, (self.plain(),)


def _settings(value: object) -> Settings:
    return Settings(is_filled_table(value).plain())


if TYPE_CHECKING:
    SettingsField = Settings
else:
    SettingsField = Annotated[
        Settings, PlainValidator(_settings), JsonScalar({"type": "object", "minProperties": 1}, "some_names")
    ]


class Patch(Model):
    """What is other than in the rubric as it stands."""

    chinese: ClassVar[Mapping[str, str]] = _CHINESE

    title: ProseOrNone = Field(
        default=None, description="what people read in place of its name", examples=["县区"]
    )
    set: SettingsField | None = Field(
        default=None,
        description="values that replace those that stand there, by path of an item or rule and key",
        examples=["{platforms.weight: 20}"],
    )
    without: Annotated[tuple[Text, ...], BeforeValidator(some)] = Field(
        default=(),
        description="items and rules that are taken out, by their paths",
        examples=["[platforms.service_area]"],
    )
    note: Note = None

    @property
    def runs(self) -> bool:
        """Whether anything is other than in the rubric as it stands."""
        return self.set is not None or bool(self.without)


class VariantText(Patch):
    """The rubric for a class of units: what is other than in the rubric as it stands."""


class OptionText(Patch):
    """A way to read an unclear text, and what the rubric would be with it."""


class Named(NamedTuple):
    """A variant or an option with its id."""

    id: str
    patch: Patch

    @property
    def title(self) -> str:
        """What people read: the title, or the id where there is none."""
        return self.patch.title or self.id


def _form(value: object) -> str:
    return "form:long" if isinstance(value, (dict, OptionText)) else "form:alone"


def _variants(written: Mapping[str, VariantText]) -> tuple[Named, ...]:
    return tuple(Named(id_, patch) for id_, patch in written.items())


def _options(written: Mapping[str, OptionText | str]) -> tuple[Named, ...]:
    """Options by id; one that is text alone has that for its title."""
    return tuple(
        Named(id_, OptionText(title=option) if isinstance(option, str) else option)
        for id_, option in written.items()
    )


def _list_or_mapping(value: object) -> str:
    return "form:mapping" if isinstance(value, dict) else "form:list"


Options = tuple[str, ...] | tuple[Named, ...]

if TYPE_CHECKING:
    VariantsField = tuple[Named, ...]
    OptionsField = Options
else:
    VariantsField = Annotated[dict[Id, VariantText], BeforeValidator(filled), AfterValidator(_variants)]
    OptionsField = Annotated[
        Annotated[tuple[Text, ...], BeforeValidator(some), Tag("form:list")]
        | Annotated[
            dict[
                Id,
                Annotated[
                    Annotated[Text, Tag("form:alone")] | Annotated[OptionText, Tag("form:long")],
                    Discriminator(_form),
                ],
            ],
            BeforeValidator(filled),
            AfterValidator(_options),
            Tag("form:mapping"),
        ],
        Discriminator(_list_or_mapping),
    ]


def written(options: tuple[Named, ...]) -> dict[str, Any]:
    """Variants or options as an author writes them: an option that is a title alone is that text."""
    return {one.id: one.patch.title if _is_text(one.patch) else one.patch for one in options}


def _is_text(patch: Patch) -> bool:
    return isinstance(patch, OptionText) and patch.title is not None and not patch.runs and patch.note is None


class Ambiguity(Model):
    """A place where the official text is silent or contradicts itself, and how it is read here."""

    chinese: ClassVar[Mapping[str, str]] = {
        "id": "该条的名称",
        "at": "涉及的项、规则或门槛的路径；涉及整份评分表的写 `total`",
        "question": "文本没有写明的是什么",
        "decision": "本表如何理解；`options` 写成各有 id 的，此处写其中之一的 id",
        "clause": "含义不清的原文",
        "options": "各种可能的理解：一列文字，或各有 id、可用 `set` 和 `without` 写明计分有何不同，以便试算",
    }

    id: Id = Field(description="the entry's name", examples=["amount"])
    at: Text = Field(
        description="the path of the item, rule or gate that it is about, or `total` for the whole",
        examples=["open_month.absent"],
    )
    question: Text = Field(description="what the text leaves open", examples=["“相应分”是多少？"])
    decision: Text = Field(
        description="how it is read here: in words, or the id of one of the `options` where these have ids",
        examples=["视为该项全部分值。"],
    )
    clause: ProseOrNone = Field(
        default=None, description="the words that are unclear", examples=["扣除相应分"]
    )
    options: OptionsField = Field(
        default=(),
        description="the ways in which it may be read: a list of texts; or by id, each a text or what the "
        "rubric would be with it, so that it can be run",
        examples=["{all: 扣全部, part: {title: 扣一半, set: {a.late.deduct: 1}}}"],
    )
    note: Note = None

    @property
    def named(self) -> tuple[Named, ...]:
        """The options that have ids."""
        return tuple(option for option in self.options if isinstance(option, Named))

    @property
    def decided(self) -> str:
        """How it is read here, in words: of an option that has an id, its title."""
        return next((option.title for option in self.named if option.id == self.decision), self.decision)
