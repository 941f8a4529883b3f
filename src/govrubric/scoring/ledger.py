"""The rows of a score card: what each item, rule and gate comes to.

Points are on the item's own scale (`out_of`), contributions on the scale of its parent.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from govrubric.formula.nodes import Kind
from govrubric.numbers import Exact


class VariantUsed(NamedTuple):
    """The variant of the rubric by which a unit was scored.

    Attributes:
        id: its name in the rubric.
        title: what people read in place of it; `None` where the rubric does not say.
    """

    id: str
    title: str | None


class ReadingUsed(NamedTuple):
    """A reading by which a unit was scored, other than the one that the rubric has decided on.

    Attributes:
        ambiguity: the id of the ambiguity in the rubric.
        option: the id of the option.
        title: what people read in place of it; `None` where the rubric does not say.
    """

    ambiguity: str
    option: str
    title: str | None


class Header(NamedTuple):
    """What a card says of itself: versions, the rubric, the unit, and its grade."""

    engine: str
    rubric: str
    title: str
    language: str
    digest: str
    scoring_digest: str
    maximum: Exact
    places: int
    unit: str | None
    name: str | None
    grade: str | None
    variant: VariantUsed | None
    readings: tuple[ReadingUsed, ...]


class Given(NamedTuple):
    """One input of a card.

    Attributes:
        name: its name in tallies.
        title: what people read in place of it; `None` where the rubric does not say.
        kind: `count`, `flag`, `number` or `choice`.
        unit: what is counted or measured, for people; `None` where none is written.
        value: a count as `int`, a flag as `bool`, a choice by its name, any other number as `Exact`.
        assumed: whether the tally left it out, so that it was taken for 0 or false.
        evidence: what the value rests on.
        note: a remark in the tally.
    """

    name: str
    title: str | None
    kind: Kind
    unit: str | None
    value: int | bool | str | Exact
    assumed: bool
    evidence: tuple[str, ...]
    note: str | None


class ShownValue(NamedTuple):
    """A named value that the rubric shows.

    Attributes:
        path: its path, by which the rubric names it.
        title: what people read in place of its name; `None` where the rubric does not say.
        kind: `number` or `flag`.
        value: what it came to: a number as `Exact`, a flag as `bool`.
    """

    path: str
    title: str | None
    kind: Literal["number", "flag"]
    value: Exact | bool

    @property
    def shown(self) -> str:
        """What people read: its title, or its name where it has none."""
        return self.title or self.path.rpartition(".")[2]


class RuleScore(NamedTuple):
    """One rule's effect in points of its item: ``raw == applied + absorbed``.

    Attributes:
        path: its path, by which the rubric names it.
        title: what people read in place of its id; `None` where the rubric does not say.
        verb: what kind of rule it is, such as `deduct`.
        clause: the official wording; `None` where none is written.
        when: its condition; `None` where it always acts.
        inputs: the names of the inputs that it reads.
        sentence: how the raw effect comes from the inputs: ``3例×0.1分=0.3分``.
        raw: what the clause gives, or takes below zero.
        applied: what floor and ceiling let through of it.
        absorbed: the rest.
        balance: the balance of the item after it.
        counted: false where its item does not apply, or `when` does not hold.
    """

    path: str
    title: str | None
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

    @property
    def shown(self) -> str:
        """What people read: its title, or its id where it has none."""
        return self.title or self.path.rpartition(".")[2]


class GateScore(NamedTuple):
    """One gate of an item.

    Attributes:
        path: its path.
        title: what people read in place of its id; `None` where the rubric does not say.
        when: its condition.
        clause: the official wording; `None` where none is written.
        sentence: what it does where its condition holds.
        voids: whether it takes the score away where it holds.
        held: whether its condition held.
        effect: what it did to the balance of its item, in points.
    """

    path: str
    title: str | None
    when: str
    clause: str | None
    sentence: str
    voids: bool
    held: bool
    effect: Exact

    @property
    def shown(self) -> str:
        """What people read: its title, or its id where it has none."""
        return self.title or self.path.rpartition(".")[2]


class Combining(NamedTuple):
    """How a group's parts make its base.

    Attributes:
        how: `sum`, `mean`, `min` or `max`.
        lowest: how many of the lowest parts are left out.
        highest: how many of the highest parts are left out.
    """

    how: str
    lowest: int
    highest: int


class ItemScore(NamedTuple):
    """One item's ledger.

    ``base + Σ applied + Σ gates + rounding == score``, and ``contribution == score × weight ÷ out_of``; of an
    item without full marks, ``contribution == score``.

    For an item that does not apply, every figure is 0, except what its policy lets it contribute.

    Attributes:
        path: its path; empty for the rubric as a whole.
        title: its title.
        clause: the official wording; `None` where none is written.
        assessed_by: who assesses it; `None` where the rubric does not say.
        weight: full marks that it adds to its group; `None` of an extra item that has none.
        out_of: full marks on its own scale, on which all its points are; `None` likewise.
        floor: the least that its score can come to; `None` is no bound.
        ceiling: the most that its score can come to; `None` is no bound.
        parts: the paths of its parts.
        combining: how its parts make its base; `None` where it has none.
        extra: whether its points come on top of its group's full marks.
        not_applicable: its policy; `None` where none is written.
        counts_when: the condition on which it counts; `None` where it always does.
        base: where its rules begin: its start, or what its parts come to, held within floor and ceiling.
        rounding: what rounding did to its score.
        score: its score; `None` where a gate took it away, here or below.
        lost: full marks less its score, and never below 0; of an extra item, and of all within it, what it
            is below 0, since a bonus that was not earned is no loss. `None` likewise.
        contribution: what it adds to its group, on the group's scale, 0 where it does not count; `None`
            likewise.
        rules: its rules in the order in which they took effect.
        gates: its gates in order.
        applies: whether it applies.
        counts: whether the condition on which it counts holds.
        excused: whether the condition on which it does not apply holds, and no group around it is excused.
        not_applicable_when: that condition; `None` where the tally says so, or nothing does.
        take: `all`, or `highest` where of its awards, and of its deductions, only the greatest counts.
    """

    path: str
    title: str
    clause: str | None
    assessed_by: str | None
    weight: Exact | None
    out_of: Exact | None
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
    excused: bool = False
    not_applicable_when: str | None = None
    take: str = "all"

    @property
    def void(self) -> bool:
        """Whether a gate took the score away, here or below."""
        return self.score is None

    @property
    def passed_over(self) -> frozenset[str]:
        """The paths of the rules whose effect does not count, since another's is greater or stands first."""
        if self.take == "all":
            return frozenset()
        passed = set[str]()
        for sign in (1, -1):
            acting = [rule for rule in self.rules if rule.raw * sign > 0 and rule.verb != "forfeit"]
            first = max(acting, key=lambda rule: abs(rule.raw), default=None)
            passed.update(rule.path for rule in acting if rule is not first)
        return frozenset(passed)


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that a card says."""

    header: Header
    inputs: tuple[Given, ...]
    items: tuple[ItemScore, ...]
    values: tuple[ShownValue, ...] = ()
