"""What is known of a formula when it is built is true of every value."""

from hypothesis import given

from laws import loose_lines
from strategies import Sample, samples


@given(samples())
def test_no_line_leaves_its_bounds_or_its_denominator(sample: Sample) -> None:
    """Architecture, Readings: “lowest and highest value of every line: property tests never leave them”.

    And “values are whole numbers over a denominator fixed at build time”; the printed function computes the same.
    """
    assert loose_lines(sample) == []
