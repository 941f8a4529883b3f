"""The file of a table -> a lazy frame of polars, and back; no file is held in memory as a whole."""

import errno
import os
import re
import stat
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from govrubric.batch.kinds import Kind
from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.diagnostics.source import Place
from govrubric.document import csv
from govrubric.tables.engines import installed

Done = TypeVar("Done")
OS_ERROR = re.compile(r"\(os error (\d+)\)")


def missing(path: str) -> Diagnostic | None:
    """That there is no such file, or that it is none to be read."""
    try:
        with open(
            path, "rb", opener=lambda name, flags: os.open(name, flags | getattr(os, "O_NONBLOCK", 0))
        ) as file:
            return (
                None
                if stat.S_ISREG(os.fstat(file.fileno()).st_mode)
                else Diagnostic.of("GR102", Place(path, 1, 1, 2, ""))
            )
    except IsADirectoryError:
        return Diagnostic.of("GR102", Place(path, 1, 1, 2, ""))
    except (OSError, ValueError) as error:
        return Diagnostic.of(
            "GR101", Place(path, 1, 1, 2, ""), reason=getattr(error, "strerror", None) or str(error)
        )


def scanned(path: str, kind: Kind, names: Sequence[str] = (), before: int = 0) -> Any:
    """A file as a lazy frame; the cells of CSV are text, under these `names`, after so many lines `before` the header."""
    pl = installed("polars", "frames")
    path = os.path.abspath(path)  # so that neither `~` nor `s3:` at its beginning means anything
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
        # Without the mark, the spreadsheets of most offices read a file in another encoding.
        frame.sink_csv(path, include_bom=True)


def harmless(frame: Any) -> Any:
    """The frame with every text, in a cell or header, made `csv.harmless`."""
    pl = installed("polars", "frames")

    def cells(texts: Any) -> Any:
        changed = texts.filter(texts.str.contains(csv.CHANGED)).unique()
        if changed.is_empty():
            return texts
        return texts.replace(changed, pl.Series([csv.harmless(text) for text in changed], dtype=pl.String))

    schema = frame.collect_schema()
    safe = frame.with_columns(
        pl.col(name).cast(pl.String).map_batches(cells, return_dtype=pl.String, is_elementwise=True)
        for name, dtype in schema.items()
        if _is_text(pl, dtype)
    )
    taken, heads = set(schema.names()), {}
    for name in schema.names():
        head = csv.harmless(name)
        if head != name:
            while head in taken:  # two columns never become one
                head = f"'{head}"
            taken.add(head)
            heads[name] = head
    return safe.rename(heads)


def _is_text(pl: Any, dtype: Any) -> bool:
    return dtype in (pl.String, pl.Categorical, pl.Enum)


def flat(frame: Any, path: str) -> list[Diagnostic]:
    """The columns of a frame that no CSV can hold."""
    pl = installed("polars", "frames")
    held = {
        name: dtype
        for name, dtype in frame.collect_schema().items()
        if dtype.is_nested() or dtype in (pl.Binary, pl.Object)
    }
    return [
        Diagnostic.of("GR655", Place(path, 1, 1, 2, ""), (name,), name=name, dtype=str(dtype))
        for name, dtype in held.items()
    ]


def rows(frame: Any) -> int:
    """How many rows a file has that says it itself."""
    pl = installed("polars", "frames")
    return int(frame.select(pl.len()).collect().item())


class UnreadError(Exception):
    """Polars cannot read a file."""


def attempted(work: Callable[[], Done]) -> Done:
    """What the work gives.

    Raises:
        OSError: where the system refused it.
        UnreadError: where polars cannot read the file.
    """
    pl = installed("polars", "frames")
    try:
        return work()
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        number = OS_ERROR.search(str(error))
        if number and int(number[1]) != errno.EINVAL:  # what it says of a file that is empty
            raise OSError(int(number[1]), os.strerror(int(number[1]))) from None
        raise UnreadError from None
