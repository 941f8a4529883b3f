"""The command `test`: what it prints, in which language, what it writes, and when it fails."""

import os
import stat
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result

from govrubric import cli
from samples import SMALL

CASES = """\
rubric: small.yaml
cases:
  - name: one
    tally: {bonus.judged: 1}
    expect: {total: 8}
  - name: two
    tally: {bonus.judged: 1, work.late: true}
    expect: {total: 8, work: 7, work.late: -1, wrk: 1}
"""
# 7 - 1 = 6, and 1: 7.

UPDATED = CASES.replace("{total: 8, work: 7,", "{total: 7, work: 6,")

PASSED = CASES[: CASES.index("  - name: two")]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command runs in a folder with a rubric and a file of cases."""
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(SMALL)
    Path("a.cases.yaml").write_text(CASES)
    Path("good.cases.yaml").write_text(PASSED)


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.main, ["test", *words])


FAILED = """\
a.cases.yaml:8:21: error[GR316]: case `two`: `total` should be 8, and it is 7
  8 |     expect: {total: 8, work: 7, work.late: -1, wrk: 1}
    |                     ^
  help: work the sum out again from the clause; correct the rule where it differs, else the expectation
  trace:
    total  7 / 10  (lost 3)
      work Work  6 / 7  (lost 1)
        -1  late: yes, 1 off
      bonus Bonus  1 / 3  (lost 2)
        +1  judged: judged 1

a.cases.yaml:8:30: error[GR316]: case `two`: `work` should be 7, and it is 6
  8 |     expect: {total: 8, work: 7, work.late: -1, wrk: 1}
    |                              ^
  help: work the sum out again from the clause; correct the rule where it differs, else the expectation
  trace:
    work Work  6 / 7  (lost 1)
      work.papers Papers  4 / 4
      work.index Index  7 / 7
        counts as 3 / 3
      base 7 (sum of parts)
      -1  late: yes, 1 off, 6 left
          “A late report costs one point.”

a.cases.yaml:8:48: error[GR317]: nothing is called `wrk`: a case expects `total`, \
an item or a rule by its path
  8 |     expect: {total: 8, work: 7, work.late: -1, wrk: 1}
    |                                                ^^^
  help: did you mean `work`?

"""

COVERED = """\
small: coverage 33 % (7 of 21)
  no case has this:
    work Work: is held at its floor of 0
      papers Papers: just reaches its floor of 0; is held at its floor of 0
        missing: takes effect
        absent: takes effect
      index Index: just reaches its floor of 0; is held at its floor of 0
        gap: takes effect
    bonus Bonus: just reaches its ceiling of 3; is held at its ceiling of 3
      used: takes effect; city is given; province is given
      judged: comes to zero

