"""Plan x columns of a table -> expressions, level by level, and the columns of scores that they give."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import reduce
from typing import Any, Literal

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.formula.build import const, goes_with, line
from govrubric.formula.nodes import Const, Each, Formula, Input, names
from govrubric.plan.lines import GRADE, TOTAL, LineName
from govrubric.plan.plan import Plan
from govrubric.scoring.derived_flags import DerivedFlags
from govrubric.tables.columns import Check, Given
from govrubric.tables.emitter import Column, Emitter, is_flag, reach
from govrubric.tables.engines import DIGITS, Engine, Expr, TooWideError
from govrubric.tables.fractions import taken_apart
from govrubric.tables.outputs import Output
from govrubric.tables.steps import levels, steps

MARK = "·"
SMALL = 2**15 - 1


def own_prefix(columns: Iterable[str]) -> str:
    """The prefix of the columns that only the computation needs: no column of the table begins with it."""
    prefix, names = MARK, list(columns)
    while any(name.startswith(prefix) for name in names):
        prefix += MARK
    return prefix


@dataclass(slots=True)
class Program:
    """Stages of expressions, each of which needs only earlier stages, and the columns of scores."""

    stages: list[list[Expr]] = field(default_factory=list)
    outputs: list[Expr] = field(default_factory=list)

    def run(self, frame: Any, keep: Iterable[str | Expr], last: Iterable[Expr] = ()) -> Any:
        """The columns of the frame to `keep`, the columns of scores, and the `last` columns after them."""
        for stage in self.stages:
            if stage:
                frame = frame.with_columns(*stage)
        return frame.select(*keep, *self.outputs, *last)

    def renamed(self, name: Callable[[int], str]) -> "Program":
        """The same program with other names for its columns."""
        return Program(self.stages, [output.alias(name(index)) for index, output in enumerate(self.outputs)])


class Inputs:
    """The inputs of a plan as columns: values, and what is wrong with a row.

    The names of columns that only the computation needs begin with the `prefix`. `bad_name` is the column of
    the flag of wrong rows.
    """

    engine: Engine
    plan: Plan
    prefix: str
    bad_name: str
    given: dict[str, Given]
    bits: dict[str, int]
    derived: DerivedFlags
    m: Any

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
        self.derived = DerivedFlags(plan)

    def name(self, stage: Literal["raw", "filled"], name: str) -> str:
        """The name of the column with an input's values at a stage of the computation."""
        return f"{self.prefix}{stage}{list(self.given).index(name)}"

    def formulas(self, *, small: bool) -> dict[str, Formula]:
        """The inputs as formulas; an input without a column is a constant.

        With `small`, no count is above `SMALL`.
        """
        formulas: dict[str, Formula] = {}
        for input_ in self.plan.inputs:
            if input_.name not in self.given:
                formulas[input_.name] = const(Fraction(input_.unsaid, input_.den))
                continue
            given = self.given[input_.name]
            # The greatest value is known only of a column of whole numbers.
            is_small = small and input_.kind == "count" and given.limits is not None
            formulas[input_.name] = given.input
            if is_small:
                formulas[input_.name] = replace(given.input, hi=min(given.input.hi, Fraction(SMALL)))
        return formulas

    def raw(self, *, sound: bool = False) -> list[Expr]:
        """A column of values for each input that is not whole already.

        Unless all rows are `sound`, values out of range are null.
        """
        return [
            given.value(given.column if sound else _within_range(given, self.m)).alias(self.name("raw", name))
            for name, given in self.given.items()
            if not given.whole
        ]

    def value(self, name: str) -> Expr:
        """The values of an input, once `raw` is computed; null where a row has none."""
        given = self.given[name]
        return given.value(given.column) if given.whole else self.m.col(self.name("raw", name))

    def columns(self) -> dict[str, Column]:
        """The columns of each input's values, where every row has them."""
        return {name: Column(self.value(name), self.bits[name]) for name in self.given}

    def steps_to(self, wanted: Iterable[str], *, small: bool = False) -> dict[str, Formula]:
        """The lines of the plan that are wanted, and the steps to them."""
        narrow = self.engine.widths[0] - 1
        fits = 1 << narrow
        apart, inputs = taken_apart(self.plan.lines), self.formulas(small=small)
        return steps(apart, inputs, wanted, lambda formula: reach(formula, formula.den) < fits)

    def flags(self) -> list[list[Expr]]:
        """Stages that compute the flags that conditions decide and that excuse inputs, before rows are tried.

        Where a row has no value of an input, or a wrong one, it counts as what is left out.
        """
        excusing = {flag for flags in self.plan.excused.values() for flag in flags}
        wanted = [name for name in self.plan.derived if name in excusing]
        if not wanted:
            return []
        lines, columns = self.steps_to(wanted), self.columns()
        read = {name for formula in lines.values() for name in names(formula)}
        known = [name for name in self.given if name in read]
        filled = [self._filled(name).alias(f"{self.prefix}known{place}") for place, name in enumerate(known)]
        for place, name in enumerate(known):
            columns[name] = Column(self.m.col(f"{self.prefix}known{place}"), self.bits[name])
        emitter = Emitter(self.engine, columns)
        stages = [filled, *stages_of(lines, emitter, columns, f"{self.prefix}flag")]
        last = [emitter.truth(line(name, lines[name])).alias(self.flag(name)) for name in wanted]
        return [*stages, last]

    def flag(self, name: str) -> str:
        """The name of the column with a flag that a condition decides."""
        return f"{self.prefix}excused{self.plan.derived.index(LineName(name))}"

    def checks(self, name: str) -> list[Check]:
        """All checks that an input's column must pass, where it is not null."""
        given = self.given[name]
        checks = given.checks(given.column, self.value(name))
        return checks if given.input.each is None else [*checks, self._goes_with(given, given.input.each)]

    def _goes_with(self, given: Given, each: Each) -> Check:
        """The check that a number may stand beside its count; null where one of the two is out of range."""
        cases = self.given.get(each.of)
        columns = {given.input.name: Column(self.value(given.input.name), self.bits[given.input.name])}
        count = const(0)
        if cases is not None:
            count = cases.input
            columns[each.of] = Column(self.value(each.of), self.bits[each.of])
        flag = Emitter(self.engine, columns).truth(goes_with(each, count, given.input))
        ranges = [one.within.passed for one in (given, cases) if one is not None and one.within is not None]
        passed = self.m.when(reduce(lambda a, b: a & b, ranges)).then(flag) if ranges else flag
        return Check("GR607", passed)

    def absent(self, name: str) -> Expr:
        """The flag of rows that leave out an input which no flag excuses."""
        missing = self.given[name].column.is_null() if name in self.given else self.m.lit(True)
        flags = self.plan.excused.get(name, ())
        excuses = [self.value(flag).fill_null(False) for flag in flags if flag in self.given]
        excuses += [self.m.col(self.flag(flag)) for flag in flags if isinstance(flag, LineName)]
        return missing & ~reduce(lambda a, b: a | b, excuses) if excuses else missing

    def must(self) -> list[str]:
        """The inputs that a row must give: those with a column, and those that only a flag can excuse."""
        return [input_.name for input_ in self.plan.inputs if input_.name in self.given or input_.required]

    def bad(self) -> Expr:
        """The flag of wrong rows, which have a value that fails a check, or a null that is not excused."""
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
        """A column for each input that needs filling; rows without a value get a number or false."""
        return [
            self._filled(name).alias(self.name("filled", name))
            for name in self.given
            if self._needs_filling(name)
        ]

    def _needs_filling(self, name: str) -> bool:
        """Whether rows without this input need a number in its place.

        They do where such a row is scored, and where the engine fails on a null whose result is not used.
        """
        return name in self.plan.excused or not self.engine.forgiving

    def _filled(self, name: str) -> Expr:
        given = self.given[name]
        if given.input.kind == "flag":
            return self.value(name).fill_null(False)
        zero = self.engine.lit(given.input.unsaid, self.bits[name])
        if given.whole and given.within:
            return self.m.when(given.within.passed).then(self.value(name)).otherwise(zero)
        return self.value(name).fill_null(zero)

    def filled_columns(self) -> dict[str, Column]:
        """The columns of each input's values, where some rows have none."""
        columns = self.columns()
        for name in filter(self._needs_filling, self.given):
            columns[name] = Column(self.m.col(self.name("filled", name)), self.bits[name])
        return columns


