"""What a table leaves open -> the words that ask it, beside the mark in the text of a draft."""

from typing import Literal, NamedTuple

from govrubric.diagnostics.diagnostic import Lang

QUOTED = 60  # characters that a question quotes of a clause

Kind = Literal[
    "above", "at_item", "below", "besides", "both", "bound", "by_number", "cap", "ceiling", "convert",
    "dates", "edge", "extra", "forfeit", "full_marks", "fully", "gate", "gate_grade", "grade_below",
    "grade_edge", "grade_gap", "instead", "no_points", "no_standard", "not_said", "other_part",
    "otherwise", "outside", "outside_more", "over", "percent", "rest", "rounding", "shared", "shortfall",
    "sign", "split", "steps", "summed", "title", "total", "total_told", "unit", "unread", "unweighted",
    "whole",
]  # fmt: skip

# Of each kind the words in English and in Chinese. `quote` is what the table says.
_WORDS: dict[Kind, tuple[str, str]] = {
    "above": ("above which number does it count? “{quote}”", "高于多少起算？“{quote}”"),
    "at_item": ("which part is this about? “{quote}”", "此条属于哪一部分？“{quote}”"),
    "below": ("below which number does it count? “{quote}”", "低于多少起算？“{quote}”"),
    "besides": ("does it come on top of what is before it? “{quote}”", "理解为与前面各条累计，是否如此？“{quote}”"),
    "both": ("points are given and taken: does it start full or at zero?", "有加有减：从满分起，还是从零分起？"),
    "bound": ("does a threshold decide? “{quote}”", "条款中的界限尚未写入规则：“{quote}”"),
    "by_number": ("only the number says that it is about this part: “{quote}”", "仅按序号归入此部分，是否如此？“{quote}”"),
    "ceiling": ("how many points at most?", "最多可加多少分？"),
    "convert": ("out of how many points is the other score? “{quote}”", "按满分多少分折算？“{quote}”"),
    "cap": ("the most of this rule, or of several together? “{quote}”", "是这一条的上限，还是几条合计的上限？“{quote}”"),
    "dates": ("from when to when does it hold?", "起止日期是否如此？"),
    "edge": ("to which band does exactly {number} belong? “{quote}”", "正好{number}的归哪一档？“{quote}”"),
    "extra": ("does it come on top of the full marks?", "是否在满分之外另计？"),
    "forfeit": ("how many points are lost? “{quote}”", "扣去多少分？“{quote}”"),
    "full_marks": (
        "the clause says {number} points in all, the item has {other}",
        "条款写明满分{number}分，本项为{other}分",
    ),
    "fully": ("is this 100 %? “{quote}”", "此处按100%计，是否如此？“{quote}”"),
    "gate": ("what follows from it? “{quote}”", "出现后如何处理？“{quote}”"),
    "gate_grade": (
        "the grade is fixed and the points stay; is it so? “{quote}”",
        "此处定为“{other}”等次，得分照计，是否如此？“{quote}”",
    ),
    "grade_below": ("which grade is below {number} points?", "{number}分以下定为何等次？"),
    "grade_edge": ("which grade has exactly {number} points?", "恰为{number}分的，定为何等次？"),
    "grade_gap": (
        "which grade is between {number} and {other} points?",
        "{number}分至{other}分之间的，定为何等次？",
    ),
    "instead": (
        "does it come on top of the others, or in their place? “{quote}”",
        "与其他各条累计，还是取代其他各条？“{quote}”",
    ),
    "no_points": ("the table gives no points; how many?", "表中没有写明分值，是多少分？"),
    "no_standard": ("the table does not say how this is scored", "表中没有评分标准，如何评分？"),
    "not_said": ("how are points given? “{quote}”", "条款未写明如何计分：“{quote}”"),
    "other_part": ("is it about “{other}”? “{quote}”", "是否属于“{other}”？“{quote}”"),
    "outside": ("this is not in the draft: “{quote}”", "表外的这些文字尚未写入：“{quote}”"),
    "outside_more": (
        "{number} more texts are not in the draft, from this on: “{quote}”",
        "表外另有 {number} 处文字尚未写入，自此处起：“{quote}”",
    ),
    "otherwise": (
        "which cases are these? the item loses all its points in them: “{quote}”",
        "指哪些情形？此处会使本项全部失分：“{quote}”",
    ),
    "over": ("the parts come to {number}, the table says {other}", "各部分合计{number}分，表中写明{other}分"),
    "percent": ("is the weight a share, taken here as points? “{quote}”", "权重为百分比，此处按分值计，是否如此？“{quote}”"),
    "rest": (
        "the parts come to {number} of {other}; what are the rest for?",
        "各部分合计{number}分，表中写明{other}分，其余从何而来？",
    ),
    "rounding": ("how is the total rounded?", "总分保留几位小数，如何舍入？"),
    "shared": ("the table gives no points of its own; shared out evenly", "表中没有写明分值，此处为平均分配，是多少分？"),
    "shortfall": (
        "the tally says how many are missing, and not how many there are; is that so? “{quote}”",
        "此处填报少了多少，而不是实际有多少，是否如此？“{quote}”",
    ),
    "sign": ("are points given or taken? “{quote}”", "未写明加分还是扣分：“{quote}”"),
    "split": (
        "{number} points are earned and {other} may be taken: `start: {other}`, or two items?",
        "得分部分{number}分，扣分部分{other}分，合为满分：是否写 start: {other}，或分为两项？",
    ),
    "steps": (
        "are these bands of one number? if so, make them one rule with `bands`: “{quote}”",
        "这几条是否为同一比率的分档？如是，请改写为一条 bands：“{quote}”",
    ),
    "summed": ("the table gives no points; these are the sum of the parts", "表中没有写明分值，此处为各部分之和，是否如此？"),
    "title": ("the table gives no title", "表中没有标题"),
    "total": ("the table gives no total; this is the sum", "表中没有总分，此处为各项之和，是否如此？"),
    "total_told": (
        "the table comes to {number} in all, the words around it say {other}",
        "表中总分为{number}分，表外文字写明{other}分",
    ),
    "unit": ("once, or for each of what? “{quote}”", "只计一次，还是按什么计数？“{quote}”"),
    "unread": ("this is not in a rule yet: “{quote}”", "条款中的这一处尚未写入规则：“{quote}”"),
    "unweighted": ("this requirement has no points of its own: “{quote}”", "此项要求没有单独的分值：“{quote}”"),
    "whole": ("does a part of the step count? “{quote}”", "不足一个单位的如何计？“{quote}”"),
}  # fmt: skip


class Question(NamedTuple):
    """What is asked at a place; `quote` is the text that leaves it open, `number` and `other` are in it."""

    kind: Kind
    quote: str = ""
    number: str = ""
    other: str = ""

    def words(self, lang: Lang, *, whole: bool = False) -> str:
        """The question on one line, with a short quotation, or the `whole` of it."""
        quote = " ".join(self.quote.split())
        cut = quote if whole or len(quote) <= QUOTED else quote[: QUOTED - 1] + "…"
        other = " ".join(self.other.split())[:QUOTED]
        return _WORDS[self.kind][lang == "zh"].format(quote=cut, number=self.number, other=other)
