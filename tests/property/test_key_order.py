"""A tally is a set of names with values, whatever order they came in."""

from hypothesis import given

from laws import order_matters
from strategies import Sample, samples


@given(samples())
def test_the_order_of_a_tallys_keys_changes_nothing(sample: Sample) -> None:
    """Architecture, Laws: “order of the tally's keys changes nothing”."""
    assert order_matters(sample) == []
