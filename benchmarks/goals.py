"""What was measured beside what was promised."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Goal:
    """A number that was promised to be at most so much; missing it is told and fails nothing."""

    name: str
    measured: float
    most: float

    @property
    def met(self) -> bool:
        return self.measured <= self.most
