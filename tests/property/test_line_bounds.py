"""The bounds and the denominator of a formula hold for every value."""

from hypothesis import given

from laws import loose_lines
from strategies import Sample, samples


@given(samples())
def test_no_line_leaves_its_bounds_or_its_denominator(sample: Sample) -> None:
    """Each value is within the bounds of its line, whole over its denominator, and that of generated code."""
    assert loose_lines(sample) == []
