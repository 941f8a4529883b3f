"""What a verb owes: fields, inputs, one formula, one sentence."""

from abc import abstractmethod
from collections.abc import Mapping
from fractions import Fraction
from typing import ClassVar

from pydantic import Field

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula.build import scale, within
from govrubric.formula.nodes import Formula, Input
from govrubric.language.fields import Authored, Expression, Id, Model, Note, Positive, Text, WasPath
from govrubric.numbers import written

Value = Fraction | str
"""What an input was given: a number (a flag is 0 or 1), or the name that was chosen."""


class Rule(Model):
    """One rule of a leaf item. A verb is a subclass with a field of its own name.

    `forfeits` marks the verb whose effect is whatever is left of the balance. Every other verb says its effect on the
    item's balance as a formula, added when above zero and taken away when below (language, section 5).
    """

    verb: ClassVar[str]
    forfeits: ClassVar[bool] = False

    id: Id = Field(description="the rule's name in paths and conditions", examples=["late"])
    was: WasPath | None = Field(
        default=None,
        description="the rule's path in the rubric that this one follows, where it had another; it changes no score",
        examples=["basics.yearbook.late"],
    )
    input: Text | None = Field(
        default=None,
        description="reads this input instead of one of its own: a fact, or the input of another rule by its path",
        examples=["days_late"],
    )
    when: Authored | None = Field(
        default=None, description="the rule acts only while this holds", examples=["class == 'A'"]
    )
    at_most: Positive | None = Field(
        default=None, description="the most that this rule gives or takes", examples=["3"]
    )
    clause: Text | None = Field(
        default=None, description="the official wording, word for word", examples=["每例扣0.1分"]
    )
    note: Note = None

    @abstractmethod
    def inputs(self, path: str) -> tuple[Input, ...]:
        """What a tally gives this rule; `path` is the rule's own."""

    @abstractmethod
    def effect(self, inputs: tuple[Formula, ...], full: Fraction) -> Formula:
        """What the clause gives (above zero) or takes (below), before `at_most`; `full` is the item's full marks.

        A rule with `authored` text is handed the formula that the text means, instead of its inputs.
        """

    @abstractmethod
    def sentence(self, lang: Lang) -> str:
        """The rule in words."""

    @abstractmethod
    def working(self, given: tuple[Value, ...], full: Fraction, result: str, lang: Lang) -> str:
        """How the raw effect comes from what was given, as an office would write it: ``3 例 × 0.1 = 0.3``.

        `result` is the effect without its sign, as the ledger has it; nothing is computed here a second time.
        """

    def amounts(self) -> tuple[Fraction, ...]:
        """The points that a clause would name, below zero where it takes them; none of a verb whose clause names none."""
        return ()

    def outcomes(self, inputs: tuple[Formula, ...]) -> tuple[tuple[str, Formula], ...]:
        """The ways in which the rule may turn out, each with the flag that it did, where the verb lists them."""
        return ()

    @property
    def authored(self) -> Expression | None:
        """The text that says the effect, in a verb that has one; its field is named as the verb is."""
        return None

    def raw(self, inputs: tuple[Formula, ...], full: Fraction, share: Fraction = Fraction(1)) -> Formula:
        """The effect, or a `share` of it, no more than `at_most` either way."""
        effect = scale(self.effect(inputs, full), share)
        return effect if self.at_most is None else within(effect, -self.at_most, self.at_most)

    def says(self, lang: Lang) -> str:
        """The whole rule in words, with its cap and its condition."""
        condition = {"en": ", when {}", "zh": "（条件：{}）"}[lang].format(self.when) if self.when else ""
        return self.sentence(lang) + self.cap(lang) + condition

    def cap(self, lang: Lang) -> str:
        """The words for `at_most`, where there is one."""
        if self.at_most is None:
            return ""
        return {"en": ", at most {}", "zh": "，最多 {} 分"}[lang].format(written(self.at_most))

    def problems(self) -> tuple[tuple[str, str, Mapping[str, str]], ...]:
        """What is wrong between the fields of the rule: code, key and arguments."""
        return ()


def figure(value: Value) -> Fraction:
    """What was given to an input that is no choice."""
    assert isinstance(value, Fraction), "only a choice is given as text"
    return value


def shown(value: Value) -> str:
    """What was given, in digits or by name."""
    return value if isinstance(value, str) else written(value)
