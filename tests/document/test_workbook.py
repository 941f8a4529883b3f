"""Workbooks: what stands in a cell, of which kind it is, and what is hidden or merged."""

import pytest

from govrubric.diagnostics.diagnostic import TallyError
from govrubric.document.package import Package
from govrubric.document.workbook import Cell, Sheet, Workbook, area
from office_files import archive, docx, p, relations, xlsx

STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="yyyy/m/d"/><numFmt numFmtId="165" formatCode="0.0%"/>'
    '<numFmt numFmtId="166" formatCode="[Red]0&quot;days&quot;"/><numFmt numFmtId="167" formatCode="[h]:mm"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="10"/><xf numFmtId="165"/>'
    '<xf numFmtId="166"/><xf numFmtId="167"/></cellXfs>'
)


def workbook(data: bytes) -> Workbook:
    return Workbook(Package("x.xlsx", data, TallyError))


def sheet(cells: str, more: str = "", strings: str = "", before: str = "") -> Sheet:
    """The sheet of a workbook with a row of cells."""
    body = f"{before}<sheetData><row>{cells}</row></sheetData>{more}"
    return workbook(xlsx(body, strings=strings, styles=STYLES)).sheet("表1")


def refused(data: bytes) -> str:
    def read() -> None:
        book = workbook(data)
        for name in book.names:
            book.sheet(name)

    with pytest.raises(TallyError) as error:
        read()
    (finding,) = error.value.diagnostics
    return f"{finding.code} {finding.message()}"


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<c><v>3</v></c>", Cell("3", "number")),
        ("<c><v>88.650000000000006</v></c>", Cell("88.65", "number")),
        ("<c><v>1E-2</v></c>", Cell("0.01", "number")),
        ("<c><v>2.0</v></c>", Cell("2", "number")),
        ("<c><v>-0</v></c>", Cell("0", "number")),
        ("<c><v>120</v></c>", Cell("120", "number")),
        ("<c><v>.5</v></c>", Cell("0.5", "number")),
        ('<c t="n" s="3"><v>0.955</v></c>', Cell("95.5%", "number")),
        ('<c s="4"><v>1</v></c>', Cell("100%", "number")),
        ('<c s="4"><v>0</v></c>', Cell("0%", "number")),
        ('<c s="5"><v>3</v></c>', Cell("3", "number")),
        ('<c s="1"><v>45292</v></c>', Cell("2024-01-01", "date")),
        ('<c s="2"><v>45292.5</v></c>', Cell("2024-01-01 12:00", "date")),
        ('<c s="6"><v>0.5</v></c>', Cell("1899-12-30 12:00", "date")),
        ('<c s="1"><v>-3</v></c>', Cell("-3", "date")),
        ('<c s="1"><v>9999999</v></c>', Cell("9999999", "date")),
        ('<c t="d"><v>2024-01-01</v></c>', Cell("2024-01-01", "date")),
        ('<c t="e"><v>#REF!</v></c>', Cell("#REF!", "error")),
        ('<c t="b"><v>1</v></c>', Cell("TRUE", "flag")),
        ('<c t="b"><v>0</v></c>', Cell("FALSE", "flag")),
        ('<c t="str"><f>A1</f><v>甲</v></c>', Cell("甲", "text", True)),
        ("<c><f>1+1</f><v>2</v></c>", Cell("2", "number", True)),
        ("<c><f>1+1</f></c>", Cell("", "text", True)),
        ("<c><v>nan</v></c>", Cell("nan")),
        ("<c><v>1e9999</v></c>", Cell("1e9999")),
        ('<c t="s"><v>0</v></c>', Cell("甲乙")),
        ('<c t="s"><v>1</v></c>', Cell("a_b\nc")),
        ('<c t="inlineStr"><is><t> 丙 </t></is></c>', Cell(" 丙 ")),
    ],
)
def test_a_cell_is_what_people_see_of_it(xml: str, expected: Cell) -> None:
    strings = (
        "<si><r><t>甲</t></r><rPh><t>jia</t></rPh><r><t>乙</t></r></si><si><t>a_x005F_b_x000D_&#10;c</t></si>"
    )
    assert sheet(xml, strings=strings).cells == {(1, 1): expected}


@pytest.mark.parametrize(
    "xml",
    [
        "<c/>", "<c><v></v></c>", '<c t="s"><v>0</v></c>', '<c t="inlineStr"/>', '<c t="b"><v>x</v></c>',
        '<c s="1"/>', '<c t="inlineStr"><is/></c>',
    ],
)  # fmt: skip
def test_a_cell_with_nothing_in_it_is_none(xml: str) -> None:
    assert sheet(xml, strings="<si/>").cells == {}


def test_cells_stand_where_they_say_or_after_one_another() -> None:
    found = sheet('<c><v>1</v></c><c r="E17"><v>2</v></c><c><v>3</v></c>')
    assert {at: cell.text for at, cell in found.cells.items()} == {(1, 1): "1", (17, 5): "2", (1, 6): "3"}
    place = found.place(17, 5)
    assert (str(place), place.excerpt, place.order) == ("x.xlsx:表1!E17", "2", (1, 17, 5))
    assert found.place(2, 28).within == "表1!AB2"


