"""A tally is a set of names with values, whatever order they came in."""

from hypothesis import given
from hypothesis import strategies as st

from laws import order_matters
from strategies import Sample, samples


@given(samples(), st.integers(0, 99))
def test_the_order_of_a_tallys_keys_changes_nothing(sample: Sample, seed: int) -> None:
    """Architecture, Laws: “order of the tally's keys changes nothing”."""
    assert order_matters(sample, seed) == []
