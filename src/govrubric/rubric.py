"""A linted rubric that scores: the object that users hold."""

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, Self, TypeVar, final

from govrubric import rubric_callbacks
from govrubric.choices import Choices, Choosable
from govrubric.diagnostics.bounded import few
from govrubric.diagnostics.diagnostic import Diagnostic, RubricError, TallyError
from govrubric.diagnostics.display import plain
from govrubric.formula import nodes
from govrubric.inventory import Inventory
from govrubric.language.canonical import canonical
from govrubric.language.chosen import AS_IT_STANDS, Chosen
from govrubric.language.rubric_text import RubricText
from govrubric.lint import variants
from govrubric.lint.structure import known_paths, lint
from govrubric.lint.variants import Made
from govrubric.numbers import decimal
from govrubric.plan.plan import Plan, PlannedItem
from govrubric.plan.planner import make_plan
from govrubric.plan.scoring_text import scoring_text
from govrubric.scoring import tally as tallies
from govrubric.scoring.card import ScoreCard
from govrubric.scoring.derived_flags import DerivedFlags
from govrubric.scoring.evaluator import Evaluator
from govrubric.scoring.input_names import NearInputs
from govrubric.scoring.plain_tally import PlainTallies
from govrubric.scoring.row_builder import Evidence
from govrubric.scoring.scored_unit import Form, ScoredUnit
from govrubric.scoring.tally import agreed, own_label, unit_said, variant_said
from govrubric.scoring.unit import Tally, Unit, unit_of

if TYPE_CHECKING:
    from govrubric.scoring.tally_model import TallyModel
    from govrubric.tables.scorer import TableScorer

Table = TypeVar("Table")

MOST = 1000  # findings, after which no further units are scored

_NOTHING: Evidence = MappingProxyType({})
_NOTHING_SAID: Mapping[str, str | None] = MappingProxyType({})


def _sha256(text: str) -> str:
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _again(base: "Rubric", chosen: Chosen) -> "Rubric":
    """A variant or reading that was pickled."""
    return base._choices.of(chosen.variant, dict(chosen.readings))


