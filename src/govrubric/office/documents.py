"""A document's file -> the tables in it, by the reader for its kind."""

import os

from govrubric.diagnostics.diagnostic import Diagnostic, DraftError, UnreadableDocumentError
from govrubric.diagnostics.source import Place
from govrubric.document import files
from govrubric.document.package import SIZE_LIMIT, ZIP, Package, other_kind
from govrubric.office import csv, word
from govrubric.office.grids import Grid

_OFFICE = (".docx", ".docm", ".xlsx", ".xlsm")
_TEXT = ".csv"
_UNREADABLE = ("GR101", "GR102")


def tables_in(path: str | os.PathLike[str]) -> tuple[Grid, ...]:
    """Every table of a .docx, .xlsx or .csv, in the order of the document; at least one has text in it.

    Raises `DraftError` for what is refused, by name (`UnreadableDocumentError` for a file that the system
    does not hand over), and `ImportError`, with what to install, where a workbook is read without calamine.
    """
    data = files.read(path, SIZE_LIMIT)
    if isinstance(data, Diagnostic):
        raise (UnreadableDocumentError if data.code in _UNREADABLE else DraftError)([data])
    file = str(os.fspath(path))
    grids = _grids(file, data)
    if not any(cell.lines for grid in grids for row in grid.cells for cell in row):
        raise DraftError([Diagnostic.of("GR805", Place(file, 1, 1, 2, ""))])
    return grids


def _grids(file: str, data: bytes) -> tuple[Grid, ...]:
    place = Place(file, 1, 1, 2, "")
    if data.startswith(ZIP):
        return _of_package(Package(file, data, DraftError))
    if (finding := other_kind(file, data)) is not None:
        raise DraftError([finding])
    if file.lower().endswith(_OFFICE):
        reason = "it is no Word or Excel document" if data else "it is empty"
        raise DraftError([Diagnostic.of("GR802", place, reason=reason, part="")])
    if not file.lower().endswith(_TEXT):
        raise DraftError([Diagnostic.of("GR800", place, kind="a file of another kind")])
    return csv.grids_of(file, data)


def _of_package(package: Package) -> tuple[Grid, ...]:
    main_part = package.office_part()
    if main_part.startswith("word/"):
        return word.grids_of(package, main_part)
    if main_part.startswith("xl/"):
        return _of_workbook(package, main_part)
    raise package.refused(
        "GR800", kind="a presentation" if main_part.startswith("ppt/") else "a file of another kind"
    )


def _of_workbook(package: Package, main_part: str) -> tuple[Grid, ...]:
    try:
        from govrubric.office import excel
    except ImportError:
        raise ImportError("a workbook needs one more package: pip install 'govrubric[office]'") from None
    return excel.grids_of(package, main_part)
