"""Grids to scoring tables: headers of several rows, sections, totals, notes, empty cells, tables in one grid."""

import pytest

from govrubric.diagnostics.diagnostic import DraftError
from govrubric.office.grids import Cell, Grid, ScoringTable, filled
from govrubric.office.header import header_at
from govrubric.office.table import scoring_tables


def grid(*rows: str, number: int = 1, title: tuple[str, ...] = (), below: tuple[str, ...] = ()) -> Grid:
    """A grid of rows, whose cells stand between bars; `<` goes on from the left, `^` from above.

    `/` ends a line within a cell.
    """
    texts = [row.split("|") for row in rows]
    cells = []
    for at, row in enumerate(texts):
        for column, text in enumerate(row):
            if text in ("<", "^"):
                continue
            columns = (
                next((more for more in range(column + 1, len(row)) if row[more] != "<"), len(row)) - column
            )
            heights = (more for more in range(at + 1, len(texts)) if texts[more][column] != "^")
            rows_ = next(heights, len(texts)) - at
            cells.append(Cell(tuple(text.split("/")) if text else (), at, column, rows_, columns))
    return Grid("", number, title, below, filled(cells, len(texts), len(texts[0])), ())


def table(*rows: str) -> ScoringTable:
    (found,) = scoring_tables([grid(*rows)])
    return found


def said(found: ScoringTable) -> list[str]:
    """Of each row its number, its levels with their weights, and its standard."""
    return [
        " ".join([
            str(row.at),
            ">".join(f"{one.text}{f'={weight.text}' if weight else ''}" for one, weight in zip(row.levels, row.weights, strict=True)),
            row.cells["standard"].text if "standard" in row.cells else "-",
        ])
        for row in found.rows
    ]  # fmt: skip


def notes(found: ScoringTable) -> list[str]:
    return [f"{one.code} {one.where} {one.message('zh')}" for one in found.grid.notes]


HEAD = "指标|分值|评分标准"


def test_a_header_of_one_row() -> None:
    found = table("考核表|<|<", "|单位：|", HEAD, "值守|10|脱岗扣1分", "||")
    assert (found.titles, found.header, said(found)) == (("考核表",), 2, ["4 值守=10 脱岗扣1分"])
    assert found.grid.above == ("单位：",)
    assert {role: cell.text for role, cell in found.rows[0].cells.items()} == {
        "indicator": "值守", "weight": "10", "standard": "脱岗扣1分",
    }  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        ("序号|考核指标|<|评分标准|得分|<", "^|一级|二级|^|自评|考评"),
        ("序号|考核指标|<|评分标准|得分|<", "|一级|二级||自评|考评"),  # as a CSV has it
        ("序号|考核指标||评分标准|得分|", "|一级|二级||自评|考评"),
        ("序号|考核指标|<|评分标准|得分|<", "^|一级|二级|^|自评|考评", "^|^|^|^|分数|分数"),
    ],
)
def test_a_header_of_several_rows(rows: tuple[str, ...]) -> None:
    found = table(*rows, "1|值守|在岗|脱岗扣1分|甲|乙")
    assert found.header == len(rows) - 1
    assert [cell.text for cell in found.rows[0].levels] == ["值守", "在岗"]
    assert [found.rows[0].cells[role].text for role in ("self", "official", "number")] == ["甲", "乙", "1"]


def test_grades_under_one_heading_are_read_with_their_names() -> None:
    found = table(
        "指标|评分标准|<|<", "^|优秀|良好|合格", "值守|全部在岗|偶有脱岗/不超过2次|", "演练|已演练|<|<"
    )
    assert said(found) == ["3 值守 优秀：全部在岗\n良好：偶有脱岗\n不超过2次", "4 演练 已演练"]


def test_columns_of_one_role_are_read_together() -> None:
    found = table(
        "指标|工作要求|具体内容|扣分标准|加分标准",
        "值守|在岗|按时报告|脱岗扣1分|表扬加1分",
        "演练|每年|<|未演练扣5分|",
    )
    assert said(found) == ["2 值守 脱岗扣1分\n表扬加1分", "3 演练 未演练扣5分"]
    assert [row.cells["requirement"].lines for row in found.rows] == [("在岗", "按时报告"), ("每年",)]


