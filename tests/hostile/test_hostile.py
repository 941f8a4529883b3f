"""The fast third of the hostile inputs; `python tests/hostile/run.py` runs them all."""

from pathlib import Path

import pytest

from hostile.case import Case, faults, run
from hostile.every import CASES


@pytest.mark.parametrize("case", [case for case in CASES if case.fast], ids=lambda case: case.name)
def test_a_hostile_input_meets_what_it_must(case: Case, tmp_path: Path) -> None:
    outcome = run(case, tmp_path)
    assert faults(case, outcome) == [], outcome.output[:3000]


def test_no_two_cases_have_one_name() -> None:
    assert len({case.name for case in CASES}) == len(CASES)
