"""Codes 82x -> what is wrong and what to do: drafts of rubrics from the tables of offices."""

from govrubric.diagnostics.catalogue.form import Entries

# fmt: off
ENTRIES: Entries = {
    "GR820": {"en": ("table {table}[, row {row}][, clause {clause}]: {asked}",
                     "look at the clause in the document, correct the draft at its mark, and take the "
                     "mark out"),
              "zh": ("表{table}[第{row}行][第{clause}条]：{asked}",
                     "请对照原文核对此处，在草稿的标记处改正，然后删去标记")},
    "GR821": {"en": ("the file has {count} scoring tables, and it is not said which: {known}",
                     "say the number of one, as in `--table 2`"),
              "zh": ("文件中有 {count} 张评分表格，未指明用哪一张：{known}", "请指明其序号，例如 `--table 2`")},
    "GR822": {"en": ("the file has no scoring table {number}; it has: {known}",
                     "say the number of one of them"),
              "zh": ("文件中没有第 {number} 张评分表格；现有：{known}", "请指明其中一张的序号")},
    "GR823": {"en": ("table {number} has no row that says what is scored",
                     "fill in what is asked for and how it is scored below the headings"),
              "zh": ("第 {number} 张表格没有一行写明评什么", "请在表头之下填写指标和评分标准")},
    "GR824": {"en": ("the table has more than {limit} {what}, for which a rubric has no room",
                     "part the table, such as by its indicators, and draft each part"),
              "zh": ("表格超过 {limit} {what}，一份评分表容纳不下", "请将表格拆开（如按指标），逐份起草")},
    "GR825": {"en": ("table {table} of the file ({number} rows) is no scoring table and was not read"
                     "[: {words}]",
                     "if it says how something is scored, put it into the draft yourself"),
              "zh": ("文件中的表格 {table}（共 {number} 行）不是评分表格，未读取[：{words}]",
                     "其中如有计分规定，请自行写入草稿")},
}
