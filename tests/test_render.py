"""Cards and rubrics as text, tables and CSV: these print lines and never compute."""

import csv
from functools import cache
from io import StringIO
from typing import Any

import pytest

from govrubric import Rubric, ScoreCard, loads
from govrubric.diagnostics import Lang
from govrubric.render import blanks
from govrubric.render.outline import outline
from govrubric.render.table import as_csv, table
from govrubric.render.text import render_text, signed
from samples import SMALL, TALLY, small

CONTROLS = "\x1b[31m\u202e\u200b\x07"


def made(unit: str | None = "u1", name: str | None = "First") -> ScoreCard:
    return small().score(TALLY, unit=unit, name=name)


@pytest.fixture(autouse=True)
def _version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govrubric.layout.__version__", "0.0.0")


# The tree of a card


def test_a_card_as_text() -> None:
    assert (
        render_text(made().record, "en")
        == """\
Small form · u1 First
total  6.6 / 10  (lost 3.4)
  work Work  51/14 / 7  (lost 47/14)
    work.papers Papers  2.5 / 4  (lost 1.5)
      start 4
      -1.5  missing: 5 case × 0.3 = 1.5 → leaves 2.5
          “Each missing paper costs 0.3.”
          evidence: minutes p. 3
          evidence: list 7
          note: two of them in June
      0  absent: no: 0 → leaves 2.5
    work.index Index  5 / 7  (lost 2)
      start 7
      -2  gap: 2 gap × 1 = 2 → leaves 5
      counts as 15/7 / 3
    base 65/14 (sum of parts)
    -1  late: yes: 1 → leaves 51/14
        “A late report costs one point.”
  bonus Bonus  3 / 3
    start 0
    +3  used: city 2 piece × 1 + province 1 piece × 2 = 4; +1 not counted, bound reached → leaves 3
    0  judged: judged 0.5; +0.5 not counted, bound reached → leaves 3
  rounding -3/70 → 6.6

taken as 0 or false, since the tally leaves them out:
  work.papers.absent

rubric small sha256:4f7e5c68ccef148dd106cd89540ef4f2473d051558b8e5173192686842248392
govrubric 0.0.0
"""
    )


def test_a_card_as_chinese_text() -> None:
    lines = render_text(made().record, "zh").splitlines()
    assert lines[:7] == [
        "Small form · u1 First",
        "总分  6.6 / 10  (失分 3.4)",
        "  work Work  51/14 / 7  (失分 47/14)",
        "    work.papers Papers  2.5 / 4  (失分 1.5)",
        "      起点 4",
        "      -1.5  missing: 5 case × 0.3 = 1.5 → 余 2.5",
        "          「Each missing paper costs 0.3.」",
    ]
    assert lines[-8:-3] == [
        "    0  judged: 评 0.5 分; +0.5 超出界限，不计 → 余 3",
        "  舍入 -3/70 → 6.6",
        "",
        "未填报，按 0 或否计:",
        "  work.papers.absent",
    ]


def test_a_clause_without_effect_is_not_quoted() -> None:
    assert "“" not in render_text(small().score({"bonus.judged": 0}).record, "en")


def test_a_card_without_unit_or_assumption_has_no_such_line() -> None:
    whole = {
        "work.late": False,
        "work.papers.absent": False,
        "work.papers.missing": 0,
        "work.index.gap": 0,
        "bonus.used": {"city": 0, "province": 0},
    }
    text = render_text(small().score({**whole, "bonus.judged": "0.5"}).record, "en")
    assert text.splitlines()[:2] == ["Small form", "total  7.5 / 10  (lost 2.5)"]
    assert "taken as" not in text
    assert "rounding" not in text


def test_a_group_whose_parts_were_cut_off_shows_its_base() -> None:
    capped = loads(
        SMALL.replace("    weight: 7\n", "    weight: 7\n    ceiling: 5\n")
        .replace("      - {id: late, deduct: 1, clause: A late report costs one point.}\n", "")
        .replace("    rules:\n    items:", "    items:")
    )
    text = render_text(capped.score({"bonus.judged": 0}).record, "en")
    assert "    base 5 (sum of parts)" in text.splitlines()


def test_nothing_in_a_card_reaches_the_terminal_raw() -> None:
    """“terminal output escapes control and bidi characters”"""
    card = small().score(
        {"bonus.judged": {"value": 1, "evidence": [CONTROLS], "note": CONTROLS}}, unit=CONTROLS, name=CONTROLS
    )
    text = render_text(card.record, "en")
    assert not set(text) & set(CONTROLS) - set("[31m")
    assert text.count("\\u001b[31m\\u202e\\u200b\\u0007") == 4


