"""Coverage-guided fuzzing of the reader of conditions and formulas, alone and within a whole rubric.

Not part of the ordinary test run. `python tests/fuzz/expressions.py -max_total_time=600` runs for ten minutes; a finding is
written to ``crash-…`` in the present folder, and given as an argument is run again. What is accepted is worked out a second
time by the reference evaluator of the property tests.
"""

import re
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import atheris
from pydantic_core import PydanticCustomError

with atheris.instrument_imports(include=["govrubric", "simpleeval"]):
    import govrubric
    from govrubric.diagnostics.catalogue import CATALOGUE
    from govrubric.diagnostics.diagnostic import Diagnostic
    from govrubric.diagnostics.display import UNSAFE
    from govrubric.diagnostics.near import nearest
    from govrubric.diagnostics.source import Place
    from govrubric.expressions.compiler import amount, condition
    from govrubric.expressions.operands import Operand, Refused, operand_of
    from govrubric.expressions.parser import Slip, parse
    from govrubric.formula.build import choice, const, flag, measured, number, scale, tally_count
    from govrubric.formula.codegen import build, function
    from govrubric.formula.nodes import Formula, Input
    from govrubric.formula.nodes import names as named
    from govrubric.language.fields import is_expression

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))
from reference_expressions import Value, worked_out  # noqa: E402 - it is found only now

SLOW = 0.05  # seconds to read one text
SLOW_RUBRIC = 5.0
TOKENS = (
    " ", " ", "(", ")", ",", "+", "-", "*", "/", "<", "<=", ">", ">=", "==", "!=", " and ", " or ", " not ", " if ", " else ", " in ", " not in ", "min(", "max(",
    "abs(", "round(", "floor(", "ceil(", "score(", "lost(", "reached(", "applies(", "visits", "stale", "rate", "class", "temp", "a", "a.if", "a.b", "b", "nope", "true",
    "False", "'A'", "'优'", '"B"', "('A', 'B')", "['优']", "0", "1", "2", "3", "10", "0.5", "1.25", "100", "999999999999", "0.000001", ", 2)", ", 0)", ")", ")", "max(visits, 1)",
    "[", "]", "{", "}", ".", "'", '"', "#", "=", "≥", "，", "（", "**", "%", "//", "lambda", "is", "None", "x.__class__", "f'", "\\", ":", "１", "　", "\t",
)  # fmt: skip
# The words that a printed formula may hold.
OURS = frozenset(("def", "made", "return", "if", "else", "and", "or", "abs", "half_up", "floor", "ceiling"))


class Lines(NamedTuple):
    """What may be asked of an item."""

    score: Formula
    lost: Formula
    reached: Formula
    applies: Formula


class Few:
    """A few names of every kind, and two items."""

    given: Mapping[str, Input] = {
        one.name: one
        for one in (
            tally_count("visits", "次"),
            flag("stale"),
            number("rate", Fraction(100), places=2),
            choice("class", ("A", "B", "优")),
            measured("temp", 1, None),
            flag("a.if"),
            tally_count("a.b", None),
            number("s", Fraction(10), places=1),
            flag("here"),
        )
    }
    asked: Mapping[str, Lines] = {
        "a": Lines(
            given["s"],
            number("s", Fraction(10), low=-10, places=1),
            scale(given["s"], Fraction(1, 10)),
            given["here"],
        ),
        "b": Lines(const(3), const(0), const(1), const(1)),
    }

    def value(self, name: str) -> Operand | Refused | None:
        given = self.given.get(name) if name not in ("s", "here") else None
        return None if given is None else operand_of(given)

    def item(self, name: str) -> Lines | list[str] | None:
        return ["a.c", "a", "a.c"] if name == "a.c" else self.asked.get(name)

    def nearest(self, name: str, known: Iterable[str]) -> str:
        return nearest(name, known)

    def inside(self, name: str) -> str | None:
        return {"a": "a.if", "b": ""}.get(name)

    def inputs(self) -> Iterable[str]:
        return self.given

    def items(self) -> Iterable[str]:
        return self.asked


# Whole numbers over each input's denominator, at edges and between them.
TALLIES: tuple[Mapping[str, int], ...] = (
    {
        "visits": 0,
        "stale": 0,
        "rate": 0,
        "class": 0,
        "temp": -(10**10),
        "a.if": 0,
        "a.b": 0,
        "s": 0,
        "here": 0,
    },
    {"visits": 1, "stale": 1, "rate": 50, "class": 1, "temp": 0, "a.if": 0, "a.b": 3, "s": 100, "here": 1},
    {
        "visits": 7,
        "stale": 0,
        "rate": 1234,
        "class": 2,
        "temp": -5,
        "a.if": 1,
        "a.b": 10**9,
        "s": 37,
        "here": 1,
    },
    {
        "visits": 10**9,
        "stale": 1,
        "rate": 10_000,
        "class": 2,
        "temp": 10**10,
        "a.if": 1,
        "a.b": 1,
        "s": 5,
        "here": 0,
    },
)


