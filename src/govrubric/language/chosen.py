"""Which rubric one is of those that its text holds."""

from typing import NamedTuple


class Chosen(NamedTuple):
    """Which rubric one is of those that its text holds: a variant, and other readings than those decided.

    `readings` are in the order of the ambiguities. Both are empty of the rubric as it stands.
    """

    variant: str | None = None
    readings: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        """Its names, as a report shows them after the rubric's own."""
        readings = (f"{ambiguity}: {option}" for ambiguity, option in self.readings)
        return ", ".join((*filter(None, (self.variant,)), *readings))

    def __bool__(self) -> bool:
        return self != AS_IT_STANDS


AS_IT_STANDS = Chosen()
