"""Ten tables as offices have them, each with an oddity or several; of the makers' own wording.

`python tests/odd_tables.py FOLDER` writes them down.
"""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import docx as python_docx
import xlsxwriter

from office_files import (
    ON,
    START,
    docx,
    item,
    level,
    listed,
    p,
    span,
    tbl,
    tc,
    tr,
)


def merged() -> bytes:
    """Merged both ways, three levels of indicators under one heading, a header of two rows; made by python-docx."""
    document = python_docx.Document()
    document.add_paragraph("附件1")
    document.add_paragraph("2024年度图书馆服务考核表")
    table = document.add_table(rows=7, cols=8)
    for row, column, last_row, last_column, text in (
        (0, 0, 1, 0, "序号"), (0, 1, 0, 3, "考核指标"), (0, 4, 1, 4, "分值"), (0, 5, 1, 5, "评分标准"), (0, 6, 0, 7, "得分"),
        (1, 1, 1, 1, "一级指标"), (1, 2, 1, 2, "二级指标"), (1, 3, 1, 3, "三级指标"), (1, 6, 1, 6, "自评"), (1, 7, 1, 7, "考评"),
        (2, 0, 2, 0, "1"), (2, 1, 4, 1, "服务（60分）"), (2, 2, 3, 2, "开放"), (2, 3, 2, 3, "开放时间"), (2, 4, 2, 4, "20"),
        (2, 5, 2, 5, "每少开放1天扣1分。"),
        (3, 0, 3, 0, "2"), (3, 3, 3, 3, "节假日开放"), (3, 4, 3, 4, "20"), (3, 5, 3, 5, "未开放的，每次扣2分。"),
        (4, 0, 4, 0, "3"), (4, 2, 4, 3, "借阅"), (4, 4, 4, 4, "20"), (4, 5, 4, 5, "投诉属实的，每起扣2分。"),
        (5, 0, 5, 0, "4"), (5, 1, 5, 3, "安全"), (5, 4, 5, 4, "40"), (5, 5, 5, 5, "发生事故的，不得分。"),
        (6, 0, 6, 3, "合　计"), (6, 4, 6, 4, "100"),
    ):  # fmt: skip
        table.cell(row, column).merge(table.cell(last_row, last_column)).text = text
    document.add_paragraph("注：得分保留一位小数。")
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def numbered() -> bytes:
    """Numbers that Word makes: of rows, of clauses anew in each cell, of sections in Chinese, in brackets, in circles."""
    lists = (
        listed(1, level(0, "decimal", "%1"))
        + listed(2, level(0, "decimal", "%1."), level(1, "decimal", "（%2）"))
        + '<w:num w:numId="20"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
        "</w:lvlOverride></w:num>"
        + listed(3, level(0, "chineseCounting", "%1、"))
        + listed(4, level(0, "decimalEnclosedCircle", "%1"))
    )
    styles = (
        '<w:style w:type="paragraph" w:styleId="a"><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
    )
    styled = '<w:pPr><w:pStyle w:val="b"/></w:pPr>'
    body = p("信访工作考核细则") + tbl(
        tr("序号", "项目", "要求", "扣分标准"),
        tr(
            tc(item(1)), tc(item(3, "受理（4分）")),
            tc(item(2, "及时登记（2分）。"), item(2, "按期告知（2分）。")),
            tc(item(20, "未登记的，每件扣0.5分。"), item(2, "下列情形每件扣0.2分："), item(2, "未告知的；", 1), item(2, "告知有误的。", 1)),
        ),
        tr(
            tc(item(1)), tc(item(3, "办理（6分）")),
            tc(p("按期办结（6分）。")),
            tc(p("超期的，每件扣1分。", styled), p("退回重办的，每件扣2分。", styled)),
        ),
    )  # fmt: skip
    return docx(body, lists, styles)


