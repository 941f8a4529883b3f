"""Something that scores tables x rubrics and random tables -> every number in which it is not the same as `Rubric.score`."""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import hypothesis
from hypothesis import HealthCheck, Phase, given, settings

from govrubric.diagnostics import TallyError, plain
from govrubric.frames.outputs import Detail
from govrubric.loading import shipped, shipped_names
from govrubric.numbers import written
from govrubric.rubric import Rubric
from govrubric.testing.rubric import rubrics as drawn
from govrubric.testing.tables import ROW, Columns, table

Backend = Callable[[Rubric, Columns], Iterable[Mapping[str, Any]]]
ROWS = (0, 1)
TAKEN = ("total", "grade", "error")
SHOWN = 10


class Difference(NamedTuple):
    """A column of a row that is not what `Rubric.score` says; of a table that was not scored at all the column and the row are empty."""

    rubric: Rubric
    row: Mapping[str, Any]
    column: str
    due: object
    found: object

    def __str__(self) -> str:
        where = ", ".join(filter(None, (self.rubric.id, f"row {self.row[ROW]}" if self.row else "", self.column)))
        return f"{where}: {_shown(self.found)} instead of {_shown(self.due)}"


@dataclass(frozen=True)
class Conformity:
    """What was compared, what the backend said that it cannot do, and what it did wrong."""

    rubrics: int
    rows: int
    cells: int
    refused: tuple[str, ...]
    differences: tuple[Difference, ...]


class Nonconformity(AssertionError):
    """A backend does not come to the same numbers; `found` has all that was compared."""

    def __init__(self, found: Conformity) -> None:
        super().__init__(found)
        self.found = found

    def __str__(self) -> str:
        found, first = self.found.differences, self.found.differences[0]
        lines = [f"{len(found)} of {self.found.cells} cells differ", *map(str, found[:SHOWN]), "the row of the first:"]
        lines += [f"  {name}: {_shown(value)}" for name, value in first.row.items()]
        return "\n".join([*lines, "and its rubric:", first.rubric.to_text()])


def check_backend(
    score: Backend,
    *,
    rubrics: int = 100,
    rows: int = 50,
    seed: int = 0,
    detail: Detail = "rules",
    also: Iterable[tuple[Rubric, Columns]] = (),
) -> Conformity:
    """Whether a backend comes to the same numbers as `Rubric.score`, for the shipped rubrics and random ones.

    Args:
        score: a rubric and the columns of a table, each a list of values by its name, the first of them the number of the row -> a mapping for each row:
            ``total``, ``grade`` where the rubric has grades, and more as `detail` says, named as by `Rubric.score_frame`. Numbers are
            `Decimal` or `int`, or an `int` under a name that ends in what it is over, such as ``basics/30``; no score is ``None``. A row that
            cannot be scored has none, and as ``error`` what `score` finds, ``GR602 basics.late``, several joined by ``; ``. What a
            backend cannot do it refuses by `NotImplementedError`, with the reason.
        rubrics: how many random rubrics there are, and `rows`: how many rows most of their tables have; a few have none or one.
        seed: another draws other rubrics and tables.
        detail: which columns are compared, as in `Rubric.score_frame`.
        also: tables of your own, each with its rubric.

    Raises:
        Nonconformity: with every difference.
    """
    tables = [*_shipped(), *also, *random_tables(rubrics, rows, seed)]
    refused, differences, cells = [], list[Difference](), 0
    for rubric, columns in tables:
        try:
            found = list(score(rubric, columns))
        except NotImplementedError as error:
            refused.append(f"{rubric.id}: {error}")
            continue
        except Exception as error:
            differences.append(Difference(rubric, {}, "", "scores", error))
            continue
        given_rows = rows_of(columns)
        if len(found) != len(given_rows):
            differences.append(Difference(rubric, {}, "", f"{len(given_rows)} rows", f"{len(found)} rows"))
            continue
        for row, got in zip(given_rows, found, strict=True):
            wanted = due(rubric, row, detail)
            cells += len(wanted)
            differences += _apart(rubric, row, wanted, got)
    conformity = Conformity(len(tables), sum(len(columns[ROW]) for _, columns in tables), cells, tuple(refused), tuple(differences))
    if differences:
        raise Nonconformity(conformity)
    return conformity


