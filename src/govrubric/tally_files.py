"""A file of tallies -> score cards: one unit or many, as YAML, JSON or CSV, with every finding placed."""

import csv
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from io import StringIO
from itertools import islice
from pathlib import PurePath
from typing import Any

from govrubric.diagnostics.diagnostic import Diagnostic, Path, Related, TallyError, in_file_order
from govrubric.diagnostics.near import nearest
from govrubric.diagnostics.source import Place, Source
from govrubric.document import files
from govrubric.document import json as jsontext
from govrubric.document.nodes import Nodes, Plain
from govrubric.document.yaml import parse as parse_yaml
from govrubric.language.fields import kind_of
from govrubric.lint.finding import placed
from govrubric.rubric import Rubric
from govrubric.scoring.card import ScoreCard

# A cell, with quotes only if it begins with one; the look behind keeps each behind its comma.
_CELL = re.compile(r'(?:(?<=^)|(?<=,))(?:"(?:[^"]|"")*"|[^,]*)')
MOST = 1000  # findings, behind which a table is not read on: it is another kind of file
COLUMNS = 200  # findings about the header of one table
LABELS = ("unit", "name")
CHINESE_LABELS = {
    "单位": "unit",
    "编号": "unit",
    "单位编号": "unit",
    "代码": "unit",
    "名称": "name",
    "单位名称": "name",
    "地区": "name",
    "部门": "name",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit as its file gives it.

    `place` finds what a finding about it speaks of; of the names in `said` it was said already that they are missing.
    """

    unit: str | None
    name: str | None
    tally: dict[str, Any]
    place: Callable[[Diagnostic], Diagnostic]
    label: Place | None = None
    said: frozenset[str] = frozenset()


@dataclass(slots=True)
class Units:
    """The units of a file, and what was found while it was read."""

    units: list[Unit] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)


def read(rubric: Rubric, path: str | os.PathLike[str], *, strict: bool = False) -> list[ScoreCard]:
    """A file of tallies -> a score card for each unit; raises `TallyError` with every finding of the file."""
    units = parse(rubric, path)
    found, cards = [*units.found, *repeated(units.units)], []
    for done in score(rubric, units.units, strict=strict):
        if isinstance(done, ScoreCard):
            cards.append(done)
        else:
            found += done
    if any(one.severity == "error" for one in found):
        raise TallyError(in_file_order(found), rubric.text.language)
    return cards


def score(
    rubric: Rubric, units: list[Unit], *, strict: bool = False
) -> Iterator[ScoreCard | list[Diagnostic]]:
    """Each unit's card, or its findings; behind a thousand findings nobody reads on."""
    found = 0
    for unit in units:
        if found > MOST:
            return
        try:
            yield rubric.score(unit.tally, unit=unit.unit, name=unit.name, strict=strict)
        except TallyError as error:
            findings = [
                unit.place(one)
                for one in error.diagnostics
                if one.code != "GR602" or dict(one.args)["name"] not in unit.said
            ]
            found += len(findings)
            yield findings


def parse(rubric: Rubric, path: str | os.PathLike[str]) -> Units:
    """The units of a file, not yet checked against the rubric but for the columns of a table."""
    name = os.fspath(path)
    suffix = PurePath(name).suffix.lower()
    if suffix not in (".yaml", ".yml", ".json", ".csv"):
        return Units(found=[Diagnostic.of("GR630", Place(name, 1, 1, 2, ""), suffix=suffix or name)])
    data = files.read(path)
    if isinstance(data, Diagnostic):
        return Units(found=[data])
    if suffix == ".csv":
        units = _table(rubric, name, data)
    else:
        units = _nested((jsontext.parse if suffix == ".json" else parse_yaml)(name, data))
    if not units.units and not units.found:
        units.found.append(Diagnostic.of("GR634", Place(name, 1, 1, 2, "")))
    return units


def repeated(units: list[Unit]) -> Iterator[Diagnostic]:
    """Units that were named before, in the same file or in another."""
    seen: dict[str, Place | None] = {}
    for unit in units:
        if unit.unit is not None and unit.unit in seen:
            first = seen[unit.unit]
            yield Diagnostic.of(
                "GR633", unit.label, (), (Related("first", first),) if first else (), unit=unit.unit
            )
        elif unit.unit is not None:
            seen[unit.unit] = unit.label


def _nested(nodes: Nodes) -> Units:
    # A unit's code may look like a number with a zero in front; that is no surprise worth a warning.
    units = Units(
        found=[
            one
            for one in nodes.found
            if one.severity == "error" or one.path[-1:] not in (("unit",), ("name",))
        ]
    )
    value = nodes.value
    if value is None:
        return units
    for at, one in (
        [((index,), one) for index, one in enumerate(value)] if isinstance(value, tuple) else [((), value)]
    ):
        if not isinstance(one, dict):
            if one is not None:
                units.found.append(Diagnostic.of("GR613", nodes.place(at), at, kind=kind_of(one)))
            continue
        said = frozenset(
            ".".join(map(str, found.path[len(at) :])) for found in nodes.found if found.path[: len(at)] == at
        )
        labels: dict[str, str | None] = dict.fromkeys(LABELS)
        tally = dict(one)
        for key in LABELS:
            if isinstance(one.get(key), (str, tuple)):
                label = tally.pop(key)
                if isinstance(label, tuple):
                    units.found.append(
                        Diagnostic.of(
                            "GR636", nodes.place((*at, key)), (*at, key), key=key, kind=kind_of(label)
                        )
                    )
                else:
                    labels[key] = str(label) or None
        units.units.append(
            Unit(labels["unit"], labels["name"], tally, _placer(nodes, at), nodes.place((*at, "unit")), said)
        )
    return units


def _placer(nodes: Nodes, at: Path) -> Callable[[Diagnostic], Diagnostic]:
    return lambda one: placed(nodes, replace(one, path=(*at, *one.path)))


def _table(rubric: Rubric, name: str, data: bytes) -> Units:
    text = files.decode(name, data)
    if isinstance(text, Diagnostic):
        return Units(found=[text])
    source = Source.of(name, text)
    units = Units(found=files.unseen(source, text))
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    header: list[str] = []
    while True:
        first = reader.line_num
        try:
            row = next(reader)
        except StopIteration:
            return units
        except csv.Error:
            units.found.append(Diagnostic.of("GR635", source.place(first, 0)))
            return units
        if not any(cell.strip() for cell in row):
            continue
        if len(units.found) > MOST:
            return units
        if not header:
            header = [cell.strip() for cell in row]
            units.found += islice(_columns(rubric, header, source, first), COLUMNS)
            if any(one.code == "GR635" for one in units.found):
                return units
        elif len(row) != len(header):
            units.found.append(
                Diagnostic.of("GR632", source.place(first, 0), cells=len(row), columns=len(header))
            )
        else:
            units.units.append(_row(rubric, header, row, source, first))


def _columns(rubric: Rubric, header: list[str], source: Source, line: int) -> Iterator[Diagnostic]:
    if len(header) == 1 and (mark := next((mark for mark in ";\t；，" if mark in header[0]), None)):
        yield Diagnostic.of("GR635", source.place(line, source.lines[line].index(mark)))
        return
    seen: set[str] = set()
    for index, column in enumerate(header):
        place = _cell(source, line, index)
        if not column:
            yield Diagnostic.of("GR637", place)
        elif column in seen:
            yield Diagnostic.of("GR631", place, (column,), name=column)
        elif column not in rubric.inputs and column not in LABELS:
            near = CHINESE_LABELS.get(column) or nearest(column, (*rubric.inputs, *LABELS))
            yield Diagnostic.of("GR601", place, (column,), name=column, near=near)
        seen.add(column)
    for name in _absent(rubric, header):
        yield Diagnostic.of("GR602", source.place(line, 0, line, len(source.lines[line])), (), name=name)


def _absent(rubric: Rubric, header: list[str]) -> list[str]:
    """Inputs that must be given and have no column: said once, and not again of every row."""
    excused = rubric.plan.excused  # a row may say that the item does not apply
    return [
        name
        for name, one in rubric.inputs.items()
        if one.required and name not in header and name not in excused
    ]


def _row(rubric: Rubric, header: list[str], row: list[str], source: Source, line: int) -> Unit:
    cells = {column: cell.strip() for column, cell in zip(header, row, strict=True)}
    tally = {column: Plain(cell) for column, cell in cells.items() if cell and column in rubric.inputs}

    def place(one: Diagnostic) -> Diagnostic:
        column = one.path[0] if one.path else dict(one.args).get("name")
        index = header.index(str(column)) if column in header else 0
        return replace(one, place=_cell(source, line, index))

    label = _cell(source, line, header.index("unit")) if "unit" in header else None
    return Unit(
        cells.get("unit") or None,
        cells.get("name") or None,
        tally,
        place,
        label,
        frozenset(_absent(rubric, header)),
    )


def _cell(source: Source, line: int, index: int) -> Place:
    """Where a cell of a row begins and ends; in a row of several lines, where the row begins."""
    text = source.lines[line]
    for number, match in enumerate(_CELL.finditer(text)):
        if number == index:
            return source.place(line, match.start(), line, max(match.end(), match.start() + 1))
    return source.place(line, 0)
