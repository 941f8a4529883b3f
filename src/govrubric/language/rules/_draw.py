"""What a verb asks for when tests draw a random rule of it."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Draw(Protocol):
    """Random values that an author could write; `govrubric.testing` draws them."""

    def chance(self) -> bool:
        """True once in four times."""

    def choice(self, options: Sequence[T]) -> T:
        """One of some options."""

    def whole(self, low: int, high: int) -> int:
        """A whole number in a range, its ends included."""

    def points(self) -> Fraction:
        """Points above zero, often in some relation to the full marks of the item."""

    def amount(self) -> Fraction:
        """Points of either sign, or none."""

    def marks(self) -> Fraction:
        """Full marks of a score."""

    def measures(self, count: int) -> list[Fraction]:
        """Different measured numbers, ascending."""

    def unit(self) -> str:
        """A unit that is counted or measured in."""

    def names(self, count: int) -> list[str]:
        """Different names as ids are written."""

    def outcomes(self) -> list[str]:
        """Different texts of which one may be chosen."""

    def inputs(self) -> dict[str, Any]:
        """Declared inputs by their names; a formula that is drawn next may use them."""

    def formula(self) -> Any:
        """A formula."""
