"""A CSV file that people made, in UTF-8 or GB18030 -> its units."""

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.document import csv, files, likeness
from govrubric.scoring.scorer import Scorer
from govrubric.tally_sheets import sheets
from govrubric.tally_sheets.headings import Headings
from govrubric.tally_sheets.rows import Row
from govrubric.tally_sheets.sheets import MOST
from govrubric.tally_sheets.units import Units
from govrubric.tally_sheets.values import Ways

ROWS = 100_000  # of a table that is held as a whole; a batch has no such limit


def units_of(rubric: Scorer, name: str, data: bytes) -> Units:
    """The units of a CSV file."""
    decoded = files.decode_either(name, data)
    if isinstance(decoded, Diagnostic):
        return Units(found=[decoded])
    text, note = decoded
    units = Units(found=[note] if note else [])
    lines: list[csv.Row] = []
    for line in csv.rows(name, csv.lines(text)):
        if isinstance(line, Diagnostic):
            units.found.append(line)
        else:
            lines.append(line)
    headings = Headings(rubric)
    rows = [Row.of_csv(line) for line in lines]
    first = next((one for one in csv.lines(text) if one.strip(", \t\n")), "")
    header = headings.header_at(rows, first)
    if header is None:
        if first and not headings.is_header(first):
            units.found = likeness.hidden((), name, "a table of counts")
        return units
    if (finding := csv.other_separator(lines[header])) is not None:
        units.found.append(finding)
        return units
    width = len(lines[header].cells)
    kept = rows[: header + 1]
    for line, row in zip(lines[header + 1 :], rows[header + 1 :], strict=True):
        if len(row.cells) == width:
            kept.append(row)
        else:
            units.found.append(Diagnostic.of("GR632", line.place(), cells=len(row.cells), columns=width))
        if len(units.found) > MOST:
            break
        if len(kept) - header - 1 > ROWS:
            units.found.append(Diagnostic.of("GR122", row.whole, limit=ROWS, what="rows"))
            break
    ways = Ways()
    read = sheets.units_of(rubric, kept, header, headings, ways)
    units.found += [*read.found, *ways.told()]
    units.units = read.units
    return units