def tracked() -> bytes:
    """Tracked changes: words, a row and a paragraph's end deleted, words and a row put in, words moved."""
    gone = "<w:r><w:delText>{}</w:delText></w:r>"
    body = tbl(
        tr("指标", "分值", "评分办法"),
        tr(
            "应急值守",
            tc(
                p(
                    "",
                    f'<w:del w:id="1">{gone.format("5")}</w:del><w:ins w:id="2"><w:r><w:t>10</w:t></w:r></w:ins>',
                )
            ),
            tc(
                p("脱岗的，", "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"),
                p("每次扣1分。", f'<w:moveFrom w:id="3">{gone.format("一律")}</w:moveFrom>'),
            ),
        ),
        tr("旧指标", "5", "已删去的行", inner="<w:del/>"),
        tr("应急演练", "10", "未演练的，扣10分。", inner="<w:ins/>"),
    )
    return docx(body)


def controlled() -> bytes:
    """Content controls around a table, a row, a cell and a word; a text box; a table within a cell; a hidden word."""

    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    box = "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>文本框</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>内部说明</w:t></w:r>"
    word = control("<w:r><w:t>办结率</w:t></w:r>")
    inner = tbl(tr("办结率", "得分"), tr("95%以上", "10"), tr("90%以上", "6"))
    body = control(
        tbl(
            tr("考核项目", "标准分", "计分办法"),
            control(tr(control(tc(p("", word + box))), "１０分", tc(p("按下表计分：", hidden), inner))),
        )
    )
    return docx(body)


def several() -> bytes:
    """Three tables, the first no scoring table; the headers and titles of the second again on its second page."""
    return docx(
        p("关于印发考核办法的通知")
        + p("各单位：现将考核办法印发给你们，请遵照执行。")
        + tbl(tr("单位", "联系人", "电话"), tr("城管局", "李某", "12345"))
        + p("附件1")
        + p("城区考核表")
        + tbl(
            tr("考核内容", "分值", "扣分标准", "考核部门"),
            tr("环境卫生", "60", "每处扣1分", "城管局"),
            tr("考核内容", "分值", "扣分标准", "考核部门"),
            tr("市容秩序", "40", "每起扣2分", "城管局"),
            tr("总分", "100", "", ""),
        )
        + p("一票否决：发生重大安全事故的，取消评优资格。")
        + p("附件2")
        + p("乡镇考核表")
        + tbl(
            tr("指标", "权重", "评分标准", "备注"),
            tr(tc("一、村庄整治（30分）", inner=span(4))),
            tr("垃圾清运", "30", "每次扣1分", ""),
            tr(tc("二、河道保洁（70分）", inner=span(4))),
            tr(tc("保洁", inner=START), "40", "每处扣2分", ""),
            tr(tc("", inner=ON), "30", "每处扣1分", "乡村河道"),
            tr(tc("加分项：获省级表彰的，加2分；获市级表彰的，加1分。", inner=span(4))),
        )
    )


