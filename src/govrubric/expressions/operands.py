"""What a condition or formula may speak of, and what stands for its values while it is read.

Source: language section 8.
"""

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from govrubric.formula.build import const
from govrubric.formula.nodes import Formula, Sign

Kind = Literal["number", "flag", "choice", "share", "text", "unknown"]
# What each kind is called in messages.
WORDS: dict[Kind, str] = {
    "number": "a number",
    "flag": "a condition",
    "choice": "a choice",
    "share": "a share, which is for comparison only",
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
    """What a text may ask of an item."""

    @property
    def score(self) -> Formula: ...

    @property
    def lost(self) -> Formula: ...

    @property
    def reached(self) -> Formula: ...

    @property
    def applies(self) -> Formula: ...


class Names(Protocol):
    """What a text may speak of, from where it stands."""

    def value(self, name: str) -> Formula | None:
        """The input or total of this name."""

    def item(self, name: str) -> ItemLines | list[str] | None:
        """An item's lines, or the paths on the circle that asking for them would close."""

    def inside(self, name: str) -> str | None:
        """For the name of an item or rule, an input within it (an empty text if there is none); else ``None``."""

    def inputs(self) -> Iterable[str]:
        """Every name that `value` knows."""

    def items(self) -> Iterable[str]:
        """Every name that `item` knows."""


@dataclass(frozen=True, slots=True)
class Operand:
    """What stands for a value while a text is read: its kind, and its formula, or for text its words."""

    kind: Kind
    formula: Formula
    words: str = ""


UNKNOWN = Operand("unknown", const(0))
