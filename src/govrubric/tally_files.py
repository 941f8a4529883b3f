"""A file of tallies -> its units, and their score cards, with every finding placed: YAML, JSON, CSV or Excel.

It stands before the rubric, which reads such files too, so that it says of a rubric what it needs.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import PurePath
from typing import Any, TypeVar

from govrubric.diagnostics.bounded import few
from govrubric.diagnostics.diagnostic import (
    Diagnostic,
    Path,
    Related,
    TallyError,
    UnreadableTallyError,
    in_file_order,
)
from govrubric.diagnostics.source import Place
from govrubric.document import csv, files, json, likeness, yaml
from govrubric.document.nodes import Nodes, Plain
from govrubric.document.package import SIZE_LIMIT
from govrubric.language.fields import kind_of
from govrubric.lint.finding import placed
from govrubric.scoring.card import ScoreCard
from govrubric.scoring.input_names import NearInputs
from govrubric.scoring.scorer import Scorer, labels_of
from govrubric.scoring.tally import VARIANT, is_said, label, unit_said
from govrubric.scoring.unit import Tally, Unit
from govrubric.tables.columns import absent, input_names
from govrubric.tally_sheets import csv_sheets, workbooks
from govrubric.tally_sheets.forms import Of
from govrubric.tally_sheets.headings import CHINESE_LABELS, COLUMNS
from govrubric.tally_sheets.sheets import MOST
from govrubric.tally_sheets.units import FileUnit, Units

REMEMBERED = 100_000  # texts of a column
UNREADABLE = ("GR101", "GR102")  # the codes of files that cannot be opened
OTHER_WORKBOOKS = (".xls", ".et", ".ods", ".xlsb", ".numbers")  # that are no forms, but may be meant for one
LOCK = "~$"  # how the name begins of what a spreadsheet keeps beside a file that is open
UNITS = 1_000_000  # whose places are remembered


T = TypeVar("T")


def units(rubric: Scorer, path: str | os.PathLike[str]) -> tuple[Unit, ...]:
    """A file of tallies -> its units; raises `TallyError` with every finding of the file."""
    near = NearInputs(rubric._inputs)
    file = parse(rubric, path)
    file.units = known_by_file(file.units, path)

    def made(unit: FileUnit) -> Unit:
        own = rubric._of_variant(unit.variant)
        return own._unit(unit.tally, unit.unit, unit.name, near if own is rubric else None)

    return tuple(_all(rubric, file, made))


def read(rubric: Scorer, path: str | os.PathLike[str], *, strict: bool = False) -> list[ScoreCard]:
    """A file of tallies -> a score card for each unit; raises `TallyError` with every finding of the file."""
    return _all(rubric, parse(rubric, path), _scoring(rubric, strict=strict))


def scored(rubric: Scorer, tallies: Iterable[Tally | Unit]) -> list[tuple[FileUnit, ScoreCard]]:
    """Tallies built in Python, and units that were read -> each with its card.

    Raises `TallyError` with every finding, also of units that stand twice. The path of each begins with the
    code of its unit, or with the number of the tally, counted from 0, where it has none.
    """
    near = NearInputs(rubric._inputs)
    units = [_numbered(given, index) for index, given in enumerate(tallies)]
    cards = _all(rubric, Units(units), _scoring(rubric, strict=False, labelled=True, near=near))
    return list(zip(units, cards, strict=True))


def of_one(rubric: Scorer, scored: Iterable[tuple[FileUnit, ScoreCard]]) -> list[tuple[FileUnit, ScoreCard]]:
    """Units and their cards, all of the rubric itself; raises `TallyError` for one of a variant."""
    units = list(scored)
    others = [
        unit.place(Diagnostic.of("GR638", None, (VARIANT,), name=card.variant))
        for unit, card in units
        if card.rubric_digest != rubric.digest
    ]
    if others:
        raise TallyError(few(others), rubric._text.language)
    return units


def _numbered(given: Tally | Unit, index: int) -> FileUnit:
    known = given if isinstance(given, Unit) else Unit(None, None, given)
    code = known.unit or unit_said(known.tally)
    at = code or index

    def place(finding: Diagnostic) -> Diagnostic:
        return replace(finding, path=(at, *finding.path))

    return FileUnit(code, known.name, known.tally, place, variant=known.variant)


def _all(rubric: Scorer, file: Units, make: Callable[[FileUnit], T]) -> list[T]:
    """What is made of each unit of a file."""
    findings, made = [*file.found, *repeated(file.units)], []
    for result in _each(file.units, make):
        if isinstance(result, list):
            findings += result
        else:
            made.append(result)
    if any(finding.severity == "error" for finding in findings):
        unread = any(finding.code in UNREADABLE for finding in findings)
        kind = UnreadableTallyError if unread else TallyError
        raise kind(in_file_order(findings), rubric._text.language)
    return made


def score(
    rubric: Scorer, units: list[FileUnit], *, strict: bool = False, near: NearInputs | None = None
) -> Iterator[ScoreCard | list[Diagnostic]]:
    """Each unit's card, or its findings; the scoring ends after a thousand findings."""
    return _each(units, _scoring(rubric, strict=strict, near=near))


