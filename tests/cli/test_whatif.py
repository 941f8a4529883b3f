"""`govrubric whatif`: what is printed in each form and language, and bad input."""

import builtins
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner, Result

from govrubric import cli
from samples import RICH, SMALL

# The four units of tests/sensitivity/test_study.py.
U1 = (
    "work: {late: true, papers.missing: 5, index.gap: 2}, bonus.used: {city: 2, province: 1}, "
    "bonus.judged: 0.5"
)
FOUR = f"""\
- {{unit: u1, {U1}}}
- {{unit: u2, bonus.used.city: 2, bonus.judged: 1}}
- {{unit: u3, work.index.gap: 7, bonus.judged: 0.5}}
- {{unit: u4, {U1}}}
"""
TEXT = """\
Small form
4 unit(s)

Which indicator decides: had everybody full marks in it
spread   mean  greatest  moved  farthest   first  indicator
──────  ─────  ────────  ─────  ────────  ──────  ───────────
60.9 %  +2.45      +3.4      2  u1 2 → 1  others  work Work
39.1 %  +0.63      +2.5      3  u3 4 → 2       –  bonus Bonus

The largest part of the spread of the totals, 60.9 %, comes from work Work.

Rules: the effect of one smaller, or larger, by 10 %
         mean     greatest  moved  farthest  first  rule
─────────────  ───────────  ─────  ────────  ─────  ──────────────────────────
+0.10 / -0.05  +0.2 / -0.1  0 / 0         –      –  work.papers.missing Papers
 +0.13 / 0.00   +0.3 / 0.0  0 / 0         –      –  work.index.gap Index
+0.05 / -0.05  +0.1 / -0.1  0 / 0         –      –  work.late Work
 -0.05 / 0.00   -0.2 / 0.0  0 / 0         –      –  bonus.used Bonus
-0.03 / +0.03  -0.1 / +0.1  0 / 0         –      –  bonus.judged Bonus

0 of 5 change a rank, 0 change who stands first.

Counts: one case less, or more, for everybody
         mean     greatest  moved  farthest  first  count
─────────────  ───────────  ─────  ────────  ─────  ──────────────────────────
-0.25 / +0.50  -0.5 / +2.0  0 / 0         –      –  bonus.used.province Bonus
+0.35 / -0.30  +0.5 / -0.4  0 / 0         –      –  work.index.gap Index
-0.25 / +0.25  -1.0 / +1.0  0 / 0         –      –  bonus.used.city Bonus
+0.15 / -0.30  +0.3 / -0.3  0 / 0         –      –  work.papers.missing Papers

0 of 4 change a rank, 0 change who stands first.

spread    the part of the spread of the totals that comes from the indicator
mean      the mean change of the total
greatest  the greatest change of a total
moved     how many units have another rank
farthest  who moves by the most places
first     whether others stand first
… / …     of two figures the first is for less, the second for more
"""
CHINESE = """\
Small form
2 个单位，其中 1 个无总分

哪项指标决定名次：假如各单位该项都得满分
差距占比  平均增减  最大增减  变动单位  变动最大  第一名  指标
────────  ────────  ────────  ────────  ────────  ──────  ───────────
       –     +3.40      +3.4         0         –       –  work Work
       –      0.00       0.0         0         –       –  bonus Bonus

各指标没有拉开总分差距。
"""
NOTHING = """\
Small form
1 unit(s), 1 of them without a total

Which indicator decides: had everybody full marks in it
spread  mean  greatest  moved  farthest  first  indicator
──────  ────  ────────  ─────  ────────  ─────  ─────────
     –     –         –      0         –      –  a A

The indicators do not set the totals apart.

spread    the part of the spread of the totals that comes from the indicator
mean      the mean change of the total
greatest  the greatest change of a total
moved     how many units have another rank
farthest  who moves by the most places
first     whether others stand first
"""
SAME = {
    "mean": "0",
    "greatest": "0",
    "moved": 0,
    "places": 0,
    "farthest": None,
    "first": False,
    "regraded": 0,
    "void": 0,
}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command runs in a folder with a rubric and a file of tallies."""
    monkeypatch.chdir(tmp_path)
    Path("small.yaml").write_text(SMALL)
    Path("four.yaml").write_text(FOUR)


def run(*words: str, form: str = "small.yaml") -> Result:
    return CliRunner().invoke(cli.main, ["whatif", form, *words])


def table(**columns: Any) -> str:
    pl.DataFrame({name.replace("__", "."): column for name, column in columns.items()}).write_parquet(
        "a.parquet"
    )
    return "a.parquet"


def test_a_table_tells_what_matters_most_first() -> None:
    result = run("four.yaml")
    assert (result.stdout, result.stderr, result.exit_code) == (TEXT, "", 0)


def test_in_chinese() -> None:
    Path("veto.yaml").write_text(
        SMALL.replace(
            "indicators:", "gates: [{id: veto, when: work.papers.absent, score: none}]\nindicators:"
        )
    )
    Path("two.yaml").write_text(f"- {{unit: u1, {U1}}}\n- {{unit: u2, {U1}, work.papers.absent: true}}\n")
    result = run("two.yaml", "--lang", "zh-CN", form="veto.yaml")
    assert result.stdout.startswith(CHINESE)


def test_as_json() -> None:
    data = json.loads(run("four.yaml", "--format", "json", "--share", "12.5%").stdout)
    assert data["rubric"].keys() == {"id", "title", "digest"}
    assert (data["rubric"]["id"], data["units"], data["void"], data["share"]) == ("small", 4, 0, "0.125")
    assert data["indicators"][1] == {
        "path": "bonus",
        "title": "Bonus",
        "spread": "0.390634",  # 3395 / 8691 = 0.39063398…
        "mean": "0.625",
        "greatest": "2.5",
        "moved": 3,
        "places": 4,
        "farthest": {"unit": "u3", "before": 4, "after": 2},
        "first": False,
        "regraded": 0,
        "void": 0,
    }
    assert [one["path"] for one in data["rules"]] == [
        "work.late",
        "work.papers.missing",
        "work.index.gap",
        "bonus.used",
        "bonus.judged",
    ]
    # 4.5 points for five cases, so that 2.5 more are 0.1875 a paper less: 6.83… and 6.45…
    assert data["rules"][1]["less"] == {**SAME, "mean": "0.1", "greatest": "0.2"}
    assert data["counts"][3] == {
        "path": "bonus.used.province",
        "less": {**SAME, "mean": "-0.25", "greatest": "-0.5"},
        "more": {**SAME, "mean": "0.5", "greatest": "2"},
    }


def test_it_says_how_many_of_them_change_the_ranking() -> None:
    # 7.5, 7.2 and 7.2: with one paper fewer missing all have 7.5, and with one more 7.2, 6.9 and 6.9.
    stdout = run(table(work__papers__missing=[0, 1, 1], bonus__judged=["0.5", "0.5", "0.5"])).stdout
    assert "0 of 5 change a rank, 0 change who stands first." in stdout
    assert "1 of 4 change a rank, 1 change who stands first." in stdout
    assert "+0.20 / -0.30  +0.3 / -0.3  2 / 0  #2 2 → 1   less  work.papers.missing Papers\n" in stdout


def test_what_changes_nothing_is_named_at_the_end() -> None:
    stdout = run(table(unit=["u1", "u2"], bonus__judged=[0, 0])).stdout
    assert (
        "0 of 5 change a rank, 0 change who stands first.\n"
        "Nothing changes with: work.late, work.papers.missing, work.index.gap, bonus.used, "
        "bonus.judged\n"
    ) in stdout
    assert "The indicators do not set the totals apart." in stdout


def test_grades_and_lost_totals_have_columns_of_their_own() -> None:
    Path("rich.yaml").write_text(RICH.replace("when: not served", "when: desk.calls.missed > 6"))
    name = table(
        unit=["r1", "r2"], served=[True, True], **{"class": ["A", "B"]},
        desk__calls__missed=[5, 6], desk__mail__replied=[20, 0],
        tests__first__graded=[40, 40], tests__second__graded=[20, 20], tests__third__graded=[40, 40],
    )  # fmt: skip
    # r1 has 20 + 20 + 40 = 80, and r2 has 18 + 40 = 58. With one call less they have 82 and 60; with one more
    # r1 has 60, which is its cap, and r2 has no total.
    stdout = run(name, form="rich.yaml").stdout
    rows = [" ".join(line.split()) for line in stdout.splitlines()]
    assert "+2.00 / -20.00 +2.0 / -20.0 0 / 1 – – 0 / 2 0 / 1 desk.calls.missed Calls" in rows
    assert "The largest part of the spread of the totals, 100.0 %, comes from desk Desk." in rows
    assert "\ngrades    how many units have another grade\nno total  how many units have no total\n" in stdout


def test_where_there_are_no_points_and_no_counts_there_are_no_tables_of_them() -> None:
    lost = (
        "- {id: a, title: A, weight: 10, gates: [{id: g, when: lost, score: none}], "
        "rules: [{id: lost, forfeit: all}]}"
    )
    Path("lost.yaml").write_text(SMALL.partition("indicators:")[0] + f"indicators:\n  {lost}\n")
    stdout = run(table(a__lost=[True]), form="lost.yaml").stdout
    assert stdout == NOTHING


@pytest.mark.parametrize("share", ["10", "0.1", "0%", "100%", "-5%", "%", "ten%", "", "1e1%"])
def test_a_share_is_a_percentage(share: str) -> None:
    result = run("four.yaml", "--share", share)
    assert result.exit_code == 2
    assert f"{share!r} is no percentage above 0% and below 100%; write it as 10%" in result.stderr.replace(
        "\n", " "
    )


@pytest.mark.parametrize("share", ["2.5%", "2.5 %", "2.5％"])
def test_a_share_may_be_written_as_people_do(share: str) -> None:
    assert json.loads(run("four.yaml", "--share", share, "--format", "json").stdout)["share"] == "0.025"


def test_it_goes_into_a_file() -> None:
    assert run("four.yaml", "--out", "study.txt").stdout == ""
    assert Path("study.txt").read_text("utf-8") == TEXT


def test_a_table_says_the_same() -> None:
    name = table(
        unit=["u1", "u2", "u3", "u4"], work__late=[True, False, False, True],
        work__papers__missing=[5, 0, 0, 5], work__index__gap=[2, 0, 7, 2],
        bonus__used__city=[2, 2, 0, 2], bonus__used__province=[1, 0, 0, 1],
        bonus__judged=["0.5", "1", "0.5", "0.5"],
    )  # fmt: skip
    assert run(name).stdout == TEXT
    pl.read_parquet(name).write_ipc("a.arrow")
    assert run("a.arrow").stdout == TEXT


def test_a_table_stands_alone() -> None:
    result = run(table(bonus__judged=[0]), "four.yaml")
    assert (result.exit_code, "stands alone" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    ("words", "code"),
    [(("nowhere.yaml",), "GR101"), (("nowhere.parquet",), "GR101"), (("four.txt",), "GR630")],
)
def test_a_file_that_cannot_be_read_is_reported(words: tuple[str, ...], code: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout, code in result.stderr) == (1, "", True)


def test_what_is_wrong_in_a_table_is_reported_with_its_row() -> None:
    result = run(table(unit=["u1", "u2"], bonus__judged=[0, 2]))
    assert (result.exit_code, result.stdout) == (1, "")
    assert "GR607" in result.stderr
    assert "row 2 (u2)" in result.stderr


def test_without_polars_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def refused(name: str, *rest: Any) -> Any:
        if name == "polars":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refused)
    result = run("four.yaml")
    assert (result.exit_code, result.stderr) == (
        1,
        "Error: whatif needs more packages: pip install 'govrubric[frames]'\n",
    )
