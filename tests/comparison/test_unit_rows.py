"""A unit under two rubrics as a row in words."""

from decimal import Decimal

import pytest

from govrubric.comparison.compare import compare
from govrubric.comparison.replay import UnitDiff
from govrubric.comparison.unit_rows import unit_row
from samples import rich


@pytest.mark.parametrize(("unknown", "grades"), [((), "Good → Poor"), (("grade",), "Good → ?")])
def test_a_grade_that_nobody_can_tell_is_a_question_mark(unknown: tuple[str, ...], grades: str) -> None:
    total = Decimal(1)
    unit = UnitDiff("u1", None, total, total, "Good", "Poor", frozenset(unknown), ())
    assert unit_row(compare(rich(), rich()), unit, "en").grades == grades
