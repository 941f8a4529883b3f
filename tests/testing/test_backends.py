"""`check_backend`: a right backend passes, and each kind of wrong cell is reported with both its values."""

import pickle
import random
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from govrubric import Rubric, loads
from govrubric.testing import check_backend
from govrubric.testing.backends import Nonconformity, due
from govrubric.testing.strategies.tables import ROW, Columns, columns_of, random_tables, rows_of, table

RUBRIC = loads(
    """
govrubric: 1
id: library
title: Library
total: 10
round: {places: 0, mode: half_up}
grades: [{grade: good, from: 8}, {grade: fair}]
indicators:
  - id: hours
    title: Opening hours
    weight: 6
    rules:
      - {id: closed, deduct: 0.5, per: day}
      - {id: burnt, forfeit: all}
  - id: total
    title: Readers
    weight: 4
    not_applicable: full
    rules: [{id: survey, judge: 4, places: 1}]
""",
    "library.yaml",
)
# 6 - 3 x 0.5 + 2 = 6.5 -> 7; 6 - 1.5 + 3.5 = 8; none left of 6, and full marks; a survey of 4.5; nothing said
# of the survey.
COLUMNS: Columns = {
    ROW: [1, 2, 3, 4, 5],
    "hours.closed": [3, 3, 13, 0, 0],
    "total.not_applicable": [False, False, True, False, False],
    "total.survey": [Decimal("2.0"), Decimal("3.5"), None, Decimal("4.5"), None],
}
DUE: list[dict[str, Any]] = [
    {"total": 7, "grade": "fair", "hours": Fraction("4.5"), "total:contribution": 2},
    {"total": 8, "grade": "good", "hours": Fraction("4.5"), "total:contribution": Fraction("3.5")},
    {"total": 4, "grade": "fair", "hours": 0, "total:contribution": 4},
    {"total": None, "grade": None, "hours": None, "total:contribution": None, "error": "GR607 total.survey"},
    {"total": None, "grade": None, "hours": None, "total:contribution": None, "error": "GR602 total.survey"},
]
Cells = Mapping[str, Any]
Change = Callable[[dict[str, Any]], dict[str, Any]]


def sound(rubric: Rubric, columns: Columns) -> Iterator[dict[str, Any]]:
    """A backend that scores row by row: whole numbers as `int`, others as `Decimal`, thirds over a
    denominator.
    """
    for row in rows_of(columns):
        cells: dict[str, Any] = {}
        for name, value in due(rubric, row).items():
            if isinstance(value, Fraction) and value.denominator != 1:
                cells[f"{name}/{value.denominator}"] = value.numerator
            else:
                cells[name] = int(value) if isinstance(value, Fraction) else value
        yield cells


def only(change: Change, at: int = 1) -> Callable[[Rubric, Columns], Iterator[dict[str, Any]]]:
    """A backend that changes its result for one row of the library."""

    def backend(rubric: Rubric, columns: Columns) -> Iterator[dict[str, Any]]:
        for number, row in enumerate(sound(rubric, columns), 1):
            yield change(row) if rubric == RUBRIC and number == at else row

    return backend


def told(backend: Any, detail: Any = "rules") -> list[str]:
    """The differences in the library."""
    with pytest.raises(Nonconformity) as caught:
        check_backend(backend, rubrics=0, also=[(RUBRIC, COLUMNS)], detail=detail)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)
    return [str(one) for one in caught.value.found.differences]