def worth(tally: Mapping[str, int], name: str) -> Value | None:
    """What an input is worth to the reference."""
    one = Few.given.get(name)
    if one is None or name in ("s", "here"):
        return None
    whole = tally[name]
    return (
        whole == 1
        if one.kind == "flag"
        else one.options[whole]
        if one.kind == "choice"
        else Fraction(whole, one.den)
    )


def of_item(tally: Mapping[str, int], what: str, path: str) -> Value:
    """What score, lost, reached or applies is of an item, to the reference."""
    score = Fraction(tally["s"], 10)
    of_a: Mapping[str, Value] = {
        "score": score,
        "lost": score,
        "reached": score / 10,
        "applies": tally["here"] == 1,
    }
    of_b: Mapping[str, Value] = {
        "score": Fraction(3),
        "lost": Fraction(0),
        "reached": Fraction(1),
        "applies": True,
    }
    return {"a": of_a, "b": of_b}[path][what]


def _judge_slips(text: str, slips: list[Slip]) -> None:
    """Every slip has a code, words in both languages, and columns within the text."""
    assert [slip.start for slip in slips] == sorted(slip.start for slip in slips)
    for slip in slips:
        assert 0 <= slip.start < slip.end <= max(1, len(text)), slip
        assert slip.code in CATALOGUE, slip
        one = Diagnostic.of(slip.code, Place("f", 1, slip.start + 1, slip.end + 1, text), (), **slip.args)
        for language in ("en", "zh-CN"):
            shown = one.render(language)
            assert len(shown) <= 2000, len(shown)
            assert not UNSAFE.search(shown), ascii(shown)
            assert "{" not in one.message(language).replace("`{…}`", "").replace(text, "") or "{" in text, (
                one.message(language)
            )


def _judge_formula(text: str, formula: Formula, *, is_flag: bool) -> None:
    """What was accepted compiles to whole numbers alone, stays within its bounds, and is what the reference makes of it."""
    inputs = list(dict.fromkeys(named(formula)))
    source = function(
        "made", {name: f"i{index}" for index, name in enumerate(inputs)}, {":v": formula}, [":v"]
    )
    assert source.isascii()
    assert not re.search(r"['\"\\.\[\]{}@#]", source), source
    assert {
        word for word in re.findall(r"[A-Za-z_]\w*", source) if not re.fullmatch("[itv][0-9]+", word)
    } <= OURS, source
    compute = build(source)
    for tally in TALLIES:
        (whole,) = compute(*(tally[name] for name in inputs))
        assert type(whole) is int
        found = Fraction(whole, formula.den)
        assert formula.lo <= found <= formula.hi, (found, formula)
        wanted = worked_out(text, partial(worth, tally), partial(of_item, tally))
        assert type(wanted) is (bool if is_flag else Fraction), wanted
        assert found == Fraction(wanted), (found, wanted)


def _alone(text: str, *, is_flag: bool) -> None:
    compiled = condition if is_flag else amount
    taken = []
    for _ in range(3):  # once more, and again, if something else kept the machine busy
        began = time.process_time()
        formula, slips = compiled(parse(text), Few())
        taken.append(time.process_time() - began)
        if taken[-1] < SLOW:
            break
    assert min(taken) < SLOW, f"slow: {min(taken)}"
    if slips:
        _judge_slips(text, slips)
        assert formula == const(0)
    else:
        _judge_formula(text, formula, is_flag=is_flag)


HEAD = """\
govrubric: 1
id: f
title: F
total: 10
round: {places: 2, mode: half_up}
facts: {stale: flag, visits: count, temp: {number: {places: 1, min: -5, max: 1000}}, class: {choice: [A, B, 优]}}
indicators:
  - {id: a, title: A, weight: 6, not_applicable: zero, rules: [{id: if, award: 0.5, per: 次}, {id: b, judge: 5}]}
  - id: b
    title: B
    weight: 4
    start: full
"""
PLACES = (
    "    gates: [{id: g, at_most: 2, when: TEXT}]\n    rules: [{id: rate, deduct: 1, per: 例}]\n",
    "    counts_when: TEXT\n    rules: [{id: rate, deduct: 1, per: 例, when: TEXT}]\n",
    "    floor: none\n    ceiling: none\n    rules: [{id: r, formula: TEXT, inputs: {rate: count, on: flag}}]\n",
)


