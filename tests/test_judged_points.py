"""Judged points in every reading: a gap above zero, and points that go with a count of cases."""

import random
from decimal import Decimal
from fractions import Fraction
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from govrubric import Exact, Rubric, TallyError, check, loads
from govrubric.cases.coverage import coverage
from govrubric.comparison.compare import compare
from govrubric.comparison.replay import Recount
from govrubric.formula.build import choice, number, possible, tally_count
from govrubric.formula.nodes import Each, Input
from govrubric.plan.names import fits
from govrubric.reports.blanks import as_yaml
from govrubric.sensitivity.study import Study
from govrubric.tables.polars_frames import scored
from govrubric.tally_sheets.units import FileUnit
from govrubric.testing import tallies
from govrubric.testing.interpreter import value
from govrubric.testing.laws import _one_more, never_better
from govrubric.testing.strategies.edges import edges
from govrubric.testing.strategies.tables import table
from govrubric.testing.strategies.tally import alone, beside_cases

TEXT = """
govrubric: 1
id: c
title: c
total: 40
round: {places: 2, mode: half_up}
indicators:
  - id: a
    title: A
    weight: 10
    rules:
      - {id: serious, deduct: judged, from: 2, to: 6}
      - {id: late, deduct: 1, per: day}
  - id: b
    title: B
    weight: 30
    not_applicable: zero
    rules:
      - {id: accident, deduct: judged, from: 5, to: 10, per: case}
"""
RUBRIC = loads(TEXT)
SOUND: dict[str, Any] = {"a.serious": 2, "b.accident.cases": 2, "b.accident.points": Decimal("12.5")}
CASES, POINTS = "b.accident.cases", "b.accident.points"


def codes(rubric: Rubric, tally: dict[str, Any], **options: Any) -> list[tuple[str, str]]:
    """The code of each finding about a tally, with the input that it names."""
    try:
        rubric.score(tally, **options)
    except TallyError as error:
        return [(finding.code, dict(finding.args)["name"]) for finding in error.diagnostics]
    return []


WRONG: tuple[tuple[dict[str, Any], list[tuple[str, str]]], ...] = (
    ({}, []),
    ({"a.serious": 0}, []),
    ({"a.serious": Decimal("1.99")}, [("GR607", "a.serious")]),
    ({"a.serious": Decimal("0.01")}, [("GR607", "a.serious")]),
    ({"a.serious": Decimal("6.01")}, [("GR607", "a.serious")]),
    ({POINTS: 10}, []),
    ({POINTS: 20}, []),
    ({POINTS: Decimal("9.99")}, [("GR607", POINTS)]),
    ({POINTS: Decimal("20.01")}, [("GR607", POINTS)]),
    ({CASES: 0}, [("GR607", POINTS)]),
    ({CASES: 100_000_001}, [("GR604", CASES)]),
    ({CASES: -1, POINTS: -1}, [("GR604", CASES), ("GR607", POINTS)]),
    ({CASES: 100_000_000, POINTS: 1_000_000_000}, []),
)


@pytest.mark.parametrize(("change", "found"), WRONG)
def test_score_and_total_refuse_what_the_range_does_not_hold(
    change: dict[str, Any], found: list[tuple[str, str]]
) -> None:
    tally = {**SOUND, **change}
    assert codes(RUBRIC, tally) == found
    nested = {name: {"value": str(given)} for name, given in tally.items() if name != CASES}
    assert codes(RUBRIC, {**nested, CASES: tally[CASES]}) == found
    if found:
        with pytest.raises(TallyError):
            RUBRIC.total(tally)
    else:
        assert RUBRIC.total(tally) == RUBRIC.score(tally).total


def test_a_count_that_was_left_out_is_none() -> None:
    tally = {"a.serious": 0, POINTS: 0}
    assert codes(RUBRIC, tally) == []
    assert codes(RUBRIC, tally | {POINTS: 5}) == [("GR607", POINTS)]
    assert codes(RUBRIC, tally, strict=True) == [
        ("GR602", "a.late"),
        ("GR602", "b.not_applicable"),
        ("GR602", CASES),
    ]


def test_points_that_are_excused_go_with_any_count() -> None:
    assert codes(RUBRIC, {"a.serious": 0, "b.not_applicable": True, CASES: 3}) == []
    assert codes(RUBRIC, {"a.serious": 0, "b.not_applicable": True, CASES: 3, POINTS: 0}) == [
        ("GR607", POINTS)
    ]


