"""What a verb owes: fields, inputs, one formula, one sentence; and what others may ask of it, with a default.

The default suits a verb whose clause names no points and whose inputs are its own. Lints, coverage, comparison, laws and the
random rules of tests ask here and nowhere else, so that a new verb is one file.
"""

from abc import abstractmethod
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, ClassVar, NamedTuple

from pydantic import Field

from govrubric.diagnostics.diagnostic import Lang
from govrubric.document.yaml import parse
from govrubric.formula.build import scale, within
from govrubric.formula.nodes import Formula, Input
from govrubric.language.fields import Authored, Expression, Id, Model, Note, Positive, Text, WasPath
from govrubric.language.rules._draw import Draw
from govrubric.numbers import written

Key = str | int

Value = Fraction | str
"""What an input was given: a number (a flag is 0 or 1), or the name that was chosen."""


class Amount(NamedTuple):
    """Points that a clause would name, below zero where it takes them; `at` leads to them from the verb's own value."""

    points: Fraction
    at: tuple[Key, ...] = ()


class Counting(NamedTuple):
    """How a rule counts cases: by which unit, or once where there is none; `single`: every case has the same points."""

    per: str | None
    single: bool


class Rule(Model):
    """One rule of a leaf item. A verb is a subclass with a field of its own name.

    `forfeits` marks the verb whose effect is whatever is left of the balance. Every other verb says its effect on the
    item's balance as a formula, added when above zero and taken away when below (language, section 5).
    """

    verb: ClassVar[str]
    forfeits: ClassVar[bool] = False
    measures: ClassVar[bool] = False
    """Whether it reads a number that is no points: a rate, days, an index."""
    rescales: ClassVar[bool] = False
    """Whether what it reads is points on a scale of its own."""
    punishes: ClassVar[bool] = False
    """Whether each case more that it counts takes something, or nothing."""

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

    def amounts(self) -> tuple[Amount, ...]:
        """The points that a clause would name; none of a verb whose clause names none."""
        return ()

    @property
    def counting(self) -> Counting | None:
        """How the rule counts cases, in a verb that does, so that its clause says 每例 or does not."""
        return None

    @property
    def marks(self) -> Fraction | None:
        """The full marks of the score that the rule reads, in a verb that reads one."""
        return None

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

    @classmethod
    def drawn(cls, draw: Draw) -> dict[str, Any]:
        """Random fields of the verb's own, for tests: unless it says better, one of the examples that stand at each field."""
        fields = {}
        for name, field in cls.model_fields.items():
            if name not in Rule.model_fields and field.examples and (field.is_required() or draw.chance()):
                key = field.alias or name
                fields[key] = parse("example", f"{key}: {draw.choice(field.examples)}\n").value[key]
        return fields

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