def _scoring(
    rubric: Scorer, *, strict: bool, labelled: bool = False, near: NearInputs | None = None
) -> Callable[[FileUnit], ScoreCard]:
    shared = near or NearInputs(rubric._inputs)

    def scored(unit: FileUnit) -> ScoreCard:
        own = rubric._of_variant(unit.variant)
        search = shared if own is rubric else None
        return own._scored(unit.tally, unit.unit, unit.name, strict=strict, labelled=labelled, near=search)

    return scored


def _each(units: list[FileUnit], make: Callable[[FileUnit], T]) -> Iterator[T | list[Diagnostic]]:
    """What is made of each unit, or its findings; it ends after a thousand findings."""
    number = 0
    for unit in units:
        if number > MOST:
            return
        if unit.said and not unit.tally:
            yield []  # all that is wrong with it was said of its file
            continue
        try:
            yield make(unit)
        except TallyError as error:
            findings = [
                unit.place(finding)
                for finding in error.diagnostics
                if finding.code != "GR602" or dict(finding.args)["name"] not in unit.said
            ]
            number += len(findings)
            yield findings


def known_by_file(units: list[FileUnit], path: str | os.PathLike[str]) -> list[FileUnit]:
    """The units of a file: one without a code that is alone in its file gets the name of that file."""
    if len(units) != 1 or units[0].unit:
        return units
    return [replace(units[0], unit=PurePath(os.fspath(path)).stem, label=None)]


def both(rubric: Scorer, path: str | os.PathLike[str]) -> tuple[Units, Units]:
    """A form, or a folder of forms -> what the units say of themselves, and what the assessors say."""
    return parse(rubric, path, of="own"), parse(rubric, path, of="official")


def parse(rubric: Scorer, path: str | os.PathLike[str], *, of: Of | None = None) -> Units:
    """The units of a file, or of all forms of a folder; of the rubric's checks, only that of columns is made.

    Of a form, the assessor's sheet is read where it is filled in, and else the unit's own; `of` names one.
    """
    if os.path.isdir(path):
        return _folder(rubric, os.fspath(path), of)
    return _file(rubric, os.fspath(path), of, None)


