"""A small, a wide and a rich rubric with a tally of each, and short forms of findings for tests."""

import json
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from govrubric import GovrubricError, Rubric, loads
from govrubric.diagnostics.diagnostic import Diagnostic

SMALL = """\
govrubric: 1
id: small
title: Small form
total: 10
round: {places: 1, mode: half_up}
indicators:
  - id: work
    title: Work
    weight: 7
    assessed_by: the office
    clause: Work counts seven.
    rules:
      - {id: late, deduct: 1, clause: A late report costs one point.}
    items:
      - id: papers
        title: Papers
        weight: 4
        rules:
          - {id: missing, deduct: 0.3, per: case, clause: Each missing paper costs 0.3.}
          - {id: absent, forfeit: all}
      - id: index
        title: Index
        weight: 3
        out_of: 7
        rules:
          - {id: gap, deduct: 1, per: gap}
  - id: bonus
    title: Bonus
    weight: 3
    rules:
      - {id: used, award: {city: 1, province: 2}, per: piece}
      - {id: judged, judge: 1, step: 0.5}
"""

# Papers: 4 - 5 x 0.3 = 2.5. Index: 7 - 2 = 5 of 7, which counts 5 x 3/7 = 15/7. Work: 2.5 + 15/7 - 1 = 51/14.
# Bonus: 2 x 1 + 1 x 2 = 4, of which 3 count, and nothing of the 0.5 judged. In all 51/14 + 3 = 93/14, rounded
# 6.6.
TALLY: dict[str, Any] = {
    "work": {
        "late": True,
        "papers": {
            "missing": {"value": 5, "evidence": ["minutes p. 3", "list 7"], "note": "two of them in June"}
        },
    },
    "work.index.gap": 2,
    "bonus.used": {"city": 2, "province": 1},
    "bonus.judged": Decimal("0.5"),
}


@cache
def small() -> Rubric:
    """The small rubric; all tests share it, since it does not change."""
    return loads(SMALL, "small.yaml")


WIDE = """\
govrubric: 1
id: wide
title: Wide form
total: 20
round: {places: 1, mode: half_up}
facts:
  calm: flag
  class: {choice: [A, B]}
  people: {number: {places: 0, min: 1, max: 50}}
  deaths: count
indicators:
  - id: a
    title: First
    weight: 6
    not_applicable: full
    counts_when: class == 'A'
    rules:
      - {id: late, deduct: 2, when: calm, clause: Two for being late.}
      - {id: rated, choose: {good: 0, bad: -1}}
    gates:
      - {id: cap, when: deaths > 0, at_most: 3, clause: Never more than three.}
      - {id: veto, when: deaths > 1, score: none, grade: banned}
  - id: b
    title: Second
    weight: 8
    out_of: 4
    combine: mean
    drop: {lowest: 1}
    not_applicable: rescale
    items:
      - {id: x, title: X, weight: 4, not_applicable: spread, rules: [{id: late, deduct: 1, per: case}]}
      - {id: y, title: Y, weight: 4, round: {places: 0, mode: down}, rules: [{id: late, deduct: 0.4, per: case}]}
      - {id: z, title: Z, weight: 4, not_applicable: zero, rules: [{id: late, deduct: 1, per: case, input: deaths}]}
  - id: c
    title: Third
    weight: 6
    combine: min
    drop: {highest: 1}
    items:
      - {id: x, title: X, weight: 6, start: full, rules: [{id: f, formula: 0 - people / 50}]}
      - {id: y, title: Y, weight: 6, rules: [{id: late, deduct: 1, per: case}]}
  - {id: d, title: Fourth, weight: 2, extra: true, rules: [{id: added, award: 2}]}
gates:
  - {id: lower, when: deaths > 0, grade_at_most: fair}
grades:
  - {grade: good, from: 15, when: class == 'A'}
  - {grade: fair, from: 10.5}
  - {grade: poor}
grade_on: exact
"""
GIVEN: dict[str, Any] = {"calm": True, "class": "A", "people": 10, "a.rated": "good"}


