"""Columns of a table x a rubric's inputs -> whole numbers, and what makes a row's value one that `score` would not take.

A null is a value that was left out, and of a column nothing may be left out, unless a flag excuses it. A count or flag without a
column is 0 or false, as it is in `score`; what must be given has to have a column.
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
    """A finding, and the flag of the rows that do not have it; null where the column is."""

    code: str
    passed: Expr


@dataclass(frozen=True, slots=True)
class Given:
    """An input as its column gives it: a number in whole numbers is one over 1.

    `value` makes of the column whole numbers over the input's denominator (of flags, flags), and null of what is no value at
    all; it may be asked only of rows `within` the input's range, which is between the `limits` of the column, where these are given.
    `checks` are all that a row with a value must pass, that one first; `numbers` tells what is beyond any number that can be given.
    What is `whole` needs no making but a cast.
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
    """Columns that were surely meant for inputs and are none, and inputs that must have a column and have none.

    Other columns are carried along.
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


def unfit(one: Input, dtype: str, kind: TableKind) -> Diagnostic:
    """A column has a type that the input cannot have; what to do depends on the kind of table."""
    lowered = dtype.lower()
    true = "1" if lowered.startswith(("int", "uint", "float", "decimal")) else '"true"'
    if kind == "duckdb":
        true = true.replace('"', "'")
    cure = CURES[kind][one.kind].format(places=one.places, digits=18, true=true)
    return Diagnostic.of(
        "GR651",
        None,
        (one.name,),
        name=one.name,
        dtype=dtype,
        wanted=WANTED[one.kind],
        cure=cure,
        lossy=dtype if lowered.startswith("float") else "",
    )


def ends(one: Input) -> tuple[int, int]:
    """The least and the greatest whole number over the input's denominator."""
    return ceil(one.lo * one.den), floor(one.hi * one.den)


class Reader:
    """Columns of one engine -> inputs; `parse` reads columns of text, where the engine can call it, and `text` is a file of such."""

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

    def bits(self, one: Input) -> int:
        """How wide the values of an input are; flags have no width."""
        return 0 if one.kind == "flag" else self.emitter.bits(max(map(abs, ends(one))))

    def given(self, one: Input, column: Expr, dtype: Any) -> Given | Diagnostic:
        """An input with its column, or what is wrong with the kind of the column."""
        m = self.engine.module
        if dtype == getattr(m, "Null", None):  # every value is left out
            dtype = {"count": m.Int64, "flag": m.Boolean, "choice": m.String, "number": m.Int64}[one.kind]
            column = column.cast(dtype)
        texts = dtype == m.String
        if texts and self.engine.calls_python and (self.text or one.kind == "number"):
            return self._text(one, column)
        if one.kind == "flag" and dtype == m.Boolean:
            return Given(one, column, lambda column: column, lambda *_: [], whole=True)
        if one.kind == "choice" and (texts or dtype == m.Categorical or dtype == m.Enum):
            words = column if texts else column.cast(m.String)
            return Given(
                one,
                words,
                self._place(one),
                lambda column, _: [Check("GR616", column.is_in(list(one.options)))],
            )
        if one.kind in ("count", "number") and dtype.is_integer():
            # Of a narrower column what is below zero may, seen without its sign, be within the range.
            return self._integer(one, column.cast(m.Int32) if dtype in (m.Int8, m.Int16) else column)
        if (
            one.kind in ("count", "number")
            and dtype.is_decimal()
            and (one.kind == "number" or not dtype.scale)
        ):
            return self._decimal(one, column, dtype.scale)
        return unfit(one, str(dtype), self.kind)

    def _text(self, one: Input, column: Expr) -> Given:
        """Text that our own function reads; of a file, where an empty cell leaves out what may be left out."""
        m = self.engine.module
        if self.text:
            column = column.str.strip_chars()
            left_out = None if one.required else "false" if one.kind == "flag" else "0"
            column = (
                m.when((column != m.lit("")).fill_null(False))
                .then(column)
                .otherwise(m.lit(left_out, dtype=m.String))
            )
        return Given(
            one, column, self.parse(one, self.bits(one)), lambda _, value: [Check("", ~value.is_null())]
        )

    def _within(self, one: Input, column: Expr, low: Any, high: Any) -> Check:
        return Check("GR604" if one.kind == "count" else "GR607", self.engine.between(column, low, high))

    def _integer(self, one: Input, column: Expr) -> Given:
        limits = ceil(one.lo), floor(one.hi)
        within, alone = (
            self._within(one, column, *limits),
            replace(one, den=1, lo=Fraction(ceil(one.lo)), hi=Fraction(floor(one.hi))),
        )
        on_step = self._on_step(alone)
        return Given(
            alone,
            column,
            lambda column: self.engine.cast(column, self.bits(alone)),
            lambda _, value: [within, *on_step(value)],
            within,
            limits,
            self._numbers(one, column, 0),
            whole=True,
        )

    def _on_step(self, one: Input) -> Callable[[Expr], list[Check]]:
        """The check that a value is a multiple of the input's step."""
        if one.step is None or (step := one.step * one.den).numerator == 1:
            return lambda _: []
        bits, most = self.bits(one), max(map(abs, ends(one))) * step.denominator

        def checks(value: Expr) -> list[Check]:
            over, under = (
                value * self.engine.lit(step.denominator, bits),
                self.engine.lit(step.numerator, bits),
            )
            return [Check("GR609", self.engine.quotient(over, under, most=most) * under == over)]

        return checks

    def _decimal(self, one: Input, column: Expr, scale: int) -> Given:
        """Decimals: those with more places than the input has must have zeros there."""
        bits = self.bits(one)
        unit = 10**scale
        low, high = (
            Decimal(written(Fraction(end, unit))) for end in (ceil(one.lo * unit), floor(one.hi * unit))
        )
        within, on_step = self._within(one, column, low, high), self._on_step(one)

        def value(column: Expr) -> Expr:
            return self.engine.cast(self.engine.unscaled(column, scale, one.places), bits)

        def checks(column: Expr, value: Expr) -> list[Check]:
            if scale <= one.places:
                return [within, *on_step(value)]
            held = self.engine.module.when(within.passed).then(column)
            return [within, Check("GR608", self.engine.even(held, scale, one.places)), *on_step(value)]

        return Given(one, column, value, checks, within, (low, high), self._numbers(one, column, scale))

    def _numbers(self, one: Input, column: Expr, scale: int) -> tuple[Check, ...]:
        """The check that `score` makes before any other: no number has more digits than a rubric may write."""
        if one.kind == "count":
            return ()
        m, most = self.engine.module, 10**WHOLE_DIGITS
        few = (column > m.lit(-most)) & (column < m.lit(most))
        return (
            Check(
                "GR615",
                few & self.engine.even(m.when(few).then(column), scale, PLACES) if scale > PLACES else few,
            ),
        )

    def _place(self, one: Input) -> Callable[[Expr], Expr]:
        m, bits = self.engine.module, self.engine.widths[0]

        def value(column: Expr) -> Expr:
            made = m.lit(None, dtype=m.Int32 if bits == 32 else m.Int64)
            for place, name in reversed(list(enumerate(one.options))):
                made = m.when(column == m.lit(name)).then(self.engine.lit(place, bits)).otherwise(made)
            return made

        return value
