"""The names that a condition or formula may use, and the operands that stand for its values.

Source: language section 8.
"""

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from govrubric.formula.build import const
from govrubric.formula.nodes import Formula, Input, Sign

Kind = Literal["number", "flag", "choice", "text", "unknown"]
# What each kind is called in messages.
KIND_NAMES: dict[Kind, str] = {
    "number": "a number",
    "flag": "a condition",
    "choice": "a choice",
    "text": "text",
}
SIGNS: dict[type[ast.cmpop], Sign] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
TOTALS = ("total", "exact_total")
OF_ITEMS = ("score", "lost", "reached", "applies")
FUNCTIONS = ("min", "max", "abs", "round", "floor", "ceil", *OF_ITEMS)


class ItemLines(Protocol):
    """What a text may ask of an item: a formula for each function of `OF_ITEMS`."""

    @property
    def score(self) -> Formula: ...

    @property
    def lost(self) -> Formula: ...

    @property
    def reached(self) -> Formula | None: ...  # an item without full marks has none

    @property
    def applies(self) -> Formula: ...


class Names(Protocol):
    """The names that a text may use, as they are looked up from where the text stands."""

    def value(self, name: str) -> "Operand | Refused | None":
        """The input, value or total of this name, or why it is none; ``None`` if nothing has the name."""

    def item(self, name: str) -> ItemLines | list[str] | None:
        """The item's lines; or the paths of the circle that asking for them closes; or ``None``."""

    def inside(self, name: str) -> str | None:
        """For the name of an item or rule its first input, or ``""`` if it has none; else ``None``."""

    def inputs(self) -> Iterable[str]:
        """Every name that `value` knows."""

    def items(self) -> Iterable[str]:
        """Every name that `item` knows."""

    def nearest(self, name: str, known: Iterable[str]) -> str:
        """The known name that was probably meant, or an empty text."""


@dataclass(frozen=True, slots=True)
class Operand:
    """What stands for a value while a text is compiled: a kind, and a formula, or quoted `words`."""

    kind: Kind
    formula: Formula
    words: str = ""


class Refused(NamedTuple):
    """Why something of this name cannot be used here: a diagnostic's code and its arguments."""

    code: str
    args: Mapping[str, object]


UNKNOWN = Operand("unknown", const(0))


def operand_of(formula: Formula) -> Operand:
    """What stands for an input, by its kind, or for any other formula, which is a number."""
    kind = formula.kind if isinstance(formula, Input) else "number"
    return Operand("number" if kind == "count" else kind, formula)