def _folder(rubric: Scorer, folder: str, of: Of | None) -> Units:
    """The units of every workbook in a folder and below it, in the order of their names."""
    units = Units()
    refused: list[str] = []
    others: list[str] = []
    blank: list[str] = []
    for place, names in files.below(folder, refused):
        for name in names:
            path = os.path.join(place, name)
            suffix = PurePath(name).suffix.lower()
            if suffix in OTHER_WORKBOOKS:
                units.found.append(Diagnostic.of("GR630", Place(path, 1, 1, 2, ""), suffix=suffix))
            elif suffix not in workbooks.ENDINGS:
                others.append(os.path.relpath(path, folder))
            elif not name.startswith(LOCK):
                file = _file(rubric, path, of, folder)
                if of is not None and _is_blank(file):
                    blank.append(os.path.relpath(path, folder))
                    continue
                units.units += known_by_file(file.units, path)
                units.found += file.found
    whole = Place(folder, 1, 1, 2, "")
    units.found += [
        Diagnostic.of("GR101", Place(path, 1, 1, 2, ""), reason="Permission denied") for path in refused
    ]
    for what, left_out in (("files", others), ("forms without an assessment of this side", blank)):
        if left_out:
            units.found.append(Diagnostic.of("GR882", whole, what=what, known=", ".join(left_out)))
    if not units.units and all(finding.severity == "note" for finding in units.found):
        units.found.append(Diagnostic.of("GR634", whole))
    return units


def _is_blank(file: Units) -> bool:
    """Whether a form is sound, but nothing is filled in on the sheet that was asked for."""
    return [one.code for one in file.found if one.severity == "error"] == ["GR876"]


def _file(rubric: Scorer, name: str, of: Of | None, within: str | None) -> Units:
    suffix = PurePath(name).suffix.lower()
    if suffix not in (".yaml", ".yml", ".json", ".csv", *workbooks.ENDINGS):
        return Units(found=[Diagnostic.of("GR630", Place(name, 1, 1, 2, ""), suffix=suffix or name)])
    is_workbook = suffix in workbooks.ENDINGS
    data = files.read(name, SIZE_LIMIT if is_workbook else files.RUBRIC_LIMIT, within=within)
    if isinstance(data, Diagnostic):
        return Units(found=[data])
    if is_workbook:
        units = workbooks.units_of(rubric, name, data, of)
    elif suffix == ".csv":
        units = csv_sheets.units_of(rubric, name, data)
    else:
        units = _nested(rubric, json.parse(name, data) if suffix == ".json" else yaml.parse(name, data))
        if (units.units or units.found) and not likeness.is_ours(data, rubric._inputs):
            units = Units(found=likeness.hidden(units.found, name, "a tally"))
    if not units.units and all(
        finding.severity == "note" or finding.code == "GR812" for finding in units.found
    ):
        units.found.append(Diagnostic.of("GR634", Place(name, 1, 1, 2, "")))
    return units


def repeated(units: Iterable[FileUnit]) -> Iterator[Diagnostic]:
    """The findings for units that were named before, in the same file or in another: the first thousand."""
    first: dict[str, Place | None] = {}
    yield from islice((finding for unit in units for finding in _named_before(unit, first)), MOST)


def _named_before(unit: FileUnit, first: dict[str, Place | None]) -> Iterator[Diagnostic]:
    if unit.unit is None:
        return
    if unit.unit in first:
        place = first[unit.unit]
        related = (Related("first", place),) if place else ()
        finding = Diagnostic.of("GR633", unit.label, (), related, unit=unit.unit)
        yield finding if unit.label else unit.place(replace(finding, path=("unit",)))
    elif len(first) < UNITS:
        first[unit.unit] = unit.label


def _nested(rubric: Scorer, nodes: Nodes) -> Units:
    """The units of a YAML or JSON file: a unit, or a list of units."""
    # A unit's code may look like a number with a leading zero, which needs no warning.
    units = Units(
        found=[
            finding
            for finding in nodes.found
            if finding.severity == "error" or finding.path[-1:] not in (("unit",), ("name",))
        ]
    )
    refused: dict[Path, list[Path]] = {}
    if isinstance(nodes.value, tuple):
        for finding in nodes.found:
            refused.setdefault(finding.path[:1], []).append(finding.path)
        for index, entry in enumerate(nodes.value):
            if len(units.found) > MOST:
                break
            _add_entry(units, rubric, nodes, (index,), entry, refused)
    else:
        refused[()] = [finding.path for finding in nodes.found]
        _add_entry(units, rubric, nodes, (), nodes.value, refused)
    return units


