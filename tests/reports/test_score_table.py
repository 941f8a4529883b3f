"""Cards as a table and as CSV."""

import csv
from dataclasses import replace
from io import StringIO

import pytest

from govrubric import ScoreCard, loads
from govrubric.diagnostics.diagnostic import Lang
from govrubric.reports.score_table import as_csv, table
from samples import GIVEN, SMALL, TALLY, WIDE, small, wide

CONTROLS = "\x1b[31m\u202e\u200b\x07"


def made(unit: str | None = "u1", name: str | None = "First") -> ScoreCard:
    return small().score(TALLY, unit=unit, name=name)


def odd(unit: str, name: str) -> ScoreCard:
    """A card of a unit that `score` and `from_json` refuse; what prints cards escapes it all the same."""
    record = made()._record
    return ScoreCard(None, replace(record, header=record.header._replace(unit=unit, name=name)))


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "en",
            """\
Small form

unit  name   total       1  2
────  ─────  ─────  ──────  ─
u1    First    6.6  3.642…  3
甲    –        8.0       7  1

 1  Work (work, of 7)
 2  Bonus (bonus, of 3)
""",
        ),
        (
            "zh",
            """\
Small form

单位  名称   总分       1  2
────  ─────  ────  ──────  ─
u1    First   6.6  3.642…  3
甲    –       8.0       7  1

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
    text = table(rubric, [odd(CONTROLS, "a\nb\tc")], "en")
    assert text.splitlines()[4].split("  ")[:2] == ["\\u001b[31m\\u202e\\u200b\\u0007", "a⏎b c"]


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
    (_, row) = csv.reader(
        StringIO(as_csv(small(), [made(f"{begin}cmd()".strip("\t"), f"{begin}2x")]), newline="")
    )
    assert row[1] == f"'{begin}2x"
    assert row[0] == ("cmd()" if begin == "\t" else f"'{begin}cmd()")  # a unit has no tab


def test_a_line_end_in_a_name_is_written_as_an_escape() -> None:
    """“…, tab or CR never becomes a formula”, and begins no row either"""
    (_, row) = csv.reader(StringIO(as_csv(small(), [odd("\rcmd()", "x")]), newline=""))
    assert row[0] == "'\\u000dcmd()"


def test_a_negative_score_stays_a_number() -> None:
    """“negative numbers stay numbers”"""
    low = loads(
        SMALL.replace(
            "    weight: 3\n    rules:\n      - {id: used",
            "    weight: 3\n    floor: none\n    start: zero\n    rules:\n"
            "      - {id: fine, deduct: 1, per: x}\n      - {id: used",
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
