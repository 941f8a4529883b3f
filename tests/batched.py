"""A rubric with a gate and grades, and files of its units."""

from pathlib import Path

import polars as pl

from govrubric import Rubric, loads
from govrubric.batch.job import Job
from govrubric.batch.polars import run as run_batch
from govrubric.batch.summary import Summary

TEXT = """\
govrubric: 1
id: small
title: Small form
language: en
total: 10
round: {places: 1, mode: half_up}
grades: [{grade: A, from: 8}, {grade: B}]
gates: [{id: veto, when: "work.missing >= 20", score: none}]
indicators:
  - id: work
    title: Work
    weight: 7
    rules:
      - {id: late, deduct: 1}
      - {id: missing, deduct: 0.5, per: case}
  - id: bonus
    title: Bonus
    weight: 3
    rules:
      - {id: judged, judge: 3, step: 0.5}
"""
# a: 7 - 1 - 3 x 0.5 + 2.5 = 7.0. b: 7 + 3 = 10. c: void.
UNITS = pl.DataFrame(
    {
        "unit": ["a", "b", "c"],
        "work.late": [True, False, False],
        "work.missing": [3, 0, 20],
        "bonus.judged": ["2.5", "3", "1"],
        "note": ["=1", "-5", "@"],
    }
)
# d: a null flag, e: below zero and off the step, f: no digits.
BAD = pl.DataFrame(
    {
        "unit": ["d", "e", "f"],
        "work.late": [None, True, True],
        "work.missing": [1, -1, 2],
        "bonus.judged": ["1", "0.25", "two"],
        "note": ["", "", ""],
    }
)


def rubric(text: str = TEXT) -> Rubric:
    return loads(text)


def batch(
    read: Path,
    written: Path,
    detail: str = "total",
    on_error: str = "raise",
    *,
    scaled: bool = False,
    text: str = TEXT,
) -> Summary:
    """A batch of the form by polars, without a report of its progress."""
    # The types of `detail` and `on_error` are literals, but some tests pass other texts.
    job = Job(rubric(text), str(read), str(written), detail, on_error, scaled, "en")  # type: ignore[arg-type] # tests give wrong words too
    return run_batch(job, lambda *_: None)