@pytest.mark.parametrize(
    ("change", "lang", "message"),
    [
        ({"a.serious": 1}, "en", "`a.serious` is 0 or goes from 2 to 6, and this is 1"),
        ({"a.serious": 1}, "zh", "“a.serious”的范围为 0，或 2 至 6，而此处为 1"),
        (
            {POINTS: 9},
            "en",
            "`b.accident.points` goes from 10 to 20, as `b.accident.cases` is 2, and this is 9",
        ),
        (
            {POINTS: 9},
            "zh",
            "“b.accident.points”的范围为 10 至 20（“b.accident.cases”为 2），而此处为 9",
        ),
        ({"a.serious": 7}, "en", "`a.serious` is 0 or goes from 2 to 6, and this is 7"),
    ],
)
def test_a_message_says_what_is_possible(change: dict[str, Any], lang: str, message: str) -> None:
    with pytest.raises(TallyError) as refused:
        RUBRIC.score({**SOUND, **change})
    assert refused.value.diagnostics[0].message(lang) == message


def rows() -> list[dict[str, Any]]:
    return [{"a.late": 0, "b.not_applicable": False, **SOUND, **change} for change, _ in WRONG]


def as_frame(places: int) -> pl.DataFrame:
    """The rows as a frame, with decimals of so many places."""
    exact = [{**row, "a.serious": Decimal(row["a.serious"]), POINTS: Decimal(row[POINTS])} for row in rows()]
    columns = {name: [row[name] for row in exact] for name in exact[0]}
    decimals = pl.Decimal(20, places)
    return pl.DataFrame(columns, schema_overrides={"a.serious": decimals, POINTS: decimals})


EXPECTED = [None if not found else "; ".join(f"{code} {name}" for code, name in found) for _, found in WRONG]


@pytest.mark.parametrize("places", [2, 4])
def test_tables_refuse_the_same_rows(places: int) -> None:
    frame = as_frame(places)
    assert RUBRIC.score_frame(frame, on_error="report")["error"].to_list() == EXPECTED
    connection = duckdb.connect()
    connection.register("frame", frame.to_arrow())
    made = RUBRIC.score_frame(connection.sql("SELECT * FROM frame"), on_error="report")
    assert made.pl()["error"].to_list() == EXPECTED


def test_columns_of_text_are_read_as_numbers() -> None:
    frame = as_frame(2).with_columns(
        pl.Series("a.serious", [str(row["a.serious"]) for row in rows()]),
        pl.Series(POINTS, [str(row[POINTS]) for row in rows()]),
    )
    assert RUBRIC.score_frame(frame, on_error="report")["error"].to_list() == EXPECTED


def test_columns_of_whole_numbers_know_the_gap_too() -> None:
    frame = pl.DataFrame({"a.serious": [0, 1, 2, 6], CASES: [0, 1, 1, 2], POINTS: [0, 5, 11, 20]})
    assert RUBRIC.score_frame(frame, on_error="report")["error"].to_list() == [
        *(None, "GR607 a.serious", "GR607 b.accident.points", None),
    ]
    assert RUBRIC.score_frame(frame[[0, 3]])["total"].to_list() == [Decimal(40), Decimal(14)]
    with pytest.raises(TallyError):
        RUBRIC.score_frame(frame)


def test_a_table_without_the_count_has_no_cases() -> None:
    frame = pl.DataFrame({"a.serious": [0, 0], POINTS: [0, 5]})
    assert RUBRIC.score_frame(frame, on_error="report")["error"].to_list() == [None, f"GR607 {POINTS}"]


def test_two_columns_of_text_go_together() -> None:
    frame = pl.DataFrame({"a.serious": ["0", "0"], CASES: ["1", "2"], POINTS: ["7.5", "7.5"]})
    scoring = RUBRIC._tables.scoring(dict(frame.schema), "total", scaled=False, text=True)
    made = scored(scoring, frame.lazy(), "report", [CASES]).collect()
    assert made["error"].to_list() == [None, f"GR607 {POINTS}"]


