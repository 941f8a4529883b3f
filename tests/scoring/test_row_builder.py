"""What all cards of a rubric share, and whole numbers -> a card's rows."""

from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from govrubric import Rubric, loads
from govrubric.numbers import Exact
from govrubric.scoring import row_builder
from govrubric.scoring.ledger import ItemScore
from govrubric.scoring.row_builder import Layout, exact_of, kept_lines, shown_lines
from samples import SMALL, TALLY, small


def test_a_card_keeps_what_the_rest_follows_from_and_no_constants() -> None:
    assert kept_lines(small()._plan) == (
        ":contribution",
        ":score",
        "work.late:raw",
        "work.late:after",
        "work.papers.missing:raw",
        "work.papers.missing:after",
        "work.papers.absent:raw",
        "work.papers.absent:after",
        "work.index.gap:raw",
        "work.index.gap:after",
        "bonus.used:raw",
        "bonus.used:after",
        "bonus.judged:after",
    )


def test_a_card_shows_every_line_item_by_item() -> None:
    lines = shown_lines(small()._plan)
    assert lines[:5] == (":base", ":rounding", ":score", ":lost", ":contribution")
    assert lines[5:14] == (
        "work:base",
        "work:rounding",
        "work:score",
        "work:lost",
        "work:contribution",
        "work.late:raw",
        "work.late:applied",
        "work.late:absorbed",
        "work.late:after",
    )
    assert len(lines) == 5 * 5 + 6 * 4


@pytest.mark.parametrize("value", [Fraction(1, 2), Fraction(1, 3), Fraction(7)])
def test_every_number_is_of_one_type(value: Fraction) -> None:
    assert (exact_of(value), type(exact_of(value))) == (value, Exact)


def test_numbers_are_remembered_and_forgotten_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_builder, "REMEMBERED", 2)
    exact = row_builder._Exact(10)
    assert [exact[value] for value in (1, 2, 3)] == [Decimal("0.1"), Decimal("0.2"), Decimal("0.3")]
    assert (exact[4], dict(exact)) == (Exact("0.4"), {4: Exact("0.4")})


def test_lines_over_one_denominator_share_their_numbers() -> None:
    made = Layout(small()._text, small()._plan, "sha256:0", "sha256:1")
    assert {den: exact.den for den, exact in made.exact.items()} == {
        den: den for den in (1, 10, 7, 70, 100, 700)
    }
    assert made.total is made.exact[10]


def test_the_header_names_the_rubric_and_the_unit() -> None:
    made = Layout(small()._text, small()._plan, "sha256:0", "sha256:1").header("u1", None, ())
    assert made[1:] == (
        "small",
        "Small form",
        "en",
        "sha256:0",
        "sha256:1",
        Exact(10),
        1,
        "u1",
        None,
        None,
        None,
        (),
    )


def test_bounds_that_are_none_stay_none() -> None:
    free = loads(SMALL.replace("  - id: bonus\n", "  - id: bonus\n    ceiling: none\n    floor: none\n"))
    row = free.score({"bonus.judged": 1, "bonus.used.city": 9}).items["bonus"]
    assert (row.floor, row.ceiling, row.score, row.lost) == (None, None, Exact(10), Exact(0))


def test_a_record_says_what_was_given_and_what_was_assumed() -> None:
    record = (
        small().score({"work.late": True, "bonus.judged": Decimal("0.5"), "bonus.used": {"city": 2}})._record
    )
    assert [(given.value, given.assumed) for given in record.inputs] == [
        (True, False),
        (0, True),
        (False, True),
        (0, True),
        (2, False),
        (0, True),
        (Decimal("0.5"), False),
    ]
    assert [item.path for item in record.items] == ["", "work", "work.papers", "work.index", "bonus"]


# Conditions, gates, and what may give and take

WIDE = """\
govrubric: 1
id: wide
title: Wide
total: 10
round: {places: 0, mode: half_up}
facts: {calm: flag}
indicators:
  - id: a
    title: A
    weight: 6
    assessed_by: the office
    clause: A counts six.
    not_applicable: zero
    counts_when: mixed != 'bad'
    start: 3
    rules:
      - {id: mixed, choose: {good: 2, even: 0, bad: -1}, when: calm, clause: By outcome.}
      - {id: late, deduct: 1}
    gates:
      - {id: cap, when: late, at_most: 3, clause: Never more than three.}
      - {id: veto, when: late and not calm, score: none, grade: none at all}
  - {id: b, title: B, weight: 4, combine: mean, drop: {lowest: 1}, items: [
      {id: x, title: X, weight: 4, rules: [{id: late, deduct: 1}]},
      {id: y, title: Y, weight: 4, rules: [{id: late, deduct: 2}]}]}
grades: [{grade: good, from: 5}, {grade: poor}]
"""