def _judge_refusal(error: govrubric.RubricError, document: str) -> None:
    """Every finding has its place in the text, and is fit to be shown."""
    assert error.diagnostics
    for one in error.diagnostics:
        assert one.code in CATALOGUE
        assert one.place is not None
        assert 1 <= one.place.column <= len(document.splitlines()[one.place.line - 1]) + 1, one.place
        for language in ("en", "zh-CN"):
            shown = one.render(language)
            assert len(shown) <= 2000, len(shown)
            assert not UNSAFE.search(shown), ascii(shown)


def _judge_rubric(rubric: govrubric.Rubric) -> None:
    """A rubric that loads is the same when written and read again, and scores every valid tally."""
    again = govrubric.loads(rubric.to_text())
    assert again == rubric
    assert again.digest == rubric.digest
    excused: dict[str, Any] = {
        "class": "优",
        "temp": "-4.5",
        "a.b": 5,
        "a.if": 9,
        "stale": True,
        "visits": 10**9,
        "a.not_applicable": True,
    }
    least: dict[str, Any] = {"class": "A", "temp": 0, "a.b": 0}
    for given in (least, excused):
        card = rubric.score(given)
        assert not card.verify(rubric)
        assert rubric.total(given) == card.total
        assert govrubric.ScoreCard.from_json(card.to_json()) == card


def _within(text: str, place: int) -> None:
    quoted = text.replace("'", "''")
    document = HEAD + PLACES[place % len(PLACES)].replace("TEXT", f"'{quoted}'")
    began = time.process_time()
    try:
        rubric = govrubric.loads(document)
    except govrubric.RubricError as error:
        _judge_refusal(error, document)
    else:
        _judge_rubric(rubric)
    assert time.process_time() - began < SLOW_RUBRIC, "slow"


def one_input(data: bytes) -> None:
    """The first byte chooses the reader and what the others are: bytes of a text, or words of a list."""
    if not data:
        return
    kind, rest = data[0], data[1:]
    text = (
        "".join(TOKENS[byte % len(TOKENS)] for byte in rest) if kind & 1 else rest.decode("utf-8", "replace")
    )
    try:
        text = is_expression(text)
    except PydanticCustomError:
        return  # the field is refused before anybody reads it
    if kind & 0b1110 == 0b1110:
        _within(text, kind >> 4)
    else:
        _alone(text, is_flag=bool(kind & 2))


SEEDS = (
    "visits > 0 and stale", "stale and class == 'A' or class in ('B', '优')", "not (0 < visits <= 5)", "a.if", "1.5 if a.if else -temp / 3", "min(visits * 0.2, 3)",
    "round(visits / max(rate, 1), 2)", "abs(temp) + floor(rate) - ceil(rate / 3)", "score(a) + lost(b) > 3", "reached(a) >= 0.9 and applies(a)", "score(a.c) == 1",
    "visits ≥ 3", "visits = 1 # x", "class not in {'A'}", "true if stale else false", "f'x' == (lambda: 0)()", "visits ** 2 + a[0].b", "((((1", "class == \"A\" == 'B'",
)  # fmt: skip


def _seeds() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="govrubric-fuzz-"))
    for index, text in enumerate(SEEDS):
        for kind in (0, 2, 14, 14 + 16, 14 + 32):
            (folder / f"{index}-{kind}").write_bytes(bytes([kind]) + text.encode())
    for index in range(0, 250, 5):
        (folder / f"words-{index}").write_bytes(
            bytes([(index // 5) | 1, *((index * 7 + step * 31) % 256 for step in range(12))])
        )
    return folder


def _dictionary() -> Path:
    path = Path(tempfile.mkdtemp(prefix="govrubric-fuzz-")) / "words.dict"
    words = sorted(
        {
            word
            for word in TOKENS
            if word.isascii() and word.isprintable() and '"' not in word and "\\" not in word
        }
    )
    path.write_text("".join(f'"{word}"\n' for word in words))
    return path


if __name__ == "__main__":
    arguments = list(sys.argv)
    if not any(Path(argument).is_file() for argument in arguments[1:]):
        arguments += [
            f"-dict={_dictionary()}",
            "-timeout=10",
            "-rss_limit_mb=2048",
            "-max_len=1100",
            str(_seeds()),
        ]
    atheris.Setup(arguments, one_input)
    atheris.Fuzz()
