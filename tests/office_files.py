"""Small Word and Excel files for tests, of XML that is written out, so that each oddity is there for all to see.

`docx` and `xlsx` take the XML of a body or of sheets; `archive` takes any parts.
"""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MATH = "http://schemas.openxmlformats.org/officeDocument/2006/math"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
EXAMPLES = Path(__file__).parents[1] / "examples"


def archive(parts: Mapping[str, str | bytes], *, packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive of parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packed) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return made.getvalue()


def relations(*related: tuple[str, str]) -> str:
    """The XML of relationships: a kind and a target each, with the ids r1, r2 and so on."""
    inner = "".join(
        f'<Relationship Id="r{number}" Type="{KINDS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(related, 1)
    )
    return f'<Relationships xmlns="{RELATIONS}">{inner}</Relationships>'


def docx(body: str, numbering: str = "", styles: str = "", **parts: str | bytes) -> bytes:
    """A Word file with a body, lists and styles."""
    space = f'xmlns:w="{WORD}" xmlns:m="{MATH}"'
    return archive(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relations(("officeDocument", "word/document.xml")),
            "word/_rels/document.xml.rels": relations(
                ("numbering", "numbering.xml"), ("styles", "styles.xml")
            ),
            "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
            "word/numbering.xml": f"<w:numbering {space}>{numbering}</w:numbering>",
            "word/styles.xml": f"<w:styles {space}>{styles}</w:styles>",
            **parts,
        }
    )


def p(text: str = "", inner: str = "") -> str:
    """A paragraph: its properties or other runs, then a text; a line end in the text is a line break."""
    run = f"<w:r><w:t>{text.replace(chr(10), '</w:t><w:br/><w:t>')}</w:t></w:r>" if text else ""
    return f"<w:p>{inner}{run}</w:p>"


def tc(*paragraphs: str, inner: str = "") -> str:
    """A cell: its properties, then paragraphs, which may be given as plain texts."""
    blocks = [one if one.startswith("<") else p(one) for one in paragraphs or ("",)]
    return f"<w:tc><w:tcPr>{inner}</w:tcPr>{''.join(blocks)}</w:tc>"


def tr(*cells: str, inner: str = "") -> str:
    """A row: its properties, then cells, which may be given as plain texts."""
    return f"<w:tr><w:trPr>{inner}</w:trPr>{''.join(one if one.startswith('<w:') else tc(one) for one in cells)}</w:tr>"


def tbl(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def span(columns: int) -> str:
    """The property of a cell that it covers several columns."""
    return f'<w:gridSpan w:val="{columns}"/>'


START, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def level(at: int, written: str, text: str, start: int = 1, more: str = "") -> str:
    """A level of a list."""
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{written}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


def listed(number: int, *levels: str, inner: str = "") -> str:
    """A list with a pattern of its own, which has its number."""
    return (
        f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/>{inner}</w:num>'
    )


def item(number: int, text: str = "", at: int = 0) -> str:
    """A paragraph of a list."""
    return p(text, f'<w:pPr><w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>')


def xlsx(*sheets: str, strings: str = "", styles: str = "", states: Mapping[int, str] | None = None) -> bytes:
    """An Excel file of sheets, each the XML within `worksheet`; `states` says which are hidden, from 1."""
    numbers = range(1, len(sheets) + 1)
    named = "".join(
        f'<sheet name="表{number}" sheetId="{number}" state="{(states or {}).get(number, "visible")}" r:id="r{number}"/>'
        for number in numbers
    )
    related = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    return archive(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{KINDS}"><sheets>{named}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(
                *related, ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")
            ),
            "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">{strings}</sst>',
            "xl/styles.xml": f'<styleSheet xmlns="{SHEET}">{styles}</styleSheet>',
            **{
                f"xl/worksheets/sheet{number}.xml": f'<worksheet xmlns="{SHEET}">{sheet}</worksheet>'
                for number, sheet in zip(numbers, sheets, strict=True)
            },
        }
    )


def text(reference: str, content: str) -> str:
    """A cell of a sheet with a text in it."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{content}</t></is></c>'


def lines(*rows: tuple[str, ...]) -> str:
    """The rows of a sheet, from A1 on; an empty text is no cell."""
    made = [
        "".join(text(f"{chr(65 + at)}{number}", one) for at, one in enumerate(row) if one)
        for number, row in enumerate(rows, 1)
    ]
    inner = "".join(f'<row r="{number}">{row}</row>' for number, row in enumerate(made, 1))
    return f"<sheetData>{inner}</sheetData>"
