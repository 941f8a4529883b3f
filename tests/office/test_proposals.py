"""Clauses, and the rules that are proposed for them; what each should be was written down by hand."""

from fractions import Fraction

import pytest

from govrubric.numbers import spelled
from govrubric.office.proposals import Proposal, proposals

FULL = Fraction(10)


def shown(proposal: Proposal) -> str:
    """A rule on one line: its verb and value, its fields, and the kinds of questions by key."""
    value = proposal.value if isinstance(proposal.value, str) else spelled(proposal.value)
    if proposal.levels:
        value = "/".join(f"{name} {spelled(points)}" for name, points in proposal.levels.items())
    fields = [
        f"{key}={each if isinstance(each, str) else spelled(each)}" for key, each in proposal.fields.items()
    ]
    asked = [f"{key}?{question.kind}" for key, question in proposal.questions]
    return " ".join([f"{proposal.verb} {value}", *fields, *asked])


CLAUSES = [
    # What is said.
    ("未标注的，每例扣0.1分。", ["deduct 0.1 per=例"]),
    ("行政复议每纠错1例扣0.2分。", ["deduct 0.2 per=例"]),
    ("未按时公开的，扣2分；数据不准确的，扣1分。", ["deduct 2", "deduct 1"]),
    ("每少一次扣1分，最多扣3分", ["deduct 1 per=次 at_most=3"]),
    ("每件扣1分，扣完为止", ["deduct 1 per=件"]),
    ("每件扣1分，最多扣10分", ["deduct 1 per=件"]),
    ("缺一项扣2分", ["deduct 2 per=项"]),
    ("被市级选用，每件加1分；被省级选用每件加3分；加完为止。", ["award 市级 1/省级 3 per=件"]),
    ("发生一般事故的，每起扣1分；发生较大事故的，每起扣3分", ["deduct 一般 1/较大 3 per=起"]),
    ("评定为优得5分，良得3分，差扣1分", ["choose 优 5/良 3/差 -1"]),
    ("优得5分，良得3分，差不得分", ["choose 优 5/良 3/差 0"]),
    (
        "95%以上得5分，90%以上得3分，低于90%不得分",
        ["bands [{from: 95, points: 5}, {from: 90, points: 3}] unit=%"],
    ),
    ("大于90%得5分，大于80%得3分", ["bands [{above: 90, points: 5}, {above: 80, points: 3}] unit=%"]),
    (
        "90%（含）以上得5分；80%（含）—90%得3分；80%以下得1分",
        ["bands [{from: 90, points: 5}, {from: 80, points: 3}] unit=% else=1"],
    ),
    ("达到95%以上得5分", ["bands [{from: 95, points: 5}] unit=%"]),
    (
        "低于95%的，每低1个百分点扣0.5分，不足1个百分点按1个百分点计",
        ["distance {below: 95, each: 1, points: -0.5, whole: up} unit=%"],
    ),
    ("办结率95%以上得5分，满意率90%以上得3分", ["award 5 award?bound", "award 3 award?bound award?instead"]),
    ("论文获国家级表彰每项加3分；个人获省级表彰每项加2分", ["award 3 per=项", "award 2 per=项"]),
    ("酌情扣1-3分", ["deduct judged from=1 to=3"]),
    ("酌情扣分，最多扣3分", ["deduct judged to=3"]),
    ("未开展的不得分", ["forfeit all"]),
    ("全部完成得满分", ["award 10"]),
    ("根据每项工作完成情况作相应评分。", ["judge 10"]),
    ("按百分制得分折算", ["convert 100"]),
    ("未在3个工作日内答复的，每件扣0.1分", ["deduct 0.1 per=件"]),
    ("0.5 points off per day, up to 3", ["deduct 0.5 per=day at_most=3"]),
    # What is open, and asked.
    ("每次项0.5分", ["deduct 0.5 per=次 deduct?sign per?unit"]),
    ("每例0.5分", ["deduct 0.5 per=例 deduct?sign"]),
    ("每例扣1分，每件0.5分", ["deduct 1 per=例", "deduct 0.5 per=件 deduct?sign"]),
    ("每3例扣0.1分", ["deduct 0.1 per=3例 per?whole"]),
    (
        "满意度每提高1个百分点加0.5分",
        ["distance {above: 0, each: 1, points: 0.5, whole: no} unit=% distance?above distance?whole"],
    ),
    ("超过3次的，每次扣1分", ["deduct 1 per=次 deduct?bound"]),
    ("低于90%的，扣2分", ["deduct 2 deduct?bound"]),
    ("超过5天不得分", ["forfeit all forfeit?bound"]),
    ("发生较大事故的，本项不得分，并实行“一票否决”。", ["forfeit all forfeit?gate"]),
    ("无故不参与的，扣除相应分。", ["forfeit all forfeit?forfeit"]),
    (
        "低于95%的，每低1个百分点扣0.5分",
        ["distance {below: 95, each: 1, points: -0.5, whole: no} unit=% distance?whole"],
    ),
    (
        "高于80%的，每高1个百分点加0.5分，最多加3分",
        ["distance {above: 80, each: 1, points: 0.5, whole: no} unit=% at_most=3 distance?whole"],
    ),
    (
        "95%以上得满分，每低1个百分点扣0.5分",
        ["distance {below: 95, each: 1, points: -0.5, whole: no} unit=% distance?whole"],
    ),
    ("每次扣0.1分，每项扣0.5分，最多扣2分", ["deduct 0.1 per=次", "deduct 0.5 per=项 at_most=2 at_most?cap"]),
    ("每件扣1分，最多扣20分", ["deduct 1 per=件 deduct?unread"]),
    ("未公开的扣1分，最多扣3分", ["deduct 1 deduct?unread"]),
    ("未公开的，每条扣0.5分，情节严重的加倍扣分", ["deduct 0.5 per=条 deduct?unread"]),
    ("第2次起每次扣1分", ["deduct 1 per=次 deduct?unread"]),
    ("完成的得5分，基本完成得3分", ["award 5", "award 3 award?instead"]),
    ("酌情扣1分", ["deduct 1 deduct?not_said"]),
    ("满分5分，每例扣1分", ["deduct 1 per=例 clause?full_marks"]),
    ("根据指标折合分数。", ["convert 100 convert?convert"]),
    ("由办公室负责。", ["judge 10 judge?not_said"]),
    ("最多扣3分", ["judge 10 judge?not_said"]),
    ("每例扣0分", ["judge 10 judge?not_said"]),
    ("2 points off each", ["deduct 2 deduct?unit"]),
    ("每季度未报送扣1分", ["deduct 1 per=季度未报送 per?unit"]),
    ("扣0-3分", ["deduct judged to=3"]),
    ("每例扣1-3分", ["deduct judged from=1 to=3 per=例"]),
    ("发现一起扣2—6分", ["deduct judged from=2 to=6 deduct?unit"]),
    ("超过3次扣3-1分", ["deduct judged from=1 to=3 deduct?bound"]),
    ("扣1-2分扣3-4分", ["judge 10 judge?not_said"]),
    ("扣1分不得分", ["forfeit all forfeit?not_said"]),
    ("每例扣1分 ；每件扣2分", ["deduct 1 per=例", "deduct 2 per=件"]),
    ("按时足额缴纳的得满分，逾期一日扣0.5分。", ["award 10", "deduct 0.5 per=日"]),
    ("材料缺失的，该项业绩不得分。", ["forfeit all forfeit?forfeit"]),
    ("弄虚作假的，本项不得分，并加扣5分。", ["forfeit all", "deduct 5 deduct?besides"]),
    ("破损的，每处扣0.2分，同一路段最多扣1分。", ["deduct 0.2 per=处 at_most=1 at_most?cap"]),
    ("优得15—20分，良得10—14分", ["award judged from=15 to=20", "award judged from=10 to=14 award?instead"]),
    (
        "问卷调查每提高1分加0.2分。",
        ["distance {above: 0, each: 1, points: 0.2, whole: no} unit=分 distance?above distance?whole"],
    ),
    ("超员20%以上的记6分", ["bands [{from: 20, points: 6}] unit=% bands?sign"]),
    (
        "80%—90%得3分，90%以上得5分",
        ["bands [{from: 90, points: 5}, {from: 80, points: 3}] unit=% bands?edge"],
    ),
    ("95%以上得5分，名次另计", ["bands [{from: 95, points: 5}] unit=% bands?unread"]),
    ("90%以上得5分，90%以上得3分", ["award 5 award?bound", "award 3 award?bound award?steps"]),
    (
        "低于60%得1分，低于50%得2分，90%以上得5分",
        ["award 1 award?bound", "award 2 award?bound award?steps", "award 5 award?bound award?steps"],
    ),
    ("95%以上得5分，每例扣1分", ["award 5 award?bound", "deduct 1 per=例"]),
    ("低于95分的，每低1个百分点扣1分", ["deduct 1 per=百分点 per?whole deduct?bound"]),
    ("95%以上得满分，低于的扣1分", ["award 10 award?bound", "deduct 1"]),
    ("95%以上得满分，每起投诉扣1分", ["award 10 award?bound", "deduct 1 per=起"]),
    (
        "95%以上得5分，每低1个百分点扣0.5分",
        [
            "award 5 award?bound",
            "distance {below: 95, each: 1, points: -0.5, whole: no} unit=% distance?whole",
        ],
    ),
    # Bands, and the case in which nothing is given.
    (
        "覆盖率达到100%得8分，95%以上得6分，90%以上得3分，其余不得分；通道堵塞每处扣0.5分，最多扣7分。",
        [
            "bands [{from: 100, points: 8}, {from: 95, points: 6}, {from: 90, points: 3}] unit=%",
            "deduct 0.5 per=处 at_most=7",
        ],
    ),
    (
        "达到100%得8分，95%以上得6分，95%以下不得分",
        ["bands [{from: 100, points: 8}, {from: 95, points: 6}] unit=% bands?edge"],
    ),
    ("95%及以上得6分，95%以下不得分", ["bands [{from: 95, points: 6}] unit=%"]),
    ("95%及以上得6分，95%及以下得3分", ["bands [{from: 95, points: 6}] unit=% else=3 bands?edge"]),
    ("大于95%得6分，低于95%得3分", ["bands [{above: 95, points: 6}] unit=% else=3 bands?edge"]),
    ("90%以上得6分，低于60%不得分", ["bands [{from: 90, points: 6}] unit=% bands?bound"]),
    (
        "覆盖率100%得8分，90%以上得6分，否则不得分",
        ["bands [{from: 100, points: 8}, {from: 90, points: 6}] unit=%"],
    ),
    ("达到90%得6分，未达到的不得分", ["bands [{from: 90, points: 6}] unit=%"]),
    ("达到90%得6分，其他情形得2分", ["bands [{from: 90, points: 6}] unit=% else=2"]),
    (
        "达到90%得6分，低于60%的不得分，未建台账的不得分",
        ["bands [{from: 90, points: 6}] unit=% bands?bound", "forfeit all"],
    ),
    ("达到90%得6分，80%以上得4分，最高6分", ["bands [{from: 90, points: 6}, {from: 80, points: 4}] unit=%"]),
    (
        "达到90%得6分，80%以上得4分，最高5分",
        ["bands [{from: 90, points: 6}, {from: 80, points: 4}] unit=% bands?unread"],
    ),
    ("办结率达到90%得6分，办理80件以上得4分", ["award 6 award?bound", "award 4 award?bound award?instead"]),
    (
        "超过80%且达到85%得6分，70%以上得4分",
        ["award 6 award?bound award?bound", "award 4 award?bound award?steps"],
    ),
    (
        "足额拨付得6分，拨付80%以上得4分，拨付60%以上得2分，低于60%不得分",
        ["bands [{from: 100, points: 6}, {from: 80, points: 4}, {from: 60, points: 2}] unit=% bands?fully"],
    ),
    (
        "完成任务得6分，完成80%以上得4分，否则不得分",
        ["bands [{from: 100, points: 6}, {from: 80, points: 4}] unit=% bands?fully"],
    ),
    (
        "较好的得6分，80%以上得4分，否则不得分",
        ["award 6", "bands [{from: 80, points: 4}] unit=% bands?steps"],
    ),
    ("未完成的得1分，80%以上得4分", ["award 1", "award 4 award?bound award?instead"]),
    ("全部完成得6分，超过3项得4分", ["award 6", "award 4 award?bound award?instead"]),
    (
        "5%以下得5分，10%以下得3分，其他情况不得分",
        ["bands [{above: 10, points: 0}, {above: 5, points: 3}] unit=% else=5"],
    ),
    (
        "低于5天得5分，低于10天得3分",
        ["bands [{from: 10, points: 0}, {from: 5, points: 3}] unit=天 else=5 places=0"],
    ),
    (
        "At least 95% earns 5 points, at least 90% earns 3 points, otherwise 0 points.",
        ["bands [{from: 95, points: 5}, {from: 90, points: 3}] unit=%"],
    ),
    (
        "采用5篇以上得3分，3篇以上得2分，未采用的不得分",
        ["bands [{from: 5, points: 3}, {from: 3, points: 2}] unit=篇 places=0"],
    ),
    (
        "完成率为100%的得5分；完成率在80%（含）—100%之间的得3分；完成率低于80%的不得分。",
        ["bands [{from: 100, points: 5}, {from: 80, points: 3}] unit=%"],
    ),
    # What takes points, from a number on.
    (
        "满意率低于90%扣2分，低于80%扣5分",
        ["bands [{from: 90, points: 0}, {from: 80, points: -2}] unit=% else=-5"],
    ),
    (
        "误差超过5%扣1分，超过10%扣3分",
        ["bands [{above: 10, points: -3}, {above: 5, points: -1}] unit=%"],
    ),
    ("低于90%扣2分，低于80%再扣3分", ["deduct 2 deduct?bound", "deduct 3 deduct?bound"]),
    ("低于90%扣2分，低于80%不得分", ["deduct 2 deduct?bound", "forfeit all forfeit?bound"]),
    ("95%以上得6分，90%以上扣1分", ["award 6 award?bound", "deduct 1 deduct?bound"]),
    ("80%以上得3分，90%以上再得2分", ["award 3 award?bound", "award 2 award?bound award?instead"]),
    ("5%以下得5分，5%以下得3分", ["award 5 award?bound", "award 3 award?bound award?steps"]),
    ("达标得5分，基本达标得3分，否则不得分", ["award 5", "award 3 award?instead"]),
    ("按时报送，否则不得分", ["forfeit all forfeit?otherwise"]),
    ("每迟报1次扣1分，其余不得分", ["deduct 1 per=次", "forfeit all forfeit?otherwise"]),
    # Distances, with and without a threshold.
    (
        "整改率每低1个百分点扣0.5分",
        ["distance {below: 100, each: 1, points: -0.5, whole: no} unit=% distance?below distance?whole"],
    ),
    (
        "每超5%加1分，不足5%的不计",
        ["distance {above: 100, each: 5, points: 1, whole: down} unit=% distance?above"],
    ),
    (
        "每1个百分点得0.1分",
        ["distance {above: 0, each: 1, points: 0.1, whole: no} unit=% distance?above distance?whole"],
    ),
    (
        "每1个百分点扣0.1分",
        ["distance {below: 100, each: 1, points: -0.1, whole: no} unit=% distance?below distance?whole"],
    ),
    (
        "每1%（0.1分）",
        [
            "distance {below: 100, each: 1, points: -0.1, whole: no} unit=% distance?sign distance?below distance?whole"
        ],
    ),
    (
        "达到目标得满分，每低1个百分点扣1分",
        ["distance {below: 100, each: 1, points: -1, whole: no} unit=% distance?below distance?whole"],
    ),
    ("达到目标得满分，每少1次扣1分", ["award 10", "deduct 1 per=次"]),
    (
        "95%以上得满分，每高1个百分点扣1分",
        [
            "award 10 award?bound",
            "distance {above: 95, each: 1, points: -1, whole: no} unit=% distance?whole",
        ],
    ),
    (
        "95%以上得满分，每低1个百分点扣1分，低于70%的不得分",
        [
            "distance {below: 95, each: 1, points: -1, whole: no} unit=% distance?whole",
            "forfeit all forfeit?bound",
        ],
    ),
    (
        "研究不少于4次，每少一次扣1分",
        ["distance {below: 4, each: 1, points: -1, whole: no} unit=次 places=0"],
    ),
    (
        "演练不少于4次，少组织一次扣1分；未签订的每个扣0.5分，最多扣3分",
        [
            "distance {below: 4, each: 1, points: -1, whole: no} unit=次 places=0",
            "deduct 0.5 per=个 at_most=3 at_most?cap",
        ],
    ),
    (
        "未签订的每个扣0.5分；演练不少于4次，每少2次扣1分，最多扣3分",
        [
            "deduct 0.5 per=个",
            "distance {below: 4, each: 2, points: -1, whole: no} unit=次 places=0 at_most=3 distance?whole at_most?cap",
        ],
    ),
    ("不超过3天，每超1天扣1分", ["distance {above: 3, each: 1, points: -1, whole: no} unit=天 places=0"]),
    (
        "达到5次得5分，每低1个百分点扣1分",
        [
            "award 5 award?bound",
            "distance {below: 100, each: 1, points: -1, whole: no} unit=% distance?below distance?whole",
        ],
    ),
    ("低于95.12345678901%的，每低1个百分点扣1分", ["deduct 1 per=百分点 per?whole deduct?bound"]),
    (
        "办结率达到95%得6分，否则不得分；满意率达到90%得4分，否则不得分",
        ["bands [{from: 95, points: 6}] unit=%", "bands [{from: 90, points: 4}] unit=%"],
    ),
    (
        "查处率100%，每低1个百分点扣0.2分，不足的按比例扣",
        ["distance {below: 100, each: 1, points: -0.2, whole: no} unit=%"],
    ),
    (
        "0.5 points off for each percentage point below 95%",
        ["distance {below: 95, each: 1, points: -0.5, whole: no} unit=% distance?whole"],
    ),
    (
        "0.5 points off for each percentage point above 5%",
        ["distance {above: 5, each: 1, points: -0.5, whole: no} unit=% distance?whole"],
    ),
    (
        "0.5 points off for each percentage point",
        ["distance {below: 100, each: 1, points: -0.5, whole: no} unit=% distance?below distance?whole"],
    ),
    ("每人不少于4次，每少一次扣1分", ["deduct 1 per=次 deduct?shortfall"]),
    ("会议不少于4次，每少一人扣1分", ["deduct 1 per=人 deduct?shortfall"]),
    (
        "每季不少于1次，全年少于4次的，每少一次扣1分",
        ["distance {below: 4, each: 1, points: -1, whole: no} unit=次 places=0 distance?bound"],
    ),
    ("不少于4次的，每次得1分", ["award 1 per=次 award?bound"]),
    # Levels and what comes on top.
    ("被市级通报的每次扣1分，被省级及以上通报的每次扣2分", ["deduct 市级 1/省级及以上 2 per=次"]),
    (
        "市委、市政府通报的每次扣1分，省委、省政府通报的每次扣2分",
        ["deduct 市委、市政府 1/省委、省政府 2 per=次"],
    ),
    ("每发生一起事故扣5分；每死亡1人再扣5分", ["deduct 5 per=起", "deduct 5 per=人"]),
    ("每死亡1人再扣5分", ["deduct 5 per=人 deduct?besides"]),
]


