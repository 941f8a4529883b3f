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
    - late: 1 off once
    papers Papers  4
      - missing: 0.3 off per case  [emptied by 14 case]
      - absent: forfeits what is left
    index Index  3  (scored out of 7)
      - gap: 1 off per gap  [emptied by 7 gap]
  bonus Bonus  3  (starts at 0; floor none; ceiling 2; rounded: places 1, down)
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
    assert "  late (work.late)\n    「相应分」\n    问题: 多少？\n    处理: 1分\n" in shown
    assert "可能的读法" not in shown


def test_a_rubric_as_a_chinese_outline() -> None:
    rubric = loads(
        SMALL.replace("total: 10\n", "total: 10\nvalid: {to: 2023-12-31}\nsource: {document: 附件2}\n")
    )
    assert outline(rubric, "zh").splitlines()[2:9] == [
        "来源: 附件2",
        "有效期: … – 2023-12-31",
        "",
        "总分  10  (取 1 位小数，四舍五入)",
        "  work Work  7",
        "    - late: 扣 1 分（一次）",
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
    - rated: by outcome: good 0, bad -1
    ! gate cap, when deaths > 0: at most 3
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
