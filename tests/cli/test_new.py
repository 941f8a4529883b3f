"""`govrubric new`: the rubric of another year, what is told of it, and what is refused."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from govrubric import cli
from govrubric.document.files import RUBRIC_LIMIT
from samples import SMALL

DATED = SMALL.replace("title: Small form\n", "title: Form of 2023\nvalid: {from: 2023-01-01}\n").replace(
    "id: small", "id: small-2023"
)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("old.yaml").write_text(DATED)


def new(*words: str) -> Result:
    return CliRunner().invoke(cli.main, ("new", *words))


def follow(*words: str, source: str = "old.yaml", year: str = "2024") -> Result:
    return new("--from", source, "--id", "small-2024", "--year", year, *words)


def test_the_new_rubric_is_printed_and_what_is_new_is_reported_beside_it() -> None:
    result = follow()
    assert result.exit_code == 0
    assert result.stdout.startswith(
        "govrubric: 1\nid: small-2024\ntitle: Form of 2024\nvalid: {from: 2024-01-01}\n"
        "total: 10  # to be confirmed\n"
        "round: {places: 1, mode: half_up}  # to be confirmed\n"
    )
    assert result.stderr == (
        "id: small-2023 → small-2024\n"
        "valid.from: 2023-01-01 → 2024-01-01\n"
        "title: Form of 2023 → Form of 2024\n"
        "12 marks “# to be confirmed” stand for 14 numbers. Confirm each number, "
        "take its mark out, and then run:\n"
        "  govrubric check FILE\n"
        "  govrubric diff old.yaml FILE\n"
    )


def test_it_is_written_to_a_file_that_is_not_there_yet() -> None:
    result = follow("--out", "new.yaml")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.endswith("  govrubric check new.yaml\n  govrubric diff old.yaml new.yaml\n")
    first = Path("new.yaml").read_bytes()
    again = follow("--out", "new.yaml", year="2025")
    assert again.exit_code == 2
    assert "'new.yaml' exists already, and is not written over" in again.stderr
    assert Path("new.yaml").read_bytes() == first


def test_a_link_that_leads_nowhere_is_there() -> None:
    Path("new.yaml").symlink_to("nowhere.yaml")
    assert follow("--out", "new.yaml").exit_code == 2


def test_a_chinese_rubric_is_answered_in_chinese() -> None:
    result = follow(source="2023-department")
    assert "\ntotal: 100  # 待确认\n" in result.stdout
    assert (
        "title: 2023年政务公开考核评估指标（部门版） → 2024年政务公开考核评估指标（部门版）\n"
        in result.stderr
    )
    assert (
        "处标有“# 待确认”。请逐一核对，确认后删去标记，再运行：\n  govrubric check FILE\n  govrubric diff 2023-department FILE\n"
        in result.stderr
    )
    assert "Confirm each number" in follow("--lang", "en", source="2023-department").stderr


def test_the_number_of_questions_is_reported() -> None:
    Path("old.yaml").write_text(DATED.replace("total: 10", "note: As in 2021.\ntotal: 10"))
    assert (
        "\n1 more mark(s) quote what was kept: numbers of documents, school years, plans, other years.\n12 marks"
        in follow().stderr
    )
    assert (
        "\n文号、学年、规划及其他年份一律照旧，另有 1 处“# to be confirmed：……”写明所指文字。\n共 14 个"
        in (follow("--lang", "zh-CN").stderr)
    )


def test_where_no_year_is_known_that_is_reported() -> None:
    Path("old.yaml").write_text(SMALL)
    assert follow().stderr.startswith(
        "id: small → small-2024\nNo year in it was to be moved on: titles and days are as they were.\n"
    )
    assert "没有需要顺延的年份" in follow("--lang", "zh-CN").stderr


def test_what_was_taken_out_is_reported() -> None:
    Path("old.yaml").write_text(SMALL.replace("title: Bonus\n", "title: Bonus\n    was: extra\n"))
    assert "indicators[1].was: extra → (taken out)\n" in follow().stderr
    assert "indicators[1].was: extra → （删去）\n" in follow("--lang", "zh-CN").stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--id", "a", "--year", "2024"), "Missing option '--from'"),
        (
            ("--from", "old.yaml", "--id", "2024-form", "--year", "2024"),
            "'2024-form' is no id: that is a small letter, then",
        ),
        (("--from", "old.yaml", "--id", "评分表", "--year", "2024"), "'评分表' is no id"),
        (
            ("--from", "old.yaml", "--id", "small-2023", "--year", "2024"),
            "'small-2023' is the id of old.yaml itself",
        ),
        (("--from", "old.yaml", "--id", "a", "--year", "24"), "24 is not in the range 1900<=x<=2999"),
        (("--from", "2023-distrikt", "--id", "a", "--year", "2024"), "did you mean '2023-district'?"),
    ],
)
def test_wrong_usage(words: tuple[str, ...], message: str) -> None:
    result = new(*words)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_rubric_that_is_refused_has_no_successor() -> None:
    Path("old.yaml").write_text(DATED.replace("weight: 4", "weight: 5"))
    result = follow("--out", "new.yaml")
    assert result.exit_code == 1
    assert "error[GR302]" in result.stderr
    assert not Path("new.yaml").exists()


def test_a_folder_has_no_successor() -> None:
    Path("old.yaml").unlink()
    Path("old.yaml").mkdir()
    result = follow("--out", "new.yaml")
    assert (result.exit_code, Path("new.yaml").exists()) == (1, False)
    assert "old.yaml:1:1: error[GR102]" in result.stderr


def test_a_rubric_that_would_come_out_too_large_is_refused() -> None:
    line = f"#{'y' * 990}\n"
    Path("old.yaml").write_text(
        DATED
        + line * ((RUBRIC_LIMIT - len(DATED)) // len(line))
        + "#" * ((RUBRIC_LIMIT - len(DATED)) % len(line))
    )
    result = follow("--out", "new.yaml")
    assert result.exit_code == 1
    assert "error[GR103]" in result.stderr
    assert not Path("new.yaml").exists()
