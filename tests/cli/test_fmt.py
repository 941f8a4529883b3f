"""`govrubric fmt`: what is written, what is only shown, and what is refused."""

import os
from pathlib import Path
from typing import NoReturn

import pytest
from click.testing import CliRunner, Result

from govrubric import cli
from samples import SMALL

ROOT = Path(__file__).parents[2]
UNTIDY = SMALL.replace("id: small\ntitle: Small form\n", "title:  Small form # short\nid: small\n")
TIDY = SMALL.replace("title: Small form", "title: Small form  # short")
TIDY = TIDY.replace(
    """\
    rules:
      - {id: late, deduct: 1, clause: A late report costs one point.}
    items:
""",
    "    items:\n",
).replace(
    """\
          - {id: gap, deduct: 1, per: gap}
""",
    """\
          - {id: gap, deduct: 1, per: gap}
    rules:
      - {id: late, deduct: 1, clause: A late report costs one point.}
""",
)


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.yaml").write_text(UNTIDY)
    Path("b.yaml").write_text(TIDY)


def fmt(*words: str) -> Result:
    return CliRunner().invoke(cli.main, ("fmt", *words))


def test_a_file_is_changed_in_place_once() -> None:
    result = fmt("a.yaml", "b.yaml")
    assert (result.exit_code, result.stdout, result.stderr) == (
        0,
        "a.yaml: laid out\n",
        "1 laid out, 1 unchanged\n",
    )
    assert Path("a.yaml").read_text() == TIDY
    again = fmt("a.yaml")
    assert (again.exit_code, again.stdout, again.stderr) == (0, "", "0 laid out, 1 unchanged\n")


def test_a_file_that_is_laid_out_is_not_touched() -> None:
    os.utime("b.yaml", (1, 1))
    assert fmt("b.yaml").exit_code == 0
    assert Path("b.yaml").stat().st_mtime == 1


def test_check_shows_the_difference_and_writes_nothing() -> None:
    result = fmt("--check", "a.yaml")
    assert result.exit_code == 1
    assert result.stdout.startswith(
        "--- a.yaml\n+++ a.yaml\n@@ -1,6 +1,6 @@\n govrubric: 1\n"
        "-title:  Small form # short\n id: small\n+title: Small form  # short\n total: 10\n"
    )
    assert result.stderr == "1 to be laid out, 0 unchanged\n"
    assert Path("a.yaml").read_text() == UNTIDY


def test_check_of_what_is_laid_out_is_content() -> None:
    result = fmt("b.yaml", "--check")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "0 to be laid out, 1 unchanged\n")


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf" + TIDY.encode(), TIDY.replace("\n", "\r\n").encode()])
def test_what_cannot_be_seen_in_a_difference_is_reported(data: bytes) -> None:
    Path("c.yaml").write_bytes(data)
    result = fmt("c.yaml", "--check")
    assert (result.exit_code, result.stdout) == (
        1,
        "c.yaml: only ends of lines, or the byte order mark, would change\n",
    )
    assert fmt("c.yaml").exit_code == 0
    assert Path("c.yaml").read_bytes() == TIDY.encode()


def test_a_folder_is_searched_for_rubrics_and_files_of_cases() -> None:
    Path("deep").mkdir()
    Path("deep/x.cases.yaml").write_text(
        "cases: [{expect: {total: 1}, tally: {}, name: n}]\nrubric: ../a.yaml\n"
    )
    Path("deep/tally.yaml").write_text("a:   1\n")
    result = fmt(".", "a.yaml")
    assert result.stdout == "./a.yaml: laid out\n./deep/x.cases.yaml: laid out\n"
    assert (
        Path("deep/x.cases.yaml").read_text()
        == "rubric: ../a.yaml\ncases: [{name: n, tally: {}, expect: {total: 1}}]\n"
    )
    assert Path("deep/tally.yaml").read_text() == "a:   1\n"


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "there is no rubric and no file of cases\n"), ("zh-CN", "没有找到评分表或案例文件\n")],
)
def test_a_folder_without_any_is_reported(lang: str, words: str) -> None:
    Path("empty").mkdir()
    result = fmt("empty", "--lang", lang)
    assert (result.exit_code, result.stdout, result.stderr) == (1, "", words)


def test_what_cannot_be_read_is_reported_and_the_rest_is_laid_out() -> None:
    Path("wrong.yaml").write_text("a: [1\n")
    Path("gbk.yaml").write_bytes("govrubric: 1\ntitle: 评分表\n".encode("gbk"))
    result = fmt("none.yaml", "wrong.yaml", "gbk.yaml", "a.yaml")
    assert result.exit_code == 1
    assert result.stdout == "a.yaml: laid out\n"
    assert [
        line.partition(": ")[2].partition(":")[0] for line in result.stderr.splitlines() if "error[" in line
    ] == [
        "error[GR101]",
        "error[GR109]",
        "error[GR104]",
    ]
    assert result.stderr.endswith("\n\n1 laid out, 0 unchanged, 3 refused\n")
    assert Path("wrong.yaml").read_text() == "a: [1\n"


def test_a_chinese_rubric_is_answered_in_chinese() -> None:
    Path("a.yaml").write_text(UNTIDY.replace("total: 10", "language: zh-CN\ntotal: 10"))
    Path("wrong.yaml").write_text("language: zh-CN\na: [1\n")
    result = fmt("a.yaml", "wrong.yaml")
    assert result.stdout == "a.yaml: 已整理\n"
    assert "错误[GR109]" in result.stderr
    assert result.stderr.endswith("1 个文件已整理，0 个无须改动，1 个有误，未动\n")
    result = fmt("--check", "b.yaml", "--lang", "zh")
    assert result.stderr == "0 个文件有待整理，1 个无须改动\n"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "Missing argument 'PATH"),
        (("2023-district",), "`fmt` is for files, and '2023-district' is none: give its path"),
        (("2023-distrikt",), "did you mean '2023-district'?"),
    ],
)
def test_wrong_usage(words: tuple[str, ...], message: str) -> None:
    result = fmt(*words)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_file_that_cannot_be_written_is_left_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = fmt("a.yaml")
    assert result.exit_code == 74
    assert (
        "a.yaml was not written, and what stood there before is whole: No space left on device"
        in result.stderr
    )
    assert Path("a.yaml").read_text() == UNTIDY


def test_the_rubrics_here_are_laid_out() -> None:
    assert fmt("--check", str(ROOT / "rubrics"), str(ROOT / "examples")).exit_code == 0


def test_a_file_that_is_named_twice_is_laid_out_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("b.yaml").write_text("govrubric: 1\nid: x\n")
    result = CliRunner().invoke(cli.main, ["fmt", "--check", "b.yaml", "./b.yaml", str(tmp_path / "b.yaml")])
    assert result.stderr == "0 to be laid out, 1 unchanged\n"
