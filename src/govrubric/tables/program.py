"""Plan x columns of a table -> expressions, level by level, and the columns that come of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import reduce
from typing import Any

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.formula.build import const, line
from govrubric.formula.nodes import Const, Formula, Input
from govrubric.plan.lines import GRADE, TOTAL, LineName
from govrubric.plan.planner import Plan
from govrubric.scoring.tally import nearest_zero
from govrubric.tables.columns import Check, Given
from govrubric.tables.emitter import Column, Emitter, is_flag, reach
from govrubric.tables.engines import DIGITS, Engine, Expr, TooWideError
from govrubric.tables.outputs import Output
from govrubric.tables.steps import levels, steps

MARK = "·"
SMALL = 2**15 - 1


def own_prefix(columns: Iterable[str]) -> str:
    """What the names of columns that are only computed with begin with: no column of the table does."""
    prefix, names = MARK, list(columns)
    while any(name.startswith(prefix) for name in names):
        prefix += MARK
    return prefix


@dataclass(slots=True)
class Program:
    """Stages of expressions, each of which needs only earlier stages, and the columns that come of them."""

    stages: list[list[Expr]] = field(default_factory=list)
    outputs: list[Expr] = field(default_factory=list)

    def run(self, frame: Any, keep: Iterable[str], behind: Iterable[Expr] = ()) -> Any:
        """The columns of the frame that are kept, those that come of it, and more behind them."""
        for stage in self.stages:
            if stage:
                frame = frame.with_columns(*stage)
        return frame.select(*keep, *self.outputs, *behind)

    def renamed(self, name: Callable[[int], str]) -> "Program":
        """The same under other names."""
        return Program(self.stages, [output.alias(name(index)) for index, output in enumerate(self.outputs)])


class Inputs:
    """The inputs of a plan as columns: values, and what is wrong with a row.

    The names of columns that are only computed with begin with the `prefix`. `bad_name` is the flag of wrong rows.
    """

    def __init__(
        self,
        engine: Engine,
        plan: Plan,
        given: Sequence[Given],
        bits: Callable[[Input], int],
        prefix: str = MARK,
    ) -> None:
        self.engine, self.plan, self.prefix = engine, plan, prefix
        self.bad_name = f"{prefix}bad"
        self.given = {column.input.name: column for column in given}
        self.bits = {name: bits(column.input) for name, column in self.given.items()}
        self.m = engine.module

    def name(self, what: str, name: str) -> str:
        """The column of ours that has something of an input."""
        return f"{self.prefix}{what}{list(self.given).index(name)}"

    def formulas(self, *, small: bool) -> dict[str, Formula]:
        """The inputs as formulas: a constant for one without a column; with `small`, no count is above `SMALL`."""
        found: dict[str, Formula] = {}
        for input_ in self.plan.inputs:
            if input_.name not in self.given:
                found[input_.name] = const(Fraction(nearest_zero(input_), input_.den))
            else:
                given = self.given[input_.name]
                # Only of whole numbers was it looked at how large they are.
                small_count = small and input_.kind == "count" and given.limits is not None
                found[input_.name] = replace(given.input, hi=Fraction(SMALL)) if small_count else given.input
        return found

    def raw(self, *, sound: bool = False) -> list[Expr]:
        """A column of values for each input that is not whole already; unless all rows are `sound`, only within range."""
        made = {name: one for name, one in self.given.items() if not one.whole}
        return [
            one.value(one.column if sound else _held(one, self.m)).alias(self.name("raw", name))
            for name, one in made.items()
        ]

    def value(self, name: str) -> Expr:
        """The values of an input, behind `raw`; null where a row has none."""
        given = self.given[name]
        return given.value(given.column) if given.whole else self.m.col(self.name("raw", name))

    def columns(self) -> dict[str, Column]:
        """Where the values of each input stand, when every row has them."""
        return {name: Column(self.value(name), self.bits[name]) for name in self.given}

    def checks(self, name: str) -> list[Check]:
        """All that an input's column must pass, where it is not null."""
        given = self.given[name]
        return given.checks(given.column, self.value(name))

    def absent(self, name: str) -> Expr:
        """The flag of rows that leave out what they must not."""
        missing = self.given[name].column.is_null() if name in self.given else self.m.lit(True)
        flags = [
            self.value(word).fill_null(False)
            for word in self.plan.excused.get(name, ())
            if word in self.given
        ]
        return missing & ~reduce(lambda a, b: a | b, flags) if flags else missing

    def must(self) -> list[str]:
        """The inputs that a row must give: those with a column, and those that only a flag excuses."""
        return [input_.name for input_ in self.plan.inputs if input_.name in self.given or input_.required]

    def bad(self) -> Expr:
        """The flag of rows that are wrong: what passes no check, and a null, which passes none."""
        passed = []
        for name in self.must():
            checks = [check.passed for check in self.checks(name)] if name in self.given else []
            if name in self.plan.excused:
                null = self.given[name].column.is_null() if name in self.given else self.m.lit(True)
                passed += [~self.absent(name), *(check | null for check in checks)]
            else:
                passed += checks or [~self.given[name].column.is_null()]
        return (~reduce(lambda a, b: a & b, passed, self.m.lit(True))).fill_null(True).alias(self.bad_name)

    def filled(self) -> list[Expr]:
        """A column of values for each input that needs one, with what stands for it where a row has none."""
        return [
            self._filled(name).alias(self.name("filled", name))
            for name in self.given
            if self._needs_filling(name)
        ]

    def _needs_filling(self, name: str) -> bool:
        """Whether a row without this input is computed and kept, or the engine fails on a null that nobody keeps."""
        return name in self.plan.excused or not self.engine.forgiving

    def _filled(self, name: str) -> Expr:
        given = self.given[name]
        if given.input.kind == "flag":
            return self.value(name).fill_null(False)
        zero = self.engine.lit(nearest_zero(given.input), self.bits[name])
        if given.whole and given.within:
            return self.m.when(given.within.passed).then(self.value(name)).otherwise(zero)
        return self.value(name).fill_null(zero)

    def filled_columns(self) -> dict[str, Column]:
        """Where the values of each input stand, when some rows have none."""
        return {
            name: Column(
                self.m.col(self.name("filled", name)) if self._needs_filling(name) else self.value(name),
                self.bits[name],
            )
            for name in self.given
        }


