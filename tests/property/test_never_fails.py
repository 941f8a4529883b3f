"""A rubric that loads cannot fail on a valid tally."""

import pytest
from hypothesis import given

from govrubric import ScoreCard, loads
from laws import failures
from strategies import Sample, samples


@given(samples())
def test_a_loaded_rubric_never_fails_on_a_valid_tally(sample: Sample) -> None:
    """Language 8: “a rubric that loads cannot fail on a valid tally”.

    Nor does it fail where every input has its least or its greatest value, and every item applies or none;
    and the reference has the same results there.
    """
    assert failures(sample) == []


def deep(levels: int, scale: int) -> str:
    """Groups within groups, each worth 1 of `scale` and scored out of `scale`."""
    lines = [
        "govrubric: 1",
        "id: deep",
        "title: Deep",
        "total: 1",
        f"out_of: {scale}",
        "round: {places: 2, mode: half_up}",
        "indicators:",
    ]
    for level in range(levels):
        lines += [f"{'  ' * level}- {{id: b, title: B, weight: {scale - 1}, rules: [{{id: r, deduct: 1}}]}}"]
        lines += [
            f"{'  ' * level}{line}" for line in ("- id: a", "  title: A", "  weight: 1", f"  out_of: {scale}")
        ]
        lines += [f"{'  ' * level}  items:"] if level < levels - 1 else []
    return "\n".join([*lines, f"{'  ' * levels}rules: [{{id: r, deduct: 1, per: 例}}]", ""])


@pytest.mark.parametrize(
    ("levels", "scale"),
    [(1, 2**39), (3, 2**39), (5, 2**39), (13, 2**39), (5, 999_999_999_989), (13, 999_999_999_989)],
)
def test_numbers_with_very_many_digits_do_no_harm(levels: int, scale: int) -> None:
    """Results are equal and exact in every reading and decimal context, with any number of digits."""
    rubric = loads(deep(levels, scale))
    card = rubric.score({".".join(["a"] * levels + ["r"]): 1})
    assert card.verify(rubric) == ()
    assert ScoreCard.from_json(card.to_json()) == card
