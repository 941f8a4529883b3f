"""program: the expressions for a table, in stages, and what comes of rows that are wrong."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import polars as pl
import pytest

from govrubric import Rubric
from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.formula.build import const
from govrubric.tables.emitter import Column
from govrubric.tables.engines import Polars
from govrubric.tables.outputs import outputs
from govrubric.tables.program import SMALL, Inputs, Program, _widest, program
from samples import rich, small
from tabled import SMALL_ROWS, SMALL_TOTALS, wide

# Rows of the rubric in `samples`: the row worked out there, a row that is void since the desk is closed, and
# a row in which nothing is wrong.
RICH_ROWS: dict[str, list[Any]] = {
    "served": [True, False, True],
    "class": ["B", "A", "A"],
    "desk.calls.missed": [6, 0, 0],
    "desk.mail.not_applicable": [True, False, False],
    "desk.mail.replied": [None, Decimal("20"), Decimal("20")],
    "desk.visits.held": [4, 10, 10],
    "tests.first.graded": [40, 40, 40],
    "tests.second.graded": [20, 40, 40],
    "tests.third.graded": [40, 40, 40],
    "tests.more.essays": [2, 0, 0],
}


def table(rows: dict[str, list[Any]], **changes: list[Any]) -> pl.DataFrame:
    return pl.DataFrame(rows | {name.replace("__", "."): values for name, values in changes.items()})


def inputs_of(rubric: Rubric, frame: pl.DataFrame) -> Inputs:
    return rubric._tables.scoring(frame.schema, "total", scaled=False).inputs


def run(
    rubric: Any, frame: pl.DataFrame, *, sound: bool, small: bool = False, keep: tuple[str, ...] = ()
) -> pl.DataFrame:
    made = program(
        inputs_of(rubric, frame), outputs(rubric._plan, "items", scaled=False), sound=sound, small=small
    )
    assert isinstance(made, Program)
    came: pl.DataFrame = made.run(frame.lazy(), keep).collect()
    return came


@pytest.mark.parametrize(("sound", "few"), [(True, True), (True, False), (False, False)])
def test_sound_rows_are_scored_in_any_way(sound: bool, few: bool) -> None:
    came = run(small(), table(SMALL_ROWS), sound=sound, small=few, keep=("unit",))
    assert came.columns == ["unit", "total", "work/70", "work.papers", "work.index/7", "bonus"]
    assert came["total"].to_list() == [Decimal(total) for total in SMALL_TOTALS]
    assert came["work/70"].to_list() == [255, 210, 280]


@pytest.mark.parametrize("sound", [True, False])
def test_grades_voids_and_parts_that_do_not_apply(sound: bool) -> None:
    frame = table(RICH_ROWS)
    if sound:  # a null would be none
        frame = frame.with_columns(pl.col("desk.mail.replied").fill_null(0))
    came = run(rich(), frame, sound=sound)
    assert came["total"].to_list() == [Decimal("60.0"), None, Decimal("100.0")]
    assert came["grade"].to_list() == ["Fair", "Closed", "Good"]
    assert came["desk/600"].to_list()[0] == 27 * 600


def test_a_row_that_is_wrong_has_no_scores_and_the_others_have() -> None:
    frame = table(RICH_ROWS, tests__first__graded=[41, 40, 40], desk__calls__missed=[6, None, 0])
    came = run(rich(), frame, sound=False)
    assert came["total"].to_list() == [None, None, Decimal("100.0")]
    assert came["grade"].to_list() == [None, None, "Good"]
    assert came["tests"].to_list() == [None, None, Decimal("40.000")]


def bad(rubric: Any, frame: pl.DataFrame) -> list[bool]:
    inputs = inputs_of(rubric, frame)
    flags: list[bool] = frame.with_columns(inputs.raw()).select(inputs.bad())[inputs.bad_name].to_list()
    return flags


def test_which_rows_are_wrong() -> None:
    assert bad(rich(), table(RICH_ROWS)) == [False, False, False]
    assert bad(rich(), table(RICH_ROWS, desk__mail__replied=[None, None, Decimal(20)])) == [
        False,
        True,
        False,
    ]
    assert bad(rich(), table(RICH_ROWS, desk__mail__replied=[Decimal(21), Decimal(20), Decimal(20)])) == [
        True,
        False,
        False,
    ]
    assert bad(rich(), table(RICH_ROWS, served=[None, True, True])) == [True, False, False]
    assert bad(rich(), table(RICH_ROWS, desk__mail__not_applicable=[None, True, False])) == [
        True,
        False,
        False,
    ]
    assert bad(rich(), table(RICH_ROWS, **{"class": ["C", "A", None]})) == [True, False, True]


def test_what_only_a_flag_excuses_must_have_a_column_or_the_flag() -> None:
    frame = table(RICH_ROWS).drop("desk.mail.replied")
    assert bad(rich(), frame) == [False, True, True]
    assert bad(rich(), frame.drop("desk.mail.not_applicable")) == [True, True, True]
    assert bad(rich(), table(RICH_ROWS).drop("desk.mail.not_applicable")) == [True, False, False]


def test_a_table_without_inputs_is_one_of_zeros() -> None:
    frame = pl.DataFrame({"unit": ["u1", "u2"]})
    inputs = Inputs(Polars(), small()._plan, [], lambda _: 32)
    made = program(inputs, outputs(small()._plan, "total", scaled=False), sound=True)
    assert isinstance(made, Program)
    assert made.run(frame.lazy(), ["unit"]).collect()["total"].to_list() == [Decimal("7.0")] * 2


def test_an_input_without_a_column_stands_for_itself_and_counts_may_be_known_to_be_small() -> None:
    frame = table(SMALL_ROWS).drop("work.index.gap")
    found = inputs_of(small(), frame).formulas(small=True)
    assert found["work.index.gap"] == const(0)
    assert found["work.papers.missing"].hi == SMALL == 32767
    assert found["bonus.judged"].hi == 1
    assert inputs_of(small(), frame).formulas(small=False)["work.papers.missing"].hi == 10**9


def test_counts_that_nobody_measured_are_not_taken_to_be_small() -> None:
    inputs = inputs_of(
        small(), table(SMALL_ROWS).with_columns(pl.col("work.papers.missing").cast(pl.Decimal(12, 0)))
    )
    assert inputs.formulas(small=True)["work.papers.missing"].hi == SMALL
    inputs.given["work.papers.missing"] = replace(inputs.given["work.papers.missing"], limits=None)
    assert inputs.formulas(small=True)["work.papers.missing"].hi == 10**9


def test_columns_may_have_other_names() -> None:
    frame = table(SMALL_ROWS)
    made = program(inputs_of(small(), frame), outputs(small()._plan, "total", scaled=False), sound=True)
    assert isinstance(made, Program)
    assert made.renamed(lambda index: f"r{index}").run(
        frame.lazy(), ["unit"], [pl.lit(1).alias("x")]
    ).collect().columns == ["unit", "r0", "x"]


def test_numbers_that_are_too_wide_are_named_by_their_item_or_rule() -> None:
    frame = pl.DataFrame({name: [100_000] for name in wide()._inputs})
    found = program(inputs_of(wide(), frame), outputs(wide()._plan, "total", scaled=False), sound=True)
    assert isinstance(found, Diagnostic)
    assert (
        found.render().splitlines()[0]
        == "error[GR653]: `park.density` may come to a number of 151 bits, and a table here has 128"
    )


def test_small_counts_may_make_narrow_what_is_too_wide() -> None:
    # 3 to the fifth is 243, a seventh of which is 34.71, and 6 count; 5 x 0.1 is taken from the 4.
    frame = pl.DataFrame({"desk.late": [5], **{f"park.density.{name}": [3] for name in "abcde"}})
    assert run(wide(), frame, sound=True, small=True)["total"].to_list() == [Decimal("9.50")]


def test_what_takes_several_lines_to_be_too_wide_is_named_after_the_total() -> None:
    engine = Polars()
    assert _widest({"a:raw": const(Fraction(1, 2)), ":contribution": const(2)}, engine, {}) == "total"
    assert _widest({"#0": const(2**200), "#1": const(1), ":contribution": const(2)}, engine, {}) == "total"
    assert (
        _widest({"#0": const(2**200), "a.b:raw": const(1)}, engine, {"x": Column(pl.col("x"), 32)}) == "a.b"
    )
