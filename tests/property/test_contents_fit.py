"""What a rubric says of its inputs is what scoring takes, and every part of it can be reached, in random rubrics."""

import pytest
from hypothesis import given

from govrubric import Input, TallyError
from govrubric.numbers import written
from strategies import Sample, samples

Value = int | bool | str


def lowest(asked: Input) -> Value | None:
    """The least that an input may be given, or nothing where it may be left out."""
    if asked.default is not None:
        return None
    if asked.kind == "choice":
        return asked.options[0]
    return None if asked.minimum is None or not asked.required else written(asked.minimum)


def highest(asked: Input) -> Value:
    """The greatest that an input may be given."""
    if asked.kind == "choice":
        return asked.options[-1]
    if asked.maximum is None:
        return True
    return written(asked.maximum) if asked.kind == "number" else int(asked.maximum)


def beyond(asked: Input) -> Value:
    """A value that an input may not be given."""
    if asked.kind == "choice":
        return "".join(asked.options) + "?"
    if asked.maximum is None or asked.step is None:
        return "yes"
    more = asked.maximum + asked.step
    return written(more) if asked.kind == "number" else int(more)


@given(samples())
def test_an_input_takes_what_it_says_and_nothing_else(sample: Sample) -> None:
    rubric = sample.rubric
    least = {name: value for name, one in rubric.inputs.items() if (value := lowest(one)) is not None}
    assert rubric.score(least).assumed == tuple(
        name for name, one in rubric.inputs.items() if one.default is not None
    )
    greatest = {name: highest(one) for name, one in rubric.inputs.items()}
    assert rubric.score(greatest, strict=True).assumed == ()
    with pytest.raises(TallyError) as refused:
        rubric.score({name: beyond(one) for name, one in rubric.inputs.items()})
    assert {one.path for one in refused.value.diagnostics} == {(name,) for name in rubric.inputs}


@given(samples())
def test_two_inputs_of_an_item_are_never_labelled_alike(sample: Sample) -> None:
    labels = [(one.item, one.title, one.clause) for one in sample.rubric.inputs.values()]
    assert len(labels) == len(set(labels))


@given(samples())
def test_an_input_that_is_excused_may_be_left_out(sample: Sample) -> None:
    rubric = sample.rubric
    for name, asked in rubric.inputs.items():
        for flag in asked.excused_by:
            given_ = {other: highest(one) for other, one in rubric.inputs.items() if one.kind != "flag"}
            del given_[name]
            assert name in rubric.score({**given_, flag: True}).assumed
            if not asked.excused_when:  # else a condition may excuse it too
                with pytest.raises(TallyError):
                    rubric.score(given_)


@given(samples())
def test_what_an_item_says_is_what_its_score_says(sample: Sample) -> None:
    rubric, card = sample.rubric, sample.rubric.score(sample.plain)
    assert list(rubric.items) == list(card.items)
    assert sorted(rubric.rules) == sorted(card.rules)
    assert {path: one.inputs for path, one in rubric.rules.items()} == {
        path: one.inputs for path, one in card.rules.items()
    }
    for path, item in rubric.items.items():
        scored = card.items[path]
        assert (item.weight, item.full, item.floor, item.ceiling, item.parts, item.extra) == (
            *(scored.weight, scored.out_of, scored.floor, scored.ceiling, scored.parts, scored.extra),
        )
    known = {None, *(one.name for one in rubric.grades), *(one.grade for one in rubric.gates.values())}
    assert card.grade in known
