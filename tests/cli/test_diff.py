"""`govrubric diff`: what is printed in each form and language, exit codes, and bad input."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from govrubric import cli
from samples import RICH, SMALL

TALLIES = (
    "- {unit: u1, name: First, work.papers.missing: 3, work.late: true, bonus.judged: 0.5}\n"
    "- {unit: u2, bonus.used.city: 2, bonus.judged: 1}\n"
)
NEWER = (
    SMALL.replace("id: small", "id: small-2")
    .replace("deduct: 0.3", "deduct: 0.5")
    .replace(
        "A late report costs one point.",
        "A late report costs one point whenever it comes and whoever it was that wrote it.",
    )
    .replace("          - {id: absent, forfeit: all}\n", "")
    .replace(
        "      - {id: judged, judge: 1, step: 0.5}",
        "      - {id: judged, judge: 1, step: 0.5}\n      - {id: extra, award: 1, per: idea}",
    )
)
TEXT = """\
small Small form
→ small-2 Small form

rubric
  id: small → small-2

work Work
  late clause:
    - A late report costs one point.
    + A late report costs one point whenever it comes and whoever it was that wrote it.

work.papers Papers
* missing: 0.3 off per case → 0.5 off per case
* absent removed: forfeits what is left

bonus Bonus
* extra added: 1 added per idea

5 difference(s): 3 can change what a unit comes to (*), 2 cannot

only the older rubric asks for:
  work.papers.absent

only the newer rubric asks for, so that ? stands wherever these have a part:
  bonus.extra

u1 First  5.6 → ?  (?)
  -0.6  work.papers.missing
     ?  bonus.extra (new)
     ?  total: rounding

u2  10.0 → ?  (?)
  ?  bonus.extra (new)
  ?  total: rounding
"""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command runs in a folder with a rubric, the one that follows it, and a file of tallies."""
    monkeypatch.chdir(tmp_path)
    Path("old.yaml").write_text(SMALL)
    Path("new.yaml").write_text(NEWER)
    Path("tallies.yaml").write_text(TALLIES)


def run(*words: str) -> Result:
    return CliRunner().invoke(cli.main, ["diff", *words])


def edited(*edits: tuple[str, str], form: str = SMALL) -> str:
    """A form with some texts replaced, as a file."""
    for old, new in edits:
        assert form.count(old) == 1, old
        form = form.replace(old, new)
    Path("edited.yaml").write_text(form, encoding="utf-8")
    return "edited.yaml"


def test_two_that_mean_the_same() -> None:
    result = run("old.yaml", edited(("total: 10", "total: 10.0   # ten")))
    assert (result.exit_code, result.stdout, result.stderr) == (
        0,
        "small Small form\n→ small Small form\n\nno difference of meaning\n",
        "",
    )


def test_what_changed_and_what_it_comes_to() -> None:
    result = run("old.yaml", "new.yaml", "--tally", "tallies.yaml")
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout == TEXT


def test_without_tallies_there_is_no_trial() -> None:
    assert run("old.yaml", "new.yaml").stdout == TEXT[: TEXT.index("\nonly the older")]


def test_in_chinese() -> None:
    result = run("old.yaml", "new.yaml", "--tally", "tallies.yaml", "--lang", "zh")
    assert result.stdout.splitlines()[3:] == [
        "评分表",
        "  id：small → small-2",
        "",
        "work Work",
        "  late 原文：",
        "    - A late report costs one point.",
        "    + A late report costs one point whenever it comes and whoever it was that wrote it.",
        "",
        "work.papers Papers",
        "* missing：每 case 扣0.3分 → 每 case 扣0.5分",
        "* absent 删去：扣除剩余全部得分",
        "",
        "bonus Bonus",
        "* extra 新增：每 idea 加1分",
        "",
        "5处不同：3处可能改变结果 (*)，2处不改变",
        "",
        "只有旧表要求填报：",
        "  work.papers.absent",
        "",
        "只有新表要求填报，取决于它的分数记作 ?：",
        "  bonus.extra",
        "",
        "u1 First  5.6 → ?  (?)",
        "  -0.6  work.papers.missing",
        "     ?  bonus.extra（新增）",
        "     ?  总分：舍入",
        "",
        "u2  10.0 → ?  (?)",
        "  ?  bonus.extra（新增）",
        "  ?  总分：舍入",
    ]


