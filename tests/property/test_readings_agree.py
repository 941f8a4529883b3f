"""There are many ways to a figure, and one figure."""

from hypothesis import given

from laws import differing_readings
from strategies import Sample, samples


@given(samples())
def test_every_reading_comes_to_the_same(sample: Sample) -> None:
    """Architecture, Laws: “every reading agrees”.

    Values alone and with evidence, dotted and nested; the total alone; the rubric's own text; the formulas worked out over
    fractions; and the card written down and computed anew from what it says.
    """
    assert differing_readings(sample) == []
