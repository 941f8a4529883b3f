"""What follows a rubric is the same rubric, however it is laid out: but for its id, its year and its marks."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from govrubric.document.comments import comments
from govrubric.document.nodes import Nodes
from govrubric.document.yaml import parse
from govrubric.editing.successor import successor
from strategies import Sample, samples
from strewing import said, strewn


def rest(nodes: Nodes) -> dict[str, Any]:
    return {
        key: said(value)
        for key, value in nodes.value.items()
        if key not in ("id", "title", "valid", "source")
    }


@given(samples(), st.integers(0, 10**6))
def test_what_follows_a_rubric_is_the_same_but_for_its_year(sample: Sample, seed: int) -> None:
    """`govrubric new`: “Order, layout and comments stay”; a mark changes no value and is never taken for text (GR130)."""
    text, _ = strewn(sample.source, seed)
    old = parse("x", text)
    done = successor(old, text.encode(), "another-9", 2031)
    new = parse("x", done.text)
    assert rest(new) == rest(old)
    assert sum("note" in one.text for one in comments(new)) == sum(
        "note" in one.text for one in comments(old)
    )
    assert [one.code for one in new.found].count("GR130") <= [one.code for one in old.found].count("GR130")
    assert any(
        one.text.startswith("# to be confirmed") or one.text.startswith("# 待确认") for one in comments(new)
    )
