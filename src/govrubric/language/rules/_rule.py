"""The interface of a verb: its fields, inputs, formula and sentence; and methods with a default.

The defaults suit a verb whose clause names no points and that has inputs of its own. Lints, coverage,
comparison, laws and random rules use this interface alone, so that a new verb is one file.
"""

import re
from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Annotated, Any, ClassVar, NamedTuple

from pydantic import Field

from govrubric.diagnostics.diagnostic import Lang
from govrubric.document.yaml import parse
from govrubric.formula.build import scale, within
from govrubric.formula.nodes import Formula, Input
from govrubric.language.fields import (
    Authored,
    Expression,
    Id,
    Influence,
    Model,
    Note,
    Number,
    Positive,
    ProseOrNone,
    Text,
    WasPath,
)
from govrubric.language.rules._draw import Draw
from govrubric.numbers import shown as cut
from govrubric.numbers import written

Key = str | int

_BESIDE = re.compile("[A-Za-z][^，；]|.[A-Za-z]|[0-9][0-9]")

Problem = tuple[str, Key | tuple[Key, ...], Mapping[str, str]]
"""What is wrong between fields of a rule: the code, the key or the path within the rule, the arguments."""

Value = Fraction | str
"""The value of an input: a number (a flag is 0 or 1), or the name that was chosen."""


DefaultNumber = Annotated[
    Number | None,
    Field(
        description="what is taken where a tally leaves it out, and listed as assumed; else it must be given",
        examples=["0"],
    ),
]
DEFAULT = {"default": "未填报时所取的值，列为推定；不写则必须填报"}


class Amount(NamedTuple):
    """Points that a clause would name, below zero where it takes them.

    `at` is their path within the value of the field `key`, or where there is none of the verb's own field.
    """

    points: Fraction
    at: tuple[Key, ...] = ()
    key: str = ""


class Threshold(NamedTuple):
    """A number that a rule compares with what was measured, which its clause would name.

    `at` is its path within the rule, and its last key names it. It `includes` itself where the number itself
    counts as reaching it (``None``: it makes no difference). What reaches it has `points`, where one
    threshold has some. Of a way that is measured it is the `way` (``below``, ``above``) in units of `each`,
    of which a begun one counts as `whole` says.
    """

    number: Fraction
    at: tuple[Key, ...]
    includes: bool | None = None
    points: Fraction | None = None
    way: str = ""
    each: Fraction | None = None
    whole: str = ""


class Target(NamedTuple):
    """A number that a rule reads by its name, beside its inputs, and where that stands in the rule."""

    name: Expression
    at: tuple[Key, ...]


class Counting(NamedTuple):
    """How a rule counts cases: by the unit `per`, or once (``None``).

    `single`: every case has the same points. `highest`: of its levels only the highest that occurred counts.
    """

    per: str | None
    single: bool
    highest: bool = False