def test_the_first_column_of_what_is_scored_is_the_indicator() -> None:
    assert said(table("考核内容|分值|扣分标准", "值守|10|脱岗扣1分")) == ["2 值守=10 脱岗扣1分"]
    found = table("考核要点|工作要求|扣分标准", "值守|在岗|脱岗扣1分")
    assert (said(found), found.rows[0].cells["requirement"].text) == (["2 值守 脱岗扣1分"], "在岗")


def test_a_column_that_only_counts_is_no_indicator() -> None:
    found = table(
        "Item|Criterion|Points|Notes",
        "1|Hours|10|",
        "Item|Criterion|Points|Notes",
        "2.1|Staff|20|",
        "Total||30|",
    )
    assert said(found) == ["2 Hours=10 -", "4 Staff=20 -"]
    assert [row.cells["number"].text for row in found.rows] == ["1", "2.1"]
    assert found.total == Cell(("30",), 4, 2)
    assert said(table("项目|指标|标准", "|甲|每次扣1分")) == ["2 甲 每次扣1分"]
    assert said(table("项目|指标|标准", "1|一|a", "1|二|b")) == ["2 1>一 a", "3 1>二 b"]
    assert said(table("项目|标准", "1|a")) == ["2 1 a"]


def test_weights_belong_to_the_level_before_them() -> None:
    found = table(
        "类别|权重|指标|分值|标准", "日常|40|信息|15|a", "^|^|会议|25|b", "专项|60||60|c", "其他|0||5|d",
    )  # fmt: skip
    assert said(found) == ["2 日常=40>信息=15 a", "3 日常=40>会议=25 b", "4 专项=60 c", "5 其他=0 d"]
    assert [row.cells["weight"].text for row in found.rows] == ["15", "25", "60", "0"]
    assert said(table("分值|指标|标准", "10|值守|a")) == ["2 值守=10 a"]
    assert said(table("类别|指标|要求|分值|标准", "日常|值守|在岗|10|a")) == ["2 日常>值守=10 a"]
    assert said(table("类别|权重|指标|标准", "日常|40|值守|a")) == ["2 日常=40>值守 a"]
    assert said(table("指标|标准分|满分|标准", "值守|10|20|a")) == ["2 值守=10 a"]


def test_a_weight_that_reaches_over_several_rows_is_that_of_a_higher_level() -> None:
    found = table("类别|指标|分值|标准", "日常|信息|40|a", "^|会议|^|b", "专项|督办|60|c", "专项|演练|^|d")
    assert said(found) == ["2 日常=40>信息 a", "3 日常=40>会议 b", "4 专项=60>督办 c", "5 专项=60>演练 d"]
    assert [row.cells["weight"].text for row in found.rows] == ["", "", "", ""]


def test_a_row_without_a_weight_still_has_its_cell() -> None:
    (row,) = table(HEAD, "值守||脱岗扣1分").rows
    assert row.cells["weight"] == Cell((), 1, 1)


def test_empty_cells_belong_to_the_one_above() -> None:
    found = table(
        "一级指标|二级指标|分值|标准", "|甲|1|a", "日常|值守|5|b", "||5|c", "|信息|5|d", "专项||5|e", "||5|f", "合计||30|", "||2|g",
    )  # fmt: skip
    assert said(found) == [
        "2 甲=1 a", "3 日常>值守=5 b", "4 日常>值守=5 c", "5 日常>信息=5 d", "6 专项=5 e", "7 专项=5 f", "9  g",
    ]  # fmt: skip
    assert notes(found) == [
        "GR815 :1:1 表格 1：“一级指标”一列有 3 个空格，按与上一格合并读取",
        "GR815 :1:2 表格 1：“二级指标”一列有 1 个空格，按与上一格合并读取",
    ]
    assert "indicator" in found.rows[-1].cells


