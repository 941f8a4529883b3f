"""What a verb owes: fields, inputs, one formula, one sentence."""

from abc import abstractmethod
from collections.abc import Mapping
from fractions import Fraction
from typing import ClassVar

from govrubric.diagnostics import Lang
from govrubric.fields import Id, Model, Positive, Text
from govrubric.formula import Formula, Input, const, greatest, least
from govrubric.numbers import written


class Rule(Model):
    """One rule of a leaf item. A verb is a subclass with a field of its own name.

    `forfeits` marks the verb whose effect is whatever is left of the balance. Every other verb says its effect on the
    item's balance as a formula, added when above zero and taken away when below (language, section 5).
    """

    verb: ClassVar[str]
    forfeits: ClassVar[bool] = False

    id: Id
    at_most: Positive | None = None
    clause: Text | None = None
    note: Text | None = None

    @abstractmethod
    def inputs(self, path: str) -> tuple[Input, ...]:
        """What a tally gives this rule; `path` is the rule's own."""

    @abstractmethod
    def effect(self, inputs: tuple[Input, ...], full: Fraction) -> Formula:
        """What the clause gives (above zero) or takes (below), before `at_most`; `full` is the item's full marks."""

    @abstractmethod
    def sentence(self, lang: Lang) -> str:
        """The rule in words."""

    @abstractmethod
    def working(self, given: tuple[Fraction, ...], full: Fraction, result: str, lang: Lang) -> str:
        """How the raw effect comes from what was given, as an office would write it: ``3 例 × 0.1 = 0.3``.

        `result` is the effect without its sign, as the ledger has it; nothing is computed here a second time.
        """

    def raw(self, inputs: tuple[Input, ...], full: Fraction) -> Formula:
        """The effect, no more than `at_most` either way."""
        effect = self.effect(inputs, full)
        if self.at_most is None:
            return effect
        return greatest(least(effect, const(self.at_most)), const(-self.at_most))

    def says(self, lang: Lang) -> str:
        """The whole rule in words, with its cap."""
        return self.sentence(lang) + self.cap(lang)

    def cap(self, lang: Lang) -> str:
        """The words for `at_most`, where there is one."""
        if self.at_most is None:
            return ""
        return {"en": ", at most {}", "zh": "，最多 {} 分"}[lang].format(written(self.at_most))

    def problems(self) -> tuple[tuple[str, str, Mapping[str, str]], ...]:
        """What is wrong between the fields of the rule: code, key and arguments."""
        return ()
