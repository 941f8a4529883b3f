"""A table of an office with words around it that decide scores, as Word, Excel and CSV have it; of its maker's own wording.

`python tests/spoken_tables.py FOLDER` writes it down.
"""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import docx as python_docx
import xlsxwriter

TITLE = "2024年度乡镇防汛工作考核细则"
TOTAL = "说明：总分100分。"
GRADES = "考核得分95分以上为优秀，85分以上为良好，70分以上为合格，70分以下为不合格。"
VETO = "因工作失职造成人员伤亡的，一票否决，定为不合格等次。"
WORDS = TOTAL + GRADES + VETO
NOTES = (
    "注：各项扣分以该项分值为限，扣完为止。加分项、扣分项在总分基础上加减。扣分项最多扣8分。",
    "本细则由县防汛办负责解释。",
)
SIGNED = "考核单位（盖章）：　　　　日期：　年　月　日"
ROWS = (
    ("一级指标", "二级指标", "分值", "评分标准", "考评方式"),
    ("组织领导（30分）", "值班值守", "20", "脱岗的，每次扣2分。", "查阅资料"),
    ("", "预案", "10", "未修订预案的，扣5分。", "实地查看"),
    ("巡查排险（70分）", "堤防巡查", "55", "漏查的，每处扣5分。", "实地查看"),
    ("", "信息报送", "15", "每报送一条信息得2分，最高8分；迟报的每次扣1分，最多扣7分。", "系统数据"),
    ("加分项", "", "", "被市级推广的每次加1分，累计加分不超过5分。", "文件"),
    ("扣分项", "", "", "被通报批评的，每次扣2分。", "文件"),
)
MERGED = ((1, 2), (3, 4))  # rows of which the first column is one cell


def word() -> bytes:
    """The words above and below the table, which python-docx makes."""
    document = python_docx.Document()
    document.add_heading(TITLE, 0)
    document.add_paragraph(WORDS)
    table = document.add_table(rows=len(ROWS), cols=len(ROWS[0]))
    for at, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            table.cell(at, column).text = text
    for first, last in MERGED:
        text = table.cell(first, 0).text
        table.cell(last, 0).text = ""
        table.cell(first, 0).merge(table.cell(last, 0)).text = text
    for note in (*NOTES, SIGNED):
        document.add_paragraph(note)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def excel() -> bytes:
    """The words in merged rows above the headings and in rows below, one of them not merged."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    sheet = book.add_worksheet("Sheet1")
    sheet.merge_range("A1:E1", TITLE)
    sheet.merge_range("A2:E2", WORDS)
    for at, texts in enumerate(ROWS, 2):
        for column, text in enumerate(texts):
            sheet.write_string(at, column, text)
    for first, last in MERGED:
        sheet.merge_range(first + 2, 0, last + 2, 0, ROWS[first][0])
    sheet.merge_range(9, 0, 9, 4, NOTES[0])
    sheet.write_string(10, 0, NOTES[1])
    sheet.write_string(11, 0, SIGNED)
    book.close()
    return made.getvalue()


def text() -> bytes:
    """Grades and the veto in rows of their own, as in a sheet without merged cells; in GB18030."""
    rows = [
        (TITLE,),
        (TOTAL,),
        *ROWS,
        ("一票否决", "", "", VETO),
        ("等次", "", "", GRADES),
        ("合计", "", "100"),
        *((note,) for note in (*NOTES, SIGNED)),
    ]
    return "\r\n".join(",".join((*row, "", "", "", "")[:5]) for row in rows).encode("gb18030")


SPOKEN: dict[str, Callable[[], bytes]] = {"words.docx": word, "words.xlsx": excel, "words.csv": text}

if __name__ == "__main__":
    for name, make in SPOKEN.items():
        (Path(sys.argv[1]) / name).write_bytes(make())
