"""The digests of a card and of a rubric, and which places of a card may differ where only words do."""

import pytest

from govrubric import Rubric, loads
from govrubric.scoring.card_json import differences
from govrubric.scoring.same_rubric import in_words, other_rubric

TEXT = """
govrubric: 1
id: small
title: A small one
total: 10
round: {places: 1, mode: half_up}
indicators:
  - id: rubric
    title: An item with a name that a key of the card has too
    weight: 6
    rules: [{id: late, deduct: 0.5, per: case, clause: C, when: wet > 0}]
  - id: b
    title: B
    weight: 4
    rules: [{id: done, judge: 4}]
    gates: [{id: veto, when: wet > 3, at_most: 1}]
facts: {wet: count}
grades: [{grade: good, from: 8}, {grade: bad}]
"""
TALLY = {"wet": 1, "rubric.late": 3, "b.done": 4}


def differing(old: str, new: str) -> tuple[Rubric, Rubric, list[tuple[str | int, ...]]]:
    """Two rubrics, and where the cards of one tally under both differ."""
    assert TEXT.count(old) == 1
    before, after = loads(TEXT), loads(TEXT.replace(old, new))
    one, other = (rubric.score(TALLY, unit="u").to_dict() for rubric in (before, after))
    return before, after, [path for path, _, _ in differences(one, other)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("id: small", "id: other"),
        ("A small one", "Another"),
        ("total: 10", "total: 10\nlanguage: zh-CN"),
        ("title: B", "title: Other words"),
        ("title: B", "title: B\n    assessed_by: P\n    clause: C"),
        ("per: case", "per: 例"),
        ("clause: C", "clause: D"),
        ("clause: C, ", ""),
        ("wet > 0", "(wet)>0"),
        ("at_most: 1", "at_most: 1, clause: C"),
        ("wet > 3", "wet  > 3"),
    ],
)
def test_other_words_differ_in_words_alone(old: str, new: str) -> None:
    before, after, places = differing(old, new)
    assert places
    assert [place for place in places if not in_words(place)] == []
    finding = other_rubric(before.digest, before.scoring_digest, after)
    assert finding is not None
    assert (finding.code, finding.severity) == ("GR710", "warning")
    assert dict(finding.args) == {"stated": before.digest, "computed": after.digest}


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("deduct: 0.5", "deduct: 1", ("rubric.late", "raw")),
        ("id: veto", "id: stop", ("b", "gates", 0, "path")),
        ("judge: 4", "convert: 4", ("b.done", "verb")),
        ("from: 8", "from: 9", ("grade",)),
        ("wet: count", "wet: {number: {}}", ("wet", "kind")),
    ],
)  # fmt: skip
def test_other_scoring_differs_in_more(old: str, new: str, place: tuple[str | int, ...]) -> None:
    before, after, places = differing(old, new)
    assert place in places
    assert not in_words(place)
    finding = other_rubric(before.digest, before.scoring_digest, after)
    assert finding is not None
    assert (finding.code, finding.severity) == ("GR706", "error")


def test_a_card_of_the_rubric_itself_has_no_finding() -> None:
    rubric = loads(TEXT)
    assert other_rubric(rubric.digest, rubric.scoring_digest, loads(f"# a comment\n{TEXT}")) is None


@pytest.mark.parametrize(
    ("place", "word"),
    [
        (("unit",), False),  # which unit was scored
        (("rubric.late", "unit"), True),  # in which unit cases are counted
        (("rubric", "id"), True),
        (("rubric", "scoring_digest"), False),
        (("rubric", "score"), False),
        (("total",), False),
        (("name",), False),
        (("rubric.late", "evidence"), False),
        (("rubric.late", "note"), False),
    ],
)
def test_a_place_says_something_in_words_or_does_not(place: tuple[str, ...], word: bool) -> None:
    assert in_words(place) is word
