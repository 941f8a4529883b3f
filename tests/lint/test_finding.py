"""What a check says before it has a place in a text, and names that came before."""

import pytest

from govrubric.lint.finding import Finding, repeated


def test_a_finding_says_no_more_than_it_was_given() -> None:
    finding = Finding("GR303", ("indicators", 0, "id"), ("indicators", 0))
    assert (finding.code, finding.path, finding.about, finding.args, finding.first, finding.within) == (
        "GR303",
        ("indicators", 0, "id"),
        ("indicators", 0),
        {},
        None,
        None,
    )


def test_a_name_that_came_before_is_found_with_the_place_of_the_first() -> None:
    found = list(
        repeated(
            "GR314",
            [("a", ("x", 0, "id")), ("b", ("x", 1, "id")), ("a", ("x", 2, "id")), ("a", ("x", 3, "id"))],
            parent="g",
        )
    )
    assert found == [
        Finding("GR314", ("x", 2, "id"), ("x", 2), {"name": "a", "parent": "g"}, ("x", 0, "id")),
        Finding("GR314", ("x", 3, "id"), ("x", 3), {"name": "a", "parent": "g"}, ("x", 0, "id")),
    ]


def test_names_that_differ_are_no_finding() -> None:
    assert list(repeated("GR314", [("a", ("x", 0)), ("A", ("x", 1)), ("ab", ("x", 2))])) == []


@pytest.mark.parametrize(("first", "second"), [("caf\u00e9", "cafe\u0301"), ("cafe\u0301", "caf\u00e9")])
def test_a_name_that_looks_the_same_is_told_as_it_was_written(first: str, second: str) -> None:
    (found,) = repeated("GR315", [(first, ("x", 0)), (second, ("x", 1))])
    assert found.args == {"name": second}
