"""The plugin of pytest: the files that it collects, a test for each case and law, and its messages."""

import ntpath
import os
from pathlib import Path
from typing import Any

import pytest

from govrubric.cases import report as outcome
from govrubric.cases import suite
from govrubric.formula import build as algebra
from govrubric.plan import planner as plan
from govrubric.plan import rules as effects
from govrubric.testing import certificate, plugin, proof

pytest_plugins = ["pytester"]
# An inner session forgets the modules that it was the first to import, and the next would import them anew.
KEPT = (certificate, outcome, proof, suite)

FORM = """\
govrubric: 1
id: desk-2023
title: The desk
total: 10
round: {places: 1, mode: half_up}
indicators:
  - {id: desk, title: Desk, weight: 10, rules: [{id: late, deduct: 0.5, per: day}]}
cases:
  - {name: one day, tally: {desk.late: 1}, expect: {total: 9.5}}
  - {name: all days, tally: {desk.late: 30}, expect: {total: 0}}
"""
BESIDE = "rubric: desk.yaml\ncases:\n  - {name: two days, tally: {desk.late: 2}, expect: {total: 9}}\n"
LAWS = (
    "law bounds",
    "law never_fails",
    "law never_above_weight",
    "law never_below_floor",
    "law never_better",
    "law ledger_adds_up",
    "law order_of_keys",
    "law readings_agree",
)
NAMES = ("one day", "all days", *LAWS)


def defaults(function: Any) -> dict[str, Any]:
    """The defaults of a function."""
    found: dict[str, Any] = function.__kwdefaults__
    return found