def test_for_a_memo() -> None:
    result = run(
        "old.yaml",
        edited(("deduct: 0.3", "deduct: 0.5"), ("title: Papers", "title: '*Papers* | <b>'")),
        "--tally",
        "tallies.yaml",
        "--format",
        "markdown",
    )
    assert (
        result.stdout
        == """\
# What changed: Small form → Small form

2 difference(s): 1 can change what a unit comes to, 1 cannot

| Where | What | Before | After | Can change a score |
| --- | --- | --- | --- | --- |
| work.papers \\*Papers\\* \\| \\<b\\> | title | Papers | \\*Papers\\* \\| \\<b\\> |  |
| work.papers \\*Papers\\* \\| \\<b\\> | missing | 0.3 off per case | 0.5 off per case | yes |

## The tallies of the older rubric under both

| Unit | Name | Before | After | Difference | Grade | Place |
| --- | --- | --- | --- | --- | --- | --- |
| u1 | First | 5.6 | 5.0 | -0.6 |  | 2 → 2 |
| u2 |  | 10.0 | 10.0 | 0 |  | 1 → 1 |

| Unit | What did it | Points |
| --- | --- | --- |
| u1 | work.papers.missing | -0.6 |
"""
    )


def test_for_a_program() -> None:
    result = run("old.yaml", "new.yaml", "--tally", "tallies.yaml", "--format", "json")
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    assert list(report) == ["older", "newer", "changes", "remarks", "replay"]
    assert {key: report["newer"][key] for key in ("id", "title")} == {"id": "small-2", "title": "Small form"}
    assert report["newer"]["digest"].startswith("sha256:")
    assert [(one["kind"], one["what"], one["new"], one["key"]) for one in report["changes"]] == [
        ("changed", "rubric", "", "id"),
        ("changed", "rule", "work.late", "clause"),
        ("changed", "rule", "work.papers.missing", "deduct"),
        ("removed", "rule", None, None),
        ("added", "rule", "bonus.extra", None),
    ]
    assert report["changes"][2] == {
        "kind": "changed", "what": "rule", "old": "work.papers.missing", "new": "work.papers.missing",
        "scoring": True, "key": "deduct", "before": "0.3", "after": "0.5",
        "old_sentence": "0.3 off per case", "new_sentence": "0.5 off per case",
    }  # fmt: skip
    assert report["changes"][3]["new_sentence"] is None
    assert (report["remarks"], report["replay"]["dropped"], report["replay"]["added"]) == (
        [],
        [{"input": "work.papers.absent", "units": 0}],
        ["bonus.extra"],
    )
    assert report["replay"]["refused"] == []
    assert report["replay"]["units"][0] == {
        "unit": "u1", "name": "First", "before": "5.6", "after": "?", "difference": "?",
        "old_grade": None, "new_grade": None, "old_place": 2, "new_place": "?",
        "effects": [
            {"what": "rule", "old": "work.papers.missing", "new": "work.papers.missing", "amount": "-0.6"},
            {"what": "rule", "old": None, "new": "bonus.extra", "amount": "?"},
            {"what": "rounding", "old": "", "new": "", "amount": "?"},
        ],
    }  # fmt: skip


def test_without_tallies_the_data_has_no_trial() -> None:
    assert list(json.loads(run("old.yaml", "new.yaml", "--format", "json").stdout)) == [
        "older",
        "newer",
        "changes",
        "remarks",
    ]


