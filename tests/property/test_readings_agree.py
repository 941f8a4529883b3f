"""All ways to compute a figure agree."""

from hypothesis import given

from laws import differing_readings
from strategies import Sample, samples


@given(samples())
def test_every_reading_comes_to_the_same(sample: Sample) -> None:
    """The readings: values alone and with evidence, dotted and nested; the total alone; the rubric's own
    text;
    the formulas computed over fractions; and the card, written, read and verified.
    """
    assert differing_readings(sample) == []
