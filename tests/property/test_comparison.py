"""The promises of comparing two rubrics, for random rubrics and tallies."""

import random
from collections.abc import Iterator
from copy import deepcopy
from fractions import Fraction
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from govrubric import Rubric, RubricError, ScoreCard, TallyError, loads
from govrubric.comparison.attribution import Differences
from govrubric.comparison.compare import Change, Kind, compare, named_grades
from govrubric.comparison.replay import reached
from govrubric.language.rubric_text import RubricText, join
from govrubric.testing.strategies.tally import tallies
from pairs import Pair, built, items, pairs, rules
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
    """`reached`: “whatever these are given, every other line stays as it is”."""
    rubric = descended(older, newer, seed)
    luck = random.Random(seed)
    first, other = (data.draw(tallies(rubric)) for _ in range(2))
    unknown = [name for name in rubric._inputs if luck.random() < 0.3]
    hidden = reached(rubric._plan, unknown)
    before = older.rubric.score(older.plain)
    second = {name: value for name, value in first.items() if name not in unknown}
    second |= {name: value for name, value in other.items() if name in unknown}
    second = {name: second[name] for name in rubric._inputs if name in second}
    try:
        cards = [rubric.score(tally) for tally in (first, second)]
    except TallyError:
        return  # an input that a flag excused in one tally may be missing in the other
    differences = Differences(compare(older.rubric, rubric))
    amounts = [
        {
            (effect.what, effect.old, effect.new): effect.amount
            for effect in differences.of(before, card, hidden)
        }
        for card in cards
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
    assert any(one.scoring for one in changes) or (
        (before.total, before.grade) == (after.total, after.grade) and same[0] == same[1]
    )


@given(pairs())
def test_what_is_compared_with_itself_is_no_different(pair: Pair) -> None:
    """`compare`: “none where they differ in layout alone”, though items and rules say what they were."""
    assert compare(pair.older, pair.older).changes == ()
    assert compare(pair.older, loads(pair.texts()[0])).changes == ()


def paths_of(rubric: Rubric) -> dict[str, set[str]]:
    """The paths of whatever a change may be about; an order is told of the item that has it."""
    text, planned = rubric._text, rubric._plan.items
    return {
        "rubric": {""},
        "fact": {one.name for one in text.facts},
        "item": {item.path for item in planned},
        "rule": {rule.path for item in planned for rule in item.rules},
        "gate": {join(item.path, gate.id) for item in planned for gate in item.item.gates},
        "grade": set(named_grades(text.grades)),
        "ambiguity": {one.id for one in text.ambiguities},
        "case": {one.name for one in text.cases},
        "value": {value.path for value in rubric._plan.values},
        "variant": {one.id for one in text.variants},
    }


@given(pairs())
def test_every_change_names_what_is_there(pair: Pair) -> None:
    """`Change`: “under which path in each rubric”."""
    known = [paths_of(pair.older), paths_of(pair.newer)]
    for change in compare(pair.older, pair.newer).changes:
        what = "item" if change.kind == "reordered" and change.what in ("rule", "gate") else change.what
        what = "rubric" if change.kind == "reordered" and change.what == "grade" else what
        told = (change.old, change.new)
        assert all(path is None or path in one[what] for path, one in zip(told, known, strict=True)), change
        absent = {"added": (True, False), "removed": (False, True)}.get(change.kind, (False, False))
        assert tuple(path is None for path in told) == absent, change


MIRRORED: dict[Kind, Kind] = {"added": "removed", "removed": "added"}


def mirrored(change: Change, now: dict[str, str]) -> Change:
    """A change as it is from the other side; an order is told in the names of the older rubric, whichever that is."""
    before, after = change.before, change.after
    if change.kind == "reordered":
        before, after = ([now.get(name, name) for name in names] for names in (before, after))
    return Change(
        MIRRORED.get(change.kind, change.kind),
        change.what,
        change.new,
        change.old,
        change.scoring,
        change.key,
        after,
        before,
    )


@given(pairs())
def test_two_rubrics_differ_by_the_same_from_either_side(pair: Pair) -> None:
    """`Matching`: who was who does not depend on which of the two says it."""
    forth = compare(pair.older, pair.newer)
    assume(not any(remark.kind == "twice" for remark in forth.matching.remarks))
    values, now = deepcopy(pair.before), dict[str, str]()
    for found, was in ((items, forth.matching.items), (rules, forth.matching.rules)):
        now |= {old: new for new, old in was.items()}
        for path, thing in found(values):
            thing.pop("was", None)
            if now.get(path, path) != path:
                thing["was"] = now[path]
    back = compare(pair.newer, built(values))
    assert sorted(map(repr, back.changes)) == sorted(repr(mirrored(one, now)) for one in forth.changes)
