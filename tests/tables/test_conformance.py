"""Every engine gives the numbers of `Rubric.score`; and what an engine cannot do.

The conformance cases, and random rubrics with random tables, are scored by each.

PySpark, and a hundred rubrics for each engine, are tried by `python tests/backends.py`.
"""

import random
from collections import Counter
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from backends import main
from engines import ENGINES, Scored, arrow
from gaps import GAPS, Gap
from govrubric import Rubric, loads
from govrubric.testing import check_backend
from govrubric.testing.backends import due
from govrubric.testing.strategies.tables import ROW, Columns, columns_of, random_tables, rows_of
from test_cases_conformance import CASES, case, flat

HERE = [name for name in ENGINES if name != "pyspark"]
# Each has other rubrics, and all that `score_frame` may be asked for.
ASKED: tuple[tuple[str, Any, bool, int], ...] = (
    ("polars", "rules", False, 12),
    ("polars", "total", True, 8),
    ("polars", "items", False, 8),
    ("lazy", "rules", True, 8),
    ("lazy", "total", False, 8),
    ("pandas", "rules", False, 8),
    ("pandas", "items", True, 6),
    ("pyarrow", "rules", False, 8),
    ("pyarrow", "total", True, 6),
    ("capsule", "items", False, 8),
    ("duckdb", "items", False, 4),
    ("duckdb", "rules", True, 2),
)


@pytest.mark.parametrize(
    ("name", "detail", "scaled", "rubrics"),
    ASKED,
    ids=[f"{name}-{detail}{'-scaled' * scaled}" for name, detail, scaled, _ in ASKED],
)
def test_random_tables_have_the_same_numbers(name: str, detail: Any, scaled: bool, rubrics: int) -> None:
    seed = ASKED.index((name, detail, scaled, rubrics))
    found = check_backend(
        Scored(ENGINES[name], detail, scaled), rubrics=rubrics, rows=12, seed=seed, detail=detail
    )
    assert found.rubrics == 2 + rubrics
    assert found.cells > found.rows > 20


# What random rubrics hardly have: steps, and limits whose digits do not end

STEPS = loads(
    "{govrubric: 1, id: steps, title: Steps, total: 10, round: {places: 2, mode: half_even},"
    " grades: [{grade: A, from: 5}, {grade: B}], indicators: [{id: a, title: A, weight: 10,"
    " rules: [{id: whole, judge: 7, step: 0.25}, {id: third, judge: 1/3, places: 3}]}]}",
    "steps.yaml",
)
WHOLE = [*map(Decimal, ("0", "0.25", "7", "7.25", "-0.25", "0.3", "0.125", "6.75")), None]
THIRD = [*map(Decimal, ("0", "0.333", "0.334", "0.25", "0.001", "0.33", "0.3333", "-0.001")), Decimal("0.1")]


@pytest.mark.parametrize("engine", HERE)
def test_steps_and_limits_without_an_end_are_kept(engine: str) -> None:
    columns: Columns = {ROW: list(range(1, 10)), "a.whole": WHOLE, "a.third": THIRD}
    assert check_backend(Scored(ENGINES[engine]), rubrics=0, also=[(STEPS, columns)]).rubrics == 3
    assert [due(STEPS, row)["error"] for row in rows_of(columns)] == [
        None,
        None,
        "GR607 a.third",
        "GR607 a.whole",
        "GR607 a.whole",
        "GR609 a.whole",
        "GR608 a.whole; GR608 a.third",
        "GR607 a.third",
        "GR602 a.whole",
    ]


# The cases that people have worked out

LINES = {":total": "total", ":grade": "grade"}


def column_of(line: str) -> str:
    """The column of a table that has a line of the plan, or an empty text."""
    path, _, kind = line.rpartition(":")
    if line in LINES:
        return LINES[line]
    if kind == "contribution":
        return path
    return line if kind in ("raw", "applied") else ""


def kind_of_column(column: str) -> str:
    """``total``, ``grade``, ``item``, or the kind of a rule's line."""
    if ":" in column:
        return column.rpartition(":")[2]
    return column if column in LINES.values() else "item"


def worked_out() -> list[tuple[str, Rubric, Columns, dict[str, Any]]]:
    """Each conformance case as a table of one row, with those of its lines that tables have."""
    made = []
    for name in CASES:
        rubric, tally, lines = case(name)
        wanted = {}
        for line, value in lines.items():
            if column := column_of(line):
                wanted[column] = None if value == "none" else value
        made.append((name, rubric, columns_of(rubric, [flat(rubric, tally)]), wanted))
    return made


WORKED_OUT = worked_out()