@pytest.fixture
def desk(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A folder with a rubric, a file of cases, a file of another kind, and a test; each law is tried on five
    tallies.
    """
    monkeypatch.setitem(defaults(proof.check_law), "examples", 5)
    Path("desk.yaml").write_text(FORM)
    Path("more.cases.yaml").write_text(BESIDE)
    Path("other.yaml").write_text("a: b\n")
    Path("test_one.py").write_text("def test_one(): pass\n")
    return pytester


def configure(*paths: str, **more: str) -> None:
    lines = ["[pytest]", "filterwarnings = error", "govrubric_paths =", *(f"    {path}" for path in paths)]
    Path("pytest.ini").write_text(
        "\n".join([*lines, *(f"{key} = {value}" for key, value in more.items())]) + "\n"
    )


def collected(desk: pytest.Pytester, *words: str) -> list[str]:
    """The tests that are collected."""
    done = desk.runpytest_inprocess("--collect-only", "-q", *words)
    return [line for line in done.outlines if "::" in line]


def ours(file: str, names: tuple[str, ...] = NAMES) -> list[str]:
    return [f"{file}::{name}" for name in names]


# Collection


def test_a_rubric_that_is_named_is_collected(desk: pytest.Pytester) -> None:
    assert collected(desk, "desk.yaml") == ours("desk.yaml")


def test_a_file_of_cases_that_is_named_is_collected_without_the_laws_of_its_rubric(
    desk: pytest.Pytester,
) -> None:
    assert collected(desk, "more.cases.yaml") == ours("more.cases.yaml", ("two days",))


@pytest.mark.parametrize("words", [(), (".",), ("test_one.py",)])
def test_nothing_is_collected_that_was_not_asked_for(desk: pytest.Pytester, words: tuple[str, ...]) -> None:
    assert collected(desk, *words) == ["test_one.py::test_one"]


def test_a_file_of_another_kind_is_none_of_ours(desk: pytest.Pytester) -> None:
    assert collected(desk, "other.yaml") == []


@pytest.mark.parametrize("path", ["desk.yaml", "de*.yaml", "./desk.yaml", "**/desk.yaml"])
def test_what_is_listed_is_collected_once_beside_the_other_tests(desk: pytest.Pytester, path: str) -> None:
    configure(path)
    assert sorted(collected(desk)) == sorted(["test_one.py::test_one", *ours("desk.yaml")])


def test_a_folder_that_is_listed_is_searched_for_both_kinds(desk: pytest.Pytester) -> None:
    Path("rubrics/below").mkdir(parents=True)
    Path("rubrics/desk.yaml").write_text(FORM)
    Path("rubrics/other.yaml").write_text("a: b\n")
    below_with_its_rubric()
    configure("rubrics")
    below = ours("rubrics/below/more.cases.yaml", ("two days",))
    assert sorted(collected(desk)) == sorted(["test_one.py::test_one", *ours("rubrics/desk.yaml"), *below])
    assert sorted(collected(desk, "rubrics")) == sorted([*ours("rubrics/desk.yaml"), *below])


def test_a_link_out_of_a_folder_that_is_listed_is_a_test_that_fails(desk: pytest.Pytester) -> None:
    Path("rubrics").mkdir()
    Path("rubrics/desk.yaml").symlink_to("../desk.yaml")
    configure("rubrics")
    done = desk.runpytest_inprocess()
    done.stdout.fnmatch_lines(["*GR138*", "FAILED rubrics/desk.yaml::loading*"])
    desk.runpytest_inprocess("rubrics/desk.yaml", "-k", "day").assert_outcomes(passed=2, deselected=8)


def test_a_pattern_does_not_go_around_in_a_circle_of_links(desk: pytest.Pytester) -> None:
    Path("rubrics").mkdir()
    for name in ("a", "b", "c"):
        Path("rubrics", name).symlink_to(".")
    Path("desk.yaml").rename("rubrics/desk.yaml")
    configure("**/desk.yaml", testpaths="test_one.py")  # pytest itself goes around in such a circle
    assert sorted(collected(desk)) == sorted(["test_one.py::test_one", *ours("rubrics/desk.yaml")])


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("*/a.yaml", ["b/a.yaml"]),
        (".*/a.yaml", [".h/a.yaml"]),
        ("./.h*/*.yaml", [".h/a.yaml"]),
        ("b/a.yaml", ["b/a.yaml"]),
        ("b/none.yaml", []),
        ("b", ["b"]),
    ],
)
def test_hidden_files_fit_only_patterns_that_say_so(tmp_path: Path, line: str, found: list[str]) -> None:
    for folder in (".h", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.yaml").touch()
    assert [str(path.relative_to(tmp_path)) for path in plugin._matching(tmp_path, line)] == found


def test_what_is_listed_is_collected_beside_testpaths(desk: pytest.Pytester) -> None:
    Path("tests").mkdir()
    Path("test_one.py").rename("tests/test_one.py")
    configure("*.cases.yaml", testpaths="tests")
    assert collected(desk) == ["tests/test_one.py::test_one", *ours("more.cases.yaml", ("two days",))]


def test_what_the_command_line_names_is_all_that_is_collected(desk: pytest.Pytester) -> None:
    configure("desk.yaml")
    assert collected(desk, "test_one.py") == ["test_one.py::test_one"]
    assert collected(desk, "more.cases.yaml") == ours("more.cases.yaml", ("two days",))
    assert collected(desk, "desk.yaml::all days") == ["desk.yaml::all days"]


def test_a_path_may_be_absolute_and_the_folder_of_any_name(desk: pytest.Pytester) -> None:
    folder = Path("a *?")
    folder.mkdir()
    Path("desk.yaml").rename(folder / "desk.yaml")
    Path("desk-2.yaml").write_text(FORM)
    (folder / "pytest.ini").write_text(
        f"[pytest]\ngovrubric_paths =\n    d*.yaml\n    {Path('desk-2.yaml').resolve()}\n"
    )
    done = desk.runpytest_inprocess(
        "--rootdir", str(folder), "-c", str(folder / "pytest.ini"), "-q", "--collect-only"
    )
    done.stdout.fnmatch_lines(["desk.yaml::one day", "*desk-2.yaml::one day"])


def test_a_listed_path_that_is_not_there_is_wrong_usage(desk: pytest.Pytester) -> None:
    configure("rubricks/*.yaml")
    done = desk.runpytest_inprocess()
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines("*govrubric_paths: rubricks/[*].yaml is not there")


@pytest.mark.parametrize("line", ["docs", "*.py", "docs/*"])
def test_a_listed_path_without_a_rubric_is_wrong_usage(desk: pytest.Pytester, line: str) -> None:
    """Or a folder that was renamed would leave a green run without a test."""
    Path("docs").mkdir()
    Path("docs", "notes.yaml").write_text("a: b\n")
    configure("desk.yaml", line)
    if line == "docs":
        done = desk.runpytest_inprocess()
        assert done.ret == pytest.ExitCode.USAGE_ERROR
        done.stderr.fnmatch_lines("*govrubric_paths: docs has no rubric and no file of cases")
    else:  # a file that is named is collected, and its test fails
        assert desk.runpytest_inprocess("-q").ret == pytest.ExitCode.TESTS_FAILED


def test_the_number_of_tallies_and_their_seed_can_be_set(
    desk: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the settings each law keeps its own default."""
    seen: list[dict[str, Any]] = []
    monkeypatch.setattr(proof, "check_law", lambda *_, **more: seen.append(more))
    configure("desk.yaml", govrubric_examples="7", govrubric_seed="42")
    desk.runpytest_inprocess("-q")
    configure("desk.yaml", govrubric_seed="0")
    desk.runpytest_inprocess("-q")
    configure("desk.yaml")
    desk.runpytest_inprocess("-q")
    assert seen == [{"examples": 7, "seed": 42}] * 7 + [{"seed": 0}] * 7 + [{}] * 7


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("govrubric_examples", "0", "govrubric_examples: '0' is no whole number from 1 on"),
        ("govrubric_examples", "many", "govrubric_examples: 'many' is no whole number from 1 on"),
        ("govrubric_seed", "-1", "govrubric_seed: '-1' is no whole number from 0 on"),
        ("govrubric_seed", "1" * 10, "govrubric_seed: '1111111111' is no whole number from 0 on"),
    ],
)
def test_a_setting_that_is_no_number_is_wrong_usage(
    desk: pytest.Pytester, setting: str, value: str, said: str
) -> None:
    configure("desk.yaml", **{setting: value})
    done = desk.runpytest_inprocess()
    assert done.ret == pytest.ExitCode.USAGE_ERROR
    done.stderr.fnmatch_lines(f"*{said}")


