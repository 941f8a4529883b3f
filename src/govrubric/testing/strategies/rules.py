"""A random rule of any verb, by construction; later rules and texts may use its inputs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import Any, TypeVar

from hypothesis import strategies as st

from govrubric.formula.nodes import Input
from govrubric.language.inputs import ChoiceOf, Declared, NumberOf, Range, Type, Word, WordOf
from govrubric.language.rubric_text import join
from govrubric.language.rules import VERBS
from govrubric.language.rules._rule import Rule
from govrubric.plan.names import fits
from govrubric.testing.strategies.authored import Draft, Values, conditions, formulas, named, pick
from govrubric.testing.strategies.making import (
    AMOUNTS,
    MEASURES,
    POINTS,
    Making,
    features_of_rules,
    maybe,
    totals,
)
from govrubric.testing.strategies.words import OUTCOMES

T = TypeVar("T")


@dataclass
class _Draw:
    """The draws of a verb's own fields: `govrubric.language.rules._draw.Draw` by Hypothesis."""

    draw: st.DrawFn
    making: Making
    item: str
    path: str
    full: Fraction
    features: frozenset[str]
    declared: dict[str, Input] = field(default_factory=dict)

    def chance(self) -> bool:
        return self.draw(maybe)

    def choice(self, options: Sequence[T]) -> T:
        return pick(self.draw, options)

    def whole(self, low: int, high: int) -> int:
        return low + pick(self.draw, range(high - low + 1))

    def points(self) -> Fraction:
        full = self.full
        return pick(self.draw, (*POINTS, full, full / 2, full / 3, full / 10))

    def amount(self) -> Fraction:
        return pick(self.draw, AMOUNTS)

    def marks(self) -> Fraction:
        return self.draw(totals)

    def measures(self, count: int) -> list[Fraction]:
        # The last measure is too large to be the only one: nothing lies beyond it.
        return sorted(self.making.luck.sample(MEASURES if count > 1 else MEASURES[:-1], count))

    def target(self, *, above_zero: bool = False) -> Draft | None:
        return named(self.draw, self.making, self.item, self.path, above_zero=above_zero)

    def unit(self) -> str:
        return self.making.words.unit()

    def names(self, count: int) -> list[str]:
        return self.making.words.names(count)

    def outcomes(self) -> list[str]:
        luck = self.making.words.luck
        known = self.making.of_kind("choice") if "input" in self.features else []
        # If its own names include those of another choice, the rule can read that choice instead.
        others = self.making.inputs[pick(self.draw, known)].options if known else ()
        return list(dict.fromkeys((*others, *luck.sample(OUTCOMES, luck.randint(1, 4)))))

    def words(self) -> dict[str, str]:
        return self.making.words.some("title", "note")

    def worded(self, key: str, value: Any) -> Any:
        return self.making.words.worded(key, value)

    def inputs(self) -> dict[str, Any]:
        types = {name: declared(self.draw, self.making) for name in self.names(self.draw(st.integers(0, 3)))}
        for name, (_, type_) in types.items():
            path = join(self.path, name)
            self.making.inputs[path] = Declared(name, type_).as_input(path)
        return {name: written for name, (written, _) in types.items()}

    def formula(self) -> Draft:
        return formulas(self.draw, self.making, self.item, self.path)


@st.composite
def rules(
    draw: st.DrawFn, name: str, full: Fraction, item: str, making: Making, verbs: Sequence[str]
) -> tuple[Values, set[int]]:
    """A rule of one of the verbs and any form, and its signs: it may add (1), take off (-1) or both."""
    verb, path = VERBS[draw(st.sampled_from(verbs))], join(item, name)
    features = draw(features_of_rules)
    drawing = _Draw(draw, making, item, path, full, features)
    values: Values = {"id": name, **making.words.some("title", "clause", "note"), **verb.drawn(drawing)}
    if "at_most" in features:
        values["at_most"] = drawing.points()
    rule = _model(verb, values)
    inputs = rule.inputs(path)
    shared = [] if "input" not in features or len(inputs) != 1 or rule.authored else _alike(inputs[0], making)
    if shared:
        values["input"] = pick(draw, shared)
        inputs = (making.inputs[values["input"]],)
    else:
        making.inputs |= {input_.name: input_ for input_ in inputs}
        if "default" in features and len(inputs) == 1 and "default" in verb.model_fields:
            values |= default_of(draw, inputs[0])
    making.rules.append(path)
    if rule.all_cases(inputs) is not None:
        making.sums.append(path)
    if "when" in features:
        values["when"] = conditions(draw, making, item, path)
    return values, _signs(rule, path, inputs, full)


