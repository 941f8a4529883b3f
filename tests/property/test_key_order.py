"""A tally is a set of names with values, in any order."""

from hypothesis import given

from laws import order_matters
from strategies import Sample, samples


@given(samples())
def test_the_order_of_a_tallys_keys_changes_nothing(sample: Sample) -> None:
    assert order_matters(sample) == []
