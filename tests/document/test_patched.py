"""Nodes after edits: the value, and where each part of it stands in the text."""

from govrubric.document.patched import GONE, Edit, Overlap, Patched, overlaps
from govrubric.document.yaml import parse

TEXT = """\
list: [a, b, c]
map: {one: 1, two: {deep: 'x + 1'}}
say: {new: {deep: 'y + 2'}, gone: here}
"""
NEW, OUT = ("say", "new"), ("say", "gone")


def patched(*edits: Edit) -> Patched:
    return Patched(parse("t", TEXT), edits)


def test_values_are_replaced_and_taken_out() -> None:
    made = patched(
        Edit(("map", "two"), {"deep": "y + 2"}, NEW),
        Edit(("list", 1), GONE, OUT),
        Edit(("map", "one"), GONE, OUT),
    )
    assert made.value["list"] == ("a", "c")
    assert made.value["map"] == {"two": {"deep": "y + 2"}}


def test_the_text_that_is_edited_stays_as_it_is() -> None:
    nodes = parse("t", TEXT)
    Patched(nodes, [Edit(("list", 0), GONE, OUT)])
    assert nodes.value["list"] == ("a", "b", "c")


def test_a_path_leads_to_where_its_value_stands() -> None:
    made = patched(Edit(("map", "two"), {"deep": "y + 2"}, NEW), Edit(("list", 0), GONE, OUT))
    assert made.home(("list", 1)) == ("list", 2)
    assert made.home(("map", "two", "deep")) == ("say", "new", "deep")
    assert made.home(("map", "one")) == ("map", "one")
    assert made.place(("map", "two", "deep")).line == 3
    assert made.characters(("map", "two", "deep"), 0, 1).column == 20
    assert made.is_literal(("map", "two", "deep"))


def test_a_key_may_be_put_in() -> None:
    made = patched(Edit(("map", "three"), "3", NEW))
    assert (made.value["map"]["three"], made.home(("map", "three"))) == ("3", NEW)


def test_the_nearest_edit_is_the_cause() -> None:
    made = patched(Edit(("map", "two"), {"deep": "y + 2"}, NEW), Edit(("list", 0), GONE, OUT))
    assert made.cause(("map", "two", "deep")) is None
    assert made.cause(("map", "one")) == NEW
    assert made.cause(("list", 0)) == OUT
    assert made.cause(("say",)) == NEW
    assert made.written_at(OUT).line == 3
    assert patched().cause(("map",)) is None


def test_edits_that_meet_are_told() -> None:
    whole, inner = Edit(("map", "two"), "x", NEW), Edit(("map", "two", "deep"), "y", OUT)
    assert overlaps([whole, inner]) == [Overlap(inner, whole)]
    assert overlaps([inner, whole]) == [Overlap(whole, inner)]
    assert overlaps([whole, whole]) == [Overlap(whole, whole)]
    assert overlaps([whole, Edit(("map", "one"), "2", OUT)]) == []
