"""The official form of a rubric as rows, and what the cards of a unit fill in."""

from pathlib import Path
from typing import Any

import pytest

import govrubric
from govrubric.forms.official import FilledRow, FormRow, filled, official_form

ROOT = Path(__file__).parents[2]
HEAD = "govrubric: 1\nid: t\ntitle: 测试评分表\nlanguage: zh-CN\ntotal: {}\nround: {{places: 1, mode: half_up}}\n"


def rubric(indicators: str, total: str = "10", more: str = "") -> govrubric.Rubric:
    """A rubric in Chinese."""
    return govrubric.loads(f"{HEAD.format(total)}{more}indicators:\n{indicators}")


def rows(indicators: str, total: str = "10", more: str = "") -> tuple[FormRow, ...]:
    return official_form(rubric(indicators, total, more)).rows


DISTRICT = govrubric.load(ROOT / "rubrics" / "2023-district.yaml")


def test_the_head_and_the_total_of_the_district_form() -> None:
    form = official_form(DISTRICT)
    assert form.title == "2023年政务公开考核评估指标（地区版）"
    assert form.headers == (
        *("序号", "指标（权重）", "指标说明", "评分标准"),
        *("自评成绩", "自评依据", "考评方式", "考评成绩"),
    )
    assert form.total == "总分（100分）"
    assert form.remarks == ()
    assert [row.path for row in form.rows] == [
        *("basics", "normative_documents", "platforms", "interpretation", "standardisation"),
        *("on_request", "interaction", "organisation", "innovation"),
    ]


def test_a_standard_of_two_parts_stands_with_the_first_of_them() -> None:
    assert official_form(DISTRICT).rows[1] == FormRow(
        path="normative_documents",
        number="2",
        title="行政规范性文件集中公开（5分）",
        explanation=(
            "1.完成清理现行有效的行政规范性文件（2分）。",
            "2.按照标准格式完成上传至省统一平台（2分）。",
            "3.在政府网站信息公开栏目设置专栏展示链接并公开文件，及时下架失效废止的文件（1分）。",
        ),
        standards=(
            "1.清理和上传工作未完成的每件扣0.1分，扣完为止。",
            "2.格式不规范的每件扣0.1分。",
            "3.在政府网站未进行公开的，每件扣0.1分；失效和废止文件未及时下线的，每件扣0.1分。",
        ),
        assessed_by="市政府办公室考评或第三方评估",
    )


def test_a_standard_of_all_parts_stands_once_without_a_number() -> None:
    assert official_form(DISTRICT).rows[7].standards == ("根据每项工作完成情况作相应评分。",)


def test_an_indicator_without_parts_has_no_numbers() -> None:
    row = official_form(DISTRICT).rows[4]
    assert row.explanation == (
        "落实基层政务公开标准化规范化要求，及时调整补充完善基层政务公开事项目录。（5分）",
    )
    assert row.standards == ("基层政务公开事项调整更新不及时，办事指南要素不全的，每项扣0.1分。",)


def test_what_the_rubric_has_no_clause_for_is_told_by_title_and_sentence() -> None:
    row = official_form(DISTRICT).rows[8]
    assert row.explanation[1] == "2.经验材料被选用（5分）"
    assert row.standards[0] == "1.由考评方在0至5分内评定"


PART = "  - {id: a, title: 甲, weight: 10, items: [{id: b, title: 乙, weight: 10, clause: '%s', rules: [{id: r, deduct: 1, clause: 扣1分}]}]}\n"


@pytest.mark.parametrize("clause", ["写明（10分）。", "写明（１０分）", "写明(10)", "写明（共10分）"])
def test_a_clause_that_says_its_points_stands_as_it_is(clause: str) -> None:
    assert rows(PART % clause)[0].explanation == (clause,)


@pytest.mark.parametrize("clause", ["没有写明", "写错（9分）"])
def test_a_clause_that_does_not_say_its_points_has_title_and_points_before_it(clause: str) -> None:
    assert rows(PART % clause)[0].explanation == (f"乙（10分）：{clause}",)


