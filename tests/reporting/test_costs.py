"""What indicators and rules cost, in points of the total. Figures are worked out by hand."""

from fractions import Fraction
from typing import Any

import pytest

from govrubric import Exact, loads
from govrubric.reporting.costs import lost, of_indicators, of_rules
from reported import GRADED
from samples import SMALL

RUBRIC = loads(GRADED)
# Papers 4 x 0.3 = 1.2; a gap of 7 counts 3/7; a late report 1. The bonus earns 1 and 2 of 3, by two rules.
CARDS = RUBRIC.score_all(
    [
        {"unit": "a", "work.papers.missing": 4, "work.index.gap": 1, "bonus.judged": 1},
        {"unit": "b", "work.late": True, "work.papers.missing": 1, "bonus.judged": 1, "bonus.used.city": 1},
        {"unit": "c", "bonus.judged": 1, "bonus.used.province": 1},
    ]
)


def test_what_each_item_cost_a_unit() -> None:
    assert lost(CARDS[0], ["work", "bonus", "work.index"]) == [
        Fraction(12, 10) + Fraction(3, 7), 2, Fraction(3, 7),
    ]  # fmt: skip


def test_what_each_indicator_cost_all_units() -> None:
    assert [
        (cost.path, cost.title, cost.points, cost.units, cost.most) for cost in of_indicators(RUBRIC, CARDS)
    ] == [
        (
            "work",
            "Work",
            Fraction(12, 10) + Fraction(3, 7) + Fraction(13, 10),
            2,
            Fraction(12, 10) + Fraction(3, 7),
        ),
        ("bonus", "Bonus", 3, 2, 2),
    ]


def test_the_most_expensive_rule_stands_first_and_what_cost_nothing_is_left_out() -> None:
    assert [
        (cost.path, cost.title, str(cost.points), cost.units, str(cost.most))
        for cost in of_rules(RUBRIC, CARDS)
    ] == [
        ("bonus", "Bonus", "3", 2, "2"),
        ("work.papers.missing", "Papers", "1.5", 2, "1.2"),
        ("work.late", "Work", "1", 1, "1"),
        ("work.index.gap", "Index", "3/7", 1, "3/7"),
    ]
    assert of_rules(RUBRIC, CARDS[2:]) == []
    assert of_rules(RUBRIC, CARDS)[1].clause == "Each missing paper costs 0.3."


def test_what_was_not_earned_stands_at_the_only_rule_of_its_item() -> None:
    text = SMALL.replace("      - {id: used, award: {city: 1, province: 2}, per: piece}\n", "").replace(
        "{id: judged, judge: 1, step: 0.5}", "{id: judged, title: Judgement, judge: 3, step: 0.5}"
    )
    rubric = loads(text)
    (cost,) = of_rules(rubric, [rubric.score({"bonus.judged": 1})])
    assert (cost.path, cost.title, cost.points) == ("bonus.judged", "Bonus · Judgement", Exact(2))


def test_what_has_no_score_or_does_not_apply_cost_nothing() -> None:
    text = SMALL.replace("    title: Bonus\n", "    title: Bonus\n    not_applicable: full\n")
    card = loads(text).score({"bonus.not_applicable": True})
    assert lost(card, ["bonus"]) == [0]
    assert of_rules(loads(text), [card]) == []
    gated = loads(SMALL + "gates: [{id: veto, when: work.late, score: none}]\n")
    assert lost(gated.score({"work.late": True, "bonus.judged": 0}), [""]) == [0]


def grouped(more: str, first: str = "weight: 10", second: str = "weight: 10") -> str:
    return f"""govrubric: 1
id: g
title: G
total: 10
round: {{places: 2, mode: half_up}}
indicators:
  - id: g
    title: G
    weight: 10
    {more}
    items:
      - {{id: a, title: A, {first}, rules: [{{id: x, deduct: 1, per: case}}]}}
      - {{id: b, title: B, {second}, rules: [{{id: x, deduct: 1, per: case}}]}}
      - {{id: c, title: C, weight: 10, extra: true, rules: [{{id: x, deduct: 1, per: case}}]}}
"""


@pytest.mark.parametrize(
    ("text", "tally", "expected"),
    [
        # Of the better of two, only what that one lost is lost; of the worse, what the worse one lost.
        (grouped("combine: max"), {"g.a.x": 3, "g.b.x": 8}, {"g.a.x": 3}),
        (grouped("combine: min"), {"g.a.x": 3, "g.b.x": 8}, {"g.b.x": 8}),
        (grouped("combine: mean"), {"g.a.x": 3, "g.b.x": 8}, {"g.b.x": 4, "g.a.x": Fraction(3, 2)}),
        # What is dropped costs nothing.
        (grouped("combine: mean\n    drop: {lowest: 1}"), {"g.a.x": 3, "g.b.x": 8}, {"g.a.x": 3}),
        # Where the other part leaves a mean, a sum that is scaled up, or one that shares out its weight.
        (grouped("combine: mean", second="weight: 10, not_applicable: rescale"), {"g.a.x": 3, "g.b.not_applicable": True}, {"g.a.x": 3}),
        (grouped("", "weight: 6", "weight: 4, not_applicable: rescale"), {"g.a.x": 3, "g.b.not_applicable": True}, {"g.a.x": 5}),
        (grouped("", "weight: 6", "weight: 4, not_applicable: spread"), {"g.a.x": 3, "g.b.not_applicable": True}, {"g.a.x": 5}),
        (grouped("", "weight: 6", "weight: 4, not_applicable: full"), {"g.a.x": 3, "g.b.not_applicable": True}, {"g.a.x": 3}),
    ],
)  # fmt: skip
def test_what_parts_cost_adds_up_to_what_their_group_lost(
    text: str, tally: dict[str, Any], expected: dict[str, Fraction]
) -> None:
    rubric = loads(text.replace("extra: true", "extra: true, start: zero"))
    card = rubric.score(tally)
    assert {cost.path: cost.points for cost in of_rules(rubric, [card])} == expected
    (indicator,) = of_indicators(rubric, [card])
    assert indicator.points == sum(expected.values()) == 10 - Fraction(card.total or 0)


def test_a_unit_without_a_total_adds_nothing_to_what_was_lost() -> None:
    rubric = loads(
        grouped("combine: mean").replace(
            "    items:", "    gates: [{id: veto, when: a.x > 5, score: none}]\n    items:"
        )
    )
    void = rubric.score({"g.a.x": 6})
    assert void.total is None
    assert of_rules(rubric, [void]) == []
    assert [cost.points for cost in of_indicators(rubric, [void])] == [0]
    other = rubric.score({"g.a.x": 2})
    assert [cost.points for cost in of_rules(rubric, [void, other])] == [1]


def test_a_group_that_every_part_has_left_costs_nothing() -> None:
    leaves = "not_applicable: rescale"
    rubric = loads(
        grouped("not_applicable: zero", f"weight: 6, {leaves}", f"weight: 4, {leaves}").replace(
            "extra: true", "extra: true, start: zero"
        )
    )
    card = rubric.score({"g.a.not_applicable": True, "g.b.not_applicable": True})
    assert not card.items["g"].applies
    assert of_rules(rubric, [card]) == []
    assert [cost.points for cost in of_indicators(rubric, [card])] == [0]
