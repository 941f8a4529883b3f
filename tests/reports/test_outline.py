"""A rubric as people read it."""

from govrubric import loads
from govrubric.reports.outline import outline
from samples import SMALL, small, wide


def test_a_rubric_as_an_outline() -> None:
    text = SMALL.replace(
        "total: 10\n", "total: 10\nvalid: {from: 2023-01-01}\nsource: {issuer: Office, document: Annex 2}\n"
    )
    text = text.replace(
        "    weight: 3\n    rules:\n",
        "    weight: 3\n    start: zero\n    floor: none\n    ceiling: 2\n"
        "    round: {places: 1, mode: down}\n    rules:\n",
    )
    text += "ambiguities:\n  - {id: late, at: work.late, question: How late?, decision: A day., "
    text += "options: [An hour., A week.]}\n"
    text += "cases: [{name: one, tally: {bonus.judged: 0}, expect: {total: 7}}]\n"
    rubric = loads(text)
    assert (
        outline(rubric, "en")
        == f"""\
Small form
small · {rubric.digest}
source: Office Annex 2
valid: 2023-01-01 – …

total  10  (rounded: places 1, half_up)
  work Work  7
      “Work counts seven.”
      assessed by: the office
    - late: 1 off once
        “A late report costs one point.”
    papers Papers  4
      - missing: 0.3 off per case  [emptied by 14 case]
          “Each missing paper costs 0.3.”
      - absent: forfeits what is left
    index Index  3  (scored out of 7)
      - gap: 1 off per gap  [emptied by 7 gap]
  bonus Bonus  3  (starts at 0; no floor; ceiling 2; rounded: places 1, down)
    - used: per piece: city 1 added, province 2 added
    - judged: judged, 0 to 1, in steps of 0.5

readings of the text:
  late (work.late)
    question: How late?
    decision: A day.
    possible readings:
      - An hour.
      - A week.

cases of its own: 1
"""
    )


def test_the_unclear_words_of_an_ambiguity_are_shown() -> None:
    entry = "ambiguities: [{id: late, at: work.late, clause: 相应分, question: 多少？, decision: 1分}]\n"
    shown = outline(
        loads(SMALL.replace("cases:\n", f"{entry}cases:\n") if "cases:\n" in SMALL else SMALL + entry), "zh"
    )
    assert "  late (work.late)\n    “相应分”\n    问题：多少？\n    本表处理：1分\n" in shown
    assert "可能的理解" not in shown


def test_a_rubric_as_a_chinese_outline() -> None:
    rubric = loads(
        SMALL.replace("total: 10\n", "total: 10\nvalid: {to: 2023-12-31}\nsource: {document: 附件2}\n")
    )
    assert outline(rubric, "zh").splitlines()[2:12] == [
        "来源：附件2",
        "有效期：至2023-12-31止",
        "",
        "总分  10（保留1位小数，四舍五入）",
        "  work Work  7",
        "      “Work counts seven.”",
        "      考评方：the office",
        "    - late：扣1分",
        "        “A late report costs one point.”",
        "    papers Papers  4",
    ]


def test_an_outline_says_nothing_of_what_is_not_there() -> None:
    assert outline(small(), "en").splitlines()[2:4] == ["", "total  10  (rounded: places 1, half_up)"]


def test_an_outline_of_a_rubric_that_uses_everything() -> None:
    assert (
        outline(wide(), "en")
        == f"""\
Wide form
wide · {wide().digest}

total  20  (rounded: places 1, half_up)
  ! gate lower, when deaths > 0: grade at most fair
  a First  6  (full marks when not applicable; counts only when class == 'A')
    - late: 2 off once, when calm
        “Two for being late.”
    - rated: by outcome: good nothing off, bad 1 off
    ! gate cap, when deaths > 0: at most 3
        “Never more than three.”
    ! gate veto, when deaths > 1: no score, grade banned
  b Second  8  (scored out of 4; left out when not applicable; mean of its parts; without the 1 lowest)
    x X  4  (shared out when not applicable)
      - late: 1 off per case  [emptied by 4 case]
    y Y  4  (rounded: places 0, down)
      - late: 0.4 off per case  [emptied by 10 case]
    z Z  4  (no marks when not applicable)
      - late: 1 off per case  [emptied by 4 case]
  c Third  6  (least of its parts; without the 1 highest)
    x X  6  (starts at 6)
      - f: by formula: 0 - people / 50
    y Y  6
      - late: 1 off per case  [emptied by 6 case]
  d Fourth  2  (on top of the full marks)
    - added: 2 added once

grades (on the exact total):
  good: from 15, when class == 'A'
  fair: from 10.5
  poor: else

facts:
  calm: yes or no
  class: one of A, B
  people: 1 to 50, 0 places
  deaths: count
"""
    )