def hidden() -> bytes:
    """A workbook: hidden columns, rows and a sheet, titles above, numbers as text, shares, sections, subtotals."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet("考核表")
    share = book.add_format({"num_format": "0%"})
    sheet.merge_range("A1:F1", "2024年营商环境考核表")
    for column, heading in enumerate(("序号", "指标名称", "权重", "去年权重", "评分细则", "数据来源")):
        sheet.write_string(2, column, heading)
    sheet.set_column("D:D", None, None, {"hidden": True})
    sheet.merge_range("A4:F4", "（一）政务服务")
    for row, number, name, weight, last, rule in (
        (4, 1, "网办率", 0.15, 0.1, "低于90%的，每低1个百分点扣1分"),
        (5, 2, "旧指标", 0.05, 0.05, "不再使用"),
        (6, 3, "办理时限", 0.125, 0.1, "超时的，每件扣0.5分\n最多扣5分"),
    ):
        sheet.write_number(row, 0, number)
        sheet.write_string(row, 1, name)
        sheet.write_number(row, 2, weight, share)
        sheet.write_number(row, 3, last, share)
        sheet.write_string(row, 4, rule)
        sheet.write_string(row, 5, "政务办")
    sheet.set_row(5, None, None, {"hidden": True})
    sheet.write_string(7, 0, "小计")
    sheet.write_number(7, 2, 0.275, share)
    sheet.write_string(9, 0, "４")
    sheet.write_string(9, 1, "满意度")
    sheet.write_string(9, 2, "72.5%")
    sheet.write_string(9, 4, "按调查得分折算")
    sheet.write_string(10, 0, "合计")
    sheet.write_number(10, 2, 1, share)
    other = book.add_worksheet("草稿")
    other.write_string(0, 0, "指标")
    other.hide()
    book.close()
    return made.getvalue()


def chinese_csv() -> bytes:
    """A CSV as Excel on Chinese Windows saves it: GB18030, what was merged is empty, line ends within quotes."""
    return (
        "防汛工作考核表,,,,\r\n"
        ",,,,\r\n"
        "一级指标,二级指标,分值,评分标准,备注\r\n"
        "责任落实（６０分）,值班,30,\"1.脱岗的，每次扣5分。\r\n2.迟报的，每次扣2分。\",\r\n"
        ",巡查,30,漏查的，每处扣3分。,\r\n"
        "物资储备（40分）,,40,\"缺少的，每种扣2分，称“\"\"缺项\"\"”。\",按清单\r\n"
        "总分,,100,,\r\n"
    ).encode("gb18030")  # fmt: skip


def english() -> bytes:
    """An English table, with numbers under the heading Item and an ordinary space after automatic numbers."""
    return docx(
        p("Annual assessment of libraries")
        + tbl(
            tr("Item", "Criterion", "Max. points", "How scored", "Assessed by", "Score awarded", "Remarks"),
            tr(
                "1",
                "Opening hours",
                "20",
                tc(item(1, "0.5 points off per day."), item(1, "Up to 10 points.")),
                "Office",
                "",
                "",
            ),
            tr("2", "Complaints", "30", "2 points off for each complaint upheld.", "Council", "", ""),
            tr(tc("Total", inner=span(2)), "50", "", "", "", ""),
        ),
        listed(1, level(0, "lowerLetter", "(%1)")),
    )


def two_weights() -> bytes:
    """A column of weights for each level; columns for what is taken and what is added; one that nobody names."""
    return docx(
        tbl(
            tr("类别", "权重", "考核项目", "分值", "扣分标准", "加分标准", "联络员"),
            tr(tc("日常工作", inner=START), tc("40", inner=START), "报送信息", "15", "少报1条扣1分", "被采用的，每条加1分", "甲"),
            tr(tc("", inner=ON), tc("", inner=ON), "参加会议", "25", "缺席1次扣2分", "", "乙"),
            tr("专项工作", "60", "重点任务", "60", "未完成的，每项扣5分", "", "丙"),
        )
    )  # fmt: skip


def sheets() -> bytes:
    """A workbook of two sheets with scoring tables, one of them with two tables, and a third sheet without."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    for name, rows in (
        ("部门", (
            ("甲类部门考核表", "", ""), ("考核指标", "标准分", "考核标准"), ("法治建设", "50", "每起扣5分"),
            ("队伍建设", "50", "每人扣2分"), ("合计", "100", ""), ("", "", ""),
            ("乙类部门考核表", "", ""), ("考核指标", "标准分", "考核标准"), ("窗口服务", "100", "每次扣1分"),
        )),
        ("联系表", (("姓名", "电话"), ("王某", "67890"))),
        ("乡镇", (("事项", "分数", "评分规则", "责任单位"), ("护林防火", "10", "每次扣1分", "林业局"))),
    ):  # fmt: skip
        sheet = book.add_worksheet(name)
        for row, texts in enumerate(rows):
            for column, text in enumerate(texts):
                sheet.write_string(row, column, text)
    book.close()
    return made.getvalue()


ODD: dict[str, Callable[[], bytes]] = {
    "merged.docx": merged,
    "numbered.docx": numbered,
    "tracked.docx": tracked,
    "controlled.docx": controlled,
    "several.docx": several,
    "hidden.xlsx": hidden,
    "gb18030.csv": chinese_csv,
    "english.docx": english,
    "weights.docx": two_weights,
    "sheets.xlsx": sheets,
}

if __name__ == "__main__":
    for name, make in ODD.items():
        (Path(sys.argv[1]) / name).write_bytes(make())
