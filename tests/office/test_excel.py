"""Workbooks: values as Excel shows them, what is hidden, what is merged, and workbooks that lie about themselves."""

import io

import pytest
import xlsxwriter

from govrubric.diagnostics.diagnostic import DraftError
from govrubric.document.workbook import column_name
from govrubric.office.documents import _grids
from govrubric.office.grids import Grid
from office_files import archive, lines, relations, text, xlsx

STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="0&quot;%&quot;"/>'
    '<numFmt numFmtId="166" formatCode="yyyy/m/d"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs>'
)


def grids(
    *sheets: str, strings: str = "", styles: str = "", states: dict[int, str] | None = None
) -> tuple[Grid, ...]:
    return _grids("x.xlsx", xlsx(*sheets, strings=strings, styles=styles, states=states))


def refused(data: bytes) -> str:
    with pytest.raises(DraftError) as error:
        _grids("x.xlsx", data)
    return error.value.diagnostics[0].message("zh")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("<c><v>10</v></c>", "10"),
        ("<c><v>0.1</v></c>", "0.1"),
        ("<c><v>0.30000000000000004</v></c>", "0.3"),
        ("<c><v>1E-07</v></c>", "0.0000001"),
        ("<c><v>-2.50</v></c>", "-2.5"),
        ("<c><v>12345678901234567890</v></c>", "12345678901234600000"),
        ('<c s="1"><v>0.15</v></c>', "15%"),
        ('<c s="2"><v>0.125</v></c>', "12.5%"),
        ('<c s="3"><v>15</v></c>', "15"),
        ('<c s="1" t="str"><v>0.15</v></c>', "0.15"),
        ('<c s="4"><v>45047</v></c>', "2023-05-01"),
        ('<c t="b"><v>1</v></c>', "TRUE"),
        ('<c t="s"><v>0</v></c>', "每例扣 0.1分"),
        ('<c t="inlineStr"><is><r><t>每例</t></r><r><t>扣</t></r></is></c>', "每例扣"),
        ('<c t="inlineStr"><is><t>甲_x000D_\n乙</t></is></c>', "甲\n乙"),
        ('<c t="inlineStr"><is><t>１０</t></is></c>', "１０"),
        ("<c><f>1+1</f><v>2</v></c>", "2"),
        ('<c t="e"><v>#DIV/0!</v></c>', ""),
    ],
)
def test_values_are_read_as_they_are_shown(cell: str, said: str) -> None:
    strings = '<si><r><t>每例</t></r><r><t xml:space="preserve">扣 0.1分</t></r><rPh><t>měi</t></rPh></si>'
    (grid,) = grids(
        f"<sheetData><row>{cell}{text('B1', '指标')}</row></sheetData>", strings=strings, styles=STYLES
    )
    assert grid.cells[0][0].text == said


def test_infinite_numbers_are_no_text() -> None:
    (grid,) = grids(f"<sheetData><row><c><v>1e999</v></c>{text('B1', '指标')}</row></sheetData>")
    assert grid.cells[0][0].text == ""


def test_places_are_those_of_the_sheet() -> None:
    (grid,) = grids(
        f"<sheetData><row r='3'>{text('C3', '指标')}<c><v>1</v></c></row><row><c><v>2</v></c></row></sheetData>"
    )
    assert [[cell.text for cell in row] for row in grid.cells] == [
        [""] * 4,
        [""] * 4,
        ["", "", "指标", "1"],
        ["2", "", "", ""],
    ]
    assert grid.cells[2][3][1:3] == (2, 3)


def test_unseen_characters_are_told() -> None:
    (grid,) = grids(lines(("指\u200b标",)))
    assert (grid.cells[0][0].text, [one.code for one in grid.notes]) == ("指标", ["GR813"])


def test_a_merged_cell_stands_at_each_place() -> None:
    merged = '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="C2:Z9"/></mergeCells>'
    (grid,) = grids(lines(("指标", "", "分值"), ("", "", "10"), ("值守",)) + merged)
    first = grid.cells[0][0]
    assert first[1:] == (0, 0, 2, 2)
    assert all(grid.cells[row][column] is first for row in (0, 1) for column in (0, 1))
    assert grid.cells[2][2].text == "10"


def test_what_is_hidden_is_left_out_and_told() -> None:
    columns = '<cols><col min="2" max="2" hidden="1"/><col min="3" max="3"/><col min="4" max="16384" hidden="true"/></cols>'
    rows = (
        f'<row r="1">{text("A1", "指标")}{text("B1", "去年")}{text("C1", "分值")}</row>'
        f'<row r="2" hidden="1">{text("A2", "旧")}{text("B2", "1")}</row><row r="3" hidden="true"/>'
        f'<row r="4">{text("A4", "新")}{text("C4", "10")}</row>'
    )
    shown, other = grids(
        f"{columns}<sheetData>{rows}</sheetData>", lines(("草",)), lines(("乙",)), states={2: "veryHidden"}
    )
    assert [[cell.text for cell in row] for row in shown.cells] == [
        ["指标", "", "分值"],
        [""] * 3,
        [""] * 3,
        ["新", "", "10"],
    ]
    assert [tuple(dict(one.args).values()) for one in shown.notes] == [
        ("", "1", "sheets", "表2"), ("1", "1", "rows of the sheet", "2"), ("1", "1", "columns", "B"),
    ]  # fmt: skip
    assert (other.name, other.number, other.notes) == ("表3", 2, ())


