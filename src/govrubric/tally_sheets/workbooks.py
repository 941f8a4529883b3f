"""An Excel file -> its units: the one of a form that was filled in, or those of plain sheets."""

from govrubric.diagnostics.diagnostic import Diagnostic, TallyError
from govrubric.diagnostics.source import Place
from govrubric.document import likeness
from govrubric.document.package import ZIP, Package, other_kind
from govrubric.document.workbook import Sheet, Workbook
from govrubric.scoring.scorer import Scorer
from govrubric.tally_sheets import forms, sheets
from govrubric.tally_sheets.headings import Headings
from govrubric.tally_sheets.rows import rows_of
from govrubric.tally_sheets.units import Units
from govrubric.tally_sheets.values import Ways

ENDINGS = (".xlsx", ".xlsm")
PLACES_LIMIT = 500_000  # rows times columns of the plain sheets of a file
HIDDEN = 20  # findings about cells that are merged


def units_of(rubric: Scorer, name: str, data: bytes, of: forms.Of | None = None) -> Units:
    """The units of a workbook; of a form, from the sheet `of` the unit or the assessor, if that is said."""
    try:
        workbook = Workbook(_package(name, data))
        if forms.HIDDEN_SHEET in workbook.names:
            return forms.unit_of(rubric, workbook, of)
        return _plain(rubric, workbook, name)
    except TallyError as error:
        return Units(found=list(error.diagnostics))


def _package(name: str, data: bytes) -> Package:
    if data.startswith(ZIP):
        return Package(name, data, TallyError)
    reason = "it is no Word or Excel document" if data else "it is empty"
    damaged = Diagnostic.of("GR802", Place(name, 1, 1, 2, ""), reason=reason, part="")
    raise TallyError([other_kind(name, data) or damaged])


def _plain(rubric: Scorer, workbook: Workbook, name: str) -> Units:
    """The units of every sheet that is shown and has a header."""
    units, ways, headings = Units(), Ways(), Headings(rubric)
    whole = Place(name, 1, 1, 2, "")
    others: list[str] = []
    places = 0
    for title in workbook.names:
        if title in workbook.hidden:
            continue
        sheet = workbook.sheet(title)
        width = max((column for _, column in sheet.cells), default=0)
        places += width * len({row for row, _ in sheet.cells})
        if places > PLACES_LIMIT:
            raise TallyError([Diagnostic.of("GR807", whole, limit=PLACES_LIMIT, what="cells", cell="")])
        read = _sheet(rubric, sheet, headings, ways)
        if read is None:
            others += [title] if sheet.cells else []
        else:
            units.units += read.units
            units.found += read.found
    if not units.units and not units.found and others:
        units.found = likeness.hidden((), name, "a table of counts")
        return units
    if workbook.hidden:
        said = ", ".join(workbook.hidden)
        units.found.append(
            Diagnostic.of("GR810", whole, table="", number=len(workbook.hidden), what="sheets", names=said)
        )
    if others:
        units.found.append(Diagnostic.of("GR882", whole, what="sheets", known=", ".join(others)))
    units.found += ways.told()
    return units


def _sheet(rubric: Scorer, sheet: Sheet, headings: Headings, ways: Ways) -> Units | None:
    """The units of a sheet; none of one that has no header."""
    rows = list(rows_of(sheet))
    first_line = ",".join(rows[0].cells) if rows else ""
    header = headings.header_at(rows, first_line)
    if header is None:
        return None
    units = sheets.units_of(rubric, rows, header, headings, ways)
    below = [row.whole.line for row in rows[header:]]
    columns = [index + 1 for index, text in enumerate(rows[header].cells) if text.strip()]
    for _, at in zip(range(HIDDEN), sheet.merged_over(below, columns), strict=False):
        units.found.append(Diagnostic.of("GR874", sheet.place(*at), what="is merged with others"))
    return units
