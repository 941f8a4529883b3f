"""The part of a card's trace that explains one figure."""

import pytest

from govrubric.scoring.explain import render_part
from samples import RICH_TALLY, TALLY, rich, small

TOTAL = """\
total  6.6 / 10  (lost 3.4)
  work Work  3.642… / 7  (lost 3.357…)
    -1.5  papers.missing: 5 case × 0.3 = 1.5
    -2  index.gap: 2 gap × 1 = 2
    -1  late: yes, 1 off
  bonus Bonus  3 / 3
    +3  used: city 2 piece × 1 + province 1 piece × 2 = 4, ceiling 3 reached; 1 more not added
    0  judged: judged 0.5, already at the ceiling of 3, not added
  rounding -0.042… → 6.6
"""

GROUP = """\
work Work  3.642… / 7  (lost 3.357…)
  work.papers Papers  2.5 / 4  (lost 1.5)
    -1.5  missing: 5 case × 0.3 = 1.5
  work.index Index  5 / 7  (lost 2)
    counts as 2.142… / 3
    -2  gap: 2 gap × 1 = 2
  base 4.642… (sum of parts)
  -1  late: yes, 1 off, 3.642… left
      “A late report costs one point.”
"""

LEAF = """\
work.index Index  5 / 7  (lost 2)
  start 7
  -2  gap: 2 gap × 1 = 2, 5 left
  counts as 2.142… / 3
"""

RULE = """\
-1.5  missing: 5 case × 0.3 = 1.5, 2.5 left
    “Each missing paper costs 0.3.”
    evidence: minutes p. 3
    evidence: list 7
    note: two of them in June
"""


@pytest.mark.parametrize(
    ("path", "told"), [("", TOTAL), ("work", GROUP), ("work.index", LEAF), ("work.papers.missing", RULE)]
)
def test_a_figure_is_explained_by_its_own_part_of_the_trace(path: str, told: str) -> None:
    assert render_part(small().score(TALLY)._record, path, "en") == told


def test_what_does_nothing_is_one_line() -> None:
    card = small().score({"bonus.judged": 0})
    assert (
        render_part(card._record, "", "zh")
        == "总分  7 / 10（失分3）\n  work Work  7 / 7\n  bonus Bonus  0 / 3（失分3）\n"
    )


# Desk, as in samples: calls 30 - 12 = 18, mail does not apply, visits do not count; the whole 69, which a gate lowers to 60.
GATED = """\
total  60 / 100  (lost 40)
  desk Desk  27 / 60  (lost 33)
    -12  calls.missed: 6 call × 2 = 12
    +4  visits.held: 4 visit × 1 = 4
  tests Tests  42 / 40
    +40  first.graded: judged 40
    +20  second.graded: judged 20
    +40  third.graded: judged 40
    +2  more.essays: 2 essay × 1 = 2
  base 69 (sum of parts)
  gate closed does not hold (not served)
  -9  gate capped holds (desk.calls.missed > 5): at most 60, grade at most Fair
"""

ABSENT = """\
desk Desk  27 / 60  (lost 33)
  desk.calls Calls  18 / 30  (lost 12)
    -12  missed: 6 call × 2 = 12
  desk.mail Mail  does not apply
    its weight is left out
  desk.visits Visits  4 / 10  (lost 6)
    does not count, since this does not hold: class == 'A'
    +4  held: 4 visit × 1 = 4
  base 27 (sum of parts; not applicable: mail)
"""


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("", GATED),
        ("desk", ABSENT),
        ("desk.mail", "desk.mail Mail  does not apply\n  its weight is left out\n"),
    ],
)
def test_gates_and_what_does_not_apply_or_count_are_told(path: str, told: str) -> None:
    assert render_part(rich().score(RICH_TALLY)._record, path, "en") == told


def test_a_gate_within_a_part_is_told_with_the_part() -> None:
    from govrubric import loads

    rubric = loads(
        "govrubric: 1\nid: r\ntitle: R\ntotal: 5\nround: {places: 0, mode: half_up}\nindicators:\n"
        "  - {id: a, title: A, weight: 5, items: [{id: b, title: B, weight: 5, rules: [{id: off, deduct: 1, per: case}],"
        " gates: [{id: low, when: off > 2, score: 0}, {id: high, when: off < 1, score: 5}]}]}\n"
    )
    assert render_part(rubric.score({"a.b.off": 3})._spoken("zh"), "", "zh") == (
        "总分  0 / 5（失分5）\n  a A  0 / 5（失分5）\n    -3  b.off：3 case×1分=3分\n    -2  门槛 b.low 成立（off > 2）：得分定为0分\n"
    )
