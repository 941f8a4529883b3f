"""The grammar of Chinese clauses: parts, then forms in the order in which they take characters.

The forms that need the most words come first. Only plain wording becomes a statement. Wording that may mean
something else becomes a mere figure, or makes the clause `vague`: a false alarm costs an author more than a
slip that is found later. Patterns read folded text in which no two blanks stand side by side. Each has a
bound on how far it looks from where it begins, or never looks at a character twice, so that time grows with
the text alone.
"""

from fractions import Fraction

from govrubric.lint.clauses.forms import Form, Grammar
from govrubric.lint.clauses.numerals import HAN, NUMBER, POINTS, amount_of

# What a measured number or a count may be in; any other single character may be a unit too.
LONG_UNITS = (
    "%|‰|百分点|工作日|自然日|小时|分钟|学时|课时|学分|学期|季度|批次|人次|万人次|万人|万元|亿元|千元|元|平方米|公顷|公里|千米"
    "|千瓦时|千克标准煤|吨标准煤|千克|公斤|万亩"
)
NO_UNIT = "的以含不或且者时后未仍则应及至到扣加得计已按由并且,;。"

PARTS = {
    "NUMBER": NUMBER,
    "POINTS": POINTS,
    "HAN": HAN,
    "TAKE": "扣减|扣除|扣罚|倒扣|扣|减去|减扣|减|罚",
    "GIVE": "加计|加记|增加|加|奖励|奖",
    "N": "(?P<amount><NUMBER>)",
    "B": "(?<!-)(?P<amount><NUMBER>)",  # numbers below zero are left alone
    "UNIT": rf" ?个?(?P<unit>{LONG_UNITS}|分(?![钟之值])|(?![{NO_UNIT}分])<HAN>)",
    "MAYBE": "(?:<UNIT>|(?=[的得按不扣加,;。)]|$))",
    "OF": "(?:总|考核|绩效|本项|该项)?分?值?",
    "MINUS": " ?[:为]? ?(?P<minus>负|-)? ?",
    "ADVERB": "(?!十 ?个?分<HAN>)",  # 给十分重要的工作
    "MORE": r"(?! ?(?:以上|以下|以内|及|\(含|含))",
    "MARKS": "满分|标准分|(?<!公)共计|(?<!公)共|合计|总分值?|分值|权重|占(?:总分)?",
    "WITH": r"(?:\( ?含[^)]{0,4}\)|及其?|含)",
    "WITHOUT": r"\( ?不含[^)]{0,4}\)",
    "WAY": "[高低多少超]|达到|提高|增加|下降|降低|减少",
    "ENDS": "(?:为止|封顶|为上限|为限)",
    "ITEM": "(?:本|该|此)?(?:小?项|条|指标)?",
    "ABOVE": "(?: ?<WITH>? ?以上)?",
    "EDGES": r"(?:(?P<in>\( ?含[^)]{0,4}\))|(?P<out>\( ?不含[^)]{0,4}\)))?",
}

