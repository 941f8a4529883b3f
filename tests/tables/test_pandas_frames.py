"""Frames of pandas: labels that are no text, levels of the index, and columns of Python objects."""

from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from govrubric import TallyError
from samples import args, refused, small
from tabled import SMALL_ROWS, SMALL_TOTALS


class Evil:
    """An object whose text cannot be had."""

    def __str__(self) -> str:
        raise RuntimeError("called")

    __repr__ = __str__


def frame(**columns: Any) -> pd.DataFrame:
    return pd.DataFrame({**SMALL_ROWS, **{name.replace("__", "."): cells for name, cells in columns.items()}})


def found(table: pd.DataFrame) -> list[tuple[str, str, str]]:
    def told(one: Any) -> str:
        given = args(one)
        return given.get("near") or given.get("inside") or given.get("dtype") or given.get("reason") or ""

    findings = refused(TallyError, lambda: small().score_frame(table))
    return [(one.code, args(one).get("name", ""), told(one)) for one in findings]


def totals(table: pd.DataFrame) -> list[str]:
    return [str(total) for total in small().score_frame(table)["total"]]


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        (("work", "late"), "('work', 'late')"),
        (("x", "work.late"), "('x', 'work.late')"),
        (("work.late", 7, ""), "('work.late', 7, '')"),
        (b"work.late", "b'work.late'"),
    ],
)
def test_a_label_that_is_no_text_may_have_been_meant_for_an_input(label: Any, shown: str) -> None:
    columns = [label if name == "work.late" else name for name in SMALL_ROWS]
    table = frame().set_axis(pd.Index(columns, tupleize_cols=False), axis=1)
    assert found(table) == [("GR601", shown, "work.late")]


def test_other_labels_are_carried_along() -> None:
    labels = pd.Index([*SMALL_ROWS, 7, Evil(), ("a", 1), None], tupleize_cols=False, dtype=object)
    table = pd.concat([frame(), frame(), frame()], axis=1).iloc[:, : len(labels)].set_axis(labels, axis=1)
    assert totals(table) == list(SMALL_TOTALS)


def test_levels_of_the_index_are_read_as_columns_are() -> None:
    assert totals(frame().set_index(["unit", "work.papers.missing"])) == list(SMALL_TOTALS)
    assert totals(frame().set_index("work.late")) == list(SMALL_TOTALS)
    assert found(frame().set_index("work.late", drop=False)) == [("GR631", "work.late", "")]
    assert found(frame().set_index("work.late").rename_axis("late")) == [("GR601", "late", "work.late")]
    assert found(frame().rename_axis("total")) == [("GR652", "total", "")]


def test_a_row_is_named_by_the_unit_in_the_index() -> None:
    table = frame(work__index__gap=[-1, 0, 0]).set_index("unit")
    findings = refused(TallyError, lambda: small().score_frame(table))
    assert [one.where for one in findings] == ["", "row 1 (u1)"]


def test_mappings_may_hold_an_input() -> None:
    table = frame(data=[{"work": {"late": True}}, None, {}]).drop(columns="work.late")
    assert found(table) == [("GR657", "data", "work.late")]
    arrow = pd.Series([{"late": True}] * 3, dtype=pd.ArrowDtype(pa.struct([("late", pa.bool_())])))
    assert found(frame(work=arrow)) == [("GR657", "work", "work.late")]
    assert totals(frame(data=[{"a": 1}, [2], Evil()])) == list(SMALL_TOTALS)


@pytest.mark.parametrize("cells", [[10**400, 1, 1], [Evil(), 1, 1], [True, 1, 1], [1j, 1, 1]])
def test_a_column_of_objects_that_arrow_cannot_hold_has_the_wrong_type(cells: list[Any]) -> None:
    column = pd.Series(cells, dtype=object)
    assert found(frame(work__index__gap=column)) == [("GR651", "work.index.gap", "object")]
    assert totals(frame(unit=column)) == list(SMALL_TOTALS)


def test_text_that_is_not_utf8_is_no_text() -> None:
    wrong = pa.Array.from_buffers(
        pa.string(), 3, [None, pa.py_buffer(b"\0\0\0\0\1\0\0\0\2\0\0\0\2\0\0\0"), pa.py_buffer(b"A\xff")]
    )
    column = pd.Series(pd.array(wrong, dtype=pd.ArrowDtype(pa.string())))
    assert found(frame(bonus__judged=column)) == [("GR658", "bonus.judged", "text that is not UTF-8")]
