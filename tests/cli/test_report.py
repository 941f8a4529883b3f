"""The command `report`."""

import sys
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
    return CliRunner().invoke(main, ["report", *words])


def test_a_page_is_written_in_the_language_that_is_asked_for() -> None:
    result = run("r.yaml", "own.yaml", "--official", "official.csv", "--out", "r.html", "--lang", "zh-CN")
    assert (result.exit_code, result.output) == (0, "")
    assert '<html lang="zh-CN">' in Path("r.html").read_text("utf-8")
    assert run("r.yaml", "own.yaml", "--out", "R.HTML").exit_code == 0
    assert '<html lang="en">' in Path("R.HTML").read_text("utf-8")


def test_another_ending_is_wrong_usage() -> None:
    result = run("r.yaml", "own.yaml", "--out", "r.pdf")
    assert result.exit_code == 2
    assert "'r.pdf' does not end in .html or .xlsx or .docx" in result.stderr


@pytest.mark.parametrize("name", ["r.html", "r.xlsx", "r.docx"])
def test_every_kind_is_written_over_an_older_one_and_is_the_same_twice(name: str) -> None:
    words = ("r.yaml", "own.yaml", "--official", "official.csv", "--out", name)
    assert run(*words).exit_code == 0
    first = Path(name).read_bytes()
    assert run(*words).exit_code == 0
    assert Path(name).read_bytes() == first
    assert first.startswith(b"<!doctype html>" if name == "r.html" else b"PK")


def test_a_unit_that_is_alone_in_each_file_needs_no_code() -> None:
    Path("a.yaml").write_text("bonus.judged: 1\n")
    Path("b.yaml").write_text("bonus.judged: 0\n")
    assert run("r.yaml", "a.yaml", "--official", "b.yaml", "--out", "r.html").exit_code == 0
    assert Path("r.html").read_text("utf-8").count("<article") == 1


def test_what_is_wrong_with_a_tally_is_told_and_nothing_is_written() -> None:
    Path("bad.csv").write_text("name,bonus.judged\nA,1\nB,1\n")
    result = run("r.yaml", "own.yaml", "--official", "bad.csv", "--out", "r.html")
    assert result.exit_code == 1
    assert "GR891" in result.stderr
    assert not Path("r.html").exists()


def test_a_place_where_nothing_can_be_written_is_told() -> None:
    result = run("r.yaml", "own.yaml", "--out", "none/r.html")
    assert result.exit_code == 74
    Path("folder.html").mkdir()
    assert run("r.yaml", "own.yaml", "--out", "folder.html").exit_code == 74


@pytest.mark.parametrize(
    ("module", "name"), [("page", "r.html"), ("workbook", "r.xlsx"), ("documents", "r.docx")]
)
def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch, module: str, name: str) -> None:
    monkeypatch.setitem(sys.modules, f"govrubric.reporting.{module}", None)
    result = run("r.yaml", "own.yaml", "--out", name)
    assert result.exit_code == 1
    assert "pip install 'govrubric[office]'" in result.stderr
