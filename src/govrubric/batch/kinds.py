"""The name of a file -> what kind of table is in it."""

from pathlib import PurePath
from typing import Literal

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.source import Place

Kind = Literal["parquet", "csv", "arrow"]
KINDS: dict[str, Kind] = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".csv": "csv",
    ".arrow": "arrow",
    ".ipc": "arrow",
    ".feather": "arrow",
}


def kind_of(path: str) -> Kind | Diagnostic:
    """The kind of a table by its suffix, or that there is none for it."""
    suffix = PurePath(path).suffix.lower()
    return KINDS.get(suffix) or Diagnostic.of(
        "GR654", Place(path, 1, 1, 2, ""), suffix=suffix or PurePath(path).name or path
    )


def unreadable(path: str, kind: Kind) -> Diagnostic:
    """That a file is none of its kind, or damaged."""
    what = {"parquet": "Parquet", "arrow": "Arrow", "csv": "CSV"}[kind]
    return Diagnostic.of("GR656", Place(path, 1, 1, 2, ""), what=what)