@pytest.mark.parametrize("engine", HERE)
def test_the_conformance_cases_come_to_what_was_worked_out_by_hand(engine: str) -> None:
    found = {}
    for name, rubric, columns, _ in WORKED_OUT:
        (row,) = Scored(ENGINES[engine])(rubric, columns)
        cells = {}
        for column, value in row.items():
            path, _, den = column.partition("/")
            is_number = value is not None and not isinstance(value, (str, float))
            cells[path] = Fraction(value) / int(den or 1) if is_number else value
        for under in [path for path in cells if path.endswith(":under")]:
            whole = under.removesuffix(":under")
            cells[whole] = cells[f"{whole}:over"] / cells[under]
        found[name] = cells
    assert {
        name: {column: found[name][column] for column in wanted} for name, _, _, wanted in WORKED_OUT
    } == {name: wanted for name, _, _, wanted in WORKED_OUT}


def test_the_cases_ask_for_every_kind_of_column() -> None:
    asked = Counter(kind_of_column(column) for *_, wanted in WORKED_OUT for column in wanted)
    assert {"total", "grade", "item", "raw", "applied"} <= set(asked)
    assert sum(asked.values()) > 150


# What the tables hold


@cache
def drawn() -> list[tuple[Rubric, Columns]]:
    return random_tables(60, 12, seed=0)


def test_the_tables_have_columns_of_every_kind() -> None:
    kinds: Counter[str] = Counter()
    for rubric, columns in drawn():
        table = arrow(rubric, columns, ENGINES["polars"], random.Random(len(kinds)))
        kinds.update(
            str(kind).partition("(")[0]
            for name, kind in zip(table.column_names, table.schema.types, strict=True)
            if name in rubric._inputs
        )
        kinds[{0: "none", 1: "one row"}.get(len(table), "rows")] += 1
        kinds["in pieces"] += table.column(0).num_chunks > 1
        kinds["carried along"] += any(name not in (*rubric._inputs, ROW) for name in table.column_names)
        kinds["without an input"] += len(columns) <= len(rubric._inputs)
        kinds["in decimals without places"] += any(
            pa.types.is_decimal(kind) and not kind.scale for kind in table.schema.types
        )
    widths = {f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)}
    others = {
        "none",
        "one row",
        "in pieces",
        "carried along",
        "without an input",
        "in decimals without places",
    }
    # The draw depends on the modules that are imported, and few columns have numbers that fit the narrowest.
    assert {name for name, many in kinds.items() if many} >= others | {
        "bool",
        "string",
        "decimal128",
        "int64",
    }
    assert len(widths & set(kinds)) > 4


SORTS = {"sound", "sound, a value left out", "GR602", "GR604", "GR607", "GR608", "GR616"}


def test_the_tables_have_rows_of_every_sort() -> None:
    codes: Counter[str] = Counter()
    # Which rubrics a seed draws depends on the modules that are loaded, and one seed may lack a sort.
    for rubric, columns in (table for seed in range(8) for table in random_tables(20, 12, seed=seed)):
        for values in zip(*columns.values(), strict=True):
            row = dict(zip(columns, values, strict=True))
            error = due(rubric, row, "total")["error"]
            if error:
                codes.update({finding.partition(" ")[0] for finding in str(error).split("; ")})
            else:
                codes["sound, a value left out" if None in values else "sound"] += 1
        if all(codes[sort] > 2 for sort in SORTS):
            break
    assert {name for name, many in codes.items() if many > 2} >= SORTS


# What cannot be done


@pytest.mark.parametrize("engine", HERE)
@pytest.mark.parametrize("gap", GAPS, ids=lambda gap: gap.what)
def test_a_gap_is_there_where_the_manual_says_so_and_nowhere_else(gap: Gap, engine: str) -> None:
    assert gap.met(ENGINES[engine]) == (gap.code if engine in gap.engines else "")


def test_the_manual_lists_the_gaps() -> None:
    page = (Path(__file__).parents[2] / "docs" / "testers.md").read_text("utf-8")
    listed = page.partition("| engine | what | why |")[2].partition("\n\n")[0].splitlines()[2:]
    assert listed == [gap.row for gap in GAPS]


def test_the_command_tells_what_came_of_each_engine(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--engines", "polars", "pyarrow", "--rubrics", "2", "--rows", "3"]) == 0
    heads, polars, pyarrow = capsys.readouterr().out.strip().splitlines()
    assert heads.split() == ["engine", "rubrics", "rows", "cells", "different", "refused", "gaps", "seconds"]
    assert polars.split()[:2] == ["polars", "4"]
    assert pyarrow.split()[:2] == ["pyarrow", "4"]
    assert polars.split()[3:7] == pyarrow.split()[3:7] == [polars.split()[3], "0", "0", "2/2"]


def test_the_command_fails_where_a_number_differs(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Rubric.score_frame

    def added(self: Rubric, frame: Any, **how: Any) -> Any:
        import polars as pl

        return plain(self, frame, **how).with_columns(pl.col("total") + 1)

    monkeypatch.setattr(Rubric, "score_frame", added)
    assert main(["--engines", "polars", "--rubrics", "1", "--rows", "3"]) == 1
    out = capsys.readouterr().out
    assert "polars: " in out
    assert " cells differ" in out
