"""Samples for the laws: a random rubric, a random tally of it in every form that a tally may have, and a corpus of them.

What is drawn comes from `govrubric.testing`, by construction: a refusal is a bug.
"""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, cached_property
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from govrubric import Rubric
from govrubric.formula.nodes import Input
from govrubric.language.rubric_text import RubricText
from govrubric.testing.interpreter import unsaid
from govrubric.testing.strategies import tally as valid
from govrubric.testing.strategies.authored import Values
from govrubric.testing.strategies.rubric import values as rubrics
from govrubric.testing.strategies.tally import Tally
from govrubric.testing.strategies.words import Words
from layouts import written

COUNT_LIMIT = 1_000_000_000

seeds = st.integers(0, 9999)


def as_decimal(value: Fraction, places: int, more: int = 0) -> Decimal:
    """A number as a `Decimal` with `more` zeros behind it, made without arithmetic."""
    return Decimal(f"{int(value * 10**places)}{'0' * more}E-{places + more}")


def _worded(luck: random.Random, value: Any, one: Input, *, digits: bool) -> Any:
    """A value in a form that a program may give it in; only `digits` as text go the long way."""
    if one.kind != "number":
        return value
    number = Fraction(value)
    ways: list[Any] = [as_decimal(number, one.places, more) for more in (0, 0, 3, 60)]
    if number.denominator == 1:
        ways += [int(number), int(number), Decimal(int(number))]
    if digits:
        ways += [f"{as_decimal(number, one.places):f}"] + [f"{number.numerator}/{number.denominator}"] * (
            abs(number.numerator) < 10**12
        )
    return luck.choice(ways)


def dressed(tally: Tally, inputs: Mapping[str, Input], words: Words) -> Tally:
    """A tally with evidence and notes, its names dotted, nested or partly so."""
    luck = words.luck
    whole: Tally = {}
    how = luck.choice(("dotted", "nested", "mixed"))
    for name, value in tally.items():
        given = _worded(luck, value, inputs[name], digits=True)
        if luck.random() < 0.4:
            evidence = [words.text() for _ in range(luck.randint(0, 2))]
            given = luck.choice(
                ({"value": given}, {"note": words.text(), "evidence": evidence, "value": given})
            )
        path = name.split(".")
        first = 1 if how == "nested" else len(path) if how == "dotted" else luck.randint(1, len(path))
        inner, steps = whole, [".".join(path[:first]), *path[first:]]
        for word in steps[:-1]:
            inner = inner.setdefault(word, {})
        inner[steps[-1]] = given
    return whole


@dataclass(frozen=True)
class Sample:
    """A rubric and a tally of it, which is exact in `tally`, and in `plain` as a program gives it."""

    values: Values
    tally: Tally
    seed: int

    @cached_property
    def text(self) -> RubricText:
        return RubricText.model_validate(self.values)

    @cached_property
    def rubric(self) -> Rubric:
        return self.fresh()

    def fresh(self) -> Rubric:
        """The rubric made anew, with nothing remembered."""
        return Rubric(self.text)

    @property
    def source(self) -> str:
        """The rubric as an author may have written it."""
        return written(self.values, self.seed)

    @cached_property
    def plain(self) -> Tally:
        luck = random.Random(self.seed)
        return {
            name: _worded(luck, value, self.rubric.inputs[name], digits=False)
            for name, value in self.tally.items()
        }

    @cached_property
    def dressed(self) -> Tally:
        """The same tally in any form that the language knows."""
        return dressed(self.tally, self.rubric.inputs, Words(self.seed))


def exact(rubric: Rubric, tally: Tally) -> Tally:
    """A tally with its numbers as fractions."""
    return {
        name: Fraction(value) if rubric.inputs[name].kind == "number" else value
        for name, value in tally.items()
    }


def tallies(rubric: Rubric) -> st.SearchStrategy[Tally]:
    """An exact value for every input, whether it may be left out or not."""
    kinds = {"count": int, "flag": bool, "number": Fraction}
    least = {
        name: one.options[0] if one.options else kinds[one.kind](unsaid(one))
        for name, one in rubric.inputs.items()
    }
    return valid.tallies(rubric).map(lambda given_: least | exact(rubric, given_))


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    """A rubric by construction, and a tally of it; a few values may be left out, where they may."""
    values = draw(rubrics())
    rubric = Rubric(RubricText.model_validate(values))
    sample = Sample(values, exact(rubric, draw(valid.tallies(rubric))), draw(seeds))
    sample.__dict__.update(text=rubric.text, rubric=rubric)  # as if somebody had asked for them
    return sample


SAMPLES = 400


@cache
def corpus() -> tuple[tuple[Values, Tally, int], ...]:
    """A few hundred samples, the same every time."""
    found: list[tuple[Values, Tally, int]] = []

    @seed(1)
    @settings(
        database=None,
        max_examples=SAMPLES,
        phases=[Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(samples())
    def collect(sample: Sample) -> None:
        found.append((sample.values, sample.tally, sample.seed))

    collect()
    return tuple(found)
