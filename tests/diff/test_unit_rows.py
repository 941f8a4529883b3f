"""A unit under two rubrics as a row in words."""

from decimal import Decimal

import pytest

from govrubric.diff.compare import compare
from govrubric.diff.replay import Recounted
from govrubric.diff.unit_rows import unit_row
from samples import rich


@pytest.mark.parametrize(("unknown", "grades"), [((), "Good → Poor"), (("grade",), "Good → ?")])
def test_a_grade_that_nobody_can_tell_is_a_question_mark(unknown: tuple[str, ...], grades: str) -> None:
    total = Decimal(1)
    unit = Recounted("u1", None, total, total, "Good", "Poor", frozenset(unknown), ())
    assert unit_row(compare(rich(), rich()), unit, "en").grades == grades
