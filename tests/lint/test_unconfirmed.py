"""Marks of what waits to be confirmed."""

import pytest

from govrubric.document.yaml import parse
from govrubric.lint.unconfirmed import MARKS, unconfirmed


def marked(text: str) -> list[tuple[str, int, int, str]]:
    return [
        (finding.code, finding.place.line, finding.place.column, finding.message("en"))
        for finding in unconfirmed(parse("f.yaml", text))
        if finding.place
    ]


@pytest.mark.parametrize("mark", MARKS.values())
def test_the_marks_are_one_finding_at_the_first(mark: str) -> None:
    assert marked(f"a: 1\n# {mark}\nb: 2  # {mark}; since 2022\nc: 3  # known\n") == [
        ("GR437", 2, 1, "2 marked line(s) wait to be confirmed: 2, 3"),
    ]


def test_a_mark_within_a_text_is_text() -> None:
    assert marked("a: |\n  # to be confirmed\nb: '# 待确认'\nc: 2 # To Be Confirmed\n") == [
        ("GR437", 4, 6, "1 marked line(s) wait to be confirmed: 4")
    ]


def test_a_comment_that_mentions_a_mark_is_none() -> None:
    assert marked("a: 1  # 2 is to be confirmed\n") == []
