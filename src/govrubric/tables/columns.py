"""Columns of a table x a rubric's inputs -> whole numbers, and the checks by which `score` refuses a value.

A null is a value that was left out. Where an input has a column, no row may leave it out, unless a flag
excuses the row. A count or flag without a column is 0 or false, as in `score`. Any other input must have a
column.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any, Literal, NamedTuple

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.formula.nodes import Input
from govrubric.numbers import PLACES, WHOLE_DIGITS, written
from govrubric.plan.plan import Plan
from govrubric.scoring.input_names import InputNames
from govrubric.scoring.values import called
from govrubric.tables import nested
from govrubric.tables.emitter import Emitter
from govrubric.tables.engines import Engine, Expr

WANTED = {"count": "whole numbers", "flag": "true and false", "choice": "text", "number": "decimals"}
# The names that the libraries have for types of numbers and of text.
FLOATS = re.compile(r"(float|double|half)", re.IGNORECASE)
NUMBERS = re.compile(r"(float|double|half|decimal|u?(tiny|small|big|huge)?int(eger)?[0-9]*\b)", re.IGNORECASE)
TEXTS = re.compile(r"(bool|(large_)?string|varchar|enum|categorical|object|str\b|json)", re.IGNORECASE)
TableKind = Literal["polars", "pandas", "pyarrow", "duckdb", "pyspark"]
# What turns a column of each kind of table into a column of the right type.
CURES: dict[TableKind, dict[str, str]] = {
    "polars": {
        "count": "cast(pl.Int64)",
        "flag": "== {true}",
        "choice": "cast(pl.String)",
        "number": "cast(pl.String)",
    },
    "pandas": {
        "count": 'astype("Int64")',
        "flag": "== {true}",
        "choice": 'astype("string")',
        "number": 'astype("string")',
    },
    "pyarrow": {
        "count": "cast(pa.int64())",
        "flag": "pc.equal(…, {true})",
        "choice": "cast(pa.string())",
        "number": "cast(pa.string())",
    },
    "duckdb": {
        "count": "CAST(… AS BIGINT)",
        "flag": "… = {true}",
        "choice": "CAST(… AS VARCHAR)",
        "number": "CAST(… AS DECIMAL({digits}, {places}))",
    },
    "pyspark": {
        "count": 'cast("bigint")',
        "flag": "== {true}",
        "choice": 'cast("string")',
        "number": 'cast("decimal({digits}, {places})")',
    },
}


class Check(NamedTuple):
    """A diagnostic's code, and the flag of the rows that pass; the flag is null where the column is null."""

    code: str
    passed: Expr


@dataclass(frozen=True, slots=True)
class Given:
    """An input with its column; a number whose column holds whole numbers has the denominator 1.

    `value` turns the column into whole numbers over the input's denominator (a flag stays a flag), and into
    null where there is no value. It may be computed only in rows that pass `within`, the check of the range;
    `limits` are the ends of that range in the column's own numbers. `checks` are all the checks that a value
    must pass, `within` first. `numbers` is the check that a number has no more digits than a rubric may hold.
    A `whole` column needs no more than a cast.
    """

    input: Input
    column: Expr
    value: Callable[[Expr], Expr]
    checks: Callable[[Expr, Expr], list[Check]]
    within: Check | None = None
    limits: tuple[Any, Any] | None = None
    numbers: tuple[Check, ...] = ()
    whole: bool = False


