"""`govrubric.test`: what became of each case as an object, what no case touches, and what the command prints."""

import dataclasses
import json
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import govrubric
from govrubric import CaseReport, Exact, Expectation, cli
from samples import SMALL, small

RUN = govrubric.test  # pytest would look for a fixture, were this named as a test
OWN = SMALL + "cases:\n  - {name: nothing, tally: {bonus.judged: 0}, expect: {total: 7, work.late: 0}}\n"
BESIDE = """\
rubric: small.yaml
cases:
  - {name: late, tally: {work.late: true, bonus.judged: 0.5}, expect: {total: 6.5, work: 6}}
  - {name: wrong, tally: {bonus.judged: 1}, expect: {total: 7.5, bonus: 1, bonos: 2, work: one}}
  - {name: refused, tally: {bonus.judge: 1}, expect: {total: none}}
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(OWN, "utf-8")
    Path("some.cases.yaml").write_text(BESIDE, "utf-8")


def test_each_case_tells_what_it_expected_and_what_it_got() -> None:
    (file,) = RUN("some.cases.yaml").files
    late, wrong, refused = file.cases
    assert (late.name, late.passed, late.diagnostics) == ("late", True, ())
    assert late.expectations == (
        Expectation("total", Exact("6.5"), Exact("6.5")),
        Expectation("work", Exact(6), Exact(6)),
    )
    assert late.place is not None
    assert (late.place.file, late.place.line) == ("some.cases.yaml", 3)
    assert late.card is not None
    assert str(late.card.total) == "6.5"
    assert [(one.name, one.expected, one.got, one.passed) for one in wrong.expectations] == [
        ("total", Exact("7.5"), Exact(8), False),
        ("bonus", Exact(1), Exact(1), True),
    ]
    assert [one.code for one in wrong.diagnostics] == ["GR316", "GR317", "GR207"]
    assert (refused.passed, refused.card, refused.expectations) == (False, None, ())
    assert [one.code for one in refused.diagnostics] == ["GR602", "GR601"]


def test_a_score_that_is_none_and_a_grade() -> None:
    form = (
        "govrubric: 1\nid: g\ntitle: G\ntotal: 4\nround: {places: 0, mode: half_up}\n"
        "grades: [{grade: '1', from: 2}, {grade: Poor}]\n"
        "indicators: [{id: a, title: A, weight: 4, rules: [{id: late, deduct: 1}, {id: veto, deduct: 0.5}]}]\n"
        "gates: [{id: v, when: a.veto, score: none}]\n"
        "cases:\n"
        "  - {name: one, tally: {}, expect: {total: 4, grade: 1}}\n"
        "  - {name: two, tally: {a.veto: true}, expect: {total: none, grade: none}}\n"
        "  - {name: three, tally: {a.veto: true}, expect: {total: 1, grade: [1]}}\n"
        "  - {name: four, tally: {a.veto: true}, expect: {total: nothing}}\n"
    )
    cases = RUN(govrubric.loads(form)).files[0].cases
    assert [[(one.expected, one.got, one.passed) for one in case.expectations] for case in cases] == [
        [(Exact(4), Exact(4), True), ("1", "1", True)],
        [(None, None, True), (None, None, True)],
        [(Exact(1), None, False), ("list", None, False)],
        [("nothing", None, False)],
    ]
    assert [case.passed for case in cases] == [True, True, False, False]


def test_a_rubric_that_was_given_as_an_object_has_no_places() -> None:
    """Its findings are located by their paths."""
    rubric = govrubric.loads(OWN.replace("total: 7,", "total: 8,"))
    (file,) = RUN(rubric, rubric).files
    (case,) = file.cases
    assert (file.path, file.rubric, case.place) == ("small", rubric, None)
    assert [(one.code, one.place, one.path) for one in case.diagnostics] == [
        ("GR316", None, ("cases", 0, "expect", "total"))
    ]
    assert "cases[0].expect.total: error[GR316]" in RUN(rubric).to_text()


def test_coverage_is_told_of_each_rubric_over_all_its_files() -> None:
    report = RUN(".")
    assert [file.path for file in report.files] == ["./small.yaml", "./some.cases.yaml"]
    (coverage,) = report.coverage
    assert (coverage.rubric.id, coverage.points, coverage.touched, coverage.percent) == ("small", 21, 8, 38)
    assert len(coverage.untouched) == 13
    point = coverage.untouched[0]
    assert (point.path, point.kind, point.name) == ("work", "below", "0")
    assert repr(point) == "CoveragePoint(path='work', kind='below', name='0')"


@pytest.mark.parametrize(
    ("source", "passed"),
    [("small.yaml", True), ("some.cases.yaml", False), ("nowhere.yaml", False), ("empty", False)],
)
def test_all_passes_only_where_there_is_a_case(source: str, passed: bool) -> None:
    Path("empty").mkdir()
    assert RUN(Path(source)).passed is passed


def test_nothing_is_raised_for_a_file_that_is_refused() -> None:
    Path("bad.yaml").write_text(SMALL.replace("weight: 4", "weight: 5"), "utf-8")
    report = RUN("nowhere.yaml", "bad.yaml")
    assert [(one.path, one.rubric, one.cases, one.refused, one.passed) for one in report.files] == [
        ("nowhere.yaml", None, (), True, False),
        ("bad.yaml", None, (), True, False),
    ]
    assert [one.code for file in report.files for one in file.diagnostics] == ["GR101", "GR302"]
    assert report.coverage == ()


def test_a_shipped_rubric_is_named() -> None:
    report = RUN("2023-district")
    assert (report.passed, report.coverage[0].percent) == (True, 100)


def test_objects_come_after_files() -> None:
    assert [one.path for one in RUN(small(), "small.yaml").files] == ["small.yaml", "small"]


@pytest.mark.parametrize("language", [None, "en", "zh-CN"])
@pytest.mark.parametrize("sources", [("small.yaml",), (".",), ("nowhere.yaml",), ("empty",)])
def test_it_gives_what_the_command_prints(
    sources: tuple[str, ...], language: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("empty").mkdir()
    report = RUN(*sources)
    assert capsys.readouterr() == ("", "")
    done = CliRunner().invoke(cli.main, ["test", *sources, *(["--lang", language] if language else [])])
    assert (report.to_text(language), 0 if report.passed else 1) == (done.stdout, done.exit_code)
    assert str(report) == report.to_text()


def test_it_is_plain_data_too() -> None:
    data = RUN(".").to_dict("en")
    assert json.loads(json.dumps(data)) == data
    own, beside = data["files"]
    assert own == {
        "path": "./small.yaml", "rubric": "small", "passed": True, "diagnostics": [],
        "cases": [
            {
                "name": "nothing", "line": 34, "passed": True,
                "expectations": [
                    {"name": "total", "expected": "7", "got": "7", "passed": True},
                    {"name": "work.late", "expected": "0", "got": "0", "passed": True},
                ],
                "diagnostics": [],
            }
        ],
    }  # fmt: skip
    assert (data["passed"], beside["passed"]) == (False, False)
    assert (
        beside["cases"][1]["diagnostics"][0]["message"] == "case `wrong`: `total` should be 7.5, and it is 8"
    )
    assert data["coverage"][0]["untouched"][0] == {
        "path": "work", "kind": "below", "name": "0", "text": "is held at its floor of 0",
    }  # fmt: skip
    assert {key: data["coverage"][0][key] for key in ("rubric", "points", "touched", "percent")} == {
        "rubric": "small", "points": 21, "touched": 8, "percent": 38,
    }  # fmt: skip
    object_ = RUN(govrubric.loads(OWN)).to_dict()
    assert (object_["files"][0]["path"], object_["files"][0]["cases"][0]["line"]) == ("small", None)
    assert RUN("nowhere.yaml").to_dict()["files"][0]["rubric"] is None


def test_it_is_frozen_equal_by_content_and_picklable() -> None:
    report = RUN(".")
    assert pickle.loads(pickle.dumps(report)) == report == RUN(".")
    assert len({report, RUN(".")}) == 1
    with pytest.raises(dataclasses.FrozenInstanceError):
        report.files = ()  # type: ignore[misc] # what is tested
    assert repr(report) == "<CaseReport 2 passed, 2 failed>"
    assert isinstance(report, CaseReport)


def test_pytest_takes_it_for_no_test(tmp_path: Path) -> None:
    """A module of tests may import it, alone or with every other name."""
    Path("test_door.py").write_text(
        "from govrubric import *\nfrom govrubric import test\n\n\ndef test_it():\n    assert test('small.yaml').passed\n"
    )
    words = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error", "test_door.py"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "1 passed" in done.stdout, done.stdout
