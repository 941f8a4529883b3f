"""Rubric x the kinds of a table's columns -> what scores such tables: programs, made when they are first needed."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from govrubric.diagnostics.diagnostic import Diagnostic, TallyError
from govrubric.tables.columns import Given, Reader, misnamed
from govrubric.tables.digits import parsed
from govrubric.tables.engines import Engine, Polars
from govrubric.tables.outputs import ERROR, Detail, outputs
from govrubric.tables.program import Inputs, Program, program

if TYPE_CHECKING:
    from govrubric.rubric import Rubric


class Scoring:
    """How a rubric scores tables of one kind.

    `schema` has the kind of each column that is an input; `stored` says what a column is called where the engine reads it. With
    `text` the table is a file of cells, and an empty cell of a count or flag is 0 or false.

    Raises:
        TallyError: with every column of a kind that the input cannot be.
    """

    def __init__(
        self,
        rubric: "Rubric",
        engine: Engine,
        schema: Mapping[str, Any],
        detail: Detail,
        *,
        scaled: bool,
        text: bool = False,
        stored: Mapping[str, str] | None = None,
    ) -> None:
        self.language, self.engine, self.text = rubric.text.language, engine, text
        plan, m = rubric.plan, engine.module
        self.outputs = outputs(plan, detail, scaled=scaled)
        self.names = [one.name for one in self.outputs]
        if plan.grades:
            self.names.insert(1, "grade")
        reader = Reader(engine, lambda one, bits: parsed(one, bits, plain=text), text=text)
        columns = [
            reader.given(one, m.col((stored or {}).get(one.name, one.name)), schema[one.name])
            for one in plan.inputs
            if one.name in schema
        ]
        refuse([one for one in columns if isinstance(one, Diagnostic)], self.language)
        self.inputs = Inputs(engine, plan, [one for one in columns if isinstance(one, Given)], reader.bits)
        self._programs: dict[tuple[bool, bool], Program] = {}

    def program(self, *, sound: bool, small: bool = False) -> Program:
        """The expressions for tables in which every row is `sound`, and perhaps every count `small`, or for any table."""
        key = (sound, small)
        if key not in self._programs:
            made = program(self.inputs, self.outputs, sound=sound, small=small)
            if isinstance(made, Diagnostic):
                raise TallyError([made], self.language)
            self._programs[key] = made
        return self._programs[key]


def refuse(found: list[Diagnostic], language: str) -> None:
    """Raise what was found, if anything was."""
    if found:
        raise TallyError(found, language)


def named(rubric: "Rubric", columns: Iterable[str], scoring: Scoring, *, folded: bool = False) -> None:
    """Refuse a table whose columns look like inputs and are none, or stand where scores go; `folded` where A and a are one name."""
    columns = list(columns)
    fold = str.casefold if folded else str
    taken, scores = {fold(name) for name in columns}, [*scoring.names, ERROR]
    found = list(misnamed(rubric.plan, columns, (item.path for item in rubric.plan.items)))
    found += [Diagnostic.of("GR652", None, (name,), name=name) for name in scores if fold(name) in taken]
    refuse(found, scoring.language)


def scoring_of(
    rubric: "Rubric", schema: Mapping[str, Any], detail: Detail, *, scaled: bool, text: bool = False
) -> Scoring:
    """What scores tables of polars with these columns, made once for each rubric and kind; raises `TallyError`."""
    kinds = {name: schema[name] for name in rubric.inputs if name in schema}
    known: dict[Any, Scoring] = rubric.__dict__.setdefault("_scorings", {})
    key = (detail, scaled, text, *((name, str(kind)) for name, kind in kinds.items()))
    if key not in known:
        known[key] = Scoring(rubric, Polars(), kinds, detail, scaled=scaled, text=text)
    named(rubric, schema, known[key])
    return known[key]
