"""What a tally may hold, as type checkers see it; and the unit that a file tells of, with its tally."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import SupportsIndex, TypeAlias

from govrubric.formula.nodes import Input
from govrubric.numbers import decimal
from govrubric.scoring.tally import Checked

TallyValue: TypeAlias = (
    SupportsIndex | Decimal | Fraction | str | Sequence[str] | Mapping[str, "TallyValue"] | None
)
"""What may stand under a name of a tally.

An `int`, a `bool` or anything else with ``__index__``; a `Decimal`, `Fraction` or `Exact`; text: digits, or
the name of a choice; a mapping, nested or with ``value``, ``evidence`` and ``note``; and in it the list of
evidence. ``None`` is nothing under ``unit``, ``name`` and ``note``, and refused elsewhere. A `float` is none
of these.
"""

Tally: TypeAlias = Mapping[str, TallyValue]
"""What was counted, judged, measured or chosen of one unit, by dotted or nested name of input."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its tally, as `Rubric.read` gives it and `Rubric.score_all` takes it.

    Args:
        unit: its code, and `name`: what people call it; either may be ``None``.
        tally: by input, in the order of the rubric, what was given: counts as `int`, flags as `bool`, choices
            as text, other numbers as `Decimal`; beside evidence or a note as
            ``{"value": …, "evidence": […], "note": …}``.
        variant: the variant of the rubric by which it is scored; ``None`` is the rubric as it stands.
    """

    unit: str | None
    name: str | None
    tally: Tally = field(hash=False)
    variant: str | None = None


def unit_of(
    inputs: Mapping[str, Input],
    checked: Checked,
    unit: str | None,
    name: str | None,
    variant: str | None = None,
) -> Unit:
    """A unit of values that were checked."""
    tally: dict[str, TallyValue] = {}
    for known, number in zip(inputs.values(), checked.values, strict=True):
        if known.name in checked.given:
            parts: dict[str, TallyValue] = {"value": _value(known, number)}
            evidence, note = checked.evidence.get(known.name, ((), None))
            if evidence:
                parts["evidence"] = list(map(str, evidence))
            if note is not None:
                parts["note"] = str(note)
            tally[known.name] = parts if len(parts) > 1 else parts["value"]
    return Unit(unit, name, tally, variant)


def _value(known: Input, number: int) -> int | bool | str | Decimal:
    match known.kind:
        case "count":
            return number
        case "flag":
            return bool(number)
        case "choice":
            return known.options[number]
        case _:
            return decimal(Fraction(number, known.den))
