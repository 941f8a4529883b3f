"""Security, Reading: “Every exception of the YAML library becomes a diagnostic”, placed at its cause."""

import pytest

from govrubric.diagnostics.source import Source
from govrubric.document.yaml_errors import Mark, findings
from samples import placed


@pytest.mark.parametrize(
    ("problem", "context", "mark", "around", "expected"),
    [
        (
            "found unknown escape character 'q'",
            "while scanning a double-quoted scalar",
            (0, 7),
            (0, 3),
            ("GR127", 1, 7),
        ),
        ("found unexpected end of stream", "while scanning a quoted scalar", (1, 0), (0, 3), ("GR111", 1, 4)),
        ("expected ',' or ']'", "while parsing a flow sequence", (1, 0), (0, 3), ("GR109", 1, 4)),
        ("expected URI", "while parsing an tag", (0, 4), (0, 3), ("GR116", 1, 4)),
        ("found undefined tag handle '!e!'", "while parsing a node", (0, 3), (0, 3), ("GR116", 1, 4)),
        ("mapping values are not allowed here", "", (0, 5), None, ("GR126", 1, 6)),
        ("something new", "", (1, 0), None, ("GR110", 2, 1)),
        ("something new", "somewhere", None, (0, 2), ("GR110", 1, 3)),
        ("", "", None, None, ("GR110", 1, 1)),
    ],
)
def test_a_problem_of_the_library_is_told_where_it_began(
    problem: str, context: str, mark: Mark, around: Mark, expected: tuple[str, int, int]
) -> None:
    assert placed(findings(Source.of("f", "a: !x y z\nb\n"), (), problem, context, mark, around)) == [
        expected
    ]


def test_the_colons_that_cause_a_problem_are_told_instead_of_it() -> None:
    source = Source.of("f", "a: 1\ntitle\uff1ax\nweight:5\nb: 2\n")
    assert placed(
        findings(source, (), "could not find expected ':'", "while scanning a simple key", (3, 0), (2, 0))
    ) == [
        ("GR112", 2, 6),
        ("GR128", 3, 7),
    ]


def test_a_problem_elsewhere_is_told_beside_the_colons() -> None:
    source = Source.of("f", "title\uff1ax\nb: 2\nc: [\n")
    assert placed(findings(source, (), "expected", "while parsing a flow sequence", (3, 0), (2, 3))) == [
        ("GR112", 1, 6),
        ("GR109", 3, 4),
    ]


def test_what_was_said_is_not_said_again() -> None:
    source = Source.of("f", "title\uff1ax\n")
    assert findings(source, {source.place(0, 5)}, "could not find expected ':'", "", (0, 0), None) == []
