"""Rules and gates -> the sentences of a card's rows, in a language."""

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from govrubric.diagnostics.diagnostic import Lang
from govrubric.language.gates_text import Gate
from govrubric.language.rules._rule import Rule, Value, shown
from govrubric.numbers import written

REMEMBERED = 10_000  # sentences of one rule


class Slot(NamedTuple):
    """Where an input stands among a card's values, its denominator, and the names that a choice numbers.

    `flag`: its values are yes and no.
    """

    place: int
    den: int
    options: tuple[str, ...]
    flag: bool = False

    def value(self, whole: int) -> Value:
        """The input's own value for a whole number over its denominator."""
        return self.options[whole] if self.options else Fraction(whole, self.den)

    def told(self, whole: int, lang: Lang) -> str:
        """The same in words."""
        if self.flag:
            return {"en": ("no", "yes"), "zh": ("“否”", "“是”")}[lang][bool(whole)]
        return shown(self.value(whole))


class RuleSentences(dict[tuple[int | Fraction, ...], str]):
    """How a rule's raw effect comes from its inputs, kept for reuse: ``3例×0.1分=0.3分``.

    A key has the raw effect over its denominator `den`, then the whole numbers of the rule's inputs, then
    that of its target over `target_den`, if it has one. The total has `places`. Each sentence is kept as
    `finish` makes it.
    """

    rule: Rule
    slots: tuple[Slot, ...]
    full: Fraction
    den: int
    target_den: int | None
    places: int
    lang: Lang
    finish: Callable[[str], str]

    def __init__(
        self,
        rule: Rule,
        slots: tuple[Slot, ...],
        full: Fraction,
        den: int,
        places: int,
        lang: Lang,
        finish: Callable[[str], str] = str,
        target_den: int | None = None,
    ) -> None:
        super().__init__()
        self.rule, self.slots, self.full, self.den, self.target_den = rule, slots, full, den, target_den
        self.places, self.lang, self.finish = places, lang, finish

    def __missing__(self, key: tuple[int | Fraction, ...]) -> str:
        if len(self) > REMEMBERED:
            self.clear()
        raw, values = Fraction(key[0]) / self.den, [int(value) for value in key[1 : len(self.slots) + 1]]
        given = self._given(values)
        if self.target_den is not None:
            given = (*given, Fraction(key[-1]) / self.target_den)
        sentence = self.rule.working(given, self.full, raw, self.lang, self.places + 2)
        self[key] = text = self.finish(sentence)
        return text

    def uncounted(self, values: tuple[int, ...]) -> str:
        """The sentence where the rule does not count."""
        told = [slot.told(whole, self.lang) for slot, whole in zip(self.slots, values, strict=True)]
        listed = {"en": ", ", "zh": "、"}[self.lang].join(told)
        return {"en": "given {}, not counted", "zh": "填报{}，不计"}[self.lang].format(listed)

    def _given(self, values: list[int] | tuple[int, ...]) -> tuple[Value, ...]:
        return tuple(slot.value(whole) for slot, whole in zip(self.slots, values, strict=True))


ACTIONS: dict[Lang, dict[str, str]] = {
    "en": {
        "void": "no score", "score": "score {}", "at_least": "at least {}", "at_most": "at most {}",
        "grade": "grade {}", "grade_at_most": "grade at most {}",
    },
    "zh": {
        "void": "不予计分", "score": "得分定为{}分", "at_least": "不低于{}分", "at_most": "不超过{}分",
        "grade": "等次定为“{}”", "grade_at_most": "等次不高于“{}”",
    },
}  # fmt: skip


def gate_sentence(gate: Gate, lang: Lang) -> str:
    """What a gate does where its condition holds."""
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