@pytest.fixture(autouse=True)
def without_the_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave out the shipped rubrics, which take long to load; `tests/tables/test_conformance.py` has them."""
    monkeypatch.setattr("govrubric.testing.backends.cases", tuple)


# Expected columns


@pytest.mark.parametrize("number", range(5))
def test_what_is_due_is_what_was_worked_out_by_hand(number: int) -> None:
    row = rows_of(COLUMNS)[number]
    assert due(RUBRIC, row, "items") == {"error": None, **DUE[number]}
    assert due(RUBRIC, row, "total").keys() == {"total", "grade", "error"}


def test_of_rules_the_raw_and_the_applied_effect_are_due() -> None:
    rules = {
        name: value for name, value in due(RUBRIC, rows_of(COLUMNS)[2]).items() if name.startswith("hours.")
    }
    assert rules == {
        "hours.closed:raw": Fraction("-6.5"),
        "hours.closed:applied": -6,
        "hours.burnt:raw": 0,
        "hours.burnt:applied": 0,
    }


# Backends that pass


def test_a_backend_with_the_same_numbers_passes() -> None:
    found = check_backend(sound, rubrics=20, rows=10, also=[(RUBRIC, COLUMNS)])
    assert found.rubrics == 21
    assert found.cells > 1000
    assert (found.refused, found.differences) == ((), ())


def test_what_is_refused_is_counted_and_is_no_difference() -> None:
    def refusing(rubric: Rubric, columns: Columns) -> list[dict[str, Any]]:
        if rubric == RUBRIC:
            raise NotImplementedError("it has no grades")
        return list(sound(rubric, columns))

    assert check_backend(refusing, rubrics=0, also=[(RUBRIC, COLUMNS)]).refused == (
        "library: it has no grades",
    )


def test_columns_that_were_not_asked_for_are_ignored() -> None:
    assert (
        check_backend(
            only(lambda row: {**row, "unit": "x", "price/kg": 1.5, "x/3": 1}),
            rubrics=0,
            also=[(RUBRIC, COLUMNS)],
        ).differences
        == ()
    )


@pytest.mark.parametrize("name", ["total", "total/1", "total/20"])
def test_a_number_may_be_over_whatever_its_name_says(name: str) -> None:
    value = {"total": Decimal("7.00"), "total/1": Decimal(7), "total/20": 140}[name]
    backend = only(lambda row: {**{key: cell for key, cell in row.items() if key != "total"}, name: value})
    assert check_backend(backend, rubrics=0, also=[(RUBRIC, COLUMNS)]).differences == ()


# Differences


@pytest.mark.parametrize(
    ("change", "difference"),
    [
        pytest.param({"total": 6}, "library, row 1, total: 6 instead of 7", id="a number"),
        pytest.param({"total": 7.0}, "library, row 1, total: the float 7.0 instead of 7", id="a float"),
        pytest.param({"total": True}, "library, row 1, total: True instead of 7", id="a flag"),
        pytest.param({"total": "7"}, "library, row 1, total: 7 instead of 7", id="a text"),
        pytest.param({"total": Decimal("NaN")}, "library, row 1, total: NaN instead of 7", id="not a number"),
        pytest.param({"total": None}, "library, row 1, total: None instead of 7", id="nothing"),
        pytest.param({"grade": "good"}, "library, row 1, grade: good instead of fair", id="a grade"),
        pytest.param({"hours/2": 10}, "library, row 1, hours: 5 instead of 4.5", id="a number over 2"),
        pytest.param(
            {"hours/2": Decimal("9.5")},
            "library, row 1, hours: 9.5 instead of 4.5",
            id="no whole number over 2",
        ),
        pytest.param(
            {"hours.closed:applied/2": -2},
            "library, row 1, hours.closed:applied: -1 instead of -1.5",
            id="a rule",
        ),
        pytest.param(
            {"hours.closed:applied:over": -2, "hours.closed:applied:under": 3},
            "library, row 1, hours.closed:applied: -2/3 instead of -1.5",
            id="a numerator and a denominator",
        ),
        pytest.param(
            {"hours.closed:applied:over": -2, "hours.closed:applied:under": 0},
            "library, row 1, hours.closed:applied: -2 instead of -1.5",
            id="a denominator of zero",
        ),
        pytest.param(
            {"hours.closed:applied:over": None, "hours.closed:applied:under": 3},
            "library, row 1, hours.closed:applied: None instead of -1.5",
            id="no numerator",
        ),
        pytest.param(
            {"error": "GR602 hours.closed"},
            "library, row 1, error: GR602 hours.closed instead of None",
            id="an error",
        ),
    ],
)
def test_a_cell_that_is_wrong_is_told_with_both_values(change: Cells, difference: str) -> None:
    assert told(only(lambda row: {**row, **change})) == [difference]


def test_a_column_that_is_missing_is_told() -> None:
    assert told(only(lambda row: {key: cell for key, cell in row.items() if key != "grade"})) == [
        "library, row 1, grade: no such column instead of fair"
    ]


def test_a_wrong_row_that_is_scored_is_told() -> None:
    assert told(only(lambda row: {**row, "total": 10, "error": None}, at=5), "total") == [
        "library, row 5, total: 10 instead of None",
        "library, row 5, error: None instead of GR602 total.survey",
    ]


def test_a_row_that_is_lost_is_told() -> None:
    assert told(lambda rubric, columns: list(sound(rubric, columns))[: 4 if rubric == RUBRIC else None]) == [
        "library: 4 rows instead of 5 rows"
    ]


def test_a_failure_is_told_and_the_others_are_compared() -> None:
    def failing(rubric: Rubric, columns: Columns) -> list[dict[str, Any]]:
        if rubric == RUBRIC:
            raise OverflowError("too wide")
        return list(sound(rubric, columns))

    assert told(failing) == ["library: OverflowError: too wide instead of scores"]


def test_the_message_has_the_first_differences_and_then_a_row_and_its_rubric() -> None:
    with pytest.raises(Nonconformity) as caught:
        check_backend(
            only(lambda row: dict.fromkeys(row, 0), at=2), rubrics=0, also=[(RUBRIC, COLUMNS)], detail="items"
        )
    lines = str(caught.value).splitlines()
    assert lines[0].endswith(" cells differ, the first 10 are")
    assert lines[1] == "  library, row 2, total: 0 instead of 8"
    assert lines[lines.index("the row of the first:") + 1] == "  row id: 2"
    assert "  total.survey: 3.5" in lines
    assert loads("\n".join(lines[lines.index("and its rubric:") + 1 :])) == RUBRIC


# Wrong engines: each scores by another rubric


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("half_up", "half_even", id="ties go to even"),
        pytest.param("half_up", "down", id="digits after the point are cut off"),
        pytest.param(" weight: 6", " weight: 6\n   floor: none", id="the floor of an item is no bound"),
        pytest.param("deduct: 0.5", "deduct: 0.51", id="a share of a point more"),
        pytest.param("not_applicable: full", "not_applicable: zero", id="what does not apply is nothing"),
        pytest.param("from: 8", "from: 9", id="a grade begins later"),
    ],
)
def test_an_engine_that_reads_another_rubric_is_found_out(old: str, new: str) -> None:
    text = RUBRIC.to_text()
    assert old in text
    other = loads(text.replace(old, new))
    columns = columns_of(
        RUBRIC,
        [
            {"hours.closed": closed, "total.survey": survey}
            for closed, survey in ((3, 2), (5, 4), (13, 4), (13, "0.5"), (2, 3))
        ],
    )
    columns[ROW].append(6)
    for name, value in {
        "hours.closed": 0,
        "hours.burnt": False,
        "total.not_applicable": True,
        "total.survey": None,
    }.items():
        columns[name].append(value)
    with pytest.raises(Nonconformity) as caught:
        check_backend(
            lambda rubric, table: sound(other if rubric == RUBRIC else rubric, table),
            rubrics=0,
            also=[(RUBRIC, columns)],
        )
    assert {one.rubric for one in caught.value.found.differences} == {RUBRIC}


# Tables


def test_the_same_seed_draws_the_same_tables_and_another_others() -> None:
    first, again, other = (random_tables(12, 5, seed) for seed in (3, 3, 4))
    assert [(one.digest, columns) for one, columns in first] == [
        (one.digest, columns) for one, columns in again
    ]
    assert [columns for _, columns in first] != [columns for _, columns in other]


def test_values_are_of_one_kind_for_each_kind_of_input() -> None:
    kinds = {"count": int, "flag": bool, "number": Decimal, "choice": str}
    for rubric, columns in random_tables(30, 8, seed=5):
        assert next(iter(columns)) == ROW
        for name, values in columns.items():
            kind = int if name == ROW else kinds[rubric._inputs[name].kind]
            assert {type(value) for value in values} <= {kind, type(None)}


def test_tallies_become_columns_in_which_nothing_is_left_out_but_what_is_excused() -> None:
    assert columns_of(RUBRIC, [{"total": {"survey": 3}}, {"hours.closed": 1, "total.survey": "2.5"}]) == {
        ROW: [1, 2],
        "hours.closed": [0, 1],
        "hours.burnt": [False, False],
        "total.not_applicable": [False, False],
        "total.survey": [Decimal(3), Decimal("2.5")],
    }


def test_some_wrong_values_stand_between_two_steps() -> None:
    stepped = loads(RUBRIC.to_text().replace("judge: 4\n", "judge: 4\n      step: 0.5\n"))
    assert stepped._inputs["total.survey"].step == Fraction("0.5")
    found = [
        due(stepped, row)["error"]
        for seed in range(40)
        for row in rows_of(table(stepped, 4, random.Random(seed)))
    ]
    assert "GR609 total.survey" in found
