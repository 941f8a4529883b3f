"""`govrubric draft`: the rubric of a table, what is told of it, and what is refused."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import office_files
from govrubric import cli, loads, office

EXAMPLES = Path(__file__).parents[2] / "examples"
TABLE = "指标,分值,评分标准\n值守,10,脱岗的，每次扣1分\n报告,20,按质量评\n"


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("考核表.csv").write_text(TABLE, "utf-8")


def draft(*words: str) -> Result:
    return CliRunner().invoke(cli.main, ("draft", *words))


def test_the_draft_is_printed_and_what_it_has_is_told_beside_it() -> None:
    result = draft("考核表.csv")
    assert result.exit_code == 0
    assert loads(result.stdout).item("zhishou").full == 10
    assert result.stderr == (
        "title: 表1：表中没有标题\n"
        "total: 表1：表中没有总分，此处为各项之和，是否如此？\n"
        "round: 表1：总分保留几位小数，如何舍入？\n"
        "baogao.assessed: 表1第3行第1条：条款未写明如何计分：“按质量评”\n"
        "共 2 个指标，其中 2 个的分值取自表格；2 条条款逐字照录；拟出 2 条规则；4 处标有“# 待确认”。"
        "请逐处核对，确认后删去标记，再运行：\n"
        "  govrubric check FILE\n"
    )


def test_it_speaks_english_when_asked() -> None:
    result = draft("考核表.csv", "--lang", "en")
    assert result.stdout == draft("考核表.csv").stdout
    assert result.stderr.endswith(
        "2 items, 2 with a weight from the table; 2 clauses, word for word; 2 rules proposed; "
        "4 marks “# to be confirmed”. Confirm each, take its mark out, and then run:\n"
        "  govrubric check FILE\n"
    )


def test_questions_are_counted_where_a_mark_asks_several() -> None:
    grades = "等次：95分以上为优秀，80分（不含）—95分为良好，80分以下为合格"
    Path("等次.csv").write_text(f"{TABLE}{grades},,\n", "utf-8")
    # The title, the total, the rounding, how 报告 is judged, and 良好, at whose line 95 and 80 are asked about.
    assert "5 处标有“# 待确认”（共 6 个问题）。" in draft("等次.csv").stderr
    assert "5 marks “# to be confirmed” (6 questions). Confirm" in draft("等次.csv", "--lang", "en").stderr


def test_it_is_written_to_a_file_that_is_not_there_yet() -> None:
    result = draft("考核表.csv", "--out", "draft.yaml")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.endswith("  govrubric check draft.yaml\n")
    first = Path("draft.yaml").read_bytes()
    again = draft("考核表.csv", "--out", "draft.yaml")
    assert again.exit_code == 2
    assert "“--out”的值不对：“draft.yaml”已存在，不予覆盖" in again.stderr  # in the language of the table
    english = draft("考核表.csv", "--out", "draft.yaml", "--lang", "en")
    assert english.exit_code == 2
    assert "'draft.yaml' exists already, and is not written over" in english.stderr
    assert Path("draft.yaml").read_bytes() == first


def test_check_lists_exactly_what_is_open() -> None:
    draft(str(EXAMPLES / "2023-district.docx"), "--out", "district.yaml")
    checked = CliRunner().invoke(cli.main, ("check", "district.yaml"))
    assert checked.exit_code == 1  # there are questions
    assert checked.stdout.count("[GR470]") == 11
    assert checked.stdout.count("警告[") == 11


def test_several_tables_are_listed_and_one_is_chosen() -> None:
    Path("两表.csv").write_text(f"甲表,,\n{TABLE}合计,30,\n,,\n乙表,,\n{TABLE}", "utf-8")
    result = draft("两表.csv", "--lang", "zh-CN")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "错误[GR821]: 文件中有 2 张评分表格，未指明用哪一张：1 甲表; 2 乙表" in result.stderr
    second = draft("两表.csv", "--table", "2")
    assert second.exit_code == 0
    assert "\ntitle: 乙表\n" in second.stdout
    third = draft("两表.csv", "--table", "3")
    assert third.exit_code == 1
    assert "GR822" in third.stderr


def test_many_questions_are_told_in_part() -> None:
    Path("长表.csv").write_text("指标,分值,评分标准\n" + "报告,2,按质量评\n" * 50, "utf-8")
    for language, words in (("zh-CN", "（另有 3 处）"), ("en", "(and 3 more)")):
        lines = draft("长表.csv", "--lang", language).stderr.splitlines()
        assert lines[50] == words
        assert len(lines) == 53


def test_a_package_that_is_missing_is_named_in_a_program_too(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("考核表.xlsx").write_bytes(office_files.xlsx(office_files.lines(("指标", "分值"))))
    monkeypatch.delattr(office, "excel", raising=False)
    monkeypatch.setitem(sys.modules, "govrubric.office.excel", None)
    assert draft("考核表.xlsx").stderr == (
        "Error: a workbook needs one more package: pip install 'govrubric[office]'\n"
    )
    monkeypatch.delattr(office, "drafting", raising=False)
    monkeypatch.setitem(sys.modules, "govrubric.office.drafting", None)
    assert draft("考核表.csv").stderr == (
        "Error: draft needs more packages: pip install 'govrubric[office]'\n"
    )


@pytest.mark.parametrize(
    ("missing", "file", "told"),
    [
        ("pypinyin", "考核表.csv", "draft needs more packages: pip install 'govrubric[office]'"),
        (
            "python_calamine",
            "考核表.xlsx",
            "a workbook needs one more package: pip install 'govrubric[office]'",
        ),
    ],
)
def test_a_package_that_is_missing_is_named(missing: str, file: str, told: str) -> None:
    Path("考核表.xlsx").write_bytes(office_files.xlsx(office_files.lines(("指标", "分值"))))
    code = f"import sys; sys.modules['{missing}'] = None; from govrubric.cli import main; main(['draft', '{file}'])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stdout, run.stderr) == (1, "", f"Error: {told}\n")
