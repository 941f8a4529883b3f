"""A scored unit -> what one case more or fewer changes: counts by one, flags turned, every other choice.

What was judged, converted or measured is no case, and stays as it is.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from govrubric.formula.nodes import Input
from govrubric.numbers import Exact, ratio
from govrubric.scoring.card_json import exact_total
from govrubric.scoring.ledger import Given, ItemScore
from govrubric.scoring.rows import Live, input_rows, item_rows


class Marginal(NamedTuple):
    """What a unit's score would be, had one input been another.

    `total`, `exact_total` and `score` are changes: of the published total, of the total before its rounding, and of the score of the
    `item` that the input belongs to (the whole, the empty path, for a fact). They are ``None`` where there is no score before or after.
    `grade` is what the grade would be, and `regraded` says whether that is another one.
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


def marginal(live: Live) -> tuple[Marginal, ...]:
    """A unit as it was scored -> a row for each other value, input by input; what would be no valid tally is left out."""
    rows = _by_path(live)
    grade = live.layout.grade(live.kept)
    return tuple(
        _changed(live, rows, grade, place, value)
        for place, value in _others(live)
        if _may_stand(live, place, value)
    )


def _by_path(live: Live) -> dict[str, ItemScore]:
    return {row.path: row for row in item_rows(live)}


def _others(live: Live) -> Iterator[tuple[int, int]]:
    """The place of each input, with each value that is tried in it."""
    for place, (one, value) in enumerate(zip(live.layout.plan.inputs, live.values, strict=True)):
        if one.kind == "count":
            yield from ((place, other) for other in (value - 1, value + 1) if one.lo <= other <= one.hi)
        elif one.kind != "number":
            yield from ((place, other) for other in range(len(one.options) or 2) if other != value)


def _may_stand(live: Live, place: int, value: int) -> bool:
    """Whether nothing that must be given is missing once a flag is taken back that let it be left out."""
    inputs, given = live.layout.plan.inputs, live.given
    if given is None or value:
        return True
    flags = {one.name for index, one in enumerate(inputs) if live.values[index] and index != place}
    excused = live.layout.plan.excused
    return all(
        not one.required or one.name in given or not flags.isdisjoint(excused.get(one.name, ()))
        for one in inputs
    )


def _changed(live: Live, rows: dict[str, ItemScore], grade: str | None, place: int, value: int) -> Marginal:
    layout = live.layout
    one = layout.plan.inputs[place]
    values = (*live.values[:place], value, *live.values[place + 1 :])
    other = live._replace(values=values, kept=layout.trace(*values))
    again, regrade = _by_path(other), layout.grade(other.kept)
    item = _item_of(one, rows)
    before, after = (_value(input_rows(of)[place]) for of in (live, other))
    changes = (
        _change(rows[""].contribution, again[""].contribution),
        _change(exact_total(rows[""]), exact_total(again[""])),
        _change(rows[item].score, again[item].score),
    )
    return Marginal(one.name, one.unit, item, before, after, *changes, regrade, regrade != grade)


def _item_of(one: Input, rows: dict[str, ItemScore]) -> str:
    """The path of the item that an input belongs to; a fact belongs to the whole."""
    path = one.name
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
