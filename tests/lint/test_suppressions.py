"""Comments that allow a finding, and what is wrong with them."""

import pytest

from govrubric.diagnostics.catalogue import ALLOWED, CATALOGUE
from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.document.yaml import parse
from govrubric.lint.suppressions import unsuppressed


def left(text: str, *findings: tuple[str, int]) -> list[tuple[str, int | None]]:
    """What is left of findings of these codes on these lines, counted from 1."""
    nodes = parse("f.yaml", text)
    found = [Diagnostic.of(code, nodes.source.place(line - 1, 0)) for code, line in findings]
    return [
        (finding.code, finding.place.line if finding.place else None)
        for finding in unsuppressed(nodes, found)
    ]


def test_a_comment_directly_above_allows_a_finding() -> None:
    assert left("# allow GR432: the form has it so\na: 1\n", ("GR432", 2)) == []


def test_it_allows_every_finding_of_its_code_on_that_line() -> None:
    assert left("# allow GR432: so\na: 1\n", ("GR432", 2), ("GR432", 2), ("GR435", 2)) == [("GR435", 2)]


def test_several_comments_stand_one_above_the_other() -> None:
    assert (
        left(
            "a: 1\n# allow GR432: so\n# allow GR435: so\n  # allow GR401: so\nb: 2\n",
            ("GR432", 5),
            ("GR435", 5),
            ("GR401", 5),
        )
        == []
    )


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\n\n\n# allow GR432: so\n\nb: 2\n",
        "# allow GR432: so\n# other\na: 1\nb: 2\n",
        "a: 1\nb: 2\n# allow GR432: so\n",
    ],
)
def test_a_comment_elsewhere_allows_nothing(text: str) -> None:
    line = text.split("\n").index("b: 2") + 1
    comment = next(number for number, line_ in enumerate(text.split("\n"), 1) if "allow" in line_)
    assert left(text, ("GR432", line)) == [("GR432", line), ("GR442", comment)]


def test_a_comment_behind_a_value_is_none() -> None:
    assert left("a: 1 # allow GR432: so\nb: 2\n", ("GR432", 2), ("GR432", 1)) == [("GR432", 2), ("GR432", 1)]


def test_what_stands_in_a_text_is_text() -> None:
    assert left("a: |\n  # allow GR432: so\nb: 2\n", ("GR432", 3)) == [("GR432", 3)]


@pytest.mark.parametrize("comment", ["# allow GR432：原表如此", "#allow gr432 : so", "## allow  GR432:so"])
def test_a_comment_may_be_written_in_several_ways(comment: str) -> None:
    assert left(f"{comment}\na: 1\n", ("GR432", 2)) == []


@pytest.mark.parametrize("comment", ["# allow GR432", "# allow GR432:", "# allow GR432：  "])
def test_a_comment_without_a_reason_allows_nothing(comment: str) -> None:
    assert left(f"{comment}\na: 1\n", ("GR432", 2)) == [("GR432", 2), ("GR440", 1)]


@pytest.mark.parametrize(
    "code", ["GR302", "GR441", "GR440", "GR442", "GR130", "GR999", "GR4", "GR432, GR433"]
)
def test_a_comment_cannot_allow_every_code(code: str) -> None:
    findings = [(code, 2)] if code in CATALOGUE else []
    assert left(f"# allow {code}: so\na: 1\n", *findings) == [*findings, ("GR441", 1)]


@pytest.mark.parametrize(
    "comment", ["# allow me to explain: this is GR432", "# GR432 is allowed: so", "# disallow GR432: so"]
)
def test_other_comments_mean_nothing(comment: str) -> None:
    assert left(f"{comment}\na: 1\n", ("GR432", 2)) == [("GR432", 2)]


def test_a_comment_that_is_not_needed_is_found() -> None:
    assert left("# allow GR432: so\na: 1\n") == [("GR442", 1)]


def test_a_finding_without_a_place_is_left() -> None:
    nodes = parse("f.yaml", "a: 1\n")
    assert unsuppressed(nodes, [Diagnostic.of("GR432")]) == [Diagnostic.of("GR432")]


def test_the_place_of_what_is_wrong_is_the_comment() -> None:
    nodes = parse("f.yaml", "a:\n  # allow GR432: so\n  b: 1\n")
    (finding,) = unsuppressed(nodes, [])
    assert (finding.where, finding.place and finding.place.end) == ("f.yaml:2:3", 20)


def test_what_may_be_allowed_is_every_warning_about_a_rubric() -> None:
    assert {code for code in CATALOGUE if code.startswith("GR4")} - {"GR440", "GR441", "GR442"} == ALLOWED
