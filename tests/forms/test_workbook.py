"""The workbook of a rubric: what it asks, what it computes, what is locked, and what is told of a wrong entry."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

import govrubric
from filled_forms import SIDES, FilledForm, differences
from govrubric import Rubric, RubricError, loads
from govrubric.forms.heights import height, lines
from govrubric.forms.workbook import ExcelForm
from libreoffice import drawn
from samples import GIVEN, RICH_TALLY, SMALL, rich, small, wide
from spreadsheet import Spreadsheet

GALLERY = sorted((Path(__file__).parents[2] / "examples" / "gallery").glob("*.yaml"))
HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", '<b>&"', "_x0041_")


def form_of(rubric: Rubric, language: str | None = None) -> FilledForm:
    return FilledForm(rubric, ExcelForm(rubric, language).file("u01", "First"))


def told(form: FilledForm, side: str = "own") -> dict[str, Any]:
    """What the form says of each entry that is wrong or missing."""
    cells = ((name, form.book[form.sheets[side], f"H{row}"]) for name, row in form.rows.items())
    return {name: text for name, text in cells if text}


@pytest.mark.parametrize("source", ["2023-district", "2023-department", *map(str, GALLERY)])
def test_a_form_computes_what_score_computes(source: str) -> None:
    """And an empty form says already what its formulas come to."""
    rubric = govrubric.load(source) if source.endswith(".yaml") else govrubric.shipped(source)
    made = ExcelForm(rubric)
    form = FilledForm(rubric, made.file())
    for key, value in form.book.cached.items():
        now = form.book[key]
        close = isinstance(now, float) and isinstance(value, float) and abs(now - value) < 1e-9
        assert close or now == value, key
    limited = {known.name: known for known in made.working.inputs}
    for side, tally in zip((*SIDES, "own"), drawn(rubric, limited, 3), strict=True):
        form.fill(side, tally)
        assert told(form, side) == {}, tally
        assert [*differences(form.book, form, side, rubric.score(tally))] == []


def test_a_form_of_everything_computes_what_score_computes() -> None:
    for rubric, tally in ((wide(), GIVEN), (wide(), {**GIVEN, "deaths": 2, "class": "B"}), (rich(), {})):
        form = form_of(rubric)
        plain = tally or {
            "served": True, "class": "B", "desk.calls.missed": 6, "desk.mail.not_applicable": True,
            "desk.visits.held": 4, "tests.first.graded": 40, "tests.second.graded": 20,
            "tests.third.graded": 40, "tests.more.essays": 2,
        }  # fmt: skip
        form.fill("official", plain)
        assert [*differences(form.book, form, "official", rubric.score(plain))] == []
    assert RICH_TALLY


def test_the_official_form_shows_scores_once_a_sheet_is_filled_in_without_fault() -> None:
    form = form_of(small())
    sheet = form.book_form()
    assert [form.book[sheet, f"{column}{row}"] for column in "EH" for row in (4, 5, 6)] == [""] * 6
    form.fill("own", {"work.late": True, "bonus.judged": 0.5})
    assert [form.book[sheet, f"{column}{row}"] for column in "EH" for row in (4, 5, 6)] == [
        6,
        0.5,
        6.5,
        "",
        "",
        "",
    ]
    assert form.book["Self", "E2"] == 6.5
    form.book.type("Self", f"{form.column}{form.rows['work.late']}", "maybe")
    assert [form.book[sheet, f"E{row}"] for row in (4, 5, 6)] == ["", "", ""]
    assert (form.book["Self", "D2"], form.book["Self", "B4"]) == (
        "Total so far",
        "1 cells are empty or wrong: see the column “Check”.",
    )


def test_evidence_of_a_row_stands_in_the_official_form() -> None:
    form = form_of(small())
    evidence = form.keys["evidence"][0]
    form.book.type("Self", f"{evidence}{form.rows['work.late']}", "minutes p. 3")
    form.book.type("Self", f"{evidence}{form.rows['work.papers.missing']}", "=list")
    assert form.book[form.book_form(), "F4"] == "minutes p. 3\n=list\n"


ENTRIES = """\
govrubric: 1
id: entries
title: Entries
total: 100
round: {places: 1, mode: half_up}
facts:
  staff: {number: {places: 1, min: 1, max: 50.5}}
indicators:
  - id: x
    title: X
    weight: 100
    start: full
    rules:
      - {id: cases, deduct: 1, per: case}
      - {id: late, deduct: 2}
      - {id: stepped, deduct: judged, to: 6, from: 2, step: 0.5}
      - {id: each, deduct: judged, to: 10, from: 5, per: case}
      - {id: usual, judge: 5, default: 2.5}
      - {id: class, choose: {a: {points: 0, title: First}, b: {points: -1, title: Second}}}
      - {id: alike, choose: {c: {points: 0, title: Same}, d: {points: -1, title: Same}}}
