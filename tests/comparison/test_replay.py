"""Tallies of the older rubric under both: values that carry over or not, unknown values, refused units."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from govrubric import Rubric, Tally, loads, tally_files
from govrubric.comparison.compare import compare
from govrubric.comparison.replay import (
    Recount,
    Replay,
    UnitDiff,
    _any_value,
    _carries_over,
    reached,
)
from govrubric.formula.build import number as number_input
from govrubric.tally_sheets.units import FileUnit
from samples import rich, small

FORM = """\
govrubric: 1
id: t
title: T
total: 20
round: {places: 1, mode: half_up}
facts: {served: flag, class: {choice: [A, B]}}
grades: [{grade: Good, from: 15}, {grade: Poor}]
indicators:
  - id: a
    title: A
    weight: 10
    not_applicable: rescale
    rules: [{id: late, deduct: 0.5, per: case}, {id: poor, deduct: 1}]
  - {id: b, title: B, weight: 10, not_applicable: rescale, rules:
      [{id: j, judge: 4}, {id: pct, convert: 5}, {id: got, award: {x: 0.1, y: 1}, per: piece}]}
"""
ONE = "unit: u1\nname: First\nserved: true\nclass: A\na: {late: 3}\nb.j: 4\nb.pct: 2.5\nb.got: {y: 1}\n"


def edited(*edits: tuple[str, str]) -> Rubric:
    text = FORM
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return loads(text)


def recounted(newer: Rubric, text: str = ONE, name: str = "t.yaml") -> Replay:
    """The tallies of a file under the form and under another rubric."""
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    older = loads(FORM)
    tallies = tally_files.parse(older, path)
    assert not tallies.found
    cards = tally_files.read(older, path)
    return Recount(compare(older, newer)).replay(zip(tallies.units, cards, strict=True))


def only(replay: Replay) -> UnitDiff:
    (one,) = replay.units
    return one


def dropped(replay: Replay) -> dict[str, int]:
    return {one.input: one.units for one in replay.dropped}


def refusal(replay: Replay) -> list[tuple[str, int, int, str]]:
    """Code, line and column of each finding, and the path at which it stands."""
    (one,) = replay.refused
    assert replay.units == ()
    return [
        (found.code, found.place.line, found.place.column, found.place.file)
        for found in one.diagnostics
        if found.place
    ]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_unit_under_both() -> None:
    """10 - 1.5 = 8.5, and 4 + 2.5 x 10/5 + 1 = 10; under the newer 10 - 3 = 7."""
    one = only(recounted(edited(("deduct: 0.5", "deduct: 1"))))
    assert (one.unit, one.name, one.before, one.after, one.difference) == (
        "u1",
        "First",
        Decimal("18.5"),
        Decimal("17.0"),
        Fraction("-1.5"),
    )
    assert (one.old_grade, one.new_grade, one.unknown) == ("Good", "Good", frozenset())
    assert [(effect.what, effect.new, effect.amount) for effect in one.effects] == [
        ("rule", "a.late", Fraction("-1.5"))
    ]


def test_what_has_another_name_goes_over() -> None:
    newer = edited(
        ("id: a\n", "id: c\n    was: a\n"), ("{id: got, award: {x", "{id: given, was: b.got, award: {x")
    )
    replay = recounted(newer)
    assert (dropped(replay), replay.added, only(replay).effects) == ({}, (), ())
    assert only(replay).after == Decimal("18.5")


def test_what_only_the_older_asks_for_is_counted_where_it_is_above_zero() -> None:
    text = (
        "- {unit: u1, class: A, a.late: 3, a.poor: true, b.j: 0, b.pct: 5}\n"
        "- {unit: u2, class: B, a.late: 0, a.poor: false, b.j: 1, b.pct: 0, b.got.x: 2}\n"
    )
    newer = edited(
        ("{id: late, deduct: 0.5, per: case}, {id: poor, deduct: 1}", "{id: other, deduct: 1, per: case}"),
        ("x: 0.1, ", ""),
        (", class: {choice: [A, B]}", ""),
        ("{id: j, judge: 4}, ", ""),
    )
    replay = recounted(newer, text)
    assert dropped(replay) == {"class": 2, "a.late": 1, "a.poor": 1, "b.j": 1, "b.got.x": 1}
    assert replay.added == ("a.other",)


def test_what_only_the_newer_asks_for_is_unknown_and_whatever_it_has_a_part_in() -> None:
    one = only(
        recounted(
            edited(("deduct: 0.5, per: case}", "deduct: 1, per: case}, {id: more, deduct: 1, per: day}"))
        )
    )
    assert (one.after, one.new_grade, one.difference, one.unknown) == (
        None,
        None,
        None,
        frozenset({"total", "grade", "place"}),
    )
    assert (one.old_place, one.new_place) == (1, None)
    assert [(effect.what, effect.new, effect.amount) for effect in one.effects] == [
        ("rule", "a.late", Fraction("-1.5")),
        ("rule", "a.more", None),
        ("parts", "", None),  # since A may not apply, its total is no mere sum
        ("rounding", "", None),
    ]


def test_an_unknown_that_decides_nothing_hides_nothing() -> None:
    replay = recounted(
        edited(
            (
                "served: flag",
                "served: flag, size: count, kind: {choice: [x]}, rate: {number: {min: 3, max: 5}}",
            )
        )
    )
    assert replay.added == ("size", "kind", "rate")
    assert only(replay).after == Decimal("18.5")


@pytest.mark.parametrize(
    ("edit", "added"),
    [
        (("{id: late, deduct: 0.5, per: case}", "{id: late, deduct: 0.5}"), ("a.late",)),
        (("{id: late, deduct: 0.5, per: case}", "{id: late, deduct: [0.5, 1], per: day}"), ()),
        (("{id: pct, convert: 5}", "{id: pct, convert: 10}"), ("b.pct",)),
        (("{id: pct, convert: 5}", "{id: pct, judge: 10}"), ("b.pct",)),
        (("{id: pct, convert: 5}", "{id: pct, judge: 5}"), ()),
        (("{id: j, judge: 4}", "{id: j, judge: 6}"), ()),
        (("{id: j, judge: 4}", "{id: j, bands: [{from: 3, points: 4}]}"), ("b.j",)),
        (("class: {choice: [A, B]}", "class: {choice: [A, C]}"), ()),
        (("class: {choice: [A, B]}", "class: flag"), ("class",)),
    ],
)
def test_what_goes_over_must_mean_the_same(edit: tuple[str, str], added: tuple[str, ...]) -> None:
    assert recounted(edited(edit)).added == added


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ("b.j: 4", (7, 1 + 5)),
        ("b: {j: 4, pct: 2.5, got: {y: 1}}", (6, 1 + 7)),
        ("b: {j: {value: 4, evidence: [p. 3]}, pct: 2.5, got: {y: 1}}", (6, 1 + 15)),
        ("b: {pct: 2.5}\nb.j: 4", (7, 1 + 5)),
    ],
)
def test_a_value_that_the_newer_does_not_take_is_found_where_it_stands(
    given: str, place: tuple[int, int]
) -> None:
    """The judge's range shrank from 4 to 3."""
    text = "unit: u1\nserved: true\nclass: A\n\na: {late: 3}\n" + (
        f"b.pct: 2.5\n{given}\n" if given.startswith("b.j") else f"{given}\n"
    )
    newer = edited(("{id: j, judge: 4}", "{id: k, was: b.j, judge: 3}"))
    assert refusal(recounted(newer, text)) == [("GR607", *place, "t.yaml")]


