"""Slips of transcription over the wordings of official tables: each rule as it should be, and once as it was miscopied.

What is right has no finding about its clause, and the slip has the one that is named. A rule is a line of YAML, and its
clause follows it; `~` parts the fields of the item from those of the rule.
"""

from typing import NamedTuple

import pytest

from govrubric import check

HEAD = "govrubric: 1\nid: t-2023\ntitle: 2023年考核评分表\nlanguage: zh-CN\ntotal: {weight}\nround: {{places: 2, mode: half_up}}\n"
FACTS = "facts: {days: count, people: count, money: count, absent: flag, late: flag, caught: flag}\n"


class Seed(NamedTuple):
    """A clause, the rule that it becomes, what replaces what in it, and the code that tells it."""

    clause: str
    rule: str
    right: str
    wrong: str
    code: str
    weight: int = 10


SEEDS = (
    # Amounts, however the clause counts them.
    Seed("少一次扣3分", "deduct: 3, per: 次", "deduct: 3", "deduct: 2", "GR420"),
    Seed("迟报一天扣0.5分，扣完为止", "deduct: 0.5, per: 天", "0.5", "5", "GR420"),
    Seed("缺一项制度扣2分", "deduct: 2, per: 项", ", per: 项", "", "GR424"),
    Seed("旷课一节扣5分", "deduct: 5, per: 节", ", per: 节", "", "GR424"),
    Seed("少一种证件扣1分", "deduct: 1, per: 种", ", per: 种", "", "GR424"),
    Seed("逾期一天扣1分", "deduct: 1, per: 天", "天", "件", "GR425"),
    Seed("缺一块标牌扣1分", "deduct: 1, per: 块", "块", "次", "GR425"),
    Seed("每缺一门课程扣1分", "deduct: 1, per: 门", "门", "人", "GR425"),
    Seed("未建立台账的扣2分", "deduct: 2", "deduct: 2", "deduct: 2, per: 次", "GR424"),
    Seed("超过3个工作日未答复的扣1分", "deduct: 1", "deduct: 1", "deduct: 1, per: 件", "GR424"),
    # Points for every n.
    Seed("每3例扣0.1分", "deduct: 0.1, per: 3例", "3例", "例", "GR425"),
    Seed("每5篇加1分", "award: 1, per: 5篇", "5篇", "篇", "GR425"),
    Seed("每十人次加0.5分", "award: 0.5, per: 十人次", "十人次", "人次", "GR425"),
    Seed("每2处扣0.5分", "deduct: 0.25, per: 处", "0.25", "0.5", "GR425"),
    # Caps in other words.
    Seed("每例扣0.1分，1分扣完为止", "deduct: 0.1, per: 例, at_most: 1", ", at_most: 1", "", "GR426"),
    Seed("每处扣1分，限扣5分", "deduct: 1, per: 处, at_most: 5", "at_most: 5", "at_most: 3", "GR426"),
    Seed("每件扣1分，总扣分数2分", "deduct: 1, per: 件, at_most: 2", "at_most: 2", "at_most: 4", "GR426"),
    Seed("每次扣0.5分，累计不超过2分", "deduct: 0.5, per: 次, at_most: 2", ", at_most: 2", "", "GR426"),
    Seed("每份扣1分，扣分至3分为止", "deduct: 1, per: 份, at_most: 3", "at_most: 3", "at_most: 4", "GR426"),
    Seed("每项加1分，以4分为限", "award: 1, per: 项, at_most: 4", "at_most: 4", "at_most: 5", "GR426"),
    # Nothing, and everything.
    Seed("未制定方案的不得分", "deduct: 10", "10", "5", "GR420"),
    Seed("弄虚作假的不予计分", "deduct: 10", "10", "1", "GR420"),
    Seed("未开展的得零分", "deduct: 10", "10", "8", "GR420"),
    Seed("未上报的扣除本项全部分值", "deduct: 10", "10", "3", "GR420"),
    Seed("全部完成的得满分", "award: 10", "10", "9", "GR420"),
    # Doubling, and steps in their order.
    Seed("第一次扣1分，第二次起加倍扣分", "deduct: [1, 2], per: 次", "[1, 2]", "[1, 3]", "GR420"),
    Seed("第一次扣1分，第二次扣2分，第三次扣5分", "deduct: [1, 2, 5], per: 次", "[1, 2, 5]", "[2, 1, 5]", "GR443"),
    Seed("国家级加5分，省级加3分，市级加1分", "award: {n: 5, p: 3, c: 1}, per: 次", "n: 5, p: 3", "n: 3, p: 5", "GR443"),
    # Bands.
    Seed("95%以上的得10分，80%以上的得5分", "bands: [{from: 95, points: 10}, {from: 80, points: 5}]", "95", "90", "GR450"),
    Seed("95%以上的得10分，80%以上的得5分", "bands: [{from: 95, points: 10}, {from: 80, points: 5}]", "80", "85", "GR450"),
    Seed("95%以上的得10分，80%以上的得5分", "bands: [{from: 95, points: 10}, {from: 80, points: 5}]", "from: 95", "above: 95", "GR450"),
    Seed("超过50%的得10分", "bands: [{above: 50, points: 10}]", "above", "from", "GR450"),
    Seed("大于9天的扣10分", "bands: [{above: 9, points: -10}]", "above: 9", "above: 6", "GR450"),
    Seed("3人以上的得10分，不足3人的得4分", "bands: [{from: 3, points: 10}], else: 4", "from: 3", "above: 3", "GR450"),
    Seed("三人以上的得10分", "bands: [{from: 3, points: 10}]", "from: 3", "from: 2", "GR450"),
    Seed("90%及以上得10分，80%及以上得6分", "bands: [{from: 90, points: 10}, {from: 80, points: 6}]", "10}, {from: 80, points: 6", "6}, {from: 80, points: 10", "GR443"),
    Seed("90%—100%得10分，80%—90%得7分", "bands: [{from: 90, points: 10}, {from: 80, points: 7}]", "80", "70", "GR450"),
    Seed("达到0.95的得10分", "bands: [{from: 0.95, points: 10}]", "0.95", "0.9", "GR450"),
    Seed("90分以上得10分，75分以上得6分", "bands: [{from: 90, points: 10}, {from: 75, points: 6}]", "points: 6", "points: 5", "GR420"),
    Seed("不低于60分的得10分", "bands: [{from: 60, points: 10}]", "from: 60", "above: 60", "GR450"),
    # Ways.
    Seed("低于95%的，每低1个百分点扣0.5分", "distance: {below: 95, each: 1, points: -0.5}", "95", "90", "GR450"),
    Seed("低于95%的，每低1个百分点扣0.5分", "distance: {below: 95, each: 1, points: -0.5}", "each: 1", "each: 2", "GR450"),
    Seed("低于95%的，每低1个百分点扣0.5分", "distance: {below: 95, each: 1, points: -0.5}", "-0.5", "-0.05", "GR420"),
    Seed("低于95%的，每低1个百分点扣0.5分", "distance: {below: 95, each: 1, points: -0.5}", "points: -0.5", "points: 0.5", "GR423"),
    Seed("低于90%的，每低5个百分点扣1分", "distance: {below: 90, each: 5, points: -1}", "each: 5", "each: 1", "GR450"),
    Seed("超过30分钟的，每增加10分钟扣1分", "distance: {above: 30, each: 10, points: -1}", "above: 30", "below: 30", "GR450"),
    Seed("低于80%的，每低1个百分点扣1分，不足1个百分点按1个百分点计", "distance: {below: 80, each: 1, points: -1, whole: up}", "up", "down", "GR450"),
    Seed("低于80%的，每低1个百分点扣1分，不足1个百分点的不扣分", "distance: {below: 80, each: 1, points: -1, whole: down}", "down", "up", "GR450"),
    # Curves and formulas.
    Seed("低于60%的不得分，达到95%的得10分，其间按直线内插", "curve: [[60, 0], [95, 10]]", "[60, 0]", "[50, 0]", "GR450"),
    Seed("每满1000元得2分", "formula: 'min(floor(m / 1000) * 2, 10)', inputs: {m: count}", "1000", "100000", "GR450"),
    Seed("每次得0.2分", "formula: 'min(n * 0.2, 10)', inputs: {n: count}", "0.2", "0.3", "GR450"),
    # Conditions.
    Seed("逾期超过10天的扣5分", "deduct: 5, when: days > 10", "10", "15", "GR450"),
    Seed("逾期超过10天的扣5分", "deduct: 5, when: days > 10", ">", ">=", "GR450"),
    Seed("参加人数不足3人的扣2分", "deduct: 2, when: people < 3", "<", "<=", "GR450"),
    Seed("涉及3人以上或金额1万元以上的，扣5分", "deduct: 5, when: people >= 3 or money >= 1", " or ", " and ", "GR452"),
    Seed("迟报且未说明原因的扣2分", "deduct: 2, when: late and caught", "late and", "late or", "GR452"),
    # Choices of the highest.
    Seed("市级加1分，省级加3分，取最高", "award: {c: 1, p: 3}, per: 次, take: highest", ", take: highest", "", "GR451"),
    Seed("县级扣1分，市级扣2分，不重复扣分", "deduct: {c: 1, p: 2}, per: 次, take: highest", ", take: highest", "", "GR451"),
    Seed("一等奖加4分，二等奖加2分，就高不就低", "award: {a: 4, b: 2}, per: 次, take: highest", ", take: highest", "", "GR451"),
    # Judged.
    Seed("酌情扣1—3分", "deduct: judged, from: 1, to: 3", "to: 3", "to: 5", "GR420"),
    Seed("视情节扣2至6分", "deduct: judged, from: 2, to: 6", "from: 2, ", "", "GR420"),
    # Directions in other words.
    Seed("未整改的，再扣2分", "deduct: 2", "deduct", "award", "GR423"),
    Seed("否则加扣2分", "deduct: 2", "deduct", "award", "GR423"),
    # English.
    Seed("0.5 points off per day late.", "deduct: 0.5, per: day", "0.5", "5", "GR420"),
    Seed("0.5 points off per day late.", "deduct: 0.5, per: day", ", per: day", "", "GR424"),
    Seed("Late reports lose 2 points once.", "deduct: 2", "deduct: 2", "deduct: 2, per: report", "GR424"),
    Seed("2 points are deducted for each error, up to 6 points.", "deduct: 2, per: error, at_most: 6", "6", "8", "GR426"),
    Seed("Copied work is not scored.", "deduct: 10", "10", "4", "GR420"),
    Seed("Uptime of at least 99% earns 10 points, at least 95% earns 5 points.", "bands: [{from: 99, points: 10}, {from: 95, points: 5}]", "95", "90", "GR450"),
    Seed("One point is added for each certificate.", "award: 1, per: certificate", "award", "deduct", "GR423"),
)  # fmt: skip


