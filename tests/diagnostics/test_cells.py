"""A finding at the cell of a workbook: its place names sheet and cell in every rendering, and never a line."""

import pytest

from govrubric.diagnostics import github, sarif
from govrubric.diagnostics.bounded import bounded
from govrubric.diagnostics.diagnostic import Diagnostic, Related, in_file_order
from govrubric.diagnostics.source import CellPlace, Place


def cell(
    row: int, column: int, name: str, text: str = "", sheet: str = "考评填报", number: int = 2
) -> CellPlace:
    return CellPlace("forms/城关镇.xlsx", row, column, column + 1, text, sheet, number, name)


PLACE = cell(17, 5, "E17", "2项")
FINDING = Diagnostic.of("GR869", PLACE, ("late",), (Related("first", cell(3, 1, "A3", "late")),), name="late")


def test_a_text_has_the_cell_and_what_stands_in_it() -> None:
    assert FINDING.render("zh") == (
        "forms/城关镇.xlsx:考评填报!E17: 错误[GR869]: “late”一行在此重复出现\n"
        "  E17 | 2项\n"
        "      | ^^^\n"
        "  首次出现在此: forms/城关镇.xlsx:考评填报!A3\n"
        "  A3 | late\n"
        "     | ^^^^\n"
        "  办法: 请删去插入或粘贴的这一行"
    )
    assert FINDING.line().startswith("forms/城关镇.xlsx:考评填报!E17: error GR869: ")
    assert str(PLACE) == "forms/城关镇.xlsx:考评填报!E17"


def test_a_cell_of_several_lines_and_of_any_characters_stays_on_one_line() -> None:
    finding = Diagnostic.of("GR872", cell(1, 2, "B1", "a\nb\x1b[31m", "表\u202e\n1"))
    assert finding.render().splitlines()[:3] == [
        "forms/城关镇.xlsx:表\\u202e⏎1!B1: error[GR872]: a formula stands here, and it is not known whether its value is up to date",
        "  B1 | a⏎b\\u001b[31m",
        "     | ^^^^^^^^^^^^^",
    ]
    assert str(finding.place) == "forms/城关镇.xlsx:表\\u202e\\n1!B1"


def test_plain_data_has_sheet_and_cell_and_no_line() -> None:
    data = FINDING.to_dict()
    assert {key: data[key] for key in ("file", "line", "column", "end_column", "sheet", "cell", "related")} == {
        "file": "forms/城关镇.xlsx",
        "line": None,
        "column": None,
        "end_column": None,
        "sheet": "考评填报",
        "cell": "E17",
        "related": [
            {"role": "first", "file": "forms/城关镇.xlsx", "line": None, "column": None, "sheet": "考评填报", "cell": "A3"}
        ],
    }  # fmt: skip


def test_a_log_of_sarif_has_it_as_a_logical_location() -> None:
    (result,) = sarif.log([(FINDING, "en")])["runs"][0]["results"]
    uri = "forms/%E5%9F%8E%E5%85%B3%E9%95%87.xlsx"
    assert result["locations"] == [
        {
            "physicalLocation": {"artifactLocation": {"uri": uri}},
            "logicalLocations": [{"name": "E17", "fullyQualifiedName": "考评填报!E17", "kind": "element"}],
        }
    ]
    assert result["relatedLocations"][0]["logicalLocations"][0]["name"] == "A3"


def test_github_shows_it_at_the_file_with_the_cell_in_the_text() -> None:
    assert github.command(FINDING, "en") == (
        "::error file=forms/城关镇.xlsx,title=GR869::考评填报!E17: the row of `late` stands here a second time"
        "%0Adelete the row that was inserted or pasted"
    )


@pytest.mark.parametrize(("language", "word"), [("en", "note"), ("zh", "提示")])
def test_a_note_is_neither_an_error_nor_a_warning(language: str, word: str) -> None:
    note = Diagnostic.of("GR882", PLACE, what="columns", known="备注")
    assert note.render(language).startswith(f"forms/城关镇.xlsx:考评填报!E17: {word}[GR882]: ")
    assert (note.severity, note.to_dict()["severity"]) == ("note", "note")
    assert github.command(note, "en").startswith("::notice ")
    assert sarif.log([(note, "en")])["runs"][0]["results"][0]["level"] == "note"


def test_errors_are_shown_before_warnings_and_these_before_notes() -> None:
    places = [Place("forms/城关镇.xlsx", 1, 1, 2, "")] * 3
    codes = ("GR882", "GR812", "GR634")
    found = [
        Diagnostic.of(code, place, what="files", known="") for code, place in zip(codes, places, strict=True)
    ]
    assert [one.code for one in bounded(found, Diagnostic.render, most=2)] == ["GR634", "GR100"]
    assert [one.code for one in bounded(found[:2], Diagnostic.render, most=2)] == ["GR812", "GR882"]


def test_findings_of_a_workbook_stand_in_the_order_of_sheets_rows_and_columns() -> None:
    places = [
        cell(2, 27, "AA2", "", "甲", 1), cell(10, 1, "A10", "", "甲", 1), cell(1, 1, "A1", "", "乙", 2),
    ]  # fmt: skip
    whole = Place("forms/城关镇.xlsx", 1, 1, 2, "")
    found = [Diagnostic.of("GR872", place) for place in (*reversed(places), whole)]
    assert [one.place for one in in_file_order(found)] == [whole, *places]