@cache
def wide() -> Rubric:
    return loads(WIDE)


def a_row(**given: Any) -> ItemScore:
    return (
        wide()
        .score(
            {
                f"a.{name}" if name != "calm" else name: value
                for name, value in {"mixed": "even", **given}.items()
            }
        )
        .items["a"]
    )


def test_the_flags_of_an_item_are_shown_where_something_is_out_of_the_ordinary() -> None:
    lines = shown_lines(wide()._plan)
    at = lines.index("a:applies")
    assert lines[at : at + 11] == (
        "a:applies",
        "a:counts",
        "a:void",
        "a.mixed:counted",
        "a.mixed:counted",
        "a.late:counted",
        "a.cap:held",
        "a.cap:gate",
        "a.veto:held",
        "a.veto:gate",
        "a:balance",
    )
    assert "b.x:applies" not in lines


@pytest.mark.parametrize(
    "fields",
    [{"counts_when": "'1 > 0'"}, {"rules": "[{id: late, deduct: 1, when: '1 > 0'}]"}],
    ids=["counts", "counted"],
)
def test_what_always_holds_is_nothing_out_of_the_ordinary(fields: dict[str, str]) -> None:
    assert "a:applies" not in shown_lines(loads(one_leaf(**fields))._plan)


@pytest.mark.parametrize(
    "fields",
    [
        {"counts_when": "'1 < 0'"},
        {"rules": "[{id: late, deduct: 1, when: '1 < 0'}]", "start": "full"},
        {"gates": "[{id: g, when: '1 > 0', score: none}]"},
        {"gates": "[{id: g, when: '1 > 0', score: 0}]"},
        {"rules": "[{id: late, choose: {good: 2, bad: -1}}]", "start": "zero"},
        {"not_applicable": "zero"},
    ],
    ids=["counts", "counted", "void", "gate", "two steps", "applies"],
)
def test_what_is_out_of_the_ordinary_is_shown_though_no_tally_decides_it(fields: dict[str, str]) -> None:
    assert "a:applies" in shown_lines(loads(one_leaf(**fields))._plan)


def one_leaf(**fields: str) -> str:
    keys = {"rules": "[{id: late, deduct: 1}]", **fields}
    return (
        "govrubric: 1\nid: t\ntitle: T\ntotal: 10\nround: {places: 0, mode: half_up}\n"
        "indicators:\n  - id: a\n    title: A\n    weight: 10\n"
        + "".join(f"    {key}: {value}\n" for key, value in keys.items())
    )


def test_a_row_says_what_holds_whatever_the_tally() -> None:
    row = a_row()
    assert row[:13] == (
        "a", "A", "A counts six.", "the office", Exact(6), Exact(6), Exact(0), Exact(6), (), None,
        False, "zero", "mixed != 'bad'",
    )  # fmt: skip
    assert {type(row.counts_when), type(row.rules[0].when), type(row.gates[0].when)} == {str}


@pytest.mark.parametrize(
    ("mixed", "calm", "shown"),
    [
        ("good", True, [("a.mixed", True, "2", "2", "5"), ("a.late", True, "-1", "-1", "4")]),
        ("bad", True, [("a.mixed", True, "-1", "-1", "2"), ("a.late", True, "-1", "-1", "1")]),
        ("even", True, [("a.mixed", True, "0", "0", "3"), ("a.late", True, "-1", "-1", "2")]),
        ("good", False, [("a.mixed", False, "0", "0", "3"), ("a.late", True, "-1", "-1", "2")]),
    ],
)
def test_of_the_two_steps_of_a_rule_the_one_that_it_took_is_shown(
    mixed: str, calm: bool, shown: list[tuple[str, bool, str, str, str]]
) -> None:
    rules = a_row(mixed=mixed, calm=calm, late=True).rules
    assert [
        (rule.path, rule.counted, str(rule.raw), str(rule.applied), str(rule.balance)) for rule in rules
    ] == shown


@pytest.mark.parametrize(
    ("given", "gates"),
    [
        ({"calm": True, "mixed": "good"}, [("a.cap", False, "0"), ("a.veto", False, "0")]),
        ({"calm": True, "mixed": "good", "late": True}, [("a.cap", True, "-1"), ("a.veto", False, "0")]),
        ({"late": True}, [("a.cap", True, "0"), ("a.veto", True, "-2")]),
    ],
)
def test_a_row_says_what_each_gate_did_to_what_the_earlier_ones_left(
    given: dict[str, Any], gates: list[tuple[str, bool, str]]
) -> None:
    assert [(gate.path, gate.held, str(gate.effect)) for gate in a_row(**given).gates] == gates


