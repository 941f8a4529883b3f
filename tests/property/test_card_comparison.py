"""The promises of comparing two cards, for random rubrics and tallies."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from govrubric.testing.strategies.tally import tallies
from strategies import Sample, samples


@given(st.data(), samples())
def test_the_differences_of_items_add_up_to_the_difference_of_totals(
    data: st.DataObject, sample: Sample
) -> None:
    """`CardComparison`: “the causes add up to the difference of the totals, and nothing is left over”."""
    own, official = sample.rubric.score(sample.plain), sample.rubric.score(data.draw(tallies(sample.rubric)))
    found = own.compare(official)
    totals = [Fraction(card.total or 0) for card in (own, official)]
    assert sum((item.points for item in found.items), Fraction(0)) == totals[1] - totals[0]
    assert sum((cause.points for cause in found.causes), Fraction(0)) == totals[1] - totals[0]
    assert [abs(cause.points) for cause in found.causes] == sorted(
        (abs(cause.points) for cause in found.causes), reverse=True
    )
    back = official.compare(own)
    assert {(one.what, one.path): -one.points for one in back.causes} == {
        (one.what, one.path): one.points for one in found.causes
    }
    assert bool(found.inputs) or not found.causes


@given(samples())
def test_a_card_is_like_itself(sample: Sample) -> None:
    card = sample.rubric.score(sample.dressed)
    found = card.compare(card)
    assert (found.causes, found.inputs) == ((), ())