"""
# There are 2 points each of late, missing, absent, gap and judged, 4 of used, 2 bounds each of papers, index
# and bonus, and 1 of work: 21. The two cases touch both points of late, that missing, absent, gap and used
# come to zero, and that judged takes effect: 7.


def test_what_does_not_hold_is_shown_with_the_part_of_the_trace_that_explains_it() -> None:
    result = run("a.cases.yaml")
    assert result.stdout == FAILED + COVERED + "1 passed, 1 failed\n"
    assert (result.exit_code, result.stderr) == (1, "")


def test_it_speaks_the_language_of_the_rubric_or_another() -> None:
    Path("small.yaml").write_text(SMALL.replace("id: small", "id: small\nlanguage: zh-CN"))
    chinese = run("a.cases.yaml").stdout
    assert "a.cases.yaml:8:21: 错误[GR316]: 案例“two”：“total”应为 8，实为 7\n" in chinese
    assert "  计分过程：\n    总分  7 / 10（失分3）\n" in chinese
    assert "\nsmall：覆盖率 33 %（7/21）\n  没有案例涉及：\n    work Work：超出下限 0\n" in chinese
    assert "      used：起作用；填报了 city；填报了 province\n" in chinese
    assert chinese.endswith("\n1 个通过，1 个未通过\n")
    assert run("a.cases.yaml", "--lang", "en").stdout.endswith("1 passed, 1 failed\n")


def test_of_several_files_each_has_a_line() -> None:
    Path("z.cases.yaml").write_text("rubric: none.yaml\ncases: []\n")
    result = run(".")
    lines = result.stdout.splitlines()
    assert [line for line in lines if line.endswith(("passed", "failed", "not run", "no case"))] == [
        "./a.cases.yaml: 1 passed, 1 failed",
        "./good.cases.yaml: 1 passed",
        "./small.yaml: no case",
        "./z.cases.yaml: 1 not run",
        "2 passed, 1 failed, 1 not run",
    ]
    assert (
        "./z.cases.yaml:1:9: error[GR341]: there is no rubric `none.yaml` to try: No such file or directory"
        in lines
    )
    assert [line for line in lines if "coverage" in line] == ["small: coverage 33 % (7 of 21)"]


def test_the_cases_of_the_shipped_rubrics_touch_all_of_them() -> None:
    assert run("2023-district", "2023-department", "--cover-min", "100").exit_code == 0


def test_a_shipped_rubric_is_named_as_it_was_typed() -> None:
    lines = run("2023-district", "good.cases.yaml", "--lang", "en").stdout.splitlines()
    assert lines[0].startswith("2023-district: ")
    assert [line.partition(":")[0] for line in lines if "coverage" in line] == ["district-2023", "small"]


def test_it_ends_with_0_only_if_every_case_holds() -> None:
    result = run("good.cases.yaml")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "1 passed")
    assert run("good.cases.yaml", "a.cases.yaml").exit_code == 1
    assert run("good.cases.yaml", "none.yaml").exit_code == 1


@pytest.mark.parametrize("words", [("small.yaml",), ("empty",)])
def test_where_there_is_no_case_nothing_is_well(words: tuple[str, ...]) -> None:
    Path("empty").mkdir()
    result = run(*words)
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (
        1,
        "no case was found: they stand under `cases` in a rubric, or in a file `*.cases.yaml` beside it",
    )
    chinese = run("small.yaml", "--lang", "zh").stdout
    assert chinese.startswith(
        "small：覆盖率 0 %（0/21）\n  没有案例涉及：\n    work Work：超出下限 0\n      late：起作用；为零\n"
    )
    assert chinese.endswith(
        "\n\n没有找到案例：案例写在评分表的 `cases` 中，或写在其旁的 `*.cases.yaml` 文件中\n"
    )


def test_a_file_with_errors_is_not_said_to_have_no_case() -> None:
    Path("small.yaml").write_text(SMALL.replace("weight: 4", "weight: 5"))
    result = run("good.cases.yaml", "small.yaml")
    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1] == "2 not run"
    assert result.stdout.count("error[GR302]") == 2
    assert "coverage" not in result.stdout


def test_a_warning_is_shown_and_fails_nothing() -> None:
    Path("good.cases.yaml").write_text(PASSED.replace("name: one", "name: one  # of two"))
    result = run("good.cases.yaml")
    assert (result.exit_code, result.stdout.splitlines()[0]) == (
        0,
        "good.cases.yaml:3:16: warning[GR130]: what follows ` #` is a comment and no part of the text",
    )


# How much is touched


@pytest.mark.parametrize(
    ("least", "code", "told"),
    [("33", 0, "(7 of 21)"), ("34", 1, "(7 of 21), and 34 % is wanted"), ("0", 0, "(7 of 21)")],
)
def test_it_fails_below_what_is_wanted(least: str, code: int, told: str) -> None:
    Path("a.cases.yaml").write_text(UPDATED.replace(", wrk: 1", ""))
    result = run("a.cases.yaml", "--cover-min", least)
    assert (result.exit_code, result.stdout.splitlines()[0]) == (code, f"small: coverage 33 % {told}")


def test_every_rubric_must_be_touched_enough() -> None:
    Path("other.yaml").write_text(SMALL.replace("id: small", "id: other"))
    Path("good.cases.yaml").write_text(PASSED)
    assert run("good.cases.yaml", "--cover-min", "10").exit_code == 0
    assert run("other.yaml", "good.cases.yaml", "--cover-min", "10").exit_code == 1


def test_what_is_said_in_chinese_of_too_little() -> None:
    assert (
        "small：覆盖率 28 %（6/21），要求 90 %\n"
        in run("good.cases.yaml", "--cover-min", "90", "--lang", "zh-CN").stdout
    )


@pytest.mark.parametrize("least", ["101", "-1", "half", "9.5"])
def test_what_is_wanted_is_a_whole_percentage(least: str) -> None:
    assert run("good.cases.yaml", f"--cover-min={least}").exit_code == 2


GRADED = """\
govrubric: 1
id: graded
title: Graded
total: 5
round: {places: 0, mode: half_up}
indicators: [{id: a, title: A, weight: 5, floor: none, \
rules: [{id: off, deduct: 2, per: case, at_most: 6, when: open}]}]
facts: {open: flag}
gates: [{id: veto, when: a.off > 5, score: 0}]
grades: [{grade: A, from: 5, when: open}, {grade: B}]
cases:
  - name: one
    tally: {open: true, a.off: 1}
    expect: {total: 3, grade: B}
