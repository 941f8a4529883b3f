"""A point that a tally touches is not proved impossible, for random rubrics."""

from hypothesis import given, settings

from govrubric.cases.coverage import coverage, points
from govrubric.cases.proofs import Proofs
from strategies import Sample, samples

# The coverage of a random rubric takes long.
FEWER = settings(max_examples=max(5, settings().max_examples // 4))


@FEWER
@given(samples())
def test_what_a_tally_touches_was_not_proved_never_to_be(sample: Sample) -> None:
    """`Proofs.never`: “whether it is proved that a flag never holds”.

    Only an untouched point is tried for a proof, so the two numbers add up unless a touched point is proved
    impossible.
    """
    rubric = sample.rubric
    every, proofs = list(points(rubric)), Proofs(rubric._plan)
    impossible = [point for point in every if proofs.never(point._flag)]
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
