"""Plan x types of a table's columns -> programs that score such tables, made when they are first needed."""

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any

from govrubric.diagnostics.diagnostic import Diagnostic, TallyError
from govrubric.formula.nodes import Input
from govrubric.language.rubric_text import RubricText
from govrubric.plan.plan import Plan
from govrubric.scoring.tally import VARIANT
from govrubric.tables.columns import Given, Reader, TableKind, misnamed
from govrubric.tables.digits import parsed
from govrubric.tables.engines import Engine, Polars
from govrubric.tables.outputs import ERROR, Detail, Output, outputs
from govrubric.tables.program import MARK, Inputs, Program, own_prefix, program

KEPT = 32  # kinds of table; a program is made in milliseconds, and takes a few hundred kilobytes


class Scoring:
    """How a plan scores tables with the same types of columns.

    `schema` has the type of each column that is an input, and `kind` says what kind of table it is. `stored`
    has the names that the engine knows the columns by, and `types` their types in its own words. With `text`
    the table is a CSV file, in which an empty cell of a count or flag is 0 or false. The names of columns
    that only the computation needs begin with the `prefix`.

    Raises:
        TallyError: with every column whose type its input cannot have.
    """

    plan: Plan
    language: str
    engine: Engine
    text: bool
    outputs: list[Output]
    names: list[str]
    inputs: Inputs

    def __init__(
        self,
        plan: Plan,
        language: str,
        engine: Engine,
        schema: Mapping[str, Any],
        detail: Detail,
        *,
        scaled: bool,
        kind: TableKind = "polars",
        text: bool = False,
        stored: Mapping[str, str] | None = None,
        types: Mapping[str, str] | None = None,
        prefix: str = MARK,
    ) -> None:
        self.plan, self.language, self.engine, self.text = plan, language, engine, text
        m = engine.module
        self.outputs = outputs(plan, detail, scaled=scaled)
        self.names = [output.name for output in self.outputs]
        if plan.grades:
            self.names.insert(1, "grade")
        reader = Reader(engine, lambda input_, bits: parsed(input_, bits, plain=text), text=text, kind=kind)
        columns = [
            reader.given(
                input_,
                m.col((stored or {}).get(input_.name, input_.name)),
                schema[input_.name],
                (types or {}).get(input_.name, ""),
            )
            for input_ in plan.inputs
            if input_.name in schema
        ]
        refuse([column for column in columns if isinstance(column, Diagnostic)], self.language)
        given = [column for column in columns if isinstance(column, Given)]
        self.inputs = Inputs(engine, plan, given, reader.bits, prefix)
        self._programs: dict[tuple[bool, bool], Program] = {}

    def program(self, *, sound: bool, small: bool = False) -> Program:
        """The program for any table, or for a table whose rows are `sound` and whose counts are `small`."""
        key = (sound, small)
        if key not in self._programs:
            compiled = program(self.inputs, self.outputs, sound=sound, small=small)
            if isinstance(compiled, Diagnostic):
                raise TallyError([compiled], self.language)
            self._programs[key] = compiled
        return self._programs[key]


def refuse(findings: list[Diagnostic], language: str) -> None:
    """Raise `TallyError` with the findings, if there are any."""
    if findings:
        raise TallyError(findings, language)


def named(scoring: Scoring, columns: Mapping[str, Any], *, folded: bool = False) -> None:
    """Refuse a table with columns that were meant for inputs and are none, or that have the name of a score.

    `columns` has the type of each column. With `folded`, A and a are the same name to the engine.
    """
    fold = str.casefold if folded else str
    taken, scores = {fold(name) for name in columns}, [*scoring.names, ERROR]
    findings = list(misnamed(scoring.plan, columns))
    root = scoring.plan.items[0].item
    if isinstance(root, RubricText) and root.variants and any(fold(name) == VARIANT for name in columns):
        findings.append(Diagnostic.of("GR661", None, (VARIANT,), name=VARIANT))
    findings += [Diagnostic.of("GR652", None, (name,), name=name) for name in scores if fold(name) in taken]
    refuse(findings, scoring.language)


class TableScorer:
    """A plan that scores tables; it keeps the programs for the kinds of table that came last."""

    plan: Plan
    language: str
    inputs: dict[str, Input]

    def __init__(self, plan: Plan, language: str) -> None:
        self.plan, self.language = plan, language
        self.inputs = {input_.name: input_ for input_ in plan.inputs}
        self._kept: OrderedDict[tuple[Any, ...], Scoring] = OrderedDict()
        self._lock = Lock()  # a rubric serves many threads

    def scoring(
        self,
        schema: Mapping[str, Any],
        detail: Detail,
        *,
        scaled: bool,
        kind: TableKind = "polars",
        text: bool = False,
    ) -> Scoring:
        """The scoring of a frame of polars with these columns, made from a table of this `kind`.

        Raises:
            TallyError: with the columns that are misnamed or whose type does not fit.
        """
        types = {name: schema[name] for name in self.inputs if name in schema}
        prefix = own_prefix(schema)
        key = (detail, scaled, text, prefix, *((name, str(dtype)) for name, dtype in types.items()))
        with self._lock:
            scoring = self._kept.pop(key, None)
            if scoring is None:
                scoring = Scoring(
                    self.plan,
                    self.language,
                    Polars(),
                    types,
                    detail,
                    scaled=scaled,
                    kind=kind,
                    text=text,
                    prefix=prefix,
                )
            self._kept[key] = scoring
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        named(scoring, schema)
        return scoring