def test_parts_within_parts_have_rows_of_their_own() -> None:
    made = rows("""\
  - id: a
    title: 甲
    weight: 10
    out_of: 100
    assessed_by: 办公室
    clause: 甲的说明。
    rules: [{id: late, deduct: 1, clause: 迟报的扣1分。}]
    items:
      - id: b
        title: 乙
        weight: 60
        items:
          - {id: c, title: 丙, weight: 20, rules: [{id: x, deduct: 1, clause: 丙的扣1分}]}
          - {id: d, title: 丁, weight: 40, assessed_by: 财政局, rules: [{id: x, deduct: 2, clause: 丁的扣2分}]}
      - {id: e, title: 戊, weight: 40, assessed_by: 审计局, rules: [{id: x, deduct: 3}]}
""")
    assert made == (
        FormRow(
            "a",
            "1",
            "甲（10分）",
            ("甲的说明。", "按100分制评分，折算为10分。"),
            ("迟报的扣1分。",),
            "办公室",
        ),
        FormRow(
            *("a.b", "1.1", "乙（60分）"),
            ("1.丙（20分）", "2.丁（40分）"),
            ("1.丙的扣1分", "2.丁的扣2分"),
            "办公室",
        ),
        FormRow("a.e", "1.2", "戊（40分）", (), ("扣3分",), "审计局"),
    )


def test_assessors_of_the_parts_stand_in_the_row_where_the_indicator_has_none() -> None:
    (row,) = rows("""\
  - id: a
    title: 甲
    weight: 10
    items:
      - {id: b, title: 乙, weight: 4, assessed_by: 财政局, rules: [{id: x, deduct: 1}]}
      - {id: c, title: 丙, weight: 4, assessed_by: 审计局, rules: [{id: x, deduct: 1}]}
      - {id: d, title: 丁, weight: 1, assessed_by: 财政局, rules: [{id: x, deduct: 1}]}
      - {id: e, title: 戊, weight: 1, rules: [{id: x, deduct: 1}]}
""")
    assert row.assessed_by == "财政局；审计局"
    assert row.standards == ("扣1分",)


def test_a_number_is_kept_for_a_part_all_of_whose_standards_stand_above() -> None:
    (row,) = rows("""\
  - id: a
    title: 甲
    weight: 10
    items:
      - {id: b, title: 乙, weight: 4, rules: [{id: x, deduct: 1, clause: 都扣1分。}, {id: y, deduct: 2, clause: 另扣2分}]}
      - {id: c, title: 丙, weight: 3, rules: [{id: x, deduct: 1, clause: 都扣1分。}]}
      - {id: d, title: 丁, weight: 3, rules: [{id: x, deduct: 3, clause: 丁扣3分}]}
    rules: [{id: x, deduct: 1, clause: 丁扣3分}, {id: y, deduct: 1, clause: 全项扣1分}]
""")
    assert row.standards == ("1.都扣1分。另扣2分", "3.丁扣3分", "全项扣1分")


EXTRA = """\
  - {id: a, title: 甲, weight: 10, rules: [{id: r, deduct: 1, clause: 扣1分}]}
  - {id: b, title: 加分项, extra: true, ceiling: 5, rules: [{id: r, award: 1, per: 件, clause: 每件加1分}]}
  - {id: c, title: 表彰, extra: true, ceiling: 5, rules: [{id: r, award: 1, per: 件, clause: 每件加1分}]}
  - {id: d, title: 扣分项, extra: true, rules: [{id: r, deduct: 1, per: 件, clause: 每件扣1分}]}
  - {id: e, title: 创新, extra: true, weight: 2, rules: [{id: r, judge: 2, clause: 酌情加分}]}
"""


def test_extra_items_say_what_they_add_or_take() -> None:
    titles = [row.title for row in rows(EXTRA)]
    assert titles == [
        "甲（10分）",
        "加分项（最多5分）",
        "表彰（加分项，最多5分）",
        "扣分项",
        "创新（另加2分）",
    ]


GATED = """\
  - id: a
    title: 甲
    weight: 10
    rules: [{id: late, title: 迟报, deduct: 1, per: 次, clause: 每次扣1分}]
    gates:
      - {id: g, when: late > 3, at_most: 5, clause: 迟报超过三次的，最多得5分}
      - {id: h, title: 多次迟报, when: late > 5, score: 0}
      - {id: i, when: late > 8, score: none}
"""
WHOLE = "gates:\n  - {id: veto, when: a.late > 9, score: 0, clause: '迟报十次的，一票否决'}\n"


def test_gates_stand_with_the_standards_and_those_of_the_whole_below() -> None:
    form = official_form(rubric(GATED, more=WHOLE))
    assert form.rows[0].standards == (
        "每次扣1分",
        "迟报超过三次的，最多得5分",
        "多次迟报（条件：late > 5）：得分定为0分",
        "late > 8 时，不予计分",
    )
    assert form.remarks == ("迟报十次的，一票否决",)


