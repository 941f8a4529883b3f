"""One more violation brings no gain."""

from hypothesis import given

from laws import rewarded_violations
from strategies import Sample, samples


@given(samples())
def test_one_more_violation_betters_no_score(sample: Sample) -> None:
    """The law holds for an input of one rule, if no condition or formula reads it or a score that it changes.

    Later rules may then find less to take off. But a lower balance stays lower or equal when it is kept
    within a bound, limited by `at_most`, forfeited, set or kept by a gate, rounded in any mode, or multiplied
    by a weight. So does a sum, a mean, a minimum or a maximum of contributions, with the lowest dropped or
    not. So the law holds for the item, for every group around it and for the total; and no other item
    changes.
    """
    assert rewarded_violations(sample) == []
