"""`take: highest` of an item in every reading: ledger, words, audit, paper, bounds, outline, coverage and what-if."""

from typing import Any

import pytest

import govrubric
from govrubric import Rubric, ScoreCard
from govrubric.cases.coverage import coverage
from govrubric.lint import reachability
from govrubric.reports.outline import outline
from govrubric.scoring import card_json
from govrubric.testing.paper import unbalanced

TEXT = """
govrubric: 1
id: prizes
title: Prizes
total: 10
round: {places: 2, mode: half_up}
indicators:
  - id: a
    title: A
    weight: 10
    start: 2
    take: highest
    rules:
      - {id: city, award: 3, per: 件, at_most: 6}
      - {id: province, award: 6}
      - {id: late, deduct: 1, clause: 迟报扣1分}
      - {id: absent, deduct: 2}
      - {id: gone, forfeit: all, at_most: 1}
"""
TALLY = {"a": {"city": 2, "province": True, "late": True, "absent": True, "gone": True}}


def rubric() -> Rubric:
    return govrubric.loads(TEXT)


def card() -> ScoreCard:
    return rubric().score(TALLY)


def test_a_ledger_with_rules_that_are_passed_over_adds_up() -> None:
    item = card().items["a"]
    rows: list[tuple[object, ...]] = [
        (rule.path, rule.raw, rule.applied, rule.absorbed, rule.balance) for rule in item.rules
    ]
    assert rows == [
        ("a.city", 6, 6, 0, 8),  # as great as the other, and before it
        ("a.province", 6, 0, 6, 8),
        ("a.late", -1, 0, -1, 8),
        ("a.absent", -2, -2, 0, 6),
        ("a.gone", -1, -1, 0, 5),
    ]
    assert item.score == 5
    assert item.take == "highest"
    assert item.passed_over == {"a.province", "a.late"}
    assert card().verify(rubric()) == ()


@pytest.mark.parametrize(
    ("lang", "lines"),
    [
        (
            "zh-CN",
            [
                "  0  province：是，加6分，取最高，不计此项",
                "  0  late：是，扣1分，取最高，不计此项",
                "  -2  absent：是，扣2分，余6分",
            ],
        ),
        (
            "en",
            [
                "  0  province: yes, 6 added, another is greater, so it does not count",
                "  0  late: yes, 1 off, another is greater, so it does not count",
            ],
        ),
    ],
)
def test_the_card_says_that_another_is_greater(lang: str, lines: list[str]) -> None:
    told = [line[2:] for line in card().explain(lang).splitlines()]
    assert [line for line in lines if line not in told] == []


def test_a_rule_that_is_passed_over_has_its_clause() -> None:
    assert "“迟报扣1分”" in card().explain("zh-CN")


def forged() -> dict[str, Any]:
    """A card on which the lesser deduction is taken in place of the greater, and all sums are right."""
    data: dict[str, Any] = card().to_dict()
    late, absent, gone = data["items"][1]["rules"][2:]
    late |= {"applied": "-1", "absorbed": "0", "balance": "7"}
    absent |= {"applied": "0", "absorbed": "-2", "balance": "7"}
    gone |= {"balance": "6"}
    for item in data["items"]:
        item |= {"score": "6", "lost": "4", "contribution": "6"}
    data["items"][0]["base"] = "6"
    data |= {"total": "6", "exact_total": "6"}
    data["digest"] = card_json.seal({key: value for key, value in data.items() if key != "digest"})
    return data


def test_the_audit_finds_a_lesser_deduction_that_was_taken() -> None:
    found = ScoreCard.from_dict(forged()).verify()
    assert [(one.code, one.path, dict(one.args)["what"]) for one in found] == [
        ("GR702", ("a.late",), "applied")
    ]


def test_the_sums_on_paper_find_it_too() -> None:
    assert [(slip.path, slip.figure, slip.stated) for slip in unbalanced(forged())] == [
        ("a.late", "applied", "-1")
    ]
    assert list(unbalanced(card().to_dict())) == []


def test_the_most_that_an_item_can_come_to_is_that_of_its_greatest_award() -> None:
    """2 + 6, and not 2 + 6 + 6; and 2 - 2, where 2 - 1 - 2 would be less."""
    plan = govrubric.loads(TEXT.replace("start: 2", "start: 2\n    floor: none"))._plan
    balance = plan.lines[plan.items[1].line("balance")]
    assert (str(balance.lo), str(balance.hi)) == ("0", "8")
    codes = [finding.code for finding in reachability.findings(rubric()._text, rubric()._plan)]
    assert codes[0] == "GR401"


def test_the_outline_says_so() -> None:
    assert "（起评分2分；加分、扣分各只计最高一项）" in outline(rubric(), "zh")
    assert "of awards and of deductions only the greatest counts" in outline(rubric(), "en")


def test_where_only_the_greatest_counts_no_other_reaches_the_ceiling() -> None:
    """5 + 5 would go past 8; 5 alone does not, with 2 before it."""
    rules = "[{id: x, award: 5}, {id: y, award: 5}, {id: z, deduct: 3}, {id: w, deduct: 3}]"
    text = f"{TEXT.split('    start', maxsplit=1)[0]}    start: 2\n    ceiling: 8\n    floor: -2\n    %srules: {rules}\n"
    usual, alone = (govrubric.loads(text % take) for take in ("", "take: highest\n    "))
    assert {"above", "below"} <= {point.kind for point in coverage(usual, []).untouched if point.path == "a"}
    assert {"above", "below"}.isdisjoint(
        {point.kind for point in coverage(alone, []).untouched if point.path == "a"}
    )


def test_one_case_more_or_fewer_counts_as_far_as_it_is_the_greatest() -> None:
    """Of 2 + 6: without the greater award the other gives 3; with one case more the other gives 6 too."""
    changes = rubric().score({"a": {"city": 1, "province": True}}).marginal()
    told = {(one.input, one.after): one.total for one in changes}
    assert told["a.province", False] == -3
    assert told["a.city", 2] == told["a.city", 0] == 0