def told(seed: Seed, rule: str) -> set[str]:
    """The codes about clauses of a rubric with a single rule."""
    text = (
        HEAD.format(weight=seed.weight) + FACTS
        + f"indicators:\n  - {{id: a, title: 甲, weight: {seed.weight}, start: full, ceiling: none, floor: 0, rules: [{{id: r, {rule}, clause: \"{seed.clause}\"}}]}}\n"
    )  # fmt: skip
    found = check(text=text)
    assert not [one for one in found if one.code[2] in "123"], [one.render() for one in found]
    return {one.code for one in found if one.code.startswith(("GR42", "GR44", "GR45"))}


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: f"{seed.clause}: {seed.wrong or 'without'}")
def test_a_slip_is_told_and_what_is_right_is_not(seed: Seed) -> None:
    assert seed.right in seed.rule
    assert told(seed, seed.rule) == set()
    assert told(seed, seed.rule.replace(seed.right, seed.wrong, 1)) == {seed.code}


# What is right, however it may look; none of it may be told.
SOUND = (
    ("存在任何一种情况扣0.5分", "deduct: 0.5"),
    ("存在任何一种情况扣0.5分", "deduct: 0.5, per: 种"),
    ("3个工作日内未答复的，扣1分", "deduct: 1"),
    ("每季度报送一次，未报送的扣1分", "deduct: 1, per: 季度"),
    ("每季度报送一次，未报送的扣1分", "deduct: 1"),
    ("每季度末前报送，迟报一天扣0.2分", "deduct: 0.2, per: 天"),
    ("每少一种扣1分", "deduct: 1, per: 种"),
    ("每块扣1分", "deduct: 1, per: 块"),
    ("缺一批扣1分", "deduct: 1, per: 批"),
    ("每单扣1分", "deduct: 1, per: 单"),
    ("缺1课时扣1分", "deduct: 1, per: 课时"),
    ("每点扣0.5分", "deduct: 0.5, per: 点"),
    ("第一名加5分，第二名加4分，以此类推", "award: {a: 5, b: 4, c: 3, d: 2, e: 1}, per: 次"),
    ("每处扣0.5分，限期未改的，否则加扣1分", "deduct: [0.5, 1], per: 处"),
    ("达到95%得10分，每下降一个百分点扣1分", "bands: [{from: 95, points: 10}, {from: 94, points: 9}, {from: 93, points: 8}], else: 7"),
    ("每3例扣0.3分", "deduct: 0.1, per: 例"),
    ("发生一起事故扣2分", "deduct: 2, per: 起"),
    ("逾期10天以内扣2分，逾期10天以上扣5分", "deduct: {near: 2, far: 5}, per: 次"),
    ("满意度90%以上得10分，80%—90%得8分", "bands: [{from: 90, points: 10}, {from: 80, points: 8}]"),
    ("满意度九成以上得10分", "bands: [{from: 90, points: 10}]"),
    ("完成率95%得10分", "bands: [{from: 0.95, points: 10}]"),
    ("漏报或迟报的扣1分", "deduct: 1, when: late and absent"),
    ("不足3人的扣2分", "deduct: 2, when: not (people >= 3)"),
    ("不足3人的扣2分", "deduct: 2, when: 3 > people"),
    ("3人以上的扣2分", "deduct: 2, when: people >= 3 and days < 60"),
    ("未达标的扣5分，情节严重的不得分", "deduct: 5"),
    ("每迟一天扣1分，不足一天的按一天计", "deduct: 1, per: 天"),
    ("Each late report loses 1 point.", "deduct: 1, per: report"),
    ("Two marks off when it stops.", "deduct: 2"),
)  # fmt: skip


@pytest.mark.parametrize(("clause", "rule"), SOUND)
def test_what_only_looks_wrong_is_not_told(clause: str, rule: str) -> None:
    assert told(Seed(clause, rule, "", "", ""), rule) == set()


def test_there_are_many_slips() -> None:
    assert len(SEEDS) >= 60
