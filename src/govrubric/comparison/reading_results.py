"""What `readings` tells: units, readings and ambiguities, as data."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.registers import Ambiguity, Option

Change = Literal["total", "ranking", "grade"]
Why = Literal["words", "excluded", "unsound"]


@dataclass(frozen=True, slots=True)
class UnitReading:
    """What a unit comes to with a reading.

    Attributes:
        unit: its code, or the name of a case.
        name: its name for people.
        variant: the variant of the rubric by which it is scored; ``None`` is the rubric as it stands.
        total: its total; ``None`` where a gate takes it away, and where it was refused.
        place: its place by total among the units of its variant, from 1, equal totals alike; ``None``
            without a total, and of cases, which are not ranked.
        grade: its grade.
        diagnostics: why it could not be scored; empty where it was.
    """

    unit: str | None
    name: str | None
    variant: str | None
    total: Decimal | None
    place: int | None
    grade: str | None
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """An option other than the one decided on, and every unit with it.

    Attributes:
        option: the option.
        why: why it was not run: `words` alone, `excluded` by a variant that says something else of the same
            value, `unsound` since it makes no rubric without errors; ``None`` where it was run.
        units: every unit with it, in the order of the tallies; empty where it was not run.
        changes: what is other than decided, of any unit: its `total`, its place in the `ranking`, its
            `grade`.
    """

    option: Option
    why: Why | None
    units: tuple[UnitReading, ...]
    changes: frozenset[Change]

    @property
    def refused(self) -> int:
        """How many units could not be scored with it."""
        return sum(bool(unit.diagnostics) for unit in self.units)


@dataclass(frozen=True, slots=True)
class AmbiguityReadings:
    """An ambiguity, and its readings other than the one decided on."""

    ambiguity: Ambiguity
    readings: tuple[Reading, ...]

    @property
    def changes(self) -> frozenset[Change]:
        """What any of the readings changes."""
        return frozenset(change for reading in self.readings for change in reading.changes)

    @property
    def open(self) -> bool:
        """Whether it can be left open: every reading was run, with every unit, and changes nothing."""
        ran = all(reading.why is None and not reading.refused for reading in self.readings)
        return bool(self.readings) and ran and not self.changes
