"""The promises of comparing two rubrics, for random rubrics and tallies."""

import random
from collections.abc import Iterator
from copy import deepcopy
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from govrubric import Rubric, RubricError, ScoreCard, TallyError, loads
from govrubric.diff.attribution import Differences
from govrubric.diff.compare import compare
from govrubric.diff.reach import reached
from govrubric.language.rubric_text import RubricText
from govrubric.testing.strategies.tally import tallies
from strategies import Sample, samples, seeds


def named(values: dict[str, Any], above: str = "") -> Iterator[tuple[str, dict[str, Any], str]]:
    """Every item and rule in the plain values of a rubric, with its path."""
    for key, kind in (("indicators", "item"), ("items", "item"), ("rules", "rule")):
        for part in values.get(key, ()):
            path = f"{above}.{part['id']}" if above else part["id"]
            yield kind, part, path
            if kind == "item":
                yield from named(part, path)


def descended(older: Sample, newer: Sample, seed: int) -> Rubric:
    """The newer rubric, in which some items and rules name one of the older rubric under `was`."""
    luck, values = random.Random(seed), deepcopy(newer.values)
    for kind in ("item", "rule"):
        known = [path for known_kind, _, path in named(older.values) if known_kind == kind]
        luck.shuffle(known)
        for part_kind, part, _ in list(named(values)):
            if part_kind == kind and known and luck.random() < 0.4:
                part["was"] = known.pop()
    return Rubric(RubricText.model_validate(values))


def number(card: ScoreCard) -> Fraction:
    """The total, or 0 where a gate voids it."""
    return Fraction(card.total or 0)


@given(samples(), samples(), seeds)
def test_what_each_change_did_adds_up_to_the_difference(older: Sample, newer: Sample, seed: int) -> None:
    """`difference`: “nothing is left over”."""
    rubric = descended(older, newer, seed)
    before, after = older.rubric.score(older.plain), rubric.score(newer.plain)
    effects = Differences(compare(older.rubric, rubric)).of(before, after, frozenset())
    amounts = (effect.amount or Fraction(0) for effect in effects)
    assert sum(amounts, Fraction(0)) == number(after) - number(before)


@given(st.data(), samples(), samples(), seeds)
def test_what_is_not_masked_does_not_depend_on_what_is_unknown(
    data: st.DataObject, older: Sample, newer: Sample, seed: int
) -> None:
    """`reach`: “whatever these inputs are given, every other line stays as it is”."""
    rubric = descended(older, newer, seed)
    luck = random.Random(seed)
    first, other = (data.draw(tallies(rubric)) for _ in range(2))
    unknown = [name for name in rubric.inputs if luck.random() < 0.3]
    hidden = reached(rubric.plan, unknown)
    before = older.rubric.score(older.plain)
    second = {name: value for name, value in first.items() if name not in unknown}
    second |= {name: value for name, value in other.items() if name in unknown}
    second = {name: second[name] for name in rubric.inputs if name in second}
    try:
        cards = [rubric.score(tally) for tally in (first, second)]
    except TallyError:
        return  # an input that a flag excused in one tally may be missing in the other
    differences = Differences(compare(older.rubric, rubric))
    amounts = [
        {effect[:3]: effect.amount for effect in differences.of(before, card, hidden)} for card in cards
    ]
    assert amounts[0] == amounts[1]
    assert ":contribution" in hidden or ":void" in hidden or cards[0].total == cards[1].total
    assert ":grade" in hidden or cards[0].grade == cards[1].grade


@given(samples())
def test_another_layout_is_no_difference(sample: Sample) -> None:
    """`compare`: “none where they differ in layout alone”."""
    assert compare(sample.rubric, loads(sample.source)).changes == ()
    assert compare(loads(sample.rubric.to_text()), sample.rubric).changes == ()


def altered(values: Any, luck: random.Random) -> Any:
    """Plain values with one number or flag of ten changed, and one list of twenty in another order."""
    if isinstance(values, dict):
        return {
            key: inner if key in ("id", "govrubric", "was") else altered(inner, luck)
            for key, inner in values.items()
        }
    if isinstance(values, (list, tuple)):
        inside = [altered(inner, luck) for inner in values]
        return type(values)(inside if luck.random() > 0.05 else inside[::-1])
    if luck.random() > 0.1:
        return values
    if isinstance(values, bool):
        return not values
    return values * luck.choice((2, Fraction(1, 2))) if isinstance(values, Fraction) else values


@given(samples(), seeds)
def test_what_changes_a_score_is_told_as_such(sample: Sample, seed: int) -> None:
    """`Change`: “`scoring` is false where it can change neither a score nor a grade”."""
    try:
        other = Rubric(RubricText.model_validate(altered(sample.values, random.Random(seed))))
        before, after = sample.rubric.score(sample.plain), other.score(sample.plain)
    except (RubricError, ValueError):
        return
    changes = compare(sample.rubric, other).changes
    same = [
        (
            {path: row.score for path, row in card.items.items()},
            {path: rule.applied for path, rule in card.rules.items()},
        )
        for card in (before, after)
    ]
    if not any(change.scoring for change in changes):
        assert (before.total, before.grade) == (after.total, after.grade)
        assert same[0] == same[1]
