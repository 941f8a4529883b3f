"""A form that was filled in -> its unit. docs/architecture.md says what a form has for it.

A form names its rubric, and has a name beside each cell to fill in, so that nothing goes by looks. What may
be changed in it by accident is refused: a formula that is gone, a row that stands twice or not at all, hidden
and merged cells. A formula in a cell to fill in is refused too, since its value may be out of date.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any, Literal

from govrubric.diagnostics.diagnostic import Diagnostic, Path, Related, TallyError
from govrubric.diagnostics.source import Place
from govrubric.document.nodes import Plain
from govrubric.document.workbook import At, Sheet, Workbook, area, cell_at, column_at
from govrubric.scoring.input_names import NearInputs
from govrubric.scoring.scorer import Scorer
from govrubric.tally_sheets.rows import EMPTY, unreadable
from govrubric.tally_sheets.sheets import MOST, lines, too_long, value
from govrubric.tally_sheets.units import FileUnit, Units
from govrubric.tally_sheets.values import Ways

Of = Literal["own", "official"]

HIDDEN_SHEET = "govrubric"
FORM = "1"  # the kind of form that is read here
FINDINGS = 20  # of a kind about a form
COMPUTED = 200_000  # cells that are looked at for their formulas
_KEYS = (
    "form",
    "rubric",
    "digest",
    "scoring_digest",
    "unit",
    "name",
    "own",
    "official",
    "value",
    "evidence",
    "note",
)
TO_FILL = ("value", "evidence", "note")  # the columns to fill in
NAMES = 1  # the hidden column with the names of inputs
_LETTERS = re.compile("[A-Z]{1,3}")


@dataclass(slots=True)
class _Form:
    """What the hidden sheet of a form says."""

    workbook: Workbook
    sheet: Sheet
    said: dict[str, str]
    rows: dict[str, int]
    computed: list[str] = field(default_factory=list)

    def damaged(self, key: str) -> TallyError:
        """The error that a form cannot be read, as what its hidden sheet says under a key is wrong."""
        return TallyError([self.about(key, "GR875", key=key)])

    def about(self, at: str, code: str, **arguments: object) -> Diagnostic:
        """A finding about what the hidden sheet says under a key."""
        return Diagnostic.of(code, self.place(at), **arguments)

    def place(self, key: str) -> Place:
        """Where the hidden sheet has what it says under a key."""
        return self.sheet.place(self.rows.get(key, 1), 2)

    def sheet_of(self, key: str) -> Sheet:
        """The sheet that a key names."""
        if (name := self.said[key]) not in self.workbook.names:
            raise self.damaged(key)
        return self.workbook.sheet(name)

    def column(self, key: str) -> int:
        """The column whose letters a key names."""
        if not _LETTERS.fullmatch(self.said[key]):
            raise self.damaged(key)
        return column_at(self.said[key])

    def cell(self, key: str) -> tuple[Sheet, At]:
        """The cell that a key names, as 自评填报!C2."""
        name, at = _within(self.said[key])
        if name not in self.workbook.names or (found := cell_at(at)) is None:
            raise self.damaged(key)
        return self.workbook.sheet(name), found


def unit_of(rubric: Scorer, workbook: Workbook, of: Of | None) -> Units:
    """The unit of a form: from the sheet of the assessor where it is filled in, or else from its own."""
    form = _form(workbook)
    if form.said["rubric"] != rubric._text.id:
        return Units(found=[form.about("rubric", "GR865", of=form.said["rubric"], id=rubric._text.id)])
    variant = form.said.get("variant") or None
    try:
        own = rubric._of_variant(variant)
    except TallyError as error:
        return Units(found=[replace(finding, place=form.place("variant")) for finding in error.diagnostics])
    if form.said["scoring_digest"] != own.scoring_digest:
        return Units(found=[form.about("scoring_digest", "GR866", id=rubric._text.id)])
    units = Units()
    if form.said["digest"] != own.digest:
        units.found.append(form.about("digest", "GR884", id=rubric._text.id))
    units.found += _overwritten(form)
    ways = Ways()
    label, unit = _label(form, "unit", units.found)
    name_place, name = _label(form, "name", units.found)
    asked = _asked(form, of)
    if of is None and asked == "official" and _is_filled(form, "own"):
        top = replace(form.sheet_of("official").place(1, 1), excerpt="")
        units.found.append(Diagnostic.of("GR883", top, read=form.said["official"], other=form.said["own"]))
    sheet = form.sheet_of(asked)
    rows = _rows(own, form, sheet, units.found)
    if not _is_filled(form, asked):
        units.found.append(Diagnostic.of("GR876", replace(sheet.place(1, 1), excerpt="")))
        return units
    places: dict[Path, Place] = {("unit",): label, ("name",): name_place, (): sheet.place(1, 1)}
    tally, said = _tally(own, form, sheet, rows, units.found, ways, places)
    units.units.append(FileUnit(unit, name, tally, _placer(places), label, said, variant))
    units.found += ways.told()
    return units


def _form(workbook: Workbook) -> _Form:
    """What a form says of itself; raises where its hidden sheet is damaged, or of another kind."""
    sheet = workbook.sheet(HIDDEN_SHEET)
    form = _Form(workbook, sheet, {}, {})
    for (row, column), cell in sorted(sheet.cells.items()):
        if column != 1:
            continue
        value = sheet.cells.get((row, 2), EMPTY).text
        if cell.text == "computed":
            form.computed.append(value)
        else:
            form.said[cell.text], form.rows[cell.text] = value, row
    for key in _KEYS:
        if key not in form.said:
            raise form.damaged(key)
    if form.said["form"] != FORM:
        raise form.damaged("form")
    return form


def _overwritten(form: _Form) -> Iterator[Diagnostic]:
    """The cells of the working that are formulas no more."""
    left, told = COMPUTED, 0
    for reference in form.computed:
        name, at = _within(reference)
        cells = area(at)
        if name not in form.workbook.names or cells is None:
            raise form.damaged("computed")
        first_row, first_column, last_row, last_column = cells
        left -= (last_row - first_row + 1) * (last_column - first_column + 1)
        if last_row < first_row or last_column < first_column or left < 0:
            raise form.damaged("computed")
        sheet = form.workbook.sheet(name)
        for row in range(first_row, last_row + 1):
            for column in range(first_column, last_column + 1):
                if not sheet.cells.get((row, column), EMPTY).formula and told < FINDINGS:
                    told += 1
                    yield Diagnostic.of("GR867", sheet.place(row, column))


def _within(reference: str) -> tuple[str, str]:
    """The sheet that a reference names, and what within it."""
    name, _, at = reference.rpartition("!")
    if name[:1] == "'" == name[-1:]:
        name = name[1:-1].replace("''", "'")
    return name, at


def _label(form: _Form, key: str, found: list[Diagnostic]) -> tuple[Place, str | None]:
    """The place of a label of the unit, and what it says."""
    sheet, at = form.cell(key)
    if (fault := unreadable(sheet, *at)) is not None:
        found.append(fault)
        return sheet.place(*at), None
    return sheet.place(*at), sheet.cells.get(at, EMPTY).text.strip() or None


def _asked(form: _Form, of: Of | None) -> Of:
    """Which sheet is read."""
    if of is not None:
        return of
    return "official" if _is_filled(form, "official") else "own"


def _is_filled(form: _Form, of: Of) -> bool:
    """Whether anything stands in a cell to fill in of a row that asks something."""
    sheet, column = form.sheet_of(of), form.column("value")
    return any(
        (row, column) in sheet.cells and bool(cell.text.strip())
        for (row, first), cell in sheet.cells.items()
        if first == NAMES
    )


def _rows(rubric: Scorer, form: _Form, sheet: Sheet, found: list[Diagnostic]) -> dict[str, int]:
    """The row of each input; told are rows that stand twice, that lost their name, or that are not there."""
    rows: dict[str, int] = {}
    named: set[int] = set()
    near = NearInputs(rubric._inputs)
    for (row, column), cell in sorted(sheet.cells.items()):
        name, place = cell.text.strip(), sheet.place(row, column)
        if column != NAMES or not name or (name not in rubric._inputs and not rows):
            continue  # above the first row that asks something stand headings
        if len(found) > MOST:
            break
        named.add(row)
        if name not in rubric._inputs:
            found.append(Diagnostic.of("GR601", place, (name,), name=name, near=near.nearest(name)))
        elif name in rows:
            first = Related("first", sheet.place(rows[name], NAMES))
            found.append(Diagnostic.of("GR869", place, (name,), (first,), name=name))
        else:
            rows[name] = row
    top = replace(sheet.place(1, 1), excerpt="")
    found += [Diagnostic.of("GR871", top, (name,), name=name) for name in rubric._inputs if name not in rows]
    columns = [form.column(key) for key in TO_FILL]
    begin = min(rows.values(), default=0)
    nameless = (
        at
        for at, cell in sorted(sheet.cells.items())
        if at[0] > begin and at[0] not in named and at[1] in columns and cell.text.strip()
    )
    found += [Diagnostic.of("GR870", sheet.place(*at)) for at in islice(nameless, FINDINGS)]
    found += [
        Diagnostic.of("GR874", sheet.place(*at), what="is merged with others")
        for at in islice(sheet.merged_over(sorted(named), columns), FINDINGS)
    ]
    return rows


def _tally(
    rubric: Scorer,
    form: _Form,
    sheet: Sheet,
    rows: dict[str, int],
    found: list[Diagnostic],
    ways: Ways,
    places: dict[Path, Place],
) -> tuple[dict[str, Any], frozenset[str]]:
    """What is filled in, with its places, and the inputs of which a finding was told."""
    tally: dict[str, Any] = {}
    said = set(rubric._inputs.keys() - rows.keys())
    columns = {key: form.column(key) for key in TO_FILL}
    for name, row in rows.items():
        parts: dict[str, Any] = {}
        for key, column in columns.items():
            at: Path = (name,) if key == "value" else (name, key)
            place = places[at] = sheet.place(row, column)
            text = sheet.cells.get((row, column), EMPTY).text.strip()
            fault = unreadable(sheet, row, column) or too_long(text, place)
            if fault is not None:
                found.append(replace(fault, path=at))
                said.add(name)
            elif text and key == "value":
                as_text = sheet.cells[row, column].kind == "text"
                parts[key] = Plain(
                    value(rubric._inputs[name], text, place, ways, as_text=as_text, asked=True)
                )
            elif text:
                parts[key] = lines(text) if key == "evidence" else text
        if name not in said and parts:
            tally[name] = parts
    return tally, frozenset(said)


def _placer(places: dict[Path, Place]) -> Callable[[Diagnostic], Diagnostic]:
    """A function that gives a finding about a unit its cell."""

    def place(finding: Diagnostic) -> Diagnostic:
        keys = (finding.path[:2], finding.path[:1], ())
        return replace(finding, place=next(places[key] for key in keys if key in places))

    return place
