"""Expectations that do not hold are rewritten in place: the result, in the spelling of the old text."""

from pathlib import Path

import pytest

from govrubric.cases import suite, update
from govrubric.diagnostics.diagnostic import Diagnostic
from samples import codes

GRADED = """\
govrubric: 1
id: graded
title: Graded
total: 10
round: {places: 2, mode: half_up}
indicators:
  - {id: a, title: A, weight: 6, out_of: 7, rules: [{id: late, deduct: 1, per: case}]}
  - id: b
    title: B
    weight: 4
    rules: [{id: late, deduct: 1, per: case}]
    gates: [{id: veto, when: late > 2, score: none}]
grades:
  - {grade: GRADE, from: 8}
  - {grade: poor}
"""
# a.late: 1 leaves 6 of 7, which counts 6 x 6/7 = 36/7; with the 4 of b 64/7 = 9.142857…, rounded 9.14.
# b.late: 3 leaves no score.


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def tried(text: str, grade: str = "good") -> suite.Tested:
    Path("graded.yaml").write_text(GRADED.replace("GRADE", grade), "utf-8")
    Path("a.cases.yaml").write_text(text, "utf-8", newline="")
    read_suite = suite.read("a.cases.yaml")
    assert not read_suite.refused, codes(read_suite.found)
    return suite.Tested(read_suite, list(suite.run(read_suite)))


def written(text: str, grade: str = "good") -> str:
    """The text after an update, which has then nothing left to update."""
    tested = tried(text, grade)
    data = bytes_after(tested)
    again = tried(data.decode(), grade)
    assert bytes_after(again) == data
    return data.decode()


def bytes_after(tested: suite.Tested) -> bytes:
    again = update.updated(tested.suite, update.changes(tested))
    assert isinstance(again, suite.Suite)
    return again.data


def test_a_grade_of_two_lines_is_written_on_one() -> None:
    """In single quotes an end of line would be read as a space."""
    assert written(expects("{grade: 'poor'}"), '"a\\nb"').endswith('expect: {grade: "a\\nb"}\n')


def expects(expect: str, tally: str = "{a.late: 1}") -> str:
    return f"rubric: graded.yaml\ncases:\n  - name: one\n    tally: {tally}\n    expect: {expect}\n"


@pytest.mark.parametrize(
    ("tally", "before", "after"),
    [
        ("{a.late: 1}", "{total: 3}", "{total: 9.14}"),
        ("{a.late: 1}", "{ total:   3.0 , a: 6 }  # as told", "{ total:   9.14 , a: 6 }  # as told"),
        ("{a.late: 1}", "{a: 5, a.late: 1/3, b: none}", "{a: 6, a.late: -1, b: 4}"),
        ("{a.late: 1}", "{a: {late: 7}}", "{a: {late: -1}}"),
        (
            "{a.late: 1}",
            "\n      total: 3  # of ten\n      a: 5",
            "\n      total: 9.14  # of ten\n      a: 6",
        ),
        ("{a.late: 1}", "{a: \"none\", b: 'none'}", "{a: 6, b: 4}"),
        ("{a.late: 1}", '{"a":5}', '{"a":6}'),
        ("{b.late: 3}", "{total: 3, b: 1, a: 7}", "{total: none, b: none, a: 7}"),
        ("{b.late: 3}", "{grade: poor}", "{grade: none}"),
        ("{b.late: 3}", '{grade: "poor"}', "{grade: none}"),
        ("{a.late: 1}", "{grade: poor}", "{grade: good}"),
        ("{a.late: 1}", "{grade: 'poor'}", "{grade: 'good'}"),
        ("{a.late: 1}", '{grade: "poor", total: 9.14}', '{grade: "good", total: 9.14}'),
        ("{a.late: 1}", "{total: 9.14, grade: good}", "{total: 9.14, grade: good}"),
    ],
)
def test_what_does_not_hold_is_rewritten_and_nothing_else(tally: str, before: str, after: str) -> None:
    assert written(expects(before, tally)) == expects(after, tally)


