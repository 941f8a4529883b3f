"""Plain values -> small rubrics, rules and numbers, for the tests of the engine.

A rubric made here is worth 10, rounds to two places half up, and has a single leaf `a` unless a test says
otherwise.
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
from govrubric.plan.plan import Plan
from govrubric.plan.planner import make_plan

R = TypeVar("R", bound=Rule)
Digits = str | int


def number(digits: Digits) -> Fraction:
    """Digits, written by hand -> the number, read by Python and not by govrubric."""
    return Fraction(digits)


def numbers(*digits: Digits) -> tuple[Fraction, ...]:
    return tuple(map(number, digits))


def rule(verb: type[R], **fields: Any) -> R:
    """A rule of a verb, with the id `r`."""
    return verb.model_validate({"id": "r", **fields})


def item(id: str = "a", weight: Any = 10, **fields: Any) -> dict[str, Any]:  # noqa: A002 - a key
    """The plain values of an item."""
    return {"id": id, "title": id.upper(), "weight": weight, **fields}


def text(*indicators: Mapping[str, Any], **fields: Any) -> RubricText:
    """A rubric with these indicators."""
    base = {"govrubric": 1, "id": "t", "title": "T", "total": 10, "round": {"places": 2, "mode": "half_up"}}
    return RubricText.model_validate({**base, "indicators": list(indicators), **fields})


def leaf(*rules: Mapping[str, Any], **fields: Any) -> RubricText:
    """A rubric with a single leaf `a`, worth 10, with these rules; `fields` are keys of the leaf."""
    return text(item("a", 10, rules=list(rules), **fields))


def value(formula: Formula, **given: Digits) -> Fraction:
    """The value of a formula; its inputs and lines are given as whole numbers over their denominators."""
    parameters = {name: f"i{index}" for index, name in enumerate(dict.fromkeys(names(formula)))}
    compute = build(function("made", parameters, {":value": formula}, [":value"]))
    return Fraction(compute(*(given[name] for name in parameters))[0], formula.den)


def _whole(input_: Input, given: Digits) -> int:
    """The value of an input as a whole number over its denominator; a choice is given by its name."""
    if input_.kind == "choice":
        return input_.options.index(str(given))
    return int(number(given) * input_.den)


def effect(of: Rule, *given: Digits, full: Digits = 10) -> Fraction:
    """The effect of a rule for the given inputs, its cap included: above zero it adds, below it takes off."""
    inputs = of.inputs("r")
    whole = {input_.name: _whole(input_, digits) for input_, digits in zip(inputs, given, strict=True)}
    return value(of.raw(inputs, number(full)), **whole)


def said(of: Rule, *given: Digits, full: Digits = 10, lang: Lang = "en") -> str:
    """The working of a rule as a card shows it, for the given inputs."""
    raw = effect(of, *given, full=full)
    values = [
        str(digits) if input_.kind == "choice" else number(digits)
        for input_, digits in zip(of.inputs("r"), given, strict=True)
    ]
    return of.working(tuple(values), number(full), raw, lang, 4)


def computed(of: RubricText, **given: Any) -> dict[str, Fraction]:
    """The value of every line of a plan; in names `__` stands for a dot, and other inputs are zero or their default."""
    plan: Plan = make_plan(of)
    tally = {name.replace("__", "."): amount for name, amount in given.items()}
    assert tally.keys() <= {input_.name for input_ in plan.inputs}
    parameters = {input_.name: f"i{index}" for index, input_ in enumerate(plan.inputs)}
    compute = build(function("made", parameters, plan.lines, list(plan.lines)))
    left_out = {known.name: 0 if known.default is None else known.unsaid for known in plan.inputs}
    results = compute(
        *(
            int(Decimal(tally[known.name]) * known.den) if known.name in tally else left_out[known.name]
            for known in plan.inputs
        )
    )
    return {
        name: Fraction(whole, formula.den)
        for (name, formula), whole in zip(plan.lines.items(), results, strict=True)
    }