def misnamed(plan: Plan, columns: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Columns that are no input and were surely meant for one, and inputs without the column they must have.

    `columns` has the type of each column, which may hold inputs inside. All other columns are carried along.
    """
    names = list(columns)
    inputs = {input_.name: input_ for input_ in plan.inputs}
    known = input_names(plan, names)
    for name, dtype in columns.items():
        if name in inputs:
            continue
        if (near := known.meant(name)) is not None:
            yield Diagnostic.of("GR601", None, (name,), name=name, near=near)
        elif (inside := _input_inside(known, name, dtype)) is not None:
            yield Diagnostic.of("GR657", None, (name,), name=name, inside=inside)
    for name in absent(plan, names):
        yield Diagnostic.of("GR602", None, (name,), **called(inputs[name]))


def _input_inside(known: InputNames, column: str, dtype: Any) -> str | None:
    """The first input that a column of lists or structs was surely meant to hold."""
    paths = nested.paths(dtype)
    if paths is None:
        return None
    meant = (known.meant(name) for path in paths for name in nested.names(column, path))
    return next((near for near in meant if near), None) or known.inside(column)


def input_names(plan: Plan, columns: Sequence[str]) -> InputNames:
    """The names of a plan's inputs, and which of them lack a column in a table with these columns."""
    titles = {item.path: item.item.title for item in plan.items}
    return InputNames([input_.name for input_ in plan.inputs], frozenset(columns), titles)


def absent(plan: Plan, columns: Sequence[str]) -> list[str]:
    """The inputs without a column that must have one.

    An input that a flag may excuse is not among them: it is checked row by row.
    """
    return [
        input_.name
        for input_ in plan.inputs
        if input_.required and input_.name not in columns and input_.name not in plan.excused
    ]


def unfit(input_: Input, dtype: str, kind: TableKind) -> Diagnostic:
    """The finding that a column has a type its input cannot have; the cure depends on the kind of table."""
    true = "1" if NUMBERS.match(dtype) else '"true"'
    if kind == "duckdb":
        true = true.replace('"', "'")
    cure = CURES[kind][input_.kind].format(places=input_.places, digits=18, true=true)
    # A cast of a date would make days of it, and there is none of a list.
    is_near = NUMBERS.match(dtype) or TEXTS.match(dtype)
    return Diagnostic.of(
        "GR651",
        None,
        (input_.name,),
        name=input_.name,
        dtype=dtype,
        wanted=WANTED[input_.kind],
        cure=cure if is_near else "",
        what="" if is_near else WANTED[input_.kind],
        lossy=dtype if FLOATS.match(dtype) else "",
    )


def _unsaid(input_: Input) -> str | None:
    """The cell for what is taken where a value is left out; None where it must be given."""
    if input_.required:
        return None
    if input_.kind == "flag":
        return "false"
    return input_.options[input_.unsaid] if input_.options else written(Fraction(input_.unsaid, input_.den))


def ends(input_: Input) -> tuple[int, int]:
    """The least and the greatest whole number over the input's denominator."""
    return ceil(input_.lo * input_.den), floor(input_.hi * input_.den)


class Reader:
    """Columns of an engine -> inputs.

    `parse` reads columns of text, where the engine can call a Python function. With `text` the table is a
    CSV file.
    """

    engine: Engine
    parse: Callable[[Input, int], Callable[[Expr], Expr]]
    text: bool
    emitter: Emitter

    def __init__(
        self,
        engine: Engine,
        parse: Callable[[Input, int], Callable[[Expr], Expr]],
        *,
        text: bool,
        kind: TableKind = "polars",
    ) -> None:
        self.engine, self.parse, self.text, self.kind = engine, parse, text, kind
        self.emitter = Emitter(engine, {})

    def bits(self, input_: Input) -> int:
        """The width in bits of an input's values; 0 for a flag."""
        return 0 if input_.kind == "flag" else self.emitter.bits(max(map(abs, ends(input_))))

    def given(self, input_: Input, column: Expr, dtype: Any, told: str = "") -> Given | Diagnostic:
        """An input with its column, or what is wrong with the column's type, which is `told` in a message."""
        m = self.engine.module
        if dtype == getattr(m, "Null", None):  # every value is left out
            dtype = {"count": m.Int64, "flag": m.Boolean, "choice": m.String, "number": m.Int64}[input_.kind]
            column = column.cast(dtype)
        texts = dtype == m.String
        if texts and self.engine.calls_python and (self.text or input_.kind == "number"):
            return self._text(input_, column)
        if input_.kind == "flag" and dtype == m.Boolean:
            return Given(input_, column, lambda column: column, lambda *_: [], whole=True)
        if input_.kind == "choice" and (texts or dtype == m.Categorical or dtype == m.Enum):
            return Given(
                input_,
                column if texts and self.engine.calls_python else column.cast(m.String),  # DuckDB: JSON
                self._place(input_),
                lambda column, _: [Check("GR616", column.is_in(list(input_.options)))],
            )
        if input_.kind in ("count", "number") and dtype.is_integer():
            # A negative number of 8 or 16 bits may be within the range when it is read without its sign.
            return self._integer(input_, column.cast(m.Int32) if dtype in (m.Int8, m.Int16) else column)
        is_decimal = input_.kind in ("count", "number") and dtype.is_decimal()
        if is_decimal and (input_.kind == "number" or not dtype.scale):
            return self._decimal(input_, column, dtype.scale)
        return unfit(input_, told or str(dtype), self.kind)

    def _text(self, input_: Input, column: Expr) -> Given:
        """A column of text, read by `parse`. In a CSV file an empty cell leaves the value out."""
        m = self.engine.module
        if self.text:
            column = column.str.strip_chars()
            has_text = (column != m.lit("")).fill_null(False)
            column = m.when(has_text).then(column).otherwise(m.lit(_unsaid(input_), dtype=m.String))
        return Given(
            input_,
            column,
            self.parse(input_, self.bits(input_)),
            lambda _, value: [Check("", ~value.is_null())],
        )

    def _within(self, input_: Input, column: Expr, low: Any, high: Any) -> Check:
        return Check("GR604" if input_.kind == "count" else "GR607", self.engine.between(column, low, high))

    def _integer(self, input_: Input, column: Expr) -> Given:
        low, high = ceil(input_.lo), floor(input_.hi)
        within = self._within(input_, column, low, high)
        whole_input = replace(input_, den=1, lo=Fraction(low), hi=Fraction(high))
        on_step = self._on_step(whole_input)
        return Given(
            whole_input,
            column,
            lambda column: self.engine.cast(column, self.bits(whole_input)),
            lambda column, value: [within, *self._beyond_gap(input_, column, ceil), *on_step(value)],
            within,
            (low, high),
            self._numbers(input_, column, 0),
            whole=True,
        )

    def _on_step(self, input_: Input) -> Callable[[Expr], list[Check]]:
        """The check that a value is a multiple of the input's step."""
        if input_.step is None or (step := input_.step * input_.den).numerator == 1:
            return lambda _: []
        bits, most = self.bits(input_), max(map(abs, ends(input_))) * step.denominator

        def checks(value: Expr) -> list[Check]:
            over = value * self.engine.lit(step.denominator, bits)
            under = self.engine.lit(step.numerator, bits)
            return [Check("GR609", self.engine.quotient(over, under, most=most) * under == over)]

        return checks

    def _decimal(self, input_: Input, column: Expr, scale: int) -> Given:
        """A column of decimals; places beyond those of the input must be zeros."""
        bits = self.bits(input_)
        unit = 10**scale
        low = Decimal(written(Fraction(ceil(input_.lo * unit), unit)))
        high = Decimal(written(Fraction(floor(input_.hi * unit), unit)))
        within, on_step = self._within(input_, column, low, high), self._on_step(input_)

        def value(column: Expr) -> Expr:
            return self.engine.cast(self.engine.unscaled(column, scale, input_.places), bits)

        def checks(column: Expr, value: Expr) -> list[Check]:
            in_range = [within, *self._beyond_gap(input_, column, lambda gap: Decimal(written(gap)))]
            if scale <= input_.places:
                return [*in_range, *on_step(value)]
            held = self.engine.module.when(within.passed).then(column)
            even = Check("GR608", self.engine.even(held, scale, input_.places))
            return [*in_range, even, *on_step(value)]

        return Given(input_, column, value, checks, within, (low, high), self._numbers(input_, column, scale))

    def _beyond_gap(self, input_: Input, column: Expr, own: Callable[[Fraction], Any]) -> list[Check]:
        """The check that a number is 0 or beyond the gap; `own` gives the gap in the column's own numbers."""
        if input_.gap is None:
            return []
        m = self.engine.module
        return [Check("GR607", (column <= m.lit(0)) | (column >= m.lit(own(input_.gap))))]

    def _numbers(self, input_: Input, column: Expr, scale: int) -> tuple[Check, ...]:
        """The check that `score` makes first: no number has more places than a rubric may hold."""
        if input_.kind == "count" or scale <= PLACES:
            return ()
        m, most = self.engine.module, 10**WHOLE_DIGITS
        held = (column > m.lit(-most)) & (column < m.lit(most))  # any other is outside every range
        few = self.engine.even(m.when(held).then(column), scale, PLACES)
        return (Check("GR608", few | ~held),)

    def _place(self, input_: Input) -> Callable[[Expr], Expr]:
        """What turns the name of an option into its place among the options."""
        m, bits = self.engine.module, self.engine.widths[0]

        def value(column: Expr) -> Expr:
            places = m.lit(None, dtype=m.Int32 if bits == 32 else m.Int64)
            for place, name in reversed(list(enumerate(input_.options))):
                places = m.when(column == m.lit(name)).then(self.engine.lit(place, bits)).otherwise(places)
            return places

        return value