def _model(verb: type[Rule], values: Values) -> Rule:
    """The rule of some values; "0" stands for a formula whose names are not spelled yet."""
    return verb.model_validate(_stood_for(values))


def _stood_for(value: Any) -> Any:
    """A value, with any formula or name in place of one that is not spelled yet."""
    if isinstance(value, Draft):
        return "x" if value.alone else "0"
    return {key: _stood_for(inner) for key, inner in value.items()} if isinstance(value, dict) else value


def default_of(draw: st.DrawFn, known: Input) -> Values:
    """A default for a number or a choice, one of its ends, the least above a gap, or the nearest to zero."""
    if known.kind == "choice":
        return {"default": pick(draw, known.options)}
    if known.kind != "number":
        return {}
    step = known.step or Fraction(1, known.den)
    ends = [ceil(known.lo / step) * step, floor(known.hi / step) * step]
    ends += [Fraction(known.unsaid, known.den), ceil((known.gap or known.lo) / step) * step]
    return {"default": pick(draw, [end for end in ends if known.takes(end)])}


def _alike(own: Input, making: Making) -> list[str]:
    """The inputs that the rule may read instead of its own."""
    return [
        name
        for name, input_ in making.inputs.items()
        if not name.endswith(".not_applicable") and fits(own, input_)
    ]


def _signs(rule: Rule, path: str, inputs: tuple[Input, ...], full: Fraction) -> set[int]:
    """The signs that a rule's effect may have; both where a drawn formula, name or shared input decides them.

    An item says its start where the signs of its rules are not plain from the rules alone.
    """
    own, shared = _signs_over(rule, rule.inputs(path), full), _signs_over(rule, inputs, full)
    plain = rule.authored is None and rule.target is None
    return own if own == shared and plain else {1, -1}


def _signs_over(rule: Rule, inputs: tuple[Input, ...], full: Fraction) -> set[int]:
    """The signs that the effect may have over the values of some inputs."""
    if rule.authored is not None or rule.target is not None:
        return set()
    raw = rule.raw(inputs, full)
    return {sign for sign, possible in ((1, raw.hi > 0), (-1, raw.lo < 0)) if possible}


RANGES: tuple[dict[str, Any], ...] = (
    {},
    {"places": 0, "min": 0, "max": 100},
    {"min": -5, "max": 5},
    {"places": 3, "min": Fraction("0.125"), "max": 2},
    {"places": 1, "min": -20, "max": -10},
    {"max": 7},
)


def declared(draw: st.DrawFn, making: Making) -> tuple[Any, Type]:
    """The type of a declared input, as an author writes it and as the model has it."""
    kind = pick(draw, ("flag", "count", "number", "choice"))
    words = making.words.some("title", "note")
    if kind == "number":
        range_ = pick(draw, RANGES)
        type_ = NumberOf(number=Range.model_validate(range_), **words)
        words |= default_of(draw, Declared("x", type_).as_input("x")) if draw(maybe) else {}
        return {"number": range_, **words}, NumberOf(number=type_.number, **words)
    if kind == "choice":
        luck = making.words.luck
        options = tuple(luck.sample(OUTCOMES, luck.randint(1, 4)))
        words |= {"default": pick(draw, options)} if draw(maybe) else {}
        return {"choice": list(options), **words}, ChoiceOf(choice=options, **words)
    word: Word = "flag" if kind == "flag" else "count"
    return ({"type": word, **words} if words else word), WordOf(type=word, **words).shortest()
