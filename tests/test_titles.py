"""Titles: whatever a person reads says them, and the id where there is none; they change no figure."""

from decimal import Decimal
from typing import Any

import pytest

import govrubric
from govrubric import TallyError
from govrubric.cases.coverage import coverage
from govrubric.cases.coverage_report import covered
from govrubric.diagnostics.diagnostic import Lang
from govrubric.reports import blanks
from govrubric.reports.marginal import render_marginal
from govrubric.reports.outline import outline
from govrubric.scoring.explain import render_part

TEXT = """
govrubric: 1
id: small
title: 小表
language: zh-CN
total: 20
round: {places: 1, mode: half_up}
facts:
  deaths: {type: count, title: 死亡人数}
  served: flag
  size: {number: {places: 0, max: 100}, title: 常住人口}
  class: {choice: [A, B], title: 类别}
indicators:
  - id: report
    title: 年报
    weight: 10
    rules:
      - {id: late, title: 迟报年报, deduct: 2}
      - {id: wrong, title: 差错, deduct: {big: {points: 3, title: 严重}, small: 1}, per: 处}
      - {id: gone, deduct: 1, when: served}
  - id: work
    title: 工作
    weight: 10
    start: zero
    rules:
      - {id: used, award: {city: {points: 1, title: 市级}, province: 2}, per: 件}
      - {id: rating, choose: {a: {points: 2, title: 优}, b: 1}}
      - {id: rate, bands: [{from: 95, points: 2, title: 优秀}, {from: 90, points: 1}], unit: "%"}
      - {id: visits, title: 走访, formula: n * 0.1 + size * 0, inputs: {n: {type: count, title: 次数}, m: flag}}
gates:
  - {id: veto, title: 一票否决, when: deaths > 0, score: 0}
  - {id: half, when: class == 'B', at_most: 19}
"""
# The same rubric, every title taken out.
BARE = """
govrubric: 1
id: small
title: 小表
language: zh-CN
total: 20
round: {places: 1, mode: half_up}
facts: {deaths: count, served: flag, size: {number: {places: 0, max: 100}}, class: {choice: [A, B]}}
indicators:
  - id: report
    title: 年报
    weight: 10
    rules:
      - {id: late, deduct: 2}
      - {id: wrong, deduct: {big: 3, small: 1}, per: 处}
      - {id: gone, deduct: 1, when: served}
  - id: work
    title: 工作
    weight: 10
    start: zero
    rules:
      - {id: used, award: {city: 1, province: 2}, per: 件}
      - {id: rating, choose: {a: 2, b: 1}}
      - {id: rate, bands: [{from: 95, points: 2}, {from: 90, points: 1}], unit: "%"}
      - {id: visits, formula: n * 0.1 + size * 0, inputs: {n: count, m: flag}}
gates:
  - {id: veto, when: deaths > 0, score: 0}
  - {id: half, when: class == 'B', at_most: 19}
"""
TALLY: dict[str, Any] = {
    "report.late": True,
    "report.wrong.big": 1,
    "work.used.city": 2,
    "work.rating": "a",
    "work.rate": 96,
    "work.visits.n": 3,
    "size": 5,
    "class": "A",
}
RUBRIC, PLAIN = govrubric.loads(TEXT), govrubric.loads(BARE)


def banded(title: str) -> str:
    """The bands of `rate` as a difference shows them."""
    return f"{{from: 95, points: 2, title: {title}}}, {{from: 90, points: 1}}"


def lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines()]


def test_titles_change_the_digest_alone() -> None:
    assert RUBRIC.scoring_digest == PLAIN.scoring_digest
    assert RUBRIC.digest != PLAIN.digest
    assert RUBRIC.score(TALLY).total == PLAIN.score(TALLY).total == Decimal("11.3")


def test_a_card_of_a_rubric_without_the_titles_proves_itself_but_for_words() -> None:
    assert [found.code for found in RUBRIC.score(TALLY).verify(PLAIN)] == ["GR710"]


def test_the_text_in_one_fixed_form_keeps_titles() -> None:
    text = RUBRIC.to_text()
    assert "  wrong" not in text
    for part in (
        ' deaths:\n  type: count\n  title: "死亡人数"\n served: flag\n',
        '     deduct:\n       big:\n        points: 3\n        title: "严重"\n       small: 1\n',
        '   - id: late\n      title: "迟报年报"\n      deduct: 2\n',
        '- id: veto\n   title: "一票否决"\n',
        'points: 2\n         title: "优秀"\n',
    ):
        assert part in text
    assert govrubric.loads(text) == RUBRIC