def test_the_plugin_can_be_left_out(desk: pytest.Pytester) -> None:
    assert collected(desk, "-p", "no:govrubric", "desk.yaml") == []
    assert collected(desk, "-p", "no:govrubric") == ["test_one.py::test_one"]


@pytest.mark.parametrize("words", [("--ignore=rubrics/below",), ("--ignore=rubrics/below/more.cases.yaml",)])
def test_what_pytest_is_told_to_ignore_is_not_collected(
    desk: pytest.Pytester, words: tuple[str, ...]
) -> None:
    nested("rubrics")
    assert sorted(collected(desk, *words)) == sorted(["test_one.py::test_one", *ours("rubrics/desk.yaml")])


BELOW = ours("rubrics/below/more.cases.yaml", ("two days",))


def below_with_its_rubric() -> None:
    """A file of cases, beside a rubric whose name does not say that it is one, so that it is not collected."""
    Path("rubrics/below/desk").write_text(FORM)
    Path("rubrics/below/more.cases.yaml").write_text(BESIDE.replace("desk.yaml", "desk"))


def nested(*paths: str, **more: str) -> None:
    """A rubric in a folder that is listed, and its file of cases in a folder below."""
    Path("rubrics/below").mkdir(parents=True)
    Path("desk.yaml").rename("rubrics/desk.yaml")
    below_with_its_rubric()
    Path("more.cases.yaml").unlink()
    configure(*paths, **more)


@pytest.mark.parametrize(
    "word", ["--ignore-glob=*.cases.yaml", "--ignore-glob=*/below", "--override-ini=norecursedirs=below"]
)
@pytest.mark.parametrize("testpaths", ["test_one.py", "."])
def test_patterns_to_be_ignored_are(desk: pytest.Pytester, word: str, testpaths: str) -> None:
    nested("rubrics", testpaths=testpaths)
    assert sorted(collected(desk, word)) == sorted(["test_one.py::test_one", *ours("rubrics/desk.yaml")])