@pytest.mark.parametrize(("value", "shown"), [(1, "+1"), (0, "0"), (-2, "-2")])
def test_effects_have_their_sign(value: int, shown: str) -> None:
    from fractions import Fraction

    assert signed(Fraction(value)) == shown


# The table


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "en",
            """\
Small form

unit  name   total      1  2
────  ─────  ─────  ─────  ─
u1    First    6.6  51/14  3
甲    –        8.0      7  1

 1  Work (work, of 7)
 2  Bonus (bonus, of 3)
""",
        ),
        (
            "zh",
            """\
Small form

单位  名称   总分      1  2
────  ─────  ────  ─────  ─
u1    First   6.6  51/14  3
甲    –       8.0      7  1

 1  Work (work, 满分 7)
 2  Bonus (bonus, 满分 3)
""",
        ),
    ],
)
def test_cards_as_a_table(lang: Lang, expected: str) -> None:
    assert table(small(), [made(), small().score({"bonus.judged": 1}, unit="甲")], lang) == expected


def test_a_table_without_names_has_no_such_column() -> None:
    assert table(small(), [small().score({"bonus.judged": 1})], "en").splitlines()[2:5] == [
        "unit  total  1  2",
        "────  ─────  ─  ─",
        "–       8.0  7  1",
    ]


def test_a_table_of_nothing_has_its_head() -> None:
    assert table(small(), [], "en").splitlines()[2] == "unit  total  1  2"


def test_nothing_in_a_table_reaches_the_terminal_raw() -> None:
    rubric = loads(SMALL)
    text = table(rubric, [made(CONTROLS, "a\nb\tc")], "en")
    assert text.splitlines()[4].split("  ")[:2] == ["\\u001b[31m\\u202e\\u200b\\u0007", "a⏎b c"]


# CSV


def test_cards_as_csv() -> None:
    assert (
        as_csv(small(), [made(), small().score({"bonus.judged": 1})])
        == """\
unit,name,total,work,work.papers,work.index,bonus
u1,First,6.6,'51/14,2.5,'15/7,3
,,8.0,7,4,3,1
"""
    )


@pytest.mark.parametrize(
    "begin",
    [
        "=",
        "+",
        "-",
        "@",
        "\t",
    ],
)
def test_text_never_becomes_a_formula(begin: str) -> None:
    """“a text beginning with `= + - @`, tab or CR never becomes a formula”"""
    (_, row) = csv.reader(StringIO(as_csv(small(), [made(f"{begin}cmd()", f"{begin}2")]), newline=""))
    assert row[:2] == [f"'{begin}cmd()", f"'{begin}2"]


def test_a_line_end_in_a_name_is_written_as_an_escape() -> None:
    """“…, tab or CR never becomes a formula”, and begins no row either"""
    (_, row) = csv.reader(StringIO(as_csv(small(), [made("\rcmd()", "x")]), newline=""))
    assert row[0] == "'\\u000dcmd()"


def test_a_negative_score_stays_a_number() -> None:
    """“negative numbers stay numbers”"""
    low = loads(
        SMALL.replace(
            "    weight: 3\n    rules:\n      - {id: used",
            "    weight: 3\n    floor: none\n    start: zero\n    rules:\n      - {id: fine, deduct: 1, per: x}\n      - {id: used",
        )
    )
    (_, row) = csv.reader(StringIO(as_csv(low, [low.score({"bonus.judged": 0, "bonus.fine": 4})])))
    assert row[-1] == "-4"


def test_commas_quotes_and_lines_stay_in_their_cell() -> None:
    (_, row) = csv.reader(StringIO(as_csv(small(), [made('a,"b"', "c\nd")]), newline=""))
    assert row[:3] == ['a,"b"', "c\nd", "6.6"]


def test_a_fraction_is_no_day() -> None:
    """A spreadsheet would take 3/7 for a day in March."""
    (_, row) = csv.reader(
        StringIO(
            as_csv(
                small(), [small().score({"bonus.judged": 0, "work.index.gap": 6, "work.papers.missing": 99})]
            )
        )
    )
    assert row[3:6] == ["'3/7", "0", "'3/7"]


# The rubric


def test_a_rubric_as_an_outline() -> None:
    text = SMALL.replace(
        "total: 10\n", "total: 10\nvalid: {from: 2023-01-01}\nsource: {issuer: Office, document: Annex 2}\n"
    )
    text = text.replace(
        "    weight: 3\n    rules:\n",
        "    weight: 3\n    start: zero\n    floor: none\n    ceiling: 2\n    round: {places: 1, mode: down}\n    rules:\n",
    )
    text += "ambiguities:\n  - {id: late, at: work.late, question: How late?, decision: A day., options: [An hour., A week.]}\n"
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


# What does not apply, does not count, and what gates do

