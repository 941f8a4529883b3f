"""Slips of transcription, seeded into the shipped rubrics one at a time: what `check` then tells.

Each is exact text replaced by exact text. What lints tell is told without the rubric's cases too; what only its cases
tell (a failing one is GR316, a tally that no longer fits GR6xx) is told of the slip that no wording could show.
"""

import re
from collections.abc import Set
from pathlib import Path
from typing import NamedTuple

import pytest

from govrubric import check

RUBRICS = Path(__file__).parents[1] / "rubrics"
CASES = re.compile(r"^cases:\n(?:[ \t].*\n|\n)*", re.MULTILINE)


class Slip(NamedTuple):
    """What was meant, what was written, and the codes that are told: by lints, and by the rubric's cases."""

    rubric: str
    right: str
    wrong: str
    by_lints: Set[str]
    by_cases: Set[str] = frozenset()


def district(right: str, wrong: str, *told: set[str]) -> Slip:
    return Slip("2023-district", right, wrong, *told)


def department(right: str, wrong: str, *told: set[str]) -> Slip:
    return Slip("2023-department", right, wrong, *told)


FAILS = {"GR316"}
SLIPS = {
    "a deduction of 2 for 1": district("{id: late, title: 年报迟报, deduct: 2,", "{id: late, title: 年报迟报, deduct: 1,", {"GR420"}, FAILS),
    "a deduction of 2 for 1, where one reading is registered": district("{id: inaccurate, title: 年报数据或格式有误, deduct: 1,", "{id: inaccurate, title: 年报数据或格式有误, deduct: 2,", {"GR420"}, FAILS),
    "a tenth for a whole": district("deduct: 0.1\n            per: 例", "deduct: 1\n            per: 例", {"GR420"}),
    "a hundredth for a tenth": department("{id: nonstandard_format, title: 格式不规范, deduct: 0.1,", "{id: nonstandard_format, title: 格式不规范, deduct: 0.01,", {"GR420"}, FAILS),
    "the amount of the neighbour": district("{id: wording_error, title: 表述错误, deduct: 0.5,", "{id: wording_error, title: 表述错误, deduct: 0.1,", {"GR420"}, FAILS),
    "0.2 for 0.1 in one of two rules that quote one clause": district(
        "title: 清理未完成, deduct: 0.1, per: 件,", "title: 清理未完成, deduct: 0.2, per: 件,", {"GR422"}, FAILS
    ),
    "0.5 for 0.2": department("{id: reversed, title: 被纠错, deduct: 0.2,", "{id: reversed, title: 被纠错, deduct: 0.5,", {"GR420"}, FAILS),
    "0.05 for 0.5": district("{id: poorly_organised, title: 组织不力, deduct: 0.5,", "{id: poorly_organised, title: 组织不力, deduct: 0.05,", {"GR420"}, FAILS),
    "an amount of the words that hold a slip themselves": district("{id: security_flaw, title: 安全漏洞, deduct: 0.5,", "{id: security_flaw, title: 安全漏洞, deduct: 0.1,", {"GR420"}, FAILS),
    "a deduction that is added": district("{id: inadequate, title: 专区不完善, deduct: 1,", "{id: inadequate, title: 专区不完善, award: 1,", {"GR401", "GR423"}, FAILS),
    "an award that is taken": district("award:\n              city:", "deduct:\n              city:", {"GR423"}, FAILS),
    "two levels swapped": district("{points: 1, title: 市级}\n              province: {points: 3,", "{points: 3, title: 市级}\n              province: {points: 1,", {"GR443"}, FAILS),
    "a level lost": district("              province: {points: 3, title: 省级}\n", "", {"GR421"}, {"GR601"}),
    "a level of another amount": department("province: {points: 3,", "province: {points: 2,", {"GR420"}),
    "a unit of another rule": district("{id: stale_column, title: 栏目更新不及时, deduct: 0.1, per: 次,", "{id: stale_column, title: 栏目更新不及时, deduct: 0.1, per: 项,", {"GR425"}),
    "a unit that is like the right one": district("{id: reversed, title: 被纠错, deduct: 0.2, per: 例,", "{id: reversed, title: 被纠错, deduct: 0.2, per: 件,", {"GR425"}),
    "a unit lost": district("{id: hollow, title: 解读空泛, deduct: 0.1, per: 项,", "{id: hollow, title: 解读空泛, deduct: 0.1,", {"GR330", "GR424"}),
    "a unit where there is none": district("{id: late, title: 年报迟报, deduct: 2,", "{id: late, title: 年报迟报, deduct: 2, per: 次,", {"GR424"}, {"GR603"}),
    "a weight that was not changed back": district(
        "weight: 4\n        clause: 无纠错、撤销情况（4分）。", "weight: 2\n        clause: 无纠错、撤销情况（4分）。", {"GR302"}
    ),
    "a weight of another indicator": department("title: 便民服务\n    weight: 10", "title: 便民服务\n    weight: 15", {"GR302"}),
    "the marks in the text do not fit": district("（2分）。\n        rules: [{id: unfinished,", "（3分）。\n        rules: [{id: unfinished,", {"GR429"}),
    "a floor below zero where the clause says 扣完为止": district(
        "        title: 清理\n        weight: 2\n", "        title: 清理\n        weight: 2\n        floor: -2\n", {"GR428"}
    ),
    "no ceiling where the clause says 加完为止": district("        weight: 5\n        note: 指标说明未", "        weight: 5\n        ceiling: none\n        note: 指标说明未", {"GR428"}, FAILS),
    "a cap that the clause does not have": district("{id: late_response, title: 留言办理不及时, deduct: 0.1, per: 例,", "{id: late_response, title: 留言办理不及时, deduct: 0.1, per: 例, at_most: 2,", {"GR427"}, FAILS),
    "a judgement out of more than the weight": district("clause: 组织领导体系健全（3分）。\n        rules: [{id: assessed, title: 考评方评分, judge: 3,", "clause: 组织领导体系健全（3分）。\n        rules: [{id: assessed, title: 考评方评分, judge: 30,", {"GR435"}),
    "a judgement out of less than the weight": department("（5分）。\n        rules: [{id: assessed, title: 考评方评分, judge: 5,", "（5分）。\n        rules: [{id: assessed, title: 考评方评分, judge: 4,", {"GR401"}, {"GR607"}),
    "two weights swapped within a group": district(
        """        weight: 4
        clause: 无纠错、撤销情况（4分）。
        rules: [{id: reversed, title: 被纠错, deduct: 0.2, per: 例, clause: 行政复议和行政诉讼每纠错1例扣0.2分。}]
      - id: complaints
        title: 投诉举报问题
        weight: 2
""",
        """        weight: 2
        clause: 无纠错、撤销情况（4分）。
        rules: [{id: reversed, title: 被纠错, deduct: 0.2, per: 例, clause: 行政复议和行政诉讼每纠错1例扣0.2分。}]
      - id: complaints
        title: 投诉举报问题
        weight: 4
""",
        {"GR429"},
        FAILS,
    ),
    "a rule lost with its clause, of which nothing else speaks": department(
        "          - {id: nonstandard_format, title: 格式不规范, deduct: 0.1, per: 件, clause: 格式不规范的每件扣0.1分。}\n", "", set(), {"GR601"}
    ),
    "all rules of an item lost": district(
        "        rules: [{id: reversed, title: 被纠错, deduct: 0.2, per: 例, clause: 行政复议和行政诉讼每纠错1例扣0.2分。}]\n", "", {"GR303"}
    ),
    "a rule lost with its clause": district(
        "          - {id: inaccurate, title: 年报数据或格式有误, deduct: 1, clause: 填报数据不准确、格式不规范的，扣1分。}\n", "", {"GR313"}
    ),
    "a rule quoted where it does not belong": district(
        "- {id: not_withdrawn, title: 失效文件未下线, deduct: 0.1, per: 件, clause: 失效和废止文件未及时下线的，每件扣0.1分。}", "- {id: not_withdrawn, title: 失效文件未下线, deduct: 0.1, per: 件, clause: 格式不规范的每件扣0.1分。}", {"GR431"}
    ),
    "a converted score out of 10": department("convert: 100,", "convert: 10,", set(), {"GR607"}),
}  # fmt: skip