@cache
def wide() -> Rubric:
    """A rubric with everything: facts, gates, grades, conditions, items that may not apply."""
    return loads(WIDE)


def refused(kind: type[GovrubricError], act: Callable[[], object]) -> tuple[Diagnostic, ...]:
    """The findings with which `act` is refused."""
    with pytest.raises(GovrubricError) as caught:
        act()
    assert type(caught.value) is kind
    return caught.value.diagnostics


def placed(findings: Iterable[Diagnostic]) -> list[tuple[str, int, int]]:
    """Code, line and column of the findings that have a place."""
    return [(each.code, each.place.line, each.place.column) for each in findings if each.place]


def codes(findings: Iterable[Diagnostic]) -> list[str]:
    return [finding.code for finding in findings]


def args(finding: Diagnostic) -> dict[str, str]:
    return dict(finding.args)


RICH = """\
govrubric: 1
id: rich
title: Rich form
total: 100
round: {places: 1, mode: half_up}
facts: {served: flag, class: {choice: [A, B]}}
gates:
  - {id: closed, when: not served, score: none, grade: Closed, clause: An office that is closed has no score.}
  - {id: capped, when: desk.calls.missed > 5, at_most: 60, grade_at_most: Fair}
grades:
  - {grade: Good, from: 80}
  - {grade: Fair, from: 50}
  - {grade: Poor}
indicators:
  - id: desk
    title: Desk
    weight: 60
    items:
      - {id: calls, title: Calls, weight: 30, rules: [{id: missed, deduct: 2, per: call}]}
      - {id: mail, title: Mail, weight: 20, not_applicable: rescale, rules: [{id: replied, judge: 20}]}
      - {id: visits, title: Visits, weight: 10, counts_when: class == 'A', rules: [{id: held, award: 1, per: visit, when: served}]}
  - id: tests
    title: Tests
    weight: 40
    combine: mean
    drop: {lowest: 1}
    items:
      - {id: first, title: First, weight: 40, rules: [{id: graded, judge: 40}]}
      - {id: second, title: Second, weight: 40, rules: [{id: graded, judge: 40}]}
      - {id: third, title: Third, weight: 40, rules: [{id: graded, judge: 40}]}
      - {id: more, title: More, weight: 5, extra: true, rules: [{id: essays, award: 1, per: essay}]}
"""

# Desk: calls 30 - 6 x 2 = 18; mail does not apply; visits come to 4 and do not count: 18 x 60/40 = 27. Tests:
# the mean of 40 and 40, without the 20, and 2 more: 42. In all 69, which the second gate lowers to 60: Fair.
RICH_TALLY: dict[str, Any] = {
    "served": True,
    "class": "B",
    "desk.calls.missed": 6,
    "desk.mail.not_applicable": True,
    "desk.visits.held": 4,
    "tests": {"first.graded": 40, "second.graded": 20, "third.graded": 40, "more.essays": 2},
}


@cache
def rich() -> Rubric:
    """A rubric with gates, grades, facts, extra parts, and parts that may not apply or not count."""
    return loads(RICH, "rich.yaml")


def written() -> dict[str, Any]:
    """The small card as plain data."""
    data: dict[str, Any] = json.loads(json.dumps(small().score(TALLY, unit="u1", name="First").to_dict()))
    return data


def richly_written(**changes: Any) -> dict[str, Any]:
    """The rich card: two gates and ten items; the third does not apply and the fourth does not count."""
    data: dict[str, Any] = json.loads(json.dumps(rich().score({**RICH_TALLY, **changes}).to_dict()))
    return data


def forget() -> None:
    """The shared rubrics are loaded anew, without what they prepared for the cards of this version."""
    for shared in (small, wide, rich):
        shared.cache_clear()