def test_so_it_is_in_a_table() -> None:
    text = "unit,class,a.late,b.j,b.pct\nu1,A,3,4,2.5\n"
    newer = edited(("id: b, title: B", "id: c, was: b, title: B"), ("judge: 4", "judge: 3"))
    assert refusal(recounted(newer, text, "t.csv")) == [("GR607", 2, 8, "t.csv")]


def test_what_a_flag_excuses_may_be_missing_under_both() -> None:
    """B does not apply, so that A's 8.5 of 10 make 17 of 20."""
    text = "unit: u1\nclass: A\na.late: 3\nb.not_applicable: true\n"
    one = only(recounted(edited(("deduct: 0.5", "deduct: 1")), text))
    assert (one.before, one.after) == (Decimal("17.0"), Decimal("14.0"))


def test_what_is_no_more_excused_is_unknown_for_units_that_left_it_out() -> None:
    text = "- {unit: u1, class: A, b.not_applicable: true}\n- {unit: u2, class: A, b.j: 4, b.pct: 5}\n"
    replay = recounted(edited(("weight: 10, not_applicable: rescale", "weight: 10")), text)
    assert replay.added == ()
    assert dropped(replay) == {"b.not_applicable": 1}
    first, second = replay.units
    assert (first.unknown, second.unknown) == (
        frozenset({"total", "grade", "place"}),
        frozenset({"place"}),
    )
    assert [(unit.old_place, unit.new_place) for unit in replay.units] == [(1, None), (1, None)]
    assert (second.before, second.after) == (Decimal("20.0"), Decimal("20.0"))


