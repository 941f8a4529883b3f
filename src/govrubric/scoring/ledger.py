"""The rows of a score card: what each item, rule and gate comes to.

Numbers are exact: `Decimal` where the digits end, `Fraction` where they do not. Points are on the item's own
scale (`out_of`), contributions on the scale of its parent.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula.nodes import Kind
from govrubric.language.rubric_text import Gate
from govrubric.language.rules._rule import Rule, Value
from govrubric.numbers import Exact, Mode, written


class Header(NamedTuple):
    """What a card says of itself: versions, the rubric, the unit, and its grade."""

    engine: str
    rubric: str
    title: str
    language: str
    digest: str
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


class Slot(NamedTuple):
    """Where an input stands among a card's values, its denominator, and the names that a choice numbers."""

    place: int
    den: int
    options: tuple[str, ...]

    def value(self, values: tuple[int, ...]) -> Value:
        """The input's own value among a card's values."""
        whole = values[self.place]
        return self.options[whole] if self.options else Fraction(whole, self.den)


class Working(NamedTuple):
    """A rule, and where its inputs stand among a card's values, from which its sentence is made."""

    rule: Rule
    slots: tuple[Slot, ...]
    full: Fraction
    language: Lang

    def sentence(self, values: tuple[int, ...], raw: Exact, counted: bool, lang: Lang | None) -> str:
        """How the raw effect comes from the values, in a language or else in the rubric's own."""
        lang = lang or self.language
        given = tuple(slot.value(values) for slot in self.slots)
        if counted:
            return self.rule.working(given, self.full, written(abs(Fraction(raw))), lang)
        shown = ", ".join(value if isinstance(value, str) else written(value) for value in given)
        return {"en": "given {}, not counted", "zh": "填报 {}，不计"}[lang].format(shown)


class RuleScore(NamedTuple):
    """One rule's effect in points: ``raw == applied + absorbed``; `balance` is the balance after it.

    `counted` is false where its item does not apply, or `when` does not hold.
    """

    path: str
    verb: str
    clause: str | None
    when: str | None
    inputs: tuple[str, ...]
    working: str | Working
    raw: Exact
    applied: Exact
    absorbed: Exact
    balance: Exact
    counted: bool = True
    values: tuple[int, ...] = ()

    @property
    def sentence(self) -> str:
        """How the raw effect comes from the inputs, in the rubric's language: ``3 例 × 0.1 = 0.3``."""
        return self.sentence_in(None)

    def sentence_in(self, lang: Lang | None) -> str:
        """The sentence in a language; a card that was read has it only as it was written."""
        if isinstance(self.working, str):
            return self.working
        return self.working.sentence(self.values, self.raw, self.counted, lang)


ACTIONS: dict[Lang, dict[str, str]] = {
    "en": {
        "void": "no score", "score": "score {}", "at_least": "at least {}", "at_most": "at most {}",
        "grade": "grade {}", "grade_at_most": "grade at most {}",
    },
    "zh": {
        "void": "不予计分", "score": "得分定为 {}", "at_least": "不低于 {}", "at_most": "不超过 {}",
        "grade": "等次定为 {}", "grade_at_most": "等次不高于 {}",
    },
}  # fmt: skip


class Action(NamedTuple):
    """A gate, and the language of its rubric."""

    gate: Gate
    language: Lang

    def says(self, lang: Lang | None) -> str:
        """What the gate does where its condition holds, in a language or else in the rubric's own."""
        lang, gate = lang or self.language, self.gate
        phrases = ACTIONS[lang]
        actions = [phrases["void"]] if gate.score == "none" else []
        if isinstance(gate.score, Fraction):
            actions.append(phrases["score"].format(written(gate.score)))
        for key, bound in (("at_least", gate.at_least), ("at_most", gate.at_most)):
            if bound is not None:
                actions.append(phrases[key].format(written(bound)))
        for key, grade in (("grade", gate.grade), ("grade_at_most", gate.grade_at_most)):
            if grade is not None:
                actions.append(phrases[key].format(grade))
        return {"en": ", ", "zh": "，"}[lang].join(actions)


class GateScore(NamedTuple):
    """One gate: whether it held, and its effect on the balance; one that `voids` takes the score away."""

    path: str
    when: str
    clause: str | None
    action: str | Action
    voids: bool
    held: bool
    effect: Exact

    @property
    def sentence(self) -> str:
        """What the gate does where its condition holds, in the rubric's language."""
        return self.sentence_in(None)

    def sentence_in(self, lang: Lang | None) -> str:
        """The sentence in a language; a card that was read has it only as it was written."""
        return self.action if isinstance(self.action, str) else self.action.says(lang)


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
