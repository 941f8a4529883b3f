"""The file of a table -> a lazy frame of polars, and back; no file is held in memory as a whole.

The suffix of a file's name says what kind of table it is.
"""

import errno
import os
import re
import stat
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import PurePath
from typing import Any, Literal, TypeVar

from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.source import Place
from govrubric.document import csv
from govrubric.document.files import NOT_UTF8, is_utf8
from govrubric.tables import arrow_data, polars_frames
from govrubric.tables.engines import installed

Result = TypeVar("Result")
Kind = Literal["parquet", "csv", "arrow"]
KINDS: dict[str, Kind] = {
    ".parquet": "parquet",
    ".pq": "parquet",
    ".csv": "csv",
    ".arrow": "arrow",
    ".ipc": "arrow",
    ".feather": "arrow",
}
# The first bytes of files that are given for others.
BEGINNINGS = {
    b"PAR1": "Parquet",
    b"PARE": "Parquet (encrypted)",
    b"ARROW1": "Arrow",
    b"\xff\xff\xff\xff": "Arrow (stream)",
    b"FEA1": "Feather (version 1)",
    b"PK\x03\x04": "Word/Excel",
    b"\xd0\xcf\x11\xe0": "Word/Excel",
    b"\x1f\x8b": "gzip",
    b"SQLite": "SQLite",
}
UNPACKED = 50 << 20  # bytes of a row group, which is in memory as a whole
RATIO = 100  # how many times its file a larger row group may be
# Reading a schema raises the first without pyarrow, the next two for a file that is damaged or cannot be
# opened, and the last for a type or codec that pyarrow lacks. Whoever reads it then goes on without one.
NO_SCHEMA = (ImportError, ValueError, OSError, NotImplementedError)
NAMED = 20  # findings about the columns of a file
OS_ERROR = re.compile(r"\(os error (\d+)\)")


def kind_of(path: str) -> Kind | Diagnostic:
    """The kind of a table by its suffix, or the finding that no kind has this suffix."""
    suffix = PurePath(path).suffix.lower()
    return KINDS.get(suffix) or Diagnostic.of(
        "GR654", Place(path, 1, 1, 2, ""), suffix=suffix or PurePath(path).name or path
    )


def unreadable(path: str, kind: Kind) -> Diagnostic:
    """The finding that a file is damaged, or not of its kind."""
    what = {"parquet": "Parquet", "arrow": "Arrow", "csv": "CSV"}[kind]
    with open(path, "rb") as file:
        head = file.read(16)
    guess = next((name for start, name in BEGINNINGS.items() if head.startswith(start)), "")
    return Diagnostic.of("GR656", Place(path, 1, 1, 2, ""), what=what, guess="" if guess == what else guess)


def missing(path: str) -> Diagnostic | None:
    """The finding that there is no such file, or that it is no regular file."""
    place = Place(path, 1, 1, 2, "")
    if not is_utf8(path):  # the libraries that read tables take no other
        return Diagnostic.of("GR101", place, reason=NOT_UTF8)
    try:
        with open(path, "rb", opener=_without_waiting) as file:
            is_file = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
    except IsADirectoryError:
        is_file = False
    except (OSError, ValueError) as error:
        return Diagnostic.of("GR101", place, reason=getattr(error, "strerror", None) or str(error))
    return None if is_file else Diagnostic.of("GR102", place)


