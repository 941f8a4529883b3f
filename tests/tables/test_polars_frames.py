"""Frames of polars with their scores; every input is looked at before, or told row by row."""

from decimal import Decimal
from functools import partial
from typing import Any

import polars as pl
import pyarrow as pa
import pytest

from govrubric import Rubric, TallyError, loads
from govrubric.tables import polars_frames, row_errors
from samples import codes, refused, small
from tabled import SMALL_ROWS, SMALL_TOTALS, wide

TOTALS = [Decimal(total) for total in SMALL_TOTALS]
NEGATIVE = """\
govrubric: 1
id: cold
title: Cold form
total: 10
round: {places: 1, mode: half_up}
indicators:
  - id: room
    title: Room
    weight: 10
    rules: [{id: warmth, distance: {below: 20, each: 1, points: -0.5}, unit: degree, places: 1}]
"""


def scored(
    frame: pl.DataFrame, on_error: Any = "raise", rubric: Rubric | None = None, *, text: bool = False
) -> pl.DataFrame:
    scoring = (rubric or small())._tables.scoring(frame.schema, "total", scaled=False, text=text)
    made: pl.DataFrame = polars_frames.scored(scoring, frame, on_error, frame.columns).collect()
    return made


def table(**changes: list[Any]) -> pl.DataFrame:
    return pl.DataFrame(SMALL_ROWS | {name.replace("__", "."): values for name, values in changes.items()})


def test_sound_rows_are_scored_behind_their_columns() -> None:
    came = scored(table())
    assert came.columns == [*SMALL_ROWS, "total"]
    assert came["total"].to_list() == TOTALS
    assert came.drop("total").equals(table())


def test_a_frame_without_rows_is_scored() -> None:
    assert scored(table().clear())["total"].to_list() == []
    assert scored(table().clear(), "report")["error"].to_list() == []


def test_counts_may_be_large_as_long_as_they_are_counts() -> None:
    came = scored(table(work__papers__missing=[32767, 32768, 10**9]))  # no papers are left of any
    assert came["total"].to_list() == [Decimal(total) for total in ("4.1", "4.0", "1.0")]


@pytest.mark.parametrize("kind", [pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.Int128])
def test_a_negative_count_of_any_width_is_refused(kind: Any) -> None:
    frame = table().with_columns(pl.Series("work.papers.missing", [5, -1, 0], dtype=kind))
    assert codes(refused(TallyError, lambda: scored(frame))) == ["GR650", "GR604"]
    assert scored(frame, "report")["error"].to_list() == [None, "GR604 work.papers.missing", None]


def test_a_refusal_counts_the_wrong_rows_and_names_the_first() -> None:
    frame = table(work__papers__missing=[5, -1, None], bonus__judged=["0.5", "0.7", "0"])
    found = refused(TallyError, lambda: scored(frame))
    assert [(one.code, one.where) for one in found] == [
        ("GR650", ""), ("GR604", "row 2 (u2)"), ("GR609", "row 2 (u2)"), ("GR602", "row 3 (u3)"),
    ]  # fmt: skip
    assert found[0].args == (("bad", "2"), ("rows", "3"))


def test_not_more_than_ten_rows_are_named() -> None:
    frame = pl.concat([table(work__papers__missing=[5, -1, None])] * 10)
    found = refused(TallyError, lambda: scored(frame))
    assert found[0].args == (("bad", "20"), ("rows", "30"))
    assert len({one.where for one in found[1:]}) == row_errors.FIRST == 10
    assert found[-1].where == "row 15 (u3)"


def test_what_is_wrong_is_reported_row_by_row() -> None:
    frame = table(work__papers__missing=[5, -1, None], bonus__judged=["0.5", "0.7", "0"])
    came = scored(frame, "report")
    assert came.columns == [*SMALL_ROWS, "total", "error"]
    assert came["total"].to_list() == [Decimal("6.6"), None, None]
    assert came["error"].to_list() == [
        None,
        "GR604 work.papers.missing; GR609 bonus.judged",
        "GR602 work.papers.missing",
    ]


def test_a_row_that_went_wrong_behind_the_look_has_no_scores() -> None:
    looks: list[int] = []

    def read(rows: pl.DataFrame) -> pl.DataFrame:
        """The rows at the first look, and others when they are collected."""
        looks.append(len(rows))
        return rows if len(looks) == 1 else table(work__papers__missing=[5, -1, 0])

    frame = table().lazy().map_batches(read, schema=table().schema)
    scoring = small()._tables.scoring(table().schema, "total", scaled=False)
    made = polars_frames.scored(scoring, frame, "raise", ["unit"])
    assert made.collect().rows() == [("u1", Decimal("6.6")), ("u2", None), ("u3", Decimal("5.0"))]


def test_rows_may_be_flagged_without_a_look_beforehand() -> None:
    frame = table(work__papers__missing=[5, -1, 0])
    scoring = small()._tables.scoring(frame.schema, "total", scaled=False)
    came = polars_frames.flagged(scoring, frame.lazy(), "raise", ["unit"]).collect()
    assert came.rows() == [("u1", Decimal("6.6"), False), ("u2", None, True), ("u3", Decimal("5.0"), False)]
    told = polars_frames.flagged(scoring, frame.lazy(), "report", []).collect()
    assert told.columns == ["total", "error", "·bad"]
    assert told["error"].to_list() == [None, "GR604 work.papers.missing", None]


