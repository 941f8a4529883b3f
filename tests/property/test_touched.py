"""What a tally touches was not proved never to be, whatever the rubric."""

from hypothesis import given, settings

from govrubric.cases.coverage import coverage, points
from govrubric.cases.proofs import Proofs
from strategies import Sample, samples

FEWER = settings(
    max_examples=max(10, settings().max_examples // 4)
)  # coverage of a random rubric takes its time


@FEWER
@given(samples())
def test_what_a_tally_touches_was_not_proved_never_to_be(sample: Sample) -> None:
    """`Proofs.never`: “whether it is proved that a flag never holds”.

    Only of what is untouched it is asked whether it can be, so the two numbers add up unless something that was touched cannot.
    """
    rubric = sample.rubric
    every = list(points(rubric))
    impossible = [one for one in every if Proofs(rubric.plan).never(one.flag)]
    assert coverage(rubric, [rubric.score(sample.plain)]).points + len(impossible) == len(every)


@FEWER
@given(samples())
def test_a_card_more_touches_no_less(sample: Sample) -> None:
    card = sample.rubric.score(sample.plain)
    none, one, two = (coverage(sample.rubric, cards) for cards in ([], [card], [card, card]))
    assert set(one.untouched) <= set(none.untouched)
    assert (one.points, one.untouched) == (two.points, two.untouched)
    assert none.touched == 0
    assert none.points == one.points
