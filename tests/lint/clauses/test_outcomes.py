"""What a clause says of choices, gates and years, beside the rubric; and how a difference is accepted."""

from typing import Any

import pytest

from govrubric import check
from govrubric.language.rubric_text import RubricText
from govrubric.lint.clauses import outcomes, thresholds
from govrubric.lint.structure import lint
from making import item, leaf, text

LEVELS = {"id": "up", "award": {"c": 1, "p": 3}, "per": "次", "clause": "市级加1分，省级加3分，取最高"}
OFF = {"id": "off", "deduct": 1, "per": "次", "clause": "每次扣1分"}


def codes(of: RubricText) -> list[str]:
    plan, wrong = lint(of)
    assert wrong == []
    found = [*outcomes.findings(of, plan), *thresholds.findings(of, plan)]
    return [finding.code for finding in found]


def gated(clause: str | None, when: str = "x", at: str = "", decision: str = "", **fields: Any) -> RubricText:
    """A rubric with a gate; `decision` is an ambiguity registered `at` some path."""
    entry = {"id": "q", "at": at, "question": "?", "decision": decision}
    gate = {"id": "g", "when": when, **({"clause": clause} if clause else {}), **fields}
    facts = {"x": "flag", "y": "flag", "n": "count"}
    more = {"ambiguities": [entry]} if at else {}
    return text(item("a", 10, rules=[OFF], gates=[gate]), facts=facts, **more)


GATES = {
    "a grade": (gated("定为不合格", grade="不合格"), []),
    "a longer grade": (gated("定为不合格", grade="不合格等次"), []),
    "a shorter grade": (gated("评为D级", grade="D"), []),
    "another grade": (gated("定为不合格", grade="合格"), ["GR453"]),
    "a grade registered": (gated("定为不合格", at="a.g", decision="定为合格", grade="合格"), []),
    "a veto": (gated("一票否决", grade="不合格"), []),
    "no grade": (gated("定为不合格", at_most=5), []),
    "nothing": (gated("得零分", score=0), []),
    "something": (gated("得零分", score=5), ["GR453"]),
    "a fixed score": (gated("得4分", score=4), []),
    "another fixed score": (gated("得4分", score=5), ["GR453"]),
    "no score": (gated("取消资格", score="none"), []),
    "a score that is not named": (gated("严重的，一票否决", score=0), []),
    "no clause": (gated(None, score=0), []),
    "a threshold": (gated("达到3次的得零分", when="n >= 3", score=0), []),
    "another threshold": (gated("达到3次的得零分", when="n >= 4", score=0), ["GR450"]),
    "another threshold, registered": (gated("达到3次的得零分", at="a", decision="4次", when="n >= 4", score=0), []),
    "its edge": (gated("超过3次的得零分", when="n >= 3", score=0), ["GR450"]),
    "its edge, the other way round": (gated("超过3次的得零分", when="3 < n", score=0), []),
    "its edge under not": (gated("超过3次的得零分", when="not n <= 3", score=0), []),
    "a trivial number": (gated("超过3次的得零分", when="n > 0", score=0), []),
    "either of two things": (gated("迟报或漏报的得零分", when="x and y", score=0), []),
    "both of two things": (gated("迟报且漏报的得零分", when="x or y", score=0), ["GR452"]),
    "both of two things, as they are": (gated("迟报且漏报的得零分", when="x and y", score=0), []),
    "both and either": (gated("迟报且漏报或拒报的得零分", when="x or y", score=0), []),
    "two kinds of joints": (gated("迟报且漏报的得零分", when="x and (y or n > 0)", score=0), []),
}  # fmt: skip


@pytest.mark.parametrize("name", GATES)
def test_a_gate_sets_what_its_clause_says(name: str) -> None:
    of, expected = GATES[name]
    assert codes(of) == expected


YEARS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "the same": ({"title": "2023年考核", "id": "c-2023"}, []),
    "none in the title": ({"title": "考核", "id": "c-2023"}, []),
    "none in the id": ({"title": "2023年考核", "id": "c"}, []),
    "another in the id": ({"title": "2023年考核", "id": "c-2022"}, ["GR454"]),
    "a school year": ({"title": "2022—2023学年考核", "id": "c-2023"}, []),
    "the number of a document": ({"title": "考核（依据〔2017〕16号）", "id": "c-2023"}, []),
    "its days": ({"title": "2023年考核", "valid": {"from": "2023-01-01", "to": "2023-12-31"}}, []),
    "days of another year": ({"title": "2023年考核", "valid": {"from": "2024-01-01", "to": "2024-12-31"}}, ["GR454"]),
    "days without an end": ({"title": "2023年考核", "valid": {"from": "2024-01-01"}}, []),
}  # fmt: skip


@pytest.mark.parametrize("name", YEARS)
def test_the_years_of_a_rubric_go_together(name: str) -> None:
    fields, expected = YEARS[name]
    assert codes(text(item("a", 10, rules=[OFF]), **fields)) == expected


def test_the_highest_may_be_taken_by_the_item_or_be_registered() -> None:
    assert codes(leaf(LEVELS)) == ["GR451"]
    other = {"id": "named", "award": 2, "clause": "列为试点的加2分"}
    assert codes(leaf(LEVELS, other, take="highest")) == []
    entry = {"id": "q", "at": "a.up", "question": "?", "decision": "各级累计"}
    assert codes(text(item("a", 10, rules=[LEVELS]), ambiguities=[entry])) == []


def test_a_comment_allows_a_warning_about_a_clause_like_any_other() -> None:
    rubric = (
        "govrubric: 1\nid: t\ntitle: T\nlanguage: zh-CN\ntotal: 10\nround: {places: 2, mode: half_up}\nindicators:\n"
        "  - id: a\n    title: A\n    weight: 10\n    rules:\n%s"
        "      - {id: r, bands: [{from: 90, points: 10}], clause: 95%%以上的得10分}\n"
    )
    assert [one.code for one in check(text=rubric % "")] == ["GR450"]
    assert check(text=rubric % "      # allow GR450: 原文的95%是另一项的标准\n") == []


def test_points_that_stand_alone_with_their_bands_are_paired() -> None:
    bands = [{"from": 95, "points": 5}, {"from": 90, "points": 10}]
    rule = {"id": "b", "bands": bands, "clause": "95%以上得10分，90%以上得5分"}
    assert codes(leaf(rule)) == ["GR443"]
    assert codes(leaf({**rule, "clause": "95%以上得10分，90%得5分"})) == []


def test_a_way_from_a_number_that_is_named_has_no_threshold() -> None:
    rule = {
        "id": "d",
        "distance": {"below": "goal", "each": 1, "points": -1},
        "clause": "低于95%的，每低1个百分点扣1分",
    }
    facts = {"goal": {"number": {"min": 0, "max": 100}}}
    assert codes(text(item("a", 10, start="full", rules=[rule]), facts=facts)) == []
