"""Plan + values -> score card: what `score` gives back, with its whole audit trace.

A card that was just scored keeps whole numbers, and builds its rows when they are first asked for. A card
that was read from its written form is a record.
"""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Protocol, Self

from govrubric.diagnostics.diagnostic import CardError, Diagnostic, Lang, Path, TallyError, dotted, lang
from govrubric.diagnostics.display import plain
from govrubric.numbers import Exact, decimal
from govrubric.scoring import card_json, card_reader
from govrubric.scoring.audit import audit
from govrubric.scoring.comparing import CardComparison, compared
from govrubric.scoring.explain import render_text
from govrubric.scoring.ledger import GateScore, Given, ItemScore, Record, RuleScore, ShownValue
from govrubric.scoring.marginal import Marginal, marginal
from govrubric.scoring.same_rubric import Digests, in_words, other_rubric
from govrubric.scoring.scored_unit import ScoredUnit, item_rows, record_of, value_rows
from govrubric.version import __version__

_set = object.__setattr__  # past the `__setattr__` of the card, which refuses every assignment
# What in a card may differ from one version of the engine to another, besides its number.
OF_ENGINE = frozenset(("sentence", "digest"))


class Scorer(Digests, Protocol):
    """A rubric, as far as `verify` and `marginal` need it."""

    def score(
        self, tally: Mapping[str, Any], *, unit: str | None = None, name: str | None = None
    ) -> "ScoreCard": ...

    def _named(self, variant: str | None, readings: Mapping[str, str]) -> "Scorer | None": ...


