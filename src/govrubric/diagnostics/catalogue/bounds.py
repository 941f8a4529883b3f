"""Codes 40x -> what is wrong and what to do: what the bounds tell, and names that look like bounds."""

from govrubric.diagnostics.catalogue.form import Entries

# fmt: off
ENTRIES: Entries = {
    "GR401": {"en": ("nobody can reach the full marks of `{path}`: {most} of {full} at the most",
                     "correct the weight or the rules; if it is meant so, register it under `ambiguities`"),
              "zh": ("“{path}”的满分 {full} 分不可能得到：最多只能得 {most} 分", "请改正权重或规则；若确系如此，请在 `ambiguities` 中登记")},
    "GR402": {"en": ("`{key}: {bound}` of `{path}` never binds, since it goes from {low} to {high} anyway",
                     "take it out, or correct the number"),
              "zh": ("“{path}”的 `{key}: {bound}` 从不起作用，因为其范围本就是 {low} 至 {high}", "请删去，或改正数字")},
    "GR403": {"en": ("the rule `{path}` can never act",
                     "correct its points, or where its item starts and ends: awards come before deductions, "
                     "and no score passes a floor or ceiling"),
              "zh": ("规则“{path}”永远不起作用", "请改正其分值，或该项的起点与上下限：先加分、后扣分，且得分不越过上下限")},
    "GR404": {"en": ("the condition `{text}` can never hold",
                     "correct it, or take it out with what depends on it"),
              "zh": ("条件“{text}”永远不成立", "请改正，或连同其所属内容一起删去")},
    "GR405": {"en": ("the condition `{text}` always holds", "correct it, or leave the condition out"),
              "zh": ("条件“{text}”总是成立", "请改正，或去掉条件")},
    "GR406": {"en": ("nobody can be given the grade `{name}`",
                     "correct where it or the grades before it begin"),
              "zh": ("任何单位都评不上等次“{name}”", "请改正它或它前面各等次的起点")},
    "GR407": {"en": ("`{path}` can come to {value}, which takes more than 64 bits with the decimal places it "
                     "needs; tables could not hold it",
                     "limit it with `at_most`, or use fewer decimal places"),
              "zh": ("“{path}”可达 {value}，连同所需小数位超过 64 位整数，数据表无法容纳", "请用 `at_most` 限制，或减少小数位")},
    "GR408": {"en": ("nothing uses the fact `{name}`",
                     "use it in a condition, a formula or as `input`, or take it out"),
              "zh": ("没有任何地方用到事实“{name}”", "请在条件、公式或 `input` 中使用，或删去")},
    "GR418": {"en": ("nothing uses the value `{name}`, and it is not shown",
                     "use it in a condition or formula, write `show: true`, or take it out"),
              "zh": ("没有任何地方用到命名值“{name}”，也不列示", "请在条件或公式中使用，或写 `show: true`，或删去")},
    "GR409": {"en": ("`{path}` has a level `{name}`, which looks like the end of a range",
                     "if an assessor sets the points within a range, write `{form}`; otherwise give the "
                     "level another name"),
              "zh": ("“{path}”有一级名为“{name}”，像是范围的一端",
                     "由考评人在范围内酌情定分的，请写 `{form}`；否则请为该级另取名称")},
}
