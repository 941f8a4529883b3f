"""Plan + values -> score card: what `score` gives back, with its whole audit trace.

A card that was just scored keeps whole numbers, and builds its rows when they are first asked for. A card
that was read from its written form is a record.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol, Self

from govrubric.diagnostics.diagnostic import CardError, Diagnostic, TallyError, dotted, lang
from govrubric.diagnostics.display import plain
from govrubric.numbers import Exact, decimal, written
from govrubric.scoring import card_json
from govrubric.scoring.audit import audit
from govrubric.scoring.explain import render_text
from govrubric.scoring.ledger import Given, ItemScore, Record, RuleScore
from govrubric.scoring.marginal import Marginal, marginal
from govrubric.scoring.row_builder import ScoredUnit, item_rows, record_of
from govrubric.version import __version__

_set = object.__setattr__  # past the `__setattr__` of the card, which refuses every assignment


class Scorer(Protocol):
    """A rubric, as far as `verify` and `marginal` need it."""

    @property
    def digest(self) -> str: ...

    def score(
        self, tally: Mapping[str, Any], *, unit: str | None = None, name: str | None = None
    ) -> "ScoreCard": ...


class ScoreCard:
    """One unit's score with its audit trace. Immutable; two cards are equal when their JSON is."""

    __slots__ = ("_record", "_rows", "_scored", "_stated")

    _scored: ScoredUnit | None
    _record: Record | None
    _rows: tuple[ItemScore, ...] | None
    _stated: dict[str, Any] | None

    def __init__(
        self, scored: ScoredUnit | None, record: Record | None = None, stated: dict[str, Any] | None = None
    ) -> None:
        """A card of a unit that was just scored, or of a record; `stated` is the plain data that was read."""
        _set(self, "_scored", scored)
        _set(self, "_rows", None)
        _set(self, "_record", record)
        _set(self, "_stated", stated)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a score card does not change: {name}")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a score card does not change: {name}")

    def __reduce__(self) -> tuple[type["ScoreCard"], tuple[None, Record, dict[str, Any] | None]]:
        return ScoreCard, (None, self.record, self._stated)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ScoreCard) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash((self.total, self.unit))

    def __repr__(self) -> str:
        total = "no score" if self.total is None else written(Fraction(self.total))
        return f"<ScoreCard {self.record.header.rubric} {plain(self.unit or '')} {total}>"

    @property
    def record(self) -> Record:
        """Everything that the card says."""
        if self._scored is None:
            assert self._record is not None
            return self._record
        return record_of(self._scored, self._items)

    @property
    def _items(self) -> tuple[ItemScore, ...]:
        if self._scored is None:
            return self.record.items
        if self._rows is None:
            _set(self, "_rows", item_rows(self._scored))
        assert self._rows is not None
        return self._rows

    @property
    def unit(self) -> str | None:
        """The unit that was scored, as its tally names it."""
        return self._scored.unit if self._scored else self.record.header.unit

    @property
    def name(self) -> str | None:
        """The unit's name for people."""
        return self._scored.name if self._scored else self.record.header.name

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
        return self._scored.layout.grade(self._scored.kept) if self._scored else self.record.header.grade

    @property
    def maximum(self) -> Exact:
        """Full marks of the whole rubric."""
        return self.record.header.maximum

    @property
    def items(self) -> Mapping[str, ItemScore]:
        """Every item by its path, from the rubric (the empty path) down, in file order."""
        return {item.path: item for item in self._items}

    @property
    def rules(self) -> Mapping[str, RuleScore]:
        """Every rule by its path, in the order in which the rules took effect."""
        return {rule.path: rule for item in self._items for rule in item.rules}

    @property
    def inputs(self) -> Mapping[str, Given]:
        """Every input by its name, with its evidence."""
        return {given.name: given for given in self.record.inputs}

    @property
    def assumed(self) -> tuple[str, ...]:
        """The counts and flags that the tally left out, taken as 0 and false."""
        return tuple(given.name for given in self.record.inputs if given.assumed)

    def explain(self, language: str | None = None) -> str:
        """The card as a readable tree, in the rubric's language or in the one named.

        Of a card that was read, the last line says so: `verify` tells whether what stands above it is true.
        """
        spoken = lang(language or self.record.header.language)
        return render_text(self.record, spoken, read=self._stated is not None)

    def to_dict(self) -> dict[str, Any]:
        """The card as plain data (format 1, described in the manual under “The card as JSON”)."""
        return card_json.to_dict(self.record)

    def to_json(self) -> str:
        """The card as text: the same bytes for the same card on every machine."""
        return card_json.dumps(self.to_dict())

    @classmethod
    def from_json(cls, text: str) -> Self:
        """A card's JSON text -> the card, which `verify` judges; raises `CardError` for any other text."""
        return cls.from_dict(card_json.parse(text))

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """A card's plain data -> the card, which `verify` judges; raises `CardError` for other data."""
        own = card_json.own(data)
        return cls(None, card_json.from_dict(own), own)

    def verify(self, rubric: Scorer | None = None) -> tuple[Diagnostic, ...]:
        """What is wrong with the card: nothing when the ledger adds up at every item and both seals fit.

        With the rubric, the card is computed anew from its inputs and compared in full.
        """
        findings = audit(self.record)
        if rubric is not None and not findings:
            findings = self._recomputed(rubric)
        return (*findings, *self._broken_seals())

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
        if findings := self.verify(rubric):
            raise CardError(findings)
        again = rubric.score(self._tally, unit=self.unit, name=self.name)
        return again.marginal()

    @property
    def _tally(self) -> dict[str, Any]:
        """The tally that was scored, with its evidence and notes."""
        return {
            given.name: {
                "value": given.value,
                "evidence": given.evidence,
                **({"note": given.note} if given.note else {}),
            }
            for given in self.record.inputs
            if not given.assumed
        }

    def _broken_seals(self) -> list[Diagnostic]:
        """GR705: where the data that was read, its two digests included, is not what the card would write."""
        if self._stated is None:
            return []
        return [
            Diagnostic.of("GR705", None, path, at=dotted(path), stated=stated, computed=computed)
            for path, stated, computed in card_json.differences(self._stated, card_json.to_dict(self.record))
        ]

    def _recomputed(self, rubric: Scorer) -> list[Diagnostic]:
        """GR706 and GR707: whether the rubric is the card's, and where scoring anew comes to another card."""
        header = self.record.header
        if header.digest != rubric.digest:
            return [Diagnostic.of("GR706", stated=header.digest, computed=rubric.digest)]
        try:
            again = rubric.score(self._tally, unit=self.unit, name=self.name).to_dict()
        except TallyError as error:
            return list(error.diagnostics)
        # Another version of the engine must come to the same figures; only its number, sentences and seal may
        # differ.
        changed = card_json.differences(self.to_dict(), {**again, "engine_version": header.engine})
        return [
            Diagnostic.of("GR707", None, path, at=dotted(path), stated=stated, computed=computed)
            for path, stated, computed in changed
            if header.engine == __version__ or path[-1] not in ("digest", "sentence")
        ]
