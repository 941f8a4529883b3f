"""A rubric as text in one fixed form: what is written, and that reading it gives the rubric again."""

from decimal import Decimal
from typing import Any

import pytest

from govrubric import loads
from govrubric.document.nodes import Plain
from govrubric.language.canonical import canonical
from govrubric.language.rubric_text import RubricText
from govrubric.rubric import Rubric
from making import item, leaf, number, text

OFF = {"id": "off", "deduct": 1, "per": "例"}


def again(of: RubricText) -> RubricText:
    """The rubric that the canonical text of another is read as."""
    return loads(canonical(of))._text


def test_the_fields_that_are_set_are_written_in_the_order_of_the_models() -> None:
    of = text(
        item("g", 10, clause="条款：一", items=[
            item(
                "a", 10, out_of=100, start=Decimal("99.5"), floor="none",
                round={"mode": "half_up", "places": 1},
                rules=[
                    {"id": "levels", "deduct": {"city": Decimal("0.30"), "no": 2}, "per": "次",
                     "take": "highest"},
                    {"id": "steps", "deduct": [1, number("1/3")], "per": "次", "at_most": 3},
                    {"id": "lost", "forfeit": "all"},
                ],
            ),
        ]),
        language="zh-CN",
        valid={"from": "2023-01-01"},
        cases=[
            {"name": "迟报", "tally": {"g.a": {"steps": 2, "lost": True}},
             "expect": {"total": Decimal("9.7"), "list": [], "map": {}}},
        ],
        ambiguities=[
            {"id": "x", "at": "g.a", "question": "?", "decision": "yes", "options": ["a b", "plain"]},
        ],
    )  # fmt: skip
    assert canonical(of).splitlines() == [
        "govrubric: 1",
        "id: t",
        'title: "T"',
        'language: "zh-CN"',
        "valid:",
        " from: 2023-01-01",
        "total: 10",
        "round:",
        " places: 2",
        " mode: half_up",
        "indicators:",
        " - id: g",
        '   title: "G"',
        "   weight: 10",
        '   clause: "条款：一"',
        "   items:",
        "    - id: a",
        '      title: "A"',
        "      weight: 10",
        "      out_of: 100",
        "      start: 99.5",
        "      floor: none",
        "      round:",
        "       places: 1",
        "       mode: half_up",
        "      rules:",
        "       - id: levels",
        '         per: "次"',
        "         take: highest",
        "         deduct:",
        "          city: 0.3",
        '          "no": 2',
        "       - id: steps",
        "         at_most: 3",
        '         per: "次"',
        "         deduct:",
        "          - 1",
        "          - 1/3",
        "       - id: lost",
        "         forfeit: all",
        "cases:",
        ' - name: "迟报"',
        "   tally:",
        "    g.a:",
        "     steps: 2",
        "     lost: true",
        "   expect:",
        "    total: 9.7",
        "    list: []",
        "    map: {}",
        "ambiguities:",
        " - id: x",
        "   at: g.a",
        '   question: "?"',
        '   decision: "yes"',
        "   options:",
        '    - "a b"',
        "    - plain",
    ]
    assert again(of) == of