class ScoreCard:
    """One unit's score with its audit trace. Immutable; two cards are equal when all that they say is."""

    __slots__ = ("_digest", "_read", "_rows", "_scored", "_stated")

    _scored: ScoredUnit | None
    _read: Record | None
    _stated: str | dict[str, Any] | None
    _rows: tuple[ItemScore, ...] | None
    _digest: str | None

    def __init__(
        self,
        scored: ScoredUnit | None,
        read: Record | None = None,
        stated: str | dict[str, Any] | None = None,
    ) -> None:
        """A card of a unit that was just scored, or of a record.

        `stated` is the text or the plain data that the record was read from.
        """
        _set(self, "_scored", scored)
        _set(self, "_read", read)
        _set(self, "_stated", stated)
        _set(self, "_rows", None)
        _set(self, "_digest", None)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a score card does not change: {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a score card does not change: {name}")

    def __reduce__(self) -> tuple[type["ScoreCard"], tuple[None, Record, str | dict[str, Any] | None]]:
        return ScoreCard, (None, self._record, self._stated)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ScoreCard):
            return NotImplemented
        mine, theirs = self._scored, other._scored
        if mine is not None and theirs is not None and mine.layout.digest == theirs.layout.digest:
            return mine[1:] == theirs[1:]  # the same rubric gives the same card for the same tally
        return self.digest == other.digest

    def __hash__(self) -> int:
        return hash((self.unit, self.name, self.total))

    def __repr__(self) -> str:
        total = "no score" if self.total is None else str(self.total)
        words = filter(None, (self.rubric_id, plain(self.unit or ""), total))
        return f"<ScoreCard {' '.join(words)}>"

    @property
    def _record(self) -> Record:
        """Everything that the card says."""
        if self._scored is None:
            assert self._read is not None
            return self._read
        return record_of(self._scored, self._items)

    @property
    def _items(self) -> tuple[ItemScore, ...]:
        if self._scored is None:
            return self._record.items
        if self._rows is None:
            _set(self, "_rows", item_rows(self._scored))
        assert self._rows is not None
        return self._rows

    @property
    def unit(self) -> str | None:
        """The unit that was scored, as its tally names it."""
        return self._scored.unit if self._scored else self._record.header.unit

    @property
    def name(self) -> str | None:
        """The unit's name for people."""
        return self._scored.name if self._scored else self._record.header.name

    @property
    def rubric_id(self) -> str:
        """The id of the rubric that scored the unit."""
        return self._scored.layout.text.id if self._scored else self._record.header.rubric

    @property
    def rubric_digest(self) -> str:
        """The `digest` of that rubric."""
        return self._scored.layout.digest if self._scored else self._record.header.digest

    @property
    def scoring_digest(self) -> str:
        """The `scoring_digest` of that rubric."""
        return self._scored.layout.scoring_digest if self._scored else self._record.header.scoring_digest

    @property
    def variant(self) -> str | None:
        """The variant of the rubric by which the unit was scored; ``None`` is the rubric as it stands."""
        used = self._scored.layout.variant if self._scored else self._record.header.variant
        return None if used is None else used.id

    @property
    def readings(self) -> Mapping[str, str]:
        """The option of each ambiguity that was read otherwise than the rubric decides, by their ids."""
        used = self._scored.layout.readings if self._scored else self._record.header.readings
        return {reading.ambiguity: reading.option for reading in used}

    @property
    def engine_version(self) -> str:
        """The version of govrubric that scored the unit."""
        return __version__ if self._scored else self._record.header.engine

    @property
    def digest(self) -> str:
        """The seal of the card, equal for equal cards: ``sha256:`` and the SHA-256 of all that it says."""
        if self._digest is None:
            _set(self, "_digest", self._written()[1])
        assert self._digest is not None
        return self._digest

    @property
    def total(self) -> Decimal | None:
        """The published total, rounded as the rubric says; ``None`` where a gate took it away."""
        scored = self._scored
        if scored:
            layout, kept = scored.layout, scored.kept
            return None if layout.is_void(kept) else decimal(layout.total[kept[0]])
        total = self._items[0].contribution
        return None if total is None else decimal(total)

    @property
    def exact_total(self) -> Exact | None:
        """The total before its rounding; ``None`` where there is no total."""
        return card_json.exact_total(self._items[0])

    @property
    def grade(self) -> str | None:
        """The grade of the whole; ``None`` where the rubric gives none."""
        return self._scored.layout.grade(self._scored.kept) if self._scored else self._record.header.grade

    @property
    def maximum(self) -> Exact:
        """Full marks of the whole rubric."""
        return self._record.header.maximum

    @property
    def items(self) -> Mapping[str, ItemScore]:
        """Every item by its path, from the rubric (the empty path) down, in file order."""
        return {item.path: item for item in self._items}

    @property
    def rules(self) -> Mapping[str, RuleScore]:
        """Every rule by its path, in the order in which the rules took effect."""
        return {rule.path: rule for item in self._items for rule in item.rules}

    @property
    def gates(self) -> Mapping[str, GateScore]:
        """Every gate by its path, in the order in which the gates took effect."""
        return {gate.path: gate for item in self._items for gate in item.gates}

    @property
    def inputs(self) -> Mapping[str, Given]:
        """Every input by its name, with its evidence."""
        return {given.name: given for given in self._record.inputs}

    @property
    def values(self) -> Mapping[str, ShownValue]:
        """Every named value that the rubric shows, by its path, in file order."""
        rows = self._record.values if self._scored is None else value_rows(self._scored)
        return {value.path: value for value in rows}

    @property
    def assumed(self) -> tuple[str, ...]:
        """The counts and flags that the tally left out, taken as 0 and false."""
        return tuple(given.name for given in self._record.inputs if given.assumed)

    def explain(self, language: str | None = None) -> str:
        """The card as a readable tree, in the rubric's language or in the one named.

        Of a card that was read, the last line says so: `verify` tells whether what stands above it is true.
        """
        spoken = lang(language or self._record.header.language)
        return render_text(self._spoken(spoken), spoken, read=self._stated is not None)

    def _spoken(self, language: Lang) -> Record:
        """Everything that the card says, with sentences in a language; of a card that was read, its own."""
        if self._scored is None or language == self._scored.layout.lang:
            return self._record
        return record_of(self._scored, item_rows(self._scored, language))

    def to_dict(self) -> dict[str, Any]:
        """The card as plain data (format 1, described in the manual under “The card as JSON”)."""
        if self._scored is None:
            return card_json.to_dict(self._record)
        data: dict[str, Any] = json.loads(self.to_json())
        return data

    def to_json(self, *, indent: int | None = 1) -> str:
        """The card as text: the same bytes for the same card on every machine.

        `indent` is as in `json.dumps`; any of them can be read back.
        """
        return self._written()[0] if indent == 1 else card_json.dumps(self.to_dict(), indent)

    def _written(self) -> tuple[str, str]:
        """The card as text, and its digest."""
        if self._scored is not None:
            return self._scored.layout.template.written(self._scored)
        data = card_json.to_dict(self._record)
        return card_json.dumps(data), data["digest"]

    @classmethod
    def from_json(cls, text: str) -> Self:
        """A card's JSON text -> the card, which `verify` judges; raises `CardError` for any other text.

        Of what ``score --format json`` writes, it takes a single card; `read_cards` takes any number.
        """
        whole = card_reader.parse(text)
        data = card_reader.only(whole)
        return cls(None, card_reader.read(data, text), text if data is whole else data)

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """A card's plain data -> the card, which `verify` judges; raises `CardError` for other data."""
        own = card_reader.own(data)
        return cls(None, card_reader.from_dict(own), own)

    def verify(self, rubric: Scorer | None = None) -> tuple[Diagnostic, ...]:
        """What is wrong with the card: nothing when the ledger adds up at every item and both seals fit.

        With the rubric, the card is computed anew from its inputs and compared in full. Where the rubric has
        other words than the card's and scores the same, only figures are compared, and a warning says so.
        """
        findings = audit(self._record)
        if rubric is not None and not findings:
            rubric = self._own(rubric)
            again = self._again(rubric)
            if isinstance(again, ScoreCard) and again._writes(self):
                return ()
            findings = again if isinstance(again, list) else self._unlike(again, rubric)
        return (*findings, *self._broken_seals())

    def _writes(self, other: "ScoreCard") -> bool:
        """Whether another card is, or was read from, the very text that this one writes."""
        stated = other._stated
        if isinstance(stated, dict):
            return False  # it is compared value by value
        return self.to_json() == (other.to_json() if stated is None else stated)

    def compare(self, other: "ScoreCard") -> CardComparison:
        """Another card of the same unit, such as the official one beside the unit's own -> what differs.

        The difference is taken apart into what each item, rule, gate and rounding makes of it, with the
        counts that differ; these add up to the difference of the totals exactly. Of a card that was read,
        this is what it says: `verify` tells whether that is true.

        Raises:
            ValueError: if the cards are of two rubrics, or of two variants of one, or of two units.
        """
        return compared(self, other)

    def marginal(self, rubric: Scorer | None = None) -> tuple[Marginal, ...]:
        """What one case more or fewer changes: rows in the order of the inputs.

        There is a row for each count one higher and one lower, each flag turned, and each other choice. A
        count of 0 has no lower one; judged, converted and measured numbers stay as they are. A card that was
        read or unpickled needs its rubric, which scores it anew.

        Raises:
            ValueError: for such a card without its rubric.
            CardError: with every finding, if the card does not verify against the rubric.
        """
        if rubric is None:
            if self._scored is None:
                raise ValueError("this card was read, so that it needs its rubric: card.marginal(rubric)")
            return marginal(self._scored)
        findings = self.verify(rubric)
        if any(finding.severity == "error" for finding in findings):
            raise CardError(findings)
        again = self._own(rubric).score(self._tally, unit=self.unit, name=self.name)
        return again.marginal()

    def _own(self, rubric: Scorer) -> Scorer:
        """The variant and readings of a rubric that the card names; the rubric itself where it has none."""
        return rubric._named(self.variant, self.readings) or rubric

    @property
    def _tally(self) -> dict[str, Any]:
        """The tally that was scored, with its evidence and notes."""
        tally: dict[str, Any] = {}
        for given in self._record.inputs:
            if not given.assumed:
                beside = {"note": given.note} if given.note else {}
                is_plain = not (given.evidence or given.note)
                tally[given.name] = (
                    given.value if is_plain else {"value": given.value, "evidence": given.evidence, **beside}
                )
        return tally

    def _broken_seals(self) -> list[Diagnostic]:
        """GR705: where the data that was read, its two digests included, is not what the card would write."""
        if self._stated is None:
            return []
        stated = json.loads(self._stated) if isinstance(self._stated, str) else self._stated
        return _unequal("GR705", card_json.differences(stated, card_json.to_dict(self._record)))

    def _again(self, rubric: Scorer) -> "ScoreCard | list[Diagnostic]":
        """The card scored anew; or why not: the rubric scores otherwise, or refuses values."""
        other = self._other_rubric(rubric)
        if other is not None and other.severity == "error":
            return [other]
        try:
            return rubric.score(self._tally, unit=self.unit, name=self.name)
        except TallyError as error:
            return list(error.diagnostics)

    def _other_rubric(self, rubric: Scorer) -> Diagnostic | None:
        header = self._record.header
        return other_rubric(header.digest, header.scoring_digest, rubric)

    def _unlike(self, again: "ScoreCard", rubric: Scorer) -> list[Diagnostic]:
        """GR707: where scoring anew comes to another card; GR710 where the words of the rubric differ.

        Another version of the engine, and a rubric of other words, must come to the same figures.
        """
        engine, other = self._record.header.engine, self._other_rubric(rubric)

        def may_differ(path: Path) -> bool:
            return (engine != __version__ and path[-1] in OF_ENGINE) or (other is not None and in_words(path))

        computed = {**again.to_dict(), "engine_version": engine}
        changes = card_json.differences(self.to_dict(), computed)
        found = _unequal("GR707", [change for change in changes if not may_differ(change[0])])
        return found if other is None else [other, *found]


def _unequal(code: str, changes: Iterable[tuple[Path, str, str]]) -> list[Diagnostic]:
    return [
        Diagnostic.of(code, None, path, at=dotted(path), stated=stated, computed=computed)
        for path, stated, computed in changes
    ]


def verify_many(cards: Iterable[ScoreCard], rubric: Scorer | None = None) -> list[tuple[Diagnostic, ...]]:
    """The cards of one file or table -> what is wrong with each, as `verify` says it, in their order.

    A unit may have one card: a second is a finding (GR633) of that card.
    """
    units: set[str] = set()
    found = []
    for card in cards:
        findings = card.verify(rubric)
        if card.unit in units:
            findings += (Diagnostic.of("GR633", None, ("unit",), unit=card.unit),)
        elif card.unit is not None:
            units.add(card.unit)
        found.append(findings)
    return found
