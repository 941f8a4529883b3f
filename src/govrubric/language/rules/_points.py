"""The base of `deduct` and `award`.

Points are per case, once, by level, escalating from case to case, or judged.
"""

from abc import abstractmethod
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, PlainValidator, Tag

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula.build import (
    add,
    compare,
    const,
    extreme_of,
    flag,
    greatest,
    if_,
    least,
    not_,
    scale,
    tally_count,
)
from govrubric.formula.nodes import Formula, Input
from govrubric.language.fields import (
    Id,
    Influence,
    Number,
    Places,
    Positive,
    Text,
    filled,
    one_of,
    some,
)
from govrubric.language.rules import _judged
from govrubric.language.rules._draw import Draw
from govrubric.language.rules._judged import JudgedPoints
from govrubric.language.rules._rule import (
    DEFAULT,
    Amount,
    Counting,
    DefaultNumber,
    Rule,
    Value,
    figure,
    joined,
)
from govrubric.language.worded import Level, PositiveWorth, form, levels
from govrubric.numbers import shown, written

JUDGED: Literal["judged"] = "judged"
Points = Fraction | Literal["judged"] | tuple[Level, ...] | tuple[Fraction, ...]


def _form(value: object) -> str:
    """The tag of the form in which points are written."""
    if isinstance(value, dict):
        return "form:levels"
    if isinstance(value, (tuple, list)):
        return "form:steps"
    return "form:judged" if value == JUDGED else "form:number"


if TYPE_CHECKING:
    PointsField = Points
else:
    PointsField = Annotated[
        Annotated[Positive, Tag("form:number")]
        | Annotated[Literal["judged"], PlainValidator(one_of(JUDGED)), Tag("form:judged")]
        | Annotated[
            dict[
                Id,
                Annotated[
                    Annotated[Positive, Tag("form:alone")] | Annotated[PositiveWorth, Tag("form:long")],
                    Discriminator(form),
                ],
            ],
            BeforeValidator(filled),
            AfterValidator(levels),
            Tag("form:levels"),
        ]
        | Annotated[tuple[Positive, ...], BeforeValidator(some), Tag("form:steps")],
        Discriminator(_form),
    ]


