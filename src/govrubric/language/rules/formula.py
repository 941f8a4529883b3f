"""`formula`: points that the author's own formula gives.

What it does
    Adds the value of a formula; a value below zero is taken away. `inputs` declares what the tally gives,
    each under its own name: ``count``, ``flag``, ``{number: {places: 2, min: 0, max: 100}}`` or ``{choice:
    [A, B]}``. The formula may also use facts, other inputs by their path, and ``score(…)`` of other items.

Why
    按走访次数与覆盖率之积计分，最高3分.

Example
    ``{id: visiting, formula: "min(visits * 0.2, 3)", inputs: {visits: count}}``

Source
    Language, sections 5 and 8.
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, ClassVar

from pydantic import Field

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula.nodes import Formula, Input
from govrubric.language.fields import Authored, Expression
from govrubric.language.inputs import Declarations, Declared, problem
from govrubric.language.rules._draw import Draw
from govrubric.language.rules._rule import Rule, Value, shown
from govrubric.numbers import shown as cut

_IF = re.compile(r"\bif\b")


class FormulaRule(Rule):
    verb: ClassVar[str] = "formula"
    chinese: ClassVar[Mapping[str, str]] = {
        "formula": "得出的分值；负数为扣分",
        "inputs": "公式所用的填报项：名称与类型",
    }

    formula: Authored = Field(
        description="the points; below zero they are taken", examples=["min(visits * 0.2, 3)"]
    )
    inputs_: Declarations = Field(
        default=(),
        alias="inputs",
        description="what the tally gives for the formula, by name and type",
        examples=["{visits: count}"],
    )

    @classmethod
    def drawn(cls, draw: Draw) -> dict[str, Any]:
        inputs = draw.inputs()
        rule = {"formula": draw.formula()}
        return {**rule, "inputs": inputs} if inputs else rule

    def inputs(self, path: str) -> tuple[Input, ...]:
        return tuple(declared.as_input(f"{path}.{declared.name}") for declared in self.inputs_)

    def titles(self) -> Mapping[str, str]:
        return {declared.name: declared.title for declared in self.inputs_ if declared.title}

    @property
    def authored(self) -> Expression | None:
        return self.formula

    def effect(self, inputs: tuple[Formula, ...], full: Fraction) -> Formula:
        return inputs[0]

    def sentence(self, lang: Lang) -> str:
        return {"en": "by formula: {}", "zh": "按公式：{}"}[lang].format(self.formula)

    def working(
        self, given: tuple[Value, ...], full: Fraction, raw: Fraction, lang: Lang, places: int
    ) -> str:
        values = [
            f"{_named(declared, lang)} = {_told(declared, value, lang)}"
            for declared, value in zip(self.inputs_, given, strict=True)
        ]
        # `a if b else 0 = 1` would be read as an equation of its last part.
        text = f"({self.formula})" if _IF.search(self.formula) else self.formula
        effect = self.reached(raw, lang) or f" = {cut(raw, places)}{'分' if lang == 'zh' else ''}"
        comma, semicolon = {"en": (", ", "; "), "zh": ("，", "；")}[lang]
        return f"{comma.join(values)}{semicolon if values else ''}{text}{effect}"

    @property
    def signs(self) -> frozenset[int]:
        return frozenset((1, -1))

    def problems(self) -> tuple[tuple[str, str, Mapping[str, str]], ...]:
        found = [wrong for declared in self.inputs_ if (wrong := problem(declared))]
        return tuple((code, "inputs", args) for code, args in found)


def _named(declared: Declared, lang: Lang) -> str:
    """An input by its title, and by the name that it has in the formula."""
    if declared.title is None:
        return declared.name
    return {"en": "{} ({})", "zh": "{}（{}）"}[lang].format(declared.title, declared.name)


def _told(declared: Declared, value: Value, lang: Lang) -> str:
    """The value of a declared input, in words."""
    if declared.kind == "flag":
        return {"en": ("no", "yes"), "zh": ("否", "是")}[lang][bool(value)]
    return shown(value)
