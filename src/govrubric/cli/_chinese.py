"""Words of the command, in English -> the same in Chinese: help, names of arguments, and errors about usage.

Of an error the pattern is given, as click and the commands write it: what stands in `{…}` is quoted, or said
in Chinese itself where that is known. An English text that is not here stays as it is.
"""

import re
from functools import cache

# What stands for an argument, or for the value of an option.
WORDS = {
    "RUBRIC": "评分表", "TALLY": "填报文件", "PATH": "路径", "IN": "输入文件", "OUT": "输出文件", "OLDER": "旧表",
    "NEWER": "新表", "SELF": "自评文件", "OFFICIAL": "考评文件",
    "CARD": "成绩单", "FILE": "文件", "LANG": "语言", "NAME": "名称", "ID": "代号", "YEAR": "年份",
    "TABLE": "表格文件", "FORM": "表格文件", "UNITS": "单位名单", "REPORT": "报告文件", "N": "序号",
    "PERCENT": "百分比", "TEXT": "文字", "INTEGER": "整数", "INTEGER RANGE": "整数", "OPTIONS": "选项",
    "COMMAND": "命令", "ARGS": "参数",
}  # fmt: skip

# The help of the commands and of their options; spaces and ends of lines are as one space.
HELP = {
    "Written scoring rubrics as typed YAML, scored exactly, with a full audit trace.":
        "用 YAML 书写评分表，精确计分，全程留痕可查。",
    "RUBRIC is the path of a rubric file, or the name of one that is shipped: 2023-district, "
    "2023-department.":
        "“评分表”是评分表文件的路径，或随软件提供的评分表的名称：2023-district、2023-department。",
    "Show the version and exit.": "显示版本号。",
    "Show this message and exit.": "显示本说明。",
    "Language of the output: en or zh-CN. Default: the rubric's own.":
        "输出所用的语言：en（英文）或 zh-CN（中文）。默认与评分表相同。",
    "Language of help and errors: en or zh-CN. Default: that of the locale.":
        "说明和用法提示所用的语言：en（英文）或 zh-CN（中文）。默认随系统语言。",
    "Language of help, errors and output: en or zh-CN.": "说明、提示和输出所用的语言：en（英文）或 zh-CN（中文）。",
    "Take this variant of the rubric. Default: the rubric as it stands.":
        "采用评分表的这一版本。默认用评分表本身。",
    "Write to this file instead of the screen, which is `-`; it appears whole or not at all.":
        "写入此文件，不在屏幕上显示（`-` 表示屏幕）。文件要么完整写出，要么不写。",
    "What is printed.": "输出的形式。",
    # batch
    "Score a file of any number of units into another, and summarise the totals.":
        "为任意多个单位评分：读取一个文件，写出另一个文件，并汇总总分情况。",
    "IN and OUT are .parquet, .csv or .arrow files (also .pq, .ipc, .feather). OUT has every column of "
    "IN, then "
    "the scores. It appears whole or not at all. A unit may stand in IN only once.":
        "输入文件和输出文件为 .parquet、.csv 或 .arrow 文件（也可为 .pq、.ipc、.feather）。输出文件含输入文件的全部列，其后是"
        "各项得分；要么完整写出，要么不写。每个单位在输入文件中只能出现一次。",
    "Which scores are written.": "写出哪些得分：只写总分，或写到各项指标、各条规则。",
    "Refuse a file with rows that cannot be scored, or keep them without scores and say why in a "
    "column `error`.":
        "遇到无法计分的行时：整个文件不予评分（raise），或保留该行而不计分，并在 `error` 列写明原因（report）。",
    "Whole numbers instead of decimals, with what they are over in the names of their columns.":
        "得分写成整数而不写小数，分母写在列名中。",
    "What computes.": "用什么计算。",
    # check
    "Check rubrics and *.cases.yaml files: every finding, and every case that fails.":
        "检查评分表和 *.cases.yaml 案例文件，列出全部问题和未通过的案例。",
    "PATH may be a folder.": "路径可以是文件夹。",
    "Exit 1 if there is any finding, or nothing to check.": "有任何问题，或没有可检查的文件，退出码为 1。",
    "How findings are printed.": "问题的输出形式。",
    # compare
    "Show for each unit where its own assessment and the official one differ, item by item, and which "
    "counts make the difference, the largest first.":
        "逐个单位、逐项指标列出自评与考评的差异，并说明由哪些填报项造成，从大到小排列。",
    "SELF and OFFICIAL are .yaml, .json, .csv or .xlsx files of one or many units, or folders of .xlsx "
    "files. Units are matched by their codes. Of forms, SELF is the sheet of the unit, OFFICIAL that of "
    "the assessor.":
        "自评文件和考评文件为 .yaml、.json、.csv 或 .xlsx 文件，可含一个或多个单位，也可以是存放 .xlsx 文件的文件夹，"
        "按单位编号对应。填报表中，自评取“自评填报”，考评取“考评填报”。",
    # diff
    "Compare two rubrics by meaning, and tell what last year's tallies come to under both.":
        "按含义比较两份评分表，并说明上年的填报数据在两份表下各得多少分。",
    "Exit 0 if they mean the same, 1 if they differ, 2 if there is anything wrong with a file.":
        "含义相同，退出码为 0；有不同为 1；文件有误为 2。",
    "Tallies of the older rubric, to be scored under both. May be repeated.":
        "旧表的填报文件，按两份表分别计分。可多次使用。",
    # explain
    "Show how each score comes about, rule by rule.": "逐条规则说明得分的由来。",
    "Explain this unit of the file; default: all of them.": "只说明文件中的这个单位。默认为全部单位。",
    "Show too what one case more or fewer changes.": "同时说明多一例或少一例时得分如何变化。",
    # fmt
    "Lay out rubrics and *.cases.yaml files in one way: order of keys, indentation, spaces.":
        "统一评分表和 *.cases.yaml 案例文件的格式：键的次序、缩进、空格。",
    "Comments stay.": "注释保留。",
    "PATH may be a folder. Files are changed in place. A file that is not YAML is reported and left as "
    "it is.":
        "路径可以是文件夹。直接改写原文件；不是 YAML 的文件会列出，不作改动。",
    "Write nothing: print what would change, and exit 1 if anything would.":
        "不改写文件，只显示将有哪些改动；有改动时退出码为 1。",
    # new
    "Write the rubric of another year: RUBRIC with its id, its days and its title's year moved on.":
        "生成另一年度的评分表：沿用原表，换上新的代号，并顺延起止日期和标题中的年份。",
    "Every number is marked to be confirmed. Numbers of documents, school years, plans and all other "
    "years are kept; "
    "a mark quotes each. Order, layout and comments stay. A file that exists already is never written over.":
        "所有数字都标明“待确认”。文号、学年、规划名称和其他年份一律照旧，并标明所指文字。次序、格式和注释不变。"
        "已有的文件绝不覆盖。",
    "The rubric that the new one follows.": "新表所沿用的评分表。",
    "The new rubric's id.": "新表的代号。",
    "The year in which the new rubric begins to hold.": "新表开始适用的年份。",
    # draft
    "Draft a rubric from TABLE, the scoring table of a .docx, .xlsx or .csv file.":
        "读取 .docx、.xlsx 或 .csv 文件中的评分表格，起草评分表。",
    "Every clause stands in the draft word for word, and whatever was guessed has a mark to be confirmed. "
    "A file that exists already is never written over.":
        "条款在草稿中逐字照录，凡推测之处均标明“待确认”。已有的文件绝不覆盖。",
    "Which of the scoring tables of the file, from 1; needed where there are several.":
        "文件中的第几张评分表格，从 1 数起；有几张时须指明。",
    # form
    "Write the official form of RUBRIC, to be filled in.": "生成评分表的官方表格，供填报。",
    "A workbook (.xlsx) has the official form, a sheet for the unit's own assessment and one for the "
    "assessor, and computes every score while people type. A Word file (.docx) is the official form alone, "
    "blank or, with `--tally` and `--official`, filled in and ready to sign. A file that exists already is "
    "never written over.":
        "工作簿（.xlsx）含官方表格、自评填报表和考评填报表，边填边算出各项得分。Word 文件（.docx）只含官方表格：可为空白表，"
        "也可用 `--tally` 和 `--official` 填好待签。已有的文件绝不覆盖。",
    "The file to write; its ending decides the format: .xlsx or .docx.":
        "要写出的文件，格式由扩展名决定：.xlsx 或 .docx。",
    "The units' own assessments, which fill in a .docx; may be given several times.":
        "各单位的自评填报数据，用来填写 .docx；可多次使用。",
    "The official assessments, likewise.": "考评填报数据，用法相同。",
    "A .csv file with columns unit and name: a form for each unit, with its code in the file's name.":
        "含 unit、name 两列的 .csv 文件：每个单位一份，文件名中写明单位代码。",
    # prove
    "Prove what every score can come to, and try the laws of the language on random tallies.":
        "证明每项得分的范围，并用随机填报检验评分表应满足的规律。",
    "PATH is a rubric, a folder of rubrics, or the name of a shipped rubric. Exit 1 if anything does "
    "not hold, "
    "with the smallest tally that shows it.":
        "路径是评分表、存放评分表的文件夹，或随软件提供的评分表的名称。有不成立的，退出码为 1，并给出最小的反例。",
    "How many random tallies each law is tried on.": "每条规律用多少份随机填报检验。",
    "The same number draws the same tallies.": "随机种子；数字相同，随机填报也相同。",
    # readings
    "Show what each unit comes to under each reading of each ambiguity, one at a time, and which "
    "ambiguities can be "
    "left open.":
        "逐一列出原文每处存疑之处按各种理解时各单位的得分，并说明哪些存疑之处可以不作决定。",
    "TALLY is a .yaml, .json, .csv or .xlsx file of one or many units, or a folder of .xlsx files; "
    "without any, the rubric's own cases are taken.":
        "填报文件为 .yaml、.json、.csv 或 .xlsx 文件，可含一个或多个单位，也可以是存放 .xlsx 文件的文件夹；"
        "未给出的，用评分表自带的案例。",
    # report
    "Write a report of many units: the ranking, what each indicator and rule cost, and for each unit the "
    "official form and every rule with its working.":
        "写出多个单位的报告：名次，各指标、各规则的失分，以及各单位的官方表格和逐条规则的计算过程。",
    "TALLY is a .yaml, .json, .csv or .xlsx file of one or many units, or a folder of .xlsx files.":
        "填报文件为 .yaml、.json、.csv 或 .xlsx 文件，可含一个或多个单位，也可以是存放 .xlsx 文件的文件夹。",
    "The official assessments: these are ranked, and the units' own stand beside them. May be repeated.":
        "考评方的填报文件：按考评成绩排名，自评并列。可多次使用。",
    "The file to write; its ending decides the format: .html, .xlsx or .docx.":
        "写出的文件，由文件名末尾决定格式：.html、.xlsx 或 .docx。",
    # schema
    "Print the JSON Schema of rubrics, of files of cases, or of score cards.":
        "输出评分表、案例文件或成绩单的 JSON Schema。",
    "By the first two an editor checks, completes and explains as you write; by the third a program "
    "checks the cards "
    "that it reads.":
        "编辑器凭前两种在书写时检查、补全和提示；程序凭第三种检查所读的成绩单。",
    # score
    "Score one or many units. TALLY is a .yaml, .json, .csv or .xlsx file of one or many units, or a "
    "folder of .xlsx files.":
        "为一个或多个单位评分。填报文件为 .yaml、.json、.csv 或 .xlsx 文件，可含一个或多个单位，"
        "也可以是存放 .xlsx 文件的文件夹。",
    "Refuse a tally that leaves out a count or a flag.": "填报数据漏填计数或是否项的，不予评分。",
    "Add the place of each unit by total, among those of its variant.":
        "列出各单位按总分的名次；分版本的，在同一版本内排名。",
    # show
    "Show a rubric: its tree with weights, its rules as sentences with their clauses, and its notes.":
        "显示评分表：各级指标及权重，用文字写出的规则及其条款原文，以及备注。",
    "Print a tally to be filled in instead: every input by its name.":
        "改为输出供填写的空白填报表，列出全部填报项。",
    # test
    "Run the cases of rubrics and of *.cases.yaml files, and report what no case touches.":
        "运行评分表和 *.cases.yaml 文件中的案例，并指出没有案例涉及的内容。",
    "PATH may be a folder. Exit 1 if a case fails, a file has errors, or there is no case at all.":
        "路径可以是文件夹。有案例未通过、文件有误或没有任何案例的，退出码为 1。",
    "Where a case expects something else, write into its file what it comes to.":
        "案例的应得结果与算得的不同时，把算得的结果写入案例文件。",
    "Fail if the cases touch less of a rubric than this.": "案例的覆盖率低于此数即为不通过。",
    "Write the results to this file too, as JUnit XML.": "另将结果以 JUnit XML 写入此文件。",
    # verify
    "Prove score cards: that each ledger adds up and, given the RUBRIC, that the card comes out anew.":
        "核验成绩单：各项明细加总相符；给出评分表的，还要重新计算，结果一致。",
    "What could not be checked is told at the end.": "未能核对的内容在最后列明。",
    "The tallies of the cards, to be compared with them: all of them. May be repeated.":
        "生成这些成绩单的填报文件，须给全，用以逐项比对。可多次使用。",
    # whatif
    "Show how totals and the ranking move with each rule and count, and which indicator decides the ranking.":
        "说明每条规则、每项计数的变动如何影响总分和名次，以及哪项指标决定名次。",
    "TALLY is a .yaml, .json, .csv or .xlsx file of many units, or a folder of .xlsx files; or it is "
    "one large table, as a .parquet, .arrow or .csv file.":
        "填报文件为含多个单位的 .yaml、.json、.csv 或 .xlsx 文件，也可以是存放 .xlsx 文件的文件夹；"
        "还可以是一张大表，即 .parquet、.arrow 或 .csv 文件。",
    "By how much the effect of each rule is made smaller and larger.": "每条规则的增减分各减少、增加多少。",
}  # fmt: skip

