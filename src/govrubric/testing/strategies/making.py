"""The material of a random rubric: numbers and features to choose from, and the rubric as drawn so far.

To make a strategy costs more than to score a rule, so the strategies are made once, here.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from hypothesis import strategies as st

from govrubric.language import rules
from govrubric.numbers import Mode
from govrubric.testing.strategies.authored import Scope
from govrubric.testing.strategies.words import Words

POINTS = tuple(map(Fraction, (
    "1", "0.1", "0.5", "2", "0.05", "0.01", "0.3", "3", "10", "12.5", "0.000001", "1/3", "2/3", "1/7",
    "1/128", "1000000", "999999999999",
)))  # fmt: skip
FULLS = tuple(map(Fraction, ("100", "10", "5", "1", "0.5", "99.9", "120", "1000", "0.25", "7")))
SCALES = tuple(map(Fraction, ("100", "10", "1000", "3", "7", "0.5", "2.5", "1/3", "40")))
PARTS_OF = tuple(map(Fraction, ("1/4", "1/2", "3/4", "1/3", "9/10", "1")))
MODES = ("half_up", "half_even", "down", "up", "floor", "ceiling")
VERBS = (*rules.VERBS, "deduct", "award", "formula")  # the most used and the hardest are drawn more often
DEPTH = 4
MEASURES = tuple(map(Fraction, ("0", "60", "80", "90", "95", "99.5", "100", "-3", "0.25", "1000000000")))
AMOUNTS = tuple(map(Fraction, ("1", "-1", "0", "3", "-0.5", "10", "1/3", "-2/7", "0.01", "100")))
GRADES = ("优秀", "良好", "合格", "不合格", "A", "true", "1")
POLICIES = ("rescale", "spread", "full", "zero")


def combinations(*features: str) -> st.SearchStrategy[frozenset[str]]:
    """No feature, a single feature, or several of them, drawn by one choice."""
    luck = random.Random(1)
    several = [
        frozenset(luck.choices(features, k=count))
        for count in (2, 2, 2, 3, 3, 5)
        for _ in range(len(features))
    ]
    single = [frozenset((feature,)) for feature in features]
    return st.sampled_from([*[frozenset[str]()] * len(features), *single, *single, *several])


modes: st.SearchStrategy[Mode] = st.sampled_from(MODES)
scales: st.SearchStrategy[Fraction] = st.sampled_from(SCALES)
totals: st.SearchStrategy[Fraction] = st.sampled_from(FULLS)
shares_of: st.SearchStrategy[Fraction] = st.sampled_from(PARTS_OF)
maybe: st.SearchStrategy[bool] = st.sampled_from((False, False, False, True))
forms: st.SearchStrategy[str] = st.sampled_from(("per", "once", "levels", "steps"))
takes: st.SearchStrategy[str | None] = st.sampled_from((None, "all", "highest"))
features_of_rules: st.SearchStrategy[frozenset[str]] = combinations(
    "at_most", "when", "when", "input", "default"
)
features_of_items: st.SearchStrategy[frozenset[str]] = combinations(
    "out_of",
    "round",
    "bounds",
    "combine",
    "drop",
    "extra",
    "not_applicable",
    "not_applicable",
    "counts_when",
    "take",
    "gates",
    "gates",
    "values",
)
features_of_roots: st.SearchStrategy[frozenset[str]] = combinations(
    "out_of",
    "bounds",
    "combine",
    "drop",
    "extra",
    "gates",
    "grades",
    "grades",
    "facts",
    "facts",
    "values",
    "values",
)
steps_of: st.SearchStrategy[int] = st.sampled_from((1, 2, 5, 25))
signs: st.SearchStrategy[int] = st.sampled_from((1, -1))
places_of: st.SearchStrategy[int] = st.integers(0, 6)
places_or_none: st.SearchStrategy[int | None] = st.none() | places_of
seeds: st.SearchStrategy[int] = st.integers(0, 9999)


@dataclass
class Making(Scope):
    """A rubric in the making: its inputs and items so far, names and texts, greatest depth and verbs.

    Of the items without full marks, nothing in the `takers` can add.
    """

    words: Words = field(default_factory=lambda: Words(0))
    takers: set[str] = field(default_factory=set)
    depth: int = DEPTH
    verbs: Sequence[str] = VERBS
