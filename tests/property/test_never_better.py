"""Whoever breaks one more rule does not gain by it."""

from hypothesis import given

from laws import rewarded_violations
from strategies import Sample, samples


@given(samples())
def test_one_more_violation_betters_no_score(sample: Sample) -> None:
    """Architecture, Laws: “never better for one more violation”.

    It is promised of whatever one rule counts and no condition or formula looks at, nor at a score that it touches. Later
    rules may then find less to take, but a balance that was lower stays lower or equal: held within a bound, limited by
    `at_most`, lost to a forfeit, set or held by a gate, rounded by any mode, or times a weight; and so does a sum, a mean,
    a least or a greatest of contributions, with the lowest dropped or not. So it holds of the item, of every item above
    it and of the total; and no other item changes.
    """
    assert rewarded_violations(sample) == []
