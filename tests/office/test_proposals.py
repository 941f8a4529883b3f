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
    ("满意度每提高1个百分点加0.5分", ["award 0.5 per=百分点 per?whole"]),
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
    ("弄虚作假的，本项不得分，并加扣5分。", ["forfeit all", "deduct 5 deduct?unread"]),
    ("破损的，每处扣0.2分，同一路段最多扣1分。", ["deduct 0.2 per=处 at_most=1 at_most?cap"]),
    ("优得15—20分，良得10—14分", ["award judged from=15 to=20", "award judged from=10 to=14 award?instead"]),
    ("问卷调查每提高1分加0.2分。", ["award 0.2 per=分 per?whole"]),
    ("超员20%以上的记6分", ["bands [{from: 20, points: 6}] unit=% bands?sign"]),
    (
        "80%—90%得3分，90%以上得5分",
        ["bands [{from: 90, points: 5}, {from: 80, points: 3}] unit=% bands?bound"],
    ),
    ("95%以上得5分，名次另计", ["bands [{from: 95, points: 5}] unit=% bands?unread"]),
    ("90%以上得5分，90%以上得3分", ["award 5 award?bound", "award 3 award?bound award?instead"]),
    (
        "低于60%得1分，低于50%得2分，90%以上得5分",
        ["award 1 award?bound", "award 2 award?bound award?instead", "award 5 award?bound award?instead"],
    ),
    ("95%以上得5分，每例扣1分", ["award 5 award?bound", "deduct 1 per=例"]),
    ("低于95分的，每低1个百分点扣1分", ["deduct 1 per=百分点 per?whole deduct?bound"]),
    ("95%以上得满分，低于的扣1分", ["award 10 award?bound", "deduct 1"]),
    ("95%以上得满分，每起投诉扣1分", ["award 10 award?bound", "deduct 1 per=起"]),
    ("95%以上得5分，每低1个百分点扣0.5分", ["award 5 award?bound", "deduct 0.5 per=百分点 per?whole"]),
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