def test_hidden_and_merged_cells_are_known() -> None:
    hidden = workbook(
        xlsx(
            '<cols><col min="2" max="3" hidden="1"/><col min="5" max="5"/></cols><sheetData>'
            '<row r="4" hidden="1"><c><v>1</v></c></row><row><c><v>2</v></c></row></sheetData>'
            '<mergeCells><mergeCell ref="B5:C9"/><mergeCell ref="E2"/></mergeCells>'
        )
    ).sheet("表1")
    assert [hidden.is_hidden(*at) for at in ((4, 1), (5, 1), (5, 3), (5, 5))] == [True, False, True, False]
    assert set(hidden.cells) == {(4, 1), (5, 1)}
    assert list(hidden.merged_over([5, 6], [3, 5])) == [(5, 3)]
    assert list(hidden.merged_over([1, 2], [5])) == [(2, 5)]
    assert list(hidden.merged_over([10], [2])) == list(hidden.merged_over([1], [2])) == []


def test_a_workbook_names_its_sheets_and_those_that_are_hidden() -> None:
    book = workbook(xlsx("", "", states={2: "veryHidden"}))
    assert (book.names, book.hidden) == (("表1", "表2"), ("表2",))
    assert book.sheet("表1") is book.sheet("表1")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (docx(p()), "GR800 this is a file of another kind, which is not read here"),
        (xlsx('<sheetData><row><c t="s"><v>9</v></c></row></sheetData>'), "GR802 the document is damaged: it is no proper workbook"),
        (xlsx('<sheetData><row><c r="A0"><v>9</v></c></row></sheetData>'), "GR802 the document is damaged: it is no proper workbook"),
        (xlsx('<sheetData><row><c r="XFE1"><v>9</v></c></row></sheetData>'), "GR802 the document is damaged: it is no proper workbook"),
        (xlsx('<mergeCells><mergeCell ref="B2:"/></mergeCells>'), "GR802 the document is damaged: it is no proper workbook"),
        (xlsx("<!DOCTYPE a>"), "GR802 the document is damaged: it is no proper XML (`xl/worksheets/sheet1.xml`)"),
    ],
)  # fmt: skip
def test_what_is_no_sound_workbook_is_refused(data: bytes, says: str) -> None:
    assert refused(data) == says


def test_two_sheets_of_a_name_are_refused_and_other_parts_passed_over() -> None:
    sheets = '<sheets><sheet name="a" id="r1"/><sheet name="a" id="r1"/></sheets>'
    parts = {
        "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
        "xl/_rels/workbook.xml.rels": relations(("worksheet", "s.xml"), ("chartsheet", "s.xml"), ("worksheet", "none.xml")),
        "xl/workbook.xml": f"<workbook>{sheets}</workbook>",
        "xl/s.xml": "<worksheet/>",
    }  # fmt: skip
    assert refused(archive(parts)) == "GR802 the document is damaged: it is no proper workbook"
    one = '<sheets><sheet name="a" id="r1"/></sheets>'
    shared = {
        "xl/workbook.xml": f"<workbook>{one}</workbook>",
        "xl/s.xml": '<w><row><c t="s"><v>0</v></c></row></w>',
    }
    assert refused(archive({**parts, **shared})) == "GR802 the document is damaged: it is no proper workbook"
    others = '<sheets><sheet name="a" id="r2"/><sheet name="b" id="r3"/><sheet name="c"/></sheets>'
    assert workbook(archive({**parts, "xl/workbook.xml": f"<workbook>{others}</workbook>"})).names == ()
    one = '<sheets><sheet name="a" id="r1"/></sheets>'
    made = workbook(archive({**parts, "xl/workbook.xml": f"<workbook>{one}</workbook>", "xl/s.xml": "<w><row><c><v>1</v></c></row></w>"}))  # fmt: skip
    assert made.sheet("a").cells == {(1, 1): Cell("1", "number")}


def test_the_area_of_cells_has_a_first_and_a_last() -> None:
    assert area("'x'!A1") is None
    assert area("$B$2:$D$9") == (2, 2, 9, 4)


def test_every_cell_that_one_formula_fills_is_of_a_formula() -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="array" ref="A1:B2">x</f><v>1</v></c><c r="B1"><v>2</v></c>'
        '<c r="C1"><v>9</v></c></row><row r="2"><c r="A2"><v>3</v></c><c r="B2"><v>4</v></c></row>'
    )
    read = sheet(rows)
    assert {at for at, cell in read.cells.items() if cell.formula} == {(1, 1), (1, 2), (2, 1), (2, 2)}
    wide = sheet(rows.replace("A1:B2", "A1:XFD1048576"))
    assert all(cell.formula for cell in wide.cells.values())
    table = sheet('<row r="1"><c r="A1"><f t="dataTable" ref="A1:A1">x</f><v>1</v></c></row>')
    assert table.cells[1, 1].formula
