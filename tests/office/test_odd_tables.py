"""Ten odd tables: what stands in each row, and what was read tolerantly; written down by hand."""

from pathlib import Path
from typing import NamedTuple

import pytest

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.office.documents import tables_in
from govrubric.office.grids import ScoringTable
from govrubric.office.table import scoring_tables
from odd_tables import ODD

CONTACTS = "GR825 文件中的表格 1（共 2 行）不是评分表格，未读取：单位 联系人 电话"


class Said(NamedTuple):
    """What a scoring table says: its titles, its total, its rows, what stands below, and the notes."""

    titles: list[str]
    total: str | None
    rows: list[tuple[int, list[str], str, str]]  # number, levels with weights, weight, standard
    below: list[str]
    notes: list[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, make in ODD.items():
        (tmp_path / name).write_bytes(make())
    return tmp_path


def tables(folder: Path, name: str) -> list[ScoringTable]:
    path = folder / name
    return list(scoring_tables(tables_in(path), str(path)))


def note(found: Diagnostic) -> str:
    return f"{found.code} {found.message('zh')}"


def said(table: ScoringTable) -> Said:
    rows = []
    for row in table.rows:
        levels = [
            f"{cell.text}={weight.text if weight else ''}"
            for cell, weight in zip(row.levels, row.weights, strict=True)
        ]
        texts = [row.cells[role].text if role in row.cells else "-" for role in ("weight", "standard")]
        rows.append((row.at, levels, *texts))
    total = table.total.text if table.total else None
    return Said(list(table.titles), total, rows, list(table.grid.below), list(map(note, table.grid.notes)))  # type: ignore[arg-type] # two texts


def test_merged_both_ways_with_three_levels(folder: Path) -> None:
    (table,) = tables(folder, "merged.docx")
    assert said(table) == Said(
        ["附件1", "2024年度图书馆服务考核表"],
        "100",
        [
            (3, ["服务（60分）=", "开放=", "开放时间=20"], "20", "每少开放1天扣1分。"),
            (4, ["服务（60分）=", "开放=", "节假日开放=20"], "20", "未开放的，每次扣2分。"),
            (5, ["服务（60分）=", "借阅=20"], "20", "投诉属实的，每起扣2分。"),
            (6, ["安全=40"], "40", "发生事故的，不得分。"),
        ],
        ["注：得分保留一位小数。"],
        [],
    )
    assert table.header == 1
    first, second = table.rows[:2]
    assert first.levels[0] is second.levels[0]
    assert first.levels[0][1:] == (2, 1, 3, 1)
    assert {"self", "official"} <= set(first.cells)


def test_automatic_numbers(folder: Path) -> None:
    (table,) = tables(folder, "numbered.docx")
    first, second = table.rows
    assert [first.cells["number"].text, second.cells["number"].text] == ["1", "2"]
    assert [first.levels[0].text, second.levels[0].text] == ["一、受理（4分）", "二、办理（6分）"]
    assert first.cells["requirement"].lines == ("1.及时登记（2分）。", "2.按期告知（2分）。")
    assert first.cells["standard"].lines == (
        "1.未登记的，每件扣0.5分。", "2.下列情形每件扣0.2分：", "（1）未告知的；", "（2）告知有误的。",
    )  # fmt: skip
    assert second.cells["requirement"].lines == ("按期办结（6分）。",)
    assert second.cells["standard"].lines == ("①超期的，每件扣1分。", "②退回重办的，每件扣2分。")


def test_tracked_changes_are_read_as_accepted(folder: Path) -> None:
    (table,) = tables(folder, "tracked.docx")
    assert said(table) == Said(
        [],
        None,
        [(2, ["应急值守=10"], "10", "脱岗的，每次扣1分。"), (3, ["应急演练=10"], "10", "未演练的，扣10分。")],
        [],
        ["GR811 表格 1：有 6 处修订，按接受修订后的内容读取"],
    )


def test_content_controls_a_table_in_a_cell_and_what_is_not_printed(folder: Path) -> None:
    (table,) = tables(folder, "controlled.docx")
    assert said(table) == Said(
        [],
        None,
        [(2, ["办结率=１０分"], "１０分", "按下表计分：\n办结率 | 得分\n95%以上 | 10\n90%以上 | 6")],
        [],
        [
            "GR810 表格 1：略去了 1 处隐藏的文字",
            "GR814 表格 1：单元格内另有表格（1 个），已作为该格的若干行读取",
        ],
    )


def test_several_tables_with_headers_that_repeat(folder: Path) -> None:
    city, towns = tables(folder, "several.docx")
    assert said(city) == Said(
        ["附件1", "城区考核表"],
        "100",
        [(2, ["环境卫生=60"], "60", "每处扣1分"), (4, ["市容秩序=40"], "40", "每起扣2分")],
        ["一票否决：发生重大安全事故的，取消评优资格。"],
        [CONTACTS],
    )
    assert said(towns) == Said(
        ["附件2", "乡镇考核表"],
        None,
        [
            (3, ["一、村庄整治（30分）=", "垃圾清运=30"], "30", "每次扣1分"),
            (5, ["二、河道保洁（70分）=", "保洁=40"], "40", "每处扣2分"),
            (6, ["二、河道保洁（70分）=", "保洁=30"], "30", "每处扣1分"),
        ],
        ["加分项：获省级表彰的，加2分；获市级表彰的，加1分。"],
        [CONTACTS],
    )
    assert (city.grid.number, towns.grid.number) == (2, 3)
    letter = ("关于印发考核办法的通知", "各单位：现将考核办法印发给你们，请遵照执行。", "单位 联系人 电话")
    assert city.grid.above == towns.grid.above == letter


def test_what_is_hidden_in_a_workbook(folder: Path) -> None:
    (table,) = tables(folder, "hidden.xlsx")
    assert said(table) == Said(
        ["2024年营商环境考核表"],
        "100%",
        [
            (5, ["（一）政务服务=", "网办率=15%"], "15%", "低于90%的，每低1个百分点扣1分"),
            (7, ["（一）政务服务=", "办理时限=12.5%"], "12.5%", "超时的，每件扣0.5分\n最多扣5分"),
            (10, ["满意度=72.5%"], "72.5%", "按调查得分折算"),
        ],
        [],
        [
            "GR810 略去了 1 处隐藏的工作表（草稿）",
            "GR810 表格 1：略去了 1 处隐藏的行（6）",
            "GR810 表格 1：略去了 1 处隐藏的列（D）",
        ],
    )
    assert table.grid.name == "考核表"
    assert table.rows[2].cells["number"].text == "４"


def test_a_csv_in_gb18030(folder: Path) -> None:
    (table,) = tables(folder, "gb18030.csv")
    assert said(table) == Said(
        ["防汛工作考核表"],
        "100",
        [
            (4, ["责任落实（６０分）=", "值班=30"], "30", "1.脱岗的，每次扣5分。\n2.迟报的，每次扣2分。"),
            (5, ["责任落实（６０分）=", "巡查=30"], "30", "漏查的，每处扣3分。"),
            (6, ["物资储备（40分）=40"], "40", '缺少的，每种扣2分，称“"缺项"”。'),
        ],
        [],
        [
            "GR812 文件不是 UTF-8 编码，已按 GB18030 读取",
            "GR815 表格 1：“一级指标”一列有 1 个空格，按与上一格合并读取",
        ],
    )


def test_an_english_table(folder: Path) -> None:
    (table,) = tables(folder, "english.docx")
    assert said(table) == Said(
        ["Annual assessment of libraries"],
        "50",
        [
            (2, ["Opening hours=20"], "20", "(a) 0.5 points off per day.\n(b) Up to 10 points."),
            (3, ["Complaints=30"], "30", "2 points off for each complaint upheld."),
        ],
        [],
        [],
    )
    assert table.rows[1].cells["number"].text == "2"
    assert {"assessor", "official", "note"} <= set(table.rows[0].cells)


def test_a_weight_for_each_level_and_a_column_without_a_role(folder: Path) -> None:
    (table,) = tables(folder, "weights.docx")
    assert said(table) == Said(
        [],
        None,
        [
            (2, ["日常工作=40", "报送信息=15"], "15", "少报1条扣1分\n被采用的，每条加1分"),
            (3, ["日常工作=40", "参加会议=25"], "25", "缺席1次扣2分"),
            (4, ["专项工作=60", "重点任务=60"], "60", "未完成的，每项扣5分"),
        ],
        [],
        ["GR817 表格 1：“联络员”一列未读取，其中 3 格有文字"],
    )


def test_a_workbook_of_several_sheets_and_two_tables_in_one(folder: Path) -> None:
    first, second, third = tables(folder, "sheets.xlsx")
    assert said(first)[:3] == (
        ["甲类部门考核表"],
        "100",
        [(3, ["法治建设=50"], "50", "每起扣5分"), (4, ["队伍建设=50"], "50", "每人扣2分")],
    )
    assert said(second)[:3] == (["乙类部门考核表"], None, [(9, ["窗口服务=100"], "100", "每次扣1分")])
    assert said(third)[:3] == ([], None, [(2, ["护林防火=10"], "10", "每次扣1分")])
    assert [one.grid.name for one in (first, second, third)] == ["部门", "部门", "乡镇"]
