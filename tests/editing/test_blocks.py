"""Entries with their comments: an entry takes those above it, a block those after it in its own column."""

from typing import Any

import pytest

from govrubric.document.yaml import parse
from govrubric.editing.blocks import Entry, children, document, in_lines


def entries(text: str) -> Entry:
    nodes = parse("x", text)
    assert not [finding for finding in nodes.found if finding.severity == "error"]
    return document(nodes)


def as_list(entry: Entry) -> list[Any]:
    """An entry as a list: its last key, comments above and beside it, its parts, and comments below them."""
    key = str(entry.path[-1]) if entry.path else ""
    if entry.block is None:
        return [key, entry.above, entry.beside]
    return [
        key,
        entry.above,
        entry.beside,
        [as_list(part) for part in entry.block.entries],
        entry.block.below,
    ]


def test_what_stands_above_the_first_entry_is_the_head_of_the_text() -> None:
    assert as_list(entries("\n# a\n\n\n# b\n---\n# c\n\na: 1\n")) == [
        "",
        ["", "# a", "", "# b", "# c", ""],
        "",
        [["a", [], ""]],
        [],
    ]


def test_comments_and_blank_lines_stand_with_the_entry_below_them() -> None:
    text = "a: 1 # one\n\n\n# b\nb: # two\n  # c\n  c: |  # three\n    # text\n\n  d: 4\n"
    assert as_list(entries(text)) == [
        "", [], "",
        [["a", [], "# one"], ["b", ["", "# b"], "# two", [["c", ["# c"], "# three"], ["d", [""], ""]], []]],
        [],
    ]  # fmt: skip


def test_a_comment_between_a_key_and_its_value_stands_above_both() -> None:
    assert as_list(entries("a: 0\nb: # one\n  # two\n\n  'x' # three\n")) == [
        "",
        [],
        "",
        [["a", [], ""], ["b", ["# one", "# two"], "# three"]],
        [],
    ]


def test_a_comment_behind_the_mark_of_a_list_is_that_of_its_entry() -> None:
    assert as_list(entries("- # one\n  a: 1\n- - # two\n    b\n")) == [
        "", [], "",
        [["0", [], "# one", [["a", [], ""]], []], ["1", [], "", [["0", ["# two"], ""]], []]],
        [],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "below"),
    [
        ("a:\n  b:\n    c: 1\n    # x\nd: 1\n", {"c": ["# x"]}),
        ("a:\n  b:\n    c: 1\n\n    # x\n\n  # y\n\nd: 1\n", {"c": ["", "# x"], "b": ["", "# y"], "d": [""]}),
        ("a:\n  b:\n    c: 1\n   # x\nd: 1\n", {"b": ["# x"]}),
        ("a:\n  b:\n    c: 1\n # x\n    # y\nd: 1\n", {"d": ["# x", "# y"]}),
        ("a:\n  b:\n    c: 1\n# x\n    # y\nd: 1\n", {"d": ["# x", "# y"]}),
        ("a:\n  b:\n    c: 1\n    # x\n# y\n", {"c": ["# x"], "a": ["# y"]}),
        ("a:\n  b:\n    c: 1\n... # x\n", {"a": ["# x"]}),
        ("a:\n- b: 1\n# x\n", {"a": ["# x"]}),
        ("a:\n- b: 1\n # x\n", {"0": ["# x"]}),
    ],
)
def test_a_comment_behind_a_block_is_its_own_where_it_is_indented_so(
    text: str, below: dict[str, list[str]]
) -> None:
    """Comments by the first key of the block after which they stand, or by the key above which they stand."""
    found: dict[str, list[str]] = {}

    def collect(entry: Entry) -> None:
        if entry.above:
            found[str(entry.path[-1])] = entry.above
        if entry.block is not None:
            if entry.block.below:
                found[str(entry.block.entries[0].path[-1])] = entry.block.below
            for part in entry.block.entries:
                collect(part)

    collect(entries(text))
    assert found == below


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# a\nx # b\n# c\n\n", ["", ["# a", "# c"], "# b"]),
        ("[1, # in\n\n 2] # b\n", ["", [], "# b"]),
        (
            "? a # b\n: c\n? d\n: # e\n  - f\n",
            ["", [], "", [["a", ["# b"], ""], ["d", [], "", [["0", ["# e"], ""]], []]], []],
        ),
    ],
)
def test_texts_that_are_no_mapping_in_lines(text: str, expected: list[Any]) -> None:
    assert as_list(entries(text)) == expected


def test_a_key_behind_a_question_mark_begins_with_the_mark() -> None:
    root = entries("a:\n  ? b\n  : 1\n  # x\n")
    assert root.block is not None
    (a,) = root.block.entries
    assert a.block is not None
    assert [entry.column for entry in a.block.entries] == [2]
    assert a.block.below == ["# x"]


@pytest.mark.parametrize(
    ("text", "lines"), [("a: 1", True), ("- 1", True), ("{a: 1}", False), ("[1]", False), ("x", False)]
)
def test_what_is_laid_out_in_lines(text: str, lines: bool) -> None:
    nodes = parse("x", text)
    assert in_lines(nodes, (), nodes.value) is lines


def test_the_parts_of_lists_and_mappings() -> None:
    assert list(children(("a",), {"b": 1})) == [(("a", "b"), 1)]
    assert list(children(("a",), ("c",))) == [(("a", 0), "c")]


def test_very_many_blank_lines_are_one() -> None:
    assert as_list(entries("a: 1\n" + "  \n" * 90_000 + "b: 1\n")) == [
        "",
        [],
        "",
        [["a", [], ""], ["b", [""], ""]],
        [],
    ]