def test_the_schema_says_the_range() -> None:
    schema = RUBRIC.tally_schema()
    validator = Draft202012Validator(schema)
    assert [
        validator.is_valid({**SOUND, POINTS: 12, "a.serious": given}) for given in (0, 1, 2, 6, 7, "0")
    ] == [
        *(True, False, True, True, False, True),
    ]
    serious, points = (schema["properties"][name]["description"] for name in ("a.serious", POINTS))
    assert serious.splitlines() == [
        "0, or 2 to 6, at most 2 decimal places; digits as text are never moved",
        "0，或 2 至 6，至多 2 位小数；数字也可写成文字",
    ]
    assert points.splitlines()[0] == (
        "0 to 1000000000, and 5 to 10 for each of `b.accident.cases`, at most 2 decimal places; digits as text "
        "are never moved"
    )
    assert "且“b.accident.cases”每计一次为 5 至 10" in points


def test_the_model_refuses_the_same() -> None:
    model = RUBRIC.tally_model()
    assert model.model_validate(SOUND).tally() == SOUND
    evidence = {**SOUND, CASES: {"value": 2, "evidence": ["1"]}}
    assert model.model_validate(evidence).tally() == evidence
    for change, found in WRONG:
        if found:
            with pytest.raises(ValidationError) as refused:
                model.model_validate({**SOUND, **change})
            assert [(error["type"], error["loc"][0]) for error in refused.value.errors()] == found


def test_the_model_judges_points_alone_where_the_count_is_wrong() -> None:
    with pytest.raises(ValidationError) as refused:
        RUBRIC.tally_model().model_validate({**SOUND, CASES: "two"})
    assert [error["loc"] for error in refused.value.errors()] == [(CASES,)]


def test_forms_are_told_the_range() -> None:
    serious, points, late = (RUBRIC.inputs[name] for name in ("a.serious", POINTS, "a.late"))
    assert [serious.minimum, serious.least_above_zero, serious.maximum] == [0, 2, 6]
    assert serious.cases is None
    assert (points.cases, points.least_per_case, points.most_per_case) == (CASES, Exact(5), Exact(10))
    assert points.least_above_zero is None
    assert (late.least_above_zero, late.cases, late.least_per_case, late.most_per_case) == (None,) * 4


def test_a_blank_tally_says_the_range() -> None:
    english, chinese = as_yaml(RUBRIC, "en"), as_yaml(RUBRIC, "zh")
    assert "a.serious:   # 0, or 2 to 6, 2 places" in english
    assert "b.accident.points:   # 5 to 10 for each of cases, 2 places" in english
    assert "a.serious:   # 0，或2至6，最多2位小数" in chinese
    assert "b.accident.points:   # 每例5至10（例数见 cases），最多2位小数" in chinese


def marginal(tally: dict[str, Any]) -> list[tuple[object, object]]:
    """The other counts of cases that are tried."""
    rows = RUBRIC.score(tally).marginal()
    return [(row.before, row.after) for row in rows if row.input == CASES]


def test_one_case_more_is_tried_only_where_the_points_allow_it() -> None:
    assert marginal(SOUND) == []
    assert marginal({**SOUND, POINTS: 10}) == [(2, 1)]
    assert marginal({**SOUND, POINTS: 20}) == [(2, 3)]
    excused = {"a.serious": 0, "b.not_applicable": True, CASES: 2}
    assert marginal(excused) == [(2, 1), (2, 3)]


def test_what_if_leaves_out_counts_that_points_were_judged_for() -> None:
    frame = pl.DataFrame({"a.serious": [0], "a.late": [1], CASES: [2], POINTS: [15]})
    variants = Study(RUBRIC, frame, Fraction(1, 10)).variants
    assert [variant.name for variant in variants if variant.kind == "count"] == ["a.late", "a.late"]


def test_points_that_nobody_counted_are_those_of_the_cases() -> None:
    """Last year's rule counted cases under the same name; this year's judges their points."""
    older = loads(
        TEXT.replace(
            "{id: accident, deduct: judged, from: 5, to: 10, per: case}",
            "{id: accident, formula: -cases, inputs: {cases: count}}",
        )
    )
    recount = Recount(compare(older, RUBRIC))
    tally = {"a.serious": 0, CASES: 3}
    unit = recount.unit(FileUnit("u", None, tally, lambda finding: finding), older.score(tally, unit="u"))
    assert not hasattr(unit, "found")
    assert recount.added == (POINTS,)


