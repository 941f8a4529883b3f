"""What a variant or reading leaves as it is has the lines of the rubric's own plan."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given

from govrubric import Rubric, load, loads, shipped
from govrubric.plan.planner import make_plan
from govrubric.plan.unchanged import Unchanged
from govrubric.testing.strategies.rubric import rubrics

ROOT = Path(__file__).parents[2]
FORM = """govrubric: 1
id: t
title: T
total: 30
round: {places: 2, mode: half_up}
facts: {deaths: count}
indicators:
  - {id: plain, title: P, weight: 10, rules: [{id: late, deduct: 1, per: case}, {id: bad, deduct: 2}]}
  - id: group
    title: G
    weight: 10
    items:
      - {id: part, title: Q, weight: 6, rules: [{id: late, deduct: 1}]}
      - {id: other, title: O, weight: 4, rules: [{id: late, deduct: 1}]}
  - {id: shared, title: S, weight: 5, rules: [{id: late, deduct: 1, per: case, input: deaths}]}
  - {id: asking, title: A, weight: 5, rules: [{id: late, deduct: 1, when: deaths > 1}]}
variants:
  small: {title: small, set: {group.part.late.deduct: 2}}
"""


def kept(changed: Mapping[str, str] | None = None) -> set[str]:
    """The items of the form that are taken over into the form with some words changed."""
    own = loads(FORM)
    text = FORM
    for old, new in (changed or {}).items():
        assert old in text
        text = text.replace(old, new)
    items = {item.path: item.item for item in loads(text)._plan.items}
    unchanged = Unchanged(own._text, own._plan)
    return {path for path in items if unchanged.item(path, items) is not None}


PARTS = {"group", "group.part", "group.other"}


@pytest.mark.parametrize(
    ("changed", "anew"),
    [
        ({}, set()),
        ({"id: bad, deduct: 2": "id: bad, deduct: 3"}, {"plain"}),
        ({"title: Q": "title: R"}, {"group", "group.part"}),
        ({"title: G": "title: H"}, {"group"}),
        ({"title: G\n": "title: G\n    not_applicable: full\n"}, PARTS),
        ({"total: 30": "total: 20", "weight: 10\n    items": "weight: 10\n    extra: true\n    items"}, PARTS),
        ({"id: plain": "id: new"}, {"plain", "new"}),
    ],
)  # fmt: skip
def test_what_is_the_same_is_taken_over(changed: Mapping[str, str], anew: set[str]) -> None:
    # A shared input and a condition are always planned anew, and so is the whole.
    assert kept(changed) == {"plain", *PARTS} - anew


@pytest.mark.parametrize(
    ("key", "of"),
    [
        ("gates: [{id: veto, when: deaths > 0, score: 0}]", "group"),
        ("values: {double: {formula: 2 * deaths}}", "group"),
        ("counts_when: deaths > 0", "group"),
        ("rules: [{id: twice, deduct: 1, per: case, input: deaths}]", "group"),
        ("extra: true", "plain"),
    ],
)
def test_what_names_something_or_is_extra_is_planned_anew(key: str, of: str) -> None:
    text = FORM.replace(
        "title: G\n" if of == "group" else "title: P,",
        f"title: G\n    {key}\n" if of == "group" else f"title: P, {key},",
    )
    if key.startswith("extra"):
        text = text.replace("total: 30", "total: 20")
    own = loads(text)
    items = {item.path: item.item for item in own._plan.items}
    unchanged = Unchanged(own._text, own._plan)
    taken = {path for path in items if unchanged.item(path, items) is not None}
    assert taken == {"plain", *PARTS} - {of}


def test_what_a_reading_leaves_is_neither_validated_nor_made_again() -> None:
    own = loads(FORM)
    (small,) = own._choices.made.values()
    plain, group, shared, asking = own._text.indicators
    plain_, group_, shared_, asking_ = small._text.indicators
    assert (plain_, shared_, asking_) == (plain, shared, asking)
    assert plain_ is plain
    assert shared_ is shared
    assert asking_ is asking
    assert group_ != group
    assert group_.items[0] != group.items[0]
    assert group_.items[1] is group.items[1]


def same_as_anew(rubric: Rubric) -> int:
    """How many rubrics were made of its variants and readings, each with the lines of a plan of its own."""
    made = list(rubric._choices.made.values())
    for other in made:
        anew = make_plan(other._text)
        assert list(other._plan.lines.items()) == list(anew.lines.items())
        assert other._plan.items == anew.items
        assert other._plan == anew
    return len(made)


def test_every_reading_of_what_is_shipped_has_the_lines_of_a_plan_of_its_own() -> None:
    assert same_as_anew(shipped("2023-district")) == 9
    assert same_as_anew(load(ROOT / "examples" / "gallery" / "energy-saving.yaml")) == 5
    assert same_as_anew(loads(FORM)) == 1


@given(rubrics())
def test_every_variant_of_a_random_rubric_has_the_lines_of_a_plan_of_its_own(rubric: Rubric) -> None:
    same_as_anew(rubric)


DEEP = """govrubric: 1
id: t
title: T
total: 20
round: {places: 2, mode: half_up}
facts: {deaths: count}
indicators:
  - id: outer
    title: O
    weight: 10
    items:
      - id: inner
        title: I
        weight: 10
        items: [{id: leaf, title: L, weight: 10, rules: [{id: late, deduct: 1, per: case}]}]
  - {id: asking, title: A, weight: 10, rules: [{id: low, deduct: 1, when: reached(outer.inner.leaf) < 0.5}]}
variants:
  small: {title: small, set: {asking.low.deduct: 2}}
"""


def test_what_a_condition_elsewhere_asks_for_is_taken_over_with_its_full_marks() -> None:
    rubric = loads(DEEP)
    assert same_as_anew(rubric) == 1
    assert rubric.variant("small").score({"outer.inner.leaf.late": 6, "asking.low": True}).total == 12
    assert rubric.variant("small").score({"outer.inner.leaf.late": 5, "asking.low": True}).total == 15


def test_what_stands_two_levels_below_what_may_not_apply_is_planned_anew() -> None:
    rubric = loads(DEEP)
    unchanged = Unchanged(rubric._text, rubric._plan)
    apart = loads(DEEP.replace("title: O\n", "title: O\n    not_applicable: full\n"))
    free = {item.path: item.item for item in apart._plan.items}
    assert free["outer.inner"] == unchanged.names.items["outer.inner"]
    assert unchanged.item("outer.inner.leaf", free) is None
    assert unchanged.item("outer.inner.leaf", unchanged.names.items) is not None