def test_into_a_file() -> None:
    result = run("old.yaml", "new.yaml", "--out", "memo.txt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert Path("memo.txt").read_text("utf-8").startswith("small Small form\n")


def test_a_was_that_is_not_followed_is_said() -> None:
    newer = edited(
        ("id: bonus\n", "id: bonus\n    was: gone\n"),
        ("id: gap,", "id: gap, was: work.papers.missing,"),
        ("id: missing,", "id: missing, was: work.papers.missing,"),
    )
    lines = run("old.yaml", newer).stdout.splitlines()
    assert lines[-3:] == [
        "bonus: `was: gone` names nothing in the older rubric",
        "work.papers.missing: `was: work.papers.missing` is said by several, so none of them is followed",
        "work.index.gap: `was: work.papers.missing` is said by several, so none of them is followed",
    ]
    memo = run("old.yaml", newer, "--format", "markdown").stdout.splitlines()
    assert memo[-4:-2] == ["", "* bonus: \\`was: gone\\` names nothing in the older rubric"]
    assert json.loads(run("old.yaml", newer, "--format", "json").stdout)["remarks"][0] == {
        "kind": "nothing",
        "path": "bonus",
        "was": "gone",
    }


def test_a_unit_whose_values_the_newer_refuses_is_named_and_the_rest_is_compared() -> None:
    newer = edited(("judge: 1, step: 0.5", "judge: 0.5, step: 0.5"))
    result = run("old.yaml", newer, "--tally", "tallies.yaml")
    assert result.exit_code == 1
    assert result.stdout.endswith(
        "u1 First  5.6 → 5.6  (0)\n\nu2 – not compared: the newer rubric does not take its values\n"
    )
    assert (
        result.stderr.splitlines()[0]
        == "tallies.yaml:2:48: error[GR607]: `bonus.judged` goes from 0 to 0.5, and this is 1"
    )
    report = json.loads(run("old.yaml", newer, "--tally", "tallies.yaml", "--format", "json").stdout)
    assert report["replay"]["refused"] == [{"unit": "u2", "name": None}]
    assert run("old.yaml", newer, "--tally", "tallies.yaml", "--format", "markdown").stdout.endswith(
        "\n\n* u2 – not compared: the newer rubric does not take its values\n"
    )


def test_what_only_one_asks_for_is_named_in_a_memo() -> None:
    """Bonus had 2 of 3; Gift is new, so that its points are unknown."""
    newer = edited(("id: bonus\n    title: Bonus", "id: gift\n    title: Gift"))
    lines = run("old.yaml", newer, "--tally", "tallies.yaml", "--format", "markdown").stdout.splitlines()
    assert lines[15:21] == [
        (
            "only the older rubric asks for: bonus.used.city (above zero in 1 unit(s)), "
            "bonus.used.province, bonus.judged (above zero in 2 unit(s))"
        ),
        "",
        (
            "only the newer rubric asks for, so that ? stands wherever these have a part: "
            "gift.used.city, gift.used.province, gift.judged"
        ),
        "",
        "| Unit | Name | Before | After | Difference | Grade | Place |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    assert "| u2 | bonus Bonus (gone) | -3 |" in lines
    assert "| u2 | gift Gift (new) | ? |" in lines


def test_who_has_another_place_is_told() -> None:
    """Two missing papers of u1 cost 0.6 and not 0.2, so that u2 overtakes it."""
    Path("cheap.yaml").write_text(SMALL.replace("deduct: 0.3", "deduct: 0.1"))
    Path("two.yaml").write_text(
        "- {unit: u1, work.papers.missing: 2, bonus.judged: 1}\n- {unit: u2, work.index.gap: 1, bonus.judged: 1}\n"
    )
    shown = run("cheap.yaml", "old.yaml", "--tally", "two.yaml").stdout.splitlines()
    assert [line for line in shown if line.startswith("u")] == [
        "u1  7.8 → 7.4  (-0.4)  place 1 → 2", "u2  7.6 → 7.6  (0)  place 2 → 1",
    ]  # fmt: skip
    chinese = run("cheap.yaml", "old.yaml", "--tally", "two.yaml", "--lang", "zh-CN").stdout
    assert "u1  7.8 → 7.4  (-0.4)  名次 1 → 2" in chinese


@pytest.mark.parametrize("name", ["2023-district", "2023-department"])
def test_next_years_file_shows_what_new_changed_and_nothing_else(name: str) -> None:
    result = CliRunner().invoke(
        cli.main, ["new", "--from", name, "--id", "next-2024", "--year", "2024", "--out", "next.yaml"]
    )
    assert result.exit_code == 0
    report = json.loads(run(name, "next.yaml", "--format", "json").stdout)
    assert [(one["kind"], one["what"], one["key"], one["scoring"]) for one in report["changes"]] == [
        ("changed", "rubric", key, False) for key in ("id", "title", "valid.from", "valid.to")
    ]


def test_grades_and_totals_that_are_none() -> None:
    Path("rich.yaml").write_text(RICH)
    newer = edited(("from: 80", "from: 60"), ("at_most: 60, ", ""), form=RICH)
    given = "class: A, desk.mail.replied: 20, tests: {first.graded: 40, second.graded: 40, third.graded: 40}"
    Path("rich-tallies.yaml").write_text(f"- {{unit: u1, served: true, {given}}}\n- {{unit: u2, {given}}}\n")
    lines = run("rich.yaml", newer, "--tally", "rich-tallies.yaml").stdout.splitlines()
    assert lines[-3:] == [
        "u1  90.0 → 90.0  (0)  Good → Good",
        "",
        "u2  no score → no score  (–)  Closed → Closed",
    ]
    ungraded = edited(
        ("grades:\n  - {grade: Good, from: 80}\n  - {grade: Fair, from: 50}\n  - {grade: Poor}\n", ""),
        (", grade_at_most: Fair", ""),
        (", grade: Closed", ""),
        form=RICH,
    )
    assert (
        run("rich.yaml", ungraded, "--tally", "rich-tallies.yaml").stdout.splitlines()[-3]
        == "u1  90.0 → 90.0  (0)  Good → –"
    )


# Bad input


def test_wrong_files_end_with_2_and_are_reported_with_their_place() -> None:
    Path("wrong.yaml").write_text(SMALL.replace("weight: 4", "weight: 5"))
    for words in (("old.yaml", "wrong.yaml"), ("wrong.yaml", "old.yaml")):
        result = run(*words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("wrong.yaml:9:13: error[GR302]")


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("none.yaml", None, "GR101"),
        ("gbk.yaml", "id: 文明\n".encode("gbk"), "GR104"),
        ("empty.yaml", b"", "GR1"),
        ("folder", b"", "GR1"),
        ("list.yaml", b"- 1\n", "GR2"),
    ],
)
def test_a_file_that_cannot_be_read_ends_with_2(name: str, data: bytes | None, code: str) -> None:
    if name == "folder":
        Path(name).mkdir()
    elif data is not None:
        Path(name).write_bytes(data)
    for words in ((f"./{name}", "old.yaml"), ("old.yaml", f"./{name}")):
        result = run(*words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert code in result.stderr
        assert result.exception is None or isinstance(result.exception, SystemExit)


def test_a_wrong_tally_ends_with_2_and_nothing_is_printed() -> None:
    Path("tallies.yaml").write_text("unit: u1\nwork.late: 3\nbonus.judged: 1\n")
    result = run("old.yaml", "new.yaml", "--tally", "tallies.yaml")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("tallies.yaml:2:12: error[GR605]")


def test_a_file_that_cannot_be_written_ends_with_74() -> None:
    result = run("old.yaml", "new.yaml", "--out", "no/such/folder.txt")
    assert (result.exit_code, result.stdout) == (74, "")
    assert "no/such/folder.txt was not written" in result.stderr


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("old.yaml",), "Missing argument 'NEWER'"),
        (("old.yaml", "new.yaml", "--format", "html"), "'html' is not one of 'text', 'json', 'markdown'"),
        (
            ("old.yaml", "2023-distrct"),
            "'2023-distrct' is neither a file nor a shipped rubric; did you mean '2023-district'?",
        ),
    ],
)
def test_wrong_usage_ends_with_2(words: tuple[str, ...], message: str) -> None:
    result = run(*words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in result.stderr


def test_what_an_author_wrote_cannot_act_on_a_terminal_or_forge_a_line() -> None:
    newer = edited(("title: Papers", 'title: "Papers\\n* all is well"'))
    assert "  title: Papers → Papers⏎* all is well" in run("old.yaml", newer).stdout.splitlines()


@pytest.mark.parametrize("pair", [("2023-district", "2023-department"), ("2023-department", "2023-district")])
@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_the_shipped_rubrics(pair: tuple[str, str], form: str) -> None:
    result = run(*pair, "--format", form)
    assert (result.exit_code, result.stderr) == (1, "")
