"""What an item without full marks may add or take, in words, and where they are shown."""

from decimal import Decimal
from typing import Any

import pytest

from govrubric import loads
from govrubric.plan.planner import make_plan
from govrubric.reports.outline import outline
from govrubric.reports.score_table import table
from govrubric.reports.worth import on_top
from making import item, text

ADD = [{"id": "add", "award": 1, "per": "件"}]
OFF = [{"id": "off", "deduct": 1, "per": "件"}]
FORM = """\
govrubric: 1
id: f
title: Form
total: 10
round: {places: 1, mode: half_up}
indicators:
  - {id: work, title: Work, weight: 10, out_of: 100, rules: [{id: late, deduct: 1, per: case}]}
  - {id: praise, title: Praise, extra: true, ceiling: 3, rules: [{id: won, award: 1, per: prize}]}
  - {id: faults, title: Faults, extra: true, floor: -2, not_applicable: full, rules: [{id: seen, deduct: 1, per: fault}]}
  - {id: odd, title: Odd, extra: true, start: 2, floor: 1, ceiling: 4, rules: [{id: more, award: 1, per: case}]}
  - {id: low, title: Low, extra: true, start: -2, ceiling: -1, rules: [{id: less, deduct: 1, per: case}]}
"""


@pytest.mark.parametrize(
    ("fields", "en", "zh"),
    [
        ({"rules": ADD, "ceiling": 10}, "bonus, at most 10", "加分项，最多10分"),
        ({"rules": ADD, "ceiling": "none"}, "bonus, no ceiling", "加分项，不封顶"),
        ({"rules": OFF}, "deduction", "扣分项"),
        ({"rules": OFF, "floor": -6}, "deduction, at most 6 off", "扣分项，最多扣6分"),
        ({"rules": [*ADD, *OFF], "ceiling": 5}, "bonus, at most 5", "加分项，最多5分"),
        (
            {"rules": [*ADD, *OFF], "ceiling": 5, "floor": "none"},
            "bonus or deduction, at most 5 added",
            "加减分项，最多加5分",
        ),
        (
            {"rules": [*ADD, *OFF], "ceiling": "none", "floor": "-2.5"},
            "bonus or deduction, no ceiling, at most 2.5 off",
            "加减分项，不封顶，最多扣2.5分",
        ),
    ],
)
def test_what_may_be_added_or_taken(fields: dict[str, Any], en: str, zh: str) -> None:
    given = {key: Decimal(value) if value == "-2.5" else value for key, value in fields.items()}
    of = text(item("a", 10, rules=OFF), {"id": "e", "title": "E", "extra": True, **given})
    planned = make_plan(of).items[2]
    assert (on_top(planned, "en"), on_top(planned, "zh")) == (en, zh)


def test_an_outline_says_it_in_place_of_the_weight() -> None:
    lines = [
        line for line in outline(loads(FORM), "en").splitlines() if line.startswith("  ") and line[2] != " "
    ]
    assert lines == [
        "  work Work  10  (scored out of 100)",
        "  praise Praise  bonus, at most 3",
        "  faults Faults  deduction, at most 2 off  (no marks when not applicable)",
        "  odd Odd  bonus, at most 4  (starts at 2; floor 1)",
        "  low Low  deduction  (starts at -2; ceiling -1)",
    ]
    assert "\n  faults Faults  扣分项，最多扣2分（缺项不得分）\n" in outline(loads(FORM), "zh")


def test_the_legend_of_a_score_table_says_it() -> None:
    rubric = loads(FORM)
    card = rubric.score({"work.late": 10, "praise.won": 2, "faults.seen": 5})
    assert table(rubric, [card], "en").splitlines()[4:] == [
        "–       9.0  9  2  -2  2  -2",
        "",
        " 1  Work (work, of 10)",
        " 2  Praise (praise, bonus, at most 3)",
        " 3  Faults (faults, deduction, at most 2 off)",
        " 4  Odd (odd, bonus, at most 4)",
        " 5  Low (low, deduction)",
    ]
