"""What is wrong with a row, as `score` would find it, and how a table is refused."""

from dataclasses import replace
from typing import Any

import polars as pl
import pytest

from govrubric import TallyError
from govrubric.diagnostics.diagnostic import Diagnostic
from govrubric.formula.build import tally_count
from govrubric.tables import row_errors
from govrubric.tables.engines import Polars
from govrubric.tables.program import Inputs
from samples import args, codes, rich, small

ROW: dict[str, Any] = {"unit": "u1", "work.papers.missing": 5, "bonus.judged": "0.5"}


def found(*, text: bool = False, **changes: Any) -> list[tuple[str, str]]:
    row = ROW | {name.replace("__", "."): value for name, value in changes.items()}
    schema = {
        name: pl.String if isinstance(value, str) or value is None else pl.Int64
        for name, value in row.items()
    }
    schema["work.papers.missing"] = pl.String if text else pl.Int64
    inputs = small()._tables.scoring(schema, "total", scaled=False, text=text).inputs
    return [(one.code, args(one)["name"]) for one in row_errors.findings(inputs, row, text=text)]


def test_a_sound_row_has_no_findings_and_what_has_no_column_is_not_missing() -> None:
    assert found() == []


def test_a_value_that_is_left_out_is_missing_and_a_wrong_one_is_what_score_finds() -> None:
    assert found(work__papers__missing=None) == [("GR602", "work.papers.missing")]
    assert found(work__papers__missing=-1, bonus__judged="0.7") == [
        ("GR604", "work.papers.missing"),
        ("GR609", "bonus.judged"),
    ]
    assert found(bonus__judged="") == [("GR615", "bonus.judged")]


def test_an_empty_cell_of_a_file_is_what_a_tally_leaves_out() -> None:
    assert found(text=True, work__papers__missing="") == []
    assert found(text=True, work__papers__missing=None) == []
    assert found(text=True, work__papers__missing="4例") == [("GR603", "work.papers.missing")]
    assert found(text=True, bonus__judged="") == [("GR602", "bonus.judged")]


def test_a_row_that_a_flag_excuses_may_leave_out_what_it_excuses() -> None:
    row = {
        "served": True,
        "class": "B",
        "tests.first.graded": 1,
        "tests.second.graded": 1,
        "tests.third.graded": 1,
    }
    flagged = {**row, "desk.mail.not_applicable": True, "desk.mail.replied": None}
    schema = dict.fromkeys(flagged, pl.Int64) | {
        "served": pl.Boolean,
        "class": pl.String,
        "desk.mail.not_applicable": pl.Boolean,
    }
    inputs = rich()._tables.scoring(schema, "total", scaled=False).inputs
    assert row_errors.findings(inputs, flagged, text=False) == ()
    left_out = row_errors.findings(inputs, {**flagged, "desk.mail.not_applicable": False}, text=False)
    assert [(one.code, args(one)["name"]) for one in left_out] == [("GR602", "desk.mail.replied")]


def test_what_is_said_of_a_row_is_codes_and_names() -> None:
    long = "desk.mail." + 80 * "n"
    inputs = Inputs(
        Polars(),
        replace(rich()._plan, inputs=(tally_count("a.b", None), tally_count(long, None))),
        [],
        lambda _: 32,
    )
    found = [Diagnostic.of("GR604", name="a.b", high="9", value="10"), Diagnostic.of("GR602", name=long)]
    assert row_errors.text_of(inputs, found) == f"GR604 a.b; GR602 {long}"


def test_a_refusal_counts_the_rows_and_names_the_first() -> None:
    one = Diagnostic.of("GR602", None, (), name="c")
    error = row_errors.refused(2, 9, [("row 4 (u4)", (one,)), ("row 7", (one, one))], "en")
    assert isinstance(error, TallyError)
    assert codes(error.diagnostics) == ["GR650", "GR602", "GR602", "GR602"]
    assert (
        str(error).splitlines()[0] == "error[GR650]: 2 of 9 rows cannot be scored; the first are told below"
    )
    assert str(error).splitlines()[2] == "row 4 (u4): error[GR602]: `c` is missing"


@pytest.mark.parametrize(
    ("row", "number", "english", "chinese"),
    [
        ({"unit": "u1", "name": "First"}, 4, "row 4 (u1)", "第 4 行（u1）"),
        ({"name": "First"}, 4, "row 4 (First)", "第 4 行（First）"),
        ({"unit": None, "name": "First"}, None, "First", "First"),
        ({"unit": 17}, 1, "row 1 (17)", "第 1 行（17）"),
        ({}, 12, "row 12", "第 12 行"),
        ({}, None, "a row", "有一行"),
        (
            {"unit": "u\x1b[31m" + "x" * 99},
            None,
            "u\\u001b[31m" + "x" * 28 + "…",
            "u\\u001b[31m" + "x" * 28 + "…",
        ),
    ],
)
def test_what_a_row_is_called(row: dict[str, Any], number: int | None, english: str, chinese: str) -> None:
    assert list(row_errors.labels([row], [number], "en")) == [english]
    assert list(row_errors.labels([row], [number], "zh-CN")) == [chinese]
