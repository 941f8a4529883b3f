"""The guides for authors: every common clause has its section, every section a whole rubric, and every key is told.

That each rubric is clean and its cases pass is for `test_docs.py` to say, which runs every rubric of the manual.
"""

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from pydantic import BaseModel

import govrubric
from govrubric.language.cases_text import Case
from govrubric.language.combining import Drop
from govrubric.language.gates_text import Gate, Grade
from govrubric.language.rubric_text import AnyItem, Item, Rounding, RubricText, parts
from govrubric.language.rules import VERBS
from govrubric.language.rules._rule import Rule
from govrubric.language.variants_text import Ambiguity, OptionText, VariantText

PAGE = Path(__file__).parents[1] / "docs" / "clauses.md"
AUTHORING = (PAGE.parent / "authoring.md").read_text("utf-8")

# What clauses commonly say, each with a word of the language that its rubric must use.
COMMON = {
    "每例扣": "per",
    "未按时公开的，扣2分": "deduct",
    "扣完为止": "deduct",
    "加完为止": "award",
    "每件加1分": "award",
    "不重复计分，取最高": "take",
    "最多扣3分": "at_most",
    "折合": "convert",
    "根据完成情况作相应评分": "judge",
    "一票否决，得零分": "score",
    "一票否决，不予计分": "score",
    "一票否决，直接定为不合格": "grade",
    "缺项按比例折算": "rescale",
    "缺项得满分": "full",
    "缺项不得分": "zero",
    "平均分摊": "spread",
    "每低1个百分点扣0.5分，不足1个百分点按1个百分点计": "whole",
    "每迟1天扣": "gates",
    "分档计分": "bands",
    "直线内插": "curve",
    "优、良、中、差": "choose",
    "加分项：在100分之外": "extra",
    "取平均分，去掉一个最高分和一个最低分": "drop",
    "木桶原则": "min",
    "仅当": "counts_when",
    "的，为优秀": "grades",
    "等次不得高于": "grade_at_most",
    "封顶59分": "at_most",
    "基础分": "start",
    "负分": "floor",
    "四舍五入": "round",
    "同一情形在多处扣分": "input",
    "地区每件扣0.2分，部门每件扣0.1分": "when",
    "公式": "formula",
    "清理和上传工作未完成的每件扣0.1分": "ambiguities",
    "根据每项工作完成情况作相应评分": "judge",
    "未按时公开的，扣2分；数据不准确的，扣1分": "deduct",
    "有指标说明，没有评分标准": "ambiguities",
    "酌情扣分，最多3分；视情节扣2—6分": "judged",
    "按比例得分": "convert",
    "加分合计不超过5分；通报批评的，每次扣2分（扣分项）": "extra",
    "免检": "not_applicable",
    "获多项奖励的，取最高": "take",
    "大于95分": "above",
    "权重": "variants",
    "不足1%的是否扣分": "options",
}


class Section(NamedTuple):
    """A clause, what is said of it, and its rubrics."""

    heading: str
    words: str
    rubrics: tuple[str, ...]


def sections(page: str) -> list[Section]:
    """The sections of a page, one for each heading of the third level."""
    found = []
    for text in re.split(r"^### ", page, flags=re.MULTILINE)[1:]:
        heading, _, body = re.split(r"^## ", text, flags=re.MULTILINE)[0].partition("\n")
        rubrics = re.findall(r"^```yaml\n(.*?)^```$", body, re.DOTALL | re.MULTILINE)
        found.append(Section(heading, body.partition("```")[0].strip(), tuple(rubrics)))
    return found


SECTIONS = sections(PAGE.read_text("utf-8"))
EACH = pytest.mark.parametrize("section", [pytest.param(one, id=one.heading) for one in SECTIONS])


def text_of(section: Section) -> RubricText:
    return govrubric.loads(section.rubrics[0])._text


def clauses(text: RubricText) -> list[str]:
    """The official wordings, and the notes that stand where the language has no clause."""
    said: list[str | None] = []
    for item, _, _ in parts(text):
        said += [*(rule.clause for rule in item.rules), *(gate.clause for gate in item.gates), *of_item(item)]
    return [one for one in [*said, *(grade.note for grade in text.grades)] if one]