@pytest.mark.parametrize("name", ["collect_ignore = ['below']", "collect_ignore_glob = ['below/*']"])
def test_a_conftest_in_the_folder_may_ignore_files(desk: pytest.Pytester, name: str) -> None:
    nested("rubrics")
    Path("rubrics/conftest.py").write_text(f"{name}\n")
    assert sorted(collected(desk)) == sorted(["test_one.py::test_one", *ours("rubrics/desk.yaml")])


def test_a_plugin_may_ignore_files(desk: pytest.Pytester) -> None:
    nested("rubrics")
    Path("conftest.py").write_text(
        "def pytest_ignore_collect(collection_path):\n"
        "    return collection_path.name == 'desk.yaml' or None\n"
    )
    assert sorted(collected(desk)) == sorted(["test_one.py::test_one", *BELOW])


@pytest.mark.parametrize("path", ["rubrics", "rubrics/desk.yaml", "rubrics/*.yaml"])
@pytest.mark.parametrize("word", ["--ignore=rubrics", "--ignore=./rubrics/", "--ignore-glob=rub*"])
def test_a_listed_path_itself_may_be_ignored(desk: pytest.Pytester, path: str, word: str) -> None:
    nested(path)
    assert collected(desk, word) == ["test_one.py::test_one"]


def test_all_that_is_listed_may_be_ignored_in_a_session_of_its_own(desk: pytest.Pytester) -> None:
    """pytest reports no missing file, and says that there is no test."""
    nested("rubrics", testpaths="rubrics")
    done = desk.runpytest_inprocess("--ignore=rubrics")
    assert (done.ret, done.stderr.lines) == (pytest.ExitCode.NO_TESTS_COLLECTED, [])


@pytest.mark.parametrize("words", [(), ("-n", "2")])
def test_what_is_ignored_is_not_run(desk: pytest.Pytester, words: tuple[str, ...]) -> None:
    nested("rubrics")
    done = desk.runpytest_subprocess(*words, "--ignore=rubrics/desk.yaml")
    done.assert_outcomes(passed=2)


@pytest.mark.parametrize("folder", ["build", "rubrics/build"])
def test_a_folder_that_is_listed_itself_may_be_of_any_name(desk: pytest.Pytester, folder: str) -> None:
    """pytest enters no folder called `build` unless it is named, and `--ignore` comes first."""
    Path(folder).mkdir(parents=True)
    Path("desk.yaml").rename(f"{folder}/desk.yaml")
    configure(folder, testpaths="test_one.py")
    assert sorted(collected(desk)) == sorted(["test_one.py::test_one", *ours(f"{folder}/desk.yaml")])
    assert collected(desk, f"--ignore={folder}") == ["test_one.py::test_one"]


def test_a_listed_file_outside_the_root_may_be_ignored(desk: pytest.Pytester) -> None:
    root = Path("root")
    root.mkdir()
    Path("pytest.ini").unlink(missing_ok=True)
    (root / "pytest.ini").write_text("[pytest]\ngovrubric_paths = ../desk.yaml\n")
    words = ("--rootdir", str(root), "-c", str(root / "pytest.ini"), "-q", "--collect-only")
    assert "one day" in desk.runpytest_inprocess(*words).stdout.str()
    assert "one day" not in desk.runpytest_inprocess(*words, "--ignore=desk.yaml").stdout.str()


def test_a_named_file_is_collected_whatever_is_ignored(desk: pytest.Pytester) -> None:
    """As pytest does with any file that the command line names."""
    configure("desk.yaml")
    assert collected(desk, "desk.yaml", "--ignore=desk.yaml") == ours("desk.yaml")


# A rubric with a fault in its first line


@pytest.mark.parametrize("slip", ["Govrubric: 1", "govrubic: 1", "govrubric：1"])
def test_a_rubric_whose_first_line_is_wrong_is_a_test_that_fails(desk: pytest.Pytester, slip: str) -> None:
    Path("rubrics").mkdir()
    Path("rubrics/desk.yaml").write_text(FORM.replace("govrubric: 1", slip), "utf-8")
    configure("rubrics")
    done = desk.runpytest_inprocess()
    done.assert_outcomes(failed=1, passed=1)
    done.stdout.fnmatch_lines(["FAILED rubrics/desk.yaml::loading*"])
    done = desk.runpytest_inprocess("rubrics/desk.yaml")
    done.assert_outcomes(failed=1)


