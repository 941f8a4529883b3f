"""The rows of a score card: what each item, rule and gate comes to.

Numbers are exact: `Decimal` where the digits end, `Fraction` where they do not. Points are on the item's own scale
(`out_of`), contributions on its parent's.
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
    """One input: what was counted, judged, measured or chosen, and on what evidence; `assumed` when the tally left it out."""

    name: str
    kind: Kind
    unit: str | None
    value: int | bool | str | Exact
    assumed: bool
    evidence: tuple[str, ...]
    note: str | None


class Slot(NamedTuple):
    """Where an input stands among a card's values, its denominator, and the names that a choice counts."""

    place: int
    den: int
    options: tuple[str, ...]

    def value(self, values: tuple[int, ...]) -> Value:
        whole = values[self.place]
        return self.options[whole] if self.options else Fraction(whole, self.den)


class Working(NamedTuple):
    """A rule and where its inputs stand among the card's values: enough to make its sentence when somebody reads it."""

    rule: Rule
    slots: tuple[Slot, ...]
    full: Fraction
    language: Lang

    def sentence(self, values: tuple[int, ...], raw: Exact, counted: bool, lang: Lang | None) -> str:
        lang = lang or self.language
        given = tuple(slot.value(values) for slot in self.slots)
        if counted:
            return self.rule.working(given, self.full, written(abs(Fraction(raw))), lang)
        told = ", ".join(value if isinstance(value, str) else written(value) for value in given)
        return {"en": "given {}, not counted", "zh": "填报 {}，不计"}[lang].format(told)


class RuleScore(NamedTuple):
    """One rule's effect in points: ``raw == applied + absorbed``, and `balance` is what stood behind it.

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
        """How the raw effect comes from what was counted, in the rubric's language: ``3 例 × 0.1 = 0.3``."""
        return self.sentence_in(None)

    def sentence_in(self, lang: Lang | None) -> str:
        """The sentence in another language; a card that was written down knows only the one it was written in."""
        return (
            self.working
            if isinstance(self.working, str)
            else self.working.sentence(self.values, self.raw, self.counted, lang)
        )


class Action(NamedTuple):
    """A gate, and the language in which it says what it does unless told."""

    gate: Gate
    language: Lang

    def says(self, lang: Lang | None) -> str:
        lang, gate = lang or self.language, self.gate
        words = {"en": ("no score", "score {}", "at least {}", "at most {}", "grade {}", "grade at most {}"),
                 "zh": ("不予计分", "得分定为 {}", "不低于 {}", "不超过 {}", "等次定为 {}", "等次不高于 {}")}[lang]  # fmt: skip
        numbers = (
            [words[0]]
            if gate.score == "none"
            else [words[1].format(written(gate.score))]
            if isinstance(gate.score, Fraction)
            else []
        )
        numbers += [
            word.format(written(bound))
            for word, bound in zip(words[2:4], (gate.at_least, gate.at_most), strict=True)
            if bound is not None
        ]
        grades = [
            word.format(grade)
            for word, grade in zip(words[4:], (gate.grade, gate.grade_at_most), strict=True)
            if grade is not None
        ]
        return {"en": ", ", "zh": "，"}[lang].join([*numbers, *grades])


class GateScore(NamedTuple):
    """One gate: whether its condition held, and what it did to the balance; one that `voids` takes the score away."""

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
        """The sentence in another language; a card that was written down knows only the one it was written in."""
        return self.action if isinstance(self.action, str) else self.action.says(lang)


class Combining(NamedTuple):
    """How a group's parts make its base; a quotient among them is kept to so many `places`."""

    how: str
    lowest: int
    highest: int
    places: int
    mode: Mode


class ItemScore(NamedTuple):
    """One item's ledger: ``base + Σ applied + Σ gates + rounding == score`` and ``contribution == score × weight ÷ out_of``.

    A group's `base` is what its parts come to, held within floor and ceiling; a bound that is ``None`` is none. `score`, `lost` and
    `contribution` are ``None`` where a gate voids the score, here or below. Of an item that does not apply everything is 0 but for
    what its policy lets it contribute; one that does not count contributes 0.
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
    """A card written down."""

    header: Header
    inputs: tuple[Given, ...]
    items: tuple[ItemScore, ...]
