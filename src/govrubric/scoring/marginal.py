"""A scored unit -> what one case more or fewer changes: counts by one, flags turned, every other choice.

Numbers that were judged, converted or measured are no cases, and stay as they are.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from govrubric.formula.nodes import Input
from govrubric.numbers import Exact, ratio
from govrubric.scoring.card_json import exact_total
from govrubric.scoring.ledger import Given, ItemScore
from govrubric.scoring.scored_unit import ScoredUnit, input_rows, item_rows


class Marginal(NamedTuple):
    """How a unit's score would change, had one input another value.

    `total`, `exact_total` and `score` are changes: of the published total, of the total before its rounding,
    and of the score of the `item` that the input belongs to (for a fact the whole, the empty path). They are
    ``None`` where there is no score before or after. `grade` is the grade that there would be; `regraded`
    says whether it is another than now. `title` is what people call the input, where the rubric says.
    """

    input: str
    unit: str | None
    item: str
    before: int | bool | str
    after: int | bool | str
    total: Exact | None
    exact_total: Exact | None
    score: Exact | None
    grade: str | None
    regraded: bool
    title: str | None = None


def marginal(unit: ScoredUnit) -> tuple[Marginal, ...]:
    """A scored unit -> a row for each other value, input by input, where the tally stays valid."""
    rows = _by_path(unit)
    grade = unit.layout.grade(unit.kept)
    return tuple(
        _changed(unit, rows, grade, place, value)
        for place, value in _others(unit)
        if _may_stand(unit, place, value)
    )


def _by_path(unit: ScoredUnit) -> dict[str, ItemScore]:
    return {row.path: row for row in item_rows(unit)}


def _others(unit: ScoredUnit) -> Iterator[tuple[int, int]]:
    """The place of each input, with each other value that is tried there."""
    for place, (given, value) in enumerate(zip(unit.layout.plan.inputs, unit.values, strict=True)):
        if given.kind == "count":
            yield from ((place, other) for other in (value - 1, value + 1) if given.lo <= other <= given.hi)
        elif given.kind != "number":
            yield from ((place, other) for other in range(len(given.options) or 2) if other != value)


def _may_stand(unit: ScoredUnit, place: int, value: int) -> bool:
    """Whether a tally with another value at a place is still one that may be scored."""
    return _goes_with_numbers(unit, place, value) and _is_complete(unit, place, value)


def _goes_with_numbers(unit: ScoredUnit, place: int, value: int) -> bool:
    """Whether every number that goes with a count may stand beside so many cases."""
    inputs = unit.layout.plan.inputs
    return all(
        known.each.holds(Fraction(value), Fraction(number, known.den))
        for known, number in zip(inputs, unit.values, strict=True)
        if known.each is not None and known.each.of == inputs[place].name and _is_given(unit, known)
    )


def _is_given(unit: ScoredUnit, known: Input) -> bool:
    return unit.given is None or known.name in unit.given


def _is_complete(unit: ScoredUnit, place: int, value: int) -> bool:
    """Whether every required input is still given or excused, once a flag that excused it may be false."""
    inputs, given, derived = unit.layout.plan.inputs, unit.given, unit.layout.derived
    if given is None or (value and not derived):
        return True
    values = (*unit.values[:place], value, *unit.values[place + 1 :])
    names = {known.name for known, whole in zip(inputs, values, strict=True) if whole}
    names |= derived.raised(values)
    excused = unit.layout.plan.excused
    return all(
        not known.required or known.name in given or not names.isdisjoint(excused.get(known.name, ()))
        for known in inputs
    )


def _changed(
    unit: ScoredUnit, rows: dict[str, ItemScore], grade: str | None, place: int, value: int
) -> Marginal:
    layout = unit.layout
    changed = layout.plan.inputs[place]
    values = (*unit.values[:place], value, *unit.values[place + 1 :])
    other = unit._replace(values=values, kept=layout.trace(*values))
    again, regrade = _by_path(other), layout.grade(other.kept)
    item = _item_of(changed, rows)
    before, after = (_value(input_rows(scored)[place]) for scored in (unit, other))
    changes = (
        _change(rows[""].contribution, again[""].contribution),
        _change(exact_total(rows[""]), exact_total(again[""])),
        _change(rows[item].score, again[item].score),
    )
    graded = (regrade, regrade != grade)
    return Marginal(changed.name, changed.unit, item, before, after, *changes, *graded, changed.title)


def _item_of(changed: Input, rows: dict[str, ItemScore]) -> str:
    """The path of the item that an input belongs to; for a fact the empty path."""
    path = changed.name
    while path not in rows:
        path = path.rpartition(".")[0]
    return path


def _value(given: Given) -> int | bool | str:
    assert isinstance(given.value, (int, str)), "only counts, flags and choices are tried"
    return given.value


def _change(before: Exact | None, after: Exact | None) -> Exact | None:
    if before is None or after is None:
        return None
    change = Fraction(after) - Fraction(before)
    return ratio(change.numerator, change.denominator)
