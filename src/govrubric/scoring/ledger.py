"""The rows of a score card: what each item, rule and gate comes to.

Points are on the item's own scale (`out_of`), contributions on the scale of its parent.
"""

from dataclasses import dataclass
from typing import NamedTuple

from govrubric.formula.nodes import Kind
from govrubric.numbers import Exact, Mode


class Header(NamedTuple):
    """What a card says of itself: versions, the rubric, the unit, and its grade."""

    engine: str
    rubric: str
    title: str
    language: str
    digest: str
    scoring_digest: str
    maximum: Exact
    unit: str | None
    name: str | None
    grade: str | None


class Given(NamedTuple):
    """One input: its value with evidence and note; `assumed` where the tally left it out."""

    name: str
    kind: Kind
    unit: str | None
    value: int | bool | str | Exact
    assumed: bool
    evidence: tuple[str, ...]
    note: str | None


class RuleScore(NamedTuple):
    """One rule's effect in points: ``raw == applied + absorbed``; `balance` is the balance after it.

    `sentence` says how the raw effect comes from the inputs: ``3 例 × 0.1 = 0.3``. `counted` is false where
    its item does not apply, or `when` does not hold.
    """

    path: str
    verb: str
    clause: str | None
    when: str | None
    inputs: tuple[str, ...]
    sentence: str
    raw: Exact
    applied: Exact
    absorbed: Exact
    balance: Exact
    counted: bool = True


class GateScore(NamedTuple):
    """One gate: whether it held, and its effect on the balance; one that `voids` takes the score away.

    `sentence` says what it does where its condition holds.
    """

    path: str
    when: str
    clause: str | None
    sentence: str
    voids: bool
    held: bool
    effect: Exact


class Combining(NamedTuple):
    """How a group's parts make its base; a quotient is rounded to so many `places` by the `mode`."""

    how: str
    lowest: int
    highest: int
    places: int
    mode: Mode


class ItemScore(NamedTuple):
    """One item's ledger.

    ``base + Σ applied + Σ gates + rounding == score``, and ``contribution == score × weight ÷ out_of``.

    A group's `base` is what its parts come to, held within floor and ceiling, of which ``None`` is no bound.
    `score`, `lost` and `contribution` are ``None`` where a gate voids the score, here or below. For an item
    that does not apply, every figure is 0, except what its policy lets it contribute. An item that does not
    count contributes 0.
    """

    path: str
    title: str
    clause: str | None
    assessed_by: str | None
    weight: Exact
    out_of: Exact
    floor: Exact | None
    ceiling: Exact | None
    parts: tuple[str, ...]
    combining: Combining | None
    extra: bool
    not_applicable: str | None
    counts_when: str | None
    base: Exact
    rounding: Exact
    score: Exact | None
    lost: Exact | None
    contribution: Exact | None
    rules: tuple[RuleScore, ...]
    gates: tuple[GateScore, ...] = ()
    applies: bool = True
    counts: bool = True

    @property
    def void(self) -> bool:
        """Whether a gate took the score away, here or below."""
        return self.score is None


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that a card says."""

    header: Header
    inputs: tuple[Given, ...]
    items: tuple[ItemScore, ...]