@pytest.mark.parametrize(
    ("long", "short"),
    [
        ("big: {points: 3}", "big: 3"),
        ("a: {points: 2}", "a: 2"),
        ("deaths: {type: count}", "deaths: count"),
        ("m: {type: flag}", "m: flag"),
    ],
)
def test_the_long_form_without_words_is_the_short_form(long: str, short: str) -> None:
    assert BARE.count(short) == 1
    other = govrubric.loads(BARE.replace(short, long))
    assert (other == PLAIN, other.digest == PLAIN.digest, long in other.to_text()) == (True, True, False)


def test_an_explanation_says_titles() -> None:
    said = lines(RUBRIC.score({**TALLY, "deaths": 1}).explain())
    ledger = [line for line in said if line.startswith(("+", "-", "0", "门槛"))]
    assert ledger == [
        "-2  迟报年报：是，扣2分，余8分",
        "-3  差错：严重1处×3分=3分，余5分",
        "0  gone：填报“否”，不计",
        "+2  used：市级2件×1分=2分",
        "+2  rating：优，得2分，累计4分",
        "+2  rate：96%，落在“优秀”一档，得2分，累计6分",
        "+0.3  走访：次数（n） = 3，m = 否；n * 0.1 + size * 0 = 0.3分，累计6.3分",
        "-11.3  门槛 一票否决 成立（deaths > 0）：得分定为0分",
        "门槛 half 不成立（class == 'B'）",
    ]
    at = said.index("事实：")
    assert said[at + 1 : at + 5] == ["死亡人数：1", "served：否", "常住人口：5", "类别：A"]


def test_what_was_assumed_is_told_with_its_title() -> None:
    said = lines(RUBRIC.score({"work.rating": "b", "work.rate": 0, "size": 5, "class": "A"}).explain())
    at = said.index("以下未填报，按0或“否”计：")
    assert said[at + 1 : at + 5] == [
        "deaths 死亡人数",
        "served",
        "report.late 迟报年报",
        "report.wrong.big 严重",
    ]


def test_one_figure_is_explained_with_titles() -> None:
    card = RUBRIC.score({**TALLY, "deaths": 1})
    record = card._spoken("zh")
    assert "-2  迟报年报：是，扣2分" in lines(render_part(record, "", "zh"))
    assert lines(render_part(record, "report.late", "zh"))[0] == "-2  迟报年报：是，扣2分，余8分"


GATED = """
govrubric: 1
id: gated
title: Gated
total: 5
round: {places: 0, mode: half_up}
indicators:
  - id: a
    title: A
    weight: 5
    items:
      - id: b
        title: B
        weight: 5
        rules: [{id: late, title: Late report, deduct: 2}]
        gates: [{id: none, title: Nothing left, when: late, score: 0}]
"""


def test_within_a_part_titles_stand_behind_the_path_of_their_item() -> None:
    card = govrubric.loads(GATED).score({"a.b.late": True})
    said = lines(render_part(card._spoken("en"), "", "en"))
    assert "-2  b.Late report: yes, 2 off" in said
    assert "-3  gate b.Nothing left holds (late): score 0" in said


def test_a_card_has_the_titles_and_reads_them_again() -> None:
    card = RUBRIC.score(TALLY)
    again = govrubric.ScoreCard.from_json(card.to_json())
    for one in (card, again):
        assert (one.rules["report.late"].title, one.rules["report.gone"].title) == ("迟报年报", None)
        assert [gate.title for gate in one.items[""].gates] == ["一票否决", None]
        titles = [given.title for given in one.inputs.values()]
        assert titles[:8] == ["死亡人数", None, "常住人口", "类别", "迟报年报", "严重", None, None]
    assert again.verify(RUBRIC) == ()


def test_an_outline_has_ids_and_titles() -> None:
    said = lines(outline(RUBRIC, "zh"))
    for line in (
        "! 门槛 veto 一票否决（条件：deaths > 0）：得分定为0分",
        "- late 迟报年报：扣2分",
        "- wrong 差错：每处：严重扣3分、small 扣1分",
        "- rating：按评定结果：优得2分、b 得1分",
        "- rate：优秀：95%以上得2分，90%以上得1分，低于90%得0分",
        "deaths 死亡人数：计数",
        "served：是或否",
    ):
        assert line in said


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "优秀: from 95% 2 added, from 90% 1 added, below nothing added"),
        ("zh", "优秀：95%以上得2分，90%以上得1分，低于90%得0分"),
    ],
)
def test_a_band_is_told_by_its_title(lang: Lang, sentence: str) -> None:
    (rule,) = (rule for item in RUBRIC._plan.items for rule in item.rules if rule.rule.id == "rate")
    assert rule.rule.sentence(lang) == sentence


