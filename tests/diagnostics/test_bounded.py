"""bounded: which findings about a file are shown, and how many more there are."""

import pytest

from govrubric.diagnostics import github, sarif
from govrubric.diagnostics.bounded import bounded, rendered
from govrubric.diagnostics.diagnostic import Diagnostic, Related
from govrubric.diagnostics.display import cells, with_caret
from govrubric.diagnostics.source import Place


def found(number: int, file: str = "f", code: str = "GR120", excerpt: str = "") -> list[Diagnostic]:
    return [Diagnostic.of(code, Place(file, n, 1, 2, excerpt), key=f"k{n}") for n in range(1, number + 1)]


def shown(findings: list[Diagnostic]) -> list[tuple[str, str]]:
    """The code and the place of each finding that is shown."""
    return [(finding.code, finding.where) for finding in bounded(findings, Diagnostic.render)]


def test_a_hundred_findings_about_a_file_are_shown() -> None:
    assert bounded(found(100), Diagnostic.render) == found(100)


def test_of_more_findings_the_last_that_is_shown_counts_the_rest() -> None:
    several = shown(found(412))
    assert len(several) == 100
    assert several[-2:] == [("GR120", "f:99:1"), ("GR100", "f:100:1")]
    last = bounded(found(412), Diagnostic.render)[-1]
    assert last.message() == "… and 313 more findings in this file"
    assert last.message("zh") == "……此文件另有 313 处问题未列出"


def test_each_file_has_its_own_hundred() -> None:
    assert len(shown([*found(101, "a"), *found(100, "b")])) == 200


def test_findings_without_a_place_are_counted_too() -> None:
    findings = [Diagnostic.of("GR602", name=f"n{n}") for n in range(150)]
    assert bounded(findings, Diagnostic.render)[-1].message() == "… and 51 more findings"


def test_errors_go_before_warnings_and_stand_in_their_places() -> None:
    warnings = [Diagnostic.of("GR132", Place("f", n, 1, 2, ""), text="01") for n in range(1, 200)]
    several = bounded([*warnings, Diagnostic.of("GR120", Place("f", 150, 1, 2, ""), key="k")], str)
    assert [finding.where for finding in several if finding.code == "GR120"] == ["f:150:1"]
    assert [finding.code for finding in several].count("GR132") == 98


def test_all_findings_about_a_file_take_less_than_100_kb() -> None:
    text = rendered(found(100, "指" * 300, excerpt="指" * 2000), "zh")
    assert len(text.encode()) < 100_000
    several = bounded(found(100), lambda _: "x" * 1000)
    assert len(several) == 91
    assert several[-1].message() == "… and 10 more findings in this file"


NASTY = ["x", "\u202e", "指", "e" + "\u0301" * 9, "%", "{", "\t", "\udc80"]


@pytest.mark.parametrize("character", NASTY)
def test_a_finding_is_shorter_than_2000_characters_in_every_form(character: str) -> None:
    line, file = character * 4000, character * 900
    place = Place(file, 1_000_000, 3000, 3900, line)
    finding = Diagnostic.of(
        "GR438", place, (line,) * 9, (Related("first", place),), name=line, other=line, known=line, key=line
    )
    for language in ("en", "zh"):
        assert len(finding.render(language)) < 2000
        assert len(finding.line(language)) < 2000
        assert len(github.command(finding, language)) < 2000
        assert len(str(finding.to_dict(language))) < 2600  # with its keys, and characters written as escapes
        (result,) = sarif.log([(finding, language)])["runs"][0]["results"]
        assert len(result["message"]["text"]) < 2000
        assert len(str(result)) < 2600


def test_an_address_that_is_too_long_is_left_out_of_a_log() -> None:
    place = Place("指" * 300, 1, 1, 2, "")
    finding = Diagnostic.of("GR120", place, (), (Related("first", place),), key="k")
    (result,) = sarif.log([(finding, "en")])["runs"][0]["results"]
    assert not {"locations", "relatedLocations"} & result.keys()


def test_a_long_line_is_cut_on_both_sides_of_the_place() -> None:
    line, marks = with_caret(Place("f", 7, 501, 504, "a" * 500 + "bcd" + "e" * 500))
    assert line == "  7 | …" + "a" * 50 + "bcd" + "e" * 47 + "…"
    assert marks == "    | " + " " * 51 + "^^^"


def test_signs_that_take_no_column_are_few_on_a_line() -> None:
    line, _ = with_caret(Place("f", 1, 2000, 2001, "e" + "\u0301" * 4000))
    assert cells(line) < 20
    assert len(line) < 250
