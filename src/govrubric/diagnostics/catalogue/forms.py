"""Codes 85x -> what is wrong and what to do: forms that are written to be filled in."""

from govrubric.diagnostics.catalogue.form import Entries

# fmt: off
ENTRIES: Entries = {
    "GR850": {"en": ("a spreadsheet cannot compute `{line}` exactly: on the way its numbers may have "
                     "{digits} digits, and a spreadsheet keeps {kept}",
                     "give the numbers that it is made of a range (`min`, `max`) or fewer `places`, or "
                     "collect tallies in another way"),
              "zh": ("电子表格无法精确计算 `{line}`：计算中的数可达 {digits} 位，而电子表格只保 {kept} 位",
                     "请为它所用的数写明范围（`min`、`max`）或减少 `places`，或改用其他方式填报")},
    "GR851": {"en": ("“{text}” has {length} characters, and a cell of a workbook holds {limit}",
                     "shorten it, or part it among several items or rules"),
              "zh": ("“{text}”有 {length} 个字符，而工作簿的单元格最多容纳 {limit} 个",
                     "请缩短，或分写到几个指标、几条规则中")},
    "GR852": {"en": ("the list of units has no column `unit`",
                     "name the column with the codes of the units `unit`, and that with their names `name`"),
              "zh": ("单位名单中没有 `unit` 一列", "请将单位代码一列命名为 `unit`，单位名称一列命名为 `name`")},
    "GR853": {"en": ("this row names no unit", "give it the code of a unit, or take the row out"),
              "zh": ("此行没有单位代码", "请填写单位代码，或删去此行")},
    "GR854": {"en": ("the form of `{unit}` would have the same file name as that of another unit: {file}",
                     "give one of them a code that differs in more than capital letters"),
              "zh": ("`{unit}` 的表与另一单位的表文件名相同：{file}", "请改其中一个的代码，不要只有大小写之别")},
    "GR855": {"en": ("the code of this unit is too long for the name of a file: {length} bytes, of "
                     "at most {limit}",
                     "give it a shorter code"),
              "zh": ("此单位的代码过长，不能用作文件名：{length} 字节，最多 {limit} 字节", "请改用较短的代码")},
}
