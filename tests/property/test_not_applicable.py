"""The inputs of an item that does not apply change nothing."""

from hypothesis import given

from laws import noticed_absence
from strategies import Sample, samples


@given(samples())
def test_what_is_given_within_an_item_that_does_not_apply_changes_nothing(sample: Sample) -> None:
    """Language 3: “**Not applicable** is a third state beside zero and missing.”

    Its inputs may have any value or be left out, even required ones: the card is the same, apart from its
    inputs.
    """
    assert noticed_absence(sample) == []
