"""Plan x inputs -> lines: everything behind an input, and nothing else."""

from govrubric.diff.reach import reached
from samples import rich, small


def test_what_a_count_has_a_part_in() -> None:
    found = reached(small().plan, ["work.index.gap"])
    assert {
        "work.index.gap:raw",
        "work.index:score",
        "work:base",
        "work:contribution",
        ":contribution",
    } <= found
    assert not {"work.papers:score", "work.late:raw", "bonus:contribution"} & found


def test_a_condition_reaches_as_far_as_its_item() -> None:
    found = reached(rich().plan, ["class"])
    assert {"desk.visits:counts", "desk.visits:contribution", "desk:score", ":grade"} <= found
    assert not {"desk.visits:score", "desk.calls:score", "tests:score", ":void"} & found


def test_nothing_reaches_nothing() -> None:
    assert reached(rich().plan, []) == frozenset()
