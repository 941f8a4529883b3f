"""The names that a condition or formula may use, and the operands that stand for its values.

Source: language section 8.
"""

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from govrubric.formula.build import const
from govrubric.formula.nodes import Formula, Sign

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

    def value(self, name: str) -> Formula | None:
        """The input or total of this name; ``None`` if there is none."""

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


UNKNOWN = Operand("unknown", const(0))