class Rule(Model):
    """A rule of an item. A verb is a subclass with a field of its own name.

    A verb gives its effect on the item's balance as a formula: added where it is above zero, taken away
    where it is below (language, section 5). Only the effect of a verb that `forfeits` depends on what is
    left of the balance.
    """

    verb: ClassVar[str]
    forfeits: ClassVar[bool] = False
    measures: ClassVar[bool] = False
    """Whether it reads a measured number, such as a rate, days or an index."""
    rescales: ClassVar[bool] = False
    """Whether it reads points on a scale of its own."""
    punishes: ClassVar[bool] = False
    """Whether a further case never adds points."""
    of_one_form: ClassVar[frozenset[str]] = frozenset()
    """The keys that go with one form of the verb alone, with which no editor begins a new rule."""
    gain: ClassVar[str] = "得"
    """How Chinese says that points come in: they are 加 to others, or what the item 得."""

    chinese: ClassVar[Mapping[str, str]] = {
        "id": "规则在路径和条件中的名称",
        "title": "供人阅读的名称，不写则显示 id；不影响得分",
        "was": "该规则在上一版评分表中的路径（有变动时才写）；不影响得分",
        "input": "不用自己的填报项，改用此处所写的：一个事实（`facts`），或另一规则的填报项（写路径）",
        "when": "仅当此条件成立时规则才生效",
        "at_most": "本规则最多加或最多扣的分数",
        "clause": "官方条文，逐字照录",
    }

    id: Id = Field(description="the rule's name in paths and conditions", examples=["late"])
    title: ProseOrNone = Field(
        default=None,
        description="what people read in place of the id; it changes no score",
        examples=["迟报年报"],
    )
    was: Annotated[WasPath | None, Influence.WORDS] = Field(
        default=None,
        description="the rule's path in the rubric that this one follows, where it had another; "
        "it changes no score",
        examples=["basics.yearbook.late"],
    )
    input: Text | None = Field(
        default=None,
        description="reads this input instead of one of its own: a fact, or the input of another rule "
        "by its path",
        examples=["days_late"],
    )
    when: Authored | None = Field(
        default=None, description="the rule acts only while this holds", examples=["class == 'A'"]
    )
    at_most: Positive | None = Field(
        default=None, description="the most that this rule gives or takes", examples=["3"]
    )
    clause: ProseOrNone = Field(
        default=None, description="the official wording, word for word", examples=["每例扣0.1分"]
    )
    note: Note = None

    @abstractmethod
    def inputs(self, path: str) -> tuple[Input, ...]:
        """The inputs that a tally gives for this rule, whose path is `path`."""

    def titles(self) -> Mapping[str, str]:
        """What people call its levels, outcomes or declared inputs, by their names, where that is said."""
        return {}

    def titled_inputs(self, path: str) -> tuple[Input, ...]:
        """The `inputs`, each with what people call it and its options, and with the rule's default."""
        titles = self.titles()
        return tuple(
            replace(
                own.by_default(self.left_out) if own.kind in ("number", "choice") else own,
                title=self.title if own.name == path else titles.get(own.name.removeprefix(f"{path}.")),
                labels=tuple(titles.get(option, option) for option in own.options),
            )
            for own in self.inputs(path)
        )

    @property
    def left_out(self) -> Fraction | str | None:
        """What is taken where a tally leaves out the rule's one input; ``None`` where that is not said."""
        said: Fraction | str | None = getattr(self, "default", None)
        return said

    @property
    def shown(self) -> str:
        """What people read: its title, or its id where it has none."""
        return self.title or self.id

    @abstractmethod
    def effect(self, inputs: tuple[Formula, ...], full: Fraction) -> Formula:
        """The points that the clause gives (above zero) or takes (below), before `at_most`.

        `full` is the item's full marks. A rule with `authored` text gets, in place of its inputs, the
        formula that its text was compiled to; one with a `target` gets that behind its inputs.
        """

    @abstractmethod
    def sentence(self, lang: Lang) -> str:
        """The rule in words."""

    @abstractmethod
    def working(
        self, given: tuple[Value, ...], full: Fraction, raw: Fraction, lang: Lang, places: int
    ) -> str:
        """How the raw effect follows from the given values, as an office would write it: ``3例×0.1分=0.3分``.

        Behind the values of its inputs stands that of its `target`, if it has one.
        `raw` is the effect, with its cap, from the ledger. Both sides of a ``=`` must be equal; what is
        worked out has at most `places` places where its digits never end, then a ``…``.
        """

    def amounts(self) -> tuple[Amount, ...]:
        """The points that the rule's clause would name."""
        return ()

    def thresholds(self) -> tuple[Threshold, ...]:
        """The numbers that the rule compares with what was measured."""
        return ()

    @property
    def counting(self) -> Counting | None:
        """How the rule counts cases; its clause says 每例 or does not. ``None`` of a verb that counts none."""
        return None

    @property
    def marks(self) -> Fraction | None:
        """The full marks of the score that the rule reads; ``None`` of a verb that reads no score."""
        return None

    def outcomes(self, inputs: tuple[Formula, ...]) -> tuple[tuple[str, Formula], ...]:
        """The possible outcomes of the rule, each with the flag that it occurred, if the verb lists them."""
        return ()

    def all_cases(self, inputs: tuple[Formula, ...]) -> Formula | None:
        """What its name stands for in conditions, where no input of it has the name; ``None``: nothing."""
        return None

    @property
    def authored(self) -> Expression | None:
        """The author's formula for the effect, in the verb's field; ``None`` of a verb without formulas."""
        return None

    @property
    def target(self) -> Target | None:
        """The number that the rule reads by its name; ``None`` where it reads none."""
        return None

    def target_problem(self, target: Formula) -> tuple[str, Mapping[str, str]] | None:
        """What is wrong with the number that is read by its name: code and arguments."""
        return None

    def raw(self, inputs: tuple[Formula, ...], full: Fraction, share: Fraction = Fraction(1)) -> Formula:
        """The effect, times `share`, held within `at_most` either way."""
        effect = scale(self.effect(inputs, full), share)
        return effect if self.at_most is None else within(effect, -self.at_most, self.at_most)

    def says(self, lang: Lang) -> str:
        """The whole rule in words, with its cap and its condition."""
        condition = {"en": ", when {}", "zh": "（条件：{}）"}[lang].format(self.when) if self.when else ""
        return self.sentence(lang) + self.cap(lang) + condition

    @property
    def signs(self) -> frozenset[int]:
        """Whether the rule may give (1), take (-1), or either."""
        named = frozenset(_sign(amount.points) for amount in self.amounts() if amount.points)
        return named or frozenset((-1 if self.punishes else 1,))

    def cap(self, lang: Lang) -> str:
        """The words for `at_most`, where there is one."""
        return self._cap(self.signs, lang) if self.at_most is not None else ""

    def held(self, points: Fraction, lang: Lang) -> str:
        """The words for `at_most`, where it keeps back some of the points."""
        if self.at_most is None or abs(points) <= self.at_most:
            return ""
        return self._cap(frozenset((_sign(points),)), lang)

    def reached(self, raw: Fraction, lang: Lang) -> str:
        """The words for `at_most`, where an effect has come to it."""
        return self._cap(frozenset((_sign(raw),)), lang) if abs(raw) == self.at_most else ""

    def _cap(self, signs: frozenset[int], lang: Lang) -> str:
        assert self.at_most is not None
        most = written(self.at_most)
        if lang == "en":
            return f", at most {most}"
        if len(signs) > 1:
            return f"，加分、扣分均不超过{most}分"
        return f"，最多{self.gain if 1 in signs else '扣'}{most}分"

    def points_in_words(self, points: Fraction, lang: Lang, places: int | None = None) -> str:
        """An effect in words: ``扣2分``, ``2 off``. Endless digits are cut after `places`, if told."""
        amount = written(abs(points)) if places is None else cut(abs(points), places)
        if lang == "en":
            takes = points < 0 or (points == 0 and 1 not in self.signs)
            return f"{amount if points else 'nothing'} {'off' if takes else 'added'}"
        if points:
            return f"{'扣' if points < 0 else self.gain}{amount}分"
        if 1 in self.signs:
            return "不加分" if self.gain == "加" else "得0分"
        return "不扣分"

    @classmethod
    def drawn(cls, draw: Draw) -> dict[str, Any]:
        """Random values of the verb's own fields, for tests; by default the examples of the fields."""
        fields = {}
        for name, field in cls.model_fields.items():
            if name not in Rule.model_fields and field.examples and (field.is_required() or draw.chance()):
                key = field.alias or name
                fields[key] = parse("example", f"{key}: {draw.choice(field.examples)}\n").value[key]
        return fields

    def problems(self) -> tuple[Problem, ...]:
        """What is wrong between fields of the rule."""
        return ()

    def problems_of(self, shared: Input) -> tuple[Problem, ...]:
        """What is wrong between fields of the rule and a shared input that it can read."""
        return ()


def _sign(points: Fraction) -> int:
    return 1 if points > 0 else -1


def joined(*parts: str) -> str:
    """Chinese put together, with a space beside Latin letters and between digits: ``2 hours 得10分``."""
    text = ""
    for part in parts:
        text += f"{' ' if _BESIDE.fullmatch(text[-1:] + part[:1]) else ''}{part}"
    return text


def figure(value: Value) -> Fraction:
    """The value of an input that is no choice."""
    assert isinstance(value, Fraction), "only a choice is given as text"
    return value


def bracketed(number: Fraction) -> str:
    """A number as a divisor: in brackets where it is a fraction or below zero."""
    digits = written(number)
    return digits if number >= 0 and "/" not in digits else f"({digits})"


def shown(value: Value) -> str:
    """The value in digits, or the chosen name."""
    return value if isinstance(value, str) else written(value)