def test_conditions_facts_gates_and_grades_are_written_in_the_order_of_the_models() -> None:
    of = text(
        item(
            "g", 10, not_applicable="full", counts_when="n > 0", combine="mean", drop={"lowest": 1},
            gates=[{"when": "class == \"it's\"", "id": "v", "score": "none", "grade": "C"}],
            items=[
                item("a", 10, extra=False, rules=[
                    {"id": "c", "choose": {"优": 5, "no": Decimal("-1.50")}, "when": "x > 0",
                     "input": "class"},
                    {"id": "b", "bands": [{"from": 95, "points": 5, "note": "n"}], "else": -1, "unit": "%",
                     "places": 0},
                    {"id": "d", "distance": {"above": 1, "each": 2, "points": -1, "whole": "up"}},
                    {"id": "l", "curve": [[0, 0], [number("1/3"), 1]]},
                    {"id": "f", "formula": "n * 2",
                     "inputs": {"n": "count", "k": {"number": {"places": 0}}, "c": {"choice": ["A", "yes"]}}},
                ]),
            ],
        ),
        facts={"class": {"choice": ["x"]}, "on": "flag"},
        grades=[{"grade": "A", "from": 90, "when": "on"}, {"grade": "B"}],
        grade_on="exact",
    )  # fmt: skip
    assert canonical(of).splitlines() == [
        "govrubric: 1",
        "id: t",
        'title: "T"',
        "total: 10",
        "round:",
        " places: 2",
        " mode: half_up",
        "facts:",
        " class:",
        "  choice:",
        "   - x",
        ' "on": flag',
        "indicators:",
        " - id: g",
        '   title: "G"',
        "   weight: 10",
        "   not_applicable: full",
        "   counts_when: 'n > 0'",
        "   combine: mean",
        "   drop:",
        "    lowest: 1",
        "   gates:",
        "    - id: v",
        "      when: 'class == \"it''s\"'",
        "      score: none",
        '      grade: "C"',
        "   items:",
        "    - id: a",
        '      title: "A"',
        "      weight: 10",
        "      rules:",
        "       - id: c",
        "         input: class",
        "         when: 'x > 0'",
        "         choose:",
        '          "优": 5',
        '          "no": -1.5',
        "       - id: b",
        '         unit: "%"',
        "         places: 0",
        "         bands:",
        "          - from: 95",
        "            points: 5",
        '            note: "n"',
        "         else: -1",
        "       - id: d",
        "         distance:",
        "          above: 1",
        "          each: 2",
        "          points: -1",
        "          whole: up",
        "       - id: l",
        "         curve:",
        "          - - 0",
        "            - 0",
        "          - - 1/3",
        "            - 1",
        "       - id: f",
        "         formula: 'n * 2'",
        "         inputs:",
        '          "n": count',
        "          k:",
        "           number:",
        "            places: 0",
        "          c:",
        "           choice:",
        '            - "A"',
        '            - "yes"',
        "grades:",
        ' - grade: "A"',
        "   from: 90",
        "   when: 'on'",
        ' - grade: "B"',
        "grade_on: exact",
    ]


@pytest.mark.parametrize(
    "condition",
    [
        "off > 0",
        "off > 0 and c == 'x'",
        'c == "it\'s"',
        "c in ('x', \"it's\")",
        "off>0",
        "  off > 0 ",
        "off > 0 or off == 0 or " * 20 + "off > 1",
        "c == '#: x'",
    ],
    ids=lambda one: one[:20],
)
def test_a_condition_is_read_again_as_it_was(condition: str) -> None:
    of = text(item(rules=[{**OFF, "when": condition}]), facts={"c": {"choice": ["x", "it's", "#: x"]}})
    assert again(of) == of


@pytest.mark.parametrize(
    "rule",
    [
        {"id": "r", "choose": {"yes": 1, "1": 2, "a: b": -3, "优": 0}},
        {"id": "r", "bands": [{"from": number("1/3"), "points": -1}], "else": 2},
        {"id": "r", "distance": {"below": 0, "each": number("1/3"), "points": 1, "whole": "no"}},
        {"id": "r", "curve": [[-1, 0], [0, number("2/3")]], "unit": "no"},
        {"id": "r", "formula": "1 if y == 'a b' else 0", "inputs": {"y": {"choice": ["a b", "null"]}}},
    ],
    ids=lambda one: list(one)[1],
)
def test_a_verb_is_read_again_as_it_was(rule: dict[str, Any]) -> None:
    of = leaf(rule, start="full", floor="none", ceiling="none")
    assert again(of) == of