@pytest.mark.parametrize(
    ("grade", "old", "new"),
    [
        ("优秀", "poor", "优秀"),
        ("'good: very'", "poor", '"good: very"'),
        ("'a, b'", "poor", '"a, b"'),
        ("'it''s'", "'poor'", "'it''s'"),
        ("'it''s'", "poor", "it's"),
        ("'say \"a\"'", '"poor"', '"say \\"a\\""'),
        ("'yes'", "poor", '"yes"'),
        ("'a #b'", "poor", '"a #b"'),
        ("'- a'", "poor", '"- a"'),
        ("'*'", "poor", '"*"'),
        ("'null'", "poor", '"null"'),
        ("5A", "poor", "5A"),
        ("'95'", "poor", "95"),
    ],
)
def test_a_grade_is_quoted_as_it_was_or_as_it_must_be(grade: str, old: str, new: str) -> None:
    assert written(expects(f"{{grade: {old}}}"), grade) == expects(f"{{grade: {new}}}")


def test_a_mark_and_ends_of_lines_are_kept() -> None:
    text = "\ufeff" + expects("{total: 3}").replace("\n", "\r\n")
    assert written(text) == text.replace("total: 3", "total: 9.14")


def test_a_rubric_with_cases_of_its_own_is_updated_too() -> None:
    text = (
        GRADED.replace("GRADE", "good") + "cases:\n  - {name: one, tally: {a.late: 1}, expect: {total: 1}}\n"
    )
    read_suite = suite.of("graded.yaml", text.encode())
    changes = list(update.changes(suite.Tested(read_suite, list(suite.run(read_suite)))))
    assert [(one.name, one.place.line, one.place.column, one.old, one.new) for one in changes] == [
        ("total", 17, 53, "1", "9.14")
    ]
    again = update.updated(read_suite, changes)
    assert isinstance(again, suite.Suite)
    assert again.data.decode() == text.replace("total: 1}", "total: 9.14}")


def test_an_update_that_would_be_refused_is_a_finding() -> None:
    tested = tried(expects("{total: 1}"))
    changes = [change._replace(edit=change.edit._replace(text="[")) for change in update.changes(tested)]
    refusal = update.updated(tested.suite, changes)
    assert isinstance(refusal, Diagnostic)
    assert refusal.code == "GR139"


@pytest.mark.parametrize(
    "expect",
    [
        "{c: 3}",
        "{total: [1]}",
        "{total: '9'}",
        "{total: high}",
        "{grade: [good]}",
        "\n      grade: |\n        poor",
    ],
)
def test_what_is_no_plain_expectation_is_left_as_it_is_and_fails(expect: str) -> None:
    tested = tried(expects(expect))
    assert list(update.changes(tested)) == []
    assert tested.failed == 1


def test_a_case_whose_tally_is_refused_is_left_as_it_is() -> None:
    tested = tried(expects("{total: 3}", "{a.lat: 1}"))
    assert (list(update.changes(tested)), tested.failed) == ([], 1)


@pytest.mark.parametrize(
    ("marks", "out_of", "written_so"),
    [
        ("1", "3", "1/3"),
        ("0.125", "1", "0.125"),
        ("0.000001", "10000000", "1/10000000000000"),
    ],
)
def test_a_score_is_written_in_digits_if_they_are_few_enough(
    marks: str, out_of: str, written_so: str
) -> None:
    text = f"""\
govrubric: 1
id: fine
title: Fine
total: 1
round: {{places: 2, mode: half_up}}
indicators:
  - id: g
    title: G
    weight: 1
    items:
      - id: a
        title: A
        weight: 1
        out_of: {out_of}
        start: zero
        ceiling: none
        rules: [{{id: x, award: {marks}}}]
cases:
  - {{name: one, tally: {{g.a.x: true}}, expect: {{g: 0}}}}
"""
    read_suite = suite.of("fine.yaml", text.encode())
    changes = list(update.changes(suite.Tested(read_suite, list(suite.run(read_suite)))))
    few = len(written_so) < 14
    assert [one.new for one in changes] == ([written_so] if few else [])
