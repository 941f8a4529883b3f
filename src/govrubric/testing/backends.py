"""A backend that scores tables x rubrics with tables -> every number that differs from `Rubric.score`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from govrubric.diagnostics.diagnostic import TallyError
from govrubric.diagnostics.display import ECHO, plain
from govrubric.numbers import written
from govrubric.plan.lines import RuleLine, rule_line
from govrubric.rubric import Rubric
from govrubric.scoring.values import left_out
from govrubric.tables.outputs import ERROR, Detail, item_column
from govrubric.testing.strategies.tables import ROW, Columns, Row, cases, random_tables, rows_of

Backend = Callable[[Rubric, Columns], Iterable[Mapping[str, Any]]]
SHOWN = 10  # differences, in a message
RULE_LINES: tuple[RuleLine, ...] = ("raw", "applied")
MISSING = "no such column"

Cell = Fraction | str | bool | None


class Difference(NamedTuple):
    """A cell that differs from `Rubric.score`; a table that was not scored has no row and column."""

    rubric: Rubric
    row: Row
    column: str
    due: object
    found: object

    def __str__(self) -> str:
        where = [self.rubric.id, *([f"row {self.row[ROW]}", self.column] if self.row else [])]
        return f"{', '.join(where)}: {_shown(self.found)} instead of {_shown(self.due)}"


class Conformity(NamedTuple):
    """How much was compared, what the backend refused, and the differences."""

    rubrics: int
    rows: int
    cells: int
    refused: tuple[str, ...]
    differences: tuple[Difference, ...]


class Nonconformity(AssertionError):
    """A backend comes to other numbers; `found` is the whole comparison."""

    def __init__(self, found: Conformity) -> None:
        super().__init__(found)
        self.found = found

    def __str__(self) -> str:
        differences, first = self.found.differences, self.found.differences[0]
        lines = [f"{len(differences)} of {self.found.cells} cells differ, the first {SHOWN} are"]
        lines += [f"  {difference}" for difference in differences[:SHOWN]]
        lines.append("the row of the first:")
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
    """Compare a backend with `Rubric.score`, on the shipped rubrics' cases and on random rubrics and tables.

    Args:
        score: the backend. It takes a rubric and the columns of a table, and returns one mapping for each
            row, in the order of the rows, with the columns that `Rubric.score_frame` adds. See below.
        rubrics: the number of random rubrics.
        rows: the number of rows that most of their tables have.
        seed: another seed draws other rubrics and tables.
        detail: which columns are compared, as in `Rubric.score_frame`.
        also: tables of your own, each with its rubric.

    Returns:
        How much was compared, and what the backend refused.

    Raises:
        Nonconformity: with every difference.

    The columns that the backend takes are lists by name. The first numbers the rows. The others are inputs:
    lists of `int` (counts), `bool` (flags), `Decimal` (numbers) or `str` (choices), with ``None`` where a row
    leaves an input out. An input that may be left out may have no column at all.

    A named value that is a flag is a `bool`.
    The numbers that it returns are `Decimal` or `int`. A number may also be an `int` under a name that ends
    in its denominator, such as ``basics/30``. Where the denominator depends on the tally, numerator and
    denominator are two columns, such as ``basics:over`` and ``basics:under``. The score of a void item is
    ``None``. In a row that cannot be scored all numbers are ``None``, and ``error`` has the findings of
    `Rubric.score`, such as ``GR602 basics.late``, joined by ``; ``. The backend refuses what it cannot do
    with a `NotImplementedError` that gives the reason.

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
        inputs = rows_of(columns)
        try:
            scores = list(score(rubric, columns))
        except NotImplementedError as error:
            refused.append(f"{rubric.id}: {error}")
            continue
        except Exception as error:
            differences.append(Difference(rubric, {}, "", "scores", error))
            continue
        if len(scores) != len(inputs):
            differences.append(Difference(rubric, {}, "", f"{len(inputs)} rows", f"{len(scores)} rows"))
            continue
        for row, scored in zip(inputs, scores, strict=True):
            expected = due(rubric, row, detail)
            cells += len(expected)
            differences += _differences(rubric, row, expected, scored)
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


def due(rubric: Rubric, row: Row, detail: Detail = "rules") -> dict[str, Cell]:
    """The columns that `Rubric.score` gives for a row, with exact numbers."""
    plan = rubric._plan
    items = (
        {} if detail == "total" else {item_column(item.path): item.path for item in plan.items if item.path}
    )
    rules = [rule.path for item in plan.items for rule in item.rules] if detail == "rules" else []
    names = [
        "total",
        *(["grade"] if plan.grades else []),
        *(value.path for value in plan.shown),
        *items,
        *(rule_line(path, kind) for path in rules for kind in RULE_LINES),
    ]
    tally: Row = {
        name: left_out(input_)
        for name, input_ in rubric._inputs.items()
        if name not in row and not input_.required
    }
    tally |= {name: row[name] for name in rubric._inputs if row.get(name) is not None}
    try:
        card = rubric.score(tally, strict=True)
    except TallyError as error:
        findings = [f"{finding.code} {dict(finding.args)['name']}" for finding in error.diagnostics]
        return {**dict.fromkeys(names), ERROR: "; ".join(findings)}
    cells: dict[str, Any] = {"total": card.total, "grade": card.grade}
    cells |= {path: value.value for path, value in card.values.items()}
    item_rows, rule_rows = card.items, card.rules
    cells |= {name: item_rows[path].contribution for name, path in items.items()}
    cells |= {rule_line(path, kind): getattr(rule_rows[path], kind) for path in rules for kind in RULE_LINES}
    return {**{name: _exact(cells[name]) for name in names}, ERROR: None}


def _exact(value: Any) -> Cell:
    return value if value is None or isinstance(value, str | bool) else Fraction(value)


def _differences(
    rubric: Rubric, row: Row, expected: Mapping[str, Cell], scored: Mapping[str, Any]
) -> Iterator[Difference]:
    """The columns of a row that are not what they should be."""
    found: dict[str, object] = {**dict.fromkeys(expected, MISSING), ERROR: None}
    for column, value in scored.items():
        name, _, den = column.rpartition("/")
        if column in expected:
            found[column] = _shortened(value) if column == ERROR else _figure(value, 1)
        elif name in expected and den.isdecimal():
            found[name] = _figure(value, int(den))
        elif column.endswith(":over") and (under := column.removesuffix("over") + "under") in scored:
            found[column.removesuffix(":over")] = _quotient(value, scored[under])
    for column, value in expected.items():
        if type(found[column]) is not type(value) or found[column] != value:
            yield Difference(rubric, row, column, value, found[column])


def _shortened(error: Any) -> Any:
    """Findings, with very long names shortened as a diagnostic shortens them."""
    if error is None:
        return None
    findings = (finding.split(" ") for finding in str(error).split("; "))
    return "; ".join(" ".join(plain(word, ECHO) for word in words) for words in findings)


def _figure(value: Any, den: int) -> object:
    """A number as a fraction. A value that is not exact, or not whole over a denominator, stays as it is."""
    exact = type(value) is int or (
        isinstance(value, Decimal) and value.is_finite() and (den == 1 or value == int(value))
    )
    return Fraction(value) / den if exact else value


def _quotient(over: Any, under: Any) -> object:
    """A numerator and a denominator as a fraction; anything but two whole numbers stays as it is."""
    over, under = _figure(over, 1), _figure(under, 1)
    return over / under if isinstance(over, Fraction) and isinstance(under, Fraction) and under else over


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