# Errors about usage. The first that fits is taken, so that a longer one stands before a shorter one.
ERRORS = {
    # of click
    "Invalid value for {hint}: {error}": "{hint}的值不对：{error}",
    "Invalid value: {error}": "值不对：{error}",
    "Missing argument {hint}. Choose from: {choices}": "缺少{hint}，请从中选用：{choices}",
    "Missing argument {hint}.": "缺少{hint}",
    "Missing option {hint}. Choose from: {choices}": "缺少选项{hint}，请从中选用：{choices}",
    "Missing option {hint}.": "缺少选项{hint}",
    "Missing command.": "没有写明命令",
    "No such option {name}. Did you mean {near}?": "没有选项{name}，是否应为{near}？",
    "No such option {name}. (Did you mean one of: {near}?)": "没有选项{name}，是否应为其中之一：{near}？",
    "No such option {name}.": "没有选项{name}",
    "No such command {name}. Did you mean {near}?": "没有命令{name}，是否应为{near}？",
    "No such command {name}. (Did you mean one of: {near}?)": "没有命令{name}，是否应为其中之一：{near}？",
    "No such command {name}.": "没有命令{name}",
    "Option {name} requires an argument.": "选项{name}之后缺少内容",
    "Option {name} does not take a value.": "选项{name}之后不带内容",
    "Got unexpected extra argument ({args})": "多出参数：{args}",
    "Got unexpected extra arguments ({args})": "多出参数：{args}",
    "{value} is not one of {choices}.": "{value}不在可选之列：{choices}",
    "{value} is not a valid integer range.": "{value}不是整数",
    "{value} is not a valid integer.": "{value}不是整数",
    "{value} is not in the range {low}<=x<={high}.": "{value} 不在 {low} 至 {high} 之间",
    "{value} is not in the range x>={low}.": "{value} 小于 {low}",
    # of the commands
    "{value} is not spoken here; choose en or zh-CN": "不支持语言{value}，请写 en 或 zh-CN",
    "{value} is no id: that is a small letter, then small letters, digits, `_` and `-`, 64 in all":
        "{value}不能用作代号：代号以小写字母开头，其后为小写字母、数字、`_` 或 `-`，最多 64 个字符",
    "{value} is the id of {file} itself": "{value}就是 {file} 自己的代号，请另取一个",
    "{file} exists already, and is not written over": "{file}已存在，不予覆盖，请另取文件名",
    "{value} is no percentage above 0% and below 100%; write it as 10%":
        "{value}不是大于 0% 且小于 100% 的百分比，请写成 10% 的样子",
    "{file} is neither a file nor a shipped rubric; did you mean {near}?":
        "没有文件{file}，也没有这个名称的内置评分表；是否应为{near}？",
    "{file} is neither a file nor a shipped rubric; shipped are {names}":
        "没有文件{file}，也没有这个名称的内置评分表；内置的有：{names}",
    "there is no variant {name}; did you mean {near}? write one of: {names}":
        "没有版本{name}；是否应为{near}？请从中选用：{names}",
    "there is no variant {name}; write one of: {names}": "没有版本{name}；请从中选用：{names}",
    "there is no variant {name};": "没有版本{name}",
    "no unit {unit} in {file}; did you mean {near}?": "{file} 中没有单位{unit}；是否应为{near}？",
    "no unit {unit} in {file}; it has {names}": "{file} 中没有单位{unit}；其中有：{names}",
    "no rubric in {names}": "{names} 中没有评分表",
    "{option} {file} would write over {other}, which this command reads; name another file":
        "{option} {file}会覆盖本命令要读取的{other}，请另取文件名",
    "{file} was not written, and what stood there before is whole: {reason}":
        "未能写出 {file}，原有文件完好：{reason}",
    "{file} was not written: {reason}": "未能写出 {file}：{reason}",
    "the output could not be written: {reason}": "输出内容未能写出：{reason}",
    "`fmt` is for files, and {name} is none: give its path": "`fmt` 只用于文件，而{name}是内置评分表的名称：请写文件路径",
    "--update writes into files, and {name} is none: give its path":
        "--update 要改写文件，而{name}是内置评分表的名称：请写文件路径",
    "--tally needs the RUBRIC, by which the tallies are scored": "使用 --tally 须同时写明评分表，填报数据按它计分",
    "--engine {engine} reads and writes .parquet (or .pq) only": "--engine {engine} 只读写 .parquet（或 .pq）文件",
    "a table stands alone: put its units and the others into one file":
        "表格须单独给出：请把它和其他文件中的单位合并到一个文件",
    "scoring this table needs {library}: pip install {wanted}": "为此表评分须先安装 {library}：pip install {wanted}",
    "whatif needs more packages: pip install {wanted}": "whatif 须先安装其他组件：pip install {wanted}",
    "{file} does not end in {endings}": "{file}的扩展名不是 {endings}",
    "--tally and --official fill in a .docx; people fill in a workbook":
        "--tally 和 --official 只能填写 .docx；工作簿由人填报",
    "the list has units of other variants; write the forms of each variant by themselves, with --variant":
        "名单中有其他版本的单位；请用 --variant 逐个版本制作填报表",
    "form needs more packages: pip install {wanted}": "form 须先安装其他组件：pip install {wanted}",
    "report needs more packages: pip install {wanted}": "report 须先安装其他组件：pip install {wanted}",
    "draft needs more packages: pip install {wanted}": "draft 须先安装其他组件：pip install {wanted}",
    "a workbook needs one more package: pip install {wanted}":
        "读取 Excel 文件须先安装其他组件：pip install {wanted}",
    "the list of units has not all that the tallies have: {names}":
        "填报文件中有而单位名单中没有的单位：{names}",
    "the two sides have a unit each, {first} and {second}; give both tallies the same `unit`":
        "两份填报各只有一个单位，而代码不同：{first}、{second}；请在两份中写同一个 `unit`",
    "prove needs one more package: pip install {wanted}": "prove 须先安装其他组件：pip install {wanted}",
}  # fmt: skip