WIDE = """\
govrubric: 1
id: wide
title: Wide form
total: 20
round: {places: 1, mode: half_up}
facts:
  calm: flag
  class: {choice: [A, B]}
  people: {number: {places: 0, min: 1, max: 50}}
  deaths: count
indicators:
  - id: a
    title: First
    weight: 6
    not_applicable: full
    counts_when: class == 'A'
    rules:
      - {id: late, deduct: 2, when: calm, clause: Two for being late.}
      - {id: rated, choose: {good: 0, bad: -1}}
    gates:
      - {id: cap, when: deaths > 0, at_most: 3, clause: Never more than three.}
      - {id: veto, when: deaths > 1, score: none, grade: banned}
  - id: b
    title: Second
    weight: 8
    out_of: 4
    combine: mean
    drop: {lowest: 1}
    not_applicable: rescale
    items:
      - {id: x, title: X, weight: 4, not_applicable: spread, rules: [{id: late, deduct: 1, per: case}]}
      - {id: y, title: Y, weight: 4, round: {places: 0, mode: down}, rules: [{id: late, deduct: 0.4, per: case}]}
      - {id: z, title: Z, weight: 4, not_applicable: zero, rules: [{id: late, deduct: 1, per: case, input: deaths}]}
  - id: c
    title: Third
    weight: 6
    combine: min
    drop: {highest: 1}
    items:
      - {id: x, title: X, weight: 6, start: full, rules: [{id: f, formula: 0 - people / 50}]}
      - {id: y, title: Y, weight: 6, rules: [{id: late, deduct: 1, per: case}]}
  - {id: d, title: Fourth, weight: 2, extra: true, rules: [{id: added, award: 2}]}
gates:
  - {id: lower, when: deaths > 0, grade_at_most: fair}
grades:
  - {grade: good, from: 15, when: class == 'A'}
  - {grade: fair, from: 10.5}
  - {grade: poor}
grade_on: exact
"""
GIVEN: dict[str, Any] = {"calm": True, "class": "A", "people": 10, "a.rated": "good"}


@cache
def wide() -> Rubric:
    return loads(WIDE)


def told(lang: Lang = "en", **given: Any) -> list[str]:
    """The lines of a card, without the spaces before them; a name's dots are written as `__`."""
    card = wide().score({**GIVEN, **{name.replace("__", "."): value for name, value in given.items()}})
    return [line.strip() for line in render_text(card.record, lang).splitlines()]


def test_the_grade_stands_at_the_head_of_a_card() -> None:
    assert told()[1] == "grade good"
    assert told("zh")[1] == "等次 good"


def test_a_gate_that_holds_says_what_it_did_and_its_clause() -> None:
    lines = told(deaths=1)
    at = lines.index("-3  gate cap holds (deaths > 0): at most 3")
    assert lines[at + 1] == "“Never more than three.”"
    assert "0  gate lower holds (deaths > 0): grade at most fair" in lines
    assert "-3  门槛 cap 成立 (deaths > 0): 不超过 3" in told("zh", deaths=1)


def test_a_gate_that_does_not_hold_says_so_without_its_clause() -> None:
    lines = told()
    assert {
        "gate cap does not hold (deaths > 0)",
        "gate veto does not hold (deaths > 1)",
        "gate lower does not hold (deaths > 0)",
    } <= set(lines)
    assert "“Never more than three.”" not in lines
    assert "门槛 cap 不成立 (deaths > 0)" in told("zh")


def test_a_void_score_is_told_here_and_above() -> None:
    lines = told(deaths=2)
    assert {
        "total  no score",
        "a First  no score",
        "-3  gate veto holds (deaths > 1): no score, grade banned",
        "grade banned",
    } <= set(lines)
    assert {"总分  不予计分", "a First  不予计分"} <= set(told("zh", deaths=2))


def test_a_rule_that_does_not_count_says_why() -> None:
    lines = told(calm=False, a__late=True)
    at = next(
        index
        for index, line in enumerate(lines)
        if line.startswith("0  late: given 1, not counted → leaves 6")
    )
    assert lines[at + 1] == "does not count, since this does not hold: calm"
    assert "“Two for being late.”" not in lines
    assert "不计入，因条件不成立: calm" in told("zh", calm=False)


def test_a_rule_that_counts_has_nothing_to_say_of_its_condition() -> None:
    assert not [line for line in told(a__late=True) if "does not count" in line]


@pytest.mark.parametrize(
    ("given", "line", "policy"),
    [
        ({"a__not_applicable": True}, "a First  does not apply", "full marks: 6"),
        ({"b__not_applicable": True}, "b Second  does not apply", "its weight is left out"),
        ({"b__x__not_applicable": True}, "b.x X  does not apply", "its weight is shared out"),
        ({"b__z__not_applicable": True}, "b.z Z  does not apply", "no marks"),
    ],
)
def test_what_does_not_apply_says_what_happens_to_its_weight(
    given: dict[str, Any], line: str, policy: str
) -> None:
    lines = told(**given)
    assert lines[lines.index(line) + 1] == policy


