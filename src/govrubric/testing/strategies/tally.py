"""Rubric -> a Hypothesis strategy of its valid tallies, by construction: values alone under dotted names.

What may be left out comes first among the choices of every input, then what is nearest to zero, so that a tally that
breaks a law shrinks to few names and small numbers.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any

from hypothesis import strategies as st

from govrubric.formula.nodes import Input
from govrubric.rubric import Rubric
from govrubric.testing.strategies.edges import edges as edges_of

Tally = dict[str, Any]
Values = st.SearchStrategy[Any]
LEFT_OUT: Any = object()
# Of so many choices for what may be left out, one gives it: of few names, of half of them, of most.
ONE_IN = (8, 2, 1)


def tallies(rubric: Rubric, *, edges: bool = True) -> st.SearchStrategy[Tally]:
    """Valid tallies of a rubric.

    Args:
        edges: draw mostly the values at which something may change (zero, one, both sides of where a floor, a cap or a
            threshold is reached, the largest), else any values at all.
    """
    inputs = tuple(rubric.inputs.values())
    told = edges_of(rubric) if edges else {}
    ways = (
        [tuple(_telling(one, told.get(one.name, ()), one_in) for one in inputs) for one_in in ONE_IN]
        if edges
        else []
    )
    return _tallies(rubric, (*ways, tuple(map(_any, inputs))))


@st.composite
def _tallies(draw: st.DrawFn, rubric: Rubric, ways: tuple[tuple[Values, ...], ...]) -> Tally:
    way = draw(st.sampled_from(ways))
    drawn = {name: draw(values) for name, values in zip(rubric.inputs, way, strict=True)}
    for name, flags in rubric.plan.excused.items():
        if any(drawn[flag] is True for flag in flags) and not draw(st.booleans()):
            drawn[name] = LEFT_OUT
    return {name: value for name, value in drawn.items() if value is not LEFT_OUT}


def alone(rubric: Rubric, tally: Tally) -> Iterator[Tally]:
    """What a tally must give, and one other name of it alone, from the value nearest to zero on: where a few do together what one can do."""
    told = edges_of(rubric)
    must = {name: value for name, value in tally.items() if rubric.inputs[name].required}
    if any(one.required and name not in tally for name, one in rubric.inputs.items()):
        return  # it is a flag that lets a value be left out, so the two belong together
    for name in [name for name in tally if name not in must]:
        yield from ({**must, name: value} for value in _values(rubric.inputs[name], told.get(name, ())))


def _telling(one: Input, told: tuple[Fraction, ...], one_in: int) -> Values:
    """What is worth giving to an input, and among it as often as `one_in` says that it is left out."""
    values = _values(one, told)
    absent = 0 if one.required else max(1, len(values) * (one_in - 1))
    return st.sampled_from((*[LEFT_OUT] * absent, *values))


def _values(one: Input, told: tuple[Fraction, ...]) -> tuple[Any, ...]:
    return one.options or tuple(as_given(one, value) for value in told) or (True, False)


def _any(one: Input) -> Values:
    """Whatever an input may be given."""
    if one.kind == "choice":
        return st.sampled_from(one.options)
    if one.kind == "flag":
        return st.sampled_from((LEFT_OUT, True, False))
    step = one.step or Fraction(1, one.den)
    whole = st.integers(ceil(one.lo / step), floor(one.hi / step))
    return whole.map(lambda steps: as_given(one, steps * step)) if one.required else st.just(LEFT_OUT) | whole


def as_given(one: Input, value: Fraction) -> int | Decimal:
    """A count or number as a program gives it; nothing is rounded, and no context is asked."""
    return int(value) if value.denominator == 1 else Decimal(f"{int(value * one.den)}E-{one.places}")