@pytest.mark.parametrize(
    ("shared", "is_fit"),
    [
        (number("s", Fraction(6), gap=Fraction(2), places=2), True),
        (number("s", Fraction(5), gap=Fraction(3), places=2), True),
        (number("s", Fraction(6), gap=Fraction(1), places=2), False),
        (number("s", Fraction(6), places=2), False),
        (number("s", Fraction(6), low=2, places=2), True),
        (tally_count("s", None, 6), False),
        (number("s", Fraction(1, 2), places=2), False),
        (choice("s", ("A",)), False),
    ],
)
def test_a_shared_number_must_not_lie_in_the_gap(shared: Input, is_fit: bool) -> None:
    assert fits(RUBRIC._inputs["a.serious"], shared) is is_fit


def test_a_count_lies_in_no_gap_below_one() -> None:
    assert fits(number("x", Fraction(6), gap=Fraction(1), places=2), tally_count("s", None, 6))


@pytest.mark.parametrize(
    ("points", "cases", "holds"),
    [(0, 0, 1), (1, 1, 0), (2, 1, 1), (4, 1, 1), (5, 1, 0), (6, 1, 0), (6, 2, 1)],
)
def test_what_is_possible_is_a_flag(points: int, cases: int, holds: int) -> None:
    count = tally_count("n", None)
    known = number("p", Fraction(100), gap=Fraction(2), each=Each("n", Fraction(0), Fraction(4)))
    flag = possible(known, {"n": count})
    assert value(flag, {"n": Fraction(cases), "p": Fraction(points)}) == holds
    assert possible(count, {}).lo == 1


@pytest.mark.parametrize(
    ("condition", "is_asked"), [("0 < serious < 2", False), ("0 < serious < 2.01", True)]
)
def test_coverage_asks_for_no_condition_that_the_gap_rules_out(condition: str, is_asked: bool) -> None:
    rubric = loads(TEXT.replace("per: day}", f"per: day, when: {condition}}}"))
    untouched = coverage(rubric, [rubric.score(SOUND | {"a.serious": 0})]).untouched
    assert (("a.late", "true") in [(point.path, point.kind) for point in untouched]) is is_asked


@pytest.mark.parametrize(
    ("condition", "is_asked"), [("cases == 0 and points > 0", False), ("cases == 1 and points > 0", True)]
)
def test_coverage_asks_for_no_points_that_the_cases_rule_out(condition: str, is_asked: bool) -> None:
    when = condition.replace("cases", "b.accident.cases").replace("points", "b.accident.points")
    rubric = loads(TEXT.replace("per: day}", f"per: day, when: {when}}}"))
    untouched = coverage(rubric, [rubric.score(SOUND)]).untouched
    assert (("a.late", "true") in [(point.path, point.kind) for point in untouched]) is is_asked


def test_random_values_lie_beyond_the_gap() -> None:
    marks = edges(RUBRIC)["a.serious"]
    assert [str(mark) for mark in marks[:3]] == ["0", "2", "201/100"]
    assert max(marks) == 6


@settings(max_examples=60, derandomize=True)
@given(st.data())
def test_every_random_tally_is_valid(data: st.DataObject) -> None:
    for with_edges in (True, False):
        tally = data.draw(tallies(RUBRIC, edges=with_edges))
        assert codes(RUBRIC, tally) == []
        never_better(RUBRIC, tally)


def test_a_tally_cut_down_stays_valid() -> None:
    cut = list(alone(RUBRIC, SOUND))
    assert {tally[POINTS] for tally in cut if tally.get(CASES) == 3} == {15}
    assert [codes(RUBRIC, tally) for tally in cut] == [[]] * len(cut)


def test_points_are_brought_into_the_range_of_their_cases() -> None:
    def fitted(cases: int, points: Any, share: str) -> Any:
        return beside_cases(RUBRIC, {CASES: cases, POINTS: points}, lambda: Fraction(share))[POINTS]

    assert fitted(2, Decimal("12.5"), "1") == Decimal("12.5")
    assert fitted(2, 0, "0") == 10
    assert fitted(2, 0, "1/3") == Decimal("13.33")
    assert fitted(2, 100, "1") == 20
    assert beside_cases(RUBRIC, {CASES: 2}, lambda: Fraction(0)) == {CASES: 2}


def test_random_tables_have_rows_of_both_sorts() -> None:
    found = set()
    for seed in range(40):
        columns = table(RUBRIC, 8, random.Random(seed))
        names = [name for name in columns if name in RUBRIC._inputs]
        for cells in zip(*(columns[name] for name in names), strict=True):
            tally = {name: cell for name, cell in zip(names, cells, strict=True) if cell is not None}
            found |= {tuple(finding) for finding in codes(RUBRIC, tally)} or {("", "")}
    assert {("", ""), ("GR607", "a.serious"), ("GR607", POINTS)} <= found


