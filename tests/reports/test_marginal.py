"""What one case more or fewer changes, as a table for people."""

from govrubric.reports.marginal import render_marginal
from samples import RICH_TALLY, TALLY, rich, small


def test_without_grades_there_is_no_column_for_them() -> None:
    rows = small().score(TALLY).marginal()
    lines = render_marginal(rows, 2, "en").splitlines()
    assert lines[1].split() == ["total", "item", "change", "input"]
    assert [line.split()[-1] for line in lines if line.endswith("work.late")] == ["work.late"]


def test_a_grade_that_would_be_another_has_a_column() -> None:
    rows = rich().score({**RICH_TALLY, "served": True}).marginal()
    assert any(row.regraded for row in rows)
    head, *lines = render_marginal(rows, 2, "en").splitlines()[1:]
    assert head.split()[2] == "grade"
    assert len(lines) >= len(rows)
