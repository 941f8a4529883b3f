"""Diagnostic codes -> what is wrong and what to do, in English and Chinese; one module for each hundred."""

from govrubric.diagnostics.catalogue import (
    bounds,
    card,
    documents,
    drafts,
    expressions,
    forms,
    pairs,
    shape,
    sheets,
    tally,
    text,
    whole,
    wording,
)
from govrubric.diagnostics.catalogue.form import Entries

CATALOGUE: Entries = {
    code: entry
    for part in (
        *(text, shape, whole, bounds, wording, expressions, tally, card, documents, drafts),
        *(forms, pairs, sheets),
    )
    for code, entry in part.ENTRIES.items()
}


# The Chinese for English words that an argument may hold.
CHINESE = {
    "text": "文字", "list": "列表", "mapping": "键值对", "null": "空值", "bool": "“是”或“否”",
    "No such file or directory": "没有此文件", "Permission denied": "没有权限", "Is a directory": "这是文件夹",
    "File name too long": "文件名过长", "Too many levels of symbolic links": "符号链接层数过多",
    "the path is not UTF-8": "路径不是 UTF-8 编码",
    "whole numbers": "整数", "true and false": "“是”或“否”", "decimals": "定点小数", "bits": "位二进制数",
    "digits": "位数字",
    "base": "基数", "balance": "余分", "raw": "条款分", "score": "得分", "lost": "失分", "contribution": "计入分",
    "present": "必有项",
    "one card (govrubric.read_cards reads a file of several)":
        "一份成绩单（含多份的文件请用 govrubric.read_cards 读取）",
    "count": "计数", "effect": "门槛效果", "whole": "完整", "applies": "适用与否",
    "void": "不予计分与否", "none": "无",
    "flag": "是否项", "number": "数字", "choice": "选项", "several inputs": "若干填报项", "2 or more": "至少 2",
    "characters": "个字符", "parts": "个成分", "levels": "层", "share": "得分率",
    "text that is not UTF-8": "文字不是 UTF-8", "its name is not UTF-8": "文件名不是 UTF-8",
    "text like this": "这样的文字", "a construct like this": "这种写法", "`[…]` after a name": "名称之后的 `[…]`",
    "text with a prefix": "带前缀的文字", "a named argument": "具名参数",
    "a point after what is no name": "非名称之后的点", "`in` in a chain of comparisons": "连续比较中的 `in`",
    "taken": "扣分", "added": "加分", "once": "只计一次", "for each case": "按次数计",
    "a number": "数字", "a condition": "条件", "a choice": "选项",
    "has a card and no tally": "有成绩单而无填报数据", "has a tally and no card": "有填报数据而无成绩单",
    "file": "文件", "values": "个值", "lines": "行", "rows": "行数据",
    "a share, which is for comparison only": "只供比较的得分率",
    "a rubric": "评分表", "a rubric or a file of cases": "评分表或案例文件", "a tally": "填报文件",
    "a table of counts": "计数表", "a score card": "成绩单",
    "a .doc or .wps document": "旧版文档（.doc 或 .wps）", "an .xls or .et workbook": "旧版表格（.xls 或 .et）",
    "an older file of Office or WPS": "旧版 Office 或 WPS 文件", "a PDF": " PDF ", "an RTF document": " RTF 文档",
    "a picture": "图片", "an archive": "压缩包", "a page of HTML or XML": "网页（HTML 或 XML）",
    "an OpenDocument file": " OpenDocument 文件", "a presentation": "演示文稿",
    "a binary workbook (.xlsb)": "二进制工作簿（.xlsb）",
    "a file of another kind": "其他类型的文件",
    "the archive cannot be unpacked": "压缩包无法解开",
    "the archive is packed as no office program does it": "压缩方式不是办公软件所用",
    "it is no proper XML": "XML 不完整", "it is no proper workbook": "工作簿不完整", "it has no main part": "缺少主体部分",
    "it is no Word or Excel document": "不是 Word 或 Excel 文件", "it is empty": "文件为空",
    "elements": "个元素", "cells": "个单元格", "columns": "列",
    "words for true and false": "“是/否”“√/×”“有/无”之类的字样", "full-width digits": "全角数字",
    "counts with a point and zeros": "写作“2.0”的计数", "titles of options": "按名称填写的选项",
    "percentages": "百分数", "numbers kept as text": "以文本形式存储的数字",
    "a date": "日期", "an error": "错误值", "is hidden": "已隐藏", "is merged with others": "与其他单元格合并",
    "rows above the header": "表头以上各行", "rows of sums": "汇总行",
    "forms without an assessment of this side": "未填写此方评分的填报表", "files": "文件",
    "sheets": "工作表", "rows of the sheet": "行", "pieces of text": "文字",
}  # fmt: skip

# The codes that tell how something was read, and ask for nothing.
NOTES = frozenset(("GR880", "GR881", "GR882", "GR883", "GR884"))
# The codes that only warn; and those among them that a comment in the rubric may allow.
WARNINGS = frozenset(
    (
        "GR100",
        "GR130",
        "GR131",
        "GR132",
        "GR133",
        "GR710",
        "GR820",
        "GR825",
        *(code for code in CATALOGUE if code.startswith(("GR4", "GR81"))),
    )
)
ALLOWED = frozenset(
    code for code in WARNINGS if code.startswith("GR4") and code not in ("GR440", "GR441", "GR442")
)