def test_suffixes_may_be_of_any_letter_case(desk: pytest.Pytester) -> None:
    Path("desk.yaml").rename("desk.YAML")
    assert collected(desk, "desk.YAML") == ours("desk.YAML")


# Results


def test_all_that_holds_passes_and_a_strict_session_stays_quiet(desk: pytest.Pytester) -> None:
    configure("desk.yaml", "more.cases.yaml")
    desk.runpytest_inprocess("--strict-config", "--strict-markers").assert_outcomes(passed=len(NAMES) + 2)


def test_a_case_that_fails_shows_its_place_and_the_part_of_the_trace(desk: pytest.Pytester) -> None:
    Path("desk.yaml").write_text(FORM.replace("total: 9.5", "total: 9"))
    done = desk.runpytest_inprocess("desk.yaml", "-k", "day")
    done.assert_outcomes(failed=1, passed=1, deselected=len(LAWS))
    done.stdout.fnmatch_lines([
        "desk.yaml:9:60: error[[]GR316[]]: case `one day`: `total` should be 9, and it is 9.5",
        "  9 | *: one day, tally: {desk.late: 1}, expect: {total: 9}}",
        "    | *^",
        "*desk Desk  9.5 / 10*",
        "FAILED desk.yaml::one day*",
    ])  # fmt: skip


def test_a_tally_that_is_refused_is_shown_with_its_caret(desk: pytest.Pytester) -> None:
    Path("more.cases.yaml").write_text(BESIDE.replace("desk.late: 2", "desk.lat: 2"))
    done = desk.runpytest_inprocess("more.cases.yaml")
    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(["more.cases.yaml:3:30: error[[]GR601[]]: *", "    | *^^^^^^^^"])


def test_a_rubric_that_does_not_load_is_one_test_that_fails_with_all_findings(desk: pytest.Pytester) -> None:
    Path("desk.yaml").write_text(
        FORM.replace("weight: 10", "weight: 9").replace("title: Desk", "titel: Desk")
    )
    done = desk.runpytest_inprocess("desk.yaml", "more.cases.yaml")
    done.assert_outcomes(failed=2)
    done.stdout.fnmatch_lines(
        ["desk.yaml:7:*error[[]GR2*", "    |*^*", "more.cases.yaml:1:9: error[[]GR342[]]*"]
    )
    done.stdout.fnmatch_lines(["FAILED desk.yaml::loading*"])


@pytest.mark.parametrize("data", [b"", b"\xff\xfe\x00", "govrubric: 1\ntitle: 政务\n".encode("gbk")])
def test_a_listed_file_that_cannot_be_read_is_a_test_that_fails(desk: pytest.Pytester, data: bytes) -> None:
    Path("desk.yaml").write_bytes(data)
    configure("desk.yaml")
    done = desk.runpytest_inprocess()
    done.assert_outcomes(failed=1, passed=1)
    done.stdout.fnmatch_lines(["desk.yaml:*: error[[]GR1*"])