@pytest.mark.parametrize(("clause", "wanted"), CLAUSES, ids=[clause for clause, _ in CLAUSES])
def test_a_clause_becomes_these_rules(clause: str, wanted: list[str]) -> None:
    assert [shown(proposal) for proposal in proposals(clause, FULL)] == wanted


WITHOUT_FULL_MARKS = [
    ("每例加1分", ["award 1 per=例"]),
    ("由办公室酌情", ["award judged to=1 to?not_said"]),
    ("酌情扣分", ["deduct judged to=1 to?not_said"]),
    ("酌情加分，最多加3分", ["award judged to=3"]),
    ("按得分折算", ["award judged to=1 to?not_said"]),
]


@pytest.mark.parametrize(("clause", "wanted"), WITHOUT_FULL_MARKS, ids=[one for one, _ in WITHOUT_FULL_MARKS])
def test_an_item_without_full_marks_has_nothing_that_needs_them(clause: str, wanted: list[str]) -> None:
    assert [shown(proposal) for proposal in proposals(clause, None)] == wanted


def test_the_words_of_a_rule_are_those_of_its_part_of_the_clause() -> None:
    first, second = proposals("年报未按时公开的，扣2分；数据不准确的，扣1分。", FULL)
    assert (first.text, first.condition) == ("年报未按时公开的，扣2分", "年报未按时公开的，")
    assert (second.text, second.condition) == ("数据不准确的，扣1分。", "数据不准确的，")


def test_where_there_is_no_stop_to_cut_at_both_rules_quote_the_whole() -> None:
    both = proposals("迟报每次扣1分漏报每次扣2分", FULL)
    assert [proposal.text for proposal in both] == ["迟报每次扣1分漏报每次扣2分"] * 2
    assert [shown(proposal) for proposal in both] == [
        "deduct 1 per=次 deduct?not_said",
        "deduct 2 per=次 deduct?not_said",
    ]