def test_only_rows_that_are_wrong_are_looked_at() -> None:
    rows = pl.DataFrame(
        {"work.papers.missing": [-1, -1], "bonus.judged": ["0.5", "0.5"], "·bad": [False, True]}
    )
    scoring = small()._tables.scoring(rows.drop("·bad").schema, "total", scaled=False)
    assert polars_frames.errors(scoring, rows.to_struct()).to_list() == [None, "GR604 work.papers.missing"]
    assert polars_frames.errors(scoring, rows.head(1).to_struct()).to_list() == [None]


def test_where_nothing_is_wrong_the_report_is_empty() -> None:
    came = scored(table(), "report")
    assert came["total"].to_list() == TOTALS
    assert came["error"].dtype == pl.String
    assert came["error"].to_list() == [None] * 3


def test_a_null_that_is_excused_is_none() -> None:
    text = NEGATIVE.replace("    weight: 10\n", "    weight: 10\n    not_applicable: zero\n")
    cold = loads(text, "cold.yaml")
    frame = pl.DataFrame({"room.warmth": [18, None, None], "room.not_applicable": [False, True, None]})
    assert scored(frame.head(2), rubric=cold)["total"].to_list() == [Decimal("9.0"), Decimal("0.0")]
    assert codes(refused(TallyError, lambda: scored(frame, rubric=cold))) == ["GR650", "GR602", "GR602"]
    assert scored(frame, "report", cold)["error"].to_list() == [
        None,
        None,
        "GR602 room.not_applicable; GR602 room.warmth",
    ]


def test_what_only_a_flag_excuses_may_have_no_column() -> None:
    text = NEGATIVE.replace("    weight: 10\n", "    weight: 10\n    not_applicable: zero\n")
    cold = loads(text, "cold.yaml")
    assert scored(pl.DataFrame({"room.not_applicable": [True]}), rubric=cold)["total"].to_list() == [
        Decimal("0.0")
    ]
    found = refused(
        TallyError, lambda: scored(pl.DataFrame({"room.not_applicable": [True, False]}), rubric=cold)
    )
    assert [(one.code, one.where) for one in found] == [("GR650", ""), ("GR602", "row 2")]


def test_what_is_measured_may_be_below_zero_and_not_beyond_its_range() -> None:
    cold = loads(NEGATIVE, "cold.yaml")
    assert scored(pl.DataFrame({"room.warmth": [20, 19, -5]}), rubric=cold)["total"].to_list() == [
        Decimal("10.0"),
        Decimal("9.5"),
        Decimal("0.0"),
    ]
    for beyond in (10**9 + 1, -(10**9) - 1):
        frame = pl.DataFrame({"room.warmth": [20, beyond]})
        found = refused(TallyError, partial(scored, frame, rubric=cold))
        assert [(one.code, one.where) for one in found] == [("GR650", ""), ("GR607", "row 2")]


@pytest.mark.parametrize("on_error", ["raise", "report"])
def test_a_table_without_a_column_that_is_read(on_error: str) -> None:
    text = NEGATIVE.replace(
        "distance: {below: 20, each: 1, points: -0.5}, unit: degree, places: 1", "deduct: 1, per: case"
    )
    count = loads(text, "cold.yaml")
    came = scored(pl.DataFrame({"unit": ["a", "b"]}), on_error, count)
    assert came["total"].to_list() == [Decimal("10.0")] * 2


def test_cells_of_a_file_are_read_as_score_reads_them() -> None:
    frame = pl.DataFrame(
        {
            name: ["" if one is False else str(one).lower() for one in column]
            for name, column in SMALL_ROWS.items()
        }
    )
    assert scored(frame, text=True)["total"].to_list() == TOTALS
    wrong = frame.with_columns(pl.Series("work.papers.missing", ["5例", "20", ""]))
    assert scored(wrong, "report", text=True)["error"].to_list() == ["GR603 work.papers.missing", None, None]
    found = refused(TallyError, lambda: scored(wrong, text=True))
    assert [(one.code, one.where) for one in found] == [("GR650", ""), ("GR603", "row 1 (u1)")]


def test_numbers_that_are_too_wide_are_refused_where_counts_are_large() -> None:
    columns = {name: [3] for name in wide()._inputs}
    assert scored(pl.DataFrame(columns), rubric=wide())["total"].to_list() == [
        Decimal("9.70")
    ]  # 4 - 3 x 0.1 and all of 6
    large = pl.DataFrame({**columns, "park.density.a": [40_000]})
    assert codes(refused(TallyError, lambda: scored(large, rubric=wide()))) == ["GR653"]


def test_text_that_is_not_utf8_is_a_finding_of_its_row() -> None:
    bad = pa.Array.from_buffers(
        pa.string(), 2, [None, pa.py_buffer(b"\0\0\0\0\1\0\0\0\2\0\0\0"), pa.py_buffer(b"1\xff")]
    )
    frame = pl.from_arrow(pa.table({"unit": ["u1", None], "bonus.judged": bad}))
    found = refused(TallyError, lambda: small().score_frame(frame))
    assert [(one.code, one.where) for one in found] == [("GR650", ""), ("GR615", "row 2")]
