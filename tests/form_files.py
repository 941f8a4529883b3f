"""Forms that were filled in, as XlsxWriter writes them: what a form must have to be read back, and no more.

The layout is that of docs/architecture.md, so that the reader is tried against the page and not against a writer.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import xlsxwriter

from govrubric import Rubric
from govrubric.formula.nodes import Input

OWN, OFFICIAL, WORKING = "自评填报", "考评填报", "计算"
FIRST = 8  # the row of the first input; above it stand headings
VALUE, EVIDENCE, NOTE = "E", "H", "I"
COMPUTED = (f"{WORKING}!B2:B4", f"'{WORKING}'!D2")

Filled = Mapping[str, Any]


def keys(rubric: Rubric) -> list[tuple[str, str]]:
    """The rows of the hidden sheet."""
    return [
        ("form", "1"), ("rubric", rubric.id), ("digest", rubric.digest), ("scoring_digest", rubric.scoring_digest),
        ("variant", rubric._chosen.variant or ""), ("unit", f"{OWN}!C2"), ("name", f"'{OWN}'!$C$3"), ("own", OWN),
        ("official", OFFICIAL), ("value", VALUE), ("evidence", EVIDENCE), ("note", NOTE),
        *(("computed", cells) for cells in COMPUTED),
    ]  # fmt: skip


def row_of(rubric: Rubric, name: str) -> int:
    """The row of an input."""
    return list(rubric._inputs).index(name) + FIRST


def cell_of(rubric: Rubric, name: str, column: str = VALUE) -> str:
    """The cell of an input in a column."""
    return f"{column}{row_of(rubric, name)}"


def form(
    rubric: Rubric,
    own: Filled | None = None,
    official: Filled | None = None,
    *,
    unit: str = "d01",
    name: str = "示例甲区",
    said: Mapping[str, str] | None = None,
    change: Callable[[xlsxwriter.Workbook], object] = lambda _: None,
) -> bytes:
    """A form of a rubric, filled in by tallies of flat names.

    `said` changes what the hidden sheet says; `change` is called with the workbook before it is closed.
    """
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    for title, tally in ((OWN, own or {}), (OFFICIAL, official or {})):
        sheet = book.add_worksheet(title)
        sheet.set_column("A:A", 8, None, {"hidden": True})
        sheet.write_string("B1", rubric.title)
        for cell, text in (("C2", unit), ("C3", name)):
            if text:
                sheet.write_string(cell, text)
        for cell, text in (("B", "填报内容"), (VALUE, "填写"), (EVIDENCE, "依据"), (NOTE, "备注")):
            sheet.write_string(f"{cell}{FIRST - 1}", text)
        for row, known in enumerate(rubric._inputs.values(), FIRST):
            sheet.write_string(f"A{row}", known.name)
            sheet.write_string(f"B{row}", known.title or known.name)
            if known.name in tally:
                fill(sheet, row, known, tally[known.name])
    working = book.add_worksheet(WORKING)
    for cell in ("B2", "B3", "B4", "D2"):
        working.write_formula(cell, f"='{OWN}'!{VALUE}{FIRST}+0", None, 1)
    hidden = book.add_worksheet("govrubric")
    hidden.very_hidden()
    for row, (key, text) in enumerate(keys(rubric), 1):
        hidden.write_string(f"A{row}", key)
        hidden.write_string(f"B{row}", (said or {}).get(key, text))
    change(book)
    book.close()
    return made.getvalue()


def fill(sheet: Any, row: int, known: Input, given: Any) -> None:
    """Fill in a row as a person does: 是 and 否, the title of an option, a number as a number."""
    parts = given if isinstance(given, dict) else {"value": given}
    if "value" in parts:
        value = parts["value"]
        if isinstance(value, bool):
            sheet.write_string(f"{VALUE}{row}", "是" if value else "否")
        elif known.kind == "choice":
            labels = known.labels or known.options
            told = labels if len(set(labels)) == len(labels) else known.options
            sheet.write_string(f"{VALUE}{row}", told[known.options.index(value)])
        elif isinstance(value, str):
            sheet.write_string(f"{VALUE}{row}", value)
        else:
            sheet.write_number(f"{VALUE}{row}", float(value))
    if parts.get("evidence"):
        sheet.write_string(f"{EVIDENCE}{row}", "\n".join(parts["evidence"]))
    if parts.get("note"):
        sheet.write_string(f"{NOTE}{row}", parts["note"])


def sheet_of(rows: Iterable[Any], *more: tuple[str, Iterable[Any]]) -> bytes:
    """A workbook of plain sheets: rows of texts and numbers; `None` is an empty cell."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    for title, lines in (("表", rows), *more):
        sheet = book.add_worksheet(title)
        for row, cells in enumerate(lines):
            for column, cell in enumerate(cells):
                if isinstance(cell, str):
                    sheet.write_string(row, column, cell)
                elif cell is not None:
                    sheet.write(row, column, cell)
    book.close()
    return made.getvalue()


def edited(data: bytes, part: str, pattern: str, replacement: str) -> bytes:
    """An archive with a part in which a pattern is replaced, once or more often."""
    made = io.BytesIO()
    done = 0
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == part:
                text, done = re.subn(pattern, replacement, content.decode())
                content = text.encode()
            new.writestr(info.filename, content)
    assert done, f"{pattern} is not in {part}"
    return made.getvalue()
