"""Samples for the laws: random rubrics, each with a random tally in every form, and a corpus of them.

They are drawn by `govrubric.testing`, valid by construction: a refusal is a bug.
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
from govrubric.testing.strategies.authored import Values
from govrubric.testing.strategies.rubric import values as rubrics
from govrubric.testing.strategies.tally import Tally
from govrubric.testing.strategies.tally import tallies as valid_tallies
from govrubric.testing.strategies.words import Words
from layouts import written

COUNT_LIMIT = 1_000_000_000

seeds = st.integers(0, 9999)


def as_decimal(value: Fraction, places: int, more: int = 0) -> Decimal:
    """A number as a `Decimal` with `more` zeros at its end, made without arithmetic."""
    return Decimal(f"{int(value * 10**places)}{'0' * more}E-{places + more}")


def _form(luck: random.Random, value: Any, input_: Input, *, digits: bool) -> Any:
    """A value in a form that a program may use; with `digits` also as text, which is read the slow way."""
    if input_.kind != "number":
        return value
    number = Fraction(value)
    forms: list[Any] = [as_decimal(number, input_.places, more) for more in (0, 0, 3, 60)]
    if number.denominator == 1:
        forms += [int(number), int(number), Decimal(int(number))]
    if digits:
        forms.append(f"{as_decimal(number, input_.places):f}")
        if abs(number.numerator) < 10**12:
            forms.append(f"{number.numerator}/{number.denominator}")
    return luck.choice(forms)


def dressed(tally: Tally, inputs: Mapping[str, Input], words: Words) -> Tally:
    """A tally with evidence and notes, its names dotted, nested or partly so."""
    luck = words.luck
    result: Tally = {}
    how = luck.choice(("dotted", "nested", "mixed"))
    for name, value in tally.items():
        cell = _form(luck, value, inputs[name], digits=True)
        if luck.random() < 0.4:
            evidence = [words.text() for _ in range(luck.randint(0, 2))]
            cell = luck.choice(({"value": cell}, {"note": words.text(), "evidence": evidence, "value": cell}))
        path = name.split(".")
        dotted = {"nested": 1, "dotted": len(path)}.get(how) or luck.randint(1, len(path))
        inner, (*groups, last) = result, [".".join(path[:dotted]), *path[dotted:]]
        for group in groups:
            inner = inner.setdefault(group, {})
        inner[last] = cell
    return result


@dataclass(frozen=True)
class Sample:
    """A rubric and a tally of it: exact in `tally`, and as a program gives it in `plain`."""

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
        """The rubric made anew, with nothing cached."""
        return Rubric(self.text)

    @property
    def source(self) -> str:
        """The rubric as an author may have written it."""
        return written(self.values, self.seed)

    @cached_property
    def plain(self) -> Tally:
        luck = random.Random(self.seed)
        return {
            name: _form(luck, value, self.rubric._inputs[name], digits=False)
            for name, value in self.tally.items()
        }

    @cached_property
    def dressed(self) -> Tally:
        """The same tally in one of the forms of the language."""
        return dressed(self.tally, self.rubric._inputs, Words(self.seed))


def exact(rubric: Rubric, tally: Tally) -> Tally:
    """A tally with its numbers as fractions."""
    return {
        name: Fraction(value) if rubric._inputs[name].kind == "number" else value
        for name, value in tally.items()
    }


def tallies(rubric: Rubric) -> st.SearchStrategy[Tally]:
    """An exact value for every input, also for the optional ones."""
    kinds = {"count": int, "flag": bool, "number": Fraction}
    defaults = {
        name: input_.options[0] if input_.options else kinds[input_.kind](unsaid(input_))
        for name, input_ in rubric._inputs.items()
    }
    return valid_tallies(rubric).map(lambda tally: defaults | exact(rubric, tally))


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    """A rubric by construction, and a valid tally of it, which may leave out optional inputs."""
    values = draw(rubrics())
    rubric = Rubric(RubricText.model_validate(values))
    sample = Sample(values, exact(rubric, draw(valid_tallies(rubric))), draw(seeds))
    sample.__dict__.update(text=rubric._text, rubric=rubric)  # the cached properties
    return sample


SAMPLES = 400


@cache
def corpus() -> tuple[tuple[Values, Tally, int], ...]:
    """A few hundred samples, the same every time."""
    collected: list[tuple[Values, Tally, int]] = []

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
        collected.append((sample.values, sample.tally, sample.seed))

    collect()
    return tuple(collected)