HARD = (
    "yes", "No", "on", "OFF", "y", "N", "true", "False", "null", "~", "1", "-1.5", "1e3", "0x10", "1:30",
    "2023-01-01",
    "- a", "a: b", "a #b", "#", "*a", "&a", "!a", "%a", "@a", "`a`", "'", '"', "\\", "\\n", "[a", "{a", "a]",
    "|", ">", "?", "? a", "=", "<<", ",", "：", "指标", "ends with a colon:", "a\tb", "\ta", "a\nb", "\na\n",
    " a", "a ", "  ", "x" * 3000, "a b " * 700, " " * 2500 + "x", "\\" * 1500, '"' * 1500, "指 " * 1500,
    "\u3000", "e\u0301", "\U0001f600" * 1001, "a\n" * 900,
)  # fmt: skip


@pytest.mark.parametrize("words", [one for one in HARD if one.strip()], ids=lambda one: ascii(one[:20]))
def test_text_is_read_again_as_it_was(words: str) -> None:
    of = leaf({**OFF, "clause": words, "note": words})
    assert again(of) == of


@pytest.mark.parametrize(
    "words", [one for one in HARD if one.strip() and len(one) < 1000], ids=lambda one: ascii(one[:20])
)
def test_a_name_in_a_case_is_read_again_as_it_was(words: str) -> None:
    of = text(
        item(rules=[OFF]),
        cases=[{"name": "n", "tally": {"a.off": {"value": 1, "note": words}}, "expect": {words: 1}}],
    )
    assert again(of) == of


@pytest.mark.parametrize("length", [1000, 1001, 1015])
def test_a_long_name_in_a_case_is_read_again_as_it_was(length: int) -> None:
    of = text(item(rules=[OFF]), cases=[{"name": "n", "tally": {}, "expect": {"x" * length: 1}}])
    assert again(of) == of


@pytest.mark.parametrize(
    "digits",
    [
        "1",
        "0.5",
        "0.000001",
        "999999999999.999999",
        "1/3",
        "999999999999/999999999998",
        "1/128",
        "1/10000000",
        "3/8",
        "999999999999/64",
        "1/999999999999",
    ],
)
def test_a_number_is_read_again_as_it_was(digits: str) -> None:
    of = leaf({**OFF, "deduct": Plain(digits)})
    assert again(of) == of


@pytest.mark.parametrize(
    "value",
    [
        "3",
        Plain("3"),
        "0.50",
        Plain("0.50"),
        True,
        "true",
        5,
        Plain("abc"),
        ["x", 1, [2, {"a": "1"}]],
        [[1], [[2]]],
        {"a": {"b": {}}},
        [],
    ],
)
def test_what_a_case_counts_is_read_again_as_it_was(value: Any) -> None:
    of = text(item(rules=[OFF]), cases=[{"name": "n", "tally": {"x": value}, "expect": {"total": 1}}])
    read = again(of)
    assert read == of
    assert canonical(read) == canonical(of)


def test_a_text_in_quotes_stays_a_text_and_a_number_a_number() -> None:
    of = text(item(rules=[OFF]), cases=[{"name": "n", "tally": {"x": "3", "y": 3}, "expect": {"total": 1}}])
    tally = again(of).cases[0].tally.plain()
    assert {name: type(value) for name, value in tally.items()} == {"x": str, "y": Plain}


@pytest.mark.parametrize("fields", [{"take": "all"}, {"at_most": None}, {"deduct": Plain("1.00")}])
def test_what_means_the_same_is_written_the_same(fields: dict[str, Any]) -> None:
    assert canonical(leaf({**OFF, **fields})) == canonical(leaf(OFF))


def test_equal_rubrics_have_one_hash_and_unequal_ones_their_own_digests() -> None:
    quoted, number_ = (
        Rubric(
            text(item(rules=[OFF]), cases=[{"name": "n", "tally": {"a.off": value}, "expect": {"total": 1}}])
        )
        for value in ("3", 3)
    )
    assert quoted.digest != number_.digest
    assert quoted != number_


def test_a_line_is_never_longer_than_a_reader_takes() -> None:
    canonical_text = canonical(leaf({**OFF, "clause": "字" * 20_000}))
    assert max(map(len, canonical_text.splitlines())) < 4000