def test_what_does_not_apply_is_told_in_chinese() -> None:
    lines = told("zh", a__not_applicable=True)
    assert lines[lines.index("a First  不适用") + 1].startswith("按满分计")


def test_what_does_not_count_says_why_and_keeps_its_score() -> None:
    other: dict[str, Any] = {"class": "B"}
    lines = told("en", **other)
    assert (
        lines[lines.index("a First  6 / 6") + 1] == "does not count, since this does not hold: class == 'A'"
    )


def test_how_a_group_is_combined_is_told_with_its_base() -> None:
    # 4, 3.6 rounded down to 3 and 4, of which the 3 is dropped; and the least of 5.8 and 6, of which the 6 is dropped.
    lines = told(b__y__late=1)
    assert [line for line in lines if line.startswith("base 4 (")] == [
        "base 4 (mean of parts; without the 1 lowest)"
    ]
    assert [line for line in lines if line.startswith("base 5.8 (")] == [
        "base 5.8 (least of parts; without the 1 highest)"
    ]


def test_who_does_not_apply_is_told_with_the_base_of_its_group() -> None:
    assert [
        line for line in told(b__x__not_applicable=True, b__y__late=1) if "not applicable: x" in line
    ] != []
    assert [line for line in told("zh", b__x__not_applicable=True, b__y__late=1) if "缺项：x" in line] != []


def test_a_rounding_and_what_an_item_counts_as_are_told() -> None:
    lines = told(b__y__late=1)
    assert "rounding -0.6 → 3" in lines
    assert "counts as 8 / 8" in lines
    assert "舍入 -0.6 → 3" in told("zh", b__y__late=1)


# The outline and the blanks of such a rubric


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


def test_blanks_have_facts_flags_and_choices() -> None:
    lines = blanks.as_yaml(wide(), "en").splitlines()
    assert lines[5:11] == [
        "# facts",
        "calm: false  # true or false",
        "class:   # one of: A, B",
        "people:   # 1 to 50, 0 places",
        "# 1 off per case",  # the rule that shares it
        "deaths: 0  # count",
    ]
    assert "a.not_applicable: false  # true if the item does not apply" in lines
    assert "a.rated:   # one of: good, bad" in lines
    assert "# Third" not in lines
    assert blanks.as_csv(wide()).startswith(
        "unit,name,calm,class,people,deaths,a.not_applicable,a.late,a.rated,b.not_applicable,"
    )


def test_a_measured_number_of_any_size_says_no_range() -> None:
    rule = "{id: m, bands: [{from: 95, points: 3}], unit: '%', places: 1}"
    of = loads(SMALL.replace("      - {id: judged, judge: 1, step: 0.5}\n", f"      - {rule}\n"))
    assert "bonus.m:   # number, 1 places, %" in blanks.as_yaml(of, "en").splitlines()
    assert "work.index.gap: 0  # count, gap" in blanks.as_yaml(of, "en").splitlines()


# A table of such a rubric


def test_a_table_has_a_column_for_the_grade_and_says_where_there_is_no_total() -> None:
    cards = [wide().score({**GIVEN, "deaths": deaths}, unit=f"u{deaths}") for deaths in (0, 2)]
    lines = table(wide(), cards, "en").splitlines()
    assert lines[2].split() == ["unit", "grade", "total", "1", "2", "3", "4"]
    assert lines[4].split() == ["u0", "good", "19.8", "6", "8", "5.8", "0"]
    assert lines[5].split()[:3] == ["u2", "banned", "none"]
    assert table(wide(), cards, "zh").splitlines()[5].split()[1:3] == ["banned", "无"]


def test_a_card_without_a_grade_has_a_dash() -> None:
    void = loads(WIDE.replace(", grade: banned", "")).score({**GIVEN, "deaths": 2}, unit="u")
    assert table(loads(WIDE.replace(", grade: banned", "")), [void], "en").splitlines()[4].split()[:3] == [
        "u",
        "–",
        "none",
    ]


def test_csv_has_a_column_for_the_grade_and_nothing_where_there_is_no_score() -> None:
    cards = [wide().score({**GIVEN, "deaths": deaths}, unit=f"u{deaths}") for deaths in (0, 2)]
    rows = list(csv.reader(StringIO(as_csv(wide(), cards))))
    assert rows[0][:6] == ["unit", "name", "total", "grade", "a", "b"]
    assert rows[1][:5] == ["u0", "", "19.8", "good", "6"]
    assert rows[2][:5] == ["u2", "", "", "banned", ""]
