"""`choose`: one of a list of outcomes.

What it does
    Adds the points of the name that was chosen; points below zero are taken away. The tally must give one of
    the names, which may be any text.

Why
    评定为优的得5分，良得3分，差的扣1分.

Example
    ``{id: rating, choose: {优: 5, 良: 3, 差: -1}}``

Source
    Language, section 5.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula.build import choice, compare, const, ladder
from govrubric.formula.nodes import Formula, Input
from govrubric.language.fields import Number, Text, filled
from govrubric.language.rules._draw import Draw
from govrubric.language.rules._rule import DEFAULT, Amount, Rule, Value, joined, shown
from govrubric.language.worded import Level, Worth, form, levels

if TYPE_CHECKING:
    Outcomes = tuple[Level, ...]
else:
    Outcomes = Annotated[
        dict[
            Text,
            Annotated[
                Annotated[Number, Tag("form:alone")] | Annotated[Worth, Tag("form:long")],
                Discriminator(form),
            ],
        ],
        BeforeValidator(filled),
        AfterValidator(levels),
    ]


class Choose(Rule):
    verb: ClassVar[str] = "choose"
    chinese: ClassVar[Mapping[str, str]] = {"choose": "可选的结果及其分值；负数为扣分", **DEFAULT}

    choose: Outcomes = Field(
        description="the names that may be chosen, each with its points; below zero they are taken",
        examples=["{优: 5, 良: 3, 差: -1}"],
    )
    default: Text | None = Field(
        default=None,
        description="the name that is taken where a tally leaves it out, and listed as assumed",
        examples=["差"],
    )

    @classmethod
    def drawn(cls, draw: Draw) -> dict[str, Any]:
        return {"choose": {name: draw.worded("points", draw.amount()) for name in draw.outcomes()}}

    def inputs(self, path: str) -> tuple[Input, ...]:
        return (choice(path, tuple(level.name for level in self.choose)),)

    def titles(self) -> Mapping[str, str]:
        return {level.name: level.title for level in self.choose if level.title}

    def effect(self, inputs: tuple[Formula, ...], full: Fraction) -> Formula:
        points = {level.name: level.points for level in self.choose}
        given = inputs[0]
        assert isinstance(given, Input)
        rungs = [(Fraction(place), const(points[name])) for place, name in enumerate(given.options)]
        return ladder(given, rungs[1:], rungs[0][1])

    def sentence(self, lang: Lang) -> str:
        outcomes = [(level.shown, self.points_in_words(level.points, lang)) for level in self.choose]
        if lang == "en":
            return f"by outcome: {', '.join(map(' '.join, outcomes))}"
        return f"按评定结果：{'、'.join(joined(*outcome) for outcome in outcomes)}"

    def working(
        self, given: tuple[Value, ...], full: Fraction, raw: Fraction, lang: Lang, places: int
    ) -> str:
        chosen = next(level for level in self.choose if level.name == shown(given[0]))
        effect = self.points_in_words(chosen.points, lang) + self.held(chosen.points, lang)
        return f"{chosen.shown}, {effect}" if lang == "en" else f"{chosen.shown}，{effect}"

    def amounts(self) -> tuple[Amount, ...]:
        return tuple(Amount(level.points, (level.name,)) for level in self.choose if level.points)

    def outcomes(self, inputs: tuple[Formula, ...]) -> tuple[tuple[str, Formula], ...]:
        given = inputs[0]
        assert isinstance(given, Input)
        return tuple(
            (name, compare(("==",), (given, const(place)))) for place, name in enumerate(given.options)
        )
