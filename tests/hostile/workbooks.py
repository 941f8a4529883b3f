"""Workbooks that are given for filled forms or sheets of tallies, and unpack to very much, repeat or mean harm."""

from collections.abc import Callable
from pathlib import Path

import govrubric
from form_files import edited, form, sheet_of
from hostile.case import GOOD, Case
from office_files import archive, text, xlsx

RUBRIC = govrubric.load(GOOD)
TALLY = {"platform.website.inspection": 92.5, "platform.service.assessed": 2.5}
HEAD = ("unit", "platform.website.inspection", "platform.service.assessed")
HEAD_ROW = (
    f"<row>{''.join(text(cell, name) for cell, name in zip(('A1', 'B1', 'C1'), HEAD, strict=True))}</row>"
)
COLUMN = '<c t="inlineStr"><is><t>{}</t></is></c>'


def scored(
    name: str,
    make: Callable[[], bytes],
    *says: str,
    ends: int = 1,
    fast: bool = False,
    never: tuple[str, ...] = (),
) -> Case:
    """A workbook that is scored, and what is said of it."""

    def build(folder: Path) -> None:
        (folder / "a.xlsx").write_bytes(make())

    return Case(
        f"a workbook of tallies: {name}", ("score", str(GOOD), "a.xlsx"), build, ends, says, never, honest="score", fast=fast
    )  # fmt: skip


def body(rows: str, more: str = "") -> bytes:
    """A plain sheet with the header of `good.yaml` and some rows."""
    return xlsx(f"<sheetData>{HEAD_ROW}{rows}</sheetData>{more}")


CASES = [
    scored("packed a thousandfold", lambda: xlsx(" " * 40_000_000), "GR803", fast=True),
    scored("a billion laughs", lambda: xlsx('<!DOCTYPE a [<!ENTITY a "ha">]>'), "GR80", fast=True),
    scored("a hundred thousand parts", lambda: archive({str(n): b"" for n in range(100_000)}), "GR807"),
    scored("text in the last cell of a sheet", lambda: body(f"<row>{text('XFD1048576', 'a')}</row>"), "GR637", fast=True),
    scored("rows that reach to the last column", lambda: body("".join(
        f"<row>{text(f'XFD{n}', 'a')}</row>" for n in range(2, 100))), "GR807", fast=True),
    scored("a long text in every cell", lambda: xlsx(
        "<sheetData><row>" + '<c t="s"><v>0</v></c>' * 2_000 + "</row></sheetData>",
        strings=f"<si><t>{'长' * 30_000}</t></si>"), "GR807"),
    scored("sixteen thousand columns of evidence", lambda: xlsx(
        f"<sheetData><row>{COLUMN.format('platform.website.inspection')}{COLUMN.format('依据') * 16_000}</row></sheetData>"), "GR"),
    scored("sixteen thousand units", lambda: xlsx(f"<sheetData><row>{COLUMN.format('unit')}{COLUMN.format('单位') * 16_000}</row></sheetData>"), "GR631"),
    scored("thirty rows of headings", lambda: xlsx(
        "<sheetData>" + "".join(f"<row>{''.join(COLUMN.format(f'指标{n}.{m}') for m in range(2_000))}</row>" for n in range(30)) + "</sheetData>"), "GR"),
    scored("cells merged over each other", lambda: body(
        f"<row>{text('A2', 'u')}</row>", "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 20_000 + "</mergeCells>"), "GR874"),
    scored("twenty thousand ranges of hidden columns", lambda: xlsx(
        "<cols>" + '<col min="1" max="16384" hidden="1"/>' * 20_000 + f"</cols><sheetData>{HEAD_ROW}<row><c/><c><v>9</v></c></row></sheetData>"), "GR874"),
    scored("forty thousand formulas", lambda: body("".join(
        "<row><c><f>1</f><v>1</v></c><c><f>1</f><v>1</v></c></row>" for _ in range(20_000))), "GR872"),
    scored("formulas that ask the network", lambda: form(RUBRIC, TALLY, change=lambda book: book.get_worksheet_by_name("自评填报").write_formula(
        "E8", '=WEBSERVICE("http://localhost/")', None, 3)), "自评填报!E8", "GR872", fast=True),
    scored("forty thousand characters", lambda: edited(
        form(RUBRIC, {**TALLY, "publication.documents.unlabelled": {"value": 3, "note": "x"}}), "xl/sharedStrings.xml",
        "<t>x</t>", f"<t>{'长' * 40_000}</t>"), "自评填报!I8", "GR123", never=("长" * 200,), fast=True),
    scored("markup and what a spreadsheet takes for a formula", lambda: sheet_of(
        [HEAD, ["=cmd|' /C calc'!A0", 92.5, 2.5]]), ends=0, fast=True),
    scored("a sheet name that a terminal would act on", lambda: edited(
        form(RUBRIC, {**TALLY, "publication.documents.unlabelled": "2项"}), "xl/workbook.xml", "自评填报", "自评\u202e填报"), "GR875", fast=True),
    scored("ranges of formulas without end", lambda: form(RUBRIC, TALLY, said={"computed": "计算!A1:XFD1048576"}), "GR875", fast=True),
    scored("a hundred thousand rows in a form", lambda: edited(
        form(RUBRIC, TALLY), "xl/worksheets/sheet1.xml", "</sheetData>",
        "".join(f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>a{n}</t></is></c></row>' for n in range(100, 50_000)) + "</sheetData>"), "GR601"),
    scored("a workbook of passwords", lambda: sheet_of([["host", "password"], ["db", "hunter2"]]), "GR137", never=("hunter2",), fast=True),
]  # fmt: skip
