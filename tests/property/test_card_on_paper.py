"""A card that is written down is the same card."""

from hypothesis import given
from hypothesis import strategies as st

from laws import altered_on_paper, unnoticed_digit
from strategies import Sample, samples


@given(samples())
def test_a_card_survives_being_written_down_and_verifies(sample: Sample) -> None:
    """`ScoreCard.verify`: “nothing when the ledger adds up at every item and the seals are whole”."""
    assert altered_on_paper(sample) == []


@given(samples(), st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 9)), min_size=5, max_size=5))
def test_a_changed_digit_anywhere_is_noticed(sample: Sample, changes: list[tuple[int, int]]) -> None:
    """`ScoreCard.from_json`: “raises for anything else, or when a digit was changed”; otherwise
    `verify(rubric)` fails.
    """
    assert [fault for at, by in changes for fault in unnoticed_digit(sample, at, by)] == []