def test_what_was_left_out_is_not_above_zero() -> None:
    older = loads(FORM.replace("{id: j, judge: 4}", "{id: j, choose: {hi: 4, lo: 0}}"))
    newer = edited(("{id: j, judge: 4}, ", ""))
    recount = Recount(compare(older, newer))
    tally: Tally = {"class": "A", "b.not_applicable": True}
    recount.unit(FileUnit(None, None, tally, lambda one: one), older.score(tally))
    assert recount.dropped == {"b.j": 0}


@pytest.mark.parametrize("swapped", [False, True])
def test_a_total_that_a_gate_takes_away_has_no_difference(swapped: bool) -> None:
    newer = edited(("grades:", "gates: [{id: v, when: served, score: none}]\ngrades:"))
    older = loads(FORM)
    pair = (newer, older) if swapped else (older, newer)
    tally: Tally = {"served": True, "class": "A", "b.j": 4, "b.pct": 5}
    recounted_unit = Recount(compare(*pair)).unit(
        FileUnit(None, None, tally, lambda one: one), pair[0].score(tally)
    )
    assert isinstance(recounted_unit, UnitDiff)
    assert (recounted_unit.before, recounted_unit.after, recounted_unit.difference) == (
        (None, Decimal("20.0"), None) if swapped else (Decimal("20.0"), None, None)
    )
    assert sum(effect.amount or 0 for effect in recounted_unit.effects) == (20 if swapped else -20)


# What an unknown input reaches


def test_what_a_count_has_a_part_in() -> None:
    found = reached(small()._plan, ["work.index.gap"])
    assert {
        "work.index.gap:raw",
        "work.index:score",
        "work:base",
        "work:contribution",
        ":contribution",
    } <= found
    assert not {"work.papers:score", "work.late:raw", "bonus:contribution"} & found


def test_a_condition_reaches_as_far_as_its_item() -> None:
    found = reached(rich()._plan, ["class"])
    assert {"desk.visits:counts", "desk.visits:contribution", "desk:score", ":grade"} <= found
    assert not {"desk.visits:score", "desk.calls:score", "tests:score", ":void"} & found


def test_nothing_reaches_nothing() -> None:
    assert reached(rich()._plan, []) == frozenset()


def test_a_fact_with_another_range_carries_over() -> None:
    old, new = (number_input("people", Fraction(high)) for high in (10, 20))
    assert _carries_over(old, new, None, None)
    rule = loads(FORM)._plan.items[-1].rules[0].rule
    assert not _carries_over(old, new, rule, None)


def test_an_unknown_value_is_first_what_is_taken_where_none_is_given() -> None:
    rule = "{id: j, judge: 4, default: 3}"
    text = f"govrubric: 1\nid: t\ntitle: T\ntotal: 4\nround: {{places: 0, mode: half_up}}\nindicators: [{{id: a, title: A, weight: 4, rules: [{rule}]}}]\n"
    assert _any_value(loads(text)._inputs["a.j"], {}) == 3
