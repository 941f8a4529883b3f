"""The heading of a column -> what the column of a scoring table holds.

A heading is looked up without its spaces, brackets and what they hold, and a second heading after 及 or 和 that
only adds the weight (指标及分值). The first pattern that is the whole of it says the role; so the special stands
before the general: 标准分 is a weight before 标准 is a standard, 自评依据 is evidence before 依据 is.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from govrubric.office.grids import Role

LONGEST = 30  # characters of a heading without its brackets
LOOKED_AT = 200  # characters of a cell that may be a heading, with its spaces and brackets

_SCORED = "得分|评分|成绩|打分|核分"
_BY = (
    "考评|考核|评估|评价|实际|核定|最终|复核|审核|测评|检查|评审|督查|督导|验收|上级|部门|单位|领导|专家|小组|考评组"
    "|考核组"
)

_PATTERNS: tuple[tuple[Role, str], ...] = (
    ("number", "序号|编号|序|项次|号|题号|no|nr|#|s/n|sn|number|item(?:no|number)"),
    # Of the unit that assesses itself.
    ("evidence", "(?:自评|自查|自测).*(?:依据|说明|材料|理由|情况|佐证)"),
    ("self", "(?:.*(?:得分|成绩))?(?:单位|部门)?自(?:评|查|测|我评价).*"),
    ("evidence", ".*(?:佐证|证明|支撑|印证|备查|评审|考核|申报)(?:材料|资料|依据).*"),
    ("evidence", "(?:评分)?依据|材料|材料清单|资料|evidence.*|proof|(?:supporting)?documents?"),
    ("self", "self(?:assessment|assessed|score|evaluation|rating|check).*"),
    # What it may come to, and what it came to.
    ("weight", "(?:标准|基本|基础|配|规定|应得|额定)分(?:值|数)?|分数|比重|占比"),
    ("weight", ".*(?:权重|分值|满分|标准分)(?:分|值|系数|[0-9]+分?)?"),
    ("weight", "weight(?:ing|age)?|max(?:imum)?(?:score)?|fullmarks?"),
    ("weight", "(?:max|maximum|full|possible|available)?(?:points|marks)(?:available|possible)?"),
    ("official", f"(?:{_BY})?(?:{_SCORED})(?:情况|结果|值|合计)?|(?:{_BY}|实得)分|[扣加减]分(?:情况|值)"),
    ("official", ".*(?:得分|成绩)|考评|考核|复核|核定"),
    ("official", "(?:official|final|actual|assessors?|total)?score(?:awarded|given)?|result"),
    ("official", "(?:points|marks)?awarded"),
    # How it is scored, and by whom.
    (
        "standard",
        "(?:计分|评分|打分|赋分|扣分|加分|加减分|得分|计算)(?:计算)?(?:方法|方式|公式|说明|要求|尺度)",
    ),
    ("standard", "计分|赋分|.*(?:标准|细则|办法|规则|准则)(?:[及和与、/]?(?:方法|办法|说明))?"),
    ("standard", "(?:[扣加减]|加减|增减|奖惩)分(?:项|情形|因素)?"),
    ("standard", "how(?:itis)?scored|howpointsareawarded|scoring.*|marking.*|basisofscoring"),
    ("standard", "(?:scoring|performance)?standards?|deductions?|pointsoff|penalt(?:y|ies)|rubric|rules?"),
    ("note", "备注.*|说明|附注|注|notes?|remarks?|comments?"),
    ("assessor", ".+(?<!计量)单位|.*(?:部门|处室|科室|机构|主体|责任人|负责人|评分人|考核人|牵头)"),
    ("assessor", ".*(?:来源|方式|方法|渠道|途径)"),
    ("assessor", "assess(?:or|edby|ment|mentmethod)|method|(?:data)?source|source(?:of)?data|responsible.*"),
    ("assessor", "owner|department|checkedby|howassessed|verifiedby"),
    # What is scored.
    ("part", ".*(?:要点|观测点|评价点|考核点|评分点|子项|小项|细项|分项|考点)(?:名称)?"),
    ("part", "sub(?:item|criterion|criteria|indicator)s?|elements?|components?"),
    ("requirement", ".*(?:说明|要求|内容|任务|目标|目标值|内涵|释义|解释|定义|描述|事项|举措|措施|要素)"),
    ("requirement", "descriptions?|requirements?|details?|expectations?|whatisexpected|contents?"),
    ("requirement", "definition|explanation"),
    ("indicator", ".*(?:指标|项目|类别|维度|分类|项|领域|方面|模块|板块|[一二三四]级)(?:名称|体系)?"),
    ("indicator", "criteri(?:on|a)|indicators?|items?|categor(?:y|ies)|areas?|dimensions?|themes?|measures?"),
    ("indicator", "tasks?|topics?|sections?|domains?|objectives?|(?:indicator)?level[1234]"),
    ("indicator", "(?:first|second|third)?levelindicators?"),
)
_COMPILED = tuple((role, re.compile(pattern)) for role, pattern in _PATTERNS)
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_GENERAL = frozenset(
    ("分数", "得分", "评分", "分", "score", "points")
)  # what they say depends on what is above
_AND_WEIGHT = re.compile("(.+?)(?:及|和|与|、|/|&|and)(?:权重|分值|标准分|满分|分数|weight|points)")


def bare(text: str) -> str:
    """A text with ordinary digits and letters, without its spaces; as headings and labels are looked up."""
    return "".join(unicodedata.normalize("NFKC", text).split()).lower()


def unbracketed(text: str) -> str:
    """A text without brackets and what they hold."""
    return _BRACKETED.sub("", text)


def role_of(heading: str) -> Role | None:
    """What a column with a heading holds; None for what is no heading of a scoring table.

    >>> role_of("指标（权重）"), role_of("扣 分 标 准"), role_of("Max. points"), role_of("自评依据")
    ('indicator', 'standard', 'weight', 'evidence')
    """
    return _role(heading) if 0 < len(heading) <= LOOKED_AT else None


@lru_cache(1024)
def _role(heading: str) -> Role | None:
    text = unbracketed(bare(heading)).strip("*:.-_%").replace(".", "").replace("-", "")
    if len(text) > LONGEST:
        return None
    if match := _AND_WEIGHT.fullmatch(text):
        text = match[1]
    return next((role for role, pattern in _COMPILED if pattern.fullmatch(text)), None)


def role_under(headings: Sequence[str]) -> Role | None:
    """What a column holds that stands under headings of several rows, the highest first.

    The headings are read together (自评 over 得分), then the lowest that says something of its own.
    """
    upwards = headings[::-1]
    special = [one for one in upwards if bare(one) not in _GENERAL]
    return next(filter(None, map(role_of, ("".join(headings), *special, *upwards))), None)
