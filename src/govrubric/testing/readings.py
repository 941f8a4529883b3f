"""Card x card -> the figures in which they differ; and the other ways in which a tally may be given, or a figure had.

Each way is one reading of the same plan, and all of them must agree.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from govrubric.plan.lines import LineName
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard
from govrubric.testing.interpreter import lines, number, unsaid

Figure = tuple[str, str, Any]
Apart = tuple[str, str, object, object]

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
)


def figures(card: ScoreCard) -> Iterator[Figure]:
    """Every figure of a card: the path, what it is, and the figure itself."""
    yield from (("", what, getattr(card, what)) for what in ("total", "exact_total", "grade"))
    for path, item in card.items.items():
        yield from ((path, what, getattr(item, what)) for what in _ITEM)
        for rule in item.rules:
            yield from ((rule.path, what, getattr(rule, what)) for what in _RULE)
        for gate in item.gates:
            yield from ((gate.path, what, getattr(gate, what)) for what in ("held", "effect"))


def apart(card: ScoreCard, other: ScoreCard) -> Iterator[Apart]:
    """The figures of two cards of one rubric that are not the same; two that differ in nothing else are two cards."""
    found = False
    for (path, what, one), (_, _, two) in zip(figures(card), figures(other), strict=True):
        if one != two:
            found = True
            yield path, what, one, two
    if not found and (card.unit, card.name) != (other.unit, other.name):
        yield "", "card", card.unit, other.unit


def given(card: ScoreCard) -> dict[str, Any]:
    """What the tally of a card gave: values alone, under dotted names."""
    return {one.name: one.value for one in card.inputs.values() if not one.assumed}


def nested(plain: Mapping[str, Any]) -> dict[str, Any]:
    """The same values with evidence and a note, each part of a name one step deeper."""
    whole: dict[str, Any] = {}
    for name, value in plain.items():
        inner, (*above, last) = whole, name.split(".")
        for word in above:
            inner = inner.setdefault(word, {})
        inner[last] = {"value": value, "evidence": ["1", "2"], "note": "3"}
    return whole


def by_hand(rubric: Rubric, card: ScoreCard) -> Iterator[Apart]:
    """The figures of a card that are not what the plan's formulas come to, worked out over fractions."""
    values = {name: unsaid(one) for name, one in rubric.inputs.items()}
    values |= {name: number(rubric.inputs[name], value) for name, value in given(card).items()}
    worked = {}
    for text, value in lines(rubric.plan, values).items():
        name = LineName(text)
        worked[name.path, name.kind] = value
    for path, what, stated in figures(card):
        if what not in _BY_HAND:
            continue
        void = what in ("score", "lost", "contribution") and worked[path, "void"] > 0
        due = None if void else worked[path, what]
        # A flag is 0 or 1 in a formula; and no figure of a card is ever a float.
        if (None if stated is None else Fraction(stated)) != due:
            yield path, what, stated, due
