"""Rows on their way into a file -> their number, and how often each total, grade and finding occurred.

Polars hands on the pieces of a table as they are computed. Each piece is counted once, in the thread that
computed it.
"""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from threading import Lock
from typing import Any

from govrubric.batch import repeats
from govrubric.batch.summary import Group
from govrubric.tables.outputs import ERROR
from govrubric.tables.program import own_prefix
from govrubric.tables.scorer import Scoring

PIECES = 64  # whose counts are kept before they are added up
UNITS = "units"


class Passing:
    """Counts of the rows that have passed so far; when it is `stopped`, the next piece ends the work."""

    pl: Any
    total: str
    over: int
    hashed: bool
    by: list[str]
    row: list[str]
    rows: int
    codes: Counter[str]
    stopped: bool

    def __init__(self, scoring: Scoring, *, graded: bool) -> None:
        self.pl = scoring.engine.module
        total = scoring.outputs[0]
        self.total, self.over = scoring.names[0], total.den if total.places is None else 1
        self.hashed = False
        self.by = [self.total, *(["grade"] if graded else []), scoring.inputs.bad_name]
        # Where no column is read, a score is a constant, of which a piece has one row however many there are.
        self.row = [] if scoring.inputs.given else [f"{scoring.inputs.prefix}passing"]
        self.rows, self.codes, self.stopped = 0, Counter[str](), False
        self._counts: list[Any] = []
        self._units: list[Any] = []
        self._lock = Lock()

    def watched(self, frame: Any) -> Any:
        """The lazy frame, whose rows are counted when they pass; without the flag of wrong rows."""
        schema = frame.collect_schema()
        counted = [*self.by, *([ERROR] if schema.names()[-2] == ERROR else [])]
        for row in self.row:
            frame = frame.with_row_index(row)
            counted.append(row)
        self.hashed = repeats.countable(schema.get(repeats.UNIT))
        if self.hashed:
            counted.append(repeats.UNIT)
        total = self.pl.struct(counted).map_batches(
            self._count, return_dtype=schema[self.total], is_elementwise=True
        )
        return frame.with_columns(total.alias(self.total)).drop(self.by[-1], *self.row)

    def _count(self, series: Any) -> Any:
        """Count the rows of a piece; the totals come back as they are."""
        if self.stopped:
            raise KeyboardInterrupt
        pl, frame = self.pl, series.struct.unnest()
        counts = frame.group_by(self.by).agg(pl.len().cast(pl.Int64).alias(UNITS))
        errors = pl.Series(dtype=pl.String)
        if ERROR in frame.columns:
            errors = frame.get_column(ERROR).drop_nulls()
        in_row = errors.str.extract_all(r"(?:^|; )GR\d{3} ").list.eval(pl.element().str.slice(-6, 5))
        codes = in_row.list.unique().explode(empty_as_null=False)
        hashes = repeats.hashes(frame.get_column(repeats.UNIT)) if self.hashed else None
        with self._lock:
            self.rows += len(frame)
            if hashes is not None:
                self._units.append(hashes)
            self.codes.update(codes.to_list())
            self._counts.append(counts)
            if len(self._counts) >= PIECES:
                self._counts = [self._added_up()]
        return frame.get_column(self.total)

    def _added_up(self) -> Any:
        return self.pl.concat(self._counts).group_by(self.by).agg(self.pl.col(UNITS).sum())

    def repeated(self) -> Any:
        """The hashes of units that passed twice; None where none did."""
        return repeats.twice(self.pl.concat(self._units)) if self._units else None

    def groups(self) -> Iterator[Group]:
        """The number of units with each total and grade."""
        for row in self._added_up().to_dicts() if self._counts else ():
            total = None if row[self.total] is None else Fraction(row[self.total]) / self.over
            yield Group(total, row.get("grade"), row[self.by[-1]], row[UNITS])


class Cells:
    """Rows of a CSV file on their way in: blank rows are dropped, and the commas of all rows are counted.

    Only where the file has quotes (`quoted`) can a cell hold commas of its own.
    """

    pl: Any
    columns: int
    quoted: bool
    commas: int
    rows: int

    def __init__(self, pl: Any, columns: int, *, quoted: bool) -> None:
        self.pl, self.columns, self.quoted, self.commas, self.rows = pl, columns, quoted, 0, 0
        self._lock = Lock()

    def counted(self, frame: Any) -> Any:
        """The lazy frame without its blank rows; polars calls `_count` for the filter, with every row."""
        filled = self.pl.struct(self.pl.all()).map_batches(
            self._count, return_dtype=self.pl.Boolean, is_elementwise=True
        )
        # A filter that names every column itself takes time and memory by the square of their number.
        flag = f"{own_prefix(frame.collect_schema())}filled"
        return frame.with_columns(filled.alias(flag)).filter(self.pl.col(flag)).drop(flag)

    def _count(self, series: Any) -> Any:
        """Count the commas and rows of a piece; returns which rows are not blank."""
        pl, piece = self.pl, series.struct.unnest()
        within = 0
        if self.quoted:
            commas = pl.all().str.count_matches(",", literal=True)
            within = piece.select(pl.sum_horizontal(commas.sum())).item()
        filled = piece.select(_filled(pl.coalesce(pl.all()))).to_series()
        if not filled.all():
            filled = piece.select(pl.any_horizontal(_filled(pl.all()))).to_series()
        with self._lock:
            self.commas += len(piece) * (self.columns - 1) + within
            self.rows += int(filled.sum())
        return filled


def _filled(cells: Any) -> Any:
    return (cells.str.strip_chars() != "").fill_null(False)
