"""Tables in memory and in files: odd names, odd types, damaged files, cells that a spreadsheet would compute."""

import csv
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet

from hostile.case import Build, Case

RUBRIC = """\
govrubric: 1
id: small
title: Small form
language: en
total: 10
round: {places: 1, mode: half_up}
facts:
  class: {choice: [A, B]}
indicators:
  - id: work
    title: Work
    weight: 7
    rules:
      - {id: late, deduct: 1}
      - {id: missing, deduct: 0.5, per: case}
      - {id: second, deduct: 1, when: 'class == "B"'}
  - id: bonus
    title: Bonus
    weight: 3
    rules:
      - {id: judged, judge: 3, step: 0.5}
"""
COUNTED = (
    RUBRIC[: RUBRIC.index("facts:")]
    + RUBRIC[RUBRIC.index("indicators:") : RUBRIC.index("      - {id: second")]
)
COUNTED = COUNTED.replace("weight: 7", "weight: 10")
# a: 7 - 1 - 4 x 0.5 + 0.5 = 4.5. b: 7 + 3 = 10.
UNITS: dict[str, Any] = {
    "unit": ["a", "b"],
    "class": ["A", "A"],
    "work.late": [True, False],
    "work.missing": [4, 0],
    "bonus.judged": [Decimal("0.5"), Decimal("3.0")],
}
TOTALS = "totals 4.5 10.0"

PYTHON = f"""
import sys
from decimal import Decimal
from fractions import Fraction
import duckdb, govrubric, numpy as np, pandas as pd, polars as pl, pyarrow as pa

rubric, counted = govrubric.loads({RUBRIC!r}), govrubric.loads({COUNTED!r})
units = {UNITS!r}

class Capsule:
    def __init__(self, table):
        self.table = table
    def __arrow_c_stream__(self, requested_schema=None):
        return self.table.__arrow_c_stream__(requested_schema)

class Evil:
    def __str__(self):
        raise RuntimeError("called")
    __repr__ = __str__

def arrow(**columns):
    return pa.table(units | {{name.replace("__", "."): column for name, column in columns.items()}})

def pandas(**columns):
    return pd.DataFrame(units | {{name.replace("__", "."): column for name, column in columns.items()}})

def objects(*cells):
    return pd.Series(cells, dtype=object)

def text(*cells):
    ends = np.cumsum([0, *map(len, cells)]).astype(np.int32).tobytes()
    return pa.Array.from_buffers(pa.string(), len(cells), [None, pa.py_buffer(ends), pa.py_buffer(b"".join(cells))])

def score(table, of=rubric, **more):
    try:
        scored = of.score_frame(table, **more)
    except govrubric.TallyError as error:
        for one in error.diagnostics:
            print(one.render())
        sys.exit(1)
    if isinstance(scored, pl.LazyFrame):
        scored = scored.collect()
    if isinstance(scored, duckdb.DuckDBPyRelation):
        totals = [row[0] for row in scored.project("total").fetchall()]
    elif isinstance(scored, pa.Table):
        totals = scored["total"].to_pylist()
    else:
        totals = list(scored["total"])
    print("totals", *totals)
"""


def python(name: str, expression: str, *says: str, fast: bool = False) -> Case:
    """A table made by an expression of Python; it is scored if what it says begins with ``totals``."""
    scored = says[0].startswith("totals")
    return Case(
        name,
        ("python", "-c", f"{PYTHON}\nscore({expression})"),
        exit=0 if scored else 1,
        says=says,
        never=("panicked",) if scored else ("panicked", "totals"),
        honest="batch",
        fast=fast,
    )


def inside(*, rubric: str = RUBRIC, **files: Any) -> Build:
    """A builder that writes the rubric and tables; what is no table of Arrow is bytes. `_` stands for a dot."""

    def build(folder: Path) -> None:
        (folder / "r.yaml").write_text(rubric, "utf-8")
        for name, content in files.items():
            write(folder / name.replace("_", "."), content() if callable(content) else content)

    return build


