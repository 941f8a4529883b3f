"""A file, whatever it holds -> everything that is wrong with it."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from govrubric.checking import check, checked
from govrubric.cli import main
from samples import SMALL

CASE = "{name: one, tally: {bonus.judged: 0}, expect: {total: TOTAL}}"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sound rubric, one of another name, and a file of cases of which the second fails."""
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(SMALL)
    Path("small.cases.yaml").write_text(
        f"rubric: small.yaml\ncases:\n  - {CASE.replace('TOTAL', '7')}\n  - {CASE.replace('TOTAL', '8').replace('one', 'two')}\n"
    )


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["check", *words])


def codes(path: str) -> list[str]:
    return [one.code for one in checked(path).found]


def test_a_sound_rubric_has_nothing() -> None:
    done = checked("small.yaml")
    assert (done.found, done.language, done.cases) == ([], "en", 0)
    assert done.rubric is not None


def test_a_rubrics_own_failing_case_is_told() -> None:
    Path("own.yaml").write_text(SMALL + f"cases: [{CASE.replace('TOTAL', '8')}]\n")
    assert ([one.code for one in checked("own.yaml").found], checked("own.yaml").cases) == (["GR316"], 1)


def test_a_refused_rubric_has_no_case() -> None:
    Path("wrong.yaml").write_text(
        SMALL.replace("weight: 4", "weight: 5") + f"cases: [{CASE.replace('TOTAL', '8')}]\n"
    )
    assert ([one.code for one in checked("wrong.yaml").found], checked("wrong.yaml").cases) == (["GR302"], 0)


def test_a_failing_case_of_a_file_of_cases_is_told_in_its_place() -> None:
    done = checked("small.cases.yaml")
    assert [one.line() for one in done.found] == [
        "small.cases.yaml:4:59: error GR316: case `two`: `total` should be 8, and it is 7",
    ]
    assert (done.language, done.cases, done.rubric) == ("en", 2, None)


def test_a_file_of_cases_is_one_by_what_it_holds() -> None:
    Path("more.yaml").write_bytes(Path("small.cases.yaml").read_bytes())
    assert codes("more.yaml") == ["GR316"]


def test_a_file_of_cases_for_no_rubric_is_told() -> None:
    Path("lost.cases.yaml").write_text(f"rubric: none.yaml\ncases: [{CASE.replace('TOTAL', '7')}]\n")
    assert codes("lost.cases.yaml") == ["GR341"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [("none.yaml", None, "GR101"), ("t.yaml", b"a: 1\n", "GR224"), ("e.yaml", b"", "GR124")],
)
def test_what_is_neither_is_told_as_no_rubric(name: str, data: bytes | None, code: str) -> None:
    if data is not None:
        Path(name).write_bytes(data)
    assert codes(name) == [code]


def test_a_shipped_rubric_is_known_by_its_name() -> None:
    done = checked("2023-department")
    assert (done.found, done.language) == ([], "zh-CN")


def test_a_rubric_is_held_against_those_before_it() -> None:
    first = SMALL.replace("id: small", "id: small-2023\nvalid: {from: 2023-01-01, to: 2023-12-31}")
    Path("a.yaml").write_text(first)
    Path("b.yaml").write_text(first.replace("small-2023", "small-2024"))
    before = [checked("small.cases.yaml"), checked("a.yaml")]
    assert codes("b.yaml") == []
    assert [one.code[:4] for one in checked("b.yaml", before).found] == ["GR43"]


# The command


def test_a_folder_is_checked_with_all_that_is_in_it() -> None:
    Path("other.yaml").write_text("a: 1\n")  # no rubric
    done = run(".")
    assert (done.exit_code, done.stdout.splitlines()[0][:40], done.stdout.splitlines()[-1]) == (
        1,
        "./small.cases.yaml:4:59: error[GR316]: c",
        "./small.yaml: clean, but without a case of its own",
    )


def test_a_file_given_twice_is_checked_once() -> None:
    assert run("small.yaml", "small.yaml").stdout.count("clean") == 1


def test_sound_cases_are_said_to_pass() -> None:
    Path("small.cases.yaml").write_text(f"rubric: small.yaml\ncases:\n  - {CASE.replace('TOTAL', '7')}\n")
    assert run("small.cases.yaml").stdout == "small.cases.yaml: clean, 1 case(s) pass\n"


def test_a_shipped_rubric_is_checked_under_its_name() -> None:
    done = run("2023-district", "--lang", "en")
    assert (done.exit_code, done.stdout.partition(", ")[0]) == (0, "2023-district: clean")


def test_a_word_that_names_nothing_is_wrong_usage() -> None:
    done = run("small.yaml", "2023-distrct")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "did you mean '2023-district'?" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [((), "there is no rubric and no file of cases"), (("--lang", "zh"), "没有找到评分表或案例文件")],
)
def test_a_folder_without_any_is_told(words: tuple[str, ...], said: str) -> None:
    Path("empty").mkdir()
    done = run("empty", *words)
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"{said}\n")


def test_two_files_of_one_series_are_told_from_each_other() -> None:
    first = SMALL.replace("id: small", "id: small-2023\nvalid: {from: 2023-01-01, to: 2023-12-31}")
    Path("a.yaml").write_text(first)
    Path("b.yaml").write_text(first.replace("small-2023", "small-2024"))
    done = run("a.yaml", "b.yaml", "--format", "line")
    assert (done.exit_code, [line.partition(":")[0] for line in done.stdout.splitlines()]) == (1, ["b.yaml"])


def test_a_text_is_checked_as_its_file_is(tmp_path: Path) -> None:
    path = tmp_path / "rubric.yaml"
    text = SMALL.replace("total: 10", "total: 11")
    path.write_text(text, "utf-8")
    found = check(text=text, name=str(path))
    assert found == check(path)
    assert [one.code for one in found] == ["GR302"]
    assert check(text=text.encode(), name=str(path)) == found
    assert [one.place and one.place.file for one in check(text=text)] == ["<text>"]


def test_either_a_path_or_a_text_is_checked() -> None:
    for wrong in ({}, {"path": "a.yaml", "text": ""}):
        with pytest.raises(TypeError, match="a path, or text=, and not both"):
            check(**wrong)


# The fact is used by nothing.
IDLE = """govrubric: 1
id: t
title: T
total: 10
round: {places: 0, mode: half_up}
facts: {idle: flag}
indicators:
  - {id: a, title: A, weight: 10, rules: [{id: late, deduct: 1}]}
variants:
  other: {title: other, set: {a.late.deduct: 2}}
"""


def test_what_is_wrong_with_a_variant_hides_no_warning_about_the_rubric() -> None:
    text = IDLE.replace("a.late.deduct: 2", "a.weight: 5")  # so that the weights do not add up
    assert [finding.code for finding in check(text=text)] == ["GR408", "GR302"]
    suppressing = text.replace("facts: {idle: flag}", "facts: {idle: flag}  # allow GR432: of the variant")
    assert [finding.code for finding in check(text=suppressing)] == ["GR408", "GR302"]


def test_what_is_told_of_the_rubric_is_not_told_of_its_variants_again() -> None:
    assert [finding.code for finding in check(text=IDLE)] == ["GR408"]