def test_a_merged_cell_that_reaches_over_a_hidden_row_is_shown() -> None:
    merged = '<mergeCells><mergeCell ref="A1:A3"/></mergeCells>'
    rows = f'<row r="1" hidden="1">{text("A1", "指标")}</row><row r="2">{text("B2", "甲")}</row><row r="3">{text("B3", "乙")}</row>'
    (grid,) = grids(f"<sheetData>{rows}</sheetData>{merged}")
    assert [[cell.text for cell in row] for row in grid.cells] == [["", ""], ["指标", "甲"], ["指标", "乙"]]


def test_sheets_without_text_and_charts_are_no_tables() -> None:
    assert grids("<sheetData/>", f"<sheetData><row>{'<c/>' * 3}</row></sheetData>") == ()
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made)
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=表!$A$1:$A$2"})
    book.add_chartsheet("图").set_chart(chart)
    book.add_worksheet("表").write_string(0, 0, "指标")
    book.close()
    (grid,) = _grids("x.xlsx", made.getvalue())
    assert (grid.name, grid.number) == ("表", 1)


def test_a_workbook_without_shared_texts_and_styles() -> None:
    data = xlsx(lines(("指标",)))
    parts = {"xl/sharedStrings.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"}
    kept = {name: content for name, content in _parts(data).items() if name not in parts}
    kept["xl/_rels/workbook.xml.rels"] = relations(
        ("worksheet", "worksheets/sheet1.xml"), ("styles", "nowhere.xml")
    ).encode()
    (grid,) = _grids("x.xlsx", archive(kept))
    assert grid.cells[0][0].text == "指标"


def _parts(data: bytes) -> dict[str, bytes]:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


@pytest.mark.parametrize("reference", ["A", "1", "A0", "a1", "AAAA1", "A1048577", "A99999999999999999999"])
def test_a_place_that_no_sheet_has_is_damage(reference: str) -> None:
    sheet = f'<sheetData><row><c r="{reference}"><v>1</v></c></row></sheetData>'
    assert refused(xlsx(sheet)) == "文件已损坏：工作簿不完整"


def test_what_calamine_refuses_is_damage() -> None:
    assert (
        refused(xlsx('<sheetData><row><c t="s"><v>x</v></c></row></sheetData>')) == "文件已损坏：工作簿不完整"
    )


def test_two_sheets_of_one_name_are_damage() -> None:
    parts = _parts(xlsx(lines(("指标",)), lines(("分值",))))
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace("表2".encode(), "表1".encode())
    assert refused(archive(parts)) == "文件已损坏：工作簿不完整"


def test_calamine_gets_the_shared_texts_that_were_looked_at() -> None:
    sheet = '<sheetData><row><c t="s"><v>0</v></c></row></sheetData>'
    parts = _parts(xlsx(sheet, strings="<si><t>指标</t></si>"))
    parts["xl/other.xml"] = parts["xl/sharedStrings.xml"].replace("指标".encode(), ("指标" * 1000).encode())
    related = [
        ("sharedStrings", "other.xml"),
        ("worksheet", "worksheets/sheet1.xml"),
        ("sharedStrings", "sharedStrings.xml"),
    ]
    parts["xl/_rels/workbook.xml.rels"] = relations(*related).encode()
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'"r1"', b'"r2"')
    (grid,) = _grids("x.xlsx", archive(parts))
    assert grid.cells[0][0].text == "指标"


def test_the_far_end_of_a_sheet_is_named() -> None:
    sheet = f"<sheetData><row>{text('A1', '指标')}{text('XFD1048576', '备用')}</row></sheetData>"
    assert refused(xlsx(lines(("a",)), sheet)) == "文件中超过 50000 个单元格：有工作表延伸至 XFD1048576"


def test_merged_cells_over_each_other_are_bounded() -> None:
    merged = "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 300 + "</mergeCells>"
    sheet = f"<sheetData><row>{text('A1', '指标')}{text('Z10', '分值')}</row></sheetData>{merged}"
    assert refused(xlsx(sheet)) == "文件中超过 50000 个单元格"


def test_one_text_in_many_cells_counts_each_time() -> None:
    cells = "<row>" + '<c t="s"><v>0</v></c>' * 200 + '<c t="s"><v>9</v></c></row>'
    assert (
        refused(xlsx(f"<sheetData>{cells}</sheetData>", strings=f"<si><t>{'扣' * 30_000}</t></si>"))
        == "文件中超过 5000000 个字符"
    )


@pytest.mark.parametrize(
    ("at", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_names_of_columns(at: int, name: str) -> None:
    assert column_name(at) == name