REASONS = {
    "No space left on device": "磁盘空间不足", "Disk quota exceeded": "超出磁盘配额", "File too large": "文件过大",
    "Input/output error": "读写出错", "Bad file descriptor": "输出已关闭", "No such file or directory": "没有此文件或文件夹",
    "Permission denied": "没有权限", "Is a directory": "这是文件夹", "Not a directory": "路径中有一段不是文件夹",
    "File name too long": "文件名过长", "Read-only file system": "磁盘只读", "Broken pipe": "接收输出的程序已结束",
}  # fmt: skip

_RANGE = re.compile(r"([0-9]+)<=x<=([0-9]+)|x>=([0-9]+)")
_FIELD = re.compile(r"\{(\w+)\}")
_WORD = re.compile(r"[A-Z]+(?: [A-Z]+)*")
_QUOTED = re.compile(r"'([^']*)'|\"([^\"]*)\"|`([^`]*)`")


def helped(text: str) -> str:
    """The help of a command or an option, paragraph by paragraph."""
    paragraphs = [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]
    return "\n\n".join(HELP.get(paragraph, paragraph) for paragraph in paragraphs)


def extra(text: str) -> str:
    """What the help of an option says of its values: the default, their range, and whether it must be "
    "given."""
    return _RANGE.sub(_range, text.replace("default: ", "默认：").replace("required", "必填")).replace(
        "; ", "，"
    )


