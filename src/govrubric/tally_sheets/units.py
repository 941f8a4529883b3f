"""What a file of tallies gives: its units, each with the places of what it says, and findings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.source import Place


@dataclass(frozen=True, slots=True)
class FileUnit:
    """A unit as its file gives it.

    `place` gives a finding about the unit a place. The inputs in `said` were already reported as missing.
    `variant` is the one that it names.
    """

    unit: str | None
    name: str | None
    tally: Mapping[str, Any]
    place: Callable[[Diagnostic], Diagnostic]
    label: Place | None = None
    said: frozenset[str] = frozenset()
    variant: str | None = None


@dataclass(slots=True)
class Units:
    """The units of a file, and what was found while it was read."""

    units: list[FileUnit] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)
