"""`govrubric batch`: what is printed, exit codes, bad input; progress on a terminal."""

import io
import os
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner, Result

from batched import BAD, TEXT, UNITS
from govrubric import cli
from govrubric.batch import polars as polars_batch
from govrubric.batch import silence

SUMMARY = """\
Small form

3 unit(s)
1 without a total

lowest total     7.0
lower quartile   7.0
median           7.0
upper quartile  10.0
highest total   10.0
mean             8.50

A  1
B  1
"""
CHINESE = """\
Small form

5 个单位
1 个无总分
2 行有误，没有得分

最低总分     7.0
下四分位数   7.0
中位数       7.0
上四分位数  10.0
最高总分    10.0
平均         8.50

A  1
B  1

GR602  1
GR604  1
GR609  1
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command runs in a folder with a rubric, a good table and a bad one."""
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(TEXT)
    UNITS.write_parquet("in.parquet")
    pl.concat([UNITS, BAD[:2]]).write_parquet("bad.parquet")


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.main, ["batch", "small.yaml", *words])


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
def test_a_summary_is_printed(engine: str) -> None:
    pl.read_parquet("in.parquet").with_columns(pl.col("bonus.judged").cast(pl.Decimal(5, 2))).write_parquet(
        "in.parquet"
    )
    result = run("in.parquet", "out.parquet", "--engine", engine)
    assert (result.stdout, result.stderr, result.exit_code) == (SUMMARY, "", 0)
    assert pl.read_parquet("out.parquet").height == 3


def test_without_a_total_nothing_is_said_of_totals() -> None:
    UNITS[:0].write_parquet("in.parquet")
    result = run("in.parquet", "out.csv", "--lang", "zh")
    assert (result.stdout, result.exit_code) == ("Small form\n\n0 个单位\n\nA  0\nB  0\n", 0)


def test_without_grades_nothing_is_said_of_grades() -> None:
    Path("small.yaml").write_text(
        "\n".join(line for line in TEXT.splitlines() if not line.startswith("grades"))
    )
    assert run("in.parquet", "out.csv").stdout == SUMMARY.removesuffix("\nA  1\nB  1\n")


def test_rows_in_error_are_reported_and_nothing_is_written() -> None:
    Path("out.csv").write_text("old")
    result = run("bad.parquet", "out.csv", "--lang", "zh")
    assert (result.stdout, result.exit_code) == ("", 1)
    assert "5 行中有 2 行" in result.stderr
    assert "第 4 行（d）: 错误[GR602]" in result.stderr
    assert Path("out.csv").read_text() == "old"


def test_rows_in_error_are_kept_and_reported() -> None:
    result = run("bad.parquet", "out.csv", "--on-error", "report", "--lang", "zh-CN")
    assert (result.stdout, result.exit_code) == (CHINESE, 1)
    assert "GR650" not in result.stderr
    assert result.stderr.startswith("第 4 行（d）: 错误[GR602]")
    assert len(Path("out.csv").read_text("utf-8").splitlines()) == 6


def test_options_reach_the_columns() -> None:
    assert run("in.parquet", "out.arrow", "--detail", "rules", "--scaled").exit_code == 0
    columns = pl.scan_ipc("out.arrow").collect_schema().names()
    assert columns[5:9] == ["total/10", "grade", "work/2", "work.late:raw/1"]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("in.parquet", "in.parquet"), 2, "OUT 'in.parquet' would write over 'in.parquet'"),
        (("in.parquet", "./in.parquet"), 2, "OUT './in.parquet' would write over 'in.parquet'"),
        (
            ("in.csv", "out.parquet", "--engine", "duckdb"),
            2,
            "--engine duckdb reads and writes .parquet (or .pq) only",
        ),
        (
            ("in.parquet", "out.arrow", "--engine", "spark"),
            2,
            "--engine spark reads and writes .parquet (or .pq) only",
        ),
        (("none.parquet", "out.parquet"), 1, "none.parquet:1:1: error[GR101]"),
        (("in.parquet", "out.xlsx"), 1, "out.xlsx:1:1: error[GR654]"),
        (("small.yaml", "out"), 1, "error[GR654]"),
        (("in.parquet", "."), 2, "OUT '.' would write over 'small.yaml'"),
        (
            ("in.parquet", "none/out.parquet"),
            74,
            "none/out.parquet was not written: No such file or directory",
        ),
        (("in.parquet", "in.parquet/out.csv"), 74, "in.parquet/out.csv was not written: Not a directory"),
    ],
)
def test_bad_input_is_reported(words: tuple[str, ...], code: int, said: str) -> None:
    result = run(*words)
    assert (result.stdout, result.exit_code) == ("", code)
    assert said in result.stderr


def test_what_stands_in_the_way_is_kept() -> None:
    os.mkfifo("out.csv")
    assert (
        "out.csv was not written, and what stood there before is whole: not a regular file"
        in run("in.parquet", "out.csv").stderr
    )


def test_a_library_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    result = run("in.parquet", "out.parquet", "--engine", "duckdb")
    assert result.exit_code == 1
    assert "pip install duckdb" in result.stderr


@pytest.mark.parametrize(
    ("lang", "old", "said"),
    [
        ("en", "", "interrupted: out.csv was not written\n"),
        ("en", "old", "interrupted: out.csv was not written, and what stood there before is whole\n"),
        ("zh", "old", "已中断：未写出 out.csv，原有文件完好\n"),
    ],
)
def test_an_interruption_is_reported(monkeypatch: pytest.MonkeyPatch, lang: str, old: str, said: str) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(polars_batch, "run", interrupted)
    if old:
        Path("out.csv").write_text(old)
    result = run("in.parquet", "out.csv", "--lang", lang)
    assert (result.stdout, result.stderr, result.exit_code) == ("", said, 130)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("text", [Terminal(), io.StringIO()])
def test_on_a_terminal_it_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch, text: io.StringIO) -> None:
    class Loud:
        def __enter__(self) -> io.StringIO:
            return text

        def __exit__(self, *_: object) -> None:
            pass

    done = polars_batch.run

    def told(job: Any, show: Any) -> Any:
        show(5, 10)
        return done(job, show)

    monkeypatch.setattr(polars_batch, "run", told)
    monkeypatch.setattr(silence, "silenced", Loud)
    assert run("in.parquet", "out.csv").exit_code == 0
    assert text.getvalue() == (
        "\r50 %: 5 of 10 units, 5/s, 0:00:01 left\x1b[K\r\x1b[K" if text.isatty() else ""
    )
