"""Codes 7xx -> what is wrong and what to do: the score card."""

from govrubric.diagnostics.catalogue.form import Entries

# fmt: off
ENTRIES: Entries = {
    "GR701": {"en": ("this is no score card of format 1: `{at}` should be {wanted}",
                     "give a card as `govrubric score --format json` writes it"),
              "zh": ("这不是第 1 版成绩单：“{at}”应为{wanted}", "请给出 `govrubric score --format json` 写出的成绩单")},
    "GR702": {"en": ("`{what}` on the card is {stated}, and its parts come to {computed}",
                     "the card was changed after it was made; score the tally anew"),
              "zh": ("成绩单上的{what}为 {stated}，而各部分合计为 {computed}", "成绩单在生成后被改动；请重新评分")},
    "GR703": {"en": ("these stand on the card where they should not, or are missing: {missing}",
                     "the card was changed after it was made; score the tally anew"),
              "zh": ("成绩单上下列内容多出或缺失：{missing}", "成绩单在生成后被改动；请重新评分")},
    "GR704": {"en": ("the score {score} lies past its bound {bound}",
                     "the card was changed after it was made; score the tally anew"),
              "zh": ("得分 {score} 超出上限或下限 {bound}", "成绩单在生成后被改动；请重新评分")},
    "GR705": {"en": ("`{at}` is {stated} on the card, and the rest of the card says {computed}",
                     "the card was changed after it was made; score the tally anew"),
              "zh": ("成绩单上“{at}”为 {stated}，而其余内容表明应为 {computed}", "成绩单在生成后被改动；请重新评分")},
    "GR706": {"en": ("the card was made with another rubric: {stated}, not {computed}",
                     "verify it with the rubric it was made with"),
              "zh": ("成绩单出自另一份评分表：{stated}，而不是 {computed}", "请用生成它的评分表核验")},
    "GR707": {"en": ("`{at}` is {stated} on the card, and {computed} when computed anew",
                     "the card was changed after it was made; score the tally anew"),
              "zh": ("成绩单上“{at}”为 {stated}，重新计算为 {computed}", "成绩单在生成后被改动；请重新评分")},
    "GR708": {"en": ("`{at}` is {stated} on the card, and {computed} in the tally",
                     "one of the two was changed after the card was made; score the tally anew"),
              "zh": ("成绩单上“{at}”为 {stated}，而填报数据中为 {computed}",
                     "成绩单生成后，二者之一被改动；请重新评分")},
    "GR709": {"en": ("the unit `{unit}` {what}",
                     "give the cards and the tallies of the same units; score those without a card"),
              "zh": ("单位“{unit}”{what}", "请给出同一批单位的成绩单和填报数据；缺成绩单的请评分")},
    "GR710": {"en": ("the card was made with another text of this rubric, which scores alike: {stated}, "
                     "not {computed}",
                     "verify it with the text it was made with, to prove its words as well as its figures"),
              "zh": ("成绩单出自本评分表的另一文本，二者计分一致，只是文字不同：{stated}，而不是 {computed}",
                     "数字已重新计算；如需连同文字一并核验，请用生成它的评分表文本")},
}
