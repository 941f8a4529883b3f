"""What does not apply has no say."""

from hypothesis import given

from laws import noticed_absence
from strategies import Sample, samples


@given(samples())
def test_what_is_given_within_an_item_that_does_not_apply_changes_nothing(sample: Sample) -> None:
    """Language 3: “**Not applicable** is a third state beside zero and missing.”

    Whatever is given for it, or left out, even what must else be given, the whole card but for its inputs is the same.
    """
    assert noticed_absence(sample) == []