def _range(match: re.Match[str]) -> str:
    return f"不小于 {match[3]}" if match[3] else f"{match[1]} 至 {match[2]}"


def named(text: str) -> str:
    """What stands for a value or an argument, as it is written in a usage: ``[TALLY…]``, ``--out FILE``."""
    return _WORD.sub(lambda match: WORDS.get(match[0], match[0]), text).replace("...", "…")


def error(text: str) -> str:
    """The message of an error about usage."""
    spaced = " ".join(text.split())
    for pattern, chinese in _patterns():
        if match := pattern.fullmatch(spaced):
            fields = {name: _field(name, value) for name, value in match.groupdict().items()}
            return chinese.format(**fields)
    return text


def _field(name: str, value: str) -> str:
    """What stands in an error: another error, the reason of the system, names of arguments, or a "
    "quotation."""
    if name == "error":
        return error(value)
    if name == "reason":
        return REASONS.get(value, value)
    if name == "wanted":
        return value
    quoted = _QUOTED.sub(lambda match: f"“{match[1] or match[2] or match[3] or ''}”", value)
    if name in ("choices", "near", "names"):
        return quoted.replace(", ", "、")
    return named(quoted) if name == "hint" else quoted


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The errors as patterns of the whole message, with their Chinese."""
    return tuple(
        (re.compile(_FIELD.sub(r"(?P<\1>.+?)", _escaped(english)), re.DOTALL), chinese)
        for english, chinese in ERRORS.items()
    )


def _escaped(text: str) -> str:
    """A text as a pattern of itself, but for its fields."""
    return "".join(
        part if _FIELD.fullmatch(part) else re.escape(part) for part in re.split(r"(\{\w+\})", text)
    )
