"""Values that an author names: a formula once, for every condition and formula that needs it.

Source: language section 8.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, ClassVar, NamedTuple

from pydantic import AfterValidator, BeforeValidator, Field

from govrubric.language.fields import Authored, Flag, Id, Model, Note, ProseOrNone, filled


class ValueText(Model):
    """A number or a flag under a name of its own, for conditions and formulas."""

    chinese: ClassVar[Mapping[str, str]] = {
        "title": "供人阅读的名称，不写则显示其名；不影响得分",
        "formula": "如何得出：一个数，或一个条件",
        "show": "是否写在成绩单的首部，并作为表格的一列",
    }

    title: ProseOrNone = Field(
        default=None,
        description="what people read in place of its name; it changes no score",
        examples=["得零分的表"],
    )
    formula: Authored = Field(
        description="what it comes to: a number, or a condition", examples=["score(a) + score(b)"]
    )
    show: Flag = Field(
        default=False,
        description="whether it stands at the head of the card, and is a column of tables",
        examples=["true"],
    )
    note: Note = None


class NamedValue(NamedTuple):
    """A value with its name."""

    name: str
    text: ValueText

    @property
    def shown(self) -> str:
        """What people read: its title, or its name where it has none."""
        return self.text.title or self.name


def _named(values: Mapping[str, ValueText]) -> tuple[NamedValue, ...]:
    """What stands at the names of values -> the named values."""
    return tuple(NamedValue(name, text) for name, text in values.items())


if TYPE_CHECKING:
    NamedValues = tuple[NamedValue, ...]
else:
    NamedValues = Annotated[dict[Id, ValueText], BeforeValidator(filled), AfterValidator(_named)]