def test_sections() -> None:
    found = table(
        "序号|指标|分值|标准|备注", "一、日常（20分）|<|<|<|<", "1|值守|20|a|", "二、专项|<|80||", "2|演练|80|b|", "小计||80||",
        "3|其他|1|c|", "三、奖惩|<|9|a|<", "三、奖惩|<|<|<|9", "4|表彰|9|d|",
    )  # fmt: skip
    assert said(found) == [
        "3 一、日常（20分）>值守=20 a", "5 二、专项=80>演练=80 b", "7 其他=1 c", "8 三、奖惩=9 a", "10 三、奖惩>表彰=9 d",
    ]  # fmt: skip


def test_a_section_with_its_weight_in_the_column_of_weights() -> None:
    found = table("序号|指标|标准|分值", "一、日常|<|<|20", "1|值守|a|20", "二、专项|<|<|")
    assert said(found) == ["3 一、日常=20>值守=20 a"]


def test_a_wide_cell_beside_text_is_a_row() -> None:
    assert said(table("指标|标准|佐证材料|分值", "值守及演练|<|记录|10")) == ["2 值守及演练=10 "]


def test_the_only_text_of_a_row() -> None:
    # Where nothing is merged, a text in the first column is a title; anywhere else it is what its column says.
    assert said(table("序号|指标|标准", "一、日常||", "1|值守|a", "||b", "|演练|", "||c", "||注")) == [
        "3 一、日常>值守 a", "4 一、日常>值守 b", "6 演练 c", "7 演练 注",
    ]  # fmt: skip
    # Where cells are merged, a title would be merged too.
    assert said(table("考核表|<|<", HEAD, "值守||", "演练|10|a")) == ["3 值守 ", "4 演练=10 a"]


def test_words_in_rows_that_score_nothing_are_kept() -> None:
    found = table(
        "考核表|<|<|<", "说明：总分100分。|<|<|<", "指标|分值|标准|备注", "空栏目|<|<|<", "值守|^|a|b".replace("^", "10"),
        "二、未用|<|<|<", "三、专项|<|<|<", "演练|90|a|", "|||见附件", "说明|保留一位小数||", "等次||90分以上为优秀，60分以上为合格|",
        "甲||90分以上为优秀，60分以上为合格|", "注：略|||", "合计|100||按季考核", "由县防汛办解释|||", "90|||",
    )  # fmt: skip
    assert (found.titles, found.grid.above) == (("考核表",), ("说明：总分100分。",))
    assert said(found) == ["5 空栏目>值守=10 a", "8 三、专项>演练=90 a"]
    assert found.grid.below == (
        "二、未用", "见附件", "说明：保留一位小数", "等次：90分以上为优秀，60分以上为合格", "甲", "90分以上为优秀，60分以上为合格", "注：略",
        "按季考核", "由县防汛办解释", "90",
    )  # fmt: skip


def test_words_between_two_tables_go_to_the_one_that_they_are_about() -> None:
    first, second = scoring_tables(
        [
            grid(
                "甲表||",
                HEAD,
                "值守|10|a",
                "||",
                "注：甲||",
                "乙考核表||",
                "说明：乙||",
                "指标|分值|扣分标准",
                "演练|20|b",
            )
        ]
    )
    assert (first.grid.below, first.titles) == (("注：甲",), ("甲表",))
    assert (second.titles, second.grid.above) == (("乙考核表",), ("说明：乙",))


def test_tables_that_score_nothing_are_told_unless_they_are_words_or_grades() -> None:
    words = grid("说明", "总分100分。", number=2)
    grades = grid("等次|得分", "优秀|90分以上", "合格|60分以上", number=3)
    others = grid("单位|电话", "甲|12345", number=4)
    (found,) = scoring_tables([grid(HEAD, "值守|10|a"), words, grades, others])
    assert found.grid.above == ("说明", "总分100分。", "等次 得分；优秀 90分以上；合格 60分以上", "单位 电话")
    assert notes(found) == ["GR825 :1:1 文件中的表格 4（共 2 行）不是评分表格，未读取：单位 电话"]


