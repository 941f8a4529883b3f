"""A list of units, as CSV -> the units for which forms are written, and the name of the file of each."""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govrubric.diagnostics.diagnostic import Diagnostic, Related, TallyError
from govrubric.diagnostics.source import Place
from govrubric.document import csv, files
from govrubric.scoring.tally import VARIANT, label

NAME_LIMIT = 200  # bytes of a file's name; a disk takes 255, and a copy gets something added
_SAFE = re.compile(r"[\w.-]")


class FormUnit(NamedTuple):
    """A unit for which a form is written: its code, its name, where its code stands, and its variant."""

    unit: str
    name: str
    place: Place
    variant: str = ""


def units_of(path: str | os.PathLike[str], language: str = "en") -> list[FormUnit]:
    """The units of a CSV file with the columns `unit`, `name` and `variant`; others may stand beside them.

    Raises `TallyError` with all that is wrong.
    """
    name = os.fspath(path)
    data = files.read(path)
    text = data if isinstance(data, Diagnostic) else files.decode(name, data)
    if isinstance(text, Diagnostic):
        raise TallyError([text], language)
    found: list[Diagnostic] = []
    units: list[FormUnit] = []
    for part in _rows(csv.table(name, csv.lines(text))):
        if isinstance(part, Diagnostic):
            found.append(part)
        else:
            units.append(part)
    found += _repeated(units)
    if not units and not found:
        found.append(Diagnostic.of("GR634", Place(name, 1, 1, 2, "")))
    if found:
        raise TallyError(found, language)
    return units


def _rows(rows: Iterable[csv.Row | Diagnostic]) -> Iterator[FormUnit | Diagnostic]:
    """The unit of each row, or what is wrong with it."""
    columns: list[str] | None = None
    for row in rows:
        if isinstance(row, Diagnostic):
            yield row
        elif columns is None:
            columns = [cell.strip() for cell in row.cells]
            if "unit" not in columns:
                yield Diagnostic.of("GR852", row.whole())
                return
        else:
            yield _unit(row, columns)


def _unit(row: csv.Row, columns: list[str]) -> FormUnit | Diagnostic:
    code = columns.index("unit")
    unit, place = row.cells[code].strip(), row.cell(code)
    if not unit:
        return Diagnostic.of("GR853", row.place())
    said = label("unit", unit)
    if isinstance(said, Diagnostic):
        return Diagnostic(said.code, place, said.path, said.args)
    name, variant = (
        row.cells[columns.index(column)].strip() if column in columns else "" for column in ("name", VARIANT)
    )
    return FormUnit(unit, name, place, variant)


def _repeated(units: Iterable[FormUnit]) -> Iterator[Diagnostic]:
    first: dict[str, Place] = {}
    for unit in units:
        if unit.unit in first:
            yield Diagnostic.of(
                "GR633", unit.place, (), (Related("first", first[unit.unit]),), unit=unit.unit
            )
        first.setdefault(unit.unit, unit.place)


def file_names(form: str, units: Iterable[FormUnit], language: str = "en") -> dict[str, FormUnit]:
    """The paths of the forms of some units: that of `form`, with the unit's code before its ending.

    What could lead into another folder, or be no file name anywhere, is written as ``%`` and the digits of
    its bytes. Raises `TallyError` where two units would have one file on a disk that does not tell capital
    letters from small ones, or where a name is too long.
    """
    stem, suffix = os.path.splitext(form)
    named: dict[str, FormUnit] = {}
    alike: dict[str, str] = {}
    found = []
    for unit in units:
        path = f"{stem}-{_escaped(unit.unit)}{suffix}"
        length = len(os.fsencode(os.path.basename(path)))
        key = unicodedata.normalize("NFC", path).casefold()
        if length > NAME_LIMIT:
            found.append(Diagnostic.of("GR855", unit.place, (), length=length, limit=NAME_LIMIT))
        elif key in alike:
            file = os.path.basename(alike[key])
            found.append(Diagnostic.of("GR854", unit.place, (), unit=unit.unit, file=file))
        alike.setdefault(key, path)
        named[path] = unit
    if found:
        raise TallyError(found, language)
    return named


def _escaped(code: str) -> str:
    return "".join(one if _SAFE.fullmatch(one) else _bytes(one) for one in code)


def _bytes(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "surrogatepass"))