def write(path: Path, content: Any) -> None:
    """A table of Arrow in the format of its suffix, or bytes as they are."""
    path.parent.mkdir(exist_ok=True)
    if isinstance(content, bytes):
        path.write_bytes(content)
    elif path.suffix == ".parquet":
        with path.open("wb") as file:
            pyarrow.parquet.write_table(content, file, compression="zstd")
    elif path.suffix == ".csv":
        with path.open("wb") as file:
            pl.DataFrame(content).write_csv(file)
    else:
        with path.open("wb") as file, pa.ipc.new_file(file, content.schema) as writer:
            writer.write_table(content)


def table(**columns: Any) -> pa.Table:
    """The units with other columns; two underscores stand for a dot."""
    return pa.table(UNITS | {name.replace("__", "."): column for name, column in columns.items()})


def parquet(**columns: Any) -> bytes:
    file = BytesIO()
    pyarrow.parquet.write_table(table(**columns), file, compression="none")
    return file.getvalue()


def without(*names: str) -> pa.Table:
    return table().drop_columns(list(names))


def batch(
    name: str,
    build: Build,
    *says: str,
    read: str = "in.parquet",
    out: str = "out.parquet",
    engine: str = "polars",
    after: Callable[[Path], object] | None = None,
    code: int = 1,
    **more: Any,
) -> Case:
    """A file that `batch` reads; where it is refused, nothing is written."""

    def nothing_written(folder: Path) -> None:
        assert not (folder / out).exists(), f"{out} was written"

    def written(folder: Path) -> None:
        assert (folder / out).exists(), f"{out} was not written"

    return Case(
        name,
        ("batch", "r.yaml", read, out, "--engine", engine, "--lang", "en"),
        build,
        code,
        says,
        never=("panicked",),
        honest="batch",
        after=after or (nothing_written if code else written),
        **more,
    )


def named_as(name: str) -> Build:
    """A builder with a file whose name libraries read as a pattern, and others that the pattern would match."""

    def build(folder: Path) -> None:
        inside()(folder)
        path = folder / name
        write(path, table())
        decoy = table(work__missing=[0, 0])
        for other in ("a", "x1", "units"):
            write(path.with_name(other + path.suffix), decoy)

    return build


def kept(*names: str, out: str = "out.parquet") -> Callable[[Path], None]:
    """A check that the written table has these columns with their cells, beside the right totals."""

    def check(folder: Path) -> None:
        with (folder / out).open("rb") as file:
            made = pyarrow.parquet.read_table(file)
        assert list(map(str, made["total"].to_pylist())) == ["4.5", "10.0"], made["total"]
        for name in names:
            assert made[name].to_pylist() == ["p", "q"], name

    return check


def cells_are_text(folder: Path) -> None:
    """No cell of the written CSV begins as a formula."""
    assert (folder / "out.csv").exists(), "out.csv was not written"
    with (folder / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file):
            for cell in row:
                assert cell.lstrip()[:1] not in tuple("=+@＝＋－＠"), row
                assert not cell.startswith(("\t", "\r", "\n")), row


def bomb() -> pa.Table:
    return pa.table(UNITS | {"note": ["x" * 200_000_000, ""]})


def cut(data: Callable[[], bytes], end: int) -> Callable[[], bytes]:
    return lambda: data()[:end]


def arrow_bytes(content: pa.Table, *, stream: bool = False) -> bytes:
    file = BytesIO()
    with (pa.ipc.new_stream if stream else pa.ipc.new_file)(file, content.schema) as writer:
        writer.write_table(content)
    return file.getvalue()


