"""Slips of transcription, seeded into the shipped rubrics one at a time: which codes `check` then tells.

Each is exact text replaced by exact text. `codes` is what `check` tells of the whole file, and `alone` what is told by
lints when the rubric has no cases of its own: a clause that says its number guards it without them.
"""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from govrubric import check
from govrubric.diagnostics import Diagnostic

RUBRICS = Path(__file__).parents[1] / "rubrics"
CASE = re.compile(r"^cases:\n(?:[ \t].*\n|\n)*", re.MULTILINE)
FAILING = "GR316"


class Slip(NamedTuple):
    """What was meant, what was written, and the codes that follow: of lints alone, and with the rubric's cases."""

    rubric: str
    right: str
    wrong: str
    alone: set[str]
    cases: bool = True


def district(right: str, wrong: str, alone: set[str], *, cases: bool = True) -> Slip:
    return Slip("2023-district", right, wrong, alone, cases)


def department(right: str, wrong: str, alone: set[str], *, cases: bool = True) -> Slip:
    return Slip("2023-department", right, wrong, alone, cases)


SLIPS = {
    "a deduction of 2 for 1": district("{id: late, deduct: 2,", "{id: late, deduct: 1,", {"GR420"}),
    "a deduction of 2 for 1, where one reading is registered": district("{id: inaccurate, deduct: 1,", "{id: inaccurate, deduct: 2,", {"GR420"}),
    "a tenth for a whole": district("deduct: 0.1\n            per: 例", "deduct: 1\n            per: 例", {"GR420"}),
    "a hundredth for a tenth": department("{id: nonstandard_format, deduct: 0.1,", "{id: nonstandard_format, deduct: 0.01,", {"GR420"}, cases=False),
    "the amount of the neighbour": district("{id: wording_error, deduct: 0.5,", "{id: wording_error, deduct: 0.1,", {"GR420"}),
    "0.2 for 0.1 in one of two rules that quote one clause": district(
        "rules: [{id: unfinished, deduct: 0.1, per: 件,", "rules: [{id: unfinished, deduct: 0.2, per: 件,", {"GR422"}
    ),
    "0.5 for 0.2": department("{id: reversed, deduct: 0.2,", "{id: reversed, deduct: 0.5,", {"GR420"}),
    "0.05 for 0.5": district("{id: poorly_organised, deduct: 0.5,", "{id: poorly_organised, deduct: 0.05,", {"GR420"}),
    "an amount of the words that hold a slip themselves": district("{id: security_flaw, deduct: 0.5,", "{id: security_flaw, deduct: 0.1,", {"GR420"}),
    "a deduction that is added": district("{id: inadequate, deduct: 1,", "{id: inadequate, award: 1,", {"GR423"}),
    "an award that is taken": district("award: {city: 1, province: 3, state_council: 5}", "deduct: {city: 1, province: 3, state_council: 5}", {"GR423"}),
    "two levels swapped": district("{city: 1, province: 3, state_council: 5}", "{city: 3, province: 1, state_council: 5}", set()),
    "a level lost": district("{city: 1, province: 3, state_council: 5}", "{city: 1, state_council: 5}", {"GR421"}),
    "a level of another amount": department("province: 3, state_council: 5", "province: 2, state_council: 5", {"GR420"}),
    "a unit of another rule": district("{id: stale_column, deduct: 0.1, per: 次,", "{id: stale_column, deduct: 0.1, per: 项,", {"GR425"}, cases=False),
    "a unit that is like the right one": district("{id: reversed, deduct: 0.2, per: 例,", "{id: reversed, deduct: 0.2, per: 件,", {"GR425"}, cases=False),
    "a unit lost": district("{id: hollow, deduct: 0.1, per: 项,", "{id: hollow, deduct: 0.1,", {"GR424"}),
    "a unit where there is none": district("{id: late, deduct: 2,", "{id: late, deduct: 2, per: 次,", {"GR424"}, cases=False),
    "two weights swapped within a group": district(
        "weight: 4\n        clause: 无纠错、撤销情况（4分）。", "weight: 2\n        clause: 无纠错、撤销情况（4分）。", {"GR302"}
    ),
    "weights of two indicators swapped": department("title: 便民服务\n    weight: 10", "title: 便民服务\n    weight: 15", {"GR302"}),
    "the marks in the text do not fit": district("（2分）。\n        rules: [{id: unfinished,", "（3分）。\n        rules: [{id: unfinished,", {"GR429"}, cases=False),
    "a floor below zero where the clause says 扣完为止": district(
        "        title: 清理\n        weight: 2\n", "        title: 清理\n        weight: 2\n        floor: -2\n", {"GR402", "GR428"}, cases=False
    ),
    "no ceiling where the clause says 加完为止": district("        weight: 5\n        note: 指标说明未", "        weight: 5\n        ceiling: none\n        note: 指标说明未", {"GR428"}),
    "a cap that the clause does not have": district("{id: late_response, deduct: 0.1, per: 例,", "{id: late_response, deduct: 0.1, per: 例, at_most: 2,", {"GR427"}, cases=False),
    "a judgement out of more than the weight": district("clause: 组织领导体系健全（3分）。\n        rules: [{id: assessed, judge: 3,", "clause: 组织领导体系健全（3分）。\n        rules: [{id: assessed, judge: 30,", {"GR435"}, cases=False),
    "a judgement out of less than the weight": department("（5分）。\n        rules: [{id: assessed, judge: 5,", "（5分）。\n        rules: [{id: assessed, judge: 4,", {"GR401"}),
    "a rule lost with its clause": district(
        "          - {id: inaccurate, deduct: 1, clause: 填报数据不准确、格式不规范的，扣1分。}\n", "", {"GR313"}, cases=False
    ),
    "a rule quoted where it does not belong": district(
        "- {id: not_withdrawn, deduct: 0.1, per: 件, clause: 失效和废止文件未及时下线的，每件扣0.1分。}", "- {id: not_withdrawn, deduct: 0.1, per: 件, clause: 格式不规范的每件扣0.1分。}", {"GR431"}, cases=False
    ),
    "a converted score out of 10": department("convert: 100,", "convert: 10,", set()),
}  # fmt: skip


def told(folder: Path, slip: Slip, *, cases: bool) -> list[Diagnostic]:
    text = (RUBRICS / f"{slip.rubric}.yaml").read_text("utf-8")
    assert slip.right in text
    text = text.replace(slip.right, slip.wrong, 1)
    path = folder / "slip.yaml"
    path.write_text(text if cases else CASE.sub("", text), "utf-8")
    return check(path)


@pytest.mark.parametrize("name", SLIPS)
def test_a_slip_is_told(name: str, tmp_path: Path) -> None:
    print(name, SLIPS[name].alone, {one.code for one in told(tmp_path, SLIPS[name], cases=False)}, {one.code for one in told(tmp_path, SLIPS[name], cases=True)})
