"""Codes 42x to 47x -> what is wrong and what to do: clauses beside numbers, and what is left to decide."""

from govrubric.diagnostics.catalogue.form import Entries

_REGISTER_EN = (
    "; if the text is meant otherwise, register it under `ambiguities`, at the rule or its item, "
    "with “{has}” in its decision"
)
_REGISTER_ZH = (
    "；若原文另有所指，请在 `ambiguities` 中登记（`at` 写该规则或其所属指标，`decision` 中写明“{has}”）"
)

_REGISTER_OTHER_EN = f"{_REGISTER_EN}, and not the number of the clause"
_REGISTER_OTHER_ZH = _REGISTER_ZH.replace("写明“{has}”）", "写明“{has}”，不写条款中的数）")

# fmt: off
ENTRIES: Entries = {
    "GR420": {"en": ("the clause of `{path}` says “{said}”, and the rule has {has}",
                     "correct the number" + _REGISTER_OTHER_EN),
              "zh": ("“{path}”的条款写的是“{said}”，规则却是 {has}", "请改正数字" + _REGISTER_OTHER_ZH)},
    "GR421": {"en": ("the clause of `{path}` says “{said}”, and no rule or level is left that does so",
                     "add the rule or level that is missing" + _REGISTER_EN),
              "zh": ("“{path}”的条款写有“{said}”，却没有与之对应的规则或级别", "请补上漏掉的规则或级别" + _REGISTER_ZH)},
    "GR422": {"en": ("`{path}` has {has}, which its clause does not say",
                     "correct the number, or quote the words that say it" + _REGISTER_EN),
              "zh": ("“{path}”的 {has} 在条款中找不到", "请改正数字，或补全条款" + _REGISTER_ZH)},
    "GR423": {"en": ("the clause of `{path}` says “{said}”, and there points are {what}",
                     "write `deduct` for what is taken and `award` for what is added, or "
                     "correct the sign" + _REGISTER_EN),
              "zh": ("“{path}”的条款写的是“{said}”，规则却是{what}", "扣分用 `deduct`，加分用 `award`，或改正正负号" + _REGISTER_ZH)},
    "GR424": {"en": ("the clause of `{path}` says “{said}”, and the rule counts {what}",
                     "add `per` with the unit where the clause says 每, and take it out where the points are "
                     "given or taken once" + _REGISTER_EN),
              "zh": ("“{path}”的条款写的是“{said}”，规则却是{what}",
                     "条款写“每……”的，请用 `per` 写明单位；只扣或只加一次的，请删去 `per`" + _REGISTER_ZH)},
    "GR425": {"en": ("the clause of `{path}` says “{said}”, and the rule counts `per: {has}`",
                     "write the unit of the clause" + _REGISTER_EN),
              "zh": ("“{path}”的条款写的是“{said}”，规则却按“{has}”计数（`per: {has}`）", "请写条款中的单位" + _REGISTER_ZH)},
    "GR426": {"en": ("the clause of `{path}` says “{said}”, and it does not stop there",
                     "add `at_most` with this number, or correct the one that is there" + _REGISTER_OTHER_EN),
              "zh": ("“{path}”的条款写有“{said}”，规则却没有这个上限",
                     "请加上写有该数的 `at_most`，或改正已有的 `at_most`" + _REGISTER_OTHER_ZH)},
    "GR427": {"en": ("`{path}` gives or takes at most {has}, and no clause says so",
                     "take `at_most` out, or quote the words that say it" + _REGISTER_EN),
              "zh": ("“{path}”有上限 {has}，条款却没有这样写", "请删去 `at_most`，或补全条款" + _REGISTER_ZH)},
    "GR428": {"en": ("the clause says “{said}”, and `{path}` has `{key}: {bound}`",
                     "correct `{key}`: 扣完为止 stops at 0, 加完为止 at full marks, 不封顶 nowhere, up or "
                     "down" + _REGISTER_EN),
              "zh": ("条款写的是“{said}”，“{path}”却是 `{key}: {bound}`",
                     "请改正 `{key}`：扣完为止止于 0 分，加完为止止于满分，不封顶则没有上限（只扣不加的，没有下限）" + _REGISTER_ZH)},
    "GR429": {"en": ("the text of `{path}` says “{said}”, and its full marks are {has}",
                     "correct the number" + _REGISTER_EN),
              "zh": ("“{path}”的原文写的是“{said}”，其满分却是 {has}", "请改正数字" + _REGISTER_ZH)},
    "GR430": {"en": ("no words of “{document}” are quoted for `{path}`",
                     "copy the official wording into `clause`, or say in a `note` why there is none"),
              "zh": ("“{path}”没有引用“{document}”的原文", "请把官方原文抄入 `clause`；若原文没有，请在 `note` 中说明")},
    "GR431": {"en": ("`{path}` quotes the same words as `{other}`: what they take or give counts twice",
                     "take one of the rules out, or say under `ambiguities`, at one of the two, how the "
                     "words are read"),
              "zh": ("“{path}”与“{other}”引用同一条款，同一分值会被重复计算",
                     "请删去其中一条；若确应如此，请在 `ambiguities` 中登记如何理解（`at` 写其中一条）")},
    "GR432": {"en": ("two things in `{parent}` are called “{title}”",
                     "give one of the two a title of its own"),
              "zh": ("“{parent}”之下有两项都叫“{title}”", "请为其中之一另取标题")},
    "GR433": {"en": ("the case “{name}” has the same tally as “{other}”",
                     "put what both expect into one case, or change what one of them counts"),
              "zh": ("案例“{name}”与“{other}”的计数完全相同", "请将应得结果并入同一个案例，或改动其中一个的计数")},
    "GR434": {"en": ("the ambiguity `{name}` is not decided: “{decision}”",
                     "write how the text is read here, since the rules score in some way"),
              "zh": ("歧义“{name}”尚未作出决定：“{decision}”", "计分总要依据一种理解，请写明此处采用哪一种")},
    "GR435": {"en": ("`{path}` gives or takes {amount} at once, and its item has only {full}",
                     "correct the points or the weight, or add `at_most`"),
              "zh": ("“{path}”一次可计 {amount} 分，而所属指标只有 {full} 分", "请改正分值或权重，或加上 `at_most`")},
    "GR436": {"en": ("`{name}` may not apply, and then its score is 0 here",
                     "ask `applies({name})` in the same condition"),
              "zh": ("“{name}”可能不适用，此时这里的得分为 0", "请在同一条件中加上 `applies({name})`")},
    "GR437": {"en": ("{count} marked line(s) wait to be confirmed: {lines}",
                     "compare each line with the new document, and take its mark out"),
              "zh": ("有 {count} 行标记待确认：第 {lines} 行", "请逐行与新文件核对，核对后删去该行的标记")},
    "GR438": {"en": ("`{name}` and `{other}` both hold on some days",
                     "correct `valid`, so that one of them holds on each day"),
              "zh": ("“{name}”与“{other}”的有效期有重叠", "请改正 `valid`，使每一天只有一份有效")},
    "GR439": {"en": ("two files have the id `{name}`", "give one of the rubrics another id"),
              "zh": ("有两个文件的 id 都是“{name}”", "请为其中一份评分表另取 id")},
    "GR440": {"en": ("this comment allows {name} and does not say why",
                     "write the reason behind a colon: `# allow {name}: …`"),
              "zh": ("此注释放行 {name}，却没有说明理由", "请在冒号后写明理由：`# allow {name}: …`")},
    "GR441": {"en": ("a comment cannot allow {name}",
                     "allow a warning, whose code begins with GR4, one code to a comment; correct an error"),
              "zh": ("注释不能放行 {name}",
                     "可放行的是以 GR4 开头的警告，每条注释一个代码；错误则须改正")},
    "GR442": {"en": ("there is no {name} on the line below that this comment could allow",
                     "take the comment out, or put it directly above the line of the finding"),
              "zh": ("下一行并没有此注释要放行的 {name}", "请删去此注释，或把它移到所指那一行的正上方")},
    "GR443": {"en": ("the clause of `{path}` names {said}, and its levels have {has}",
                     "write the levels in the order of the clause, each with its own points"),
              "zh": ("“{path}”的条款依次写的是 {said}，各级却依次是 {has}", "请按条款的次序写各级，并核对每级的分值")},
    "GR450": {"en": ("the clause of `{path}` says “{said}”, and here it is {has}",
                     "correct the number, or the key that says whether the number itself belongs to "
                     "it" + _REGISTER_OTHER_EN),
              "zh": ("“{path}”的条款写的是“{said}”，这里却是 {has}",
                     "请改正这个数，或改正表示是否含本数的键" + _REGISTER_OTHER_ZH)},
    "GR451": {"en": ("the clause of `{path}` says “{said}”, and every level counts",
                     "add `take: highest`" + _REGISTER_EN),
              "zh": ("“{path}”的条款写的是“{said}”，各级却累计计分", "请加上 `take: highest`" + _REGISTER_ZH)},
    "GR452": {"en": ("the clause of `{path}` says “{said}”, and its condition has `{has}`",
                     "write `or` for 或, and `and` for 且" + _REGISTER_EN),
              "zh": ("“{path}”的条款写的是“{said}”，条件中用的却是 `{has}`",
                     "“或”写 `or`，“且”写 `and`" + _REGISTER_ZH)},
    "GR453": {"en": ("the clause of `{path}` says “{said}”, and the gate sets {has}",
                     "correct the grade or the score" + _REGISTER_EN),
              "zh": ("“{path}”的条款写的是“{said}”，这里定的却是 {has}", "请改正等次或分数" + _REGISTER_ZH)},
    "GR454": {"en": ("the title says {said}, and `{key}` is {has}",
                     "correct the year that was left from another rubric"),
              "zh": ("标题写的是{said}年，`{key}` 却是 {has}", "请改正沿用自其他年度的年份")},
    "GR455": {"en": ("`{path}` and the awards beside it are bands of one number and add up: "
                     "“{said}” gets {has} points",
                     "make them one rule with `bands`, or let the item `take: highest`" + _REGISTER_EN),
              "zh": ("“{path}”与相邻各条是同一数值的分档，却会累计：“{said}”共得 {has} 分",
                     "请改写为一条 `bands`，或在该项写 `take: highest`" + _REGISTER_ZH)},
    "GR470": {"en": ("to be confirmed: {asked}",
                     "settle this with the office that wrote the text, mend what stands here, and take the "
                     "comment out"),
              "zh": ("待确认：{asked}", "请与原文的制定单位核实，改好此处后删去这条注释")},
}
