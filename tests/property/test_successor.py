"""The successor of a rubric is the same rubric, in any layout, apart from its id, year and marks."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govrubric.document.comments import comments
from govrubric.document.nodes import Nodes
from govrubric.document.yaml import parse
from govrubric.editing.successor import successor
from govrubric.editing.years import Times
from strategies import Sample, samples
from strewing import said, strewn


def rest(nodes: Nodes) -> dict[str, Any]:
    return {key: said(value) for key, value in nodes.value.items() if key not in ("id", "title", "valid")}


@given(samples(), st.integers(0, 10**6))
def test_what_follows_a_rubric_is_the_same_but_for_its_year(sample: Sample, seed: int) -> None:
    """`govrubric new`: “Order, layout and comments stay”; a mark changes no value and no text (GR130)."""
    text, _ = strewn(sample.source, seed)
    old = parse("x", text)
    new = parse("x", successor(old, text.encode(), "another-9", 2031).text)
    assert rest(new) == rest(old)
    old_notes, new_notes = (sum("note" in note.text for note in comments(nodes)) for nodes in (old, new))
    assert new_notes == old_notes
    old_codes, new_codes = ([finding.code for finding in nodes.found] for nodes in (old, new))
    assert new_codes.count("GR130") <= old_codes.count("GR130")
    assert any(note.text.startswith(("# to be confirmed", "# 待确认")) for note in comments(new))


@given(samples(), st.integers(0, 10**6))
def test_a_question_above_any_text_changes_nothing(sample: Sample, seed: int) -> None:
    """The same where every text speaks of a time, in whatever layout."""
    text, _ = strewn(sample.source, seed)
    old = parse("x", text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("govrubric.editing.successor.times", lambda *_, **__: Times([], ["2016"]))
        done = successor(old, text.encode(), "another-9", 2031)
    new = parse("x", done.text)
    assert rest(new) == rest(old)
    assert done.questions > 0
    assert not new.found or [one.code for one in new.found] == [one.code for one in old.found]