def test_notes_and_signatures_stand_below() -> None:
    found = table(
        HEAD, "值守|10|a", "注：保留一位小数|<|<", "加分项：获表彰的，加2分。|<|<", "考核组长签字：　　　日期：|<|<",
        "一票否决/发生事故的，不得评优|<|<", "长句" * 21 + "|<|<", "合计（10分）|<|<",
    )  # fmt: skip
    assert found.grid.below == (
        "注：保留一位小数", "加分项：获表彰的，加2分。", "考核组长签字：　　　日期：", "一票否决", "发生事故的，不得评优", "长句" * 21,
    )  # fmt: skip
    assert (found.total, said(found)) == (Cell(("合计（10分）",), 7, 0, 1, 3), ["2 值守=10 a"])


@pytest.mark.parametrize(
    "label", ["合计", "合 计", "总分（100分）", "总计：100分", "共计", "Total", "总分100"]
)
def test_totals(label: str) -> None:
    assert table(HEAD, "值守|10|a", f"{label}||").total == Cell((label,), 2, 0)


def test_subtotals_and_several_totals() -> None:
    found = table(
        "序号|指标|分值|标准",
        "1|值守|10|a",
        "|小计|10|",
        "2|演练|20|b",
        "|合计|30|",
        "3|表彰|5|c",
        "总分|<|35|",
        "||x|^",
    )
    assert said(found)[:3] == ["2 值守=10 a", "4 演练=20 b", "6 表彰=5 c"]
    assert found.total == Cell(("35",), 6, 2)


def test_a_label_that_reaches_down_counts_once() -> None:
    found = table(HEAD, "值守|10|a", "合计|10|", "^|20|b")
    assert found.total == Cell(("10",), 2, 1)


def test_rows_that_say_nothing_are_left_out() -> None:
    found = table("序号|指标|标准|自评依据", "1|值守|a|", "^|^|^|（材料）", "2|||", "3|演练|b|")
    assert said(found) == ["2 值守 a", "5 演练 b"]


def test_headers_that_repeat() -> None:
    found = table(
        "考核表|<|<",
        HEAD,
        "值守|10|a",
        "考核表|<|<",
        "指标（续）|分值|评分标准",
        "演练|20|b",
        HEAD,
        "抢险|30|c",
    )
    assert said(found) == ["3 值守=10 a", "6 演练=20 b", "8 抢险=30 c"]


def test_a_title_and_a_header_on_each_page() -> None:
    found = table("考核表|<|<", HEAD, "值守|10|a", "||", "考核表|<|<", HEAD, "演练|20|b", HEAD, "抢险|30|c")
    assert said(found) == ["3 值守=10 a", "7 演练=20 b", "9 抢险=30 c"]
    assert found.titles == ("考核表",)


def test_a_header_below_the_title_of_a_section() -> None:
    found = table("一、日常|<|<", HEAD, "值守|10|a", "二、专项|<|<", HEAD, "演练|20|b")
    assert said(found) == ["3 值守=10 a", "6 二、专项>演练=20 b"]


@pytest.mark.parametrize(
    "between", [("合计|10|",), ("||", "乙表|<|<"), ("合计|10|", "||", "甲表|<|<"), ("合计|10|", "乙表|<|<")]
)
def test_another_table_in_the_same_grid(between: tuple[str, ...]) -> None:
    first, second = scoring_tables(
        [grid("甲表|<|<", HEAD, "值守|10|a", *between, HEAD, "演练|20|b", title=("附件",), below=("注",))]
    )
    assert (said(first), said(second)) == (["3 值守=10 a"], [f"{5 + len(between)} 演练=20 b"])
    assert (first.titles, first.grid.below) == (("附件", "甲表"), ())
    assert (second.titles, second.grid.below) == (
        tuple(one.split("|")[0] for one in between if "表" in one),
        ("注",),
    )
    assert second.total is None


def test_a_header_with_other_headings_begins_another_table() -> None:
    first, second = scoring_tables([grid(HEAD, "值守|10|a", "加分项目|分值|加分标准", "表彰|5|b")])
    assert (said(first), said(second)) == (["2 值守=10 a"], ["4 表彰=5 b"])