def _add_entry(
    units: Units, rubric: Scorer, nodes: Nodes, at: Path, entry: Any, refused: Mapping[Path, list[Path]]
) -> None:
    """Add the unit of an entry, and the findings about it.

    `refused` has what was refused when the file was parsed, by the paths of entries.
    """
    if entry is None:
        return
    if not isinstance(entry, dict):
        units.found.append(Diagnostic.of("GR613", nodes.place(at), at, kind=kind_of(entry)))
        return
    said = frozenset(".".join(map(str, path[len(at) :])) for path in refused.get(at, ()))
    keys = labels_of(rubric)
    labels: dict[str, str | None] = dict.fromkeys(keys)
    tally = dict(entry)
    for key in keys:
        if not is_said(rubric._inputs, key, entry.get(key)):
            continue
        value = tally.pop(key, None)
        # What cannot be seen was reported.
        text = label(key, files.blanked(value) if isinstance(value, str) else value)
        if isinstance(text, Diagnostic):
            units.found.append(placed(nodes, replace(text, path=(*at, key))))
        else:
            labels[key] = text
    place, variant = nodes.place((*at, "unit")), labels.get(VARIANT)
    units.units.append(
        FileUnit(labels["unit"], labels["name"], tally, _placer(nodes, at), place, said, variant)
    )


def _placer(nodes: Nodes, at: Path) -> Callable[[Diagnostic], Diagnostic]:
    """A function that gives a finding about the unit at a path its place in the file."""
    return lambda finding: placed(nodes, replace(finding, path=(*at, *finding.path)))


@dataclass(frozen=True, slots=True)
class Header:
    """The names of a table's columns, which of them are inputs, and the required inputs without a column."""

    row: csv.Row
    names: tuple[str, ...]
    inputs: tuple[tuple[int, str], ...]
    absent: frozenset[str]
    has_variants: bool = False

    @classmethod
    def of(cls, rubric: Scorer, row: csv.Row) -> "Header":
        names = tuple(cell.strip() for cell in row.cells)
        classes = rubric._classes()
        known = {name for one in classes for name in one._inputs}
        inputs = tuple((index, name) for index, name in enumerate(names) if name in known)
        has_variants = VARIANT in labels_of(rubric) and VARIANT in names
        return cls(row, names, inputs, missing(classes if has_variants else [rubric], names), has_variants)

    def unit(self, row: csv.Row) -> FileUnit:
        """The unit in a row; an empty cell leaves an input out."""
        tally: dict[str, Any] = {
            name: Plain(cell) for index, name in self.inputs if (cell := row.cells[index].strip())
        }
        label = row.cell(self.names.index("unit")) if "unit" in self.names else None
        return FileUnit(
            self._label(row, "unit"),
            self._label(row, "name"),
            tally,
            lambda finding: replace(finding, place=row.cell(self._index(finding))),
            label,
            self.absent,
            self._label(row, VARIANT) if self.has_variants else None,
        )

    def _label(self, row: csv.Row, name: str) -> str | None:
        if name not in self.names:
            return None
        return (
            files.blanked(row.cells[self.names.index(name)]).strip() or None
        )  # what cannot be seen was reported

    def _index(self, finding: Diagnostic) -> int:
        """The index of the column that a finding about a row is about, or else of the first."""
        name = str(finding.path[0] if finding.path else dict(finding.args).get("name"))
        return self.names.index(name) if name in self.names else 0


def csv_units(
    rubric: Scorer, name: str, lines: Iterable[str], *, carried: bool = False
) -> Iterator[Header | FileUnit | Diagnostic]:
    """The lines of a CSV file -> its header, its units, and what is wrong with it as a table.

    Every column must be an input, `unit` or `name`. Where others are `carried` along, only columns that were
    surely meant for an input are wrong.
    """
    header: Header | None = None
    foreign: list[Diagnostic] = []
    for row in csv.table(name, _own_lines(rubric, name, lines, foreign)):
        if isinstance(row, Diagnostic):
            yield row
        elif header is None:
            header = Header.of(rubric, row)
            yield header
            yield from islice(_columns(rubric, header, carried=carried), COLUMNS)
        else:
            yield header.unit(row)
    yield from foreign


