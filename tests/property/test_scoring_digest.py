"""The two digests: words change one of them, and rubrics of one scoring digest score alike."""

import pickle
import random
from collections.abc import Iterator
from copy import deepcopy
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from figures import figures
from govrubric import Rubric, ScoreCard, TallyError, loads
from govrubric.comparison.compare import compare
from govrubric.document.nodes import Plain
from govrubric.language.annotations import Kinds, inside
from govrubric.language.fields import Influence, Model, influence
from govrubric.language.rubric_text import RubricText
from govrubric.language.rules._rule import Rule
from govrubric.numbers import NotANumber, exact
from govrubric.plan.planner import make_plan
from govrubric.plan.scoring_text import scoring_text
from govrubric.testing.strategies.authored import Authored, Values
from govrubric.testing.strategies.tally import tallies
from pairs import (
    FILES,
    ROOT,
    Pair,
    built,
    condition,
    file_values,
    header,
    items,
    pairs,
    reorder,
    scale,
    words,
)
from strategies import Sample, samples, seeds

SHIPPED = sorted((ROOT / "rubrics").glob("*.yaml"))

# A value of each key that people read, which no rubric has by chance.
OTHER: Values = {
    "id": "another-id",
    "title": "Other words",
    "clause": "另一条文",
    "note": "Another note",
    "assessed_by": "Another office",
    "was": "another.path",
    "language": "zh",
    "valid": {"from": Plain("1999-01-01")},
    "source": {"document": "Another"},
    "cases": [{"name": "Another", "tally": {}, "expect": {"total": Plain("0")}}],
    "per": "another unit",
    "unit": "another unit",
}


# Words of which one is written.
CHOICES = {
    "take": ("all", "highest"),
    "whole": ("up", "down", "no"),
    "combine": ("sum", "mean", "min", "max"),
    "mode": ("half_up", "half_even", "down", "up", "floor", "ceiling"),
    "grade_on": ("rounded", "exact"),
    "not_applicable": ("rescale", "full", "zero", "spread"),
}


def models(values: Any, kinds: Kinds = (RubricText,)) -> Iterator[tuple[Values, type[Model]]]:
    """Every mapping in the plain values of a rubric that is a model, with the model."""
    if isinstance(values, dict):
        for kind in kinds:
            is_model = isinstance(kind, type) and issubclass(kind, Model)
            if is_model and (not issubclass(kind, Rule) or kind.verb in values):
                yield values, kind
    if isinstance(values, (dict, list)):
        for key, value in values.items() if isinstance(values, dict) else enumerate(values):
            yield from models(value, inside(kinds, values, key))


def keys(values: Values, *marks: Influence | None) -> Iterator[tuple[Values, str]]:
    """The keys with one of some marks, in each mapping that is no case, ambiguity, year or source."""
    for mapping, model in models(values):
        if model.__name__ not in ("Case", "Ambiguity", "Valid", "Origin"):
            for name, field in model.model_fields.items():
                if influence(field) in marks:
                    yield mapping, field.alias or name


def scored(rubric: Rubric, tally: Any) -> ScoreCard | list[str]:
    """The card of a tally, or the codes with which it is refused."""
    try:
        return rubric.score(tally)
    except TallyError as error:
        return [finding.code for finding in error.diagnostics]


def all_figures(rubric: Rubric, tally: Any) -> Any:
    """What a tally comes to, without words."""
    card = scored(rubric, tally)
    return figures(card.to_dict()) if isinstance(card, ScoreCard) else card


@given(samples(), seeds)
def test_a_word_anywhere_changes_the_digest_alone(sample: Sample, seed: int) -> None:
    """`Rubric.scoring_digest`: titles, clauses, notes, cases and names of units change `digest` alone."""
    values = deepcopy(sample.values)
    marks = (Influence.WORDS, Influence.UNIT, Influence.COUNTED)
    places = [
        (one, key) for one, key in keys(values, *marks) if key in OTHER and (key != "per" or key in one)
    ]
    luck = random.Random(seed)
    chosen = luck.choice(sorted({key for _, key in places}))
    mapping, key = luck.choice([place for place in places if place[1] == chosen])
    mapping[key] = OTHER[key]
    rubric = built(values)
    assert rubric.scoring_digest == sample.rubric.scoring_digest
    assert rubric.digest != sample.rubric.digest
    assert all_figures(rubric, sample.plain) == all_figures(sample.rubric, sample.plain)


def is_short(number: Fraction | None) -> bool:
    """Whether a number has no more digits than an author may write; a bound that is worked out may have."""
    try:
        exact(Fraction(0) if number is None else number)
    except NotANumber:
        return False
    return True


@given(samples())
def test_defaults_that_are_spelled_out_change_nothing(sample: Sample) -> None:
    """`Rubric.scoring_digest`: a default that is spelled out does not change it."""
    values = deepcopy(sample.values)
    for mapping, model in models(values):
        for name, field in model.model_fields.items():
            key = field.alias or name
            if not field.is_required() and field.default not in (None, ()) and key != "combine":
                mapping.setdefault(key, field.default)
    for path, item in (("", values), *items(values)):
        planned = sample.rubric.item(path)
        bounds = {"floor": planned.floor, "ceiling": planned.ceiling}
        item |= {key: "none" if bound is None else bound for key, bound in bounds.items() if is_short(bound)}
        if planned.full is not None and is_short(planned.full):
            item["out_of"] = planned.full
        if planned.parts:
            item.setdefault("combine", "sum")
        elif is_short(planned.start):
            item["start"] = planned.start
    rubric = built(values)
    assert rubric.scoring_digest == sample.rubric.scoring_digest
    assert all_figures(rubric, sample.plain) == all_figures(sample.rubric, sample.plain)


