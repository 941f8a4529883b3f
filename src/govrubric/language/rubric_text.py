"""The models of a rubric's text: exactly what the author wrote, immutable.

A model checks each field alone; what depends on several fields is checked by lints.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, PlainValidator

from govrubric.diagnostics.diagnostic import Path
from govrubric.language.cases_text import Case
from govrubric.language.combining import CombineWord, Drop
from govrubric.language.fields import (
    Authored,
    Date,
    Expression,
    Flag,
    Id,
    Influence,
    Language,
    Model,
    Note,
    NumberOrNone,
    Places,
    Positive,
    ProseOrNone,
    RubricId,
    Start,
    Text,
    Version,
    WasPath,
    one_of,
    some,
)
from govrubric.language.gates_text import Gate, Grade
from govrubric.language.inputs import Declarations
from govrubric.language.not_applicable import NotApplicable, Policy, PolicyOrCondition
from govrubric.language.rules import AnyRule
from govrubric.language.rules._rule import Rule
from govrubric.language.values import NamedValues
from govrubric.language.variants_text import Ambiguity, VariantsField
from govrubric.numbers import ROUNDINGS, Mode

Take = Literal["all", "highest"]


class Rounding(Model):
    """How a score is rounded: to how many places, and by which rule."""

    chinese: ClassVar[Mapping[str, str]] = {
        "places": "保留几位小数",
        "mode": "舍入方法：`half_up` 四舍五入，`half_even` 四舍六入五成双，`down` 向零舍去，`up` 离零进位，`floor` 取较小的数，`ceiling` 取较大的数",
    }

    places: Places = Field(description="to how many decimal places", examples=["2"])
    mode: Annotated[Mode, PlainValidator(one_of(*ROUNDINGS))] = Field(
        description="by which rule: `half_up` is 四舍五入, `half_even` to the even neighbour at a tie, "
        "`down` towards zero, `up` away from it, `floor` and `ceiling` to the lower and the higher",
        examples=["half_up"],
    )
    note: Note = None


class Item(Model):
    """An indicator or one of its parts: a leaf has rules, a group has items and may have rules of its own."""

    chinese: ClassVar[Mapping[str, str]] = {
        "id": "路径中的名称：以小写字母开头，其后为小写字母、数字和 `_`",
        "title": "供人阅读的名称",
        "was": "该项在上一版评分表中的路径（有变动时才写）；不影响得分",
        "weight": "该项计入上级的满分；必须写，只有不设满分的 `extra` 项不写",
        "out_of": "该项自身的分制；与权重不同时才写，不写即为 `weight`",
        "extra": "是否为附加项：得分加在上级满分之外；不写 `weight` 的为不设满分的加分项、扣分项，从零分起，得多少计多少",
        "not_applicable": (
            "允许填报文件注明该项不适用，或以 `when` 写明不适用的条件，并规定此时如何处理：其余项按比例放大（`rescale`）、给满分（`full`）、"
            "给零分（`zero`）、权重均摊（`spread`）"
        ),
        "counts_when": "仅当此条件成立时，该项才计入上级",
        "start": "规则执行前的起始分：`full` 满分、`zero` 零分或一个数；规则有加有减时必须写",
        "take": "各规则都计（`all`），还是加分、扣分各只计最高的一条（`highest`，同一事项不重复计分）",
        "floor": "该项得分的下限，或 `none`（无下限）；不写为 0，不设满分且只扣不加的项为 `none`",
        "ceiling": (
            "该项得分的上限，或 `none`（无上限）；不写为满分加上各附加项最多能加的分；不设满分的项，只扣不加的为 0，"
            "能加分的必须写"
        ),
        "combine": "各子项如何得出本项的基数：合计、平均、最低或最高",
        "drop": "去掉几个最低和几个最高的子项",
        "gates": "对该项得分的一票否决与封顶",
        "round": "该项得分如何舍入；不写则不舍入",
        "assessed_by": "由谁考评，供人阅读",
        "values": "本项内另行命名的数或条件：名称与公式；条件和公式都可引用",
        "clause": "官方条文，逐字照录",
        "rules": "加分和扣分的规则；对有子项的项，作用于子项得出的基数",
        "items": "该项的子项",
    }

    required_without: ClassVar[Mapping[str, str]] = {"weight": "extra"}  # in the JSON Schema, for editors

    id: Id = Field(
        description="the item's name in paths: a small letter, then small letters, digits and `_`",
        examples=["annual_report"],
    )
    title: Annotated[Text, Influence.WORDS] = Field(
        description="the item's name for people", examples=["政府信息公开年报"]
    )
    was: Annotated[WasPath | None, Influence.WORDS] = Field(
        default=None,
        description="the item's path in the rubric that this one follows, where it had another; "
        "it changes no score",
        examples=["basics.yearbook"],
    )
    weight: Positive | None = Field(
        default=None,
        description="full marks that the item adds to its group; required, except of an `extra` item that "
        "has none",
        examples=["10"],
    )
    out_of: Positive | None = Field(
        default=None,
        description="the scale on which the item is scored, where that is not its weight; "
        "`weight` unless told",
        examples=["100"],
    )
    extra: Flag = Field(
        default=False,
        description="whether its points come on top of the group's full marks; without a `weight` it has no "
        "full marks, starts at zero, and counts as it is",
        examples=["true"],
    )
    not_applicable: PolicyOrCondition | None = Field(
        default=None,
        description="lets the tally say that the item does not apply, or says when it does not, "
        "and what happens then: the rest is scaled up, full marks, none, or its weight is shared out",
        examples=["rescale"],
    )
    counts_when: Authored | None = Field(
        default=None,
        description="the item contributes only while this holds",
        examples=["reached(basics) >= 0.6"],
    )
    start: Start | None = Field(
        default=None,
        description="the balance before any rule; must be written when rules both give and take",
        examples=["full"],
    )
    take: Annotated[Take, PlainValidator(one_of("all", "highest"))] = Field(
        default="all",
        description="whether all of its rules count, or of its awards and its deductions only the greatest",
        examples=["highest"],
    )
    floor: NumberOrNone | None = Field(
        default=None,
        description="the least that the score can come to, or `none`; 0 unless told, and `none` of an item "
        "without full marks that only takes",
        examples=["-5"],
    )
    ceiling: NumberOrNone | None = Field(
        default=None,
        description="the most that the score can come to, or `none`; "
        "full marks with the most that extra parts can add unless told; of an item without full marks 0 if "
        "it only takes, and otherwise it must be written",
        examples=["none"],
    )
    combine: CombineWord = Field(
        default="sum",
        description="how the parts make the group's base: their sum, their mean, the least or the greatest",
        examples=["mean"],
    )
    drop: Drop | None = Field(
        default=None,
        description="how many of the lowest and highest parts are left out",
        examples=["{lowest: 1}"],
    )
    gates: Annotated[tuple[Gate, ...], BeforeValidator(some)] = Field(
        default=(),
        description="vetoes and caps on this item's score",
        examples=["[{id: capped, when: late > 3, at_most: 6}]"],
    )
    round: Rounding | None = Field(
        default=None,
        description="how this item's score is rounded; it is not unless told",
        examples=["{places: 1, mode: half_up}"],
    )
    assessed_by: ProseOrNone = Field(
        default=None, description="who assesses it, for people", examples=["第三方评估机构"]
    )
    clause: ProseOrNone = Field(
        default=None,
        description="the official wording, word for word",
        examples=["按照要求发布政府信息公开年报（5分）。"],
    )
    note: Note = None
    values: NamedValues = Field(
        default=(),
        description="numbers and flags with a name of their own, for conditions and formulas",
        examples=["{both: {formula: score(a) + score(b)}}"],
    )
    rules: Annotated[tuple[AnyRule, ...], BeforeValidator(some)] = Field(
        default=(),
        description="what gives and takes points; of a group, on what its parts come to",
        examples=["[{id: late, deduct: 2}]"],
    )
    items: Annotated[tuple["Item", ...], BeforeValidator(some)] = Field(
        default=(),
        description="the parts that the item is made of",
        examples=["[{id: a, title: A, weight: 10, rules: [{id: late, deduct: 2}]}]"],
    )

    @property
    def policy(self) -> Policy | None:
        """What happens where it does not apply; ``None`` where it always does."""
        said = self.not_applicable
        return said.then if isinstance(said, NotApplicable) else said

    @property
    def exempt_when(self) -> Expression | None:
        """The condition on which it does not apply; ``None`` where a tally says so, or nothing does."""
        return self.not_applicable.when if isinstance(self.not_applicable, NotApplicable) else None


class Valid(Model):
    """The days for which the rubric holds, the first and the last."""

    chinese: ClassVar[Mapping[str, str]] = {
        "from": "第一天",
        "to": "最后一天",
    }

    start: Date | None = Field(
        default=None, alias="from", description="the first day", examples=["2023-01-01"]
    )
    to: Date | None = Field(default=None, description="the last day", examples=["2023-12-31"])
    note: Note = None


class Origin(Model):
    """Where the official text comes from."""

    chinese: ClassVar[Mapping[str, str]] = {
        "issuer": "发文单位",
        "document": "文件名称或附件号",
    }

    issuer: Text | None = Field(
        default=None, description="who issued the official text", examples=["市政府办公室"]
    )
    document: Text | None = Field(default=None, description="which document it is", examples=["附件2"])
    note: Note = None


class RubricText(Model):
    """The whole document. It is the root item too: `total` is its weight, and `indicators` are its items."""

    chinese: ClassVar[Mapping[str, str]] = {
        "govrubric": "评分语言的版本",
        "id": "评分表的 id：写法同其他 id，另可含 `-`",
        "title": "正式名称",
        "language": "报告和提示所用的语言：`zh-CN` 或 `en`",
        "valid": "评分表适用的起止日期",
        "source": "官方文本的出处",
        "total": "整张表的满分",
        "out_of": "各指标权重之和；与 `total` 不同时才写，不写即为 `total`",
        "floor": "总分的下限，或 `none`（无下限）；不写为 0",
        "ceiling": "总分的上限，或 `none`（无上限）；不写为满分加上各附加指标最多能加的分",
        "combine": "总分如何由各指标得出：合计、平均、最低或最高",
        "drop": "去掉几个最低和几个最高的指标",
        "round": "公布的总分如何舍入",
        "facts": "不属于任何规则的填报项：名称与类型；条件和规则都可引用",
        "values": "另行命名的数或条件：名称与公式；条件和公式都可引用",
        "indicators": "一级指标",
        "gates": "对总分和等次的一票否决与封顶",
        "grades": "等次，由高到低；最后一个不写 `from` 和 `when`",
        "grade_on": "等次的 `from` 看哪个总分：舍入后的（`rounded`）还是精确的（`exact`）",
        "cases": "随评分表保存的测试案例",
        "variants": "适用于不同类别单位的版本：id 及其与本表的不同之处",
        "ambiguities": "官方文本没有写明或前后矛盾之处，以及本表的理解",
    }

    govrubric: Version = Field(description="the version of the language", examples=["1"])
    id: Annotated[RubricId, Influence.WORDS] = Field(
        description="the rubric's own name: as an id, and `-` is allowed", examples=["district-2023"]
    )
    title: Annotated[Text, Influence.WORDS] = Field(
        description="the official title", examples=["2023年政务公开考核评估指标（地区版）"]
    )
    language: Annotated[Language, Influence.WORDS] = Field(
        default="en", description="the language of reports and messages: `zh-CN` or `en`", examples=["zh-CN"]
    )
    valid: Annotated[Valid | None, Influence.WORDS] = Field(
        default=None,
        description="the days for which the rubric holds",
        examples=["{from: 2023-01-01, to: 2023-12-31}"],
    )
    source: Annotated[Origin | None, Influence.WORDS] = Field(
        default=None, description="whose text this is", examples=["{issuer: 市政府办公室, document: 附件2}"]
    )
    total: Positive = Field(description="full marks of the whole", examples=["100"])
    out_of: Positive | None = Field(
        default=None,
        description="what the weights of the indicators add up to, where that is not the total; "
        "`total` unless told",
        examples=["1000"],
    )
    floor: NumberOrNone | None = Field(
        default=None,
        description="the least that the whole can come to, or `none`; 0 unless told",
        examples=["none"],
    )
    ceiling: NumberOrNone | None = Field(
        default=None,
        description="the most that the whole can come to, or `none`; "
        "its full marks with the most that extra indicators can add unless told",
        examples=["100"],
    )
    combine: CombineWord = Field(
        default="sum",
        description="how the indicators make the whole: their sum, their mean, the least or the greatest",
        examples=["sum"],
    )
    drop: Drop | None = Field(
        default=None,
        description="how many of the lowest and highest indicators are left out",
        examples=["{lowest: 1, highest: 1}"],
    )
    round: Rounding = Field(
        description="how the published total is rounded", examples=["{places: 2, mode: half_up}"]
    )
    facts: Declarations = Field(
        default=(),
        description="inputs that belong to no rule, by name and type; conditions and rules may use them",
        examples=["{deaths: count, class: {choice: [A, B]}}"],
    )
    values: NamedValues = Field(
        default=(),
        description="numbers and flags with a name of their own, for conditions and formulas",
        examples=["{both: {title: 两项合计, formula: score(a) + score(b), show: true}}"],
    )
    note: Note = None
    indicators: Annotated[tuple[Item, ...], BeforeValidator(some)] = Field(
        description="the top items",
        examples=["[{id: a, title: A, weight: 10, rules: [{id: late, deduct: 2}]}]"],
    )
    gates: Annotated[tuple[Gate, ...], BeforeValidator(some)] = Field(
        default=(),
        description="vetoes and caps on the total and the grade",
        examples=["[{id: veto, when: deaths > 0, score: 0}]"],
    )
    grades: Annotated[tuple[Grade, ...], BeforeValidator(some)] = Field(
        default=(),
        description="grades of the whole, best first; the last has neither `from` nor `when`",
        examples=["[{grade: 合格, from: 60}, {grade: 不合格}]"],
    )
    grade_on: Annotated[Literal["rounded", "exact"], PlainValidator(one_of("rounded", "exact"))] = Field(
        default="rounded",
        description="which total the `from` of grades looks at: the rounded or the exact one",
        examples=["exact"],
    )
    cases: Annotated[tuple[Case, ...], BeforeValidator(some), Influence.WORDS] = Field(
        default=(),
        description="tests that live with the rubric",
        examples=["[{name: 迟报, tally: {a.late: true}, expect: {total: 8}}]"],
    )
    ambiguities: Annotated[tuple[Ambiguity, ...], BeforeValidator(some), Influence.WORDS] = Field(
        default=(),
        description="where the official text is silent or contradicts itself, and how it is read",
        examples=["[{id: amount, at: a.late, question: 扣多少？, decision: 扣2分}]"],
    )

    variants: Annotated[VariantsField, Influence.WORDS] = Field(
        default=(),
        description="the rubric for other classes of units: by id, what is other than here",
        examples=["{county: {title: 县区, set: {a.weight: 20}}}"],
    )

    # As the root item, it has the fields of an `Item` too.

    @property
    def weight(self) -> Positive:
        return self.total

    @property
    def items(self) -> tuple[Item, ...]:
        return self.indicators

    @property
    def rules(self) -> tuple[Rule, ...]:
        return ()

    @property
    def start(self) -> None:
        return None

    @property
    def take(self) -> Take:
        return "all"

    @property
    def extra(self) -> Literal[False]:
        return False

    @property
    def policy(self) -> None:
        return None

    @property
    def exempt_when(self) -> None:
        return None

    @property
    def counts_when(self) -> None:
        return None


AnyItem = Item | RubricText


def join(path: str, name: str) -> str:
    """A path and the id of a part -> the part's path."""
    return f"{path}.{name}" if path else name


def parts(item: AnyItem, path: str = "", at: Path = ()) -> Iterator[tuple[AnyItem, str, Path]]:
    """The item and all items below it, in file order, each with its path and its path in the document."""
    left = [(item, path, at)]  # a stack, since many lints go through all of a rubric
    while left:
        item, path, at = here = left.pop()
        yield here
        if item.items:
            key = "indicators" if isinstance(item, RubricText) else "items"
            below = [(part, join(path, part.id), (*at, key, index)) for index, part in enumerate(item.items)]
            left += reversed(below)
