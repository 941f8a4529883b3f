"""A document's file -> the tables in it, by the reader for its kind."""

import os

from govrubric.diagnostics.diagnostic import Diagnostic, DraftError, UnreadableDocumentError
from govrubric.diagnostics.source import Place
from govrubric.document import files
from govrubric.office import csv, word
from govrubric.office.grids import Grid
from govrubric.office.package import SIZE_LIMIT, Package

# The first bytes of files that people take for tables, and what they are.
_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KINDS = (
    (b"%PDF", "a PDF"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"<", "a page of HTML or XML"),
    (b"MIME-Version", "a page of HTML or XML"),
)
# Names of streams in the older container; one with a password has a newer document in it.
_STREAMS = (
    ("WordDocument", "a .doc or .wps document"),
    ("Workbook", "an .xls or .et workbook"),
    ("Book", "an .xls or .et workbook"),
)
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
    if data.startswith(_ZIP):
        return _of_package(Package(file, data))
    if data.startswith(_OLE):
        if _named("EncryptedPackage") in data:
            raise DraftError([Diagnostic.of("GR801", place)])
        kind = next(
            (kind for name, kind in _STREAMS if _named(name) in data), "an older file of Office or WPS"
        )
        raise DraftError([Diagnostic.of("GR800", place, kind=kind)])
    start = data[:200].removeprefix(b"\xef\xbb\xbf").lstrip()
    for first, kind in _KINDS:
        if start.startswith(first):
            raise DraftError([Diagnostic.of("GR800", place, kind=kind)])
    if file.lower().endswith(_OFFICE):
        reason = "it is no Word or Excel document" if data else "it is empty"
        raise DraftError([Diagnostic.of("GR802", place, reason=reason, part="")])
    if not file.lower().endswith(_TEXT):
        raise DraftError([Diagnostic.of("GR800", place, kind="a file of another kind")])
    return csv.grids_of(file, data)


def _named(stream: str) -> bytes:
    return stream.encode("utf-16-le")


def _of_package(package: Package) -> tuple[Grid, ...]:
    if "mimetype" in package.parts:
        raise package.refused("GR800", kind="an OpenDocument file")
    if "_rels/.rels" not in package.parts:
        raise package.refused("GR800", kind="an archive")
    main_part = package.main_part()
    if main_part.endswith(".bin"):
        raise package.refused("GR800", kind="a binary workbook (.xlsb)")
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
