"""Comments: found wherever a `#` is no part of a key or value, and nowhere else."""

import pytest

from govrubric.document.comments import Comment, comments, last_line, scalars, skeleton
from govrubric.document.yaml import parse


def read(text: str) -> list[Comment]:
    nodes = parse("x", text)
    assert not [finding for finding in nodes.found if finding.severity == "error"]
    return comments(nodes)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# top\na: 1", [Comment(0, 0, "# top", True)]),
        ("a: 1  # beside ", [Comment(0, 6, "# beside", False)]),
        ("a:\n  #x\n  b: 1", [Comment(1, 2, "#x", True)]),
        ("a: [1, # one\n  2] # two", [Comment(0, 7, "# one", False), Comment(1, 5, "# two", False)]),
        ("a: 'it # is' # not", [Comment(0, 13, "# not", False)]),
        ('a: "x\n  # y\n  z" # c', [Comment(2, 5, "# c", False)]),
        ("'a # b': 1 # c", [Comment(0, 11, "# c", False)]),
        ("a: x#y", []),
        ("a: x\n  y#z\nb: 1 # c # d", [Comment(2, 5, "# c # d", False)]),
        (
            "a: |  # head\n  # text\n\n# behind\nb: 1",
            [Comment(0, 6, "# head", False), Comment(3, 0, "# behind", True)],
        ),
        ("a: >+\n  # text\n\nb: 1 #c", [Comment(3, 5, "#c", False)]),
        ("a: |2\n   # text\n  # text", []),
        ("- # dash\n  a: 1", [Comment(0, 2, "# dash", False)]),
        ("a: 1\n... # end", [Comment(1, 4, "# end", False)]),
    ],
)
def test_comments_are_what_is_no_text(text: str, found: list[Comment]) -> None:
    assert read(text) == found


def test_the_skeleton_keeps_the_columns_of_what_is_no_text() -> None:
    assert skeleton(parse("x", 'a: {b: "#"} # c\nd: |\n  e\n\n  f\n\n')) == [
        "x: {x: xxx} # c",
        "x: |",
        "xxx",
        "x",
        "xxx",
        "",
        "",
    ]


def test_scalars_are_keys_and_values_without_parts() -> None:
    nodes = parse("x", "a: []\nb: {c: [d]}\n")
    assert sorted((span.line, span.column) for span, _ in scalars(nodes)) == [(0, 0), (1, 0), (1, 4), (1, 8)]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("a: 1\n", 0),
        ("a: x\n  y\n", 1),
        ("a: |\n  x\n\n\n", 1),
        ("a: |+\n  x\n\n\n", 3),
        ("a: |2+\n  x\n\n\n", 3),
        ("a: |\n  x", 1),
        ("a: |\n  x\n   \n  \n", 2),
        ("a: |+\n  x\n\n ", 2),
        ("a: |\n", 0),
    ],
)
def test_the_last_line_of_a_text_is_a_blank_one_only_where_it_keeps_them(text: str, last: int) -> None:
    nodes = parse("x", text)
    assert last_line(nodes, nodes.values["a",], nodes.value["a"]) == last
