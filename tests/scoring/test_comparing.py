"""Two cards of one unit: scores side by side, and causes that add up. Figures are worked out by hand."""

from fractions import Fraction
from typing import Any

import pytest

from classes import CHIEFS
from govrubric import CardComparison, ScoreCard, loads
from samples import SMALL, TALLY, rich, small

OWN: dict[str, Any] = {"work.papers.missing": 2, "bonus.judged": "0.5"}

JUDGED = {"bonus.judged": 0}


def found(own: dict[str, Any], official: dict[str, Any], text: str = SMALL) -> CardComparison:
    rubric = loads(text)
    return rubric.score(own, unit="u1").compare(rubric.score(official, unit="u1"))


def causes(result: CardComparison) -> list[tuple[str, str, Fraction]]:
    return [(cause.what, cause.path, cause.points) for cause in result.causes]


def test_equal_cards_have_no_causes() -> None:
    result = found(OWN, OWN)
    assert (result.difference, result.causes, result.inputs) == (Fraction(0), (), ())
    assert [(item.path, item.difference, item.points) for item in result.items] == [
        (path, Fraction(0), Fraction(0)) for path in ("", "work", "work.papers", "work.index", "bonus")
    ]


def test_each_count_that_differs_is_a_cause_and_the_largest_stands_first() -> None:
    """Papers: 0.3 a case, so 3 more cost 0.9. Index: a gap of 7 counts 3/7. 7.9 - 0.9 - 3/7 - 1 is 5.5714…, or 5.6."""
    result = found(OWN, {**OWN, "work.papers.missing": 5, "work.index.gap": 1, "work.late": True})
    assert (str(result.own.total), str(result.official.total)) == ("6.9", "4.6")
    assert causes(result) == [
        ("rule", "work.late", Fraction(-1)),
        ("rule", "work.papers.missing", Fraction(-9, 10)),
        ("rule", "work.index.gap", Fraction(-3, 7)),
        ("rounding", "", Fraction(-23, 10) + 1 + Fraction(9, 10) + Fraction(3, 7)),
    ]
    assert result.difference == Fraction(-23, 10)
    assert sum(item.points for item in result.items) == result.difference
    scores = {item.path: (item.own, item.official, item.difference) for item in result.items}
    assert scores["work.index"] == (Fraction(7), Fraction(6), Fraction(-1))
    assert scores["work.papers"] == (Fraction(34, 10), Fraction(25, 10), Fraction(-9, 10))
    first = result.causes[0]
    assert [(one.name, one.own.value, one.official.value) for one in first.inputs] == [
        ("work.late", False, True)
    ]
    assert (first.item, first.title, result.inputs[0].title) == ("work", None, None)


def test_a_rule_that_a_floor_held_back_counts_only_what_it_did() -> None:
    """20 missing papers cost 6 of 4 points: 4 off, and not 6."""
    result = found({**OWN, "work.papers.missing": 0}, {**OWN, "work.papers.missing": 20})
    assert causes(result) == [("rule", "work.papers.missing", Fraction(-4))]


def test_a_total_that_a_gate_takes_away_has_no_difference_and_causes_that_say_why() -> None:
    text = SMALL + "gates: [{id: veto, when: work.late, score: none}]\n"
    result = found(JUDGED, {**JUDGED, "work.late": True}, text)
    assert (result.difference, result.items[0].official, result.items[0].difference) == (None, None, None)
    assert sum(cause.points for cause in result.causes) == -7
    assert causes(result) == [("gates", "", Fraction(-6)), ("rule", "work.late", Fraction(-1))]
    assert result.to_dict()["official"]["total"] is None


def test_what_does_not_apply_is_a_cause_with_its_flag() -> None:
    text = SMALL.replace("    title: Bonus\n", "    title: Bonus\n    not_applicable: full\n")
    result = found({"bonus.judged": 1}, {"bonus.not_applicable": True}, text)
    (cause, *_) = result.causes
    assert sum(one.points for one in result.causes) == 2
    assert {one.name for cause in result.causes for one in cause.inputs} == {
        "bonus.not_applicable",
        "bonus.judged",
    }
    assert cause.item == "bonus"


