"""Reports of small rubrics, for tests."""

from pathlib import Path
from typing import Any

import govrubric
from govrubric import Rubric, loads, tally_files
from govrubric.comparison.pairs import paired
from govrubric.reporting.report import Report, report
from samples import SMALL

ROOT = Path(__file__).parents[1]
GRADED = SMALL + "grades: [{grade: Good, from: 7}, {grade: Poor}]\n"
OWN: list[dict[str, Any]] = [
    {"unit": "u1", "name": "First", "work.papers.missing": {"value": 1, "evidence": ["list 7"], "note": "in May"},
     "bonus.judged": 1},
    {"unit": "u2", "bonus.judged": 0},
    {"unit": "u3", "name": "Third", "bonus.judged": 1},
]  # fmt: skip
OFFICIAL: list[dict[str, Any]] = [
    {"unit": "u2", "name": "Second", "bonus.judged": "0.5"},
    {"unit": "u1", "work.papers.missing": 4, "work.index.gap": 1, "bonus.judged": 1, "bonus.used.city": 1},
    {"unit": "u4", "bonus.judged": 1},
]


def of(
    own: list[dict[str, Any]] = OWN,
    official: list[dict[str, Any]] | None = None,
    rubric: Rubric | None = None,
) -> Report:
    """A report of tallies."""
    known = rubric or loads(GRADED)
    scored = tally_files.scored(known, own)
    pairs = None if official is None else paired(known, scored, tally_files.scored(known, official))
    return report(known, [card for _, card in scored], pairs)


def districts(*, official: bool = True) -> Report:
    """The twelve districts of the examples."""
    known = govrubric.shipped("2023-district")
    own, theirs = (
        tally_files.scored(known, known.read(ROOT / "examples" / f"2023-districts{name}.csv"))
        for name in ("", "-official")
    )
    return report(known, [card for _, card in own], paired(known, own, theirs) if official else None)