FORMULAS = [
    "=1+1",
    "+1",
    "-x",
    "@a",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u3000=1",
    "\xa0@a",
]
REE = "pa.RunEndEncodedArray.from_arrays(pa.array([1, 2], pa.int32()), pa.array([4, 0]))"
UNION = "pa.UnionArray.from_dense(pa.array([0, 1], pa.int8()), pa.array([0, 0], pa.int32()), [pa.array([1]), pa.array(['x'])])"
WIDE = {f"x{index}": pa.array([1, 2]) for index in range(1500)}

NAMES = [
    python("a struct that holds an input", 'pl.DataFrame(units | {"work": [{"missing": 9}] * 2}).drop("work.missing")', "GR657", "`work.missing`", fast=True),
    python("a struct in a list that holds an input, in DuckDB", "duckdb.from_arrow(arrow(tally=[[{'work.missing': 9}]] * 2).drop_columns(['work.missing']))", "GR657"),
    python("mappings in a column of pandas", "pandas(data=objects({'work': {'missing': 9}}, {})).drop(columns='work.missing')", "GR657"),
    python("a list with the name of an indicator", "pa.table({'work': [[4], [0]]}), counted", "GR657"),
    python("columns of several levels in pandas", "pd.DataFrame({('x', name): cells for name, cells in units.items()})", "GR601", "work.missing", fast=True),
    python("a label that is a tuple", "pandas().rename(columns={'work.missing': ('work', 'missing')})", "GR601", "did you mean `work.missing`"),
    python("a label of bytes", "pandas().rename(columns={'work.missing': b'work.missing'})", "GR601", "did you mean `work.missing`"),
    python("a label whose text cannot be had", "pd.DataFrame(units | {Evil(): [1, 2]})", TOTALS),
    python("an input in the index of pandas", "pandas().set_index(['unit', 'work.missing'])", TOTALS, fast=True),
    python("a slip in the index of pandas", "pandas().set_index('work.missing').rename_axis('Missing')", "GR601", "`work.missing`"),
    python("a unit in the index of pandas", "pandas(work__missing=[-4, 0]).set_index('unit')", "GR604", "row 1 (a)"),
    python("an input in the index and in a column", "pandas().set_index('work.missing', drop=False)", "GR631"),
    python("names that are patterns, in polars", "pl.DataFrame(units | {'*': [1, 2], '^.*$': [3, 4], '^unit$': [5, 6]})", TOTALS, fast=True),
    python("names that are patterns, in DuckDB", "duckdb.from_arrow(pa.table(units | {'*': [1, 2], '^.*$': [3, 4]}))", TOTALS),
    python("a column twice in what exports Arrow data", "Capsule(pa.table([*arrow().columns, arrow()['unit']], [*units, 'unit']))", "GR631"),
    python("20 000 columns of one name in Arrow", "pa.table([pa.array(['a'])] * 20_000, ['unit'] * 20_000)", "GR631"),
    python("1 500 columns in DuckDB", "duckdb.from_arrow(arrow(**{f'x{index}': [1, 2] for index in range(1500)}))", TOTALS),
]  # fmt: skip
TYPES = [
    python("run-end encoding", f"arrow(work__missing={REE})", TOTALS),
    python("run-end encoding in what exports Arrow data", f"Capsule(arrow(work__missing={REE}))", TOTALS),
    python("decimals of 32 bits in what exports Arrow data", "Capsule(arrow(bonus__judged=pa.array(units['bonus.judged'], pa.decimal32(4, 1))))", TOTALS),
    python("decimals with a negative scale", "Capsule(arrow(work__missing=pa.array([Decimal(10), Decimal(0)], pa.decimal128(5, -1))))", "totals 1.5 10.0"),
    python("a decimal of 256 bits that is carried along", "Capsule(arrow(other=pa.array([Decimal(10) ** 50] * 2)))", "GR658", "decimal256", fast=True),
    python("an interval for a count", "arrow(work__missing=pa.array([pa.MonthDayNano([1, 2, 3])] * 2))", "GR651", "make whole numbers of it"),
    python("an interval in what exports Arrow data", "Capsule(arrow(other=pa.array([pa.MonthDayNano([1, 2, 3])] * 2)))", "GR658"),
    python("a union for a count", f"arrow(work__missing={UNION})", "GR651", "dense_union"),
    python("a time zone that is none", "Capsule(arrow(other=pa.array([1, 2], pa.timestamp('ns', 'Mars/Olympus'))))", "GR658", "Mars/Olympus"),
    python("a date for a count", "pl.DataFrame(units | {'work.missing': pl.Series([1, 2]).cast(pl.Date)})", "GR651", "make whole numbers of it"),
    python("text that is not UTF-8, in pyarrow", "pa.table({**units, 'class': text(b'A', b'\\xff')})", "GR658", "not UTF-8", fast=True),
    python("text that is not UTF-8, in polars", "pl.from_arrow(pa.table({**units, 'class': text(b'A', b'\\xff')}))", "GR616"),
    python("text that is not UTF-8, in DuckDB", "duckdb.from_arrow(pa.table({**units, 'class': text(b'A', b'\\xff')}))", "GR659"),
    python("half a character in pandas", "pandas(**{'class': objects('A', '\\ud800')})", "GR651"),
    python("a whole number of 400 digits", "pandas(work__missing=objects(10**400, 1))", "GR651", fast=True),
    python("an infinite decimal", "pandas(bonus__judged=objects(Decimal('Infinity'), Decimal(1)))", "GR651"),
    python("a decimal with a million places", "pandas(bonus__judged=objects(Decimal('1e-999999'), Decimal(1)))", "GR651"),
    python("fractions", "pandas(bonus__judged=objects(Fraction(1, 2), Fraction(1)))", "GR651"),
    python("flags among counts", "pandas(work__missing=objects(True, 1))", "GR651"),
    python("objects that raise", "pandas(unit=objects(Evil(), 1), work__missing=objects(Evil(), 1))", "GR651"),
    python("whole numbers above 64 bits with a sign", "pl.DataFrame(units | {'work.missing': pl.Series([2**63, 2**64 - 1], dtype=pl.UInt64)})", "GR604"),
    python("JSON of DuckDB for a choice", "duckdb.sql('select true as \"work.late\", 1 as \"work.missing\", 1 as \"bonus.judged\", $$\"A\"$$::json as class')", "GR616"),
    python("a lazy frame that fails", "pl.DataFrame(units).lazy().filter(pl.col('unit').cast(pl.Int8) > 0)", "GR659"),
    python("a relation that fails", "duckdb.from_arrow(arrow()).project('*, unit::int as n').filter('n > 0')", "GR659", "Conversion Error"),
    python("no columns at all", "pl.DataFrame(), counted", "totals\n", fast=True),
    python("no columns at all, kept", "pl.LazyFrame(), counted, on_error='report'", "totals\n"),
]  # fmt: skip
FILES = [
    batch("a Parquet file cut in half", inside(in_parquet=cut(parquet, 700)), "GR656", fast=True),
    batch("a Parquet file cut in half, for DuckDB", inside(in_parquet=cut(parquet, 700)), "GR656", engine="duckdb"),
    batch("an Arrow stream for a file", inside(in_arrow=lambda: arrow_bytes(table(), stream=True)), "GR656", "Arrow (stream)", read="in.arrow", fast=True),
    batch("a Parquet file that is called Arrow", inside(in_arrow=parquet), "GR656", "it looks like Parquet", read="in.arrow"),
    batch("an empty file", inside(in_parquet=b""), "GR656"),
    batch("a file without rows", inside(in_parquet=lambda: table().slice(0, 0)), "0 unit(s)", code=0),
    batch("a file of which no column is read", inside(rubric=COUNTED, in_parquet=lambda: pa.table({"x": [1, 2, 3]})), "3 unit(s)", code=0, fast=True),
    batch("a file without columns", inside(rubric=COUNTED, in_parquet=lambda: pa.table({})), "0 unit(s)", code=0),
    batch("text that is not UTF-8, in a Parquet file", inside(in_parquet=lambda: parquet(note=["same", "Zhao"]).replace(b"Zhao", b"\xd5\xd4 1")), "GR658", "`note`", fast=True),
    batch("text that is not UTF-8, in a Parquet file for DuckDB", inside(in_parquet=lambda: parquet(note=["same", "Zhao"]).replace(b"Zhao", b"\xd5\xd4 1")), "GR658", "`note`", engine="duckdb"),
    batch("an interval in an Arrow file", inside(in_arrow=lambda: table(note=pa.array([pa.MonthDayNano([1, 2, 3])] * 2))), "GR658", "`note`", read="in.arrow"),
    batch("a span of time for a CSV file", inside(in_parquet=lambda: table(note=pa.array([1, 2], pa.duration("s")))), "GR655", "`note`", out="out.csv"),
    batch("1 500 columns of a CSV file", inside(in_csv=lambda: table(**WIDE)), "2 unit(s)", read="in.csv", code=0, fast=True),
    batch("a column name that is a pattern", inside(in_parquet=lambda: pa.table(UNITS | {"*": ["p", "q"], "^.*$": ["p", "q"]})), "2 unit(s)", code=0, after=kept("*", "^.*$"), fast=True),
    batch("a column name that is a pattern, for DuckDB", inside(in_parquet=lambda: pa.table(UNITS | {"*": ["p", "q"], "^.*$": ["p", "q"]})), "2 unit(s)", code=0, engine="duckdb", after=kept("*", "^.*$")),
    *(
        batch(f"a file called {name}, for {engine}", named_as(name), "2 unit(s)", read=name, code=0, engine=engine, after=kept())
        for name, engine in (
            ("[a].parquet", "polars"), ("[a].parquet", "duckdb"), ("*.parquet", "polars"), ("x?.parquet", "duckdb"),
            ("work.missing=9/x.parquet", "polars"), ("work.missing=9/x.parquet", "duckdb"),
        )
    ),
    batch("a table whose name is not UTF-8", inside(), "GR101", "the path is not UTF-8", read="\udcff.parquet", fast=True),
    batch("a result whose name is not UTF-8", inside(in_parquet=parquet), "the path is not UTF-8", out="\udcff.parquet", code=74),
    batch("cells that a spreadsheet would compute", inside(in_parquet=lambda: pa.table({name: UNITS[name][:1] * len(FORMULAS) for name in UNITS if name != "unit"} | {"unit": [f"{text}{index}" for index, text in enumerate(FORMULAS)], "=1": FORMULAS, " @a": FORMULAS})), "14 unit(s)", out="out.csv", code=0, after=cells_are_text, fast=True),
]  # fmt: skip
BOMBS = [
    batch("a cell of 200 MB in a small file", inside(in_parquet=bomb), "GR660", fast=True),
    batch("a cell of 200 MB in a small file, for DuckDB", inside(in_parquet=bomb), "GR660", engine="duckdb"),
]
SCORED = [
    Case(
        "units that a spreadsheet would compute",
        ("score", "r.yaml", "in.csv", "--format", "csv", "--out", "out.csv"),
        inside(in_csv=lambda: pa.table({name: UNITS[name][:1] * 4 for name in UNITS if name != "unit"} | {"unit": ["=1", " ＝1", "@a", "+1"]})),
        exit=0, honest="score", after=cells_are_text, fast=True,
    ),
    Case(
        "text that is not UTF-8, for whatif",
        ("whatif", "r.yaml", "in.parquet", "--lang", "en"),
        inside(in_parquet=lambda: parquet(note=["same", "Zhao"]).replace(b"Zhao", b"\xd5\xd4 1")),
        says=("GR658", "`note`"), honest="batch",
    ),
]  # fmt: skip
CASES: list[Case] = [*NAMES, *TYPES, *FILES, *BOMBS, *SCORED]