def _within_range(given: Given, m: Any) -> Expr:
    """An input's column, with null where it is out of range."""
    return given.column if given.within is None else m.when(given.within.passed).then(given.column)


def program(
    inputs: Inputs, outputs: Sequence[Output], *, sound: bool, small: bool = False
) -> Program | Diagnostic:
    """The program for some outputs, or the finding that a number is too wide for the engine.

    Where not every row is known to be `sound`, wrong rows get nulls.
    """
    engine, plan, m = inputs.engine, inputs.plan, inputs.m
    compiled = Program([inputs.raw(sound=sound)])
    columns = inputs.columns()
    bad = None if sound else m.col(inputs.bad_name)
    wanted = [name for output in outputs for name in (output.line, output.void) if name]
    lines = inputs.steps_to([*wanted, GRADE] if plan.grades else wanted, small=small)
    current: Output | None = None
    try:
        flags = inputs.flags()  # what is too wide among them is found here, though rows are sound
        if not sound:
            compiled.stages += [*flags, [inputs.bad(), *inputs.filled()]]
            columns = inputs.filled_columns()
        emitter = Emitter(engine, columns)
        compiled.stages += stages_of(lines, emitter, columns, inputs.prefix)
        for current in outputs:
            compiled.outputs.append(_shown(current, lines, emitter, bad).alias(current.name))
            if current.line == TOTAL and plan.grades:
                compiled.outputs.append(_grade(plan, lines[GRADE], emitter, bad).alias("grade"))
    except TooWideError as wide:
        name = (
            current.name if current else _widest(inputs.steps_to(plan.lines), engine, dict(inputs.columns()))
        )
        scaled = "scaled=True" if current and current.places is not None else ""
        return Diagnostic.of(
            "GR653", None, (), name=name, need=wide.need, most=wide.most, what=wide.what, scaled=scaled
        )
    return compiled