def seeded(slip: Slip) -> str:
    text = (RUBRICS / f"{slip.rubric}.yaml").read_text("utf-8")
    assert slip.right in text
    return text.replace(slip.right, slip.wrong, 1)


def told(folder: Path, text: str) -> set[str]:
    path = folder / "slip.yaml"
    path.write_text(text, "utf-8")
    return {one.code for one in check(path)}


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told(name: str, tmp_path: Path) -> None:
    slip = SLIPS[name]
    found = told(tmp_path, seeded(slip))
    assert found >= slip.by_lints | slip.by_cases
    assert {code for code in found - slip.by_lints if code != "GR316" and not code.startswith("GR6")} == set()


@pytest.mark.parametrize("name", SLIPS)
def test_what_lints_tell_is_told_without_cases(name: str, tmp_path: Path) -> None:
    text = seeded(SLIPS[name])
    assert "\ncases:\n" in text
    assert told(tmp_path, CASES.sub("", text)) == SLIPS[name].by_lints


@pytest.mark.parametrize("rubric", ["2023-district", "2023-department"])
def test_without_its_cases_a_shipped_rubric_is_clean(rubric: str, tmp_path: Path) -> None:
    assert told(tmp_path, CASES.sub("", (RUBRICS / f"{rubric}.yaml").read_text("utf-8"))) == set()


def test_nearly_every_slip_is_told_by_a_lint() -> None:
    assert len(SLIPS) >= 20
    assert sum(bool(slip.by_lints) for slip in SLIPS.values()) >= 29
    assert all(slip.by_lints | slip.by_cases for slip in SLIPS.values())
