"""Counts of the rows that pass.

Polars calls these functions from its own threads, where coverage cannot see them; so they are called here.
"""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import polars as pl
import pytest

from batched import UNITS, rubric
from govrubric.batch import passing
from govrubric.batch.passing import Cells, Passing
from govrubric.batch.summary import Group
from govrubric.tables import polars_frames

BAD = "·bad"
COUNTED = """\
govrubric: 1
id: counted
title: Counted
total: 7
round: {places: 0, mode: half_up}
indicators:
  - {id: work, title: Work, weight: 7, rules: [{id: late, deduct: 1}]}
"""


def made(*, scaled: bool = False) -> Passing:
    return Passing(rubric()._tables.scoring(UNITS.schema, "total", scaled=scaled), graded=True)


def pieces(total: str, values: list[object]) -> Iterator[pl.Series]:
    frame = pl.DataFrame({total: values, "grade": ["B", "A", None, None], BAD: [False, False, False, True]})
    yield from (frame[index : index + 2].to_struct("piece") for index in (0, 2))


@pytest.mark.parametrize("together", [1, 64])
def test_totals_and_grades_are_counted(monkeypatch: pytest.MonkeyPatch, together: int) -> None:
    monkeypatch.setattr(passing, "PIECES", together)
    one = made()
    for _ in range(2):
        for piece in pieces("total", [Decimal("7.0"), Decimal("10.0"), None, None]):
            assert one._count(piece).to_list() == piece.struct.field("total").to_list()
    assert one.rows == 8
    assert sorted(one.groups(), key=repr) == [
        Group(Fraction(10), "A", False, 2), Group(Fraction(7), "B", False, 2),
        Group(None, None, False, 2), Group(None, None, True, 2)
    ]  # fmt: skip


def test_whole_numbers_are_over_what_their_name_says() -> None:
    one = made(scaled=True)
    one._count(next(pieces("total/10", [70, 100, None, None])))
    assert {group.total for group in one.groups()} == {7, 10}


def test_where_nothing_passed_nothing_is_counted() -> None:
    assert list(made().groups()) == []


def test_a_row_counts_once_for_each_code() -> None:
    one = made()
    said = ["GR604 a; GR604 GR602.b; GR602 c", None, "GR602 d"]
    one._count(
        pl.DataFrame(
            {"total": [None] * 3, "grade": [None] * 3, BAD: [True, False, True], "error": said}
        ).to_struct()
    )
    assert one.codes == {"GR602": 2, "GR604": 1}


def test_when_it_is_stopped_the_next_piece_ends_the_work() -> None:
    one = made()
    one.stopped = True
    with pytest.raises(KeyboardInterrupt):
        one._count(pl.Series([]))


@pytest.mark.parametrize(("quoted", "commas"), [(False, 5), (True, 7)])
def test_commas_of_rows_are_counted_and_blank_ones_are_dropped(quoted: bool, commas: int) -> None:
    cells = Cells(pl, 2, quoted=quoted)
    frame = pl.DataFrame({"a": ["1", None, " ", None, "x,y,"], "b": [None, "2", None, None, "z"]})
    assert cells._count(frame.to_struct()).to_list() == [True, True, False, False, True]
    assert cells.commas == commas


def test_a_piece_without_blank_rows_is_kept_whole() -> None:
    assert Cells(pl, 1, quoted=True)._count(pl.DataFrame({"a": ["1", "2"]}).to_struct()).to_list() == [
        True,
        True,
    ]


def test_units_are_kept_as_hashes() -> None:
    one = made()
    one.hashed = True
    frame = pl.DataFrame(
        {"total": [None, None], "grade": [None, None], BAD: [False, False], "unit": ["a", "b"]}
    )
    for _ in range(2):
        one._count(frame.to_struct())
    assert len(one.repeated()) == 2


def test_a_score_that_reads_no_column_is_counted_for_each_row() -> None:
    scoring = rubric(COUNTED)._tables.scoring({"x": pl.Int8}, "total", scaled=False)
    one = Passing(scoring, graded=False)
    frame = pl.LazyFrame({"x": [1, 2, 3]})
    scored = one.watched(polars_frames.flagged(scoring, frame, "raise", ["x"])).collect(engine="streaming")
    assert scored.to_dicts() == [{"x": number, "total": Decimal(7)} for number in (1, 2, 3)]
    assert one.rows == 3
    assert [(group.total, group.units) for group in one.groups()] == [(Fraction(7), 3)]
