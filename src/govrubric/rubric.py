"""A linted rubric that scores: the one object that users hold."""

import hashlib
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar, final

from govrubric import waiting
from govrubric.diagnostics.diagnostic import RubricError
from govrubric.diagnostics.near import nearest
from govrubric.formula.nodes import Input
from govrubric.language.canonical import canonical
from govrubric.language.rubric_text import RubricText
from govrubric.lint.structure import known_paths, lint
from govrubric.numbers import decimal
from govrubric.plan.planner import Plan, PlannedItem, make
from govrubric.scoring import tally as tallies
from govrubric.scoring.card import ScoreCard
from govrubric.scoring.evaluator import Evaluator
from govrubric.scoring.rows import Evidence, Layout, ScoredUnit

if TYPE_CHECKING:
    from govrubric.tables.scorer import TableScorer

Table = TypeVar("Table")

_NOTHING: Evidence = MappingProxyType({})


@final
class Rubric:
    """A rubric whose every field and sum was checked. Immutable; equal when the texts mean the same.

    Made by `load`, `loads` and `shipped`, or from a `RubricText` built in Python; raises `RubricError`
    with every finding. Scoring is exact and depends on nothing but its arguments, so one rubric serves many threads.
    """

    def __init__(self, text: RubricText) -> None:
        plan, found = lint(text)
        if found:
            raise RubricError([finding.diagnostic() for finding in found], text.language)
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "plan", plan)

    @classmethod
    def _linted(cls, text: RubricText, plan: Plan | None = None) -> Self:
        """A text that was linted already, by the loader, which can say where each finding stands."""
        rubric = cls.__new__(cls)
        object.__setattr__(rubric, "text", text)
        if plan is not None:
            object.__setattr__(rubric, "plan", plan)
        return rubric

    text: RubricText

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a rubric does not change: {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a rubric does not change: {name}")

    def __reduce__(self) -> tuple[Callable[[RubricText], "Rubric"], tuple[RubricText]]:
        return Rubric._linted, (self.text,)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rubric) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"<Rubric {self.text.id} {self.digest[:19]}>"

    @property
    def id(self) -> str:
        return self.text.id

    @property
    def title(self) -> str:
        return self.text.title

    @cached_property
    def digest(self) -> str:
        """``sha256:`` and the SHA-256 of `to_text` in UTF-8: the same for texts that differ in layout alone."""
        return "sha256:" + hashlib.sha256(self.to_text().encode()).hexdigest()

    @cached_property
    def plan(self) -> Plan:
        """The rubric as lines of formulas."""
        return make(self.text)

    @cached_property
    def inputs(self) -> Mapping[str, Input]:
        """What a tally may give, by name, in file order: kind, unit, bounds, places."""
        return MappingProxyType({one.name: one for one in self.plan.inputs})

    @cached_property
    def _items(self) -> dict[str, PlannedItem]:
        return {item.path: item for item in self.plan.items}

    @cached_property
    def _run(self) -> Evaluator:
        return Evaluator(self.plan)

    @cached_property
    def _layout(self) -> Layout:
        return Layout(self.text, self.plan, self.digest)

    @cached_property
    def tables(self) -> "TableScorer":
        """What scores tables of many units."""
        from govrubric.tables.scorer import TableScorer

        return TableScorer(self.plan, self.text.language)

    def item(self, path: str) -> PlannedItem:
        """An item with its full marks, start, floor, ceiling and rules; raises `KeyError` with the nearest path."""
        if path not in self._items:
            near = nearest(path, self._items)
            raise KeyError(f"no item {path!r}" + (f"; did you mean {near!r}?" if near else ""))
        return self._items[path]

    def to_text(self) -> str:
        """The rubric as YAML in one fixed form: loading it gives an equal rubric.

        (A rubric that was near the limit of size already may come out larger than a file may be.)
        """
        return canonical(self.text)

    def score(
        self,
        tally: Mapping[str, Any],
        *,
        unit: str | None = None,
        strict: bool = False,
        name: str | None = None,
    ) -> ScoreCard:
        """A tally -> its score card.

        Args:
            tally: counts (`int`), flags (`bool`), choices (their name), and judged, converted or measured numbers (`int`,
                `Decimal` or digits as text) by dotted or nested name; alone, or as ``{"value": …, "evidence": […], "note": …}``.
            unit: which unit was scored, and `name`: what people call it; both are printed on the card.
            strict: refuse a tally that leaves out a count or a flag.

        Raises:
            TallyError: with every finding, if anything in the tally is wrong.
        """
        for label, value in (("unit", unit), ("name", name)):
            if value is not None and not isinstance(value, str):
                raise TypeError(f"{label} is text, not {type(value).__name__}")
        run = self._run
        done = run.read_trace(tally) if type(tally) is dict and not strict else None
        if done is None:
            checked = self._check(tally, strict=strict)
            return ScoreCard(
                ScoredUnit(
                    self._layout,
                    checked.values,
                    run.trace(*checked.values),
                    checked.given,
                    checked.evidence,
                    unit,
                    name,
                )
            )
        values, kept = done
        given = None if len(tally) == len(values) else frozenset(tally)
        return ScoreCard(ScoredUnit(self._layout, values, kept, given, _NOTHING, unit, name))

    def total(self, tally: Mapping[str, Any]) -> Decimal | None:
        """A tally -> its rounded total alone, checked as by `score`; ``None`` where a gate takes the score away."""
        run = self._run
        done = run.read_total(tally) if type(tally) is dict else None
        if done is None:
            done = run.total(*self._check(tally).values)
        return None if done[1] else decimal(self._layout.total[done[0]])

    def score_frame(
        self,
        frame: Table,
        *,
        detail: Literal["total", "items", "rules"] = "total",
        on_error: Literal["raise", "report"] = "raise",
        scaled: bool = False,
    ) -> Table:
        """A table with a row for each unit -> the same kind of table with the same numbers as `score` behind its columns.

        Args:
            frame: a frame of polars (eager or lazy), pandas or PySpark, a table of pyarrow, a relation of DuckDB, or anything that
                exports Arrow data, of which a frame of polars comes back. Columns with the names of `inputs` are read: counts as
                whole numbers, flags as booleans, choices as text, other numbers as decimals, whole numbers or digits as text; others
                are carried along. An input without a column is 0 or false, as in `score`; of one that has a column no row may leave
                it out.
            detail: ``total`` adds ``total``, and ``grade`` where the rubric has any; ``items`` what each item contributes, under
                its path; ``rules`` also ``<path>:raw`` and ``<path>:applied`` of each rule.
            on_error: ``raise`` refuses a table with rows that cannot be scored (a lazy table is read once for it); ``report`` keeps them
                without scores, and the column ``error`` has the code and name of each finding.
            scaled: whole numbers instead of decimals, with what they are over in their names, such as ``total/100``. A number
                whose digits do not end is always given so.

        Raises:
            TallyError: if a column cannot be read, or with ``raise`` a row: how many there are, and the findings of the first.
            ImportError: with what to install.
        """
        from govrubric.tables.api import score_frame

        made: Table = score_frame(self.tables, frame, detail, on_error, scaled=scaled)
        return made

    def _check(self, tally: object, *, strict: bool = False) -> tallies.Checked:
        shared = {rule.path: rule.rule.input or "" for item in self.plan.items for rule in item.rules}
        paths, excused = {**dict.fromkeys(known_paths(self.text), ""), **shared}, self.plan.excused
        return tallies.check(
            self.inputs, tally, strict=strict, excused=excused, paths=paths, language=self.text.language
        )


# Hypothesis, if it was imported before, is told of the class now (see testing/registration.py).
for callback in waiting.for_rubric:
    callback(Rubric)