"""

TREE = """\
graded: coverage 41 % (5 of 12)
  no case has this:
    Graded: is held at its floor of 0
    veto: holds
    a A
      off: comes to zero; comes to its cap of 6; its condition does not hold
    grades: A is given; the condition of A does not hold
"""


def test_the_whole_its_gates_and_its_grades_have_their_lines() -> None:
    Path("graded.yaml").write_text(GRADED)
    assert run("graded.yaml").stdout == TREE + "\n1 passed\n"


ONCE = """\
graded.yaml:13:21: error[GR316]: case `one`: `total` should be 4, and it is 3
  13 |     expect: {total: 4, grade: A}
     |                     ^
  help: work the sum out again from the clause; correct the rule where it differs, else the expectation
  trace:
    total  3 / 5  (lost 2)
      a A  3 / 5  (lost 2)
        -2  off: 1 case × 2 = 2
      base 3 (sum of parts)
      gate veto does not hold (a.off > 5)

graded.yaml:13:31: error[GR316]: case `one`: `grade` should be A, and it is B
  13 |     expect: {total: 4, grade: A}
     |                               ^
  help: work the sum out again from the clause; correct the rule where it differs, else the expectation

graded: coverage 41 % (5 of 12)
"""


def test_the_same_part_of_the_trace_is_shown_once() -> None:
    Path("graded.yaml").write_text(GRADED.replace("{total: 3, grade: B}", "{total: 4, grade: A}"))
    assert run("graded.yaml").stdout.startswith(ONCE)


def test_a_grade_is_explained_by_the_whole() -> None:
    Path("graded.yaml").write_text(GRADED.replace("{total: 3, grade: B}", "{grade: A}"))
    assert "  trace:\n    total  3 / 5  (lost 2)\n      a A  3 / 5" in run("graded.yaml").stdout


# Update


def test_what_does_not_hold_is_rewritten() -> None:
    Path("a.cases.yaml").chmod(0o640)
    result = run("a.cases.yaml", "--update")
    assert Path("a.cases.yaml").read_text() == UPDATED
    assert stat.S_IMODE(Path("a.cases.yaml").stat().st_mode) == 0o640
    assert result.stdout.splitlines()[:3] == [
        "a.cases.yaml:8:21: updated: total: 8 → 7",
        "a.cases.yaml:8:30: updated: work: 7 → 6",
        (
            "a.cases.yaml:8:48: error[GR317]: nothing is called `wrk`: a case expects `total`, "
            "an item or a rule by its path"
        ),
    ]
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (1, "1 passed, 1 failed")


def test_a_second_update_changes_nothing() -> None:
    run("a.cases.yaml", "--update")
    before = Path("a.cases.yaml").stat()
    assert "updated" not in run(".", "--update").stdout
    after = Path("a.cases.yaml").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_after_an_update_everything_may_be_well() -> None:
    Path("a.cases.yaml").write_text(CASES.replace(", wrk: 1", ""))
    result = run("a.cases.yaml", "--update", "--lang", "zh")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "2 个通过")
    assert "a.cases.yaml:8:21: 已更新: total: 8 → 7" in result.stdout


def test_an_update_that_would_be_refused_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govrubric.cases.update.edited", lambda *_: b"[")
    result = run("a.cases.yaml", "--update")
    assert (result.exit_code, Path("a.cases.yaml").read_text()) == (1, CASES)
    assert "a.cases.yaml:1:1: error[GR139]" in result.stdout
    assert "updated:" not in result.stdout


def test_a_shipped_rubric_is_not_updated() -> None:
    result = run("2023-district", "--update")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--update writes into files, and '2023-district' is none: give its path" in result.stderr


def test_a_file_that_cannot_be_written_stays_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    result = run("a.cases.yaml", "--update")
    assert (result.exit_code, Path("a.cases.yaml").read_text()) == (74, CASES)
    assert (
        "a.cases.yaml was not written, and what stood there before is whole: No space left on device"
        in result.stderr
    )


# JUnit


def test_the_results_are_written_as_junit_xml() -> None:
    Path("z.cases.yaml").write_text("rubric: none.yaml\ncases: []\n")
    result = run(".", "--junit", "report.xml", "--lang", "en")
    root = ElementTree.parse("report.xml").getroot()
    shown = ("name", "file", "tests", "failures", "errors", "skipped")
    assert [tuple(suite.get(key) for key in shown) for suite in root] == [
        ("./a.cases.yaml", "./a.cases.yaml", "2", "1", "0", "0"),
        ("./good.cases.yaml", "./good.cases.yaml", "1", "0", "0", "0"),
        ("./small.yaml", "./small.yaml", "0", "0", "0", "0"),
        ("./z.cases.yaml", "./z.cases.yaml", "1", "0", "1", "0"),
    ]
    assert [
        (case.get("name"), case.get("classname"), case.get("file"), case.get("line"))
        for case in root.iter("testcase")
    ] == [
        ("one", "./a.cases.yaml", "./a.cases.yaml", "3"),
        ("two", "./a.cases.yaml", "./a.cases.yaml", "6"),
        ("one", "./good.cases.yaml", "./good.cases.yaml", "3"),
        ("GR341", "./z.cases.yaml", "./z.cases.yaml", "1"),
    ]
    (failure,) = root.iter("failure")
    assert (failure.get("type"), failure.get("message")) == (
        "GR316",
        "case `two`: `total` should be 8, and it is 7",
    )
    assert failure.text is not None
    assert failure.text + "\n\n" == FAILED.replace("a.cases", "./a.cases")
    (error,) = root.iter("error")
    assert error.get("type") == "GR341"
    assert (error.text or "").splitlines()[0] == (
        "./z.cases.yaml:1:9: error[GR341]: there is no rubric `none.yaml` to try: No such file or directory"
    )
    assert result.exit_code == 1


@pytest.mark.parametrize("name", ['<a & "b">\'', "]]>", "题目", "\U0001f600", "one  two"])
def test_any_name_makes_valid_xml(name: str) -> None:
    quoted = name.replace("'", "''")
    Path("a.cases.yaml").write_text(CASES.replace("name: two", f"name: '{quoted}'"), "utf-8")
    run("a.cases.yaml", "--junit", "report.xml")
    root = ElementTree.parse("report.xml").getroot()
    assert [case.get("name") for case in root.iter("testcase")] == ["one", name]
    assert (
        Path("report.xml")
        .read_text("utf-8")
        .startswith('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n')
    )


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x01",
        b"rubric: \x1b[31m\ncases: []\n",
        "rubric: \ufffe\u202e\ncases: []\n".encode(),
        b"\xff\xfea\x00",
    ],
)
def test_what_no_xml_may_hold_is_shown_by_number(data: bytes) -> None:
    Path("a\x07\x1b.cases.yaml").write_bytes(data)
    result = run(".", "--junit", "report.xml")
    names = [suite.get("name") for suite in ElementTree.parse("report.xml").getroot()]
    assert (result.exit_code, names[0]) == (1, "./a\\u0007\\u001b.cases.yaml")
    assert not {"\x1b", "\x07", "\u202e"} & set(result.output)


def test_a_report_that_cannot_be_written_is_reported() -> None:
    result = run("good.cases.yaml", "--junit", "none/report.xml")
    assert result.exit_code == 74
    assert "none/report.xml was not written" in result.stderr


# What a tired author gives


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("none.yaml", None, "GR101"),
        ("gbk.cases.yaml", "rubric: 评分表.yaml\ncases: []\n".encode("gbk"), "GR104"),
        ("empty.cases.yaml", b"", "GR124"),
        ("tally.yaml", b"- {unit: a, bonus.judged: 1}\n", "GR204"),
    ],
)
def test_a_file_that_is_none_of_both_is_reported(name: str, data: bytes | None, code: str) -> None:
    if data is not None:
        Path(name).write_bytes(data)
    result = run(name)
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (1, "1 not run")
    assert f"error[{code}]" in result.stdout


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_reported() -> None:
    Path("a.cases.yaml").chmod(0)
    assert "GR101" in run("a.cases.yaml").stdout


def test_a_name_that_is_nothing_is_wrong_usage() -> None:
    result = run("2023-distrct")
    assert (result.exit_code, result.stdout) == (2, "")
    assert (
        "'2023-distrct' is neither a file nor a shipped rubric; did you mean '2023-district'?"
        in result.stderr
    )
    assert run().exit_code == 2


def test_a_reader_that_stops_gets_no_traceback() -> None:
    command = f'"{sys.executable}" -m govrubric test a.cases.yaml good.cases.yaml | head -1'
    result = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=20, check=False)
    assert (result.stdout.count("\n"), "Traceback" in result.stderr) == (1, False)


def test_progress_is_for_terminals() -> None:
    command = [sys.executable, "-m", "govrubric", "test", "good.cases.yaml"]
    result = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert (result.returncode, result.stderr) == (0, "")


def test_the_report_never_takes_the_place_of_what_is_tested() -> None:
    before = Path("small.yaml").read_bytes()
    for words in (("small.yaml", "--junit", "small.yaml"), ("a.cases.yaml", "--junit", "./small.yaml")):
        result = run(*words)
        assert (result.exit_code, "would write over" in result.stderr) == (2, True)
    assert Path("small.yaml").read_bytes() == before