FORMS = (
    # Full marks, and where an item starts.
    Form(
        "full", r"\( ?(?:满分|标准分|共计|共|合计|计|分值|权重|本项|占)? ?[:为]? ?<POINTS> ?\)", "(",
        {"按照要求发布（5分）": "=5", "机构完善（占3分）": "=3"}, unless="每",
    ),
    Form("base", "(?:基础分|基本分|起评分|起始分|底分)值? ?[:为]? ?<POINTS><MORE>", "分",
         {"基础分60分": "base:60", "起评分为80分": "base:80"}),
    Form("full", "(?:<MARKS>) ?[:为]? ?<POINTS><MORE>", "满标共合总分权占",
         {"满分5分": "=5", "标准分10分": "=10", "占10分": "=10", "共计10分": "=10"}, unless="每"),
    Form("full", r"\( ?(?P<amount>\d+(?:\.\d+)?) ?\)(?= ?[。;.]? ?$)", "(", {"完成上级交办的工作（3）。": "=3"}),
    # What becomes of a begun unit.
    Form("begun", "不[足满] ?<NUMBER><MAYBE>的?,? ?(?:也|均|都)?(?:按|以|作|视[为同]|算|计)(?:作"
         "|为)? ?<NUMBER>(?: ?个?(?:%|‰|百分点|<HAN>{1,3}?))?计?算?",
         "足满", {"不足1个百分点按1个百分点计": "begun-up", "不满一天的按一天计算": "begun-up"}, sign=1),
    Form("begun", "每[^,;。:每]{0,10}?(?P<n><NUMBER>)[^;。]{1,24}?"
         "(?P<said>不[足满] ?(?P=n)<MAYBE>的?,? ?(?:部分)?(?:不计|不予计?)(?:分|算)?)", "足满",
         {"每增加1000册加0.5分，不足1000册不计分": "+0.5/1000册 begun-down"}, sign=-1),
    Form("begun", "每[^,;。:每]{0,10}?(?P<n><NUMBER>)[^;。]{1,24}?"
         "(?P<said>不[足满] ?(?P=n)<MAYBE>的?,? ?按比例计?算?)", "足满",
         {"每低1个百分点扣1分，不足1个百分点的按比例计": "-1/百分点 begun-share"}),
    Form("begun", "不[足满] ?<NUMBER><MAYBE>的?,? ?(?:部分)?(?:不计(?!分)算?|不扣分?|不加分?|忽略|舍去)", "足满",
         {"不足1册的不计": "begun-down", "不满1个的不扣分": "begun-down"}, sign=-1),
    # Everything, and nothing.
    Form("whole", r"(?:得|计|记|给|为|获|评)(?:予|到)?<ITEM>[满全]分(?! ?[:为]? ?[\d])", "满全",
         {"完成的得满分": "whole", "记满分": "whole"}),
    Form("nothing", "不(?:予|能|再|可|得)?[得计给记评][本该]?项?分(?![包散解割开配批摊段拆类值])|不予(?:得|计|记|给)分", "不",
         {"未公开的不得分": "nothing", "不予计分": "nothing"}),
    Form("nothing", r"(?:得|计|记|按|为|评)(?:为|分为)? ?(?:0(?![.\d])|零) ?分", "0零",
         {"得0分": "nothing", "该项按零分计": "nothing"}),
    Form("nothing", "(?:扣除|扣减|扣完|扣去|扣|取消)(?:本|该|此)项(?:的?(?:全部|所有))?+(?:分值|分数|得分|分)?+(?!<NUMBER>"
         "|[^,;。]{0,6}止| ?的)"
         "|(?:本|该|此)项(?:分值|分数|得分|分)?全(?:部)?扣(?:除|完|光)?", "扣取",
         {"扣完本项": "nothing", "扣除该项全部分值": "nothing", "该项分值全部扣除": "nothing"}),
    # Caps and bounds of an item.
    Form("cap", "(?:最多|最高|至多|不得?超过|不高于|上限|封顶)(?:不得?超过|不高于|只|可|能|累计|共|合计|为|是|:){0,4}"
         "(?P<verb><TAKE>|<GIVE>|得|计|记)?分? ?为? ?<POINTS>(?![的者])", "多高过限封",
         {"最多扣3分": "≤-3", "累计扣分不超过3分": "≤-3", "最高不超过5分": "≤5"},
         before="(?P<verb>扣|减|加|奖)分?[^,;。扣加]{0,6}$"),
    Form("cap", "(?<![期无有上下时年权界局])限额?(?P<verb><TAKE>|<GIVE>)?分? ?<POINTS>(?![的者])", "限",
         {"限扣5分": "≤-5", "每处扣1分，限5分": "-1/处 ≤5"}),
    Form("cap", "总(?P<verb>扣|加)分数?(?:额|值)? ?[:为]? ?<POINTS>", "总", {"总扣分数2分": "≤-2"}),
    Form("cap", "以 ?<POINTS> ?为(?:限|上限|封顶)", "以", {"以3分为限": "≤3"}),
    Form("cap", "(?P<verb><TAKE>|<GIVE>)?分?[满够足完至到]? ?<POINTS> ?<ENDS>", "止封限",
         {"5分封顶": "≤5", "加满5分为止": "≤+5", "扣分至3分为止": "≤-3"}),
    Form("cap", "(?:(?<=[,;。:(])|^|共|总计|合计|本项|该项)<POINTS> ?,?(?=扣[完光])", "完光",
         {"每例扣0.1分，1分扣完为止": "-0.1/例 ≤-1 floor"}, sign=-1),
    Form("cap", "[在于] ?<POINTS> ?(?:以内|之内|内|的?范围内)", "内", {"在2分内酌情加分": "≤2 judged+"}),
    Form("floor", "扣(?:[完光]|至0分|至零分|到0分)[^,;。]{0,10}?止|直[至到]扣[完光]", "止直",
         {"扣完为止": "floor", "直至扣完": "floor"}),
    Form("ceiling", "加[完满][^,;。]{0,10}?止", "止", {"加完为止": "ceiling"}),
    Form("unlimited", "不封顶|不设上限", "不", {"上不封顶": "unlimited", "不设上限": "unlimited"}),
    # How points are worked out.
    Form("judged", "(?:酌情|酌量|视情(?:况|节)?(?:轻重)?|视(?:情节|影响)(?:轻重|程度|大小)?)"
         "(?=[^,;。]{0,6}?(?P<verb>扣|减|加|奖|给|打|评|计|得)|)", "酌视",
         {"酌情扣分": "judged-", "视情节扣2至6分": "judged- ~-2 ~-6", "酌情评分": "judged"}),
    Form("judged", "作相应评分|评委打分|专家打分|(?:考核|考评|评审|专家)(?:组|方|人)?[^,;。分]{0,8}(?:打分|评分)", "分",
         {"根据完成情况作相应评分": "judged", "由专家打分": "judged"}),
    Form("begun", "按[^,;。]{0,6}比例|比例[扣得计]|直线内插|内插法|插值", "比插",
         {"按比例扣分": "begun-share", "按实际比例得分": "begun-share"}),
    Form("multiple", "加倍|双倍|翻倍|翻番|成倍", "倍番", {"第二次起加倍扣分": "×2"}, amount=Fraction(2)),
    Form("highest", "取最高|就高不就低|[只仅]?[以按计取][^,;。]{0,4}?最高(?!得)[^,;。]{0,8}?(?:计|分|级|项|次|准)"
         "|不(?:得|予)?(?:重复|累计|累加|叠加)(?:计算|得分|加分|计分|扣分|记分|奖励|计|加|扣)?", "最就不",
         {"取最高": "highest", "不重复计分": "highest", "以最高奖项计": "highest"}),
    Form("verdict", "(?P<unit>一票否决)", "否", {"实行一票否决": "verdict:一票否决"}),
    Form("verdict", "(?:定|评|评定|确定|认定|视|判定|核定|列入|列|降)(?:为|结果|等次|等级|档)?(?:年度|考核)?(?:为|等次|结果|等级|:)?[“\"]?"
         "(?P<unit>不合格|不达标|不称职|不及格|不通过|不良|基本合格|基本称职|较差|最差|差|末等|[一二三四五]等|[A-E][级等]|黑名单)"
         "(?!(?:等次|单位|等级|档次|企业)?[的者])", "定评视列降",
         {"年度考核定为不合格": "verdict:不合格", "直接评为D级": "verdict:D级"}),
    # Points that are judged between two ends, and what is taken or given.
    Form("range", rf"(?P<verb>(?:<TAKE>|<GIVE>|得|计|记|给予|给|评|打|赋)?)分? ?(?P<said><N> ?分? ?(?:[-~]+|至"
         rf"|到) ?(?P<amount2>{NUMBER}) ?分)"
         "(?![的者]|之间| ?,?得)", "-~至到",
         {"扣1至3分": "~-1 ~-3", "酌情加0.5—2分": "judged+ ~+0.5 ~+2", "得5~8分": "~5 ~8"}),
    Form("effect", "(?P<verb>(?<![不未免])(?:<TAKE>))<OF><MINUS><ADVERB><POINTS><MORE>", "扣减罚",
         {"每例扣0.1分": "-0.1/例", "扣2分": "-2", "少一次扣3分": "-3/次"}),
    Form("effect", "(?P<verb>(?<![不参未附追])(?:<GIVE>))<OF><MINUS><ADVERB><POINTS><MORE>", "加奖",
         {"受表彰的加3分": "+3", "每超5%加1分": "+1/5%"}),
    Form("effect", "(?:(?<![不未少应多])得|(?<![共合总小累统预设估会])计|(?<![登标书笔])记|给予|给"
         "|赋)<OF><MINUS><ADVERB><POINTS><MORE>(?![的者])",
         "得计记给赋", {"完成的得5分": "5", "记-2分": "-2"}),
    Form("effect", r"每(?!<WAY>)[^,;。:()每分]{1,14}? ?[(:]? ?(?P<said>(?P<minus>负"
         r"|-)? ?<POINTS><MORE>(?! ?(?:<TAKE>|<GIVE>|得))(?: ?\))?)", "每",
         {"每篇3分": "3/篇", "每次（0.5分）": "0.5/次"}),
    Form("effect", r"<POINTS>(?= ?(?:/ ?每?|\( ?每)<HAN>)", "/(", {"错链0.5分/次": "0.5/次"}),
    Form("effect", r"(?:(?<=[,;。:( ])|^)(?P<minus>-) ?<POINTS><MORE>", "-", {"未公开：-2分": "-2"}),
    # Numbers that something else is compared with.
    Form("bound", r"<B>%? ?个?<EDGES> ?(?:-+|~+|至|到) ?(?P<amount2><NUMBER>) ?个?(?P<unit>%|‰|分(?![钟之值])"
         r"|百分点|工作日|小时|[天次人项例件条篇场处起户个])(?:(?P<in2>\( ?含[^)]{0,4}\))|(?P<out2>\( ?不含[^)]{0,4}\)))?(?:之间)?",
         "-~至到",
         {"90%—95%得3分": ">~90% <~95% 3", "80（含）—89分的": ">=80分 <~89分"}),
    Form("bound", "<B><UNIT> ?(?:<WITHOUT> ?以上|以上 ?<WITHOUT>)", "上", {"95%以上（不含）": ">95%"}, relation=">"),
    Form("bound", "(?:不(?:得|应)?(?:低于|少于|小于)) ?<N><MAYBE><ABOVE>", "低少小", {"不低于95%": ">=95%",
         "不得少于3人": ">=3人"}, relation=">="),
    Form("bound", "(?:不(?:得|应)?(?:高于|多于|大于|超过)|未超过|至多) ?<N><MAYBE>", "高多大超", {"不超过40%": "<=40%"},
         relation="<="),
    Form("bound", "(?:低于|少于|小于|不足|不满|不到|未满|未达到?|达不到|没有?达到|不达) ?<N><MAYBE>(?: ?以[上下])?", "于足满到达",
         {"低于21分": "<21分", "不足3人": "<3人", "未达到95%": "<95%"}, relation="<"),
    Form("bound", "(?:高于|多于|大于|超过|超出|超|逾)(?:了)? ?<N><MAYBE>(?: ?以上)?", "于超逾", {"超过3天": ">3天", "大于9天": ">9天"},
         relation=">"),
    Form("bound", "(?:达到?|满足?|至少<HAN>{0,4}?) ?<N><MAYBE><ABOVE>", "达满少", {"达到95%": ">=95%", "至少召开2次": ">=2次"},
         relation=">="),
    Form("bound", "(?<=[率度比例面成])(?:为|达)? ?(?P<amount>100) ?"
         "(?P<unit>%)(?= ?(?:的|者)?[,:]? ?(?:[得计记给加]|每[低少降下]))", "%",
         {"覆盖率100%得8分": ">=100% 8", "查处率为100%，每低1%扣1分": ">=100% -1/%"}, relation=">="),
    Form("bound", "<B><UNIT> ?<WITH>? ?以上(?: ?<WITH>)?", "上", {"95%以上": ">=95%", "3人及以上": ">=3人"},
         relation=">="),
    Form("bound", r"<B><UNIT> ?(?:<WITH> ?以下|以下 ?\( ?含[^)]{0,4}\)|以内)", "下内", {"5%及以下": "<=5%"},
         relation="<="),
    Form("bound", "<B><UNIT> ?(?:<WITHOUT>)?以下", "下", {"90%以下": "<~90%"}, relation="<~"),
    Form("bound", "(?:≥|>=|≧) ?<N>(?:<UNIT>)?", "≥>≧", {"达标率≥95%": ">=95%"}, relation=">="),
    Form("bound", "(?:≤|<=|≦) ?<N>(?:<UNIT>)?", "≤<≦", {"时长≤3分钟": "<=3分钟"}, relation="<="),
    Form("bound", "> ?<N>(?:<UNIT>)?", ">", {"误差＞5%": ">5%"}, relation=">"),
    Form("bound", "< ?<N>(?:<UNIT>)?", "<", {"合格率<90%": "<90%"}, relation="<"),
    # Years, and how conditions go together.
    Form("year", r"(?<![\d.])(?P<amount>(?:19|20)\d\d)(?= ?学?年| ?[-~至] ?(?:19|20)?\d\d ?学?年)", "年",
         {"2023年度": "year:2023"}),
    Form("either", "或者?(?![许多缺])|(?<!分)之一|任[一何]", "或之任", {"漏报或迟报的": "or", "情形之一的": "or"}),
    Form("both", "并且|(?<!而)且|同时(?:满足|具备|符合|达到)|(?<![人年户])均(?=达|满足|符合|不低于)", "且同均", {"未完成且未说明的": "and"}),
    Form("figure", "<POINTS>", "分", {"余下6分": "(6)"}),
)  # fmt: skip

VAGUE = (
    "酌|视情|适当|相应|一定|比例|[加翻双成]倍|乘以|(?:部分|全部|所有|相关)分|(?:扣|加|得|计)[^,;。]{0,10}(?:%|百分之)"
    "|[以依]此类推"
)

GRAMMAR = Grammar(PARTS, FORMS, takes="[扣倒减罚]", gives="[加增奖]", vague=VAGUE, number=amount_of)