def _held(given: Given, m: Any) -> Expr:
    return given.column if given.within is None else m.when(given.within.passed).then(given.column)


def program(
    inputs: Inputs, outputs: Sequence[Output], *, sound: bool, small: bool = False
) -> Program | Diagnostic:
    """The expressions for some outputs; where not every row is known to be `sound`, bad ones get nulls."""
    engine, plan, m = inputs.engine, inputs.plan, inputs.m
    made = Program([inputs.raw(sound=sound)])
    columns = inputs.columns()
    bad = None if sound else m.col(inputs.bad_name)
    if not sound:
        made.stages.append([inputs.bad(), *inputs.filled()])
        columns = inputs.filled_columns()
    emitter = Emitter(engine, columns)
    narrow = engine.widths[0] - 1
    wanted = [name for one in outputs for name in (one.line, one.void) if name] + (
        [GRADE] if plan.grades else []
    )

    def made_of(names: Iterable[str]) -> dict[str, Formula]:
        return steps(
            plan.lines,
            inputs.formulas(small=small),
            names,
            lambda formula: reach(formula, formula.den) < 1 << narrow,
        )

    lines = made_of(wanted)
    shown: Output | None = None
    try:
        for level in levels(lines):
            stage = []
            for name in level:
                formula = lines[name]
                if isinstance(formula, Const):
                    columns[name] = emitter.number(formula, formula.den)
                    continue
                column = _column(formula, emitter)
                own = f"{inputs.prefix}{len(columns)}"
                stage.append(column.expr.alias(own))
                columns[name] = Column(m.col(own), column.bits)
            made.stages.append(stage)
        for one in outputs:
            shown = one
            made.outputs.append(_shown(one, lines, emitter, bad).alias(one.name))
            if one.line == TOTAL and plan.grades:
                made.outputs.append(_grade(plan, lines[GRADE], emitter, bad).alias("grade"))
    except TooWideError as wide:
        name = shown.name if shown else _widest(made_of(plan.lines), engine, dict(inputs.columns()))
        scaled = "scaled=True" if shown and shown.places is not None else ""
        return Diagnostic.of(
            "GR653", None, (), name=name, need=wide.need, most=wide.most, what=wide.what, scaled=scaled
        )
    return made


def _column(formula: Formula, emitter: Emitter) -> Column:
    """A step, as a flag or over its own denominator."""
    return Column(emitter.truth(formula), 0) if is_flag(formula) else emitter.number(formula, formula.den)


def _widest(lines: dict[str, Formula], engine: Engine, columns: dict[str, Column]) -> str:
    """The item or rule whose line is the first to be too wide, each line alone; ``total`` if only several are."""
    emitter, wide = Emitter(engine, columns), False
    for name, formula in lines.items():
        bits = engine.widths[-1]
        try:
            bits = _column(formula, emitter).bits
        except TooWideError:
            wide = True
        columns[name] = Column(engine.module.col(name), bits)
        if wide and not name.startswith("#"):
            return LineName(name).path or "total"
    return "total"


def _shown(output: Output, lines: dict[str, Formula], emitter: Emitter, bad: Expr | None) -> Expr:
    """A line as it is given back: decimals or whole numbers; null where there is no number or the row is `bad`."""
    engine = emitter.engine
    formula = lines[output.line]
    expr, bits = emitter.number(line(output.line, formula), output.den)
    gone = [] if bad is None else [bad]
    if output.void:
        gone.append(emitter.truth(line(output.void, lines[output.void])))
    if gone:
        expr = engine.module.when(~reduce(lambda a, b: a | b, gone)).then(expr)
    if output.places is None:
        # Arrow has no wider whole numbers, and DuckDB gives floats for them.
        return (
            engine.decimal(expr, max(DIGITS, len(str(reach(formula, output.den)))), 0) if bits > 64 else expr
        )
    return engine.decimal(expr, output.digits, output.places)


def _grade(plan: Plan, formula: Formula, emitter: Emitter, bad: Expr | None) -> Expr:
    """The name of the grade, and null where there is none or the row is `bad`."""
    m, engine = emitter.engine.module, emitter.engine
    place = emitter.number(line(GRADE, formula), 1)
    made = m.lit(None, dtype=m.String)
    for index, name in reversed(list(enumerate(plan.grades))):
        made = m.when(place.expr == engine.lit(index, place.bits)).then(m.lit(name)).otherwise(made)
    return made if bad is None else m.when(~bad).then(made)