@pytest.mark.parametrize(
    ("name", "tally", "more"),
    [
        ("a.serious", {}, 2),
        ("a.serious", {"a.serious": 2}, Fraction("2.01")),
        ("a.serious", {"a.serious": 6}, None),
        (POINTS, {CASES: 2, POINTS: 10}, Fraction("10.01")),
        (POINTS, {CASES: 2, POINTS: 20}, None),
        (POINTS, {}, None),
        (CASES, {CASES: 2}, None),
        ("a.late", {}, 1),
        ("a.late", {"a.late": 10**9}, None),
        ("b.not_applicable", {}, True),
        ("b.not_applicable", {"b.not_applicable": True}, None),
    ],
)
def test_one_more_violation_is_a_value_that_may_be_given(name: str, tally: dict[str, Any], more: Any) -> None:
    assert _one_more(RUBRIC, tally, name) == more


def warned(rule: str) -> list[tuple[str, str]]:
    """The code of each warning about a rule, with what the rule has instead of its clause."""
    text = TEXT.replace("title: c\n", "title: c\nlanguage: zh-CN\n", 1).replace(
        "{id: late, deduct: 1, per: day}", rule
    )
    found = check(text=text)
    return [(finding.code, dict(finding.args).get("has", "")) for finding in found]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("{id: x, deduct: judged, to: 3, clause: 酌情扣分，最多3分}", []),
        ("{id: x, deduct: judged, from: 2, to: 6, clause: 视情节扣2—6分}", []),
        ("{id: x, deduct: judged, from: 2, to: 5, clause: 视情节扣2—6分}", [("GR420", "5")]),
        ("{id: x, deduct: judged, from: 1, to: 6, clause: 视情节扣2—6分}", [("GR420", "1")]),
        ("{id: x, deduct: judged, to: 6, clause: 视情节扣2—6分}", [("GR420", "0")]),
        ("{id: x, deduct: judged, from: 5, to: 10, per: 例, clause: 每例扣5—10分}", []),
        ("{id: x, deduct: judged, to: 3, per: 例, clause: 每例酌情扣分，每例最多扣3分}", []),
        ("{id: x, deduct: judged, to: 4, per: 例, clause: 每例酌情扣分，每例最多扣3分}", [("GR426", "3")]),
        ("{id: x, deduct: {min: 2, max: 6}, per: 例, clause: 视情节扣2—6分}", [("GR409", "")]),
        ("{id: x, deduct: {up_to: 3}, per: 例, clause: 每例扣3分}", [("GR409", "")]),
        ("{id: x, deduct: {mild: 2, grave: 6}, per: 例, clause: 视情节扣2—6分}", []),
    ],
)
def test_a_clause_is_compared_with_the_range(rule: str, found: list[tuple[str, str]]) -> None:
    assert warned(rule) == found


@pytest.mark.parametrize(
    ("levels", "form"),
    [
        ({"up_to": 3}, "deduct: judged, to: 3"),
        ({"max": Fraction("2.5")}, "deduct: judged, to: 2.5"),
        ({"min": 2, "max": 6}, "deduct: judged, from: 2, to: 6"),
        ({"at_least": 2}, "deduct: judged, from: 2, to: …"),
        ({"mild": 2, "grave": 6}, ""),
    ],
)
@pytest.mark.parametrize("per", ["", ", per: 例"])
def test_levels_that_are_meant_as_a_range_are_answered_with_the_form(
    levels: dict[str, Fraction], form: str, per: str
) -> None:
    """Without `per` such levels are wrong anyhow, and with it they are a warning."""
    listed = ", ".join(f"{name}: {points}" for name, points in levels.items()).replace("5/2", "2.5")
    text = (
        "govrubric: 1\nid: r\ntitle: R\ntotal: 10\nround: {places: 2, mode: half_up}\nindicators:\n"
        f"  - {{id: a, title: A, weight: 10, rules: [{{id: x, deduct: {{{listed}}}{per}}}]}}\n"
    )
    said = [one.render("en") for one in check(text=text) if one.code in ("GR307", "GR409")]
    assert [f"write `{form}`; otherwise" in one for one in said] == ([bool(form)] if form or not per else [])
