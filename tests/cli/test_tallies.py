"""Commands take filled forms, folders of them, and plain sheets wherever they take tallies."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from form_files import form, sheet_of
from govrubric import cli
from samples import SMALL, small

TALLY = {"work.papers.missing": 5, "bonus.judged": 0.5}  # 10 - 1.5 - 3 + 0.5 of the bonus


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(SMALL, "utf-8")
    Path("forms").mkdir()
    Path("forms/b.xlsx").write_bytes(form(small(), TALLY, unit="d02", name="乙区"))
    Path("forms/a.xlsx").write_bytes(form(small(), {**TALLY, "work.late": True}, unit="d01", name="甲区"))
    rows = [
        ["unit", "name", "work.late", "work.papers.missing", "bonus.judged"],
        ["d01", "甲区", "是", 5, 0.5],
    ]
    Path("sheet.xlsx").write_bytes(sheet_of(rows))


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.main, list(words))


def test_score_takes_a_folder_of_forms_in_the_order_of_their_names() -> None:
    result = run("score", "small.yaml", "forms", "--format", "csv")
    assert (result.exit_code, result.stderr) == (0, "")
    assert [line.split(",")[:3] for line in result.stdout.splitlines()[1:]] == [["d01", "甲区", "5.0"], ["d02", "乙区", "6.0"]]  # fmt: skip


def test_score_tells_what_it_understood_and_still_scores() -> None:
    result = run("score", "small.yaml", "sheet.xlsx", "--format", "csv", "--lang", "zh-CN")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1].startswith("d01,甲区,5.0")
    assert result.stderr.startswith("sheet.xlsx:表!C2: 提示[GR880]: ")


def test_what_is_wrong_in_a_folder_is_told_by_file_and_cell() -> None:
    Path("forms/c.xlsx").write_bytes(form(small(), {**TALLY, "work.papers.missing": 1.5}, unit="d03"))
    result = run("score", "small.yaml", "forms")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("forms/c.xlsx:自评填报!E9: error[GR603]")


def test_a_unit_that_two_forms_name_is_told_with_both() -> None:
    Path("forms/c.xlsx").write_bytes(form(small(), TALLY, unit="d01"))
    result = run("score", "small.yaml", "forms")
    assert result.stderr.startswith("forms/c.xlsx:自评填报!C2: error[GR633]")
    assert "first here: forms/a.xlsx:自评填报!C2" in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("explain", "small.yaml", "forms/a.xlsx"),
        ("explain", "small.yaml", "forms", "--unit", "d02"),
        ("whatif", "small.yaml", "forms"),
        ("readings", "small.yaml", "forms"),
        ("diff", "small.yaml", "small.yaml", "--tally", "forms"),
    ],
)
def test_other_commands_take_forms_too(words: tuple[str, ...]) -> None:
    result = run(*words)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "d02" in result.stdout or "d01" in result.stdout or words[0] in ("diff", "readings", "whatif")


def test_verify_compares_cards_with_the_forms_they_come_from() -> None:
    assert run("score", "small.yaml", "forms", "--format", "json", "--out", "cards.json").exit_code == 0
    assert run("verify", "cards.json", "small.yaml", "--tally", "forms").exit_code == 0
    assert run("verify", "cards.json", "small.yaml", "--tally", "forms/a.xlsx").exit_code == 1


def test_a_form_is_never_written_over() -> None:
    before = Path("forms/a.xlsx").read_bytes()
    result = run("score", "small.yaml", "forms", "--out", "forms/a.xlsx")
    assert (result.exit_code, Path("forms/a.xlsx").read_bytes()) == (2, before)


def test_batch_takes_no_workbook_and_says_what_to_do() -> None:
    result = run("batch", "small.yaml", "sheet.xlsx", "out.csv")
    assert result.exit_code == 1
    assert "GR654" in result.stderr