def missing(classes: Sequence[Scorer], names: tuple[str, ...]) -> frozenset[str]:
    """The inputs that a unit of any class must have, and that have no column."""
    return frozenset.intersection(*(frozenset(absent(one._plan, names)) for one in classes))


def _own_lines(rubric: Scorer, name: str, lines: Iterable[str], foreign: list[Diagnostic]) -> Iterator[str]:
    """The lines of a table, unless the first that is not blank shows that it is a file of another kind."""
    begun = False
    for line in lines:
        if not begun and line.strip(", \t\n"):
            begun = True
            if not likeness.is_header(line, (*rubric._inputs, *labels_of(rubric), *CHINESE_LABELS)):
                foreign += likeness.hidden((), name, "a table of counts")
                return
        yield line


def _columns(rubric: Scorer, header: Header, *, carried: bool) -> Iterator[Diagnostic]:
    """The findings for columns that are no inputs, and for inputs without the column they must have."""
    labels = labels_of(rubric)
    known, every = input_names(rubric._plan, header.names), (*rubric._inputs, *labels)
    seen: set[str] = {name for _, name in header.inputs}
    for index, column in enumerate(header.names):
        if not column or column in seen or column in labels:
            continue
        seen.add(column)
        near = known.meant(column)
        if near is None and not carried:
            near = CHINESE_LABELS.get(column) or known.hints.nearest(column, every)
        if near is not None:
            yield Diagnostic.of("GR601", header.row.cell(index), (column,), name=column, near=near)
    for name in sorted(header.absent, key=list(rubric._inputs).index):
        yield Diagnostic.of("GR602", header.row.whole(), (name,), name=name)


def csv_findings(rubric: Scorer, path: str, *, carried: bool, limit: int | None = None) -> list[Diagnostic]:
    """Everything that is wrong with a CSV file of any size, as `read` finds it in a small one.

    With a `limit`, the reading ends with the first row after that number of characters.
    """
    findings: list[Diagnostic] = []
    good: dict[str, set[Any]] = {}
    near = NearInputs(rubric._inputs)
    first: dict[str, Place | None] = {}
    units = 0
    if (foreign := csv.other_encoding(path)) is not None:
        return [foreign]
    lines, characters = csv.lines_of(path), 0

    def counted() -> Iterator[str]:
        nonlocal characters
        for line in lines:
            characters += len(line)
            yield line

    try:
        for part in csv_units(rubric, path, counted(), carried=carried):
            if isinstance(part, Diagnostic):
                findings.append(part)
            elif isinstance(part, FileUnit):
                units += 1
                findings += _unit_findings(rubric, part, good, near)
                findings += _named_before(part, first)
                if limit is not None and characters > limit:
                    return in_file_order(findings)
            if len(findings) > MOST:
                break
        for _ in lines:  # to the end: a file in another encoding is reported as such, whatever else is wrong
            pass
    except UnicodeDecodeError:
        return [csv.not_utf8(path)]
    if not units and not findings:
        findings.append(Diagnostic.of("GR634", Place(path, 1, 1, 2, "")))
    return in_file_order(findings)


def _unit_findings(
    rubric: Scorer, unit: FileUnit, good: dict[str, set[Any]], near: NearInputs
) -> list[Diagnostic]:
    """What is wrong with a unit.

    A unit is not scored where each of its cells stood in a good unit before; `good` has the texts of these
    cells by input.
    """
    given = unit.tally.keys()
    full = all(name in given for name, input_ in rubric._inputs.items() if input_.required)
    if full and all(cell in good.get(name, ()) for name, cell in unit.tally.items()):
        return []
    # A batch carries the code and the name along as they are; only a card has limits for them.
    (card,) = score(rubric, [replace(unit, unit=None, name=None)], near=near)
    findings = card if isinstance(card, list) else []
    if not findings:
        for name, cell in unit.tally.items():
            texts = good.setdefault(name, set())
            if len(texts) < REMEMBERED:
                texts.add(cell)
    return findings
