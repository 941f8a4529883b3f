"""Documents of Word and Excel, and CSV files, that unpack to very much, refer to themselves, or are cut off."""

import random
from collections.abc import Callable
from pathlib import Path

from hostile.case import ROOT, Case
from hostile.reading import SECRETS
from office_files import (
    ON,
    START,
    archive,
    docx,
    item,
    level,
    lines,
    listed,
    p,
    span,
    tbl,
    tc,
    text,
    tr,
    xlsx,
)

READ = """
import sys
from govrubric.diagnostics.diagnostic import GovrubricError
from govrubric.office.documents import tables_in
from govrubric.office.table import scoring_tables
try:
    tables = scoring_tables(tables_in(sys.argv[1]), sys.argv[1])
except GovrubricError as error:
    print(error)
    sys.exit(1)
print(len(tables), "scoring tables,", sum(len(table.rows) for table in tables), "rows")
"""
HEAD = tr("指标", "分值", "评分标准")
WORDS = "".join(map(chr, random.Random(1).choices(range(0x4E00, 0x9000), k=100_000)))


def read(name: str, file: str, make: Callable[[], bytes], *says: str, fast: bool = False) -> Case:
    """A document, and what is said of it; it is refused with a code, or read."""

    def build(folder: Path) -> None:
        (folder / file).write_bytes(make())

    ends = 1 if any(word.startswith("GR") for word in says) else 0
    return Case(
        f"a document: {name}", ("python", "-c", READ, file), build, ends, says, honest="python", fast=fast
    )


def sheet(*rows: str, more: str = "") -> bytes:
    """A workbook of one sheet with some rows."""
    return xlsx(f"<sheetData>{''.join(rows)}</sheetData>{more}")


def secret(name: str) -> Case:
    """A file of secrets that is taken for a table."""
    content = (SECRETS[name] or "SECRET=hunter2").encode()
    return read(f"{name}, as CSV", "secret.csv", lambda: content, "GR", fast=True)


CASES = [
    read("packed a thousandfold", "a.docx", lambda: docx(p("x" * 40_000_000)), "GR803", fast=True),
    read("parts of 5 MB, eleven of them", "a.docx", lambda: archive({str(n): bytes(4_990_000) for n in range(11)}), "GR803"),
    read("a hundred thousand parts", "a.docx", lambda: archive({str(n): b"" for n in range(100_000)}), "GR807"),
    read("a billion laughs", "a.docx", lambda: docx("", **{"word/document.xml": (
        '<!DOCTYPE a [<!ENTITY a "ha">' + "".join(f'<!ENTITY {x} "{f"&{y};" * 10}">' for x, y in zip("bcdefghij", "abcdefghi", strict=True))
        + "]><document><body><tbl><tr><tc><p><r><t>&j;</t></r></p></tc></tr></tbl></body></document>")}), "GR804", fast=True),
    read("a comment of 15 MB", "a.docx", lambda: docx(f"<!--{WORDS * 50}--><w:p/>"), "GR805"),
    read("a million elements", "a.docx", lambda: docx(tbl(HEAD, *(tr(WORDS[n:n + 9], "1", "a") for n in range(40_000)))), "GR807"),
    read("elements within each other", "a.docx", lambda: docx("<w:p><w:r>" * 90_000 + "</w:r></w:p>" * 90_000), "GR807"),
    read("a cell over a million columns", "a.docx", lambda: docx(tbl(tr(tc("指标", inner=span(999_999)), "标准"))), "GR807", fast=True),
    read("fifteen thousand rows", "a.docx", lambda: docx(tbl(HEAD, *[tr("a", "1", "b")] * 14_000)), "14000 rows"),
    read("a cell merged over ten thousand rows", "a.docx", lambda: docx(
        tbl(HEAD, *(tr(tc("a", inner=ON if n else START), "1", "b") for n in range(10_000)))), "10000 rows"),
    read("long numbers of lists", "a.docx", lambda: docx(
        tbl(HEAD, *[tr(tc(item(1, "a")), "1", "b")] * 9_000), listed(1, *(level(n, "decimal", "%1.%2.%9" * 99) for n in range(9)))), "9000 rows"),
    read("styles that rest on each other", "a.docx", lambda: docx(tbl(HEAD, tr("a", "1", "b")), styles="".join(
        f'<w:style w:styleId="{n}"><w:basedOn w:val="{n + 1}"/></w:style>' for n in range(60_000))), "1 rows"),
    read("two thousand tables in tables", "a.docx", lambda: docx(tbl(tr(tc(tbl(tr(tc(tbl(tr("a", "b")))))))) * 2_000), "GR806"),
    read("text in the last cell of a sheet", "a.xlsx", lambda: sheet(
        f"<row>{text('A1', '指标')}{text('XFD1048576', 'a')}</row>"), "XFD1048576", "GR807", fast=True),
    read("a long text in every cell", "a.xlsx", lambda: xlsx(
        "<sheetData><row>" + '<c t="s"><v>0</v></c>' * 2_000 + "</row></sheetData>",
        strings=f"<si><t>{WORDS[:30_000]}</t></si>"), "GR807"),
    read("cells merged over each other", "a.xlsx", lambda: sheet(
        f"<row>{text('A1', '指标')}{text('Z99', 'a')}</row>", more="<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 20_000 + "</mergeCells>"), "GR807"),
    read("twenty thousand ranges of hidden columns", "a.xlsx", lambda: xlsx(
        "<cols>" + '<col min="1" max="16384" hidden="1"/>' * 20_000 + "</cols>" + lines(("指标", "标准"))), "GR805"),
    read("forty thousand numbers", "a.xlsx", lambda: sheet(
        *(f"<row>{f'<c><v>0.{n}1</v></c>' * 20}</row>" for n in range(2_000))), "GR806"),
    read("two sheets of six thousand headers", "a.xlsx", lambda: xlsx(
        *[lines(*[("指标", "标准"), ("合计", "1")] * 6_000)] * 2), "12000 scoring tables"),
    read("five million empty lines", "a.csv", lambda: b"\n" * 5_000_000, "GR805"),
    read("five million quotes", "a.csv", lambda: b'"' * 4_999_999, "GR635"),
    read("a row of five million cells", "a.csv", lambda: b"," * 4_999_999 + b"a", "GR"),
    read("twelve thousand headers", "a.csv", lambda: "指标,评分标准\n".encode() * 12_000, "1 scoring tables"),
    read("other bytes", "a.csv", lambda: random.Random(1).randbytes(4_000_000), "GR104"),
    *(read(f"{name} cut in half", name, lambda name=name: (ROOT / "examples" / name).read_bytes()[:20_000], "GR802")  # type: ignore[misc] # each of its own
      for name in ("2023-district.docx", "2023-department.docx")),
    *(secret(name) for name in SECRETS),
]  # fmt: skip