def test_a_form_in_english() -> None:
    form = official_form(govrubric.load(ROOT / "examples" / "gallery" / "diving.yaml"))
    assert form.headers == (
        *("No.", "Indicator (weight)", "Explanation", "Scoring standard"),
        *("Self-assessed score", "Evidence", "Assessed by", "Official score"),
    )
    assert form.total == "Total (30 points)"
    assert form.rows[1].number == "1.1"
    assert form.rows[1].explanation[1:3] == ("Scored out of 10, counted as 30.", "1. Judge 1 (10 points)")
    assert form.rows[1].standards[0] == "judged, 0 to 10, in steps of 0.5"


def test_one_point_and_a_stop_between_english_clauses() -> None:
    text = (
        HEAD.format(1).replace("zh-CN", "en")
        + """\
indicators:
  - {id: a, title: A, weight: 1, items: [{id: b, title: B, weight: 1, rules: [
      {id: x, deduct: 0.1, clause: Late. }, {id: y, deduct: 0.2, clause: Wrong}, {id: z, deduct: 0.3, clause: Lost}]}]}
"""
    )
    form = official_form(govrubric.loads(text))
    assert form.total == "Total (1 point)"
    assert form.rows[0].standards == ("Late. Wrong; Lost",)


def test_no_cards_fill_nothing_in() -> None:
    form = official_form(DISTRICT)
    assert filled(form, None, None) == (FilledRow("", (), ""),) * 10


def card(indicators: str, tally: dict[str, Any], more: str = "") -> tuple[FilledRow, ...]:
    made = rubric(indicators, more=more)
    return filled(official_form(made), made.score(tally), None)


def test_own_and_official_cards_stand_side_by_side() -> None:
    own = DISTRICT.score_all(DISTRICT.read(ROOT / "examples" / "district-one.yaml"))[0]
    official = DISTRICT.score_all(DISTRICT.read(ROOT / "examples" / "2023-districts.csv"))[0]
    said = filled(official_form(DISTRICT), own, official)
    assert [row.own_score for row in said] == [
        *("8.7", "4.1", "22.565", "8.45", "4.3", "9.3", "9.1", "13.65", "8", "88.17"),
    ]
    assert said[0].own_basis == (
        "1.未标注公开属性：3例×0.1分=0.3分（依据：公文抽查表2023-06第4页、公文抽查表2023-09第2页；备注：三份通知未标注公开属性，均已补标。）",
        "2.年报数据或格式有误：是，扣1分（依据：年报核对记录2023-02；备注：表二收费项目数与财政口径不一致。）",
    )
    assert said[1].own_basis == (
        "1.清理未完成：2件×0.1分=0.2分",
        "2.上传未完成：4件×0.1分=0.4分（依据：省统一平台上传清单2023-10-31）；格式不规范：1件×0.1分=0.1分",
        "3.失效文件未下线：2件×0.1分=0.2分（依据：网站专栏截图2023-11-06）",
    )
    assert said[4].own_basis == (
        "事项更新不及时、要素不全：7项×0.1分=0.7分（依据：基层政务公开事项目录核查表）",
    )
    assert said[9].own_basis == ()
    assert [row.official_score for row in said[:3]] == ["10", "5", "25"]


def test_what_bounds_keep_of_a_rule_is_told() -> None:
    said = card("  - {id: a, title: 甲, weight: 10, rules: [{id: r, deduct: 4, per: 次}]}\n", {"a.r": 3})
    assert said == (FilledRow("0", ("甲：3次×4分=12分，计10分",), ""), FilledRow("0.0", (), ""))


def test_a_judged_nought_is_told_and_a_count_of_nought_only_with_its_evidence() -> None:
    indicators = """\
  - {id: a, title: 甲, weight: 5, rules: [{id: r, title: 评分, judge: 5}]}
  - {id: b, title: 乙, weight: 5, rules: [{id: x, title: 迟报, deduct: 1, per: 次}, {id: y, title: 漏报, deduct: 1, per: 次}]}
"""
    said = card(indicators, {"a.r": 0, "b.x": 0, "b.y": {"value": 0, "evidence": ["台账"], "note": "已核"}})
    assert [row.own_basis for row in said] == [
        ("评分：评定0分",),
        ("漏报：0次（依据：台账；备注：已核）",),
        (),
    ]


def test_an_item_that_does_not_apply_has_a_dash() -> None:
    indicators = """\
  - {id: a, title: 甲, weight: 5, rules: [{id: r, deduct: 1}]}
  - {id: b, title: 乙, weight: 3, not_applicable: rescale, items: [{id: c, title: 丙, weight: 3, rules: [{id: r, deduct: 1}]}]}
  - {id: d, title: 丁, weight: 2, not_applicable: full, rules: [{id: r, deduct: 1}]}
"""
    said = card(indicators, {"b.not_applicable": True, "d.not_applicable": True})
    assert said[1] == FilledRow("–", ("不适用",), "")
    assert said[2] == FilledRow("2", ("不适用",), "")


