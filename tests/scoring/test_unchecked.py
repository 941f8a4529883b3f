"""What a verification could not check, in words: the less it was given, the more it says."""

import pytest

from govrubric.diagnostics.diagnostic import Lang
from govrubric.scoring.unchecked import unchecked


@pytest.mark.parametrize(
    ("rubric", "tallies", "engines", "begins"),
    [
        (
            False,
            False,
            ["9.9"],
            ["not checked without the rubric", "not checked without the tallies", "not checked: whether"],
        ),
        (True, False, [], ["not checked without the tallies", "not checked: whether"]),
        (True, True, [], ["not checked: whether"]),
        (True, True, ["9.9", "0.1"], ["not checked: the sentences", "not checked: whether"]),
    ],
)
def test_what_was_not_given_was_not_checked(
    rubric: bool, tallies: bool, engines: list[str], begins: list[str]
) -> None:
    lines = unchecked("en", rubric=rubric, tallies=tallies, engines=engines)
    assert [line[: len(begin)] for line, begin in zip(lines, begins, strict=True)] == begins
    chinese = unchecked("zh", rubric=rubric, tallies=tallies, engines=engines)
    assert [line[:3] for line in chinese] == ["未核对"] * len(begins)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_other_versions_are_named_in_order(language: Lang) -> None:
    assert "0.1, 9.9" in unchecked(language, rubric=True, tallies=True, engines={"9.9", "0.1"})[0]
