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

from fractions import Fraction
from typing import Annotated, ClassVar, Literal

from pydantic import PlainValidator

from govrubric.diagnostics import Lang
from govrubric.fields import one_of
from govrubric.formula import Formula, Input, flag
from govrubric.rules._rule import Rule


class Forfeit(Rule):
    verb: ClassVar[str] = "forfeit"
    forfeits: ClassVar[bool] = True

    forfeit: Annotated[Literal["all"], PlainValidator(one_of("all"))]

    def inputs(self, path: str) -> tuple[Input, ...]:
        return (flag(path),)

    def effect(self, inputs: tuple[Input, ...], full: Fraction) -> Formula:
        # The share that is lost, all or nothing; the plan multiplies it out, since only it knows what is left.
        return -inputs[0]

    def sentence(self, lang: Lang) -> str:
        return {"en": "forfeits what is left", "zh": "扣除剩余全部得分"}[lang]

    def working(self, given: tuple[Fraction, ...], full: Fraction, result: str, lang: Lang) -> str:
        words = {"en": ("no", "yes, what is left"), "zh": ("否", "是，扣除剩余得分")}[lang][given[0] > 0]
        return f"{words}{self.cap(lang)}: {result}"
