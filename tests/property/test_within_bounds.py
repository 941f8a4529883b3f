"""Scores keep within what the author wrote."""

import pytest
from hypothesis import given

from govrubric import Rubric, RubricError, loads
from govrubric.testing import rubrics
from govrubric.testing.proof import check_bounds
from laws import out_of_bounds
from strategies import Sample, samples

LEAF = """\
govrubric: 1
id: t
title: T
total: 10
round: {places: 0, mode: half_up}
indicators:
  - {id: a, title: A, weight: 10, BOUND, rules: [{id: r, VERB: 1, per: 例}]}
"""


@given(samples())
def test_every_score_is_within_floor_and_ceiling_and_never_above_the_weight(sample: Sample) -> None:
    """Language 3: “`extra` … its points come on top of the parent's weight, and raise its ceiling”."""
    assert out_of_bounds(sample) == []


@given(rubrics())
def test_interval_arithmetic_alone_proves_that_every_score_is_within_floor_and_ceiling(
    rubric: Rubric,
) -> None:
    """Language 8: “every line has bounds known beforehand”, and they are narrow enough for `prove`, of any
    rubric.
    """
    check_bounds(rubric)


@pytest.mark.parametrize(
    ("bound", "verb", "cases"),
    [("ceiling: 3", "deduct", 0), ("floor: 3", "award", 0), ("floor: 12, ceiling: 20", "deduct", 0)],
)
def test_a_start_that_is_not_written_is_within_the_bounds_too(bound: str, verb: str, cases: int) -> None:
    """Language 3: “`floor`, `ceiling`: bounds of the item's score”. Such a rubric may also be refused."""
    try:
        rubric = loads(LEAF.replace("BOUND", bound).replace("VERB", verb))
    except RubricError:
        return
    item = rubric.score({"a.r": cases}).items["a"]
    assert item.floor is not None
    assert item.ceiling is not None
    assert item.score is not None
    assert item.floor <= item.score <= item.ceiling