def test_a_named_input_of_a_formula_is_told_with_the_name_that_the_formula_uses() -> None:
    (rule,) = govrubric.loads(TEXT.replace("zh-CN", "en")).score(TALLY).items["work"].rules[3:]
    assert rule.sentence.startswith("次数 (n) = 3, m = no; ")


def test_a_blank_tally_has_titles_in_its_comments() -> None:
    said = blanks.as_yaml(RUBRIC, "zh").splitlines()
    for line in (
        "deaths: 0  # 死亡人数：计数",
        "served: false  # true 或 false",
        "class:   # 类别：选一：A, B",
        "# 迟报年报：扣2分",
        "report.late: false  # true 或 false",
        "report.wrong.big: 0  # 严重：计数，单位 处",
        "report.wrong.small: 0  # 计数，单位 处",
        "work.rating:   # 选一：a (优), b",
        "work.visits.n: 0  # 次数：计数",
    ):
        assert line in said


def test_what_a_form_prints() -> None:
    titles = {name: one.title for name, one in RUBRIC.inputs.items()}
    assert titles == {
        "deaths": "死亡人数",
        "served": "served",
        "size": "常住人口",
        "class": "类别",
        "report.late": "年报：迟报年报",
        "report.wrong.big": "年报：差错，严重",
        "report.wrong.small": "年报：差错，small",
        "report.gone": "年报：gone",
        "work.used.city": "工作：used，市级",
        "work.used.province": "工作：used，province",
        "work.rating": "工作：rating",
        "work.rate": "工作：rate",
        "work.visits.n": "工作：走访，次数",
        "work.visits.m": "工作：走访，m",
    }
    labels = {name: one.labels for name, one in RUBRIC.inputs.items() if one.options}
    assert labels == {"class": ("A", "B"), "work.rating": ("优", "b")}
    assert (RUBRIC.rules["report.late"].title, RUBRIC.rules["report.gone"].title) == ("迟报年报", None)
    assert [gate.title for gate in RUBRIC.gates.values()] == ["一票否决", None]


def test_a_rule_with_its_own_clause_is_asked_for_by_its_title_all_the_same() -> None:
    rubric = govrubric.loads(
        TEXT.replace("late, title: 迟报年报", "late, title: 迟报年报, clause: 迟报的扣2分")
    )
    assert rubric.inputs["report.late"].title == "年报：迟报年报"


def test_inputs_with_one_title_are_told_apart_by_their_ids() -> None:
    text = TEXT.replace("{id: late, title: 迟报年报", "{id: late, title: gone")
    titles = [one.title for one in govrubric.loads(text).inputs.values() if one.item == "report"]
    assert titles == [
        "年报：gone（late）",
        "年报：差错，严重（wrong.big）",
        "年报：差错，small（wrong.small）",
        "年报：gone（gone）",
    ]


def test_a_schema_of_a_tally_has_titles() -> None:
    properties = RUBRIC.tally_schema()["properties"]
    assert (properties["report.late"]["title"], properties["deaths"]["title"]) == ("迟报年报", "死亡人数")
    assert "title" not in properties["served"]


def test_a_message_about_a_tally_says_the_title() -> None:
    with pytest.raises(TallyError) as caught:
        RUBRIC.score({**TALLY, "report.late": 3, "deaths": -1})
    said = [one.message("zh") for one in caught.value.diagnostics]
    assert said[0].startswith("“deaths”（死亡人数）的计数范围为 0 至")
    assert said[1].startswith("“report.late”（迟报年报）只能填 `true` 或 `false`")
    (missing,) = _missing()
    assert (missing.message("en"), missing.message("zh")) == (
        "`size` (常住人口) is missing",
        "缺少“size”（常住人口）",
    )


def _missing() -> tuple[govrubric.Diagnostic, ...]:
    with pytest.raises(TallyError) as caught:
        RUBRIC.score({name: value for name, value in TALLY.items() if name != "size"})
    return tuple(caught.value.diagnostics)


def test_what_one_case_more_changes_is_told_with_titles() -> None:
    rows = RUBRIC.score(TALLY).marginal()
    assert {row.input: row.title for row in rows}["report.wrong.big"] == "严重"
    said = render_marginal(rows, 2, "zh")
    assert "report.wrong.big 严重" in said
    assert "  served\n" in said


