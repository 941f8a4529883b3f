"""Columns of a table x a rubric's inputs -> whole numbers, and the checks by which `score` would refuse a value.

A null is a value that was left out. Where an input has a column, no row may leave it out, unless a flag excuses
the row. A count or flag without a column is 0 or false, as in `score`. Any other input must have a column.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any, Literal, NamedTuple

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.formula.nodes import Input
from govrubric.numbers import PLACES, WHOLE_DIGITS, written
from govrubric.plan.planner import Plan
from govrubric.scoring.input_names import InputNames
from govrubric.tables.emitter import Emitter
from govrubric.tables.engines import Engine, Expr

WANTED = {"count": "whole numbers", "flag": "true and false", "choice": "text", "number": "decimals"}
TableKind = Literal["polars", "pandas", "pyarrow", "duckdb", "pyspark"]
# How a column of each kind of table becomes one of the right type.
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
    """A code, and the flag of the rows that have no such finding; the flag is null where the column is."""

    code: str
    passed: Expr


@dataclass(frozen=True, slots=True)
class Given:
    """An input with its column; a number whose column holds whole numbers has the denominator 1.

    `value` turns the column into whole numbers over the input's denominator (a flag stays a flag), and into null
    where there is no value. It may be computed only in rows that pass `within`, the check of the range; `limits` are
    the ends of that range in the column's own numbers. `checks` are all that a value must pass, `within` first.
    `numbers` checks that a number is not longer than any that a rubric may hold. A `whole` column needs a cast only.
    """

    input: Input
    column: Expr
    value: Callable[[Expr], Expr]
    checks: Callable[[Expr, Expr], list[Check]]
    within: Check | None = None
    limits: tuple[Any, Any] | None = None
    numbers: tuple[Check, ...] = ()
    whole: bool = False


def misnamed(plan: Plan, columns: Iterable[str]) -> Iterator[Diagnostic]:
    """Columns that were surely meant for an input and are none, and inputs that lack the column they must have.

    All other columns are carried along.
    """
    names = list(columns)
    inputs = {input_.name: input_ for input_ in plan.inputs}
    known = input_names(plan, names)
    for name in names:
        if name not in inputs and (near := known.meant(name)) is not None:
            yield Diagnostic.of("GR601", None, (name,), name=name, near=near)
    for name in absent(plan, names):
        yield Diagnostic.of("GR602", None, (name,), name=name)


def input_names(plan: Plan, columns: Sequence[str]) -> InputNames:
    """The inputs of a plan beside the columns of a table."""
    titles = {item.path: item.item.title for item in plan.items}
    return InputNames([input_.name for input_ in plan.inputs], frozenset(columns), titles)


def absent(plan: Plan, columns: Sequence[str]) -> list[str]:
    """The inputs without a column that must have one; where a flag may excuse an input, each row is asked."""
    return [
        input_.name
        for input_ in plan.inputs
        if input_.required and input_.name not in columns and input_.name not in plan.excused
    ]


def unfit(input_: Input, dtype: str, kind: TableKind) -> Diagnostic:
    """A column has a type that the input cannot have; what to do depends on the kind of table."""
    lowered = dtype.lower()
    true = "1" if lowered.startswith(("int", "uint", "float", "decimal")) else '"true"'
    if kind == "duckdb":
        true = true.replace('"', "'")
    cure = CURES[kind][input_.kind].format(places=input_.places, digits=18, true=true)
    return Diagnostic.of(
        "GR651",
        None,
        (input_.name,),
        name=input_.name,
        dtype=dtype,
        wanted=WANTED[input_.kind],
        cure=cure,
        lossy=dtype if lowered.startswith("float") else "",
    )


def ends(input_: Input) -> tuple[int, int]:
    """The least and the greatest whole number over the input's denominator."""
    return ceil(input_.lo * input_.den), floor(input_.hi * input_.den)


