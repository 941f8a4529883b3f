"""The workbook of a report, read back as any program reads it."""

import io
import re
import zipfile
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from classes import chiefs
from govrubric import loads
from govrubric.reporting.page import page
from govrubric.reporting.report import Report
from govrubric.reporting.workbook import _fitting, workbook
from reported import GRADED, OFFICIAL, OWN, districts, of
from samples import SMALL


def sheets(report: Report, language: str | None = None) -> dict[str, list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(report, language)))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def parts(report: Report) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(workbook(report))) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def test_the_ranking_has_places_totals_and_what_each_indicator_cost() -> None:
    rows = sheets(of(OWN, OFFICIAL), "en")["Ranking"]
    assert rows[0][0] == "Small form"
    assert rows[1][0].startswith("4 unit(s) · ranked by the official assessments, beside their own · sha256:")
    assert rows[3] == [
        "Place",
        "Code",
        "Name",
        "Grade",
        "Official",
        "Self",
        "Difference",
        "Lost · Work",
        "Lost · Bonus",
    ]
    assert rows[4:8] == [
        [1, "u4", "", "Good", 8, "", "", 0, 2],
        [2, "u2", "Second", "Good", 7.5, 7, 0.5, 0, 2.5],
        [3, "u1", "First", "Good", 7.4, 7.7, -0.3, 1.628, 1],
        ["", "u3", "Third", "Good", "", 8, "", 0, 2],
    ]


def test_without_official_assessments_there_is_one_total() -> None:
    rows = sheets(of(OWN, None, loads(SMALL)), "zh-CN")["名次"]
    assert rows[3] == ["名次", "编号", "名称", "总分", "失分 · Work", "失分 · Bonus"]
    assert rows[4] == [1, "u3", "Third", 8, 0, 2]


def test_indicators_have_their_points_and_a_table_of_what_they_cost() -> None:
    rows = sheets(of(OWN, OFFICIAL), "en")["Indicators"]
    assert rows[3] == ["Name", "Work\nof 7", "Bonus\nof 3", "Total"]
    assert rows[6] == ["First", 5.371, 2, 7.4]
    assert [row[:4] for row in rows[9:12]] == [
        ["Indicator", "Lost in all", "Units", "Most of one unit"], ["Work", 1.628, 1, 1.628], ["Bonus", 7.5, 4, 2.5],
    ]  # fmt: skip


def test_the_most_expensive_rule_stands_first() -> None:
    rows = sheets(of(OWN, OFFICIAL), "en")["What cost most"]
    assert rows[4:7] == [
        ["Bonus", 7.5, 4, 2.5, "", "bonus"],
        ["Papers", 1.2, 1, 1.2, "Each missing paper costs 0.3.", "work.papers.missing"],
        ["Index", 0.428, 1, 0.428, "", "work.index.gap"],
    ]


def test_each_sheet_has_a_chart_of_excels_own_that_reads_its_cells() -> None:
    files = parts(districts())
    charts = sorted(name for name in files if name.startswith("xl/charts/chart"))
    assert len(charts) == 3
    assert "名次!$C$5:$C$16" in files[charts[0]]
    assert files[charts[0]].count("<c:ser>") == 10
    assert re.search(r"失分最多之处!\$B\$5:\$B\$3[0-9]", files[charts[2]])


def test_a_chart_shows_no_more_than_sixty_bars() -> None:
    many = [{"unit": f"u{index}", "bonus.judged": 0} for index in range(70)]
    assert "Ranking!$C$5:$C$64" in parts(of(many))["xl/charts/chart1.xml"]


def test_each_class_has_its_own_sheets() -> None:
    own = [{"unit": "a", "variant": "city", "chiefs.share": 94}, {"unit": "b", "chiefs.share": 95}]
    found = sheets(of(own, None, chiefs()))
    assert list(found) == [
        "Ranking1",
        "Indicators1",
        "What cost most1",
        "Ranking2",
        "Indicators2",
        "What cost most2",
    ]
    assert [found[name][0][0] for name in ("Ranking1", "Ranking2")] == ["Chiefs", "Chiefs · City"]


def test_what_a_gate_took_has_no_number() -> None:
    text = GRADED + "gates: [{id: veto, when: work.late, score: none}]\n"
    text = text.replace("    title: Bonus\n", "    title: Bonus\n    not_applicable: full\n")
    own = [{"unit": "a", "work.late": True, "bonus.judged": 1}, {"unit": "b", "bonus.not_applicable": True}]
    found = sheets(of(own, None, loads(text)), "en")
    assert found["Ranking"][5][:6] == ["", "a", "", "", "no score", ""]
    assert found["Indicators"][5] == ["a", 6, 1, "no score"]
    assert found["Indicators"][4] == ["b", 7, 3, 10]


def test_an_item_that_does_not_apply_and_adds_nothing_is_a_dash() -> None:
    text = GRADED.replace("    title: Bonus\n", "    title: Bonus\n    not_applicable: zero\n")
    report = of([{"unit": "a", "bonus.not_applicable": True}], None, loads(text))
    assert sheets(report, "en")["Indicators"][4] == ["a", 7, "–", 7]
    assert "<td>–</td>" in page(report)


def test_items_outside_the_full_marks_have_no_shade_and_none_is_lost_where_nothing_is() -> None:
    text = SMALL + "  - {id: faults, title: Faults, extra: true, rules: [{id: seen, deduct: 3}]}\n"
    rows = sheets(of([{"unit": "a", "bonus.judged": 1, "bonus.used.province": 1}], None, loads(text)), "en")
    assert rows["Indicators"][3][3] == "Faults"
    assert len(rows["What cost most"]) == 4


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t"])
def test_text_never_becomes_a_formula(first: str) -> None:
    name = f"{first}cmd|' /C calc'!A0"
    own = [{"unit": "a", "name": name.strip(), "bonus.judged": 0}]
    report = of(
        own,
        None,
        loads(GRADED.replace("title: Papers", f"title: '{name.strip().replace(chr(39), chr(39) * 2)}'")),
    )
    files = parts(report)
    assert not [
        file
        for file, text in files.items()
        if file.startswith("xl/worksheets/sheet") and re.search("<f[ >]", text)
    ]
    assert sheets(report, "en")["Ranking"][4][2] == name.strip()


def test_a_text_that_no_cell_can_hold_is_cut_and_says_so() -> None:
    assert _fitting("y" * 40_000) == "y" * 32_766 + "…"
    assert _fitting("y" * 32_767) == "y" * 32_767


def test_the_same_report_is_the_same_file() -> None:
    assert workbook(districts()) == workbook(districts())