def stages_of(
    lines: Mapping[str, Formula], emitter: Emitter, columns: dict[str, Column], prefix: str
) -> list[list[Expr]]:
    """The stages that compute steps, level by level; the emitter reads `columns`, which they are added to."""
    m, stages = emitter.engine.module, []
    for level in levels(lines):
        stage = []
        for name in level:
            formula = lines[name]
            if isinstance(formula, Const):
                columns[name] = emitter.number(formula, formula.den)
                continue
            column = _column(formula, emitter)
            own = f"{prefix}{len(columns)}"
            stage.append(column.expr.alias(own))
            columns[name] = Column(m.col(own), column.bits)
        stages.append(stage)
    return stages


def _column(formula: Formula, emitter: Emitter) -> Column:
    """The column of a step: a flag, or whole numbers over its own denominator."""
    return Column(emitter.truth(formula), 0) if is_flag(formula) else emitter.number(formula, formula.den)


def _widest(lines: dict[str, Formula], engine: Engine, columns: dict[str, Column]) -> str:
    """The item or rule whose line is the first to be too wide by itself.

    It is ``total`` where only several lines together are too wide.
    """
    emitter, too_wide = Emitter(engine, columns), False
    for name, formula in lines.items():
        bits = engine.widths[-1]
        try:
            bits = _column(formula, emitter).bits
        except TooWideError:
            too_wide = True
        columns[name] = Column(engine.module.col(name), bits)
        if too_wide and not name.startswith("#"):
            return name.partition(":")[0] or "total"
    return "total"


def _shown(output: Output, lines: dict[str, Formula], emitter: Emitter, bad: Expr | None) -> Expr:
    """The column of an output: numbers or flags; null where it is void or the row is `bad`."""
    engine = emitter.engine
    formula = lines[output.line]
    nulls = [] if bad is None else [bad]
    if output.flag:
        truth = emitter.truth(line(output.line, formula))
        return engine.module.when(~bad).then(truth) if bad is not None else truth
    expr, bits = emitter.number(line(output.line, formula), output.den)
    if output.void:
        nulls.append(emitter.truth(line(output.void, lines[output.void])))
    if nulls:
        expr = engine.module.when(~reduce(lambda a, b: a | b, nulls)).then(expr)
    if output.places is not None:
        return engine.decimal(expr, output.digits, output.places)
    if bits > 64:  # Arrow has no wider whole numbers, and DuckDB gives floats for them
        return engine.decimal(expr, max(DIGITS, len(str(reach(formula, output.den)))), 0)
    return expr


def _grade(plan: Plan, formula: Formula, emitter: Emitter, bad: Expr | None) -> Expr:
    """The name of the grade; null where there is none or the row is `bad`."""
    m, engine = emitter.engine.module, emitter.engine
    place = emitter.number(line(GRADE, formula), 1)
    grade = m.lit(None, dtype=m.String)
    for index, name in reversed(list(enumerate(plan.grades))):
        grade = m.when(place.expr == engine.lit(index, place.bits)).then(m.lit(name)).otherwise(grade)
    return grade if bad is None else m.when(~bad).then(grade)
