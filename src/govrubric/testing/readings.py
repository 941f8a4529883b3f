"""Card x card -> the figures in which they differ; and other ways to give a tally, or to compute a figure.

Each way is a reading of the same plan, and all readings must agree.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from govrubric.plan.lines import VALUE, LineName
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard
from govrubric.testing.interpreter import lines, number, unsaid

Figure = tuple[str, str, Any]  # path, kind, value
Apart = tuple[str, str, object, object]  # path, kind, value, other value

_ITEM = ("base", "rounding", "score", "lost", "contribution", "applies", "counts")
_RULE = ("raw", "applied", "absorbed", "balance", "counted")
_BY_HAND = (
    "base",
    "rounding",
    "score",
    "lost",
    "contribution",
    "applies",
    "counts",
    "raw",
    "applied",
    "absorbed",
    "counted",
    VALUE,
)


def figures(card: ScoreCard) -> Iterator[Figure]:
    """Every figure of a card."""
    yield from (("", kind, getattr(card, kind)) for kind in ("total", "exact_total", "grade"))
    yield from ((value.path, VALUE, value.value) for value in card.values.values())
    for path, item in card.items.items():
        yield from ((path, kind, getattr(item, kind)) for kind in _ITEM)
        for rule in item.rules:
            yield from ((rule.path, kind, getattr(rule, kind)) for kind in _RULE)
        for gate in item.gates:
            yield from ((gate.path, kind, getattr(gate, kind)) for kind in ("held", "effect"))


def apart(card: ScoreCard, other: ScoreCard) -> Iterator[Apart]:
    """The figures in which two cards of one rubric differ; where there are none, the units if they differ."""
    equal = True
    for (path, kind, stated), (_, _, changed) in zip(figures(card), figures(other), strict=True):
        if stated != changed:
            equal = False
            yield path, kind, stated, changed
    if equal and (card.unit, card.name) != (other.unit, other.name):
        yield "", "card", card.unit, other.unit


def given(card: ScoreCard) -> dict[str, Any]:
    """The tally of a card: values alone, under dotted names."""
    return {row.name: row.value for row in card.inputs.values() if not row.assumed}


def nested(plain: Mapping[str, Any]) -> dict[str, Any]:
    """The same values with evidence and a note, nested by the parts of their names."""
    tally: dict[str, Any] = {}
    for name, value in plain.items():
        inner, (*groups, last) = tally, name.split(".")
        for group in groups:
            inner = inner.setdefault(group, {})
        inner[last] = {"value": value, "evidence": ["1", "2"], "note": "3"}
    return tally


def by_hand(rubric: Rubric, card: ScoreCard) -> Iterator[Apart]:
    """The figures of a card that differ from the plan's formulas, computed over fractions."""
    inputs = {name: unsaid(input_) for name, input_ in rubric._inputs.items()}
    inputs |= {name: number(rubric._inputs[name], value) for name, value in given(card).items()}
    values = {}
    for line, value in lines(rubric._plan, inputs).items():
        name = LineName(line)
        values[name.path, name.kind] = value
    for path, kind, stated in figures(card):
        if kind not in _BY_HAND:
            continue
        void = kind in ("score", "lost", "contribution") and values[path, "void"] > 0
        due = None if void else values[path, kind]
        # A flag is 0 or 1 in a formula, so it is compared as a number.
        if (None if stated is None else Fraction(stated)) != due:
            yield path, kind, stated, due