NOTED = """\
govrubric: 1
id: noted
title: T
source: {issuer: 市办, note: 附件}
valid: {from: 2023-01-01, note: 试行}
total: 10
round: {places: 0, mode: half_up, note: 取整}
note: 总说明
facts:
  deaths: count
  rate: {number: {max: 100, note: 范围}, note: 百分率}
indicators:
  - id: a
    title: 甲
    weight: 10
    assessed_by: 第三方
    clause: 甲项10分。
    note: 说明
    rules:
      - {id: r, bands: [{from: 90, points: 10, note: 高档}], note: 规则, clause: 90分以上得10分, input: rate}
      - {id: f, formula: "1 if x == 'A' else 0", inputs: {x: {choice: [A, B], note: 类别}}, when: deaths > 0, at_most: 1}
    gates: [{id: g, when: deaths > 1, score: 0, clause: 一票否决, note: 门槛说明}]
grades: [{grade: 优, from: 9, when: deaths == 0, note: 最好}, {grade: 差}]
ambiguities: [{id: u, at: a, question: 问, decision: 答, note: 记}]
"""


def test_clauses_assessors_and_notes_are_shown() -> None:
    rubric = loads(NOTED)
    assert (
        outline(rubric, "zh").partition("\n")[2].partition("\n")[2]
        == """\
来源：市办
  备注：附件
有效期：自2023-01-01起
  备注：试行

总分  10（保留整数，四舍五入）
    备注：总说明
    备注：取整
  a 甲  10
      “甲项10分。”
      考评方：第三方
      备注：说明
    - r：90以上得10分，低于90得0分
        “90分以上得10分”
        备注：规则
        备注：高档
    - f：按公式：1 if x == 'A' else 0，加分、扣分均不超过1分（条件：deaths > 0）
        备注：类别
    ! 门槛 g（条件：deaths > 1）：得分定为0分
        “一票否决”
        备注：门槛说明

等次：
  优：9分及以上，条件：deaths == 0
      备注：最好
  差：其余

事实：
  deaths：计数
  rate：0至100，最多2位小数
      备注：百分率
      备注：范围

原文存疑之处：
  u (a)
    问题：问
    本表处理：答
    备注：记
"""
    )


def test_the_note_of_a_level_is_shown() -> None:
    """A level, an outcome and a flag of a formula have a note in their long form; a short form has none."""
    rules = (
        "      - {id: x, deduct: {big: {points: 2, note: 重}, small: 1}, per: 处}\n"
        "      - {id: y, formula: 0 - (1 if n else 0), inputs: {n: {type: flag, note: 次}, m: count}}\n"
    )
    text = SMALL.replace("    rules:\n", f"    rules:\n{rules}", 1)
    said = outline(loads(text), "zh").splitlines()
    assert [line.strip() for line in said if "备注" in line] == ["备注：重", "备注：次"]


def test_a_rubric_whose_days_are_open_on_both_sides_says_so() -> None:
    rubric = loads(SMALL.replace("total: 10\n", "total: 10\nvalid: {note: open}\n"))
    assert outline(rubric, "en").splitlines()[2:4] == ["valid: …", "  note: open"]


def test_both_days_of_a_rubric_are_shown_in_chinese() -> None:
    rubric = loads(SMALL.replace("total: 10\n", "total: 10\nvalid: {from: 2023-01-01, to: 2023-12-31}\n"))
    assert outline(rubric, "zh").splitlines()[2] == "有效期：2023-01-01至2023-12-31"