"""


@pytest.mark.parametrize(
    ("name", "typed", "right"),
    [
        *(("x.cases", value, value in (0, 7)) for value in (0, 7, -1, 1.5, 2_000_000_000, "7", "2项", True)),
        *(
            ("x.late", value, value in ("Yes", "No", "是", "否"))
            for value in ("Yes", "No", "是", "否", "y", 1, True)
        ),
        *(("staff", value, value in (1, 50.5, 2.3)) for value in (1, 50.5, 2.3, 2.34, 0.5, 51, "2.3")),
        *(("x.class", value, value in ("First", "Second")) for value in ("First", "Second", "first", "a", 1)),
        *(("x.alike", value, value in ("c", "d")) for value in ("c", "d", "Same")),
        *(("x.stepped", value, value in (0, 2, 6, 4.5)) for value in (0, 2, 6, 4.5, 0.5, 2.3, 6.5)),
        *(("x.usual", value, value in (0, 5)) for value in (0, 5, 5.01, "")),
    ],
)
def test_what_may_stand_in_a_cell(name: str, typed: Any, right: bool) -> None:
    form = form_of(loads(ENTRIES))
    assert set(told(form)) == {"staff", "x.class", "x.alike", "x.stepped", "x.each.points"}
    value = float(typed) if type(typed) is int else typed
    form.book.type("Self", f"{form.column}{form.rows[name]}", value)
    assert (name not in told(form)) is (right or typed == "")


def test_points_of_cases_go_with_their_count() -> None:
    form = form_of(loads(ENTRIES))
    column, rows = form.column, form.rows
    (count,) = [name for name in rows if name.startswith("x.each") and name.endswith(".cases")]
    (points,) = [name for name in rows if name.startswith("x.each") and name != count]
    form.book.type("Self", f"{column}{rows[count]}", 2)
    for value, right in ((10, True), (20, True), (9, False), (21, False)):
        form.book.type("Self", f"{column}{rows[points]}", value)
        assert (points not in told(form)) is right, value


def test_a_number_may_be_missing_where_its_item_does_not_apply() -> None:
    form = form_of(rich())
    assert told(form)["desk.mail.replied"] == "not filled in"
    form.book.type("Self", f"{form.column}{form.rows['desk.mail.not_applicable']}", "Yes")
    assert "desk.mail.replied" not in told(form)
    assert form.book["Self", f"G{int(form.rows['desk.mail.not_applicable']) - 1}"] == "–"


def test_the_hidden_sheet_says_where_everything_stands() -> None:
    rubric = small()
    form = form_of(rubric)
    keys = dict(form.keys)
    computed = keys.pop("computed")
    assert keys == {
        "form": ["1"], "rubric": ["small"], "digest": [rubric.digest], "scoring_digest": [rubric.scoring_digest],
        "variant": [""], "unit": ["Self!C2"], "name": ["Self!C3"], "own": ["Self"], "official": ["Assessor"],
        "value": ["E"], "evidence": ["I"], "note": ["J"],
    }  # fmt: skip
    assert set(form.rows) == set(rubric.inputs)
    for cells in computed:
        sheet, first, last = re.split("[!:]", cells)
        for row in range(int(first[1:]), int(last[1:]) + 1):
            for column in range(ord(first[0]), ord(last[0]) + 1):
                assert (sheet, f"{chr(column)}{row}") in form.book.formulas, (cells, row)
    assert {cells.partition("!")[0] for cells in computed} == {"Working", "Self", "Assessor", "Form"}
    assert (form.book["Self", "C2"], form.book["Self", "C3"], form.book["Assessor", "C2"]) == (
        "u01",
        "First",
        "u01",
    )


def test_other_programs_read_it_and_the_sheets_are_locked_but_for_the_cells_to_fill_in() -> None:
    data = ExcelForm(govrubric.shipped("2023-district")).file("d01", "虚构甲区")
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    visible = [(sheet.name, str(sheet.visible)) for sheet in book.sheets_metadata]
    assert visible == [
        ("考核表", "SheetVisibleEnum.Visible"),
        ("自评填报", "SheetVisibleEnum.Visible"),
        ("考评填报", "SheetVisibleEnum.Visible"),
        ("计算", "SheetVisibleEnum.Visible"),
        ("govrubric", "SheetVisibleEnum.VeryHidden"),
    ]
    parts = Spreadsheet(data).parts
    sheets = [text.decode() for name, text in parts.items() if name.startswith("xl/worksheets/sheet")]
    assert all("<sheetProtection " in text and "password" not in text for text in sheets)
    for text in sheets[:3]:
        assert 'orientation="landscape"' in text
        assert 'paperSize="9"' in text
        assert 'fitToHeight="0"' in text
    assert '<dataValidation type="whole"' in sheets[1]
    assert '"是,否"' in sheets[1]
    names = parts["xl/workbook.xml"].decode()
    assert names.count("_xlnm.Print_Titles") == 4
    styles = parts["xl/styles.xml"].decode()
    assert 'locked="0"' in styles


def test_the_same_form_has_the_same_bytes() -> None:
    for _ in range(2):
        assert ExcelForm(small()).file("u", "n") == ExcelForm(loads(SMALL)).file("u", "n")


def test_a_form_speaks_the_language_that_is_asked_for() -> None:
    form = form_of(small(), "zh-CN")
    assert form.sheets == {"own": "自评填报", "official": "考评填报"}
    form.fill("own", {"work.late": True, "bonus.judged": 0.5})
    assert form.book["自评填报", "E2"] == 6.5
    assert form.book["自评填报", "B4"] == "已填各项均符合要求。"


def test_a_variant_has_a_form_of_its_own() -> None:
    rubric = govrubric.load(next(path for path in GALLERY if path.stem == "energy-saving"))
    name = next(iter(rubric.variants))
    assert form_of(rubric.variant(name)).keys["variant"] == [name]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_text_whatever_it_begins_with(text: str) -> None:
    rubric = loads(SMALL.replace("title: Work\n", f"title: {json.dumps(text)}\n"))
    data = ExcelForm(rubric).file(text, text)
    form = FilledForm(rubric, data)
    assert form.book.values["Self", "C2"] == form.book.values["Self", "C3"] == text
    plain = form_of(small())
    assert set(form.book.formulas.values()) == set(plain.book.formulas.values())
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    cells = [cell for row in book.get_sheet_by_name("Form").to_python() for cell in row]
    assert f"{text} (7 points)" in cells


def test_a_text_that_no_cell_holds_is_refused() -> None:
    rule = '      - {{id: r{}, deduct: 1, clause: "{}"}}\n'
    rules = "".join(rule.format(index, f"{index}" + "很" * 3900 + "长") for index in range(9))
    head = SMALL.partition("indicators:")[0]
    rubric = loads(f"{head}indicators:\n  - id: a\n    title: A\n    weight: 10\n    rules:\n{rules}")
    with pytest.raises(RubricError) as caught:
        ExcelForm(rubric).file()
    assert [finding.code for finding in caught.value.diagnostics] == ["GR851"]


def test_a_row_that_is_higher_than_a_page_is_parted() -> None:
    rule = '      - {{id: r{}, deduct: 1, clause: "{}"}}\n'
    rules = "".join(rule.format(index, f"{index}" + "很" * 1500 + "长") for index in range(3))
    head = SMALL.partition("indicators:")[0]
    rubric = loads(f"{head}indicators:\n  - id: a\n    title: A\n    weight: 10\n    rules:\n{rules}")
    form = form_of(rubric)
    text = form.book.parts["xl/worksheets/sheet1.xml"].decode()
    heights = [int(one) for one in re.findall(r'ht="(\d+)"', text)]
    assert max(heights) <= 409
    assert '<mergeCell ref="D4:D' in text
    form.fill("own", {"a.r0": True})
    (total,) = [cell for cell in form.keys["computed"] if "Form!E" in cell][-1:]
    assert form.book["Form", total.rpartition(":")[2]] == 9


def test_what_a_spreadsheet_cannot_compute_is_refused_by_its_line() -> None:
    text = SMALL.replace(
        "deduct: 0.3, per: case",
        "formula: 0 - n * m / 1000, inputs: {n: {number: {places: 2, min: 0, max: 100000000}}, m: {number: {places: 2, min: 0, max: 100000000}}}",
    )
    with pytest.raises(RubricError) as caught:
        ExcelForm(loads(text))
    (finding,) = caught.value.diagnostics
    assert finding.code == "GR850"
    assert "work.papers.missing:raw" in finding.message()


@pytest.mark.parametrize(
    ("text", "width", "count"),
    [
        ("", 10, 1),
        ("一二三四五", 11, 1),
        ("一二三四五六", 11, 2),
        ("ab cd ef", 7, 2),
        ("a" * 25, 11, 3),
        ("a\n\nb", 9, 3),
    ],
)
def test_how_many_lines_a_text_takes(text: str, width: int, count: int) -> None:
    assert lines(text, width) == count


def test_the_height_of_a_row_is_that_of_its_longest_text() -> None:
    assert height([("a", 10), ("a\nb\nc", 10)]) == 47
    assert height([]) == 19