def test_tables_beside_each_other() -> None:
    made = grid(
        "考核表|<|<|<|<|<|<", "指标|分值|标准||指标|分值|标准", "一、日常|<|<|<|<|<|<", "值守|10|a||演练|20|b", "会议|5|c||||", "合计|15|||合计|20|",
        below=("注",),
    )  # fmt: skip
    left, right = scoring_tables([made])
    assert (said(left), said(right)) == (
        ["4 一、日常>值守=10 a", "5 一、日常>会议=5 c"],
        ["4 一、日常>演练=20 b"],
    )
    assert [one.total and one.total.text for one in (left, right)] == ["15", "20"]
    assert [one.titles for one in (left, right)] == [("考核表",), ("考核表",)]
    assert [one.grid.below for one in (left, right)] == [(), ("注",)]
    assert len(scoring_tables([grid("指标|标准|项目|指标|标准|项目", "a|b|c|d|e|f")])) == 2
    # Two levels with their weights are one table.
    assert said(table("指标|权重|指标|权重", "日常|40|值守|10")) == ["2 日常=40>值守=10 -"]


def test_a_title_over_two_rows_is_told_once() -> None:
    assert table("考核表|<|<", "^|^|^", HEAD, "值守|10|a").titles == ("考核表",)


def test_columns_without_a_role_are_told_if_they_say_something() -> None:
    found = table("指标|标准|联系人||指标性质", "值守|a|李某|定量|", "演练|b||<|")
    assert notes(found) == [
        "GR817 :1:3 表格 1：“联系人”一列未读取，其中 1 格有文字",
        "GR817 :1:4 表格 1：“4”一列未读取，其中 1 格有文字",
    ]


def test_a_table_that_may_go_on_in_the_next() -> None:
    rest = grid("演练|10|b", number=2)
    (found,) = scoring_tables([grid(HEAD, "值守|10|a"), rest], "x.docx")
    assert notes(found) == ["GR818 x.docx:1:1 表格 2 与其前的表格 1 列数相同而没有表头，未读取"]
    for other in (rest._replace(title=("附件2",)), grid("演练|10", number=2), rest._replace(number=3)):
        (found,) = scoring_tables([grid(HEAD, "值守|10|a"), other])
        assert [note.code for note in found.grid.notes] == ["GR825"]
    (found,) = scoring_tables([grid(HEAD, "值守|10|a", below=("注：",)), rest])
    assert [note.code for note in found.grid.notes] == ["GR825"]
    assert len(scoring_tables([grid(HEAD, "值守|10|a"), grid(HEAD, "演练|10|b", number=2)])) == 2


@pytest.mark.parametrize(
    "rows",
    [
        ("单位|联系人|电话", "城管局|李某|12345"),
        ("指标|单位|数值", "人口|万人|80"),  # of statistics
        ("单位|得分|名次", "城管局|98|1"),  # of results
        ("指标|甲|乙|丙|评分标准", "a|b|c|d|e"),  # fewer than half are headings
        ("评分标准|分值|", "a|b|"),
        ("指标|指标|", "a|b|"),
        ("指标||", "分值||"),
    ],
)
def test_other_tables_are_no_scoring_tables(rows: tuple[str, ...]) -> None:
    with pytest.raises(DraftError) as error:
        scoring_tables([grid(*rows)])
    assert error.value.diagnostics[0].code == "GR806"


def test_what_was_seen_of_the_largest_table_is_told() -> None:
    with pytest.raises(DraftError, match=r"\(2\) is a scoring table.*the largest begins: 单位 \| 联系人 甲"):
        scoring_tables([grid("a|b"), grid("通讯录|<", "单位|联系人/甲", "x|y")], "x.docx")
    with pytest.raises(DraftError, match="begins: 通讯录"):
        scoring_tables([grid("通讯录|<")])
    for made, file in ((Grid("", 1, (), (), (), ()), "x.docx"), (grid("用户|密码"), "x.CSV")):
        with pytest.raises(DraftError, match=r"points, how scored\)\n"):
            scoring_tables([made], file)


def test_no_header_begins_in_a_row_that_is_reached_from_above() -> None:
    made = grid("甲|乙|丙", "^|指标|评分标准")
    assert header_at(made, 0) is None
    assert header_at(made, 1) is None
