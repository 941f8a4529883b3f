"""Findings as workflow commands: each on a line, with the characters that would end it escaped."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from govrubric.cli import main
from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.github import command
from govrubric.diagnostics.source import Place
from samples import SMALL


def test_an_error_is_a_command_with_its_place_and_its_help() -> None:
    finding = Diagnostic.of("GR213", Place("forms/a.yaml", 3, 5, 9, ""))
    assert command(finding, "en") == (
        "::error file=forms/a.yaml,line=3,col=5,endColumn=9,title=GR213"
        "::the text is empty%0Awrite it, or take the key out"
    )
    assert command(finding, "zh-CN").endswith("::文字为空%0A请填写，或删去该键")


def test_a_warning_is_a_warning_command() -> None:
    assert command(Diagnostic.of("GR131", Place("a.yaml", 1, 2, 3, ""), text="no"), "en").startswith(
        "::warning file=a.yaml,line=1,col=2,"
    )


def test_a_finding_without_a_place_has_none() -> None:
    assert command(Diagnostic.of("GR213"), "en").startswith("::error title=GR213::the text")


@pytest.mark.parametrize(
    ("file", "written"),
    [
        ("50%.yaml", "50%25.yaml"),
        ("a,b:c.yaml", "a%2Cb%3Ac.yaml"),
        ("a\nb\r.yaml", "a⏎b\\u000d.yaml"),
        ("a\u202eb", "a\\u202eb"),
        ("评.yaml", "评.yaml"),
    ],
)
def test_what_would_end_a_property_is_escaped(file: str, written: str) -> None:
    assert f" file={written},line=1," in command(Diagnostic.of("GR213", Place(file, 1, 1, 2, "")), "en")


def test_of_a_message_only_what_would_end_it_is_escaped() -> None:
    finding = Diagnostic.of("GR207", Place("a.yaml", 1, 1, 2, ""), value="100%: a, b")
    assert "::`100%25: a, b` is not a number%0A" in command(finding, "en")


def test_the_command_prints_one_line_for_each_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("good.yaml").write_text(SMALL)
    Path("wrong.yaml").write_text(
        SMALL.replace("weight: 4", "weight: 5").replace("title: Bonus", "titel: Bonus")
    )
    done = CliRunner().invoke(main, ["check", "good.yaml", "wrong.yaml", "none.yaml", "--format", "github"])
    assert (done.exit_code, [line.partition(",col")[0] for line in done.stdout.splitlines()]) == (
        1,
        [
            "::error file=wrong.yaml,line=9",
            "::error file=wrong.yaml,line=27",
            "::error file=wrong.yaml,line=28",
            "::error file=none.yaml,line=1",
        ],
    )


def test_a_clean_rubric_prints_nothing(tmp_path: Path) -> None:
    path = tmp_path / "good.yaml"
    path.write_text(SMALL)
    done = CliRunner().invoke(main, ["check", str(path), "--format", "github"])
    assert (done.exit_code, done.stdout) == (0, "")
