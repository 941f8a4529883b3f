"""The cases of a rubric.

Language, section 9: “a name, a tally (dotted or nested), and what to expect — total, grade, any item path,
any rule path (its applied effect).”
"""

from pathlib import Path

import pytest

from govrubric import check, load
from govrubric.cases import run as cases
from samples import SMALL, args, placed

GIVEN = (
    "{work: {late: true, papers: {missing: 5}, index.gap: 2}, "
    "bonus: {used: {city: 2, province: 1}, judged: 0.5}}"
)


def file(folder: Path, rows: str) -> Path:
    path = folder / "small.yaml"
    path.write_text(f"{SMALL}cases:\n{rows}")
    return path


def case(expect: str, tally: str = GIVEN) -> str:
    return f"  - name: one\n    tally: {tally}\n    expect: {expect}\n"


FIRST = SMALL.count("\n") + 2  # the line of the first case's name


@pytest.mark.parametrize(
    ("expect", "column", "name", "expected", "got"),
    [
        ("{total: 6.7}", 21, "total", "6.7", "6.6"),
        ("{work.papers: 2.4}", 27, "work.papers", "2.4", "2.5"),
        ("{work: 3.64}", 20, "work", "3.64", "51/14"),
        ("{work.late: 1}", 25, "work.late", "1", "-1"),
        ("{bonus: {used: 4}}", 28, "bonus.used", "4", "3"),
    ],
)
def test_a_case_that_does_not_hold_is_shown_where_it_expects(
    tmp_path: Path, expect: str, column: int, name: str, expected: str, got: str
) -> None:
    (one,) = check(file(tmp_path, case(expect)))
    assert placed([one]) == [("GR316", FIRST + 2, column)]
    assert args(one) == {"case": "one", "name": name, "expected": expected, "got": got}


def test_an_unknown_expectation_is_shown_with_the_nearest_name(tmp_path: Path) -> None:
    (one,) = check(file(tmp_path, case("{work.paper: 2.5}")))
    assert (placed([one]), args(one)) == (
        [("GR317", FIRST + 2, 14)],
        {"name": "work.paper", "near": "work.papers"},
    )


@pytest.mark.parametrize(
    ("value", "code"),
    [("true", "GR207"), ("'6.6'", "GR208"), ("[6.6]", "GR223"), ("12345678901234", "GR207")],
)
def test_an_expectation_that_is_no_number_is_refused(tmp_path: Path, value: str, code: str) -> None:
    (one,) = check(file(tmp_path, case(f"\n      total: {value}")))
    assert placed([one]) == [(code, FIRST + 3, 14)]


@pytest.mark.parametrize("value", ["1e3", "high", "6，6"])
def test_an_expectation_without_quotes_is_not_said_to_have_them(tmp_path: Path, value: str) -> None:
    (one,) = check(file(tmp_path, case(f"\n      total: {value}")))
    assert one.code == "GR207"


def test_a_tally_that_does_not_fit_is_shown_where_it_stands(tmp_path: Path) -> None:
    found = check(file(tmp_path, case("{total: 1}", "{work: {lat: true}, bonus: {judged: 0.3}}")))
    assert placed(found) == [("GR601", FIRST + 1, 20), ("GR609", FIRST + 1, 48)]


def test_a_missing_input_is_shown_at_the_tally(tmp_path: Path) -> None:
    (one,) = check(file(tmp_path, case("{total: 1}", "{work.late: true}")))
    assert (placed([one]), args(one)) == ([("GR602", FIRST + 1, 12)], {"name": "bonus.judged"})


def test_every_failing_case_is_reported(tmp_path: Path) -> None:
    rows = (
        case("{total: 1, work.index: 1}")
        + case("{total: 6.6}").replace("one", "two")
        + case("{total: 2}").replace("one", "three")
    )
    assert [args(one)["case"] for one in cases.run(load(file(tmp_path, rows)))] == ["one", "one", "three"]


def test_a_case_that_holds_finds_nothing(tmp_path: Path) -> None:
    expect = (
        "{total: 6.6, work: 51/14, work.papers: 2.5, work.papers.missing: -1.5, "
        "work.index.gap: -2, bonus: {used: 3, judged: 0}}"
    )
    assert list(cases.run(load(file(tmp_path, case(expect))))) == []


