"""Columns of Arrow data that polars refuses, ends in a panic at, or reads wrongly."""

from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest

from govrubric import TallyError
from govrubric.tables import arrow_data
from govrubric.tables.arrow_data import UnheldError, is_held, polars_frame, readable
from samples import args, refused

HALVES = [Decimal("0.5"), Decimal("2.5")]
WRONG = pa.Array.from_buffers(
    pa.string(), 2, [None, pa.py_buffer(b"\0\0\0\0\1\0\0\0\2\0\0\0"), pa.py_buffer(b"A\xff")]
)
UNION = pa.UnionArray.from_dense(
    pa.array([0, 1], pa.int8()), pa.array([0, 0], pa.int32()), [pa.array([1]), pa.array(["x"])]
)
RUNS = pa.RunEndEncodedArray.from_arrays(pa.array([1, 2], pa.int32()), pa.array([4, 0]))


@pytest.mark.parametrize(
    ("array", "values"),
    [
        (pa.array([1, 2], pa.uint8()), [1, 2]),
        (pa.array([True, None]), [True, None]),
        (pa.nulls(2), [None, None]),
        (pa.array([0.5, 1.0]), [0.5, 1.0]),
        (pa.array(["a", "b"], pa.string_view()), ["a", "b"]),
        (pa.array(["a", "b"], pa.large_string()), ["a", "b"]),
        (RUNS, [4, 0]),
        (pa.chunked_array([RUNS]), [4, 0]),
        (pa.array(["a", "b"]).dictionary_encode(), ["a", "b"]),
        (pa.array(HALVES, pa.decimal32(4, 1)), HALVES),
        (pa.array(HALVES, pa.decimal256(60, 30)), HALVES),
        (pa.array([Decimal(10), Decimal(0)], pa.decimal128(5, -1)), [10, 0]),
    ],
)
def test_what_an_input_may_be_is_held_with_its_values(array: Any, values: list[Any]) -> None:
    frame = polars_frame(pa.table({"x": readable(array)}), "en")
    assert frame["x"].to_list() == values


@pytest.mark.parametrize(
    ("array", "reason"),
    [
        (pa.array([Decimal(10) ** 50]), "decimal256(51, 0)"),
        (pa.array([Decimal("1e-50")]), "decimal256(50, 50)"),
        (pa.array([b"a"]), "binary"),
        (pa.array([[1]]), "list<item: int64>"),
        (WRONG, arrow_data.NOT_UTF8),
        (UNION, "dense_union<0: int64=0, 1: string=1>"),
    ],
)
def test_all_else_is_refused_with_its_type(array: Any, reason: str) -> None:
    with pytest.raises(UnheldError) as error:
        readable(array)
    assert str(error.value) == reason


@pytest.mark.parametrize(
    ("dtype", "held"),
    [
        (pa.date32(), True),
        (pa.binary(4), True),
        (pa.large_binary(), True),
        (pa.binary(), True),
        (pa.null(), True),
        (pa.string_view(), True),
        (pa.list_(pa.large_list(pa.list_(pa.int8(), 2))), True),
        (pa.map_(pa.string(), pa.int8()), True),
        (pa.struct([("a", pa.int8())]), True),
        (pa.dictionary(pa.int8(), pa.string()), True),
        (pa.dictionary(pa.int8(), pa.int8()), True),
        (pa.timestamp("us"), True),
        (pa.timestamp("us", "Asia/Shanghai"), True),
        (pa.bool8(), True),
        (pa.decimal64(9, 2), True),
        (pa.timestamp("us", "Mars/Olympus"), False),
        (pa.struct([]), False),
        (pa.struct([("a", pa.month_day_nano_interval())]), False),
        (pa.dictionary(pa.int8(), pa.float64()), False),
        (pa.decimal128(5, -1), False),
        (pa.decimal256(5, 1), False),
        (pa.map_(pa.string(), pa.decimal256(5, 1)), False),
        (pa.run_end_encoded(pa.int32(), pa.int8()), False),
        (pa.list_view(pa.int8()), False),
    ],
)
def test_types_that_may_be_carried_along(dtype: Any, held: bool) -> None:
    assert is_held(dtype) is held


def test_every_column_that_cannot_be_held_is_told() -> None:
    columns = {"a": WRONG, "b": UNION, "c": pa.array([b"x", b"y"]), "d": pa.array([1, 2])}
    table = pa.table([*columns.values(), columns["d"]], [*columns, "d"])
    found = refused(TallyError, lambda: polars_frame(table, "en"))
    assert [(one.code, args(one)["name"]) for one in found] == [
        ("GR631", "d"),
        ("GR658", "a"),
        ("GR658", "b"),
    ]


def test_columns_that_are_no_inputs_are_carried_along() -> None:
    frame = polars_frame(pa.table({"c": [b"x"], "d": [[1]]}), "en")
    assert frame.to_dicts() == [{"c": b"x", "d": [1]}]
