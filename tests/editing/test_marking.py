"""Marks: at the end of each line on which a number decides, or above it where a text would swallow it."""

import pytest

from govrubric.document.edits import edited
from govrubric.document.yaml import parse
from govrubric.editing.marking import deciding, marks
from govrubric.language import annotations as kinds


def marked(text: str, *lines: int) -> str:
    """The text with an `M` on each of these lines."""
    return edited(text.encode(), marks(parse("x", text), list(lines), "M", {})).decode()


@pytest.mark.parametrize(
    ("text", "lines", "done"),
    [
        ("a: 1\nb: 2\n", (0, 1), "a: 1  # M\nb: 2  # M\n"),
        ("a: 1", (0,), "a: 1  # M"),
        ("a: 1 \n", (0,), "a: 1  # M\n"),
        ("a: 1    \r\nb: 2\r\n", (0, 1), "a: 1    # M\r\nb: 2  # M\r\n"),
        ("a: 1/3\n", (0,), "a: 1/3  # M\n"),
        ("a: 1  # old\n", (0,), "a: 1  # M; old\n"),
        ("a: 1 #old # older\n", (0,), "a: 1 # M; old # older\n"),
        ("a: 1  #\n", (0,), "a: 1  # M\n"),
        ("a: 1  # M\n", (0,), "a: 1  # M\n"),
        ("a: 1  # M; old\n", (0,), "a: 1  # M; old\n"),
        ("a: 'b > 1'\n", (0,), "a: 'b > 1'  # M\n"),
        ("a:\n  - b: x > 1\n    c: 2\n", (1, 2), "a:\n  # M\n  - b: x > 1\n    c: 2  # M\n"),
        ("a: x > 1  # old\n", (0,), "a: x > 1  # M; old\n"),
        ("a: x\n# allow\n  # more\nb: x > 1\n", (3,), "a: x\n# M\n# allow\n  # more\nb: x > 1\n"),
        ("a: x\n# M\n# allow\nb: x > 1\n", (3,), "a: x\n# M\n# allow\nb: x > 1\n"),
        ("a: x  # beside\nb: x > 1\n", (1,), "a: x  # beside\n# M\nb: x > 1\n"),
        (
            '- {a: 1, b: "x\n    y", c: 2,\n   d: 3}\n',
            (0, 1, 2),
            '# M\n- {a: 1, b: "x\n    y", c: 2,  # M\n   d: 3}  # M\n',
        ),
        ('- {a: "x\n    y", b: 2, c: "z\n    z"}\n', (1,), '# M\n- {a: "x\n    y", b: 2, c: "z\n    z"}\n'),
        ("- [1, x\n  , 2]\n", (0, 1), "# M\n- [1, x\n  , 2]  # M\n"),
        ("- [1, 2,\n   3]\n", (0, 1), "- [1, 2,  # M\n   3]  # M\n"),
    ],
)
def test_where_a_mark_stands(text: str, lines: tuple[int, ...], done: str) -> None:
    assert marked(text, *lines) == done
    assert parse("x", done).value == parse("x", text).value


@pytest.mark.parametrize(("length", "above"), [(3995, False), (3996, True)])
def test_a_mark_makes_no_line_too_long(length: int, above: bool) -> None:
    line = "[1, '" + "x" * (length - 7) + "']"
    assert len(line) == length
    done = marked(f"{line}\n", 0)
    assert done == (f"# M\n{line}\n" if above else f"{line}  # M\n")
    assert not parse("x", done).found


def numbers(text: str) -> list[str]:
    nodes = parse("x", text)
    return [".".join(map(str, path)) for path in deciding((), nodes.value, kinds.of_document(nodes.value))]


RUBRIC = """\
govrubric: 1
id: form-2023
title: 2023
valid: {from: 2023-01-01}
source: {document: 2023}
total: 10
out_of: 1/3
floor: none
round: {places: 0, mode: half_up}
facts: {days: {number: {min: 1, note: 5}}, kind: {choice: [1, 2]}, any: count}
indicators:
  - id: a1
    weight: 10
    clause: 10
    start: full
    counts_when: b2 and c.d3 == '4'
    rules:
      - {id: r, deduct: {x1: 1}, per: 1, take: all}
      - {id: s, curve: [[1, 2]], note: 3}
      - {id: t, formula: "a1 * 2", unit: '5'}
      - {id: u, deduct: '5'}
gates: [{when: a > 1, score: none, grade: 1}]
grades: [{grade: 1, from: 60}]
cases: [{name: 1, tally: {a1.r.x1: 1}, expect: {total: 9}}]
ambiguities: [{id: a, at: a1, question: 1, decision: 2}]
"""


def test_numbers_that_decide() -> None:
    """Amounts, weights, bounds, places, and conditions with a digit; no names, titles, days or cases."""
    assert numbers(RUBRIC) == [
        "total",
        "out_of",
        "round.places",
        "facts.days.number.min",
        "indicators.0.weight",
        "indicators.0.rules.0.deduct.x1",
        "indicators.0.rules.1.curve.0.0",
        "indicators.0.rules.1.curve.0.1",
        "indicators.0.rules.2.formula",
        "indicators.0.rules.3.deduct",
        "gates.0.when",
        "grades.0.from",
    ]


def test_of_a_text_that_is_no_rubric_nothing_is_known() -> None:
    assert numbers("total: 10\n") == []
