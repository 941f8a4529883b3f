"""Which items do not apply by their own conditions, and what may be left out then."""

from decimal import Decimal
from typing import Any

import polars as pl
import pytest
from pydantic import ValidationError

from govrubric import Rubric, TallyError, loads
from govrubric.cases.coverage import coverage, points
from govrubric.comparison.as_text import as_text
from govrubric.comparison.compare import compare
from govrubric.scoring.derived_flags import DerivedFlags

TEXT = """\
govrubric: 1
id: t
title: T
total: 10
round: {places: 2, mode: half_up}
facts: {exempt: flag, rate: {number: {min: 0, max: 100}}}
indicators:
  - id: g
    title: G
    weight: 6
    not_applicable: {when: exempt, then: rescale}
    items:
      - {id: a, title: A, weight: 2, not_applicable: {when: "kind == '乙'", then: zero}, rules: [{id: j, judge: 2}]}
      - {id: b, title: B, weight: 4, rules: [{id: kind, choose: {甲: 4, 乙: 2}}, {id: k, award: 1, when: "rate > 50"}], start: zero}
  - {id: c, title: C, weight: 4, not_applicable: {when: "rate / 3 >= 30", then: full}, rules: [{id: j, judge: 4}]}
"""
TEXT = TEXT.replace("when: \"kind == '乙'\"", "when: \"g.b.kind == '乙'\"")
RUBRIC = loads(TEXT)
# A tally, and what is missing in it.
TALLIES: list[tuple[dict[str, Any], list[str]]] = [
    ({"rate": 10}, ["g.a.j", "g.b.kind", "c.j"]),
    ({"rate": 90}, ["g.a.j", "g.b.kind"]),
    ({"rate": 90, "g.b.kind": "乙"}, []),
    ({"rate": 90, "g.b.kind": "甲"}, ["g.a.j"]),
    ({"rate": 90, "exempt": True}, []),
    ({"rate": "89.99", "exempt": True}, ["c.j"]),
    ({"exempt": True}, ["rate", "c.j"]),
    ({"rate": 10, "g.b.kind": "乙", "c.j": 4, "g.a.j": 1}, []),
]
each_tally = pytest.mark.parametrize(("tally", "missing"), TALLIES)


def found(rubric: Rubric, tally: dict[str, Any]) -> list[tuple[str, str]]:
    """What is wrong with a tally: codes and names."""
    try:
        rubric.score(tally)
    except TallyError as error:
        return [(one.code, str(one.path[0])) for one in error.diagnostics]
    return []


def test_the_flags_that_excuse_an_input_are_those_of_every_item_that_uses_it() -> None:
    assert dict(RUBRIC._plan.excused) == {
        "g.a.j": ("g:excused", "g.a:excused"),
        "g.b.kind": ("g:excused",),
        "c.j": ("c:excused",),
    }


@each_tally
def test_what_is_needed_and_missing_is_refused(tally: dict[str, Any], missing: list[str]) -> None:
    assert found(RUBRIC, tally) == [("GR602", name) for name in missing]


@each_tally
def test_the_model_of_a_tally_refuses_the_same(tally: dict[str, Any], missing: list[str]) -> None:
    named = {name: str(value) if name == "rate" else value for name, value in tally.items()}
    told: list[str] = []
    try:
        RUBRIC.tally_model().model_validate(named)
    except ValidationError as error:
        told = [str(one["loc"][0]) for one in error.errors()]
    assert sorted(told) == sorted(missing)


@each_tally
@pytest.mark.parametrize("on_error", ["raise", "report"])
def test_a_table_refuses_the_same(tally: dict[str, Any], missing: list[str], on_error: str) -> None:
    types: dict[str, Any] = {
        "rate": pl.Decimal(10, 2),
        "exempt": pl.Boolean,
        "g.b.kind": pl.String,
        "g.a.j": pl.Int64,
        "c.j": pl.Int64,
    }
    row = {"rate": None, "exempt": False} | dict.fromkeys(types) | {"exempt": False} | tally
    row["rate"] = None if row["rate"] is None else Decimal(row["rate"])
    table = pl.DataFrame({name: pl.Series([row[name]], dtype=type_) for name, type_ in types.items()})
    if on_error == "report":
        errors = RUBRIC.score_frame(table, on_error="report")["error"].to_list()[0] or ""
        assert [part.split()[1] for part in errors.split("; ") if part] == missing
    elif missing:
        with pytest.raises(TallyError):
            RUBRIC.score_frame(table)
    else:
        assert RUBRIC.score_frame(table)["total"].to_list() == [RUBRIC.score(tally).total]


def test_the_conditions_of_outer_items_are_read_first() -> None:
    assert DerivedFlags(RUBRIC._plan).read() == ["exempt", "rate", "g.b.kind"]


def test_a_wrong_value_counts_as_one_that_is_left_out() -> None:
    flags = DerivedFlags(RUBRIC._plan)
    assert flags.raised_by({"exempt": 1, "rate": 95}) == {"c:excused"}
    assert flags.raised_by({"exempt": True, "g.b.kind": "乙"}) == {"g:excused"}
    assert (
        DerivedFlags(loads(TEXT.replace("{when: exempt, then: rescale}", "rescale"))._plan).raised_by({})
        == set()
    )


def test_without_conditions_there_is_nothing_to_work_out() -> None:
    plain = TEXT.replace("{when: exempt, then: rescale}", "rescale")
    plain = plain.replace("{when: \"g.b.kind == '乙'\", then: zero}", "zero").replace(
        '{when: "rate / 3 >= 30", then: full}', "full"
    )
    flags = DerivedFlags(loads(plain)._plan)
    assert (bool(flags), flags.raised((1, 2)), flags.raised_by({"exempt": True})) == (False, set(), set())


def test_a_tally_schema_lets_out_what_a_condition_may_excuse() -> None:
    assert RUBRIC.tally_schema()["required"] == ["rate"]
    assert "allOf" not in RUBRIC.tally_schema()


def test_what_excuses_a_value_is_not_tried_otherwise() -> None:
    """Neither the flag, without which values are missing, nor a kind of which a judgement is missing."""
    left_out = RUBRIC.score({"rate": 90, "exempt": True})
    assert {row.input for row in left_out.marginal()} == {"g.b.k", "g.b.kind"}
    chosen = RUBRIC.score({"rate": 90, "g.b.kind": "乙"})
    assert {row.input for row in chosen.marginal()} == {"exempt", "g.b.k"}


def test_coverage_wants_a_case_in_which_an_item_does_not_apply() -> None:
    asked = {point.path for point in points(RUBRIC) if point.kind == "absent"}
    card = RUBRIC.score({"rate": 90, "g.b.kind": "乙"})
    left = {point.path for point in coverage(RUBRIC, [card]).untouched if point.kind == "absent"}
    assert (asked, left) == ({"g", "g.a", "c"}, {"g"})


def test_a_condition_that_changes_is_told() -> None:
    newer = loads(TEXT.replace("when: exempt,", "when: exempt and rate > 50,"))
    assert "exempt and rate > 50" in as_text(compare(RUBRIC, newer), None, "en")
