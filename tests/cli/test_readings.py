"""The command `readings`."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from classes import CHIEFS
from govrubric.cli import main


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["readings", *map(str, arguments)])


def files(
    folder: Path, rows: str = "unit,variant,chiefs.share\na,county,90.5\nb,,95\n", text: str = CHIEFS
) -> tuple[Path, Path]:
    rubric, tallies = folder / "r.yaml", folder / "t.csv"
    rubric.write_text(text, "utf-8")
    tallies.write_text(rows, "utf-8")
    return rubric, tallies


def test_a_table_for_each_ambiguity(tmp_path: Path) -> None:
    result = run(*files(tmp_path))
    assert result.exit_code == 0
    # Each is the only unit of its variant.
    assert "  a     county    29.50      1   good    29.55*     1   good" in result.output


def test_json(tmp_path: Path) -> None:
    rubric, tallies = files(tmp_path)
    out = tmp_path / "out.json"
    assert run(rubric, tallies, "--format", "json", "--out", out).exit_code == 0
    assert [unit["total"] for unit in json.loads(out.read_text("utf-8"))["units"]] == ["29.5", "30"]


def test_without_tallies_the_cases_are_taken(tmp_path: Path) -> None:
    result = run(files(tmp_path)[0], "--lang", "zh")
    assert result.exit_code == 0
    assert "  案例    版本" in result.output


def test_a_variant_is_chosen(tmp_path: Path) -> None:
    rubric, tallies = files(tmp_path, "unit,chiefs.share\na,90.5\n")
    assert "chiefs (county) ·" in run(rubric, tallies, "--variant", "county").output
    wrong = run(rubric, tallies, "--variant", "country")
    assert (wrong.exit_code, "did you mean `county`" in wrong.output) == (2, True)


def test_wrong_tallies_and_wrong_cases_are_told(tmp_path: Path) -> None:
    assert run(*files(tmp_path, "unit,variant,chiefs.share\na,country,90.5\n")).exit_code == 1
    text = CHIEFS.replace("- {name: base, tally: {chiefs.share: 90.5}", "- {name: base, tally: {}")
    assert run(files(tmp_path, text=text)[0]).exit_code == 1
