"""Rubric -> a Hypothesis strategy of its valid tallies, by construction: values alone under dotted names.

The first choice for an optional input is to leave it out, and then come the values nearest to zero. So a
tally that breaks a law shrinks to few names and small numbers.
"""

from collections.abc import Callable, Iterator
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
# An optional input is given in one tally of so many: tallies with few names, with half of them, with most.
ONE_IN = (8, 2, 1)
ZERO = Fraction(0)
# Where between the least and the greatest possible value a number lies that goes with a count.
SHARES = (ZERO, Fraction(1, 3), Fraction(1, 2), Fraction(1))


def tallies(rubric: Rubric, *, edges: bool = True) -> st.SearchStrategy[Tally]:
    """Valid tallies of a rubric.

    Args:
        edges: draw mostly the values at which a score may change: zero, one, both sides of a floor, a cap or
            a threshold, and the largest. Otherwise draw any values.
    """
    inputs = tuple(rubric._inputs.values())
    ways = []
    if edges:
        values = edges_of(rubric)
        ways = [
            tuple(_at_edges(input_, values.get(input_.name, ()), one_in) for input_ in inputs)
            for one_in in ONE_IN
        ]
    return _tallies(rubric, (*ways, tuple(map(_any, inputs))))


@st.composite
def _tallies(draw: st.DrawFn, rubric: Rubric, ways: tuple[tuple[Values, ...], ...]) -> Tally:
    way = draw(st.sampled_from(ways))
    drawn = {name: draw(values) for name, values in zip(rubric._inputs, way, strict=True)}
    given = {name: value for name, value in drawn.items() if value is not LEFT_OUT}
    tally = beside_cases(rubric, given, lambda: draw(st.sampled_from(SHARES)))
    raised = {name for name, value in tally.items() if value is True} | rubric._derived.raised_by(tally)
    for name, flags in rubric._plan.excused.items():
        if not raised.isdisjoint(flags) and not draw(st.booleans()):
            del tally[name]
    return tally


def alone(rubric: Rubric, tally: Tally) -> Iterator[Tally]:
    """Tallies with the required inputs and one optional input, at each of its values, nearest to zero first.

    A law may be broken by several optional inputs together and also by one of them alone, which is easier to
    read.
    """
    values = edges_of(rubric)
    required = {name: value for name, value in tally.items() if rubric._inputs[name].required}
    if any(input_.required and name not in tally for name, input_ in rubric._inputs.items()):
        return  # a flag of the tally excuses a required input, so the tally cannot do without the flag
    for name in tally:
        if name not in required:
            for value in _values(rubric._inputs[name], values.get(name, ())):
                yield beside_cases(rubric, {**required, name: value}, lambda: ZERO)


def beside_cases(rubric: Rubric, tally: Tally, share: Callable[[], Fraction]) -> Tally:
    """The tally, with each number that goes with a count as its cases allow.

    One that they do not allow becomes the least that they do, with a `share` of the way to the greatest.
    """
    fitting = dict(tally)
    for name, known in rubric._inputs.items():
        if known.each is None or name not in tally:
            continue
        cases, step = tally.get(known.each.of, 0), known.step or Fraction(1, known.den)
        low, high = cases * known.each.low, cases * known.each.high
        if not low <= Fraction(tally[name]) <= high:
            fitting[name] = as_given(known, low + floor((high - low) * share() / step) * step)
    return fitting


def _at_edges(input_: Input, values: tuple[Fraction, ...], one_in: int) -> Values:
    """The edges of an input; if it is optional, it is given in one tally of `one_in`."""
    choices = _values(input_, values)
    absent = 0 if input_.required else max(1, len(choices) * (one_in - 1))
    return st.sampled_from((*[LEFT_OUT] * absent, *choices))


def _values(input_: Input, values: tuple[Fraction, ...]) -> tuple[Any, ...]:
    return input_.options or tuple(as_given(input_, value) for value in values) or (True, False)


def _any(input_: Input) -> Values:
    """Any value that an input may have."""
    if input_.kind == "choice":
        return st.sampled_from(input_.options if input_.required else (LEFT_OUT, *input_.options))
    if input_.kind == "flag":
        return st.sampled_from((LEFT_OUT, True, False))
    step = input_.step or Fraction(1, input_.den)
    whole = st.integers(ceil(input_.lo / step), floor(input_.hi / step))
    if input_.gap is not None:
        whole = st.just(0) | st.integers(ceil(input_.gap / step), floor(input_.hi / step))
    given = whole.map(lambda steps: as_given(input_, steps * step))
    return given if input_.required else st.just(LEFT_OUT) | given


def as_given(input_: Input, value: Fraction) -> int | Decimal:
    """A count or number as a program gives it: exact, and without the decimal context."""
    return int(value) if value.denominator == 1 else Decimal(f"{int(value * input_.den)}E-{input_.places}")
