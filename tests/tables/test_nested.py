"""The fields inside types of polars, narwhals and pyarrow."""

from typing import Any

import narwhals as nw
import polars as pl
import pyarrow as pa
import pytest

from govrubric.tables import nested

INNER: dict[str, Any] = {"a": pl.Int8, "b": pl.List(pl.Struct({"c": pl.Array(pl.Int8, 2)}))}
FIELDS = [("a",), ("b", "c")]


@pytest.mark.parametrize(
    ("dtype", "fields"),
    [
        (pl.Struct(INNER), FIELDS),
        (pl.List(pl.Struct(INNER)), FIELDS),
        (nw.Struct({"a": nw.Int8, "b": nw.List(nw.Struct({"c": nw.Int8}))}), FIELDS),
        (pa.struct([("a", pa.int8()), ("b", pa.list_(pa.struct([("c", pa.int8())])))]), FIELDS),
        (pa.map_(pa.string(), pa.struct([("a", pa.int8())])), [("a",)]),
        (pl.Map(pl.String, pl.Int8), []),
        (pl.List(pl.Int8), []),
        (pl.Int8, None),
        (pl.Enum(["a"]), None),
        (pa.dictionary(pa.int8(), pa.string()), None),
        (None, None),
    ],
)
def test_fields_have_paths_and_flat_types_have_none(dtype: Any, fields: Any) -> None:
    assert nested.paths(dtype) == fields


def test_a_type_is_looked_into_to_a_bound() -> None:
    dtype: Any = pl.Int8
    for _ in range(nested.DEEPEST + 5):
        dtype = pl.Struct({"a": dtype})
    assert nested.paths(dtype) == [("a",) * nested.DEEPEST]
    wide = pl.Struct({f"f{index}": pl.Int8 for index in range(nested.MOST + 5)})
    assert len(nested.paths(wide) or ()) == nested.MOST


def test_a_field_may_be_meant_by_each_end_of_its_path() -> None:
    assert list(nested.names("x", ("a", "b"))) == ["x.a.b", "a.b", "b"]