@final
class Rubric(Choosable, Inventory):
    """A rubric whose every field and sum was checked. Immutable; equal to a rubric whose text means the same.

    Made by `load`, `loads` and `shipped`, or from a `RubricText` built in Python; raises `RubricError`
    with every finding. Scoring is exact and depends on nothing but its arguments, so that threads may share a
    rubric.
    """

    def __init__(self, text: RubricText) -> None:
        plan, found = lint(text)
        others, wrong = variants.of_text(text)
        if found or wrong:
            raise RubricError([*(finding.diagnostic() for finding in found), *wrong], text.language)
        self._hold(text, plan, (), others)

    @classmethod
    def _linted(
        cls,
        text: RubricText,
        plan: Plan | None = None,
        warnings: tuple[Diagnostic, ...] = (),
        others: Iterable[Made] = (),
    ) -> Self:
        """A rubric of a text that the loader has linted; the loader can give the place of each finding.

        `others` are the rubrics that its variants and readings make.
        """
        rubric = cls.__new__(cls)
        rubric._hold(text, plan, warnings, others)
        return rubric

    def _hold(
        self, text: RubricText, plan: Plan | None, warnings: tuple[Diagnostic, ...], others: Iterable[Made]
    ) -> None:
        held = {"_text": text, "_warnings": warnings, "_chosen": AS_IT_STANDS}
        for name, value in {**held, **({} if plan is None else {"_plan": plan})}.items():
            object.__setattr__(self, name, value)
        for made in others:
            self._choices.add(made)

    _warnings: tuple[Diagnostic, ...]

    @cached_property
    def _choices(self) -> Choices[Self]:
        return Choices(self._text, self, self._variation)

    def _variation(self, made: Made) -> Self:
        """The rubric that a variant or readings make of this one."""
        assert made.text is not None, "what has errors is no rubric"
        rubric = type(self)._linted(made.text, made.plan)
        object.__setattr__(rubric, "_chosen", made.chosen)
        object.__setattr__(rubric, "_choices", self._choices)
        return rubric

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a rubric does not change: {plain(name)}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a rubric does not change: {plain(name)}")

    def __reduce__(self) -> tuple[Callable[..., "Rubric"], tuple[Any, ...]]:
        if self._chosen:
            return _again, (self._choices.base, self._chosen)
        return Rubric._linted, (self._text, None, self._warnings)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rubric) and (self._text, self._chosen) == (other._text, other._chosen)

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        return f"<Rubric {self._text.id} {self.digest[:19]}>"

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        """What loading found and did not refuse, in file order; empty of a rubric built in Python.

        `check` looks for more than loading does.
        """
        return self._warnings

    @property
    def digest(self) -> str:
        """``sha256:`` and the SHA-256 of `to_text` in UTF-8: equal for texts that differ only in layout."""
        return self._digest

    @cached_property
    def _digest(self) -> str:
        return _sha256(self.to_text())

    @property
    def scoring_digest(self) -> str:
        """``sha256:`` and a SHA-256 of all that can change a figure: equal for rubrics that score alike.

        Figures are the total and grade, the score of each item, every number of a card's rows, and which
        tallies are taken and how they are read. Titles, clauses, notes, cases, names of units, the rubric's
        own id and a default that is spelled out change the `digest` alone; ids of items, rules and inputs,
        and their order, change this one too, since they name the rows of a card.
        """
        return self._scoring_digest

    @cached_property
    def _scoring_digest(self) -> str:
        return _sha256(scoring_text(self._plan))

    @cached_property
    def _plan(self) -> Plan:
        """The rubric as lines of formulas."""
        return make_plan(self._text)

    @cached_property
    def _inputs(self) -> Mapping[str, nodes.Input]:
        return MappingProxyType({given.name: given for given in self._plan.inputs})

    @cached_property
    def _items(self) -> dict[str, PlannedItem]:
        return {item.path: item for item in self._plan.items}

    @cached_property
    def _evaluator(self) -> Evaluator:
        return Evaluator(self._plan)

    @cached_property
    def _plain_tallies(self) -> PlainTallies:
        return PlainTallies(self._inputs)

    @cached_property
    def _layout(self) -> Form:
        used = self._choices.used(self._chosen)
        return Form(self._text, self._plan, self.digest, self.scoring_digest, *used)

    @cached_property
    def _tables(self) -> "TableScorer":
        """The scorer of tables of many units."""
        from govrubric.tables.scorer import TableScorer

        return TableScorer(self._plan, self._text.language)

    def to_text(self) -> str:
        """The rubric as YAML in one fixed form: loading it gives an equal rubric.

        Of a rubric near the limit of size, this text may be larger than the limit.
        """
        return canonical(self._text)

    def score(
        self,
        tally: Tally,
        *,
        unit: str | None = None,
        strict: bool = False,
        name: str | None = None,
    ) -> ScoreCard:
        """A tally -> its score card.

        Args:
            tally: counts (`int`, a `Decimal` that is whole, or anything else with ``__index__``), flags
                (`bool`), choices (their name), and judged, converted or measured numbers (all that is a
                count, `Decimal`, `Fraction` or digits as text) by dotted or nested name; each alone, or as
                ``{"value": …, "evidence": […], "note": …}``. It may also have the `unit` and its `name`.
            unit: which unit was scored, and `name`: what people call it; both are printed on the card, and
                neither may hold a character that cannot be seen. Empty text is none.
            strict: refuse a tally that leaves out a count or a flag.

        Raises:
            TallyError: with the findings, if anything in the tally is wrong: a hundred at most, of which the
                last says how many more there are.
        """
        try:
            return self._scored(tally, unit, name, strict=strict, labelled=True)
        except TallyError as error:
            raise TallyError(few(error.diagnostics), error.language) from None

    def score_all(self, tallies: Iterable[Tally | Unit], *, strict: bool = False) -> list[ScoreCard]:
        """Tallies of many units, each as `score` takes it or a `Unit` of `read` -> their score cards.

        Raises:
            TallyError: with the findings of all units, if anything is wrong. The path of each begins with the
                code of its unit, or with the number of the tally, counted from 0, where it has none.
        """
        near = NearInputs(self._inputs)
        cards: list[ScoreCard] = []
        found: list[Diagnostic] = []
        for index, given in enumerate(tallies):
            known = given if isinstance(given, Unit) else Unit(None, None, given)
            try:
                card = self._of_variant(known.variant)._scored(
                    known.tally, known.unit, known.name, strict=strict, labelled=True, near=near
                )
            except TallyError as error:
                at = known.unit or unit_said(known.tally) or index
                found += [replace(finding, path=(at, *finding.path)) for finding in error.diagnostics]
                if len(found) > MOST:
                    break
            else:
                cards.append(card)
        if found:
            raise TallyError(few(found), self._text.language)
        return cards

    def read(self, path: str | os.PathLike[str]) -> tuple[Unit, ...]:
        """A file of tallies (YAML, JSON, CSV, Excel) or a folder of forms -> its units, as commands read it.

        All is checked: each of these units can be scored, but not with `strict` if it leaves something out.

        Raises:
            TallyError: with every finding of the file, each with its place.
        """
        from govrubric import tally_files

        return tally_files.units(self, path)

    def _unit(self, tally: Tally, unit: str | None, name: str | None, near: NearInputs | None) -> Unit:
        """A unit of a file, checked."""
        language = self._text.language
        unit, name = own_label("unit", unit, language), own_label("name", name, language)
        return unit_of(self._inputs, self._check(tally, near=near), unit, name, self._chosen.variant)

    def _scored(
        self,
        tally: Tally,
        unit: str | None,
        name: str | None,
        *,
        strict: bool,
        labelled: bool = False,
        near: NearInputs | None = None,
    ) -> ScoreCard:
        """As `score`; all units of a file share the search for `near` names."""
        if labelled and self._choices.text.variants:
            said, tally_ = variant_said(self._inputs, tally)
            if said is not None:
                rubric = self._of_variant(said)
                return rubric._scored(tally_, unit, name, strict=strict, labelled=True)
        language = self._text.language
        arguments = {"unit": own_label("unit", unit, language), "name": own_label("name", name, language)}
        evaluator = self._evaluator
        # A plain dict of plain values is read and scored by one generated function, and one that is nested,
        # or has evidence, after it was laid out flat; any other tally is checked first.
        result, flat, evidence = None, tally, _NOTHING
        labels: Mapping[str, str | None] = _NOTHING_SAID
        if type(tally) is dict:
            result = evaluator.read_trace(tally)
            if result is None and (laid := self._plain_tallies.flat(tally)) is not None:
                if labelled or not laid.labels:
                    result = evaluator.read_trace(laid.values)
                flat, evidence, labels = laid.values, laid.evidence, laid.labels
        given: frozenset[str] | None
        if result is not None and not (strict and len(flat) < len(result[0])):
            values, trace = result
            given = None if len(flat) == len(values) else frozenset(flat)
        else:
            checked = self._check(tally, strict=strict, labelled=labelled, near=near)
            values, evidence = checked.values, checked.evidence
            given = None if len(checked.given) == len(values) else checked.given
            labels = {"unit": checked.unit, "name": checked.name}
            trace = evaluator.trace(*values)
        unit, name = (agreed(key, arguments[key], labels.get(key), language) for key in tallies.LABELS)
        return ScoreCard(ScoredUnit(self._layout, values, trace, given, evidence, unit, name))

    def total(self, tally: Tally) -> Decimal | None:
        """A tally -> its rounded total, checked as by `score`; ``None`` where a gate voids the score."""
        evaluator = self._evaluator
        result = evaluator.read_total(tally) if type(tally) is dict else None
        if result is None and type(tally) is dict and (laid := self._plain_tallies.flat(tally)) is not None:
            result = evaluator.read_total(laid.values)
        if result is None:
            try:
                result = evaluator.total(*self._check(tally, labelled=True).values)
            except TallyError as error:
                raise TallyError(few(error.diagnostics), error.language) from None
        total, void = result
        return None if void else self._published(total)

    @cached_property
    def _published(self) -> Callable[[int], Decimal]:
        """A total as a whole number -> the total; most units have one of a few thousand."""
        totals = self._layout.total
        return lru_cache(maxsize=8192)(lambda total: decimal(totals[total]))

    def tally_schema(self) -> dict[str, Any]:
        """The JSON Schema (2020-12) of a tally of this rubric, under dotted names, as a new dict.

        It takes all that `score` takes in this form; what it cannot say stands in its descriptions.
        """
        from govrubric.scoring.tally_schema import schema

        return schema(self.title, self._plan.inputs, self._plan.excused)

    def tally_model(self) -> "type[TallyModel]":
        """A model of pydantic for a tally of this rubric: a field for each input, whose alias is its name.

        ``model_validate`` refuses what `score` refuses, at the field that is wrong, with its code as the type
        of the error; ``tally()`` of an instance is what `score` takes. Numbers that are not whole are given
        as text, since JSON becomes floats on its way to a model.
        """
        return self._tally_model

    @cached_property
    def _tally_model(self) -> "type[TallyModel]":
        from govrubric.scoring.tally_model import model

        return model(self.title, self._plan, self._text.language)

    def score_frame(
        self,
        frame: Table,
        *,
        detail: Literal["total", "items", "rules"] = "total",
        on_error: Literal["raise", "report"] = "raise",
        scaled: bool = False,
    ) -> Table:
        """A table with a row for each unit -> the same kind of table, with columns of scores added.

        The numbers are those of `score`.

        Args:
            frame: a frame of polars (eager or lazy), pandas or PySpark, a table of pyarrow, a relation of
                DuckDB, or anything that exports Arrow data, for which a frame of polars is returned. Columns
                with the names of `inputs` are read: counts as whole numbers, flags as booleans, choices as
                text, other numbers as decimals, whole numbers or digits as text. Other columns are carried
                along. An input without a column is 0 or false, as in `score`; an input with a column must
                have a value in every row.
            detail: ``total`` adds ``total``, and ``grade`` where the rubric has grades; ``items`` what each
                item contributes, under its path; ``rules`` also ``<path>:raw`` and ``<path>:applied`` of
                each rule.
            on_error: ``raise`` refuses a table with rows that cannot be scored (a lazy table is read once
                for it); ``report`` keeps them without scores, and the column ``error`` has the code and name
                of each finding.
            scaled: whole numbers instead of decimals, with their denominator in the column's name, such as
                ``total/100``. A number whose digits do not end is always written so.

        Raises:
            TallyError: if a column cannot be read, or with ``raise`` a row: how many there are, and the
                findings of the first.
            ImportError: with the name of the package to install.
        """
        from govrubric.tables.api import score_frame

        scored: Table = score_frame(self._tables, frame, detail, on_error, scaled=scaled)
        return scored

    @cached_property
    def _derived(self) -> DerivedFlags:
        return DerivedFlags(self._plan)

    @cached_property
    def _paths(self) -> dict[str, str]:
        """Every path, with the input that a rule of this path shares, or an empty text."""
        shared = {rule.path: rule.rule.input or "" for item in self._plan.items for rule in item.rules}
        return {**dict.fromkeys(known_paths(self._text), ""), **shared}

    def _check(
        self, tally: object, *, strict: bool = False, labelled: bool = False, near: NearInputs | None = None
    ) -> tallies.Checked:
        return tallies.check(
            self._inputs,
            tally,
            strict=strict,
            labelled=labelled,
            excused=self._plan.excused,
            derived=self._derived,
            paths=self._paths,
            language=self._text.language,
            near=near,
        )


# If Hypothesis was imported before, it learns of the class now (see testing/registration.py).
for _callback in rubric_callbacks.when_defined:
    _callback(Rubric)
