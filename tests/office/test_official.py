"""The two official forms of 2023, drafted, beside the rubrics that are shipped."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import govrubric
from govrubric.document.yaml import parse
from govrubric.loading import shipped_files
from govrubric.office import Draft, draft

ID = re.compile(r"(?<=\bid: )[a-z_0-9]+(?=[,\n])")
EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = ("district", "department")
each_form = pytest.mark.parametrize("name", NAMES)

# What is asked, by the row of the table and the clause of its cell; the row of headings is the first.
ASKED = {
    "district": [
        (0, 0, "起止日期是否如此？"),
        (0, 0, "总分保留几位小数，如何舍入？"),
        (3, 1, "是否属于“按照标准格式完成上传至省统一平台”？"),
        (4, 1, "未写明加分还是扣分："),
        (4, 1, "只计一次，还是按什么计数？"),
        (4, 2, "按满分多少分折算？"),
        (5, 2, "是否属于“政策解读与政策文件同步发布”？"),
        (5, 3, "表中没有评分标准，如何评分？"),
        (10, 0, "各部分合计5分，表中写明10分，其余从何而来？"),
        (10, 1, "表中没有评分标准，如何评分？"),
        (10, 1, "是否属于“在依申请公开、政务新媒体建设、"),
    ],
    "department": [
        (0, 0, "起止日期是否如此？"),
        (0, 0, "总分保留几位小数，如何舍入？"),
        (3, 1, "是否属于“按照标准格式完成上传至省统一平台”？"),
        (4, 1, "未写明加分还是扣分："),
        (4, 1, "只计一次，还是按什么计数？"),
        (4, 2, "按满分多少分折算？"),
        (5, 2, "是否属于“政策解读与政策文件同步发布”？"),
        (7, 2, "扣去多少分？"),
        (10, 0, "各部分合计5分，表中写明10分，其余从何而来？"),
        (10, 1, "表中没有评分标准，如何评分？"),
        (10, 1, "是否属于“在依申请公开、政务新媒体建设、"),
    ],
}


@cache
def official(name: str) -> Draft:
    """The draft of the Word file of a form."""
    return draft(EXAMPLES / f"2023-{name}.docx")


@pytest.fixture(scope="module", params=NAMES)
def both(request: pytest.FixtureRequest) -> tuple[str, Draft, dict[str, Any]]:
    """The name of a form, its draft, and the data of the shipped rubric."""
    path = shipped_files()[f"2023-{request.param}"]
    return request.param, official(request.param), parse("x", path.read_text("utf-8")).value


def data(drawn: Draft) -> dict[str, Any]:
    value: dict[str, Any] = parse("draft.yaml", drawn.text).value
    return value


def leaves(rubric: dict[str, Any]) -> list[dict[str, Any]]:
    """The items that have rules, in the order of the file."""
    found = []
    for item in rubric["indicators"]:
        found += item.get("items", [item])
    return found


def effect(rule: dict[str, Any]) -> tuple[object, ...]:
    """What a rule gives or takes: verb, points of each level, unit, cap."""
    verb = next(key for key in rule if key in ("deduct", "award", "judge", "convert", "forfeit"))
    points = rule[verb]
    if isinstance(points, dict):
        points = tuple((level["title"], level["points"]) for level in points.values())
    return verb, points, rule.get("per"), rule.get("at_most")


def test_every_indicator_part_weight_and_clause_is_there(both: tuple[str, Draft, dict[str, Any]]) -> None:
    name, draft, shipped = both
    drawn = data(draft)
    assert drawn["title"] == shipped["title"]
    assert drawn["total"] == "100"
    for key in ("title", "weight", "assessed_by", "clause"):
        ours, theirs = ([item.get(key) for item in each["indicators"]] for each in (drawn, shipped))
        assert ours == (theirs if key != "assessed_by" else official_assessors(name))
    for key in ("weight", "clause"):
        assert [leaf.get(key) for leaf in leaves(drawn)] == [leaf.get(key) for leaf in leaves(shipped)]
    assert len(drawn["indicators"]) == 9
    assert len(leaves(drawn)) == {"district": 23 + 1, "department": 24 + 1}[name]


def official_assessors(name: str) -> Sequence[str | None]:
    """Who assesses each indicator, as the form says; two rows of the departments' form say nothing."""
    first, second = "市政府办公室考评或第三方评估", "市政府办公室测评、第三方评估"
    if name == "district":
        return [first] * 3 + [second] * 6
    return [first] * 3 + [second] * 4 + [None] * 2


def test_rules_are_proposed_as_the_shipped_rubric_has_them(both: tuple[str, Draft, dict[str, Any]]) -> None:
    name, draft, shipped = both
    alike = missing = other = 0
    for ours, theirs in zip(leaves(data(draft)), leaves(shipped), strict=True):
        wanted = [effect(rule) for rule in theirs["rules"]]
        for rule in ours["rules"]:
            if effect(rule) in wanted:
                wanted.remove(effect(rule))
                alike += 1
            else:
                other += 1
        missing += len(wanted)
    # What is missing is 清理和上传工作未完成的 at the second of the two parts, which is asked at the first.
    assert (alike, missing, other) == {"district": (30, 1, 0), "department": (31, 1, 0)}[name]


def test_what_is_open_is_asked_at_its_place(both: tuple[str, Draft, dict[str, Any]]) -> None:
    name, draft, _ = both
    told = [dict(finding.args) for finding in draft.findings]
    assert len(told) == len(ASKED[name])
    for args, (row, clause, words) in zip(told, ASKED[name], strict=True):
        assert (args["table"], args["row"], args["clause"]) == ("1", str(row or ""), str(clause or ""))
        assert args["asked"].startswith(words)
    # Two questions stand on a line of their own each; so many marks does `check` list.
    assert draft.counts.questions == draft.text.count("# 待确认：") == 11


def test_the_summary_counts_what_was_drafted() -> None:
    counts = official("district").counts
    # 9 indicators and 23 parts; all weights but that of the rest are in the table; 23 requirements and 18 standards.
    assert counts == (32, 31, 41, 30, 11)


@each_form
def test_answered_it_scores_as_the_shipped_rubric(name: str) -> None:
    """With the ids of the shipped rubric, and its reading of the two questions that change a score."""
    shipped = govrubric.shipped(f"2023-{name}")
    text = official(name).text
    upload = "  - {id: wei_wancheng, deduct: 0.1, per: 件, clause: 清理和上传工作未完成的每件扣0.1分，扣完为止。}\n"
    before = "          - {id: bu_guifan,"
    assert text.count(before) == 1
    text = text.replace(before, f"        {upload}{before}")
    theirs = shipped_files()[f"2023-{name}"].read_text("utf-8").partition("\nambiguities:")[0]
    head, _, items = theirs.partition("indicators:\n")
    names = iter(ID.findall(items))
    text = ID.sub(lambda _: next(names), text.partition("indicators:\n")[2])
    levels = {"shiji:": "city:", "shengji:": "province:", "guowu_yuan:": "state_council:"}
    for level, id_ in levels.items():
        text = text.replace(level, id_)
    answered = govrubric.loads(f"{head}indicators:\n{text}")
    assert list(names) == []
    assert answered.scoring_digest == shipped.scoring_digest