def test_a_row_names_the_gates_as_they_were_written() -> None:
    cap, veto = a_row().gates
    assert (cap.when, cap.clause, cap.voids, cap.sentence) == (
        "late",
        "Never more than three.",
        False,
        "at most 3",
    )
    assert (veto.when, veto.clause, veto.voids, veto.sentence) == (
        "late and not calm",
        None,
        True,
        "no score, grade none at all",
    )


def test_a_void_row_keeps_what_stands_before_its_score() -> None:
    row = a_row(late=True)
    assert (row.base, row.rounding, row.score, row.lost, row.contribution) == (
        Exact(3),
        Exact(0),
        None,
        None,
        None,
    )
    assert (row.applies, row.counts, row.void) == (True, True, True)


@pytest.mark.parametrize(
    ("given", "flags", "contribution"),
    [
        ({}, (True, True), "3"),
        ({"mixed": "bad"}, (True, False), "0"),
        ({"not_applicable": True}, (False, True), "0"),
        ({"not_applicable": True, "mixed": "bad"}, (False, False), "0"),
    ],
)
def test_a_row_says_whether_its_item_applies_and_counts(
    given: dict[str, Any], flags: tuple[bool, bool], contribution: str
) -> None:
    row = a_row(**given)
    assert ((row.applies, row.counts), str(row.contribution)) == (flags, contribution)


def test_a_group_says_how_its_parts_are_combined() -> None:
    items = wide().score({"a.mixed": "even"}).items
    assert items["b"].combining == ("mean", 1, 0)
    assert items[""].combining == ("sum", 0, 0)
    assert items["a"].combining is None


@pytest.mark.parametrize(
    ("given", "total", "exact", "grade"),
    [
        ({}, "7", "7", "good"),
        ({"b.x.late": True, "b.y.late": True, "a.not_applicable": True}, "3", "3", "poor"),
        ({"a.late": True}, "None", "None", "none at all"),
    ],
)
def test_a_card_has_a_total_and_a_grade_or_none(
    given: dict[str, Any], total: str, exact: str, grade: str
) -> None:
    card = wide().score({"a.mixed": "even", **given})
    assert (str(card.total), str(card.exact_total), card.grade) == (total, exact, grade)
    assert str(wide().total({"a.mixed": "even", **given})) == total


@pytest.mark.parametrize(
    ("gates", "total", "grade"),
    [
        ("[{id: g, when: '1 > 0', score: none}]", "None", "None"),
        ("[{id: g, when: '1 > 0', grade: x}]", "10", "x"),
    ],
)
def test_what_no_tally_decides_stands_on_the_card_too(gates: str, total: str, grade: str) -> None:
    card = loads(one_leaf(gates=gates)).score({})
    assert (str(card.total), str(card.grade), card.items["a"].void) == (total, grade, total == "None")


def test_lines_that_no_tally_decides_are_not_kept() -> None:
    kept = kept_lines(wide()._plan)
    assert kept[:3] == (":contribution", ":void", ":grade")
    assert {"a:base", "a:score", "a.mixed:up", "a.mixed:after"} <= set(kept)
    assert not {":void", ":grade"} & set(
        kept_lines(loads(one_leaf(gates="[{id: g, when: '1 > 0', score: none}]"))._plan)
    )


def test_choices_and_facts_are_said_as_they_were_given() -> None:
    record = wide().score({"a.mixed": "bad", "calm": True})._record
    assert [(given.name, given.kind, given.value, given.assumed) for given in record.inputs[:3]] == [
        ("calm", "flag", True, False),
        ("a.not_applicable", "flag", False, True),
        ("a.mixed", "choice", "bad", False),
    ]


def test_a_record_says_everything_of_each_input_and_of_the_unit() -> None:
    record = small().score(TALLY, unit="u1", name="First")._record
    assert record.inputs == (
        ("work.late", None, "flag", None, True, False, (), None),
        (
            "work.papers.missing",
            None,
            "count",
            "case",
            5,
            False,
            ("minutes p. 3", "list 7"),
            "two of them in June",
        ),
        ("work.papers.absent", None, "flag", None, False, True, (), None),
        ("work.index.gap", None, "count", "gap", 2, False, (), None),
        ("bonus.used.city", None, "count", "piece", 2, False, (), None),
        ("bonus.used.province", None, "count", "piece", 1, False, (), None),
        ("bonus.judged", None, "number", None, Exact("0.5"), False, (), None),
    )
    assert [type(given.value) for given in record.inputs] == [bool, int, bool, int, int, int, Exact]
    assert (record.header.unit, record.header.name, record.header.grade) == ("u1", "First", None)
    assert [item.path for item in record.items] == ["", "work", "work.papers", "work.index", "bonus"]


def test_the_header_of_a_record_says_the_grade() -> None:
    assert wide().score({"a.mixed": "even"}, unit="u2")._record.header[-5:-2] == ("u2", None, "good")