class Reader:
    """Columns of one engine -> inputs.

    `parse` reads columns of text, where the engine can call a function of ours. With `text` the table is a CSV file.
    """

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
        """How wide the values of an input are; flags have no width."""
        return 0 if input_.kind == "flag" else self.emitter.bits(max(map(abs, ends(input_))))

    def given(self, input_: Input, column: Expr, dtype: Any) -> Given | Diagnostic:
        """An input with its column, or what is wrong with the kind of the column."""
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
            words = column if texts else column.cast(m.String)
            return Given(
                input_,
                words,
                self._place(input_),
                lambda column, _: [Check("GR616", column.is_in(list(input_.options)))],
            )
        if input_.kind in ("count", "number") and dtype.is_integer():
            # Of a narrower column what is below zero may, seen without its sign, be within the range.
            return self._integer(input_, column.cast(m.Int32) if dtype in (m.Int8, m.Int16) else column)
        if (
            input_.kind in ("count", "number")
            and dtype.is_decimal()
            and (input_.kind == "number" or not dtype.scale)
        ):
            return self._decimal(input_, column, dtype.scale)
        return unfit(input_, str(dtype), self.kind)

    def _text(self, input_: Input, column: Expr) -> Given:
        """A column of text, read by `parse`. In a CSV file an empty cell of a count or flag is 0 or false."""
        m = self.engine.module
        if self.text:
            column = column.str.strip_chars()
            left_out = None
            if not input_.required:
                left_out = "false" if input_.kind == "flag" else "0"
            column = (
                m.when((column != m.lit("")).fill_null(False))
                .then(column)
                .otherwise(m.lit(left_out, dtype=m.String))
            )
        return Given(
            input_,
            column,
            self.parse(input_, self.bits(input_)),
            lambda _, value: [Check("", ~value.is_null())],
        )

    def _within(self, input_: Input, column: Expr, low: Any, high: Any) -> Check:
        return Check("GR604" if input_.kind == "count" else "GR607", self.engine.between(column, low, high))

    def _integer(self, input_: Input, column: Expr) -> Given:
        limits = ceil(input_.lo), floor(input_.hi)
        within, alone = (
            self._within(input_, column, *limits),
            replace(input_, den=1, lo=Fraction(ceil(input_.lo)), hi=Fraction(floor(input_.hi))),
        )
        on_step = self._on_step(alone)
        return Given(
            alone,
            column,
            lambda column: self.engine.cast(column, self.bits(alone)),
            lambda _, value: [within, *on_step(value)],
            within,
            limits,
            self._numbers(input_, column, 0),
            whole=True,
        )

    def _on_step(self, input_: Input) -> Callable[[Expr], list[Check]]:
        """The check that a value is a multiple of the input's step."""
        if input_.step is None or (step := input_.step * input_.den).numerator == 1:
            return lambda _: []
        bits, most = self.bits(input_), max(map(abs, ends(input_))) * step.denominator

        def checks(value: Expr) -> list[Check]:
            over, under = (
                value * self.engine.lit(step.denominator, bits),
                self.engine.lit(step.numerator, bits),
            )
            return [Check("GR609", self.engine.quotient(over, under, most=most) * under == over)]

        return checks

    def _decimal(self, input_: Input, column: Expr, scale: int) -> Given:
        """Decimals: those with more places than the input has must have zeros there."""
        bits = self.bits(input_)
        unit = 10**scale
        low, high = (
            Decimal(written(Fraction(end, unit))) for end in (ceil(input_.lo * unit), floor(input_.hi * unit))
        )
        within, on_step = self._within(input_, column, low, high), self._on_step(input_)

        def value(column: Expr) -> Expr:
            return self.engine.cast(self.engine.unscaled(column, scale, input_.places), bits)

        def checks(column: Expr, value: Expr) -> list[Check]:
            if scale <= input_.places:
                return [within, *on_step(value)]
            held = self.engine.module.when(within.passed).then(column)
            return [within, Check("GR608", self.engine.even(held, scale, input_.places)), *on_step(value)]

        return Given(input_, column, value, checks, within, (low, high), self._numbers(input_, column, scale))

    def _numbers(self, input_: Input, column: Expr, scale: int) -> tuple[Check, ...]:
        """The check that `score` makes first: no number has more digits than a rubric may hold."""
        if input_.kind == "count":
            return ()
        m, most = self.engine.module, 10**WHOLE_DIGITS
        few = (column > m.lit(-most)) & (column < m.lit(most))
        return (
            Check(
                "GR615",
                few & self.engine.even(m.when(few).then(column), scale, PLACES) if scale > PLACES else few,
            ),
        )

    def _place(self, input_: Input) -> Callable[[Expr], Expr]:
        m, bits = self.engine.module, self.engine.widths[0]

        def value(column: Expr) -> Expr:
            made = m.lit(None, dtype=m.Int32 if bits == 32 else m.Int64)
            for place, name in reversed(list(enumerate(input_.options))):
                made = m.when(column == m.lit(name)).then(self.engine.lit(place, bits)).otherwise(made)
            return made

        return value
