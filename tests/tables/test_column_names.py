"""Columns with almost the name of an input, and columns named like those of govrubric: on every engine."""

import random
from functools import partial
from typing import Any

import polars as pl
import pyarrow as pa
import pytest

from engines import ENGINES
from govrubric import TallyError, tally_files
from govrubric.tables.program import own_prefix
from samples import refused, small

HERE = [
    name for name in ENGINES if name != "pyspark"
]  # `tests/backends.py` asks PySpark, which takes seconds to start
# Work is 7 - 1 - 4 x 0.3 for late and four missing papers; the judged point comes on top: 5.8 and 8.
ROWS: dict[str, Any] = {
    "unit": ["a", "b"],
    "work.late": [True, False],
    "work.papers.missing": [4, 0],
    "bonus.judged": [1, 1],
}


def table(engine: str, columns: dict[str, Any]) -> Any:
    return ENGINES[engine].make(pa.table(columns), small(), random.Random(0))


def totals(engine: str, frame: Any) -> list[str]:
    return [f"{row['total']:.1f}" for row in ENGINES[engine].rows(frame)]


@pytest.mark.parametrize("engine", HERE)
@pytest.mark.parametrize(
    "slip",
    [
        "Work.Papers.Missing",
        "papers.missing",
        "Papers.Missing",
        "missing",
        "work_papers_missing",
        "work/papers/missing",
        "work．papers．missing",
        " work.papers.missing ",
        "Work.papers",
        "ｗork.papers.missing",
    ],
)
def test_a_slip_in_a_header_is_no_row_of_zeros(engine: str, slip: str) -> None:
    columns = {slip if name == "work.papers.missing" else name: cells for name, cells in ROWS.items()}
    (found,) = refused(TallyError, lambda: small().score_frame(table(engine, columns)))
    assert (found.code, dict(found.args)["near"]) == ("GR601", "work.papers.missing")


@pytest.mark.parametrize("slip", ["Work.Papers.Missing", "papers.missing", "work/papers/missing"])
def test_a_tally_says_the_same(slip: str, tmp_path: Any) -> None:
    for suffix, text in (
        (".csv", f"bonus.judged,{slip}\n1,4\n"),
        (".yaml", f"bonus.judged: 1\n{slip}: 4\n"),
        (".json", f'{{"bonus.judged": 1, "{slip}": 4}}'),
    ):
        path = tmp_path / f"tally{suffix}"
        path.write_text(text, "utf-8")
        (found,) = refused(TallyError, partial(tally_files.read, small(), path))
        assert (found.code, dict(found.args)["near"]) == ("GR601", "work.papers.missing")


@pytest.mark.parametrize("engine", HERE)
@pytest.mark.parametrize("on_error", ["raise", "report"])
def test_columns_that_are_called_like_ours_stay(engine: str, on_error: Any) -> None:
    taken = [
        "·33",
        "·bad",
        "·raw0",
        "·filled0",
        "·row",
        "·number",
        "··bad",
        "·1",
        "c0",
        "r0",
        "rows",
        "units",
    ]
    columns = ROWS | {name: [name, "x"] for name in taken}
    scored = small().score_frame(table(engine, columns), on_error=on_error)
    assert totals(engine, scored) == ["5.8", "8.0"]
    for row, word in zip(ENGINES[engine].rows(scored), ("", "x"), strict=True):
        assert {name: row[name] for name in taken} == {name: word or name for name in taken}


@pytest.mark.parametrize("engine", HERE)
def test_rows_that_are_wrong_are_found_beside_columns_that_are_called_like_ours(engine: str) -> None:
    columns = ROWS | {"work.papers.missing": [4, -1], "·bad": [True, False], "·number": [7, 8]}
    found = refused(TallyError, lambda: small().score_frame(table(engine, columns)))
    assert [one.code for one in found] == ["GR650", "GR604"]


def test_no_column_begins_with_our_prefix() -> None:
    assert own_prefix(["unit", "a·b"]) == "·"
    assert own_prefix(["··x", "·"]) == "···"


def test_inputs_whose_names_run_into_each_other_are_looked_at_apart() -> None:
    from govrubric import loads

    text = """\
govrubric: 1
id: alike
title: Alike
total: 10
round: {places: 0, mode: half_up}
facts:
  x: {number: {places: 1, max: 9}}
  x1: {number: {places: 1, max: 9}}
  x11: {number: {places: 1, max: 9}}
indicators:
  - {id: a, title: A, weight: 10, rules: [{id: r, formula: "x + x1 + x11"}]}
"""
    frame = pl.DataFrame({name: pl.Series([1], dtype=pl.Decimal(9, 3)) for name in ("x", "x1", "x11")})
    assert loads(text).score_frame(frame)["total"].to_list() == [3]


def test_a_frame_may_have_a_unit_twice() -> None:
    """“`score_frame` does not look at `unit`: the rows of a frame are the caller's”"""
    frame = pl.DataFrame(ROWS | {"unit": ["a", "a"]})
    assert totals("polars", small().score_frame(frame)) == ["5.8", "8.0"]