def test_an_item_with_nested_expectations_may_hold_only_those(tmp_path: Path) -> None:
    assert check(file(tmp_path, case("{work: {papers: {missing: -1.5}}}"))) == []


def test_a_grade_that_a_rubric_does_not_give_is_expected_in_vain(tmp_path: Path) -> None:
    (one,) = check(file(tmp_path, case("{grade: A}")))
    assert (placed([one]), args(one)) == (
        [("GR316", FIRST + 2, 21)],
        {"case": "one", "name": "grade", "expected": "A", "got": "none"},
    )


def test_a_rubric_without_grades_may_be_expected_to_give_none(tmp_path: Path) -> None:
    assert check(file(tmp_path, case("{grade: none}"))) == []


GRADED = """\
govrubric: 1
id: graded
title: Graded
total: 10
round: {places: 0, mode: half_up}
indicators:
  - {id: a, title: A, weight: 6, rules: [{id: late, deduct: 1, per: case}]}
  - id: b
    title: B
    weight: 4
    rules: [{id: late, deduct: 1, per: case}]
    gates: [{id: veto, when: late > 2, score: none}]
grades:
  - {grade: good, from: 8}
  - {grade: poor}
cases:
"""


@pytest.mark.parametrize(
    "expect", ["{grade: good}", "{grade: poor, total: 6}", "{grade: none, total: none, b: none, a: 6}"]
)
@pytest.mark.parametrize(
    ("cases_of_b", "holds"),
    [(0, "{grade: good}"), (2, "{grade: good}"), (3, "{grade: none, total: none, b: none, a: 6}")],
)
def test_a_case_expects_a_grade_and_that_there_is_no_score(
    tmp_path: Path, cases_of_b: int, holds: str, expect: str
) -> None:
    path = tmp_path / "graded.yaml"
    path.write_text(GRADED + case(expect, f"{{b.late: {cases_of_b}}}"))
    assert (check(path) == []) is (expect == holds)


@pytest.mark.parametrize(
    ("expect", "given", "shown"),
    [
        ("{total: 7}", "{b.late: 3}", ("total", "7", "none")),
        ("{total: none}", "{b.late: 2}", ("total", "none", "8")),
        ("{b: high}", "{b.late: 3}", ("b", "high", "none")),
        ("{b: [1]}", "{b.late: 3}", ("b", "list", "none")),
        ("{grade: poor}", "{b.late: 2}", ("grade", "poor", "good")),
        ("{grade: good}", "{b.late: 3}", ("grade", "good", "none")),
        ("{grade: [good]}", "{b.late: 2}", ("grade", "list", "good")),
    ],
)
def test_what_a_case_expects_of_a_void_score_or_a_grade_is_reported_in_words(
    tmp_path: Path, expect: str, given: str, shown: tuple[str, str, str]
) -> None:
    path = tmp_path / "graded.yaml"
    path.write_text(GRADED + case(expect, given))
    (one,) = check(path)
    name, expected, got = shown
    assert (one.code, args(one)) == ("GR316", {"case": "one", "name": name, "expected": expected, "got": got})


def test_an_item_that_is_called_grade_is_expected_as_an_item(tmp_path: Path) -> None:
    path = tmp_path / "graded.yaml"
    path.write_text(GRADED.replace("id: a,", "id: grade,") + case("{grade: 4}", "{grade.late: 2}"))
    assert check(path) == []


def test_what_is_expected_instead_of_a_number_is_named(tmp_path: Path) -> None:
    (one,) = check(file(tmp_path, case("\n      total: [6.6]")))
    assert (one.code, args(one)) == ("GR223", {"kind": "list"})


@pytest.mark.parametrize(
    ("value", "codes"),
    [("2.500000000000", []), ("2.500000000001", ["GR316"]), ("2.5000000000000", ["GR207"])],
)
def test_an_expectation_may_have_as_many_places_as_a_score_is_shown_with(
    tmp_path: Path, value: str, codes: list[str]
) -> None:
    assert [one.code for one in check(file(tmp_path, case(f"{{work.papers: {value}}}")))] == codes
