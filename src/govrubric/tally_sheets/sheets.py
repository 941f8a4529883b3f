"""A sheet with a row for each unit -> its units: of a workbook or of CSV, with titles as headings.

What is read otherwise than as it stands is told once: `headings` for the header, `values` for cells.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from govrubric.diagnostics.diagnostic import Diagnostic, Path
from govrubric.diagnostics.source import Place
from govrubric.document.nodes import Plain
from govrubric.formula.nodes import Input
from govrubric.scoring.scorer import Scorer
from govrubric.scoring.tally import NOTE, VARIANT
from govrubric.tally_sheets.headings import Columns, Headings
from govrubric.tally_sheets.rows import Row
from govrubric.tally_sheets.units import FileUnit, Units
from govrubric.tally_sheets.values import Ways, is_number, understood

MOST = 1000  # findings, after which the reading of a sheet ends: it is another kind of sheet
# What stands in place of a unit in a row that adds up or averages the rows above it.
SUMS = frozenset(("合计", "小计", "总计", "平均", "平均分", "平均值"))
ASKED = frozenset(("是", "否", "Yes", "No"))  # what the cells of a form offer for a flag


def units_of(rubric: Scorer, rows: Sequence[Row], header: int, headings: Headings, ways: Ways) -> Units:
    """The units in the rows of a sheet below its header."""
    below = rows[header + 1 :]
    filled = frozenset(index for row in below for index, text in enumerate(row.cells) if text.strip())
    columns = headings.columns(rows[header], filled)
    units = Units(found=columns.found)
    if header:
        said = "; ".join(" ".join(filter(None, row.cells)) for row in rows[:header])
        units.found.append(
            Diagnostic.of("GR882", rows[0].place(_first(rows[0])), what="rows above the header", known=said)
        )
    inputs = {name: known for one in rubric._classes() for name, known in one._inputs.items()}
    labels = [columns.labels[label] for label in ("unit", "name") if label in columns.labels]
    sums: list[Row] = []
    for row in below:
        if len(units.found) > MOST:
            break
        if SUMS.intersection(row.cells[index].strip() for index in labels):
            sums.append(row)
        else:
            units.units.append(_unit(row, columns, inputs, units.found, ways))
    if sums:
        said = "; ".join(" ".join(filter(None, row.cells)) for row in sums)
        place = sums[0].place(_first(sums[0]))
        units.found.append(Diagnostic.of("GR882", place, what="rows of sums", known=said))
    return units


def _first(row: Row) -> int:
    """The first cell of a row that has something in it."""
    return next((index for index, text in enumerate(row.cells) if text.strip()), 0)


def _unit(
    row: Row, columns: Columns, inputs: dict[str, Input], found: list[Diagnostic], ways: Ways
) -> FileUnit:
    """The unit in a row; an empty cell leaves an input out."""
    values: dict[str, Any] = {}
    beside: dict[str, dict[str, Any]] = {}
    wrong: set[str] = set()  # the inputs of which a finding was told
    for index, name in columns.inputs.items():
        text = row.cells[index].strip()
        if (fault := row.fault(index)) is not None:
            found.append(replace(fault, path=(name,)))
            wrong.add(name)
        elif text:
            values[name] = Plain(
                value(inputs[name], text, row.place(index), ways, as_text=row.as_text(index))
            )
    for index, (name, kind) in columns.beside.items():
        text = row.shown(row.cells[index]).strip()
        if (fault := row.fault(index) or too_long(text, row.place(index))) is not None:
            found.append(replace(fault, path=(name, kind)))
        elif text:
            beside.setdefault(name, {})[kind] = lines(text) if kind == "evidence" else text
    said = {label: _label(row, index, found) for label, index in columns.labels.items()}
    tally = {
        name: {"value": given, **beside[name]} if name in beside else given for name, given in values.items()
    }
    tally |= {name: texts for name, texts in beside.items() if name not in values and name not in wrong}
    places: dict[Path, int] = {
        **{(name,): index for index, name in columns.inputs.items()},
        **{named: index for index, named in columns.beside.items()},
        **{(label,): index for label, index in columns.labels.items()},
    }

    def place(finding: Diagnostic) -> Diagnostic:
        keys = (finding.path[:2], finding.path[:1], (dict(finding.args).get("name", ""),))
        index = next((places[key] for key in keys if key in places), 0)
        return replace(finding, place=row.place(index))

    return FileUnit(
        said.get("unit"),
        said.get("name"),
        tally,
        place,
        row.place(columns.labels["unit"]) if "unit" in columns.labels else None,
        columns.absent | wrong,
        said.get(VARIANT),
    )


def value(
    known: Input, text: str, place: Place, ways: Ways, *, as_text: bool = False, asked: bool = False
) -> str:
    """What an input takes for the text of a cell; a way of understanding it is counted.

    `as_text` says that a cell of a workbook is text and no number, and `asked` that a form asks for titles of
    options, 是 and 否.
    """
    meant, way = understood(known, text)
    if asked and (known.kind == "choice" or text in ASKED):
        return meant
    if way is None and known.kind in ("count", "number") and as_text and is_number(text):
        way = "numbers kept as text"
    if way is not None:
        ways.take(way, place)
    return meant


def too_long(text: str, place: Place) -> Diagnostic | None:
    """The finding that a cell has more characters than an evidence or a note may have."""
    return Diagnostic.of("GR123", place, limit=NOTE) if len(text) > NOTE else None


def lines(text: str) -> list[str]:
    """The evidence in a cell: each of its lines that has something in it."""
    return [line for line in map(str.strip, text.split("\n")) if line]


def _label(row: Row, index: int, found: list[Diagnostic]) -> str | None:
    if (fault := row.fault(index)) is not None:
        found.append(fault)
        return None
    return row.shown(row.cells[index]).strip() or None