def test_coverage_names_rules_and_gates_by_id_and_title() -> None:
    said = lines(covered(coverage(RUBRIC, [RUBRIC.score(TALLY)]), 0, "zh"))
    assert "late 迟报年报：为零" in said
    assert "veto 一票否决：成立" in said
    assert "half：成立" in said


def test_a_study_of_many_units_names_rules_and_counts_by_id_and_title() -> None:
    units = [{**TALLY, "unit": "u1"}, {**TALLY, "unit": "u2", "report.late": False, "work.used.city": 1}]
    said = govrubric.whatif(RUBRIC, units).to_text()
    assert "report.late 年报 迟报年报\n" in said
    assert "work.used.city 工作 市级\n" in said
    assert "report 年报\n" in said


def test_a_repeated_title_is_told(tmp_path: Any) -> None:
    path = tmp_path / "small.yaml"
    text = TEXT.replace("title: 差错", "title: 迟报 年报").replace(
        "small: 1", "small: {points: 1, title: 严重}"
    )
    text = text.replace("{id: half,", "{id: half, title: 一票否决,").replace("title: 类别", "title: 死亡人数")
    path.write_text(text, encoding="utf-8")
    found = [one for one in govrubric.check(path) if one.code == "GR432"]
    assert [one.message() for one in found] == [
        "two things in `small` are called “死亡人数”",
        "two things in `report.wrong` are called “严重”",
        "two things in `report` are called “迟报 年报”",
        "two things in `small` are called “一票否决”",
    ]


def test_a_changed_title_is_a_difference_of_words() -> None:
    changes = (
        ("title: 迟报年报", "title: 年报迟报"),
        ("title: 市级", "title: 本市"),
        ("small: 1", "small: {points: 1, title: 轻微}"),
        ("a: {points: 2, title: 优}", "a: 2"),
        ("title: 死亡人数", "title: 死亡数"),
        ("served: flag", "served: {type: flag, title: 有服务}"),
        ("title: 常住人口", "note: 年末"),
        ("title: 一票否决", "title: 否决"),
        ("title: 优秀", "title: 很好"),
        ("n: {type: count, title: 次数}", "n: count"),
    )
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    difference = govrubric.diff(RUBRIC, govrubric.loads(text))
    assert lines(difference.to_text("zh"))[3:] == [
        "评分表",
        "门槛 veto 否决 名称：一票否决 → 否决",
        "",
        "report 年报",
        "late 年报迟报 名称：迟报年报 → 年报迟报",
        "wrong 差错 deduct.small.title：– → 轻微",
        "",
        "work 工作",
        "used award.city.title：市级 → 本市",
        "rating choose.a.title：优 → –",
        "rate bands：",
        f"- {banded('优秀')}",
        f"+ {banded('很好')}",
        "visits 走访 inputs.n.title：次数 → –",
        "",
        "事实",
        "deaths 死亡数 名称：死亡人数 → 死亡数",
        "served 有服务 名称：– → 有服务",
        "size 名称：常住人口 → –",
        "size 备注：– → 年末",
        "",
        "11处不同：0处可能改变结果 (*)，11处不改变",
    ]


def test_what_was_added_and_removed_is_named_by_id_and_title() -> None:
    text = TEXT.replace("      - {id: late, title: 迟报年报, deduct: 2}\n", "")
    text = text.replace("  - {id: veto, title: 一票否决, when: deaths > 0, score: 0}\n", "")
    said = lines(govrubric.diff(RUBRIC, govrubric.loads(text)).to_text("zh"))
    assert any("late 迟报年报 删去" in line for line in said)
    assert any("门槛 veto 一票否决 删去" in line for line in said)


def test_an_added_item_brings_its_rules_and_gates_by_id_and_title() -> None:
    more = GATED[GATED.index("  - id: a\n") :]
    wider = TEXT.replace("total: 20", "total: 25").replace(
        "gates:\n  - {id: veto", f"{more}gates:\n  - {{id: veto"
    )
    said = govrubric.diff(RUBRIC, govrubric.loads(wider)).to_text("zh")
    assert "late Late report" in said
    assert "门槛 none Nothing left" in said


def test_a_changed_figure_of_a_level_with_a_title_scores() -> None:
    changed = govrubric.loads(TEXT.replace("big: {points: 3,", "big: {points: 4,"))
    said = govrubric.diff(RUBRIC, changed).to_dict()["changes"]
    assert [(one["key"], one["before"], one["after"], one["scoring"]) for one in said] == [
        ("deduct.big.points", "3", "4", True)
    ]