def _shipped() -> Iterator[tuple[Rubric, Columns]]:
    """The shipped rubrics with the tallies of their own cases, which people have worked out."""
    for name in shipped_names():
        rubric = shipped(name)
        yield rubric, as_columns(rubric, [case.tally.plain() for case in rubric.text.cases])


def as_columns(rubric: Rubric, tallies: Sequence[Mapping[str, Any]]) -> Columns:
    """Tallies, dotted or nested -> the columns of a table, what they leave out being 0 or false where it may be."""
    cards = [rubric.score(tally) for tally in tallies]
    made: Columns = {ROW: list(range(1, len(cards) + 1))}
    for name in rubric.inputs:
        made[name] = [card.inputs[name].value for card in cards]
    return made


def random_tables(rubrics: int, rows: int, seed: int) -> list[tuple[Rubric, Columns]]:
    """Random rubrics, each with a random table; the same for the same `seed`."""
    luck, found = random.Random(seed), list[Rubric]()

    @hypothesis.seed(seed)
    @settings(max_examples=rubrics, database=None, deadline=None, phases=(Phase.generate,), suppress_health_check=tuple(HealthCheck))
    @given(drawn())
    def collect(rubric: Rubric) -> None:
        found.append(rubric)

    collect()
    return [(rubric, table(rubric, luck.choice((*ROWS, *[rows] * 10)), luck)) for rubric in found[:rubrics]]


def rows_of(columns: Columns) -> list[dict[str, Any]]:
    """The rows of a table."""
    return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]


def due(rubric: Rubric, row: Mapping[str, Any], detail: Detail = "rules") -> dict[str, Fraction | str | None]:
    """What `Rubric.score` says of a row: every column that a table gets, by name, its numbers exact."""
    plan = rubric.plan
    paths = [] if detail == "total" else [item.path for item in plan.items if item.path]
    rules = [rule.path for item in plan.items for rule in item.rules] if detail == "rules" else []
    names = ["total", *(["grade"] if plan.grades else []), *map(_column, paths), *(f"{path}:{what}" for path in rules for what in ("raw", "applied"))]
    tally = {name: False if one.kind == "flag" else 0 for name, one in rubric.inputs.items() if name not in row and not one.required}
    tally |= {name: row[name] for name in rubric.inputs if row.get(name) is not None}
    try:
        card = rubric.score(tally, strict=True)
    except TallyError as error:
        return {**dict.fromkeys(names), "error": "; ".join(f"{one.code} {dict(one.args)['name']}" for one in error.diagnostics)}
    found = {"total": card.total, "grade": card.grade}
    found |= {_column(path): card.items[path].contribution for path in paths}
    found |= {f"{path}:{what}": getattr(card.rules[path], what) for path in rules for what in ("raw", "applied")}
    return {**{name: _exact(found[name]) for name in names}, "error": None}


def _column(path: str) -> str:
    """What the column of an item is called; an item that is called like another column has a longer name."""
    return f"{path}:contribution" if path in TAKEN else path


def _exact(value: Any) -> Fraction | str | None:
    return value if value is None or isinstance(value, str) else Fraction(value)


def _apart(rubric: Rubric, row: Mapping[str, Any], wanted: Mapping[str, Fraction | str | None], got: Mapping[str, Any]) -> Iterator[Difference]:
    found = {"error": None, **{name: _figure(got[name], 1) if name in got else "no such column" for name in wanted if name != "error" or name in got}}
    for key, value in got.items():
        name, _, den = key.rpartition("/")
        if name in wanted and den.isdecimal():
            found[name] = _figure(value, int(den))
    yield from (Difference(rubric, row, name, value, found[name]) for name, value in wanted.items() if type(found[name]) is not type(value) or found[name] != value)


def _figure(value: Any, den: int) -> object:
    """A number as a fraction; whatever is no exact number, or no whole one over what its column is over, stays what it is."""
    exact = type(value) is int or (isinstance(value, Decimal) and value.is_finite() and (den == 1 or value == value.to_integral_value()))
    return Fraction(value) / den if exact else value


def _shown(value: object) -> str:
    match value:
        case Fraction():
            return written(value)
        case float():
            return f"the float {value!r}"
        case _:
            return plain(str(value), 200)
