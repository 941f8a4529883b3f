"""The command `compare`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from govrubric.cli import main
from samples import SMALL


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("r.yaml").write_text(SMALL)
    Path("own.yaml").write_text("- {unit: u1, bonus.judged: 1}\n- {unit: u2, bonus.judged: 0}\n")
    Path("official.csv").write_text("unit,work.late,bonus.judged\nu2,false,0\nu1,true,1\n")


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["compare", *words])


def test_the_table_stands_in_the_language_that_is_asked_for() -> None:
    result = run("r.yaml", "own.yaml", "official.csv", "--lang", "zh-CN")
    assert result.exit_code == 0
    assert "2 个单位，其中 1 个有差异" in result.stdout
    assert "  -1  work.late（否 → 是）" in result.stdout.splitlines()


@pytest.mark.parametrize("form", ["csv", "json", "markdown"])
def test_every_format_is_written_and_the_same_twice(form: str) -> None:
    words = ("r.yaml", "own.yaml", "official.csv", "--format", form)
    assert run(*words).stdout == run(*words).stdout != ""
    assert run(*words, "--out", "found").exit_code == 0
    assert Path("found").read_text("utf-8-sig") == run(*words).stdout
    assert Path("found").read_bytes().startswith(b"\xef\xbb\xbf") == (form == "csv")


def test_json_has_all() -> None:
    data = json.loads(run("r.yaml", "own.yaml", "official.csv", "--format", "json").stdout)
    assert list(data) == ["rubric", "units", "only_self", "only_official"]
    assert [unit["difference"] for unit in data["units"]] == ["-1", "0"]
    assert data["units"][0]["self"] == {
        "total": "8", "grade": None, "digest": data["units"][0]["self"]["digest"], "place": 1,
    }  # fmt: skip


def test_a_unit_that_is_alone_in_each_file_needs_no_code() -> None:
    Path("a.yaml").write_text("bonus.judged: 1\n")
    Path("b.yaml").write_text("bonus.judged: 0\n")
    assert "a  " in (shown := run("r.yaml", "a.yaml", "b.yaml").stdout)
    assert "1 unit(s), 1 of them differ" in shown


def test_a_unit_without_a_code_among_others_is_refused_with_its_place() -> None:
    Path("b.csv").write_text("name,bonus.judged\nA,1\nB,1\n")
    result = run("r.yaml", "own.yaml", "b.csv")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("b.csv:2:1: error[GR891]")


def test_a_wrong_file_is_refused() -> None:
    Path("b.csv").write_text("unit,bonus.judged\nA,9\n")
    result = run("r.yaml", "own.yaml", "b.csv")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "b.csv:2:3: error[GR607]" in result.stderr