def of_item(item: AnyItem) -> list[str | None]:
    return [getattr(item, "clause", None), item.note]


@pytest.mark.parametrize("clause", COMMON)
def test_every_common_clause_has_a_section_that_uses_its_word(clause: str) -> None:
    wanted = re.compile(rf"\b{COMMON[clause]}\b")
    assert [one.heading for one in SECTIONS if clause in one.heading and wanted.search(one.rubrics[0])]


def test_headings_are_cut_off_where_a_group_begins() -> None:
    page = "# T\n\n## G\n\n### A\n\nWords.\n\n```yaml\na: 1\n```\n\n## H\n\nx\n\n```yaml\nb: 1\n```\n\n### B\n\nMore.\n"
    assert sections(page) == [Section("A", "Words.", ("a: 1\n",)), Section("B", "More.", ())]


@EACH
def test_a_section_explains_and_shows_one_rubric(section: Section) -> None:
    assert len(section.rubrics) == 1
    assert len(section.words) > 40


@EACH
def test_the_sum_of_every_case_is_worked_out_in_its_note(section: Section) -> None:
    cases = text_of(section).cases
    assert cases
    assert [case.name for case in cases if not case.note] == []


@EACH
def test_a_rubric_that_takes_or_gives_points_keeps_the_wording(section: Section) -> None:
    text = text_of(section)
    acting = {rule.verb for item, _, _ in parts(text) for rule in item.rules} - {"judge"}
    assert clauses(text) or not acting


def test_every_rubric_has_its_own_id() -> None:
    ids = [text_of(one).id for one in SECTIONS]
    assert sorted(set(ids)) == sorted(ids)


def test_the_guide_uses_every_verb() -> None:
    used = {rule.verb for one in SECTIONS for item, _, _ in parts(text_of(one)) for rule in item.rules}
    assert VERBS.keys() - used == set()


# Write a rubric


@pytest.mark.parametrize(
    "model",
    [
        RubricText,
        Item,
        Rule,
        *VERBS.values(),
        Gate,
        Grade,
        Drop,
        Rounding,
        Case,
        Ambiguity,
        OptionText,
        VariantText,
    ],
    ids=lambda model: model.__name__,
)
def test_every_key_is_told_to_authors(model: type[BaseModel]) -> None:
    keys = [field.alias or name for name, field in model.model_fields.items()]
    assert [
        key
        for key in keys
        if not re.search(rf"\b{key}\b`?[:,]?", "".join(re.findall("`[^`\n]+`", AUTHORING)))
    ] == []


def expressions() -> list[str]:
    """The conditions and formulas that the manual shows in its table."""
    table = AUTHORING.partition("| to write | for instance |\n| --- | --- |\n")[2].partition("\n\n")[0]
    return [
        shown for line in table.splitlines() for shown in re.findall("`([^`]+)`", line.partition(" | ")[2])
    ]


def loads(expression: str, key: str) -> bool:
    """Whether an expression is a condition (`when`), or a number (`formula`)."""
    rule = {"when": f'deduct: 1, per: case, when: "{expression}"', "formula": f'formula: "{expression}"'}[key]
    text = f"""govrubric: 1
id: t
title: T
total: 10
round: {{places: 2, mode: half_up}}
facts: {{late: count, a: count, b: count, dead: count, level: {{choice: [A, B, C]}}, stale: flag, excused: flag}}
indicators:
  - {{id: x, title: X, weight: 6, start: full, rules: [{{id: r, {rule}}}]}}
  - {{id: basics, title: B, weight: 3, rules: [{{id: r, deduct: 1}}]}}
  - {{id: crane, title: C, weight: 1, not_applicable: zero, rules: [{{id: r, deduct: 1}}]}}
"""
    try:
        govrubric.loads(text)
    except govrubric.RubricError:
        return False
    return True


@pytest.mark.parametrize("expression", expressions())
def test_every_expression_in_the_manual_is_one(expression: str) -> None:
    assert loads(expression, "when") is not loads(expression, "formula")


def test_there_are_expressions_in_the_manual_and_others_are_not_taken() -> None:
    assert len(expressions()) > 15
    assert not loads("late >", "when")
    assert not loads("reached(basics) and late", "formula")