def test_means_and_dropped_parts_are_causes_of_their_group() -> None:
    """Two of three tests count; what is dropped is what the group makes of its parts."""
    rubric = rich()
    given: dict[str, Any] = {"class": "A", "served": True, "desk.mail.replied": 20}
    tallies = [
        {**given, "tests.first.graded": first, "tests.second.graded": 20, "tests.third.graded": 10}
        for first in (40, 5)
    ]
    own, official = (rubric.score(tally) for tally in tallies)
    result = own.compare(official)
    assert result.difference == Fraction(str(official.total)) - Fraction(str(own.total))
    assert sum(cause.points for cause in result.causes) == result.difference


def test_an_input_without_a_cause_is_told_too() -> None:
    text = SMALL.replace("total: 10\n", "total: 10\nfacts: {seen: flag}\n", 1)
    text += "gates: [{id: cap, when: seen and work.late, at_most: 1}]\n"
    result = found(JUDGED, {**JUDGED, "seen": True}, text)
    assert result.causes == ()
    assert [one.name for one in result.other_inputs] == ["seen"]


def test_plain_data_has_digits() -> None:
    data = found(OWN, {**OWN, "bonus.judged": 1, "bonus.used.city": 1}).to_dict()
    assert {key: data[key] for key in ("unit", "name", "variant", "difference", "other_inputs")} == {
        "unit": "u1", "name": None, "variant": None, "difference": "1.5", "other_inputs": [],
    }  # fmt: skip
    assert [(one["path"], one["points"], one["inputs"]) for one in data["causes"]] == [
        ("bonus.used", "1", [{"name": "bonus.used.city", "title": None, "self": 0, "official": 1}]),
        ("bonus.judged", "0.5", [{"name": "bonus.judged", "title": None, "self": "0.5", "official": "1"}]),
    ]
    assert data["items"][4] == {
        "path": "bonus", "title": "Bonus", "out_of": "3", "self": "0.5", "official": "2", "difference": "1.5", "points": "1.5",
    }  # fmt: skip
    assert data["self"]["digest"].startswith("sha256:")


def test_a_card_that_was_read_is_compared_like_one_that_was_scored() -> None:
    own, official = small().score(OWN), small().score(TALLY)
    read = [ScoreCard.from_json(card.to_json()) for card in (own, official)]
    assert read[0].compare(read[1]).to_dict() == own.compare(official).to_dict()


def test_cards_of_two_rubrics_variants_or_units_are_refused() -> None:
    card = small().score(OWN, unit="u1")
    with pytest.raises(ValueError, match="of two rubrics"):
        card.compare(loads(SMALL.replace("deduct: 0.3", "deduct: 0.2")).score(OWN, unit="u1"))
    with pytest.raises(ValueError, match="of two units"):
        card.compare(small().score(OWN, unit="u2"))
    rubric = loads(CHIEFS)
    with pytest.raises(ValueError, match="two variants"):
        rubric.score({"chiefs.share": 95}).compare(rubric.variant("county").score({"chiefs.share": 95}))
    assert card.compare(small().score(OWN)).difference == 0


def test_a_card_that_lies_about_its_rubric_is_refused_or_compared_as_it_is() -> None:
    """Its rows are those of another rubric, or stand at other items."""
    card = small().score(OWN)
    other = loads(SMALL.replace("id: bonus", "id: gift")).score({"gift.judged": 0})
    data = other.to_dict()
    data["rubric"]["scoring_digest"] = card.scoring_digest
    with pytest.raises(ValueError, match="of two rubrics"):
        card.compare(ScoreCard.from_dict(data))
    data = card.to_dict()
    data["items"][1]["rules"] += [data["items"][2]["rules"].pop(0)]
    forged = ScoreCard.from_dict(data)
    assert forged.verify(small())
    assert len(card.compare(forged).items) == 5
