"""Measured numbers beside the promised ones."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """A number that was promised to be at most `most`; a missed goal is reported, and fails nothing."""

    name: str
    measured: float
    most: float

    @property
    def met(self) -> bool:
        return self.measured <= self.most
