"""A rubric, as far as the reading of files of tallies needs it."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from govrubric.formula.nodes import Input
from govrubric.language.rubric_text import RubricText
from govrubric.plan.plan import Plan
from govrubric.scoring.card import ScoreCard
from govrubric.scoring.input_names import NearInputs
from govrubric.scoring.same_rubric import Digests
from govrubric.scoring.tally import LABELS, VARIANT
from govrubric.scoring.unit import Unit


class Scorer(Digests, Protocol):
    """What the reading of files needs of a rubric."""

    @property
    def _inputs(self) -> Mapping[str, Input]: ...

    @property
    def _plan(self) -> Plan: ...

    @property
    def _text(self) -> RubricText: ...

    def _scored(
        self,
        tally: Mapping[str, Any],
        unit: str | None,
        name: str | None,
        *,
        strict: bool,
        labelled: bool,
        near: NearInputs | None,
    ) -> ScoreCard: ...

    def _unit(
        self, tally: Mapping[str, Any], unit: str | None, name: str | None, near: NearInputs | None
    ) -> Unit: ...

    def _of_variant(self, said: object) -> "Scorer": ...

    def _classes(self) -> Sequence["Scorer"]: ...


def labels_of(rubric: Scorer) -> tuple[str, ...]:
    """What a unit may say beside its inputs; its variant where the rubric has any."""
    return (*LABELS, VARIANT) if rubric._text.variants else tuple(LABELS)
