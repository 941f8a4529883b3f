"""Plan + values -> score card: what `score` gives back, with its whole audit trace.

A card keeps whole numbers and builds its rows when somebody looks; written down, it is nothing but data.
"""

from collections.abc import Mapping
from copy import deepcopy
from decimal import Decimal
from fractions import Fraction
from typing import Any, Protocol, Self

from govrubric.diagnostics.diagnostic import CardError, Diagnostic, TallyError, dotted, lang
from govrubric.numbers import Exact, decimal, written
from govrubric.scoring import card_json as record
from govrubric.scoring import card_reader as reading
from govrubric.scoring.audit import audit
from govrubric.scoring.explain import render_text
from govrubric.scoring.ledger import Given, ItemScore, Record, RuleScore
from govrubric.scoring.marginal import Marginal, marginal
from govrubric.scoring.rows import Live, item_rows, record_of
from govrubric.version import __version__

_set = object.__setattr__  # a card sets its own slots so, and nobody else's assignment gets through


class Scorer(Protocol):
    """What `verify` and `marginal` ask of a rubric."""

    @property
    def digest(self) -> str: ...

    def score(
        self, tally: Mapping[str, Any], *, unit: str | None = None, name: str | None = None
    ) -> "ScoreCard": ...


class ScoreCard:
    """One unit's score with its audit trace. Immutable; equal when everything written on it is equal."""

    __slots__ = ("_live", "_record", "_rows", "_stated")

    _live: Live | None
    _record: Record | None
    _rows: tuple[ItemScore, ...] | None
    _stated: dict[str, Any] | None

    def __init__(
        self, live: Live | None, written_down: Record | None = None, stated: dict[str, Any] | None = None
    ) -> None:
        _set(self, "_live", live)
        _set(self, "_rows", None)
        _set(self, "_record", written_down)
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
        return f"<ScoreCard {self.record.header.rubric} {self.unit or ''} {total}>"

    @property
    def record(self) -> Record:
        """Everything that the card says."""
        if self._live is None:
            assert self._record is not None
            return self._record
        return record_of(self._live, self._items)

    @property
    def _items(self) -> tuple[ItemScore, ...]:
        if self._live is None:
            return self.record.items
        if self._rows is None:
            _set(self, "_rows", item_rows(self._live))
        assert self._rows is not None
        return self._rows

    @property
    def unit(self) -> str | None:
        """The unit that was scored, as its tally names it."""
        return self._live.unit if self._live else self.record.header.unit

    @property
    def name(self) -> str | None:
        """The unit's name for people."""
        return self._live.name if self._live else self.record.header.name

    @property
    def total(self) -> Decimal | None:
        """The published total, rounded as the rubric says; ``None`` where a gate took the score away (``score: none``)."""
        live = self._live
        if live:
            return None if live.layout.is_void(live.kept) else decimal(live.layout.total[live.kept[0]])
        stated = self._items[0].contribution
        return None if stated is None else decimal(stated)

    @property
    def exact_total(self) -> Exact | None:
        """The total before its rounding; ``None`` where there is no total."""
        return record.exact_total(self._items[0])

    @property
    def grade(self) -> str | None:
        """The grade of the whole; ``None`` where the rubric gives none."""
        return self._live.layout.grade(self._live.kept) if self._live else self.record.header.grade

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
        """Every rule by its path, in the order in which they took effect."""
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
        """The card as a readable tree, in the rubric's language or in the one named."""
        return render_text(self.record, lang(language or self.record.header.language))

    def to_dict(self) -> dict[str, Any]:
        """The card as plain data (format 1, described in the manual under “The card as JSON”)."""
        return record.to_dict(self.record)

    def to_json(self) -> str:
        """The card as text: the same bytes for the same card on every machine."""
        return record.dumps(self.to_dict())

    @classmethod
    def from_json(cls, text: str) -> Self:
        """A card's text -> the card; raises `CardError` for anything else, or when a digit was changed."""
        return cls.from_dict(reading.parse(text))

    @classmethod
    def from_dict(cls, data: Any) -> Self:
        """A card's plain data -> the card; raises `CardError`. What it says is for `verify` to judge."""
        return cls(None, reading.from_dict(data), deepcopy(data))

    def verify(self, rubric: Scorer | None = None) -> tuple[Diagnostic, ...]:
        """What is wrong with the card: nothing when the ledger adds up at every item and the seals are whole.

        Given the rubric, the card is computed anew from its inputs and compared in full.
        """
        found = audit(self.record)
        if rubric is not None and not found:
            found = self._recomputed(rubric)
        return (*found, *self._broken_seals())

    def marginal(self, rubric: Scorer | None = None) -> tuple[Marginal, ...]:
        """What one case more or fewer changes: a row for each count by one, each flag turned, and every other choice, in the order of the inputs.

        A count of 0 has no fewer; judged, converted and measured numbers stay as they are. A card that was read or unpickled needs its
        rubric, which scores it anew.

        Raises:
            ValueError: for such a card without its rubric; a `CardError` with every finding, if the rubric does not verify it.
        """
        if rubric is None:
            if self._live is None:
                raise ValueError("this card was read, so that it needs its rubric: card.marginal(rubric)")
            return marginal(self._live)
        if found := self.verify(rubric):
            raise CardError(found)
        again = rubric.score(self._tally, unit=self.unit, name=self.name)
        return again.marginal()

    @property
    def _tally(self) -> dict[str, Any]:
        """What was given, as it may be given again."""
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
        if self._stated is None:
            return []
        return [
            Diagnostic.of("GR705", None, path, at=dotted(path), stated=stated, computed=computed)
            for path, stated, computed in record.differences(self._stated, record.to_dict(self.record))
        ]

    def _recomputed(self, rubric: Scorer) -> list[Diagnostic]:
        header = self.record.header
        if header.digest != rubric.digest:
            return [Diagnostic.of("GR706", stated=header.digest, computed=rubric.digest)]
        try:
            again = rubric.score(self._tally, unit=self.unit, name=self.name).to_dict()
        except TallyError as error:
            return list(error.diagnostics)
        # Another version of the engine must come to the same card, so its number, its words and the seal over them may differ.
        changed = record.differences(self.to_dict(), {**again, "engine_version": header.engine})
        return [
            Diagnostic.of("GR707", None, path, at=dotted(path), stated=stated, computed=computed)
            for path, stated, computed in changed
            if header.engine == __version__ or path[-1] not in ("digest", "sentence")
        ]
