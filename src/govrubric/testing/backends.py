"""Something that scores tables x rubrics and tables -> every number in which it is not the same as `Rubric.score`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from govrubric.diagnostics.diagnostic import TallyError
from govrubric.diagnostics.display import ECHO, plain
from govrubric.numbers import written
from govrubric.plan.lines import RuleLine, item_line, rule_line
from govrubric.rubric import Rubric
from govrubric.tables.outputs import ERROR, TAKEN, Detail
from govrubric.testing.strategies.tables import ROW, Columns, Row, cases, random_tables, rows_of

Backend = Callable[[Rubric, Columns], Iterable[Mapping[str, Any]]]
SHOWN = 10
RULE_LINES: tuple[RuleLine, ...] = ("raw", "applied")
MISSING = "no such column"


class Difference(NamedTuple):
    """A column of a row that is not what `Rubric.score` says; where a table was not scored at all, no row and no column."""

    rubric: Rubric
    row: Row
    column: str
    due: object
    found: object

    def __str__(self) -> str:
        where = [self.rubric.id, *([f"row {self.row[ROW]}", self.column] if self.row else [])]
        return f"{', '.join(where)}: {_shown(self.found)} instead of {_shown(self.due)}"


class Conformity(NamedTuple):
    """What was compared, what the backend said that it cannot do, and what it did otherwise."""

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
        lines = [
            f"{len(found)} of {self.found.cells} cells differ, the first {SHOWN} are",
            *(f"  {one}" for one in found[:SHOWN]),
        ]
        lines += [
            "the row of the first:",
            *(f"  {name}: {_shown(value)}" for name, value in first.row.items()),
        ]
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
    """Whether a backend comes to the same numbers as `Rubric.score`: for the cases of the shipped rubrics, and for random rubrics and tables.

    Args:
        score: a rubric and the columns of a table -> a mapping for each row, in their order, with the columns that
            `Rubric.score_frame` adds. The columns given are lists by name: the first numbers the rows; the inputs are lists of `int` (counts),
            `bool` (flags), `Decimal` (numbers) or `str` (choices), and ``None`` where a row leaves one out; what may be left out by all may
            have no column. Numbers are given back as `Decimal` or `int`, or as an `int` under a name that ends in what it is over, such as
            ``basics/30``; no score is ``None``. Where a row cannot be scored all are ``None``, and ``error`` is what `score` finds,
            ``GR602 basics.late``, several joined by ``; ``. What a backend cannot do it refuses by `NotImplementedError`, with the reason.
        rubrics: how many random rubrics there are, and `rows`: how many rows most of their tables have.
        seed: another draws other rubrics and tables.
        detail: which columns are compared, as in `Rubric.score_frame`.
        also: tables of your own, each with its rubric.

    Raises:
        Nonconformity: with every difference.

    >>> def one_by_one(rubric, columns):
    ...     names = [name for name in columns if name in rubric.inputs]
    ...     for values in zip(*(columns[name] for name in names), strict=True):
    ...         yield {"total": rubric.total(dict(zip(names, values, strict=True)))}
    >>> check_backend(one_by_one, rubrics=0, detail="total").differences
    ()
    """
    tables = [*cases(), *also, *random_tables(rubrics, rows, seed)]
    refused, differences, cells = list[str](), list[Difference](), 0
    for rubric, columns in tables:
        given = rows_of(columns)
        try:
            found = list(score(rubric, columns))
        except NotImplementedError as error:
            refused.append(f"{rubric.id}: {error}")
            continue
        except Exception as error:
            differences.append(Difference(rubric, {}, "", "scores", error))
            continue
        if len(found) != len(given):
            differences.append(Difference(rubric, {}, "", f"{len(given)} rows", f"{len(found)} rows"))
            continue
        for row, got in zip(given, found, strict=True):
            wanted = due(rubric, row, detail)
            cells += len(wanted)
            differences += _apart(rubric, row, wanted, got)
    conformity = Conformity(
        len(tables),
        sum(len(columns[ROW]) for _, columns in tables),
        cells,
        tuple(refused),
        tuple(differences),
    )
    if differences:
        raise Nonconformity(conformity)
    return conformity


def due(rubric: Rubric, row: Row, detail: Detail = "rules") -> dict[str, Fraction | str | None]:
    """What `Rubric.score` says of a row: every column that a table gets, its numbers exact."""
    plan = rubric.plan
    items = {} if detail == "total" else {_column(item.path): item.path for item in plan.items if item.path}
    rules = [rule.path for item in plan.items for rule in item.rules] if detail == "rules" else []
    names = [
        "total",
        *(["grade"] if plan.grades else []),
        *items,
        *(rule_line(path, kind) for path in rules for kind in RULE_LINES),
    ]
    tally: Row = {
        name: False if one.kind == "flag" else 0
        for name, one in rubric.inputs.items()
        if name not in row and not one.required
    }
    tally |= {name: row[name] for name in rubric.inputs if row.get(name) is not None}
    try:
        card = rubric.score(tally, strict=True)
    except TallyError as error:
        return {
            **dict.fromkeys(names),
            ERROR: "; ".join(f"{one.code} {dict(one.args)['name']}" for one in error.diagnostics),
        }
    found: dict[str, Any] = {"total": card.total, "grade": card.grade}
    found |= {name: card.items[path].contribution for name, path in items.items()}
    found |= {rule_line(path, kind): getattr(card.rules[path], kind) for path in rules for kind in RULE_LINES}
    return {**{name: _exact(found[name]) for name in names}, ERROR: None}


def _column(path: str) -> str:
    """What the column of an item is called; where another column has its name, it has a longer one."""
    return item_line(path, "contribution") if path in TAKEN else path


def _exact(value: Any) -> Fraction | str | None:
    return value if value is None or isinstance(value, str) else Fraction(value)


def _apart(
    rubric: Rubric, row: Row, wanted: Mapping[str, Fraction | str | None], got: Mapping[str, Any]
) -> Iterator[Difference]:
    """The columns of a row that are not what is due."""
    found: dict[str, object] = {**dict.fromkeys(wanted, MISSING), ERROR: None}
    for column, value in got.items():
        name, _, den = column.rpartition("/")
        if column in wanted:
            found[column] = _shortened(value) if column == ERROR else _figure(value, 1)
        elif name in wanted and den.isdecimal():
            found[name] = _figure(value, int(den))
    for column, value in wanted.items():
        if type(found[column]) is not type(value) or found[column] != value:
            yield Difference(rubric, row, column, value, found[column])


def _shortened(error: Any) -> Any:
    """Findings with their names as a diagnostic has them, which shortens the very long."""
    return (
        error
        if error is None
        else "; ".join(
            " ".join(plain(word, ECHO) for word in one.split(" ")) for one in str(error).split("; ")
        )
    )


def _figure(value: Any, den: int) -> object:
    """A number as a fraction; whatever is no exact number, or no whole one where it should be, stays what it is."""
    exact = type(value) is int or (
        isinstance(value, Decimal) and value.is_finite() and (den == 1 or value == int(value))
    )
    return Fraction(value) / den if exact else value


def _shown(value: object) -> str:
    match value:
        case Fraction():
            return written(value)
        case float():
            return f"the float {value!r}"
        case Exception():
            return plain(f"{type(value).__name__}: {value}", 400)
        case _:
            return plain(str(value), 200)
