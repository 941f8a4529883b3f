"""A unit of a file: what is counted of whom, as values of Python."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from govrubric.formula.nodes import Input
from govrubric.numbers import decimal
from govrubric.scoring.tally import Checked


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with its tally, as `Rubric.read` gives it and `Rubric.score_all` takes it.

    Args:
        unit: its code, and `name`: what people call it; either may be ``None``.
        tally: by input, in the order of the rubric, what was given: counts as `int`, flags as `bool`, choices
            as text, other numbers as `Decimal`; beside evidence or a note as
            ``{"value": …, "evidence": […], "note": …}``.
    """

    unit: str | None
    name: str | None
    tally: dict[str, Any] = field(hash=False)


def unit_of(inputs: Mapping[str, Input], checked: Checked, unit: str | None, name: str | None) -> Unit:
    """A unit of values that were checked."""
    tally: dict[str, Any] = {}
    for known, number in zip(inputs.values(), checked.values, strict=True):
        if known.name in checked.given:
            value = _value(known, number)
            evidence, note = checked.evidence.get(known.name, ((), None))
            listed = {"evidence": list(map(str, evidence))} if evidence else {}
            noted = {"note": str(note)} if note is not None else {}
            tally[known.name] = {"value": value, **listed, **noted} if listed or noted else value
    return Unit(unit, name, tally)


def _value(known: Input, number: int) -> Any:
    match known.kind:
        case "count":
            return number
        case "flag":
            return bool(number)
        case "choice":
            return known.options[number]
        case _:
            return decimal(Fraction(number, known.den))
