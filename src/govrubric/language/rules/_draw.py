"""The random values from which a verb makes a random rule of its own, for tests."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Protocol, TypeVar

T = TypeVar("T")


class Draw(Protocol):
    """A source of random values that an author could write; `govrubric.testing` has one."""

    def chance(self) -> bool:
        """True in one of four draws."""

    def choice(self, options: Sequence[T]) -> T:
        """One of some options."""

    def whole(self, low: int, high: int) -> int:
        """A whole number in a range, its ends included."""

    def points(self) -> Fraction:
        """Points above zero, often in some relation to the full marks of the item."""

    def amount(self) -> Fraction:
        """Points of either sign, or 0."""

    def marks(self) -> Fraction:
        """Full marks of a score."""

    def measures(self, count: int) -> list[Fraction]:
        """Distinct measured numbers, ascending."""

    def target(self, *, above_zero: bool = False) -> Any:
        """The name of a number as an author writes it, or ``None`` where there is none to name."""

    def unit(self) -> str:
        """The name of a unit."""

    def names(self, count: int) -> list[str]:
        """Distinct names in the form of ids."""

    def outcomes(self) -> list[str]:
        """Distinct texts, the options of a choice."""

    def words(self) -> dict[str, str]:
        """A title and a note, one of the two, or neither, as keys."""

    def worded(self, key: str, value: Any) -> Any:
        """A value alone, or in its long form at the `key`, with or without words."""

    def inputs(self) -> dict[str, Any]:
        """Declared inputs by name; a formula that is drawn next may use them."""

    def formula(self) -> Any:
        """A formula as an author writes it."""