def test_a_law_that_breaks_shows_the_smallest_tally(
    desk: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """10 − 21 × 0.5 = −0.5."""
    monkeypatch.setitem(defaults(proof.check_law), "examples", 50)
    for module in (plan, effects):
        monkeypatch.setattr(module, "within", lambda made, _, ceiling: algebra.within(made, None, ceiling))
    done = desk.runpytest_inprocess("desk.yaml", "-k", "never_below_floor or bounds")
    done.assert_outcomes(failed=2, deselected=len(NAMES) - 2)
    done.stdout.fnmatch_lines([
        "desk.yaml:1: total: the score may come to anything from -499999990 to 10, outside 0 to 10",
        "desk.yaml:1: desk: the score -0.5 is below 0",
        "*desk.late: 21",
        "*desk Desk  -0.5 / 10*",
    ])  # fmt: skip


def test_an_error_of_ours_is_shown_with_the_lines_that_led_there(
    desk: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_: Any) -> Any:
        raise ZeroDivisionError("nought")

    monkeypatch.setattr(suite, "run", failing)
    done = desk.runpytest_inprocess("more.cases.yaml")
    done.assert_outcomes(failed=1)
    done.stdout.fnmatch_lines(["*ZeroDivisionError: nought"])


def test_without_hypothesis_the_cases_are_tried_and_the_laws_are_skipped(desk: pytest.Pytester) -> None:
    Path("conftest.py").write_text(
        "import sys\ndef pytest_collection_finish(): sys.modules['hypothesis'] = None\n"
    )
    done = desk.runpytest_inprocess("desk.yaml", "-rs")
    done.assert_outcomes(passed=2, skipped=len(LAWS))
    done.stdout.fnmatch_lines(["SKIPPED * laws need one more package: pip install 'govrubric[[]testing[]]'"])


def test_a_failure_is_told_at_its_line(desk: pytest.Pytester) -> None:
    places = {item.name: item.reportinfo()[1] for item in desk.inline_genitems("desk.yaml")[0]}
    assert (places["one day"], places["all days"], places["law bounds"]) == (8, 9, 0)


def test_the_language_is_that_of_the_rubric(desk: pytest.Pytester) -> None:
    Path("desk.yaml").write_text(
        FORM.replace("id: desk-2023", "id: desk-2023\nlanguage: zh-CN").replace("total: 9.5", "total: 9")
    )
    done = desk.runpytest_inprocess("desk.yaml", "-k", "day")
    done.stdout.fnmatch_lines(["desk.yaml:10:60: 错误[[]GR316[]]: *应为 9，实为 9.5*"])


# Names


def test_a_name_of_any_characters_is_one_name(desk: pytest.Pytester) -> None:
    Path("more.cases.yaml").write_text(
        BESIDE.replace("name: two days", r'name: "a::b\n[c] 两天 😀 /d.py -k x"')
    )
    done = desk.runpytest_inprocess("more.cases.yaml", "-v")
    done.assert_outcomes(passed=1)
    done.stdout.fnmatch_lines(["more.cases.yaml::a:b⏎[[]c[]] 两天 😀 /d.py -k x PASSED*"])


def test_a_rubric_on_another_drive_is_read_by_its_whole_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """On Windows no path leads from one drive to another."""
    assert plugin._from_here(Path.cwd() / "a" / "desk.yaml") == os.path.join("a", "desk.yaml")

    def from_another_drive(_: object) -> str:
        return ntpath.relpath("D:\\rubrics\\desk.yaml", "C:\\work")

    with monkeypatch.context() as patched:
        patched.setattr(os.path, "relpath", from_another_drive)
        with pytest.raises(ValueError, match="path is on mount 'D:', start on mount 'C:'"):
            os.path.relpath("desk.yaml")
        assert plugin._from_here(Path("/rubrics/desk.yaml")) == str(Path("/rubrics/desk.yaml"))


def test_several_processes_collect_the_same(desk: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """pytest-xdist compares the tests that its processes collect."""
    configure("desk.yaml", "more.cases.yaml")
    collected = []
    for seed in ("1", "2"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        done = desk.runpytest_subprocess("--collect-only", "-q")
        collected.append([line for line in done.outlines if "::" in line])
    assert collected[0] == collected[1]
    assert [line.partition("::")[2] for line in collected[0][:2]] == ["one day", "all days"]


def test_a_session_that_is_none_of_ours_imports_nothing_of_ours(desk: pytest.Pytester) -> None:
    Path("desk.yaml").unlink()
    Path("more.cases.yaml").unlink()
    Path("test_one.py").write_text(
        "import sys\n\ndef test_one():\n"
        "    modules = {'pydantic', 'ruamel', 'govrubric.cases.suite', 'govrubric.rubric'}\n"
        "    assert not modules & sys.modules.keys()\n"
    )
    desk.runpytest_subprocess().assert_outcomes(passed=1)
