"""`forfeit`: the item is lost.

What it does
    When the flag is set, takes what the other rules left, down to zero, or to the floor if that is higher.

Why
    无故不参与的，扣除相应分: no amount is written, the item is gone.

Example
    ``{id: absent, forfeit: all, clause: 政府开放月活动无故不参与的，扣除相应分}``

Source
    Language, sections 4 and 5.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import Field, PlainValidator

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula.build import flag, scale
from govrubric.formula.nodes import Formula, Input
from govrubric.language.fields import one_of
from govrubric.language.rules._rule import Rule, Value, figure
from govrubric.numbers import shown


class Forfeit(Rule):
    verb: ClassVar[str] = "forfeit"
    forfeits: ClassVar[bool] = True
    punishes: ClassVar[bool] = True
    chinese: ClassVar[Mapping[str, str]] = {
        "forfeit": "扣除其他规则之后剩余的全部得分，至零分或更高的下限为止"
    }

    forfeit: Annotated[Literal["all"], PlainValidator(one_of("all"))] = Field(
        description="takes what the other rules left, down to zero or to a higher floor", examples=["all"]
    )

    def inputs(self, path: str) -> tuple[Input, ...]:
        return (flag(path),)

    def effect(self, inputs: tuple[Formula, ...], full: Fraction) -> Formula:
        # Only the sign counts: a forfeit takes. How much is left to take only the plan knows (see
        # `plan.rules`).
        return scale(inputs[0], -1)

    def sentence(self, lang: Lang) -> str:
        return {"en": "forfeits what is left", "zh": "扣除剩余全部得分"}[lang]

    def working(
        self, given: tuple[Value, ...], full: Fraction, raw: Fraction, lang: Lang, places: int
    ) -> str:
        left = shown(-raw, places)
        if not figure(given[0]):
            return {"en": "no", "zh": "否"}[lang]
        if not raw:
            return {"en": "yes, nothing was left", "zh": "是，已无分可扣"}[lang]
        if capped := self.reached(raw, lang):
            return {"en": "yes, what is left", "zh": "是，扣除剩余得分"}[lang] + capped
        return {"en": "yes, all {} off", "zh": "是，扣除剩余的{}分"}[lang].format(left)
