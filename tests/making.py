"""Plain values -> small rubrics, rules and numbers, for the tests of the engine.

A rubric made here is worth 10, rounds to two places half up, and has one leaf `a` unless the test says otherwise.
"""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from govrubric.diagnostics.diagnostic import Lang
from govrubric.formula.codegen import build, function
from govrubric.formula.nodes import Formula, Input, names
from govrubric.language.rubric_text import RubricText
from govrubric.language.rules._rule import Rule
from govrubric.numbers import written
from govrubric.plan.planner import Plan, make_plan

R = TypeVar("R", bound=Rule)
Digits = str | int


def number(digits: Digits) -> Fraction:
    """Digits, written by hand -> the number, by Python's own reading of them and not by ours."""
    return Fraction(digits)


def numbers(*digits: Digits) -> tuple[Fraction, ...]:
    return tuple(map(number, digits))


def rule(verb: type[R], **fields: Any) -> R:
    """A rule of a verb, with the id `r`."""
    return verb.model_validate({"id": "r", **fields})


def item(id: str = "a", weight: Any = 10, **fields: Any) -> dict[str, Any]:  # noqa: A002 - the language calls it so
    """The plain values of an item."""
    return {"id": id, "title": id.upper(), "weight": weight, **fields}


def text(*indicators: Mapping[str, Any], **fields: Any) -> RubricText:
    """A rubric of the indicators given."""
    base = {"govrubric": 1, "id": "t", "title": "T", "total": 10, "round": {"places": 2, "mode": "half_up"}}
    return RubricText.model_validate({**base, "indicators": list(indicators), **fields})


def leaf(*rules: Mapping[str, Any], **fields: Any) -> RubricText:
    """A rubric of one leaf `a`, worth 10, with the rules given; `fields` are the leaf's."""
    return text(item("a", 10, rules=list(rules), **fields))


def value(formula: Formula, **given: Digits) -> Fraction:
    """The value of a formula over inputs and lines that are given in whole numbers over their denominators."""
    parameters = {name: f"i{index}" for index, name in enumerate(dict.fromkeys(names(formula)))}
    compute = build(function("made", parameters, {":value": formula}, [":value"]))
    return Fraction(compute(*(given[name] for name in parameters))[0], formula.den)


def _whole(one: Input, given: Digits) -> int:
    """What an input was given, in whole numbers over its denominator; a choice by its name."""
    return one.options.index(str(given)) if one.kind == "choice" else int(number(given) * one.den)


def effect(of: Rule, *given: Digits, full: Digits = 10) -> Fraction:
    """What a rule gives (above zero) or takes (below), its cap included, when its inputs are as given."""
    inputs = of.inputs("r")
    whole = {one.name: _whole(one, one_given) for one, one_given in zip(inputs, given, strict=True)}
    return value(of.raw(inputs, number(full)), **whole)


def said(of: Rule, *given: Digits, full: Digits = 10, lang: Lang = "en") -> str:
    """How a rule shows its working on a card, when its inputs are as given."""
    result = abs(effect(of, *given, full=full))
    values = [
        str(one_given) if one.kind == "choice" else number(one_given)
        for one, one_given in zip(of.inputs("r"), given, strict=True)
    ]
    return of.working(tuple(values), number(full), written(result), lang)


def computed(of: RubricText, **given: Any) -> dict[str, Fraction]:
    """Every line of a rubric's plan; `given` by name with `__` for the dot, all other inputs zero."""
    plan: Plan = make_plan(of)
    tally = {name.replace("__", "."): amount for name, amount in given.items()}
    assert tally.keys() <= {one.name for one in plan.inputs}
    parameters = {one.name: f"i{index}" for index, one in enumerate(plan.inputs)}
    compute = build(function("made", parameters, plan.lines, list(plan.lines)))
    found = compute(*(int(Decimal(tally.get(one.name, 0)) * one.den) for one in plan.inputs))
    return {
        name: Fraction(whole, formula.den)
        for (name, formula), whole in zip(plan.lines.items(), found, strict=True)
    }
