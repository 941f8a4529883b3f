"""The engine and the reference agree on random rubrics and tallies."""

from fractions import Fraction

import pytest
from hypothesis import given

from govrubric.testing.interpreter import rounded
from laws import disagreements_fast, disagreements_long
from strategies import Sample, samples


@given(samples())
def test_a_loaded_text_and_a_tally_in_any_form_score_as_the_reference_does(sample: Sample) -> None:
    assert disagreements_long(sample) == []


@given(samples())
def test_a_plain_dict_that_is_read_at_once_scores_as_the_reference_does(sample: Sample) -> None:
    """Language 4: “every rule has a *raw* effect (what the clause says), an *applied* effect (what the
    balance let through)”.
    """
    assert disagreements_fast(sample) == []


@pytest.mark.parametrize(
    ("mode", "results"),
    [
        ("half_up", (-3, -3, -2, -1, 0, 1, 2, 3, 3)),
        ("half_even", (-3, -2, -2, 0, 0, 0, 2, 2, 3)),
        ("down", (-2, -2, -1, 0, 0, 0, 1, 2, 2)),
        ("up", (-3, -3, -2, -1, 0, 1, 2, 3, 3)),
        ("floor", (-3, -3, -2, -1, 0, 0, 1, 2, 2)),
        ("ceiling", (-2, -2, -1, 0, 0, 1, 2, 3, 3)),
    ],
)
def test_the_reference_itself_rounds_as_the_modes_are_named(mode: str, results: tuple[int, ...]) -> None:
    """Language 3: “`half_up` (away from zero at a tie: 四舍五入), `half_even`, `down` (towards zero), `up`,
    `floor`, `ceiling`”.
    """
    numbers = [Fraction(tenths, 10) for tenths in (-26, -25, -15, -5, 0, 5, 15, 25, 26)]
    assert tuple(rounded(number, 0, mode) for number in numbers) == results
    assert [rounded(number / 100, 2, mode) * 100 for number in numbers] == list(results)