def _without_waiting(path: str, flags: int) -> int:
    """Open a file; a pipe that has no writer does not block."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def scanned(path: str, kind: Kind, names: Sequence[str] = (), before: int = 0) -> Any:
    """A file as a lazy frame.

    The cells of CSV are text, in columns with these `names`; the header stands after `before` lines.
    """
    pl = installed("polars", "frames")
    path = os.path.abspath(path)  # a name that begins with `~` or `s3:` is the name of a file
    if kind == "parquet":
        return pl.scan_parquet(path, glob=False, hive_partitioning=False)
    if kind == "arrow":
        return pl.scan_ipc(path, glob=False, hive_partitioning=False)
    return pl.scan_csv(path, glob=False, infer_schema=False, new_columns=list(names), skip_lines=before)


def sink(frame: Any, kind: Kind, path: str) -> None:
    """Compute a lazy frame and write it, piece by piece."""
    if kind == "parquet":
        frame.sink_parquet(path)
    elif kind == "arrow":
        frame.sink_ipc(path)
    else:
        # Without the byte order mark, the spreadsheets of most offices read the file in another encoding.
        frame.sink_csv(path, include_bom=True)


def harmless_cells(texts: Any) -> Any:
    """A column of texts, each made `csv.harmless`."""
    pl = installed("polars", "frames")
    changed = texts.filter(texts.str.contains(csv.CHANGED)).unique()
    if changed.is_empty():
        return texts
    return texts.replace(changed, pl.Series([csv.harmless(text) for text in changed], dtype=pl.String))


def harmless(frame: Any) -> Any:
    """The frame with every text, in cells and headers, made `csv.harmless`."""
    pl = installed("polars", "frames")
    schema = frame.collect_schema()
    taken, heads = set(schema.names()), []
    for name in schema.names():
        head = csv.harmless(name)
        while head != name and head in taken:  # two columns must not get the same name
            head = f"'{head}"
        taken.add(head)
        heads.append(head)
    # While the cells are changed, no column has a name that polars reads as a pattern.
    own = [f"c{index}" for index in range(len(heads))]
    named = polars_frames.literal(schema)
    safe = frame.select(column.alias(name) for column, name in zip(named, own, strict=True)).with_columns(
        pl.col(name).cast(pl.String).map_batches(harmless_cells, return_dtype=pl.String, is_elementwise=True)
        for name, dtype in zip(own, schema.values(), strict=True)
        if _is_text(pl, dtype)
    )
    return safe.rename(dict(zip(own, heads, strict=True)))


def _is_text(pl: Any, dtype: Any) -> bool:
    return dtype in (pl.String, pl.Categorical, pl.Enum)


def swollen(path: str, kind: Kind) -> list[Diagnostic]:
    """The finding that a small Parquet file would fill the memory, if pyarrow is there to tell."""
    if kind != "parquet":
        return []
    try:
        metadata = installed("pyarrow.parquet").read_metadata(path)
    except NO_SCHEMA:
        return []
    groups = (metadata.row_group(index).total_byte_size for index in range(metadata.num_row_groups))
    unpacked = max(groups, default=0)
    if unpacked <= max(UNPACKED, RATIO * os.path.getsize(path)):
        return []
    return [Diagnostic.of("GR660", Place(path, 1, 1, 2, ""), mib=unpacked >> 20, ratio=RATIO)]


def faults(path: str, kind: Kind, attempt: Callable[[Any], object]) -> list[Diagnostic]:
    """Why a file could not be used: the columns with which the attempt fails, or else the whole file."""
    frame, found = scanned(path, kind), list[Diagnostic]()
    place = Place(path, 1, 1, 2, "")
    try:
        names = attempted(frame.collect_schema).names()
    except UnreadError:
        found = [arrow_data.unheld(name, dtype, place) for name, dtype in _unheld(path, kind).items()]
        return found[:NAMED] or [unreadable(path, kind)]
    types = _unheld(path, kind)
    for name in names:
        try:
            attempted(partial(attempt, frame.select(*polars_frames.literal([name]))))
        except UnreadError as error:
            found.append(arrow_data.unheld(name, types.get(name, str(error)), place))
    if not names:
        return [Diagnostic.of("GR634", place)]
    return found[:NAMED] if len(found) < len(names) else [unreadable(path, kind)]


def _unheld(path: str, kind: Kind) -> dict[str, str]:
    """The columns whose types polars does not have, and these types, if pyarrow is there to tell them."""
    try:
        pa, parquet = installed("pyarrow"), installed("pyarrow.parquet")
        schema = parquet.read_schema(path) if kind == "parquet" else pa.ipc.open_file(path).schema
    except NO_SCHEMA:
        return {}
    return {field.name: str(field.type) for field in schema if not arrow_data.is_held(field.type)}


def flat(frame: Any, path: str) -> list[Diagnostic]:
    """The findings for the columns of a frame that CSV cannot hold."""
    pl = installed("polars", "frames")
    texts = (pl.String, pl.Categorical, pl.Enum)
    plain = (*texts, pl.Boolean, pl.Date, pl.Time, pl.Datetime, pl.Null)
    return [
        Diagnostic.of("GR655", Place(path, 1, 1, 2, ""), (name,), name=name, dtype=str(dtype))
        for name, dtype in frame.collect_schema().items()
        if not (dtype.is_numeric() or dtype in plain)
    ]


def rows(frame: Any) -> int:
    """The number of rows of a Parquet or Arrow file, which the file itself states."""
    pl = installed("polars", "frames")
    return int(frame.select(pl.len()).collect().item())


class UnreadError(Exception):
    """Polars cannot read or write a file; the message says why."""


def attempted(work: Callable[[], Result]) -> Result:
    """The result of the work.

    Raises:
        OSError: where the operating system refused it.
        UnreadError: where polars cannot read the file.
    """
    pl = installed("polars", "frames")
    try:
        return work()
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        number = OS_ERROR.search(str(error))
        if number and int(number[1]) != errno.EINVAL:  # EINVAL is the error for an empty file
            raise OSError(int(number[1]), os.strerror(int(number[1]))) from None
        raise UnreadError(str(error).strip().partition("\n")[0]) from None
