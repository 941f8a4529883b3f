"""The manual's page on limits, in both languages, has the numbers that the code holds."""

import re
from pathlib import Path

import pytest

from govrubric import numbers
from govrubric.batch import files as batch_files
from govrubric.cli import MESSAGE
from govrubric.cli._printing import WAIT
from govrubric.diagnostics import bounded, diagnostic, display
from govrubric.document import csv, files, json, package, yaml
from govrubric.document.nodes import DEPTH
from govrubric.expressions import parser
from govrubric.language import fields
from govrubric.lint.clauses import chinese
from govrubric.office import csv as office_csv
from govrubric.office import grids
from govrubric.scoring import card_reader, tally
from govrubric.tally_sheets import csv_sheets, workbooks

DOCS = Path(__file__).parents[1] / "docs"
MIB = 1 << 20
# The words of a row in English and in Chinese, and the numbers that stand in it, in their order.
ROWS = (
    (
        "a rubric or a file of cases",
        "评分表或案例文件",
        [files.RUBRIC_LIMIT // MIB, yaml.NODES, files.LINES, DEPTH],
    ),
    ("a line; a text", "一行；一段文字", [files.LINE_LIMIT, yaml.SCALAR]),
    ("an id; a path of ids", "id；由 id 组成的路径", [64, fields.LONGEST_PATH]),
    ("a condition or formula", "条件或公式", [fields.EXPRESSION, parser.NODES, parser.DEPTH]),
    ("a number", "数字", [numbers.WHOLE_DIGITS, numbers.PLACES, numbers.COUNT_LIMIT]),
    ("a tally from Python", "由 Python 给出的填报数据", [tally.ENTRIES, DEPTH]),
    ("one evidence or note", "一条依据或备注", [tally.NOTE]),
    ("a tally in JSON", "JSON 填报文件", [json.VALUES, DEPTH]),
    ("a tally in CSV", "CSV 填报文件", [csv_sheets.ROWS, csv.ROW_LIMIT // MIB]),
    ("a form or a plain sheet in Excel", "Excel 填报表或汇总表", [workbooks.PLACES_LIMIT]),
    ("a card", "成绩单", [card_reader.LIMIT // MIB, card_reader.VALUES, card_reader.DIGITS]),
    (
        "a row group of a Parquet file",
        "Parquet 文件的一个行组",
        [batch_files.UNPACKED // MIB, batch_files.RATIO],
    ),
    (
        "a document of Word or Excel",
        "Word、Excel 文件",
        [
            *(package.SIZE_LIMIT // MIB, package.UNPACKED_LIMIT, package.RATIO_FROM, package.RATIO_LIMIT),
            *(grids.CELLS_LIMIT, package.ELEMENTS_LIMIT, package.TEXT_LIMIT, package.DEPTH_LIMIT),
        ],
    ),
    ("a table to draft from, in CSV", "供起草用的 CSV 表格", [office_csv.SIZE_LIMIT, grids.CELLS_LIMIT]),
    ("a clause that is compared with its numbers", "与数字对照的条款", [chinese.LONGEST, chinese.MOST]),
    (
        "an author's text in a message; a file's name",
        "提示中引用的原文；文件名",
        [display.ECHO, diagnostic.FILE],
    ),
    ("errors about arguments", "关于命令参数的错误", [MESSAGE]),
)


def numbers_of(page: str, row: str) -> list[int]:
    """The numbers in the second column of a row."""
    (cells,) = re.findall(rf"^\| {re.escape(row)} \| (.*) \|$", page, re.MULTILINE)
    return [
        int(number.replace(" ", ""))
        for number in re.findall(r"\d+(?: \d{3})*", re.sub(r"\(.*?\)", "", cells))
    ]


@pytest.mark.parametrize(("english", "chinese_", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_a_row_has_the_numbers_of_the_code(english: str, chinese_: str, expected: list[int]) -> None:
    assert numbers_of((DOCS / "limits.md").read_text("utf-8"), english) == expected
    assert numbers_of((DOCS / "zh" / "limits.md").read_text("utf-8"), chinese_) == expected


def test_what_is_printed_and_how_long_a_pipe_is_waited_for() -> None:
    page = (DOCS / "limits.md").read_text("utf-8")
    assert f"| {bounded.MOST} findings and 100 kB," in page
    assert bounded.BYTES < 100_000
    assert WAIT == 5
    assert "| five seconds, then exit code 74 |" in page


def test_both_pages_have_the_same_rows() -> None:
    rows = [
        len(re.findall(r"^\|", path.read_text("utf-8"), re.MULTILINE))
        for path in (DOCS / "limits.md", DOCS / "zh" / "limits.md")
    ]
    assert rows[0] == rows[1] > 50