def test_gates_that_hold_are_told_and_may_leave_no_score() -> None:
    said = card(GATED, {"a.late": 10}, WHOLE)
    assert said[0].own_score == "不予计分"
    assert said[0].own_basis[0].startswith("迟报：10次×1分=10分")
    assert "迟报超过三次的，最多得5分；多次迟报：得分定为0分；甲：不予计分" in said[0].own_basis[0]
    assert said[1] == FilledRow("不予计分", ("迟报十次的，一票否决",), "")


def test_facts_and_shown_values_stand_with_the_total() -> None:
    more = "facts: {people: {number: {places: 0, min: 1, max: 99}, title: 人数}, canteen: flag}\n"
    more += "values: {half: {formula: people / 2, title: 半数, show: true}}\n"
    indicators = "  - {id: a, title: 甲, weight: 10, rules: [{id: r, deduct: 1, when: canteen}]}\n"
    said = card(indicators, {"people": {"value": 3, "evidence": ["花名册"]}}, more)
    assert said[-1] == FilledRow("10.0", ("人数：3（依据：花名册）", "半数：1.5"), "")


ENERGY = govrubric.load(ROOT / "examples" / "gallery" / "energy-saving.yaml")


def test_the_form_of_a_variant_says_so() -> None:
    form = official_form(ENERGY.variant("school"))
    assert form.title == "公共机构节约能源资源考核（学校）"
    assert [row.title for row in form.rows][1:3] == ["能耗定额（30分）", "宣传培训（20分）"]


def test_the_card_of_a_variant_has_a_dash_for_what_it_lacks() -> None:
    tally: dict[str, Any] = {
        "variant": "hospital",
        "canteen": True,
        "quota": 100,
        "people": 80,
        "training.trained": 40,
    }
    own = ENERGY.score({**tally, "consumption.per_head": "120.5"})
    said = filled(official_form(ENERGY), own, own)
    assert [row.official_score for row in said] == ["20", "45", "5", "15", "–", "85.00"]
    assert said[4].own_basis == ()


def test_a_form_and_its_cards_in_another_language_than_the_rubric() -> None:
    form = official_form(DISTRICT, "en")
    assert form.headers[1] == "Indicator (weight)"
    assert form.total == "Total (100 points)"
    assert form.rows[3].title == "政策解读 (10 points)"
    assert form.rows[3].standards[2] == "3. judged, 0 to 4"
    own = DISTRICT.score_all(DISTRICT.read(ROOT / "examples" / "district-one.yaml"))[0]
    said = filled(form, own, None, "en")
    assert said[3].own_basis[0] == "1. 解读不同步: 3 项 × 0.1 = 0.3"
    assert said[3].own_basis[2] == "3. 考评方评分: judged 3.25 (evidence: 第三方评估报告第18页)"


def test_gates_in_another_language() -> None:
    form = official_form(rubric(GATED, more=WHOLE), "en")
    assert form.rows[0].standards[2:] == ("多次迟报 (if late > 5): score 0", "if late > 8: no score")


def gallery(name: str) -> govrubric.Rubric:
    return govrubric.load(ROOT / "examples" / "gallery" / f"{name}.yaml")


def test_how_something_counts_is_told_where_no_clause_says_it() -> None:
    form = official_form(gallery("site-safety"))
    assert form.rows[5].explanation == (
        "1.安全帽（6分）",
        "2.安全网（4分）：缺项的权重由其余各项均摊",
        "3.洞口防护（6分）：缺项按满分计",
        "4.智慧监测（4分）：缺项不得分",
    )
    assert form.rows[6].explanation == ("按100分制评分，折算为20分。", "缺项不计权重，其余各项按比例折算。")
    assert "缺项" not in "".join(official_form(gallery("energy-saving")).rows[3].explanation[1:])


def test_how_the_indicators_make_the_whole_stands_below() -> None:
    assert official_form(gallery("speech-contest")).remarks[:2] == (
        "按100分制评分，折算为10分。",
        "取各项平均；去掉1个最低分；去掉1个最高分。",
    )
    assert official_form(gallery("speech-contest"), "en").remarks[1] == (
        "How it counts: mean of its parts; without the 1 lowest; without the 1 highest."
    )
    assert official_form(gallery("tourist-site")).remarks[0] == "取各项最低。"
