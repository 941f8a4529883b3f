"""Cards and rubrics as text, tables and CSV: these print lines and never compute."""

import csv
from io import StringIO

import pytest

from govrubric import ScoreCard, loads
from govrubric.diagnostics import Lang
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
    whole = {"work.late": False, "work.papers.absent": False, "work.papers.missing": 0, "work.index.gap": 0, "bonus.used": {"city": 0, "province": 0}}
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
    card = small().score({"bonus.judged": {"value": 1, "evidence": [CONTROLS], "note": CONTROLS}}, unit=CONTROLS, name=CONTROLS)
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
    (_, row) = csv.reader(StringIO(as_csv(small(), [small().score({"bonus.judged": 0, "work.index.gap": 6, "work.papers.missing": 99})])))
    assert row[3:6] == ["'3/7", "0", "'3/7"]


# The rubric


def test_a_rubric_as_an_outline() -> None:
    text = SMALL.replace("total: 10\n", "total: 10\nvalid: {from: 2023-01-01}\nsource: {issuer: Office, document: Annex 2}\n")
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
    other readings: An hour.
    other readings: A week.

cases of its own: 1
"""
    )


def test_a_rubric_as_a_chinese_outline() -> None:
    rubric = loads(SMALL.replace("total: 10\n", "total: 10\nvalid: {to: 2023-12-31}\nsource: {document: 附件2}\n"))
    assert outline(rubric, "zh").splitlines()[2:9] == [
        "来源: 附件2",
        "有效期: … – 2023-12-31",
        "",
        "总分  10  (取 1 位小数，half_up)",
        "  work Work  7",
        "    - late: 扣 1 分（一次）",
        "    papers Papers  4",
    ]


def test_an_outline_says_nothing_of_what_is_not_there() -> None:
    assert outline(small(), "en").splitlines()[2:4] == ["", "total  10  (rounded: places 1, half_up)"]