class PointsRule(Rule):
    """A rule that adds (`sign` 1) or takes (-1) points for what was counted."""

    sign: ClassVar[int]
    of_one_form: ClassVar[frozenset[str]] = frozenset(("to", "from", "places", "step", "default"))
    chinese: ClassVar[Mapping[str, str]] = {
        "per": "计数的单位；不写则只加或只扣一次",
        "take": "分级时各级都计（`all`），还是只计出现的最高一级、计一次（`highest`）",
        "to": "酌情计分（`judged`）时最多可扣或可加的分数；有 `per` 的，为每例",
        "from": "酌情计分时，扣分或加分至少多少；也可不扣或不加。有 `per` 的，为每例",
        "places": "酌情计分的分数最多几位小数",
        "step": "酌情计分的分数以多少分为一档",
        **DEFAULT,
    }

    per: Annotated[Text | None, Influence.COUNTED] = Field(
        default=None,
        description="the unit that is counted; without it the points are given or taken once",
        examples=["例"],
    )
    take: Annotated[Literal["all", "highest"], PlainValidator(one_of("all", "highest"))] = Field(
        default="all",
        description="of levels, whether all count or only the highest-paying that occurred, once",
        examples=["highest"],
    )
    to: Positive | None = Field(
        default=None,
        description="of judged points, the most: for each case where there is `per`, or in all",
        examples=["6"],
    )
    start: Number = Field(
        default=Fraction(0),
        alias="from",
        description="of judged points, the least that is given or taken where anything is, for each case "
        "or in all",
        examples=["2"],
    )
    places: Places = Field(
        default=2, description="of judged points, how many decimal places they may have", examples=["1"]
    )
    step: Positive | None = Field(
        default=None, description="of judged points, the steps in which they go", examples=["0.5"]
    )
    default: DefaultNumber = None

    @classmethod
    def drawn(cls, draw: Draw) -> dict[str, Any]:
        way = draw.choice(("per", "once", "levels", "steps", "judged"))
        if way == "judged":
            return {cls.verb: JUDGED, **_judged.drawn(draw)}
        if way == "once":
            return {cls.verb: draw.points()}
        rule: dict[str, Any] = {cls.verb: draw.points(), "per": draw.unit()}
        if way == "steps":
            rule[cls.verb] = [draw.points() for _ in range(draw.whole(1, 4))]
        elif way == "levels":
            rule[cls.verb] = {
                level: draw.worded("points", draw.points()) for level in draw.names(draw.whole(1, 4))
            }
            if take := draw.choice((None, "all", "highest")):
                rule["take"] = take
        return rule

    @property
    @abstractmethod
    def points(self) -> Points:
        """The value of the verb's own field."""

    @property
    def levels(self) -> tuple[Level, ...]:
        """The levels with their points; empty in any other form."""
        if not isinstance(self.points, tuple):
            return ()
        return tuple(level for level in self.points if isinstance(level, Level))

    def all_cases(self, inputs: tuple[Formula, ...]) -> Formula | None:
        return add(*inputs) if self.levels else None

    @property
    def steps(self) -> tuple[Fraction, ...]:
        """The points for the first, second, … case, where they escalate; empty in any other form."""
        if not isinstance(self.points, tuple):
            return ()
        return tuple(step for step in self.points if isinstance(step, Fraction))

    @property
    def judged(self) -> JudgedPoints | None:
        """The range within which an assessor sets the points; ``None`` in any other form."""
        if self.points != JUDGED:
            return None
        high = Fraction(0) if self.to is None else self.to  # which `problems` reports
        return JudgedPoints(self.sign, self.start, high, self.places, self.step, self.per)

    @property
    def once(self) -> Fraction:
        """The points per case or once, where they are a single number."""
        assert isinstance(self.points, Fraction)
        return self.points

    def inputs(self, path: str) -> tuple[Input, ...]:
        if self.judged:
            return self.judged.inputs(path)
        if self.levels:
            return tuple(tally_count(f"{path}.{level.name}", self.per) for level in self.levels)
        return (tally_count(path, self.per) if self.per else flag(path),)

    def titles(self) -> Mapping[str, str]:
        return {level.name: level.title for level in self.levels if level.title}

    def effect(self, inputs: tuple[Formula, ...], full: Fraction) -> Formula:
        if self.judged:
            return self.judged.effect(inputs)
        if self.take == "highest":
            paid = [
                if_(cases, const(level.points), const(0))
                for level, cases in zip(self.levels, inputs, strict=True)
            ]
            return scale(extreme_of(greatest, paid), self.sign)
        if self.levels:
            points = [level.points for level in self.levels]
            counts = inputs
        elif self.steps:
            points = list(self.steps)
            counts = _cases_by_step(inputs[0], len(self.steps))
        else:
            return scale(inputs[0], self.sign * self.once)
        return add(*(scale(cases, self.sign * each) for each, cases in zip(points, counts, strict=True)))

    def sentence(self, lang: Lang) -> str:
        if self.judged:
            return self.judged.sentence(lang)
        if not self.per:
            amount = self.points_in_words(self.sign * self.once, lang)
            return f"{amount} once" if lang == "en" else amount
        unit = self._unit
        if self.steps:
            return _escalation(
                [self.points_in_words(self.sign * step, lang) for step in self.steps], unit, lang
            )
        if not self.levels:
            amount = self.points_in_words(self.sign * self.once, lang)
            return f"{amount} per {unit}" if lang == "en" else joined("每", unit, amount)
        amounts = [self.points_in_words(self.sign * level.points, lang) for level in self.levels]
        highest = self.take == "highest"
        if lang == "en":
            listed = ", ".join(
                f"{level.shown} {text}" for level, text in zip(self.levels, amounts, strict=True)
            )
            return f"per {unit}: {listed}{'; only the highest level counts, once' if highest else ''}"
        listed = "、".join(
            joined(level.shown, text) for level, text in zip(self.levels, amounts, strict=True)
        )
        once = "扣" if self.sign < 0 else self.gain
        return f"{joined('每', unit)}：{listed}{f'；只按最高一级{once}一次' if highest else ''}"

    @property
    def _unit(self) -> str:
        """The unit as it follows a number; an author may have written 每例 for 例."""
        return (self.per or "").removeprefix("每")

    def working(
        self, given: tuple[Value, ...], full: Fraction, raw: Fraction, lang: Lang, places: int
    ) -> str:
        counted = tuple(map(figure, given))
        if self.judged:
            points = self.sign * counted[-1]
            effect = self.judged.working(counted, self.points_in_words(points, lang), lang)
            return effect + self.held(points, lang)
        terms = self._terms(counted)
        points = self.sign * sum((cases * each for _, cases, each in terms), Fraction(0))
        if not self.per:
            no, yes = {"en": ("no", "yes, "), "zh": ("否", "是，")}[lang]
            return f"{yes}{self.points_in_words(points, lang)}{self.held(points, lang)}" if points else no
        if not terms:
            return f"0 {self.per}" if lang == "en" else joined("0", self._unit)
        if self.take == "highest":
            (name, _, _) = terms[0]
            highest = {"en": "{}, the highest level, once, ", "zh": "{}为最高一级，只计一次，"}[lang].format(
                name
            )
            return f"{highest}{self.points_in_words(points, lang)}{self.held(points, lang)}"
        sides = [self._term(*term, lang) for term in terms]
        if lang == "en":
            return f"{' + '.join(sides)} = {shown(abs(points), places)}{self.held(points, lang)}"
        return f"{'+'.join(sides)}={shown(abs(points), places)}分{self.held(points, lang)}"

    def _terms(self, counted: tuple[Fraction, ...]) -> list[tuple[str, Fraction, Fraction]]:
        """Level, number of cases and points per case, for each level or step that occurred."""
        if self.levels:
            terms = [
                (level.shown, cases, level.points)
                for level, cases in zip(self.levels, counted, strict=True)
                if cases
            ]
            if self.take == "highest":  # it counts once, however many cases there were
                return [(name, Fraction(1), most) for name, _, most in _highest(terms)]
            return terms
        if self.steps:
            last = len(self.steps) - 1
            return [
                ("", Fraction(1) if step < last else counted[0] - step, points)
                for step, points in enumerate(self.steps)
                if counted[0] > step
            ]
        return [("", counted[0], self.once)] if counted[0] else []

    def _term(self, level: str, cases: Fraction, points: Fraction, lang: Lang) -> str:
        if lang == "en":
            name = f"{level} " if level else ""
            return f"{name}{written(cases)} {self.per} × {written(points)}"
        return f"{joined(level, written(cases), self._unit)}×{written(points)}分"

    def amounts(self) -> tuple[Amount, ...]:
        if self.judged:
            return self.judged.amounts()
        if self.levels:
            return tuple(Amount(self.sign * level.points, (level.name,)) for level in self.levels)
        if self.steps:
            return tuple(Amount(self.sign * points, (step,)) for step, points in enumerate(self.steps))
        return (Amount(self.sign * self.once),)

    @property
    def counting(self) -> Counting:
        return Counting(self.per, isinstance(self.points, Fraction), self.take == "highest")

    def outcomes(self, inputs: tuple[Formula, ...]) -> tuple[tuple[str, Formula], ...]:
        if not self.steps:
            return ()
        reached = [
            (f"{step} {self.per}", compare((">=",), (inputs[0], const(step))))
            for step in range(1, len(self.steps) + 1)
        ]
        return ((f"0 {self.per}", not_(inputs[0])), *reached)

    def problems(self) -> tuple[tuple[str, str, Mapping[str, str]], ...]:
        problems: list[tuple[str, str, Mapping[str, str]]] = []
        if isinstance(self.points, tuple) and not self.per:
            form = _judged.meant(self.verb, {level.name: level.points for level in self.levels})
            problems.append(("GR307", self.verb, {"verb": self.verb, "form": form}))
        if self.take == "highest" and not self.levels:
            problems.append(("GR308", "take", {"verb": self.verb}))
        if self.judged:
            missing = (("GR202", "to", {"key": "to"}),) if self.to is None else ()
            return (*problems, *(missing or self.judged.problems(self.id)))
        idle = {"to": self.to, "from": self.start, "step": self.step, "places": self.places != 2}
        problems += [("GR331", key, {"key": key, "verb": self.verb}) for key, said in idle.items() if said]
        return tuple(problems)


def _highest(terms: list[tuple[str, Fraction, Fraction]]) -> list[tuple[str, Fraction, Fraction]]:
    """The first term with the most points per case."""
    return sorted(terms, key=lambda term: term[2], reverse=True)[:1]


def _escalation(amounts: list[str], unit: str, lang: Lang) -> str:
    """Escalating points in words; `amounts` are those of the first, second, … case."""
    *first, last = amounts
    if lang == "en":
        each = [f"{amount} for no. {number}" for number, amount in enumerate(first, 1)]
        return f"per {unit}: {', '.join([*each, f'{last} for each further one'])}"
    each = [joined(f"第{number}", unit, amount) for number, amount in enumerate(first, 1)]
    return "，".join([*each, joined("以后每", unit, last)])


def _cases_by_step(cases: Formula, steps: int) -> tuple[Formula, ...]:
    """How many cases fall on each step: at most one on each, and all further cases on the last."""
    beyond = [greatest(add(cases, const(-step)), const(0)) for step in range(steps)]
    return (*(least(left, const(1)) for left in beyond[:-1]), beyond[-1])
