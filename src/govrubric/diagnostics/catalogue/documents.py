"""Codes 80x and 81x -> what is wrong and what to do: documents of Word and Excel."""

from govrubric.diagnostics.catalogue.form import Entries

# fmt: off
ENTRIES: Entries = {
    "GR800": {"en": ("this is {kind}, which is not read here",
                     "open it in Word, Excel or WPS and save it as .docx, .xlsx or CSV"),
              "zh": ("此文件是{kind}，不能直接读取", "请用 Word、Excel 或 WPS 打开，另存为 .docx、.xlsx 或 CSV")},
    "GR801": {"en": ("the document is protected by a password, so that nothing in it can be read",
                     "open it with its password and save it without"),
              "zh": ("文件设有打开密码，内容无法读取", "请用密码打开后，另存为不设密码的文件")},
    "GR802": {"en": ("the document is damaged: {reason}[ (`{part}`)]",
                     "open it in Word, Excel or WPS, which may mend it, and save it anew"),
              "zh": ("文件已损坏：{reason}[（“{part}”）]", "请用 Word、Excel 或 WPS 打开（可能会自动修复），再另存一份")},
    "GR803": {"en": ("unpacked, [`{part}` in ]the document would take {size} bytes[, {ratio} times as "
                     "many as packed]",
                     "no document of an office does; if it is yours, copy the table into a new one"),
              "zh": ("[其中“{part}”]解压后将达 {size} 字节[，是压缩时的 {ratio} 倍]，已拒绝读取",
                     "正常的办公文件不会如此；若确为您的文件，请将表格复制到新文件中")},
    "GR804": {"en": ("`{part}` in the document declares a document type, which may make it mean anything",
                     "no program of an office writes one; copy the table into a new document"),
              "zh": ("文件中的“{part}”含有文档类型声明，可借此改变内容", "办公软件不会写入这种声明；请将表格复制到新文件中")},
    "GR805": {"en": ("there is no table in the document",
                     "give the document that has the scoring table; tables in pictures and text boxes "
                     "are not read"),
              "zh": ("文件中没有表格", "请给出含有评分表的文件；图片和文本框中的表格不能读取")},
    "GR806": {"en": ("no table of the document ({number}) is a scoring table: looked for a row with the "
                     "heading of what is scored (指标, 项目, 考核内容; criterion) and one of how (评分标准, 扣分标准, 分值; "
                     "points, how scored)[; the largest begins: {words}]",
                     "give the columns such headings, in one row or up to three"),
              "zh": ("文件中的 {number} 个表格都不是评分表：所找的是一行表头，其中既有“指标、项目、考核内容”之类，"
                     "又有“评分标准、扣分标准、分值”之类[；最大的表格开头为：{words}]",
                     "请为各列写上这样的表头，一至三行均可")},
    "GR807": {"en": ("the document has more than {limit} {what}[: a sheet reaches to {cell}]",
                     "keep the table alone in a file of its own, without empty rows and columns far from it"),
              "zh": ("文件中超过 {limit} {what}[：有工作表延伸至 {cell}]", "请将该表格单独存为一个文件，并删去远处多余的行和列")},
    "GR810": {"en": ("[table {table}: ]hidden {what} were left out: {number}[ ({names})]",
                     "if they belong to the table, show them and read it again"),
              "zh": ("[表格 {table}：]略去了 {number} 处隐藏的{what}[（{names}）]", "若属于该表，请取消隐藏后重新读取")},
    "GR811": {"en": ("table {table}: tracked changes were read as accepted: {number}",
                     "accept or reject them in the document to be sure"),
              "zh": ("表格 {table}：有 {number} 处修订，按接受修订后的内容读取", "如有疑问，请先在文件中接受或拒绝修订")},
    "GR812": {"en": ("the file is not UTF-8 and was read as GB18030",
                     "look at a few words of what was made of it"),
              "zh": ("文件不是 UTF-8 编码，已按 GB18030 读取", "请核对读出的文字")},
    "GR813": {"en": ("table {table}: characters that no reader sees were left out or became ordinary "
                     "spaces: {number}",
                     "nothing need be done; the words are the same"),
              "zh": ("表格 {table}：有 {number} 个不可见字符或特殊空格，已删去或改为普通空格",
                     "无需处理，文字不变")},
    "GR814": {"en": ("table {table}: tables within a cell were read as lines of that cell: {number}",
                     "look at the clause that has them"),
              "zh": ("表格 {table}：单元格内另有表格（{number} 个），已作为该格的若干行读取", "请核对相应条款")},
    "GR815": {"en": ("table {table}: empty cells below `{name}` were read as belonging to the cell "
                     "above: {number}",
                     "merge them in the document if that is so, and fill them in if not"),
              "zh": ("表格 {table}：“{name}”一列有 {number} 个空格，按与上一格合并读取", "若是，请在文件中合并；若不是，请补填")},
    "GR816": {"en": ("table {table}: formulas were read as lines of text: {number}",
                     "look at the clauses that have them"),
              "zh": ("表格 {table}：有 {number} 个公式，已按一行文字读取", "请核对相应条款")},
    "GR817": {"en": ("table {table}: the column `{name}` was not read; cells with text: {number}",
                     "give it a heading that says what it holds, if it belongs to the scoring"),
              "zh": ("表格 {table}：“{name}”一列未读取，其中 {number} 格有文字", "若与评分有关，请为该列写上能说明内容的表头")},
    "GR818": {"en": ("table {next} is as wide as table {table} before it and has no header, and was not read",
                     "if it is the rest of that table, join the two in the document"),
              "zh": ("表格 {next} 与其前的表格 {table} 列数相同而没有表头，未读取", "若是同一表格的续表，请在文件中合并")},
    "GR819": {"en": ("table {table}: struck-out words were left out: {number}",
                     "delete them in the document, or take the line through them away"),
              "zh": ("表格 {table}：有 {number} 处加删除线的文字，未读取", "请在文件中删去这些文字，或取消删除线")},
}
# fmt: on
