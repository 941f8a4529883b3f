"""Batches use processes, so rubrics, cards and refusals can be pickled."""

import copy
import pickle
from collections.abc import Callable

import pytest
from hypothesis import given

from govrubric import CardError, GovrubricError, RubricError, ScoreCard, TallyError, loads, shipped
from laws import lost_in_transit
from strategies import Sample, samples

PROTOCOLS = range(2, pickle.HIGHEST_PROTOCOL + 1)


@given(samples())
def test_an_unpickled_rubric_and_card_equal_the_original(sample: Sample) -> None:
    assert lost_in_transit(sample) == []


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_rubric_and_a_card_are_the_same_in_every_protocol_and_as_a_copy(protocol: int) -> None:
    rubric = shipped("2023-district")
    tally = {
        name: {"count": 2, "flag": True, "number": 1}[input_.kind] for name, input_ in rubric._inputs.items()
    }
    card = rubric.score(tally)
    read = ScoreCard.from_json(card.to_json())
    for one in (rubric, card, read):
        for other in (pickle.loads(pickle.dumps(one, protocol)), copy.copy(one), copy.deepcopy(one)):
            assert other == one
            assert hash(other) == hash(one)


REFUSED: dict[type[GovrubricError], Callable[[], object]] = {
    RubricError: lambda: loads("govrubric: 2\nlanguage: zh-CN\n"),
    TallyError: lambda: shipped("2023-district").score({"basics.nothing": 1}),
    CardError: lambda: ScoreCard.from_json("{}"),
}


@pytest.mark.parametrize("kind", list(REFUSED))
def test_a_refusal_says_the_same_in_another_process(kind: type[GovrubricError]) -> None:
    with pytest.raises(kind) as refused:
        REFUSED[kind]()
    again = pickle.loads(pickle.dumps(refused.value))
    assert type(again) is kind
    assert (again.diagnostics, str(again), again.args) == (
        refused.value.diagnostics,
        str(refused.value),
        refused.value.args,
    )
