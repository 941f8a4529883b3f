"""A rubric whose numbers need more bits than a table has, and rows for the small rubric of `samples`."""

from functools import cache
from typing import Any

from govrubric import Rubric, loads

WIDE = """\
govrubric: 1
id: wide
title: Wide form
total: 10
round: {places: 2, mode: half_up}
indicators:
  - id: desk
    title: Desk
    weight: 4
    rules: [{id: late, deduct: 0.1, per: case}]
  - id: park
    title: Park
    weight: 6
    rules:
      - {id: density, formula: "round(a * b * c * d * e / 7, 2)", inputs: {a: count, b: count, c: count, d: count, e: count}}
"""


@cache
def wide() -> Rubric:
    """A rubric with a product of five counts, which may come to 151 bits."""
    return loads(WIDE, "wide.yaml")


# Rows of the small rubric of `samples`.
SMALL_ROWS: dict[str, list[Any]] = {
    "unit": ["u1", "u2", "u3"],
    "work.late": [True, False, False],
    "work.papers.missing": [5, 20, 0],
    "work.index.gap": [2, 0, 9],
    "bonus.used.city": [2, 0, 1],
    "bonus.used.province": [1, 0, 0],
    "bonus.judged": ["0.5", "1", "0"],
}
# u1 is computed in `samples`: 6.6. u2: 4 - 6 is 0, index 3, bonus 1: 4. u3: papers 4, index 0, bonus 1: 5.
SMALL_TOTALS = ("6.6", "4.0", "5.0")
