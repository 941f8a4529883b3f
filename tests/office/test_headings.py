"""Headings of offices, in Chinese and in English, each with what its column holds."""

import pytest

from govrubric.office.headings import role_of, role_under

HEADINGS = {
    "number": ["序号", "序  号", "编号", "No.", "#", "Item no."],
    "indicator": [
        "指标", "指标（权重）", "一级指标", "二级指标\n（10项）", "考核项目", "项目名称", "指标体系", "类别", "考核指标及分值", "三级",
        "项目与权重", "加分项目", "Criterion", "Criteria", "Indicator", "ITEM", "Level 1", "First-level indicator",
    ],
    "part": ["考核要点", "评价要点", "观测点", "子项", "Sub-item", "Sub-criteria"],
    "requirement": [
        "指标说明", "考核内容", "考核内容及分值", "工作要求", "目标任务", "指标解释", "考核事项", "Description", "Requirements",
    ],
    "weight": [
        "权重", "权重（%）", "分值", "分  值", "标准分", "标准分值", "满分", "分数", "基本分", "配分", "指标权重", "权重%", "满分100分", "Weight", "Points",
        "Max. points", "Maximum score", "Full marks",
    ],
    "standard": [
        "评分标准", "评分细则", "计分办法", "扣分标准", "考核标准", "评分方法", "评分标准和办法", "考核细则（百分制）", "评分标准（各项扣完本项分值为止，不计负分；加分项合计不超过5分，同一事项不重复加分）", "扣分", "加分项",
        "评分说明", "How scored", "Scoring", "Scoring standard", "Deductions", "Points off",
    ],
    "assessor": ["考评方式", "考核部门", "数据来源", "责任单位", "牵头部门", "评分主体", "Assessor", "Data source", "Assessed by"],
    "note": ["备注", "说明", "备注（附件）", "Notes", "Remarks"],
    "self": ["自评", "自评成绩", "自评分", "自查得分", "单位自评", "得分自评", "Self-assessment", "Self score"],
    "evidence": ["自评依据", "自评情况", "佐证材料", "证明材料", "依据", "Evidence", "Supporting documents"],
    "official": [
        "考评成绩", "得分", "考核得分", "评分", "实得分", "考评分", "扣分情况", "最终得分", "Score", "Score awarded", "Official score",
    ],
}  # fmt: skip
OTHERS = [
    "",
    "　",
    "单位",
    "计量单位",
    "联系人",
    "电话",
    "2023年",
    "10",
    "为群众办实事",
    "Telephone",
    "指标" * 20,
    "指标 " * 300,
]


@pytest.mark.parametrize(
    ("role", "heading"), [(role, one) for role, all_ in HEADINGS.items() for one in all_]
)
def test_a_heading_says_what_its_column_holds(role: str, heading: str) -> None:
    assert role_of(heading) == role


@pytest.mark.parametrize("heading", OTHERS)
def test_other_texts_are_no_headings(heading: str) -> None:
    assert role_of(heading) is None


@pytest.mark.parametrize(
    ("headings", "role"),
    [
        (("自评", "得分"), "self"),
        (("得分", "自评"), "self"),
        (("得分", "考评"), "official"),
        (("得分", "联系人"), "official"),
        (("考核指标", "一级"), "indicator"),
        (("评分标准", "优秀"), "standard"),
        (("联系人", "电话"), None),
        ((), None),
    ],
)
def test_headings_over_each_other_are_read_together(headings: tuple[str, ...], role: str | None) -> None:
    assert role_under(headings) == role