def score_alike(pair: Pair, tally: Any) -> None:
    """Rubrics of one scoring digest come to the same figures, and `diff` names no other difference."""
    assert all_figures(pair.older, tally) == all_figures(pair.newer, tally)
    changes = compare(pair.older, pair.newer).changes
    assert [one for one in changes if one.scoring and one.key not in ("per", "unit")] == []


@given(st.data(), pairs(most=2))
def test_rubrics_of_one_scoring_digest_score_alike(data: st.DataObject, pair: Pair) -> None:
    """`Rubric.scoring_digest`: “equal for rubrics that score alike”; so other figures have other digests."""
    if pair.older.scoring_digest == pair.newer.scoring_digest:
        score_alike(pair, data.draw(tallies(pair.older)))


@given(st.data(), pairs(edits=(words, header), most=8))
def test_rubrics_in_other_words_have_one_scoring_digest(data: st.DataObject, pair: Pair) -> None:
    """`Rubric.scoring_digest`: another title, clause, year, source or id of the rubric changes it never."""
    assert pair.older.scoring_digest == pair.newer.scoring_digest
    score_alike(pair, data.draw(tallies(pair.older)))


@given(st.data(), pairs(edits=(words, condition, reorder, scale), most=3))
def test_small_edits_that_keep_it_keep_every_figure(data: st.DataObject, pair: Pair) -> None:
    """`Rubric.scoring_digest`, of conditions in brackets, other orders and bounds that are spelled out."""
    if pair.older.scoring_digest == pair.newer.scoring_digest:
        score_alike(pair, data.draw(tallies(pair.older)))


@given(samples())
def test_both_digests_survive_writing_and_pickling(sample: Sample) -> None:
    """`Rubric.to_text`: “loading it gives an equal rubric”; and `Rubric.digest`, of other layouts."""
    digests = sample.rubric.digest, sample.rubric.scoring_digest
    again = loads(sample.rubric.to_text())
    assert (again.digest, again.scoring_digest) == digests
    again = pickle.loads(pickle.dumps(sample.rubric))
    assert (again.digest, again.scoring_digest) == digests
    again = loads(sample.source)
    assert (again.digest, again.scoring_digest) == digests


def text_of(values: Values) -> str:
    """The scoring text of plain values, whether or not they make a sound rubric."""
    return scoring_text(make_plan(RubricText.model_validate(values)))


def edits(values: Any, key: str = "") -> Iterator[Any]:
    """The plain values of a rubric with one number, word or name changed, one entry gone, or two swapped."""
    if isinstance(values, dict):
        counted = {name: value for name, value in values.items() if name not in OTHER or name == "id"}
        for name, value in counted.items():
            if name in ("govrubric", "ambiguities", "variants") or (name == "id" and "govrubric" in values):
                continue
            if key == "bands" and name in ("to", "below"):  # what is compared with the next band, and no more
                continue
            yield from ({**values, name: changed} for changed in edits(value, name))
    elif isinstance(values, list):
        for index, value in enumerate(values):
            yield from ([*values[:index], changed, *values[index + 1 :]] for changed in edits(value, key))
            if index and value != values[index - 1]:
                yield [*values[: index - 1], value, values[index - 1], *values[index + 1 :]]
            if len(values) > 1:
                yield [*values[:index], *values[index + 1 :]]
    elif isinstance(values, bool):
        yield not values
    elif isinstance(values, Authored):
        yield Authored(f"not ({values})") if key != "formula" else Authored(f"({values}) + 1")
    elif isinstance(values, (int, Fraction)):
        yield values + 1
    elif key in ("id", "grade", "input"):
        yield f"{values}_x"
    elif values in CHOICES.get(key, ()):
        yield from (word for word in CHOICES[key] if word != values)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_each_single_edit_of_a_shipped_rubric_changes_it(path: Path) -> None:
    """`Rubric.scoring_digest`: every number, id and order of a rubric counts, and no two edits are alike."""
    values = file_values(path)
    texts = [text_of(values), *(text_of(edited) for edited in edits(values))]
    assert len(texts) > 150
    assert len(set(texts)) == len(texts)


@given(samples(), seeds)
def test_each_single_edit_of_any_rubric_changes_it(sample: Sample, seed: int) -> None:
    """`Rubric.scoring_digest`: as above, for a few edits of a random rubric, whether or not it stays sound."""
    made, before = list(edits(sample.values)), text_of(sample.values)
    for edited in random.Random(seed).sample(made, min(len(made), 5)):
        try:
            after = text_of(edited)
        except ValidationError:  # a number past its end, such as seven places
            continue
        assert after != before, edited


def test_the_edits_are_of_all_kinds() -> None:
    """What `edits` gives of a small rubric, by hand: so that the test above tries what it says."""
    first, second = {"id": "g", "when": Authored("x"), "note": "N"}, {"id": "h"}
    values: Values = {
        "govrubric": 1,
        "id": "r",
        "title": "T",
        "total": Fraction(2),
        "combine": "min",
        "gates": [first, second],
    }
    made = list(edits(values))
    assert [edited["combine"] for edited in made] == ["min", "sum", "mean", "max", *["min"] * 6]
    assert [(edited["total"], edited["gates"]) for edited in made] == [
        (Fraction(3), [first, second]),
        *[(2, [first, second])] * 3,
        (2, [{**first, "id": "g_x"}, second]),
        (2, [{**first, "when": "not (x)"}, second]),
        (2, [second]),
        (2, [first, {"id": "h_x"}]),
        (2, [second, first]),
        (2, [first]),
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_rubrics_of_the_gallery_have_two_digests(path: Path) -> None:
    rubric = built(file_values(path))
    assert rubric.digest != rubric.scoring_digest
    assert rubric.scoring_digest.partition(":")[0] == "sha256"
